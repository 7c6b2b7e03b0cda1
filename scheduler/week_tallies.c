/*
 * What is limited in any so many weeks in a row: shifts of a kind, weekends, Sundays (ATW 5:6(3)).
 *
 * Work around the weeks to be planned is known, so each window of weeks has a number left for those of them that it
 * holds. Over several weeks each window is a tally of the line; a week alone is in all its windows with the whole of
 * itself, so the least number of them is all there is to know: of weekends and Sundays, whether it may have one at all.
 */
#include "week_problem.h"

enum { SIDE = 51, SUNDAY_WEEKS = 52 }; /* a window has at most 52 weeks */

uint32_t week_problem_marks(const Week *week, const Piece *piece, int32_t kind)
{
    const Zone *zone = week->pool->zone;
    uint32_t marks = 1U << kind;
    if (day_of_week(zone_day(zone, piece->start_min)) >= 6)
        marks |= 1U << MARK_WEEKEND;
    if (zone_touches_sunday(zone, piece->start_min, piece->end_min))
        marks |= 1U << MARK_SUNDAY;
    return marks;
}

/* DAY_RULE_OFF: not limited. */
static int limit_of(const Week *week, guint worker, int mark, int *window)
{
    const DayRules *rules = &pool_worker(week->pool, worker)->day_rules;
    if (mark == MARK_SUNDAY) {
        *window = SUNDAY_WEEKS;
        return week->numbers->sundays_52_weeks;
    }
    *window = mark == MARK_WEEKEND ? rules->weekend_window : rules->window[mark];
    return mark == MARK_WEEKEND ? rules->max_weekends : rules->max_shifts[mark];
}

/* By week, from SIDE weeks before the first one on: the shifts of the kind, or whether the weekend or Sunday was
 * worked. */
static int *count_fixed(const Week *week, guint worker, int mark)
{
    const Zone *zone = week->pool->zone;
    const GArray *fixed = g_ptr_array_index(week->fixed, worker);
    int weeks = 2 * SIDE + week->count;
    int *worked = g_new0(int, (gsize)weeks);
    for (guint i = 0; i < fixed->len; i++) {
        const Piece *piece = &g_array_index(fixed, Piece, i);
        for (Day day = zone_day(zone, piece->start_min), last = zone_day(zone, piece->end_min - 1); day <= last;
             day++) {
            int place = (iso_week_of(day).monday - week->week.monday) / 7 + SIDE;
            if (place >= 0 && place < weeks) {
                if (mark < SHIFT_KINDS)
                    worked[place] += week_problem_kind(week, piece) == mark;
                else if (day_of_week(day) == 7 || (mark == MARK_WEEKEND && day_of_week(day) == 6))
                    worked[place] = 1;
            }
            if (mark != MARK_SUNDAY)
                break; /* it belongs to the day it starts on */
        }
    }
    return worked;
}

static gboolean is_implied(const SolverTally *tally, const SolverTally *by)
{
    return by->first_period <= tally->first_period && tally->last_period <= by->last_period && by->most <= tally->most;
}

/* What no other tally of the mark says already; a window with room for all its weekends says nothing. */
static void add_tally(GArray *tallies, const SolverTally *tally)
{
    if (tally->is_by_period && tally->last_period - tally->first_period < tally->most)
        return;
    for (guint i = 0; i < tallies->len; i++)
        if (is_implied(tally, &g_array_index(tallies, SolverTally, i)))
            return;
    for (guint i = tallies->len; i > 0; i--)
        if (is_implied(&g_array_index(tallies, SolverTally, i - 1), tally))
            g_array_remove_index(tallies, i - 1);
    g_array_append_val(tallies, *tally);
}

/* Caller frees. */
static GArray *tallies_of(const Week *week, guint worker, int mark)
{
    GArray *tallies = g_array_new(FALSE, FALSE, sizeof(SolverTally));
    int window, most = limit_of(week, worker, mark, &window);
    if (most == DAY_RULE_OFF)
        return tallies;
    g_autofree int *worked = count_fixed(week, worker, mark);
    for (int first = 1 - window; first < week->count; first++) {
        SolverTally tally = {.mark = mark,
                             .is_by_period = mark >= SHIFT_KINDS,
                             .first_period = MAX(first, 0),
                             .last_period = MIN(first + window, week->count) - 1,
                             .most = most};
        for (int at = first; at < first + window; at++)
            tally.most -= worked[SIDE + at];
        add_tally(tallies, &tally);
    }
    return tallies;
}

int32_t week_problem_kind_left(const Week *week, guint worker, ShiftKind kind)
{
    g_autoptr(GArray) tallies = tallies_of(week, worker, (int)kind);
    return tallies->len > 0 ? g_array_index(tallies, SolverTally, 0).most : INT32_MAX;
}

gboolean week_problem_has_left(const Week *week, guint worker, int mark)
{
    g_autoptr(GArray) tallies = tallies_of(week, worker, mark);
    return tallies->len == 0;
}

void week_problem_add_tallies(WeekProblem *problem, guint index, SolverWorker *worker)
{
    if (problem->week->count == 1)
        return;
    GArray *all = g_array_new(FALSE, FALSE, sizeof(SolverTally));
    for (int mark = 0; mark < MARKS; mark++) {
        g_autoptr(GArray) tallies = tallies_of(problem->week, index, mark);
        g_array_append_vals(all, tallies->data, tallies->len);
    }
    worker->tally_count = (int32_t)all->len;
    worker->tallies = week_problem_keep_data(problem, all);
}
