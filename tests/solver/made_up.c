#include "made_up.h"

#include <glib.h>
#include <string.h>

typedef struct MadeUpParts {
    GArray *slots, *workers, *entries, *rows, *begin, *row, *coefficient;
    GPtrArray *kept;
} MadeUpParts;

const char *const made_up_rules[MADE_UP_RULES] = {
    "none",       "duty work",     "duty span",   "rest",         "breaks",        "stretch",
    "night work", "late nights",   "night runs",  "series",       "days in a row", "slots a day",
    "windows",    "night windows", "many nights", "most minutes", "ages",          "hours curve",
    "day gap",    "overlaps",      "periods",     "tallies"};

uint64_t made_up_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int made_up_below(uint64_t *state, int most)
{
    return (int)(made_up_random(state) % (uint64_t)most);
}

static bool chance(uint64_t *state, int percent)
{
    return made_up_below(state, 100) < percent;
}

static MadeUpParts *parts_new(void)
{
    MadeUpParts *parts = g_new0(MadeUpParts, 1);
    parts->slots = g_array_new(FALSE, TRUE, sizeof(SolverSlot));
    parts->workers = g_array_new(FALSE, TRUE, sizeof(SolverWorker));
    parts->entries = g_array_new(FALSE, TRUE, sizeof(SolverEntry));
    parts->rows = g_array_new(FALSE, TRUE, sizeof(SolverRow));
    parts->begin = g_array_new(FALSE, TRUE, sizeof(int64_t));
    parts->row = g_array_new(FALSE, TRUE, sizeof(int32_t));
    parts->coefficient = g_array_new(FALSE, TRUE, sizeof(int64_t));
    parts->kept = g_ptr_array_new_with_free_func(g_free);
    return parts;
}

static MadeUp finish(MadeUpParts *parts, const SolverLineRules *rules)
{
    int64_t end = parts->row->len;
    g_array_append_val(parts->begin, end);
    MadeUp made = {.parts = parts,
                   .problem = {.rules = *rules,
                               .worker_count = (int32_t)parts->workers->len,
                               .slot_count = (int32_t)parts->slots->len,
                               .entry_count = (int32_t)parts->entries->len,
                               .row_count = (int32_t)parts->rows->len,
                               .workers = (const SolverWorker *)(void *)parts->workers->data,
                               .slots = (const SolverSlot *)(void *)parts->slots->data,
                               .entries = (const SolverEntry *)(void *)parts->entries->data,
                               .rows = (const SolverRow *)(void *)parts->rows->data,
                               .entry_row_begin = (const int64_t *)(void *)parts->begin->data,
                               .entry_row = (const int32_t *)(void *)parts->row->data,
                               .entry_coefficient = (const int64_t *)(void *)parts->coefficient->data}};
    return made;
}

void made_up_free(MadeUp *made)
{
    MadeUpParts *parts = made->parts;
    if (!parts) {
        return;
    }
    g_array_unref(parts->slots);
    g_array_unref(parts->workers);
    g_array_unref(parts->entries);
    g_array_unref(parts->rows);
    g_array_unref(parts->begin);
    g_array_unref(parts->row);
    g_array_unref(parts->coefficient);
    g_ptr_array_unref(parts->kept);
    g_free(parts);
    *made = (MadeUp){0};
}

static int compare_slots(const void *left, const void *right)
{
    const SolverSlot *a = left, *b = right;
    return a->start_min != b->start_min ? (a->start_min < b->start_min ? -1 : 1)
                                        : (a->end_min > b->end_min) - (a->end_min < b->end_min);
}

/* Presence in 00:00-06:00, on a clock without zones. */
static void set_night(SolverSlot *slot)
{
    slot->night_min = 0;
    slot->late_after_min = SOLVER_NEVER;
    for (int64_t day = slot->start_min / 1440; day <= slot->end_min / 1440; day++) {
        int64_t from = MAX(slot->start_min, day * 1440), until = MIN(slot->end_min, day * 1440 + 360);
        if (until > from) {
            if (slot->night_min == 0) {
                slot->late_after_min = day * 1440 + 120;
            }
            slot->night_min += (int32_t)(until - from);
            slot->curfew_min = slot->night_min;
        }
    }
}

