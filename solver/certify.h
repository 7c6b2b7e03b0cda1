/* A certificate from the prices of a solve; checking it is solver_certificate_check (solver.h). */
#ifndef SOLVER_CERTIFY_H
#define SOLVER_CERTIFY_H

#include "memory.h"
#include "solver/solver.h"

/*
 * `tight` has rows after the first `own_rows`, each made of the rows of its pair (whose price is not looked at);
 * row_price [rows of tight]. Its arrays are the caller's to free.
 */
void certificate_make(SolverCertificate *certificate, const SolverProblem *tight, int32_t own_rows,
                      const SolverPair *pairs, const double *row_price);

#endif
