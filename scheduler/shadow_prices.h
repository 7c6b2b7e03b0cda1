/*
 * The shadow prices of a plan by what they are about, so that they outlive the problem in which they were found and fit
 * another one of the same week (private to scheduler).
 */
#ifndef ROOSTER_SHADOW_PRICES_H
#define ROOSTER_SHADOW_PRICES_H

#include "rooster/worth.h"
#include "week_problem.h"

/* row_price: [rows] of the problem. */
ShadowPrices *shadow_prices_new(const WeekProblem *problem, const double *row_price);

/*
 * Those of a solve. The price of a pair of rows (SolverPair) goes to the two in halves: it asks half the sum of both,
 * so every entry that both count alike or that one counts against the other costs what it did.
 */
ShadowPrices *shadow_prices_of(const WeekProblem *problem, const SolverResult *result);

/* [rows] for a problem of the week or of one like it; 0 for rows that had no price. Caller frees. */
double *shadow_prices_rows(const ShadowPrices *prices, const WeekProblem *problem);

#endif
