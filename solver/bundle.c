#include "bundle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LABELS_MOST = 5000,
    LABELS_BOUND = 100000,
    LINES_MOST = 24,
    MANY_WORKERS = 400,
    SWEEPS_MOST = 20,
    MOVES_MOST = 3
};

typedef struct RowPart {
    int32_t row;
    double coefficient;
} RowPart;

typedef struct BundleLine {
    const Line *line;
    double weight;
    int32_t part_count;
    RowPart *parts;
} BundleLine;

typedef struct BundleWorker {
    int32_t worker, count;
    bool is_fixed;                /* while diving */
    double gain;                  /* of its newest move */
    BundleLine lines[LINES_MOST]; /* [0] is the pool's first, mostly the empty one: never given up */
} BundleWorker;

struct Bundle {
    Model *model;
    Arena arena;
    int32_t worker_count, *workers;
    BundleWorker *of;
    int32_t *adding; /* [workers in scope] */
    int32_t *place;  /* [workers of the problem] */
    int64_t *base;
    double step;                                            /* t */
    double *scale, *centre, *price, *activity, *difference; /* [rows] */
    double *entry_price, *below, *least;
    bool *is_touched;
    uint64_t random;
    int64_t labels_most;
    double merit; /* of the last pricing: the bound if no pricing was cut short */
};

static uint64_t next_random(Bundle *bundle)
{
    uint64_t z = (bundle->random += UINT64_C(0x9E3779B97F4A7C15)); /* splitmix64 */
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* The minimiser y of charge(y) + centre (y - a) + t/2 (y - a)^2 gives the price centre + t (y - a). */
static void set_price(Bundle *bundle, int32_t row)
{
    const RowCharge *charge = &bundle->model->rows[row];
    double activity = bundle->activity[row], centre = bundle->centre[row];
    double t = bundle->step / (bundle->scale[row] * bundle->scale[row]);
    int32_t i = 0;
    for (; i + 1 < charge->count; i++) {
        double slope = (charge->value[i + 1] - charge->value[i]) / (charge->at[i + 1] - charge->at[i]);
        if (slope + centre + t * (charge->at[i] - activity) >= 0) {
            break; /* rising from here on: the corner */
        }
        if (slope + centre + t * (charge->at[i + 1] - activity) >= 0) {
            bundle->price[row] = -slope; /* inside this piece */
            return;
        }
    }
    bundle->price[row] = centre + t * (charge->at[i] - activity);
}

static void set_prices(Bundle *bundle)
{
    for (int32_t row = 0; row < bundle->model->problem->row_count; row++) {
        if (bundle->is_touched[row]) {
            set_price(bundle, row);
        }
    }
}

static double price_of(const Bundle *bundle, const BundleLine *line)
{
    double price = line->line->low;
    for (int32_t i = 0; i < line->part_count; i++) {
        price -= line->parts[i].coefficient * bundle->price[line->parts[i].row];
    }
    return price;
}

static void add_activity(Bundle *bundle, const BundleLine *line, double weight)
{
    for (int32_t i = 0; i < line->part_count; i++) {
        bundle->activity[line->parts[i].row] += weight * line->parts[i].coefficient;
    }
}

static void make_parts(Bundle *bundle, BundleLine *line)
{
    const SolverProblem *problem = bundle->model->problem;
    int64_t most = 0;
    for (int32_t i = 0; i < line->line->count; i++) {
        int32_t entry = line->line->entries[i];
        most += problem->entry_row_begin[entry + 1] - problem->entry_row_begin[entry];
    }
    line->parts = ARENA_NEW(&bundle->arena, RowPart, most);
    for (int32_t i = 0; i < line->line->count; i++) {
        int32_t entry = line->line->entries[i];
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            int32_t at = 0;
            while (at < line->part_count && line->parts[at].row != problem->entry_row[k]) {
                at++;
            }
            line->part_count += at == line->part_count;
            line->parts[at].row = problem->entry_row[k];
            line->parts[at].coefficient += (double)problem->entry_coefficient[k];
        }
    }
}

