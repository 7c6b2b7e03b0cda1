/*
 * A connection to one SQLite file: opening, transactions, and the translation of SQLite's codes into StoreError.
 *
 * Calls return FALSE (NULL) with *error set. SQLite's codes end here.
 */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include "rooster/store.h"
#include <sqlite3.h>

typedef struct Database {
    sqlite3 *handle;
    char *path;         /* as the user gave it, for messages */
    gboolean has_begun; /* between database_begin_all and its end: each write is a part of it */
} Database;

#define DATABASE_APPLICATION_ID 0x526F6F73 /* "Roos" */
#define DATABASE_BUSY_MS        5000

/* Connects without touching the file's contents. */
Database *database_connect(const char *path, GError **error);
void database_free(Database *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Database, database_free)

/* Refuses what is not ours, by its first 100 bytes, without a lock or a transaction. */
gboolean database_is_ours(Database *database, int newest_version, GError **error);
/* The settings of INTERFACES E, for reading and writing. */
gboolean database_configure(Database *database, GError **error);
/* Damage found by `PRAGMA pragma` ("quick_check(1)", "integrity_check(1)") or a broken reference. */
gboolean database_check(Database *database, const char *pragma, GError **error);

/* One or more statements without parameters. */
gboolean database_execute(Database *database, const char *sql, GError **error);
/* The number a statement without parameters yields. */
gboolean database_number(Database *database, const char *sql, int64_t *number, GError **error);

/*
 * Until its end every write and read below is a part of one transaction: each alone is taken back where it fails, all
 * with database_end_all and not is_done. Where a fault of the disk has ended it early, later parts and the end fail.
 */
gboolean database_begin_all(Database *database, GError **error);
gboolean database_end_all(Database *database, gboolean is_done, GError **error);
/* A write: takes the write lock at once, so that nothing read in it can be overtaken. */
gboolean database_begin(Database *database, GError **error);
/* Several reads of one moment. */
gboolean database_begin_read(Database *database, GError **error);
/* Commits if is_done, else rolls back and leaves *error alone. TRUE if it was committed. */
gboolean database_end(Database *database, gboolean is_done, GError **error);

/* Sets *error for a failed call of code `code`. */
void database_error(Database *database, int code, GError **error);
/* Sets STORE_ERROR_CORRUPT: `format` says what does not hold. */
void database_damage(Database *database, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* --- migrations */

typedef struct Migration {
    const char *sql;
} Migration;

/* The program's own, first to newest. */
extern const Migration migrations[];
extern const int migration_count;

/* Applies those above user_version, each in a transaction of its own. */
gboolean database_migrate(Database *database, const Migration *list, int count, GError **error);

#endif
