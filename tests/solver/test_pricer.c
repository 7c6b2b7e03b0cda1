/* Single lines at given prices against all lines of a worker, listed and priced plainly. */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <math.h>

enum { SEEDS = 400, LABELS_MOST = 1000000, LINES_MOST = 6 };

/* --- the plain way */

static double plain_curve(const SolverCurve *curve, int64_t units)
{
    double sum = 0;
    for (int32_t piece = 0; piece < curve->pieces && units > curve->from[piece]; piece++) {
        int64_t until = piece + 1 < curve->pieces ? MIN(curve->from[piece + 1], units) : units;
        sum += (double)curve->rate[piece] * (double)(until - curve->from[piece]);
    }
    return curve->pieces > 0 ? floor(sum / (double)curve->denominator + 0.5) : 0;
}

static double plain_price(const SolverProblem *problem, const double *row_price, const int32_t *entries, int32_t count,
                          int32_t worker)
{
    const SolverWorker *of = &problem->workers[worker];
    g_autofree int64_t *minutes = g_new0(int64_t, of->later_count + 1);
    double price = 0;
    for (int32_t i = 0; i < count; i++) {
        const SolverEntry *entry = &problem->entries[entries[i]];
        price += (double)entry->cost_cents;
        minutes[problem->slots[entry->slot].period] += problem->slots[entry->slot].work_min;
        for (int64_t k = problem->entry_row_begin[entries[i]]; k < problem->entry_row_begin[entries[i] + 1]; k++) {
            price -= (double)problem->entry_coefficient[k] * row_price[problem->entry_row[k]];
        }
    }
    for (int32_t period = 0; period <= of->later_count; period++) {
        int64_t units = minutes[period] * of->unit_per_min;
        int64_t wanted = period > 0 ? of->later[period - 1].minutes_wanted : of->minutes_wanted;
        price += plain_curve(period > 0 ? &of->later[period - 1].below : &of->below, wanted - units) +
                 plain_curve(period > 0 ? &of->later[period - 1].above : &of->above, units - wanted);
    }
    return price;
}

static int compare_prices(gconstpointer left, gconstpointer right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* The prices of all legal lines of the worker, rising. */
static GArray *plain_lines(const SolverProblem *problem, const double *row_price, const bool *is_ruled_out,
                           const SolverLineQuery *query)
{
    GArray *prices = g_array_new(FALSE, FALSE, sizeof(double));
    int32_t own[20], count = 0;
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        if (problem->entries[entry].worker == query->worker && !is_ruled_out[entry]) {
            g_assert_cmpint(count, <, 20);
            own[count++] = entry;
        }
    }
    for (uint32_t set = 0; set < UINT32_C(1) << count; set++) {
        int32_t line[20], size = 0;
        bool is_meant = query->with < 0;
        for (int32_t i = 0; i < count; i++) {
            if (set >> i & 1) {
                line[size++] = own[i];
                is_meant |= own[i] == query->with;
            }
        }
        for (int32_t i = 0; i < size && query->is_closed; i++) {
            is_meant = is_meant && !query->is_closed[line[i]];
        }
        if (is_meant && reference_line_is_legal(problem, query->worker, line, size)) {
            double price = plain_price(problem, row_price, line, size, query->worker);
            g_array_append_val(prices, price);
        }
    }
    g_array_sort(prices, compare_prices);
    return prices;
}

/* --- the comparison */

/* Entries that are in no answer though the worker has lines with them: they may be in no roster at all. */
static bool *ruled_out(SolverPricer *pricer, MadeUp *made, int *count)
{
    const SolverProblem *problem = &made->problem;
    bool *is_ruled_out = g_new0(bool, problem->entry_count + 1);
    g_autofree bool *none = g_new0(bool, problem->entry_count + 1);
    g_autofree SolverEntry *entries = g_memdup2(problem->entries, sizeof(SolverEntry) * (gsize)problem->entry_count);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        SolverLineQuery query = {
            .worker = problem->entries[entry].worker, .with = entry, .lines_most = 1, .labels_most = LABELS_MOST};
        g_autoptr(GArray) prices = plain_lines(problem, solver_pricer_prices(pricer), none, &query);
        if (prices->len == 0 || solver_pricer_ask(pricer, &query).line_count > 0) {
            continue;
        }
        SolverProblem with = *problem;
        with.entries = entries;
        bool was_required = entries[entry].is_required;
        entries[entry].is_required = true;
        g_assert_cmpint(reference_optimum(&with), ==, INT64_MAX);
        entries[entry].is_required = was_required;
        is_ruled_out[entry] = true;
        ++*count;
    }
    return is_ruled_out;
}

