#include "check_duty.h"

#include <stdlib.h>
#include <string.h>

/* ---- pieces */

static int compare_pieces(const void *left, const void *right)
{
    const SolverSlot *a = ((const CheckPiece *)left)->slot, *b = ((const CheckPiece *)right)->slot;
    if (a->start_min != b->start_min) {
        return a->start_min < b->start_min ? -1 : 1;
    }
    if (a->end_min != b->end_min) {
        return a->end_min < b->end_min ? -1 : 1;
    }
    return a < b ? -1 : a > b;
}

static int32_t first_from(const CheckWorker *worker, int64_t start_min)
{
    int32_t low = 0, high = worker->piece_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (worker->pieces[middle].slot->start_min < start_min) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int32_t next_mandatory(const CheckWorker *worker, int32_t after)
{
    int32_t at = after + 1;
    while (at < worker->piece_count && !worker->pieces[at].is_mandatory) {
        at++;
    }
    return at;
}

/* ---- duties */

/* A duty in the making. */
typedef struct Making {
    CheckWorker *worker;
    Arena *arena;
    int32_t size; /* of worker->duties */
    int32_t count, pieces[CHECK_PIECES_MOST];
    bool is_too_large;
} Making;

typedef struct Sums {
    int64_t end_min, planned_end_min, price;
    int64_t work, pause, night, curfew, minutes;
    int64_t late_after_min; /* of the first piece in the night */
    int32_t day, day_slots;
    bool is_planned, day_is_planned;
} Sums;

static const SolverDutyLimits *limits_of(const Making *making)
{
    const SolverWorker *worker = making->worker->worker;
    int32_t day = making->worker->pieces[making->pieces[0]].slot->day;
    return &worker->limits[day < worker->limits_change_day ? 0 : 1];
}

static Sums sums_with(const Making *making, const Sums *before, int32_t index)
{
    const CheckPiece *piece = &making->worker->pieces[index];
    const SolverSlot *slot = piece->slot;
    Sums sums = making->count == 1 ? (Sums){.end_min = INT64_MIN, .planned_end_min = INT64_MIN} : *before;
    if (making->count > 1) {
        int64_t gap = slot->start_min - making->worker->pieces[making->pieces[making->count - 2]].slot->end_min;
        sums.pause += gap >= making->worker->problem->rules.break_gap_min ? gap : 0;
    }
    if (making->count == 1 || slot->day != sums.day) {
        sums.day = slot->day;
        sums.day_slots = 0;
        sums.day_is_planned = false;
    }
    sums.day_slots++;
    sums.late_after_min = sums.night == 0 ? slot->late_after_min : sums.late_after_min;
    sums.work += slot->work_min;
    sums.pause += slot->break_min;
    sums.night += slot->night_min;
    sums.curfew += slot->curfew_min;
    sums.end_min = slot->end_min > sums.end_min ? slot->end_min : sums.end_min;
    if (piece->is_planned) {
        sums.planned_end_min = slot->end_min;
        sums.minutes += slot->work_min;
        sums.price += piece->price;
        sums.is_planned = sums.day_is_planned = true;
    }
    return sums;
}

/* What no further piece can mend. */
static bool may_go_on(const Making *making, const Sums *sums)
{
    const SolverLineRules *rules = &making->worker->problem->rules;
    const SolverDutyLimits *limits = limits_of(making);
    if (!sums->is_planned) {
        return true;
    }
    int64_t span = sums->end_min - making->worker->pieces[making->pieces[0]].slot->start_min;
    return sums->work <= limits->work_most_min && span <= limits->span_most_min &&
           sums->curfew <= limits->curfew_most_min &&
           (sums->night <= rules->night_over_min || sums->work <= rules->night_work_most_min) &&
           (!sums->day_is_planned || sums->day_slots <= rules->slots_a_day_most);
}

static bool breaks_suffice(const Making *making, const Sums *sums)
{
    const SolverDutyLimits *limits = limits_of(making);
    for (size_t tier = 0; tier < sizeof limits->breaks / sizeof *limits->breaks && sums->is_planned; tier++) {
        const SolverBreakTier *of = &limits->breaks[tier];
        if (of->over_work_min != INT32_MAX && sums->work > of->over_work_min && sums->pause < of->need_min) {
            return false;
        }
    }
    return true;
}

static void keep_duty(Making *making, const Sums *sums)
{
    CheckWorker *worker = making->worker;
    const SolverLineRules *rules = &worker->problem->rules;
    int32_t first = making->pieces[0], last = making->pieces[making->count - 1];
    bool is_night = sums->night > rules->night_over_min, is_late = is_night && sums->end_min > sums->late_after_min;
    CheckDuty duty = {.first = first,
                      .count = making->count,
                      .next_to = next_mandatory(worker, last),
                      .start_min = worker->pieces[first].slot->start_min,
                      .end_min = sums->end_min,
                      .price = sums->price,
                      .minutes = (int32_t)sums->minutes,
                      .rest_least_min = limits_of(making)->rest_least_min,
                      .week = worker->pieces[first].slot->week,
                      .is_planned = sums->is_planned,
                      .is_night = is_night,
                      .is_late = is_late};
    if (is_late && rules->late_night_rest_least_min > duty.rest_least_min) {
        duty.rest_least_min = rules->late_night_rest_least_min;
    }
    int64_t apart = rules->duty_gap_min;
    if (duty.is_planned && duty.rest_least_min > apart) {
        apart = duty.rest_least_min;
    }
    duty.next_from = first_from(worker, duty.end_min + apart);
    while (sums->day_is_planned && sums->day_slots >= rules->slots_a_day_most && duty.next_from < worker->piece_count &&
           worker->pieces[duty.next_from].slot->day == sums->day) {
        duty.next_from++; /* the day is full */
    }
    bool joins = duty.next_to < worker->piece_count && duty.next_from > duty.next_to; /* what must come is too near */
    if (joins || !breaks_suffice(making, sums)) {
        return;
    }
    if (worker->duty_count == CHECK_DUTIES_MOST) {
        making->is_too_large = true;
        return;
    }
    if (worker->duty_count == making->size) {
        CheckDuty *old = worker->duties;
        making->size = making->size ? 2 * making->size : 64;
        worker->duties = ARENA_NEW(making->arena, CheckDuty, making->size);
        if (old) {
            memcpy(worker->duties, old, (size_t)worker->duty_count * sizeof *old);
        }
    }
    int32_t *pieces = ARENA_NEW(making->arena, int32_t, making->count);
    memcpy(pieces, making->pieces, (size_t)making->count * sizeof *pieces);
    duty.pieces = pieces;
    worker->duties[worker->duty_count++] = duty;
}

/* Every duty that begins with the pieces in `making`, the last of which was not yet counted into the sums. */
static void make_duties(Making *making, const Sums *before)
{
    enum { PIECES_MOST = 64 };
    const CheckWorker *worker = making->worker;
    int32_t last = making->pieces[making->count - 1];
    Sums sums = sums_with(making, before, last);
    if (making->is_too_large || !may_go_on(making, &sums)) {
        return;
    }
    keep_duty(making, &sums);
    int32_t until = next_mandatory(worker, last);
    for (int32_t next = last + 1; next < worker->piece_count && next <= until; next++) {
        const CheckPiece *piece = &worker->pieces[next];
        if (piece->slot->start_min - sums.end_min >= worker->problem->rules.duty_gap_min) {
            break;
        }
        if (piece->slot->start_min < (piece->is_planned ? sums.end_min : sums.planned_end_min)) {
            continue; /* work at the same time */
        }
        if (making->count == PIECES_MOST) {
            making->is_too_large = true;
            return;
        }
        making->pieces[making->count++] = next;
        make_duties(making, &sums);
        making->count--;
    }
}

/* ---- the worker */

static void keep_windows(CheckWorker *worker, int64_t minutes, Arena *arena)
{
    const SolverWorker *of = worker->worker;
    worker->windows = ARENA_NEW(arena, const SolverWindow *, of->window_count);
    for (int32_t i = 0; i < of->window_count; i++) {
        const SolverWindow *window = &of->windows[i];
        bool nights_bind = window->late_nights_left != INT32_MAX && window->late_nights_left < worker->piece_count;
        bool many_bind = window->nights_until_many != INT32_MAX && window->nights_until_many <= worker->piece_count &&
                         window->many_nights_minutes_left < minutes;
        if (window->minutes_left < minutes || nights_bind || many_bind) {
            worker->windows[worker->window_count++] = window;
        }
    }
}

static int64_t most_of_period(const SolverWorker *of, int32_t period)
{
    return period > 0 ? of->later[period - 1].minutes_most : of->minutes_most;
}

const char *check_worker_init(CheckWorker *worker, const SolverProblem *problem, int32_t index, int32_t first_entry,
                              int32_t entry_end, const int64_t *price, const bool *is_possible, Arena *arena)
{
    const SolverWorker *of = &problem->workers[index];
    int64_t minutes = 0;
    *worker = (CheckWorker){.problem = problem, .worker = of, .last_end_min = INT64_MIN};
    if ((int64_t)of->fixed_count + entry_end - first_entry > CHECK_PIECES_MOST) {
        return "a worker has too many pieces of work";
    }
    worker->pieces = ARENA_NEW(arena, CheckPiece, of->fixed_count + entry_end - first_entry);
    for (int32_t i = 0; i < of->fixed_count; i++) {
        worker->pieces[worker->piece_count++] = (CheckPiece){.slot = &of->fixed[i], .is_mandatory = true};
    }
    for (int32_t entry = first_entry; entry < entry_end; entry++) {
        const SolverEntry *may = &problem->entries[entry];
        if (is_possible[entry] && (most_of_period(of, problem->slots[may->slot].period) >= 0 || may->is_required)) {
            worker->pieces[worker->piece_count++] = (CheckPiece){.slot = &problem->slots[may->slot],
                                                                 .price = price[entry],
                                                                 .is_planned = true,
                                                                 .is_mandatory = may->is_required};
            minutes += problem->slots[may->slot].work_min;
        }
    }
    qsort(worker->pieces, (size_t)worker->piece_count, sizeof *worker->pieces, compare_pieces);
    for (int32_t i = 0; i < worker->piece_count; i++) {
        int64_t end = worker->pieces[i].slot->end_min;
        worker->last_end_min = end > worker->last_end_min ? end : worker->last_end_min;
    }
    Making *making = MEMORY_NEW(Making, 1);
    making->worker = worker;
    making->arena = arena;
    worker->duty_begin = ARENA_NEW(arena, int32_t, worker->piece_count + 1);
    for (int32_t first = 0; first < worker->piece_count; first++) {
        worker->duty_begin[first] = worker->duty_count;
        making->count = 1;
        making->pieces[0] = first;
        make_duties(making, NULL);
    }
    worker->duty_begin[worker->piece_count] = worker->duty_count;
    bool is_too_large = making->is_too_large;
    free(making);
    keep_windows(worker, minutes, arena);
    check_burdens_init(worker, arena);
    return is_too_large ? "a worker's pieces of work make too many duties" : NULL;
}
