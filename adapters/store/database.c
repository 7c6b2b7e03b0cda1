#include "database.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define HEADER_BYTES          100
#define HEADER_USER_VERSION   60
#define HEADER_APPLICATION_ID 68
#define JOURNAL_BYTES_KEPT    "16777216"

/* --- errors */

static const char *what_to_do(int code, StoreError *kind)
{
    *kind = STORE_ERROR_IO;
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        *kind = STORE_ERROR_BUSY;
        return "another program has it locked, try again when it is done";
    case SQLITE_FULL:
        return "the disk is full, make room and try again";
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return "it may not be written, check its owner and permissions and those of its folder";
    case SQLITE_CANTOPEN:
        return "it cannot be opened, check the permissions and space of its folder";
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
    case SQLITE_TOOBIG:
        return "reading or writing failed, check the disk";
    case SQLITE_CONSTRAINT:
        *kind = STORE_ERROR_CONFLICT;
        return "somebody else changed it since it was read, read it again";
    default:
        /* Our statements are tested, so one that does not fit (SQLITE_ERROR: no such table) means a damaged schema. */
        *kind = STORE_ERROR_CORRUPT;
        return "it is damaged, restore a backup";
    }
}

void database_error(Database *database, int code, GError **error)
{
    if (code == SQLITE_NOMEM)
        g_error("%s: out of memory", database->path);
    g_assert(code != SQLITE_MISUSE);
    StoreError kind;
    const char *advice = what_to_do(code, &kind);
    int cause = kind == STORE_ERROR_IO ? sqlite3_system_errno(database->handle) : 0;
    const char *detail =
        sqlite3_extended_errcode(database->handle) == code ? sqlite3_errmsg(database->handle) : sqlite3_errstr(code);
    g_set_error(error, STORE_ERROR, (int)kind, "%s: %s (%s%s%s)", database->path, advice, detail, cause ? ": " : "",
                cause ? g_strerror(cause) : "");
}

void database_damage(Database *database, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT, "%s: it is damaged, restore a backup (%s)", database->path,
                what);
}

/* --- opening */

Database *database_connect(const char *path, GError **error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        int cause = errno;
        if (cause == ENOENT)
            g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                        "%s: there is no such file, `rooster init` makes one", path);
        else
            g_set_error(error, STORE_ERROR, STORE_ERROR_IO, "%s: it cannot be opened (%s)", path, g_strerror(cause));
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN, "%s: it is not a file, a rooster database would be right",
                    path);
        return NULL;
    }
    g_autoptr(Database) database = g_new0(Database, 1);
    database->path = g_strdup(path);
    /* SQLite gives names such as ":memory:" a meaning; an absolute one is always a file. */
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    int code = sqlite3_open_v2(absolute, &database->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (!database->handle)
        g_error("%s: out of memory", path);
    sqlite3_extended_result_codes(database->handle, 1);
    if (code == SQLITE_OK && sqlite3_db_readonly(database->handle, "main"))
        code = SQLITE_READONLY;
    if (code != SQLITE_OK) {
        database_error(database, code, error);
        return NULL;
    }
    sqlite3_busy_timeout(database->handle, DATABASE_BUSY_MS);
    return g_steal_pointer(&database);
}

void database_free(Database *database)
{
    if (!database)
        return;
    int code = sqlite3_close(database->handle);
    g_assert(code == SQLITE_OK); /* else a statement was left open */
    g_free(database->path);
    g_free(database);
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/*
 * The header is read through SQLite's own descriptor: a second one, closed here, would drop every lock that this
 * process has on the file (POSIX), and a transaction would already write beside a file that is not ours.
 */
gboolean database_is_ours(Database *database, int newest_version, GError **error)
{
    unsigned char header[HEADER_BYTES];
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    int code = sqlite3_file_control(database->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK)
        code = file->pMethods->xFileSize(file, &size);
    if (code == SQLITE_OK && size >= HEADER_BYTES)
        code = file->pMethods->xRead(file, header, HEADER_BYTES, 0);
    if (code != SQLITE_OK) {
        database_error(database, code, error);
        return FALSE;
    }
    const char *fault = NULL;
    if (size < HEADER_BYTES || memcmp(header, "SQLite format 3", 16) != 0)
        fault = "it is not a rooster database";
    else if (big_endian(header + HEADER_APPLICATION_ID) != DATABASE_APPLICATION_ID)
        fault = "it is another program's database";
    else if (big_endian(header + HEADER_USER_VERSION) > (uint32_t)newest_version)
        fault = "a newer rooster wrote it, this one is too old to open it";
    if (fault)
        g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN, "%s: %s", database->path, fault);
    return !fault;
}

