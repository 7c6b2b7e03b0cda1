#include "prove.h"

#include <math.h>
#include <stdlib.h>

/* Lists all lines in scope that cost at most `gap` more than the least. NULL: too many. */
static Master *enumerate(Model *model, const MasterScope *scope, const Prices *prices, const ProveLimits *limits,
                         double gap)
{
    const SolverProblem *problem = model->problem;
    int32_t count = scope->workers ? scope->worker_count : problem->worker_count;
    double *entry_price = MEMORY_NEW(double, problem->entry_count), *below = MEMORY_NEW(double, problem->worker_count);
    model_entry_prices(model, scope->workers, count, prices->row_price, entry_price);
    for (int32_t i = 0; i < count; i++) {
        int32_t worker = scope->workers ? scope->workers[i] : i;
        below[worker] = prices->worker_least[worker] + gap + 1e-3;
    }
    PriceOrder order = {.workers = scope->workers,
                        .worker_count = count,
                        .entry_price = entry_price,
                        .below = below,
                        .lines_most = limits->lines_most,
                        .is_enumeration = true,
                        .labels_most = limits->labels_most};
    model_price(model, &order);
    int64_t lines = 0;
    bool is_complete = !watch_poll(model->watch);
    for (int32_t i = 0; i < count; i++) {
        const Priced *priced = &model->priced[scope->workers ? scope->workers[i] : i];
        is_complete &= priced->is_complete;
        lines += priced->count;
    }
    Master *master = NULL;
    if (is_complete && lines <= limits->lines_most) {
        master = master_new(model, scope);
        for (int32_t i = 0; i < count; i++) {
            int32_t worker = scope->workers ? scope->workers[i] : i;
            const Priced *priced = &model->priced[worker];
            for (int32_t k = 0; k < priced->count; k++) {
                bool is_new;
                master_add(master,
                           model_line(model, worker, priced->lines[k].entries, priced->lines[k].count, &is_new));
            }
        }
    }
    free(entry_price);
    free(below);
    return master;
}

bool prove(Model *model, const MasterScope *scope, const Prices *prices, const ProveLimits *limits, Roster *roster,
           double *bound)
{
    const SolverProblem *problem = model->problem;
    int32_t count = scope->workers ? scope->worker_count : problem->worker_count;
    *bound = -INFINITY;
    double fixed = 0; /* the lines out of scope */
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        fixed += (double)roster->lines[worker]->cents;
    }
    for (int32_t i = 0; i < count; i++) {
        fixed -= (double)roster->lines[scope->workers ? scope->workers[i] : i]->cents;
    }
    double cost = (double)roster->cents - fixed;
    Master *master = enumerate(model, scope, prices, limits, limits->share * (cost - prices->bound));
    if (!master) {
        return false;
    }
    const Line **chosen = MEMORY_NEW(const Line *, count);
    double least;
    bool is_found = master_solve_integer(master, cost - 0.5, &limits->tree, chosen, &least);
    *bound = limits->share < 1 ? -INFINITY : fmin(least, cost) + fixed;
    if (is_found) {
        Roster better;
        roster_init(&better, model);
        roster_become(&better, roster);
        for (int32_t i = 0; i < count; i++) {
            if (chosen[i]) {
                roster_set(&better, scope->workers ? scope->workers[i] : i, chosen[i]);
            }
        }
        roster_count(&better);
        if (roster_is_better(&better, roster)) {
            roster_become(roster, &better);
        }
        roster_release(&better);
    }
    free(chosen);
    master_free(master);
    return true;
}
