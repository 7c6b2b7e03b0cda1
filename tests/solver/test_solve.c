/* Solving: against exhaustion on tiny problems, stopped anywhere, with any number of threads. */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

static void check(const SolverProblem *problem, const SolverResult *result)
{
    const char *fault = reference_roster_fault(problem, result->chosen, result->chosen_count);
    g_assert_cmpstr(fault, ==, NULL);
    g_assert_cmpint(result->cost_cents, ==, reference_cost(problem, result->chosen, result->chosen_count));
    g_assert_cmpint(result->cost_cents, ==, solver_cost(problem, result->chosen, result->chosen_count));
    g_assert_cmpint(result->bound_cents, <=, result->cost_cents);
}

static void compare_with_exhaustion(uint64_t seed, const MadeUpTiny *kind)
{
    MadeUp made = made_up_tiny(seed, kind);
    int64_t optimum = reference_optimum(&made.problem);
    SolverOptions options = {.threads = 1, .seed = seed};
    SolverResult *result = solver_solve(&made.problem, &options);
    if (optimum == INT64_MAX) {
        g_assert_cmpint(result->status, ==, SOLVER_INFEASIBLE);
        g_assert_true(result->infeasible_worker >= 0 || result->infeasible_row >= 0);
    } else {
        if (result->cost_cents != optimum || result->bound_cents != optimum) {
            g_test_message("seed %" PRIu64 " rule %d: cost %" PRId64 " bound %" PRId64 " optimum %" PRId64, seed,
                           kind->rule, result->cost_cents, result->bound_cents, optimum);
        }
        check(&made.problem, result);
        g_assert_cmpint(result->bound_cents, <=, optimum);
        g_assert_cmpint(result->status, ==, SOLVER_OPTIMAL);
        g_assert_cmpint(result->cost_cents, ==, optimum);
    }
    solver_result_free(result);
    made_up_free(&made);
}

static void equals_exhaustion(gconstpointer data)
{
    int rule = GPOINTER_TO_INT(data);
    for (uint64_t seed = 0; seed < 60; seed++) {
        MadeUpTiny kind = {.workers = 1 + (int)(seed % 3),
                           .slots = 4 + (int)(seed % 4),
                           .rule = rule,
                           .has_fixed = seed % 2,
                           .has_loose_rows = seed % 3 == 1,
                           .has_day_rules = seed % 4 >= 2,
                           .has_required = seed % 5 == 3};
        compare_with_exhaustion(seed * 100 + (uint64_t)rule, &kind);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (int rule = 0; rule < MADE_UP_RULES; rule++) {
        char *name = g_strdup_printf("/solve/equals-exhaustion/%s", made_up_rules[rule]);
        g_strdelimit(name, " ", '-');
        g_test_add_data_func(name, GINT_TO_POINTER(rule), equals_exhaustion);
        g_free(name);
    }
    return g_test_run();
}
