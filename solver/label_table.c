/*
 * The table: for node and minutes of its period with it, the least that can still be added; the charge on all hours of
 * this period and of later ones included.
 */
#include "days.h"
#include "label_parts.h"

#include <math.h>
#include <string.h>

enum { CELLS_MOST = 1 << 24 };

static double *row_of(const Search *search, int32_t layer, int32_t node)
{
    return search->scratch->table +
           ((size_t)layer * ((size_t)search->network->node_count + 1) + (size_t)node) * (size_t)search->columns;
}

void label_price_nodes(Search *search)
{
    const Network *network = search->network;
    LabelScratch *scratch = search->scratch;
    for (int32_t i = 0; i < network->node_count; i++) {
        const NetworkNode *node = &network->nodes[i];
        scratch->node_price[i] = node->is_fixed ? 0 : INFINITY;
        scratch->node_entry[i] = -1;
        for (int32_t k = 0; k < node->choice_count; k++) {
            int32_t entry = network->choices[node->first_choice + k];
            double price = search->request->entry_price[entry];
            if (price < scratch->node_price[i]) {
                scratch->node_price[i] = price;
                scratch->node_entry[i] = entry;
            }
        }
    }
}

void label_reserve(Search *search)
{
    const Network *network = search->network;
    LabelScratch *scratch = search->scratch;
    search->cell = network->hours[0].step;
    while (((network->columns_most - 1) >> search->shift) + 1 > CELLS_MOST / (network->node_count + 2)) {
        search->cell *= 2;
        search->shift++;
    }
    search->columns = ((network->columns_most - 1) >> search->shift) + 1;
    bool may_go_on =
        network->start->flags & LINE_WORKS && network->node_count > 0 &&
        network->nodes[0].piece.start_min - network->start->duty_end < network->model.rules->stretch_rest_min;
    search->layers = may_go_on ? 2 : 1;
    size_t size = network->days ? days_table_size(network->days)
                                : (size_t)search->columns * (size_t)search->layers * ((size_t)network->node_count + 2);
    if (search->columns > scratch->first_size) {
        scratch->first_size = search->columns;
        scratch->first = memory_grow(scratch->first, (size_t)search->columns, sizeof *scratch->first);
    }
    if (size > scratch->table_size) {
        scratch->table_size = size;
        scratch->table = memory_grow(scratch->table, size, sizeof *scratch->table);
    }
    if (network->node_count > scratch->node_size) {
        int32_t before = scratch->node_size;
        scratch->node_size = network->node_count;
        scratch->node_price = memory_grow(scratch->node_price, (size_t)scratch->node_size, sizeof *scratch->node_price);
        scratch->node_entry = memory_grow(scratch->node_entry, (size_t)scratch->node_size, sizeof *scratch->node_entry);
        scratch->settled = memory_grow(scratch->settled, (size_t)scratch->node_size, sizeof(SettledList));
        memset(scratch->settled + before, 0, (size_t)(scratch->node_size - before) * sizeof(SettledList));
    }
}

/*
 * close[period][column]: the charge on the period, from below: the least of the minutes a column stands for. The same
 * for a line that ends with them, where the least minutes are those of one period, and later ones are empty.
 */
static void fill_close(Search *search)
{
    const Network *network = search->network;
    const SolverDayRules *rules = network->model.worker->day_rules;
    int64_t least = rules && network->period_count == 1 ? rules->minutes_least : 0;
    size_t size = (size_t)network->period_count * (size_t)search->columns;
    search->close = arena_alloc(&search->scratch->arena, size, sizeof *search->close);
    for (int32_t period = 0; period < network->period_count; period++) {
        const HoursCharge *hours = &network->hours[period];
        double *close = &search->close[(size_t)period * (size_t)search->columns];
        for (int32_t column = 0; column < search->columns; column++) {
            int64_t from = column * search->cell, until = from + search->cell;
            close[column] = INFINITY;
            for (int64_t minutes = from; minutes < until && minutes <= hours->most; minutes += hours->step) {
                if (minutes >= least) {
                    close[column] = fmin(close[column], hours_charge_at(hours, minutes));
                }
            }
        }
    }
}

