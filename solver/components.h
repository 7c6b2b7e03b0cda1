/*
 * The connected components of a problem: workers who meet in some row, and whoever they meet in another. What one
 * component does neither costs nor hinders another, so each has prices, a bound and a best roster of its own.
 */
#ifndef SOLVER_COMPONENTS_H
#define SOLVER_COMPONENTS_H

#include "memory.h"
#include "solver/solver.h"

typedef struct Components {
    int32_t count;
    int32_t *begin;   /* [count + 1] into workers */
    int32_t *workers; /* by component, in order of its first worker; rising within it */
} Components;

/* A worker without rows is a component alone. The arrays are the arena's. */
Components components_find(const SolverProblem *problem, Arena *arena);

#endif
