/*
 * The course of a solve: a legal roster at once; prices and the bound; a roster from the LP; proof where the gap is
 * small; neighbourhood search with what work is left.
 */
#include "branch.h"
#include "bundle.h"
#include "certify.h"
#include "components.h"
#include "finish.h"
#include "first.h"
#include "search.h"
#include "start.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CERTIFIED_WITHIN 1e-2 /* cents by which the exact bound of rounded prices may stay behind */

typedef struct Solve {
    const SolverProblem *problem;
    const SolverOptions *options;
    Watch watch;
    Model model;
    Roster roster; /* the best so far */
    Prices prices;
    double bound;
    First first;
} Solve;

static int64_t cents_above(double bound)
{
    return bound < -(double)CHARGE_MOST ? INT64_MIN : bound > (double)CHARGE_MOST ? CHARGE_MOST : (int64_t)ceil(bound);
}

static void note_bound(void *context, double bound)
{
    Solve *solve = context;
    if (bound > solve->bound) {
        solve->bound = bound;
        int64_t cents = cents_above(bound);
        bool is_legal = solve->watch.cost_cents != INT64_MAX;
        solve->watch.bound_cents = is_legal && cents > solve->watch.cost_cents ? solve->watch.cost_cents : cents;
        watch_tell_best(&solve->watch);
    }
}

static void note_roster(void *context)
{
    Solve *solve = context;
    if (solve->roster.violation == 0) {
        solve->watch.cost_cents = solve->roster.cents;
        watch_tell_best(&solve->watch);
    }
}

/* The roster that the bundle's weights lead to. */
static void take_dive(Solve *solve, Bundle *bundle, int32_t steps)
{
    Roster trial;
    roster_init(&trial, &solve->model);
    roster_become(&trial, &solve->roster);
    solve->watch.phase = "dive";
    bundle_dive(bundle, &trial, steps, 0);
    roster_polish(&trial, &solve->model, NULL, 0, 5);
    if (roster_is_better(&trial, &solve->roster)) {
        roster_become(&solve->roster, &trial);
        note_roster(solve);
    }
    roster_release(&trial);
    solve->watch.phase = "prices";
}

/*
 * The prices of an earlier solve know all but what has changed since, and there the gap is. So two rounds of prices are
 * enough to find where that is, and a few neighbourhoods to find what to do about it: a shift more among 1000 workers
 * is filled after a third of the work that it takes to the first dive.
 */
static void look_around(Solve *solve, Bundle *bundle, BundleLimits limits)
{
    enum { ROUNDS = 2, NEIGHBOURHOODS = 2, WORKERS = 60 };
    limits.rounds_most = ROUNDS;
    bundle_run(bundle, &solve->prices, &limits);
    if (!watch_is_over(&solve->watch) && !watch_is_proven(&solve->watch) && solve->prices.bound > -INFINITY) {
        solve->watch.phase = "search";
        search(&solve->model, &solve->prices, &solve->roster,
               (SearchLimits){.most = NEIGHBOURHOODS, .workers = WORKERS}, note_roster, solve);
        solve->watch.phase = "prices";
    }
}

/* First to a useful roster, then to good prices. */
static void begin_prices(Solve *solve)
{
    enum { LINES_AGAIN = 12, FEW_WORKERS = 400, STEPS = 8, STEPS_FEW = 20, STEPS_LONG = 60 };
    Model *model = &solve->model;
    Bundle *bundle = bundle_new(model, &(MasterScope){0}, &solve->roster);
    for (int32_t worker = 0; worker < solve->problem->worker_count; worker++) {
        const LineList *pool = &model->pool[worker];
        for (int32_t i = pool->count > LINES_AGAIN ? pool->count - LINES_AGAIN : 0; i < pool->count; i++) {
            bundle_add(bundle, pool->lines[i]);
        }
    }
    double *start = solve->options->start ? start_prices(model, solve->options->start) : NULL;
    BundleLimits limits = {.rounds_most = 16,
                           .tolerance = 1e-2,
                           .beside = (double)solve->options->beside_cents,
                           .start = start,
                           .is_near = start != NULL,
                           .is_in_blocks = start == NULL,
                           .improved = note_bound,
                           .context = solve};
    if (start && solve->problem->worker_count >= FEW_WORKERS) {
        look_around(solve, bundle, limits);
    }
    bundle_run(bundle, &solve->prices, &limits);
    if (!watch_is_proven(&solve->watch)) {
        take_dive(solve, bundle, STEPS);
    }
    if (!watch_is_over(&solve->watch) && !watch_is_proven(&solve->watch)) {
        bool is_few = solve->problem->worker_count < FEW_WORKERS;
        limits.rounds_most = is_few ? 100 : 30;
        limits.tolerance = 3e-4;
        bundle_run(bundle, &solve->prices, &limits);
        take_dive(solve, bundle, model_is_long(model) ? STEPS_LONG : is_few ? STEPS_FEW : STEPS);
    }
    bundle_free(bundle);
    free(start);
}

