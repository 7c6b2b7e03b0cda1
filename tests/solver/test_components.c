/* Components: found as they are, and each brought to the end that a small problem of its own comes to. */
#include "components.h"
#include "made_up.h"
#include "reference.h"

#include <glib.h>

/* The same pool several times over, at the same hours, with no row in common. */
typedef struct Copies {
    SolverProblem problem;
    SolverWorker *workers;
    SolverEntry *entries;
    SolverRow *rows;
    int64_t *begin, *coefficient;
    int32_t *row;
} Copies;

static Copies copies_of(const SolverProblem *one, int32_t count)
{
    int64_t incidences = one->entry_row_begin[one->entry_count];
    Copies copies = {.problem = *one,
                     .workers = g_new0(SolverWorker, one->worker_count * count),
                     .entries = g_new0(SolverEntry, one->entry_count * count),
                     .rows = g_new0(SolverRow, one->row_count * count),
                     .begin = g_new0(int64_t, one->entry_count * count + 1),
                     .coefficient = g_new0(int64_t, incidences * count),
                     .row = g_new0(int32_t, incidences * count)};
    for (int32_t copy = 0; copy < count; copy++) {
        for (int32_t worker = 0; worker < one->worker_count; worker++) {
            copies.workers[copy * one->worker_count + worker] = one->workers[worker];
        }
        for (int32_t row = 0; row < one->row_count; row++) {
            copies.rows[copy * one->row_count + row] = one->rows[row];
        }
        for (int32_t entry = 0; entry < one->entry_count; entry++) {
            int32_t at = copy * one->entry_count + entry;
            copies.entries[at] = one->entries[entry];
            copies.entries[at].worker += copy * one->worker_count;
            copies.begin[at + 1] = copy * incidences + one->entry_row_begin[entry + 1];
        }
        for (int64_t k = 0; k < incidences; k++) {
            copies.row[copy * incidences + k] = one->entry_row[k] + copy * one->row_count;
            copies.coefficient[copy * incidences + k] = one->entry_coefficient[k];
        }
    }
    copies.problem.worker_count *= count;
    copies.problem.entry_count *= count;
    copies.problem.row_count *= count;
    copies.problem.workers = copies.workers;
    copies.problem.entries = copies.entries;
    copies.problem.rows = copies.rows;
    copies.problem.entry_row_begin = copies.begin;
    copies.problem.entry_row = copies.row;
    copies.problem.entry_coefficient = copies.coefficient;
    return copies;
}

static void copies_free(Copies *copies)
{
    g_free(copies->workers);
    g_free(copies->entries);
    g_free(copies->rows);
    g_free(copies->begin);
    g_free(copies->coefficient);
    g_free(copies->row);
}

static void are_who_meets_whom(void)
{
    MadeUp made = made_up_pool(3, 25, 80);
    Copies copies = copies_of(&made.problem, 4);
    Arena arena = {0};
    Components of_one = components_find(&made.problem, &arena), of_all = components_find(&copies.problem, &arena);
    g_assert_cmpint(of_all.count, ==, 4 * of_one.count);
    g_assert_cmpint(of_all.begin[of_all.count], ==, copies.problem.worker_count);
    for (int32_t i = 0; i < of_all.count; i++) {
        const int32_t *own = of_one.workers + of_one.begin[i % of_one.count];
        int32_t first = of_all.begin[i], shift = i / of_one.count * made.problem.worker_count;
        g_assert_cmpint(of_all.begin[i + 1] - first, ==,
                        of_one.begin[i % of_one.count + 1] - of_one.begin[i % of_one.count]);
        for (int32_t k = 0; first + k < of_all.begin[i + 1]; k++) {
            g_assert_cmpint(of_all.workers[first + k], ==, own[k] + shift);
        }
    }
    arena_release(&arena);
    copies_free(&copies);
    made_up_free(&made);
}

/* 240 workers are too many for the LP of all of them; each eighth of them is not. */
static void come_to_their_own_end(void)
{
    enum { COPIES = 8 };
    MadeUp made = made_up_pool(1, 30, 60);
    SolverOptions options = {.threads = 2, .work_most = 15000000};
    SolverResult *one = solver_solve(&made.problem, &options);
    g_assert_cmpint(one->status, ==, SOLVER_OPTIMAL);
    Copies copies = copies_of(&made.problem, COPIES);
    SolverResult *all = solver_solve(&copies.problem, &options);
    g_assert_cmpstr(reference_roster_fault(&copies.problem, all->chosen, all->chosen_count), ==, NULL);
    g_assert_cmpint(all->cost_cents, ==, reference_cost(&copies.problem, all->chosen, all->chosen_count));
    g_assert_cmpint(all->cost_cents, >=, COPIES * one->bound_cents);
    g_assert_cmpint(all->bound_cents, <=, COPIES * one->cost_cents);
    g_test_message("one %" G_GINT64_FORMAT " (certified %" G_GINT64_FORMAT "), all %" G_GINT64_FORMAT
                   " %" G_GINT64_FORMAT " (certified %" G_GINT64_FORMAT ")",
                   one->cost_cents, one->certificate.bound_cents, all->cost_cents, all->bound_cents,
                   all->certificate.bound_cents);
    g_assert_cmpint(all->certificate.bound_cents, >=, COPIES * (one->certificate.bound_cents - 2));
    SolverCheck check;
    g_assert_true(
        solver_certificate_check(&copies.problem, &all->certificate, &(SolverCheckOptions){.threads = 2}, &check));
    g_assert_cmpint(check.bound_cents, >=, all->certificate.bound_cents);
    solver_result_free(all);
    solver_result_free(one);
    copies_free(&copies);
    made_up_free(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/components/are-who-meets-whom", are_who_meets_whom);
    g_test_add_func("/components/come-to-their-own-end", come_to_their_own_end);
    return g_test_run();
}
