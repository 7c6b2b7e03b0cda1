/*
 * What hours, rows and entries cost: exactly, in whole cents (SolverCurve), and from below by convex piecewise-linear
 * functions for the LP.
 *
 * Rounding half up breaks convexity by up to half a cent. So the LP sees a lower function: the lower convex hull of the
 * rounded charge on the values that can occur, or the unrounded charge less half a cent where those are too many.
 * `slack` is the most by which the exact charge may exceed it.
 */
#ifndef SOLVER_CHARGE_H
#define SOLVER_CHARGE_H

#include "memory.h"
#include "solver/solver.h"

#define CHARGE_MOST INT64_C(1000000000000000) /* 10^15 cents: where charges and sums saturate */

/* Exact; 0 for units <= 0. */
int64_t charge_exact(const SolverCurve *curve, int64_t units);
SolverPeriod charge_period(const SolverWorker *worker, int32_t period);
/* Of the minutes in one period. */
int64_t charge_of_minutes(const SolverWorker *worker, int32_t period, int64_t minutes);
/* Of a line without slots. */
int64_t charge_of_nothing(const SolverWorker *worker);
int64_t charge_of_activity(const SolverRow *row, int64_t activity);
int64_t charge_add(int64_t left, int64_t right);

/* The lower function of the minutes of a worker in a period, on the grid 0, step, 2 step, ... <= most: convex in the
 * index. */
typedef struct HoursCharge {
    int64_t step, most;
    int32_t count;
    double *value; /* [count] */
    double slack;
} HoursCharge;

/* `step` must divide the minutes of all slots of the worker. */
void hours_charge_init(HoursCharge *hours, const SolverWorker *worker, int32_t period, int64_t step, int64_t most,
                       Arena *arena);

static inline double hours_charge_at(const HoursCharge *hours, int64_t minutes)
{
    return hours->value[minutes / hours->step];
}

enum { ROW_CHARGE_POINTS = 20 };

/* The lower function of the activity of a row on [at[0], at[count - 1]]: convex, linear between its points. */
typedef struct RowCharge {
    int32_t count;
    double at[ROW_CHARGE_POINTS], value[ROW_CHARGE_POINTS];
    double slack;
    int64_t least, most; /* what the entries can make of the row, and the hard limit */
    bool is_limited;     /* the hard limit is below what the entries can make of it */
} RowCharge;

/* What the entries can make of a row: the sums of its negative and of its positive coefficients; `step` divides all. */
typedef struct RowReach {
    int64_t least, greatest, step;
} RowReach;

/* [rows] The caller frees. */
RowReach *row_reaches(const SolverProblem *problem);
void row_charge_init(RowCharge *charge, const SolverRow *row, const RowReach *reach);

double row_charge_at(const RowCharge *charge, double activity);

/* min over the activity of charge + price * activity: the row's part of a Lagrangian bound, for any price. */
double row_charge_conjugate(const RowCharge *charge, double price);

/* [entries] What taking each of the entries [begin, end) costs at these row prices, hours apart. */
void entry_prices(const SolverProblem *problem, int32_t begin, int32_t end, const double *row_price,
                  double *entry_price);

/* Of both; 0 only for two zeros. */
int64_t common_divisor(int64_t left, int64_t right);

#endif
