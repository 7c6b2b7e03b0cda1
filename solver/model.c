#include "model.h"

#include "tighten.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void init_rows(Model *model)
{
    const SolverProblem *problem = model->problem;
    model->rows = ARENA_NEW(&model->arena, RowCharge, problem->row_count);
    RowReach *reaches = row_reaches(problem);
    for (int32_t row = 0; row < problem->row_count; row++) {
        row_charge_init(&model->rows[row], &problem->rows[row], &reaches[row]);
        model->slack += model->rows[row].slack;
    }
    free(reaches);
}

static double steepest(const RowCharge *row)
{
    int32_t last = row->count - 1;
    return last < 1 ? 0
                    : fmax((row->value[0] - row->value[1]) / (row->at[1] - row->at[0]),
                           (row->value[last] - row->value[last - 1]) / (row->at[last] - row->at[last - 1]));
}

static void init_violation_price(Model *model)
{
    const SolverProblem *problem = model->problem;
    double most = 1000;
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        double worth = fabs((double)problem->entries[entry].cost_cents);
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            worth += fabs((double)problem->entry_coefficient[k]) * steepest(&model->rows[problem->entry_row[k]]);
        }
        const Network *network = &model->networks[problem->entries[entry].worker];
        const HoursCharge *hours = &network->hours[problem->slots[problem->entries[entry].slot].period];
        if (hours->count > 1) {
            worth += fabs(hours->value[0] - hours->value[1]) / (double)hours->step *
                     problem->slots[problem->entries[entry].slot].work_min;
        }
        most = fmax(most, worth);
    }
    model->violation_price = fmin(20 * most, 1e11);
}

static void idle(void *context)
{
    watch_poll(context);
}

static void make_network(void *context, int32_t worker, int32_t thread)
{
    Model *model = context;
    network_init(&model->networks[worker], model->problem, worker, model->is_impossible,
                 &model->network_arenas[thread]);
}

/* Each apart from the others, so that which thread makes which one does not matter. */
static void init_networks(Model *model)
{
    int32_t workers = model->problem->worker_count;
    model->networks = ARENA_NEW(&model->arena, Network, workers);
    model->network_arenas = ARENA_NEW(&model->arena, Arena, crew_size(model->crew));
    crew_run(model->crew, workers, make_network, model);
    for (int32_t worker = 0; worker < workers; worker++) {
        for (int32_t period = 0; period < model->networks[worker].period_count; period++) {
            model->slack += model->networks[worker].hours[period].slack;
        }
    }
}

void model_init(Model *model, const SolverProblem *problem, Watch *watch, int32_t threads)
{
    *model = (Model){.watch = watch, .own_rows = problem->row_count};
    model->tight = tighten_rows(problem, &model->pairs, &model->arena);
    model->problem = problem = &model->tight;
    model->is_impossible = tighten_impossible(problem, &model->arena);
    int32_t workers = problem->worker_count;
    model->first_entry = ARENA_NEW(&model->arena, int32_t, workers + 1);
    for (int32_t entry = 0, worker = 0; worker <= workers; worker++) {
        while (entry < problem->entry_count && problem->entries[entry].worker < worker) {
            entry++;
        }
        model->first_entry[worker] = entry;
    }
    model->crew = crew_new(threads);
    crew_set_idle(model->crew, idle, watch);
    init_networks(model);
    model->pool = ARENA_NEW(&model->arena, LineList, workers);
    model->priced = ARENA_NEW(&model->arena, Priced, workers);
    init_rows(model);
    init_violation_price(model);
    model->scratches = ARENA_NEW(&model->arena, LabelScratch, crew_size(model->crew));
    model->results = ARENA_NEW(&model->arena, Arena, crew_size(model->crew));
}

void model_release(Model *model)
{
    int32_t threads = crew_size(model->crew);
    crew_free(model->crew);
    for (int32_t thread = 0; thread < threads; thread++) {
        label_scratch_release(&model->scratches[thread]);
        arena_release(&model->results[thread]);
        arena_release(&model->network_arenas[thread]);
    }
    for (int32_t worker = 0; worker < model->problem->worker_count; worker++) {
        free(model->pool[worker].lines);
    }
    arena_release(&model->arena);
}

static const SolverSlot *slot_of(const SolverProblem *problem, int32_t entry)
{
    return &problem->slots[problem->entries[entry].slot];
}

