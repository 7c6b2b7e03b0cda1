/* What a well-formed problem is, and the two questions anyone may ask about a choice of entries: legal? what cost? */
#include "charge.h"
#include "line.h"

#include <stdlib.h>

/* Limits that keep every sum inside 64 bits; far beyond any roster. */
#define INSTANT_MOST     (INT64_C(1) << 40)
#define COUNT_MOST       (1 << 24)
#define CENTS_MOST       INT64_C(1000000000)
#define UNITS_MOST       (INT64_C(1) << 50)
#define LENGTH_MOST      100000
#define DAY_MOST         (1 << 30)
#define COEFFICIENT_MOST 100000000
enum { TYPES_MOST = 64, DAYS_MOST = 100000, PERIODS_MOST = 1000, TALLIES_MOST = 1000, MARKS = 32 };

static bool is_within(int64_t value, int64_t most)
{
    return -most <= value && value <= most;
}

static const char *slot_fault(const SolverSlot *slot)
{
    if (!is_within(slot->start_min, INSTANT_MOST) || !is_within(slot->end_min, INSTANT_MOST)) {
        return "a slot's instants are out of range";
    }
    if (slot->start_min >= slot->end_min || slot->end_min - slot->start_min > LENGTH_MOST) {
        return "a slot does not end after its start, or is longer than 100000 minutes";
    }
    if (slot->work_min < 0 || slot->break_min < 0 || slot->night_min < 0 || slot->curfew_min < 0 ||
        slot->work_min > LENGTH_MOST || slot->break_min > LENGTH_MOST || slot->night_min > LENGTH_MOST ||
        slot->curfew_min > LENGTH_MOST) {
        return "a slot's work, break, night or curfew minutes are negative or too many";
    }
    if (!is_within(slot->day, DAY_MOST) || !is_within(slot->week, DAY_MOST)) {
        return "a slot's day or week is out of range";
    }
    return NULL;
}

static const char *curve_fault(const SolverCurve *curve)
{
    enum { PIECES = sizeof curve->from / sizeof *curve->from };
    if (curve->pieces < 0 || curve->pieces > PIECES) {
        return "a curve has a wrong number of pieces";
    }
    if (curve->pieces > 0 && (curve->denominator <= 0 || curve->denominator > CENTS_MOST || curve->from[0] != 0)) {
        return "a curve's denominator is not positive, or it does not begin at 0";
    }
    for (int32_t piece = 0; piece < curve->pieces; piece++) {
        if (curve->rate[piece] < 0 || curve->rate[piece] > INT64_C(1000000) * CENTS_MOST ||
            (piece > 0 && (curve->rate[piece] < curve->rate[piece - 1] ||
                           curve->from[piece] <= curve->from[piece - 1] || curve->from[piece] > UNITS_MOST))) {
            return "a curve's rates or pieces do not rise from 0";
        }
    }
    return NULL;
}

static const char *day_rules_fault(const SolverDayRules *rules)
{
    if (!is_within(rules->first_day, DAY_MOST) || rules->days < 0 || rules->days > DAYS_MOST ||
        !is_within(rules->first_weekend_day, DAY_MOST)) {
        return "the days of a worker's day rules are out of range";
    }
    if (rules->types < 0 || rules->types > TYPES_MOST) {
        return "a worker's day rules have more than 64 types";
    }
    if (rules->days_on_least < 0 || rules->days_off_least < 0 || rules->minutes_least < 0) {
        return "a worker's day rules have a negative number";
    }
    return NULL;
}

static bool has_types(const SolverWorker *worker)
{
    return worker->day_rules && (worker->day_rules->type_most || worker->day_rules->type_forbidden_next);
}

static const char *periods_fault(const SolverWorker *worker)
{
    if (worker->later_count < 0 || worker->later_count >= PERIODS_MOST || (worker->later_count > 0 && !worker->later)) {
        return "a worker's periods are missing, or more than 1000";
    }
    for (int32_t period = 0; period <= worker->later_count; period++) {
        const SolverPeriod of = charge_period(worker, period);
        const char *fault = curve_fault(&of.below);
        fault = fault ? fault : curve_fault(&of.above);
        if (!fault && !is_within(of.minutes_wanted, UNITS_MOST)) {
            fault = "a worker's wanted minutes or unit are out of range";
        }
        if (fault) {
            return fault;
        }
    }
    return NULL;
}

static const char *tallies_fault(const SolverWorker *worker)
{
    if (worker->tally_count < 0 || worker->tally_count > TALLIES_MOST ||
        (worker->tally_count > 0 && !worker->tallies)) {
        return "a worker's tallies are missing, or more than 1000";
    }
    for (int32_t i = 0; i < worker->tally_count; i++) {
        if (worker->tallies[i].mark < 0 || worker->tallies[i].mark >= MARKS) {
            return "a tally's mark is not from 0 to 31";
        }
    }
    return NULL;
}

