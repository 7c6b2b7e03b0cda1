#include "bundle_parts.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY_WORKERS = 400, MOVES_MOST = 3 };

/* ---- weights of rows */

/* The weight of a row is 1 / its typical coefficient^2; the step starts at a share of the typical price of a person. */
static void set_weights(Bundle *bundle)
{
    const SolverProblem *problem = bundle->model->problem;
    int32_t *count = MEMORY_NEW(int32_t, problem->row_count);
    double *scale = MEMORY_NEW(double, problem->row_count);
    double sum = 0;
    int64_t rows = 0;
    for (int32_t i = 0; i < bundle->worker_count; i++) {
        int32_t worker = bundle->workers[i];
        for (int32_t entry = bundle->model->first_entry[worker]; entry < bundle->model->first_entry[worker + 1];
             entry++) {
            for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
                int32_t row = problem->entry_row[k];
                bundle->is_touched[row] |= problem->entry_coefficient[k] != 0;
                scale[row] += fabs((double)problem->entry_coefficient[k]);
                count[row]++;
            }
        }
    }
    for (int32_t row = 0; row < problem->row_count; row++) {
        scale[row] = count[row] > 0 && scale[row] > 0 ? scale[row] / count[row] : 1;
        bundle->weight[row] = 1 / (scale[row] * scale[row]);
        const RowCharge *charge = &bundle->model->rows[row];
        if (bundle->is_touched[row] && charge->count > 1 && charge->value[0] > charge->value[1]) {
            sum += (charge->value[0] - charge->value[1]) / (charge->at[1] - charge->at[0]) * scale[row];
            rows++;
        }
    }
    double share = bundle->worker_count < MANY_WORKERS ? 0.2 : 0.1;
    bundle->first = bundle->step = fmax(1, rows > 0 ? share * sum / (double)rows : 1000);
    free(scale);
    free(count);
}

static void set_pieces(Bundle *bundle)
{
    const Model *model = bundle->model;
    int32_t rows = model->problem->row_count, count = 0;
    bundle->piece_begin = ARENA_NEW(&bundle->arena, int32_t, rows + 1);
    for (int32_t row = 0; row < rows; row++) {
        count += model->rows[row].count;
        bundle->piece_begin[row + 1] = count;
    }
    bundle->pieces = ARENA_NEW(&bundle->arena, Piece, count);
    for (int32_t row = 0; row < rows; row++) {
        const RowCharge *charge = &model->rows[row];
        Piece *pieces = &bundle->pieces[bundle->piece_begin[row]];
        for (int32_t i = 0; i < charge->count; i++) {
            pieces[i].from = charge->at[i];
            pieces[i].slope = i + 1 < charge->count
                                  ? (charge->value[i + 1] - charge->value[i]) / (charge->at[i + 1] - charge->at[i])
                                  : 0;
        }
    }
}

void bundle_measure(Bundle *bundle)
{
    set_weights(bundle);
    set_pieces(bundle);
}

/* ---- prices */

/* The minimiser y of charge(y) + centre (y - a) + t/2 (y - a)^2 gives the price centre + t (y - a). */
static void set_price(Bundle *bundle, int32_t row)
{
    double t = bundle->step * bundle->weight[row];
    double at_nothing = bundle->centre[row] - t * bundle->activity[row];
    const Piece *piece = &bundle->pieces[bundle->piece_begin[row]],
                *end = &bundle->pieces[bundle->piece_begin[row + 1]];
    for (; piece + 1 < end; piece++) {
        double price = at_nothing + t * piece->from;
        if (piece->slope + price >= 0) { /* rising from here on: the corner */
            bundle->price[row] = price;
            return;
        }
        if (piece->slope + at_nothing + t * piece[1].from >= 0) { /* inside this piece */
            bundle->price[row] = -piece->slope;
            return;
        }
    }
    bundle->price[row] = at_nothing + t * piece->from;
}

static void set_prices(Bundle *bundle)
{
    for (int32_t row = 0; row < bundle->model->problem->row_count; row++) {
        if (bundle->is_touched[row]) {
            set_price(bundle, row);
        }
    }
}

static const RowPart *parts_of(const BundleLine *line)
{
    return line->part_count > PARTS_NEAR ? line->far : line->near;
}

double bundle_line_price(const Bundle *bundle, const BundleLine *line)
{
    const RowPart *parts = parts_of(line);
    double price = line->low;
    for (int32_t i = 0; i < line->part_count; i++) {
        price -= parts[i].coefficient * bundle->price[parts[i].row];
    }
    return price;
}

void bundle_shift(Bundle *bundle, const BundleLine *line, double weight)
{
    const RowPart *parts = parts_of(line);
    for (int32_t i = 0; i < line->part_count; i++) {
        bundle->activity[parts[i].row] += weight * parts[i].coefficient;
    }
}

