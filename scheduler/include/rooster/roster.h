/*
 * A roster: all assignments of one ISO week, as draft or published, with a revision number that rises with each publishing.
 *
 * Assignments are indices into one closed pool and are kept sorted by shift then worker, each pair once.
 */
#ifndef ROOSTER_ROSTER_H
#define ROOSTER_ROSTER_H

#include "rooster/pool.h"

G_BEGIN_DECLS

typedef enum RosterState { ROSTER_DRAFT, ROSTER_PUBLISHED } RosterState;

typedef struct Assignment {
    guint shift, worker;
    gboolean is_pinned;
} Assignment;

typedef struct Roster {
    IsoWeek week;
    RosterState state;
    int revision;        /* published: 1, 2, ...; a draft: the published revision it starts from, 0 if none */
    GArray *assignments; /* of Assignment */
} Roster;

Roster *roster_new(IsoWeek week, RosterState state, int revision);
Roster *roster_copy(const Roster *roster);
void roster_free(Roster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Roster, roster_free)

/* Adds, or sets the pin of an assignment that is there; FALSE if it was there already. */
gboolean roster_add(Roster *roster, guint shift, guint worker, gboolean is_pinned);
/* FALSE if it was not there. */
gboolean roster_remove(Roster *roster, guint shift, guint worker);
/* NULL if it is not there. Valid until the roster changes. */
Assignment *roster_find(const Roster *roster, guint shift, guint worker);
/* People on the shift; the first assignment of the shift is at *first when there is one. */
guint roster_cover(const Roster *roster, guint shift, guint *first);
/* The worker's shifts (of guint), in the order of the pool. Caller unrefs. */
GArray *roster_shifts_of(const Roster *roster, guint worker);

static inline Assignment *
roster_at(const Roster *roster, guint index)
{
    return &g_array_index(roster->assignments, Assignment, index);
}

/* What differs between two rosters of a week. */
typedef struct RosterChange {
    guint shift, worker;
    gboolean is_added; /* else dropped */
} RosterChange;

/* Of RosterChange, by worker then shift start; from may be NULL (everything is added). Caller unrefs. */
GArray *roster_diff(const Pool *pool, const Roster *from, const Roster *to);

G_END_DECLS

#endif
