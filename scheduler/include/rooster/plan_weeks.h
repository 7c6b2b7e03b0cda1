/*
 * Planning several weeks at once: one solve whose lines of work go on from week to week, so that rests, rows of days,
 * days off together and sums over weeks hold across their boundaries, and the bound is of the weeks' costs together.
 *
 * Each week stays a roster of its own. It is judged by the checker with the others beside it as if they were published,
 * and costs what it costs by itself: continuity and unsocial look back at history and at what is published, not at the
 * other drafts. So the sum of the costs is what the single weeks print, and the bound is below that sum.
 */
#ifndef ROOSTER_PLAN_WEEKS_H
#define ROOSTER_PLAN_WEEKS_H

#include "rooster/plan.h"

G_BEGIN_DECLS

#define PLAN_WEEKS_MOST 16

typedef struct WeeksPlan {
    GPtrArray *weeks;        /* of PlanResult, by week: roster, cost and record; without a bound of its own */
    Cost cost;               /* of all of them */
    int64_t cost_cents, bound_cents;
    gboolean has_bound;
    const char *status;      /* as in PlanResult */
    double seconds;
    int64_t work;
    GArray *statistics;      /* of PlanStatistic */
} WeeksPlan;

/*
 * weeks: of const Week *, one after the other, 2 to PLAN_WEEKS_MOST, each with what is really published around it; all
 * of them repairs from the same moment, each of its own published roster, or none; starts: of Roster * or NULL, one a
 * week, whose pins stay; published: the published rosters. Of the options `start` and `record` are not looked at.
 * PLAN_ERROR_WEEKS: these weeks cannot be planned as one.
 */
WeeksPlan *plan_weeks(const GPtrArray *weeks, const GPtrArray *starts, const GPtrArray *published,
                      const PlanOptions *options, GError **error);
void weeks_plan_free(WeeksPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeeksPlan, weeks_plan_free)

/*
 * A week as it is judged when the rosters (of Roster *, of any weeks) count as published beside it; other weeks are as
 * they are published. The pins and the repair are those of `alone`. The rosters must outlive the result. Caller frees.
 */
Week *week_beside(const Week *alone, const GPtrArray *rosters, const GPtrArray *published);

G_END_DECLS

#endif
