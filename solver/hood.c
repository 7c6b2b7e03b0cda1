#include "hood.h"

#include "random.h"

#include <math.h>
#include <stdlib.h>

enum { CHEAP_MOST = 12 };

static int32_t below(Hood *hood, int64_t count)
{
    return (int32_t)(random_next(&hood->random) % (uint64_t)count);
}

/* ---- workers by row */

typedef void Meet(void *context, int32_t row, int32_t worker);
typedef void Meetings(const Hood *hood, Meet *meet, void *context);

static void meet_all(const Hood *hood, int32_t worker, const int32_t *entries, int32_t count, Meet *meet, void *context)
{
    const SolverProblem *problem = hood->model->problem;
    for (int32_t i = 0; i < count; i++) {
        for (int64_t k = problem->entry_row_begin[entries[i]]; k < problem->entry_row_begin[entries[i] + 1]; k++) {
            meet(context, problem->entry_row[k], worker);
        }
    }
}

static void meet_able(const Hood *hood, Meet *meet, void *context)
{
    for (int32_t entry = 0; entry < hood->model->problem->entry_count; entry++) {
        meet_all(hood, hood->model->problem->entries[entry].worker, &entry, 1, meet, context);
    }
}

static void meet_holding(const Hood *hood, Meet *meet, void *context)
{
    for (int32_t worker = 0; worker < hood->model->problem->worker_count; worker++) {
        const Line *line = hood->roster->lines[worker];
        meet_all(hood, worker, line->entries, line->count, meet, context);
    }
}

static void meet_eager(const Hood *hood, Meet *meet, void *context)
{
    for (int32_t worker = 0; worker < hood->model->problem->worker_count; worker++) {
        for (int32_t i = hood->cheap_begin[worker]; i < hood->cheap_begin[worker + 1]; i++) {
            meet_all(hood, worker, hood->cheap[i]->entries, hood->cheap[i]->count, meet, context);
        }
    }
}

static void count_row(void *context, int32_t row, int32_t worker)
{
    RowWorkers *rows = context;
    (void)worker;
    rows->begin[row + 2]++;
}

static void add_worker(void *context, int32_t row, int32_t worker)
{
    RowWorkers *rows = context;
    rows->worker[rows->begin[row + 1]++] = worker;
}

static void index_rows(const Hood *hood, RowWorkers *rows, Meetings *meetings)
{
    int32_t count = hood->model->problem->row_count;
    free(rows->begin);
    free(rows->worker);
    rows->begin = MEMORY_NEW(int32_t, count + 2);
    meetings(hood, count_row, rows);
    for (int32_t row = 0; row <= count; row++) {
        rows->begin[row + 1] += rows->begin[row];
    }
    rows->worker = MEMORY_NEW(int32_t, rows->begin[count + 1]);
    meetings(hood, add_worker, rows);
}

/* -1: nobody. */
static int32_t any_of_row(Hood *hood, const RowWorkers *rows, int32_t row)
{
    int32_t count = rows->begin[row + 1] - rows->begin[row];
    return count > 0 ? rows->worker[rows->begin[row] + below(hood, count)] : -1;
}

/* ---- what is cheap, and who is to blame */

/* None that no better roster can hold. */
static void find_cheap(Hood *hood)
{
    int32_t found = 0;
    for (int32_t worker = 0; worker < hood->model->problem->worker_count; worker++) {
        PricesPick pick = {.worker = worker,
                           .above_least = (double)hood->roster->cents - hood->prices->bound,
                           .lines_most = CHEAP_MOST};
        found += prices_cheapest(hood->prices, hood->model, &pick, &hood->cheap[found]);
        hood->cheap_begin[worker + 1] = found;
    }
}

static double left_over(const Hood *hood, int32_t row)
{
    const Model *model = hood->model;
    double price = hood->prices->row_price[row];
    return fmax(0, (double)charge_of_activity(&model->problem->rows[row], hood->roster->activity[row]) +
                       price * (double)hood->roster->activity[row] - row_charge_conjugate(&model->rows[row], price));
}

