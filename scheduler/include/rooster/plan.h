/*
 * Planning: a week in, the best legal roster found and a proven bound out.
 */
#ifndef ROOSTER_PLAN_H
#define ROOSTER_PLAN_H

#include "rooster/cost.h"
#include "rooster/solve_record.h"
#include <stdio.h>

G_BEGIN_DECLS

#define PLAN_ERROR (plan_error_quark())
GQuark plan_error_quark(void);
typedef enum PlanError {
    PLAN_ERROR_PINS,   /* pinned or frozen assignments that the law or the demand forbids, or may forbid: unpin first */
    PLAN_ERROR_CHILD,  /* the solving process died or talked nonsense */
    PLAN_ERROR_WRITE,  /* the model could not be written */
    PLAN_ERROR_WEEKS   /* several weeks cannot be planned as one (plan_weeks.h) */
} PlanError;

typedef struct PlanProgress {
    const char *phase;
    gboolean has_bound;
    int64_t cost_cents, bound_cents, work;
    double seconds;
} PlanProgress;

/* Somebody waits for an answer of which a solve is a part. */
typedef struct PlanPatience {
    int64_t asked_us; /* since when, by g_get_monotonic_time */
    double seconds;   /* until the whole answer is to be there; 0: nobody waits */
} PlanPatience;

typedef struct PlanOptions {
    double gap;              /* percent; stop when it is reached; 0: until proven */
    double seconds;          /* wall clock, the emergency brake; 0: none */
    PlanPatience patience;   /* the clock of the solve is what is left of it, less what it takes to tell the answer */
    int64_t work;            /* deterministic limit; 0: none */
    int threads;             /* 0: one per processor */
    uint64_t seed;
    const char *program;     /* solve in a child process of this program (`program solve-worker`); NULL: in this process */
    const Roster *start;     /* a roster to start from, or NULL; its pins stay */
    const SolveRecord *record; /* of an earlier solve of the week, to start from its prices and lines; or NULL */
    gboolean is_unrecorded;  /* nobody will start from this solve or look at its prices: the result has no record */
    void (*meanwhile)(gpointer context); /* what else there is to do while a child searches, done once; may be NULL */
    gpointer meanwhile_context;
    FILE *log;               /* gets the run's events, one JSON object a line (rooster(1), RUN LOG); or NULL */
    gboolean (*progress)(const PlanProgress *progress, gpointer context); /* FALSE: stop; may be NULL */
    gpointer context;
} PlanOptions;

/* One figure of how the optimiser spent its time, for those who measure it. */
typedef struct PlanStatistic {
    const char *name;        /* "labels", "seconds_lp"; static */
    gboolean is_seconds;     /* else a count */
    double seconds;
    int64_t count;
} PlanStatistic;

typedef struct PlanResult {
    Roster *roster;          /* a draft: legal by the checker, pins kept */
    Cost cost;
    int64_t cost_cents, bound_cents;
    gboolean has_bound;      /* FALSE where a limit came before the first bound; then bound_cents is INT64_MIN */
    const char *status;      /* "optimal", "gap", "work", "time", "stopped"; static */
    double seconds;
    int64_t work;
    SolveRecord *record;     /* NULL if is_unrecorded; what to keep of the solve, its time is the caller's to set; what its prices say: worth.h */
    GArray *statistics;      /* of PlanStatistic */
} PlanResult;

/* The roster is judged by the checker before it is returned; one it refuses is a bug, reported as PLAN_ERROR_CHILD. */
PlanResult *plan_week(const Week *week, const PlanOptions *options, GError **error);
void plan_result_free(PlanResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlanResult, plan_result_free)

/* (cost - bound) / max(1 euro, |cost|) in percent. */
double plan_gap_percent(int64_t cost_cents, int64_t bound_cents);

typedef struct PlanModel {
    int64_t columns, rows, elements;
    int relaxed_workers;     /* whose rules on duties are left out, see solver_compact_write */
} PlanModel;

/*
 * Writes the week as one mixed-integer program in free MPS, for other solvers; amounts are cents. The pins of `pins`
 * (or NULL) are required. A column x:WORKER:SHIFT is 1 where the worker takes the shift.
 */
gboolean plan_write_model(const Week *week, const Roster *pins, FILE *stream, PlanModel *about, GError **error);

/* The child's side: a problem on `in`, progress and result on `out`; SIGTERM stops it with the best so far. Exit code. */
int plan_solve_worker(FILE *in, FILE *out);

G_END_DECLS

#endif
