/*
 * The prepared problem: a network for each worker, a lower charge for each row; lines, the pool of lines, and pricing
 * them all.
 */
#ifndef SOLVER_MODEL_H
#define SOLVER_MODEL_H

#include "crew.h"
#include "label.h"
#include "watch.h"

/* A line of work that was found. `low` is what the LP sees of its cost, `cents` the truth; both without rows. */
typedef struct Line {
    int32_t worker, count;
    const int32_t *entries; /* rising */
    int64_t minutes, cents;
    double low;
    uint64_t hash;
} Line;

typedef struct LineList {
    int32_t count, size;
    const Line **lines;
} LineList;

typedef struct Priced {
    double least;
    bool is_complete;
    int32_t count;
    LabelLine *lines;
    int64_t labels;
} Priced;

typedef struct Model {
    const SolverProblem *problem; /* with tighter rows after its own */
    SolverProblem tight;
    int32_t own_rows;        /* those before the tighter ones */
    const SolverPair *pairs; /* what each of the tighter rows is made of */
    Watch *watch;
    Arena arena;
    Network *networks;
    const bool *is_impossible; /* [entries] which no roster holds (tighten.h) */
    RowCharge *rows;
    int32_t *first_entry;   /* [workers + 1] */
    LineList *pool;         /* [workers] */
    double slack;           /* by how much, at most, the exact cost of a roster exceeds what the LP sees of it */
    double violation_price; /* of a unit above a row's limit, where a roster cannot be legal yet */
    Crew *crew;
    LabelScratch *scratches;         /* one a thread */
    Arena *network_arenas, *results; /* one a thread */
    Priced *priced;                  /* [workers] the last pricing */
} Model;

void model_init(Model *model, const SolverProblem *problem, Watch *watch, int32_t threads);
void model_release(Model *model);

/*
 * Whether the slots that someone may take span weeks, not a week. Lines are then long and many, and weigh the price of
 * labels against that of integer programmes the other way: lists of lines may be longer, trees are worth their time.
 */
bool model_is_long(const Model *model);

/* Notes in the statistics what it holds of memory. */
void model_note_bytes(const Model *model);

/* The line in the pool with these entries (rising), added if it is new (*is_new). */
const Line *model_line(Model *model, int32_t worker, const int32_t *entries, int32_t count, bool *is_new);

/* The row itself, or one that a tighter row is made of. */
int32_t model_own_row(const Model *model, int32_t row);

/* entry_price[e] = cost of e - sum of row prices; for the entries of the workers named (NULL: all), others stay. */
void model_entry_prices(const Model *model, const int32_t *workers, int32_t worker_count, const double *row_price,
                        double *entry_price);

/*
 * The rows' part of the Lagrangian bound at any row prices; with the least line prices of all in scope it is the bound.
 * Rows that nobody in scope touches stay at `base`, the activity of the others.
 */
double model_conjugate(const Model *model, const int64_t *base, const bool *is_touched, const double *row_price);

double line_price(const Line *line, const Model *model, const double *row_price);

typedef struct PriceOrder {
    const int32_t *workers; /* NULL: all */
    int32_t worker_count;
    const double *entry_price;
    const double *below; /* [workers of the problem] */
    int32_t lines_most;
    bool is_enumeration;
    int64_t labels_most; /* for each worker */
} PriceOrder;

/* Prices them in parallel into model->priced; the lines live until the next call. */
void model_price(Model *model, const PriceOrder *order);

#endif
