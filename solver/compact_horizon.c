/*
 * The day rules of longer horizons in the compact model: least runs of days on and off, weekends, types, minutes; and
 * tallies.
 */
#include "compact.h"

static const SolverSlot *slot_of(const CompactWorker *worker, int32_t entry)
{
    const SolverProblem *problem = worker->model->problem;
    return &problem->slots[problem->entries[entry].slot];
}

/* The day, or one on which the worker cannot work. */
static CompactDay day_at(const CompactWorker *worker, int64_t day)
{
    for (int32_t i = 0; i < worker->day_count; i++) {
        if (worker->days[i].day == day) {
            return worker->days[i];
        }
    }
    return (CompactDay){.day = (int32_t)day};
}

static bool can_work(const CompactDay *day)
{
    return day->fixed || day->begin < day->end;
}

static bool is_open(const CompactWorker *worker, int32_t entry)
{
    return slot_of(worker, entry)->start_min >= worker->worker->day_rules->open_from_min;
}

/* If the day is worked at all, an open slot is among its work. */
static bool is_surely_open(const CompactWorker *worker, const CompactDay *day)
{
    bool is_sure = day->fixed == 0;
    for (int32_t entry = day->begin; entry < day->end; entry++) {
        is_sure &= is_open(worker, entry);
    }
    return is_sure;
}

/* A run of `length` days on from `first`, with days off on both sides: too short, if it holds an open slot. */
static void forbid_run(CompactWorker *worker, int64_t first, int32_t length)
{
    CompactModel *model = worker->model;
    CompactDay before = day_at(worker, first - 1), after = day_at(worker, first + length);
    bool is_sure = false;
    for (int32_t i = 0; i < length; i++) {
        CompactDay day = day_at(worker, first + i);
        is_sure |= is_surely_open(worker, &day);
        if (!can_work(&day)) {
            return;
        }
    }
    /* Unless it surely holds one, each open slot makes it judged: one row for each. */
    for (int32_t i = is_sure ? length - 1 : 0; i < length; i++) {
        CompactDay with = day_at(worker, first + i);
        for (int32_t entry = is_sure ? with.end - 1 : with.begin; entry < with.end; entry++) {
            if (!is_sure && !is_open(worker, entry)) {
                continue;
            }
            compact_row(model, 'L', is_sure ? length - 1 : length, "on:%s:%d.%d.%d", worker->name, (int)first,
                        (int)length, (int)entry);
            compact_add_day(worker, &before, -1);
            compact_add_day(worker, &after, -1);
            for (int32_t k = 0; k < length; k++) {
                CompactDay day = day_at(worker, first + k);
                compact_add_day(worker, &day, 1);
            }
            if (!is_sure) {
                compact_add(model, entry, 1);
            }
        }
    }
}

/* `length` days off from `first`, with days on beside them: too short, if one of those holds an open slot. */
static void forbid_gap(CompactWorker *worker, int64_t first, int32_t length)
{
    CompactDay beside[2] = {day_at(worker, first - 1), day_at(worker, first + length)};
    if (!can_work(&beside[0]) || !can_work(&beside[1])) {
        return;
    }
    bool is_sure = is_surely_open(worker, &beside[0]) || is_surely_open(worker, &beside[1]);
    for (int side = 0; side < 2; side++) {
        int32_t end = !is_sure ? beside[side].end : side == 0 ? beside[side].begin + 1 : beside[side].begin;
        for (int32_t entry = beside[side].begin; entry < end; entry++) {
            if (!is_sure && !is_open(worker, entry)) {
                continue;
            }
            compact_row(worker->model, 'L', is_sure ? 1 : 2, "off:%s:%d.%d.%d", worker->name, (int)first, (int)length,
                        (int)entry);
            compact_add_day(worker, &beside[0], 1);
            compact_add_day(worker, &beside[1], 1);
            for (int32_t i = 0; i < length; i++) {
                CompactDay day = day_at(worker, first + i);
                compact_add_day(worker, &day, -1);
            }
            if (!is_sure) {
                compact_add(worker->model, entry, 1);
            }
        }
    }
}

