/* Rules about a whole shift, and about the roster against what is published. */
#include "rules_table.h"

static GArray *one_shift(guint shift)
{
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(shifts, shift);
    return shifts;
}

/* Nobody beyond the headcount, or idle hours could be hidden in overstaffing. A cancelled shift has headcount 0. */
void rule_headcount(const Week *week, const Roster *roster, guint shift, Verdict *verdict)
{
    guint cover = roster_cover(roster, shift, NULL);
    int32_t headcount = pool_shift(week->pool, shift)->headcount;
    if (cover > (guint)headcount)
        verdict_add(verdict, VIOLATION_NO_WORKER, one_shift(shift), "%u people, asked %d", cover, headcount);
}

/* A learner works beside a holder: for each certificate of the shift, no more learners than holders. */
void rule_learner(const Week *week, const Roster *roster, guint shift, Verdict *verdict)
{
    const Shift *asked = pool_shift(week->pool, shift);
    Day day = zone_day(week->pool->zone, asked->end_min);
    guint first, cover = roster_cover(roster, shift, &first);
    for (const char **name = asked->certificates; *name; name++) {
        int learners = 0, holders = 0;
        for (guint i = first; i < first + cover; i++) {
            CertificateLevel level = worker_level(pool_worker(week->pool, roster_at(roster, i)->worker), *name, day);
            learners += level == CERTIFICATE_LEARNER;
            holders += level == CERTIFICATE_HOLDER;
        }
        if (learners > holders)
            verdict_add(verdict, VIOLATION_NO_WORKER, one_shift(shift),
                        "%s: learners %d, holders %d, at least as many holders", *name, learners, holders);
    }
}

/* The shift itself gives lawful breaks, filled or not. */
void rule_demand_breaks(const Week *week, const Roster *roster, guint shift, Verdict *verdict)
{
    (void)roster;
    const Shift *asked = pool_shift(week->pool, shift);
    int need_min = break_needed_min(week->numbers, shift_paid_min(asked));
    if (asked->break_min >= need_min)
        return;
    g_autofree char *work = minutes_format(shift_paid_min(asked));
    verdict_add(verdict, VIOLATION_NO_WORKER, one_shift(shift), "%d min of break in %s h of work, at least %d min",
                asked->break_min, work, need_min);
}

/* A pinned assignment stays. Law first: a pin that the law forbids must be unpinned by a person. */
void rule_pinned(const Week *week, const Roster *roster, Verdict *verdict)
{
    for (guint i = 0; week->published && i < week->published->assignments->len; i++) {
        const Assignment *pin = roster_at(week->published, i);
        if (pin->is_pinned && !roster_find(roster, pin->shift, pin->worker))
            verdict_add(verdict, pin->worker, one_shift(pin->shift), "the pinned assignment is missing");
    }
}

/* In a repair, what began before now stays as published; only who is unavailable may leave. */
void rule_frozen(const Week *week, const Roster *roster, Verdict *verdict)
{
    if (!week->is_repair)
        return;
    g_autoptr(GArray) changes = roster_diff(week->pool, week->published, roster);
    for (guint i = 0; i < changes->len; i++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, i);
        int64_t start_min = pool_shift(week->pool, change->shift)->start_min;
        if (start_min >= week->now_min || (!change->is_added && week_is_away(week, change->shift, change->worker)))
            continue;
        g_autofree char *start = zone_format_short(week->pool->zone, start_min);
        verdict_add(verdict, change->worker, one_shift(change->shift), "it began at %s, before now, and is %s", start,
                    change->is_added ? "added" : "dropped");
    }
}
