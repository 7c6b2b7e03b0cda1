/*
 * The draft by hand: moves, undo, who can take a shift, what publishing would change. (Publishing: act_publish.c.)
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

#include "rooster/explain.h"
#include "rooster/moves.h"
#include "rooster/publish.h"

/* --- moves */

static gboolean read_step(const ActRun *run, const json_t *object, Move *move, GError **error)
{
    static const struct {
        const char *name;
        MoveKind kind;
    } kinds[] = {{"assign", MOVE_ASSIGN}, {"unassign", MOVE_UNASSIGN}, {"pin", MOVE_PIN}, {"unpin", MOVE_UNPIN}};
    const char *kind = json_string_value(json_object_get(object, "kind"));
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kinds[i].name, kind))
            move->kind = kinds[i].kind;
    return desk_shift(run->desk, json_string_value(json_object_get(object, "shift")), &move->shift, error) &&
           desk_worker(run->desk, json_string_value(json_object_get(object, "worker")), &move->worker, error);
}

/* All steps, one on the other's result; the violations are those of the last draft that the first did not have. */
typedef struct Moved {
    Roster *roster;
    GPtrArray *violations; /* of the step that is refused, or of the last */
    Cost before, after;    /* of the draft without any and with all of the steps */
    gboolean is_refused, has_unpinned;
    GString *told; /* "assign shift S1 worker W2; ..." */
} Moved;

static void moved_clear(Moved *moved)
{
    roster_free(moved->roster);
    if (moved->violations)
        g_ptr_array_unref(moved->violations);
    if (moved->told)
        g_string_free(moved->told, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Moved, moved_clear)

static gboolean step(const ActRun *run, DeskWeek *week, Moved *moved, const json_t *object, GError **error)
{
    Move move = {0};
    GError *reason = NULL;
    if (!read_step(run, object, &move, error))
        return FALSE;
    g_autoptr(MoveResult) result = move_try(week->week, moved->roster, &move, &reason);
    if (!result) {
        sentence_pass_error(error, ACT_ERROR, ACT_ERROR_REFUSED, reason);
        g_error_free(reason);
        return FALSE;
    }
    g_clear_pointer(&moved->violations, g_ptr_array_unref);
    moved->violations = g_steal_pointer(&result->violations);
    if (moved->told->len == 0)
        moved->before = result->before;
    moved->after = result->after;
    moved->is_refused = result->roster == NULL;
    moved->has_unpinned |= move.kind == MOVE_UNPIN;
    g_string_append_printf(moved->told, "%s%s shift %s worker %s", moved->told->len ? "; " : "",
                           move_kind_name(move.kind), pool_shift(run->desk->pool, move.shift)->id,
                           pool_worker(run->desk->pool, move.worker)->id);
    if (!moved->is_refused) {
        roster_free(moved->roster);
        moved->roster = g_steal_pointer(&result->roster);
    }
    return TRUE;
}

/* A bound holds for every roster of the week with these pins, so it outlives all moves but unpinning. */
static PlanFigures figures_by_hand(const DeskWeek *week, gboolean has_unpinned, int64_t cost_cents)
{
    return (PlanFigures){.has_bound = week->state == DESK_WEEK_DRAFT && week->figures.has_bound && !has_unpinned,
                         .bound_cents = week->figures.bound_cents,
                         .cost_cents = cost_cents,
                         .status = "hand"};
}

gboolean act_move(ActRun *run, GError **error)
{
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, act_week(run), DESK_MOVE, error);
    if (!week || !act_is_current(run, week, error))
        return FALSE;
    g_auto(Moved) moved = {.roster = roster_copy(week->roster), .told = g_string_new(NULL)};
    json_t *steps = act_list(run, "steps");
    for (size_t i = 0; i < json_array_size(steps) && !moved.is_refused; i++)
        if (!step(run, week, &moved, json_array_get(steps, i), error))
            return FALSE;
    if (moved.is_refused) {
        run->answer->details = json_object();
        json_put(run->answer->details, "violations", act_json_violations(run->desk->pool, moved.violations));
        return act_refuse(error, ACT_ERROR_REFUSED, "it would break %s",
                          ((const Violation *)g_ptr_array_index(moved.violations, 0))->rule);
    }
    int64_t cost_cents = cost_total(&moved.after);
    PlanFigures figures = figures_by_hand(week, moved.has_unpinned, cost_cents);
    gboolean is_trial = act_flag(run, "is_trial", FALSE);
    if (!is_trial) {
        g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "move", "%s", moved.told->str);
        if (!act_begin(run, error) || !desk_week_save(run->desk, week, moved.roster, &figures, NULL, audit, error))
            return FALSE;
    }
    json_t *body = run->answer->body = json_object();
    act_put_week(body, week);
    act_put_figures(body, &figures, cost_cents);
    json_put(body, "is_trial", json_boolean(is_trial));
    json_put(body, "price", act_json_price(&moved.before, &moved.after));
    json_put(body, "unfinished", act_json_violations(run->desk->pool, moved.violations));
    if (!is_trial)
        act_put_standing(body, week, moved.roster, &moved.after);
    run->answer->version = desk_week_version(week);
    return is_trial || act_commit(run, error);
}

