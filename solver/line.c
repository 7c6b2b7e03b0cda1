#include "line.h"

#include "charge.h"

#include <stdlib.h>
#include <string.h>

static const SolverDutyLimits *limits_of(const LineModel *model, const LineState *state)
{
    return &model->worker->limits[state->duty_limits];
}

static bool in_window(const SolverWindow *window, int32_t week)
{
    return window->first_week <= week && week <= window->last_week;
}

/* Everything judged in a window only grows, so it may be judged at every change. */
static bool window_is_legal(const SolverWindow *window, const LineCount *count)
{
    if (!count->has_slot) {
        return true;
    }
    if (count->minutes > window->minutes_left) {
        return false;
    }
    if (window->late_nights_left != INT32_MAX && count->has_late_planned && count->late > window->late_nights_left) {
        return false;
    }
    return window->nights_until_many == INT32_MAX || count->nights < window->nights_until_many ||
           count->minutes <= window->many_nights_minutes_left;
}

static bool breaks_are_legal(const SolverDutyLimits *limits, const LineState *state)
{
    for (size_t tier = 0; tier < sizeof limits->breaks / sizeof *limits->breaks; tier++) {
        if (limits->breaks[tier].over_work_min != INT32_MAX && state->duty_work > limits->breaks[tier].over_work_min &&
            state->duty_break < limits->breaks[tier].need_min) {
            return false;
        }
    }
    return true;
}

static bool close_duty(const LineModel *model, LineState *state)
{
    const SolverLineRules *rules = model->rules;
    const SolverDutyLimits *limits = limits_of(model, state);
    bool is_planned = state->flags & LINE_DUTY_PLANNED;
    if (is_planned && !breaks_are_legal(limits, state)) {
        return false;
    }
    state->flags |= LINE_CLOSED;
    state->rest_need = limits->rest_least_min;
    if (!line_is_night(model, state)) {
        if (state->run >= rules->night_run_long && state->run > 0 &&
            state->rest_before < rules->night_run_rest_least_min && (is_planned || (state->flags & LINE_RUN_PLANNED))) {
            return false;
        }
        state->run = 0;
        state->flags &= ~(uint32_t)LINE_RUN_PLANNED;
        return true;
    }
    state->run++;
    state->flags |= LINE_STRETCH_NIGHT | (is_planned ? LINE_RUN_PLANNED : 0);
    bool is_late = state->duty_end > state->late_after;
    if (is_late && state->rest_need < rules->late_night_rest_least_min) {
        state->rest_need = rules->late_night_rest_least_min;
    }
    LineCount *counts = line_counts(state);
    for (int32_t i = 0; i < model->window_count; i++) {
        if (in_window(&model->windows[i], state->duty_week)) {
            counts[i].nights++;
            counts[i].late += is_late;
            counts[i].has_late_planned |= is_late && is_planned;
            if (!window_is_legal(&model->windows[i], &counts[i])) {
                return false;
            }
        }
    }
    return true;
}

/* The rest before a new duty: judged now if the work before it is planned, else kept in mind until the new duty is. */
static bool begin_duty(const LineModel *model, LineState *state, const SolverSlot *piece)
{
    const SolverLineRules *rules = model->rules;
    state->flags &= ~(uint32_t)LINE_DUTY_PENDING;
    if (state->flags & LINE_WORKS) {
        if (!(state->flags & LINE_CLOSED) && !close_duty(model, state)) {
            return false;
        }
        int64_t rest = piece->start_min - state->duty_end;
        if (rest < state->rest_need) {
            if (state->flags & LINE_DUTY_PLANNED) {
                return false;
            }
            state->flags |= LINE_DUTY_PENDING;
        }
        if (rest >= rules->stretch_rest_min) {
            if (state->run > 0 && state->run >= rules->night_run_long && rest < rules->night_run_rest_least_min) {
                if (state->flags & LINE_RUN_PLANNED) {
                    return false;
                }
                state->flags |= LINE_DUTY_PENDING;
            }
            state->run = 0;
            state->flags &= ~(uint32_t)(LINE_STRETCH_PLANNED | LINE_STRETCH_NIGHT | LINE_RUN_PLANNED);
            state->stretch_start = piece->start_min;
            state->stretch_duties = 0;
        }
        state->rest_before = rest;
    } else {
        state->stretch_start = piece->start_min;
    }
    state->stretch_duties++;
    state->flags &= ~(uint32_t)(LINE_DUTY_PLANNED | LINE_CLOSED);
    state->duty_start = piece->start_min;
    state->duty_end = piece->end_min;
    state->duty_work = 0;
    state->duty_break = 0;
    state->duty_night = 0;
    state->duty_curfew = 0;
    state->late_after = SOLVER_NEVER;
    state->duty_week = piece->week;
    state->duty_limits = piece->day >= model->worker->limits_change_day;
    return true;
}

