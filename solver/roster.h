/* A line for every worker, what it makes of the rows, and its exact cost. */
#ifndef SOLVER_ROSTER_H
#define SOLVER_ROSTER_H

#include "model.h"

typedef struct Roster {
    const Model *model;
    const Line **lines; /* [workers] */
    int64_t *activity;  /* [rows] */
    int64_t cents;      /* exact; rounded like the charges */
    int64_t violation;  /* units above the hard limits of the rows; a legal roster has 0 */
} Roster;

void roster_init(Roster *roster, const Model *model); /* no lines yet */
void roster_release(Roster *roster);
void roster_become(Roster *to, const Roster *from);
/* NULL: takes the worker's line away. */
void roster_set(Roster *roster, int32_t worker, const Line *line);
/* After changes: cents and violation. */
void roster_count(Roster *roster);
/* Fewer violations, or as many and cheaper. */
bool roster_is_better(const Roster *roster, const Roster *than);

/*
 * Whether the line still fits beside the lines that are set, in every limited row that nothing could make room in (none
 * of whose coefficients is negative).
 */
bool roster_has_room(const Roster *roster, const int32_t *entries, int32_t count);

/* What a row costs at this activity: its charge, and the price of violating it. */
double roster_row_cost(const Model *model, int32_t row, int64_t activity);

/*
 * Gives worker after worker the best line with the others fixed, until nothing improves (at most `passes` times over).
 * workers NULL: all.
 */
void roster_polish(Roster *roster, Model *model, const int32_t *workers, int32_t count, int32_t passes);

#endif