gboolean act_undo(ActRun *run, GError **error)
{
    g_autofree char *undone = NULL;
    g_autoptr(GError) reason = NULL;
    IsoWeek iso = act_week(run);
    g_autofree char *name = iso_week_format(iso);
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, iso, DESK_MOVE, error);
    if (!week || !act_is_current(run, week, error) || !act_begin(run, error))
        return FALSE;
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "undo", "week %s", name);
    if (!store_undo_draft(run->desk->store, iso, audit, &undone, &reason)) {
        if (g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND))
            return act_refuse(error, ACT_ERROR_REFUSED, "there is nothing to undo in %s", name);
        g_propagate_error(error, g_steal_pointer(&reason));
        return FALSE;
    }
    g_autoptr(DeskWeek) now = desk_week_open(run->desk, iso, DESK_LOOK, error);
    if (!now)
        return FALSE;
    json_t *body = run->answer->body = json_object();
    act_put_week(body, now);
    json_put(body, "undone", json_text(undone));
    Cost cost = cost_of(now->week, now->roster);
    act_put_figures(body, &now->figures, cost_total(&cost));
    act_put_standing(body, now, now->roster, &cost);
    run->answer->version = desk_week_version(now);
    return act_commit(run, error);
}

/* --- who can take it */

/* The roster, or what is left of it without the worker who is to be replaced. Caller frees. */
static Roster *roster_without(const ActRun *run, const DeskWeek *week, guint shift, GError **error)
{
    const char *id = act_text(run, "instead_of", "");
    guint worker = 0;
    g_autoptr(Roster) roster = roster_copy(week->roster);
    if (!*id)
        return g_steal_pointer(&roster);
    if (!desk_worker(run->desk, id, &worker, error))
        return NULL;
    if (!roster_remove(roster, shift, worker)) {
        act_refuse(error, ACT_ERROR_INVALID, "/instead_of: %s is not on the shift", id);
        return NULL;
    }
    return g_steal_pointer(&roster);
}

gboolean act_candidates(ActRun *run, GError **error)
{
    guint shift = 0;
    if (!act_shift(run, &shift, error))
        return FALSE;
    const Pool *pool = run->desk->pool;
    const Shift *work = pool_shift(pool, shift);
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, work->week, DESK_MOVE, error);
    if (!week)
        return FALSE;
    gboolean is_begun = week->week->is_repair && work->start_min < week->week->now_min;
    g_autoptr(Roster) roster = roster_without(run, week, shift, error);
    if (!roster)
        return FALSE;
    g_autoptr(GPtrArray) candidates = explain_candidates(week->week, roster, shift);
    json_t *body = run->answer->body = json_object();
    json_t *list = json_array();
    act_put_week(body, week);
    json_put(body, "shift", act_json_shift(pool, shift, roster_cover(week->roster, shift, NULL)));
    json_put(body, "is_begun", json_boolean(is_begun));
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        const Worker *worker = pool_worker(pool, candidate->worker);
        gboolean can = !candidate->is_on && candidate->blocks->len == 0 && !is_begun;
        json_t *object = json_object();
        json_put(object, "worker", json_text(worker->id));
        json_put(object, "name", json_text(worker->name));
        json_put(object, "is_on", json_boolean(candidate->is_on));
        json_put(object, "can", json_boolean(can));
        json_put(object, "price_cents", can ? json_integer(candidate->price_cents) : json_null());
        json_put(object, "planned_minutes", json_integer(candidate->planned_min));
        json_put(object, "blocks", act_json_violations(pool, candidate->blocks));
        json_array_append_new(list, object);
    }
    json_put(body, "candidates", list);
    run->answer->version = desk_week_version(week);
    return TRUE;
}

/* --- what publishing would mean */

json_t *act_json_changes(const DeskWeek *week, const Roster *after, int64_t now_s)
{
    const Pool *pool = week->week->pool;
    json_t *list = json_array();
    g_autoptr(GArray) changes = roster_diff(pool, week->published, after);
    for (guint i = 0; i < changes->len; i++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, i);
        const Shift *shift = pool_shift(pool, change->shift);
        int64_t ahead_min = shift->start_min - now_s / 60;
        json_t *object = act_json_assignment(pool, change->shift, change->worker);
        json_put(object, "name", json_text(pool_worker(pool, change->worker)->name));
        json_put(object, "change", json_text(change->is_added ? "added" : "dropped"));
        json_put_times(object, pool->zone, shift->start_min, shift->end_min);
        json_put(object, "minutes_ahead", json_integer(ahead_min));
        json_put(object, "is_late", json_boolean(ahead_min < NOTICE_MIN));
        json_array_append_new(list, object);
    }
    return list;
}

gboolean act_diff(ActRun *run, GError **error)
{
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, act_week(run), DESK_LOOK, error);
    if (!week)
        return FALSE;
    json_t *body = run->answer->body = json_object();
    act_put_week(body, week);
    json_put(body, "changes", act_json_changes(week, week->roster, run->desk->now_s));
    run->answer->version = desk_week_version(week);
    return TRUE;
}
