/*
 * The inside of the label setting (private to solver): label.c makes labels in the order of their estimates,
 * label_table.c knows the best completions that estimates are made of, label_dominance.c which labels need not be.
 */
#ifndef SOLVER_LABEL_PARTS_H
#define SOLVER_LABEL_PARTS_H

#include "label.h"

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

/* The price and the cheapest entry of each node, into the scratch. */
void label_price_nodes(Search *search);

/* Makes room for the table, and chooses the minutes of its columns. */
void label_reserve(Search *search);

/* Fills the table, or that of the days. Returns the least price of any line, by the relaxation. */
double label_fill_table(Search *search);

/* Of a line that goes on from `from` (NULL: the beginning) to the node, which makes it `column` long. */
double label_completion(const Search *search, const Label *from, int32_t node, int32_t column);

/* Whether a settled label at the same node is as good in cost and in all that a later piece can make bind. */
bool label_is_dominated(const Search *search, const Label *label);
void label_settle(const Search *search, const Label *label);

#endif
