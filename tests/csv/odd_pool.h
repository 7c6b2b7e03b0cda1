/* Made-up pools for the round trip: everything a pool can hold, nothing that makes sense. */
#ifndef ROOSTER_TESTS_CSV_ODD_POOL_H
#define ROOSTER_TESTS_CSV_ODD_POOL_H

#include "rooster/exchange.h"

/* Fills an import with a closed pool and rosters that are drawn from random. */
PoolImport *odd_pool_new(GRand *random);

#endif
