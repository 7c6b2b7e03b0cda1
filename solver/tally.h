/*
 * Tallies (solver.h) in the pricing: which of them can bind, how much of each can still come after a node, and whether
 * what one label has counted leaves it as free as another. The tables that bound labels know nothing of them: a bound
 * without a limit is true, if loose.
 */
#ifndef SOLVER_TALLY_H
#define SOLVER_TALLY_H

#include "network.h"

/* False: the slot is in no line of the worker, by a tally alone. */
bool tally_allows(const SolverWorker *worker, const SolverSlot *slot);
/* The model watches only what some line over these slots (in order of start) could break. */
void tally_choose(LineModel *model, const SolverSlot *const *slots, int32_t count, Arena *arena);
/* Fills network->tallied_ahead, once the nodes are linked. */
void tally_look_ahead(Network *network, Arena *arena);
/* Whether, as far as tallies go, `a` can do whatever `b` can; both stand at the node. */
bool tally_is_as_free(const Network *network, const NetworkNode *node, const LineState *a, const LineState *b);

#endif
