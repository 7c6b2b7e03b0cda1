#include "rows.h"

static const char *roster_name(RosterState state)
{
    return state == ROSTER_PUBLISHED ? "published" : "draft";
}

gboolean record_rows_put(Database *database, IsoWeek week, RosterState state, const char *body, GError **error)
{
    g_autoptr(Statement) row = upsert_new(database, "solve_records", "week, roster", "body", error);
    if (!row)
        return FALSE;
    bind_integer(row, 1, week.monday);
    bind_text(row, 2, roster_name(state));
    bind_text(row, 3, body);
    return statement_run(row, error);
}

gboolean record_rows_load(Database *database, IsoWeek week, RosterState state, char **body, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database, "SELECT body FROM solve_records WHERE week = $1 AND roster = $2", error);
    if (!row)
        return FALSE;
    g_autofree char *found = NULL;
    bind_integer(row, 1, week.monday);
    bind_text(row, 2, roster_name(state));
    if (statement_next(row))
        found = g_strdup(row_text(row, 0));
    if (!statement_done(row, error))
        return FALSE;
    *body = g_steal_pointer(&found);
    return TRUE;
}

gboolean record_rows_publish(Database *database, IsoWeek week, GError **error)
{
    static const char *const move[] = {
        "INSERT INTO solve_records (week, roster, body) SELECT week, 'published', body FROM solve_records"
        " WHERE week = $1 AND roster = 'draft' ON CONFLICT (week, roster) DO UPDATE SET body = excluded.body",
        "DELETE FROM solve_records WHERE week = $1 AND roster = 'draft'",
    };
    return statements_run(database, move, G_N_ELEMENTS(move), &(int64_t){week.monday}, 1, error);
}

gboolean record_rows_drop_all(Database *database, GError **error)
{
    return database_execute(database, "DELETE FROM solve_records", error);
}
