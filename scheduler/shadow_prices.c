#include "shadow_prices.h"

#include <math.h>

/* The row's meaning in words -> its price in cents; that of fairness is for a minute, as units differ between problems.
 */
struct ShadowPrices {
    GHashTable *cents; /* char * -> double * */
};

static char *words_of(const WeekProblem *problem, const RowMeaning *meaning)
{
    const Pool *pool = problem->week->pool;
    const char *of =
        meaning->kind == ROW_FAIRNESS ? pool_coop(pool, meaning->coop)->id : pool_shift(pool, meaning->shift)->id;
    return g_strdup_printf("%d,%s,%s", (int)meaning->kind, of, meaning->certificate ? meaning->certificate : "");
}

static double unit_of(const RowMeaning *meaning)
{
    return meaning->kind == ROW_FAIRNESS ? meaning->unit_min : 1;
}

ShadowPrices *shadow_prices_new(const WeekProblem *problem, const double *row_price)
{
    ShadowPrices *prices = g_new0(ShadowPrices, 1);
    prices->cents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (int32_t row = 0; row < problem->problem.row_count; row++) {
        double cents = row_price[row] / unit_of(&problem->meaning[row]);
        g_hash_table_insert(prices->cents, words_of(problem, &problem->meaning[row]), g_memdup2(&cents, sizeof cents));
    }
    return prices;
}

ShadowPrices *shadow_prices_of(const WeekProblem *problem, const SolverResult *result)
{
    g_autofree double *row_price =
        g_memdup2(result->row_price, sizeof(double) * (gsize)MAX(1, problem->problem.row_count));
    for (int32_t i = 0; i < result->certificate.pair_count; i++) {
        const SolverPair *pair = &result->certificate.pairs[i];
        double half = ldexp((double)pair->price, -result->certificate.bits) / 2;
        row_price[pair->first] += half;
        row_price[pair->second] += half;
    }
    return shadow_prices_new(problem, row_price);
}

void shadow_prices_free(ShadowPrices *prices)
{
    if (!prices)
        return;
    g_hash_table_unref(prices->cents);
    g_free(prices);
}

double *shadow_prices_rows(const ShadowPrices *prices, const WeekProblem *problem)
{
    double *row_price = g_new0(double, problem->problem.row_count + 1);
    for (int32_t row = 0; row < problem->problem.row_count; row++) {
        g_autofree char *words = words_of(problem, &problem->meaning[row]);
        const double *cents = g_hash_table_lookup(prices->cents, words);
        row_price[row] = cents ? *cents * unit_of(&problem->meaning[row]) : 0;
    }
    return row_price;
}
