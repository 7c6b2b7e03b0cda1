/*
 * Nights in the compact model: runs of them, and the windows of weeks that limit minutes and nights.
 *
 *   runs     level_{k,l} >= level_{j,l-1} + z_k - 1 - (day duties between) for night duties j, k less than stretch_rest
 *            apart: night k is at least the l-th of its run. Level 1 is z_k itself. A duty d too soon after the last
 *            night k of a long run: level_{k,long} + z_d <= 1 + (any duties between).
 *   windows  minutes of the slots <= left; late nights <= left; many >= (nights - (limit - 1)) / most, and the minutes
 *            of a window with many nights <= those left then.
 */
#include "compact.h"

static bool is_between(const CompactDuty *earlier, const CompactDuty *middle, const CompactDuty *later)
{
    return middle->start_min >= earlier->end_min && middle->end_min <= later->start_min;
}

/* Whether work that is always there comes between the two [by day], so that no row is needed. */
static bool is_never_next(const CompactWorker *worker, const CompactDuty *earlier, const CompactDuty *later,
                          bool is_day_only)
{
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *middle = &worker->duties[i];
        if (middle->column == COMPACT_ALWAYS && is_between(earlier, middle, later) &&
            !(is_day_only && middle->is_night)) {
            return true;
        }
    }
    return false;
}

static void add_between(CompactWorker *worker, const CompactDuty *earlier, const CompactDuty *later, bool is_day_only)
{
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *middle = &worker->duties[i];
        if (is_between(earlier, middle, later) && !(is_day_only && middle->is_night)) {
            compact_add_duty(worker, middle, -1);
        }
    }
}

typedef struct Runs {
    CompactWorker *worker;
    int32_t longest;  /* level that binds */
    int32_t *level;   /* [duty * (longest + 1) + l] the column, -1: not reached; level 1 is the duty */
    int32_t *planned; /* [duty] the run up to it holds planned work; -1: never */
} Runs;

static int32_t *level_of(const Runs *runs, int32_t duty, int32_t level)
{
    return &runs->level[(int64_t)duty * (runs->longest + 1) + level];
}

static bool is_reached(const Runs *runs, int32_t duty, int32_t level)
{
    return level == 1 ? runs->worker->duties[duty].is_night : *level_of(runs, duty, level) >= 0;
}

static void add_level(const Runs *runs, int32_t duty, int32_t level, double value)
{
    if (level == 1) {
        compact_add_duty(runs->worker, &runs->worker->duties[duty], value);
    } else {
        compact_add(runs->worker->model, *level_of(runs, duty, level), value);
    }
}

/* Night `later` follows night `earlier` in its run, unless other duties are between. */
static void link_nights(Runs *runs, int32_t earlier, int32_t later)
{
    CompactWorker *worker = runs->worker;
    CompactModel *model = worker->model;
    const CompactDuty *from = &worker->duties[earlier], *to = &worker->duties[later];
    for (int32_t level = 2; level <= runs->longest; level++) {
        if (!is_reached(runs, earlier, level - 1)) {
            continue;
        }
        if (*level_of(runs, later, level) < 0) {
            *level_of(runs, later, level) =
                compact_column(model, COMPACT_SHARE, "run:%s:%d.%d", worker->name, (int)later, (int)level);
        }
        compact_row(model, 'L', 1, "run:%s:%d.%d.%d", worker->name, (int)earlier, (int)later, (int)level);
        add_level(runs, later, level, -1);
        add_level(runs, earlier, level - 1, 1);
        compact_add_duty(worker, to, 1);
        add_between(worker, from, to, true);
    }
    if (!to->is_planned && (from->is_planned || runs->planned[earlier] >= 0)) {
        if (runs->planned[later] < 0) {
            runs->planned[later] = compact_column(model, COMPACT_SHARE, "runplan:%s:%d", worker->name, (int)later);
        }
        compact_row(model, 'L', 1, "runplan:%s:%d.%d", worker->name, (int)earlier, (int)later);
        compact_add(model, runs->planned[later], -1);
        if (from->is_planned) {
            compact_add_duty(worker, from, 1);
        } else {
            compact_add(model, runs->planned[earlier], 1);
        }
        compact_add_duty(worker, to, 1);
        add_between(worker, from, to, true);
    }
}

