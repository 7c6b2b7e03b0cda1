#include "branch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE 1e-6 /* a weight this close to 0 or 1 is it */
#define PAYS  1e-6 /* cents */

/* Worker takes one of the entries [begin, end) (is_on), or none. */
typedef struct Node {
    const struct Node *parent; /* NULL: the root, which decides nothing */
    int32_t worker, begin, end;
    bool is_on;
    int32_t depth;
    double bound; /* of the parent */
    int64_t number;
} Node;

typedef struct Branch {
    Model *model;
    const MasterScope *scope;
    const Prices *prices;
    const BranchLimits *limits;
    Roster *roster;
    Arena arena;
    Master *master;
    int32_t worker_count;
    int32_t *workers;
    double others; /* what the lines out of scope cost */
    int64_t work_last;
    Node **open; /* a heap: the least bound first */
    int32_t open_count, open_size;
    int64_t numbers;
    double leaves;               /* the least bound of the nodes that nothing more is done about */
    double *entry_price, *below; /* [entries], [workers] */
    double *premium;             /* [workers] all that a line gets for what is asked for */
    double *share;               /* [entries] of the LP's weights */
    bool *has_line;              /* [workers] */
    bool *is_out;                /* [entries] */
    int32_t *asked, *asked_of;   /* [entries], [workers]: by how many decisions */
    bool *is_frozen_out;         /* the same of what is frozen */
    int32_t *frozen, *frozen_of;
} Branch;

/* ---- the open nodes */

static bool is_before(const Node *a, const Node *b)
{
    return a->bound != b->bound ? a->bound < b->bound : a->number > b->number;
}

static void push(Branch *branch, Node *node)
{
    if (branch->open_count == branch->open_size) {
        branch->open_size = branch->open_size ? 2 * branch->open_size : 64;
        branch->open = memory_grow(branch->open, (size_t)branch->open_size, sizeof(Node *));
    }
    int32_t at = branch->open_count++;
    for (; at > 0 && is_before(node, branch->open[(at - 1) / 2]); at = (at - 1) / 2) {
        branch->open[at] = branch->open[(at - 1) / 2];
    }
    branch->open[at] = node;
}

static Node *pop(Branch *branch)
{
    Node *top = branch->open[0], *last = branch->open[--branch->open_count];
    int32_t at = 0;
    for (int32_t child; (child = 2 * at + 1) < branch->open_count; at = child) {
        child += child + 1 < branch->open_count && is_before(branch->open[child + 1], branch->open[child]);
        if (!is_before(branch->open[child], last)) {
            break;
        }
        branch->open[at] = branch->open[child];
    }
    branch->open[at] = last;
    return top;
}

/* ---- lines that obey */

/* Of a line: nothing that is ruled out, and all that is asked for. A decision asks for one entry, or for one of a
 * day's. */
static bool obeys(const Branch *branch, const Line *line)
{
    int32_t asked = 0;
    for (int32_t i = 0; i < line->count; i++) {
        if (branch->is_out[line->entries[i]]) {
            return false;
        }
        asked += branch->asked[line->entries[i]];
    }
    return asked == branch->asked_of[line->worker];
}

static void decide(Branch *branch, const Node *node)
{
    const SolverProblem *problem = branch->model->problem;
    memcpy(branch->is_out, branch->is_frozen_out, (size_t)problem->entry_count * sizeof *branch->is_out);
    memcpy(branch->asked, branch->frozen, (size_t)problem->entry_count * sizeof *branch->asked);
    memcpy(branch->asked_of, branch->frozen_of, (size_t)problem->worker_count * sizeof *branch->asked_of);
    for (; node && node->parent; node = node->parent) {
        branch->asked_of[node->worker] += node->is_on;
        for (int32_t entry = node->begin; entry < node->end; entry++) {
            branch->asked[entry] += node->is_on;
            branch->is_out[entry] |= !node->is_on;
        }
    }
}

static void limit_lines(Branch *branch)
{
    memset(branch->has_line, 0, (size_t)branch->model->problem->worker_count * sizeof *branch->has_line);
    for (int32_t i = 0; i < master_line_count(branch->master); i++) {
        const Line *line = master_line(branch->master, i);
        bool is_free = obeys(branch, line);
        master_limit(branch->master, i, 0, is_free ? INFINITY : 0);
        branch->has_line[line->worker] |= is_free;
    }
}

