#include "search.h"

#include "bundle.h"
#include "prove.h"

#include <math.h>
#include <stdlib.h>

typedef struct Hood {
    Model *model;
    const Prices *prices;
    Roster *roster;
    uint64_t random;
    int32_t *workers; /* the chosen, [workers] */
    int32_t count;
    bool *is_chosen;
    double *blame;  /* [workers] share of the gap */
    int64_t *tried; /* [workers] how often a neighbourhood was seeded here without success */
    double *entry_price;
    int32_t *row_begin, *row_worker; /* workers by row */
} Hood;

static uint64_t next_random(Hood *hood)
{
    uint64_t z = (hood->random += UINT64_C(0x9E3779B97F4A7C15)); /* splitmix64 */
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static double random_share(Hood *hood)
{
    return (double)(next_random(hood) >> 11) * 0x1p-53;
}

/* cost - bound = sum over workers of (price of the line - least) + sum over rows of what is left over; rows go to their
 * workers. */
static void set_blame(Hood *hood)
{
    const Model *model = hood->model;
    const SolverProblem *problem = model->problem;
    const double *row_price = hood->prices->row_price;
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        double least = hood->prices->worker_least[worker];
        hood->blame[worker] = fmax(0, line_price(hood->roster->lines[worker], model, row_price) - least);
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        double left = (double)charge_of_activity(&problem->rows[row], hood->roster->activity[row]) +
                      row_price[row] * (double)hood->roster->activity[row] -
                      row_charge_conjugate(&model->rows[row], row_price[row]);
        int32_t count = hood->row_begin[row + 1] - hood->row_begin[row];
        for (int32_t i = hood->row_begin[row]; i < hood->row_begin[row + 1]; i++) {
            hood->blame[hood->row_worker[i]] += fmax(0, left) / count;
        }
    }
}

static void index_rows(Hood *hood)
{
    const SolverProblem *problem = hood->model->problem;
    hood->row_begin = MEMORY_NEW(int32_t, problem->row_count + 2);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            hood->row_begin[problem->entry_row[k] + 2]++;
        }
    }
    for (int32_t row = 0; row <= problem->row_count; row++) {
        hood->row_begin[row + 1] += hood->row_begin[row];
    }
    hood->row_worker = MEMORY_NEW(int32_t, hood->row_begin[problem->row_count + 1]);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            hood->row_worker[hood->row_begin[problem->entry_row[k] + 1]++] = problem->entries[entry].worker;
        }
    }
}

static void choose(Hood *hood, int32_t worker)
{
    if (!hood->is_chosen[worker]) {
        hood->is_chosen[worker] = true;
        hood->workers[hood->count++] = worker;
    }
}

static int32_t choose_seed(Hood *hood)
{
    double sum = 0;
    for (int32_t worker = 0; worker < hood->model->problem->worker_count; worker++) {
        sum += (hood->blame[worker] + 1) / (double)(1 + hood->tried[worker]);
    }
    double at = random_share(hood) * sum;
    for (int32_t worker = 0; worker < hood->model->problem->worker_count; worker++) {
        at -= (hood->blame[worker] + 1) / (double)(1 + hood->tried[worker]);
        if (at <= 0) {
            return worker;
        }
    }
    return hood->model->problem->worker_count - 1;
}

/* The seed, then workers who meet a random entry of someone chosen in some row, the more blamed the likelier. */
static int32_t choose_workers(Hood *hood, int32_t wanted)
{
    const Model *model = hood->model;
    const SolverProblem *problem = model->problem;
    for (int32_t i = 0; i < hood->count; i++) {
        hood->is_chosen[hood->workers[i]] = false;
    }
    hood->count = 0;
    int32_t seed = choose_seed(hood);
    choose(hood, seed);
    for (int32_t tries = 0; tries < 40 * wanted && hood->count < wanted; tries++) {
        int32_t from = hood->workers[next_random(hood) % (uint64_t)(tries % 2 ? hood->count : 1)];
        const Line *line = hood->roster->lines[from];
        int32_t entries = model->first_entry[from + 1] - model->first_entry[from];
        if (entries == 0) {
            continue;
        }
        bool from_line = line->count > 0 && next_random(hood) % 2;
        int32_t entry = from_line ? line->entries[next_random(hood) % (uint64_t)line->count]
                                  : model->first_entry[from] + (int32_t)(next_random(hood) % (uint64_t)entries);
        int64_t begin = problem->entry_row_begin[entry], end = problem->entry_row_begin[entry + 1];
        if (begin == end) {
            continue;
        }
        int32_t row = problem->entry_row[begin + (int64_t)(next_random(hood) % (uint64_t)(end - begin))];
        int32_t best = -1;
        for (int pick = 0; pick < 3; pick++) {
            int32_t other = hood->row_worker[hood->row_begin[row] +
                                             (int32_t)(next_random(hood) %
                                                       (uint64_t)(hood->row_begin[row + 1] - hood->row_begin[row]))];
            if (!hood->is_chosen[other] && (best < 0 || hood->blame[other] > hood->blame[best])) {
                best = other;
            }
        }
        if (best >= 0) {
            choose(hood, best);
        }
    }
    return seed;
}