/*
 * cost - bound = sum over workers of (price of the line - least) + sum over rows of what is left over. A worker may be
 * worth a look though nothing is its fault.
 */
static void set_blame(Hood *hood)
{
    const Model *model = hood->model;
    int32_t workers = model->problem->worker_count;
    double gap = fmax(0, (double)hood->roster->cents - hood->prices->bound);
    double blameless = gap / (10.0 * workers) + 1e-9;
    for (int32_t worker = 0; worker < workers; worker++) {
        double least = hood->prices->worker_least[worker];
        hood->blame[worker] =
            blameless + fmax(0, line_price(hood->roster->lines[worker], model, hood->prices->row_price) - least);
    }
    for (int32_t row = 0; row < model->problem->row_count; row++) {
        hood->blame[workers + row] = left_over(hood, row);
    }
}

static int32_t day_of(const SolverProblem *problem, int32_t entry)
{
    return problem->slots[problem->entries[entry].slot].day;
}

void hood_init(Hood *hood, Model *model, const Prices *prices, const Roster *roster)
{
    const SolverProblem *problem = model->problem;
    int32_t workers = problem->worker_count, parts = workers + problem->row_count;
    *hood = (Hood){.model = model,
                   .prices = prices,
                   .roster = roster,
                   .random = model->watch->options->seed,
                   .workers = MEMORY_NEW(int32_t, workers),
                   .is_chosen = MEMORY_NEW(bool, workers),
                   .is_frozen = MEMORY_NEW(bool, problem->entry_count),
                   .blame = MEMORY_NEW(double, parts),
                   .tried = MEMORY_NEW(int64_t, parts),
                   .cheap = MEMORY_NEW(const Line *, (int64_t)workers *CHEAP_MOST),
                   .cheap_begin = MEMORY_NEW(int32_t, workers + 1)};
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        int32_t day = day_of(problem, entry);
        hood->first_day = entry == 0 || day < hood->first_day ? day : hood->first_day;
        hood->last_day = entry == 0 || day > hood->last_day ? day : hood->last_day;
    }
    index_rows(hood, &hood->able, meet_able);
    hood_follow(hood);
}

void hood_follow(Hood *hood)
{
    set_blame(hood);
    find_cheap(hood);
    index_rows(hood, &hood->holding, meet_holding);
    index_rows(hood, &hood->eager, meet_eager);
}

void hood_release(Hood *hood)
{
    RowWorkers *rows[] = {&hood->able, &hood->holding, &hood->eager};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        free(rows[i]->begin);
        free(rows[i]->worker);
    }
    free(hood->workers);
    free(hood->is_chosen);
    free(hood->is_frozen);
    free(hood->blame);
    free(hood->tried);
    free(hood->cheap);
    free(hood->cheap_begin);
}

/* ---- choosing */

static void choose_nobody(Hood *hood)
{
    for (int32_t i = 0; i < hood->count; i++) {
        hood->is_chosen[hood->workers[i]] = false;
    }
    hood->count = 0;
}

static void choose(Hood *hood, int32_t worker)
{
    if (worker >= 0 && !hood->is_chosen[worker]) {
        hood->is_chosen[worker] = true;
        hood->workers[hood->count++] = worker;
    }
}

static double merit_of(const Hood *hood, int32_t part)
{
    return hood->blame[part] / (double)(1 + hood->tried[part]);
}

static int32_t choose_part(Hood *hood)
{
    const SolverProblem *problem = hood->model->problem;
    int32_t parts = problem->worker_count + problem->row_count;
    double sum = 0;
    for (int32_t part = 0; part < parts; part++) {
        sum += merit_of(hood, part);
    }
    double at = random_share(&hood->random) * sum;
    for (int32_t part = 0; part < parts; part++) {
        at -= merit_of(hood, part);
        if (at <= 0) {
            return part;
        }
    }
    return problem->worker_count - 1;
}

