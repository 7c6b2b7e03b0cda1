/*
 * The compact model: the whole problem as one mixed-integer program with a binary per entry, for solvers that know
 * nothing of lines. compact.c says what the model is; compact_duty.c, compact_rest.c, compact_nights.c and
 * compact_days.c hold the line rules; compact_mps.c writes it.
 *
 * A row is built by compact_row and then compact_add, always to the newest row.
 */
#ifndef SOLVER_COMPACT_H
#define SOLVER_COMPACT_H

#include "memory.h"
#include "solver/solver.h"

#include <math.h>

#define COMPACT_UNBOUNDED INFINITY

typedef struct CompactColumn {
    const char *name;
    double cost, lower, upper;
    bool is_integer;
} CompactColumn;

typedef struct CompactRow {
    const char *name;
    char sense; /* 'L', 'G', 'E' */
    double right;
} CompactRow;

typedef struct CompactElement {
    int32_t row, column;
    double value;
} CompactElement;

/* The first columns are the entries, in their order. */
typedef struct CompactModel {
    const SolverProblem *problem;
    const SolverNames *names;
    CompactColumn *columns;
    CompactRow *rows;
    CompactElement *elements;
    int64_t column_count, column_room, row_count, row_room, element_count, element_room;
    double constant, slack;
    int32_t relaxed_workers;
    Arena texts; /* the names */
} CompactModel;

#define COMPACT_PRINTF(text, first) __attribute__((format(printf, text, first)))

int32_t compact_column(CompactModel *model, CompactColumn column, const char *format, ...) COMPACT_PRINTF(3, 4);
/* A binary without cost, and a number in [0, 1]. */
#define COMPACT_BINARY ((CompactColumn){.upper = 1, .is_integer = true})
#define COMPACT_SHARE  ((CompactColumn){.upper = 1})
void compact_row(CompactModel *model, char sense, double right, const char *format, ...) COMPACT_PRINTF(4, 5);
void compact_add(CompactModel *model, int32_t column, double value);
/* The right side of the newest row grows by `value`. */
void compact_add_right(CompactModel *model, double value);
/* The entry is in no legal line. */
void compact_forbid(CompactModel *model, int32_t entry);

/* A name that every reader of MPS takes: of `names`, made plain, or the number alone. */
const char *compact_name(CompactModel *model, const char *const *names, int32_t index, char letter);

/*
 * A duty the worker can have: pieces that are worked in a row with gaps < duty_gap_min. Its figures are constants, so
 * every rule on duties is linear in their binaries. Two duties are in conflict if the later starts before `clear_min`
 * of the earlier; the duties in conflict at one instant are a clique.
 */
typedef struct CompactDuty {
    int64_t start_min, end_min, clear_min; /* clear: end and the rest that must follow, or the gap that parts duties */
    int32_t column;                        /* its binary; COMPACT_ALWAYS: fixed work that nothing joins */
    int32_t week;
    bool is_planned, is_night, is_late;
    int32_t pieces_begin, pieces_end; /* in CompactWorker.pieces_of_duties */
} CompactDuty;

enum { COMPACT_ALWAYS = -1 };

typedef struct CompactPiece {
    const SolverSlot *slot;
    int32_t entry; /* -1: fixed */
} CompactPiece;

/* A day on which the worker can work or does. */
typedef struct CompactDay {
    int32_t day, fixed; /* pieces of fixed work */
    int64_t first_start_min, last_start_min;
    int32_t begin, end; /* entries */
    int32_t column;     /* whether it is worked, where is_column */
    bool is_column;     /* else: always with fixed work, and the sum of the entries without */
} CompactDay;

/* One worker while the rows are made. All arrays live in `arena`. */
typedef struct CompactWorker {
    CompactModel *model;
    const SolverWorker *worker;
    const char *name;
    int32_t begin, end; /* entries */
    CompactPiece *pieces;
    int32_t piece_count;
    CompactDuty *duties; /* in order of (start, end) */
    int32_t duty_count;
    int32_t *pieces_of_duties;
    CompactDay *days; /* in order */
    int32_t day_count;
    Arena *arena;
} CompactWorker;

/* value * (the duty is worked), to the newest row. */
void compact_add_duty(CompactWorker *worker, const CompactDuty *duty, double value);
static inline bool compact_is_conflict(const CompactDuty *earlier, const CompactDuty *later)
{
    return later->start_min < earlier->clear_min;
}
/* The most of the duties [of `is_night_only`] in [from, until] that a line can hold, by their conflicts. */
int32_t compact_most_duties(const CompactWorker *worker, int64_t from_min, int64_t until_min, bool is_night_only);

/* The parts; compact_make_duties is false where the worker has too many duties to list. */
bool compact_make_duties(CompactWorker *worker);
void compact_add_conflicts(CompactWorker *worker);
void compact_add_stretches(CompactWorker *worker);
void compact_add_series(CompactWorker *worker);
void compact_add_night_runs(CompactWorker *worker);
void compact_add_windows(CompactWorker *worker, bool has_duties);
void compact_make_days(CompactWorker *worker);
void compact_add_days(CompactWorker *worker);
void compact_add_day_rules(CompactWorker *worker);
void compact_add_tallies(CompactWorker *worker);
/* value * (the day is worked), to the newest row. */
void compact_add_day(CompactWorker *worker, const CompactDay *day, double value);

/* False on a write fault. */
bool compact_mps_write(const CompactModel *model, FILE *stream);

#endif
