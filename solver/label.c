#include "label.h"

#include "days.h"
#include "tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 1 << 24, POLL_EVERY = 1024, TIGHTENED_MOST = 2 };

typedef struct Label {
    struct Label *parent;
    double cost;       /* of the entries and of the periods that are over */
    double cost_hours; /* cost + charge on the minutes of the period so far */
    int32_t node;
    int32_t entry;
    int32_t column;  /* minutes in the node's period, in steps of the charge on hours */
    LineState state; /* and its counters */
} Label;

/* What dominance looks at first, close together in memory. */
typedef struct Settled {
    double cost, cost_hours;
    int32_t column;
    const Label *label;
} Settled;

typedef struct SettledList {
    Settled *items;
    int32_t count, size;
} SettledList;

/* A label to be made when its turn comes: most never get it. Or a finished line (node -1). */
typedef struct HeapItem {
    double estimate;
    Label *parent;
    uint32_t order; /* of making, so that ties do not depend on memory */
    int32_t node, entry;
} HeapItem;

typedef struct Search {
    const Network *network;
    const LabelRequest *request;
    LabelScratch *scratch;
    LabelAnswer *answer;
    int64_t cell; /* minutes of one column of the table: the step of the charge on hours, doubled `shift` times */
    int32_t shift;
    int32_t columns;
    int32_t layers; /* 2 while a stretch that began before the slots may go on */
    double *suffix; /* the best completion by this node or a later one, for the minutes of its period before it */
    double *close;  /* [periods][columns] the charge on a period */
    double limit;   /* lines and labels at or above it are not made */
    uint32_t order;
    Label *spare; /* made, and found to be of no use */
} Search;

/* ---- the heap */

static bool is_before(const HeapItem *a, const HeapItem *b)
{
    return a->estimate != b->estimate ? a->estimate < b->estimate : a->order > b->order;
}

static void heap_push(Search *search, double estimate, Label *parent, int32_t node, int32_t entry)
{
    LabelScratch *scratch = search->scratch;
    if (scratch->heap_count == scratch->heap_size) {
        scratch->heap_size = scratch->heap_size ? 2 * scratch->heap_size : 256;
        scratch->heap = memory_grow(scratch->heap, scratch->heap_size, sizeof *scratch->heap);
    }
    HeapItem item = {estimate, parent, search->order++, node, entry};
    search->answer->labels++;
    size_t at = scratch->heap_count++;
    while (at > 0 && is_before(&item, &scratch->heap[(at - 1) / 2])) {
        scratch->heap[at] = scratch->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    scratch->heap[at] = item;
}

static HeapItem heap_pop(LabelScratch *scratch)
{
    HeapItem top = scratch->heap[0], last = scratch->heap[--scratch->heap_count];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < scratch->heap_count; at = child) {
        if (child + 1 < scratch->heap_count && is_before(&scratch->heap[child + 1], &scratch->heap[child])) {
            child++;
        }
        if (!is_before(&scratch->heap[child], &last)) {
            break;
        }
        scratch->heap[at] = scratch->heap[child];
    }
    scratch->heap[at] = last;
    return top;
}

/*
 * ---- the table: for node and minutes of its period with it, the least that can still be added; the charge on all
 * hours of this period and of later ones included
 */

static double *row_of(const Search *search, int32_t layer, int32_t node)
{
    return search->scratch->table +
           ((size_t)layer * ((size_t)search->network->node_count + 1) + (size_t)node) * (size_t)search->columns;
}

static void price_nodes(Search *search)
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

static void reserve(Search *search)
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

/* Of a line that goes on from `from` to the node, which makes it `column` long. */
static double completion(const Search *search, const Label *from, int32_t node, int32_t column)
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

/* ---- dominance */

