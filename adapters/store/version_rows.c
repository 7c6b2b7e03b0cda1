#include "rows.h"

gboolean version_rows_raise(Database *database, GError **error)
{
    return database_execute(database, "UPDATE versions SET version = version + 1", error);
}

gboolean version_rows_load(Database *database, int64_t *version, GError **error)
{
    g_autoptr(Statement) row = statement_new(database, "SELECT version FROM versions", error);
    if (!row)
        return FALSE;
    int64_t found = -1;
    if (statement_next(row))
        found = row_integer(row, 0);
    if (!statement_done(row, error))
        return FALSE;
    if (found < 0) {
        database_damage(database, error, "no version");
        return FALSE;
    }
    *version = found;
    return TRUE;
}