/* Duty `later` may not be the next after a long run that ends with night `last`. */
static void forbid_next(const Runs *runs, int32_t last, int32_t later)
{
    CompactWorker *worker = runs->worker;
    CompactModel *model = worker->model;
    const CompactDuty *from = &worker->duties[last], *to = &worker->duties[later];
    bool is_fixed = !from->is_planned && !to->is_planned;
    if (is_fixed && runs->planned[last] < 0) {
        return;
    }
    compact_row(model, 'L', is_fixed ? 2 : 1, "afterrun:%s:%d.%d", worker->name, (int)last, (int)later);
    add_level(runs, last, runs->longest, 1);
    compact_add_duty(worker, to, 1);
    if (is_fixed) {
        compact_add(model, runs->planned[last], 1);
    }
    add_between(worker, from, to, false);
}

void compact_add_night_runs(CompactWorker *worker)
{
    const SolverLineRules *rules = &worker->model->problem->rules;
    Runs runs = {.worker = worker, .longest = rules->night_run_long < 1 ? 1 : rules->night_run_long};
    if (compact_most_duties(worker, INT64_MIN / 2, INT64_MAX, true) < runs.longest) {
        return;
    }
    runs.level = ARENA_NEW(worker->arena, int32_t, (int64_t)worker->duty_count * (runs.longest + 1));
    runs.planned = ARENA_NEW(worker->arena, int32_t, worker->duty_count);
    for (int64_t i = 0; i < (int64_t)worker->duty_count * (runs.longest + 1); i++) {
        runs.level[i] = -1;
    }
    for (int32_t i = 0; i < worker->duty_count; i++) {
        runs.planned[i] = -1;
    }
    for (int32_t last = 0; last < worker->duty_count; last++) {
        const CompactDuty *night = &worker->duties[last];
        if (!night->is_night) {
            continue;
        }
        for (int32_t later = last + 1; later < worker->duty_count; later++) {
            const CompactDuty *duty = &worker->duties[later];
            int64_t rest = duty->start_min - night->end_min;
            bool is_judged = night->is_planned || duty->is_planned;
            bool is_next = rest >= 0 && !(is_judged && compact_is_conflict(night, duty));
            bool goes_on = duty->is_night && rest < rules->stretch_rest_min;
            if (is_next && goes_on && !is_never_next(worker, night, duty, true)) {
                link_nights(&runs, last, later);
            }
            if (is_next && !goes_on && rest < rules->night_run_rest_least_min &&
                is_reached(&runs, last, runs.longest) && !is_never_next(worker, night, duty, false)) {
                forbid_next(&runs, last, later);
            }
        }
    }
}

/* ---- windows */

static bool is_in(const SolverWindow *window, int32_t week)
{
    return window->first_week <= week && week <= window->last_week;
}

static const SolverSlot *slot_of(const CompactWorker *worker, int32_t entry)
{
    const SolverProblem *problem = worker->model->problem;
    return &problem->slots[problem->entries[entry].slot];
}

static double add_minutes(CompactWorker *worker, const SolverWindow *window)
{
    double sum = 0;
    for (int32_t entry = worker->begin; entry < worker->end; entry++) {
        const SolverSlot *slot = slot_of(worker, entry);
        if (is_in(window, slot->week)) {
            compact_add(worker->model, entry, slot->work_min);
            sum += slot->work_min;
        }
    }
    return sum;
}

