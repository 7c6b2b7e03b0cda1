/*
 * The files of a pool folder as texts in memory, and one text that holds several:
 *
 *     -- demand.csv
 *     shift,coop,start,end
 *     -- roster.csv absent
 */
#ifndef ROOSTER_TESTS_CSV_POOL_TEXTS_H
#define ROOSTER_TESTS_CSV_POOL_TEXTS_H

#include "pool_read.h"

/* name -> GBytes */
typedef GHashTable PoolTexts;

PoolTexts *pool_texts_new(void);
/* Adds the files of a text, each replacing one of its name; `absent` removes it. Bytes before the first `-- ` line are
 * nothing. */
void pool_texts_add(PoolTexts *texts, const char *bytes, gsize size);
/* Sets one file; text NULL removes it. */
void pool_texts_set(PoolTexts *texts, const char *name, const char *text);
PoolImport *pool_texts_read(PoolTexts *texts, const Pool *base, GError **error);

/* All files that a pool and its rosters are written to. */
PoolTexts *pool_texts_write(const Pool *pool, const GPtrArray *rosters);

/* A small folder without faults: one coop C1, workers W1 and W2, one shift S1, nothing else. */
PoolTexts *pool_texts_good(void);
/* Reads it with one file set to text; the test fails if there is a fault. */
PoolImport *pool_texts_read_with(const char *name, const char *text, const Pool *base);

#endif