static void add_runs(CompactWorker *worker, const SolverDayRules *rules)
{
    int64_t first = rules->first_day, last = first + rules->days - 1;
    for (int32_t length = 1; length < rules->days_on_least; length++) {
        for (int64_t day = first + 1; day + length <= last; day++) {
            forbid_run(worker, day, length);
        }
    }
    for (int32_t length = 1; length < rules->days_off_least; length++) {
        for (int64_t day = first + 1; day + length <= last; day++) {
            forbid_gap(worker, day, length);
        }
    }
}

static void add_weekends(CompactWorker *worker, const SolverDayRules *rules)
{
    CompactModel *model = worker->model;
    int64_t end = (int64_t)rules->first_day + rules->days;
    int32_t fixed = 0, count = 0;
    int32_t *column = ARENA_NEW(worker->arena, int32_t, worker->day_count);
    if (rules->weekends_most == INT32_MAX) {
        return;
    }
    for (int pass = 0; pass < 2; pass++) { /* what fixed work takes, then what slots can take */
        for (int64_t day = (int64_t)rules->first_day - 1; day < end; day++) {
            if (((day - rules->first_weekend_day) % 7 + 7) % 7 != 0) {
                continue;
            }
            CompactDay days[2] = {day_at(worker, day), day_at(worker, day + 1)};
            bool is_in[2] = {day >= rules->first_day && can_work(&days[0]), day + 1 < end && can_work(&days[1])};
            bool is_fixed = (is_in[0] && days[0].fixed) || (is_in[1] && days[1].fixed);
            if (pass == 0) {
                fixed += is_fixed;
                continue;
            }
            if (!is_in[0] && !is_in[1]) {
                continue;
            }
            for (int i = 0; i < 2 && fixed > rules->weekends_most; i++) {
                for (int32_t entry = days[i].begin; is_in[i] && entry < days[i].end; entry++) {
                    compact_forbid(model, entry);
                }
            }
            if (is_fixed || fixed > rules->weekends_most) {
                continue;
            }
            column[count] = compact_column(model, COMPACT_SHARE, "weekend:%s:%d", worker->name, (int)day);
            for (int i = 0; i < 2; i++) {
                if (is_in[i]) {
                    compact_row(model, 'L', 0, "weekend:%s:%d.%d", worker->name, (int)day, i);
                    compact_add_day(worker, &days[i], 1);
                    compact_add(model, column[count], -1);
                }
            }
            count++;
        }
    }
    if (count > 0) {
        compact_row(model, 'L', (double)rules->weekends_most - fixed, "weekends:%s", worker->name);
    }
    for (int32_t i = 0; i < count; i++) {
        compact_add(model, column[i], 1);
    }
}

static bool is_forbidden(const SolverDayRules *rules, int32_t type, int32_t next)
{
    return rules->type_forbidden_next[(int64_t)type * rules->types + next];
}

static void add_successions(CompactWorker *worker, const SolverDayRules *rules)
{
    CompactModel *model = worker->model;
    const SolverWorker *of = worker->worker;
    for (int32_t entry = worker->begin; entry < worker->end; entry++) {
        const SolverSlot *slot = slot_of(worker, entry);
        bool has_next = false;
        for (int32_t i = 0; i < of->fixed_count; i++) {
            int64_t apart = (int64_t)of->fixed[i].day - slot->day;
            if ((apart == 1 && is_forbidden(rules, slot->type, of->fixed[i].type)) ||
                (apart == -1 && is_forbidden(rules, of->fixed[i].type, slot->type))) {
                compact_forbid(model, entry);
                break;
            }
        }
        for (int32_t next = entry + 1; next < worker->end; next++) {
            const SolverSlot *later = slot_of(worker, next);
            if ((int64_t)later->day != (int64_t)slot->day + 1 || !is_forbidden(rules, slot->type, later->type)) {
                continue;
            }
            /* With one slot a day all those of the next day are in one row. */
            if (!has_next || model->problem->rules.slots_a_day_most > 1) {
                compact_row(model, 'L', 1, "next:%s:%d.%d", worker->name, (int)entry, (int)next);
                compact_add(model, entry, 1);
            }
            compact_add(model, next, 1);
            has_next = true;
        }
    }
}