static SolverSlot slot_of(int64_t start, int64_t length, int32_t pause)
{
    SolverSlot slot = {.start_min = start, .end_min = start + length, .break_min = pause};
    slot.work_min = (int32_t)length - pause;
    slot.day = (int32_t)(start / 1440);
    slot.week = slot.day / 7;
    set_night(&slot);
    return slot;
}

static void add_row_entry(MadeUpParts *parts, int32_t row, int64_t coefficient)
{
    g_array_append_val(parts->row, row);
    g_array_append_val(parts->coefficient, coefficient);
}

static const SolverLineRules legal_rules = {.duty_gap_min = 480,
                                            .break_gap_min = 15,
                                            .stretch_rest_min = 2160,
                                            .stretch_span_most_min = 7920,
                                            .night_over_min = 60,
                                            .night_work_most_min = 600,
                                            .late_night_rest_least_min = 840,
                                            .night_run_long = 3,
                                            .night_run_rest_least_min = 2760,
                                            .series_duties_most = 7,
                                            .days_in_row_most = 6,
                                            .slots_a_day_most = 1};

static const SolverDutyLimits legal_limits = {.work_most_min = 720,
                                              .span_most_min = 780,
                                              .rest_least_min = 660,
                                              .curfew_most_min = INT32_MAX,
                                              .breaks = {{330, 30}, {600, 45}, {INT32_MAX, 0}}};

static SolverCurve curve(int64_t near, int64_t far, int64_t beyond, int64_t denominator)
{
    return (SolverCurve){
        .pieces = far ? 2 : 1, .from = {0, beyond, 0}, .rate = {near, far, 0}, .denominator = denominator};
}

/* ---- tiny */

enum { TINY_ORIGIN_DAY = 70 }; /* a Monday of week 10 */

static SolverSlot tiny_slot(uint64_t *random, const MadeUpTiny *kind, int day_span)
{
    static const int starts[] = {0, 360, 480, 540, 840, 960, 1320, 1380, 1200, 300};
    int64_t day = TINY_ORIGIN_DAY + made_up_below(random, day_span);
    int64_t start =
        day * 1440 + starts[made_up_below(random, (int)G_N_ELEMENTS(starts))] + 15 * made_up_below(random, 3);
    int64_t length = 120 + 60 * made_up_below(random, 9);
    if (kind->rule == 11 || kind->rule == 4 || chance(random, 20)) {
        length = 60 + 30 * made_up_below(random, 6);
    }
    if (kind->rule >= 6 && kind->rule <= 9 && chance(random, 70)) {
        start = day * 1440 + 1320 + 60 * made_up_below(random, 4);
        length = 300 + 60 * made_up_below(random, 5);
    }
    SolverSlot slot = slot_of(start, length, 15 * made_up_below(random, 4));
    slot.type = made_up_below(random, 3);
    return slot;
}

static SolverLineRules tiny_rules(uint64_t *random, int rule)
{
    SolverLineRules rules = legal_rules;
    rules.slots_a_day_most = 1 + made_up_below(random, 3);
    rules.days_in_row_most = 2 + made_up_below(random, 6);
    switch (rule) {
    case 5:
        rules.stretch_span_most_min = 1440 + 720 * made_up_below(random, 6);
        rules.stretch_rest_min = 900 + 300 * made_up_below(random, 5);
        break;
    case 6:
        rules.night_work_most_min = 240 + 60 * made_up_below(random, 5);
        rules.night_over_min = made_up_below(random, 180);
        break;
    case 7:
        rules.late_night_rest_least_min = 600 + 120 * made_up_below(random, 8);
        break;
    case 8:
        rules.night_run_long = 1 + made_up_below(random, 3);
        rules.night_run_rest_least_min = 1200 + 400 * made_up_below(random, 6);
        rules.days_in_row_most = 7;
        break;
    case 9:
        rules.series_duties_most = 1 + made_up_below(random, 3);
        break;
    case 10:
        rules.days_in_row_most = 1 + made_up_below(random, 3);
        break;
    case 11:
        rules.slots_a_day_most = 1 + made_up_below(random, 2);
        rules.duty_gap_min = 60 + 120 * made_up_below(random, 4);
        break;
    case 18:
        rules.duty_gap_min = 60 * made_up_below(random, 10);
        rules.break_gap_min = 15 * made_up_below(random, 4);
        break;
    default:
        break;
    }
    return rules;
}

