#include "reference.h"

#include <glib.h>

typedef struct Piece {
    SolverSlot slot;
    bool planned;
} Piece;

typedef struct Duty {
    int first, last; /* pieces */
    int64_t start, end, work, pause, night, curfew;
    bool planned, is_night, is_late;
    const SolverDutyLimits *limits;
} Duty;

typedef struct Whole {
    const SolverProblem *problem;
    const SolverWorker *worker;
    Piece *pieces;
    int piece_count;
    Duty *duties;
    int duty_count;
    int64_t minutes;
} Whole;

static int compare(const void *left, const void *right)
{
    const SolverSlot *a = &((const Piece *)left)->slot, *b = &((const Piece *)right)->slot;
    return a->start_min != b->start_min ? (a->start_min < b->start_min ? -1 : 1)
                                        : (a->end_min > b->end_min) - (a->end_min < b->end_min);
}

static void make_duties(Whole *whole)
{
    const SolverLineRules *rules = &whole->problem->rules;
    for (int i = 0; i < whole->piece_count; i++) {
        const Piece *piece = &whole->pieces[i];
        Duty *duty = whole->duty_count ? &whole->duties[whole->duty_count - 1] : NULL;
        if (!duty || piece->slot.start_min - duty->end >= rules->duty_gap_min) {
            duty = &whole->duties[whole->duty_count++];
            *duty = (Duty){.first = i, .start = piece->slot.start_min, .end = piece->slot.end_min};
            duty->limits = &whole->worker->limits[piece->slot.day >= whole->worker->limits_change_day];
        }
        duty->last = i;
        duty->end = MAX(duty->end, piece->slot.end_min);
        duty->work += piece->slot.work_min;
        duty->pause += piece->slot.break_min;
        duty->night += piece->slot.night_min;
        duty->curfew += piece->slot.curfew_min;
        duty->planned |= piece->planned;
        if (i > duty->first) {
            int64_t gap = piece->slot.start_min - whole->pieces[i - 1].slot.end_min;
            duty->pause += gap >= rules->break_gap_min ? gap : 0;
        }
    }
    for (int i = 0; i < whole->duty_count; i++) {
        Duty *duty = &whole->duties[i];
        duty->is_night = duty->night > rules->night_over_min;
        for (int k = duty->first; k <= duty->last && duty->is_night; k++) {
            if (whole->pieces[k].slot.night_min > 0) {
                duty->is_late = duty->end > whole->pieces[k].slot.late_after_min;
                break;
            }
        }
    }
}

static bool no_overlap(const Whole *whole)
{
    for (int i = 0; i < whole->piece_count; i++) {
        for (int k = i + 1; k < whole->piece_count; k++) {
            const Piece *a = &whole->pieces[i], *b = &whole->pieces[k];
            if ((a->planned || b->planned) && a->slot.start_min < b->slot.end_min &&
                b->slot.start_min < a->slot.end_min) {
                return false;
            }
        }
    }
    return true;
}

static bool duties_hold(const Whole *whole)
{
    for (int i = 0; i < whole->duty_count; i++) {
        const Duty *duty = &whole->duties[i];
        if (!duty->planned) {
            continue;
        }
        if (duty->work > duty->limits->work_most_min || duty->end - duty->start > duty->limits->span_most_min ||
            duty->curfew > duty->limits->curfew_most_min ||
            (duty->is_night && duty->work > whole->problem->rules.night_work_most_min)) {
            return false;
        }
        for (int tier = 0; tier < 3; tier++) {
            if (duty->limits->breaks[tier].over_work_min != INT32_MAX &&
                duty->work > duty->limits->breaks[tier].over_work_min &&
                duty->pause < duty->limits->breaks[tier].need_min) {
                return false;
            }
        }
    }
    return true;
}

static bool rests_hold(const Whole *whole)
{
    for (int i = 0; i + 1 < whole->duty_count; i++) {
        const Duty *a = &whole->duties[i], *b = &whole->duties[i + 1];
        int64_t rest = b->start - a->end;
        if ((a->planned || b->planned) && (rest < a->limits->rest_least_min ||
                                           (a->is_late && rest < whole->problem->rules.late_night_rest_least_min))) {
            return false;
        }
    }
    return true;
}