/* Entry prices for lines that obey, from row prices. */
static void price_entries(Branch *branch, const double *row_price)
{
    const Model *model = branch->model;
    model_entry_prices(model, branch->workers, branch->worker_count, row_price, branch->entry_price);
    for (int32_t i = 0; i < branch->worker_count; i++) {
        int32_t worker = branch->workers[i], begin = model->first_entry[worker], end = model->first_entry[worker + 1];
        const Network *network = &model->networks[worker];
        double premium = 0; /* more than all else that a line can be about */
        if (branch->asked_of[worker] > 0) {
            premium = 1000;
            for (int32_t period = 0; period < network->period_count; period++) {
                const HoursCharge *hours = &network->hours[period];
                premium += 2 * (fabs(hours->value[0]) + fabs(hours->value[hours->count - 1]));
            }
            for (int32_t entry = begin; entry < end; entry++) {
                premium += 2 * fabs(branch->entry_price[entry]);
            }
        }
        branch->premium[worker] = premium * branch->asked_of[worker];
        for (int32_t entry = begin; entry < end; entry++) {
            branch->entry_price[entry] =
                branch->is_out[entry] ? INFINITY : branch->entry_price[entry] - premium * branch->asked[entry];
        }
    }
}

/* A line for those whom the decisions have left without one. False: there is none; *is_cut: or it was not found. */
static bool find_lines(Branch *branch, bool *is_cut)
{
    Model *model = branch->model;
    for (int32_t i = 0; i < branch->worker_count; i++) {
        int32_t worker = branch->workers[i];
        if (branch->has_line[worker]) {
            continue;
        }
        price_entries(branch, branch->prices->row_price);
        branch->below[worker] = INFINITY;
        PriceOrder order = {.workers = &worker,
                            .worker_count = 1,
                            .entry_price = branch->entry_price,
                            .below = branch->below,
                            .lines_most = 1,
                            .labels_most = branch->limits->labels_most};
        model_price(model, &order);
        const Priced *priced = &model->priced[worker];
        bool is_new;
        const Line *line = priced->count == 0
                               ? NULL
                               : model_line(model, worker, priced->lines[0].entries, priced->lines[0].count, &is_new);
        if (!line || !obeys(branch, line)) {
            *is_cut = !priced->is_complete;
            return false;
        }
        master_add(branch->master, line);
    }
    return true;
}

/* Prices everyone; at the LP's row prices only lines that pay. Returns how many lines it added. */
static int32_t price_round(Branch *branch, const double *row_price, double *bound)
{
    Model *model = branch->model;
    bool is_of_lp = row_price == master_row_prices(branch->master);
    price_entries(branch, row_price);
    for (int32_t i = 0; i < branch->worker_count; i++) {
        int32_t worker = branch->workers[i];
        branch->below[worker] =
            is_of_lp ? master_worker_price(branch->master, worker) - branch->premium[worker] - PAYS : INFINITY;
    }
    PriceOrder order = {.workers = branch->workers,
                        .worker_count = branch->worker_count,
                        .entry_price = branch->entry_price,
                        .below = branch->below,
                        .lines_most = 2,
                        .labels_most = branch->limits->labels_most};
    model_price(model, &order);
    double sum = master_conjugate(branch->master, row_price), size = fabs(sum);
    int32_t added = 0;
    for (int32_t i = 0; i < branch->worker_count; i++) {
        int32_t worker = branch->workers[i];
        const Priced *priced = &model->priced[worker];
        sum += priced->least + branch->premium[worker];
        size += fabs(priced->least) + branch->premium[worker];
        for (int32_t k = 0; k < priced->count; k++) {
            bool is_new;
            const Line *line = model_line(model, worker, priced->lines[k].entries, priced->lines[k].count, &is_new);
            if (obeys(branch, line)) { /* of several lines the dearer ones may lack what is asked for */
                master_add(branch->master, line);
                added++;
            }
        }
    }
    *bound = isfinite(sum) ? sum - 1e-4 - 1e-11 * size : -INFINITY;
    return added;
}

/* ---- nodes */

/* Beyond it a node holds nothing cheaper than the roster. */
static double cutoff(const Branch *branch)
{
    return branch->roster->violation > 0 ? INFINITY : (double)branch->roster->cents - branch->others - 1 + 1e-3;
}

static bool is_over(const Branch *branch)
{
    const Watch *watch = branch->model->watch;
    return watch_is_over((Watch *)(uintptr_t)watch) ||
           (branch->limits->work_most > 0 && watch->statistics.work > branch->work_last);
}

