/*
 * Made-up problems. made_up_tiny: a few workers and slots with random, often tight rules of every kind, small enough to
 * list all rosters; hours are counted in one to four periods, and some tallies go over several of them. made_up_pool: a
 * week of a pool of any size, for measuring.
 */
#ifndef TESTS_SOLVER_MADE_UP_H
#define TESTS_SOLVER_MADE_UP_H

#include "solver/solver.h"

typedef struct MadeUp {
    SolverProblem problem;
    struct MadeUpParts *parts;
} MadeUp;

typedef struct MadeUpTiny {
    int workers, slots;
    int rule; /* which rule is made tight, see made_up_rules; -1: random */
    bool has_required, has_day_rules, has_fixed;
    bool has_loose_rows; /* learners, teams, fairness beside headcounts */
} MadeUpTiny;

enum { MADE_UP_RULES = 22 };
extern const char *const made_up_rules[MADE_UP_RULES];

MadeUp made_up_tiny(uint64_t seed, const MadeUpTiny *kind);
MadeUp made_up_pool(uint64_t seed, int workers, int shifts);
void made_up_free(MadeUp *made);

uint64_t made_up_random(uint64_t *state);
int made_up_below(uint64_t *state, int most); /* in [0, most) */

#endif
