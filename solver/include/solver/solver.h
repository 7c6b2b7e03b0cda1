/*
 * The optimiser: a problem in, lines of work and a bound out.
 *
 * It knows no names, files, time zones or laws; the caller translates those into slots, numbers and rows. It stands on
 * libc, threads and GLPK alone, so that it can be lifted out of this project.
 *
 *   Sets       workers w; slots s; entries e = (w, s): the slots a worker may take;
 *              lines l: legal sets of entries of one worker (one whole horizon of work); rows r.
 *   Variables  x_l in {0, 1}, exactly one line a worker;
 *              row activity a_r = sum over the chosen entries of coefficient[r, e].
 *   Minimise   sum of entry costs + sum of hours charges(minutes of each worker's line in each period)
 *              + sum over rows of charges on wanted_r - a_r, below and above
 *   Subject to a_r <= most_r for every row; every line obeys the worker's line rules; required entries are taken.
 *
 * Everything that binds one worker lives inside the line, so the LP over lines gives a strong bound (Dantzig-Wolfe).
 * Optimality, running out of work, being stopped are answers (SolverStatus); only a malformed problem is an error.
 *
 * Units: instants and lengths are whole minutes (`_min`); money is whole cents (`_cents`); a `day` and a `week` are
 * running numbers (any origin) that the caller derives from its own calendar; days and periods do not fall as starts
 * rise.
 * Ownership: the caller owns every array of a problem and keeps it alive and unchanged during a call.
 */
#ifndef SOLVER_SOLVER_H
#define SOLVER_SOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define SOLVER_NEVER INT64_MAX

/* A piece of work: a slot that may be given out, or work that is fixed before or after the horizon. */
typedef struct SolverSlot {
    int64_t start_min, end_min; /* half open, start < end */
    int32_t work_min;           /* end - start - break: what counts as work and is paid */
    int32_t break_min;
    int32_t day;            /* the day it starts on */
    int32_t week;           /* the week its minutes and nights count in */
    int32_t night_min;      /* minutes of presence inside the night; a duty's pieces add up */
    int64_t late_after_min; /* a night duty ends late if it ends after this; of the duty's first piece with night_min >
                               0; SOLVER_NEVER without night */
    int32_t curfew_min;     /* minutes of presence in hours that SolverDutyLimits may close; a duty's pieces add up */
    int32_t type;           /* for day rules; 0 if unused */
    int32_t period;         /* the period its minutes are charged in, from 0; of fixed work: without meaning */
    uint32_t marks;         /* what tallies count it as, a bit each; of fixed work: without meaning */
} SolverSlot;

/* `need_min` break minutes are owed by a duty of more than `over_work_min` minutes of work. */
typedef struct SolverBreakTier {
    int32_t over_work_min, need_min;
} SolverBreakTier;

/* Limits of one duty; which set holds is decided by the day on which the duty starts (SolverWorker). */
typedef struct SolverDutyLimits {
    int32_t work_most_min, span_most_min; /* of work; from first start to last end */
    int32_t rest_least_min;               /* between this duty and the next */
    int32_t curfew_most_min;              /* of curfew minutes; INT32_MAX: no limit */
    SolverBreakTier breaks[3];            /* unused tiers: over_work_min = INT32_MAX */
} SolverDutyLimits;

/*
 * Numbers shared by all workers. Pieces with a gap < duty_gap_min are one duty; the gap is not work, and counts as
 * break when it is >= break_gap_min. A stretch (series) is a run of duties with rests < stretch_rest_min. A night duty
 * has night_min > night_over_min; a run of nights is night duties with rests < stretch_rest_min between. A rule is
 * judged only where a piece of the horizon (not only fixed work) takes part: in the duty; on either side of the rest;
 * in the stretch, series, run (the duty after it included), row of days, or window.
 */
typedef struct SolverLineRules {
    int32_t duty_gap_min, break_gap_min;
    int32_t stretch_rest_min, stretch_span_most_min; /* first start to last end of a stretch */
    int32_t night_over_min, night_work_most_min, late_night_rest_least_min;
    int32_t night_run_long, night_run_rest_least_min; /* after a run of >= night_run_long nights: next is a night before
                                                         stretch_rest_min, or rests this much */
    int32_t series_duties_most;                       /* duties in a stretch that holds a night duty */
    int32_t days_in_row_most, slots_a_day_most;
} SolverLineRules;

