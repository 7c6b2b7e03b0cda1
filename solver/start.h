/*
 * What one solve leaves for the next: prices and lines that were good once. A start is advice: whatever in it does not
 * exist any more, or is no longer legal, is dropped.
 */
#ifndef SOLVER_START_H
#define SOLVER_START_H

#include "prices.h"
#include "roster.h"

/* Puts the start's legal lines into the pools of their workers, behind what is there. */
void start_take_lines(Model *model, const SolverStart *start);

/* Gives the workers of the roster the chosen entries: all together, or, where that breaks a line or a row, one by one
 * as far as these allow beside what is set. */
void start_take_roster(Roster *roster, Model *model, const SolverStart *start);

/* The start's prices for the rows of the model; 0 for what it lacks. NULL if it has none. The caller frees. */
double *start_prices(const Model *model, const SolverStart *start);

/* The roster's lines, and those of the pools that cost least at the prices; some for each worker. */
SolverLines start_keep_lines(const Model *model, const Roster *roster, const double *row_price);

#endif
