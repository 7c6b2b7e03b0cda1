/*
 * One publishing in the making: what its parts (events, messages) share. Private to publication*.c.
 */
#ifndef ROOSTER_PUBLICATION_H
#define ROOSTER_PUBLICATION_H

#include "rooster/publish.h"

typedef struct Publishing {
    const Week *week;
    const Pool *pool;
    const Roster *roster, *published; /* published: NULL at the first publishing */
    int revision;
    const PlanFigures *figures;
    int64_t now_s;
    const GPtrArray *known; /* of FeedEvent; never NULL */
    GHashTable *known_by_key;
    GPtrArray *events; /* of FeedEvent: what changes */
} Publishing;

/* The stored event of the feed with the uid, or NULL. */
const FeedEvent *publishing_known(const Publishing *publishing, FeedKind kind, const char *owner, const char *uid);

/* The part of uids behind @, "nieuw-west.rooster". Caller frees. */
char *publication_domain(const Pool *pool);

/* The event of a worker's assignment as it would be new: sequence 0, made and changed now. Caller frees. */
FeedEvent *publication_worker_event(const Publishing *publishing, guint shift, guint worker);

/* Fills publishing->events. */
void publication_add_events(Publishing *publishing);

/* The messages that follow from publishing->events. Of Message; caller unrefs. */
GPtrArray *publication_messages(const Publishing *publishing);

/* "Amina" of "Amina Bakkali"; the id where there is no name. Caller frees. */
char *worker_first_name(const Worker *worker);
/* "Amina Bakkali", or the id. */
const char *worker_full_name(const Worker *worker);

#define CANCELLED_PREFIX "Cancelled: "

#endif