void bundle_add(Bundle *bundle, const Line *line)
{
    BundleWorker *worker = &bundle->of[bundle->place[line->worker]];
    for (int32_t i = 0; i < worker->count; i++) {
        if (worker->lines[i].line == line) {
            return;
        }
    }
    int32_t at = worker->count;
    if (at == LINES_MOST) { /* the dearest without weight gives way, or the one of least weight */
        double worst = -INFINITY;
        for (int32_t i = 1; i < LINES_MOST; i++) {
            BundleLine *old = &worker->lines[i];
            double merit = old->weight > 1e-9 ? -1e15 * (1 + old->weight) : price_of(bundle, old);
            if (merit > worst) {
                worst = merit;
                at = i;
            }
        }
        double weight = worker->lines[at].weight;
        add_activity(bundle, &worker->lines[at], -weight);
        worker->lines[0].weight += weight;
        add_activity(bundle, &worker->lines[0], weight);
    } else {
        worker->count++;
    }
    worker->lines[at] = (BundleLine){.line = line};
    make_parts(bundle, &worker->lines[at]);
    if (worker->count == 1) {
        worker->lines[0].weight = 1;
        add_activity(bundle, &worker->lines[0], 1);
    }
}

/* The typical coefficient of a row, and the typical price of a person: where the step starts. */
static void set_scales(Bundle *bundle)
{
    const SolverProblem *problem = bundle->model->problem;
    int32_t *count = MEMORY_NEW(int32_t, problem->row_count);
    double sum = 0;
    int64_t rows = 0;
    for (int32_t i = 0; i < bundle->worker_count; i++) {
        int32_t worker = bundle->workers[i];
        for (int32_t entry = bundle->model->first_entry[worker]; entry < bundle->model->first_entry[worker + 1];
             entry++) {
            for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
                int32_t row = problem->entry_row[k];
                bundle->is_touched[row] |= problem->entry_coefficient[k] != 0;
                bundle->scale[row] += fabs((double)problem->entry_coefficient[k]);
                count[row]++;
            }
        }
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        bundle->scale[row] = count[row] > 0 && bundle->scale[row] > 0 ? bundle->scale[row] / count[row] : 1;
        const RowCharge *charge = &bundle->model->rows[row];
        if (bundle->is_touched[row] && charge->count > 1 && charge->value[0] > charge->value[1]) {
            sum += (charge->value[0] - charge->value[1]) / (charge->at[1] - charge->at[0]) * bundle->scale[row];
            rows++;
        }
    }
    double share = bundle->worker_count < MANY_WORKERS ? 0.2 : 0.1;
    bundle->step = fmax(1, rows > 0 ? share * sum / (double)rows : 1000);
    free(count);
}

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
    bundle->place = ARENA_NEW(arena, int32_t, problem->worker_count);
    bundle->base = ARENA_NEW(arena, int64_t, problem->row_count);
    double **rows[] = {&bundle->scale, &bundle->centre, &bundle->price, &bundle->activity, &bundle->difference};
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
            add_activity(bundle, &of->lines[0], -1);
            add_activity(bundle, &of->lines[1], 1);
            of->lines[0].weight = 0;
            of->lines[1].weight = 1;
        }
    }
    set_scales(bundle);
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

/* Moves weight from the dearest line to the cheapest. Returns their difference in price. */
static double move(Bundle *bundle, BundleWorker *worker)
{
    int32_t cheap = 0, dear = -1;
    double least = INFINITY, most = -INFINITY;
    for (int32_t i = 0; i < worker->count; i++) {
        double price = price_of(bundle, &worker->lines[i]);
        if (price < least) {
            least = price;
            cheap = i;
        }
        if (worker->lines[i].weight > 0 && price > most) {
            most = price;
            dear = i;
        }
    }
    if (dear < 0 || dear == cheap || most - least < 1e-9) {
        return 0;
    }
    BundleLine *from = &worker->lines[dear], *to = &worker->lines[cheap];
    double curvature = 0;
    for (int32_t i = 0; i < to->part_count; i++) {
        bundle->difference[to->parts[i].row] += to->parts[i].coefficient;
    }
    for (int32_t i = 0; i < from->part_count; i++) {
        bundle->difference[from->parts[i].row] -= from->parts[i].coefficient;
    }
    for (int32_t side = 0; side < 2; side++) {
        const BundleLine *line = side ? from : to;
        for (int32_t i = 0; i < line->part_count; i++) {
            int32_t row = line->parts[i].row;
            double scaled = bundle->difference[row] / bundle->scale[row];
            curvature += scaled * scaled;
            bundle->difference[row] = 0;
        }
    }
    double delta = curvature > 0 ? fmin(from->weight, (most - least) / (bundle->step * curvature)) : from->weight;
    from->weight = from->weight - delta < 1e-12 ? 0 : from->weight - delta;
    to->weight += delta;
    add_activity(bundle, from, -delta);
    add_activity(bundle, to, delta);
    for (int32_t side = 0; side < 2; side++) {
        const BundleLine *line = side ? from : to;
        for (int32_t i = 0; i < line->part_count; i++) {
            set_price(bundle, line->parts[i].row);
        }
    }
    return most - least;
}