/* Solves for the chosen workers; `roster` of the hood gets better or stays. */
static bool solve_hood(Hood *hood, Roster *trial)
{
    enum { POOL_LINES = 16, ROUNDS = 24, PROOF_LINES = 1500, PROOF_LABELS = 5000, PROOF_NODES = 100 };
    Model *model = hood->model;
    const SolverProblem *problem = model->problem;
    roster_become(trial, hood->roster);
    int64_t *base = MEMORY_NEW(int64_t, problem->row_count);
    double fixed = (double)hood->roster->cents;
    for (int32_t i = 0; i < hood->count; i++) {
        roster_set(trial, hood->workers[i], NULL);
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        base[row] = trial->activity[row];
    }
    roster_become(trial, hood->roster);
    PricesScope scope = {.master = {hood->workers, hood->count, base}};
    double others = 0;
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        others += hood->is_chosen[worker] ? 0 : (double)hood->roster->lines[worker]->cents;
    }
    Bundle *bundle = bundle_new(model, &scope.master, hood->roster);
    for (int32_t i = 0; i < hood->count; i++) {
        int32_t worker = hood->workers[i];
        const LineList *pool = &model->pool[worker];
        double most = hood->prices->worker_least[worker] + 0.5 * (fixed - hood->prices->bound);
        for (int32_t k = 0, taken = 0; k < pool->count && taken < POOL_LINES; k++) {
            const Line *line = pool->lines[pool->count - 1 - k];
            if (line != hood->roster->lines[worker] && line_price(line, model, hood->prices->row_price) <= most) {
                bundle_add(bundle, line);
                taken++;
            }
        }
    }
    Prices prices;
    prices_init(&prices, model);
    BundleLimits limits = {.rounds_most = ROUNDS, .tolerance = 1e-5, .start = hood->prices->row_price};
    bundle_run(bundle, &prices, &limits);
    double cost = fixed - others;
    if (cost - prices.bound >= 1 - 1e-3) {
        bundle_dive(bundle, trial, 12, 0.3);
        roster_polish(trial, model, hood->workers, hood->count, 3);
        if (!roster_is_better(trial, hood->roster)) {
            roster_become(trial, hood->roster);
        }
        double bound;
        ProveLimits proof = {PROOF_LINES, PROOF_LABELS, PROOF_NODES};
        prove(model, &scope.master, &prices, &proof, trial, &bound);
    }
    bundle_free(bundle);
    bool is_better = roster_is_better(trial, hood->roster);
    prices_release(&prices);
    free(base);
    return is_better;
}

void search(Model *model, const Prices *prices, Roster *roster, void (*improved)(void *context), void *context)
{
    enum { PATIENCE = 1500 };
    const SolverProblem *problem = model->problem;
    int32_t workers = problem->worker_count;
    Hood hood = {.model = model,
                 .prices = prices,
                 .roster = roster,
                 .random = model->watch->options->seed,
                 .workers = MEMORY_NEW(int32_t, workers),
                 .is_chosen = MEMORY_NEW(bool, workers),
                 .blame = MEMORY_NEW(double, workers),
                 .tried = MEMORY_NEW(int64_t, workers)};
    index_rows(&hood);
    Roster trial;
    roster_init(&trial, model);
    set_blame(&hood);
    int32_t size = workers < 8 ? workers : 8;
    for (int32_t idle = 0; idle < PATIENCE && !watch_is_over(model->watch);) {
        int32_t seed = choose_workers(&hood, size);
        int64_t before = roster->cents;
        bool is_better = solve_hood(&hood, &trial);
        watch_tell(model->watch, (SolverEvent){.kind = SOLVER_EVENT_NEIGHBOURHOOD,
                                               .workers = hood.count,
                                               .value = is_better ? (double)(before - trial.cents) : 0});
        if (is_better) {
            roster_become(roster, &trial);
            roster_polish(roster, model, NULL, 0, 0);
            improved(context);
            set_blame(&hood);
            hood.tried[seed] = 0;
            idle = 0;
        } else {
            hood.tried[seed]++;
            idle++;
            if (idle % 20 == 0) {
                size = size * 3 / 2 < workers ? size * 3 / 2 : workers;
                size = size > 40 ? 10 : size;
            }
        }
    }
    roster_release(&trial);
    free(hood.workers);
    free(hood.is_chosen);
    free(hood.blame);
    free(hood.tried);
    free(hood.row_begin);
    free(hood.row_worker);
}
