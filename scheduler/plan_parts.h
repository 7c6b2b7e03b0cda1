/*
 * What the files of planning share (private to scheduler).
 */
#ifndef ROOSTER_PLAN_PARTS_H
#define ROOSTER_PLAN_PARTS_H

#include "rooster/plan.h"
#include "week_problem.h"

/* FALSE with PLAN_ERROR_PINS if somebody has required work that they may not take at all. */
gboolean plan_pins_may_stay(const WeekProblem *problem, GError **error);

/* Of PlanStatistic. Caller frees. */
GArray *plan_statistics(const SolverStatistics *statistics);

#endif
