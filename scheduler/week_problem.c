#include "week_problem.h"

gpointer week_problem_keep(WeekProblem *problem, gpointer memory)
{
    g_ptr_array_add(problem->memory, memory);
    return memory;
}

gpointer week_problem_keep_data(WeekProblem *problem, GArray *array)
{
    gpointer data = g_array_free(array, FALSE);
    return data ? week_problem_keep(problem, data) : NULL;
}

SolverSlot week_problem_slot(const Week *week, const Piece *piece)
{
    const Zone *zone = week->pool->zone;
    SolverSlot slot = {
        .start_min = piece->start_min,
        .end_min = piece->end_min,
        .work_min = (int32_t)piece_work_min(piece),
        .break_min = piece->break_min,
        .day = zone_day(zone, piece->start_min),
        .night_min = (int32_t)zone_minutes_between(zone, piece->start_min, piece->end_min, 0, 6),
        .late_after_min = SOLVER_NEVER,
        .type = week_problem_kind(week, piece),
    };
    slot.marks = week_problem_marks(week, piece, slot.type);
    slot.curfew_min = slot.night_min + (int32_t)zone_minutes_between(zone, piece->start_min, piece->end_min, 23, 24);
    slot.week = profile_legal_week(week->pool->profile, slot.day);
    for (Day day = slot.day, last = zone_day(zone, piece->end_min - 1); slot.night_min > 0 && day <= last; day++)
        if (zone_at(zone, day, 6, 0) > piece->start_min && zone_day_start(zone, day) < piece->end_min) {
            slot.late_after_min = zone_at(zone, day, 2, 0);
            break;
        }
    return slot;
}

static int slot_compare(gconstpointer left, gconstpointer right, gpointer data)
{
    const Pool *pool = data;
    const Shift *a = pool_shift(pool, *(const guint *)left), *b = pool_shift(pool, *(const guint *)right);
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    if (a->end_min != b->end_min)
        return a->end_min < b->end_min ? -1 : 1;
    return 0;
}

static void add_slots(WeekProblem *problem)
{
    const Week *week = problem->week;
    GArray *order = g_array_copy(week->shifts);
    g_array_sort_with_data(order, slot_compare, (gpointer)week->pool);
    SolverSlot *slots = week_problem_keep(problem, g_new0(SolverSlot, order->len + 1));
    for (guint i = 0; i < order->len; i++) {
        Piece piece = week_piece(week, g_array_index(order, guint, i));
        slots[i] = week_problem_slot(week, &piece);
        slots[i].period = week_problem_place(problem, g_array_index(order, guint, i));
    }
    problem->problem.slot_count = (int32_t)order->len;
    problem->problem.slots = slots;
    problem->slot_shift = week_problem_keep_data(problem, order);
}

int week_problem_place(const WeekProblem *problem, guint shift)
{
    return (pool_shift(problem->week->pool, shift)->week.monday - problem->week->week.monday) / 7;
}

const Week *week_problem_week(const WeekProblem *problem, guint shift)
{
    return g_ptr_array_index(problem->weeks, (guint)week_problem_place(problem, shift));
}

WeekProblem *week_problem_new(const Week *week, const Roster *start)
{
    g_autoptr(GPtrArray) weeks = g_ptr_array_new(), starts = g_ptr_array_new();
    g_ptr_array_add(weeks, (gpointer)week);
    g_ptr_array_add(starts, (gpointer)start);
    return week_problem_new_span(week, weeks, starts);
}

WeekProblem *week_problem_new_span(const Week *week, const GPtrArray *weeks, const GPtrArray *starts)
{
    const RuleNumbers *numbers = week->numbers;
    WeekProblem *problem = g_new0(WeekProblem, 1);
    g_assert(weeks->len == (guint)week->count && starts->len == weeks->len);
    problem->week = week;
    problem->weeks = g_ptr_array_new();
    for (guint i = 0; i < weeks->len; i++)
        g_ptr_array_add(problem->weeks, g_ptr_array_index(weeks, i));
    problem->memory = g_ptr_array_new_with_free_func(g_free);
    problem->forbidden = g_array_new(FALSE, FALSE, sizeof(guint));
    problem->start = g_array_new(FALSE, FALSE, sizeof(gint32));
    problem->problem.rules = (SolverLineRules){
        .duty_gap_min = numbers->duty_gap,
        .break_gap_min = numbers->break_piece,
        .stretch_rest_min = numbers->weekly_rest,
        .stretch_span_most_min = numbers->stretch,
        .night_over_min = numbers->night_minutes,
        .night_work_most_min = numbers->night_work,
        .late_night_rest_least_min = numbers->night_rest,
        .night_run_long = numbers->night_run,
        .night_run_rest_least_min = numbers->night_run_rest,
        .series_duties_most = numbers->series_duties,
        .days_in_row_most = numbers->max_consecutive_days,
        .slots_a_day_most = numbers->max_shifts_per_day,
    };
    for (guint worker = 0; worker < week->pool->workers->len; worker++) /* who may fewer has a rule of their own */
        problem->problem.rules.days_in_row_most =
            MAX(problem->problem.rules.days_in_row_most, week_problem_days_most(week, worker));
    add_slots(problem);
    week_problem_add_workers(problem);
    week_problem_add_entries(problem, starts);
    week_problem_add_rows(problem);
    return problem;
}

void week_problem_free(WeekProblem *problem)
{
    if (!problem)
        return;
    g_ptr_array_unref(problem->memory);
    g_ptr_array_unref(problem->weeks);
    g_array_unref(problem->forbidden);
    g_array_unref(problem->start);
    g_free(problem);
}

static int assignment_compare(gconstpointer left, gconstpointer right)
{
    const Assignment *a = left, *b = right;
    if (a->shift != b->shift)
        return a->shift < b->shift ? -1 : 1;
    return a->worker < b->worker ? -1 : a->worker > b->worker;
}

Roster *week_problem_roster(const WeekProblem *problem, int place, const int32_t *chosen, int32_t count,
                            const Roster *start)
{
    const Week *week = g_ptr_array_index(problem->weeks, (guint)place);
    Roster *roster = roster_new(week->week, ROSTER_DRAFT, week->published ? week->published->revision : 0);
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(Assignment)); /* the roster's: each goes to its end */
    for (int32_t i = 0; i < count; i++) {
        const SolverEntry *entry = &problem->problem.entries[chosen[i]];
        Assignment at = {problem->slot_shift[entry->slot], (guint)entry->worker, FALSE};
        if (week_problem_place(problem, at.shift) == place)
            g_array_append_val(order, at);
    }
    g_array_sort(order, assignment_compare);
    for (guint i = 0; i < order->len; i++) {
        guint shift = g_array_index(order, Assignment, i).shift, worker = g_array_index(order, Assignment, i).worker;
        const Assignment *before = start ? roster_find(start, shift, worker) : NULL;
        if (!before && week->published)
            before = roster_find(week->published, shift, worker);
        roster_add(roster, shift, worker, before && before->is_pinned);
    }
    return roster;
}
