#include "rooster/plan_weeks.h"

#include "plan_parts.h"
#include "run_log.h"
#include "solve_record.h"

/* --- weeks beside each other */

static const Roster *roster_of_week(const GPtrArray *rosters, IsoWeek week)
{
    for (guint i = 0; i < rosters->len; i++) {
        const Roster *roster = g_ptr_array_index(rosters, i);
        if (roster->week.monday == week.monday)
            return roster;
    }
    return NULL;
}

Week *week_beside(const Week *alone, const GPtrArray *rosters, const GPtrArray *published)
{
    g_autoptr(GPtrArray) around = g_ptr_array_new();
    if (alone->published)
        g_ptr_array_add(around, (gpointer)alone->published);
    for (guint i = 0; i < rosters->len; i++) {
        Roster *roster = g_ptr_array_index(rosters, i);
        if (roster->week.monday != alone->week.monday)
            g_ptr_array_add(around, roster);
    }
    for (guint i = 0; published && i < published->len; i++) {
        Roster *roster = g_ptr_array_index(published, i);
        if (roster->week.monday != alone->week.monday && !roster_of_week(rosters, roster->week))
            g_ptr_array_add(around, roster);
    }
    Week *week = week_new(alone->pool, alone->week, around);
    if (alone->is_repair)
        week_set_repair(week, alone->now_min);
    return week;
}

/* --- what one line of work cannot say */

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, PLAN_ERROR, PLAN_ERROR_WEEKS, "%s", text);
    return FALSE;
}

/* What was worked in the first weeks is known only to the later ones, for which it stands in the roster's place. */
static gboolean history_ends_before(const Week *span, GError **error)
{
    for (guint i = 0; i < span->pool->workers->len; i++) {
        const Worker *worker = pool_worker(span->pool, i);
        for (guint k = 0; k < worker->history->len; k++) {
            const HistoryPiece *piece = &g_array_index(worker->history, HistoryPiece, k);
            if (piece->start_min < span->start_min || piece->start_min >= span->end_min)
                continue;
            g_autofree char *first = iso_week_format(span->week),
                            *start = zone_format(span->pool->zone, piece->start_min);
            return refuse(
                error,
                "the history of worker %s goes on in the weeks to be planned (%s); plan from a week after it, "
                "or %s alone",
                worker->id, start, first);
        }
    }
    return TRUE;
}

static gboolean rules_stay(const Week *span, const GPtrArray *weeks, GError **error)
{
    for (guint i = 0; i < weeks->len; i++) {
        const Week *week = g_ptr_array_index(weeks, i);
        if (week->numbers == span->numbers)
            continue;
        g_autofree char *name = iso_week_format(week->week);
        return refuse(error, "the rules change in %s; plan the weeks before and from then on apart", name);
    }
    return TRUE;
}

static gboolean can_be_one(const Week *span, const GPtrArray *weeks, GError **error)
{
    return rules_stay(span, weeks, error) && history_ends_before(span, error);
}

/* What has begun is no open work of the span either; the costs and the pins are asked of the single weeks. */
static void take_repair(Week *span, const GPtrArray *weeks)
{
    const Week *first = g_ptr_array_index(weeks, 0);
    span->is_repair = first->is_repair;
    span->now_min = first->now_min;
    for (guint i = 1; i < weeks->len; i++) {
        const Week *week = g_ptr_array_index(weeks, i);
        g_assert(week->is_repair == span->is_repair && week->now_min == span->now_min);
    }
}

/* --- planning */

static PlanResult *part_of(const WeekProblem *problem, int place, const SolverResult *solved, const Roster *start,
                           const char *fingerprint)
{
    PlanResult *part = g_new0(PlanResult, 1);
    const Week *week = g_ptr_array_index(problem->weeks, (guint)place);
    part->roster = week_problem_roster(problem, place, solved->chosen, solved->chosen_count, start);
    part->cost = cost_of(week, part->roster);
    part->cost_cents = cost_total(&part->cost);
    part->bound_cents = INT64_MIN;
    part->status = run_status_name(solved->status);
    if (fingerprint) {
        part->record = solve_record_of_part(problem, place, solved, start, fingerprint);
        part->record->status = g_strdup(part->status);
        part->record->cost_cents = part->cost_cents;
    }
    return part;
}

