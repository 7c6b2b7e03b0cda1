/*
 * The chance in a made-up pool: splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014),
 * whole numbers only, so that the same seed draws the same on every machine and with every compiler.
 *
 * One draw a statement: the order in which a call's arguments or an initialiser's parts are evaluated is the
 * compiler's. Every worker, coop and line of history draws from a stream of its own. A draw more for one person then
 * moves nobody else.
 */
#ifndef ROOSTER_GENERATE_RANDOM_H
#define ROOSTER_GENERATE_RANDOM_H

#include <glib.h>
#include <stdint.h>

typedef struct Random {
    uint64_t state;
} Random;

/* The stream of the index-th entity of a kind; `kind` is any number that tells the kinds apart. */
Random random_stream(uint64_t seed, guint kind, guint index);

/* 0 to count - 1; count > 0. */
guint random_below(Random *random, guint count);
/* low to high, both inclusive. */
int random_between(Random *random, int low, int high);
/* TRUE in so many of a thousand. */
gboolean random_chance(Random *random, int permille);
/* An index into weights, drawn by weight; -1 where all are 0. */
int random_weighted(Random *random, const int *weights, guint count);
/* Puts the items in a drawn order (Fisher and Yates). */
void random_shuffle(Random *random, int *items, guint count);

#endif
