/*
 * A small pool from a few words, for tests: what is planned, and what is around it. Faulty words end the test program.
 *
 * Planned: shifts of the judged week, separated by commas; they get the ids a, b, c ... in that order.
 *     mon 08:00-12:00 +30 @B x2 [X;Y] {BHV} !high : w v
 * is a shift on Monday with a break of 30 min at coop B for two people with certificates X and Y, one of them holder of
 * BHV, of high priority, on which workers w and v are planned (": -" nobody). Default: no break, coop A, one person, w
 * on it. days    mon, mon+1 (a week later), sun-1 (a week earlier), mon-sat (one shift each), 2026-10-24 times
 * 22:00-06:00 (the next day), 22:00-tue 06:00, 02:30+01:00 (with its offset)
 *
 * Around: options, separated by semicolons. The week is 2026-W49 (from Monday 30 November), the workers are w, v and u,
 * born in 1990, with 0 to 60 hours at 20 euro; the coops are A and B.
 *     week 2026-W43; rule max_shifts_per_day=2 forbidden_after_night=early,day; price unfair=0 team=0; site
 * A 52.37 4.89 published a b! c:v    the week's published roster (! pinned, :v not w but v)     now mon 09:00    judge
 * as a repair and of worker w, or of another as in "v: born 2009-12-02": born DATE; hours 4 7.5; pay 25.50;
 * home 52.36 4.80; own max_weekends=1 min_days_off=off; holds X learner from DATE until DATE; wish never A
 * unavailable|avoid|prefer SPAN; history SPAN +30 @B; credited SPAN; elsewhere SPAN (published in another week) where
 * SPAN is as above, may name days as mon,wed,fri, and "each -15..-1 mon-fri 08:00-16:00" stands for 15 weeks of it.
 */
#ifndef TEST_POOL_H
#define TEST_POOL_H

#include "rooster/week.h"

typedef struct TestPool {
    Pool *pool;
    GPtrArray *published; /* of Roster */
    Week *week;
    Roster *roster; /* what is planned */
} TestPool;

TestPool *test_pool_new(const char *planned, const char *around);
void test_pool_free(TestPool *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestPool, test_pool_free)

/* Adds the shift although its break is too short for the law, as no import would. */
void test_pool_add_shift(Pool *pool, const Shift *shift, guint *index);

#endif
