/* The day rules in the optimiser's words; what they limit in several weeks is in week_tallies.c. */
#include "week_problem.h"

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

/* How many shifts of each kind a week alone may still have; over several weeks that is a matter of tallies. */
static gboolean add_kinds_most(WeekProblem *problem, guint worker, SolverDayRules *days)
{
    int32_t left[SHIFT_KINDS];
    gboolean is_on = FALSE;
    for (int kind = 0; kind < SHIFT_KINDS && problem->week->count == 1; kind++) {
        left[kind] = week_problem_kind_left(problem->week, worker, (ShiftKind)kind);
        is_on |= left[kind] != INT32_MAX;
    }
    if (is_on)
        days->type_most = week_problem_keep(problem, g_memdup2(left, sizeof left));
    return is_on;
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
