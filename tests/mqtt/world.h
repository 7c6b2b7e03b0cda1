/*
 * A small pool and what it has published so far, for tests of publishing: what a store keeps between runs, kept in
 * memory.
 *
 * Workers W1 Amina Bakkali, W2 Jan de Vries, W3 Jan Jansen; coops C1 (with all particulars) and C2 (with an id only).
 */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H

#include "rooster/publish.h"

typedef struct World {
    char *zone;
    char *shifts;          /* lines "id,coop,role,start,end,break,headcount,certificates" */
    char *workers;         /* lines "id,name" */
    char *windows;         /* lines "worker,start,end": unavailable */
    char *history;         /* lines "worker,coop,start,end" */
    GHashTable *published; /* week -> "S1.W1 S2.W2" */
    GHashTable *revisions; /* week -> number */
    GPtrArray *known;      /* of FeedEvent */
    int64_t now_s;
    Pool *pool; /* made by world_publish and world_build */
} World;

/* Now is Monday 2026-11-23T09:00 in Amsterdam. */
World *world_new(void);
void world_free(World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

/* Replaces one of its texts. */
void world_set(char **text, const char *value);
/* A local time as seconds. */
int64_t world_time(const World *world, const char *local);
/* Makes the pool anew from the texts. */
void world_build(World *world);
/* A roster of the pool; pairs "S1.W1 S2.W2". Caller frees. */
Roster *world_roster(const World *world, const char *week, const char *pairs);
/* Publishes, and takes the result over as the store would. Caller frees. */
Publication *world_publish(World *world, const char *week, const char *pairs);
/* Likewise, where only what follows matters. */
void world_go(World *world, const char *week, const char *pairs);

/* The event in the list by owner and uid without its domain, or NULL. */
const FeedEvent *find_event(const GPtrArray *events, const char *owner, const char *uid);
/* The message of the topic, or NULL; more than one is a fault. */
const Message *find_message(const Publication *publication, const char *topic);

#endif
