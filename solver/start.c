#include "start.h"

#include <math.h>
#include <stdlib.h>

#define PRICE_MOST 1e13 /* cents; beyond, sums of prices lose their cents */

static int compare_entries(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return a < b ? -1 : a > b;
}

/* Rising, no more entries than the worker has, all the worker's, none impossible, and legal together. */
static bool line_is_usable(const Model *model, const int32_t *entries, int64_t count)
{
    const SolverProblem *problem = model->problem;
    int32_t worker = problem->entries[entries[0]].worker;
    if (count > model->first_entry[worker + 1] - model->first_entry[worker]) {
        return false;
    }
    for (int64_t i = 0; i < count; i++) {
        if (entries[i] < model->first_entry[worker] || entries[i] >= model->first_entry[worker + 1] ||
            model->is_impossible[entries[i]] || (i > 0 && entries[i] <= entries[i - 1])) {
            return false;
        }
    }
    return solver_line_is_legal(problem, worker, entries, (int32_t)count);
}

void start_take_lines(Model *model, const SolverStart *start)
{
    const SolverProblem *problem = model->problem;
    for (int32_t i = 0; start->lines.begin && i < start->lines.count && !watch_poll(model->watch); i++) {
        const int32_t *entries = start->lines.entry + start->lines.begin[i];
        int64_t count = start->lines.begin[i + 1] - start->lines.begin[i];
        if (count <= 0 || entries[0] < 0 || entries[0] >= problem->entry_count ||
            !line_is_usable(model, entries, count)) {
            continue;
        }
        bool is_new;
        model_line(model, problem->entries[entries[0]].worker, entries, (int32_t)count, &is_new);
    }
}

/* The line with the entry beside its own; NULL if it is there already or that is not legal. */
static const Line *line_with(Model *model, const Line *line, int32_t entry, int32_t *room)
{
    int32_t count = 0;
    for (int32_t i = 0; i <= line->count; i++) {
        if (i < line->count && line->entries[i] == entry) {
            return NULL;
        }
        if (count == i && (i == line->count || line->entries[i] > entry)) {
            room[count++] = entry;
        }
        if (i < line->count) {
            room[count++] = line->entries[i];
        }
    }
    bool is_new;
    return solver_line_is_legal(model->problem, line->worker, room, count)
               ? model_line(model, line->worker, room, count, &is_new)
               : NULL;
}

/* All of the entries, which are the worker's and rise; if they are no line together, what the set one can take of them.
 */
static const Line *line_of(Model *model, const Line *set, const int32_t *entries, int32_t count, int32_t *room)
{
    bool is_new;
    if (solver_line_is_legal(model->problem, set->worker, entries, count)) {
        return model_line(model, set->worker, entries, count, &is_new);
    }
    const Line *line = set;
    for (int32_t i = 0; i < count; i++) {
        const Line *longer = line_with(model, line, entries[i], room);
        line = longer ? longer : line;
    }
    return line;
}

/*
 * A whole roster keeps the rows that its lines one by one may break: a learner comes before the holder who stands
 * beside. False: the lines break a row together, too; nothing is taken then.
 */
static bool take_together(Roster *roster, Model *model, const int32_t *chosen, int32_t count, int32_t *room)
{
    const SolverEntry *entries = model->problem->entries;
    Roster before;
    roster_init(&before, model);
    roster_count(roster);
    roster_become(&before, roster);
    for (int32_t begin = 0, end = 0; begin < count; begin = end) {
        int32_t worker = entries[chosen[begin]].worker;
        while (end < count && entries[chosen[end]].worker == worker) {
            end++;
        }
        roster_set(roster, worker, line_of(model, roster->lines[worker], chosen + begin, end - begin, room));
    }
    roster_count(roster);
    bool is_taken = roster->violation <= before.violation;
    if (!is_taken) {
        roster_become(roster, &before);
    }
    roster_release(&before);
    return is_taken;
}

