#include "plan_parts.h"

#include "rooster/rules.h"
#include "run_log.h"
#include "solve_child.h"
#include "solve_record.h"

#include <math.h>

#define SEARCH_LEAST_S 0.15
#define WRITE_S        0.05
#define AFTER_PART     0.6

G_DEFINE_QUARK(rooster - plan - error - quark, plan_error)

double plan_gap_percent(int64_t cost_cents, int64_t bound_cents)
{
    return 100.0 * ((double)cost_cents - (double)bound_cents) / MAX(100.0, fabs((double)cost_cents));
}

/* --- pins that cannot hold */

static GArray *required_shifts(const WeekProblem *problem, int place, guint worker)
{
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (int32_t i = 0; i < problem->problem.entry_count; i++) {
        const SolverEntry *entry = &problem->problem.entries[i];
        guint shift = problem->slot_shift[entry->slot];
        if (entry->is_required && (guint)entry->worker == worker && week_problem_place(problem, shift) == place)
            g_array_append_val(shifts, shift);
    }
    return shifts;
}

/* Names the first rule that the worker's required shifts break in a week; the law comes before a pin. */
static gboolean refuse_pins(const WeekProblem *problem, guint worker, GError **error)
{
    const Pool *pool = problem->week->pool;
    g_autofree char *text = NULL;
    for (int place = 0; place < problem->week->count && !text; place++) {
        const Week *week = g_ptr_array_index(problem->weeks, (guint)place);
        g_autoptr(GArray) shifts = required_shifts(problem, place, worker);
        g_autoptr(GPtrArray) violations =
            rules_check_line(week, worker, (const guint *)(const void *)shifts->data, shifts->len);
        if (violations->len)
            text = violation_format(g_ptr_array_index(violations, 0), pool);
    }
    g_set_error(error, PLAN_ERROR, PLAN_ERROR_PINS, "pinned or begun work of worker %s cannot stay: %s; unpin it first",
                pool_worker(pool, worker)->id,
                text                       ? text
                : problem->week->count > 1 ? "no legal line of these weeks holds all of them"
                                           : "no legal week holds all of them");
    return FALSE;
}

gboolean plan_pins_may_stay(const WeekProblem *problem, GError **error)
{
    for (guint i = 0; i < problem->forbidden->len; i++) {
        guint worker = g_array_index(problem->forbidden, guint, i);
        return refuse_pins(problem, worker, error);
    }
    return TRUE;
}

/* Neither found nor ruled out. */
static gboolean refuse_undecided(const WeekProblem *problem, const SolverResult *result, GError **error)
{
    const Pool *pool = problem->week->pool;
    gboolean is_worker = result->infeasible_worker >= 0;
    const char *id = is_worker ? pool_worker(pool, (guint)result->infeasible_worker)->id
                               : pool_shift(pool, problem->meaning[result->infeasible_row].shift)->id;
    g_set_error(
        error, PLAN_ERROR, PLAN_ERROR_PINS,
        "the limits ended the search before it was known whether pinned or begun work %s %s can all stay: allow "
        "more, or unpin some",
        is_worker ? "of worker" : "on shift", id);
    return FALSE;
}

gboolean plan_refuse_infeasible(const WeekProblem *problem, const SolverResult *result, GError **error)
{
    const Pool *pool = problem->week->pool;
    if (result->status == SOLVER_UNDECIDED)
        return refuse_undecided(problem, result, error);
    if (result->infeasible_worker >= 0) {
        return refuse_pins(problem, (guint)result->infeasible_worker, error);
    }
    const RowMeaning *meaning = &problem->meaning[result->infeasible_row];
    g_set_error(error, PLAN_ERROR, PLAN_ERROR_PINS, "pinned or begun work on shift %s cannot all stay: %s; unpin first",
                pool_shift(pool, meaning->shift)->id,
                meaning->kind == ROW_LEARNERS ? "there are more learners than holders who could stand beside them"
                                              : "there are more people than its headcount");
    return FALSE;
}

/* --- solving */

typedef struct Relay {
    const PlanOptions *options;
    int64_t constant_cents;
} Relay;

static bool relay_progress(const SolverProgress *progress, void *context)
{
    const Relay *relay = context;
    gboolean has_bound = progress->bound_cents != INT64_MIN, has_cost = progress->cost_cents != INT64_MAX;
    PlanProgress step = {.phase = progress->phase,
                         .has_bound = has_bound && has_cost,
                         .cost_cents = has_cost ? progress->cost_cents + relay->constant_cents : 0,
                         .bound_cents = has_bound ? progress->bound_cents + relay->constant_cents : 0,
                         .work = progress->work,
                         .seconds = progress->seconds};
    return !relay->options->progress || relay->options->progress(&step, relay->options->context);
}

static void relay_event(const SolverEvent *event, void *context)
{
    const Relay *relay = context;
    run_log_write(relay->options->log, event, relay->constant_cents);
}

typedef struct Meanwhile {
    const WeekProblem *problem;
    const PlanOptions *options;
    char **fingerprint;
} Meanwhile;

