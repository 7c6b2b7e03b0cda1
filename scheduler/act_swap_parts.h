/*
 * What the acts on swaps share (private to scheduler).
 */
#ifndef ROOSTER_ACT_SWAP_PARTS_H
#define ROOSTER_ACT_SWAP_PARTS_H

#include "act_parts.h"

#include "rooster/swap.h"

/* The swap by indices; ACT_ERROR_REFUSED where somebody or something of it is gone. taker: SWAP_NOBODY if none yet. */
gboolean swap_move_of(const ActRun *run, const Case *swap, SwapMove *move, GError **error);

/* A waiting case of kind swap; ACT_ERROR_NOT_FOUND, or ACT_ERROR_REFUSED where it is no longer waiting. */
Case *swap_load(const ActRun *run, GError **error);
/* The waiting swaps (of a worker; NULL: all) from now on. Of Case; caller unrefs. */
GPtrArray *swaps_waiting(const ActRun *run, const char *worker, GError **error);

/* TRUE where the roster and the rules of both lines allow it now; why not is not told. */
gboolean swap_may_be(const Desk *desk, const DeskWeek *week, const SwapMove *move);
/*
 * Refuses what the roster or the rules do not allow, whatever was allowed when it was offered. The violations of
 * `seer`'s own line go into the refusal's details; of others they only learn that it cannot be. The checker judges the
 * whole roster.
 */
gboolean swap_is_lawful(ActRun *run, const DeskWeek *week, const SwapMove *move, guint seer, GError **error);

/* Between act_begin and act_commit: saves the case and tells those concerned. */
gboolean swap_save(ActRun *run, Case *swap, GError **error);
/* Likewise: publishes the week with the swap in it, keeps the draft there is, and closes the case as accepted. */
gboolean swap_publish(ActRun *run, const DeskWeek *week, const SwapMove *move, Case *swap, GError **error);

#endif
