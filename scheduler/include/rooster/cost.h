/*
 * The cost of a roster in cents, term by term, exactly as DESIGN 5 reads: each amount is rounded half up once, as a positive
 * number, at the smallest unit named, then signed. It shares no code with the optimiser.
 */
#ifndef ROOSTER_COST_H
#define ROOSTER_COST_H

#include "rooster/week.h"

G_BEGIN_DECLS

typedef enum CostTerm {
    COST_SHORTFALL_CRITICAL,
    COST_SHORTFALL_HIGH,
    COST_SHORTFALL_NORMAL,
    COST_SHORTFALL_LOW,
    COST_UNFAIR,
    COST_TEAM,
    COST_IDLE,
    COST_EXTRA,
    COST_AVOID,
    COST_PREFER,
    COST_CONTINUITY,
    COST_TRAVEL_KM,
    COST_UNSOCIAL,
    COST_CHANGE,
    COST_LATE_CHANGE,
    COST_TERMS
} CostTerm;

typedef struct Cost {
    int64_t cents[COST_TERMS];
} Cost;

/* "travel_km", static. */
const char *cost_term_name(CostTerm term);
int64_t cost_total(const Cost *cost);

/* The cost of the roster; the change terms only where the week is a repair. */
Cost cost_of(const Week *week, const Roster *roster);

/* The parts, for those who price one step: of one shift (shortfall and team certificates), of one coop (unfairness), of one
 * shift with so many people on it (shortfall), of one assignment (without change terms), of a worker's hours, of one change
 * of a published assignment (change and owed pay). Added into *cost. */
void cost_add_shift(const Week *week, const Roster *roster, guint shift, Cost *cost);
void cost_add_coop(const Week *week, const Roster *roster, guint coop, Cost *cost);
void cost_add_shortfall(const Week *week, guint shift, int64_t cover, Cost *cost);
void cost_add_assignment(const Week *week, guint shift, guint worker, Cost *cost);
void cost_add_hours(const Week *week, guint worker, int64_t planned_min, Cost *cost);
void cost_add_change(const Week *week, guint shift, guint worker, gboolean is_dropped, Cost *cost);

/* The parts of one assignment: of the shift's wishes; of the coop, whichever shift it is; of any shift that is unsocial. */
void cost_add_wishes(const Week *week, guint shift, guint worker, Cost *cost);
void cost_add_site(const Week *week, guint coop, guint worker, Cost *cost);
void cost_add_unsocial(const Week *week, guint worker, Cost *cost);

G_END_DECLS

#endif