static bool runs_hold(const Whole *whole)
{
    const SolverLineRules *rules = &whole->problem->rules;
    for (int begin = 0; begin < whole->duty_count;) {
        if (!whole->duties[begin].is_night) {
            begin++;
            continue;
        }
        int end = begin + 1; /* the run is [begin, end) */
        while (end < whole->duty_count && whole->duties[end].is_night &&
               whole->duties[end].start - whole->duties[end - 1].end < rules->stretch_rest_min) {
            end++;
        }
        if (end < whole->duty_count && end - begin >= rules->night_run_long &&
            whole->duties[end].start - whole->duties[end - 1].end < rules->night_run_rest_least_min) {
            for (int i = begin; i <= end; i++) {
                if (whole->duties[i].planned) {
                    return false;
                }
            }
        }
        begin = end;
    }
    return true;
}

static bool stretches_hold(const Whole *whole)
{
    const SolverLineRules *rules = &whole->problem->rules;
    for (int begin = 0, end; begin < whole->duty_count; begin = end) {
        for (end = begin + 1; end < whole->duty_count &&
                              whole->duties[end].start - whole->duties[end - 1].end < rules->stretch_rest_min;) {
            end++;
        }
        bool planned = false, night = false;
        for (int i = begin; i < end; i++) {
            planned |= whole->duties[i].planned;
            night |= whole->duties[i].is_night;
        }
        if (planned && (whole->duties[end - 1].end - whole->duties[begin].start > rules->stretch_span_most_min ||
                        (night && end - begin > rules->series_duties_most))) {
            return false;
        }
    }
    return true;
}

/* 0 nothing, 1 fixed work, 2 a slot of the horizon on that day. */
static int on_day(const Whole *whole, int64_t day)
{
    int what = 0;
    for (int i = 0; i < whole->piece_count; i++) {
        if (whole->pieces[i].slot.day == day) {
            what = MAX(what, whole->pieces[i].planned ? 2 : 1);
        }
    }
    return what;
}

static void day_range(const Whole *whole, int64_t *first, int64_t *last)
{
    *first = INT64_MAX;
    *last = INT64_MIN;
    for (int i = 0; i < whole->piece_count; i++) {
        *first = MIN(*first, whole->pieces[i].slot.day);
        *last = MAX(*last, whole->pieces[i].slot.day);
    }
}

static bool days_hold(const Whole *whole)
{
    int64_t first, last, most = whole->problem->rules.days_in_row_most;
    most = whole->worker->day_rules ? MIN(most, whole->worker->day_rules->days_on_most) : most;
    day_range(whole, &first, &last);
    for (int64_t day = first, run = 0, planned = 0; day <= last; day++) {
        int what = on_day(whole, day), number = 0;
        run = what ? run + 1 : 0;
        planned = what ? MAX(planned, what) : 0;
        /* The whole row is judged, so look ahead to its end. */
        int64_t whole_run = run, whole_planned = planned;
        for (int64_t ahead = day + 1; what && on_day(whole, ahead); ahead++) {
            whole_run++;
            whole_planned = MAX(whole_planned, on_day(whole, ahead));
        }
        if (what && whole_planned == 2 && whole_run > most) {
            return false;
        }
        for (int i = 0; i < whole->piece_count; i++) {
            number += whole->pieces[i].slot.day == day;
        }
        if (what == 2 && number > whole->problem->rules.slots_a_day_most) {
            return false;
        }
    }
    return true;
}

static bool windows_hold(const Whole *whole)
{
    for (int w = 0; w < whole->worker->window_count; w++) {
        const SolverWindow *window = &whole->worker->windows[w];
        int64_t minutes = 0;
        bool judged = false, late_planned = false;
        int nights = 0, late = 0;
        for (int i = 0; i < whole->piece_count; i++) {
            const Piece *piece = &whole->pieces[i];
            if (piece->planned && piece->slot.week >= window->first_week && piece->slot.week <= window->last_week) {
                judged = true;
                minutes += piece->slot.work_min;
            }
        }
        for (int i = 0; i < whole->duty_count; i++) {
            const Duty *duty = &whole->duties[i];
            int32_t week = whole->pieces[duty->first].slot.week;
            if (duty->is_night && week >= window->first_week && week <= window->last_week) {
                nights++;
                late += duty->is_late;
                late_planned |= duty->is_late && duty->planned;
            }
        }
        if (judged && (minutes > window->minutes_left ||
                       (window->late_nights_left != INT32_MAX && late_planned && late > window->late_nights_left) ||
                       (window->nights_until_many != INT32_MAX && nights >= window->nights_until_many &&
                        minutes > window->many_nights_minutes_left))) {
            return false;
        }
    }
    return true;
}

