#include "check_duty.h"

#include <string.h>

enum {
    STRETCH_BEFORE, /* how long before the end of everything the stretch began, as far as that can bind */
    STRETCH_DUTIES,
    STRETCH_PLANNED,
    STRETCH_NIGHT,
    RUN,
    RUN_PLANNED,
    DAY_RUN,
    ROW_PLANNED,
    ROW_OPEN, /* ..._OPEN: holds a slot that has not begun */
    DAY_SLOTS,
    DAY_PLANNED,
    DAY_OPEN,
    OFF_SHORT, /* too few days off came before this day, should it hold an open slot */
    WEEKENDS,
    WEEKEND_PLANNED,
    WEEKEND,
    TYPES_BEFORE,
    TYPES_TODAY,
    PLANNED_BEFORE,
    PLANNED_TODAY,
    DAY,
    PERIOD, /* of the last slot, plus 1; only where there are tallies */
    PLAIN
};
enum { WINDOW_JUDGED, WINDOW_MINUTES, WINDOW_NIGHTS, WINDOW_LATE, WINDOW_LATE_PLANNED, WINDOW_BURDENS };
enum { TALLIED, TALLY_UNCOUNTED, TALLY_BURDENS }; /* uncounted: the last slot's period is not among the counted ones */

void check_burdens_init(CheckWorker *worker, Arena *arena)
{
    static const int32_t exact[] = {PERIOD, DAY_RUN, WEEKEND, TYPES_BEFORE, TYPES_TODAY, PLANNED_BEFORE, PLANNED_TODAY};
    const SolverDayRules *rules = worker->worker->day_rules;
    worker->tally_burdens =
        PLAIN + worker->window_count * WINDOW_BURDENS + (rules && rules->type_most ? rules->types : 0);
    worker->burden_count = worker->tally_burdens + worker->worker->tally_count * TALLY_BURDENS;
    if (rules || worker->worker->tally_count > 0) {
        worker->exact = ARENA_NEW(arena, int32_t, sizeof exact / sizeof *exact);
        memcpy(worker->exact, exact, sizeof exact);
        worker->exact_count = rules ? sizeof exact / sizeof *exact : 1;
    }
}

static bool add_to_stretch(const CheckWorker *worker, int64_t *burden, const CheckDuty *last, const CheckDuty *duty)
{
    const SolverLineRules *rules = &worker->problem->rules;
    if (!last || duty->start_min - last->end_min >= rules->stretch_rest_min) {
        int64_t before = worker->last_end_min - duty->start_min;
        burden[STRETCH_BEFORE] = before > rules->stretch_span_most_min ? before : rules->stretch_span_most_min;
        burden[STRETCH_DUTIES] = burden[STRETCH_PLANNED] = burden[STRETCH_NIGHT] = 0;
    }
    burden[STRETCH_DUTIES]++;
    burden[STRETCH_PLANNED] |= duty->is_planned;
    burden[STRETCH_NIGHT] |= duty->is_night;
    int64_t span = burden[STRETCH_BEFORE] - (worker->last_end_min - duty->end_min);
    return !burden[STRETCH_PLANNED] ||
           (span <= rules->stretch_span_most_min &&
            (!burden[STRETCH_NIGHT] || burden[STRETCH_DUTIES] <= rules->series_duties_most));
}

static bool add_to_run(const CheckWorker *worker, int64_t *burden, const CheckDuty *last, const CheckDuty *duty)
{
    const SolverLineRules *rules = &worker->problem->rules;
    int64_t rest = last ? duty->start_min - last->end_min : INT64_MAX;
    if (last && last->is_night && !(duty->is_night && rest < rules->stretch_rest_min)) {
        bool is_judged = burden[RUN_PLANNED] || duty->is_planned;
        if (is_judged && burden[RUN] >= rules->night_run_long && rest < rules->night_run_rest_least_min) {
            return false;
        }
        burden[RUN] = burden[RUN_PLANNED] = 0;
    }
    burden[RUN] += duty->is_night;
    burden[RUN_PLANNED] |= duty->is_night && duty->is_planned;
    return true;
}

