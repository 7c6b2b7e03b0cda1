/*
 * Reacting: from something that happened (disturb.h) over the answers of every published week that it touches (repair.h) to
 * what is stored of them, as proposals or at once. Who asks - the command line, the service - only says which.
 *
 * What happened is true whatever becomes of the answers: it is stored first, and the whole belongs in one transaction of the
 * caller's. Calls return TRUE, or FALSE with *error set.
 */
#ifndef ROOSTER_REACT_H
#define ROOSTER_REACT_H

#include "rooster/desk.h"
#include "rooster/repair.h"

G_BEGIN_DECLS

typedef struct Reaction {
    Desk *desk;       /* as it was before, with rosters by indices that fit the pool, too */
    Pool *pool;       /* with what happened in it; owned */
    GPtrArray *answers; /* of RepairAnswer: one a week that was asked about, by week */
    /*< private >*/
    GPtrArray *rosters; /* as published, but the answered weeks as answered: later weeks are judged beside them */
} Reaction;

/* Takes the pool, a changed copy of the desk's. The desk must outlive it, unchanged. */
Reaction *reaction_new(Desk *desk, Pool *pool);
void reaction_free(Reaction *reaction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reaction, reaction_free)

/* The published roster of the week, or NULL. */
const Roster *reaction_published(const Reaction *reaction, IsoWeek week);

/*
 * Finds the answer for the shifts (of guint) of a published week, from what the week's plan left in the store unless the options
 * bring a record. wanted: as RepairQuestion; or NULL. Weeks are asked about in their order.
 */
gboolean reaction_ask(Reaction *reaction, IsoWeek week, const GArray *shifts, const GArray *wanted,
                      const RepairOptions *options, GError **error);

/* Asks about every published week in which the worker leaves shifts between `from` (or now, if that is later) and `until`. */
gboolean reaction_ask_absence(Reaction *reaction, guint worker, int64_t from_min, int64_t until_min,
                              const RepairOptions *options, GError **error);

/* Whether somebody is at work on a draft of a week that was answered; *week is the first of them. */
gboolean reaction_has_draft(const Reaction *reaction, gboolean *has_draft, IsoWeek *week, GError **error);

/* Whether publishing changes anybody's week. */
gboolean repair_changes_something(const RepairAnswer *answer);

/* Stores the pool, within a transaction; STORE_ERROR_CONFLICT if what is stored is not what is on the desk any more. */
gboolean reaction_save_pool(const Reaction *reaction, const AuditEntry *audit, GError **error);
/* Each answer that changes something becomes a new step of its week's draft. */
gboolean reaction_propose(const Reaction *reaction, const AuditEntry *audit, GError **error);
/* Each answer becomes its week's next revision, also where only the demand is another; that ends its draft. */
gboolean reaction_publish(const Reaction *reaction, const AuditEntry *audit, GError **error);

G_END_DECLS

#endif
