#include "bundle_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS_BOUND = 100000 }; /* now and then: without labels enough the bound is lower than it could be */

Bundle *bundle_new(Model *model, const MasterScope *scope, const Roster *roster)
{
    const SolverProblem *problem = model->problem;
    Bundle *bundle = MEMORY_NEW(Bundle, 1);
    bundle->model = model;
    bundle->random = model->watch->options->seed + (uint64_t)model->watch->statistics.rounds; /* each its own */
    bundle->worker_count = scope->workers ? scope->worker_count : problem->worker_count;
    Arena *arena = &bundle->arena;
    bundle->workers = ARENA_NEW(arena, int32_t, bundle->worker_count);
    bundle->of = ARENA_NEW(arena, BundleWorker, bundle->worker_count);
    bundle->adding = ARENA_NEW(arena, int32_t, bundle->worker_count);
    bundle->block = ARENA_NEW(arena, int32_t, bundle->worker_count);
    bundle->place = ARENA_NEW(arena, int32_t, problem->worker_count);
    bundle->base = ARENA_NEW(arena, int64_t, problem->row_count);
    double **rows[] = {&bundle->weight, &bundle->centre, &bundle->price, &bundle->activity, &bundle->difference};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        *rows[i] = ARENA_NEW(arena, double, problem->row_count);
    }
    bundle->entry_price = ARENA_NEW(arena, double, problem->entry_count);
    bundle->below = ARENA_NEW(arena, double, problem->worker_count);
    bundle->least = ARENA_NEW(arena, double, problem->worker_count);
    bundle->is_touched = ARENA_NEW(arena, bool, problem->row_count);
    for (int32_t row = 0; row < problem->row_count; row++) {
        bundle->base[row] = scope->base ? scope->base[row] : 0;
        bundle->activity[row] = (double)bundle->base[row];
    }
    for (int32_t i = 0; i < bundle->worker_count; i++) {
        int32_t worker = scope->workers ? scope->workers[i] : i;
        bundle->workers[i] = worker;
        bundle->place[worker] = i;
        bundle->of[i].worker = worker;
        bundle_add(bundle, model->pool[worker].lines[0]);
        bundle_add(bundle, roster->lines[worker]);
        BundleWorker *of = &bundle->of[i];
        if (of->count == 2) { /* begin at the roster */
            bundle_shift(bundle, &of->lines[0], -1);
            bundle_shift(bundle, &of->lines[1], 1);
            of->lines[0].weight = 0;
            of->lines[1].weight = 1;
        }
    }
    bundle_measure(bundle);
    return bundle;
}

void bundle_free(Bundle *bundle)
{
    if (bundle) {
        watch_note_bytes(&bundle->model->watch->statistics.bytes_bundle, bundle->arena.most);
        arena_release(&bundle->arena);
        free(bundle);
    }
}

/* Prices the workers that are not fixed. Returns how many got a new line; *bound is true if nobody is fixed. */
int32_t bundle_price(Bundle *bundle, const int32_t *workers, int32_t count, double *bound)
{
    Model *model = bundle->model;
    for (int32_t i = 0; i < count; i++) {
        const BundleWorker *worker = &bundle->of[bundle->place[workers[i]]];
        double least = INFINITY;
        for (int32_t k = 0; k < worker->count; k++) {
            least = fmin(least, bundle_line_price(bundle, &worker->lines[k]));
        }
        bundle->below[workers[i]] = least - 1e-7;
    }
    PriceOrder order = {.workers = workers,
                        .worker_count = count,
                        .entry_price = bundle->entry_price,
                        .below = bundle->below,
                        .lines_most = 2,
                        .labels_most = bundle->labels_most};
    model_price(model, &order);
    double sum = model_conjugate(model, bundle->base, bundle->is_touched, bundle->price), size = fabs(sum);
    int32_t adding = 0;
    bundle->merit = sum;
    for (int32_t i = 0; i < count; i++) {
        const Priced *priced = &model->priced[workers[i]];
        bundle->least[workers[i]] = priced->least;
        sum += priced->least;
        bundle->merit += priced->count > 0 ? priced->lines[0].price : bundle->below[workers[i]];
        size += fabs(priced->least);
        adding += priced->count > 0;
        for (int32_t k = 0; k < priced->count; k++) {
            bool is_new;
            bundle_add(bundle,
                       model_line(model, workers[i], priced->lines[k].entries, priced->lines[k].count, &is_new));
        }
    }
    *bound = sum - 1e-4 - 1e-11 * size;
    return adding;
}

