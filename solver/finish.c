#include "finish.h"

#include "dive.h"
#include "prove.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The scope beside what the others do, and what they cost. */
typedef struct Frame {
    MasterScope master;
    int64_t *base;    /* [rows] of the others */
    bool *is_touched; /* [rows] by the scope */
    double others;    /* cents of the others' lines, and of rows that the scope does not touch */
} Frame;

static void frame_init(Frame *frame, const Model *model, const FinishScope *scope, const Roster *roster)
{
    const SolverProblem *problem = model->problem;
    *frame =
        (Frame){.base = MEMORY_NEW(int64_t, problem->row_count), .is_touched = MEMORY_NEW(bool, problem->row_count)};
    frame->master = (MasterScope){scope->workers, scope->worker_count, frame->base};
    bool *is_in = MEMORY_NEW(bool, problem->worker_count);
    for (int32_t i = 0; i < scope->worker_count; i++) {
        is_in[scope->workers[i]] = true;
    }
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            frame->is_touched[problem->entry_row[k]] |=
                problem->entry_coefficient[k] != 0 && is_in[problem->entries[entry].worker];
        }
    }
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        frame->others += is_in[worker] ? 0 : (double)roster->lines[worker]->cents;
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        if (!frame->is_touched[row]) {
            frame->base[row] = roster->activity[row];
            frame->others += (double)charge_of_activity(&problem->rows[row], roster->activity[row]);
        }
    }
    free(is_in);
}

static void frame_release(Frame *frame)
{
    free(frame->base);
    free(frame->is_touched);
}

/* The scope's part of the Lagrangian bound. */
static double part_of_bound(const Model *model, const FinishScope *scope, const Frame *frame, const Prices *prices)
{
    double sum = 0;
    for (int32_t i = 0; i < scope->worker_count; i++) {
        sum += prices->worker_least[scope->workers[i]];
    }
    for (int32_t row = 0; row < model->problem->row_count; row++) {
        sum += frame->is_touched[row] ? row_charge_conjugate(&model->rows[row], prices->row_price[row]) : 0;
    }
    return sum;
}

/* Puts the scope's prices among those of the whole where they prove more. */
static void take_prices(Model *model, const FinishScope *scope, const Frame *frame, const Prices *part, Prices *prices)
{
    double gain =
        part_of_bound(model, scope, frame, part) - part_of_bound(model, scope, frame, prices) - 1e-4; /* rounding */
    if (part->bound == -INFINITY || !(gain > 0)) {
        return;
    }
    for (int32_t i = 0; i < scope->worker_count; i++) {
        prices->worker_least[scope->workers[i]] = part->worker_least[scope->workers[i]];
    }
    for (int32_t row = 0; row < model->problem->row_count; row++) {
        prices->row_price[row] = frame->is_touched[row] ? part->row_price[row] : prices->row_price[row];
    }
    prices->bound += gain;
    scope->bound(scope->context, prices->bound);
}

/* The worker's line in the roster, and the cheapest of the others that could still be of use. */
static void add_best_lines(Model *model, Master *master, const Prices *prices, const Roster *roster, int32_t worker)
{
    enum { LINES_MOST = 16 };
    PricesPick pick = {.worker = worker,
                       .own = roster->lines[worker],
                       .above_least = (double)roster->cents - prices->bound, /* dearer lines cannot be */
                       .lines_most = LINES_MOST};
    prices_pour(prices, model, master, &pick);
}

static void take_if_better(const FinishScope *scope, Roster *roster, const Roster *trial)
{
    if (roster_is_better(trial, roster)) {
        roster_become(roster, trial);
        scope->better(scope->context);
    }
}

static void improve_from_lp(Model *model, const FinishScope *scope, const Frame *frame, Master *master, Roster *roster)
{
    Roster trial;
    roster_init(&trial, model);
    roster_become(&trial, roster);
    model->watch->phase = "dive";
    dive(model, master, scope->workers ? &frame->master : &(MasterScope){0}, &trial);
    roster_polish(&trial, model, scope->workers, scope->worker_count, 5);
    take_if_better(scope, roster, &trial);
    roster_release(&trial);
}