/* The row of days that ended on burden[DAY]; the next day of work is `next`. */
static bool row_is_long_enough(const SolverDayRules *rules, const int64_t *burden, int64_t next, bool *is_short_off)
{
    int64_t last_day = (int64_t)rules->first_day + rules->days - 1, day = burden[DAY];
    int64_t first = day - burden[DAY_RUN] + 1;
    bool is_inside = first > rules->first_day && day < last_day;
    *is_short_off = day >= rules->first_day && next <= last_day && next - day - 1 < rules->days_off_least;
    return !(burden[DAY_OPEN] && *is_short_off) &&
           !(burden[ROW_OPEN] && is_inside && burden[DAY_RUN] < rules->days_on_least);
}

static bool add_weekend(const SolverDayRules *rules, int64_t *burden, const CheckPiece *piece)
{
    int64_t day = piece->slot->day, place = ((day - rules->first_weekend_day) % 7 + 7) % 7;
    if (rules->weekends_most == INT32_MAX || place > 1 || day < rules->first_day ||
        day >= (int64_t)rules->first_day + rules->days) {
        return true;
    }
    if (burden[WEEKENDS] == 0 || burden[WEEKEND] != day - place) {
        burden[WEEKENDS]++;
        burden[WEEKEND] = day - place;
    }
    burden[WEEKEND_PLANNED] |= piece->is_planned;
    return !burden[WEEKEND_PLANNED] || burden[WEEKENDS] <= rules->weekends_most;
}

static bool add_type(const CheckWorker *worker, int64_t *burden, const CheckPiece *piece)
{
    const SolverDayRules *rules = worker->worker->day_rules;
    int32_t type = piece->slot->type;
    if (rules->type_forbidden_next) {
        uint64_t before = (uint64_t)burden[piece->is_planned ? TYPES_BEFORE : PLANNED_BEFORE];
        for (int32_t other = 0; other < rules->types; other++) {
            if ((before >> other & 1) && rules->type_forbidden_next[other * rules->types + type]) {
                return false;
            }
        }
        uint64_t bit = UINT64_C(1) << type;
        burden[TYPES_TODAY] = (int64_t)((uint64_t)burden[TYPES_TODAY] | bit);
        burden[PLANNED_TODAY] = (int64_t)((uint64_t)burden[PLANNED_TODAY] | (piece->is_planned ? bit : 0));
    }
    if (rules->type_most && piece->is_planned) {
        int64_t *count = &burden[PLAIN + worker->window_count * WINDOW_BURDENS + type];
        return ++*count <= rules->type_most[type] || rules->type_most[type] == INT32_MAX;
    }
    return true;
}

static bool add_day(const CheckWorker *worker, int64_t *burden, const CheckPiece *piece)
{
    const SolverLineRules *all = &worker->problem->rules;
    const SolverDayRules *rules = worker->worker->day_rules;
    int64_t day = piece->slot->day;
    bool has_worked = burden[DAY_SLOTS] > 0;
    if (!has_worked || day != burden[DAY]) {
        bool is_next = has_worked && day == burden[DAY] + 1, is_short_off = false;
        if (rules && has_worked && !is_next && !row_is_long_enough(rules, burden, day, &is_short_off)) {
            return false;
        }
        burden[DAY_RUN] = is_next ? burden[DAY_RUN] + 1 : 1;
        burden[ROW_PLANNED] = is_next ? burden[ROW_PLANNED] : 0;
        burden[ROW_OPEN] = is_next ? burden[ROW_OPEN] : 0;
        burden[OFF_SHORT] = is_short_off;
        burden[TYPES_BEFORE] = is_next ? burden[TYPES_TODAY] : 0;
        burden[PLANNED_BEFORE] = is_next ? burden[PLANNED_TODAY] : 0;
        burden[TYPES_TODAY] = burden[PLANNED_TODAY] = 0;
        burden[DAY_SLOTS] = burden[DAY_PLANNED] = burden[DAY_OPEN] = 0;
        burden[DAY] = day;
    }
    burden[DAY_SLOTS]++;
    burden[DAY_PLANNED] |= piece->is_planned;
    burden[ROW_PLANNED] |= piece->is_planned;
    if (rules && piece->is_planned && piece->slot->start_min >= rules->open_from_min) {
        burden[DAY_OPEN] = burden[ROW_OPEN] = 1;
    }
    int64_t row_most =
        rules && rules->days_on_most < all->days_in_row_most ? rules->days_on_most : all->days_in_row_most;
    if ((burden[ROW_PLANNED] && burden[DAY_RUN] > row_most) || (burden[DAY_OPEN] && burden[OFF_SHORT]) ||
        (burden[DAY_PLANNED] && burden[DAY_SLOTS] > all->slots_a_day_most)) {
        return false;
    }
    return !rules || (add_weekend(rules, burden, piece) && add_type(worker, burden, piece));
}

