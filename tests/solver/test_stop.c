/* Limits, stops, threads, starts: whatever ends a solve, its roster is legal, its bound true, and work decides alone.
 */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

static void assert_sound(const SolverProblem *problem, const SolverResult *result)
{
    g_assert_cmpstr(reference_roster_fault(problem, result->chosen, result->chosen_count), ==, NULL);
    g_assert_cmpint(result->cost_cents, ==, reference_cost(problem, result->chosen, result->chosen_count));
    g_assert_cmpint(result->bound_cents, <=, result->cost_cents);
    for (int32_t row = 0; row < problem->row_count; row++) {
        g_assert_true(result->row_price[row] == result->row_price[row]); /* no NaN */
    }
}

static void assert_same(const SolverResult *left, const SolverResult *right)
{
    g_assert_true(left->status == right->status);
    g_assert_cmpint(left->cost_cents, ==, right->cost_cents);
    g_assert_cmpint(left->bound_cents, ==, right->bound_cents);
    g_assert_cmpint(left->statistics.work, ==, right->statistics.work);
    g_assert_cmpint(left->chosen_count, ==, right->chosen_count);
    for (int32_t i = 0; i < left->chosen_count; i++) {
        g_assert_cmpint(left->chosen[i], ==, right->chosen[i]);
    }
    const SolverCertificate *a = &left->certificate, *b = &right->certificate;
    g_assert_cmpint(a->bound_cents, ==, b->bound_cents);
    for (int32_t row = 0; row < a->row_count; row++) {
        g_assert_cmpint(a->row_price[row], ==, b->row_price[row]);
    }
}

static void same_with_any_number_of_threads(void)
{
    for (uint64_t seed = 1; seed <= 2; seed++) {
        MadeUp made = made_up_pool(seed, 18, 50);
        SolverResult *first = NULL;
        for (int32_t run = 0; run < 6; run++) { /* 1, 2, 4 threads, twice */
            SolverOptions options = {.threads = 1 << run % 3, .work_most = 150000, .seed = 5};
            SolverResult *result = solver_solve(&made.problem, &options);
            assert_sound(&made.problem, result);
            if (first) {
                assert_same(first, result);
                solver_result_free(result);
            } else {
                first = result;
            }
        }
        solver_result_free(first);
        made_up_free(&made);
    }
}

typedef struct Stopper {
    int calls, most;
    int64_t cost, bound;
} Stopper;

static bool stop_after(const SolverProgress *progress, void *context)
{
    Stopper *stopper = context;
    g_assert_nonnull(progress->phase);
    g_assert_cmpint(progress->bound_cents, >=, stopper->bound); /* never falls */
    g_assert_cmpint(progress->cost_cents, <=, stopper->cost);   /* never rises */
    stopper->bound = progress->bound_cents;
    stopper->cost = progress->cost_cents;
    return ++stopper->calls < stopper->most;
}

static void stops_where_progress_says(void)
{
    MadeUp made = made_up_pool(7, 40, 120);
    for (int most = 1; most < 9; most++) {
        Stopper stopper = {.most = most, .cost = INT64_MAX, .bound = INT64_MIN};
        SolverOptions options = {
            .threads = 1 + most % 2, .progress = stop_after, .context = &stopper, .seconds_most = 30};
        gint64 begun = g_get_monotonic_time();
        SolverResult *result = solver_solve(&made.problem, &options);
        assert_sound(&made.problem, result);
        g_assert_cmpint(stopper.calls, ==, most);
        g_assert_true(result->status == SOLVER_STOPPED);
        g_assert_cmpint(g_get_monotonic_time() - begun, <, 10 * G_USEC_PER_SEC);
        solver_result_free(result);
    }
    made_up_free(&made);
}

static void stops_at_the_clock(void)
{
    MadeUp made = made_up_pool(8, 40, 120);
    SolverOptions options = {.threads = 2, .seconds_most = 0.3};
    SolverResult *result = solver_solve(&made.problem, &options);
    assert_sound(&made.problem, result);
    g_assert_true(result->status == SOLVER_TIME);
    solver_result_free(result);
    made_up_free(&made);
}

