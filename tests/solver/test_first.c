/*
 * Is there a roster at all? "Infeasible" is a proof, and "undecided" the answer where the limits leave neither a roster
 * nor a proof: never the one for the other.
 */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <inttypes.h>

static void assert_sound(const SolverProblem *problem, const SolverResult *result)
{
    g_assert_cmpstr(reference_roster_fault(problem, result->chosen, result->chosen_count), ==, NULL);
    g_assert_cmpint(result->cost_cents, ==, reference_cost(problem, result->chosen, result->chosen_count));
    g_assert_cmpint(result->bound_cents, <=, result->cost_cents);
}

static void assert_true(const SolverProblem *problem, const SolverResult *result, int64_t optimum, uint64_t seed)
{
    if (result->status == SOLVER_INFEASIBLE && optimum != INT64_MAX) {
        g_test_message("seed %" PRIu64 ": called infeasible, optimum %" PRId64, seed, optimum);
    }
    if (result->status == SOLVER_INFEASIBLE) {
        g_assert_cmpint(optimum, ==, INT64_MAX);
    } else if (result->status != SOLVER_UNDECIDED) {
        g_assert_cmpint(optimum, !=, INT64_MAX);
        assert_sound(problem, result);
        g_assert_cmpint(result->bound_cents, <=, optimum);
        g_assert_cmpint(result->cost_cents, >=, optimum);
    }
    bool is_named = result->infeasible_worker >= 0 || result->infeasible_row >= 0;
    g_assert_true(is_named == (result->status == SOLVER_INFEASIBLE || result->status == SOLVER_UNDECIDED));
    g_assert_cmpint(result->infeasible_row, <, problem->row_count);
}

static MadeUp made_up_pinned(uint64_t seed)
{
    MadeUpTiny kind = {.workers = 2 + (int)(seed % 2),
                       .slots = 5 + (int)(seed % 3),
                       .rule = -1,
                       .has_required = true,
                       .has_loose_rows = seed % 4 != 0,
                       .has_day_rules = seed % 3 == 0,
                       .has_fixed = seed % 5 == 0};
    return made_up_tiny(seed, &kind);
}

static void infeasible_is_a_proof(void)
{
    int infeasible = 0, found = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        MadeUp made = made_up_pinned(seed);
        int64_t optimum = reference_optimum(&made.problem);
        for (int64_t work = 1; work <= 1000; work *= 30) {
            SolverResult *result = solver_solve(&made.problem, &(SolverOptions){.threads = 1, .work_most = work});
            assert_true(&made.problem, result, optimum, seed);
            solver_result_free(result);
        }
        SolverResult *result = solver_solve(&made.problem, &(SolverOptions){.threads = 1});
        assert_true(&made.problem, result, optimum, seed);
        g_assert_cmpint(result->status, ==, optimum == INT64_MAX ? SOLVER_INFEASIBLE : SOLVER_OPTIMAL);
        *(optimum == INT64_MAX ? &infeasible : &found) += 1;
        solver_result_free(result);
        made_up_free(&made);
    }
    g_assert_cmpint(infeasible, >, 50);
    g_assert_cmpint(found, >, 50);
}

/* Before the first label: pins whose week the clock or progress() left no time to find are not contradictory. */
static void stopped_is_not_infeasible(void)
{
    int undecided = 0;
    for (uint64_t seed = 0; seed < 100; seed++) {
        MadeUp made = made_up_pinned(seed);
        SolverResult *result = solver_solve(&made.problem, &(SolverOptions){.threads = 1, .seconds_most = 1e-9});
        assert_true(&made.problem, result, reference_optimum(&made.problem), seed);
        undecided += result->status == SOLVER_UNDECIDED;
        solver_result_free(result);
        made_up_free(&made);
    }
    g_assert_cmpint(undecided, >, 0);
}

/* ---- a line that is hard to find */

enum { DAYS_MOST = 26, OPTIONS = 4 };

/*
 * One worker who must work every day, each type at most once: a perfect matching of days and types. One is planted; the
 * other options look better by themselves.
 */
typedef struct Puzzle {
    SolverProblem problem;
    SolverWorker worker;
    SolverDayRules rules;
    int32_t type_most[DAYS_MOST];
    SolverSlot slots[DAYS_MOST * OPTIONS];
    SolverEntry entries[DAYS_MOST * OPTIONS];
    int64_t entry_row_begin[DAYS_MOST * OPTIONS + 1];
} Puzzle;

