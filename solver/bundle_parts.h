/*
 * The bundle's inside (private to solver): workers' lines with their weights, and the prices that the weights make.
 * bundle_lines.c holds the lines and moves their weights, bundle.c prices everybody and moves the centre, bundle_dive.c
 * makes rosters of the weights.
 */
#ifndef SOLVER_BUNDLE_PARTS_H
#define SOLVER_BUNDLE_PARTS_H

#include "bundle.h"

enum { LINES_MOST = 24, PARTS_NEAR = 12, LABELS_MOST = 5000, SWEEPS_MOST = 20, BLOCK_SWEEPS = 5 };

typedef struct RowPart {
    int32_t row;
    float coefficient; /* enough to find prices by; what they prove is counted from the problem */
} RowPart;

typedef struct BundleLine {
    const Line *line;
    double weight, low;
    RowPart *far; /* the parts, where they are more than PARTS_NEAR */
    int32_t part_count;
    RowPart near[PARTS_NEAR]; /* the sweeps read all lines of a worker in a row */
} BundleLine;

typedef struct BundleWorker {
    int32_t worker, count;
    bool is_fixed;                /* while diving */
    double gain;                  /* of its first move when it was last asked */
    BundleLine lines[LINES_MOST]; /* [0] is the pool's first, mostly the empty one: never given up */
} BundleWorker;

/* The charge on a row rises by `slope` from here on; the last piece is only where it ends. */
typedef struct Piece {
    double from, slope;
} Piece;

struct Bundle {
    Model *model;
    Arena arena;
    int32_t worker_count, *workers;
    BundleWorker *of;
    int32_t *adding, *block; /* [workers in scope] */
    int32_t *place;          /* [workers of the problem] */
    int64_t *base;
    double first, step;                                      /* t */
    double *weight, *centre, *price, *activity, *difference; /* [rows]; 1 / scale^2 */
    int32_t *piece_begin;                                    /* [rows + 1] */
    Piece *pieces;
    double *entry_price, *below, *least;
    bool *is_touched;
    uint64_t random;
    int64_t labels_most;
    bool is_in_blocks;
    double merit; /* of the last pricing: the bound if no pricing was cut short */
};

double bundle_line_price(const Bundle *bundle, const BundleLine *line);
/* What so much more weight on the line makes of the activities; neither its weight nor the prices follow. */
void bundle_shift(Bundle *bundle, const BundleLine *line, double weight);

/* What stays as it is: the weights of rows, their pieces, the step's start. */
void bundle_measure(Bundle *bundle);

/* Moves weights, and with them prices, until no move gains as much as the tolerance, or for so many sweeps. */
void bundle_balance(Bundle *bundle, double tolerance, int32_t sweeps_most);

/* How many blocks so many workers are priced in; 1 unless the bundle runs in blocks. */
int32_t bundle_block_count(const Bundle *bundle, int32_t workers);

/* The prices as they are become the centre. */
void bundle_centre(Bundle *bundle);

/*
 * Prices the workers that are named, who must not be fixed, and adds what it finds. Returns how many got a new line;
 * *bound is true if everybody was priced and nobody is fixed.
 */
int32_t bundle_price(Bundle *bundle, const int32_t *workers, int32_t count, double *bound);

/* Of the clock, pricing apart. */
double bundle_seconds_apart(const Watch *watch);

#endif