static BundleLine make_line(Bundle *bundle, const Line *line)
{
    const SolverProblem *problem = bundle->model->problem;
    BundleLine made = {.line = line, .low = line->low};
    int64_t most = 0;
    for (int32_t i = 0; i < line->count; i++) {
        int32_t entry = line->entries[i];
        most += problem->entry_row_begin[entry + 1] - problem->entry_row_begin[entry];
    }
    RowPart *parts = most > PARTS_NEAR ? ARENA_NEW(&bundle->arena, RowPart, most) : made.near;
    for (int32_t i = 0; i < line->count; i++) {
        int32_t entry = line->entries[i];
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            int32_t at = 0;
            while (at < made.part_count && parts[at].row != problem->entry_row[k]) {
                at++;
            }
            made.part_count += at == made.part_count;
            parts[at].row = problem->entry_row[k];
            parts[at].coefficient += (float)problem->entry_coefficient[k];
        }
    }
    if (most > PARTS_NEAR && made.part_count <= PARTS_NEAR) {
        memcpy(made.near, parts, sizeof made.near);
    }
    made.far = most > PARTS_NEAR ? parts : NULL;
    return made;
}

/* ---- lines */

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
            double merit = old->weight > 1e-9 ? -1e15 * (1 + old->weight) : bundle_line_price(bundle, old);
            if (merit > worst) {
                worst = merit;
                at = i;
            }
        }
        double weight = worker->lines[at].weight;
        bundle_shift(bundle, &worker->lines[at], -weight);
        worker->lines[0].weight += weight;
        bundle_shift(bundle, &worker->lines[0], weight);
    } else {
        worker->count++;
    }
    worker->lines[at] = make_line(bundle, line);
    if (worker->count == 1) {
        worker->lines[0].weight = 1;
        bundle_shift(bundle, &worker->lines[0], 1);
    }
}

/* ---- moves */

/* The squared difference of two lines, row by row in its scale: what the price on activities gains by a move. */
static double curvature_between(Bundle *bundle, const BundleLine *from, const BundleLine *to)
{
    const RowPart *from_parts = parts_of(from), *to_parts = parts_of(to);
    double curvature = 0;
    for (int32_t i = 0; i < to->part_count; i++) {
        bundle->difference[to_parts[i].row] += to_parts[i].coefficient;
    }
    for (int32_t i = 0; i < from->part_count; i++) {
        bundle->difference[from_parts[i].row] -= from_parts[i].coefficient;
    }
    for (int32_t side = 0; side < 2; side++) {
        const RowPart *parts = side ? from_parts : to_parts;
        int32_t count = side ? from->part_count : to->part_count;
        for (int32_t i = 0; i < count; i++) {
            double *difference = &bundle->difference[parts[i].row];
            curvature += *difference * *difference * bundle->weight[parts[i].row];
            *difference = 0;
        }
    }
    return curvature;
}

static void set_prices_of(Bundle *bundle, const BundleLine *line)
{
    const RowPart *parts = parts_of(line);
    for (int32_t i = 0; i < line->part_count; i++) {
        set_price(bundle, parts[i].row);
    }
}

/* Moves weight from the dearest line to the cheapest. Returns their difference in price. */
static double move(Bundle *bundle, BundleWorker *worker)
{
    int32_t cheap = 0, dear = -1;
    double least = INFINITY, most = -INFINITY;
    for (int32_t i = 0; i < worker->count; i++) {
        double price = bundle_line_price(bundle, &worker->lines[i]);
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
    double curvature = curvature_between(bundle, from, to);
    double delta = curvature > 0 ? fmin(from->weight, (most - least) / (bundle->step * curvature)) : from->weight;
    from->weight = from->weight - delta < 1e-12 ? 0 : from->weight - delta;
    to->weight += delta;
    bundle_shift(bundle, from, -delta);
    bundle_shift(bundle, to, delta);
    set_prices_of(bundle, to);
    set_prices_of(bundle, from);
    return most - least;
}

/*
 * Sweeps over the workers in an order of its own each (a stride that is prime to their number meets all of them). Most
 * moves of a sweep gain next to nothing, so only every fifth sweep asks everybody, and those between only workers whose
 * last first move gained a tenth of the greatest. Only a sweep that asked everybody ends it.
 */
void bundle_balance(Bundle *bundle, double tolerance, int32_t sweeps_most)
{
    enum { FULL_SWEEP = 5, STRIDES = 7 };
    static const uint64_t strides[STRIDES] = {1, 2, 3, 5, 7, 11, 13};
    static const double ENOUGH = 0.1;
    double enough = 0;
    set_prices(bundle);
    for (int32_t sweep = 0, since = 0; sweep < sweeps_most; sweep++) {
        double worst = 0;
        bool is_full = enough == 0;
        uint64_t offset = random_next(&bundle->random), stride = strides[random_next(&bundle->random) % STRIDES];
        if (bundle->worker_count % (int32_t)stride == 0) {
            stride = 1;
        }
        int64_t asked = 0;
        for (int32_t i = 0; i < bundle->worker_count; i++) {
            BundleWorker *worker =
                &bundle->of[(offset % (1 << 20) + (uint64_t)i * stride) % (uint64_t)bundle->worker_count];
            if (worker->gain < enough || worker->is_fixed) {
                continue;
            }
            asked++;
            for (int32_t moves = 0; moves < MOVES_MOST; moves++) {
                double gain = move(bundle, worker);
                worker->gain = moves == 0 ? gain : worker->gain;
                if (gain < tolerance) {
                    break;
                }
            }
            worst = fmax(worst, worker->gain);
        }
        bundle->model->watch->statistics.work += asked;
        if ((is_full && worst < tolerance) || watch_poll(bundle->model->watch)) {
            break;
        }
        since = is_full ? 1 : since + 1;
        enough = since == FULL_SWEEP || worst < tolerance ? 0 : worst * ENOUGH;
    }
}
