/*
 * One worker's lines as paths: the pieces in order of time are nodes, an arc leads to a piece that may come next.
 *
 * Slots that look alike to every line rule (same times, work, break, night, day, week, type) share a node: they
 * overlap, so a line takes at most one of them, and at given prices the cheapest. Fixed work and required entries are
 * nodes no path may pass by. What no later piece can make bind is noted per node, so that labels become comparable
 * (label.c).
 */
#ifndef SOLVER_NETWORK_H
#define SOLVER_NETWORK_H

#include "charge.h"
#include "line.h"

typedef struct NetworkNode {
    SolverSlot piece;
    bool is_fixed, is_mandatory, can_be_last;
    int32_t period;                     /* of fixed work: of the slot before it */
    int64_t rest_least;                 /* after a duty that ends with this node, at least */
    int32_t first_choice, choice_count; /* into network->choices */
    int32_t next_begin, next_end;       /* the nodes that may follow, before the test of rest */
    /* What can still come after this node. */
    int64_t next_start, next_day;        /* the earliest; SOLVER_NEVER */
    int32_t columns, columns_ahead;      /* its minutes, and the most that can still come in its period, in steps of the
                                            charge on hours */
    int64_t minutes_ahead, period_ahead; /* most work; most work in the node's period */
    int32_t chain_ahead, nights_ahead;   /* most slots and fixed pieces; most of them with night minutes */
    int32_t days_ahead;                  /* days in a row right after this node's day that have a piece */
} NetworkNode;

typedef struct Network {
    LineModel model;
    int32_t worker;
    int32_t node_count;
    NetworkNode *nodes;
    int32_t first_begin, first_end; /* the nodes that may come first */
    bool can_be_empty;              /* no node is mandatory */
    bool has_required;
    bool is_broken;   /* required entries overlap each other or fixed work: there is no line */
    int32_t *choices; /* entries, by node */
    LineState *start; /* after the fixed work before the first slot */
    int32_t period_count;
    HoursCharge *hours;   /* by period, all with the same step */
    double *idle_before;  /* [periods + 1] charges on no minutes in the periods before */
    int32_t columns_most; /* of all periods */
    int64_t rest_least;   /* between any two duties */
    int64_t last_end;
    int32_t *tallied_ahead; /* [nodes][tallies] the most of each tally that can still come after the node */
    struct Days *days;      /* NULL: the line is bounded by nodes and minutes, else by days (days.h) */
} Network;

/* Leaves out the entries that are impossible. Everything comes from the arena. */
void network_init(Network *network, const SolverProblem *problem, int32_t worker, const bool *is_impossible,
                  Arena *arena);

/*
 * The charges on a period of `column` minutes and on those after it, before `next_period`, in which nothing is worked.
 * A line that stays in its period owes nothing yet.
 */
static inline double network_close_periods(const Network *network, int32_t period, int32_t column, int32_t next_period)
{
    return period == next_period ? 0
                                 : network->hours[period].value[column] + network->idle_before[next_period] -
                                       network->idle_before[period + 1];
}

/* May `next` directly follow `node` in some line, as far as these two tell? Never wrongly no. */
bool network_may_follow(const Network *network, const NetworkNode *node, const NetworkNode *next);

#endif