void compact_add_day_rules(CompactWorker *worker)
{
    const SolverDayRules *rules = worker->worker->day_rules;
    CompactModel *model = worker->model;
    if (!rules) {
        return;
    }
    add_runs(worker, rules);
    add_weekends(worker, rules);
    for (int32_t type = 0; type < rules->types && rules->type_most; type++) {
        if (rules->type_most[type] == INT32_MAX) {
            continue;
        }
        int32_t most = rules->type_most[type] > 0 ? rules->type_most[type] : 0; /* none, whatever was worked before */
        compact_row(model, 'L', most, "type:%s:%d", worker->name, (int)type);
        for (int32_t entry = worker->begin; entry < worker->end; entry++) {
            if (slot_of(worker, entry)->type == type) {
                compact_add(model, entry, 1);
            }
        }
    }
    if (rules->type_forbidden_next) {
        add_successions(worker, rules);
    }
    if (rules->minutes_least > 0) {
        compact_row(model, 'G', rules->minutes_least, "least:%s", worker->name);
        for (int32_t entry = worker->begin; entry < worker->end; entry++) {
            compact_add(model, entry, slot_of(worker, entry)->work_min);
        }
    }
}

static bool is_tallied(const CompactWorker *worker, const SolverTally *tally, int32_t entry)
{
    const SolverSlot *slot = slot_of(worker, entry);
    return (slot->marks >> tally->mark & 1) && tally->first_period <= slot->period &&
           slot->period <= tally->last_period;
}

/* A period is counted as far as any of its slots is taken. Entries are in order of time, so periods do not fall. */
static void add_tally_of_periods(CompactWorker *worker, const SolverTally *tally, int32_t number)
{
    CompactModel *model = worker->model;
    int32_t period = -1, count = 0;
    int32_t *column = ARENA_NEW(worker->arena, int32_t, worker->end - worker->begin);
    for (int32_t entry = worker->begin; entry < worker->end; entry++) {
        if (!is_tallied(worker, tally, entry)) {
            continue;
        }
        if (slot_of(worker, entry)->period != period) {
            period = slot_of(worker, entry)->period;
            column[count++] =
                compact_column(model, COMPACT_SHARE, "tally:%s:%d.%d", worker->name, (int)number, (int)period);
        }
        compact_row(model, 'L', 0, "tally:%s:%d.%d", worker->name, (int)number, (int)entry);
        compact_add(model, entry, 1);
        compact_add(model, column[count - 1], -1);
    }
    if (count > tally->most) {
        compact_row(model, 'L', tally->most, "tally:%s:%d", worker->name, (int)number);
        for (int32_t i = 0; i < count; i++) {
            compact_add(model, column[i], 1);
        }
    }
}

void compact_add_tallies(CompactWorker *worker)
{
    for (int32_t i = 0; i < worker->worker->tally_count; i++) {
        const SolverTally *tally = &worker->worker->tallies[i];
        if (tally->most > 0 && tally->is_by_period) {
            add_tally_of_periods(worker, tally, i);
            continue;
        }
        if (tally->most > 0) {
            compact_row(worker->model, 'L', tally->most, "tally:%s:%d", worker->name, (int)i);
        }
        for (int32_t entry = worker->begin; entry < worker->end; entry++) {
            if (is_tallied(worker, tally, entry) && tally->most > 0) {
                compact_add(worker->model, entry, 1);
            } else if (is_tallied(worker, tally, entry)) {
                compact_forbid(worker->model, entry);
            }
        }
    }
}
