/*
 * The first roster: a line for every worker, the hard rows kept. Or the proof that there is none, or the honest answer
 * that neither was found in time.
 *
 * A line is looked for among all of a worker's lines, to the end. Where the lines together break a row that the usual
 * search for cheaper rosters does not mend, a second problem decides in which only the rows' limits cost: a roster of
 * it that costs nothing is legal, a bound of it above nothing says that none is (the first phase of the simplex method,
 * with whole lines).
 */
#ifndef SOLVER_FIRST_H
#define SOLVER_FIRST_H

#include "roster.h"

typedef enum FirstAnswer { FIRST_FOUND, FIRST_NONE, FIRST_UNDECIDED } FirstAnswer;

typedef struct First {
    FirstAnswer answer;
    int32_t worker, row; /* where it fails or is undecided; -1: not there */
} First;

/* Gives every worker a line: none where that is legal, else the cheapest that was found. */
First first_lines(Roster *roster, Model *model);

/* Of a roster with lines for all: makes it keep the rows, if it does not. */
First first_rows(Roster *roster, Model *model);

#endif
