#include "week_problem.h"

#include "rooster/cost.h"

#include <stdlib.h>

/* A9: whether the worker may work on the week's Sunday, given the Sundays of the 51 weeks on either side. */
static gboolean has_sunday_left(const Week *week, guint worker)
{
    enum { SIDE = 51 };
    gboolean worked[2 * SIDE + 1] = {FALSE};
    Day sunday = week->week.monday + 6;
    const GArray *fixed = g_ptr_array_index(week->fixed, worker);
    for (guint i = 0; i < fixed->len; i++) {
        const Piece *piece = &g_array_index(fixed, Piece, i);
        Day last = zone_day(week->pool->zone, piece->end_min - 1);
        for (Day day = zone_day(week->pool->zone, piece->start_min); day <= last; day++)
            if (day_of_week(day) == 7 && abs(day - sunday) <= 7 * SIDE)
                worked[(day - sunday) / 7 + SIDE] = TRUE;
    }
    worked[SIDE] = TRUE;
    int inside = 0;
    for (int i = 0; i <= SIDE; i++)
        inside += worked[i];
    for (int first = 0;; first++) {
        if (inside > week->numbers->sundays_52_weeks)
            return FALSE;
        if (first == SIDE)
            return TRUE;
        inside += worked[first + SIDE + 1] - worked[first];
    }
}

/* What is asked once a worker or once a shift, kept for the product of both. */
typedef struct Eligibility {
    const Week *week;
    gboolean *has_sunday_left, *has_weekend_left; /* per worker */
    gboolean *is_sunday, *is_weekend;             /* per slot */
    Day *end_day;                                 /* per slot: certificates are tested on the local date of the end */
} Eligibility;

/* Whether the coop's site is no further from the worker's home than the worker goes. */
static gboolean is_within_reach(const Week *week, const Worker *worker, guint coop)
{
    const Place *site = &pool_coop(week->pool, coop)->place;
    if (worker->day_rules.max_travel_km == DAY_RULE_OFF || !worker->place.is_known || !site->is_known)
        return TRUE;
    return place_distance_km(&worker->place, site) <= worker->day_rules.max_travel_km;
}

static gboolean may_take(const Eligibility *eligibility, guint worker_index, guint slot, guint shift_index)
{
    const Week *week = eligibility->week;
    const Worker *worker = pool_worker(week->pool, worker_index);
    const Shift *shift = pool_shift(week->pool, shift_index);
    if (shift->headcount == 0 || worker_has_preference(worker, shift->coop, PREFERENCE_NEVER))
        return FALSE;
    for (const char **name = shift->certificates; *name; name++)
        if (worker_level(worker, *name, eligibility->end_day[slot]) == CERTIFICATE_NONE)
            return FALSE;
    if (!is_within_reach(week, worker, shift->coop))
        return FALSE;
    if (eligibility->is_sunday[slot] && !eligibility->has_sunday_left[worker_index])
        return FALSE;
    if (eligibility->is_weekend[slot] && !eligibility->has_weekend_left[worker_index])
        return FALSE;
    if (worker_window(worker, WINDOW_UNAVAILABLE, shift->start_min, shift->end_min))
        return FALSE;
    if (week->is_repair && shift->start_min < week->now_min && !roster_find(week->published, shift_index, worker_index))
        return FALSE;
    return day_age(worker->birth, zone_day(week->pool->zone, shift->start_min)) >= week->numbers->least_age;
}

static gboolean is_required(const Week *week, const Roster *start, guint shift_index, guint worker)
{
    const Assignment *published = week->published ? roster_find(week->published, shift_index, worker) : NULL;
    const Assignment *drafted = start ? roster_find(start, shift_index, worker) : NULL;
    if ((published && published->is_pinned) || (drafted && drafted->is_pinned))
        return TRUE;
    return published && week->is_repair && pool_shift(week->pool, shift_index)->start_min < week->now_min &&
           !week_is_away(week, shift_index, worker);
}

static int64_t change_cents(const Week *week, guint shift, guint worker, gboolean is_dropped)
{
    Cost cost = {{0}};
    cost_add_change(week, shift, worker, is_dropped, &cost);
    return cost_total(&cost);
}

static SolverEntry entry_of(const Week *week, const Roster *start, guint worker, guint slot, guint shift)
{
    Cost cost = {{0}};
    cost_add_assignment(week, shift, worker, &cost);
    SolverEntry entry = {(int32_t)worker, (int32_t)slot, cost_total(&cost), is_required(week, start, shift, worker)};
    if (week->is_repair) { /* keeping what is published saves the price of dropping it, which the constant holds */
        gboolean is_kept = roster_find(week->published, shift, worker) != NULL;
        entry.cost_cents +=
            is_kept ? -change_cents(week, shift, worker, TRUE) : change_cents(week, shift, worker, FALSE);
    }
    return entry;
}

void week_problem_add_entries(WeekProblem *problem, const Roster *start)
{
    const Week *week = problem->week;
    guint workers = week->pool->workers->len, slots = (guint)problem->problem.slot_count;
    g_autofree gboolean *sunday_left = g_new0(gboolean, workers + 1);
    g_autofree gboolean *weekend_left = g_new0(gboolean, workers + 1);
    g_autofree gboolean *is_sunday = g_new0(gboolean, slots + 1), *is_weekend = g_new0(gboolean, slots + 1);
    g_autofree Day *end_day = g_new0(Day, slots + 1);
    for (guint worker = 0; worker < workers; worker++) {
        sunday_left[worker] = has_sunday_left(week, worker);
        weekend_left[worker] = week_problem_has_weekend_left(week, worker);
    }
    for (guint slot = 0; slot < slots; slot++) {
        const Shift *shift = pool_shift(week->pool, problem->slot_shift[slot]);
        is_sunday[slot] = zone_touches_sunday(week->pool->zone, shift->start_min, shift->end_min);
        is_weekend[slot] = day_of_week(problem->problem.slots[slot].day) >= 6;
        end_day[slot] = zone_day(week->pool->zone, shift->end_min);
    }
    Eligibility eligibility = {week, sunday_left, weekend_left, is_sunday, is_weekend, end_day};
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(SolverEntry));
    for (guint worker = 0; worker < workers; worker++)
        for (guint slot = 0; slot < slots; slot++) {
            guint shift = problem->slot_shift[slot];
            gboolean may = may_take(&eligibility, worker, slot, shift), must = is_required(week, start, shift, worker);
            if (must && !may)
                g_array_append_val(problem->forbidden, worker);
            if (!must && !may)
                continue;
            SolverEntry entry = entry_of(week, start, worker, slot, shift);
            if (start && roster_find(start, shift, worker)) {
                gint32 index = (gint32)entries->len;
                g_array_append_val(problem->start, index);
            }
            g_array_append_val(entries, entry);
        }
    problem->problem.entry_count = (int32_t)entries->len;
    problem->problem.entries = week_problem_keep_data(problem, entries);
    if (!week->is_repair)
        return;
    for (guint i = 0; i < week->published->assignments->len; i++) {
        const Assignment *at = roster_at(week->published, i);
        problem->constant_cents += change_cents(week, at->shift, at->worker, TRUE);
    }
}