static Puzzle *puzzle_new(uint64_t seed, int days, bool has_solution)
{
    uint64_t random = seed;
    Puzzle *puzzle = g_new0(Puzzle, 1);
    int32_t planted[DAYS_MOST];
    for (int day = 0; day < days; day++) {
        int other = made_up_below(&random, day + 1);
        planted[day] = planted[other];
        planted[other] = day;
    }
    for (int day = 0; day < days; day++) {
        for (int option = 0; option < OPTIONS; option++) {
            int32_t at = day * OPTIONS + option;
            int32_t type = option == 0 ? planted[day] : made_up_below(&random, days);
            type = has_solution || type != days - 1 ? type : 0; /* nobody does the last type: a day is left over */
            puzzle->slots[at] = (SolverSlot){.start_min = (70 + day) * 1440 + 480,
                                             .end_min = (70 + day) * 1440 + 960 + option,
                                             .work_min = 480,
                                             .day = 70 + day,
                                             .week = (70 + day) / 7,
                                             .late_after_min = SOLVER_NEVER,
                                             .type = type};
            puzzle->entries[at] =
                (SolverEntry){.slot = at, .cost_cents = option == 0 ? 1000 : made_up_below(&random, 900)};
        }
        puzzle->type_most[day] = 1;
    }
    puzzle->rules = (SolverDayRules){.first_day = 70,
                                     .days = days,
                                     .open_from_min = INT64_MIN,
                                     .days_on_most = INT32_MAX,
                                     .weekends_most = INT32_MAX,
                                     .first_weekend_day = 75,
                                     .minutes_least = days * 480,
                                     .types = days,
                                     .type_most = puzzle->type_most};
    SolverDutyLimits limits = {.work_most_min = 720,
                               .span_most_min = 780,
                               .rest_least_min = 660,
                               .curfew_most_min = INT32_MAX,
                               .breaks = {{INT32_MAX, 0}, {INT32_MAX, 0}, {INT32_MAX, 0}}};
    puzzle->worker = (SolverWorker){
        .limits = {limits, limits}, .minutes_most = days * 480, .unit_per_min = 1, .day_rules = &puzzle->rules};
    puzzle->problem = (SolverProblem){.rules = {.duty_gap_min = 480,
                                                .break_gap_min = 15,
                                                .stretch_rest_min = 600,
                                                .stretch_span_most_min = 100000,
                                                .night_over_min = 60,
                                                .night_work_most_min = 600,
                                                .late_night_rest_least_min = 840,
                                                .night_run_long = 3,
                                                .night_run_rest_least_min = 2760,
                                                .series_duties_most = 100,
                                                .days_in_row_most = 100,
                                                .slots_a_day_most = 1},
                                      .worker_count = 1,
                                      .slot_count = days * OPTIONS,
                                      .entry_count = days * OPTIONS,
                                      .workers = &puzzle->worker,
                                      .slots = puzzle->slots,
                                      .entries = puzzle->entries,
                                      .entry_row_begin = puzzle->entry_row_begin};
    return puzzle;
}

static SolverStatus status_of_puzzle(int days, bool has_solution, int64_t work)
{
    Puzzle *puzzle = puzzle_new(2, days, has_solution);
    g_assert_cmpstr(solver_problem_fault(&puzzle->problem, NULL), ==, NULL);
    SolverResult *result = solver_solve(&puzzle->problem, &(SolverOptions){.threads = 1, .work_most = work});
    SolverStatus status = result->status;
    if (status == SOLVER_INFEASIBLE || status == SOLVER_UNDECIDED) {
        g_assert_cmpint(result->infeasible_worker, ==, 0);
    } else {
        assert_sound(&puzzle->problem, result);
        g_assert_cmpint(result->chosen_count, ==, days);
    }
    solver_result_free(result);
    g_free(puzzle);
    return status;
}

static void hard_to_find_is_not_infeasible(void)
{
    g_assert_cmpint(status_of_puzzle(18, true, 1), ==, SOLVER_UNDECIDED);
    g_assert_cmpint(status_of_puzzle(18, true, 0), ==, SOLVER_OPTIMAL);
    g_assert_cmpint(status_of_puzzle(10, false, 1), ==, SOLVER_UNDECIDED);
    g_assert_cmpint(status_of_puzzle(8, false, 0), ==, SOLVER_INFEASIBLE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/first/infeasible-is-a-proof", infeasible_is_a_proof);
    g_test_add_func("/first/stopped-is-not-infeasible", stopped_is_not_infeasible);
    g_test_add_func("/first/hard-to-find-is-not-infeasible", hard_to_find_is_not_infeasible);
    return g_test_run();
}