bool model_is_long(const Model *model)
{
    enum { LONG_DAYS = 14 };
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (int32_t entry = 0; entry < model->problem->entry_count; entry++) {
        int32_t day = slot_of(model->problem, entry)->day;
        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    return last >= first && (int64_t)last - first >= LONG_DAYS;
}

void model_note_bytes(const Model *model)
{
    size_t bytes = model->arena.most, pricing = 0;
    for (int32_t worker = 0; worker < model->problem->worker_count; worker++) {
        bytes += (size_t)model->pool[worker].size * sizeof *model->pool[worker].lines;
    }
    for (int32_t thread = 0; thread < crew_size(model->crew); thread++) {
        pricing += label_scratch_bytes(&model->scratches[thread]) + model->results[thread].most;
        bytes += model->network_arenas[thread].most;
    }
    watch_note_bytes(&model->watch->statistics.bytes_model, bytes);
    watch_note_bytes(&model->watch->statistics.bytes_pricing, pricing);
}

const Line *model_line(Model *model, int32_t worker, const int32_t *entries, int32_t count, bool *is_new)
{
    const SolverProblem *problem = model->problem;
    LineList *list = &model->pool[worker];
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int32_t i = 0; i < count; i++) {
        hash = (hash ^ (uint64_t)entries[i]) * UINT64_C(1099511628211);
    }
    for (int32_t i = 0; i < list->count; i++) {
        const Line *line = list->lines[i];
        if (line->hash == hash && line->count == count &&
            (count == 0 || memcmp(line->entries, entries, (size_t)count * sizeof *entries) == 0)) {
            *is_new = false;
            return line;
        }
    }
    *is_new = true;
    Line *line = ARENA_NEW(&model->arena, Line, 1);
    int32_t *copy = ARENA_NEW(&model->arena, int32_t, count);
    *line = (Line){.worker = worker, .count = count, .entries = copy, .hash = hash};
    const Network *network = &model->networks[worker];
    int64_t charge = 0;
    int32_t begin = 0; /* entries rise in time */
    for (int32_t i = 0; i < count; i++) {
        copy[i] = entries[i];
        line->cents += problem->entries[entries[i]].cost_cents;
        line->minutes += slot_of(problem, entries[i])->work_min;
    }
    for (int32_t period = 0; period < network->period_count; period++) {
        int64_t minutes = 0;
        for (; begin < count && slot_of(problem, entries[begin])->period == period; begin++) {
            minutes += slot_of(problem, entries[begin])->work_min;
        }
        line->low += hours_charge_at(&network->hours[period], minutes);
        charge = charge_add(charge, charge_of_minutes(&problem->workers[worker], period, minutes));
    }
    line->low += (double)line->cents;
    line->cents += charge;
    if (list->count == list->size) {
        list->size = list->size ? 2 * list->size : 16;
        list->lines = memory_grow(list->lines, (size_t)list->size, sizeof *list->lines);
    }
    list->lines[list->count++] = line;
    return line;
}

int32_t model_own_row(const Model *model, int32_t row)
{
    return row < model->own_rows ? row : model->pairs[row - model->own_rows].first;
}

void model_entry_prices(const Model *model, const int32_t *workers, int32_t worker_count, const double *row_price,
                        double *entry_price)
{
    if (!workers) {
        entry_prices(model->problem, 0, model->problem->entry_count, row_price, entry_price);
        return;
    }
    for (int32_t i = 0; i < worker_count; i++) {
        entry_prices(model->problem, model->first_entry[workers[i]], model->first_entry[workers[i] + 1], row_price,
                     entry_price);
    }
}

double model_conjugate(const Model *model, const int64_t *base, const bool *is_touched, const double *row_price)
{
    double sum = 0;
    for (int32_t row = 0; row < model->problem->row_count; row++) {
        sum += is_touched[row]
                   ? row_charge_conjugate(&model->rows[row], row_price[row]) - row_price[row] * (double)base[row]
                   : row_charge_at(&model->rows[row], (double)base[row]);
    }
    return sum;
}

double line_price(const Line *line, const Model *model, const double *row_price)
{
    const SolverProblem *problem = model->problem;
    double price = line->low;
    for (int32_t i = 0; i < line->count; i++) {
        int32_t entry = line->entries[i];
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            price -= (double)problem->entry_coefficient[k] * row_price[problem->entry_row[k]];
        }
    }
    return price;
}

enum { CELLS_A_LABEL = 32 }; /* numbers in a table that are filled in the time that a label takes */

typedef struct PriceJob {
    Model *model;
    const PriceOrder *order;
} PriceJob;

static void price_one(void *context, int32_t index, int32_t thread)
{
    const PriceJob *job = context;
    Model *model = job->model;
    int32_t worker = job->order->workers ? job->order->workers[index] : index;
    Priced *priced = &model->priced[worker];
    *priced = (Priced){.least = -INFINITY};
    if (watch_poll(model->watch)) {
        return;
    }
    LabelRequest request = {.entry_price = job->order->entry_price,
                            .below = job->order->below[worker],
                            .lines_most = job->order->lines_most,
                            .is_enumeration = job->order->is_enumeration,
                            .labels_most = job->order->labels_most,
                            .poll = watch_poll,
                            .context = model->watch};
    LabelAnswer answer;
    label_price(&model->networks[worker], &request, &model->scratches[thread], &answer);
    priced->least = answer.least;
    priced->is_complete = answer.is_complete;
    priced->labels = answer.labels + answer.cells / CELLS_A_LABEL;
    priced->count = answer.line_count;
    priced->lines = ARENA_NEW(&model->results[thread], LabelLine, answer.line_count);
    for (int32_t i = 0; i < answer.line_count; i++) {
        LabelLine *line = &priced->lines[i];
        *line = answer.lines[i];
        int32_t *entries = ARENA_NEW(&model->results[thread], int32_t, line->count);
        if (line->count > 0) {
            memcpy(entries, line->entries, (size_t)line->count * sizeof *entries);
        }
        line->entries = entries;
    }
}

void model_price(Model *model, const PriceOrder *order)
{
    for (int32_t thread = 0; thread < crew_size(model->crew); thread++) {
        arena_clear(&model->results[thread]);
    }
    double begun = watch_seconds(model->watch);
    int32_t count = order->workers ? order->worker_count : model->problem->worker_count;
    crew_run(model->crew, count, price_one, &(PriceJob){model, order});
    SolverStatistics *statistics = &model->watch->statistics;
    for (int32_t i = 0; i < count; i++) {
        int64_t labels = model->priced[order->workers ? order->workers[i] : i].labels;
        statistics->labels += labels;
        statistics->work += labels + 1;
    }
    statistics->rounds++;
    statistics->seconds_pricing += watch_seconds(model->watch) - begun;
    int64_t lines = 0;
    for (int32_t i = 0; i < count; i++) {
        lines += model->priced[order->workers ? order->workers[i] : i].count;
    }
    watch_tell(model->watch, (SolverEvent){.kind = SOLVER_EVENT_ROUND, .workers = count, .lines = lines});
    watch_poll(model->watch);
}
