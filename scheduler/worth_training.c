/*
 * What a certificate in a worker's hands, or an hour more in a contract, is worth: the worker's best week with it
 * against the best without, at the same prices ("the priced line").
 *
 * With p the prices, z the least cost of the week and z' with the certificate: z' >= rows(p) + sum of the others' least
 * + the worker's least with it. So z' >= bound(p) - worth: no roster gains more than the worth and what is left of the
 * gap. Means of shadow prices per certificate promise no such thing: a shift's price says nothing of who has time for
 * it.
 */
#include "worth_parts.h"

#include "shadow_prices.h"

#include <math.h>
#include <string.h>

/* --- a certificate */

static void training_free(gpointer data)
{
    WorthTraining *training = data;
    g_array_unref(training->shifts);
    g_free(training);
}

static GPtrArray *certificates_asked(const Week *week)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint at = 0; at < week->shifts->len; at++) {
        const Shift *shift = pool_shift(week->pool, g_array_index(week->shifts, guint, at));
        const char **lists[] = {shift->certificates, shift->team_certificates};
        for (guint i = 0; i < G_N_ELEMENTS(lists) && shift->headcount > 0; i++)
            for (const char **name = lists[i]; *name; name++)
                if (!g_ptr_array_find_with_equal_func(names, *name, g_str_equal, NULL))
                    g_ptr_array_add(names, (gpointer)*name);
    }
    return names;
}

static gboolean holds_all_week(const Week *week, const Worker *worker, const char *name)
{
    for (Day day = week->week.monday; day <= week->week.monday + 7; day++) /* a Sunday night ends on Monday */
        if (worker_level(worker, name, day) != CERTIFICATE_HOLDER)
            return FALSE;
    return TRUE;
}

/* The week of a pool in which everybody holds the certificate; all else is shared with the real one. */
typedef struct Wish {
    Pool pool;
    Week week;
    GPtrArray *certificates; /* per worker: GArray of Certificate */
} Wish;

static void wish_init(Wish *wish, const Week *week, const char *name)
{
    *wish = (Wish){.pool = *week->pool, .week = *week};
    wish->certificates = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    wish->pool.workers = g_array_copy(week->pool->workers);
    Certificate held = {name, DAY_MIN, DAY_MAX, CERTIFICATE_HOLDER};
    for (guint i = 0; i < wish->pool.workers->len; i++) {
        Worker *worker = pool_worker(&wish->pool, i);
        worker->certificates = g_array_copy(worker->certificates);
        g_array_append_val(worker->certificates, held);
        g_ptr_array_add(wish->certificates, worker->certificates);
    }
    wish->week.pool = &wish->pool;
}

static void wish_clear(Wish *wish)
{
    g_array_unref(wish->pool.workers);
    g_ptr_array_unref(wish->certificates);
}

static void try_worker(Worth *worth, const WeekProblem *problem, SolverPricer *pricer, guint worker, const char *name,
                       GPtrArray *found, guint *skipped)
{
    double without;
    SolverLineQuery query = {.worker = (int32_t)worker, .with = -1, .lines_most = 1, .labels_most = WORTH_LABELS};
    SolverLineAnswer with = solver_pricer_ask(pricer, &query);
    if (!worth_least(worth, worker, &without) || !with.is_complete) {
        (*skipped)++;
        return;
    }
    if (with.line_count == 0 || without - with.least_cents < 1)
        return;
    WorthTraining *training = g_new0(WorthTraining, 1);
    *training = (WorthTraining){worker, name, without - with.least_cents, worth_shifts(problem, &with.lines[0])};
    g_ptr_array_add(found, training);
}

static int training_compare(gconstpointer left, gconstpointer right)
{
    const WorthTraining *a = *(const WorthTraining *const *)left, *b = *(const WorthTraining *const *)right;
    if (a->cents != b->cents)
        return a->cents > b->cents ? -1 : 1;
    if (a->worker != b->worker)
        return a->worker < b->worker ? -1 : 1;
    return strcmp(a->certificate, b->certificate);
}