static const char *worker_fault(const SolverWorker *worker)
{
    if (worker->fixed_count < 0 || worker->fixed_count > COUNT_MOST || (worker->fixed_count > 0 && !worker->fixed) ||
        worker->window_count < 0 || worker->window_count > COUNT_MOST ||
        (worker->window_count > 0 && !worker->windows)) {
        return "a worker's fixed work or windows are missing";
    }
    const char *fault = worker->day_rules ? day_rules_fault(worker->day_rules) : NULL;
    for (int32_t i = 0; i < worker->fixed_count && !fault; i++) {
        fault = slot_fault(&worker->fixed[i]);
        if (!fault && i > 0 && worker->fixed[i].start_min < worker->fixed[i - 1].start_min) {
            fault = "a worker's fixed work is not sorted by start";
        }
        if (!fault && has_types(worker) &&
            (worker->fixed[i].type < 0 || worker->fixed[i].type >= worker->day_rules->types)) {
            fault = "fixed work has a type outside the worker's day rules";
        }
    }
    if (!fault && (worker->unit_per_min < 0 || worker->unit_per_min > COEFFICIENT_MOST)) {
        fault = "a worker's wanted minutes or unit are out of range";
    }
    fault = fault ? fault : tallies_fault(worker);
    return fault ? fault : periods_fault(worker);
}

static const char *entry_fault(const SolverProblem *problem, int32_t index)
{
    const SolverEntry *entry = &problem->entries[index];
    if (entry->worker < 0 || entry->worker >= problem->worker_count || entry->slot < 0 ||
        entry->slot >= problem->slot_count) {
        return "an entry's worker or slot does not exist";
    }
    if (!is_within(entry->cost_cents, CENTS_MOST)) {
        return "an entry's cost is out of range";
    }
    const SolverSlot *slot = &problem->slots[entry->slot];
    const SolverWorker *worker = &problem->workers[entry->worker];
    if (has_types(worker) && (slot->type < 0 || slot->type >= worker->day_rules->types)) {
        return "an entry's slot has a type outside the worker's day rules";
    }
    if (slot->period < 0 || slot->period > worker->later_count) {
        return "an entry's slot is in a period that its worker does not have";
    }
    if (index == 0 || entry[-1].worker < entry->worker) {
        return NULL;
    }
    const SolverSlot *before = &problem->slots[entry[-1].slot];
    if (entry[-1].worker > entry->worker || line_order(slot, before) ||
        (!line_order(before, slot) && entry[-1].slot >= entry->slot)) {
        return "the entries are not sorted by worker and slot, or one is there twice";
    }
    if (slot->period < before->period || (slot->period > before->period && slot->start_min == before->start_min)) {
        return "periods do not rise with the starts of the slots";
    }
    return NULL;
}

static const char *rows_fault(const SolverProblem *problem, int64_t *index)
{
    const char *fault = NULL;
    for (*index = 0; *index < problem->row_count; ++*index) {
        const SolverRow *row = &problem->rows[*index];
        fault = curve_fault(&row->below);
        fault = fault ? fault : curve_fault(&row->above);
        if (!fault &&
            (!is_within(row->wanted, UNITS_MOST) || (row->most != SOLVER_NEVER && !is_within(row->most, UNITS_MOST)))) {
            fault = "a row's numbers are out of range";
        }
        if (fault) {
            return fault;
        }
    }
    if (problem->entry_count == 0) {
        return NULL;
    }
    if (!problem->entry_row_begin || problem->entry_row_begin[0] != 0) {
        return "the rows of the entries are missing";
    }
    for (*index = 0; *index < problem->entry_count; ++*index) { /* all of them, before any is followed */
        int64_t begin = problem->entry_row_begin[*index], end = problem->entry_row_begin[*index + 1];
        if (end < begin || end - begin > COUNT_MOST || end > INT64_C(1) << 32 ||
            (end > begin && (!problem->entry_row || !problem->entry_coefficient))) {
            return "an entry's rows do not follow those of the entry before";
        }
    }
    for (*index = 0; *index < problem->entry_count; ++*index) {
        for (int64_t i = problem->entry_row_begin[*index]; i < problem->entry_row_begin[*index + 1]; i++) {
            if (problem->entry_row[i] < 0 || problem->entry_row[i] >= problem->row_count ||
                !is_within(problem->entry_coefficient[i], COEFFICIENT_MOST)) {
                return "an entry's row does not exist, or its coefficient is out of range";
            }
        }
    }
    return NULL;
}

static const char *rules_fault(const SolverLineRules *rules)
{
    if (rules->duty_gap_min < 0 || rules->break_gap_min < 0 || rules->stretch_rest_min < 0 ||
        rules->night_over_min < 0) {
        return "the line rules have a negative gap, rest or night";
    }
    return NULL;
}

