/*
 * What happens after a week was planned: a coop asks for more, for something else or for nothing (a spike), a worker is away. Each
 * becomes a changed copy of the pool, in which every row keeps its index, so that the published rosters still fit it.
 *
 * Calls return a result, or NULL (FALSE) with DISTURB_ERROR or POOL_ERROR and nothing changed.
 */
#ifndef ROOSTER_DISTURB_H
#define ROOSTER_DISTURB_H

#include "rooster/roster.h"

G_BEGIN_DECLS

#define DISTURB_ERROR (disturb_error_quark())
GQuark disturb_error_quark(void);
typedef enum DisturbError {
    DISTURB_ERROR_BEGUN,  /* it has begun or is over: nothing can be asked of it any more */
    DISTURB_ERROR_EMPTY,  /* an absence of no time at all */
    DISTURB_ERROR_FOREIGN /* the shift of another coop, or moved to another week */
} DisturbError;

/*
 * The pool with the shift: a new one, or in the place of the one with its id, with headcount 0 to cancel it. It must not have
 * begun, before and after; a shift that is there stays its coop's and in its week. Caller frees.
 */
Pool *disturb_spike(const Pool *pool, const Shift *shift, int64_t now_min, GError **error);

/* An id for a new shift: "kitchen-20261130-0800", the start by the pool's clock; a second one has "-2" behind it. Caller frees. */
char *disturb_shift_id(const Pool *pool, guint coop, int64_t start_min);

/*
 * The pool with the worker `unavailable` in [from, until), of which something must lie ahead. An absence says nothing of its
 * reason, as nobody has to tell one. Caller frees.
 */
Pool *disturb_absence(const Pool *pool, guint worker, int64_t from_min, int64_t until_min, int64_t now_min, GError **error);

/*
 * The pool in which the worker is there again from `back` on: each `unavailable` window that touches [from, until) ends there, or
 * goes if it begins later. Caller frees.
 */
Pool *disturb_return(const Pool *pool, guint worker, int64_t from_min, int64_t until_min, int64_t back_min);

/* The shifts of the roster that the worker can no longer work in [from, until). Of guint; caller unrefs. */
GArray *disturb_left_shifts(const Pool *pool, const Roster *roster, guint worker, int64_t from_min, int64_t until_min);

G_END_DECLS

#endif