static FinishScope finish_scope(Solve *solve)
{
    return (FinishScope){.bound = note_bound, .better = note_roster, .context = solve};
}

/* Exact prices, their roster and its proof, of all or of each component. */
static void finish_prices(Solve *solve)
{
    enum { LP_WORKERS_MOST = 200 };    /* beyond, the simplex takes longer than its last tenth of a percent is worth */
    enum { LP_WORK_LEAST = 20000000 }; /* seconds: small problems are mostly proven here */
    FinishScope scope = finish_scope(solve);
    if (solve->problem->worker_count <= LP_WORKERS_MOST) {
        scope.work_most = LP_WORK_LEAST + 3 * solve->watch.statistics.work;
        double raised = finish(&solve->model, &scope, &solve->prices, &solve->roster);
        note_bound(solve, solve->prices.bound + raised);
        return;
    }
    Arena work = {0};
    Components components = components_find(solve->model.problem, &work);
    double raised = 0; /* no component hinders another: what listing proves of each adds up */
    for (int32_t i = 0; i < components.count && !watch_is_over(&solve->watch); i++) {
        scope.workers = components.workers + components.begin[i];
        scope.worker_count = components.begin[i + 1] - components.begin[i];
        scope.work_most = LP_WORK_LEAST;
        if (scope.worker_count > 1 && scope.worker_count <= LP_WORKERS_MOST && !watch_is_proven(&solve->watch) &&
            solve->prices.bound > -INFINITY) {
            raised += finish(&solve->model, &scope, &solve->prices, &solve->roster);
            note_bound(solve, solve->prices.bound + raised);
        }
    }
    arena_release(&work);
}

static void branch_all(Solve *solve)
{
    enum { NODES = 20000, LABELS = 5000, WORK_LEAST = 10000000 };
    if (solve->problem->entry_count == 0 || solve->prices.bound == -INFINITY || watch_is_over(&solve->watch)) {
        return;
    }
    solve->watch.phase = "proof";
    MasterScope all = {0};
    int64_t work = solve->watch.statistics.work, most = WORK_LEAST + work;
    if (solve->options->work_most > 0 && (solve->options->work_most - work) / 2 < most) {
        most = (solve->options->work_most - work) / 2; /* as much for the search */
    }
    BranchLimits limits = {
        .nodes_most = NODES, .work_most = most, .labels_most = LABELS, .improved = note_roster, .context = solve};
    double bound;
    branch(&solve->model, &all, &solve->prices, &limits, &solve->roster, &bound);
    note_bound(solve, bound - 0.01);
}

/*
 * Over weeks the simplex may take longer than all before it, and leave the bound where the bundle had it. So where
 * prices were hard to find, the search goes first, until it stalls: of a public instance of 50 people and half a year
 * the simplex had found nothing in 80 s after the bundle's dive, the search a better roster in as many.
 */
static void search_first(Solve *solve)
{
    enum { EASY_WORK = 100000000, PATIENCE = 200 };
    if (model_is_long(&solve->model) && solve->watch.statistics.work > EASY_WORK && solve->prices.bound > -INFINITY &&
        !watch_is_over(&solve->watch) && !watch_is_proven(&solve->watch)) {
        solve->watch.phase = "search";
        search(&solve->model, &solve->prices, &solve->roster, (SearchLimits){.patience = PATIENCE}, note_roster, solve);
        solve->watch.phase = "prices";
    }
}

static void run(Solve *solve)
{
    enum { BRANCH_WORKERS_MOST = 60 };
    Model *model = &solve->model;
    solve->first = first_lines(&solve->roster, model);
    if (solve->first.answer != FIRST_FOUND) {
        return;
    }
    if (solve->options->start) {
        start_take_lines(model, solve->options->start);
        start_take_roster(&solve->roster, model, solve->options->start);
    }
    roster_count(&solve->roster);
    note_roster(solve);
    bool has_start = solve->options->start && solve->options->start->chosen_count > 0;
    if (!has_start || solve->roster.violation > 0) {
        roster_polish(&solve->roster, model, NULL, 0, 1);
    }
    solve->first = first_rows(&solve->roster, model);
    if (solve->first.answer == FIRST_NONE) {
        return;
    }
    note_roster(solve);
    solve->watch.phase = "prices";
    begin_prices(solve);
    search_first(solve);
    finish_prices(solve);
    if (solve->problem->worker_count <= BRANCH_WORKERS_MOST) {
        branch_all(solve);
    }
    if (!watch_is_over(&solve->watch) && !watch_is_proven(&solve->watch) && solve->problem->worker_count > 0) {
        solve->watch.phase = "search";
        search(model, &solve->prices, &solve->roster, (SearchLimits){0}, note_roster, solve);
        FinishScope all = finish_scope(solve);
        double raised = finish_proof(model, &all, &solve->prices, &solve->roster);
        note_bound(solve, solve->prices.bound + raised);
    }
}

static int compare_entries(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return a < b ? -1 : a > b;
}

