/*
 * The problem as one compact mixed-integer program.
 *
 *   Sets       entries e = (w, s); rows r;
 *              duties d of a worker: sets of pieces that are one duty (compact_duty.c).
 *   Variables  x_e in {0, 1}: the worker takes the slot; z_d in {0, 1}: the duty is worked. x_e is the sum of the
 *              duties that hold the slot, and z_d itself where there is one;
 *              short_{r,i}, over_{r,i}, below_{w,i}, above_{w,i} >= 0: units in piece i of a convex charge.
 *   Minimise   sum of cost_e x_e + sum of rate_i (short, over)_{r,i} + sum of rate_i (below, above)_{w,i} + constant
 *   Subject to sum of coefficient x + sum of short_{r,i} >= wanted_r (= where wanted is also the most);
 *              sum of coefficient x - sum of over_{r,i} <= wanted_r; sum of coefficient x <= most_r;
 *              minutes_w + sum of below_{w,i} - sum of above_{w,i} = wanted_w;
 *              the line rules: compact_rest.c, compact_nights.c, compact_days.c, compact_horizon.c.
 *
 * Exact, but for two things. Charges are not rounded to cents: the constant is lowered by the most that this can amount
 * to, so that the program's cost is never above the true one. And a worker with more duties than compact_duty.c lists
 * is relaxed: of the line rules only minutes, days and types stay. So a bound of this program is always a bound.
 *
 * Its LP is far weaker than the one over lines: that is what it is for, to be compared with.
 */
#include "compact.h"

#include "charge.h"

#include <stdlib.h>
#include <string.h>

/* ---- charges */

/* How far the rounded charge can lie below and above the curve, on the units first, first + step, ... <= last. */
static void add_rounding(CompactModel *model, const SolverCurve *curve, int64_t first, int64_t step, int64_t last)
{
    enum { POINTS_MOST = 20000 };
    double under = 0.5, over = 0.5;
    if (curve->pieces == 0 || last <= 0) {
        return;
    }
    first = first > 0 ? first : first + (step - 1 - first) / step * step;
    if ((last - first) / step < POINTS_MOST) {
        under = over = 0;
        for (int64_t units = first; units <= last; units += step) {
            double exact = 0;
            for (int32_t piece = 0; piece < curve->pieces && units > curve->from[piece]; piece++) {
                int64_t until =
                    piece + 1 < curve->pieces && curve->from[piece + 1] < units ? curve->from[piece + 1] : units;
                exact += (double)curve->rate[piece] * (double)(until - curve->from[piece]) / (double)curve->denominator;
            }
            double rounded = (double)charge_exact(curve, units);
            under = fmax(under, exact - rounded);
            over = fmax(over, rounded - exact);
        }
    }
    model->constant -= under;
    model->slack += under + over;
}

enum { PIECES_MOST = sizeof((SolverCurve){0}).from / sizeof(int64_t) };

/* One column for each piece of a curve; without a curve one at no charge. */
typedef struct CurveColumns {
    int32_t column[PIECES_MOST], count;
} CurveColumns;

static CurveColumns make_curve(CompactModel *model, const SolverCurve *curve, double unit, const char *what,
                               const char *name)
{
    CurveColumns made = {.count = curve->pieces > 0 ? curve->pieces : 1};
    for (int32_t piece = 0; piece < made.count; piece++) {
        CompactColumn column = {.upper = COMPACT_UNBOUNDED};
        if (curve->pieces > 0) {
            column.cost = (double)curve->rate[piece] * unit / (double)curve->denominator;
        }
        if (piece + 1 < made.count) {
            column.upper = (double)(curve->from[piece + 1] - curve->from[piece]) / unit;
        }
        made.column[piece] = compact_column(model, column, "%s:%s:%d", what, name, (int)piece);
    }
    return made;
}

static void add_curve(CompactModel *model, const CurveColumns *curve, double sign)
{
    for (int32_t piece = 0; piece < curve->count; piece++) {
        compact_add(model, curve->column[piece], sign);
    }
}

/* ---- rows */

/* The members of the rows, which the problem has by entry. */
typedef struct Members {
    int64_t *begin; /* [rows + 1] */
    int32_t *entry;
    int64_t *coefficient;
} Members;

