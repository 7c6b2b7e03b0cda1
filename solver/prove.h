/*
 * Proof by enumeration: at prices that prove the bound, a line whose reduced cost exceeds the gap between roster and
 * bound is in no better roster. If the others are few they are all listed, and an integer programme over them decides.
 */
#ifndef SOLVER_PROVE_H
#define SOLVER_PROVE_H

#include "prices.h"
#include "roster.h"

typedef struct ProveLimits {
    int32_t lines_most;  /* in all */
    int64_t labels_most; /* for each worker */
    MasterTree tree;
    double share; /* of the gap: lines that cost at most so much more than the least; 1, or nothing is proven */
} ProveLimits;

/*
 * Looks for the best roster cheaper than `roster` in scope. Improves it if one is found. *bound: no legal choice in
 * scope makes the whole cheaper than that; -INFINITY if undecided. False: too many lines, or labels, for the limits.
 */
bool prove(Model *model, const MasterScope *scope, const Prices *prices, const ProveLimits *limits, Roster *roster,
           double *bound);

#endif