int32_t bundle_block_count(const Bundle *bundle, int32_t workers)
{
    enum { BLOCKS = 10, BLOCK_LEAST = 20, BLOCK_MOST = 100 };
    int32_t size = workers / BLOCKS;
    size = size < BLOCK_LEAST ? BLOCK_LEAST : size > BLOCK_MOST ? BLOCK_MOST : size;
    return bundle->is_in_blocks ? (workers + size - 1) / size : 1;
}

void bundle_centre(Bundle *bundle)
{
    memcpy(bundle->centre, bundle->price, (size_t)bundle->model->problem->row_count * sizeof(double));
}

static void price_some(Bundle *bundle, const int32_t *workers, int32_t count)
{
    double unused;
    model_entry_prices(bundle->model, workers, count, bundle->price, bundle->entry_price);
    bundle_price(bundle, workers, count, &unused);
}

/* A pass over workers, every so manieth in a block; proves nothing. */
static void price_in_blocks(Bundle *bundle, const int32_t *workers, int32_t count)
{
    int32_t blocks = bundle_block_count(bundle, count);
    for (int32_t block = 0; block < blocks && !watch_is_over(bundle->model->watch); block++) {
        int32_t size = 0;
        for (int32_t i = block; i < count; i += blocks) {
            bundle->block[size++] = workers[i];
        }
        bundle_balance(bundle, fmax(0.05, 1e-4 * bundle->step), BLOCK_SWEEPS);
        bundle_centre(bundle);
        price_some(bundle, bundle->block, size);
    }
}

/* Prices those who added lines when they were last priced, a few times while they are not too few; proves nothing. */
static void price_adding(Bundle *bundle, bool is_near)
{
    enum { ROUNDS = 3, ROUNDS_NEAR = 8, TOO_FEW = 50 };
    int32_t rounds = is_near ? ROUNDS_NEAR : ROUNDS, too_few = is_near ? 0 : bundle->worker_count / TOO_FEW;
    const Priced *priced = bundle->model->priced;
    int32_t count = 0;
    for (int32_t i = 0; i < bundle->worker_count; i++) {
        bundle->adding[count] = bundle->workers[i];
        count += priced[bundle->workers[i]].count > 0;
    }
    for (int32_t round = 0; round < rounds && count > too_few; round++) {
        if (bundle->is_in_blocks) {
            price_in_blocks(bundle, bundle->adding, count);
        } else {
            bundle_balance(bundle, fmax(0.05, 1e-4 * bundle->step), SWEEPS_MOST);
            price_some(bundle, bundle->adding, count);
        }
        int32_t left = 0;
        for (int32_t i = 0; i < count; i++) {
            bundle->adding[left] = bundle->adding[i];
            left += priced[bundle->adding[i]].count > 0;
        }
        count = left;
    }
}

/* Of the clock, pricing apart. */
double bundle_seconds_apart(const Watch *watch)
{
    return watch_seconds(watch) - watch->statistics.seconds_pricing;
}

/*
 * A greater step moves prices further in a round, but the weights follow it less well in as many sweeps: with steps up
 * to a thousand times the first one the bound of 300 workers was a quarter of a percent lower after the same work.
 * In blocks the step does not grow at all. A thousand workers whose bound was 4 % from its best after four processor
 * seconds so, with four passes before the first bound, came within 0.1 %.
 *
 * Near a problem whose prices are known few prices move, some of them far: a new shift's from nothing to what it costs
 * to leave it open. Of 20 repairs of 1000 workers 16 were proven within 10 million of work with long steps, and rounds
 * of those alone who gain by it; 7 as a cold start goes. With 300 workers 32 of 40 instead of 29 within 8 million; four
 * times longer steps were worse there (23).
 */
