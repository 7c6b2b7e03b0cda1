#include "rows.h"

gboolean audit_rows_append(Database *database, const AuditEntry *audit, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database, "INSERT INTO audit (at_s, who, what, detail) VALUES ($1, $2, $3, $4)", error);
    if (!row)
        return FALSE;
    bind_integer(row, 1, audit->at_s);
    bind_text(row, 2, audit->who);
    bind_text(row, 3, audit->what);
    bind_text(row, 4, audit->detail);
    return statement_run(row, error);
}

GPtrArray *audit_rows_newest(Database *database, int most, GError **error)
{
    g_autoptr(Statement) rows =
        statement_new(database, "SELECT at_s, who, what, detail FROM audit ORDER BY entry DESC LIMIT $1", error);
    if (!rows)
        return NULL;
    bind_integer(rows, 1, MAX(most, 0)); /* a negative limit means none to SQLite */
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func((GDestroyNotify)audit_entry_free);
    while (statement_next(rows)) {
        AuditEntry *entry = g_new0(AuditEntry, 1);
        entry->at_s = row_seconds(rows, 0);
        entry->who = g_strdup(row_text(rows, 1));
        entry->what = g_strdup(row_text(rows, 2));
        entry->detail = g_strdup(row_text(rows, 3));
        g_ptr_array_add(entries, entry);
    }
    return statement_done(rows, error) ? g_steal_pointer(&entries) : NULL;
}