static SolverDutyLimits tiny_limits(uint64_t *random, int rule)
{
    SolverDutyLimits limits = legal_limits;
    if (rule == 1 || rule == 16) {
        limits.work_most_min = 240 + 60 * made_up_below(random, 8);
    }
    if (rule == 2 || rule == 16) {
        limits.span_most_min = 300 + 60 * made_up_below(random, 8);
    }
    if (rule == 3 || rule == 16) {
        limits.rest_least_min = 480 + 120 * made_up_below(random, 8);
    }
    if (rule == 6 || rule == 16) {
        limits.curfew_most_min = 60 * made_up_below(random, 5);
    }
    if (rule == 4 || rule == 16) {
        limits.breaks[0] = (SolverBreakTier){60 + 30 * made_up_below(random, 6), 15 * made_up_below(random, 5)};
        limits.breaks[1] = (SolverBreakTier){300, 15 * made_up_below(random, 7)};
    }
    return limits;
}

static void tiny_windows(uint64_t *random, MadeUpParts *parts, SolverWorker *worker, int rule)
{
    if (rule < 12 || rule > 14) {
        return;
    }
    int count = 1 + made_up_below(random, 3);
    SolverWindow *windows = g_new0(SolverWindow, count);
    g_ptr_array_add(parts->kept, windows);
    for (int i = 0; i < count; i++) {
        windows[i] = (SolverWindow){.first_week = 9 + made_up_below(random, 2),
                                    .minutes_left = 10000,
                                    .many_nights_minutes_left = 100000,
                                    .late_nights_left = INT32_MAX,
                                    .nights_until_many = INT32_MAX};
        windows[i].last_week = windows[i].first_week + made_up_below(random, 3);
        if (rule == 12) {
            windows[i].minutes_left = 200 * made_up_below(random, 8) - 100;
        } else if (rule == 13) {
            windows[i].late_nights_left = made_up_below(random, 4) - 1;
        } else {
            windows[i].nights_until_many = made_up_below(random, 4);
            windows[i].many_nights_minutes_left = 150 * made_up_below(random, 10);
        }
    }
    worker->windows = windows;
    worker->window_count = count;
}

static const SolverDayRules *tiny_day_rules(uint64_t *random, MadeUpParts *parts, int days)
{
    SolverDayRules *rules = g_new0(SolverDayRules, 1);
    g_ptr_array_add(parts->kept, rules);
    *rules = (SolverDayRules){
        .first_day = TINY_ORIGIN_DAY,
        .days = days,
        .open_from_min = chance(random, 70) ? INT64_MIN : 1440 * (TINY_ORIGIN_DAY + made_up_below(random, days)) + 600,
        .days_on_least = made_up_below(random, 4),
        .days_off_least = made_up_below(random, 4),
        .days_on_most = chance(random, 70) ? INT32_MAX : 1 + made_up_below(random, 3),
        .weekends_most = chance(random, 50) ? INT32_MAX : made_up_below(random, 2),
        .first_weekend_day = TINY_ORIGIN_DAY + made_up_below(random, 7),
        .minutes_least = chance(random, 80) ? 0 : 60 * made_up_below(random, 8),
        .types = 3};
    if (chance(random, 50)) {
        int32_t *most = g_new0(int32_t, 3);
        g_ptr_array_add(parts->kept, most);
        for (int type = 0; type < 3; type++) {
            most[type] = chance(random, 50) ? INT32_MAX : made_up_below(random, 4) - 1;
        }
        rules->type_most = most;
    }
    if (chance(random, 50)) {
        uint8_t *forbidden = g_new0(uint8_t, 9);
        g_ptr_array_add(parts->kept, forbidden);
        for (int pair = 0; pair < 9; pair++) {
            forbidden[pair] = chance(random, 40);
        }
        rules->type_forbidden_next = forbidden;
    }
    return rules;
}

/* Periods that begin anywhere; mostly with a day. Every worker has as many. They have their own dice. */
static int tiny_periods(uint64_t *dice, MadeUpParts *parts, int rule, int days)
{
    int later = rule == 20 ? 1 + made_up_below(dice, 2) : rule == 21 ? 1 + made_up_below(dice, 3) : chance(dice, 30);
    for (int i = 0; i < later; i++) {
        int64_t begin_min = 1440 * (TINY_ORIGIN_DAY + made_up_below(dice, days + 1));
        begin_min += chance(dice, 30) ? 60 * made_up_below(dice, 24) : 0;
        for (guint slot = 0; slot < parts->slots->len; slot++) {
            SolverSlot *of = &g_array_index(parts->slots, SolverSlot, slot);
            of->period += of->start_min >= begin_min;
        }
    }
    return later;
}

