/*
 * The least that a line of one worker can cost at the certificate's prices, in whole numbers.
 *
 * First backwards over time, for every number of minutes planned so far in the period: the least of what may still come
 * if duties only had to keep their distance. That is a bound from below for everything a line still lacks, and mostly
 * attained. Then forwards, depth first, only where it leaves a line at or below a threshold, which rises from the bound
 * at the beginning until a legal line is met (Korf 1985, iterative deepening A*).
 */
#ifndef SOLVER_CHECK_LEAST_H
#define SOLVER_CHECK_LEAST_H

#include "check_duty.h"

#define CHECK_HOURS_MOST (1 << 22)
#define CHECK_NONE       (INT64_MAX / 2) /* above every price of a line */

typedef struct CheckLeast {
    int64_t least;     /* CHECK_NONE: the worker has no legal line */
    int64_t steps;     /* duties tried */
    bool is_cut_short; /* out of steps: no line costs less, but perhaps none is as cheap */
    const char *fault; /* too large to be checked, or NULL */
} CheckLeast;

/* hours: what it costs the worker to have so many minutes planned in a period, in the certificate's unit. */
typedef struct CheckHours {
    int64_t minutes_step, count; /* minutes 0, step, ... (count - 1) * step */
    int32_t period_count;
    const int64_t *price; /* [periods][count]; CHECK_NONE: more than may be planned */
} CheckHours;

CheckLeast check_least(const CheckWorker *worker, const CheckHours *hours, int64_t unit, int64_t steps_most);

#endif