static Members members_by_row(const SolverProblem *problem)
{
    int64_t count = problem->entry_count ? problem->entry_row_begin[problem->entry_count] : 0;
    Members members = {.begin = MEMORY_NEW(int64_t, problem->row_count + 1),
                       .entry = MEMORY_NEW(int32_t, count + 1),
                       .coefficient = MEMORY_NEW(int64_t, count + 1)};
    for (int64_t i = 0; i < count; i++) {
        members.begin[problem->entry_row[i] + 1]++;
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        members.begin[row + 1] += members.begin[row];
    }
    int64_t *next = MEMORY_NEW(int64_t, problem->row_count + 1);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        for (int64_t i = problem->entry_row_begin[entry]; i < problem->entry_row_begin[entry + 1]; i++) {
            int32_t row = problem->entry_row[i];
            int64_t at = members.begin[row] + next[row]++;
            members.entry[at] = entry;
            members.coefficient[at] = problem->entry_coefficient[i];
        }
    }
    free(next);
    return members;
}

static void add_members(CompactModel *model, const Members *members, int32_t row)
{
    for (int64_t i = members->begin[row]; i < members->begin[row + 1]; i++) {
        compact_add(model, members->entry[i], (double)members->coefficient[i]);
    }
}

static void add_row(CompactModel *model, const Members *members, int32_t index)
{
    const SolverRow *row = &model->problem->rows[index];
    const char *name = compact_name(model, model->names ? model->names->rows : NULL, index, 'r');
    int64_t least = 0, greatest = 0, step = 0;
    for (int64_t i = members->begin[index]; i < members->begin[index + 1]; i++) {
        least += members->coefficient[i] < 0 ? members->coefficient[i] : 0;
        greatest += members->coefficient[i] > 0 ? members->coefficient[i] : 0;
        step = common_divisor(step, members->coefficient[i]);
    }
    bool is_charged = row->below.pieces > 0 && row->wanted > least;
    if (step == 0 || !is_charged) { /* nothing to choose, or nothing to pay */
        model->constant += step == 0 ? (double)charge_of_activity(row, 0) : 0;
        is_charged = false;
    }
    if (is_charged) {
        int64_t most = row->most < greatest ? row->most : greatest;
        most = most < least ? least : least + (most - least) / step * step;
        add_rounding(model, &row->below, row->wanted - most, step, row->wanted - least);
        CurveColumns curve = make_curve(model, &row->below, 1, "short", name);
        compact_row(model, row->most == row->wanted ? 'E' : 'G', (double)row->wanted, "wanted:%s", name);
        add_members(model, members, index);
        add_curve(model, &curve, 1);
    }
    int64_t most = row->most < greatest ? row->most : greatest;
    if (step > 0 && row->above.pieces > 0 && most > row->wanted) {
        int64_t last = most < least ? least : least + (most - least) / step * step;
        add_rounding(model, &row->above, least - row->wanted, step, last - row->wanted);
        CurveColumns curve = make_curve(model, &row->above, 1, "over", name);
        compact_row(model, 'L', (double)row->wanted, "over:%s", name);
        add_members(model, members, index);
        add_curve(model, &curve, -1);
    }
    if (row->most < greatest && !(is_charged && row->most == row->wanted)) {
        compact_row(model, 'L', (double)row->most, "most:%s", name);
        add_members(model, members, index);
    }
}

/* ---- workers */

static const SolverSlot *slot_of(const CompactWorker *worker, int32_t entry)
{
    const SolverProblem *problem = worker->model->problem;
    return &problem->slots[problem->entries[entry].slot];
}

static void add_minutes(CompactWorker *worker, int32_t period)
{
    for (int32_t entry = worker->begin; entry < worker->end; entry++) {
        if (slot_of(worker, entry)->period == period) {
            compact_add(worker->model, entry, slot_of(worker, entry)->work_min);
        }
    }
}