static void stops_when_work_is_used_up(void)
{
    MadeUp made = made_up_pool(9, 12, 30);
    for (int64_t work = 1; work < 40000; work = work * 3 + 1) {
        SolverOptions options = {.threads = 1, .work_most = work};
        SolverResult *result = solver_solve(&made.problem, &options);
        assert_sound(&made.problem, result);
        g_assert_true(result->status == SOLVER_WORK || result->status == SOLVER_OPTIMAL);
        solver_result_free(result);
    }
    made_up_free(&made);
}

static void stops_at_the_wanted_gap(void)
{
    MadeUp made = made_up_pool(10, 30, 80);
    SolverOptions options = {.threads = 1, .gap = 0.05, .seconds_most = 60};
    SolverResult *result = solver_solve(&made.problem, &options);
    assert_sound(&made.problem, result);
    g_assert_true(result->status == SOLVER_GAP || result->status == SOLVER_OPTIMAL);
    g_assert_cmpfloat((double)(result->cost_cents - result->bound_cents), <=,
                      0.05 * (double)MAX(100, ABS(result->cost_cents)));
    solver_result_free(result);
    made_up_free(&made);
}

/* A repair owes the dropped work of a whole roster, which no line holds: a gap of the rest alone would be no gap. */
static void counts_the_cost_beside_in_the_gap(void)
{
    MadeUp made = made_up_pool(10, 30, 80);
    SolverOptions options = {.threads = 1, .gap = 0.02, .work_most = 4000000};
    SolverResult *alone = solver_solve(&made.problem, &options);
    options.beside_cents = 20 * ABS(alone->cost_cents);
    SolverResult *beside = solver_solve(&made.problem, &options);
    options.beside_cents = -alone->cost_cents; /* a cost about nothing: the gap is of a euro */
    SolverResult *nothing = solver_solve(&made.problem, &options);
    g_assert_cmpint(beside->status, ==, SOLVER_GAP);
    g_assert_cmpint(beside->statistics.work, <, alone->statistics.work);
    g_assert_cmpint(nothing->statistics.work, >=, alone->statistics.work);
    solver_result_free(alone);
    solver_result_free(beside);
    solver_result_free(nothing);
    made_up_free(&made);
}

/* A work limit anywhere in a tiny solve: the bound stays below the true optimum, the cost above. */
static void bound_is_true_wherever_it_ends(void)
{
    for (uint64_t seed = 0; seed < 150; seed++) {
        MadeUpTiny kind = {.workers = 3, .slots = 6, .rule = -1, .has_loose_rows = seed % 2, .has_fixed = seed % 3};
        MadeUp made = made_up_tiny(seed, &kind);
        int64_t optimum = reference_optimum(&made.problem);
        for (int64_t work = 1; work < 2000; work = work * 5 + (int64_t)seed % 7) {
            SolverOptions options = {.threads = 1, .work_most = work};
            SolverResult *result = solver_solve(&made.problem, &options);
            assert_sound(&made.problem, result);
            g_assert_cmpint(result->bound_cents, <=, optimum);
            g_assert_cmpint(result->cost_cents, >=, optimum);
            solver_result_free(result);
        }
        made_up_free(&made);
    }
}

static void never_ends_above_its_start(void)
{
    MadeUp made = made_up_pool(11, 20, 60);
    SolverOptions options = {.threads = 1, .work_most = 100000};
    SolverResult *first = solver_solve(&made.problem, &options);
    int32_t *start = g_new0(int32_t, first->chosen_count + 3);
    memcpy(start, first->chosen, (size_t)first->chosen_count * sizeof *start);
    start[first->chosen_count] = -1; /* what makes no sense is dropped */
    start[first->chosen_count + 1] = made.problem.entry_count;
    start[first->chosen_count + 2] = first->chosen_count > 0 ? first->chosen[0] : 0;
    SolverStart where = {.chosen = start, .chosen_count = first->chosen_count + 3};
    SolverOptions again = {.threads = 1, .work_most = 1, .start = &where};
    SolverResult *second = solver_solve(&made.problem, &again);
    assert_sound(&made.problem, second);
    g_assert_cmpint(second->cost_cents, <=, first->cost_cents);
    g_free(start);
    solver_result_free(first);
    solver_result_free(second);
    made_up_free(&made);
}

