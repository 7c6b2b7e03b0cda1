/* Starting from what an earlier solve left: sooner there, never wrong, whatever the start holds. */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static SolverStart start_of(const SolverProblem *problem, const SolverResult *result)
{
    return (SolverStart){.chosen = result->chosen,
                         .chosen_count = result->chosen_count,
                         .row_price = result->row_price,
                         .row_count = problem->row_count,
                         .lines = result->lines};
}

static void assert_sound(const SolverProblem *problem, const SolverResult *result)
{
    g_assert_cmpstr(reference_roster_fault(problem, result->chosen, result->chosen_count), ==, NULL);
    g_assert_cmpint(result->cost_cents, ==, reference_cost(problem, result->chosen, result->chosen_count));
    g_assert_cmpint(result->bound_cents, <=, result->cost_cents);
}

/* Each of one worker, legal, no more than a dozen for each, none twice; the roster's among them. */
static void assert_lines(const SolverProblem *problem, const SolverResult *result)
{
    const SolverLines *lines = &result->lines;
    int32_t *count = g_new0(int32_t, problem->worker_count), found = 0;
    for (int32_t i = 0; i < lines->count; i++) {
        const int32_t *entries = lines->entry + lines->begin[i];
        int32_t size = (int32_t)(lines->begin[i + 1] - lines->begin[i]), own = 0, of_roster = 0;
        g_assert_cmpint(size, >, 0);
        int32_t worker = problem->entries[entries[0]].worker;
        g_assert_true(reference_line_is_legal(problem, worker, entries, size));
        for (int32_t k = 0; k < size; k++) {
            g_assert_true(k == 0 || entries[k] > entries[k - 1]);
        }
        for (int32_t k = 0; k < result->chosen_count; k++) {
            own += problem->entries[result->chosen[k]].worker == worker;
            for (int32_t at = 0; at < size; at++) {
                of_roster += entries[at] == result->chosen[k];
            }
        }
        found += own == size && of_roster == size ? size : 0;
        g_assert_cmpint(++count[worker], <=, 12);
        if (i > 0) {
            gsize before = (gsize)(lines->begin[i] - lines->begin[i - 1]);
            g_assert_false(before == (gsize)size && memcmp(entries - before, entries, before * sizeof *entries) == 0);
        }
    }
    g_assert_cmpint(found, ==, result->chosen_count);
    g_free(count);
}

static void keeps_the_lines_that_are_worth_it(void)
{
    MadeUp made = made_up_pool(3, 25, 80);
    SolverResult *results[2];
    for (int run = 0; run < 2; run++) {
        SolverOptions options = {.threads = 1 + run, .work_most = 100000};
        results[run] = solver_solve(&made.problem, &options);
        assert_lines(&made.problem, results[run]);
    }
    const SolverLines *left = &results[0]->lines, *right = &results[1]->lines;
    g_assert_cmpint(left->count, ==, right->count);
    g_assert_cmpint(left->count, >, made.problem.worker_count);
    g_assert_true(memcmp(left->entry, right->entry, (size_t)left->begin[left->count] * sizeof(int32_t)) == 0);
    solver_result_free(results[0]);
    solver_result_free(results[1]);
    made_up_free(&made);
}

static void gets_there_with_less_work(void)
{
    MadeUp made = made_up_pool(7, 25, 80);
    SolverOptions options = {.threads = 1, .gap = 0.005};
    SolverResult *first = solver_solve(&made.problem, &options);
    g_assert_true(first->status == SOLVER_GAP || first->status == SOLVER_OPTIMAL);
    SolverStart start = start_of(&made.problem, first);
    SolverStart roster = {.chosen = first->chosen, .chosen_count = first->chosen_count};
    options.start = &roster;
    SolverResult *from_roster = solver_solve(&made.problem, &options);
    options.start = &start;
    SolverResult *second = solver_solve(&made.problem, &options);
    assert_sound(&made.problem, second);
    g_assert_cmpint(second->cost_cents, <=, first->cost_cents);
    g_test_message("work: %" G_GINT64_FORMAT " cold, %" G_GINT64_FORMAT " from the roster, %" G_GINT64_FORMAT
                   " with prices and lines",
                   first->statistics.work, from_roster->statistics.work, second->statistics.work);
    g_assert_cmpint(2 * second->statistics.work, <, first->statistics.work);
    g_assert_cmpint(2 * second->statistics.work, <, from_roster->statistics.work);
    solver_result_free(first);
    solver_result_free(from_roster);
    solver_result_free(second);
    made_up_free(&made);
}

static const double odd_prices[] = {0, -1, 500, 123.25, 1e9, -1e9, 1e300, -1e300, INFINITY, -INFINITY, NAN};

/* Entries from nowhere, lines of two workers, falling, twice; prices beyond all reason. */
static void is_true_from_any_start(void)
{
    uint64_t random = 99;
    for (uint64_t seed = 0; seed < 600; seed++) {
        MadeUp made = made_up_tiny(seed, &(MadeUpTiny){.workers = 1 + (int)(seed % 3),
                                                       .slots = 4 + (int)(seed % 4),
                                                       .rule = (int)(seed % MADE_UP_RULES),
                                                       .has_fixed = seed % 2,
                                                       .has_loose_rows = seed % 3 == 1,
                                                       .has_day_rules = seed % 4 == 2,
                                                       .has_required = seed % 5 == 3});
        const SolverProblem *problem = &made.problem;
        enum { LINES = 30, SIZE = 5, CHOSEN = 12 };
        int64_t begin[LINES + 1] = {0};
        int32_t entry[LINES * SIZE], chosen[CHOSEN];
        double price[40];
        for (int line = 0; line < LINES; line++) {
            begin[line + 1] = begin[line] + made_up_below(&random, SIZE + 1);
            for (int64_t at = begin[line]; at < begin[line + 1]; at++) {
                entry[at] = made_up_below(&random, problem->entry_count + 4) - 2;
            }
        }
        for (int i = 0; i < CHOSEN; i++) {
            chosen[i] = made_up_below(&random, problem->entry_count + 4) - 2;
        }
        for (size_t i = 0; i < G_N_ELEMENTS(price); i++) {
            price[i] = odd_prices[made_up_below(&random, G_N_ELEMENTS(odd_prices))];
        }
        SolverStart start = {.chosen = chosen,
                             .chosen_count = CHOSEN,
                             .row_price = price,
                             .row_count = made_up_below(&random, G_N_ELEMENTS(price)),
                             .lines = {LINES, begin, entry}};
        SolverOptions options = {.threads = 1, .seed = seed, .start = &start};
        int64_t optimum = reference_optimum(problem);
        SolverResult *result = solver_solve(problem, &options);
        if (optimum == INT64_MAX) {
            g_assert_true(result->status == SOLVER_INFEASIBLE);
        } else {
            assert_sound(problem, result);
            assert_lines(problem, result);
            g_assert_cmpint(result->cost_cents, ==, optimum);
            g_assert_cmpint(result->bound_cents, <=, optimum);
            g_assert_true(result->status == SOLVER_OPTIMAL);
        }
        solver_result_free(result);
        made_up_free(&made);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/start/keeps-the-lines-that-are-worth-it", keeps_the_lines_that_are_worth_it);
    g_test_add_func("/start/gets-there-with-less-work", gets_there_with_less_work);
    g_test_add_func("/start/is-true-from-any-start", is_true_from_any_start);
    return g_test_run();
}
