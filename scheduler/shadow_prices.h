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

/* [rows] for a problem of the week or of one like it; 0 for rows that had no price. Caller frees. */
double *shadow_prices_rows(const ShadowPrices *prices, const WeekProblem *problem);

#endif
