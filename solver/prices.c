#include "prices.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PRICE_EPSILON 1e-6 /* a line pays if it is cheaper by this; cents */
#define LABELS_MOST   2000000

void prices_init(Prices *prices, const Model *model)
{
    *prices = (Prices){.bound = -INFINITY,
                       .row_price = MEMORY_NEW(double, model->problem->row_count),
                       .worker_least = MEMORY_NEW(double, model->problem->worker_count)};
}

void prices_release(Prices *prices)
{
    free(prices->row_price);
    free(prices->worker_least);
    *prices = (Prices){0};
}

typedef struct Round {
    Prices *prices;
    Model *model;
    Master *master;
    const PricesScope *scope;
    int32_t worker_count;
    double *row_price, *entry_price, *below, *worker_least;
} Round;

static int32_t worker_at(const Round *round, int32_t index)
{
    return round->scope->master.workers ? round->scope->master.workers[index] : index;
}

static void blend(const Round *round, double share)
{
    const double *lp = master_row_prices(round->master), *best = round->prices->row_price;
    for (int32_t row = 0; row < round->model->problem->row_count; row++) {
        round->row_price[row] = share > 0 ? share * best[row] + (1 - share) * lp[row] : lp[row];
    }
}

/* The cheapest known line of each worker is what a new one has to beat, and a truth for the bound. */
static void set_below(const Round *round)
{
    for (int32_t i = 0; i < round->worker_count; i++) {
        round->below[worker_at(round, i)] = INFINITY;
    }
    for (int32_t i = 0; i < master_line_count(round->master); i++) {
        const Line *line = master_line(round->master, i);
        double price = line->low;
        for (int32_t k = 0; k < line->count; k++) {
            price += round->entry_price[line->entries[k]] -
                     (double)round->model->problem->entries[line->entries[k]].cost_cents;
        }
        round->below[line->worker] = fmin(round->below[line->worker], price);
    }
}

/* Prices everyone at round->row_price. Returns whether some new line pays at the LP's prices too. */
static bool price_round(Round *round)
{
    Model *model = round->model;
    Prices *prices = round->prices;
    model_entry_prices(model, round->scope->master.workers, round->worker_count, round->row_price, round->entry_price);
    set_below(round);
    int64_t left = model->watch->options->work_most - model->watch->statistics.work;
    PriceOrder order = {.workers = round->scope->master.workers,
                        .worker_count = round->worker_count,
                        .entry_price = round->entry_price,
                        .below = round->below,
                        .lines_most = round->scope->lines_most,
                        .labels_most = model->watch->options->work_most > 0 && left < LABELS_MOST ? left : LABELS_MOST};
    model_price(model, &order);
    double sum = master_conjugate(round->master, round->row_price), size = fabs(sum);
    bool pays = false;
    const double *lp = master_row_prices(round->master);
    for (int32_t i = 0; i < round->worker_count; i++) {
        int32_t worker = worker_at(round, i);
        const Priced *priced = &model->priced[worker];
        round->worker_least[worker] = priced->least;
        sum += priced->least;
        size += fabs(priced->least);
        for (int32_t k = 0; k < priced->count; k++) {
            if (priced->lines[k].price > round->below[worker] - PRICE_EPSILON) {
                continue;
            }
            bool is_new;
            const Line *line = model_line(model, worker, priced->lines[k].entries, priced->lines[k].count, &is_new);
            master_add(round->master, line);
            pays |= line_price(line, model, lp) < master_worker_price(round->master, worker) - PRICE_EPSILON;
        }
    }
    sum -= 1e-4 + 1e-11 * size; /* far more than the rounding of these sums */
    if (isfinite(sum) && sum > prices->bound) {
        prices->bound = sum;
        memcpy(prices->row_price, round->row_price, (size_t)model->problem->row_count * sizeof(double));
        memcpy(prices->worker_least, round->worker_least, (size_t)model->problem->worker_count * sizeof(double));
        if (round->scope->improved) {
            round->scope->improved(round->scope->context, sum);
        }
    }
    return pays;
}

void prices_find(Prices *prices, Model *model, Master *master, const PricesScope *scope)
{
    const SolverProblem *problem = model->problem;
    Watch *watch = model->watch;
    Round round = {.prices = prices,
                   .model = model,
                   .master = master,
                   .scope = scope,
                   .worker_count = scope->master.workers ? scope->master.worker_count : problem->worker_count,
                   .row_price = MEMORY_NEW(double, problem->row_count + 1),
                   .entry_price = MEMORY_NEW(double, problem->entry_count),
                   .below = MEMORY_NEW(double, problem->worker_count),
                   .worker_least = MEMORY_NEW(double, problem->worker_count)};
    double share = 0.8;
    prices->is_converged = false;
    int64_t last = watch->statistics.work + scope->work_most;
    for (int32_t i = 0; i < scope->rounds_most && !prices->is_converged; i++) {
        if (watch_is_over(watch) || (scope->work_most > 0 && watch->statistics.work > last) || !master_solve(master)) {
            break;
        }
        watch_tell(watch, (SolverEvent){.kind = SOLVER_EVENT_LP,
                                        .lines = master_line_count(master),
                                        .value = master_objective(master)});
        double step = prices->bound > -INFINITY ? share : 0;
        for (;;) {
            if (master_objective(master) - prices->bound < 1e-3 + 1e-10 * fabs(prices->bound)) {
                prices->is_converged = true;
                break;
            }
            blend(&round, step);
            if (price_round(&round) || watch_is_over(watch)) {
                share = step >= share - 1e-9 ? fmin(0.95, share + 0.05) : fmax(0.3, share - 0.1);
                break;
            }
            if (step == 0) {
                prices->is_converged = true;
                break;
            }
            step = step > 0.3 ? step - 0.25 : 0;
        }
    }
    free(round.row_price);
    free(round.entry_price);
    free(round.below);
    free(round.worker_least);
}

/* ---- the lines that are known */

typedef struct Ranked {
    const Line *line;
    double price;
} Ranked;

static int compare_ranked(const void *left, const void *right)
{
    const Ranked *a = left, *b = right;
    return a->price != b->price ? (a->price < b->price ? -1 : 1)
                                : (a->line->hash > b->line->hash) - (a->line->hash < b->line->hash);
}

int32_t prices_cheapest(const Prices *prices, const Model *model, const PricesPick *pick, const Line **cheapest)
{
    const LineList *pool = &model->pool[pick->worker];
    Ranked *ranked = MEMORY_NEW(Ranked, pool->count);
    int32_t count = 0;
    for (int32_t i = 0; i < pool->count; i++) {
        const Line *line = pool->lines[i];
        double price = line_price(line, model, prices->row_price);
        bool is_own = line == pick->own;
        if (is_own || ((!pick->is_allowed || pick->is_allowed(pick->context, line)) &&
                       price - prices->worker_least[pick->worker] <= pick->above_least)) {
            ranked[count++] = (Ranked){line, is_own ? -INFINITY : price};
        }
    }
    qsort(ranked, (size_t)count, sizeof *ranked, compare_ranked);
    count = count < pick->lines_most ? count : pick->lines_most;
    for (int32_t i = 0; i < count; i++) {
        cheapest[i] = ranked[i].line;
    }
    free(ranked);
    return count;
}

void prices_pour(const Prices *prices, const Model *model, Master *master, const PricesPick *pick)
{
    const Line **cheapest = MEMORY_NEW(const Line *, pick->lines_most);
    int32_t count = prices_cheapest(prices, model, pick, cheapest);
    for (int32_t i = 0; i < count; i++) {
        master_add(master, cheapest[i]);
    }
    free(cheapest);
}
