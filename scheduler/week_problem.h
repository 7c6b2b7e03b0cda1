/*
 * The translation of a week, or of several weeks in a row, into the problem that the optimiser sees, and of its answer
 * back (private to scheduler).
 *
 *   slot   one shift of the week
 *   entry  a worker who may take a shift: certificates held, available, not `never`, within reach, old enough, not
 *          frozen out; in a week alone with Sundays and weekends left
 *   row    headcount of a shift; team certificate of a shift; learners beside holders of a shift's certificate;
 * fairness of a coop period an ISO week: the hours of a contract fixed  the worker's work around the week, as far as a
 * rest, a duty, a stretch or a row of days can reach
 *
 * The cost of a roster is the solver's cost plus `constant_cents` (published assignments that are dropped).
 */
#ifndef ROOSTER_WEEK_PROBLEM_H
#define ROOSTER_WEEK_PROBLEM_H

#include "rooster/week.h"

#include "solver/solver.h"

/* What a row of the problem is about. */
typedef struct RowMeaning {
    enum { ROW_HEADCOUNT, ROW_TEAM, ROW_LEARNERS, ROW_FAIRNESS } kind;
    guint shift; /* PIECE_NO_SHIFT for a coop's fairness */
    guint coop;
    int place;               /* fairness: which of the weeks */
    double unit_min;         /* fairness: minutes of a unit */
    const char *certificate; /* of a team or of learners; else NULL */
} RowMeaning;

typedef struct WeekProblem {
    SolverProblem problem;
    const Week *week;    /* or the span */
    GPtrArray *weeks;    /* of const Week *: each week alone, for what it costs, what of it is published and pinned */
    guint *slot_shift;   /* [slots] the pool's shift */
    RowMeaning *meaning; /* [rows] */
    int64_t constant_cents;
    GArray *forbidden; /* of guint: workers with required work that they may not take at all */
    GArray *start;     /* of gint32: entries of the roster to start from */
    GPtrArray *memory; /* what the problem's arrays live in */
} WeekProblem;

/* start: a roster to start from, whose pins are required, or NULL. The week and the pool must outlive the result. */
WeekProblem *week_problem_new(const Week *week, const Roster *start);
/*
 * span: of week_new_span; weeks: of const Week *, each of the span's weeks by itself, with what is really published
 * around it; starts: of Roster * or NULL, one a week.
 */
WeekProblem *week_problem_new_span(const Week *span, const GPtrArray *weeks, const GPtrArray *starts);
void week_problem_free(WeekProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WeekProblem, week_problem_free)

/* The draft of a week that the chosen entries are, with the pins of the required ones that were pinned. */
Roster *week_problem_roster(const WeekProblem *problem, int week, const int32_t *chosen, int32_t count,
                            const Roster *start);
/* Which of the weeks a shift is in. */
int week_problem_place(const WeekProblem *problem, guint shift);
const Week *week_problem_week(const WeekProblem *problem, guint shift);

/*
 * The parts, in the order they are made; each stands in the file of its name. `keep` gives memory to the problem,
 * `keep_data` an array's data (the array itself is gone).
 */
gpointer week_problem_keep(WeekProblem *problem, gpointer memory);
gpointer week_problem_keep_data(WeekProblem *problem, GArray *array);
SolverSlot week_problem_slot(const Week *week, const Piece *piece);
/* The piece's ShiftKind, the type of its slot. */
int32_t week_problem_kind(const Week *week, const Piece *piece);
/* The most days in a row of the worker; of the line inside, NULL if nothing limits it. */
int week_problem_days_most(const Week *week, guint worker);
const SolverDayRules *week_problem_day_rules(WeekProblem *problem, guint worker);
/* What is limited in some weeks in a row, as marks of slots: the ShiftKinds and these. */
enum { MARK_WEEKEND = SHIFT_KINDS, MARK_SUNDAY, MARKS };
uint32_t week_problem_marks(const Week *week, const Piece *piece, int32_t kind);
/* Of a week alone: the shifts of the kind it may still have, INT32_MAX without limit; whether a weekend or Sunday. */
int32_t week_problem_kind_left(const Week *week, guint worker, ShiftKind kind);
gboolean week_problem_has_left(const Week *week, guint worker, int mark);
/* Of several weeks: the worker's tallies. */
void week_problem_add_tallies(WeekProblem *problem, guint index, SolverWorker *worker);
void week_problem_add_workers(WeekProblem *problem);
void week_problem_add_entries(WeekProblem *problem, const GPtrArray *starts);
void week_problem_add_rows(WeekProblem *problem);

#endif
