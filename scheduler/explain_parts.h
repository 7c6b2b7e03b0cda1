/*
 * What the explanations share (private to scheduler): a roster seen worker by worker, what one step newly breaks, what
 * it costs. A step touches few workers and shifts, so only those are judged and priced again, not the whole roster.
 */
#ifndef ROOSTER_EXPLAIN_PARTS_H
#define ROOSTER_EXPLAIN_PARTS_H

#include "rooster/explain.h"

/* The workers of a roster, each with their shifts and what is broken already. */
typedef struct Standing {
    const Week *week;
    const Roster *roster;
    GPtrArray *shifts; /* per worker: GArray of guint */
    GPtrArray *broken; /* per worker: GPtrArray of Violation; NULL until it is asked for */
    LineJudge *judge;
    int64_t *planned_min; /* per worker */
} Standing;

void standing_init(Standing *standing, const Week *week, const Roster *roster);
void standing_clear(Standing *standing);
static inline const GArray *standing_shifts(const Standing *standing, guint worker)
{
    return g_ptr_array_index(standing->shifts, worker);
}

/* FALSE where certificates, wishes or absence alone keep the worker off the shift: settles most at little cost. */
gboolean worker_may_take(const Week *week, guint shift, guint worker);

/* What the worker's line newly breaks without one shift (or PIECE_NO_SHIFT) and with another. Caller unrefs. */
GPtrArray *standing_line_blocks(Standing *standing, guint worker, guint without, guint with);

/* Whether that is nothing; much sooner told than what it is. */
gboolean standing_line_is_free(Standing *standing, guint worker, guint without, guint with);

/* What `after` breaks that `before` did not; takes `after`. */
GPtrArray *new_violations(const GPtrArray *before, GPtrArray *after);

/* The worker's own part of the cost: hours and assignment. Without one shift and with another, less what is now. */
void standing_add_line(const Standing *standing, guint worker, guint without, guint with, Cost *cost);

/* What one more person on the shift does to the fairness of its coop, whoever it is. The trial comes out as it was. */
Cost price_of_coop(const Week *week, Roster *trial, guint shift);

/* As explain_smallest_change, but of no more than so many steps, 1 or 2: the second is what makes it dear. */
GArray *smallest_change(const Week *week, const Roster *roster, guint shift, guint steps_most, int64_t *price_cents);

/* *cost += after - before */
void cost_add_difference(const Cost *after, const Cost *before, Cost *cost);

#endif
