/*
 * Rosters out of the weights: the surest workers are fixed first, and the others priced again around them.
 */
#include "bundle_parts.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Candidate {
    int32_t place, line;
    double weight;
} Candidate;

static int compare_candidates(const void *left, const void *right)
{
    const Candidate *a = left, *b = right;
    if (a->weight != b->weight) {
        return a->weight > b->weight ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static void fix_worker(Bundle *bundle, Roster *roster, const Candidate *candidate)
{
    BundleWorker *worker = &bundle->of[candidate->place];
    for (int32_t k = 0; k < worker->count; k++) {
        BundleLine *line = &worker->lines[k];
        double weight = k == candidate->line ? 1 : 0;
        bundle_shift(bundle, line, weight - line->weight);
        line->weight = weight;
    }
    worker->is_fixed = true;
    roster_set(roster, worker->worker, worker->lines[candidate->line].line);
}

/* The surest first. */
static void fix_some(Bundle *bundle, Roster *roster, Candidate *candidates, int32_t steps, double noise)
{
    int32_t open = 0;
    for (int32_t place = 0; place < bundle->worker_count; place++) {
        const BundleWorker *worker = &bundle->of[place];
        if (worker->is_fixed) {
            continue;
        }
        Candidate *candidate = &candidates[open++];
        *candidate = (Candidate){place, 0, worker->lines[0].weight};
        for (int32_t k = 1; k < worker->count; k++) {
            if (worker->lines[k].weight > candidate->weight) {
                *candidate = (Candidate){place, k, worker->lines[k].weight};
            }
        }
    }
    for (int32_t i = 0; i < open && noise > 0; i++) {
        candidates[i].weight *= 1 - noise * random_share(&bundle->random);
    }
    qsort(candidates, (size_t)open, sizeof *candidates, compare_candidates);
    int32_t wanted = open / steps + 1, fixed = 0;
    for (int32_t i = 0; i < open; i++) {
        const Line *line = bundle->of[candidates[i].place].lines[candidates[i].line].line;
        bool is_sure = candidates[i].weight > 0.95 * (1 - noise);
        if (fixed == 0 || ((is_sure || fixed < wanted) && roster_has_room(roster, line->entries, line->count))) {
            fix_worker(bundle, roster, &candidates[i]);
            fixed++;
        }
    }
}

/* Lines that no longer fit leave; the first line takes their weight. */
static void drop_lines(Bundle *bundle, const Roster *roster)
{
    for (int32_t place = 0; place < bundle->worker_count; place++) {
        BundleWorker *worker = &bundle->of[place];
        for (int32_t k = worker->count - 1; k > 0 && !worker->is_fixed; k--) {
            BundleLine *line = &worker->lines[k];
            if (!roster_has_room(roster, line->line->entries, line->line->count)) {
                bundle_shift(bundle, line, -line->weight);
                bundle_shift(bundle, &worker->lines[0], line->weight);
                worker->lines[0].weight += line->weight;
                worker->lines[k] = worker->lines[--worker->count];
            }
        }
    }
}

static void price_open(Bundle *bundle, const Roster *roster)
{
    Model *model = bundle->model;
    int32_t count = 0;
    for (int32_t i = 0; i < bundle->worker_count; i++) {
        bundle->adding[count] = bundle->workers[i];
        count += !bundle->of[i].is_fixed;
    }
    int32_t blocks = bundle_block_count(bundle, count);
    bundle->labels_most = LABELS_MOST;
    for (int32_t block = 0; block < blocks; block++) {
        bundle_balance(bundle, fmax(0.05, 1e-3 * bundle->step), blocks > 1 ? BLOCK_SWEEPS : SWEEPS_MOST);
        bundle_centre(bundle);
        int32_t size = 0;
        for (int32_t i = block; i < count; i += blocks) {
            int32_t worker = bundle->block[size++] = bundle->adding[i];
            model_entry_prices(model, &worker, 1, bundle->price, bundle->entry_price);
            for (int32_t entry = model->first_entry[worker]; entry < model->first_entry[worker + 1]; entry++) {
                if (!model->problem->entries[entry].is_required && !roster_has_room(roster, &entry, 1)) {
                    bundle->entry_price[entry] = INFINITY;
                }
            }
        }
        double unused;
        bundle_price(bundle, bundle->block, size, &unused);
    }
}

/* What a dive spoils. */
typedef struct Surface {
    BundleWorker *of;
    double *activity, *centre, *price;
} Surface;

static void *copy_of(const void *from, size_t count, size_t size)
{
    void *copy = memory_alloc(count, size);
    if (count > 0) {
        memcpy(copy, from, count * size);
    }
    return copy;
}

static Surface keep_surface(const Bundle *bundle)
{
    size_t rows = (size_t)bundle->model->problem->row_count;
    return (Surface){copy_of(bundle->of, (size_t)bundle->worker_count, sizeof *bundle->of),
                     copy_of(bundle->activity, rows, sizeof(double)), copy_of(bundle->centre, rows, sizeof(double)),
                     copy_of(bundle->price, rows, sizeof(double))};
}

static void come_up(Bundle *bundle, const Surface *surface)
{
    size_t rows = (size_t)bundle->model->problem->row_count;
    memcpy(bundle->of, surface->of, (size_t)bundle->worker_count * sizeof *bundle->of);
    if (rows > 0) {
        memcpy(bundle->activity, surface->activity, rows * sizeof(double));
        memcpy(bundle->centre, surface->centre, rows * sizeof(double));
        memcpy(bundle->price, surface->price, rows * sizeof(double));
    }
    free(surface->of);
    free(surface->activity);
    free(surface->centre);
    free(surface->price);
}

void bundle_dive(Bundle *bundle, Roster *roster, int32_t steps, double noise)
{
    enum { ROUNDS = 2 };
    Watch *watch = bundle->model->watch;
    double begun = bundle_seconds_apart(watch);
    int32_t count = bundle->worker_count;
    Candidate *candidates = MEMORY_NEW(Candidate, count);
    const Line **before = MEMORY_NEW(const Line *, count);
    Surface surface = keep_surface(bundle);
    double step = bundle->step;
    bundle->step = fmin(step, bundle->first); /* nearer the weights than far prices */
    for (int32_t i = 0; i < count; i++) {
        before[i] = roster->lines[bundle->workers[i]];
        roster_set(roster, bundle->workers[i], NULL);
    }
    for (;;) {
        fix_some(bundle, roster, candidates, steps, noise);
        int32_t left = 0;
        for (int32_t place = 0; place < count; place++) {
            left += !bundle->of[place].is_fixed;
        }
        if (left == 0 || watch_poll(watch) || watch_is_worked_out(watch)) {
            break;
        }
        drop_lines(bundle, roster);
        for (int32_t round = 0; round < ROUNDS; round++) {
            price_open(bundle, roster);
        }
        bundle_balance(bundle, fmax(0.05, 1e-3 * bundle->step), SWEEPS_MOST);
    }
    for (int32_t i = 0; i < count; i++) { /* stopped half-way: the rest as it was */
        if (!roster->lines[bundle->workers[i]]) {
            roster_set(roster, bundle->workers[i], before[i]);
        }
    }
    roster_count(roster);
    come_up(bundle, &surface);
    bundle->step = step;
    free(candidates);
    free(before);
    watch->statistics.seconds_bundle += bundle_seconds_apart(watch) - begun;
}
