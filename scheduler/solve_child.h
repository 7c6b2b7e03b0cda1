/*
 * A solve in a child process: what may be long, may eat memory or may abort (GLPK does on its own faults) must not take
 * the program with it (private to scheduler).
 *
 * The parent sends one line of options, the problem, and a start if there is one; the child answers with frames: 'P'
 * and a SolverProgress, 'E' and a SolverEvent (if events are wanted), both without their pointers, any number of times,
 * then 'R' and the result. SIGTERM makes the child stop with the best it has.
 */
#ifndef ROOSTER_SOLVE_CHILD_H
#define ROOSTER_SOLVE_CHILD_H

#include "rooster/plan.h"

#include "solver/solver.h"

/* What is done while a child looks for the answer; where there is none, before the search. */
typedef struct SolveMeanwhile {
    void (*call)(gpointer context); /* NULL: nothing */
    gpointer context;
} SolveMeanwhile;

/*
 * Solves in a child `program solve-worker`. PLAN_ERROR_CHILD if it cannot be started, dies, talks nonsense, or is
 * silent for long beyond its clock. Caller frees the result. The process must ignore SIGPIPE.
 */
SolverResult *solve_in_child(const char *program, const SolverProblem *problem, const SolverOptions *options,
                             SolveMeanwhile meanwhile, GError **error);

/* In a child process of `program` or, where that is NULL, in this one. */
SolverResult *solve_anywhere(const char *program, const SolverProblem *problem, const SolverOptions *options,
                             SolveMeanwhile meanwhile, GError **error);

#endif
