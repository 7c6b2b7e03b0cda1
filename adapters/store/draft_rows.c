#include "rows.h"

/*
 * A draft is its assignments now, and for each step what that step changed. So a step costs what it changes, not the
 * whole roster, and taking it back is putting back. Step numbers are never used twice in a week: who holds one that was
 * taken back or published is told so.
 */

#define STEPS_KEPT 100

gboolean draft_rows_newest_step(Database *database, IsoWeek week, int *step, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database, "SELECT step FROM draft_steps WHERE week = $1 ORDER BY step DESC LIMIT 1", error);
    if (!row)
        return FALSE;
    *step = 0;
    bind_integer(row, 1, week.monday);
    if (statement_next(row))
        *step = row_int(row, 0);
    return statement_done(row, error);
}

static gboolean assignments_load(Database *database, const Pool *pool, Roster *draft, GError **error)
{
    g_autoptr(Statement) rows =
        statement_new(database, "SELECT shift, worker, is_pinned FROM draft_assignments WHERE week = $1", error);
    if (!rows)
        return FALSE;
    bind_integer(rows, 1, draft->week.monday);
    return assignment_rows_read(rows, pool, draft, error);
}

Roster *draft_rows_load(Database *database, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database,
                      "SELECT revision, cost_cents, bound_cents, status, seconds FROM draft_steps WHERE week = $1"
                      " ORDER BY step DESC LIMIT 1",
                      error);
    if (!row)
        return NULL;
    g_autoptr(Roster) draft = NULL;
    PlanFigures found = {0};
    bind_integer(row, 1, week.monday);
    if (statement_next(row)) {
        draft = roster_new(week, ROSTER_DRAFT, row_int(row, 0));
        found = row_figures(row, 1);
    }
    if (!statement_done(row, error))
        return NULL;
    if (!draft) {
        g_autofree char *name = iso_week_format(week);
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "week %s has no draft", name);
        return NULL;
    }
    if (!assignments_load(database, pool, draft, error))
        return NULL;
    if (figures)
        *figures = found;
    return g_steal_pointer(&draft);
}

/* --- a new step */

static gboolean step_take(Database *database, const Roster *draft, const PlanFigures *figures, const AuditEntry *audit,
                          int *step, GError **error)
{
    g_autoptr(Statement) number =
        statement_new(database,
                      "INSERT INTO weeks (week, last_revision, last_step) VALUES ($1, 0, 1)"
                      " ON CONFLICT (week) DO UPDATE SET last_step = weeks.last_step + 1 RETURNING last_step",
                      error);
    g_autoptr(Statement) row =
        statement_new(database,
                      "INSERT INTO draft_steps (week, step, is_base, revision, what, detail, cost_cents, bound_cents,"
                      " status, seconds) VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9)",
                      error);
    if (!number || !row)
        return FALSE;
    bind_integer(number, 1, draft->week.monday);
    if (statement_next(number))
        *step = row_int(number, 0);
    if (!statement_done(number, error))
        return FALSE;
    bind_integer(row, 1, draft->week.monday);
    bind_integer(row, 2, *step);
    bind_integer(row, 3, draft->revision);
    bind_text(row, 4, audit->what);
    bind_text(row, 5, audit->detail);
    bind_figures(row, 6, figures);
    return statement_run(row, error);
}

typedef struct StepChanges {
    const Pool *pool;
    Statement *change, *set, *remove;
} StepChanges;

static gboolean change_write(const StepChanges *changes, const Assignment *before, const Assignment *after,
                             GError **error)
{
    const Assignment *either = before ? before : after;
    const char *shift = pool_shift(changes->pool, either->shift)->id;
    const char *worker = pool_worker(changes->pool, either->worker)->id;
    bind_text(changes->change, 3, shift);
    bind_text(changes->change, 4, worker);
    if (before)
        bind_integer(changes->change, 5, before->is_pinned ? 1 : 0);
    else
        bind_null(changes->change, 5);
    Statement *now = after ? changes->set : changes->remove;
    bind_text(now, 2, shift);
    bind_text(now, 3, worker);
    if (after)
        bind_integer(now, 4, after->is_pinned ? 1 : 0);
    return statement_run(changes->change, error) && statement_run(now, error);
}