/* into[h] = min(into[h], charge on the period with h minutes and on the empty ones before the next + then) */
static void take_closed(const Search *search, double *restrict into, int32_t period, int32_t next_period, double then)
{
    const double *restrict close = &search->close[(size_t)period * (size_t)search->columns];
    const double *idle = search->network->idle_before;
    then += idle[next_period] - idle[period + 1];
    for (int32_t column = 0; column < search->columns; column++) {
        double value = close[column] + then;
        into[column] = value < into[column] ? value : into[column];
    }
}

/* into[h] = min(into[h], price + from[h + minutes]) */
static void take_least(const Search *search, double *restrict into, const double *restrict from, double price,
                       int64_t minutes)
{
    int64_t shift = minutes / search->cell;
    int32_t columns = shift >= search->columns ? 0 : search->columns - (int32_t)shift;
    for (int32_t column = 0; column < columns; column++) {
        double value = price + from[column + shift];
        into[column] = value < into[column] ? value : into[column];
    }
    if (minutes % search->cell != 0) {
        for (int32_t column = 0; column + shift + 1 < search->columns; column++) {
            double value = price + from[column + shift + 1];
            into[column] = value < into[column] ? value : into[column];
        }
    }
}

/*
 * Backwards over the nodes. Of the nodes that may follow, those that are too late to join the duty form a suffix in
 * time, so one running minimum (suffix) serves all; the suffix rows are kept in the table, the row of a node itself is
 * made from them. suffix_row(j) = the best of taking j or a later node, up to the next mandatory one.
 *
 * Where work before the slots began a stretch that is not yet broken, there are two layers of rows: in the old stretch,
 * which must end in time, and after its end.
 */
static double *suffix_of(const Search *search, int32_t layer, int32_t node)
{
    return search->suffix +
           ((size_t)layer * ((size_t)search->network->node_count + 1) + (size_t)node) * (size_t)search->columns;
}

static bool fits_stretch(const Network *network, const NetworkNode *node)
{
    return node->piece.end_min - network->start->stretch_start <= network->model.rules->stretch_span_most_min;
}

/* The first node from `next` on that ends the stretch when work ended at `end_min`. */
static int32_t first_after_stretch(const Network *network, int32_t next, int32_t last, int64_t end_min)
{
    while (next < last && network->nodes[next].piece.start_min - end_min < network->model.rules->stretch_rest_min) {
        next++;
    }
    return next;
}

/* What may follow a row of `period` by taking `node` (is_exactly) or the best from it on. */
static void take_next(const Search *search, double *row, int32_t period, int32_t layer, int32_t node, bool is_exactly)
{
    const NetworkNode *next = &search->network->nodes[node];
    const double *from = is_exactly ? row_of(search, layer, node) : suffix_of(search, layer, node);
    double price = is_exactly ? search->scratch->node_price[node] : 0;
    int64_t minutes = is_exactly && !next->is_fixed ? next->piece.work_min : 0;
    if (next->period == period) {
        take_least(search, row, from, price, minutes);
        return;
    }
    double *first = search->scratch->first;
    for (int32_t column = 0; column < search->columns; column++) {
        first[column] = INFINITY;
    }
    take_least(search, first, from, price, minutes);
    take_closed(search, row, period, next->period, first[0]);
}

