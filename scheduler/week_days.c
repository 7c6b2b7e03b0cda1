/*
 * The day rules in the optimiser's words. A week alone leaves little to watch inside the line: its one weekend is
 * worked or not, which decides who may take its shifts; and shifts of a kind in some weeks are a number left for this
 * week.
 */
#include "week_problem.h"

#include <stdlib.h>

enum { FAR_DAYS = 1000 }; /* beyond every row of days that a rule looks at */

int32_t week_problem_kind(const Week *week, const Piece *piece)
{
    const Zone *zone = week->pool->zone;
    LocalTime start = zone_local(zone, piece->start_min);
    for (Day day = start.day, last = zone_day(zone, piece->end_min - 1); day <= last; day++)
        if (piece->start_min < zone_at(zone, day, 4, 0) && piece->end_min > zone_at(zone, day, 1, 0))
            return KIND_NIGHT;
    if (start.hour < 8)
        return KIND_EARLY;
    LocalTime end = zone_local(zone, piece->end_min);
    return end.day > start.day || 60 * end.hour + end.minute > 20 * 60 ? KIND_LATE : KIND_DAY;
}

int week_problem_days_most(const Week *week, guint worker)
{
    int own = pool_worker(week->pool, worker)->day_rules.max_consecutive_days;
    return own == DAY_RULE_OFF ? week->numbers->max_consecutive_days : own;
}

/* Most of `numbers` (by week, the judged one in the middle) in any window of so many weeks that holds the middle. */
static int most_in_a_window(const int *numbers, int middle, int weeks)
{
    int most = 0;
    for (int first = middle - weeks + 1; first <= middle; first++) {
        int inside = 0;
        for (int at = first; at < first + weeks; at++)
            inside += numbers[at];
        most = MAX(most, inside);
    }
    return most;
}

enum { SIDE = 51, WEEKS = 2 * SIDE + 1 }; /* a window has at most 52 weeks */

/* The place of a fixed piece's week among WEEKS; FALSE if it is further away than any window reaches. */
static gboolean week_place(const Week *week, const Piece *piece, int *place, Day *day)
{
    *day = zone_day(week->pool->zone, piece->start_min);
    *place = (iso_week_of(*day).monday - week->week.monday) / 7 + SIDE;
    return *place >= 0 && *place < WEEKS;
}

gboolean week_problem_has_weekend_left(const Week *week, guint worker)
{
    const DayRules *rules = &pool_worker(week->pool, worker)->day_rules;
    const GArray *fixed = g_ptr_array_index(week->fixed, worker);
    int worked[WEEKS] = {0};
    if (rules->max_weekends == DAY_RULE_OFF)
        return TRUE;
    for (guint i = 0; i < fixed->len; i++) {
        int place;
        Day day;
        if (week_place(week, &g_array_index(fixed, Piece, i), &place, &day) && day_of_week(day) >= 6)
            worked[place] = 1;
    }
    return most_in_a_window(worked, SIDE, rules->weekend_window) < rules->max_weekends;
}

gboolean week_problem_counts_weeks(const Week *week, guint worker)
{
    const DayRules *rules = &pool_worker(week->pool, worker)->day_rules;
    gboolean is_on = rules->max_weekends != DAY_RULE_OFF;
    for (int kind = 0; kind < SHIFT_KINDS; kind++)
        is_on |= rules->max_shifts[kind] != DAY_RULE_OFF;
    return is_on;
}

/* How many shifts of each kind the week may still have. */
static gboolean add_kinds_most(WeekProblem *problem, guint worker, SolverDayRules *days)
{
    const Week *week = problem->week;
    const DayRules *rules = &pool_worker(week->pool, worker)->day_rules;
    const GArray *fixed = g_ptr_array_index(week->fixed, worker);
    gboolean is_on = FALSE;
    for (int kind = 0; kind < SHIFT_KINDS; kind++)
        is_on |= rules->max_shifts[kind] != DAY_RULE_OFF;
    if (!is_on)
        return FALSE;
    int worked[SHIFT_KINDS][WEEKS] = {{0}};
    for (guint i = 0; i < fixed->len; i++) {
        const Piece *piece = &g_array_index(fixed, Piece, i);
        int place;
        Day day;
        if (week_place(week, piece, &place, &day))
            worked[week_problem_kind(week, piece)][place]++;
    }
    int32_t *most = week_problem_keep(problem, g_new(int32_t, SHIFT_KINDS));
    for (int kind = 0; kind < SHIFT_KINDS; kind++)
        most[kind] = rules->max_shifts[kind] == DAY_RULE_OFF
                         ? INT32_MAX
                         : rules->max_shifts[kind] - most_in_a_window(worked[kind], SIDE, rules->window[kind]);
    days->type_most = most;
    return TRUE;
}

static gboolean add_successions(WeekProblem *problem, guint worker, SolverDayRules *days)
{
    const DayRules *rules = &pool_worker(problem->week->pool, worker)->day_rules;
    uint8_t forbidden[SHIFT_KINDS * SHIFT_KINDS];
    gboolean is_on = FALSE;
    for (int pair = 0; pair < SHIFT_KINDS * SHIFT_KINDS; pair++) {
        forbidden[pair] = rules->forbidden_after[pair / SHIFT_KINDS] >> pair % SHIFT_KINDS & 1;
        is_on |= forbidden[pair];
    }
    if (is_on)
        days->type_forbidden_next = week_problem_keep(problem, g_memdup2(forbidden, sizeof forbidden));
    return is_on;
}

const SolverDayRules *week_problem_day_rules(WeekProblem *problem, guint worker)
{
    const Week *week = problem->week;
    const DayRules *rules = &pool_worker(week->pool, worker)->day_rules;
    int days_most = week_problem_days_most(week, worker);
    Day last = week->is_followed ? week->week.monday + FAR_DAYS : week_last_day(week);
    SolverDayRules days = {.first_day = week->week.monday - FAR_DAYS,
                           .days = last - (week->week.monday - FAR_DAYS) + 1,
                           .open_from_min = week->is_repair ? week->now_min : INT64_MIN,
                           .days_on_least = rules->min_consecutive_days,
                           .days_off_least = rules->min_days_off,
                           .days_on_most = days_most < problem->problem.rules.days_in_row_most ? days_most : INT32_MAX,
                           .weekends_most = INT32_MAX,
                           .types = SHIFT_KINDS};
    gboolean is_on = days.days_on_least > 1 || days.days_off_least > 1 || days.days_on_most != INT32_MAX;
    is_on |= add_kinds_most(problem, worker, &days);
    is_on |= add_successions(problem, worker, &days);
    return is_on ? week_problem_keep(problem, g_memdup2(&days, sizeof days)) : NULL;
}
