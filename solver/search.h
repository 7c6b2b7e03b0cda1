/*
 * Neighbourhood search: frees a few workers at a time, those whose lines carry the gap and those who compete with them
 * for the same rows, and solves for them alone with all others fixed, by the same prices, dive and proof as the whole.
 */
#ifndef SOLVER_SEARCH_H
#define SOLVER_SEARCH_H

#include "prices.h"
#include "roster.h"

/* Both 0: as many as help. */
typedef struct SearchLimits {
    int32_t most;    /* neighbourhoods */
    int32_t workers; /* of each */
} SearchLimits;

/* Until the limits or the watch say stop, the roster meets the bound, or nothing has improved for long. `improved`
 * after each better roster. */
void search(Model *model, const Prices *prices, Roster *roster, SearchLimits limits, void (*improved)(void *context),
            void *context);

#endif
