/*
 * Pool folders: the CSV files and the pool.ini in which people keep a pool (DESIGN 3). Implements the ports of
 * rooster/exchange.h.
 *
 * A fault is one sentence that begins with the file and, where there is one, the line:
 *     demand.csv:14: column end: 2026-11-30T06:00 is before start 2026-11-30T08:00
 * The line is the one on which the row begins, also where quoted fields hold line breaks. The first fault is reported,
 * in the order pool.ini, coops, workers, certificates, demand, availability, preferences, worker_rules, history,
 * roster.
 */
#ifndef ROOSTER_CSV_POOL_FOLDER_H
#define ROOSTER_CSV_POOL_FOLDER_H

#include "rooster/exchange.h"

G_BEGIN_DECLS

/*
 * PoolFolderRead. Without a base, pool.ini, coops.csv, workers.csv and demand.csv must be there. With one, each file
 * may be absent, pool.ini replaces all settings, and rows are added or replace those of the same key:
 *     coops, workers, shifts   the id; a replaced worker keeps what belongs to them
 *     certificates             worker, certificate, valid_from
 *     availability             worker, start, end
 *     preferences              worker, coop
 *     worker_rules             worker, rule
 *     history                  worker, start
 * Rows of the folder come before what is left of the base. The rosters are published ones of revision 1: whoever
 * publishes them numbers them.
 */
PoolImport *pool_folder_read(const char *folder, const Pool *base, GError **error);

/*
 * PoolFolderWrite. All files are complete beside the old ones before the first old one is replaced, so a full disk
 * changes nothing. With rosters == NULL a roster.csv that was there is removed. IMPORT_ERROR_WRITE.
 */
gboolean pool_folder_write(const char *folder, const Pool *pool, const GPtrArray *rosters, GError **error);

/* RosterWrite. Caller frees. */
char *roster_csv_write(const Pool *pool, const GPtrArray *rosters);

G_END_DECLS

#endif
