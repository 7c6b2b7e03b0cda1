/*
 * What shadow prices promise, against solving again: no certificate and no guaranteed hour gains more than the prices
 * say and the gap leaves; a worker's best weeks are lawful and cost what they are said to.
 */
#include "rooster/worth.h"

#include "rooster/generate.h"
#include "rooster/plan.h"
#include "rooster/rules.h"
#include "test_pool.h"

#include <math.h>
#include <string.h>

enum { SEEDS = 5, WORKERS = 12, WORK = 40000 };

typedef struct Planned {
    Pool *pool;
    Week *week;
    PlanResult *plan;
    Worth *worth;
} Planned;

static PlanResult *plan(const Week *week)
{
    g_autoptr(GError) error = NULL;
    PlanOptions options = {.work = WORK, .threads = 1, .seed = 1};
    PlanResult *result = plan_week(week, &options, &error);
    g_assert_no_error(error);
    return result;
}

static Planned planned_new(uint64_t seed)
{
    g_autoptr(GError) error = NULL;
    GenerateOptions options = {
        .workers = WORKERS, .seed = seed, .week = {iso_week_of(day_from_civil(2026, 11, 30)).monday}};
    Planned planned = {.pool = generate_pool(&options, &error)};
    g_assert_no_error(error);
    planned.week = week_new(planned.pool, options.week, NULL);
    planned.plan = plan(planned.week);
    planned.worth = worth_new(planned.week, planned.plan->roster, planned.plan->record);
    return planned;
}

static void planned_clear(Planned *planned)
{
    worth_free(planned->worth);
    plan_result_free(planned->plan);
    week_free(planned->week);
    pool_free(planned->pool);
}

/* The cost of the best roster found if the pool is another one. */
static int64_t cost_with(const Planned *planned, Pool *pool)
{
    g_autoptr(Week) week = week_new(pool, planned->week->week, NULL);
    g_autoptr(PlanResult) result = plan(week);
    int64_t cents = result->cost_cents;
    return cents;
}

static int64_t cost_with_certificate(const Planned *planned, guint worker, const char *name)
{
    g_autoptr(Pool) pool = pool_copy_open(planned->pool);
    Certificate held = {name, DAY_MIN, DAY_MAX, CERTIFICATE_HOLDER};
    pool_add_certificate(pool, worker, &held, NULL);
    pool_close(pool);
    return cost_with(planned, pool);
}

static void the_prices_prove_the_bound(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        Planned planned = planned_new(seed);
        double bound = worth_bound_cents(planned.worth);
        g_assert_true(worth_is_current(planned.worth));
        g_assert_cmpfloat(bound, <=, (double)planned.plan->cost_cents + 1e-3);
        g_assert_cmpfloat(bound, >=, 0.9 * (double)planned.plan->bound_cents);
        planned_clear(&planned);
    }
}

/* Sums for Pearson's coefficient. */
typedef struct Correlation {
    double n, x, y, xx, yy, xy;
} Correlation;

static void correlate(Correlation *sum, double x, double y)
{
    sum->n++;
    sum->x += x;
    sum->y += y;
    sum->xx += x * x;
    sum->yy += y * y;
    sum->xy += x * y;
}

static double coefficient(const Correlation *sum)
{
    return (sum->n * sum->xy - sum->x * sum->y) /
           sqrt((sum->n * sum->xx - sum->x * sum->x) * (sum->n * sum->yy - sum->y * sum->y));
}

static double training_cents(const GPtrArray *list, guint worker, const char *name)
{
    for (guint i = 0; i < list->len; i++) {
        const WorthTraining *training = g_ptr_array_index(list, i);
        if (training->worker == worker && strcmp(training->certificate, name) == 0)
            return training->cents;
    }
    return 0;
}

