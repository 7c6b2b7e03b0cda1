/*
 * The solver's price curves, made from the pool's prices with the smallest whole numbers (private to scheduler).
 */
#ifndef ROOSTER_CURVE_H
#define ROOSTER_CURVE_H

#include "solver/solver.h"

int64_t greatest_divisor(int64_t a, int64_t b);

/* `rate` / `denominator` cents for every unit. */
SolverCurve curve_straight(int64_t rate, int64_t denominator);

/* `near` / `denominator` cents for every unit up to `from`, `far` / `denominator` beyond it. */
SolverCurve curve_bent(int64_t near, int64_t far, int64_t from, int64_t denominator);

#endif
