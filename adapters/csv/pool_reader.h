/*
 * The inside of reading a pool folder: what the files have given so far, and the steps that pool_read.c calls in turn.
 */
#ifndef ROOSTER_CSV_POOL_READER_H
#define ROOSTER_CSV_POOL_READER_H

#include "pool_columns.h"

typedef struct PoolReader {
    const Pool *base; /* may be NULL */
    Pool *pool;
    GHashTable *seen;   /* keys of the rows of the file at hand -> line */
    GPtrArray *rosters; /* of Roster */
} PoolReader;

/* Takes one row into the pool; FALSE with a fault. */
typedef gboolean (*PoolRowRead)(PoolReader *reader, const CsvTable *table, GError **error);

gboolean read_coop_row(PoolReader *reader, const CsvTable *table, GError **error);
gboolean read_worker_row(PoolReader *reader, const CsvTable *table, GError **error);
gboolean read_certificate_row(PoolReader *reader, const CsvTable *table, GError **error);
gboolean read_shift_row(PoolReader *reader, const CsvTable *table, GError **error);
gboolean read_window_row(PoolReader *reader, const CsvTable *table, GError **error);
gboolean read_preference_row(PoolReader *reader, const CsvTable *table, GError **error);
gboolean read_worker_rule_row(PoolReader *reader, const CsvTable *table, GError **error);
gboolean read_history_row(PoolReader *reader, const CsvTable *table, GError **error);
/* Needs the closed pool, which knows the weeks of the shifts. */
gboolean read_roster_row(PoolReader *reader, const CsvTable *table, GError **error);

/* Remembers the key of a row; FALSE if an earlier row of the file has it, then *first is its line. Takes key. */
gboolean remember_key(PoolReader *reader, const CsvTable *table, char *key, guint *first);

/* Finds what a field names; FALSE with a fault. */
gboolean find_coop(const PoolReader *reader, const CsvTable *table, guint column, guint *coop, GError **error);
gboolean find_worker(const PoolReader *reader, const CsvTable *table, guint column, guint *worker, GError **error);

/*
 * Keys of what a worker has. A row of the folder replaces what the base has under the same key; within a file each row
 * counts.
 */
char *certificate_key(const char *worker, const Certificate *certificate);
char *window_key(const char *worker, const Window *window);
char *preference_key(const char *worker, const char *coop);
char *worker_rule_key(const char *worker, const char *key);
char *history_key(const char *worker, const HistoryPiece *piece);

/* Adds what the base has of a file's kind and no row of the file replaces; call it when the file is read. */
gboolean merge_rest(PoolReader *reader, PoolFile file, GError **error);

#endif