/* The charge on the minutes of the line in a period, and their limit. `name` is the worker's, with the period. */
static void add_period(CompactWorker *worker, int32_t period, const char *name)
{
    CompactModel *model = worker->model;
    const SolverPeriod of = charge_period(worker->worker, period);
    int64_t step = 0, most = 0, unit = worker->worker->unit_per_min;
    for (int32_t entry = worker->begin; entry < worker->end; entry++) {
        if (slot_of(worker, entry)->period != period) {
            continue;
        }
        step = common_divisor(step, slot_of(worker, entry)->work_min);
        most += slot_of(worker, entry)->work_min;
        if (of.minutes_most < 0) {
            compact_forbid(model, entry);
        }
    }
    if (most > of.minutes_most && of.minutes_most >= 0) {
        compact_row(model, 'L', (double)of.minutes_most, "minutes:%s", name);
        add_minutes(worker, period);
        most = of.minutes_most;
    }
    if (step == 0 || unit == 0 || most < step) {
        model->constant += (double)charge_of_minutes(worker->worker, period, 0);
        return;
    }
    int64_t units = most / step * step * unit;
    add_rounding(model, &of.below, of.minutes_wanted - units, step * unit, of.minutes_wanted);
    add_rounding(model, &of.above, -of.minutes_wanted, step * unit, units - of.minutes_wanted);
    CurveColumns below = make_curve(model, &of.below, (double)unit, "below", name);
    CurveColumns above = make_curve(model, &of.above, (double)unit, "above", name);
    compact_row(model, 'E', (double)of.minutes_wanted / (double)unit, "hours:%s", name);
    add_minutes(worker, period);
    add_curve(model, &below, 1);
    add_curve(model, &above, -1);
}

static void add_hours(CompactWorker *worker)
{
    add_period(worker, 0, worker->name);
    for (int32_t period = 1; period <= worker->worker->later_count; period++) {
        size_t size = strlen(worker->name) + 13;
        char *name = arena_alloc(worker->arena, size, 1);
        snprintf(name, size, "%s/%d", worker->name, (int)period);
        add_period(worker, period, name);
    }
}

static void add_worker(CompactModel *model, int32_t index, int32_t begin, int32_t end, Arena *arena)
{
    CompactWorker worker = {.model = model, .worker = &model->problem->workers[index], .begin = begin, .end = end};
    worker.arena = arena;
    worker.name = compact_name(model, model->names ? model->names->workers : NULL, index, 'w');
    add_hours(&worker);
    compact_make_days(&worker);
    compact_add_days(&worker);
    compact_add_day_rules(&worker);
    compact_add_tallies(&worker);
    bool has_duties = compact_make_duties(&worker);
    if (has_duties) {
        compact_add_conflicts(&worker);
        compact_add_stretches(&worker);
        compact_add_series(&worker);
        compact_add_night_runs(&worker);
    }
    model->relaxed_workers += !has_duties;
    compact_add_windows(&worker, has_duties);
    free(worker.duties);
    free(worker.pieces_of_duties);
}

/* ---- the whole */

static void add_entries(CompactModel *model)
{
    const SolverProblem *problem = model->problem;
    for (int32_t index = 0; index < problem->entry_count; index++) {
        const SolverEntry *entry = &problem->entries[index];
        CompactColumn column = COMPACT_BINARY;
        column.cost = (double)entry->cost_cents;
        column.lower = entry->is_required;
        const SolverNames *names = model->names;
        compact_column(model, column, "x:%s:%s", compact_name(model, names ? names->workers : NULL, entry->worker, 'w'),
                       compact_name(model, names ? names->slots : NULL, entry->slot, 's'));
    }
}

bool solver_compact_write(const SolverProblem *problem, const SolverNames *names, int64_t constant_cents, FILE *stream,
                          SolverCompact *about)
{
    if (solver_problem_fault(problem, NULL)) {
        return false;
    }
    CompactModel model = {.problem = problem, .names = names, .constant = (double)constant_cents};
    Arena arena = {0};
    add_entries(&model);
    Members members = members_by_row(problem);
    for (int32_t row = 0; row < problem->row_count; row++) {
        add_row(&model, &members, row);
    }
    for (int32_t worker = 0, end = 0; worker < problem->worker_count; worker++) {
        int32_t begin = end;
        while (end < problem->entry_count && problem->entries[end].worker == worker) {
            end++;
        }
        add_worker(&model, worker, begin, end, &arena);
        arena_clear(&arena);
    }
    bool is_written = compact_mps_write(&model, stream);
    if (about) {
        *about = (SolverCompact){.columns = model.column_count,
                                 .rows = model.row_count,
                                 .elements = model.element_count,
                                 .relaxed_workers = model.relaxed_workers,
                                 .slack_cents = model.slack};
    }
    free(members.begin);
    free(members.entry);
    free(members.coefficient);
    free(model.columns);
    free(model.rows);
    free(model.elements);
    arena_release(&model.texts);
    arena_release(&arena);
    return is_written;
}
