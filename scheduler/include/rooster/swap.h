/*
 * Swaps: a worker gives a published shift away, to whoever takes it or to one colleague, for nothing or for one of the
 * colleague's of the same week; or takes one that is short of people. Until somebody takes it the shift stays whose it
 * is.
 *
 * A swap is a case of kind CASE_SWAP: `worker` gives `shift` ("": nobody does, it is short of people) to `other` ("":
 * nobody yet). Its body holds the shift in return, if any, and what it waits for.
 */
#ifndef ROOSTER_SWAP_H
#define ROOSTER_SWAP_H

#include "rooster/case.h"
#include "rooster/rules.h"

G_BEGIN_DECLS

#define SWAP_ERROR (swap_error_quark())
GQuark swap_error_quark(void);
typedef enum SwapError {
    SWAP_ERROR_GONE,  /* it is not whose it was: begun, cancelled, planned otherwise meanwhile */
    SWAP_ERROR_PINNED /* the planner keeps it where it is */
} SwapError;

/* What a waiting swap waits for. */
typedef enum SwapStage {
    SWAP_OPEN,    /* whoever takes it */
    SWAP_ASKED,   /* the answer of `other` */
    SWAP_APPROVAL /* the planner's; `other` has agreed */
} SwapStage;

/* "open", "asked", "approval"; static. */
const char *swap_stage_name(SwapStage stage);

SwapStage swap_stage(const Case *swap);
/* The id of the shift that comes in return; NULL if none does. Caller frees. */
char *swap_return(const Case *swap);
void swap_set(Case *swap, SwapStage stage, const char *in_return);
/* TRUE if by this swap, once it is accepted, the worker gives the shift away. */
gboolean swap_gives(const Case *swap, const char *shift, const char *worker);

#define SWAP_NOBODY G_MAXUINT

/* A swap by indices of a pool. */
typedef struct SwapMove {
    guint shift, giver;     /* SWAP_NOBODY: the shift is short of people */
    guint in_return, taker; /* PIECE_NO_SHIFT: nothing in return */
} SwapMove;

/* Whether the roster still allows it at `now`: whose shifts they are, that none has begun, that none is pinned. */
gboolean swap_is_possible(const Week *week, const Roster *roster, const SwapMove *move, int64_t now_min,
                          GError **error);
/* The roster after it; assignments that are not there are not taken off. Caller frees. */
Roster *swap_roster(const Roster *roster, const SwapMove *move);
/*
 * What the law and the agreements say of both workers' lines and both shifts after it: empty if the swap may be. Of
 * Violation; caller unrefs. Whoever publishes has the checker judge the whole roster besides.
 */
GPtrArray *swap_blocks(const Week *week, const Roster *roster, const SwapMove *move);

G_END_DECLS

#endif
