/*
 * Rows that every integer choice obeys anyway, but the LP does not: half the sum of two hard rows, rounded down (Gomory
 * 1958). "No more learners than holders" and "nobody beyond the headcount" make "no more learners than half the
 * headcount"; without it the LP pays half a learner with half a holder. Entries that no legal roster can hold are
 * marked.
 */
#ifndef SOLVER_TIGHTEN_H
#define SOLVER_TIGHTEN_H

#include "memory.h"
#include "solver/solver.h"

/*
 * The problem with more rows after its own, all else as it was; its arrays live in the arena or in `problem`. *pairs
 * says which rows each was made of; their prices are 0.
 */
SolverProblem tighten_rows(const SolverProblem *problem, const SolverPair **pairs, Arena *arena);

/* [entries] of a problem: those whose coefficient alone breaks a row in which nothing can make room, unless required.
 */
bool *tighten_impossible(const SolverProblem *problem, Arena *arena);

#endif