/* Whether `a` can do whatever `b` can, at this node; cost apart. Both duties are open or both are closed. */
static bool is_as_free(const Network *network, const NetworkNode *node, const LineState *a, const LineState *b)
{
    const SolverLineRules *rules = network->model.rules;
    uint32_t bad = LINE_BAD;
    if ((int64_t)a->stretch_duties + node->chain_ahead <= rules->series_duties_most) {
        bad &= ~(uint32_t)LINE_STRETCH_NIGHT;
    }
    if (a->flags & ~b->flags & bad) {
        return false;
    }
    if ((a->flags ^ b->flags) & LINE_CLOSED || a->duty_end != b->duty_end) {
        return false;
    }
    if (!(a->flags & LINE_CLOSED)) {
        if (a->duty_start != b->duty_start || a->duty_work != b->duty_work || a->duty_break != b->duty_break ||
            a->duty_night != b->duty_night || a->duty_curfew != b->duty_curfew || a->late_after != b->late_after ||
            a->duty_week != b->duty_week || a->piece_end != b->piece_end || a->planned_end != b->planned_end ||
            (a->run > 0 && (a->run != b->run || a->rest_before != b->rest_before))) {
            return false;
        }
    } else if (a->rest_need > b->rest_need && node->next_start < a->duty_end + a->rest_need) {
        return false;
    }
    int64_t rest = node->next_start == SOLVER_NEVER ? SOLVER_NEVER : node->next_start - a->duty_end;
    bool stretch_goes_on = rest < rules->stretch_rest_min;
    if (a->flags & LINE_CLOSED && a->run > b->run && (int64_t)a->run + node->nights_ahead >= rules->night_run_long &&
        (rest < rules->night_run_rest_least_min || stretch_goes_on)) {
        return false;
    }
    if (stretch_goes_on) {
        if (a->stretch_start < b->stretch_start &&
            network->last_end - a->stretch_start > rules->stretch_span_most_min) {
            return false;
        }
        if (a->stretch_duties > b->stretch_duties &&
            (int64_t)a->stretch_duties + node->chain_ahead > rules->series_duties_most) {
            return false;
        }
    }
    if (a->day_run > b->day_run && (int64_t)a->day_run + node->days_ahead > network->model.days_on_most) {
        return false;
    }
    return a->day_slots <= b->day_slots || node->next_day != a->day;
}

static bool counts_are_as_free(const Network *network, const NetworkNode *node, const LineState *a, const LineState *b)
{
    const LineModel *model = &network->model;
    const LineCount *counts_a = line_counts(a), *counts_b = line_counts(b);
    for (int32_t i = 0; i < model->window_count; i++) {
        const SolverWindow *window = &model->windows[i];
        if ((counts_a[i].minutes > counts_b[i].minutes &&
             (counts_a[i].minutes + node->minutes_ahead > window->minutes_left ||
              (window->nights_until_many != INT32_MAX &&
               counts_a[i].minutes + node->minutes_ahead > window->many_nights_minutes_left))) ||
            counts_a[i].nights > counts_b[i].nights || counts_a[i].late > counts_b[i].late ||
            counts_a[i].has_slot > counts_b[i].has_slot ||
            counts_a[i].has_late_planned > counts_b[i].has_late_planned) {
            return false;
        }
    }
    const SolverDayRules *rules = model->worker->day_rules;
    if (!rules) {
        return true;
    }
    const int32_t *types_a = line_type_counts(model, a), *types_b = line_type_counts(model, b);
    for (int32_t i = 0; i < model->type_count; i++) {
        if (types_a[i] > types_b[i] && (int64_t)types_a[i] + node->chain_ahead > rules->type_most[model->types[i]]) {
            return false;
        }
    }
    if (a->weekends > b->weekends && (int64_t)a->weekends + node->chain_ahead > rules->weekends_most) {
        return false;
    }
    bool types_matter = node->next_day <= (int64_t)a->day + 1;
    if (model->has_types && types_matter &&
        ((a->types_today & ~b->types_today) | (a->types_before & ~b->types_before) |
         (a->planned_today & ~b->planned_today) | (a->planned_before & ~b->planned_before))) {
        return false;
    }
    /* A row of days that is too short yet: the longer is the freer, unless it began with the horizon. */
    int64_t lack_a = (int64_t)a->day - a->day_run + 1 <= rules->first_day ? 0 : rules->days_on_least - a->day_run;
    int64_t lack_b = (int64_t)b->day - b->day_run + 1 <= rules->first_day ? 0 : rules->days_on_least - b->day_run;
    if (lack_a > 0 && lack_a > lack_b) {
        return false;
    }
    return a->minutes >= b->minutes || a->minutes >= rules->minutes_least;
}

