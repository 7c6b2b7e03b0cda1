#include "days.h"
#include "label_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POLL_EVERY = 1024, TIGHTENED_MOST = 2 };

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
            double estimate = cost + price + label_completion(search, from, next, column);
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
            if (label_is_dominated(search, label)) {
                continue;
            }
            label_settle(search, label);
        }
        search->spare = NULL;
        offer_end(search, label);
        extend(search, label);
    }
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
        least = label_fill_table(search);
        days_note(days, least, false);
        best = fmax(best, least);
    }
    return days_set_best(days) ? label_fill_table(search) : best;
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
    label_reserve(&search);
    label_price_nodes(&search);
    double least = label_fill_table(&search);
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
