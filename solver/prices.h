/*
 * Column generation: row prices at which no worker has a line that would pay, and the bound that any prices prove.
 *
 * Lagrangian bound at row prices p: sum over workers of min over lines (cost - p . line) + sum over rows of min over
 * activity (charge + p activity). It is true for every p, also when stopped or when the LP's numbers are a little
 * wrong. Prices are smoothed towards the best ones so far (Wentges 1997; Pessoa, Sadykov, Uchoa, Vanderbeck 2018).
 */
#ifndef SOLVER_PRICES_H
#define SOLVER_PRICES_H

#include "master.h"

typedef struct Prices {
    double bound;         /* -INFINITY: none yet */
    double *row_price;    /* [rows] that proved it */
    double *worker_least; /* [workers] the least line price there; NAN: unknown */
    bool is_converged;    /* no line prices in at the LP's prices, or the bound met the LP */
} Prices;

void prices_init(Prices *prices, const Model *model);
void prices_release(Prices *prices);

typedef struct PricesScope {
    MasterScope master;
    int32_t rounds_most;
    int32_t lines_most;                            /* a worker and round */
    int64_t work_most;                             /* gives up after that much work; 0: no limit */
    void (*improved)(void *context, double bound); /* NULL: none */
    void *context;
} PricesScope;

/* Adds lines to the master until it is converged, out of rounds or stopped. */
void prices_find(Prices *prices, Model *model, Master *master, const PricesScope *scope);

/* Which of the worker's known lines are worth a place. */
typedef struct PricesPick {
    int32_t worker;
    const Line *own;    /* always, and first; NULL: none */
    double above_least; /* of the others those that cost at most so much more than the worker's least line */
    int32_t lines_most; /* the cheapest of them */
    bool (*is_allowed)(const void *context, const Line *line); /* of the others; NULL: all are */
    const void *context;
} PricesPick;

/* cheapest: [lines_most], the cheapest first. Returns how many there are. */
int32_t prices_cheapest(const Prices *prices, const Model *model, const PricesPick *pick, const Line **cheapest);

/* Gives them to the master. */
void prices_pour(const Prices *prices, const Model *model, Master *master, const PricesPick *pick);

#endif
