/*
 * Moves by hand: one person put on a shift, taken off it, pinned to it or unpinned, on a copy of the draft. The checker
 * and the price answer at once. A move is refused for what it newly breaks, not for what was broken before it: a
 * planner can work out of a broken draft step by step; nor for what is only unfinished, such as the first of two days in
 * a row.
 */
#ifndef ROOSTER_MOVES_H
#define ROOSTER_MOVES_H

#include "rooster/cost.h"
#include "rooster/rules.h"

G_BEGIN_DECLS

#define MOVE_ERROR (move_error_quark())
GQuark move_error_quark(void);
typedef enum MoveError {
    MOVE_ERROR_NOTHING, /* the draft is so already: on the shift, not on it, pinned, not pinned */
    MOVE_ERROR_PINNED,  /* taking off somebody pinned: unpin first */
    MOVE_ERROR_WEEK     /* the shift is not of this week */
} MoveError;

typedef enum MoveKind { MOVE_ASSIGN, MOVE_UNASSIGN, MOVE_PIN, MOVE_UNPIN } MoveKind;

typedef struct Move {
    MoveKind kind;
    guint shift, worker;
} Move;

/* "assign", static. */
const char *move_kind_name(MoveKind kind);

typedef struct MoveResult {
    Roster *roster;        /* the draft after the move; NULL where it is refused */
    GPtrArray *violations; /* of Violation: what the move newly breaks; what is not refused is but unfinished */
    Cost before, after;    /* of the draft without and with the move, also where it is refused */
} MoveResult;

void move_result_free(MoveResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MoveResult, move_result_free)

/*
 * Tries the move on the draft of the week, which stays as it is. A repair (week_set_repair) also charges changes and
 * guards what has begun. `week` comes out with the pins that the draft has lifted. NULL with MOVE_ERROR where there is
 * nothing to judge.
 */
MoveResult *move_try(Week *week, const Roster *draft, const Move *move, GError **error);

G_END_DECLS

#endif
