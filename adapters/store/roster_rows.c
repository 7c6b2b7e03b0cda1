#include "rows.h"

#include <string.h>

/* --- shared with drafts */

static int assignment_compare(gconstpointer left, gconstpointer right)
{
    const Assignment *a = left, *b = right;
    if (a->shift != b->shift)
        return a->shift < b->shift ? -1 : 1;
    return a->worker < b->worker ? -1 : a->worker > b->worker;
}

gboolean assignment_rows_read(Statement *rows, const Pool *pool, Roster *roster, GError **error)
{
    g_autofree char *unknown = NULL;
    while (!unknown && statement_next(rows)) {
        Assignment assignment = {.is_pinned = row_boolean(rows, 2)};
        if (!pool_find_shift(pool, row_text(rows, 0), &assignment.shift))
            unknown = g_strdup_printf("shift %s", row_text(rows, 0));
        else if (!pool_find_worker(pool, row_text(rows, 1), &assignment.worker))
            unknown = g_strdup_printf("worker %s", row_text(rows, 1));
        else
            g_array_append_val(roster->assignments, assignment);
    }
    if (!statement_done(rows, error))
        return FALSE;
    if (unknown) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT, "%s is not in the pool as it was read, read it again",
                    unknown);
        return FALSE;
    }
    g_array_sort(roster->assignments, assignment_compare);
    return TRUE;
}

void bind_figures(Statement *statement, int parameter, const PlanFigures *figures)
{
    bind_integer(statement, parameter, figures->cost_cents);
    if (figures->has_bound)
        bind_integer(statement, parameter + 1, figures->bound_cents);
    else
        bind_null(statement, parameter + 1);
    bind_text(statement, parameter + 2, figures->status);
    bind_real(statement, parameter + 3, figures->seconds);
}

PlanFigures row_figures(Statement *statement, int column)
{
    PlanFigures figures = {.has_bound = !row_is_null(statement, column + 1),
                           .cost_cents = row_integer(statement, column),
                           .seconds = row_real(statement, column + 3)};
    if (figures.has_bound)
        figures.bound_cents = row_integer(statement, column + 1);
    g_strlcpy(figures.status, row_text(statement, column + 2), sizeof figures.status);
    return figures;
}

/* --- writing */

gboolean roster_rows_last_revision(Database *database, IsoWeek week, int *revision, GError **error)
{
    g_autoptr(Statement) row = statement_new(database, "SELECT last_revision FROM weeks WHERE week = $1", error);
    if (!row)
        return FALSE;
    *revision = 0;
    bind_integer(row, 1, week.monday);
    if (statement_next(row))
        *revision = row_int(row, 0);
    return statement_done(row, error);
}

static gboolean revision_take(Database *database, const Roster *roster, GError **error)
{
    int last;
    if (!roster_rows_last_revision(database, roster->week, &last, error))
        return FALSE;
    if (roster->revision != last + 1) {
        g_autofree char *week = iso_week_format(roster->week);
        g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT,
                    "week %s: revision %d was to be published, but the last is %d", week, roster->revision, last);
        return FALSE;
    }
    g_autoptr(Statement) taken =
        statement_new(database,
                      "INSERT INTO weeks (week, last_revision, last_step) VALUES ($1, $2, 0)"
                      " ON CONFLICT (week) DO UPDATE SET last_revision = excluded.last_revision",
                      error);
    if (!taken)
        return FALSE;
    bind_integer(taken, 1, roster->week.monday);
    bind_integer(taken, 2, roster->revision);
    return statement_run(taken, error);
}