/*
 * A window of consecutive weeks [first_week, last_week] for one worker. All fixed minutes are already deducted from the
 * minutes; night counts hold every fixed duty except those made of the pieces in `fixed` (the solver counts these
 * itself, because horizon work can join them). Judged when the line has a slot in a week of the window.
 *   minutes of the line in the window <= minutes_left;
 *   late night duties <= late_nights_left, if one of them holds horizon work (a duty counts in the week it starts);
 *   if night duties >= nights_until_many, minutes of the line in the window <= many_nights_minutes_left.
 */
typedef struct SolverWindow {
    int32_t first_week, last_week;
    int64_t minutes_left, many_nights_minutes_left;
    int32_t late_nights_left, nights_until_many; /* INT32_MAX: no limit */
} SolverWindow;

/*
 * charge(x) for x >= 0 units: half_up(sum over pieces of rate[i] * (units of x beyond from[i], up to from[i + 1]) /
 * denominator) in cents. Rates rise (convex), are >= 0, from[0] = 0, from[] rises. An empty curve charges nothing.
 */
typedef struct SolverCurve {
    int32_t pieces;
    int64_t from[3], rate[3];
    int64_t denominator;
} SolverCurve;

/*
 * Longer horizons (NULL: off). Days before and after the horizon count as satisfying the least runs. A row of days on
 * is judged for the least if it holds an open slot, days off if the day before or after them does; types are counted
 * among the slots of the line.
 */
typedef struct SolverDayRules {
    int32_t first_day, days; /* the horizon in days */
    int64_t open_from_min;   /* slots that start earlier have begun: by themselves they make no least run judged */
    int32_t days_on_least, days_off_least; /* 0: off */
    int32_t days_on_most;                  /* besides days_in_row_most of the line rules; INT32_MAX: off */
    int32_t weekends_most; /* INT32_MAX: off; a weekend = days d, d + 1 with (d - first_weekend_day) % 7 == 0 */
    int32_t first_weekend_day;
    int32_t minutes_least;    /* hard: the line must reach it, so the empty line is then illegal; 0: off */
    int32_t types;            /* number of slot types, at most 64 */
    const int32_t *type_most; /* [types], INT32_MAX: off; NULL: off */
    const uint8_t
        *type_forbidden_next; /* [types * types] 1 = the second may not start on the day after the first; NULL: off */
} SolverDayRules;

/*
 * A limit over several periods: among the slots of the line in periods [first_period, last_period] that have the mark,
 * at most `most` slots, or (is_by_period) slots in at most `most` different periods. What fixed work has of it is
 * already deducted; less than 1: none may be taken.
 */
typedef struct SolverTally {
    int32_t mark; /* 0 to 31: bit 1 << mark of a slot's marks */
    bool is_by_period;
    int32_t first_period, last_period;
    int32_t most;
} SolverTally;

/* What a worker's minutes of work in one period of the horizon are charged; hours of a contract are by week. */
typedef struct SolverPeriod {
    int64_t minutes_most;   /* of the line in the period, a hard limit */
    int64_t minutes_wanted; /* charge `below` on max(0, wanted - minutes * unit_per_min) units, `above`
                               likewise; wanted is in units */
    SolverCurve below, above;
} SolverPeriod;

typedef struct SolverWorker {
    const SolverSlot *fixed; /* work around the horizon, sorted by start, in no slot's way or overlapping it (then the
                                slot is illegal) */
    int32_t fixed_count;
    const SolverWindow *windows;
    int32_t window_count;
    SolverDutyLimits limits[2]; /* [0] for duties starting on a day < limits_change_day, [1] from that day on */
    int32_t limits_change_day;
    int64_t minutes_most;                 /* these and `below`, `above`: of period 0, as in SolverPeriod */
    int64_t minutes_wanted, unit_per_min; /* unit_per_min: of every period */
    SolverCurve below, above;
    const SolverPeriod *later; /* periods 1, 2, ... */
    int32_t later_count;
    const SolverTally *tallies;
    int32_t tally_count;
    const SolverDayRules *day_rules; /* NULL: none */
} SolverWorker;

/* May worker take slot, and what it costs apart from everything counted elsewhere. */
typedef struct SolverEntry {
    int32_t worker, slot;
    int64_t cost_cents; /* may be negative */
    bool is_required;   /* pinned or frozen: in every line of the worker */
} SolverEntry;

