#include "dive.h"

#include <math.h>
#include <stdlib.h>

typedef struct Choice {
    int32_t worker, index; /* of the line in the master */
    double weight;
} Choice;

typedef struct Dive {
    Model *model;
    Master *master;
    Roster *roster; /* the fixed ones, while diving */
    int32_t open_count;
    int32_t *open;    /* workers without a line yet */
    bool *is_fixed;   /* [workers] */
    Choice *heaviest; /* [workers] */
    double *entry_price, *below;
} Dive;

static int compare_choices(const void *left, const void *right)
{
    const Choice *a = left, *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return a->worker < b->worker ? -1 : a->worker > b->worker;
}

static bool has_room(const Dive *dive, const Line *line)
{
    return roster_has_room(dive->roster, line->entries, line->count);
}

static void fix(Dive *dive, const Choice *choice)
{
    dive->is_fixed[choice->worker] = true;
    roster_set(dive->roster, choice->worker, master_line(dive->master, choice->index));
}

/* Fixes the surest; returns how many. */
static int32_t fix_some(Dive *dive)
{
    Choice *choices = dive->heaviest;
    for (int32_t i = 0; i < dive->open_count; i++) {
        choices[i] = (Choice){dive->open[i], -1, -1};
    }
    int32_t *place = MEMORY_NEW(int32_t, dive->model->problem->worker_count);
    for (int32_t i = 0; i < dive->open_count; i++) {
        place[dive->open[i]] = i;
    }
    for (int32_t i = 0; i < master_line_count(dive->master); i++) {
        const Line *line = master_line(dive->master, i);
        if (!dive->is_fixed[line->worker]) {
            Choice *choice = &choices[place[line->worker]];
            double weight = master_weight(dive->master, i);
            if (weight > choice->weight + 1e-9) {
                *choice = (Choice){line->worker, i, weight};
            }
        }
    }
    free(place);
    qsort(choices, (size_t)dive->open_count, sizeof *choices, compare_choices);
    int32_t wanted = dive->open_count / 12 + 1, fixed = 0;
    for (int32_t i = 0; i < dive->open_count; i++) {
        bool is_sure = choices[i].weight > 1 - 1e-6;
        if (choices[i].index >= 0 && (is_sure || fixed < wanted) &&
            (fixed == 0 || is_sure || choices[i].weight > 0.45) &&
            (fixed == 0 || has_room(dive, master_line(dive->master, choices[i].index)))) {
            fix(dive, &choices[i]);
            fixed++;
        }
    }
    int32_t open = 0;
    for (int32_t i = 0; i < dive->open_count; i++) {
        if (!dive->is_fixed[dive->open[i]]) {
            dive->open[open++] = dive->open[i];
        }
    }
    dive->open_count = open;
    return fixed;
}

/* Lines of fixed workers, and lines that no longer fit, get weight 0; the chosen ones 1. */
static void limit_lines(Dive *dive)
{
    for (int32_t i = 0; i < master_line_count(dive->master); i++) {
        const Line *line = master_line(dive->master, i);
        if (dive->is_fixed[line->worker]) {
            bool is_chosen = dive->roster->lines[line->worker] == line;
            master_limit(dive->master, i, is_chosen, is_chosen);
        } else if (line->count > 0 && !has_room(dive, line)) {
            master_limit(dive->master, i, 0, 0);
        }
    }
}

static bool price_open(Dive *dive)
{
    Model *model = dive->model;
    const SolverProblem *problem = model->problem;
    const double *row_price = master_row_prices(dive->master);
    for (int32_t i = 0; i < dive->open_count; i++) {
        int32_t worker = dive->open[i];
        for (int32_t entry = model->first_entry[worker]; entry < model->first_entry[worker + 1]; entry++) {
            const Line alone = {.worker = worker, .count = 1, .entries = &entry};
            double price = (double)problem->entries[entry].cost_cents;
            for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
                price -= (double)problem->entry_coefficient[k] * row_price[problem->entry_row[k]];
            }
            dive->entry_price[entry] = has_room(dive, &alone) || problem->entries[entry].is_required ? price : INFINITY;
        }
        dive->below[worker] = master_worker_price(dive->master, worker) - 1e-3;
    }
    PriceOrder order = {.workers = dive->open,
                        .worker_count = dive->open_count,
                        .entry_price = dive->entry_price,
                        .below = dive->below,
                        .lines_most = 2,
                        .labels_most = 200000};
    model_price(model, &order);
    bool is_any = false;
    for (int32_t i = 0; i < dive->open_count; i++) {
        const Priced *priced = &model->priced[dive->open[i]];
        for (int32_t k = 0; k < priced->count; k++) {
            bool is_new;
            const Line *line =
                model_line(model, dive->open[i], priced->lines[k].entries, priced->lines[k].count, &is_new);
            if (is_new) { /* an old one is in the master, perhaps limited */
                master_add(dive->master, line);
                is_any = true;
            }
        }
    }
    return is_any;
}

void dive(Model *model, Master *master, const MasterScope *scope, Roster *roster)
{
    const SolverProblem *problem = model->problem;
    int32_t count = scope->workers ? scope->worker_count : problem->worker_count;
    Dive of = {.model = model,
               .master = master,
               .roster = roster,
               .open = MEMORY_NEW(int32_t, count),
               .is_fixed = MEMORY_NEW(bool, problem->worker_count),
               .heaviest = MEMORY_NEW(Choice, count),
               .entry_price = MEMORY_NEW(double, problem->entry_count),
               .below = MEMORY_NEW(double, problem->worker_count)};
    const Line **before = MEMORY_NEW(const Line *, count);
    for (int32_t i = 0; i < count; i++) {
        int32_t worker = scope->workers ? scope->workers[i] : i;
        of.open[of.open_count++] = worker;
        before[i] = roster->lines[worker];
        roster_set(roster, worker, NULL);
    }
    while (of.open_count > 0 && !watch_poll(model->watch) && !watch_is_worked_out(model->watch)) {
        if (fix_some(&of) == 0) {
            break;
        }
        if (of.open_count == 0) {
            break;
        }
        limit_lines(&of);
        if (!master_solve(master)) {
            break;
        }
        for (int round = 0; round < 2 && price_open(&of); round++) {
            if (!master_solve(master)) {
                break;
            }
        }
    }
    for (int32_t i = 0; i < count; i++) { /* stopped half-way: the rest as it was */
        int32_t worker = scope->workers ? scope->workers[i] : i;
        if (!roster->lines[worker]) {
            roster_set(roster, worker, before[i]);
        }
    }
    for (int32_t i = 0; i < master_line_count(master); i++) {
        master_limit(master, i, 0, INFINITY);
    }
    roster_count(roster);
    free(of.open);
    free(of.is_fixed);
    free(of.heaviest);
    free(of.entry_price);
    free(of.below);
    free(before);
}
