/*
 * What the files of planning share (private to scheduler).
 */
#ifndef ROOSTER_PLAN_PARTS_H
#define ROOSTER_PLAN_PARTS_H

#include "rooster/plan.h"
#include "week_problem.h"

/* FALSE with PLAN_ERROR_PINS if somebody has required work that they may not take at all. */
gboolean plan_pins_may_stay(const WeekProblem *problem, GError **error);

/* FALSE with PLAN_ERROR_PINS: what the solver found infeasible. */
gboolean plan_refuse_infeasible(const WeekProblem *problem, const SolverResult *result, GError **error);

/*
 * In this process or in a child; NULL on a fault. The caller frees the result (solver_result_free). *fingerprint gets
 * the problem's, made while the child searches, for the record of the solve; NULL where there is to be none.
 */
SolverResult *plan_solve(WeekProblem *problem, const PlanOptions *options, char **fingerprint, GError **error);

/* The second judge: what the optimiser gives is looked at by code it does not share. PLAN_ERROR_CHILD if it fails. */
gboolean plan_passes_rules(const Week *week, const Roster *roster, GError **error);
gboolean plan_passes_cost(int64_t solver_cents, int64_t cost_cents, int64_t bound_cents, GError **error);

/* Of PlanStatistic. Caller frees. */
GArray *plan_statistics(const SolverStatistics *statistics);

#endif
