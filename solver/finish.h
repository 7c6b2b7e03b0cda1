/*
 * The exact end of a solve: the LP's prices, from the lines that are known on; a roster of the LP's weights; proof by
 * listing. The simplex grows faster than the problem, so it is for all workers of a small problem, or for a component
 * of a large one.
 */
#ifndef SOLVER_FINISH_H
#define SOLVER_FINISH_H

#include "prices.h"
#include "roster.h"

typedef struct FinishScope {
    const int32_t *workers; /* a component (components.h); NULL: all */
    int32_t worker_count;
    int64_t work_most;                          /* of the LP */
    void (*bound)(void *context, double bound); /* `prices` prove a better one */
    void (*better)(void *context);              /* the roster is better */
    void *context;
} FinishScope;

/*
 * `prices`: of the whole, with a bound; those of the scope get better or stay. Returns by how much listing lines raised
 * the bound of the whole above what the prices prove; 0: not at all.
 */
double finish(Model *model, const FinishScope *scope, Prices *prices, Roster *roster);

/* Only the proof, at the prices there are. */
double finish_proof(Model *model, const FinishScope *scope, const Prices *prices, Roster *roster);

#endif