/* Over weeks, lines within a wide gap are too many to be listed: trying took 200 s of a public instance's 600. */
static bool is_hopeless(const Model *model, const Roster *roster, double bound)
{
    static const double GAP_MOST = 0.05;
    return model_is_long(model) && (double)roster->cents - bound > GAP_MOST * fmax(100, fabs((double)roster->cents));
}

/* By listing lines in scope. Returns what it proves of the whole at least; -INFINITY: nothing. */
static double prove_scope(Model *model, const FinishScope *scope, const MasterScope *master, const Prices *prices,
                          Roster *roster)
{
    enum { LABELS = 300000 };
    model->watch->phase = "proof";
    bool is_long = model_is_long(model);
    ProveLimits limits = {.lines_most = is_long ? 6000 : 4000,
                          .labels_most = LABELS,
                          .tree = {.nodes_most = is_long ? 2000 : 60, .is_probing = true},
                          .share = 1};
    double bound;
    Roster trial;
    roster_init(&trial, model);
    roster_become(&trial, roster);
    prove(model, master, prices, &limits, &trial, &bound);
    take_if_better(scope, roster, &trial);
    roster_release(&trial);
    return bound - 0.01;
}

static double finish_all(Model *model, const FinishScope *scope, Prices *prices, Roster *roster)
{
    Master *master = master_new(model, &(MasterScope){0});
    for (int32_t worker = 0; worker < model->problem->worker_count; worker++) {
        add_best_lines(model, master, prices, roster, worker);
    }
    PricesScope lp = {.rounds_most = INT32_MAX,
                      .lines_most = 3,
                      .work_most = scope->work_most,
                      .improved = scope->bound,
                      .context = scope->context};
    prices_find(prices, model, master, &lp);
    double raised = 0;
    if (!watch_is_over(model->watch)) {
        improve_from_lp(model, scope, NULL, master, roster);
        raised = finish_proof(model, scope, prices, roster);
    }
    master_free(master);
    return raised;
}

static double finish_component(Model *model, const FinishScope *scope, Prices *prices, Roster *roster)
{
    Frame frame;
    frame_init(&frame, model, scope, roster);
    Master *master = master_new(model, &frame.master);
    for (int32_t i = 0; i < scope->worker_count; i++) {
        add_best_lines(model, master, prices, roster, scope->workers[i]);
    }
    Prices part;
    prices_init(&part, model);
    model->watch->phase = "prices";
    PricesScope lp = {.master = frame.master, .rounds_most = INT32_MAX, .lines_most = 3, .work_most = scope->work_most};
    prices_find(&part, model, master, &lp);
    take_prices(model, scope, &frame, &part, prices);
    double raised = 0;
    if (part.bound > -INFINITY && !watch_is_over(model->watch)) {
        improve_from_lp(model, scope, &frame, master, roster);
        double proven = prove_scope(model, scope, &frame.master, &part, roster) - frame.others;
        raised = fmax(0, proven - part_of_bound(model, scope, &frame, prices) - 1e-4);
    }
    prices_release(&part);
    master_free(master);
    frame_release(&frame);
    return raised;
}

double finish(Model *model, const FinishScope *scope, Prices *prices, Roster *roster)
{
    return scope->workers ? finish_component(model, scope, prices, roster) : finish_all(model, scope, prices, roster);
}

double finish_proof(Model *model, const FinishScope *scope, const Prices *prices, Roster *roster)
{
    if (prices->bound == -INFINITY || watch_is_over(model->watch) || is_hopeless(model, roster, prices->bound)) {
        return 0;
    }
    return fmax(0, prove_scope(model, scope, &(MasterScope){0}, prices, roster) - prices->bound);
}