/*
 * The last row of days is over: `next_day` is the next worked one, SOLVER_NEVER at the end of the line. Too few days
 * off are judged now if the last day holds an open slot, else kept in mind until the next one does.
 */
static bool end_days(const SolverDayRules *rules, LineState *state, int64_t next_day)
{
    int64_t last_of_horizon = (int64_t)rules->first_day + rules->days - 1;
    int64_t first = (int64_t)state->day - state->day_run + 1;
    if (state->flags & LINE_DAYS_OPEN && first > rules->first_day && state->day >= rules->first_day &&
        state->day < last_of_horizon && state->day_run < rules->days_on_least) {
        return false;
    }
    if (state->day >= rules->first_day && next_day <= last_of_horizon &&
        next_day - state->day - 1 < rules->days_off_least) {
        if (state->flags & LINE_DAY_OPEN) {
            return false;
        }
        state->flags |= LINE_DAYS_PENDING;
    }
    return true;
}

static bool read_types(const LineModel *model, LineState *state, const SolverSlot *piece, bool is_fixed)
{
    const SolverDayRules *rules = model->worker->day_rules;
    uint64_t before = is_fixed ? state->planned_before : state->types_before;
    for (int32_t type = 0; before >> type; type++) {
        if ((before >> type & 1) &&
            rules->type_forbidden_next[(size_t)type * (size_t)rules->types + (size_t)piece->type]) {
            return false;
        }
        if (type == 63) {
            break;
        }
    }
    uint64_t bit = UINT64_C(1) << piece->type;
    state->types_today |= bit;
    state->planned_today |= is_fixed ? 0 : bit;
    return true;
}

static bool read_weekend(const SolverDayRules *rules, LineState *state, const SolverSlot *piece, bool is_fixed)
{
    if (rules->weekends_most == INT32_MAX || piece->day < rules->first_day ||
        piece->day >= (int64_t)rules->first_day + rules->days) {
        return true;
    }
    int64_t offset = (((int64_t)piece->day - rules->first_weekend_day) % 7 + 7) % 7;
    if (offset > 1) {
        return true;
    }
    int64_t weekend = piece->day - offset;
    if (state->weekends == 0 || weekend != state->weekend) {
        state->weekends++;
        state->weekend = weekend;
    }
    state->flags |= is_fixed ? 0 : LINE_WEEKEND_PLANNED;
    return !(state->flags & LINE_WEEKEND_PLANNED) || state->weekends <= rules->weekends_most;
}