/* The node's bound; *is_solved: the LP's weights are those of the node. */
static double solve_node(Branch *branch, const Node *node, bool *is_solved)
{
    enum { ROUNDS = 60 };
    SolverStatistics *statistics = &branch->model->watch->statistics;
    double best = node->bound;
    *is_solved = false;
    decide(branch, node);
    limit_lines(branch);
    bool is_cut = false;
    if (!find_lines(branch, &is_cut)) {
        return is_cut || watch_poll(branch->model->watch) ? best : INFINITY;
    }
    if (best == -INFINITY) { /* the first LP knows too little to tell prices */
        price_round(branch, branch->prices->row_price, &best);
    }
    for (int32_t round = 0; round < ROUNDS && !is_over(branch); round++) {
        int64_t pivots = statistics->pivots;
        bool has_weights = master_solve(branch->master);
        statistics->work += (statistics->pivots - pivots) * master_line_count(branch->master) / 8; /* they take time */
        if (!has_weights) {
            break;
        }
        double bound;
        int32_t added = price_round(branch, master_row_prices(branch->master), &bound);
        best = fmax(best, bound);
        if (best > cutoff(branch)) {
            break;
        }
        *is_solved = true;
        if (added == 0 || master_objective(branch->master) - best < 1e-3) {
            break;
        }
    }
    return best;
}

/* The LP's weights by entry. Returns whether each worker has one line, and sets them in `trial` if so. */
static bool read_weights(Branch *branch, Roster *trial)
{
    memset(branch->share, 0, (size_t)branch->model->problem->entry_count * sizeof *branch->share);
    bool is_whole = true;
    for (int32_t i = 0; i < master_line_count(branch->master); i++) {
        double weight = master_weight(branch->master, i);
        const Line *line = master_line(branch->master, i);
        if (weight < 1e-9) {
            continue;
        }
        for (int32_t k = 0; k < line->count; k++) {
            branch->share[line->entries[k]] += weight;
        }
        if (weight > 1 - WHOLE) {
            roster_set(trial, line->worker, line);
        }
        is_whole &= weight < WHOLE || weight > 1 - WHOLE;
    }
    return is_whole;
}

typedef struct Choice {
    int32_t worker, begin, end;
    double share, score;
} Choice;

static void weigh(const Branch *branch, int32_t worker, int32_t begin, int32_t end, double preference, Choice *best)
{
    double share = 0;
    for (int32_t entry = begin; entry < end; entry++) {
        share += branch->share[entry];
    }
    double score = preference * fmin(share, 1 - share);
    if (share > WHOLE && share < 1 - WHOLE && score > best->score) {
        *best = (Choice){worker, begin, end, share, score};
    }
}

/* The worker's day, or entry, that the LP is least sure of. */
static Choice choose(const Branch *branch)
{
    const SolverProblem *problem = branch->model->problem;
    Choice best = {.worker = -1};
    for (int32_t i = 0; i < branch->worker_count; i++) {
        int32_t worker = branch->workers[i];
        int32_t last = branch->model->first_entry[worker + 1];
        for (int32_t entry = branch->model->first_entry[worker], end; entry < last; entry = end) {
            end = entry + 1;
            while (end < last &&
                   problem->slots[problem->entries[end].slot].day == problem->slots[problem->entries[entry].slot].day) {
                end++;
            }
            if (problem->rules.slots_a_day_most == 1) {
                weigh(branch, worker, entry, end, 1.5, &best);
            }
            for (int32_t one = entry; one < end; one++) {
                weigh(branch, worker, one, one + 1, 1, &best);
            }
        }
    }
    return best;
}

static Node *node_new(Branch *branch, const Node *parent, const Choice *choice, bool is_on, double bound)
{
    Node *node = ARENA_NEW(&branch->arena, Node, 1);
    *node = (Node){parent, choice->worker,   choice->begin, choice->end, is_on, parent ? parent->depth + 1 : 0,
                   bound,  branch->numbers++};
    return node;
}

static void take_roster(Branch *branch, const Roster *trial)
{
    if (roster_is_better(trial, branch->roster)) {
        roster_become(branch->roster, trial);
        if (branch->limits->improved) {
            branch->limits->improved(branch->limits->context);
        }
    }
}

/* Solves the node. Returns the child to go on with; NULL: there is none. */
static Node *visit(Branch *branch, const Node *node, Roster *trial)
{
    bool is_solved;
    double bound = solve_node(branch, node, &is_solved);
    if (bound > cutoff(branch)) {
        return NULL;
    }
    Choice choice = {.worker = -1};
    if (is_solved && !is_over(branch)) {
        roster_become(trial, branch->roster);
        bool is_whole = read_weights(branch, trial);
        choice = choose(branch);
        if (is_whole || choice.worker < 0) {
            roster_count(trial);
            take_roster(branch, trial);
        }
    }
    if (choice.worker < 0) {
        branch->leaves = fmin(branch->leaves, bound);
        return NULL;
    }
    bool is_on = choice.share >= 0.5;
    push(branch, node_new(branch, node, &choice, !is_on, bound));
    return node_new(branch, node, &choice, is_on, bound);
}

/* ---- the master */

