#include "first.h"

#include <math.h>
#include <stdlib.h>

/* ---- lines */

/* A row that what must be taken breaks, whoever else takes whatever; -1: none does by itself. */
static int32_t impossible_row(const Model *model)
{
    const SolverProblem *problem = model->problem;
    int64_t *least = MEMORY_NEW(int64_t, problem->row_count);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            if (problem->entry_coefficient[k] < 0 || problem->entries[entry].is_required) {
                least[problem->entry_row[k]] += problem->entry_coefficient[k];
            }
        }
    }
    int32_t row = 0;
    while (row < problem->row_count && least[row] <= problem->rows[row].most) {
        row++;
    }
    free(least);
    return row < problem->row_count ? model_own_row(model, row) : -1;
}

/* The line of what must be taken and nothing else. NULL: it is not legal. */
static const Line *required_line(Model *model, int32_t worker)
{
    const SolverProblem *problem = model->problem;
    Arena work = {0};
    int32_t first = model->first_entry[worker], end = model->first_entry[worker + 1], count = 0;
    int32_t *entries = ARENA_NEW(&work, int32_t, end - first);
    for (int32_t entry = first; entry < end; entry++) {
        if (problem->entries[entry].is_required) {
            entries[count++] = entry;
        }
    }
    bool is_new;
    bool is_legal = solver_line_is_legal(problem, worker, entries, count);
    const Line *line = is_legal ? model_line(model, worker, entries, count, &is_new) : NULL;
    arena_release(&work);
    return line;
}

/* A legal roster comes before the work limit, within reason. 0: there is no limit. */
static int64_t work_left(const Watch *watch)
{
    enum { WORK_LEAST = 50000 };
    int64_t most = watch->options->work_most, left = most - watch->statistics.work;
    return most <= 0 ? 0 : left < WORK_LEAST ? WORK_LEAST : left;
}

/* The worker's cheapest line at the entries' own costs. */
static FirstAnswer find_line(Roster *roster, Model *model, int32_t worker, const double *entry_price, double *below)
{
    enum { LABELS_MOST = 20000000 }; /* what memory holds */
    int64_t left = work_left(model->watch);
    below[worker] = INFINITY;
    PriceOrder order = {.workers = &worker,
                        .worker_count = 1,
                        .entry_price = entry_price,
                        .below = below,
                        .lines_most = 1,
                        .labels_most = left > 0 && left < LABELS_MOST ? left : LABELS_MOST};
    model_price(model, &order);
    const Priced *priced = &model->priced[worker];
    bool is_new;
    const Line *line = priced->count > 0
                           ? model_line(model, worker, priced->lines[0].entries, priced->lines[0].count, &is_new)
                           : required_line(model, worker);
    if (line) {
        roster_set(roster, worker, line);
        return FIRST_FOUND;
    }
    return priced->is_complete ? FIRST_NONE : FIRST_UNDECIDED;
}

First first_lines(Roster *roster, Model *model)
{
    const SolverProblem *problem = model->problem;
    First first = {FIRST_FOUND, -1, impossible_row(model)};
    if (first.row >= 0) {
        first.answer = FIRST_NONE;
        return first;
    }
    double *entry_price = MEMORY_NEW(double, problem->entry_count), *below = MEMORY_NEW(double, problem->worker_count);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        entry_price[entry] = (double)problem->entries[entry].cost_cents;
    }
    for (int32_t worker = 0; worker < problem->worker_count && first.answer != FIRST_NONE; worker++) {
        const SolverDayRules *rules = problem->workers[worker].day_rules;
        const Network *network = &model->networks[worker];
        if (!network->has_required && !network->is_broken && (!rules || rules->minutes_least == 0)) {
            bool is_new;
            roster_set(roster, worker, model_line(model, worker, NULL, 0, &is_new));
            continue;
        }
        FirstAnswer answer = find_line(roster, model, worker, entry_price, below);
        if (answer == FIRST_NONE || (answer == FIRST_UNDECIDED && first.worker < 0)) {
            first = (First){answer, worker, -1};
        }
    }
    free(entry_price);
    free(below);
    return first;
}

