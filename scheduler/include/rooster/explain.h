/*
 * Explanations: who could take a shift and why the others cannot; why a shift is short and the smallest change that would fill it;
 * what a worker's week is made of.
 */
#ifndef ROOSTER_EXPLAIN_H
#define ROOSTER_EXPLAIN_H

#include "rooster/cost.h"
#include "rooster/rules.h"

G_BEGIN_DECLS

typedef struct Candidate {
    guint worker;
    gboolean is_on;         /* on the shift already */
    GPtrArray *blocks;      /* of Violation: empty if the worker can take it */
    int64_t price_cents;    /* what the roster's cost changes by, cover counted; only where nothing blocks */
    Cost price;             /* by term */
    int64_t planned_min;    /* planned minutes of the worker before */
} Candidate;

/* Every worker: first those who can take the shift, by price, then the others by number of reasons. Caller unrefs. */
GPtrArray *explain_candidates(const Week *week, const Roster *roster, guint shift);

/* One worker as a candidate for each of these shifts (of guint), in their order. None of them has begun. Caller unrefs. */
GPtrArray *explain_shifts(const Week *week, const Roster *roster, guint worker, const GArray *shifts);

/* One step in the smallest change that fills a short shift. */
typedef struct ExplainStep {
    guint worker;
    guint from_shift;       /* PIECE_NO_SHIFT: the worker is free */
    guint to_shift;
} ExplainStep;

/*
 * The smallest change that puts one more person on the shift: one step (a free worker), else two (a worker moves over from a
 * shift that another takes), cheapest first. Empty if none of these exists. Of ExplainStep; caller unrefs.
 */
GArray *explain_smallest_change(const Week *week, const Roster *roster, guint shift, int64_t *price_cents);

G_END_DECLS

#endif
