#include "shadow_prices.h"

#include "solve_record.h"

#include <math.h>

/* What a price is about, in words -> its cents: for a person; fairness for a minute, as units differ between problems.
 */
struct ShadowPrices {
    GHashTable *cents; /* char * -> double * */
};

static char *words_of(const char *kind, const char *id, const char *certificate)
{
    return g_strdup_printf("%s\n%s\n%s", kind, id, certificate ? certificate : "");
}

static char *words_of_row(const WeekProblem *problem, const RowMeaning *meaning)
{
    const Pool *pool = problem->week->pool;
    const char *id =
        meaning->kind == ROW_FAIRNESS ? pool_coop(pool, meaning->coop)->id : pool_shift(pool, meaning->shift)->id;
    return words_of(row_kind_name(meaning), id, meaning->certificate);
}

static double unit_of(const RowMeaning *meaning)
{
    return meaning->kind == ROW_FAIRNESS ? meaning->unit_min : 1;
}

static ShadowPrices *prices_new(void)
{
    ShadowPrices *prices = g_new0(ShadowPrices, 1);
    prices->cents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return prices;
}

static void set_price(ShadowPrices *prices, char *words, double cents)
{
    g_hash_table_insert(prices->cents, words, g_memdup2(&cents, sizeof cents));
}

ShadowPrices *shadow_prices_new(const WeekProblem *problem, const double *row_price)
{
    ShadowPrices *prices = prices_new();
    for (int32_t row = 0; row < problem->problem.row_count; row++)
        set_price(prices, words_of_row(problem, &problem->meaning[row]),
                  row_price[row] / unit_of(&problem->meaning[row]));
    return prices;
}

ShadowPrices *shadow_prices_of(const SolveRecord *record)
{
    ShadowPrices *prices = prices_new();
    guint rows = record->prices->len;
    g_autofree double *pairs = g_new0(double, rows + 1);
    for (guint i = 0; i < record->pairs->len; i++) { /* the record's prices are those of the rows, in order */
        const RecordPair *pair = &g_array_index(record->pairs, RecordPair, i);
        double half = ldexp((double)pair->price, -record->bits) / 2;
        if (pair->first < 0 || pair->second < 0 || (guint)pair->first >= rows || (guint)pair->second >= rows)
            continue;
        pairs[pair->first] += half;
        pairs[pair->second] += half;
    }
    for (guint i = 0; i < rows; i++) {
        const RecordPrice *price = g_ptr_array_index(record->prices, i);
        set_price(prices, words_of(price->kind, price->id, price->certificate), price->cents + pairs[i]);
    }
    return prices;
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
        g_autofree char *words = words_of_row(problem, &problem->meaning[row]);
        const double *cents = g_hash_table_lookup(prices->cents, words);
        row_price[row] = cents ? *cents * unit_of(&problem->meaning[row]) : 0;
    }
    return row_price;
}
