/* The edges of what can be asked: nothing to do, nothing left to choose, pins that contradict, numbers at their limits.
 */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static void assert_sound(const SolverProblem *problem, const SolverResult *result)
{
    g_assert_cmpstr(reference_roster_fault(problem, result->chosen, result->chosen_count), ==, NULL);
    g_assert_cmpint(result->cost_cents, ==, reference_cost(problem, result->chosen, result->chosen_count));
    g_assert_cmpint(result->bound_cents, <=, result->cost_cents);
}

/* ---- nothing wanted, nothing to choose */

static void nothing_wanted(void)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        MadeUpTiny kind = {.workers = 1 + (int)(seed % 3), .slots = 5, .rule = -1, .has_day_rules = seed % 2};
        MadeUp made = made_up_tiny(seed, &kind);
        SolverProblem problem = made.problem;
        SolverRow *rows = g_memdup2(problem.rows, (gsize)problem.row_count * sizeof *rows);
        for (int32_t row = 0; row < problem.row_count; row++) {
            rows[row].wanted = 0;
            rows[row].below = (SolverCurve){0};
        }
        problem.rows = rows;
        int64_t optimum = reference_optimum(&problem);
        SolverResult *result = solver_solve(&problem, &(SolverOptions){.threads = 1});
        if (optimum == INT64_MAX) {
            g_assert_cmpint(result->status, ==, SOLVER_INFEASIBLE);
        } else {
            assert_sound(&problem, result);
            g_assert_cmpint(result->status, ==, SOLVER_OPTIMAL);
            g_assert_cmpint(result->cost_cents, ==, optimum);
        }
        solver_result_free(result);
        g_free(rows);
        made_up_free(&made);
    }
}

/* The problem with these entries alone, all of them required. */
typedef struct Pinned {
    SolverProblem problem;
    GArray *entries, *begin, *row, *coefficient;
} Pinned;

static Pinned pinned_new(const SolverProblem *problem, const int32_t *chosen, int32_t count)
{
    Pinned pinned = {.problem = *problem,
                     .entries = g_array_new(FALSE, FALSE, sizeof(SolverEntry)),
                     .begin = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                     .row = g_array_new(FALSE, FALSE, sizeof(int32_t)),
                     .coefficient = g_array_new(FALSE, FALSE, sizeof(int64_t))};
    for (int32_t i = 0; i < count; i++) {
        SolverEntry entry = problem->entries[chosen[i]];
        entry.is_required = true;
        int64_t from = problem->entry_row_begin[chosen[i]], until = problem->entry_row_begin[chosen[i] + 1];
        int64_t begin = pinned.row->len;
        g_array_append_val(pinned.entries, entry);
        g_array_append_val(pinned.begin, begin);
        g_array_append_vals(pinned.row, problem->entry_row + from, (guint)(until - from));
        g_array_append_vals(pinned.coefficient, problem->entry_coefficient + from, (guint)(until - from));
    }
    int64_t end = pinned.row->len;
    g_array_append_val(pinned.begin, end);
    pinned.problem.entry_count = count;
    pinned.problem.entries = (const SolverEntry *)(void *)pinned.entries->data;
    pinned.problem.entry_row_begin = (const int64_t *)(void *)pinned.begin->data;
    pinned.problem.entry_row = (const int32_t *)(void *)pinned.row->data;
    pinned.problem.entry_coefficient = (const int64_t *)(void *)pinned.coefficient->data;
    return pinned;
}

static void pinned_free(Pinned *pinned)
{
    g_array_unref(pinned->entries);
    g_array_unref(pinned->begin);
    g_array_unref(pinned->row);
    g_array_unref(pinned->coefficient);
}

