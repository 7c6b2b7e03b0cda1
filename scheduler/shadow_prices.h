/*
 * The shadow prices that a solve record holds, for any problem of the week or one like it (private to scheduler).
 */
#ifndef ROOSTER_SHADOW_PRICES_H
#define ROOSTER_SHADOW_PRICES_H

#include "rooster/solve_record.h"
#include "week_problem.h"

/* Prices by what they are about. */
typedef struct ShadowPrices ShadowPrices;

/*
 * Those of the record. The price of a pair of rows goes to the two in halves: it asks half the sum of both, so every
 * entry that both count alike, or that one counts against the other, costs what it did.
 */
ShadowPrices *shadow_prices_of(const SolveRecord *record);
/* row_price: [rows] of the problem. */
ShadowPrices *shadow_prices_new(const WeekProblem *problem, const double *row_price);
void shadow_prices_free(ShadowPrices *prices);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShadowPrices, shadow_prices_free)

/* [rows] for a problem; 0 for rows that had no price. Caller frees. */
double *shadow_prices_rows(const ShadowPrices *prices, const WeekProblem *problem);

#endif
