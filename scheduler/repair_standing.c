/*
 * Doing nothing: the published roster without what cannot stay, so that the price of a repair is the price of reacting.
 *
 * Who is away goes first. What then breaks a rule (people beyond a smaller headcount, a shift that moved into
 * somebody's rest, a learner whose holder has gone) gives way: of each violation one assignment that is neither pinned
 * nor begun, until nothing breaks or nothing may go. Each pass drops at least one, so this ends.
 */
#include "repair_parts.h"

#include <string.h>

static void drop_who_is_away(const Week *week, Roster *roster)
{
    for (guint i = roster->assignments->len; i-- > 0;) {
        Assignment at = *roster_at(roster, i);
        if (week_is_away(week, at.shift, at.worker))
            roster_remove(roster, at.shift, at.worker);
    }
}

static gboolean may_drop(const Week *week, const Assignment *at)
{
    return at && !at->is_pinned && pool_shift(week->pool, at->shift)->start_min >= week->now_min;
}

/* The worker's last shift among those of the violation. */
static gboolean drop_from_line(const Week *week, Roster *roster, const Violation *violation)
{
    const Assignment *last = NULL;
    for (guint i = 0; i < violation->shifts->len; i++) {
        const Assignment *at = roster_find(roster, g_array_index(violation->shifts, guint, i), violation->worker);
        if (may_drop(week, at) &&
            (!last || pool_shift(week->pool, at->shift)->start_min > pool_shift(week->pool, last->shift)->start_min))
            last = at;
    }
    return last && roster_remove(roster, last->shift, last->worker);
}

static gboolean is_learner(const Week *week, const Assignment *at)
{
    const Shift *shift = pool_shift(week->pool, at->shift);
    Day day = zone_day(week->pool->zone, shift->end_min);
    for (const char **name = shift->certificates; *name; name++)
        if (worker_level(pool_worker(week->pool, at->worker), *name, day) == CERTIFICATE_LEARNER)
            return TRUE;
    return FALSE;
}

/* The one whose going costs least; the holder of a team's certificate stays while others can go. */
static gboolean drop_from_shift(const Week *week, Roster *roster, const Violation *violation)
{
    guint shift = g_array_index(violation->shifts, guint, 0), first, cover = roster_cover(roster, shift, &first);
    gboolean is_about_learners = strcmp(violation->rule, "learner") == 0, is_found = FALSE;
    Assignment cheapest = {0};
    int64_t least_cents = 0;
    for (guint i = first; i < first + cover; i++) {
        Assignment at = *roster_at(roster, i);
        if (!may_drop(week, &at) || (is_about_learners && !is_learner(week, &at)))
            continue;
        g_autoptr(Roster) without = roster_copy(roster);
        roster_remove(without, at.shift, at.worker);
        Cost cost = cost_of(week, without);
        if (is_found && cost_total(&cost) >= least_cents)
            continue;
        cheapest = at;
        least_cents = cost_total(&cost);
        is_found = TRUE;
    }
    return is_found && roster_remove(roster, cheapest.shift, cheapest.worker);
}

static gboolean drop_what_breaks(const Week *week, Roster *roster)
{
    gboolean is_changed = FALSE;
    g_autoptr(GPtrArray) violations = rules_check(week, roster);
    for (guint i = 0; i < violations->len; i++) {
        const Violation *violation = g_ptr_array_index(violations, i);
        if (violation->shifts->len == 0)
            continue;
        is_changed |= violation->worker == VIOLATION_NO_WORKER ? drop_from_shift(week, roster, violation)
                                                               : drop_from_line(week, roster, violation);
    }
    return is_changed;
}

Roster *repair_standing(Week *week, int64_t now_min)
{
    Roster *roster = roster_copy(week->published);
    roster->state = ROSTER_DRAFT;
    week_set_repair(week, now_min);
    drop_who_is_away(week, roster);
    week_lift_pins(week, roster);
    while (drop_what_breaks(week, roster))
        ;
    return roster;
}