/* A worker, or some of those who would take what a row lacks. */
static void choose_first(Hood *hood, int32_t part, int32_t wanted)
{
    enum { OF_ROW = 3 };
    int32_t workers = hood->model->problem->worker_count;
    if (part < workers) {
        choose(hood, part);
        return;
    }
    for (int32_t tries = 0; tries < OF_ROW && hood->count < wanted; tries++) {
        int32_t worker = any_of_row(hood, &hood->eager, part - workers);
        choose(hood, worker >= 0 ? worker : any_of_row(hood, &hood->able, part - workers));
    }
    if (hood->count == 0) { /* nobody can do anything about it */
        choose(hood, below(hood, workers));
    }
}

/* A row that the one line meets by an entry which the other has not; -1: the first that was looked at is in both. */
static int32_t any_row_of(Hood *hood, const Line *line, const Line *other)
{
    const SolverProblem *problem = hood->model->problem;
    if (line->count == 0) {
        return -1;
    }
    int32_t entry = line->entries[below(hood, line->count)];
    for (int32_t i = 0; i < other->count; i++) {
        if (other->entries[i] == entry) {
            return -1;
        }
    }
    int64_t begin = problem->entry_row_begin[entry], count = problem->entry_row_begin[entry + 1] - begin;
    return count > 0 ? problem->entry_row[begin + below(hood, count)] : -1;
}

/* One of the worker's cheap lines, the cheaper the likelier; NULL: none but its own. */
static const Line *any_other_line(Hood *hood, int32_t worker)
{
    int32_t begin = hood->cheap_begin[worker], count = hood->cheap_begin[worker + 1] - begin;
    if (count == 0) {
        return NULL;
    }
    int32_t one = below(hood, count), two = below(hood, count);
    const Line *line = hood->cheap[begin + (one < two ? one : two)];
    return line != hood->roster->lines[worker] ? line : NULL;
}

int32_t hood_choose_workers(Hood *hood, int32_t wanted)
{
    choose_nobody(hood);
    int32_t part = choose_part(hood);
    choose_first(hood, part, wanted);
    for (int32_t tries = 0; tries < 20 * wanted && hood->count < wanted; tries++) {
        bool is_new_chain = tries % 2; /* else on with the last one */
        int32_t worker = hood->workers[is_new_chain ? below(hood, hood->count) : hood->count - 1];
        const Line *own = hood->roster->lines[worker], *other = any_other_line(hood, worker);
        if (!other) {
            continue;
        }
        int32_t taken = any_row_of(hood, other, own);
        if (taken >= 0) {
            choose(hood, any_of_row(hood, &hood->holding, taken));
        }
        int32_t left = hood->count < wanted ? any_row_of(hood, own, other) : -1;
        if (left >= 0) {
            choose(hood, any_of_row(hood, &hood->eager, left));
        }
    }
    return part;
}

void hood_choose_window(Hood *hood, int32_t wanted)
{
    enum { ENTRIES = 12, DAYS_MOST = 14 };
    const SolverProblem *problem = hood->model->problem;
    int32_t middle = hood->first_day;
    double worst = -1;
    for (int i = 0; i < ENTRIES; i++) {
        int32_t entry = below(hood, problem->entry_count);
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
    int32_t length = least + below(hood, most - least + 1);
    int32_t first = middle - below(hood, length);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        int32_t day = day_of(problem, entry);
        hood->is_frozen[entry] = day < first || day >= first + length;
    }
    choose_nobody(hood);
    for (int32_t tries = 0; tries < 100 * wanted && hood->count < wanted; tries++) {
        int32_t entry = below(hood, problem->entry_count);
        if (!hood->is_frozen[entry]) {
            choose(hood, problem->entries[entry].worker);
        }
    }
}
