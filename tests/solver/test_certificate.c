/* Certificates: they prove what the solve says, and never more than is true, whatever is in them. */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

static const SolverCheckOptions one_thread = {.threads = 1};

static MadeUpTiny kind_of(uint64_t seed, int rule)
{
    return (MadeUpTiny){.workers = 1 + (int)(seed % 3),
                        .slots = 4 + (int)(seed % 4),
                        .rule = rule,
                        .has_fixed = seed % 2,
                        .has_loose_rows = seed % 3 == 1,
                        .has_day_rules = seed % 4 == 2,
                        .has_required = seed % 5 == 3};
}

/* Every rule switched on in turn; the solve ended anywhere. */
static void proves_what_the_solve_says(gconstpointer data)
{
    int rule = GPOINTER_TO_INT(data), proven = 0;
    for (uint64_t seed = 0; seed < 150; seed++) {
        MadeUpTiny kind = kind_of(seed, rule);
        MadeUp made = made_up_tiny(seed * 100 + (uint64_t)rule, &kind);
        int64_t optimum = reference_optimum(&made.problem);
        SolverOptions options = {.threads = 1, .seed = seed, .work_most = seed % 3 == 0 ? 1 + (int64_t)seed * 7 : 0};
        SolverResult *result = solver_solve(&made.problem, &options);
        SolverCheck check;
        bool is_proven = solver_certificate_check(&made.problem, &result->certificate, &one_thread, &check);
        if (optimum == INT64_MAX) {
            g_assert_true(!is_proven || result->status == SOLVER_INFEASIBLE ||
                          (result->status == SOLVER_UNDECIDED && options.work_most > 0));
        } else {
            g_assert_cmpstr(check.fault, ==, NULL);
            if (check.bound_cents > optimum || check.bound_cents < result->certificate.bound_cents) {
                g_test_message("seed %" PRIu64 " rule %d: certified %" PRId64 " said %" PRId64 " optimum %" PRId64,
                               seed, rule, check.bound_cents, result->certificate.bound_cents, optimum);
            }
            g_assert_cmpint(check.cut_short, ==, 0);
            g_assert_cmpint(check.bound_cents, <=, optimum);
            g_assert_cmpint(check.bound_cents, >=, result->certificate.bound_cents);
            g_assert_cmpint(result->certificate.bound_cents, <=, result->bound_cents);
            proven += check.bound_cents == optimum;
        }
        solver_result_free(result);
        made_up_free(&made);
    }
    g_assert_cmpint(proven, >, 50);
}

static int64_t some_price(uint64_t *random, int32_t bits)
{
    static const int64_t odd[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_C(1) << 40, -(INT64_C(1) << 40)};
    int what = made_up_below(random, 20);
    return what < (int)G_N_ELEMENTS(odd) ? odd[what]
                                         : (made_up_below(random, 40000) - 10000) * (INT64_C(1) << bits) / 7;
}

static void never_proves_too_much(gconstpointer data)
{
    int rule = GPOINTER_TO_INT(data), said = 0;
    uint64_t random = (uint64_t)rule;
    for (uint64_t seed = 0; seed < 100; seed++) {
        MadeUpTiny kind = kind_of(seed, rule);
        MadeUp made = made_up_tiny(seed * 100 + (uint64_t)rule + 50, &kind);
        const SolverProblem *problem = &made.problem;
        int64_t optimum = reference_optimum(problem);
        for (int round = 0; round < 8 && optimum != INT64_MAX; round++) {
            enum { PAIRS = 4 };
            SolverPair pairs[PAIRS];
            SolverCertificate certificate = {.bits = made_up_below(&random, 24),
                                             .row_count = problem->row_count,
                                             .row_price = g_new0(int64_t, problem->row_count + 1),
                                             .pair_count = made_up_below(&random, PAIRS + 1),
                                             .pairs = pairs};
            bool is_wild = round % 4 == 3;
            for (int32_t row = 0; row < problem->row_count; row++) {
                certificate.row_price[row] = is_wild ? some_price(&random, certificate.bits)
                                                     : made_up_below(&random, 12000) * (INT64_C(1) << certificate.bits);
            }
            for (int i = 0; i < PAIRS; i++) {
                pairs[i] = (SolverPair){made_up_below(&random, problem->row_count + is_wild),
                                        made_up_below(&random, problem->row_count + is_wild),
                                        -made_up_below(&random, 3000) * (INT64_C(1) << certificate.bits)};
            }
            SolverCheckOptions options = {.threads = 1, .steps_most = made_up_below(&random, 2) ? 0 : 5};
            SolverCheck check;
            bool is_proven = solver_certificate_check(problem, &certificate, &options, &check);
            g_assert_true(is_proven == (check.fault == NULL));
            g_assert_cmpint(check.bound_cents, <=, optimum);
            said += is_proven;
            g_free(certificate.row_price);
        }
        made_up_free(&made);
    }
    g_assert_cmpint(said, >, 200);
}