static void add_periods(uint64_t *dice, MadeUpParts *parts, SolverWorker *worker, int later)
{
    SolverPeriod *periods = g_new0(SolverPeriod, later + 1);
    g_ptr_array_add(parts->kept, periods);
    for (int i = 0; i < later; i++) {
        periods[i] = (SolverPeriod){worker->minutes_most, worker->minutes_wanted, worker->below, worker->above};
        if (chance(dice, 50)) {
            periods[i].minutes_most = 100 * made_up_below(dice, 16) - 60;
        }
        if (chance(dice, 70)) {
            periods[i].minutes_wanted = 60 * worker->unit_per_min * made_up_below(dice, 30);
            periods[i].below = curve(made_up_below(dice, 900), 900 + made_up_below(dice, 900), 120, 60);
            periods[i].above = curve(made_up_below(dice, 900), 900 + made_up_below(dice, 900), 120, 60);
        }
    }
    worker->later = periods;
    worker->later_count = later;
}

/* Marks of slots by chance. They, too, have their own dice. */
static void tiny_marks(uint64_t *dice, MadeUpParts *parts)
{
    for (guint slot = 0; slot < parts->slots->len; slot++) {
        g_array_index(parts->slots, SolverSlot, slot).marks = (uint32_t)made_up_below(dice, 8) << 29;
    }
}

static void add_tallies(uint64_t *dice, MadeUpParts *parts, SolverWorker *worker, int rule)
{
    int count = rule == 21 ? 1 + made_up_below(dice, 4) : chance(dice, 20);
    SolverTally *tallies = g_new0(SolverTally, count + 1);
    g_ptr_array_add(parts->kept, tallies);
    for (int i = 0; i < count; i++) {
        int first = made_up_below(dice, worker->later_count + 2) - 1;
        tallies[i] = (SolverTally){.mark = 29 + made_up_below(dice, 3),
                                   .is_by_period = chance(dice, 50),
                                   .first_period = first,
                                   .last_period = first + made_up_below(dice, worker->later_count + 2),
                                   .most = chance(dice, 10) ? -made_up_below(dice, 2) : 1 + made_up_below(dice, 2)};
    }
    worker->tallies = tallies;
    worker->tally_count = count;
}

static void tiny_worker(uint64_t *random, MadeUpParts *parts, const MadeUpTiny *kind, int days)
{
    SolverWorker worker = {.limits = {tiny_limits(random, kind->rule), tiny_limits(random, kind->rule)},
                           .limits_change_day = kind->rule == 16 ? TINY_ORIGIN_DAY + made_up_below(random, days) : 0,
                           .minutes_most = kind->rule == 15 ? 100 * made_up_below(random, 16) : 2400,
                           .minutes_wanted = 60 * made_up_below(random, 30),
                           .unit_per_min = 1,
                           .below = curve(500 + made_up_below(random, 900), 0, 0, 60),
                           .above = curve(600 + made_up_below(random, 900), 0, 0, 60)};
    if (kind->rule == 17) {
        worker.unit_per_min = 1 + made_up_below(random, 3);
        worker.minutes_wanted *= worker.unit_per_min;
        worker.below =
            curve(made_up_below(random, 2000), 2000 + made_up_below(random, 2000), 60 + made_up_below(random, 300), 7);
        worker.above =
            curve(made_up_below(random, 2000), 2000 + made_up_below(random, 2000), 60 + made_up_below(random, 300), 60);
    }
    if (kind->has_fixed) {
        int count = made_up_below(random, 7);
        SolverSlot *fixed = g_new0(SolverSlot, MAX(count, 1));
        g_ptr_array_add(parts->kept, fixed);
        for (int i = 0; i < count; i++) {
            fixed[i] = tiny_slot(random, kind, days);
            int64_t shift = chance(random, 60) ? -1440 * days : chance(random, 70) ? 1440 * days : 0;
            SolverSlot moved =
                slot_of(fixed[i].start_min + shift, fixed[i].end_min - fixed[i].start_min, fixed[i].break_min);
            moved.type = fixed[i].type;
            fixed[i] = moved;
        }
        qsort(fixed, (size_t)count, sizeof *fixed, compare_slots);
        int kept = 0; /* fixed work does not overlap fixed work */
        for (int i = 0; i < count; i++) {
            if (kept == 0 || fixed[i].start_min >= fixed[kept - 1].end_min) {
                fixed[kept++] = fixed[i];
            }
        }
        worker.fixed = fixed;
        worker.fixed_count = kept;
    }
    tiny_windows(random, parts, &worker, kind->rule);
    if (kind->has_day_rules) {
        worker.day_rules = tiny_day_rules(random, parts, days);
    }
    g_array_append_val(parts->workers, worker);
}