static void all_pinned(void)
{
    MadeUp made = made_up_pool(5, 15, 45);
    SolverResult *first = solver_solve(&made.problem, &(SolverOptions){.threads = 1, .work_most = 20000});
    g_assert_cmpint(first->chosen_count, >, 15);
    Pinned pinned = pinned_new(&made.problem, first->chosen, first->chosen_count);
    SolverResult *second = solver_solve(&pinned.problem, &(SolverOptions){.threads = 1});
    g_assert_cmpint(second->status, ==, SOLVER_OPTIMAL);
    g_assert_cmpint(second->chosen_count, ==, first->chosen_count);
    g_assert_cmpint(second->cost_cents, ==, first->cost_cents);
    g_assert_cmpint(second->bound_cents, ==, first->cost_cents);
    pinned_free(&pinned);
    solver_result_free(second);

    SolverEntry *entries = g_memdup2(made.problem.entries, (gsize)made.problem.entry_count * sizeof *entries);
    for (int32_t i = 0; i < first->chosen_count; i++) {
        entries[first->chosen[i]].is_required = true;
    }
    SolverProblem problem = made.problem; /* the same pins, and more could be added */
    problem.entries = entries;
    second = solver_solve(&problem, &(SolverOptions){.threads = 2, .work_most = 20000});
    assert_sound(&problem, second); /* the pins among the rest */
    g_assert_cmpint(second->cost_cents, <=, first->cost_cents);
    solver_result_free(first);
    solver_result_free(second);
    g_free(entries);
    made_up_free(&made);
}

/* ---- pins that contradict */

enum { CASE_SLOTS = 3, CASE_ENTRIES = 8, CASE_ROWS = 6 };

/*
 * Three shifts: an early and a late one on a day that leave no rest between them, and one beside the early. Rows 0 to 2
 * are their headcounts, rows 3 to 5 say for each: no more learners than holders.
 */
typedef struct Case {
    SolverProblem problem;
    SolverWorker workers[3];
    SolverSlot slots[CASE_SLOTS];
    SolverEntry entries[CASE_ENTRIES];
    SolverRow rows[CASE_ROWS];
    int64_t begin[CASE_ENTRIES + 1];
    int32_t row[2 * CASE_ENTRIES];
    int64_t coefficient[2 * CASE_ENTRIES];
} Case;

/* `entries`: worker, slot, whether a learner, whether pinned; of each worker the slots rise. */
static Case *case_new(int64_t headcount, const int (*entries)[4], int count)
{
    static const int64_t starts[CASE_SLOTS] = {480, 490, 1000};
    SolverDutyLimits limits = {.work_most_min = 720,
                               .span_most_min = 780,
                               .rest_least_min = 660,
                               .curfew_most_min = INT32_MAX,
                               .breaks = {{INT32_MAX, 0}, {INT32_MAX, 0}, {INT32_MAX, 0}}};
    Case *made = g_new0(Case, 1);
    for (int i = 0; i < CASE_SLOTS; i++) {
        made->slots[i] = (SolverSlot){.start_min = 100800 + starts[i],
                                      .end_min = 100800 + starts[i] + 480,
                                      .work_min = 480,
                                      .day = 70,
                                      .week = 10,
                                      .late_after_min = SOLVER_NEVER};
        made->rows[i] = (SolverRow){.most = headcount, .wanted = headcount, .below = {1, {0}, {9000}, 1}};
        made->rows[CASE_SLOTS + i] = (SolverRow){.most = 0};
    }
    for (int i = 0; i < 3; i++) {
        made->workers[i] = (SolverWorker){.limits = {limits, limits}, .minutes_most = 2400, .unit_per_min = 1};
    }
    for (int i = 0; i < count; i++) {
        made->entries[i] = (SolverEntry){.worker = entries[i][0], .slot = entries[i][1], .is_required = entries[i][3]};
        made->begin[i + 1] = 2 * (i + 1);
        made->row[2 * i] = entries[i][1];
        made->coefficient[2 * i] = 1;
        made->row[2 * i + 1] = CASE_SLOTS + entries[i][1];
        made->coefficient[2 * i + 1] = entries[i][2] ? 1 : -1;
    }
    made->problem = (SolverProblem){.rules = {.duty_gap_min = 30,
                                              .break_gap_min = 15,
                                              .stretch_rest_min = 2160,
                                              .stretch_span_most_min = 7920,
                                              .night_over_min = 60,
                                              .night_work_most_min = 600,
                                              .late_night_rest_least_min = 840,
                                              .night_run_long = 3,
                                              .night_run_rest_least_min = 2760,
                                              .series_duties_most = 7,
                                              .days_in_row_most = 6,
                                              .slots_a_day_most = 2},
                                    .worker_count = 3,
                                    .slot_count = CASE_SLOTS,
                                    .entry_count = count,
                                    .row_count = CASE_ROWS,
                                    .workers = made->workers,
                                    .slots = made->slots,
                                    .entries = made->entries,
                                    .rows = made->rows,
                                    .entry_row_begin = made->begin,
                                    .entry_row = made->row,
                                    .entry_coefficient = made->coefficient};
    return made;
}

