/*
 * Questions about single lines at fixed row prices (solver.h). Each one builds the worker's network anew, with what is
 * closed left out and what must be held made required, and asks the pricing for the best line, or for the best few by
 * listing them in order of price.
 */
#include "label.h"
#include "tighten.h"

#include <math.h>
#include <stdlib.h>

struct SolverPricer {
    SolverProblem problem; /* the caller's, with entries of its own */
    Arena arena, network_arena;
    SolverEntry *entries;
    double *row_price, *entry_price;
    RowCharge *rows;
    const bool *is_impossible;
    bool *is_left_out; /* of the question asked */
    LabelScratch scratch;
    SolverPricedLine *lines;
    int32_t lines_size;
};

/* What a unit more than `greatest` would save: the slope of the charge there. */
static double slope_beyond(const RowCharge *row, double greatest)
{
    for (int32_t i = 1; i < row->count; i++) {
        if (row->at[i] > greatest) {
            return (row->value[i - 1] - row->value[i]) / (row->at[i] - row->at[i - 1]);
        }
    }
    return 0;
}

/* The charges reach as far as what is wanted, and the prices of rows that their entries cannot fill rise to it. */
static void init_rows(SolverPricer *pricer)
{
    const SolverProblem *problem = &pricer->problem;
    pricer->rows = ARENA_NEW(&pricer->arena, RowCharge, problem->row_count);
    RowReach *reaches = row_reaches(problem);
    for (int32_t row = 0; row < problem->row_count; row++) {
        int64_t wanted = problem->rows[row].below.pieces > 0 ? problem->rows[row].wanted : 0;
        wanted = wanted < problem->rows[row].most ? wanted : problem->rows[row].most;
        RowReach reach = reaches[row];
        reach.greatest = reach.greatest > wanted ? reach.greatest : wanted;
        row_charge_init(&pricer->rows[row], &problem->rows[row], &reach);
        if (reaches[row].greatest < wanted) {
            double next = slope_beyond(&pricer->rows[row], (double)reaches[row].greatest);
            pricer->row_price[row] = fmax(pricer->row_price[row], next);
        }
    }
    free(reaches);
}

SolverPricer *solver_pricer_new(const SolverProblem *problem, const double *row_price)
{
    SolverPricer *pricer = MEMORY_NEW(SolverPricer, 1);
    pricer->problem = *problem;
    pricer->entries = ARENA_NEW(&pricer->arena, SolverEntry, problem->entry_count);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        pricer->entries[entry] = problem->entries[entry];
    }
    pricer->problem.entries = pricer->entries;
    pricer->row_price = ARENA_NEW(&pricer->arena, double, problem->row_count);
    for (int32_t row = 0; row < problem->row_count; row++) {
        pricer->row_price[row] = row_price[row];
    }
    init_rows(pricer);
    pricer->entry_price = ARENA_NEW(&pricer->arena, double, problem->entry_count);
    entry_prices(problem, 0, problem->entry_count, pricer->row_price, pricer->entry_price);
    const SolverPair *pairs; /* their prices stay out, but some entries they rule out at any price */
    SolverProblem tight = tighten_rows(problem, &pairs, &pricer->arena);
    pricer->is_impossible = tighten_impossible(&tight, &pricer->arena);
    pricer->is_left_out = ARENA_NEW(&pricer->arena, bool, problem->entry_count);
    return pricer;
}

void solver_pricer_free(SolverPricer *pricer)
{
    if (pricer) {
        label_scratch_release(&pricer->scratch);
        arena_release(&pricer->network_arena);
        arena_release(&pricer->arena);
        free(pricer->lines);
        free(pricer);
    }
}

const double *solver_pricer_prices(const SolverPricer *pricer)
{
    return pricer->row_price;
}

double solver_pricer_entry(const SolverPricer *pricer, int32_t entry)
{
    return pricer->entry_price[entry];
}

