/*
 * The inside of the days (private to solver): days.c lays out what a worker's line can be, day by day; days_table.c
 * fills the tables and reads them; days_types.c decides which types' numbers they count.
 */
#ifndef SOLVER_DAYS_PARTS_H
#define SOLVER_DAYS_PARTS_H

#include "days.h"

enum { COUNTED_MOST = 3 };

/* Nodes of a day that are alike but for their price. */
typedef struct Group {
    int32_t class_index, columns, type; /* type: into model->types, -1: not limited */
    bool is_mandatory;
    int32_t node_begin, node_count; /* into days->nodes */
} Group;

typedef struct Day {
    int32_t group_begin, group_count, class_count;
    int32_t mandatory;           /* the first day from this one on with a mandatory node; day_count: none */
    bool is_saturday, is_sunday; /* the first, the second day of a weekend that counts */
    int32_t period;
    int32_t column_low, column_high;   /* minutes of the period after this day, in columns */
    int32_t weekend_low, weekend_high; /* weekends counted after this day; fewer are as good as the low */
    const bool *may_follow;            /* [classes][groups of the next day] */
    const int32_t *order, *base;       /* [classes] see nest_classes */
    size_t work_at, rest_at;           /* of E and S in the table */
} Day;

struct Days {
    const Network *network;
    Arena *arena;
    int32_t first_day, day_count; /* from the first slot to the last */
    int32_t days_before;          /* days of the horizon before these */
    bool reaches_end;             /* they end with the horizon */
    int32_t runs, on_least, off_least;
    bool is_run_limited;
    int32_t weekends_most; /* 0 without limit: not counted */
    bool counts_weekends;
    Day *days; /* [day_count] */
    Group *groups;
    int32_t group_count;
    int32_t *nodes;      /* by group */
    int32_t *node_group; /* [nodes]; -1: fixed, after the days */
    double *group_price;
    int32_t counted_count;
    int32_t counted[COUNTED_MOST], stride[COUNTED_MOST]; /* into model->types */
    int32_t states;
    double *multiplier; /* [limited types] */
    double *best;       /* [limited types] the multipliers of the best bound */
    double best_least;
    bool is_best;
    int32_t *type_most; /* [limited types] */
};

/* Where a line stands after a day's work. */
typedef struct Place {
    int32_t day, class_index, run, weekends, state;
} Place;

static inline int32_t day_columns(const Day *day)
{
    return day->column_high >= day->column_low ? day->column_high - day->column_low + 1 : 0;
}

static inline int32_t day_weekends(const Day *day)
{
    return day->weekend_high - day->weekend_low + 1;
}

/* Where the tables of each day begin, with the types counted now. Returns how many numbers they hold. */
size_t days_lay_out(Days *days);

/* The place after a row of days goes on with, or a new one begins at, a group. False: not allowed. */
bool days_place_after(const Days *days, const Place *from, int32_t d, const Group *group, bool goes_on, Place *place);
/* Whether the line may rest after so many days in a row. */
bool days_may_stop(const Days *days, int32_t d, int32_t run);
/* What the filled tables say of going on from a place with so many minutes; INFINITY: it cannot. */
double days_value(const Days *days, const double *table, const Place *place, int32_t column);
/* The charges if the line ends with so much in a period. */
double days_end_at(const Days *days, int32_t period, int32_t column);
/* The cheapest first group of a line, by the relaxation; *group -1: the empty line. */
double days_best_first(const Days *days, const double *table, int32_t *group);

#endif