/* Entry by entry, each as far as lines and rows allow beside what is set. */
static void take_apart(Roster *roster, Model *model, const int32_t *chosen, int32_t count, int32_t *room)
{
    for (int32_t i = 0; i < count && !watch_poll(model->watch); i++) {
        int32_t worker = model->problem->entries[chosen[i]].worker;
        const Line *set = roster->lines[worker], *line = line_with(model, set, chosen[i], room);
        int64_t violation = roster->violation;
        if (line) {
            roster_set(roster, worker, line);
            roster_count(roster);
        }
        if (roster->violation > violation) {
            roster_set(roster, worker, set);
            roster_count(roster);
        }
    }
}

void start_take_roster(Roster *roster, Model *model, const SolverStart *start)
{
    const SolverProblem *problem = model->problem;
    Arena work = {0};
    int32_t count = 0, kept = 0, *chosen = ARENA_NEW(&work, int32_t, start->chosen ? start->chosen_count : 0);
    for (int32_t i = 0; start->chosen && i < start->chosen_count; i++) {
        int32_t entry = start->chosen[i];
        if (entry >= 0 && entry < problem->entry_count && !model->is_impossible[entry]) {
            chosen[count++] = entry;
        }
    }
    qsort(chosen, (size_t)count, sizeof *chosen, compare_entries);
    for (int32_t i = 0; i < count; i++) {
        if (kept == 0 || chosen[kept - 1] != chosen[i]) {
            chosen[kept++] = chosen[i];
        }
    }
    int32_t *room = ARENA_NEW(&work, int32_t, problem->entry_count + 1);
    if (!take_together(roster, model, chosen, kept, room)) {
        take_apart(roster, model, chosen, kept, room);
    }
    arena_release(&work);
}

double *start_prices(const Model *model, const SolverStart *start)
{
    if (!start->row_price) {
        return NULL;
    }
    double *price = MEMORY_NEW(double, model->problem->row_count);
    for (int32_t row = 0; row < start->row_count && row < model->problem->row_count; row++) {
        price[row] = fabs(start->row_price[row]) < PRICE_MOST ? start->row_price[row] : 0; /* NaN: 0 */
    }
    return price;
}

typedef struct Kept {
    double price;
    int32_t place; /* in the pool */
} Kept;

static int compare_kept(const void *left, const void *right)
{
    const Kept *a = left, *b = right;
    if (a->price != b->price) {
        return a->price < b->price ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static void keep_line(SolverLines *lines, const Line *line)
{
    for (int32_t i = 0; i < line->count; i++) {
        lines->entry[lines->begin[lines->count] + i] = line->entries[i];
    }
    lines->count++;
    lines->begin[lines->count] = lines->begin[lines->count - 1] + line->count;
}

SolverLines start_keep_lines(const Model *model, const Roster *roster, const double *row_price)
{
    enum { KEPT_MOST = 12 };
    SolverLines lines = {0};
    int64_t most = 0, size = 0;
    int32_t longest_pool = 0;
    for (int32_t worker = 0; worker < model->problem->worker_count; worker++) {
        const LineList *pool = &model->pool[worker];
        int32_t longest = 0;
        for (int32_t i = 0; i < pool->count; i++) {
            longest = pool->lines[i]->count > longest ? pool->lines[i]->count : longest;
        }
        most += KEPT_MOST;
        size += (int64_t)KEPT_MOST * longest;
        longest_pool = pool->count > longest_pool ? pool->count : longest_pool;
    }
    lines.begin = MEMORY_NEW(int64_t, most + 1);
    lines.entry = MEMORY_NEW(int32_t, size);
    Kept *kept = MEMORY_NEW(Kept, longest_pool);
    for (int32_t worker = 0; worker < model->problem->worker_count; worker++) {
        const LineList *pool = &model->pool[worker];
        const Line *own = roster->lines[worker];
        int32_t count = 0, left = KEPT_MOST;
        for (int32_t i = 0; i < pool->count; i++) {
            if (pool->lines[i]->count > 0 && pool->lines[i] != own) {
                kept[count++] = (Kept){line_price(pool->lines[i], model, row_price), i};
            }
        }
        qsort(kept, (size_t)count, sizeof *kept, compare_kept);
        if (own && own->count > 0) {
            keep_line(&lines, own);
            left--;
        }
        for (int32_t i = 0; i < count && i < left; i++) {
            keep_line(&lines, pool->lines[kept[i].place]);
        }
    }
    free(kept);
    return lines;
}