static bool read_day(const LineModel *model, LineState *state, const SolverSlot *piece, bool is_fixed)
{
    const SolverDayRules *rules = model->worker->day_rules;
    if (!(state->flags & LINE_WORKS) || piece->day != state->day) {
        state->flags &= ~(uint32_t)LINE_DAYS_PENDING;
        if (state->flags & LINE_WORKS && piece->day == (int64_t)state->day + 1) {
            state->day_run++;
            state->types_before = state->types_today;
            state->planned_before = state->planned_today;
        } else {
            if (rules && state->flags & LINE_WORKS && !end_days(rules, state, piece->day)) {
                return false;
            }
            state->day_run = 1;
            state->flags &= ~(uint32_t)(LINE_DAYS_PLANNED | LINE_DAYS_OPEN);
            state->types_before = state->planned_before = 0;
        }
        state->flags &= ~(uint32_t)(LINE_DAY_PLANNED | LINE_DAY_OPEN);
        state->types_today = state->planned_today = 0;
        state->day = piece->day;
        state->day_slots = 0;
    }
    state->day_slots++;
    if (!is_fixed) {
        state->flags |= LINE_DAY_PLANNED | LINE_DAYS_PLANNED;
    }
    if (!is_fixed && rules && piece->start_min >= rules->open_from_min) {
        state->flags |= LINE_DAY_OPEN | LINE_DAYS_OPEN;
        if (state->flags & LINE_DAYS_PENDING) {
            return false;
        }
    }
    if ((state->flags & LINE_DAYS_PLANNED && state->day_run > model->days_on_most) ||
        (state->flags & LINE_DAY_PLANNED && state->day_slots > model->rules->slots_a_day_most)) {
        return false;
    }
    if (!rules) {
        return true;
    }
    return read_weekend(rules, state, piece, is_fixed) &&
           (!model->has_types || read_types(model, state, piece, is_fixed));
}

static bool read_tallies(const LineModel *model, LineState *state, const SolverSlot *piece)
{
    LineTally *own = line_tallies(model, state);
    for (int32_t i = 0; i < model->tally_count; i++) {
        const SolverTally *tally = &model->tallies[i];
        if (!line_is_tallied(tally, piece) || (tally->is_by_period && own[i].counted == piece->period + 1)) {
            continue;
        }
        own[i].counted = piece->period + 1;
        if (++own[i].count > tally->most) {
            return false;
        }
    }
    return true;
}

/* Minutes, windows, types and tallies: what only slots add to. */
static bool read_slot(const LineModel *model, LineState *state, const SolverSlot *piece)
{
    state->minutes += piece->work_min;
    state->slots++;
    if (piece->period != state->period) {
        state->period = piece->period;
        state->period_minutes = 0;
    }
    state->period_minutes += piece->work_min;
    if (state->period_minutes > model->minutes_most[piece->period]) {
        return false;
    }
    LineCount *counts = line_counts(state);
    for (int32_t i = 0; i < model->window_count; i++) {
        if (in_window(&model->windows[i], piece->week)) {
            counts[i].minutes += piece->work_min;
            counts[i].has_slot = true;
            if (!window_is_legal(&model->windows[i], &counts[i])) {
                return false;
            }
        }
    }
    int32_t *type_counts = line_type_counts(model, state);
    for (int32_t i = 0; i < model->type_count; i++) {
        if (model->types[i] == piece->type && ++type_counts[i] > model->worker->day_rules->type_most[piece->type]) {
            return false;
        }
    }
    return read_tallies(model, state, piece);
}

static bool duty_is_legal(const LineModel *model, const LineState *state)
{
    const SolverLineRules *rules = model->rules;
    const SolverDutyLimits *limits = limits_of(model, state);
    bool is_night = line_is_night(model, state);
    if (state->flags & LINE_DUTY_PLANNED) {
        if (state->flags & LINE_DUTY_PENDING || state->duty_work > limits->work_most_min ||
            state->duty_end - state->duty_start > limits->span_most_min ||
            state->duty_curfew > limits->curfew_most_min ||
            (is_night && state->duty_work > rules->night_work_most_min)) {
            return false;
        }
    }
    if (state->flags & LINE_STRETCH_PLANNED) {
        if (state->duty_end - state->stretch_start > rules->stretch_span_most_min ||
            ((is_night || state->flags & LINE_STRETCH_NIGHT) && state->stretch_duties > rules->series_duties_most)) {
            return false;
        }
    }
    return true;
}