/* ---- rows */

static int32_t broken_row(const Roster *roster)
{
    const SolverProblem *problem = roster->model->problem;
    for (int32_t row = 0; row < problem->row_count; row++) {
        if (roster->activity[row] > problem->rows[row].most) {
            return model_own_row(roster->model, row);
        }
    }
    return -1;
}

/* The same lines, and nothing costs but what the rows hold too much. */
static SolverProblem only_limits(const SolverProblem *problem, Arena *arena)
{
    SolverProblem limits = *problem;
    SolverWorker *workers = ARENA_NEW(arena, SolverWorker, problem->worker_count);
    SolverEntry *entries = ARENA_NEW(arena, SolverEntry, problem->entry_count);
    SolverRow *rows = ARENA_NEW(arena, SolverRow, problem->row_count);
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        workers[worker] = problem->workers[worker];
        workers[worker].below = workers[worker].above = (SolverCurve){0};
        SolverPeriod *later = ARENA_NEW(arena, SolverPeriod, workers[worker].later_count);
        for (int32_t i = 0; i < workers[worker].later_count; i++) {
            later[i] = workers[worker].later[i];
            later[i].below = later[i].above = (SolverCurve){0};
        }
        workers[worker].later = later;
    }
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        entries[entry] = problem->entries[entry];
        entries[entry].cost_cents = 0;
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        rows[row] = (SolverRow){.most = SOLVER_NEVER};
        if (problem->rows[row].most != SOLVER_NEVER) {
            rows[row].wanted = problem->rows[row].most;
            rows[row].above = (SolverCurve){.pieces = 1, .rate = {100}, .denominator = 1};
        }
    }
    limits.workers = workers;
    limits.entries = entries;
    limits.rows = rows;
    return limits;
}

static bool goes_on(const SolverProgress *progress, void *context)
{
    (void)progress; /* of costs that mean nothing outside */
    return !watch_poll(context);
}

/* The lines of a legal roster of the problem with only limits. */
static void take_lines(Roster *roster, Model *model, const SolverResult *result)
{
    const SolverProblem *problem = model->problem;
    int32_t at = 0;
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        int32_t begin = at;
        while (at < result->chosen_count && problem->entries[result->chosen[at]].worker == worker) {
            at++;
        }
        bool is_new;
        roster_set(roster, worker, model_line(model, worker, result->chosen + begin, at - begin, &is_new));
    }
    roster_count(roster);
}

First first_rows(Roster *roster, Model *model)
{
    First first = {FIRST_FOUND, -1, broken_row(roster)};
    Watch *watch = model->watch;
    if (first.row < 0 || watch_poll(watch)) {
        first.answer = first.row < 0 ? FIRST_FOUND : FIRST_UNDECIDED;
        return first;
    }
    Arena work = {0};
    SolverProblem limits = only_limits(model->problem, &work);
    SolverOptions options = {.work_most = work_left(watch),
                             .threads = watch->options->threads,
                             .seed = watch->options->seed,
                             .progress = goes_on,
                             .context = watch};
    SolverResult *result = solver_solve(&limits, &options);
    watch->statistics.work += result->statistics.work;
    watch->statistics.labels += result->statistics.labels;
    first.answer = FIRST_UNDECIDED;
    if (result->status >= SOLVER_INFEASIBLE) {
        /* a worker's line was found once, but not again */
    } else if (result->cost_cents == 0) {
        take_lines(roster, model, result);
        first = (First){FIRST_FOUND, -1, -1};
    } else if (result->bound_cents > 0) {
        take_lines(roster, model, result);
        first = (First){FIRST_NONE, -1, broken_row(roster)};
    }
    solver_result_free(result);
    arena_release(&work);
    return first;
}
