/*
 * Planning: a long act. Its answer is a proposal - the roster found, with its cost and bound; with `take` it also
 * becomes the week's draft, if nobody has changed the week meanwhile.
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

#include "rooster/plan.h"

#define GAP_DEFAULT     0.5
#define SECONDS_DEFAULT 60

typedef struct Watch {
    const ActRequest *request;
    int64_t told_ms;
    int64_t cost_cents, bound_cents;
} Watch;

/* Tells what has changed, and now and then that it lives. */
static gboolean tell(const PlanProgress *progress, gpointer context)
{
    enum { SILENCE_MS = 500 };
    Watch *watch = context;
    int64_t at_ms = (int64_t)(progress->seconds * 1000);
    gboolean is_news = progress->cost_cents != watch->cost_cents || progress->bound_cents != watch->bound_cents;
    if (!watch->request->progress)
        return TRUE;
    if (!is_news && at_ms - watch->told_ms < SILENCE_MS)
        return TRUE;
    watch->told_ms = at_ms;
    watch->cost_cents = progress->cost_cents;
    watch->bound_cents = progress->bound_cents;
    json_t *event = json_object();
    json_put(event, "phase", json_text(progress->phase));
    json_put(event, "seconds", json_real(progress->seconds));
    json_put(event, "work", json_integer(progress->work));
    json_put(event, "cost_cents", progress->has_bound ? json_integer(progress->cost_cents) : json_null());
    json_put(event, "bound_cents", progress->has_bound ? json_integer(progress->bound_cents) : json_null());
    json_put(event, "gap_percent",
             progress->has_bound ? json_real(plan_gap_percent(progress->cost_cents, progress->bound_cents))
                                 : json_null());
    gboolean goes_on = watch->request->progress(event, watch->request->context);
    json_decref(event);
    return goes_on;
}

static PlanResult *plan(const ActRun *run, const DeskWeek *week, gboolean is_keep, GError **error)
{
    gboolean is_fresh = act_flag(run, "is_fresh", FALSE);
    g_autoptr(Roster) start = desk_week_start(week, is_keep, is_fresh);
    SolveRecord *record = NULL;
    GError *reason = NULL;
    if (!is_fresh && !desk_week_last_solve(run->desk, week, is_keep, &record, error))
        return NULL;
    Watch watch = {.request = run->request};
    PlanOptions options = {.gap = act_number(run, "gap_percent", GAP_DEFAULT),
                           .seconds = act_number(run, "seconds", SECONDS_DEFAULT),
                           .work = act_integer(run, "work", 0),
                           .threads = (int)act_integer(run, "threads", 0),
                           .seed = 1,
                           .program = run->request->program,
                           .start = start,
                           .record = record,
                           .progress = tell,
                           .context = &watch};
    PlanResult *result = plan_week(week->week, &options, &reason);
    solve_record_free(record);
    if (g_error_matches(reason, PLAN_ERROR, PLAN_ERROR_PINS)) {
        sentence_pass_error(error, ACT_ERROR, ACT_ERROR_REFUSED, reason);
        g_error_free(reason);
    } else if (reason) {
        g_propagate_error(error, reason);
    }
    return result;
}

static void put_proposal(json_t *body, const DeskWeek *week, const PlanResult *result)
{
    const Pool *pool = week->week->pool;
    json_t *assignments = json_array();
    json_t *shortfall = json_array();
    for (guint i = 0; i < result->roster->assignments->len; i++) {
        const Assignment *assignment = roster_at(result->roster, i);
        json_t *object = act_json_assignment(pool, assignment->shift, assignment->worker);
        json_put(object, "is_pinned", json_boolean(assignment->is_pinned));
        json_array_append_new(assignments, object);
    }
    for (guint at = 0; at < week->week->shifts->len; at++) {
        guint shift = g_array_index(week->week->shifts, guint, at);
        int64_t missing = (int64_t)pool_shift(pool, shift)->headcount - roster_cover(result->roster, shift, NULL);
        if (missing <= 0)
            continue;
        json_t *object = json_object();
        json_put(object, "shift", json_text(pool_shift(pool, shift)->id));
        json_put(object, "missing", json_integer(missing));
        json_array_append_new(shortfall, object);
    }
    json_put(body, "cost", act_json_cost(&result->cost));
    json_put(body, "seconds", json_real(result->seconds));
    json_put(body, "assignments", assignments);
    json_put(body, "shortfall", shortfall);
}

static gboolean take(ActRun *run, DeskWeek *week, const PlanResult *result, const PlanFigures *figures, GError **error)
{
    g_autofree char *name = iso_week_format(week->week->week);
    g_autofree char *cost = cents_format(result->cost_cents);
    g_autoptr(AuditEntry) audit =
        desk_audit(run->desk, run->request->actor.name, "plan", "week %s, cost %s, %s", name, cost, result->status);
    if (!act_begin(run, error) ||
        !desk_week_save(run->desk, week, result->roster, figures, result->record, audit, error))
        return FALSE;
    act_put_week(run->answer->body, week);
    run->answer->version = desk_week_version(week);
    return act_commit(run, error);
}