void bundle_run(Bundle *bundle, Prices *prices, const BundleLimits *limits)
{
    static const double STEP_LEAST = 1e-3;
    enum { PATIENCE = 6, FIRST_PASSES = 4 };
    static const double STEP_NEAR = 32;
    double step_most = limits->is_in_blocks ? 1 : limits->is_near ? STEP_NEAR : 4; /* times the first */
    Model *model = bundle->model;
    double begun = bundle_seconds_apart(model->watch);
    bundle->is_in_blocks = limits->is_in_blocks;
    size_t rows = (size_t)model->problem->row_count, workers = (size_t)model->problem->worker_count;
    if (prices->bound > -INFINITY) {
        memcpy(bundle->centre, prices->row_price, rows * sizeof(double));
    } else if (limits->start) {
        memcpy(bundle->centre, limits->start, rows * sizeof(double));
    }
    if (limits->is_near) {
        bundle->step = STEP_NEAR * bundle->first;
    }
    double centre_bound = prices->bound, before = prices->bound;
    for (int32_t pass = 0; pass < FIRST_PASSES && limits->is_in_blocks && !limits->start && prices->bound == -INFINITY;
         pass++) {
        bundle->labels_most = LABELS_MOST;
        price_in_blocks(bundle, bundle->workers, bundle->worker_count);
    }
    int32_t serious = 0, null = 0, stalled = 0;
    for (int32_t round = 0; round < limits->rounds_most && !watch_is_over(model->watch); round++) {
        if (round == 0 && limits->is_near && prices->bound == -INFINITY) {
            memcpy(bundle->price, bundle->centre, rows * sizeof(double)); /* what they prove as they are */
        } else {
            bundle_balance(bundle, fmax(0.05, 1e-4 * bundle->step), SWEEPS_MOST);
        }
        double bound;
        bundle->labels_most = round % PATIENCE == PATIENCE - 1 ? LABELS_BOUND : LABELS_MOST;
        model_entry_prices(model, bundle->workers, bundle->worker_count, bundle->price, bundle->entry_price);
        int32_t adding = bundle_price(bundle, bundle->workers, bundle->worker_count, &bound);
        if (!isfinite(bound)) {
            break;
        }
        if (bound > prices->bound) {
            prices->bound = bound;
            memcpy(prices->row_price, bundle->price, rows * sizeof(double));
            memcpy(prices->worker_least, bundle->least, workers * sizeof(double));
            if (limits->improved) {
                limits->improved(limits->context, bound);
            }
        }
        if (watch_is_proven(model->watch)) {
            break;
        }
        if (bundle->merit > centre_bound) { /* cut short or not: a bound that is too low may not hold the centre back */
            centre_bound = bundle->merit;
            bundle_centre(bundle);
            null = 0;
            bundle->step = ++serious >= 3 ? fmin(bundle->step * 1.25, step_most * bundle->first) : bundle->step;
        } else {
            serious = 0;
            bundle->step = ++null >= 2 ? fmax(bundle->step * 0.75, STEP_LEAST * bundle->first) : bundle->step;
        }
        price_adding(bundle, limits->is_near);
        if (round % PATIENCE == PATIENCE - 1) {
            double least = limits->tolerance * fmax(100, fabs(prices->bound + limits->beside));
            stalled = centre_bound - before < 0.1 * least ? stalled + 1 : 0;
            if ((centre_bound - before < least && adding * 4 <= bundle->worker_count) || stalled == 2) {
                break;
            }
            before = centre_bound;
        }
    }
    model->watch->statistics.seconds_bundle += bundle_seconds_apart(model->watch) - begun;
}