/* A slot of the horizon that has not begun. */
static bool is_open_on(const Whole *whole, int64_t day)
{
    for (int i = 0; i < whole->piece_count; i++) {
        const Piece *piece = &whole->pieces[i];
        if (piece->planned && piece->slot.day == day &&
            piece->slot.start_min >= whole->worker->day_rules->open_from_min) {
            return true;
        }
    }
    return false;
}

static bool runs_of_days_hold(const Whole *whole, const SolverDayRules *rules)
{
    int64_t begin = rules->first_day, end = begin + rules->days; /* the horizon */
    for (int64_t day = begin, next; day < end; day = next) {
        bool works = on_day(whole, day);
        bool open = is_open_on(whole, day);
        for (next = day + 1; next < end && (on_day(whole, next) != 0) == works; next++) {
            open |= is_open_on(whole, next);
        }
        if (day == begin || next == end) {
            if (works || day == begin || next == end) {
                continue; /* touches the edge */
            }
        }
        if (works && open && next - day < rules->days_on_least) {
            return false;
        }
        if (!works && next - day < rules->days_off_least) {
            if (is_open_on(whole, day - 1) || is_open_on(whole, next)) {
                return false;
            }
        }
    }
    return true;
}

static bool day_rules_hold(const Whole *whole)
{
    const SolverDayRules *rules = whole->worker->day_rules;
    if (!rules) {
        return true;
    }
    if (whole->minutes < rules->minutes_least || !runs_of_days_hold(whole, rules)) {
        return false;
    }
    int weekends = 0;
    bool planned = false;
    for (int64_t day = rules->first_day - 1; day < rules->first_day + rules->days; day++) {
        if (((day - rules->first_weekend_day) % 7 + 7) % 7 == 0) {
            bool works = false;
            for (int64_t d = day; d <= day + 1; d++) {
                if (d >= rules->first_day && d < rules->first_day + rules->days) {
                    works |= on_day(whole, d) > 0;
                    planned |= on_day(whole, d) == 2;
                }
            }
            weekends += works;
        }
    }
    if (rules->weekends_most != INT32_MAX && planned && weekends > rules->weekends_most) {
        return false;
    }
    for (int i = 0; i < whole->piece_count; i++) {
        const Piece *a = &whole->pieces[i];
        int same = 0;
        for (int k = 0; k < whole->piece_count; k++) {
            const Piece *b = &whole->pieces[k];
            same += a->planned && b->planned && a->slot.type == b->slot.type;
            if (rules->type_forbidden_next && (a->planned || b->planned) && b->slot.day == a->slot.day + 1 &&
                rules->type_forbidden_next[a->slot.type * rules->types + b->slot.type]) {
                return false;
            }
        }
        if (a->planned && rules->type_most && rules->type_most[a->slot.type] != INT32_MAX &&
            same > rules->type_most[a->slot.type]) {
            return false;
        }
    }
    return true;
}

/* Period by period, as the header puts it. */
static bool tallies_hold(const Whole *whole)
{
    for (int t = 0; t < whole->worker->tally_count; t++) {
        const SolverTally *tally = &whole->worker->tallies[t];
        int slots = 0, periods = 0;
        for (int period = MAX(0, tally->first_period); period <= MIN(whole->worker->later_count, tally->last_period);
             period++) {
            int marked = 0;
            for (int i = 0; i < whole->piece_count; i++) {
                const Piece *piece = &whole->pieces[i];
                marked += piece->planned && piece->slot.period == period && (piece->slot.marks & 1U << tally->mark);
            }
            slots += marked;
            periods += marked > 0;
        }
        int count = tally->is_by_period ? periods : slots;
        if (count > 0 && count > tally->most) {
            return false;
        }
    }
    return true;
}

static SolverPeriod period_of(const SolverWorker *worker, int period)
{
    return period == 0 ? (SolverPeriod){worker->minutes_most, worker->minutes_wanted, worker->below, worker->above}
                       : worker->later[period - 1];
}

