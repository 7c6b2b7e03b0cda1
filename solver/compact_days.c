/*
 * Days in the compact model. A day is worked if a piece starts on it: always where fixed work does; the sum of its
 * entries where only one slot a day is allowed; else a column with x_e <= worked <= sum of x_e.
 *
 * A rule is judged only where a slot takes part. Work on a day without fixed work is a slot, so that it is enough to
 * look apart at what fixed days do among themselves.
 */
#include "compact.h"

static const SolverSlot *slot_of(const CompactWorker *worker, int32_t entry)
{
    const SolverProblem *problem = worker->model->problem;
    return &problem->slots[problem->entries[entry].slot];
}

void compact_make_days(CompactWorker *worker)
{
    const SolverWorker *of = worker->worker;
    worker->days = ARENA_NEW(worker->arena, CompactDay, of->fixed_count + worker->end - worker->begin);
    worker->day_count = 0;
    int32_t fixed = 0, entry = worker->begin;
    while (fixed < of->fixed_count || entry < worker->end) {
        bool is_fixed =
            entry == worker->end || (fixed < of->fixed_count && of->fixed[fixed].day <= slot_of(worker, entry)->day);
        CompactDay *day = &worker->days[worker->day_count++];
        *day = (CompactDay){.day = is_fixed ? of->fixed[fixed].day : slot_of(worker, entry)->day,
                            .first_start_min = INT64_MAX,
                            .last_start_min = INT64_MIN};
        for (; fixed < of->fixed_count && of->fixed[fixed].day == day->day; fixed++, day->fixed++) {
            int64_t start = of->fixed[fixed].start_min;
            day->first_start_min = start < day->first_start_min ? start : day->first_start_min;
            day->last_start_min = start > day->last_start_min ? start : day->last_start_min;
        }
        for (day->begin = entry; entry < worker->end && slot_of(worker, entry)->day == day->day; entry++) {
            int64_t start = slot_of(worker, entry)->start_min;
            day->first_start_min = start < day->first_start_min ? start : day->first_start_min;
            day->last_start_min = start > day->last_start_min ? start : day->last_start_min;
        }
        day->end = entry;
    }
}

void compact_add_day(CompactWorker *worker, const CompactDay *day, double value)
{
    if (day->fixed) {
        compact_add_right(worker->model, -value);
    } else if (day->is_column) {
        compact_add(worker->model, day->column, value);
    } else {
        for (int32_t entry = day->begin; entry < day->end; entry++) {
            compact_add(worker->model, entry, value);
        }
    }
}

/* Slots of the day, and whether it is worked. */
static void begin_day(CompactWorker *worker, CompactDay *day)
{
    CompactModel *model = worker->model;
    int32_t left = model->problem->rules.slots_a_day_most - day->fixed;
    if (left < 1) {
        for (int32_t entry = day->begin; entry < day->end; entry++) {
            compact_forbid(model, entry);
        }
        return;
    }
    if (day->end - day->begin > left) {
        compact_row(model, 'L', left, "day:%s:%d", worker->name, (int)day->day);
        for (int32_t entry = day->begin; entry < day->end; entry++) {
            compact_add(model, entry, 1);
        }
    }
    if (day->fixed == 0 && left > 1 && day->end - day->begin > 1) {
        day->is_column = true;
        day->column = compact_column(model, COMPACT_SHARE, "worked:%s:%d", worker->name, (int)day->day);
        compact_row(model, 'L', 0, "worked:%s:%d", worker->name, (int)day->day);
        compact_add(model, day->column, 1);
        for (int32_t entry = day->begin; entry < day->end; entry++) {
            compact_add(model, entry, -1);
        }
        for (int32_t entry = day->begin; entry < day->end; entry++) {
            compact_row(model, 'L', 0, "worked:%s:%d.%d", worker->name, (int)day->day, (int)(entry - day->begin));
            compact_add(model, entry, 1);
            compact_add(model, day->column, -1);
        }
    }
}

void compact_add_days(CompactWorker *worker)
{
    const SolverDayRules *rules = worker->worker->day_rules;
    int64_t length = (int64_t)worker->model->problem->rules.days_in_row_most + 1;
    if (rules && rules->days_on_most < length) {
        length = (int64_t)rules->days_on_most + 1;
    }
    length = length < 1 ? 1 : length;
    for (int32_t i = 0; i < worker->day_count; i++) {
        begin_day(worker, &worker->days[i]);
    }
    /* One more day in a row than allowed: of those without fixed work one stays free. */
    for (int32_t first = 0; first + length <= worker->day_count; first++) {
        const CompactDay *days = &worker->days[first];
        int32_t fixed = 0;
        if (days[length - 1].day - (int64_t)days[0].day != length - 1) {
            continue;
        }
        for (int64_t i = 0; i < length; i++) {
            fixed += days[i].fixed > 0;
        }
        if (fixed == length) {
            for (int32_t entry = days[0].begin; entry < days[length - 1].end; entry++) {
                compact_forbid(worker->model, entry);
            }
            continue;
        }
        compact_row(worker->model, 'L', (double)length - 1, "row:%s:%d", worker->name, (int)days[0].day);
        for (int64_t i = 0; i < length; i++) {
            compact_add_day(worker, &days[i], 1);
        }
    }
}