const char *solver_problem_fault(const SolverProblem *problem, int64_t *index)
{
    int64_t unused;
    index = index ? index : &unused;
    *index = 0;
    if (problem->worker_count < 0 || problem->slot_count < 0 || problem->entry_count < 0 || problem->row_count < 0 ||
        problem->worker_count > COUNT_MOST || problem->slot_count > COUNT_MOST || problem->entry_count > COUNT_MOST ||
        problem->row_count > COUNT_MOST) {
        return "a count is negative or too large";
    }
    if ((problem->worker_count > 0 && !problem->workers) || (problem->slot_count > 0 && !problem->slots) ||
        (problem->entry_count > 0 && !problem->entries) || (problem->row_count > 0 && !problem->rows)) {
        return "an array is missing";
    }
    const char *fault = rules_fault(&problem->rules);
    for (*index = 0; !fault && *index < problem->slot_count; *index += !fault) {
        fault = slot_fault(&problem->slots[*index]);
    }
    if (fault) {
        return fault;
    }
    for (*index = 0; !fault && *index < problem->worker_count; *index += !fault) {
        fault = worker_fault(&problem->workers[*index]);
    }
    if (fault) {
        return fault;
    }
    for (*index = 0; !fault && *index < problem->entry_count; *index += !fault) {
        fault = entry_fault(problem, (int32_t)*index);
    }
    return fault ? fault : rows_fault(problem, index);
}

static int compare_slots(const void *left, const void *right)
{
    const SolverSlot *a = *(const SolverSlot *const *)left, *b = *(const SolverSlot *const *)right;
    return line_order(a, b) ? -1 : line_order(b, a) ? 1 : (a > b) - (a < b);
}

/* Merges the fixed work and the chosen slots, both in order, and lets the automaton read them. */
static bool pieces_are_legal(const LineModel *model, const SolverSlot *const *chosen, int32_t count, Arena *arena)
{
    LineState *state = arena_alloc(arena, 1, model->state_size);
    line_begin(model, state);
    const SolverWorker *worker = model->worker;
    int32_t fixed = 0, slot = 0;
    while (fixed < worker->fixed_count || slot < count) {
        bool is_fixed =
            slot == count || (fixed < worker->fixed_count && !line_order(chosen[slot], &worker->fixed[fixed]));
        const SolverSlot *piece = is_fixed ? &worker->fixed[fixed++] : chosen[slot++];
        if (!line_extend(model, state, piece, is_fixed)) {
            return false;
        }
    }
    return line_finish(model, state);
}

static bool has_required(const SolverProblem *problem, int32_t worker, const int32_t *entries, int32_t count)
{
    int32_t required = 0, taken = 0, first = 0;
    for (int32_t beyond = problem->entry_count; first < beyond;) { /* the worker's first entry */
        int32_t middle = first + (beyond - first) / 2;
        if (problem->entries[middle].worker < worker) {
            first = middle + 1;
        } else {
            beyond = middle;
        }
    }
    for (int32_t i = first; i < problem->entry_count && problem->entries[i].worker == worker; i++) {
        required += problem->entries[i].is_required;
    }
    for (int32_t i = 0; i < count; i++) {
        taken += problem->entries[entries[i]].is_required;
    }
    return taken == required;
}

bool solver_line_is_legal(const SolverProblem *problem, int32_t worker, const int32_t *entries, int32_t count)
{
    Arena arena = {0};
    LineModel model;
    line_model_init(&model, problem, worker, &arena);
    const SolverSlot **chosen = ARENA_NEW(&arena, const SolverSlot *, count);
    bool is_legal = true;
    for (int32_t i = 0; i < count; i++) {
        is_legal &= problem->entries[entries[i]].worker == worker;
        chosen[i] = &problem->slots[problem->entries[entries[i]].slot];
    }
    qsort(chosen, (size_t)count, sizeof *chosen, compare_slots);
    is_legal =
        is_legal && has_required(problem, worker, entries, count) && pieces_are_legal(&model, chosen, count, &arena);
    arena_release(&arena);
    return is_legal;
}

int64_t solver_cost(const SolverProblem *problem, const int32_t *chosen, int32_t count)
{
    int64_t *first = MEMORY_NEW(int64_t, problem->worker_count + 1); /* of each worker's periods in `minutes` */
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        first[worker + 1] = first[worker] + problem->workers[worker].later_count + 1;
    }
    int64_t *minutes = MEMORY_NEW(int64_t, first[problem->worker_count]);
    int64_t *activity = MEMORY_NEW(int64_t, problem->row_count);
    int64_t cost = 0;
    for (int32_t i = 0; i < count; i++) {
        const SolverEntry *entry = &problem->entries[chosen[i]];
        const SolverSlot *slot = &problem->slots[entry->slot];
        minutes[first[entry->worker] + slot->period] += slot->work_min;
        cost = charge_add(cost, entry->cost_cents);
        for (int64_t k = problem->entry_row_begin[chosen[i]]; k < problem->entry_row_begin[chosen[i] + 1]; k++) {
            activity[problem->entry_row[k]] += problem->entry_coefficient[k];
        }
    }
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        for (int32_t period = 0; period <= problem->workers[worker].later_count; period++) {
            cost =
                charge_add(cost, charge_of_minutes(&problem->workers[worker], period, minutes[first[worker] + period]));
        }
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        cost = charge_add(cost, charge_of_activity(&problem->rows[row], activity[row]));
    }
    free(first);
    free(minutes);
    free(activity);
    return cost;
}