static void assert_answer(Case *made, SolverStatus status, int32_t worker, int32_t row)
{
    g_assert_cmpstr(solver_problem_fault(&made->problem, NULL), ==, NULL);
    g_assert_true((reference_optimum(&made->problem) == INT64_MAX) == (status == SOLVER_INFEASIBLE));
    SolverResult *result = solver_solve(&made->problem, &(SolverOptions){.threads = 1});
    g_assert_cmpint(result->status, ==, status);
    g_assert_cmpint(result->infeasible_worker, ==, worker);
    g_assert_cmpint(result->infeasible_row, ==, row);
    if (status == SOLVER_OPTIMAL) {
        assert_sound(&made->problem, result);
    }
    solver_result_free(result);
    g_free(made);
}

static void contradictory_pins(void)
{
    const int overlapping[][4] = {{1, 0, 0, 1}, {1, 1, 0, 1}};
    assert_answer(case_new(2, overlapping, 2), SOLVER_INFEASIBLE, 1, -1);
    const int without_rest[][4] = {{0, 1, 0, 0}, {2, 0, 0, 1}, {2, 2, 0, 1}};
    assert_answer(case_new(2, without_rest, 3), SOLVER_INFEASIBLE, 2, -1);
    Case *hours = case_new(2, without_rest, 2);
    hours->workers[2].minutes_most = 479;
    assert_answer(hours, SOLVER_INFEASIBLE, 2, -1);
    const int crowded[][4] = {{0, 1, 0, 1}, {1, 1, 0, 1}, {2, 1, 0, 1}};
    assert_answer(case_new(2, crowded, 3), SOLVER_INFEASIBLE, -1, 1);
    assert_answer(case_new(3, crowded, 3), SOLVER_OPTIMAL, -1, -1);
    const int alone[][4] = {{0, 2, 1, 1}, {1, 1, 0, 0}};
    assert_answer(case_new(2, alone, 2), SOLVER_INFEASIBLE, -1, CASE_SLOTS + 2);
}

/* What no row and no worker shows by itself: a holder could stand beside each learner, but not beside all of them. */
static void pins_that_contradict_together(void)
{
    const int holder_elsewhere[][4] = {{0, 0, 1, 1}, {1, 0, 0, 0}, {1, 2, 0, 1}};
    assert_answer(case_new(2, holder_elsewhere, 3), SOLVER_INFEASIBLE, -1, CASE_SLOTS);
    const int one_for_two[][4] = {{0, 0, 1, 1}, {1, 0, 0, 0}, {1, 2, 0, 0}, {2, 2, 1, 1}};
    Case *made = case_new(2, one_for_two, 4);
    SolverResult *result = solver_solve(&made->problem, &(SolverOptions){.threads = 1});
    g_assert_cmpint(result->status, ==, SOLVER_INFEASIBLE);
    g_assert_true(result->infeasible_row == CASE_SLOTS || result->infeasible_row == CASE_SLOTS + 2);
    solver_result_free(result);
    g_free(made);
    const int one_for_each[][4] = {{0, 0, 1, 1}, {1, 0, 0, 0}, {1, 1, 0, 0}, {2, 1, 1, 0}};
    assert_answer(case_new(2, one_for_each, 4), SOLVER_OPTIMAL, -1, -1);
    const int no_place[][4] = {{0, 1, 1, 1}, {1, 1, 0, 0}}; /* headcount 1: the holder cannot come, too */
    assert_answer(case_new(1, no_place, 2), SOLVER_INFEASIBLE, -1, CASE_SLOTS + 1);
}

/* ---- numbers */

static int64_t extreme(uint64_t *random, int64_t most)
{
    int kind = made_up_below(random, 4);
    return kind == 0 ? most : kind == 1 ? most - 1 : kind == 2 ? most / 2 : 1 + made_up_below(random, 1000);
}