/* The row of node i (-1: the beginning) in a layer. */
static void fill_row(const Search *search, int32_t layer, int32_t i)
{
    const Network *network = search->network;
    const NetworkNode *node = i < 0 ? NULL : &network->nodes[i];
    double *row = row_of(search, layer, i < 0 ? network->node_count : i);
    int32_t next = node ? node->next_begin : network->first_begin,
            next_end = node ? node->next_end : network->first_end;
    bool can_end = node ? node->can_be_last : network->can_be_empty;
    int32_t period = node ? node->period : 0;
    for (int32_t column = 0; column < search->columns; column++) {
        row[column] = INFINITY;
    }
    if (can_end) {
        take_closed(search, row, period, network->period_count, 0);
    }
    int64_t end_min = node ? node->piece.end_min : network->start->duty_end;
    if (layer > 0) {
        int32_t free = node && node->is_fixed ? next : first_after_stretch(network, next, next_end, end_min);
        if (free < next_end) {
            take_next(search, row, period, 0, free, false);
        }
    }
    if (node && !node->is_fixed) { /* those that join the duty, one by one */
        int64_t apart = end_min + network->model.rules->duty_gap_min;
        for (; next < next_end && network->nodes[next].piece.start_min < apart; next++) {
            if (network_may_follow(network, node, &network->nodes[next])) {
                take_next(search, row, period, layer, next, true);
            }
        }
        apart = end_min + node->rest_least;
        bool is_alone = network->model.rules->slots_a_day_most < 2;
        while (next < next_end && (network->nodes[next].piece.start_min < apart ||
                                   (is_alone && network->nodes[next].piece.day == node->piece.day))) {
            next++;
        }
    }
    if (next < next_end) {
        take_next(search, row, period, layer, next, false);
    }
}

static double build_table(Search *search)
{
    const Network *network = search->network;
    int32_t columns = search->columns, count = network->node_count;
    search->suffix =
        ARENA_NEW(&search->scratch->arena, double, (size_t)search->layers *((size_t)count + 1) * (size_t)columns);
    fill_close(search);
    for (int32_t layer = 0; layer < search->layers; layer++) {
        double *last = suffix_of(search, layer, count);
        for (int32_t column = 0; column < columns; column++) {
            last[column] = INFINITY;
        }
        for (int32_t i = count - 1; i >= 0; i--) {
            const NetworkNode *node = &network->nodes[i];
            fill_row(search, layer, i);
            double *own = suffix_of(search, layer, i);
            bool is_last = node->is_mandatory || i + 1 == count;
            bool is_same = !is_last && network->nodes[i + 1].period == node->period;
            for (int32_t column = 0; column < columns; column++) {
                own[column] = is_same ? own[column + columns] : INFINITY;
            }
            if (!is_last && !is_same) {
                take_next(search, own, node->period, layer, i + 1, false);
            }
            if (layer == 0 || node->is_fixed || fits_stretch(network, node)) {
                take_next(search, own, node->period, layer, i, true);
            }
        }
    }
    fill_row(search, search->layers - 1, -1);
    return row_of(search, search->layers - 1, count)[0];
}

double label_completion(const Search *search, const Label *from, int32_t node, int32_t column)
{
    const Network *network = search->network;
    if (network->days) {
        return days_completion(network->days, search->scratch->table, from ? &from->state : network->start, node,
                               column);
    }
    int32_t layer = 0;
    if (search->layers > 1) {
        const LineState *state = from ? &from->state : network->start;
        const NetworkNode *next = &network->nodes[node];
        if (state->stretch_start == network->start->stretch_start && !next->is_fixed &&
            next->piece.start_min - state->duty_end < network->model.rules->stretch_rest_min) {
            if (!fits_stretch(network, next)) {
                return INFINITY;
            }
            layer = 1;
        }
    }
    return row_of(search, layer, node)[column >> search->shift];
}

double label_fill_table(Search *search)
{
    const Network *network = search->network;
    if (network->days) {
        label_reserve(search); /* it grows with the types counted */
        search->answer->cells += (int64_t)days_table_size(network->days);
        return days_fill(network->days, search->scratch->node_price, search->scratch->table);
    }
    search->answer->cells += (int64_t)search->columns * search->layers * network->node_count;
    return build_table(search);
}