static void answers_an_empty_problem(void)
{
    SolverProblem nothing = {0};
    SolverOptions options = {.threads = 1};
    SolverResult *result = solver_solve(&nothing, &options);
    g_assert_true(result->status == SOLVER_OPTIMAL);
    g_assert_cmpint(result->cost_cents, ==, 0);
    g_assert_cmpint(result->bound_cents, ==, 0);
    solver_result_free(result);

    SolverSlot slot = {.start_min = 480, .end_min = 960, .work_min = 480, .late_after_min = SOLVER_NEVER};
    SolverRow row = {.most = 1, .wanted = 1, .below = {1, {0, 0, 0}, {5000, 0, 0}, 1}};
    SolverProblem nobody = {.slot_count = 1, .slots = &slot, .row_count = 1, .rows = &row};
    result = solver_solve(&nobody, &options);
    g_assert_true(result->status == SOLVER_OPTIMAL);
    g_assert_cmpint(result->cost_cents, ==, 5000);
    g_assert_cmpint(result->bound_cents, ==, 5000);
    solver_result_free(result);

    SolverWorker worker = {.minutes_wanted = 60, .unit_per_min = 1, .below = {1, {0, 0, 0}, {700, 0, 0}, 60}};
    SolverProblem idle = {.worker_count = 1, .workers = &worker};
    result = solver_solve(&idle, &options);
    g_assert_true(result->status == SOLVER_OPTIMAL);
    g_assert_cmpint(result->cost_cents, ==, 700);
    solver_result_free(result);
}

static void names_the_row_that_pins_break(void)
{
    MadeUp made = made_up_tiny(3, &(MadeUpTiny){.workers = 3, .slots = 4, .rule = 0});
    SolverProblem problem = made.problem;
    SolverEntry *entries = g_memdup2(problem.entries, (gsize)problem.entry_count * sizeof *entries);
    SolverRow *rows = g_memdup2(problem.rows, (gsize)problem.row_count * sizeof *rows);
    problem.entries = entries;
    problem.rows = rows;
    int32_t entry = 0; /* one that is lawful by itself */
    while (!solver_line_is_legal(&problem, entries[entry].worker, &entry, 1)) {
        entry++;
    }
    int32_t slot = entries[entry].slot;
    rows[slot].most = 0;
    entries[entry].is_required = true;
    SolverOptions options = {.threads = 1};
    SolverResult *result = solver_solve(&problem, &options);
    g_assert_true(result->status == SOLVER_INFEASIBLE);
    g_assert_cmpint(result->infeasible_row, ==, slot);
    g_assert_cmpint(result->infeasible_worker, ==, -1);
    solver_result_free(result);
    g_free(entries);
    g_free(rows);
    made_up_free(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stop/same-answer-with-any-number-of-threads", same_with_any_number_of_threads);
    g_test_add_func("/stop/ends-where-progress-says", stops_where_progress_says);
    g_test_add_func("/stop/ends-at-the-clock", stops_at_the_clock);
    g_test_add_func("/stop/ends-when-work-is-used-up", stops_when_work_is_used_up);
    g_test_add_func("/stop/ends-at-the-wanted-gap", stops_at_the_wanted_gap);
    g_test_add_func("/stop/counts-the-cost-beside-in-the-gap", counts_the_cost_beside_in_the_gap);
    g_test_add_func("/stop/bound-is-true-wherever-it-ends", bound_is_true_wherever_it_ends);
    g_test_add_func("/stop/never-ends-above-its-start", never_ends_above_its_start);
    g_test_add_func("/stop/answers-an-empty-problem", answers_an_empty_problem);
    g_test_add_func("/stop/names-the-row-that-pins-break", names_the_row_that_pins_break);
    return g_test_run();
}