gboolean act_plan(ActRun *run, GError **error)
{
    gboolean is_keep = act_flag(run, "is_repair", FALSE);
    DeskUse use = is_keep ? DESK_MOVE : DESK_PLAN;
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, act_week(run), use, error);
    if (!week || !act_is_current(run, week, error))
        return FALSE;
    g_autofree char *name = iso_week_format(week->week->week);
    if (week->week->shifts->len == 0)
        return act_refuse(error, ACT_ERROR_REFUSED, "%s has no shifts", name);
    if (is_keep && !week->published)
        return act_refuse(error, ACT_ERROR_REFUSED, "%s has no published roster to keep", name);
    g_autoptr(PlanResult) result = plan(run, week, is_keep, error);
    if (!result)
        return FALSE;
    PlanFigures figures = {.has_bound = result->has_bound,
                           .cost_cents = result->cost_cents,
                           .bound_cents = result->bound_cents,
                           .seconds = result->seconds};
    g_strlcpy(figures.status, result->status, sizeof figures.status);
    json_t *body = run->answer->body = json_object();
    gboolean is_taken = act_flag(run, "take", FALSE);
    act_put_week(body, week);
    act_put_figures(body, &figures, result->cost_cents);
    json_put(body, "is_taken", json_boolean(is_taken));
    put_proposal(body, week, result);
    run->answer->version = desk_week_version(week);
    result->record->made_s = run->desk->now_s;
    run->answer->proposal = g_new0(ActProposal, 1);
    *run->answer->proposal = (ActProposal){figures, solve_record_to_json(result->record)};
    return !is_taken || take(run, week, result, &figures, error);
}

/* --- taking a proposal later */

static gboolean read_roster(const ActRun *run, const DeskWeek *week, Roster *draft, GError **error)
{
    json_t *assignments = act_list(run, "assignments");
    for (size_t i = 0; i < json_array_size(assignments); i++) {
        const json_t *object = json_array_get(assignments, i);
        guint shift = 0, worker = 0;
        if (!desk_shift(run->desk, json_string_value(json_object_get(object, "shift")), &shift, error) ||
            !desk_worker(run->desk, json_string_value(json_object_get(object, "worker")), &worker, error))
            return FALSE;
        if (!week_has_shift(week->week, shift))
            return act_refuse(error, ACT_ERROR_INVALID, "/assignments/%zu: the shift is not of this week", i);
        if (!roster_add(draft, shift, worker, json_is_true(json_object_get(object, "is_pinned"))))
            return act_refuse(error, ACT_ERROR_INVALID, "/assignments/%zu: stands twice", i);
    }
    return TRUE;
}

static gboolean save(const ActRun *run, DeskWeek *week, Roster *draft, const PlanFigures *figures,
                     const ActProposal *proposal, const AuditEntry *audit, GError **error)
{
    SolveRecord *record = proposal ? solve_record_from_json(proposal->record, error) : NULL;
    gboolean is_saved = (record || !proposal) && desk_week_save(run->desk, week, draft, figures, record, audit, error);
    solve_record_free(record);
    return is_saved;
}

/* A whole roster as the week's draft, judged first: what a planner takes of a proposal, or brings from elsewhere. */
gboolean act_draft(ActRun *run, GError **error)
{
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, act_week(run), DESK_MOVE, error);
    if (!week || !act_is_current(run, week, error))
        return FALSE;
    g_autoptr(Roster) draft = roster_new(week->week->week, ROSTER_DRAFT, 0);
    if (!read_roster(run, week, draft, error))
        return FALSE;
    g_autofree char *name = iso_week_format(week->week->week);
    week_lift_pins(week->week, draft);
    g_autoptr(GPtrArray) violations = rules_check(week->week, draft);
    if (violations->len) {
        run->answer->details = json_object();
        json_put(run->answer->details, "violations", act_json_violations(run->desk->pool, violations));
        return act_refuse(error, ACT_ERROR_REFUSED, "the roster breaks rules");
    }
    Cost cost = cost_of(week->week, draft);
    /* What somebody says of the bound is not proof; what we found ourselves is, while the week is as it was then. */
    const ActProposal *proposal = run->request->proposal;
    PlanFigures figures = {.cost_cents = cost_total(&cost), .status = "hand"};
    if (proposal && proposal->figures.cost_cents == figures.cost_cents && run->request->version >= 0)
        figures = proposal->figures;
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "draft", "week %s, %u assignments",
                                             name, draft->assignments->len);
    if (!act_begin(run, error) || !save(run, week, draft, &figures, proposal, audit, error))
        return FALSE;
    json_t *body = run->answer->body = json_object();
    act_put_week(body, week);
    act_put_figures(body, &figures, figures.cost_cents);
    json_put(body, "cost", act_json_cost(&cost));
    run->answer->version = desk_week_version(week);
    return act_commit(run, error);
}
