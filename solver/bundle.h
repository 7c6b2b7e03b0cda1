/*
 * A proximal bundle method (an augmented Lagrangian over the lines found so far): good prices and nearly integer
 * weights long before the LP has them, without factorising anything.
 *
 * Each worker has a few lines with weights that sum to 1; a_r is the weighted activity of row r. Around centre prices p
 * with step t it minimises  sum weight * low + sum over rows of min over y (charge(y) + p_r (y - a_r) + t_r / 2 (y -
 * a_r)^2) by moving weight between two lines of one worker at a time. The price p_r + t_r (y - a_r) at the minimiser is
 * where everyone is priced: the new lines join, the Lagrangian bound says whether the centre moves there. Kiwiel (1990)
 * on proximity control; Bertsekas (1982) on the multipliers. t_r = t / scale_r^2 with the row's typical coefficient.
 *
 * In blocks, some workers are priced at a time and the centre moves after each of them, as in incremental methods
 * (Bertsekas 2011): a pass over everybody moves the prices as often as there are blocks.
 */
#ifndef SOLVER_BUNDLE_H
#define SOLVER_BUNDLE_H

#include "prices.h"
#include "roster.h"

typedef struct Bundle Bundle;

/* Begins at the lines of the roster. */
Bundle *bundle_new(Model *model, const MasterScope *scope, const Roster *roster);
void bundle_free(Bundle *bundle);
void bundle_add(Bundle *bundle, const Line *line);

typedef struct BundleLimits {
    int32_t rounds_most;
    double tolerance;    /* stop when several rounds improve the bound by less than this share of it */
    double beside;       /* what the bound leaves out of the cost, for that share */
    const double *start; /* row prices to begin at, where `prices` has none yet; NULL: 0 */
    bool is_near;        /* they solved a problem that was nearly this one: everybody is priced at them first */
    bool is_in_blocks;
    void (*improved)(void *context, double bound);
    void *context;
} BundleLimits;

/* Keeps in `prices` the best bound and its prices; begins at those if there is one. */
void bundle_run(Bundle *bundle, Prices *prices, const BundleLimits *limits);

/*
 * Fixes workers in order of weight, at least a `1 / steps` of those left at a time, until all have one line. Sets the
 * lines of those in scope; the bundle is afterwards as before. Weights are read up to a random share `noise` wrong, so
 * that another dive of the same bundle may end elsewhere.
 */
void bundle_dive(Bundle *bundle, Roster *roster, int32_t steps, double noise);

#endif