static WeeksPlan *plan_of(const WeekProblem *problem, const SolverResult *solved, const GPtrArray *starts,
                          const char *fingerprint)
{
    WeeksPlan *plan = g_new0(WeeksPlan, 1);
    plan->weeks = g_ptr_array_new_with_free_func((GDestroyNotify)plan_result_free);
    for (int place = 0; place < problem->week->count; place++) {
        PlanResult *part = part_of(problem, place, solved, g_ptr_array_index(starts, (guint)place), fingerprint);
        g_ptr_array_add(plan->weeks, part);
        plan->cost_cents += part->cost_cents;
        for (CostTerm term = 0; term < COST_TERMS; term++)
            plan->cost.cents[term] += part->cost.cents[term];
    }
    plan->has_bound = solved->bound_cents != INT64_MIN;
    plan->bound_cents = plan->has_bound ? solved->bound_cents + problem->constant_cents : INT64_MIN;
    plan->status = run_status_name(solved->status);
    plan->work = solved->statistics.work;
    plan->statistics = plan_statistics(&solved->statistics);
    return plan;
}

/* Each week by the code that judges single weeks, the others beside it. */
static gboolean passes(const WeekProblem *problem, const WeeksPlan *plan, const GPtrArray *published,
                       int64_t solver_cents, GError **error)
{
    g_autoptr(GPtrArray) rosters = g_ptr_array_new();
    for (guint i = 0; i < plan->weeks->len; i++)
        g_ptr_array_add(rosters, ((PlanResult *)g_ptr_array_index(plan->weeks, i))->roster);
    for (guint i = 0; i < plan->weeks->len; i++) {
        g_autoptr(Week) week = week_beside(g_ptr_array_index(problem->weeks, i), rosters, published);
        if (!plan_passes_rules(week, g_ptr_array_index(rosters, i), error))
            return FALSE;
    }
    return plan_passes_cost(solver_cents, plan->cost_cents, plan->bound_cents, error);
}

WeeksPlan *plan_weeks(const GPtrArray *weeks, const GPtrArray *starts, const GPtrArray *published,
                      const PlanOptions *options, GError **error)
{
    g_assert(weeks->len > 1 && weeks->len <= PLAN_WEEKS_MOST && starts->len == weeks->len);
    int64_t begin_us = g_get_monotonic_time();
    const Week *first = g_ptr_array_index(weeks, 0);
    g_autoptr(Week) span = week_new_span(first->pool, first->week, (int)weeks->len, published);
    take_repair(span, weeks);
    if (!can_be_one(span, weeks, error))
        return NULL;
    g_autoptr(WeekProblem) problem = week_problem_new_span(span, weeks, starts);
    if (!plan_pins_may_stay(problem, error))
        return NULL;
    PlanOptions alone = *options;
    alone.record = NULL;
    g_autofree char *fingerprint = NULL;
    SolverResult *solved = plan_solve(problem, &alone, &fingerprint, error);
    if (!solved)
        return NULL;
    g_autoptr(WeeksPlan) plan = NULL;
    if (solved->status == SOLVER_INFEASIBLE || solved->status == SOLVER_UNDECIDED) {
        plan_refuse_infeasible(problem, solved, error);
    } else {
        plan = plan_of(problem, solved, starts, fingerprint);
        if (!passes(problem, plan, published, solved->cost_cents + problem->constant_cents, error))
            g_clear_pointer(&plan, weeks_plan_free);
    }
    solver_result_free(solved);
    if (plan)
        plan->seconds = (double)(g_get_monotonic_time() - begin_us) / G_USEC_PER_SEC;
    return g_steal_pointer(&plan);
}

void weeks_plan_free(WeeksPlan *plan)
{
    if (!plan)
        return;
    g_ptr_array_unref(plan->weeks);
    if (plan->statistics)
        g_array_unref(plan->statistics);
    g_free(plan);
}
