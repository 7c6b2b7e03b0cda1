#include "search.h"

#include "branch.h"
#include "bundle.h"
#include "hood.h"
#include "prove.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How a neighbourhood is made and looked through; which one next depends on what each has gained for its work. */
typedef enum Way {
    WORKERS,      /* all of a few workers' lines, by bundle, dive and proof */
    WORKERS_TREE, /* the same, by branch and price */
    WINDOW_TREE,  /* some days of more workers' lines, by branch and price */
    WAYS
} Way;

typedef struct Record {
    double gain, work; /* of late */
} Record;

typedef struct Search {
    Hood hood;
    bool is_long;
    double share; /* of the gap: which lines are listed */
    Record records[WAYS];
} Search;

/* By branch and price from the prices of the whole; `is_frozen` as there. */
static bool solve_tree(const Hood *hood, Roster *trial, const bool *is_frozen)
{
    enum { NODES = 80, LABELS = 5000, WORK = 4000000 };
    const SolverProblem *problem = hood->model->problem;
    roster_become(trial, hood->roster);
    for (int32_t i = 0; i < hood->count; i++) {
        roster_set(trial, hood->workers[i], NULL);
    }
    int64_t *base = MEMORY_NEW(int64_t, problem->row_count);
    for (int32_t row = 0; row < problem->row_count; row++) {
        base[row] = trial->activity[row];
    }
    roster_become(trial, hood->roster);
    MasterScope scope = {hood->workers, hood->count, base};
    Prices prices = *hood->prices;
    prices.bound = -INFINITY; /* theirs is that of all */
    BranchLimits limits = {.nodes_most = NODES, .work_most = WORK, .labels_most = LABELS, .is_frozen = is_frozen};
    double bound;
    branch(hood->model, &scope, &prices, &limits, trial, &bound);
    free(base);
    return roster_is_better(trial, hood->roster);
}

/*
 * The cheapest lines of the chosen, as many as an integer programme is quick with: where chains are to be closed, it
 * finds what no dive does. A better roster shares out what it costs above the bound, so a line of it costs a small
 * share of the gap; how small depends on the neighbourhoods, and is learned from one to the next.
 */
static void list_some(Search *search, const MasterScope *scope, const Prices *prices, Roster *roster)
{
    static const double LESS = 0.7, MORE = 1.1;
    ProveLimits limits = {.lines_most = 1500,
                          .labels_most = 20000,
                          .tree = {.nodes_most = search->is_long ? 100 : 30},
                          .share = search->share};
    double unused;
    bool is_listed = prove(search->hood.model, scope, prices, &limits, roster, &unused);
    search->share = is_listed ? fmin(1, search->share * MORE) : search->share * LESS;
}

/* Solves for the chosen workers, by prices, dive and proof as the whole. */
static bool solve_hood(Search *search, Roster *trial)
{
    enum { ROUNDS = 6, ROUNDS_MORE = 15, FEW_WORKERS = 25 }; /* of more, lists over weeks hold too little */
    const Hood *hood = &search->hood;
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
    MasterScope scope = {hood->workers, hood->count, base};
    double others = 0;
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        others += hood->is_chosen[worker] ? 0 : (double)hood->roster->lines[worker]->cents;
    }
    Bundle *bundle = bundle_new(model, &scope, hood->roster);
    for (int32_t i = 0; i < hood->count; i++) {
        int32_t worker = hood->workers[i];
        for (int32_t k = hood->cheap_begin[worker]; k < hood->cheap_begin[worker + 1]; k++) {
            bundle_add(bundle, hood->cheap[k]);
        }
    }
    Prices prices;
    prices_init(&prices, model);
    bool needs_more = search->is_long && problem->worker_count > FEW_WORKERS;
    BundleLimits limits = {
        .rounds_most = needs_more ? ROUNDS_MORE : ROUNDS, .tolerance = 1e-5, .start = hood->prices->row_price};
    bundle_run(bundle, &prices, &limits);
    double cost = fixed - others;
    if (cost - prices.bound >= 1 - 1e-3) {
        bundle_dive(bundle, trial, 12, 0.3);
        roster_polish(trial, model, hood->workers, hood->count, 3);
        if (!roster_is_better(trial, hood->roster)) {
            roster_become(trial, hood->roster);
        }
        list_some(search, &scope, &prices, trial);
    }
    bundle_free(bundle);
    bool is_better = roster_is_better(trial, hood->roster);
    prices_release(&prices);
    free(base);
    return is_better;
}