/* Walks both sorted rosters side by side and writes where they differ. */
static gboolean differences_write(const StepChanges *changes, const Roster *before, const Roster *after, GError **error)
{
    guint from = 0, to = 0;
    while (from < before->assignments->len || to < after->assignments->len) {
        const Assignment *old = from < before->assignments->len ? roster_at(before, from) : NULL;
        const Assignment *new = to < after->assignments->len ? roster_at(after, to) : NULL;
        if (old && new && (old->shift != new->shift || old->worker != new->worker)) {
            gboolean is_old_first = old->shift != new->shift ? old->shift < new->shift : old->worker < new->worker;
            if (is_old_first)
                new = NULL;
            else
                old = NULL;
        }
        from += old != NULL;
        to += new != NULL;
        gboolean is_same = old && new && !old->is_pinned == !new->is_pinned;
        if (!is_same && !change_write(changes, old, new, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean changes_write(Database *database, const Pool *pool, const Roster *before, const Roster *after, int step,
                              GError **error)
{
    g_autoptr(Statement) change = statement_new(
        database, "INSERT INTO draft_changes (week, step, shift, worker, pin_before) VALUES ($1, $2, $3, $4, $5)",
        error);
    g_autoptr(Statement) set =
        statement_new(database,
                      "INSERT INTO draft_assignments (week, shift, worker, is_pinned) VALUES ($1, $2, $3, $4)"
                      " ON CONFLICT (week, shift, worker) DO UPDATE SET is_pinned = excluded.is_pinned",
                      error);
    g_autoptr(Statement) remove =
        statement_new(database, "DELETE FROM draft_assignments WHERE week = $1 AND shift = $2 AND worker = $3", error);
    if (!change || !set || !remove)
        return FALSE;
    bind_integer(change, 1, after->week.monday);
    bind_integer(change, 2, step);
    bind_integer(set, 1, after->week.monday);
    bind_integer(remove, 1, after->week.monday);
    StepChanges changes = {pool, change, set, remove};
    return differences_write(&changes, before, after, error);
}

/* The oldest step kept becomes the base: its figures still tell what it was, its changes are forgotten. */
static gboolean old_steps_forget(Database *database, IsoWeek week, GError **error)
{
    g_autoptr(Statement) base = statement_new(
        database, "SELECT step FROM draft_steps WHERE week = $1 ORDER BY step DESC LIMIT 1 OFFSET $2", error);
    if (!base)
        return FALSE;
    int step = 0;
    bind_integer(base, 1, week.monday);
    bind_integer(base, 2, STEPS_KEPT);
    if (statement_next(base))
        step = row_int(base, 0);
    if (!statement_done(base, error))
        return FALSE;
    if (step == 0)
        return TRUE;
    static const char *const forget[] = {
        "DELETE FROM draft_steps WHERE week = $1 AND step < $2",
        "DELETE FROM draft_changes WHERE week = $1 AND step = $2",
        "UPDATE draft_steps SET is_base = 1 WHERE week = $1 AND step = $2",
    };
    const int64_t values[] = {week.monday, step};
    return statements_run(database, forget, G_N_ELEMENTS(forget), values, 2, error);
}

gboolean draft_rows_save(Database *database, const Pool *pool, const Roster *draft, const PlanFigures *figures,
                         int from_step, const AuditEntry *audit, GError **error)
{
    int newest, step = 0;
    if (!draft_rows_newest_step(database, draft->week, &newest, error))
        return FALSE;
    if (newest != from_step) {
        g_autofree char *week = iso_week_format(draft->week);
        g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT,
                    "week %s: the draft was changed since it was read (step %d, not %d), read it again", week, newest,
                    from_step);
        return FALSE;
    }
    g_autoptr(Roster) before = roster_new(draft->week, ROSTER_DRAFT, 0);
    return assignments_load(database, pool, before, error) &&
           step_take(database, draft, figures, audit, &step, error) &&
           changes_write(database, pool, before, draft, step, error) && old_steps_forget(database, draft->week, error);
}

/* --- the last step back */

static gboolean step_put_back(Database *database, IsoWeek week, int step, GError **error)
{
    static const char *const back[] = {
        "DELETE FROM draft_assignments AS now WHERE now.week = $1 AND EXISTS"
        " (SELECT 1 FROM draft_changes AS change WHERE change.week = now.week AND change.step = $2"
        " AND change.shift = now.shift AND change.worker = now.worker AND change.pin_before IS NULL)",
        "INSERT INTO draft_assignments (week, shift, worker, is_pinned)"
        " SELECT week, shift, worker, pin_before FROM draft_changes WHERE week = $1 AND step = $2 AND pin_before IS "
        "NOT NULL"
        " ON CONFLICT (week, shift, worker) DO UPDATE SET is_pinned = excluded.is_pinned",
        "DELETE FROM draft_steps WHERE week = $1 AND step = $2",
    };
    const int64_t values[] = {week.monday, step};
    return statements_run(database, back, G_N_ELEMENTS(back), values, 2, error);
}

gboolean draft_rows_undo(Database *database, IsoWeek week, char **undone, GError **error)
{
    g_autoptr(Statement) newest = statement_new(
        database, "SELECT step, is_base, what, detail FROM draft_steps WHERE week = $1 ORDER BY step DESC LIMIT 1",
        error);
    if (!newest)
        return FALSE;
    int step = 0;
    g_autofree char *text = NULL;
    bind_integer(newest, 1, week.monday);
    if (statement_next(newest) && !row_boolean(newest, 1)) {
        step = row_int(newest, 0);
        const char *detail = row_text(newest, 3);
        text = g_strconcat(row_text(newest, 2), *detail ? " " : "", detail, NULL);
    }
    if (!statement_done(newest, error))
        return FALSE;
    if (!text) {
        g_autofree char *name = iso_week_format(week);
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "week %s: the draft has no step to take back", name);
        return FALSE;
    }
    if (!step_put_back(database, week, step, error))
        return FALSE;
    if (undone)
        *undone = g_steal_pointer(&text);
    return TRUE;
}

/* --- the end of drafts */

gboolean draft_rows_end(Database *database, IsoWeek week, GError **error)
{
    static const char *const end[] = {
        "DELETE FROM draft_assignments WHERE week = $1",
        "DELETE FROM draft_steps WHERE week = $1",
    };
    return statements_run(database, end, G_N_ELEMENTS(end), &(int64_t){week.monday}, 1, error);
}

gboolean draft_rows_forget_bounds(Database *database, GError **error)
{
    return database_execute(database, "UPDATE draft_steps SET bound_cents = NULL WHERE bound_cents IS NOT NULL", error);
}

gboolean draft_rows_drop_all(Database *database, GError **error)
{
    return database_execute(database,
                            "DELETE FROM draft_changes; DELETE FROM draft_assignments; DELETE FROM draft_steps", error);
}
