/*
 * A solve record's way from and to the optimiser (private to scheduler); rooster/solve_record.h is what it is.
 */
#ifndef ROOSTER_SOLVE_RECORD_PRIVATE_H
#define ROOSTER_SOLVE_RECORD_PRIVATE_H

#include "rooster/solve_record.h"
#include "week_problem.h"

/* start: the roster whose pins the problem keeps, or NULL. Status and time are the caller's to set. */
SolveRecord *solve_record_of(const WeekProblem *problem, const SolverResult *result, const Roster *start,
                             const char *fingerprint);
/* Of one of several weeks that were planned as one: its prices and its part of the lines. A bound it has none. */
SolveRecord *solve_record_of_part(const WeekProblem *problem, int place, const SolverResult *result,
                                  const Roster *start, const char *fingerprint);

/*
 * Where to start: the record's prices and lines as far as they still mean something. A row that the record does not
 * know begins at what a person too few costs. The arrays are the problem's.
 */
void solve_record_start(const SolveRecord *record, WeekProblem *problem, SolverStart *start);

/* SHA-256 of all that the optimiser sees, in hexadecimal: equal for equal problems. Caller frees. */
char *week_problem_fingerprint(const WeekProblem *problem);

/* The static name of what the row's price is about. */
const char *row_kind_name(const RowMeaning *meaning);

/* The static name of a kind of price, or NULL. */
const char *record_price_kind(const char *name);

#endif