/* With rows that charge nothing the least line is the whole bound, and no rule may be read too lightly. */
static void finds_the_least_line(gconstpointer data)
{
    int rule = GPOINTER_TO_INT(data);
    for (uint64_t seed = 0; seed < 300; seed++) {
        MadeUpTiny kind = kind_of(seed, rule);
        kind.workers = 1;
        kind.has_loose_rows = false;
        MadeUp made = made_up_tiny(seed * 100 + (uint64_t)rule + 25, &kind);
        SolverProblem problem = made.problem;
        SolverEntry *entries = g_memdup2(problem.entries, (gsize)problem.entry_count * sizeof *entries);
        uint64_t random = seed;
        for (int32_t entry = 0; entry < problem.entry_count; entry++) {
            entries[entry].cost_cents = -made_up_below(&random, 20000);
        }
        int64_t *begin = g_new0(int64_t, problem.entry_count + 1);
        problem.entries = entries;
        problem.row_count = 0;
        problem.entry_row_begin = begin;
        SolverCertificate none = {.bits = 10};
        SolverCheck check;
        int64_t optimum = reference_optimum(&problem);
        if (solver_certificate_check(&problem, &none, &one_thread, &check)) {
            if (check.bound_cents != optimum) {
                g_test_message("seed %" PRIu64 " rule %d: %" PRId64 " optimum %" PRId64, seed, rule, check.bound_cents,
                               optimum);
            }
            g_assert_cmpint(check.bound_cents, ==, optimum);
        } else {
            g_assert_cmpint(optimum, ==, INT64_MAX);
        }
        g_free(entries);
        g_free(begin);
        made_up_free(&made);
    }
}

static void answers_with_any_number_of_threads(void)
{
    MadeUp made = made_up_pool(4, 40, 120);
    SolverOptions options = {.threads = 2, .work_most = 100000};
    SolverResult *result = solver_solve(&made.problem, &options);
    SolverCheck checks[3];
    for (int run = 0; run < 3; run++) {
        SolverCheckOptions with = {.threads = 1 << run};
        g_assert_true(solver_certificate_check(&made.problem, &result->certificate, &with, &checks[run]));
        g_assert_cmpint(checks[run].bound_cents, ==, checks[0].bound_cents);
        g_assert_cmpint(checks[run].steps, ==, checks[0].steps);
    }
    g_assert_cmpint(checks[0].bound_cents, >=, result->certificate.bound_cents);
    g_assert_cmpint(checks[0].bound_cents, <=, result->cost_cents);
    g_assert_cmpint(result->certificate.bound_cents, >, INT64_MIN);
    solver_result_free(result);
    made_up_free(&made);
}

static void says_why_it_proves_nothing(void)
{
    MadeUp made = made_up_tiny(1, &(MadeUpTiny){.workers = 2, .slots = 4});
    SolverProblem problem = made.problem;
    int64_t *price = g_new0(int64_t, problem.row_count);
    SolverPair pair = {0, problem.row_count, 1};
    SolverCheck check;
    SolverCertificate good = {.bits = 10, .row_count = problem.row_count, .row_price = price}, bad = good;
    g_assert_true(solver_certificate_check(&problem, &good, &one_thread, &check));

    bad.row_count--;
    g_assert_false(solver_certificate_check(&problem, &bad, &one_thread, &check));
    g_assert_cmpstr(check.fault, ==, "it is of another problem");
    bad = good;
    bad.bits = 41;
    g_assert_false(solver_certificate_check(&problem, &bad, &one_thread, &check));
    g_assert_cmpstr(check.fault, ==, "its prices are of an unknown kind");
    bad = good;
    bad.pairs = &pair;
    bad.pair_count = 1;
    g_assert_false(solver_certificate_check(&problem, &bad, &one_thread, &check));
    g_assert_cmpstr(check.fault, ==, "it joins rows that do not exist or have no limit");
    price[problem.entry_row[0]] = INT64_MAX;
    g_assert_false(solver_certificate_check(&problem, &good, &one_thread, &check));
    g_assert_cmpstr(check.fault, ==, "its prices are too large");
    g_assert_cmpint(check.bound_cents, ==, INT64_MIN);
    price[problem.entry_row[0]] = 0;

    SolverRow *rows = g_memdup2(problem.rows, (gsize)problem.row_count * sizeof *rows);
    rows[0].most = -1; /* no roster keeps that */
    problem.rows = rows;
    g_assert_false(solver_certificate_check(&problem, &good, &one_thread, &check));
    g_assert_cmpstr(check.fault, ==, "no roster keeps within the rows");
    g_free(rows);
    g_free(price);
    made_up_free(&made);
}

static void add_for_every_rule(const char *name, void (*test)(gconstpointer))
{
    for (int rule = 0; rule < MADE_UP_RULES; rule++) {
        g_autofree char *path = g_strdup_printf("/certificate/%s/%s", name, made_up_rules[rule]);
        g_strdelimit(path, " ", '-');
        g_test_add_data_func(path, GINT_TO_POINTER(rule), test);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add_for_every_rule("finds-the-least-line", finds_the_least_line);
    add_for_every_rule("proves-what-the-solve-says", proves_what_the_solve_says);
    add_for_every_rule("never-proves-too-much", never_proves_too_much);
    g_test_add_func("/certificate/answers-with-any-number-of-threads", answers_with_any_number_of_threads);
    g_test_add_func("/certificate/says-why-it-proves-nothing", says_why_it_proves_nothing);
    return g_test_run();
}
