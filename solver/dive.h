/*
 * Diving: from the LP's weights to one line a worker. Fixes the workers whose line is (nearly) chosen and a share of
 * the rest in order of weight, prices the others anew where room got scarce, solves again, until all have a line.
 */
#ifndef SOLVER_DIVE_H
#define SOLVER_DIVE_H

#include "prices.h"
#include "roster.h"

/* `roster` holds the lines of the workers out of scope; those in scope are set. The master is solved, and its limits
 * are undone. */
void dive(Model *model, Master *master, const MasterScope *scope, Roster *roster);

#endif
