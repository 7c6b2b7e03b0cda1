/*
 * What the shadow prices of a plan say of a week: of its shifts, of an hour with a certificate, of a worker's week, of
 * training and contracts.
 *
 * A shadow price is the dual of the LP over lines of work: what the cost of the week would fall by if a shift had one
 * more person. At these prices a worker's week brings what its shifts are worth and costs its own wishes, ways and
 * hours; the best week of a worker is found exactly, nothing is solved again. All of it holds at the margin: for one
 * more person, one more hour, one certificate; not for many at once. Amounts are cents as `double`: prices have no
 * whole cents.
 */
#ifndef ROOSTER_WORTH_H
#define ROOSTER_WORTH_H

#include "rooster/solve_record.h"
#include "rooster/week.h"

G_BEGIN_DECLS

/* A week at its prices. */
typedef struct Worth Worth;

/* roster: whose pins are kept, and whose weeks are explained. Week, pool and roster must outlive the result. */
Worth *worth_new(const Week *week, const Roster *roster, const SolveRecord *record);
/* FALSE: the week, its pins or (in a repair) the hour is not what it was when the prices were found. */
gboolean worth_is_current(const Worth *worth);
void worth_free(Worth *worth);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Worth, worth_free)

/* No roster of the week costs less, whatever the prices are. A week whose pins cannot hold: INFINITY. */
double worth_bound_cents(Worth *worth);

/* What one more person on the shift is worth, with their part in what its coop misses; below 0: it is taken by people
 * who would rather be nowhere else. */
double worth_shift_cents(const Worth *worth, guint shift);

/* --- an hour with a certificate */

enum { WORTH_HALVES = 14 }; /* Monday 00:00-12:00, Monday 12:00-24:00, ... of the local clock */

typedef struct WorthHour {
    gboolean is_asked;  /* some shift in the half-day can be taken with these certificates */
    gboolean is_scarce; /* worth more than the same hour with one certificate less, or than nothing */
    double cents;       /* for an hour: the best shift's worth by its paid hours; never below 0 */
    guint shift;        /* that shift */
} WorthHour;

/* A person who holds these certificates and no others, in each half-day. */
typedef struct WorthHours {
    GPtrArray *certificates; /* of const char *; empty: none */
    WorthHour half[WORTH_HALVES];
} WorthHours;

/* None first, then each certificate that is asked, then those asked together. Of WorthHours; caller unrefs. */
GPtrArray *worth_hours(const Worth *worth);

/* --- a certificate */

typedef struct WorthTraining {
    guint worker;
    const char *certificate;
    double cents;   /* that the cost of the week would fall by, at these prices */
    GArray *shifts; /* of guint: the worker's best week with it, by start */
} WorthTraining;

/*
 * Every worker with every certificate the week asks for and they do not hold, where it is worth something: the best week
 * with it against the best without. Dearest first. No roster of the week with the certificate costs less than the bound
 * less `cents`. *skipped: pairs that were too much work. Of WorthTraining; caller unrefs.
 */
GPtrArray *worth_training(Worth *worth, guint *skipped);

/* --- a contract */

typedef struct WorthContract {
    guint worker;
    int64_t best_min;                /* minutes of the best week at these prices */
    gboolean has_more, has_fewer;    /* the contract has room for it */
    double more_cents, fewer_cents;  /* that the cost of the week would fall by with one guaranteed hour more or fewer */
} WorthContract;

/* Every worker, in the pool's order. Of WorthContract; caller unrefs. */
GArray *worth_contracts(Worth *worth);

/* --- a worker's week */

typedef struct WorthWeek {
    double cents;   /* more than the worker's present week, at these prices; may be below 0 */
    int64_t minutes;
    GArray *shifts; /* of guint, by start */
} WorthWeek;

typedef struct WorthDay {
    Day day;
    WorthWeek *otherwise; /* the best week in which this day is spent otherwise; NULL: there is none */
} WorthDay;

typedef struct WorthLine {
    double own_cents;     /* what the present week costs by itself: wishes, ways, hours */
    double brings_cents;  /* what it brings at the prices */
    WorthWeek *best;      /* the best week of all; the present one, if none is better */
    GPtrArray *next;      /* of WorthWeek: the best weeks besides the present one, best first */
    WorthDay days[7];
} WorthLine;

/* At most `most` other weeks. NULL where the present week is not lawful, or was too much work. */
WorthLine *worth_line(Worth *worth, guint worker, guint most);
void worth_line_free(WorthLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WorthLine, worth_line_free)

/* What it costs more, at these prices, if the worker's best week must hold the shift: NULL if none can. */
WorthWeek *worth_with_shift(Worth *worth, guint worker, guint shift);
void worth_week_free(WorthWeek *week);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WorthWeek, worth_week_free)

G_END_DECLS

#endif
