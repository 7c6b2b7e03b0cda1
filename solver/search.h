/*
 * Neighbourhood search: frees some workers at a time (hood.h) and solves for them alone with all others fixed, by the
 * same prices, dive and lists of lines as the whole; over weeks by branch and price, too.
 */
#ifndef SOLVER_SEARCH_H
#define SOLVER_SEARCH_H

#include "prices.h"
#include "roster.h"

/* 0: as many as help. */
typedef struct SearchLimits {
    int32_t most;     /* neighbourhoods */
    int32_t workers;  /* of each */
    int32_t patience; /* neighbourhoods in a row that improve nothing */
} SearchLimits;

/* Until the limits or the watch say stop, the roster meets the bound, or nothing has improved for long. `improved`
 * after each better roster. */
void search(Model *model, const Prices *prices, Roster *roster, SearchLimits limits, void (*improved)(void *context),
            void *context);

#endif