gboolean database_configure(Database *database, GError **error)
{
    sqlite3_db_config(database->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(database->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(database->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    if (!database_execute(database,
                          "PRAGMA synchronous = FULL;"
                          "PRAGMA cell_size_check = ON;"
                          "PRAGMA journal_size_limit = " JOURNAL_BYTES_KEPT ";",
                          error))
        return FALSE;

    sqlite3_stmt *mode = NULL;
    int code = sqlite3_prepare_v2(database->handle, "PRAGMA journal_mode = WAL", -1, &mode, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(mode);
    gboolean is_wal = code == SQLITE_ROW && g_strcmp0((const char *)sqlite3_column_text(mode, 0), "wal") == 0;
    if (code != SQLITE_ROW)
        database_error(database, code, error);
    else if (!is_wal)
        g_set_error(error, STORE_ERROR, STORE_ERROR_IO,
                    "%s: its folder has no shared memory (a network drive?), a local disk would be right",
                    database->path);
    sqlite3_finalize(mode);
    return is_wal;
}

/* --- statements without parameters */

gboolean database_execute(Database *database, const char *sql, GError **error)
{
    int code = sqlite3_exec(database->handle, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        database_error(database, code, error);
    return code == SQLITE_OK;
}

gboolean database_number(Database *database, const char *sql, int64_t *number, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(database->handle, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *number = sqlite3_column_int64(statement, 0);
    else
        database_error(database, code == SQLITE_DONE ? SQLITE_CORRUPT : code, error);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW;
}

gboolean database_check(Database *database, const char *pragma, GError **error)
{
    g_autofree char *sql = g_strdup_printf("PRAGMA %s", pragma);
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(database->handle, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    const char *fault = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    gboolean is_whole = code == SQLITE_ROW && g_strcmp0(fault, "ok") == 0;
    if (code != SQLITE_ROW)
        database_error(database, code == SQLITE_DONE ? SQLITE_CORRUPT : code, error);
    else if (!is_whole)
        database_damage(database, error, "%s", fault ? fault : "no answer");
    sqlite3_finalize(statement);
    return is_whole;
}

/* --- transactions */

/* SQLite rolls a transaction back by itself where it cannot go on: disk full, an error of reading or writing. */
static gboolean transaction_is_open(Database *database, GError **error)
{
    if (!sqlite3_get_autocommit(database->handle))
        return TRUE;
    g_set_error(error, STORE_ERROR, STORE_ERROR_IO,
                "%s: the transaction ended at an earlier fault and nothing of it was kept, try it again",
                database->path);
    return FALSE;
}

static gboolean savepoint_begin(Database *database, GError **error)
{
    return transaction_is_open(database, error) && database_execute(database, "SAVEPOINT part", error);
}

static gboolean savepoint_end(Database *database, gboolean is_done, GError **error)
{
    if (is_done && database_execute(database, "RELEASE part", error))
        return TRUE;
    /* What cannot be taken back by itself is taken back with all the rest. */
    if (!sqlite3_get_autocommit(database->handle) &&
        sqlite3_exec(database->handle, "ROLLBACK TO part; RELEASE part", NULL, NULL, NULL) != SQLITE_OK &&
        !sqlite3_get_autocommit(database->handle))
        sqlite3_exec(database->handle, "ROLLBACK", NULL, NULL, NULL);
    return FALSE;
}

static gboolean transaction_end(Database *database, gboolean is_done, GError **error)
{
    gboolean is_committed = is_done && database_execute(database, "COMMIT", error);
    /* A fault may have ended the transaction already. */
    if (!is_committed && !sqlite3_get_autocommit(database->handle))
        sqlite3_exec(database->handle, "ROLLBACK", NULL, NULL, NULL);
    return is_committed;
}

gboolean database_begin_all(Database *database, GError **error)
{
    g_assert(!database->has_begun);
    database->has_begun = database_execute(database, "BEGIN IMMEDIATE", error);
    return database->has_begun;
}

gboolean database_end_all(Database *database, gboolean is_done, GError **error)
{
    g_assert(database->has_begun);
    database->has_begun = FALSE;
    return transaction_end(database, is_done && transaction_is_open(database, error), error);
}

gboolean database_begin(Database *database, GError **error)
{
    return database->has_begun ? savepoint_begin(database, error)
                               : database_execute(database, "BEGIN IMMEDIATE", error);
}

gboolean database_begin_read(Database *database, GError **error)
{
    return database->has_begun ? savepoint_begin(database, error) : database_execute(database, "BEGIN", error);
}

gboolean database_end(Database *database, gboolean is_done, GError **error)
{
    return (database->has_begun ? savepoint_end : transaction_end)(database, is_done, error);
}