static bool periods_hold(const Whole *whole)
{
    for (int period = 0; period <= whole->worker->later_count; period++) {
        int64_t minutes = 0;
        bool is_worked = false;
        for (int i = 0; i < whole->piece_count; i++) {
            if (whole->pieces[i].planned && whole->pieces[i].slot.period == period) {
                minutes += whole->pieces[i].slot.work_min;
                is_worked = true;
            }
        }
        if (is_worked && minutes > period_of(whole->worker, period).minutes_most) {
            return false;
        }
    }
    return true;
}

bool reference_line_is_legal(const SolverProblem *problem, int32_t worker, const int32_t *entries, int32_t count)
{
    const SolverWorker *of = &problem->workers[worker];
    Whole whole = {.problem = problem, .worker = of};
    whole.pieces = g_new0(Piece, of->fixed_count + count + 1);
    whole.duties = g_new0(Duty, of->fixed_count + count + 1);
    for (int i = 0; i < of->fixed_count; i++) {
        whole.pieces[whole.piece_count++] = (Piece){of->fixed[i], false};
    }
    int required = 0;
    for (int i = 0; i < count; i++) {
        const SolverEntry *entry = &problem->entries[entries[i]];
        whole.pieces[whole.piece_count++] = (Piece){problem->slots[entry->slot], true};
        whole.minutes += problem->slots[entry->slot].work_min;
        required += entry->is_required;
    }
    for (int i = 0; i < problem->entry_count; i++) {
        required -= problem->entries[i].worker == worker && problem->entries[i].is_required;
    }
    qsort(whole.pieces, (size_t)whole.piece_count, sizeof *whole.pieces, compare);
    make_duties(&whole);
    bool is_legal = required == 0 && no_overlap(&whole) && duties_hold(&whole) && rests_hold(&whole) &&
                    runs_hold(&whole) && stretches_hold(&whole) && days_hold(&whole) && windows_hold(&whole) &&
                    day_rules_hold(&whole) && periods_hold(&whole) && tallies_hold(&whole);
    g_free(whole.pieces);
    g_free(whole.duties);
    return is_legal;
}

static int64_t charge(const SolverCurve *curve, int64_t units)
{
    int64_t sum = 0;
    if (curve->pieces == 0 || units <= 0) {
        return 0;
    }
    for (int i = 0; i < curve->pieces; i++) {
        int64_t until = i + 1 < curve->pieces ? curve->from[i + 1] : INT64_MAX;
        sum += MAX(0, MIN(units, until) - curve->from[i]) * curve->rate[i];
    }
    return (2 * sum + curve->denominator) / (2 * curve->denominator);
}

static int64_t line_cost(const SolverProblem *problem, int32_t worker, const int32_t *entries, int32_t count)
{
    const SolverWorker *of = &problem->workers[worker];
    int64_t cost = 0;
    for (int i = 0; i < count; i++) {
        cost += problem->entries[entries[i]].cost_cents;
    }
    for (int period = 0; period <= of->later_count; period++) {
        SolverPeriod hours = period_of(of, period);
        int64_t units = 0;
        for (int i = 0; i < count; i++) {
            const SolverSlot *slot = &problem->slots[problem->entries[entries[i]].slot];
            units += slot->period == period ? slot->work_min * of->unit_per_min : 0;
        }
        cost += charge(&hours.below, hours.minutes_wanted - units) + charge(&hours.above, units - hours.minutes_wanted);
    }
    return cost;
}

int64_t reference_cost(const SolverProblem *problem, const int32_t *chosen, int32_t count)
{
    int64_t cost = 0;
    int32_t *mine = g_new(int32_t, count + 1);
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        int32_t own = 0;
        for (int i = 0; i < count; i++) {
            if (problem->entries[chosen[i]].worker == worker) {
                mine[own++] = chosen[i];
            }
        }
        cost += line_cost(problem, worker, mine, own);
    }
    g_free(mine);
    for (int32_t row = 0; row < problem->row_count; row++) {
        int64_t activity = 0;
        for (int i = 0; i < count; i++) {
            for (int64_t k = problem->entry_row_begin[chosen[i]]; k < problem->entry_row_begin[chosen[i] + 1]; k++) {
                activity += problem->entry_row[k] == row ? problem->entry_coefficient[k] : 0;
            }
        }
        cost += charge(&problem->rows[row].below, problem->rows[row].wanted - activity) +
                charge(&problem->rows[row].above, activity - problem->rows[row].wanted);
    }
    return cost;
}