static bool may_be_taken(const void *branch, const Line *line)
{
    return obeys(branch, line);
}

/* A new master with the lines known to be cheap at the root. */
static void begin_master(Branch *branch, int32_t lines_most)
{
    const Model *model = branch->model;
    master_free(branch->master);
    branch->master = master_new(branch->model, branch->scope);
    double most = (double)branch->roster->cents - branch->others - branch->prices->bound;
    decide(branch, NULL);
    for (int32_t i = 0; i < branch->worker_count; i++) {
        int32_t worker = branch->workers[i];
        PricesPick pick = {.worker = worker,
                           .own = branch->roster->lines[worker],
                           .above_least = most,
                           .lines_most = lines_most,
                           .is_allowed = may_be_taken,
                           .context = branch};
        prices_pour(branch->prices, model, branch->master, &pick);
    }
}

/* What is frozen stays as the roster has it. */
static void freeze(Branch *branch, const bool *is_frozen)
{
    const Model *model = branch->model;
    for (int32_t i = 0; i < branch->worker_count && is_frozen; i++) {
        int32_t worker = branch->workers[i];
        for (int32_t entry = model->first_entry[worker]; entry < model->first_entry[worker + 1]; entry++) {
            branch->is_frozen_out[entry] = is_frozen[entry];
        }
        const Line *line = branch->roster->lines[worker];
        for (int32_t k = 0; k < line->count; k++) {
            int32_t entry = line->entries[k];
            branch->is_frozen_out[entry] = false;
            branch->frozen[entry] = is_frozen[entry];
            branch->frozen_of[worker] += is_frozen[entry];
        }
    }
}

void branch(Model *model, const MasterScope *scope, const Prices *prices, const BranchLimits *limits, Roster *roster,
            double *bound)
{
    enum { LINES_A_WORKER = 24, LINES_MOST = 160 };
    const SolverProblem *problem = model->problem;
    Branch of = {.model = model,
                 .scope = scope,
                 .prices = prices,
                 .limits = limits,
                 .roster = roster,
                 .leaves = INFINITY,
                 .work_last = model->watch->statistics.work + limits->work_most,
                 .worker_count = scope->workers ? scope->worker_count : problem->worker_count,
                 .others = (double)roster->cents};
    of.workers = ARENA_NEW(&of.arena, int32_t, of.worker_count);
    of.entry_price = ARENA_NEW(&of.arena, double, problem->entry_count);
    of.share = ARENA_NEW(&of.arena, double, problem->entry_count);
    of.below = ARENA_NEW(&of.arena, double, problem->worker_count);
    of.premium = ARENA_NEW(&of.arena, double, problem->worker_count);
    of.has_line = ARENA_NEW(&of.arena, bool, problem->worker_count);
    of.is_out = ARENA_NEW(&of.arena, bool, problem->entry_count);
    of.asked = ARENA_NEW(&of.arena, int32_t, problem->entry_count);
    of.asked_of = ARENA_NEW(&of.arena, int32_t, problem->worker_count);
    of.is_frozen_out = ARENA_NEW(&of.arena, bool, problem->entry_count);
    of.frozen = ARENA_NEW(&of.arena, int32_t, problem->entry_count);
    of.frozen_of = ARENA_NEW(&of.arena, int32_t, problem->worker_count);
    bool *is_in = ARENA_NEW(&of.arena, bool, problem->worker_count);
    for (int32_t i = 0; i < of.worker_count; i++) {
        of.workers[i] = scope->workers ? scope->workers[i] : i;
        is_in[of.workers[i]] = true;
    }
    of.others = 0;
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        of.others += is_in[worker] ? 0 : (double)roster->lines[worker]->cents;
    }
    freeze(&of, limits->is_frozen);
    Roster trial;
    roster_init(&trial, model);
    begin_master(&of, LINES_A_WORKER);
    Node *node = node_new(&of, NULL, &(Choice){.worker = -1}, false, prices->bound);
    for (int32_t nodes = 0; node && nodes < limits->nodes_most && !is_over(&of); nodes++) {
        node = visit(&of, node, &trial);
        if (!node && of.open_count > 0 && of.open[0]->bound <= cutoff(&of)) {
            node = pop(&of);
            if (master_line_count(of.master) > LINES_MOST * of.worker_count) {
                begin_master(&of, LINES_MOST / 2);
            }
        }
    }
    double least = fmin(of.leaves, node ? node->bound : INFINITY);
    for (int32_t i = 0; i < of.open_count; i++) {
        least = fmin(least, of.open[i]->bound);
    }
    *bound = fmin(least, (double)roster->cents - of.others) + of.others;
    roster_release(&trial);
    master_free(of.master);
    free(of.open);
    arena_release(&of.arena);
}