/* The way that gained most for its work is the likeliest. */
static Way choose_way(Search *search)
{
    if (!search->is_long) {
        return WORKERS; /* in a week of work trees cost more than they find */
    }
    double merit[WAYS], best = 0, sum = 0;
    for (int way = 0; way < WAYS; way++) {
        merit[way] = (1 + search->records[way].gain) / (1 + search->records[way].work);
        best = fmax(best, merit[way]);
    }
    for (int way = 0; way < WAYS; way++) {
        merit[way] += 0.05 * best;
        sum += merit[way];
    }
    double at = random_share(&search->hood.random) * sum;
    int way = 0;
    while (way + 1 < WAYS && (at -= merit[way]) > 0) {
        way++;
    }
    return (Way)way;
}

static void note_way(Search *search, Way way, double gain, int64_t work)
{
    Record *record = &search->records[way];
    *record = (Record){0.9 * record->gain + gain, 0.9 * record->work + (double)work};
}

/* Workers of a neighbourhood: at first, at most, and after that. */
typedef struct Sizes {
    int32_t first, most, again;
} Sizes;

void search(Model *model, const Prices *prices, Roster *roster, SearchLimits limits, void (*improved)(void *context),
            void *context)
{
    enum { PATIENCE = 1500, TREE_MOST = 40 };
    const SolverProblem *problem = model->problem;
    int32_t workers = problem->worker_count;
    Search search = {.is_long = model_is_long(model), .share = 0.1};
    Hood *hood = &search.hood;
    hood_init(hood, model, prices, roster);
    Roster trial;
    roster_init(&trial, model);
    const Sizes own = search.is_long ? (Sizes){8, 40, 10} : (Sizes){50, 100, 50};
    const Sizes sizes = limits.workers > 0 ? (Sizes){limits.workers, limits.workers, limits.workers} : own;
    const int32_t patience = limits.patience > 0 ? limits.patience : PATIENCE;
    int32_t size = workers < sizes.first ? workers : sizes.first;
    for (int32_t idle = 0, tried = 0; problem->entry_count > 0 && idle < patience && !watch_is_over(model->watch) &&
                                      !watch_is_proven(model->watch) && (limits.most == 0 || tried < limits.most);
         tried++) {
        Way way = choose_way(&search);
        int64_t before = roster->cents, work = model->watch->statistics.work;
        int32_t part = -1; /* of the gap */
        if (way == WINDOW_TREE) {
            hood_choose_window(hood, 2 * (size < TREE_MOST ? size : TREE_MOST));
        } else {
            part = hood_choose_workers(hood, way == WORKERS || size < TREE_MOST ? size : TREE_MOST);
        }
        bool is_better = way == WORKERS ? solve_hood(&search, &trial)
                                        : solve_tree(hood, &trial, way == WINDOW_TREE ? hood->is_frozen : NULL);
        note_way(&search, way, is_better ? (double)(before - trial.cents) : 0, model->watch->statistics.work - work);
        watch_tell(model->watch, (SolverEvent){.kind = SOLVER_EVENT_NEIGHBOURHOOD,
                                               .workers = hood->count,
                                               .value = is_better ? (double)(before - trial.cents) : 0});
        if (is_better) {
            roster_become(roster, &trial);
            roster_polish(roster, model, NULL, 0, 0);
            improved(context);
            hood_follow(hood);
            if (part >= 0) {
                hood->tried[part] = 0;
            }
            idle = 0;
        } else {
            if (part >= 0) {
                hood->tried[part]++;
            }
            idle++;
            if (idle % 20 == 0) {
                hood_follow(hood); /* lines were found meanwhile */
                memset(hood->tried, 0, (size_t)(workers + problem->row_count) * sizeof *hood->tried); /* at this size */
                size = size * 3 / 2 < workers ? size * 3 / 2 : workers;
                size = size > sizes.most ? sizes.again : size;
            }
        }
    }
    roster_release(&trial);
    hood_release(hood);
}