/*
 * Cost: with fewer minutes in the period the charge of `a` grows no faster than that of `b` (convex), so now is the
 * worst moment; with more minutes the worst is the latest.
 */
static bool is_as_cheap(const Network *network, const NetworkNode *node, const Settled *a, const Label *b)
{
    if (a->column <= b->column) {
        return a->cost_hours <= b->cost_hours;
    }
    int32_t last_a = a->column + node->columns_ahead, last_b = b->column + node->columns_ahead;
    const HoursCharge *hours = &network->hours[node->period];
    const double *charge = hours->value;
    return last_a < hours->count && a->cost + charge[last_a] <= b->cost + charge[last_b];
}

static bool is_dominated(const Search *search, const Label *label)
{
    const Network *network = search->network;
    const NetworkNode *node = &network->nodes[label->node];
    const SettledList *list = &search->scratch->settled[label->node];
    for (int32_t i = 0; i < list->count; i++) {
        if (is_as_cheap(network, node, &list->items[i], label) &&
            is_as_free(network, node, &list->items[i].label->state, &label->state) &&
            counts_are_as_free(network, node, &list->items[i].label->state, &label->state) &&
            tally_is_as_free(network, node, &list->items[i].label->state, &label->state)) {
            return true;
        }
    }
    return false;
}

static void settle(const Search *search, const Label *label)
{
    SettledList *list = &search->scratch->settled[label->node];
    if (list->count == list->size) {
        list->size = list->size ? 2 * list->size : 16;
        list->items = memory_grow(list->items, (size_t)list->size, sizeof *list->items);
    }
    list->items[list->count++] = (Settled){label->cost, label->cost_hours, label->column, label};
}

/* ---- the search */

static int32_t period_of(const Network *network, const Label *label)
{
    return label ? network->nodes[label->node].period : 0;
}

/* Of a label (NULL: the beginning), with the charges on the periods that end before the node. */
static double cost_before(const Network *network, const Label *label, const NetworkNode *node)
{
    return (label ? label->cost : 0) +
           network_close_periods(network, period_of(network, label), label ? label->column : 0, node->period);
}

static int32_t column_with(const Network *network, const Label *label, const NetworkNode *node)
{
    return (label && period_of(network, label) == node->period ? label->column : 0) + node->columns;
}

/* NULL: no legal label. */
static Label *label_new(Search *search, const HeapItem *item)
{
    const Network *network = search->network;
    const NetworkNode *node = &network->nodes[item->node];
    size_t size = offsetof(Label, state) + network->model.state_size;
    Label *label = search->spare ? search->spare : arena_alloc(&search->scratch->arena, 1, size);
    search->spare = label;
    search->answer->labels++;
    memcpy(&label->state, item->parent ? &item->parent->state : network->start, network->model.state_size);
    if (!line_extend(&network->model, &label->state, &node->piece, node->is_fixed) ||
        !line_settle(&network->model, &label->state, node->next_start)) {
        return NULL;
    }
    double price = item->entry >= 0 ? search->request->entry_price[item->entry] : 0;
    label->parent = item->parent;
    label->cost = cost_before(network, item->parent, node) + price;
    label->column = column_with(network, item->parent, node);
    label->cost_hours = label->cost + network->hours[node->period].value[label->column];
    label->node = item->node;
    label->entry = item->entry;
    return label;
}