MadeUp made_up_tiny(uint64_t seed, const MadeUpTiny *asked)
{
    uint64_t random = seed * 7919 + 13;
    MadeUpTiny kind = *asked;
    kind.rule = kind.rule < 0 ? made_up_below(&random, MADE_UP_RULES) : kind.rule;
    MadeUpParts *parts = parts_new();
    SolverLineRules rules = tiny_rules(&random, kind.rule);
    int days = 2 + made_up_below(&random, 8);
    for (int i = 0; i < kind.slots; i++) {
        SolverSlot slot = tiny_slot(&random, &kind, days);
        if (i > 0 && chance(&random, 25)) { /* look-alikes */
            slot = g_array_index(parts->slots, SolverSlot, made_up_below(&random, i));
        }
        g_array_append_val(parts->slots, slot);
    }
    g_array_sort(parts->slots, compare_slots);
    uint64_t dice = seed * 31 + 7;
    int later = tiny_periods(&dice, parts, kind.rule, days);
    uint64_t mark_dice = seed * 37 + 11;
    tiny_marks(&mark_dice, parts);
    int loose = kind.has_loose_rows ? 3 : 0; /* rows after the headcounts: learners, team, fairness */
    int64_t asked_minutes = 0;
    for (int i = 0; i < kind.slots; i++) {
        const SolverSlot *slot = &g_array_index(parts->slots, SolverSlot, i);
        int64_t headcount = 1 + chance(&random, 30);
        SolverRow row = {.most = headcount,
                         .wanted = headcount,
                         .below = curve((int64_t)(2000 + made_up_below(&random, 20000)) * slot->work_min, 0, 0, 60)};
        asked_minutes += headcount * slot->work_min;
        if (chance(&random, 20)) { /* more may come than are wanted, at a price */
            row.most = chance(&random, 50) ? headcount + 1 : SOLVER_NEVER;
            row.above = curve(made_up_below(&random, 9000), 9000 + made_up_below(&random, 9000), 1, 7);
        }
        g_array_append_val(parts->rows, row);
    }
    if (loose) {
        SolverRow learners = {.most = 0}, team = {.most = SOLVER_NEVER, .wanted = 1, .below = curve(15000, 0, 0, 1)};
        SolverRow fair = {.most = SOLVER_NEVER, .wanted = asked_minutes * 9 / 10, .below = curve(3000, 4000, 200, 60)};
        g_array_append_val(parts->rows, learners);
        g_array_append_val(parts->rows, team);
        g_array_append_val(parts->rows, fair);
    }
    for (int worker = 0; worker < kind.workers; worker++) {
        tiny_worker(&random, parts, &kind, days);
        add_periods(&dice, parts, &g_array_index(parts->workers, SolverWorker, worker), later);
        add_tallies(&mark_dice, parts, &g_array_index(parts->workers, SolverWorker, worker), kind.rule);
        bool is_learner = chance(&random, 40), is_in_team = chance(&random, 50);
        for (int slot = 0; slot < kind.slots; slot++) {
            if (chance(&random, 20)) {
                continue;
            }
            SolverEntry entry = {.worker = worker, .slot = slot, .cost_cents = made_up_below(&random, 3000) - 1000};
            entry.is_required = kind.has_required && chance(&random, 8);
            g_array_append_val(parts->entries, entry);
            int64_t begin = parts->row->len;
            g_array_append_val(parts->begin, begin);
            add_row_entry(parts, slot, 1);
            if (loose) {
                if (slot < 3) {
                    add_row_entry(parts, kind.slots, is_learner ? 1 : -1);
                }
                if (is_in_team && slot % 2) {
                    add_row_entry(parts, kind.slots + 1, 1);
                }
                add_row_entry(parts, kind.slots + 2, g_array_index(parts->slots, SolverSlot, slot).work_min);
            }
        }
    }
    return finish(parts, &rules);
}