static void assert_answer(SolverPricer *pricer, const SolverProblem *problem, const bool *is_ruled_out,
                          const SolverLineQuery *query)
{
    g_autoptr(GArray) prices = plain_lines(problem, solver_pricer_prices(pricer), is_ruled_out, query);
    double rounding = 1.01 * (problem->workers[query->worker].later_count + 1); /* a cent a period */
    SolverLineAnswer answer = solver_pricer_ask(pricer, query);
    g_assert_true(answer.is_complete);
    g_assert_cmpint(answer.line_count, ==, MIN((int32_t)prices->len, query->lines_most));
    if (prices->len == 0) {
        g_assert_true(answer.least_cents == INFINITY);
        return;
    }
    g_assert_cmpfloat_with_epsilon(answer.least_cents, answer.lines[0].price_cents, 1e-6);
    for (int32_t i = 0; i < answer.line_count; i++) {
        SolverPricedLine line = answer.lines[i];
        g_assert_true(reference_line_is_legal(problem, query->worker, line.entries, line.count));
        double exact = plain_price(problem, solver_pricer_prices(pricer), line.entries, line.count, query->worker);
        g_assert_cmpfloat(line.price_cents, <=, exact + 1e-6);
        g_assert_cmpfloat(line.price_cents, >=, exact - rounding);
        g_assert_cmpfloat(line.price_cents, <=, g_array_index(prices, double, i) + 1e-6);
        g_assert_cmpfloat(line.price_cents, >=, g_array_index(prices, double, i) - rounding);
        double again = solver_pricer_line(pricer, query->worker, line.entries, line.count);
        g_assert_cmpfloat_with_epsilon(again, line.price_cents, rounding);
    }
}

static double random_price(uint64_t *dice, const SolverRow *row)
{
    double price = made_up_below(dice, 20000) / 7.0;
    return row->most != SOLVER_NEVER && made_up_below(dice, 3) == 0 ? -price : price;
}

static MadeUp tiny(uint64_t seed, uint64_t *dice)
{
    MadeUpTiny kind = {.workers = 1 + made_up_below(dice, 2),
                       .slots = 2 + made_up_below(dice, 5),
                       .rule = -1,
                       .has_required = made_up_below(dice, 3) == 0,
                       .has_day_rules = made_up_below(dice, 3) == 0,
                       .has_fixed = made_up_below(dice, 2) == 0,
                       .has_loose_rows = made_up_below(dice, 2) == 0};
    return made_up_tiny(seed, &kind);
}

static void the_best_lines_are_the_best_of_all(void)
{
    int ruled_out_count = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t dice = seed;
        MadeUp made = tiny(seed, &dice);
        const SolverProblem *problem = &made.problem;
        g_autofree double *row_price = g_new0(double, problem->row_count + 1);
        for (int32_t row = 0; row < problem->row_count; row++) {
            row_price[row] = random_price(&dice, &problem->rows[row]);
        }
        SolverPricer *pricer = solver_pricer_new(problem, row_price);
        g_autofree bool *is_ruled_out = ruled_out(pricer, &made, &ruled_out_count);
        g_autofree bool *is_closed = g_new0(bool, problem->entry_count + 1);
        for (int32_t worker = 0; worker < problem->worker_count; worker++) {
            SolverLineQuery query = {.worker = worker, .with = -1, .lines_most = 1, .labels_most = LABELS_MOST};
            assert_answer(pricer, problem, is_ruled_out, &query);
            query.lines_most = LINES_MOST;
            assert_answer(pricer, problem, is_ruled_out, &query);
            for (int32_t entry = 0; entry < problem->entry_count; entry++) {
                if (problem->entries[entry].worker != worker) {
                    continue;
                }
                query.with = entry;
                assert_answer(pricer, problem, is_ruled_out, &query);
                query.with = -1;
                query.is_closed = is_closed;
                is_closed[entry] = true; /* where it is required there is no line */
                assert_answer(pricer, problem, is_ruled_out, &query);
                is_closed[entry] = false;
                query.is_closed = NULL;
            }
        }
        solver_pricer_free(pricer);
        made_up_free(&made);
    }
    g_assert_cmpint(ruled_out_count, >, 0);
}

