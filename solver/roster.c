#include "roster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void roster_init(Roster *roster, const Model *model)
{
    *roster = (Roster){.model = model,
                       .lines = MEMORY_NEW(const Line *, model->problem->worker_count),
                       .activity = MEMORY_NEW(int64_t, model->problem->row_count)};
}

void roster_release(Roster *roster)
{
    free(roster->lines);
    free(roster->activity);
    *roster = (Roster){0};
}

void roster_become(Roster *to, const Roster *from)
{
    const SolverProblem *problem = from->model->problem;
    if (problem->worker_count > 0) {
        memcpy(to->lines, from->lines, (size_t)problem->worker_count * sizeof *to->lines);
    }
    if (problem->row_count > 0) {
        memcpy(to->activity, from->activity, (size_t)problem->row_count * sizeof *to->activity);
    }
    to->cents = from->cents;
    to->violation = from->violation;
}

static void add_line(Roster *roster, const Line *line, int64_t sign)
{
    const SolverProblem *problem = roster->model->problem;
    for (int32_t i = 0; line && i < line->count; i++) {
        int32_t entry = line->entries[i];
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            roster->activity[problem->entry_row[k]] += sign * problem->entry_coefficient[k];
        }
    }
}

void roster_set(Roster *roster, int32_t worker, const Line *line)
{
    add_line(roster, roster->lines[worker], -1);
    add_line(roster, line, 1);
    roster->lines[worker] = line;
}

void roster_count(Roster *roster)
{
    const SolverProblem *problem = roster->model->problem;
    roster->cents = 0;
    roster->violation = 0;
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        const Line *line = roster->lines[worker];
        roster->cents = charge_add(roster->cents, line ? line->cents : charge_of_nothing(&problem->workers[worker]));
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        roster->cents = charge_add(roster->cents, charge_of_activity(&problem->rows[row], roster->activity[row]));
        if (roster->activity[row] > problem->rows[row].most) {
            roster->violation += roster->activity[row] - problem->rows[row].most;
        }
    }
}

bool roster_is_better(const Roster *roster, const Roster *than)
{
    return roster->violation != than->violation ? roster->violation < than->violation : roster->cents < than->cents;
}

bool roster_has_room(const Roster *roster, const int32_t *entries, int32_t count)
{
    const SolverProblem *problem = roster->model->problem;
    for (int32_t i = 0; i < count; i++) {
        for (int64_t k = problem->entry_row_begin[entries[i]]; k < problem->entry_row_begin[entries[i] + 1]; k++) {
            int32_t row = problem->entry_row[k];
            if (problem->entry_coefficient[k] > 0 && problem->rows[row].most != SOLVER_NEVER &&
                roster->model->rows[row].least == 0 &&
                roster->activity[row] + problem->entry_coefficient[k] > problem->rows[row].most) {
                return false;
            }
        }
    }
    return true;
}

double roster_row_cost(const Model *model, int32_t row, int64_t activity)
{
    const SolverRow *of = &model->problem->rows[row];
    int64_t above = activity > of->most ? activity - of->most : 0;
    return (double)charge_of_activity(of, activity) + model->violation_price * (double)above;
}

/* What a line costs with the others fixed; the worker's own line must be out of the roster. */
static double line_cost(const Roster *roster, const Line *line)
{
    const SolverProblem *problem = roster->model->problem;
    double cost = (double)line->cents;
    for (int32_t sign = -1; sign <= 1; sign += 2) { /* take off the old row costs, add the new ones */
        for (int32_t i = 0; i < line->count; i++) {
            int32_t entry = line->entries[i];
            for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
                int32_t row = problem->entry_row[k];
                int64_t old = roster->activity[row];
                if (sign < 0) {
                    cost -= roster_row_cost(roster->model, row, old);
                    cost += roster_row_cost(roster->model, row, old + problem->entry_coefficient[k]);
                }
                roster->activity[row] += -sign * problem->entry_coefficient[k];
            }
        }
    }
    return cost;
}

static bool improve_worker(Roster *roster, Model *model, int32_t worker, double *entry_price, double *below)
{
    const SolverProblem *problem = model->problem;
    const Line *old = roster->lines[worker];
    roster_set(roster, worker, NULL);
    for (int32_t entry = model->first_entry[worker]; entry < model->first_entry[worker + 1]; entry++) {
        double price = (double)problem->entries[entry].cost_cents;
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            int32_t row = problem->entry_row[k];
            price += roster_row_cost(model, row, roster->activity[row] + problem->entry_coefficient[k]) -
                     roster_row_cost(model, row, roster->activity[row]);
        }
        entry_price[entry] = price;
    }
    double old_cost = old ? line_cost(roster, old) : INFINITY, best_cost = old_cost;
    below[worker] = old ? old_cost - 0.5 : INFINITY;
    PriceOrder order = {.workers = &worker,
                        .worker_count = 1,
                        .entry_price = entry_price,
                        .below = below,
                        .lines_most = 5,
                        .labels_most = 20000};
    model_price(model, &order);
    const Line *best = old;
    for (int32_t i = 0; i < model->priced[worker].count; i++) {
        const LabelLine *found = &model->priced[worker].lines[i];
        bool is_new;
        const Line *line = model_line(model, worker, found->entries, found->count, &is_new);
        double cost = line_cost(roster, line);
        if (cost < best_cost - 0.5) {
            best = line;
            best_cost = cost;
        }
    }
    roster_set(roster, worker, best);
    return best != old;
}

void roster_polish(Roster *roster, Model *model, const int32_t *workers, int32_t count, int32_t passes)
{
    count = workers ? count : model->problem->worker_count;
    double *entry_price = MEMORY_NEW(double, model->problem->entry_count);
    double *below = MEMORY_NEW(double, model->problem->worker_count);
    int32_t unchanged = 0;
    for (int64_t i = 0; i < (int64_t)passes * count && unchanged < count; i++) {
        int32_t worker = workers ? workers[i % count] : (int32_t)(i % count);
        if (watch_poll(model->watch) || watch_is_worked_out(model->watch)) {
            break;
        }
        unchanged = improve_worker(roster, model, worker, entry_price, below) ? 0 : unchanged + 1;
    }
    free(entry_price);
    free(below);
    roster_count(roster);
}