typedef struct SolverRow {
    int64_t most;   /* the activity may not exceed it; SOLVER_NEVER: no limit */
    int64_t wanted; /* below is charged on max(0, wanted - activity) units, above on max(0, activity - wanted) */
    SolverCurve below, above;
} SolverRow;

typedef struct SolverProblem {
    SolverLineRules rules;
    int32_t worker_count, slot_count, entry_count, row_count;
    const SolverWorker *workers;
    const SolverSlot *slots;
    const SolverEntry *entries; /* sorted by worker, then by the slot's (start, end, index); no pair twice */
    const SolverRow *rows;
    const int64_t *entry_row_begin; /* [entry_count + 1] into the two arrays below */
    const int32_t *entry_row;
    const int64_t *entry_coefficient;
} SolverProblem;

typedef enum SolverStatus {
    SOLVER_OPTIMAL,    /* cost - bound is within the rounding of the charges */
    SOLVER_GAP,        /* the wanted gap was reached */
    SOLVER_WORK,       /* the work limit ended it, or the search gave up without a limit */
    SOLVER_TIME,       /* the emergency clock ended it */
    SOLVER_STOPPED,    /* progress() said stop */
    SOLVER_INFEASIBLE, /* proven: required entries contradict the rules or the rows, see infeasible_worker, _row */
    SOLVER_UNDECIDED   /* it ended before a legal roster was found or ruled out: infeasible_worker has no line yet, or
                          infeasible_row is broken; `chosen` is not a roster */
} SolverStatus;

typedef struct SolverProgress {
    const char *phase;               /* static text: "prices", "dive", "search", "proof" */
    int64_t cost_cents, bound_cents; /* the best so far; bound INT64_MIN before the first */
    int64_t work;
    double seconds;
} SolverProgress;

/*
 * The course of a solve, event by event, from SOLVER_EVENT_BEGIN to SOLVER_EVENT_END, however it ends. Costs fall from
 * roster to roster, bounds rise. All but `seconds` is the same for any number of threads.
 */
typedef enum SolverEventKind {
    SOLVER_EVENT_BEGIN,         /* workers, slots, entries, rows of the problem */
    SOLVER_EVENT_PHASE,         /* another phase begins */
    SOLVER_EVENT_BOUND,         /* a better bound */
    SOLVER_EVENT_ROSTER,        /* a better roster */
    SOLVER_EVENT_ROUND,         /* so many workers were priced, so many lines found */
    SOLVER_EVENT_LP,            /* the LP of so many lines was solved: value */
    SOLVER_EVENT_NEIGHBOURHOOD, /* so many workers were planned anew: value cents saved */
    SOLVER_EVENT_END            /* status */
} SolverEventKind;

typedef struct SolverEvent {
    SolverEventKind kind;
    SolverStatus status;
    const char *phase; /* static text: "start", "prices", "dive", "search", "proof" */
    double seconds;
    int64_t work, labels, columns, pivots; /* so far */
    int64_t cost_cents, bound_cents;       /* the best so far; INT64_MAX, INT64_MIN before the first */
    int32_t workers, slots, entries, rows;
    int64_t lines;
    double value; /* cents */
} SolverEvent;

/*
 * Lines of work: line i is entry[begin[i]] .. entry[begin[i + 1] - 1], rising and all of one worker. begin[0] is 0,
 * begin[] does not fall; both arrays may be NULL where count is 0.
 */
typedef struct SolverLines {
    int32_t count;
    int64_t *begin; /* [count + 1] */
    int32_t *entry;
} SolverLines;

/*
 * Where to start from: what an earlier solve left of this problem or of one like it. It changes how soon a good roster
 * and bound are found, never whether they are true; whatever is missing, out of range, not finite or no longer legal is
 * dropped.
 */
typedef struct SolverStart {
    const int32_t *chosen; /* entries of a roster, any order; may be NULL */
    int32_t chosen_count;
    const double *row_price; /* [row_count], as in SolverResult; NULL: none */
    int32_t row_count;       /* rows beyond it start at 0 */
    SolverLines lines;
} SolverStart;

typedef struct SolverOptions {
    double gap; /* stop at (cost - bound) / max(100, |cost + beside|) <= gap, a fraction; 0: until proven or out of work
                 */
    int64_t beside_cents; /* what the problem's cost leaves out and the caller adds */
    int64_t work_most;    /* deterministic limit (label extensions and simplex pivots); 0: none */
    double seconds_most;  /* wall clock, the emergency brake; 0: none */
    int32_t threads;      /* >= 1; the answer does not depend on it */
    uint64_t seed;
    const SolverStart *start; /* what an earlier solve left; NULL: nothing */
    bool (*progress)(const SolverProgress *progress,
                     void *context); /* false: stop; may be NULL; called from the calling thread */
    void (*event)(const SolverEvent *event, void *context); /* may be NULL; called from the calling thread */
    void *context;                                          /* of both */
} SolverOptions;

