/*
 * The rules again, slowly and plainly: a second reading of solver.h that shares no code with the solver. A whole line
 * is laid out and each rule looks at all of it; the best roster is found by trying every one.
 */
#ifndef TESTS_SOLVER_REFERENCE_H
#define TESTS_SOLVER_REFERENCE_H

#include "solver/solver.h"

bool reference_line_is_legal(const SolverProblem *problem, int32_t worker, const int32_t *entries, int32_t count);
int64_t reference_cost(const SolverProblem *problem, const int32_t *chosen, int32_t count);
/* The least cost of any legal roster, by exhaustion; INT64_MAX if there is none. */
int64_t reference_optimum(const SolverProblem *problem);
/* Lines legal, rows kept, nothing twice. NULL, or what is wrong. */
const char *reference_roster_fault(const SolverProblem *problem, const int32_t *chosen, int32_t count);

#endif
