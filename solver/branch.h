/*
 * Branch and price: the best roster where column generation alone leaves weights between lines.
 *
 * A node is a list of decisions: a worker takes one of these entries, or none of them. Lines that obey are priced as
 * everywhere, with entries that are ruled out left out and those that are asked for paid a premium no line can do
 * without; so the bound of a node is as true as that of the whole. Barnhart, Johnson, Nemhauser, Savelsbergh, Vance
 * (1998).
 */
#ifndef SOLVER_BRANCH_H
#define SOLVER_BRANCH_H

#include "prices.h"
#include "roster.h"

typedef struct BranchLimits {
    int32_t nodes_most;
    int64_t work_most; /* 0: no limit */
    int64_t labels_most;
    const bool *is_frozen;           /* [entries] taken or not as in the roster; NULL: none */
    void (*improved)(void *context); /* the roster is better; NULL: nobody wants to know */
    void *context;
} BranchLimits;

/*
 * Looks for the best roster cheaper than `roster` in scope, from prices on, which may have
 * no bound. Improves it whenever
 * one is found. *bound: no legal choice in scope makes the whole cheaper than that; true at every limit.
 */
void branch(Model *model, const MasterScope *scope, const Prices *prices, const BranchLimits *limits, Roster *roster,
            double *bound);

#endif
