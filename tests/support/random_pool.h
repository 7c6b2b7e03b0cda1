/*
 * Small made-up pools that are tight on purpose: nights, youths about to turn eighteen, two shifts a day, numbers
 * overridden so low that every rule bites within a week or two of history. For comparing judges, not for looking at.
 */
#ifndef ROOSTER_TESTS_RANDOM_POOL_H
#define ROOSTER_TESTS_RANDOM_POOL_H

#include "rooster/week.h"

typedef struct RandomPool {
    Pool *pool;
    IsoWeek week;
    GPtrArray *published; /* of Roster: the week after and, half the time, the judged one */
} RandomPool;

/* The same seed gives the same pool. most_workers >= 1, most_shifts >= 1. */
RandomPool *random_pool_new(guint32 seed, int most_workers, int most_shifts);
/* The same with shifts in so many weeks from the judged one on, of which nothing is published. */
RandomPool *random_span_new(guint32 seed, int most_workers, int most_shifts, int weeks);
void random_pool_free(RandomPool *made);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RandomPool, random_pool_free)

#endif
