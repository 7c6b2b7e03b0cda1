/*
 * A dense programme over days: the exact best completion of a relaxation of one worker's line that knows the day rules
 * (days on and off in a row, weekends, forbidden successions, some types' numbers) and minutes, for workers with at
 * most one slot a day. It guides and bounds the label setting (label.c) as the table of nodes and minutes does for
 * others; there rests and duties matter most, here these.
 *
 *   E[day][class][run][weekends][count][minutes]  best completion after working on `day`
 *   S[day][weekends][count][minutes]              best completion that begins a new row of days on `day` or later
 *
 * A class is the nodes of a day that the same nodes may follow; a group is the nodes of a class with the same minutes,
 * predecessors and counted type, of which only the cheapest matters. Which types are counted is decided as it turns out
 * that a relaxed line breaks their limits (decremental state space relaxation: Righini, Salani 2008); where that would
 * make too many states, a multiplier on the type's number pulls the relaxed line towards its limit. Minutes, weekends
 * and runs are kept within the band that can be reached and from which the least minutes can still be reached. Minutes
 * are those of the day's period: where the next day worked is in another one, the charge on this one is added and they
 * begin at 0 again (the least minutes of the whole line are then left to the labels).
 */
#ifndef SOLVER_DAYS_H
#define SOLVER_DAYS_H

#include "network.h"

typedef struct Days Days;

/* NULL if the worker has no day rules, or slots for which the relaxation would be wrong or too large. */
Days *days_new(const Network *network, const SolverProblem *problem, Arena *arena);

/* How many numbers the tables hold, with the types counted now. */
size_t days_table_size(const Days *days);

/* Fills the tables at these node prices. Returns the least price of any line, by the relaxation. */
double days_fill(Days *days, const double *node_price, double *table);

/* The best completion after `node` that follows `state` (before reading the node), with `column` minutes after it. */
double days_completion(const Days *days, const double *table, const LineState *state, int32_t node, int32_t column);

/*
 * Makes the relaxation stricter where its best line breaks the limit of a type: counts one more type, or moves the
 * multipliers by a subgradient step that would close `room`. False: no limit is broken. The tables must then be filled
 * anew.
 */
bool days_tighten(Days *days, const double *table, double room);

/*
 * Of several fillings at the same prices the best bound counts. days_note: the multipliers now give `least` (is_first:
 * forget the ones before). days_set_best: sets those of the best; true if they were others, and the tables must be
 * filled anew.
 */
void days_note(Days *days, double least, bool is_first);
bool days_set_best(Days *days);

#endif
