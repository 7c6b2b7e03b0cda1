#include "rows.h"

gboolean inbox_rows_add(Database *database, const Inquiry *inquiry, int64_t *sequence, GError **error)
{
    g_autoptr(Statement) row = statement_new(
        database, "INSERT INTO inbox (coop, payload, correlation, at_s) VALUES ($1, $2, $3, $4) RETURNING sequence",
        error);
    if (!row)
        return FALSE;
    bind_text(row, 1, inquiry->coop);
    bind_text(row, 2, inquiry->payload);
    bind_text_or_null(row, 3, inquiry->correlation);
    bind_integer(row, 4, inquiry->at_s);
    if (statement_next(row))
        *sequence = row_integer(row, 0);
    return statement_done(row, error);
}

GPtrArray *inbox_rows_waiting(Database *database, int64_t after, int most, GError **error)
{
    g_autoptr(Statement) rows =
        statement_new(database,
                      "SELECT sequence, coop, payload, correlation, at_s FROM inbox WHERE sequence > $1"
                      " ORDER BY sequence LIMIT $2",
                      error);
    if (!rows)
        return NULL;
    bind_integer(rows, 1, after);
    bind_integer(rows, 2, MAX(most, 0));
    g_autoptr(GPtrArray) inquiries = g_ptr_array_new_with_free_func((GDestroyNotify)inquiry_free);
    while (statement_next(rows)) {
        Inquiry *inquiry = g_new0(Inquiry, 1);
        *inquiry = (Inquiry){.sequence = row_integer(rows, 0),
                             .coop = g_strdup(row_text(rows, 1)),
                             .payload = g_strdup(row_text(rows, 2)),
                             .correlation = row_text_or_null(rows, 3),
                             .at_s = row_seconds(rows, 4)};
        g_ptr_array_add(inquiries, inquiry);
    }
    return statement_done(rows, error) ? g_steal_pointer(&inquiries) : NULL;
}

gboolean inbox_rows_done(Database *database, int64_t sequence, GError **error)
{
    g_autoptr(Statement) row = statement_new(database, "DELETE FROM inbox WHERE sequence = $1", error);
    if (!row)
        return FALSE;
    bind_integer(row, 1, sequence);
    return statement_run(row, error);
}