static void limit_late_nights(CompactWorker *worker, const SolverWindow *window, int32_t number)
{
    CompactModel *model = worker->model;
    int32_t late = 0, fixed = 0;
    bool is_plain = true; /* too many only by planned ones, each with a slot in the window: one row says it */
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *duty = &worker->duties[i];
        late += duty->is_late && is_in(window, duty->week);
        fixed += duty->is_late && is_in(window, duty->week) && !duty->is_planned;
        is_plain &= !duty->is_late || !duty->is_planned || !is_in(window, duty->week) ||
                    worker->pieces[worker->pieces_of_duties[duty->pieces_begin]].entry >= 0;
    }
    is_plain &= fixed <= window->late_nights_left;
    if (late <= window->late_nights_left) {
        return;
    }
    double most = late - (double)window->late_nights_left;
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *of = &worker->duties[i];
        if (!of->is_planned || !of->is_late || !is_in(window, of->week)) {
            continue;
        }
        for (int32_t entry = is_plain ? worker->end - 1 : worker->begin; entry < worker->end; entry++) {
            if (!is_plain && !is_in(window, slot_of(worker, entry)->week)) {
                continue; /* judged only if the line has a slot in the window */
            }
            compact_row(model, 'L', window->late_nights_left + (is_plain ? 0 : 2 * most), "late:%s:%d.%d.%d",
                        worker->name, (int)number, (int)i, (int)entry);
            for (int32_t k = 0; k < worker->duty_count; k++) {
                if (worker->duties[k].is_late && is_in(window, worker->duties[k].week)) {
                    compact_add_duty(worker, &worker->duties[k], 1);
                }
            }
            if (!is_plain) {
                compact_add_duty(worker, of, most);
                compact_add(model, entry, most);
            }
        }
        if (is_plain) {
            return;
        }
    }
}

static void limit_many_nights(CompactWorker *worker, const SolverWindow *window, int32_t number)
{
    CompactModel *model = worker->model;
    int32_t nights = 0;
    double minutes = 0;
    for (int32_t i = 0; i < worker->duty_count; i++) {
        nights += worker->duties[i].is_night && is_in(window, worker->duties[i].week);
    }
    for (int32_t entry = worker->begin; entry < worker->end; entry++) {
        minutes += is_in(window, slot_of(worker, entry)->week) ? slot_of(worker, entry)->work_min : 0;
    }
    double left = (double)window->many_nights_minutes_left;
    if (nights < window->nights_until_many || (left >= 0 && minutes <= left)) {
        return;
    }
    int32_t many = compact_column(model, COMPACT_BINARY, "many:%s:%d", worker->name, (int)number);
    double most = nights - (double)window->nights_until_many + 1;
    compact_row(model, 'L', (double)window->nights_until_many - 1, "nights:%s:%d", worker->name, (int)number);
    for (int32_t i = 0; i < worker->duty_count; i++) {
        if (worker->duties[i].is_night && is_in(window, worker->duties[i].week)) {
            compact_add_duty(worker, &worker->duties[i], 1);
        }
    }
    compact_add(model, many, -most);
    if (left >= 0) {
        compact_row(model, 'L', minutes, "manymin:%s:%d", worker->name, (int)number);
        add_minutes(worker, window);
        compact_add(model, many, minutes - left);
        return;
    }
    for (int32_t entry = worker->begin; entry < worker->end; entry++) {
        if (is_in(window, slot_of(worker, entry)->week)) {
            compact_row(model, 'L', 1, "manynone:%s:%d.%d", worker->name, (int)number, (int)entry);
            compact_add(model, entry, 1);
            compact_add(model, many, 1);
        }
    }
}

void compact_add_windows(CompactWorker *worker, bool has_duties)
{
    for (int32_t number = 0; number < worker->worker->window_count; number++) {
        const SolverWindow *window = &worker->worker->windows[number];
        for (int32_t entry = worker->begin; entry < worker->end && window->minutes_left < 0; entry++) {
            if (is_in(window, slot_of(worker, entry)->week)) {
                compact_forbid(worker->model, entry);
            }
        }
        if (window->minutes_left >= 0) {
            compact_row(worker->model, 'L', (double)window->minutes_left, "window:%s:%d", worker->name, (int)number);
            add_minutes(worker, window);
        }
        if (has_duties && window->late_nights_left != INT32_MAX) {
            limit_late_nights(worker, window, number);
        }
        if (has_duties && window->nights_until_many != INT32_MAX) {
            limit_many_nights(worker, window, number);
        }
    }
}
