/*
 * A week at its prices, as the worth_*.c see it (private to scheduler).
 */
#ifndef ROOSTER_WORTH_PARTS_H
#define ROOSTER_WORTH_PARTS_H

#include "rooster/worth.h"
#include "week_problem.h"

enum { WORTH_LABELS = 2000000 }; /* for one question of one worker */

struct Worth {
    const Week *week;
    const Roster *roster;
    gboolean is_current;
    WeekProblem *problem;
    SolverPricer *pricer;
    int32_t *first_entry;  /* [workers + 1] */
    int32_t *first_row;    /* [pool shifts] its rows but the coop's; -1: not of this week */
    int32_t *fairness_row; /* [coops] -1: none */
    double *least;         /* [workers] the price of the best week; NAN: not asked yet */
};

/* The entry of the pair, or -1 where the worker may not take the shift. */
int32_t worth_entry(const Worth *worth, guint worker, guint shift);

/* The price of the worker's best week, INFINITY where none is lawful; FALSE: it was too much work. */
gboolean worth_least(Worth *worth, guint worker, double *cents);

/* The shifts of a line, by start. Caller unrefs. */
GArray *worth_shifts(const WeekProblem *problem, const SolverPricedLine *line);

#endif