static gboolean assignments_insert(Database *database, const Pool *pool, const Roster *roster, GError **error)
{
    g_autoptr(Statement) row = statement_new(
        database,
        "INSERT INTO roster_assignments (week, revision, shift, worker, is_pinned) VALUES ($1, $2, $3, $4, $5)", error);
    if (!row)
        return FALSE;
    bind_integer(row, 1, roster->week.monday);
    bind_integer(row, 2, roster->revision);
    for (guint i = 0; i < roster->assignments->len; i++) {
        const Assignment *assignment = roster_at(roster, i);
        bind_text(row, 3, pool_shift(pool, assignment->shift)->id);
        bind_text(row, 4, pool_worker(pool, assignment->worker)->id);
        bind_integer(row, 5, assignment->is_pinned ? 1 : 0);
        if (!statement_run(row, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean times_insert(Database *database, const Pool *pool, const Roster *roster, GError **error)
{
    g_autoptr(Statement) row = statement_new(database,
                                             "INSERT INTO roster_times (week, revision, shift, start_min, end_min, "
                                             "break_min) VALUES ($1, $2, $3, $4, $5, $6)",
                                             error);
    if (!row)
        return FALSE;
    bind_integer(row, 1, roster->week.monday);
    bind_integer(row, 2, roster->revision);
    for (guint i = 0; i < roster->assignments->len; i++) {
        guint index = roster_at(roster, i)->shift;
        const Shift *shift = pool_shift(pool, index);
        if (i > 0 && roster_at(roster, i - 1)->shift == index) /* they are by shift */
            continue;
        bind_text(row, 3, shift->id);
        bind_integer(row, 4, shift->start_min);
        bind_integer(row, 5, shift->end_min);
        bind_integer(row, 6, shift->break_min);
        if (!statement_run(row, error))
            return FALSE;
    }
    return TRUE;
}

gboolean roster_rows_publish(Database *database, const Pool *pool, const Publication *publication, int64_t at_s,
                             GError **error)
{
    const Roster *roster = publication->roster;
    if (!revision_take(database, roster, error))
        return FALSE;
    g_autoptr(Statement) row =
        statement_new(database,
                      "INSERT INTO rosters (week, revision, published_s, cost_cents, bound_cents, status, seconds)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                      error);
    if (!row)
        return FALSE;
    bind_integer(row, 1, roster->week.monday);
    bind_integer(row, 2, roster->revision);
    bind_integer(row, 3, at_s);
    bind_figures(row, 4, &publication->figures);
    return statement_run(row, error) && assignments_insert(database, pool, roster, error) &&
           times_insert(database, pool, roster, error) && feed_rows_put(database, publication->events, error) &&
           outbox_rows_append(database, publication->messages, error);
}

gboolean roster_rows_drop_all(Database *database, GError **error)
{
    return database_execute(database, "DELETE FROM roster_assignments; DELETE FROM roster_times; DELETE FROM rosters",
                            error);
}

/* --- reading */

static gboolean assignments_load(Database *database, const Pool *pool, Roster *roster, GError **error)
{
    g_autoptr(Statement) rows = statement_new(
        database, "SELECT shift, worker, is_pinned FROM roster_assignments WHERE week = $1 AND revision = $2", error);
    if (!rows)
        return FALSE;
    bind_integer(rows, 1, roster->week.monday);
    bind_integer(rows, 2, roster->revision);
    return assignment_rows_read(rows, pool, roster, error);
}

GPtrArray *roster_rows_newest(Database *database, const Pool *pool, GError **error)
{
    g_autoptr(Statement) rows =
        statement_new(database, "SELECT week, max(revision) FROM rosters GROUP BY week ORDER BY week", error);
    if (!rows)
        return NULL;
    g_autoptr(GPtrArray) rosters = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    while (statement_next(rows))
        g_ptr_array_add(rosters, roster_new((IsoWeek){row_day(rows, 0)}, ROSTER_PUBLISHED, row_int(rows, 1)));
    gboolean is_loaded = statement_done(rows, error);
    for (guint i = 0; is_loaded && i < rosters->len; i++)
        is_loaded = assignments_load(database, pool, g_ptr_array_index(rosters, i), error);
    return is_loaded ? g_steal_pointer(&rosters) : NULL;
}

/* Of shifts that the pool still has. */
static gboolean times_load(Database *database, const Pool *pool, Revision *revision, GError **error)
{
    g_autoptr(Statement) rows = statement_new(
        database, "SELECT shift, start_min, end_min, break_min FROM roster_times WHERE week = $1 AND revision = $2",
        error);
    if (!rows)
        return FALSE;
    bind_integer(rows, 1, revision->roster->week.monday);
    bind_integer(rows, 2, revision->roster->revision);
    while (statement_next(rows)) {
        guint shift = 0;
        const ShiftTimes times = {row_integer(rows, 1), row_integer(rows, 2), row_int(rows, 3)};
        if (pool_find_shift(pool, row_text(rows, 0), &shift))
            g_hash_table_insert(revision->times, GUINT_TO_POINTER(shift), g_memdup2(&times, sizeof times));
    }
    return statement_done(rows, error);
}

GPtrArray *roster_rows_revisions(Database *database, const Pool *pool, IsoWeek week, GError **error)
{
    g_autoptr(Statement) rows =
        statement_new(database, "SELECT revision, published_s FROM rosters WHERE week = $1 ORDER BY revision", error);
    if (!rows)
        return NULL;
    g_autoptr(GPtrArray) revisions = g_ptr_array_new_with_free_func((GDestroyNotify)revision_free);
    bind_integer(rows, 1, week.monday);
    while (statement_next(rows)) {
        Roster *roster = roster_new(week, ROSTER_PUBLISHED, row_int(rows, 0));
        g_ptr_array_add(revisions, revision_new(roster, row_seconds(rows, 1)));
    }
    gboolean is_loaded = statement_done(rows, error);
    for (guint i = 0; is_loaded && i < revisions->len; i++) {
        Revision *revision = g_ptr_array_index(revisions, i);
        is_loaded =
            assignments_load(database, pool, revision->roster, error) && times_load(database, pool, revision, error);
    }
    return is_loaded ? g_steal_pointer(&revisions) : NULL;
}

Roster *roster_rows_newest_of(Database *database, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database,
                      "SELECT revision, cost_cents, bound_cents, status, seconds FROM rosters WHERE week = $1"
                      " ORDER BY revision DESC LIMIT 1",
                      error);
    if (!row)
        return NULL;
    g_autoptr(Roster) roster = NULL;
    PlanFigures found = {0};
    bind_integer(row, 1, week.monday);
    if (statement_next(row)) {
        roster = roster_new(week, ROSTER_PUBLISHED, row_int(row, 0));
        found = row_figures(row, 1);
    }
    if (!statement_done(row, error))
        return NULL;
    if (!roster) {
        g_autofree char *name = iso_week_format(week);
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "week %s was never published", name);
        return NULL;
    }
    if (!assignments_load(database, pool, roster, error))
        return NULL;
    if (figures)
        *figures = found;
    return g_steal_pointer(&roster);
}