static void keep_line(Search *search, const Label *last, double price)
{
    LabelAnswer *answer = search->answer;
    int32_t count = 0;
    for (const Label *label = last; label; label = label->parent) {
        count += label->entry >= 0;
    }
    int32_t *entries = ARENA_NEW(&search->scratch->arena, int32_t, count);
    LabelLine *line = &answer->lines[answer->line_count++];
    *line = (LabelLine){price, last ? last->state.minutes : 0, count, entries};
    for (const Label *label = last; label; label = label->parent) {
        if (label->entry >= 0) {
            entries[--count] = label->entry;
        }
    }
}

/* Offers every legal continuation of `from` (NULL: the beginning) to the heap. */
static void extend(Search *search, Label *from)
{
    const Network *network = search->network;
    LabelScratch *scratch = search->scratch;
    const NetworkNode *node = from ? &network->nodes[from->node] : NULL;
    int32_t period = period_of(network, from), so_far = from ? from->column : 0;
    double spent = from ? from->cost : 0;
    int32_t begin = node ? node->next_begin : network->first_begin, end = node ? node->next_end : network->first_end;
    for (int32_t next = end - 1; next >= begin; next--) { /* of equals the earliest is tried first */
        const NetworkNode *to = &network->nodes[next];
        if (node && !network_may_follow(network, node, to)) {
            continue;
        }
        bool is_later = to->period != period;
        int32_t column = is_later ? to->columns : so_far + to->columns;
        if (column >= network->hours[to->period].count) {
            continue;
        }
        double cost = is_later ? cost_before(network, from, to) : spent;
        int32_t choices = search->request->is_enumeration && !to->is_fixed ? to->choice_count : 1;
        for (int32_t k = 0; k < choices; k++) {
            int32_t entry = search->request->is_enumeration && !to->is_fixed ? network->choices[to->first_choice + k]
                                                                             : scratch->node_entry[next];
            double price = entry >= 0 ? search->request->entry_price[entry] : scratch->node_price[next];
            double estimate = cost + price + completion(search, from, next, column);
            if (!(estimate < search->limit)) {
                continue;
            }
            heap_push(search, estimate, from, next, entry);
        }
    }
}

static void offer_end(Search *search, Label *from)
{
    const Network *network = search->network;
    if (!(from ? network->nodes[from->node].can_be_last : network->can_be_empty)) {
        return;
    }
    const LineState *state = from ? &from->state : network->start;
    int32_t period = period_of(network, from);
    double price = (from ? from->cost : 0) +
                   network_close_periods(network, period, from ? from->column : 0, network->period_count);
    if (!(price < search->limit)) {
        return;
    }
    LineState *ended = arena_alloc(&search->scratch->arena, 1, network->model.state_size);
    memcpy(ended, state, network->model.state_size);
    if (line_finish(&network->model, ended)) {
        heap_push(search, price, from, -1, -1);
    }
}

static void search_lines(Search *search)
{
    const LabelRequest *request = search->request;
    LabelScratch *scratch = search->scratch;
    LabelAnswer *answer = search->answer;
    scratch->heap_count = 0;
    for (int32_t node = 0; node < search->network->node_count; node++) {
        scratch->settled[node].count = 0;
    }
    offer_end(search, NULL);
    extend(search, NULL);
    for (int64_t popped = 0; scratch->heap_count > 0; popped++) {
        if (answer->labels > request->labels_most ||
            (popped % POLL_EVERY == 0 && request->poll && request->poll(request->context))) {
            answer->is_complete = false;
            answer->least = fmin(answer->least, scratch->heap[0].estimate);
            return;
        }
        HeapItem item = heap_pop(scratch);
        if (item.node < 0) {
            answer->least = fmin(answer->least, item.estimate);
            keep_line(search, item.parent, item.estimate);
            if (answer->line_count == request->lines_most) {
                answer->is_complete = !request->is_enumeration;
                return;
            }
            continue;
        }
        Label *label = label_new(search, &item);
        if (!label) {
            continue;
        }
        if (!request->is_enumeration) {
            if (is_dominated(search, label)) {
                continue;
            }
            settle(search, label);
        }
        search->spare = NULL;
        offer_end(search, label);
        extend(search, label);
    }
}

