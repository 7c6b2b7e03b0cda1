#include "components.h"

#include <stdlib.h>

/* Workers first, then rows; each leads to another of its component, the least one to itself. */
static int32_t root_of(int32_t *leads_to, int32_t member)
{
    while (leads_to[member] != member) {
        leads_to[member] = leads_to[leads_to[member]];
        member = leads_to[member];
    }
    return member;
}

static void join(int32_t *leads_to, int32_t left, int32_t right)
{
    int32_t a = root_of(leads_to, left), b = root_of(leads_to, right);
    leads_to[a > b ? a : b] = a > b ? b : a;
}

Components components_find(const SolverProblem *problem, Arena *arena)
{
    int32_t workers = problem->worker_count, members = workers + problem->row_count;
    int32_t *leads_to = MEMORY_NEW(int32_t, members), *place = MEMORY_NEW(int32_t, workers);
    for (int32_t member = 0; member < members; member++) {
        leads_to[member] = member;
    }
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            if (problem->entry_coefficient[k] != 0) {
                join(leads_to, problem->entries[entry].worker, workers + problem->entry_row[k]);
            }
        }
    }
    Components components = {.begin = ARENA_NEW(arena, int32_t, workers + 1),
                             .workers = ARENA_NEW(arena, int32_t, workers)};
    for (int32_t worker = 0; worker < workers; worker++) { /* the root is the first worker of its component */
        int32_t root = root_of(leads_to, worker);
        place[worker] = root == worker ? components.count++ : place[root];
        components.begin[place[worker] + 1]++;
    }
    for (int32_t i = 0; i < components.count; i++) {
        components.begin[i + 1] += components.begin[i];
    }
    int32_t *next = MEMORY_NEW(int32_t, components.count);
    for (int32_t worker = 0; worker < workers; worker++) {
        components.workers[components.begin[place[worker]] + next[place[worker]]++] = worker;
    }
    free(next);
    free(place);
    free(leads_to);
    return components;
}