bool line_extend(const LineModel *model, LineState *state, const SolverSlot *piece, bool is_fixed)
{
    const SolverLineRules *rules = model->rules;
    if (state->flags & LINE_WORKS && piece->start_min < (is_fixed ? state->planned_end : state->duty_end)) {
        return false;
    }
    if (!read_day(model, state, piece, is_fixed)) {
        return false;
    }
    if (state->flags & LINE_WORKS && piece->start_min - state->duty_end < rules->duty_gap_min) {
        int64_t gap = piece->start_min - state->piece_end;
        state->duty_break += gap >= rules->break_gap_min ? gap : 0;
    } else if (!begin_duty(model, state, piece)) {
        return false;
    }
    state->flags |= LINE_WORKS;
    state->piece_end = piece->end_min;
    if (piece->end_min > state->duty_end) {
        state->duty_end = piece->end_min;
    }
    state->duty_work += piece->work_min;
    state->duty_break += piece->break_min;
    state->duty_night += piece->night_min;
    state->duty_curfew += piece->curfew_min;
    if (piece->night_min > 0 && state->duty_night == piece->night_min) {
        state->late_after = piece->late_after_min;
    }
    if (!is_fixed) {
        state->flags |= LINE_PLANNED | LINE_DUTY_PLANNED | LINE_STRETCH_PLANNED;
        state->planned_end = piece->end_min;
        if (!read_slot(model, state, piece)) {
            return false;
        }
    }
    return duty_is_legal(model, state);
}

bool line_settle(const LineModel *model, LineState *state, int64_t next_start_min)
{
    if (!(state->flags & LINE_WORKS) || state->flags & LINE_CLOSED ||
        next_start_min - state->duty_end < model->rules->duty_gap_min) {
        return true;
    }
    return close_duty(model, state);
}

bool line_finish(const LineModel *model, LineState *state)
{
    const SolverDayRules *rules = model->worker->day_rules;
    if (state->flags & LINE_WORKS) {
        if (!(state->flags & LINE_CLOSED) && !close_duty(model, state)) {
            return false;
        }
        if (rules && !end_days(rules, state, SOLVER_NEVER)) {
            return false;
        }
    }
    return !rules || state->minutes >= rules->minutes_least;
}

void line_begin(const LineModel *model, LineState *state)
{
    memset(state, 0, model->state_size);
    state->planned_end = INT64_MIN;
}

void line_model_measure(LineModel *model)
{
    size_t size = sizeof(LineState) + (size_t)model->window_count * sizeof(LineCount) +
                  (size_t)model->type_count * sizeof(int32_t) + (size_t)model->tally_count * sizeof(LineTally);
    model->state_size = (size + 15) / 16 * 16;
}

void line_model_init(LineModel *model, const SolverProblem *problem, int32_t worker, Arena *arena)
{
    const SolverWorker *of = &problem->workers[worker];
    const SolverDayRules *rules = of->day_rules;
    *model = (LineModel){.rules = &problem->rules,
                         .worker = of,
                         .window_count = of->window_count,
                         .windows = of->windows,
                         .tally_count = of->tally_count,
                         .tallies = of->tallies,
                         .has_types = rules && rules->type_forbidden_next,
                         .days_on_most = problem->rules.days_in_row_most,
                         .minutes_most = ARENA_NEW(arena, int64_t, of->later_count + 1)};
    for (int32_t period = 0; period <= of->later_count; period++) {
        model->minutes_most[period] = charge_period(of, period).minutes_most;
    }
    if (rules && rules->days_on_most < model->days_on_most) {
        model->days_on_most = rules->days_on_most;
    }
    if (rules && rules->type_most) {
        int32_t *types = ARENA_NEW(arena, int32_t, rules->types);
        for (int32_t type = 0; type < rules->types; type++) {
            if (rules->type_most[type] != INT32_MAX) {
                types[model->type_count++] = type;
            }
        }
        model->types = types;
    }
    line_model_measure(model);
}

bool line_order(const SolverSlot *left, const SolverSlot *right)
{
    return left->start_min != right->start_min ? left->start_min < right->start_min : left->end_min < right->end_min;
}