static void no_training_gains_more_than_the_priced_line(void)
{
    static const char *const names[] = {"BHV", "VOG", "HELPENDE"};
    Correlation sum = {0};
    int useful = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        Planned planned = planned_new(seed);
        guint skipped;
        g_autoptr(GPtrArray) list = worth_training(planned.worth, &skipped);
        g_assert_cmpuint(skipped, ==, 0);
        double bound = worth_bound_cents(planned.worth);
        for (guint worker = 0; worker < WORKERS; worker += 2) {
            const char *name = names[worker / 2 % G_N_ELEMENTS(names)];
            double priced = training_cents(list, worker, name);
            int64_t cents = cost_with_certificate(&planned, worker, name);
            /* the least cost with it >= bound at the prices - priced gain; below a cent nothing is listed */
            g_assert_cmpfloat((double)cents, >=, bound - priced - 1 - 1e-3);
            correlate(&sum, priced, (double)(planned.plan->cost_cents - cents));
            useful += priced > 0;
        }
        for (guint i = 0; i < MIN(list->len, 3); i++) { /* the dearest, too */
            const WorthTraining *training = g_ptr_array_index(list, i);
            int64_t cents = cost_with_certificate(&planned, training->worker, training->certificate);
            g_assert_cmpfloat((double)cents, >=, bound - training->cents - 1e-3);
            g_assert_true(i == 0 || training->cents <= ((WorthTraining *)g_ptr_array_index(list, i - 1))->cents);
            correlate(&sum, training->cents, (double)(planned.plan->cost_cents - cents));
            useful++;
        }
        planned_clear(&planned);
    }
    g_test_message("%g pairs, %d of use, correlation %.3f", sum.n, useful, coefficient(&sum));
    g_assert_cmpint(useful, >, 15);
    g_assert_cmpfloat(coefficient(&sum), >, 0.8);
}

static void no_guaranteed_hour_gains_more_than_its_price(void)
{
    for (uint64_t seed = 1; seed <= 2; seed++) {
        Planned planned = planned_new(seed);
        g_autoptr(GArray) contracts = worth_contracts(planned.worth);
        double bound = worth_bound_cents(planned.worth);
        g_assert_cmpuint(contracts->len, ==, WORKERS);
        for (guint i = 0; i < contracts->len; i += 3) {
            const WorthContract *contract = &g_array_index(contracts, WorthContract, i);
            for (int more = 0; more < 2; more++) {
                if (!(more ? contract->has_more : contract->has_fewer))
                    continue;
                g_autoptr(Pool) pool = pool_copy_open(planned.pool);
                pool_worker(pool, i)->contract_min += more ? DECIMAL_ONE : -DECIMAL_ONE;
                pool_close(pool);
                double priced = more ? contract->more_cents : contract->fewer_cents;
                g_assert_cmpfloat((double)cost_with(&planned, pool), >=, bound - priced - 1e-3);
            }
        }
        planned_clear(&planned);
    }
}

/* --- a worker's week */

static double own_cost(const Planned *planned, guint worker, const GArray *shifts)
{
    Cost cost = {0};
    int64_t minutes = 0;
    for (guint i = 0; i < shifts->len; i++) {
        guint shift = g_array_index(shifts, guint, i);
        cost_add_assignment(planned->week, shift, worker, &cost);
        minutes += shift_paid_min(pool_shift(planned->pool, shift));
    }
    cost_add_hours(planned->week, worker, minutes, &cost);
    return (double)cost_total(&cost);
}

static GArray *present_shifts(const Planned *planned, guint worker)
{
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < planned->plan->roster->assignments->len; i++)
        if (roster_at(planned->plan->roster, i)->worker == worker)
            g_array_append_val(shifts, roster_at(planned->plan->roster, i)->shift);
    return shifts;
}

static void assert_lawful(const Planned *planned, guint worker, const WorthWeek *week)
{
    g_autoptr(GPtrArray) violations =
        rules_check_line(planned->week, worker, (const guint *)(const void *)week->shifts->data, week->shifts->len);
    g_assert_cmpuint(violations->len, ==, 0);
}