static void do_meanwhile(gpointer context)
{
    const Meanwhile *todo = context;
    if (!todo->options->is_unrecorded)
        *todo->fingerprint = week_problem_fingerprint(todo->problem);
    if (todo->options->meanwhile)
        todo->options->meanwhile(todo->options->meanwhile_context);
}

/*
 * Of an answer that somebody waits for: what is left, less what comes after the search. That is a part of what came
 * before it - both grow with the pool, and with what else the machine does - and a write to the disk. What has waited
 * for too long already gets a short search.
 */
static double seconds_of(const PlanOptions *options)
{
    const PlanPatience *patience = &options->patience;
    if (patience->seconds <= 0)
        return options->seconds;
    double gone = (double)(g_get_monotonic_time() - patience->asked_us) / G_USEC_PER_SEC;
    double left = MAX(SEARCH_LEAST_S, patience->seconds - gone - (WRITE_S + AFTER_PART * gone));
    return options->seconds > 0 ? MIN(options->seconds, left) : left;
}

SolverResult *plan_solve(WeekProblem *problem, const PlanOptions *options, char **fingerprint, GError **error)
{
    Relay relay = {options, problem->constant_cents};
    Meanwhile todo = {problem, options, fingerprint};
    SolveMeanwhile meanwhile = {do_meanwhile, &todo};
    *fingerprint = NULL;
    SolverStart start = {.chosen = (const int32_t *)(const void *)problem->start->data,
                         .chosen_count = (int32_t)problem->start->len};
    if (options->record)
        solve_record_start(options->record, problem, &start);
    SolverOptions solver = {.gap = options->gap / 100,
                            .beside_cents = problem->constant_cents,
                            .work_most = options->work,
                            .seconds_most = seconds_of(options),
                            .threads = options->threads > 0 ? options->threads : (int32_t)g_get_num_processors(),
                            .seed = options->seed,
                            .start = &start,
                            .progress = relay_progress,
                            .event = options->log ? relay_event : NULL,
                            .context = &relay};
    return solve_anywhere(options->program, &problem->problem, &solver, meanwhile, error);
}

gboolean plan_passes_rules(const Week *week, const Roster *roster, GError **error)
{
    g_autoptr(GPtrArray) violations = rules_check(week, roster);
    if (violations->len == 0)
        return TRUE;
    g_autofree char *text = violation_format(g_ptr_array_index(violations, 0), week->pool);
    g_set_error(error, PLAN_ERROR, PLAN_ERROR_CHILD, "the optimiser's roster fails the checker, which is a bug: %s",
                text);
    return FALSE;
}

gboolean plan_passes_cost(int64_t solver_cents, int64_t cost_cents, int64_t bound_cents, GError **error)
{
    if (cost_cents == solver_cents && bound_cents <= cost_cents)
        return TRUE;
    g_set_error(error, PLAN_ERROR, PLAN_ERROR_CHILD,
                "the optimiser counts %" G_GINT64_FORMAT " cents (bound %" G_GINT64_FORMAT
                ") where the roster costs %" G_GINT64_FORMAT ", which is a bug",
                solver_cents, bound_cents, cost_cents);
    return FALSE;
}

PlanResult *plan_week(const Week *week, const PlanOptions *options, GError **error)
{
    int64_t begin_us = g_get_monotonic_time();
    g_autoptr(WeekProblem) problem = week_problem_new(week, options->start);
    if (!plan_pins_may_stay(problem, error))
        return NULL;
    g_autofree char *fingerprint = NULL;
    SolverResult *solved = plan_solve(problem, options, &fingerprint, error);
    if (!solved)
        return NULL;
    g_autoptr(PlanResult) result = NULL;
    if (solved->status == SOLVER_INFEASIBLE || solved->status == SOLVER_UNDECIDED) {
        plan_refuse_infeasible(problem, solved, error);
    } else {
        result = g_new0(PlanResult, 1);
        result->roster = week_problem_roster(problem, 0, solved->chosen, solved->chosen_count, options->start);
        result->cost = cost_of(week, result->roster);
        result->cost_cents = cost_total(&result->cost);
        result->has_bound = solved->bound_cents != INT64_MIN;
        result->bound_cents = result->has_bound ? solved->bound_cents + problem->constant_cents : INT64_MIN;
        result->status = run_status_name(solved->status);
        result->work = solved->statistics.work;
        result->statistics = plan_statistics(&solved->statistics);
        if (!options->is_unrecorded) {
            result->record = solve_record_of(problem, solved, options->start, fingerprint);
            result->record->status = g_strdup(result->status);
        }
        if (!plan_passes_rules(week, result->roster, error) ||
            !plan_passes_cost(solved->cost_cents + problem->constant_cents, result->cost_cents, result->bound_cents,
                              error))
            g_clear_pointer(&result, plan_result_free);
    }
    solver_result_free(solved);
    if (result)
        result->seconds = (double)(g_get_monotonic_time() - begin_us) / G_USEC_PER_SEC;
    return g_steal_pointer(&result);
}

void plan_result_free(PlanResult *result)
{
    if (!result)
        return;
    roster_free(result->roster);
    if (result->statistics)
        g_array_unref(result->statistics);
    solve_record_free(result->record);
    g_free(result);
}
