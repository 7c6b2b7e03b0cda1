/*
 * Which workers to plan anew together. A better roster mostly differs from a good one by a chain: one worker takes what
 * another holds, who takes what a third holds, each by a line that is nearly as cheap, until it closes. So a
 * neighbourhood grows along chains: from a worker to a line that would cost little more at the prices, to those who
 * hold what that line would take, and to those whose cheap lines would take what it leaves.
 */
#ifndef SOLVER_HOOD_H
#define SOLVER_HOOD_H

#include "prices.h"
#include "roster.h"

/* Workers by row: `worker[begin[row]]` .. `worker[begin[row + 1] - 1]`, one as often as it meets the row. */
typedef struct RowWorkers {
    int32_t *begin, *worker;
} RowWorkers;

typedef struct Hood {
    Model *model;
    const Prices *prices;
    const Roster *roster;
    uint64_t random;
    int32_t count, *workers; /* the chosen, [workers] */
    bool *is_chosen;         /* [workers] */
    bool *is_frozen;         /* [entries] outside the window that was chosen last */

    double *blame;                   /* [workers, then rows] share of the gap */
    int64_t *tried;                  /* [workers, then rows] how often they came first without success */
    RowWorkers able, holding, eager; /* who may meet the row, who does, and whose cheap lines would */
    const Line **cheap;              /* the cheapest known lines of worker w: [cheap_begin[w]] .. */
    int32_t *cheap_begin;
    int32_t first_day, last_day; /* of all slots that someone may take */
} Hood;

/* Keeps the pointers. The prices must have a bound; the roster may change, hood_follow says when it did. */
void hood_init(Hood *hood, Model *model, const Prices *prices, const Roster *roster);
void hood_release(Hood *hood);
void hood_follow(Hood *hood);

/* Chooses so many workers, or fewer; returns the part of the gap it began with (a place in `blame`), a greater one more
 * likely. */
int32_t hood_choose_workers(Hood *hood, int32_t wanted);

/* Days around the worst of a few rows, all other entries being frozen, and workers who could work then. */
void hood_choose_window(Hood *hood, int32_t wanted);

#endif
