/*
 * Neighbourhood search: frees a few workers at a time, those whose lines carry the gap and those who compete with them
 * for the same rows, and solves for them alone with all others fixed, by the same prices, dive and proof as the whole.
 */
#ifndef SOLVER_SEARCH_H
#define SOLVER_SEARCH_H

#include "prices.h"
#include "roster.h"

/* Until the watch says stop, the roster meets the bound, or nothing has improved for long. `improved` after each better
 * roster. */
void search(Model *model, const Prices *prices, Roster *roster, void (*improved)(void *context), void *context);

#endif
