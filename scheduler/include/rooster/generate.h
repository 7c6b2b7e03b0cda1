/*
 * A made-up pool of any size, in the format of a pool folder: for trying and measuring. The same numbers give the same pool
 * on every machine.
 */
#ifndef ROOSTER_GENERATE_H
#define ROOSTER_GENERATE_H

#include "rooster/exchange.h"

G_BEGIN_DECLS

typedef struct GenerateOptions {
    guint workers;   /* 1 to 100000 */
    uint64_t seed;
    IsoWeek week;    /* the week with demand */
} GenerateOptions;

/* Caller frees. */
Pool *generate_pool(const GenerateOptions *options, GError **error);

G_END_DECLS

#endif