/*
 * What proves a bound: a price for every row, from which anyone can count it again. A price is a whole multiple of
 * 2^-bits cents. Two limited rows make a third that every roster keeps too, half their sum rounded down (a.x <= m and
 * b.x <= n give floor((a + b) / 2).x <= floor((m + n) / 2)); a pair is such a row.
 */
typedef struct SolverPair {
    int32_t first, second; /* rows */
    int64_t price;
} SolverPair;

typedef struct SolverCertificate {
    int32_t bits, row_count, pair_count;
    int64_t *row_price; /* [row_count] as in SolverResult */
    SolverPair *pairs;
    int64_t bound_cents; /* what the solve says these prices prove; INT64_MIN: it has proven nothing */
} SolverCertificate;

typedef struct SolverStatistics {
    int64_t work, labels, pivots, columns, rounds;
    double seconds_pricing, seconds_bundle, seconds_lp, seconds_total;         /* the bundle's without its pricing */
    int64_t bytes_problem, bytes_model, bytes_pricing, bytes_bundle, bytes_lp; /* the most that each held at a time; the
                                                                                  pricing's of all threads */
} SolverStatistics;

typedef struct SolverResult {
    SolverStatus status;
    int32_t *chosen; /* entry indices, rising; [chosen_count] */
    int32_t chosen_count;
    int64_t cost_cents;  /* exact, rounded like the charges */
    int64_t bound_cents; /* no roster costs less; above certificate.bound_cents where all lines that a cheaper roster
                            could hold were listed and none was found */
    SolverCertificate certificate;
    double *row_price; /* [row_count] cents a unit of activity would save (>= 0), or what a hard row costs (<= 0); what
                          single entries and lines are worth at them a SolverPricer tells */
    SolverLines lines; /* worth starting from another time: the roster's and others that cost little at these prices,
                          a dozen a worker at most */
    int32_t infeasible_worker, infeasible_row; /* of SOLVER_INFEASIBLE, SOLVER_UNDECIDED; -1: not this one */
    SolverStatistics statistics;
} SolverResult;

/* NULL if the problem is well formed, else a static sentence naming the first fault (its index in *index). Cheap;
 * solver_solve calls it. */
const char *solver_problem_fault(const SolverProblem *problem, int64_t *index);

/* Solves. NULL on a malformed problem only. The caller frees the result. */
SolverResult *solver_solve(const SolverProblem *problem, const SolverOptions *options);
void solver_result_free(SolverResult *result);

/*
 * The bound that a certificate proves, counted in whole numbers by code that shares nothing with the solve: it lists
 * each worker's duties, reads the line rules for itself and finds the least line by its own search. A certificate may
 * hold any numbers: at worst it proves little.
 */
typedef struct SolverCheckOptions {
    int32_t threads;    /* >= 1; the answer does not depend on it */
    int64_t steps_most; /* for each worker; where it does not suffice the bound is lower, but true; 0: 2 million */
} SolverCheckOptions;

typedef struct SolverCheck {
    int64_t bound_cents; /* proven: no roster costs less; INT64_MIN if not certain */
    const char *fault;   /* static: why it proves nothing, or NULL */
    int32_t cut_short;   /* workers for whom the steps did not suffice */
    int64_t steps;
} SolverCheck;

/* False: it proves nothing, see fault. */
bool solver_certificate_check(const SolverProblem *problem, const SolverCertificate *certificate,
                              const SolverCheckOptions *options, SolverCheck *check);

/* True if these entries (all of one worker, any order) are a legal line. The search and the pricing use the same code.
 */
bool solver_line_is_legal(const SolverProblem *problem, int32_t worker, const int32_t *entries, int32_t count);

/* Cost in cents of the chosen entries (any order), whether legal or not. */
int64_t solver_cost(const SolverProblem *problem, const int32_t *chosen, int32_t count);

/*
 * The wire between a process that wants a solve and the child that does it: native-endian binary, a magic, a version
 * and lengths first. Reading checks everything, so a broken or hostile stream is refused, never trusted. Write: false
 * on a write fault. Read: NULL on a fault, with a static sentence in *fault. A read problem is freed as a whole.
 */