static SolverStatus status_of(Solve *solve, const SolverResult *result)
{
    const Watch *watch = &solve->watch;
    if (solve->first.answer != FIRST_FOUND) {
        return solve->first.answer == FIRST_NONE ? SOLVER_INFEASIBLE : SOLVER_UNDECIDED;
    }
    if (result->bound_cents != INT64_MIN && result->cost_cents - result->bound_cents <= watch->slack_cents) {
        return SOLVER_OPTIMAL;
    }
    if (watch_gap_is_reached(watch)) {
        return SOLVER_GAP;
    }
    if (atomic_load(&watch->stop)) {
        return watch->is_out_of_time ? SOLVER_TIME : SOLVER_STOPPED;
    }
    return SOLVER_WORK;
}

/* Its arrays; what workers point to is little beside them. */
static int64_t problem_bytes(const SolverProblem *problem)
{
    int64_t places = problem->entry_count > 0 ? problem->entry_row_begin[problem->entry_count] : 0;
    size_t bytes = (size_t)problem->worker_count * sizeof(SolverWorker) +
                   (size_t)problem->slot_count * sizeof(SolverSlot) + (size_t)problem->row_count * sizeof(SolverRow) +
                   (size_t)problem->entry_count * (sizeof(SolverEntry) + sizeof(int64_t)) +
                   (size_t)places * (sizeof(int32_t) + sizeof(int64_t));
    return (int64_t)bytes;
}

static SolverResult *result_of(Solve *solve)
{
    const SolverProblem *problem = solve->problem, *tight = solve->model.problem;
    SolverResult *result = MEMORY_NEW(SolverResult, 1);
    result->chosen = MEMORY_NEW(int32_t, problem->entry_count);
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        const Line *line = solve->roster.lines[worker];
        for (int32_t i = 0; line && i < line->count; i++) {
            result->chosen[result->chosen_count++] = line->entries[i];
        }
    }
    qsort(result->chosen, (size_t)result->chosen_count, sizeof *result->chosen, compare_entries);
    result->cost_cents = solver_cost(problem, result->chosen, result->chosen_count);
    if (solve->first.answer == FIRST_UNDECIDED && solve->first.worker < 0 && solve->roster.violation == 0) {
        solve->first = (First){FIRST_FOUND, -1, -1}; /* the search found what the first attempt did not */
    }
    result->bound_cents = cents_above(solve->bound);
    result->row_price = MEMORY_NEW(double, tight->row_count); /* those of the tighter rows stay behind */
    memcpy(result->row_price, solve->prices.row_price, (size_t)tight->row_count * sizeof(double));
    certificate_make(&result->certificate, tight, problem->row_count, solve->model.pairs, result->row_price);
    result->certificate.bound_cents = cents_above(solve->prices.bound - CERTIFIED_WITHIN);
    result->lines = start_keep_lines(&solve->model, &solve->roster, result->row_price);
    result->status = status_of(solve, result);
    result->infeasible_worker = solve->first.worker;
    result->infeasible_row = solve->first.row;
    model_note_bytes(&solve->model);
    result->statistics = solve->watch.statistics;
    result->statistics.bytes_problem = problem_bytes(problem);
    result->statistics.bytes_lp = (int64_t)master_environment_bytes();
    result->statistics.seconds_total = watch_seconds(&solve->watch);
    return result;
}

SolverResult *solver_solve(const SolverProblem *problem, const SolverOptions *options)
{
    if (solver_problem_fault(problem, NULL)) {
        return NULL;
    }
    Solve solve = {.problem = problem, .options = options, .bound = -INFINITY};
    watch_begin(&solve.watch, options);
    model_init(&solve.model, problem, &solve.watch, options->threads);
    solve.watch.slack_cents = (int64_t)solve.model.slack;
    roster_init(&solve.roster, &solve.model);
    prices_init(&solve.prices, &solve.model);
    watch_tell(&solve.watch, (SolverEvent){.kind = SOLVER_EVENT_BEGIN,
                                           .workers = problem->worker_count,
                                           .slots = problem->slot_count,
                                           .entries = problem->entry_count,
                                           .rows = problem->row_count});
    run(&solve);
    SolverResult *result = result_of(&solve);
    if (solve.first.answer == FIRST_FOUND) { /* else there is no roster to tell of */
        solve.watch.cost_cents = result->cost_cents;
        solve.watch.bound_cents = result->bound_cents;
        watch_tell_best(&solve.watch);
    }
    watch_tell(&solve.watch, (SolverEvent){.kind = SOLVER_EVENT_END, .status = result->status});
    prices_release(&solve.prices);
    roster_release(&solve.roster);
    model_release(&solve.model);
    master_free_environment();
    return result;
}

void solver_result_free(SolverResult *result)
{
    if (result) {
        free(result->chosen);
        free(result->row_price);
        free(result->certificate.row_price);
        free(result->certificate.pairs);
        free(result->lines.begin);
        free(result->lines.entry);
        free(result);
    }
}
