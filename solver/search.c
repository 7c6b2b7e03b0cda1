#include "search.h"

#include "branch.h"
#include "bundle.h"
#include "prove.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>

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
    int32_t first_day, last_day;     /* of all slots that someone may take */
    bool is_long;
    bool *is_frozen; /* [entries] outside the window */
    Record records[WAYS];
} Hood;

static double left_over(const Hood *hood, int32_t row)
{
    const Model *model = hood->model;
    double price = hood->prices->row_price[row];
    return fmax(0, (double)charge_of_activity(&model->problem->rows[row], hood->roster->activity[row]) +
                       price * (double)hood->roster->activity[row] - row_charge_conjugate(&model->rows[row], price));
}

/* cost - bound = sum over workers of (price of the line - least) + sum over rows of what is left over; rows go to their
 * workers. */
static void set_blame(Hood *hood)
{
    const Model *model = hood->model;
    const SolverProblem *problem = model->problem;
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        double least = hood->prices->worker_least[worker];
        hood->blame[worker] = fmax(0, line_price(hood->roster->lines[worker], model, hood->prices->row_price) - least);
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        double left = left_over(hood, row);
        int32_t count = hood->row_begin[row + 1] - hood->row_begin[row];
        for (int32_t i = hood->row_begin[row]; i < hood->row_begin[row + 1]; i++) {
            hood->blame[hood->row_worker[i]] += left / count;
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
    double at = random_share(&hood->random) * sum;
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
        int32_t from = hood->workers[random_next(&hood->random) % (uint64_t)(tries % 2 ? hood->count : 1)];
        const Line *line = hood->roster->lines[from];
        int32_t entries = model->first_entry[from + 1] - model->first_entry[from];
        if (entries == 0) {
            continue;
        }
        bool from_line = line->count > 0 && random_next(&hood->random) % 2;
        int32_t entry = from_line
                            ? line->entries[random_next(&hood->random) % (uint64_t)line->count]
                            : model->first_entry[from] + (int32_t)(random_next(&hood->random) % (uint64_t)entries);
        int64_t begin = problem->entry_row_begin[entry], end = problem->entry_row_begin[entry + 1];
        if (begin == end) {
            continue;
        }
        int32_t row = problem->entry_row[begin + (int64_t)(random_next(&hood->random) % (uint64_t)(end - begin))];
        int32_t best = -1;
        for (int pick = 0; pick < 3; pick++) {
            int32_t other = hood->row_worker[hood->row_begin[row] +
                                             (int32_t)(random_next(&hood->random) %
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

static int32_t day_of(const SolverProblem *problem, int32_t entry)
{
    return problem->slots[problem->entries[entry].slot].day;
}

/* Days around an entry of a row that costs more than its price, the worst of a few, and workers who could work then. */
static void choose_window(Hood *hood, int32_t wanted)
{
    enum { ENTRIES = 12, DAYS_MOST = 14 };
    const SolverProblem *problem = hood->model->problem;
    int32_t middle = hood->first_day;
    double worst = -1;
    for (int i = 0; i < ENTRIES; i++) {
        int32_t entry = (int32_t)(random_next(&hood->random) % (uint64_t)problem->entry_count);
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            double left = left_over(hood, problem->entry_row[k]);
            if (left > worst) {
                worst = left;
                middle = day_of(problem, entry);
            }
        }
    }
    int32_t days = hood->last_day - hood->first_day + 1, least = 1 + days / 8, most = 1 + days / 2;
    most = most < DAYS_MOST ? most : DAYS_MOST;
    least = least < most ? least : most;
    int32_t length = least + (int32_t)(random_next(&hood->random) % (uint64_t)(most - least + 1));
    int32_t first = middle - (int32_t)(random_next(&hood->random) % (uint64_t)length);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        int32_t day = day_of(problem, entry);
        hood->is_frozen[entry] = day < first || day >= first + length;
    }
    for (int32_t i = 0; i < hood->count; i++) {
        hood->is_chosen[hood->workers[i]] = false;
    }
    hood->count = 0;
    for (int32_t tries = 0; tries < 100 * wanted && hood->count < wanted; tries++) {
        int32_t entry = (int32_t)(random_next(&hood->random) % (uint64_t)problem->entry_count);
        if (!hood->is_frozen[entry]) {
            choose(hood, problem->entries[entry].worker);
        }
    }
}

/* By branch and price from the prices of the whole; `is_frozen` as there. */
static bool solve_tree(Hood *hood, Roster *trial, const bool *is_frozen)
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

/* Solves for the chosen workers; `roster` of the hood gets better or stays. */
static bool solve_hood(Hood *hood, Roster *trial)
{
    enum { POOL_LINES = 16, ROUNDS = 24, PROOF_LABELS = 5000 };
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
        ProveLimits proof =
            hood->is_long ? (ProveLimits){1500, PROOF_LABELS, 100} : (ProveLimits){250, PROOF_LABELS, 30};
        prove(model, &scope.master, &prices, &proof, trial, &bound);
    }
    bundle_free(bundle);
    bool is_better = roster_is_better(trial, hood->roster);
    prices_release(&prices);
    free(base);
    return is_better;
}

/* The way that gained most for its work is the likeliest. */
static Way choose_way(Hood *hood)
{
    if (!hood->is_long) {
        return WORKERS; /* in a week of work trees cost more than they find */
    }
    double merit[WAYS], best = 0, sum = 0;
    for (int way = 0; way < WAYS; way++) {
        merit[way] = (1 + hood->records[way].gain) / (1 + hood->records[way].work);
        best = fmax(best, merit[way]);
    }
    for (int way = 0; way < WAYS; way++) {
        merit[way] += 0.05 * best;
        sum += merit[way];
    }
    double at = random_share(&hood->random) * sum;
    int way = 0;
    while (way + 1 < WAYS && (at -= merit[way]) > 0) {
        way++;
    }
    return (Way)way;
}

static void note_way(Hood *hood, Way way, double gain, int64_t work)
{
    Record *record = &hood->records[way];
    *record = (Record){0.9 * record->gain + gain, 0.9 * record->work + (double)work};
}

/*
 * Workers of a neighbourhood: at first, at most, and after that. Among 1000 workers a hundred at a time gained five
 * times as much for its work as eight at a time, and twice as much as 250.
 */
typedef struct Sizes {
    int32_t first, most, again;
} Sizes;

void search(Model *model, const Prices *prices, Roster *roster, SearchLimits limits, void (*improved)(void *context),
            void *context)
{
    enum { PATIENCE = 1500, MANY_WORKERS = 400, TREE_MOST = 40 };
    const SolverProblem *problem = model->problem;
    int32_t workers = problem->worker_count;
    Hood hood = {.model = model,
                 .prices = prices,
                 .roster = roster,
                 .random = model->watch->options->seed,
                 .is_long = model_is_long(model),
                 .workers = MEMORY_NEW(int32_t, workers),
                 .is_chosen = MEMORY_NEW(bool, workers),
                 .blame = MEMORY_NEW(double, workers),
                 .tried = MEMORY_NEW(int64_t, workers),
                 .is_frozen = MEMORY_NEW(bool, problem->entry_count)};
    index_rows(&hood);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        int32_t day = day_of(problem, entry);
        hood.first_day = entry == 0 || day < hood.first_day ? day : hood.first_day;
        hood.last_day = entry == 0 || day > hood.last_day ? day : hood.last_day;
    }
    Roster trial;
    roster_init(&trial, model);
    set_blame(&hood);
    const Sizes own = workers < MANY_WORKERS ? (Sizes){8, 40, 10} : (Sizes){100, 200, 100};
    const Sizes sizes = limits.workers > 0 ? (Sizes){limits.workers, limits.workers, limits.workers} : own;
    int32_t size = workers < sizes.first ? workers : sizes.first;
    for (int32_t idle = 0, tried = 0; problem->entry_count > 0 && idle < PATIENCE && !watch_is_over(model->watch) &&
                                      !watch_is_proven(model->watch) && (limits.most == 0 || tried < limits.most);
         tried++) {
        Way way = choose_way(&hood);
        int64_t before = roster->cents, work = model->watch->statistics.work;
        int32_t seed = -1;
        if (way == WINDOW_TREE) {
            choose_window(&hood, 2 * (size < TREE_MOST ? size : TREE_MOST));
        } else {
            seed = choose_workers(&hood, way == WORKERS || size < TREE_MOST ? size : TREE_MOST);
        }
        bool is_better = way == WORKERS ? solve_hood(&hood, &trial)
                                        : solve_tree(&hood, &trial, way == WINDOW_TREE ? hood.is_frozen : NULL);
        note_way(&hood, way, is_better ? (double)(before - trial.cents) : 0, model->watch->statistics.work - work);
        watch_tell(model->watch, (SolverEvent){.kind = SOLVER_EVENT_NEIGHBOURHOOD,
                                               .workers = hood.count,
                                               .value = is_better ? (double)(before - trial.cents) : 0});
        if (is_better) {
            roster_become(roster, &trial);
            roster_polish(roster, model, NULL, 0, 0);
            improved(context);
            set_blame(&hood);
            if (seed >= 0) {
                hood.tried[seed] = 0;
            }
            idle = 0;
        } else {
            if (seed >= 0) {
                hood.tried[seed]++;
            }
            idle++;
            if (idle % 20 == 0) {
                size = size * 3 / 2 < workers ? size * 3 / 2 : workers;
                size = size > sizes.most ? sizes.again : size;
            }
        }
    }
    roster_release(&trial);
    free(hood.workers);
    free(hood.is_chosen);
    free(hood.blame);
    free(hood.tried);
    free(hood.is_frozen);
    free(hood.row_begin);
    free(hood.row_worker);
}