/*
 * Sweeps over the workers in an order of its own each (a stride that is prime to their number meets all of them). Most
 * moves of a sweep gain next to nothing, so only every fifth sweep asks everybody, and those between only workers whose
 * last move gained a tenth of the greatest: a third of the time at 300 workers.
 */
static void solve_inner(Bundle *bundle, double tolerance)
{
    enum { FULL_SWEEP = 5, STRIDES = 7 };
    static const uint64_t strides[STRIDES] = {1, 2, 3, 5, 7, 11, 13};
    static const double ENOUGH = 0.1;
    double last_worst = 0;
    set_prices(bundle);
    for (int32_t sweep = 0; sweep < SWEEPS_MOST; sweep++) {
        double worst = 0;
        uint64_t offset = next_random(bundle), stride = strides[next_random(bundle) % STRIDES];
        if (bundle->worker_count % (int32_t)stride == 0) {
            stride = 1;
        }
        double enough = sweep % FULL_SWEEP == 0 ? 0 : last_worst * ENOUGH;
        int64_t asked = 0;
        for (int32_t i = 0; i < bundle->worker_count; i++) {
            BundleWorker *worker =
                &bundle->of[(offset % (1 << 20) + (uint64_t)i * stride) % (uint64_t)bundle->worker_count];
            if (worker->gain < enough) {
                continue;
            }
            asked++;
            for (int32_t moves = 0; moves < MOVES_MOST && !worker->is_fixed; moves++) {
                double gain = move(bundle, worker);
                worst = moves == 0 ? fmax(worst, gain) : worst;
                worker->gain = gain;
                if (gain < tolerance) {
                    break;
                }
            }
        }
        last_worst = worst;
        bundle->model->watch->statistics.work += asked;
        if (worst < tolerance || watch_poll(bundle->model->watch)) {
            break;
        }
    }
}

