/*
 * Random pools with a planned week, legal or not, made so that every rule and every price has its turn: nights, youths
 * about to turn eighteen, two shifts a day, hours near the law's windows, both clock changes, published weeks before
 * and after, repairs.
 */
#ifndef TEST_RANDOM_WEEK_H
#define TEST_RANDOM_WEEK_H

#include "rooster/week.h"

typedef struct RandomWeek {
    Pool *pool;
    GPtrArray *published; /* of Roster */
    Week *week;
    Roster *roster;
} RandomWeek;

/* The same seed gives the same week. */
RandomWeek *random_week_new(guint32 seed);
/* A pool that is there already (taken), the week of its first shift planned with random people. Takes the rosters, too.
 */
RandomWeek *random_week_of(Pool *pool, GPtrArray *published, guint32 seed);
void random_week_free(RandomWeek *made);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RandomWeek, random_week_free)

#endif
