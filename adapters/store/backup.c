#include "backup.h"

#include "new_file.h"

static gboolean copied(Database *from, Database *to, GError **error)
{
    sqlite3_backup *copy = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    if (!copy) {
        database_error(to, sqlite3_extended_errcode(to->handle), error);
        return FALSE;
    }
    /* All pages in one step: it reads one moment, and in WAL mode no writer waits for a reader. */
    int step = sqlite3_backup_step(copy, -1);
    sqlite3_backup_finish(copy);
    if (step == SQLITE_DONE)
        return TRUE;
    database_error(to, step, error);
    return FALSE;
}

gboolean database_backup(Database *database, const char *path, GError **error)
{
    g_autofree char *temporary = new_file_begin(path, error);
    if (!temporary)
        return FALSE;
    Database *copy = database_connect(temporary, error);
    gboolean is_whole = copy && copied(database, copy, error) && database_check(copy, "integrity_check(1)", error);
    database_free(copy);
    if (!is_whole) {
        new_file_drop(temporary);
        return FALSE;
    }
    return new_file_finish(temporary, path, error);
}
