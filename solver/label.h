/*
 * Pricing: the best lines of one worker at given entry prices.
 *
 * Best-first label setting on the worker's network. A label is a legal beginning of a line; its estimate is its cost
 * plus the exact best completion of a relaxation that knows times, rests and hours but no other rule (a table over node
 * and minutes). So the first finished line off the heap is the best one, and labels that cannot beat `below` are never
 * made. A label is dropped when one at the same node is at least as good in cost and in everything a later piece can
 * make bind; cost includes the charge on hours, which is convex, so comparing it at both ends of what can still come is
 * exact.
 */
#ifndef SOLVER_LABEL_H
#define SOLVER_LABEL_H

#include "network.h"

#include <stdatomic.h>

/* One thread's working memory. */
typedef struct LabelScratch {
    Arena arena;
    double *table;
    size_t table_size;
    double *first; /* a row, for a while */
    int32_t first_size;
    double *node_price;
    int32_t *node_entry;
    struct SettledList *settled;
    int32_t node_size;
    struct HeapItem *heap;
    size_t heap_size, heap_count;
} LabelScratch;

typedef struct LabelRequest {
    const double *entry_price; /* [entries of the problem]; INFINITY: not to be taken */
    double below;              /* only lines cheaper than this */
    int32_t lines_most;
    bool is_enumeration; /* all lines: no dominance, every entry of a node */
    int64_t labels_most;
    bool (*poll)(void *context); /* true: give up; NULL: never */
    void *context;
} LabelRequest;

typedef struct LabelLine {
    double price; /* entry prices and the lower charge on hours */
    int64_t minutes;
    int32_t count;
    const int32_t *entries; /* rising */
} LabelLine;

typedef struct LabelAnswer {
    double least;       /* no line is cheaper; at most `below` */
    bool is_complete;   /* nothing was left out for lack of labels or patience */
    int32_t line_count; /* best first; they live in the scratch until its next use */
    LabelLine *lines;
    int64_t labels, cells; /* the work: labels made, numbers in the tables filled */
} LabelAnswer;

void label_price(const Network *network, const LabelRequest *request, LabelScratch *scratch, LabelAnswer *answer);
void label_scratch_release(LabelScratch *scratch);
size_t label_scratch_bytes(const LabelScratch *scratch); /* the most it held at a time */

#endif
