/* Whether two pools say the same, and if not, where they first differ. */
#ifndef ROOSTER_TESTS_CSV_POOL_EQUAL_H
#define ROOSTER_TESTS_CSV_POOL_EQUAL_H

#include "rooster/exchange.h"

/* NULL if they are equal field by field, in the same order; else "workers[3].name: 'Ann' / 'Anne'". Caller frees. */
char *pool_difference(const Pool *left, const Pool *right);
/* The same of two lists of Roster; revisions are left out, as roster.csv has none. */
char *rosters_difference(const GPtrArray *left, const GPtrArray *right);

/* Fails the test with the difference. */
#define assert_no_difference(difference)                                                                               \
    do {                                                                                                               \
        g_autofree char *found_difference = (difference);                                                              \
        if (found_difference)                                                                                          \
            g_error("%s:%d: differs at %s", __FILE__, __LINE__, found_difference);                                     \
    } while (0)

#endif