/* Prices the workers that are not fixed. Returns how many got a new line; *bound is true if nobody is fixed. */
static int32_t price_all(Bundle *bundle, const int32_t *workers, int32_t count, double *bound)
{
    Model *model = bundle->model;
    for (int32_t i = 0; i < count; i++) {
        const BundleWorker *worker = &bundle->of[bundle->place[workers[i]]];
        double least = INFINITY;
        for (int32_t k = 0; k < worker->count; k++) {
            least = fmin(least, price_of(bundle, &worker->lines[k]));
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

/* Prices only those who added lines in the last round of all, a few times; proves nothing. */
static void price_adding(Bundle *bundle, int32_t *adding, int32_t count)
{
    enum { ROUNDS = 3 };
    for (int32_t round = 0; round < ROUNDS && count * 50 > bundle->worker_count; round++) {
        solve_inner(bundle, fmax(0.05, 1e-4 * bundle->step));
        model_entry_prices(bundle->model, bundle->price, bundle->entry_price);
        double unused;
        price_all(bundle, adding, count, &unused);
        int32_t left = 0;
        for (int32_t i = 0; i < count; i++) {
            if (bundle->model->priced[adding[i]].count > 0) {
                adding[left++] = adding[i];
            }
        }
        count = left;
    }
}

/* Of the clock, pricing apart. */
static double seconds_apart(const Watch *watch)
{
    return watch_seconds(watch) - watch->statistics.seconds_pricing;
}

void bundle_run(Bundle *bundle, Prices *prices, const BundleLimits *limits)
{
    enum { PATIENCE = 6 };
    Model *model = bundle->model;
    double begun = seconds_apart(model->watch);
    size_t rows = (size_t)model->problem->row_count, workers = (size_t)model->problem->worker_count;
    if (prices->bound > -INFINITY) {
        memcpy(bundle->centre, prices->row_price, rows * sizeof(double));
    } else if (limits->start) {
        memcpy(bundle->centre, limits->start, rows * sizeof(double));
    }
    double first = bundle->step, centre_bound = prices->bound, before = prices->bound;
    int32_t serious = 0, null = 0, stalled = 0;
    for (int32_t round = 0; round < limits->rounds_most && !watch_is_over(model->watch); round++) {
        solve_inner(bundle, fmax(0.05, 1e-4 * bundle->step));
        model_entry_prices(model, bundle->price, bundle->entry_price);
        double bound;
        bundle->labels_most = round % PATIENCE == PATIENCE - 1 ? LABELS_BOUND : LABELS_MOST;
        int32_t adding = price_all(bundle, bundle->workers, bundle->worker_count, &bound);
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
        if (bundle->merit > centre_bound) { /* cut short or not: a bound that is too low may not hold the centre back */
            centre_bound = bundle->merit;
            memcpy(bundle->centre, bundle->price, rows * sizeof(double));
            null = 0;
            bundle->step = ++serious >= 3 ? fmin(bundle->step * 1.25, 1000 * first) : bundle->step;
        } else {
            serious = 0;
            bundle->step = ++null >= 2 ? fmax(bundle->step * 0.75, 1e-3 * first) : bundle->step;
        }
        int32_t count = 0;
        for (int32_t i = 0; i < bundle->worker_count; i++) {
            if (model->priced[bundle->workers[i]].count > 0) {
                bundle->adding[count++] = bundle->workers[i];
            }
        }
        price_adding(bundle, bundle->adding, count);
        if (round % PATIENCE == PATIENCE - 1) {
            double least = limits->tolerance * fmax(100, fabs(prices->bound + limits->beside));
            stalled = centre_bound - before < 0.1 * least ? stalled + 1 : 0;
            if ((centre_bound - before < least && adding * 4 <= bundle->worker_count) || stalled == 2) {
                break;
            }
            before = centre_bound;
        }
    }
    model->watch->statistics.seconds_bundle += seconds_apart(model->watch) - begun;
}

/* ---- diving */

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
        add_activity(bundle, line, weight - line->weight);
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
        candidates[i].weight *= 1 - noise * (double)(next_random(bundle) >> 11) * 0x1p-53;
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
                add_activity(bundle, line, -line->weight);
                add_activity(bundle, &worker->lines[0], line->weight);
                worker->lines[0].weight += line->weight;
                worker->lines[k] = worker->lines[--worker->count];
            }
        }
    }
}

static void price_open(Bundle *bundle, const Roster *roster, int32_t *open)
{
    Model *model = bundle->model;
    int32_t count = 0;
    model_entry_prices(model, bundle->price, bundle->entry_price);
    for (int32_t place = 0; place < bundle->worker_count; place++) {
        int32_t worker = bundle->of[place].worker;
        if (bundle->of[place].is_fixed) {
            continue;
        }
        open[count++] = worker;
        for (int32_t entry = model->first_entry[worker]; entry < model->first_entry[worker + 1]; entry++) {
            if (!model->problem->entries[entry].is_required && !roster_has_room(roster, &entry, 1)) {
                bundle->entry_price[entry] = INFINITY;
            }
        }
    }
    double unused;
    bundle->labels_most = LABELS_MOST;
    price_all(bundle, open, count, &unused);
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
    double begun = seconds_apart(watch);
    int32_t count = bundle->worker_count, *open = MEMORY_NEW(int32_t, count);
    Candidate *candidates = MEMORY_NEW(Candidate, count);
    const Line **before = MEMORY_NEW(const Line *, count);
    Surface surface = keep_surface(bundle);
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
            solve_inner(bundle, fmax(0.05, 1e-3 * bundle->step));
            memcpy(bundle->centre, bundle->price, (size_t)bundle->model->problem->row_count * sizeof(double));
            price_open(bundle, roster, open);
        }
        solve_inner(bundle, fmax(0.05, 1e-3 * bundle->step));
    }
    for (int32_t i = 0; i < count; i++) { /* stopped half-way: the rest as it was */
        if (!roster->lines[bundle->workers[i]]) {
            roster_set(roster, bundle->workers[i], before[i]);
        }
    }
    roster_count(roster);
    come_up(bundle, &surface);
    free(open);
    free(candidates);
    free(before);
    watch->statistics.seconds_bundle += seconds_apart(watch) - begun;
}

void bundle_pour(const Bundle *bundle, Master *master)
{
    for (int32_t i = 0; i < bundle->worker_count; i++) {
        for (int32_t k = 0; k < bundle->of[i].count; k++) {
            master_add(master, bundle->of[i].lines[k].line);
        }
    }
}
