#include "rows.h"

#define WORKED_COLUMNS                                                                                                 \
    "SELECT entry, week, shift, worker, coop, start_min, end_min, break_min, paid_min, reason, is_disputed, note,"     \
    " reverses, approved_by, at_s FROM worked"

static WorkedEntry *row_worked(Statement *row)
{
    WorkedEntry *entry = g_new0(WorkedEntry, 1);
    *entry = (WorkedEntry){.entry = row_integer(row, 0),
                           .week = {row_day(row, 1)},
                           .shift = g_strdup(row_text(row, 2)),
                           .worker = g_strdup(row_text(row, 3)),
                           .coop = g_strdup(row_text(row, 4)),
                           .start_min = row_minutes(row, 5),
                           .end_min = row_minutes(row, 6),
                           .break_min = row_int(row, 7),
                           .paid_min = row_minutes(row, 8),
                           .is_disputed = row_boolean(row, 10),
                           .note = g_strdup(row_text(row, 11)),
                           .reverses = row_is_null(row, 12) ? 0 : row_integer(row, 12),
                           .by = g_strdup(row_text(row, 13)),
                           .at_s = row_seconds(row, 14)};
    if (!worked_reason_parse(row_text(row, 9), &entry->reason))
        row_damaged(row);
    return entry;
}

/* --- what an entry must fit in with */

/* The rows of a bound statement: TRUE with *entry NULL where there is none. */
static gboolean first_read(Statement *row, WorkedEntry **entry, GError **error)
{
    g_autoptr(WorkedEntry) found = NULL;
    if (statement_next(row))
        found = row_worked(row);
    if (!statement_done(row, error))
        return FALSE;
    *entry = g_steal_pointer(&found);
    return TRUE;
}

static gboolean is_opposite(const WorkedEntry *reversal, const WorkedEntry *entry)
{
    return reversal->week.monday == entry->week.monday && g_str_equal(reversal->shift, entry->shift) &&
           g_str_equal(reversal->worker, entry->worker) && g_str_equal(reversal->coop, entry->coop) &&
           reversal->start_min == entry->start_min && reversal->end_min == entry->end_min &&
           reversal->break_min == entry->break_min && reversal->paid_min == -entry->paid_min &&
           reversal->reason == entry->reason && !reversal->is_disputed == !entry->is_disputed;
}

/* That it is reversed already, the schema refuses. */
static gboolean reversal_fits(Database *database, const WorkedEntry *reversal, GError **error)
{
    g_autoptr(Statement) row = statement_new(database, WORKED_COLUMNS " WHERE entry = $1", error);
    g_autoptr(WorkedEntry) entry = NULL;
    if (!row)
        return FALSE;
    bind_integer(row, 1, reversal->reverses);
    if (!first_read(row, &entry, error))
        return FALSE;
    if (entry && entry->reverses == 0 && is_opposite(reversal, entry))
        return TRUE;
    g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT,
                "shift %s, worker %s: this does not take back entry %" G_GINT64_FORMAT, reversal->shift,
                reversal->worker, reversal->reverses);
    return FALSE;
}

static gboolean entry_fits(Database *database, const WorkedEntry *entry, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database,
                      WORKED_COLUMNS " WHERE shift = $1 AND worker = $2 AND reason = $3 AND reverses IS NULL"
                                     " AND entry NOT IN (SELECT taken.reverses FROM worked AS taken WHERE"
                                     " taken.shift = $1 AND taken.worker = $2 AND taken.reverses IS NOT NULL)",
                      error);
    g_autoptr(WorkedEntry) standing = NULL;
    if (!row)
        return FALSE;
    bind_text(row, 1, entry->shift);
    bind_text(row, 2, entry->worker);
    bind_text(row, 3, worked_reason_name(entry->reason));
    if (!first_read(row, &standing, error))
        return FALSE;
    if (!standing)
        return TRUE;
    g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT,
                "shift %s, worker %s: entry %" G_GINT64_FORMAT " stands, it must be taken back first", entry->shift,
                entry->worker, standing->entry);
    return FALSE;
}

/* --- writing and reading */

gboolean worked_rows_append(Database *database, const GPtrArray *entries, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database,
                      "INSERT INTO worked (week, shift, worker, coop, start_min, end_min, break_min, paid_min, reason,"
                      " is_disputed, note, reverses, approved_by, at_s)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                      error);
    if (!row)
        return FALSE;
    for (guint i = 0; i < entries->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        if (!(entry->reverses ? reversal_fits : entry_fits)(database, entry, error))
            return FALSE;
        bind_integer(row, 1, entry->week.monday);
        bind_text(row, 2, entry->shift);
        bind_text(row, 3, entry->worker);
        bind_text(row, 4, entry->coop);
        bind_integer(row, 5, entry->start_min);
        bind_integer(row, 6, entry->end_min);
        bind_integer(row, 7, entry->break_min);
        bind_integer(row, 8, entry->paid_min);
        bind_text(row, 9, worked_reason_name(entry->reason));
        bind_integer(row, 10, entry->is_disputed ? 1 : 0);
        bind_text(row, 11, entry->note);
        if (entry->reverses)
            bind_integer(row, 12, entry->reverses);
        else
            bind_null(row, 12);
        bind_text(row, 13, entry->by);
        bind_integer(row, 14, entry->at_s);
        if (!statement_run(row, error))
            return FALSE;
    }
    return TRUE;
}

GPtrArray *worked_rows_load(Database *database, int64_t from_min, int64_t until_min, const char *coop,
                            const char *worker, GError **error)
{
    g_autofree char *sql = g_strdup_printf(
        WORKED_COLUMNS " WHERE start_min >= $1 AND start_min < $2%s%s ORDER BY entry", coop ? " AND coop = $3" : "",
        !worker ? ""
        : coop  ? " AND worker = $4"
                : " AND worker = $3");
    g_autoptr(Statement) rows = statement_new(database, sql, error);
    if (!rows)
        return NULL;
    bind_integer(rows, 1, from_min);
    bind_integer(rows, 2, until_min);
    if (coop)
        bind_text(rows, 3, coop);
    if (worker)
        bind_text(rows, coop ? 4 : 3, worker);
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func((GDestroyNotify)worked_entry_free);
    while (statement_next(rows))
        g_ptr_array_add(entries, row_worked(rows));
    return statement_done(rows, error) ? g_steal_pointer(&entries) : NULL;
}
