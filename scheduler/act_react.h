/*
 * What the acts about spikes, absences and offers share (private to scheduler): an answer on the desk, told as JSON,
 * stored with the case that it belongs to, and said to those whom it concerns.
 */
#ifndef ROOSTER_ACT_REACT_H
#define ROOSTER_ACT_REACT_H

#include "act_parts.h"
#include "rooster/case.h"
#include "rooster/react.h"

/* How long a service may look for a better answer than the quick one: below the second that DESIGN 8 allows. */
RepairOptions act_repair_options(const ActRun *run);

/*
 * The whole answer: a list of weeks. For a coop only what is about its own shifts, and names only of those who are on
 * them: where it is not published (a trial, or the planner or somebody's yes is waited for) the number of those who
 * could come. Else it could try out who is free when, and would know of people who then say no.
 */
json_t *act_json_reaction(const Reaction *reaction, const Actor *actor, gboolean is_published);

/* People are added within the law's notice, so they must be asked first. */
gboolean reaction_needs_consent(const Reaction *reaction);

/* Messages as they are gathered in an act; act_tell_all puts them into the outbox. */
typedef struct Telling {
    const Desk *desk;
    GPtrArray *messages; /* of Message */
} Telling;

Telling *telling_new(const Desk *desk);
void telling_free(Telling *telling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Telling, telling_free)
/* A message of the case on "coop/ID/events", "worker/ID/events" or (owner NULL) "planner/events". */
void tell_case(Telling *telling, const char *owner_kind, const char *owner, const char *kind, const Case *some);
gboolean tell_all(Telling *telling, GError **error);

/*
 * An answer to a fresh case. By the pool's `accept`, or where nobody's week changes, it is published, or the case
 * waits; where people must agree first, `auto` asks them. What was asked of the same shift before, and waits, is
 * withdrawn. Ends with the answer's body and act_commit.
 */
gboolean act_settle(ActRun *run, const Reaction *reaction, Case *opened, GError **error);
/* The same answer, but there is no case, nothing is stored and nobody is told. */
gboolean act_settle_trial(ActRun *run, const Reaction *reaction, const Case *opened, GError **error);

/* Opens one offer, and tells the worker. about: the case that it belongs to, or "". */
gboolean act_make_offer(ActRun *run, const Pool *pool, guint index, guint worker, const char *about, Telling *telling,
                        GError **error);
/* Opens an offer for every candidate whom the answer would have asked; each is told. Gives their number. */
gboolean act_make_offers(ActRun *run, const Reaction *reaction, const Case *about, Telling *telling, guint *count,
                         GError **error);
/* Every waiting offer for the case (of the shift alone, unless it is NULL) but one gets the state, and its worker is
 * told. */
gboolean act_close_offers(ActRun *run, const char *about, const char *shift, const char *but, CaseState state,
                          Telling *telling, GError **error);
/* Stores the case in another state. */
gboolean act_move_case(ActRun *run, Case *some, CaseState state, const char *what, GError **error);
/* ACT_ERROR_NOT_FOUND unless there is one; REFUSED if it does not wait any more. Caller frees. */
Case *act_waiting_case(const ActRun *run, guint kinds, GError **error);

/* An error of what happened (DISTURB_ERROR, POOL_ERROR, PLAN_ERROR) in the words of acts. FALSE. */
gboolean act_disturb_error(GError *reason, GError **error);

#endif
