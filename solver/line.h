/*
 * Is this sequence of pieces a legal line of work? The one place in the solver that knows the line rules.
 *
 * An automaton: it reads the pieces of one worker (fixed work and chosen slots) in order of (start, end) and keeps only
 * what a later piece can still make illegal. line_extend says false at the first piece after which no continuation is
 * legal for the reason seen; line_finish judges what only the end decides. A duty is closed (its breaks, its nights)
 * when a piece comes too late to join it, or earlier by line_settle.
 *
 * Rules are judged only where a slot of the horizon takes part. That may become known later than the violation itself
 * (a slot joins a duty that a fixed piece began too early), so violations among fixed work are kept as `pending` flags.
 */
#ifndef SOLVER_LINE_H
#define SOLVER_LINE_H

#include "memory.h"
#include "solver/solver.h"

enum {
    LINE_WORKS = 1 << 0,        /* some piece was read */
    LINE_CLOSED = 1 << 1,       /* the last duty is closed */
    LINE_DUTY_PLANNED = 1 << 2, /* ..._PLANNED: a slot of the horizon takes part */
    LINE_DUTY_PENDING = 1 << 3, /* a rest before this duty is too short, so far among fixed work only */
    LINE_STRETCH_PLANNED = 1 << 4,
    LINE_STRETCH_NIGHT = 1 << 5, /* a closed duty of the stretch is a night duty */
    LINE_RUN_PLANNED = 1 << 6,   /* in the run of nights before the current duty */
    LINE_DAY_PLANNED = 1 << 7,
    LINE_DAYS_PLANNED = 1 << 8, /* in the row of days */
    LINE_DAYS_PENDING = 1 << 9, /* too few days off before this day, so far among fixed work only */
    LINE_WEEKEND_PLANNED = 1 << 10,
    LINE_PLANNED = 1 << 11,  /* the line has a slot at all */
    LINE_DAY_OPEN = 1 << 12, /* ..._OPEN: a slot takes part that has not begun */
    LINE_DAYS_OPEN = 1 << 13,
    LINE_BAD = LINE_DUTY_PLANNED | LINE_DUTY_PENDING | LINE_STRETCH_PLANNED | LINE_STRETCH_NIGHT | LINE_RUN_PLANNED |
               LINE_DAY_PLANNED | LINE_DAYS_PLANNED | LINE_DAYS_PENDING | LINE_WEEKEND_PLANNED | LINE_DAY_OPEN |
               LINE_DAYS_OPEN
    /* a state with fewer of these is never worse */
};

/* What the line has in one window. */
typedef struct LineCount {
    int64_t minutes;
    int32_t nights, late;
    bool has_slot, has_late_planned;
} LineCount;

/* What the line has of one tally. */
typedef struct LineTally {
    int32_t count;
    int32_t counted; /* by periods: the last one counted, plus 1 */
} LineTally;

typedef struct LineState {
    uint32_t flags;
    int32_t day, day_run, day_slots, weekends;
    int64_t weekend;                        /* its first day; the last one counted */
    uint64_t types_today, types_before;     /* of the pieces on `day` and the day before, as bits */
    uint64_t planned_today, planned_before; /* of the slots among them */
    int64_t duty_start, duty_end, piece_end,
        planned_end;    /* piece_end: of the last piece, planned_end: latest of the slots */
    int64_t late_after; /* of the duty's first piece with night minutes */
    int64_t duty_work, duty_break, duty_night, duty_curfew;
    int32_t duty_week, duty_limits;
    int64_t rest_before; /* between the duty before and this one */
    int64_t rest_need;   /* once closed: before the next duty */
    int64_t stretch_start;
    int32_t stretch_duties;
    int32_t run;            /* nights in a row: before the current duty; once closed, with it */
    int64_t minutes;        /* of the slots */
    int64_t period_minutes; /* of the slots in `period`, that of the last one */
    int32_t slots, period;
    /* followed in memory by LineCount[model->window_count], int32_t[model->type_count], LineTally[model->tally_count]
     */
} LineState;

/* One worker's rules, and which windows and types have to be watched. */
typedef struct LineModel {
    const SolverLineRules *rules;
    const SolverWorker *worker;
    int32_t window_count;
    const SolverWindow *windows; /* the watched ones */
    int32_t type_count;
    const int32_t *types; /* the watched types, whose number is limited */
    bool has_types;       /* forbidden successions are given */
    int32_t tally_count;
    const SolverTally *tallies; /* the watched ones */
    int32_t days_on_most;
    int64_t *minutes_most; /* by period */
    size_t state_size;
} LineModel;

/* Watches everything. The arrays it needs come from the arena. */
void line_model_init(LineModel *model, const SolverProblem *problem, int32_t worker, Arena *arena);

/* The size of a state, once it is settled what is watched. */
void line_model_measure(LineModel *model);

/* Before the first piece. */
void line_begin(const LineModel *model, LineState *state);
/* Reads the next piece. False: illegal, and the state is spoilt. */
bool line_extend(const LineModel *model, LineState *state, const SolverSlot *piece, bool is_fixed);
/* No later piece starts before `next_start_min`: closes the duty if that is too late to join it. */
bool line_settle(const LineModel *model, LineState *state, int64_t next_start_min);
/* After the last piece; spoils the state. */
bool line_finish(const LineModel *model, LineState *state);

static inline LineCount *line_counts(const LineState *state)
{
    return (LineCount *)(void *)(state + 1);
}

static inline int32_t *line_type_counts(const LineModel *model, const LineState *state)
{
    return (int32_t *)(void *)(line_counts(state) + model->window_count);
}

static inline LineTally *line_tallies(const LineModel *model, const LineState *state)
{
    return (LineTally *)(void *)(line_type_counts(model, state) + model->type_count);
}

static inline bool line_is_tallied(const SolverTally *tally, const SolverSlot *slot)
{
    return (slot->marks >> tally->mark & 1) && tally->first_period <= slot->period &&
           slot->period <= tally->last_period;
}

/* A night duty, from what is known of the duty so far. */
static inline bool line_is_night(const LineModel *model, const LineState *state)
{
    return state->duty_night > model->rules->night_over_min;
}

/* The order in which pieces are read: by start, then end. */
bool line_order(const SolverSlot *left, const SolverSlot *right);

#endif
