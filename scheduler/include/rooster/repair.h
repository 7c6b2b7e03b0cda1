/*
 * Repair: what becomes of a published week after something happened to it - who fills the gap, what that costs against
 * doing nothing, what it displaces, and where nothing can be done, why and when it could.
 *
 * "Doing nothing" is the published roster without what cannot stay: the people who are away, those beyond a smaller
 * headcount, whoever the law or a rule no longer allows where they were. The answer changes it as little as the prices `change`
 * and `late_change` say, never touches what is pinned or has begun, and is judged by the checker.
 */
#ifndef ROOSTER_REPAIR_H
#define ROOSTER_REPAIR_H

#include "rooster/explain.h"
#include "rooster/plan.h"
#include "rooster/store.h"

G_BEGIN_DECLS

typedef struct RepairQuestion {
    const Pool *pool;           /* with what happened in it (disturb.h) */
    const GPtrArray *published; /* of Roster, on this pool; that of the week among them */
    IsoWeek week;
    int64_t now_min;
    const GArray *shifts;      /* of guint: the shifts of the week that are asked about */
    const Roster *pins;        /* assignments that must be in the answer, all of them pinned; or NULL */
    const GArray *wanted;      /* of RosterChange against doing nothing: the answer, if that is lawful; or NULL */
} RepairQuestion;

/*
 * How far the global repair goes. It starts from the quick answer (the cheapest step, else two, for each person missing) and is
 * taken where it is cheaper. With neither `seconds` nor `work` the quick answer stands. Only `work` gives the same answer on every
 * machine.
 */
typedef struct RepairOptions {
    double seconds;            /* of the wall clock, for the global repair alone; 0: none */
    PlanPatience patience;     /* as PlanOptions */
    int64_t work;              /* 0: none */
    int threads;               /* 0: one per processor */
    const char *program;       /* as PlanOptions */
    const SolveRecord *record; /* of the published roster's plan; or NULL */
    gboolean is_unrecorded;    /* as PlanOptions: the answer is told or waits, but is not stored as a roster */
    gboolean (*progress)(const PlanProgress *progress, gpointer context); /* may be NULL */
    gpointer context;
} RepairOptions;

typedef enum RepairOutcome {
    REPAIR_FILLED, /* nobody is missing on the shifts that are asked about */
    REPAIR_PARTLY, /* fewer than in doing nothing */
    REPAIR_NOT     /* as many */
} RepairOutcome;

/* What a rule keeps from a shift that stays short, in the repaired roster. */
typedef struct RepairReason {
    const char *rule, *article; /* static */
    guint workers;              /* whom it keeps off */
    guint alone;                /* those whom no other rule keeps off */
    guint example;              /* one of them */
    char *text;                 /* the figures for that one */
} RepairReason;

typedef struct RepairShift {
    guint shift;
    guint before, cover; /* people in doing nothing; in the answer */
    GPtrArray *reasons;  /* of RepairReason, in the order of the rules; empty where nobody is missing */
    guint able;          /* could take it, but cost more than they save */
    /* The nearest other start, in steps of half an hour within the week, at which somebody could take a shift of this length. */
    gboolean has_nearest;
    int64_t nearest_start_min, nearest_end_min;
    guint nearest_workers; /* who could */
} RepairShift;

typedef enum RepairCause {
    REPAIR_ASKED,    /* on a shift that is asked about */
    REPAIR_FORCED,   /* could not stay: in doing nothing, too */
    REPAIR_ELSEWHERE /* on another shift: to make room, or as it pays beside it */
} RepairCause;

/* A difference between the published roster and the answer. */
typedef struct RepairChange {
    guint shift, worker;
    gboolean is_added; /* else dropped */
    RepairCause cause;
    gboolean is_late;  /* within the law's notice (BW 7:628a): who is added may refuse, who is dropped is paid */
} RepairChange;

/* A shift on which people are added within the notice: they must agree, so others may have to be asked, too. */
typedef struct RepairConsent {
    guint shift;
    guint places;       /* people added so */
    GPtrArray *workers; /* of RepairCandidate: first those of the answer, then others who could, by price */
} RepairConsent;

typedef struct RepairCandidate {
    guint worker;
    gboolean is_chosen;  /* by the answer */
    int64_t price_cents; /* of taking it in doing nothing; for one who first leaves another shift: of the whole answer */
} RepairCandidate;

typedef struct RepairAnswer {
    RepairOutcome outcome;
    Roster *roster;      /* a draft of the week */
    Roster *standing;    /* doing nothing */
    Cost nothing;        /* of doing nothing, by term */
    Cost price;          /* by term: the answer less doing nothing */
    int64_t price_cents;
    int64_t cost_cents;  /* of the week with the answer, its changes charged */
    gboolean has_bound;
    int64_t bound_cents; /* no repair of the week costs less */
    const char *status;  /* of the global repair, as PlanResult; "quick" where there was none; static */
    double seconds;      /* of all */
    GArray *changes;     /* of RepairChange, by worker, then start */
    GPtrArray *shifts;   /* of RepairShift, as asked */
    GPtrArray *consents; /* of RepairConsent, by shift */
    SolveRecord *record; /* of the global repair, if the answer is its roster; else NULL */
    char *trouble;       /* why the global repair failed, for a log; NULL if it did not */
} RepairAnswer;

/* NULL with PLAN_ERROR where there is no lawful answer: what is pinned or begun cannot stay. Caller frees. */
RepairAnswer *repair_week(const RepairQuestion *question, const RepairOptions *options, GError **error);
void repair_answer_free(RepairAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RepairAnswer, repair_answer_free)

/* "filled", "partly", "not"; "asked", "forced", "elsewhere"; static. */
const char *repair_outcome_name(RepairOutcome outcome);
const char *repair_cause_name(RepairCause cause);

/* What goes into the store with the answer's roster. */
PlanFigures repair_figures(const RepairAnswer *answer);

G_END_DECLS

#endif