const char *reference_roster_fault(const SolverProblem *problem, const int32_t *chosen, int32_t count)
{
    const char *fault = NULL;
    int32_t *mine = g_new(int32_t, count + 1);
    for (int32_t worker = 0; worker < problem->worker_count && !fault; worker++) {
        int32_t own = 0;
        for (int i = 0; i < count; i++) {
            if (problem->entries[chosen[i]].worker == worker) {
                mine[own++] = chosen[i];
            }
        }
        fault = reference_line_is_legal(problem, worker, mine, own) ? NULL : "an illegal line";
    }
    g_free(mine);
    for (int i = 1; i < count && !fault; i++) {
        fault = chosen[i] > chosen[i - 1] ? NULL : "entries that do not rise";
    }
    for (int32_t row = 0; row < problem->row_count && !fault; row++) {
        int64_t activity = 0;
        for (int i = 0; i < count; i++) {
            for (int64_t k = problem->entry_row_begin[chosen[i]]; k < problem->entry_row_begin[chosen[i] + 1]; k++) {
                activity += problem->entry_row[k] == row ? problem->entry_coefficient[k] : 0;
            }
        }
        fault = activity <= problem->rows[row].most ? NULL : "a row above its limit";
    }
    return fault;
}

/* ---- every roster */

typedef struct Exhaustion {
    const SolverProblem *problem;
    GArray **lines; /* [workers] bit sets of the worker's entries */
    int32_t *first;
    int64_t *activity;
    int64_t best;
} Exhaustion;

static void add(Exhaustion *all, int32_t worker, uint32_t line, int64_t sign)
{
    for (int bit = 0; line >> bit; bit++) {
        if (line >> bit & 1) {
            int32_t entry = all->first[worker] + bit;
            for (int64_t k = all->problem->entry_row_begin[entry]; k < all->problem->entry_row_begin[entry + 1]; k++) {
                all->activity[all->problem->entry_row[k]] += sign * all->problem->entry_coefficient[k];
            }
        }
    }
}

static int32_t unpack(const Exhaustion *all, int32_t worker, uint32_t line, int32_t *entries)
{
    int32_t count = 0;
    for (int bit = 0; line >> bit; bit++) {
        if (line >> bit & 1) {
            entries[count++] = all->first[worker] + bit;
        }
    }
    return count;
}

static void try_all(Exhaustion *all, int32_t worker, int64_t cost)
{
    const SolverProblem *problem = all->problem;
    if (worker == problem->worker_count) {
        for (int32_t row = 0; row < problem->row_count; row++) {
            if (all->activity[row] > problem->rows[row].most) {
                return;
            }
            cost += charge(&problem->rows[row].below, problem->rows[row].wanted - all->activity[row]) +
                    charge(&problem->rows[row].above, all->activity[row] - problem->rows[row].wanted);
        }
        all->best = MIN(all->best, cost);
        return;
    }
    for (guint i = 0; i < all->lines[worker]->len; i++) {
        uint32_t line = g_array_index(all->lines[worker], uint32_t, i);
        int32_t entries[32];
        int32_t count = unpack(all, worker, line, entries);
        add(all, worker, line, 1);
        try_all(all, worker + 1, cost + line_cost(problem, worker, entries, count));
        add(all, worker, line, -1);
    }
}

int64_t reference_optimum(const SolverProblem *problem)
{
    Exhaustion all = {.problem = problem, .best = INT64_MAX};
    all.lines = g_new0(GArray *, problem->worker_count);
    all.first = g_new0(int32_t, problem->worker_count + 1);
    all.activity = g_new0(int64_t, problem->row_count);
    for (int32_t worker = 0, entry = 0; worker <= problem->worker_count; worker++) {
        while (entry < problem->entry_count && problem->entries[entry].worker < worker) {
            entry++;
        }
        all.first[worker] = entry;
    }
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        all.lines[worker] = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        int32_t own = all.first[worker + 1] - all.first[worker];
        g_assert_cmpint(own, <, 20);
        for (uint32_t line = 0; line < UINT32_C(1) << own; line++) {
            int32_t entries[32];
            int32_t count = unpack(&all, worker, line, entries);
            if (reference_line_is_legal(problem, worker, entries, count)) {
                g_array_append_val(all.lines[worker], line);
            }
        }
    }
    try_all(&all, 0, 0);
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        g_array_unref(all.lines[worker]);
    }
    g_free(all.lines);
    g_free(all.first);
    g_free(all.activity);
    return all.best;
}