GPtrArray *worth_training(Worth *worth, guint *skipped)
{
    const Week *week = worth->week;
    GPtrArray *found = g_ptr_array_new_with_free_func(training_free);
    g_autoptr(GPtrArray) names = certificates_asked(week);
    g_autoptr(ShadowPrices) prices =
        shadow_prices_new(worth->problem, solver_pricer_prices(worth->pricer)); /* raised where they had to be */
    *skipped = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        Wish wish;
        wish_init(&wish, week, name);
        g_autoptr(WeekProblem) problem = week_problem_new(&wish.week, worth->roster);
        g_autofree double *row_price = shadow_prices_rows(prices, problem);
        SolverPricer *pricer = solver_pricer_new(&problem->problem, row_price);
        for (guint worker = 0; worker < week->pool->workers->len; worker++)
            if (!holds_all_week(week, pool_worker(week->pool, worker), name))
                try_worker(worth, problem, pricer, worker, name, found, skipped);
        solver_pricer_free(pricer);
        wish_clear(&wish);
    }
    g_ptr_array_sort(found, training_compare);
    return found;
}

/* --- a contract */

/* The problem with every guarantee longer by so many minutes, and a pricer for it at the same prices. */
typedef struct Guarantee {
    SolverProblem problem;
    SolverWorker *workers;
    SolverPricer *pricer;
} Guarantee;

static void guarantee_init(Guarantee *guarantee, const Worth *worth, int64_t more_min)
{
    guarantee->problem = worth->problem->problem;
    guarantee->workers =
        g_memdup2(guarantee->problem.workers, sizeof(SolverWorker) * (gsize)MAX(1, guarantee->problem.worker_count));
    for (int32_t i = 0; i < guarantee->problem.worker_count; i++)
        guarantee->workers[i].minutes_wanted += more_min * guarantee->workers[i].unit_per_min;
    guarantee->problem.workers = guarantee->workers;
    guarantee->pricer = solver_pricer_new(&guarantee->problem, solver_pricer_prices(worth->pricer));
}

static void guarantee_clear(Guarantee *guarantee)
{
    solver_pricer_free(guarantee->pricer);
    g_free(guarantee->workers);
}

static gboolean gain(const Guarantee *guarantee, guint worker, double least, double *cents)
{
    SolverLineQuery query = {.worker = (int32_t)worker, .with = -1, .lines_most = 1, .labels_most = WORTH_LABELS};
    SolverLineAnswer answer = solver_pricer_ask(guarantee->pricer, &query);
    *cents = answer.line_count > 0 ? least - answer.least_cents : 0;
    return answer.is_complete && answer.line_count > 0;
}

GArray *worth_contracts(Worth *worth)
{
    const Pool *pool = worth->week->pool;
    GArray *contracts = g_array_new(FALSE, FALSE, sizeof(WorthContract));
    Guarantee more, fewer;
    guarantee_init(&more, worth, 60);
    guarantee_init(&fewer, worth, -60);
    for (guint i = 0; i < pool->workers->len; i++) {
        const Worker *worker = pool_worker(pool, i);
        WorthContract contract = {.worker = i};
        SolverLineQuery query = {.worker = (int32_t)i, .with = -1, .lines_most = 1, .labels_most = WORTH_LABELS};
        SolverLineAnswer now = solver_pricer_ask(worth->pricer, &query);
        if (now.is_complete && now.line_count > 0) {
            contract.best_min = now.lines[0].minutes;
            contract.has_more = worker->contract_min + DECIMAL_ONE <= worker->contract_max &&
                                gain(&more, i, now.least_cents, &contract.more_cents);
            contract.has_fewer =
                worker->contract_min >= DECIMAL_ONE && gain(&fewer, i, now.least_cents, &contract.fewer_cents);
        }
        g_array_append_val(contracts, contract);
    }
    guarantee_clear(&more);
    guarantee_clear(&fewer);
    return contracts;
}