double solver_pricer_rows(const SolverPricer *pricer)
{
    double sum = 0;
    for (int32_t row = 0; row < pricer->problem.row_count; row++) {
        sum += row_charge_conjugate(&pricer->rows[row], pricer->row_price[row]);
    }
    return sum;
}

/* The first entry of this worker or a later one. */
static int32_t first_entry(const SolverProblem *problem, int32_t worker)
{
    int32_t low = 0;
    for (int32_t high = problem->entry_count; low < high;) {
        int32_t middle = low + (high - low) / 2;
        if (problem->entries[middle].worker >= worker) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* FALSE: an entry is closed that every line must hold. */
static bool make_network(SolverPricer *pricer, int32_t worker, const bool *is_closed, Network *network)
{
    int32_t end = first_entry(&pricer->problem, worker + 1);
    for (int32_t entry = first_entry(&pricer->problem, worker); entry < end; entry++) {
        if (is_closed && is_closed[entry] && pricer->entries[entry].is_required) {
            return false;
        }
        pricer->is_left_out[entry] = pricer->is_impossible[entry] || (is_closed && is_closed[entry]);
    }
    arena_clear(&pricer->network_arena);
    network_init(network, &pricer->problem, worker, pricer->is_left_out, &pricer->network_arena);
    return true;
}

SolverLineAnswer solver_pricer_ask(SolverPricer *pricer, const SolverLineQuery *query)
{
    int32_t with = query->with;
    if (with >= 0 && (pricer->is_impossible[with] || (query->is_closed && query->is_closed[with]))) {
        return (SolverLineAnswer){.is_complete = true, .least_cents = INFINITY};
    }
    bool was_required = with >= 0 && pricer->entries[with].is_required;
    if (with >= 0) {
        pricer->entries[with].is_required = true;
    }
    Network network;
    bool is_possible = make_network(pricer, query->worker, query->is_closed, &network);
    if (with >= 0) {
        pricer->entries[with].is_required = was_required;
    }
    if (!is_possible) {
        return (SolverLineAnswer){.is_complete = true, .least_cents = INFINITY};
    }
    LabelRequest request = {.entry_price = pricer->entry_price,
                            .below = INFINITY,
                            .lines_most = query->lines_most,
                            .is_enumeration = query->lines_most > 1,
                            .labels_most = query->labels_most};
    LabelAnswer found;
    label_price(&network, &request, &pricer->scratch, &found);
    if (found.line_count > pricer->lines_size) {
        pricer->lines_size = found.line_count;
        pricer->lines = memory_grow(pricer->lines, (size_t)pricer->lines_size, sizeof *pricer->lines);
    }
    for (int32_t i = 0; i < found.line_count; i++) {
        const LabelLine *line = &found.lines[i];
        pricer->lines[i] = (SolverPricedLine){line->price, line->minutes, line->count, line->entries};
    }
    return (SolverLineAnswer){.is_complete = found.is_complete || found.line_count == query->lines_most,
                              .least_cents = found.least,
                              .line_count = found.line_count,
                              .lines = pricer->lines,
                              .labels = found.labels};
}

double solver_pricer_line(SolverPricer *pricer, int32_t worker, const int32_t *entries, int32_t count)
{
    Network network;
    make_network(pricer, worker, NULL, &network);
    double price = 0;
    for (int32_t i = 0; i < count; i++) {
        price += pricer->entry_price[entries[i]];
    }
    for (int32_t period = 0; period < network.period_count; period++) {
        int64_t minutes = 0;
        for (int32_t i = 0; i < count; i++) {
            const SolverSlot *slot = &pricer->problem.slots[pricer->entries[entries[i]].slot];
            minutes += slot->period == period ? slot->work_min : 0;
        }
        const HoursCharge *hours = &network.hours[period];
        price += minutes <= hours->most ? hours_charge_at(hours, minutes)
                                        : (double)charge_of_minutes(&pricer->problem.workers[worker], period, minutes);
    }
    return price;
}