static void the_next_best_weeks_are_lawful_and_dearer_in_order(void)
{
    int days_otherwise = 0;
    Planned planned = planned_new(3);
    for (guint worker = 0; worker < WORKERS; worker++) {
        g_autoptr(WorthLine) line = worth_line(planned.worth, worker, 4);
        g_autoptr(GArray) present = present_shifts(&planned, worker);
        g_assert_nonnull(line);
        g_assert_cmpfloat_with_epsilon(line->own_cents, own_cost(&planned, worker, present), 1.01);
        g_assert_cmpfloat(line->best->cents, <=, 1e-3);
        assert_lawful(&planned, worker, line->best);
        for (guint i = 0; i < line->next->len; i++) {
            const WorthWeek *week = g_ptr_array_index(line->next, i),
                            *before = i ? g_ptr_array_index(line->next, i - 1) : NULL;
            assert_lawful(&planned, worker, week);
            g_assert_cmpfloat(week->cents, >=, (before ? before->cents : line->best->cents) - 1e-6);
        }
        for (int day = 0; day < 7; day++) {
            if (!line->days[day].otherwise)
                continue;
            assert_lawful(&planned, worker, line->days[day].otherwise);
            g_assert_cmpfloat(line->days[day].otherwise->cents, >=, line->best->cents - 1e-6);
            days_otherwise++;
        }
    }
    g_assert_cmpint(days_otherwise, >, WORKERS);
    planned_clear(&planned);
}

/* --- by hand */

static double hour(const GPtrArray *all, guint set, int half)
{
    const WorthHours *hours = g_ptr_array_index(all, set);
    return hours->half[half].is_asked ? hours->half[half].cents : -1;
}

/* Two short shifts on Monday morning: anyone is worth 100 euro an hour, a holder of X 200. */
static void a_certificate_is_scarce_where_an_hour_with_it_is_worth_more(void)
{
    g_autoptr(TestPool) test =
        test_pool_new("mon 08:00-12:00 x2: -, mon 08:00-12:00 [X] !high: -, tue 13:00-17:00 [X] !low: -",
                      "price unfair=0 travel_km=0; unavailable mon,tue 06:00-20:00; "
                      "v: unavailable mon,tue 06:00-20:00; u: unavailable mon,tue 06:00-20:00");
    g_autoptr(PlanResult) result = plan(test->week);
    g_autoptr(Worth) worth = worth_new(test->week, result->roster, result->record);
    g_autoptr(GPtrArray) all = worth_hours(worth);
    g_assert_cmpfloat(worth_shift_cents(worth, 0), ==, 40000);
    g_assert_cmpfloat(worth_shift_cents(worth, 1), ==, 80000);
    g_assert_cmpuint(all->len, ==, 2);
    g_assert_cmpfloat(hour(all, 0, 0), ==, 10000);
    g_assert_cmpfloat(hour(all, 1, 0), ==, 20000);
    g_assert_cmpfloat(hour(all, 0, 1), ==, -1);
    g_assert_cmpfloat(hour(all, 0, 3), ==, -1);
    g_assert_cmpfloat(hour(all, 1, 3), ==, 6000);
    g_assert_true(((WorthHours *)g_ptr_array_index(all, 1))->half[0].is_scarce);
    g_assert_true(((WorthHours *)g_ptr_array_index(all, 0))->half[0].is_scarce);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/worth/the-prices-prove-the-bound", the_prices_prove_the_bound);
    g_test_add_func("/worth/no-training-gains-more-than-the-priced-line", no_training_gains_more_than_the_priced_line);
    g_test_add_func("/worth/no-guaranteed-hour-gains-more-than-its-price",
                    no_guaranteed_hour_gains_more_than_its_price);
    g_test_add_func("/worth/the-next-best-weeks-are-lawful-and-dearer-in-order",
                    the_next_best_weeks_are_lawful_and_dearer_in_order);
    g_test_add_func("/worth/a-certificate-is-scarce-where-an-hour-with-it-is-worth-more",
                    a_certificate_is_scarce_where_an_hour_with_it_is_worth_more);
    return g_test_run();
}