/* A tally grows with slots only, so too much of it stays too much. */
static bool add_to_tallies(const CheckWorker *worker, int64_t *burden, const CheckDuty *duty)
{
    const SolverWorker *of = worker->worker;
    for (int32_t k = 0; k < duty->count && of->tally_count > 0; k++) {
        const CheckPiece *piece = &worker->pieces[duty->pieces[k]];
        if (!piece->is_planned) {
            continue;
        }
        const SolverSlot *slot = piece->slot;
        bool is_new_period = burden[PERIOD] != (int64_t)slot->period + 1;
        burden[PERIOD] = (int64_t)slot->period + 1;
        for (int32_t i = 0; i < of->tally_count; i++) {
            const SolverTally *tally = &of->tallies[i];
            int64_t *own = &burden[worker->tally_burdens + i * TALLY_BURDENS];
            bool counts = slot->marks & UINT32_C(1) << tally->mark && slot->period >= tally->first_period &&
                          slot->period <= tally->last_period;
            if (slot->period > tally->last_period) {
                own[TALLIED] = own[TALLY_UNCOUNTED] = 0; /* nothing more comes */
                continue;
            }
            own[TALLY_UNCOUNTED] |= is_new_period && tally->is_by_period;
            if (counts && (own[TALLY_UNCOUNTED] || !tally->is_by_period)) {
                own[TALLY_UNCOUNTED] = 0;
                if (++own[TALLIED] > tally->most) {
                    return false;
                }
            }
        }
    }
    return true;
}

static bool add_to_windows(const CheckWorker *worker, int64_t *burden, const CheckDuty *duty)
{
    for (int32_t i = 0; i < worker->window_count; i++) {
        const SolverWindow *window = worker->windows[i];
        int64_t *own = &burden[PLAIN + i * WINDOW_BURDENS];
        for (int32_t k = 0; k < duty->count; k++) {
            const CheckPiece *piece = &worker->pieces[duty->pieces[k]];
            if (piece->is_planned && piece->slot->week >= window->first_week &&
                piece->slot->week <= window->last_week) {
                own[WINDOW_JUDGED] = 1;
                own[WINDOW_MINUTES] += piece->slot->work_min;
            }
        }
        if (duty->is_night && duty->week >= window->first_week && duty->week <= window->last_week) {
            own[WINDOW_NIGHTS]++;
            own[WINDOW_LATE] += duty->is_late;
            own[WINDOW_LATE_PLANNED] |= duty->is_late && duty->is_planned;
        }
        bool has_many = window->nights_until_many != INT32_MAX && own[WINDOW_NIGHTS] >= window->nights_until_many;
        if (own[WINDOW_JUDGED] && (own[WINDOW_MINUTES] > window->minutes_left ||
                                   (own[WINDOW_LATE_PLANNED] && window->late_nights_left != INT32_MAX &&
                                    own[WINDOW_LATE] > window->late_nights_left) ||
                                   (has_many && own[WINDOW_MINUTES] > window->many_nights_minutes_left))) {
            return false;
        }
    }
    return true;
}

bool check_extend(const CheckWorker *worker, const int64_t *burden, const CheckDuty *last, const CheckDuty *duty,
                  int64_t *longer)
{
    if (last && (last->is_planned || duty->is_planned) && duty->start_min - last->end_min < last->rest_least_min) {
        return false;
    }
    memcpy(longer, burden, (size_t)worker->burden_count * sizeof *longer);
    if (!add_to_stretch(worker, longer, last, duty) || !add_to_run(worker, longer, last, duty) ||
        !add_to_windows(worker, longer, duty) || !add_to_tallies(worker, longer, duty)) {
        return false;
    }
    for (int32_t i = 0; i < duty->count; i++) {
        if (!add_day(worker, longer, &worker->pieces[duty->pieces[i]])) {
            return false;
        }
    }
    return true;
}

bool check_finish(const CheckWorker *worker, const int64_t *burden, const CheckDuty *last, int64_t minutes)
{
    const SolverDayRules *rules = worker->worker->day_rules;
    bool is_short_off;
    return !rules ||
           (minutes >= rules->minutes_least && (!last || row_is_long_enough(rules, burden, INT64_MAX, &is_short_off)));
}