static double bound_of(SolverPricer *pricer, const SolverProblem *problem)
{
    double bound = solver_pricer_rows(pricer);
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        SolverLineQuery query = {.worker = worker, .with = -1, .lines_most = 1, .labels_most = LABELS_MOST};
        bound += solver_pricer_ask(pricer, &query).least_cents;
    }
    return bound;
}

static void any_prices_prove_a_bound(void)
{
    int solved = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t dice = seed + 7;
        MadeUp made = tiny(seed, &dice);
        const SolverProblem *problem = &made.problem;
        int64_t optimum = reference_optimum(problem);
        g_autofree double *row_price = g_new0(double, problem->row_count + 1);
        for (int32_t row = 0; row < problem->row_count; row++) {
            row_price[row] = random_price(&dice, &problem->rows[row]);
        }
        SolverPricer *pricer = solver_pricer_new(problem, row_price);
        if (optimum != INT64_MAX) {
            g_assert_cmpfloat(bound_of(pricer, problem), <=, (double)optimum + 1e-3);
            solved++;
        }
        solver_pricer_free(pricer);
        made_up_free(&made);
    }
    g_assert_cmpint(solved, >, SEEDS / 2);
}

/* One worker for three places: the next one would save what a missing person costs, whatever the LP pays the first. */
static void a_row_that_lacks_people_has_the_price_of_the_next(void)
{
    SolverSlot slot = {.start_min = 480, .end_min = 960, .work_min = 480, .late_after_min = SOLVER_NEVER};
    SolverDutyLimits limits = {.work_most_min = 720,
                               .span_most_min = 780,
                               .rest_least_min = 660,
                               .curfew_most_min = INT32_MAX,
                               .breaks = {{INT32_MAX, 0}, {INT32_MAX, 0}, {INT32_MAX, 0}}};
    SolverWorker worker = {.limits = {limits, limits}, .minutes_most = 2400};
    SolverEntry entry = {0};
    SolverRow row = {.most = 3, .wanted = 3, .below = {.pieces = 1, .rate = {5000}, .denominator = 1}};
    const int64_t begin[] = {0, 1}, coefficient[] = {1};
    const int32_t rows[] = {0};
    SolverProblem problem = {.rules = {.duty_gap_min = 480,
                                       .stretch_rest_min = 2160,
                                       .stretch_span_most_min = 7920,
                                       .night_work_most_min = 600,
                                       .night_run_long = 3,
                                       .series_duties_most = 7,
                                       .days_in_row_most = 6,
                                       .slots_a_day_most = 1},
                             .worker_count = 1,
                             .slot_count = 1,
                             .entry_count = 1,
                             .row_count = 1,
                             .workers = &worker,
                             .slots = &slot,
                             .entries = &entry,
                             .rows = &row,
                             .entry_row_begin = begin,
                             .entry_row = rows,
                             .entry_coefficient = coefficient};
    const double low = 10;
    SolverPricer *pricer = solver_pricer_new(&problem, &low);
    g_assert_cmpfloat(solver_pricer_prices(pricer)[0], ==, 5000);
    g_assert_cmpfloat(bound_of(pricer, &problem), ==, 10000);
    solver_pricer_free(pricer);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pricer/the-best-lines-are-the-best-of-all", the_best_lines_are_the_best_of_all);
    g_test_add_func("/pricer/any-prices-prove-a-bound", any_prices_prove_a_bound);
    g_test_add_func("/pricer/a-row-that-lacks-people-has-the-price-of-the-next",
                    a_row_that_lacks_people_has_the_price_of_the_next);
    return g_test_run();
}