/* ---- a pool */

MadeUp made_up_pool(uint64_t seed, int workers, int shifts)
{
    enum { COOPS = 7, CERTIFICATES = 5 };
    static const int starts[] = {360, 420, 480, 540, 720, 840, 900, 1320};
    static const int lengths[] = {240, 360, 480, 480, 510, 510, 540, 300};
    static const int rates[] = {40000, 20000, 10000, 10000, 6000};
    uint64_t random = seed;
    MadeUpParts *parts = parts_new();
    int *coop = g_new0(int, shifts), *certificate = g_new0(int, shifts);
    int64_t asked[COOPS] = {0};
    for (int i = 0; i < shifts; i++) {
        int64_t day = 700 + made_up_below(&random, 7);
        int length = lengths[made_up_below(&random, (int)G_N_ELEMENTS(lengths))];
        int64_t start = day * 1440 + starts[made_up_below(&random, (int)G_N_ELEMENTS(starts))];
        SolverSlot slot = slot_of(start, length, length > 330 ? 30 : 0);
        g_array_append_val(parts->slots, slot);
    }
    g_array_sort(parts->slots, compare_slots);
    for (int i = 0; i < shifts; i++) {
        const SolverSlot *slot = &g_array_index(parts->slots, SolverSlot, i);
        coop[i] = made_up_below(&random, COOPS);
        certificate[i] = made_up_below(&random, CERTIFICATES);
        int64_t headcount = 1 + (made_up_below(&random, 100) < 30) + (made_up_below(&random, 100) < 10);
        asked[coop[i]] += headcount * slot->work_min;
        SolverRow row = {.most = headcount,
                         .wanted = headcount,
                         .below = curve((int64_t)rates[made_up_below(&random, 5)] * slot->work_min, 0, 0, 60)};
        g_array_append_val(parts->rows, row);
    }
    for (int i = 0; i < COOPS; i++) {
        SolverRow fair = {.most = SOLVER_NEVER, .wanted = asked[i] * 9 / 10, .below = curve(3000, 0, 0, 60)};
        g_array_append_val(parts->rows, fair);
    }
    for (int worker = 0; worker < workers; worker++) {
        int wage = 1800 + 10 * made_up_below(&random, 120), wanted = 60 * (16 + 4 * made_up_below(&random, 6));
        SolverWorker of = {.limits = {legal_limits, legal_limits},
                           .minutes_most = wanted + 480,
                           .minutes_wanted = wanted,
                           .unit_per_min = 1,
                           .below = curve(wage * 100, wage * 125, 480, 6000),
                           .above = curve(wage * 100, wage * 125, 480, 6000)};
        g_array_append_val(parts->workers, of);
        unsigned holds = 1 + (unsigned)made_up_below(&random, 31),
                 away = made_up_below(&random, 100) < 40 ? 1U << made_up_below(&random, 7) : 0;
        int travel[COOPS], past = made_up_below(&random, COOPS);
        for (int i = 0; i < COOPS; i++) {
            travel[i] = made_up_below(&random, 500);
        }
        for (int slot = 0; slot < shifts; slot++) {
            const SolverSlot *piece = &g_array_index(parts->slots, SolverSlot, slot);
            if (!(holds >> certificate[slot] & 1) || away >> (piece->day % 7) & 1) {
                continue;
            }
            SolverEntry entry = {
                .worker = worker, .slot = slot, .cost_cents = travel[coop[slot]] - (coop[slot] == past ? 200 : 0)};
            entry.cost_cents += made_up_below(&random, 100) < 10 ? 10 * piece->work_min : 0;
            g_array_append_val(parts->entries, entry);
            int64_t begin = parts->row->len;
            g_array_append_val(parts->begin, begin);
            add_row_entry(parts, slot, 1);
            add_row_entry(parts, shifts + coop[slot], piece->work_min);
        }
    }
    g_free(coop);
    g_free(certificate);
    return finish(parts, &legal_rules);
}