bool solver_problem_write(const SolverProblem *problem, FILE *stream);
SolverProblem *solver_problem_read(FILE *stream, const char **fault);
void solver_problem_free(SolverProblem *problem);
/* A start is advice: what it says is not judged here, only that the lengths agree. */
bool solver_start_write(const SolverStart *start, FILE *stream);
SolverStart *solver_start_read(FILE *stream, const char **fault);
void solver_start_free(SolverStart *start); /* one that was read */
bool solver_result_write(const SolverResult *result, const SolverProblem *problem, FILE *stream);
SolverResult *solver_result_read(FILE *stream, const SolverProblem *problem, const char **fault);

/*
 * Single lines at given row prices: what a solve's prices say of one worker, without solving again. A line's price is
 * its entries' costs and the charge on its hours less what it brings at the row prices; hours are charged by the
 * lower function of the LP, at most a cent a period below the truth.
 *
 * For any row prices p, solver_pricer_rows + sum over workers of the least line price <= the cost of every roster.
 * Prices are taken as what one more unit is worth: a row whose entries together cannot reach what is wanted has at
 * least the price of the next unit (an LP may leave it lower, as nobody is there to be paid); this never makes the sum
 * smaller. One pricer a thread; it keeps no reference to `row_price`.
 */
typedef struct SolverPricer SolverPricer;

typedef struct SolverLineQuery {
    int32_t worker;
    const bool *is_closed; /* [entry_count] entries that are not to be taken, required ones too; NULL: none */
    int32_t with;          /* an entry of the worker that every line must hold; -1: none */
    int32_t lines_most;    /* >= 1; for one line the answer comes much sooner than for two */
    int64_t labels_most;   /* gives up after that much work */
} SolverLineQuery;

typedef struct SolverPricedLine {
    double price_cents;
    int64_t minutes;
    int32_t count;
    const int32_t *entries; /* rising */
} SolverPricedLine;

typedef struct SolverLineAnswer {
    bool is_complete;   /* these are the cheapest lines there are, in order; false: the work was not enough */
    double least_cents; /* no line is cheaper, in any case; INFINITY: there is none */
    int32_t line_count;
    const SolverPricedLine *lines; /* cheapest first, no two with the same entries; until the next answer */
    int64_t labels;                /* the work it took */
} SolverLineAnswer;

/* The problem must be well formed, live as long and stay unchanged. */
SolverPricer *solver_pricer_new(const SolverProblem *problem, const double *row_price);
void solver_pricer_free(SolverPricer *pricer);
/* [row_count] the prices in use. */
const double *solver_pricer_prices(const SolverPricer *pricer);
/* What taking the entry costs at these prices, hours apart. */
double solver_pricer_entry(const SolverPricer *pricer, int32_t entry);
/* The rows' part of the bound. */
double solver_pricer_rows(const SolverPricer *pricer);
SolverLineAnswer solver_pricer_ask(SolverPricer *pricer, const SolverLineQuery *query);
/* The price of these entries (all of the worker, any order), as it stands in an answer. */
double solver_pricer_line(SolverPricer *pricer, int32_t worker, const int32_t *entries, int32_t count);

/* What to call things where people read them. Each array, and the whole, may be NULL: then numbers. */
typedef struct SolverNames {
    const char *const *workers, *const *slots, *const *rows; /* row names differ from each other */
} SolverNames;

/* What solver_compact_write wrote. */
typedef struct SolverCompact {
    int64_t columns, rows, elements;
    int32_t relaxed_workers; /* with too many ways to join slots to duties: their rules on duties are left out */
    double slack_cents; /* a roster costs at most this much more than in the model, where charges are not rounded */
} SolverCompact;

/*
 * Writes the problem as one compact mixed-integer program in free MPS, with a binary x:WORKER:SLOT per entry, for
 * solvers that know nothing of lines (GLPK, CBC, HiGHS). Every rule is in it; no legal roster costs more there than it
 * does, so a bound of it is a bound, and where no worker is relaxed its rosters are legal. `constant_cents` is added to
 * the objective. False on a write fault or a malformed problem. `about` may be NULL.
 */
bool solver_compact_write(const SolverProblem *problem, const SolverNames *names, int64_t constant_cents, FILE *stream,
                          SolverCompact *about);

#endif