static double fill_table(Search *search)
{
    const Network *network = search->network;
    if (network->days) {
        reserve(search); /* it grows with the types counted */
        search->answer->cells += (int64_t)days_table_size(network->days);
        return days_fill(network->days, search->scratch->node_price, search->scratch->table);
    }
    search->answer->cells += (int64_t)search->columns * search->layers * network->node_count;
    return build_table(search);
}

/* Fills the table of days a few times over, each time stricter. Returns the best bound, whose table stays. */
static double tighten(Search *search, double least, double room)
{
    Days *days = search->network->days;
    double best = least;
    days_note(days, least, true);
    for (int32_t i = 0; i < TIGHTENED_MOST && best < search->request->below; i++) {
        if (!days_tighten(days, search->scratch->table, room)) {
            break;
        }
        least = fill_table(search);
        days_note(days, least, false);
        best = fmax(best, least);
    }
    return days_set_best(days) ? fill_table(search) : best;
}

/*
 * The relaxation is mostly right, so first only lines as good as its best are looked for, then a little dearer ones:
 * each pass costs less than one that keeps labels up to `below`.
 */
static void search_wider(Search *search, double least)
{
    const LabelRequest *request = search->request;
    const Network *network = search->network;
    double room = isfinite(request->below) ? request->below - least : fabs(least) + 1e4;
    double step =
        network->days ? 0 : 0.2 * room; /* the table knows less than the days: look for several lines at once */
    if (network->days && least < request->below) {
        least = tighten(search, least, room);
    }
    while (least < request->below) {
        search->limit = least + step + 1e-6 + 1e-12 * fabs(least);
        if (request->is_enumeration || !(search->limit < request->below)) {
            search->limit = request->below;
        }
        search_lines(search);
        if (!search->answer->is_complete || search->answer->line_count > 0 || !(search->limit < request->below)) {
            return;
        }
        step = step > 0 ? 4 * step : fmax(0.02 * room, 0.1);
    }
}

void label_price(const Network *network, const LabelRequest *request, LabelScratch *scratch, LabelAnswer *answer)
{
    arena_clear(&scratch->arena);
    *answer = (LabelAnswer){.least = request->below, .is_complete = true};
    answer->lines = ARENA_NEW(&scratch->arena, LabelLine, request->lines_most);
    if (network->is_broken) {
        return;
    }
    Search search = {.network = network, .request = request, .scratch = scratch, .answer = answer};
    reserve(&search);
    price_nodes(&search);
    double least = fill_table(&search);
    search_wider(&search, least);
}

size_t label_scratch_bytes(const LabelScratch *scratch)
{
    size_t bytes =
        scratch->arena.most + scratch->table_size * sizeof *scratch->table + scratch->heap_size * sizeof *scratch->heap;
    for (int32_t node = 0; node < scratch->node_size; node++) {
        bytes += (size_t)scratch->settled[node].size * sizeof(Settled) + sizeof(SettledList) + sizeof(double) +
                 sizeof(int32_t);
    }
    return bytes;
}

void label_scratch_release(LabelScratch *scratch)
{
    arena_release(&scratch->arena);
    free(scratch->table);
    free(scratch->first);
    free(scratch->node_price);
    free(scratch->node_entry);
    for (int32_t node = 0; node < scratch->node_size; node++) {
        free(scratch->settled[node].items);
    }
    free(scratch->settled);
    free(scratch->heap);
    *scratch = (LabelScratch){0};
}
