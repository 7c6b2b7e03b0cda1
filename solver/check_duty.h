/*
 * The certificate's own reading of the line rules (solver.h), duty by duty; it shares no code with the search.
 *
 * The pieces of work of one worker (fixed work, and the slots that may be given) are laid out in time, and every duty
 * they can make is listed: pieces with short gaps between them, judged as a whole. A line of work is then a sequence of
 * duties; a row of burdens says what of it a later duty can still make illegal. Fewer burdens are never worse, unless
 * they are among the exact ones.
 */
#ifndef SOLVER_CHECK_DUTY_H
#define SOLVER_CHECK_DUTY_H

#include "memory.h"
#include "solver/solver.h"

typedef struct CheckPiece {
    const SolverSlot *slot;
    int64_t price;     /* of taking it, in the certificate's unit; 0 for fixed work */
    bool is_planned;   /* a slot; else fixed work */
    bool is_mandatory; /* fixed or required */
} CheckPiece;

typedef struct CheckDuty {
    int32_t first, count;
    const int32_t *pieces;      /* [count] */
    int32_t next_from, next_to; /* the next duty begins with a piece of these; next_to = pieces: the line may end */
    int64_t start_min, end_min, price;
    int32_t minutes; /* of its slots */
    int32_t rest_least_min, week;
    bool is_planned, is_night, is_late;
} CheckDuty;

enum { CHECK_PIECES_MOST = 16384, CHECK_DUTIES_MOST = 1 << 20 };

typedef struct CheckWorker {
    const SolverProblem *problem;
    const SolverWorker *worker;
    int32_t piece_count;
    CheckPiece *pieces; /* in order of (start, end) */
    int32_t duty_count;
    CheckDuty *duties;   /* in order of their first piece */
    int32_t *duty_begin; /* [pieces + 1] */
    int32_t window_count;
    const SolverWindow **windows; /* those that can bind */
    int64_t last_end_min;
    int32_t burden_count, exact_count;
    int32_t tally_burdens; /* where those of the tallies begin */
    int32_t *exact;        /* burdens that are only as good as equal ones */
} CheckWorker;

/*
 * Lays out the worker's duties; `price` and `is_possible` are for all entries. Its memory is the arena's. NULL, or why
 * it is too large to be checked.
 */
const char *check_worker_init(CheckWorker *worker, const SolverProblem *problem, int32_t index, int32_t first_entry,
                              int32_t entry_end, const int64_t *price, const bool *is_possible, Arena *arena);

/* check_line.c: what the duties of a line are to one another. Part of check_worker_init. */
void check_burdens_init(CheckWorker *worker, Arena *arena);
/* The first of a line, at burdens that are all 0: last NULL. False: the line is illegal, whatever follows. */
bool check_extend(const CheckWorker *worker, const int64_t *burden, const CheckDuty *last, const CheckDuty *duty,
                  int64_t *longer);
/* May the line end here? `minutes` of its slots. */
bool check_finish(const CheckWorker *worker, const int64_t *burden, const CheckDuty *last, int64_t minutes);

#endif
