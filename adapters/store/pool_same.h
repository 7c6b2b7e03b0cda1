/*
 * Whether a row of a pool is what it was in the pool before: at the same place, with the same columns (private to
 * store). With `before` NULL nothing is.
 */
#ifndef STORE_POOL_SAME_H
#define STORE_POOL_SAME_H

#include "rooster/pool.h"

gboolean coop_is_same(const Pool *pool, const Pool *before, guint index);
/* The row alone; what hangs on it are the lists. */
gboolean worker_is_same(const Pool *pool, const Pool *before, guint index);
gboolean shift_is_same(const Pool *pool, const Pool *before, guint index);

/* Of the shift's certificates; a shift that moved to another week has lost its own with its row. */
gboolean shift_lists_are_same(const Pool *pool, const Pool *before, guint index);

/* One item of a worker's list, with the pool of each: some name coops by index. */
typedef gboolean ItemIsSame(const Pool *pool, gconstpointer item, const Pool *before, gconstpointer old);
ItemIsSame certificate_is_same, window_is_same, preference_is_same, worker_rule_is_same, history_is_same;

/* The worker's list that is so far into Worker. */
gboolean worker_list_is_same(const Pool *pool, const Pool *before, guint index, size_t array, ItemIsSame *is_same);

#endif