/* Each as large as solver_problem_fault lets it be: no sum overflows (the sanitizers watch), no price is NaN. */
static void numbers_at_their_limits(void)
{
    for (uint64_t seed = 0; seed < 120; seed++) {
        uint64_t random = seed;
        MadeUpTiny kind = {.workers = 3, .slots = 5, .rule = -1, .has_loose_rows = seed % 2, .has_fixed = seed % 3};
        MadeUp made = made_up_tiny(seed, &kind);
        SolverProblem problem = made.problem;
        SolverEntry *entries = g_memdup2(problem.entries, (gsize)problem.entry_count * sizeof *entries);
        SolverRow *rows = g_memdup2(problem.rows, (gsize)problem.row_count * sizeof *rows);
        SolverWorker *workers = g_memdup2(problem.workers, (gsize)problem.worker_count * sizeof *workers);
        int64_t places = problem.entry_count > 0 ? problem.entry_row_begin[problem.entry_count] : 0;
        int64_t *coefficient = g_memdup2(problem.entry_coefficient, (gsize)places * sizeof *coefficient);
        for (int32_t entry = 0; entry < problem.entry_count; entry++) {
            int64_t cost = extreme(&random, INT64_C(1000000000));
            entries[entry].cost_cents = made_up_below(&random, 2) ? cost : -cost;
        }
        for (int32_t row = 0; row < problem.row_count; row++) {
            rows[row].wanted = extreme(&random, INT64_C(1) << 50);
            rows[row].below = (SolverCurve){1, {0}, {extreme(&random, INT64_C(1000000000000000))}, 1};
            rows[row].above = (SolverCurve){1, {0}, {extreme(&random, INT64_C(1000000000000000))}, 1};
            rows[row].most = made_up_below(&random, 2) ? SOLVER_NEVER : extreme(&random, INT64_C(1) << 50);
        }
        for (int64_t i = 0; i < places; i++) {
            coefficient[i] = made_up_below(&random, 3) ? extreme(&random, 100000000) : coefficient[i];
        }
        for (int32_t worker = 0; worker < problem.worker_count; worker++) {
            workers[worker].minutes_wanted = extreme(&random, INT64_C(1) << 50);
            workers[worker].unit_per_min = extreme(&random, 100000000);
            workers[worker].below.rate[0] = workers[worker].above.rate[0] = extreme(&random, 1000000000);
            workers[worker].below.pieces = workers[worker].above.pieces = 1;
        }
        problem.entries = entries;
        problem.rows = rows;
        problem.workers = workers;
        problem.entry_coefficient = coefficient;
        g_assert_cmpstr(solver_problem_fault(&problem, NULL), ==, NULL);
        SolverResult *result = solver_solve(&problem, &(SolverOptions){.threads = 1, .work_most = 20000});
        g_assert_true(result->status != SOLVER_INFEASIBLE); /* nothing is pinned */
        g_assert_cmpstr(reference_roster_fault(&problem, result->chosen, result->chosen_count), ==, NULL);
        g_assert_cmpint(result->cost_cents, ==, solver_cost(&problem, result->chosen, result->chosen_count));
        g_assert_cmpint(result->bound_cents, <=, result->cost_cents);
        for (int32_t row = 0; row < problem.row_count; row++) {
            g_assert_true(isfinite(result->row_price[row]));
        }
        solver_result_free(result);
        g_free(entries);
        g_free(rows);
        g_free(workers);
        g_free(coefficient);
        made_up_free(&made);
    }
}

/* Limits that are no numbers are no limits; wild starts are test_start's. */
static void options_that_are_no_numbers(void)
{
    MadeUp made = made_up_tiny(12, &(MadeUpTiny){.workers = 3, .slots = 6, .rule = 0});
    int64_t optimum = reference_optimum(&made.problem);
    const double odd[] = {NAN, -INFINITY, -1};
    for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
        SolverOptions options = {.threads = 1, .gap = odd[i], .seconds_most = odd[i]};
        SolverResult *result = solver_solve(&made.problem, &options);
        assert_sound(&made.problem, result);
        g_assert_cmpint(result->status, ==, SOLVER_OPTIMAL);
        g_assert_cmpint(result->cost_cents, ==, optimum);
        solver_result_free(result);
    }
    made_up_free(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/edges/nothing-wanted-is-planned-like-anything", nothing_wanted);
    g_test_add_func("/edges/all-pinned-leaves-one-roster", all_pinned);
    g_test_add_func("/edges/contradictory-pins-are-named", contradictory_pins);
    g_test_add_func("/edges/pins-that-contradict-together-are-proven", pins_that_contradict_together);
    g_test_add_func("/edges/numbers-at-their-limits-overflow-nothing", numbers_at_their_limits);
    g_test_add_func("/edges/options-that-are-no-numbers-limit-nothing", options_that_are_no_numbers);
    return g_test_run();
}
