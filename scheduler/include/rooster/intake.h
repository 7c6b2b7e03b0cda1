/*
 * What a foreign calendar means to the pool: a coop's events are its orders, a worker's appointments are when they are away.
 * Pure functions from a pool and the instances that were read (CalendarRead) to a changed copy of the pool.
 *
 * Calls return a PoolImport with the new pool, closed, and no rosters; or NULL with IMPORT_ERROR_INPUT (the message names the event)
 * or POOL_ERROR_UNKNOWN (no such coop or worker), and nothing changed.
 */
#ifndef ROOSTER_INTAKE_H
#define ROOSTER_INTAKE_H

#include "rooster/exchange.h"

G_BEGIN_DECLS

/*
 * Orders of a coop, read for the window [from, until). Each opaque event instance becomes one shift: role = summary; break = what was
 * said, else the least that the law asks for the length; headcount 1 unless said; cancelled: headcount 0. A transparent event is
 * a note, no order. The shift's id is intake_shift_id, so the same file read again replaces its shifts, with their moves and
 * changes. An instance of a series that is gone from it (deleted, EXDATE, moved with the whole series) is cancelled, if it
 * starts in the window; an event that the file does not name at all is left as it was, as a file may hold only news.
 */
PoolImport *intake_orders(const Pool *base, const char *coop, const GPtrArray *instances, int64_t from_min,
                          int64_t until_min, GError **error);

/*
 * Appointments of a worker: each busy instance is a window `unavailable`, once. Earlier windows stay, as a window does not
 * say where it came from and may be a sick report.
 */
PoolImport *intake_availability(const Pool *base, const char *worker, const GPtrArray *instances, GError **error);

/*
 * "kitchen-1f0c9a4e-20261130T0700Z": the coop (as much as fits), eight hex digits of the uid's SHA-256, and the instance's date in
 * its series (nothing for an event by itself: it keeps its id when it moves). Caller frees.
 */
char *intake_shift_id(const char *coop, const CalendarInstance *instance);

G_END_DECLS

#endif
