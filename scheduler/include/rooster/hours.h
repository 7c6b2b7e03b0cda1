/*
 * Hours: what was planned becomes what is paid and billed. The published roster of a week says what is due; the coop
 * confirms it, as planned or with the hours that were really worked, or disputes it; the ledger (worked.h) keeps both.
 *
 * Two kinds of pay come by law beside the hours worked, each as its own entry with its own reason:
 * - what was withdrawn or moved less than 96 h before its start stays owed (BW 7:628a(3)), unless the worker was
 * unavailable or gave it away in a swap; it is due like a shift that was worked. Where the coop asked for fewer people
 * it is the coop's; where somebody else took the place, or it stayed empty, the pool bears it (coop ""). Of what was
 * moved, the minutes of the old times that the new ones leave out are owed beside the work, by the coop.
 * - each separate period of less than three hours is paid as three (BW 7:628a(1)) to whoever has a call contract, which
 *   is one without a fixed number of hours, or works less than 15 hours a week at no fixed times. Work that follows on
 *   without a gap is one period, whichever coops it is for; the rest of the three hours stands with its first shift.
 *
 * Nothing here writes: calls return the entries to append in the transaction in which the Hours were loaded.
 */
#ifndef ROOSTER_HOURS_H
#define ROOSTER_HOURS_H

#include "rooster/store.h"

G_BEGIN_DECLS

#define HOURS_ERROR (hours_error_quark())
GQuark hours_error_quark(void);
typedef enum HoursError {
    HOURS_ERROR_UNKNOWN, /* nothing was planned so */
    HOURS_ERROR_EARLY,   /* it has not ended */
    HOURS_ERROR_SETTLED, /* it was confirmed or disputed before */
    HOURS_ERROR_OPEN,    /* it was not, so there is nothing to correct */
    HOURS_ERROR_TIMES    /* times that cannot be */
} HoursError;

#define FLOOR_MIN       (3 * 60)           /* BW 7:628a(1) */
#define FLOOR_FIXED_MIN (15 * DECIMAL_ONE) /* hours a week from which fixed hours have no floor */

typedef enum HoursState { HOURS_PLANNED, HOURS_CONFIRMED, HOURS_DISPUTED } HoursState;

/* One person on one shift. Strings live with the pool or the ledger. */
typedef struct HoursLine {
    const char *shift, *worker, *coop; /* ids */
    WorkedReason reason;               /* not WORKED_THREE_HOURS */
    int64_t start_min, end_min;        /* as planned */
    int32_t break_min;
    HoursState state;
    gboolean has_ended;
    const WorkedEntry *entry; /* what stands in the ledger; NULL while it is planned */
    const WorkedEntry *floor; /* what the three hours add; or NULL */
} HoursLine;

typedef struct Hours {
    const Pool *pool;
    IsoWeek week;
    int64_t now_s;
    GArray *lines;     /* of HoursLine, by start, shift, worker, reason */
    GPtrArray *ledger; /* of WorkedEntry: of the week and what may touch it; owned */
} Hours;

/* What they come from. */
typedef struct HoursSource {
    const Pool *pool;
    IsoWeek week;
    int64_t now_s;
    const GPtrArray *revisions; /* of Revision, oldest first; the last is what is published */
    const GPtrArray *swaps;     /* of Case: the accepted ones of the week */
    GPtrArray *ledger;          /* of WorkedEntry; taken */
} HoursSource;

Hours *hours_new(const HoursSource *source);
/* From the store; the pool must be as it is there. Never published: no lines. */
Hours *hours_load(Store *store, const Pool *pool, IsoWeek week, int64_t now_s, GError **error);
void hours_free(Hours *hours);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hours, hours_free)

/* NULL where there is none. */
const HoursLine *hours_find(const Hours *hours, const char *shift, const char *worker, WorkedReason reason);
/* TRUE if the worker's periods of less than three hours are paid as three. */
gboolean hours_has_floor(const Worker *worker);
/* "planned", "confirmed", "disputed"; static. */
const char *hours_state_name(HoursState state);

/* What somebody says about one line. */
typedef struct HoursClaim {
    const char *shift, *worker;
    WorkedReason reason;
    gboolean has_times; /* of what was really worked; else as planned. What was cancelled or moved has none */
    int64_t start_min, end_min;
    int32_t break_min;
    gboolean is_nothing; /* nothing was worked, and nothing is owed */
    const char *note;    /* or NULL */
} HoursClaim;

/*
 * The entries that confirm, dispute or correct, all the claims or none; `by` approves. A dispute says in its note why.
 * A correction takes back what stands and puts the claim in its place. Of WorkedEntry, in the order to append; the
 * caller unrefs.
 */
GPtrArray *hours_confirm(const Hours *hours, const HoursClaim *claims, guint count, const char *by, GError **error);
GPtrArray *hours_dispute(const Hours *hours, const HoursClaim *claims, guint count, const char *by, GError **error);
GPtrArray *hours_correct(const Hours *hours, const HoursClaim *claims, guint count, const char *by, GError **error);

/*
 * A claim as planned for each line that can be confirmed now, of one coop or all (NULL) and of one local day (of its
 * start) or all (DAY_MIN). Of HoursClaim; caller unrefs.
 */
GArray *hours_due(const Hours *hours, const char *coop, Day day);

G_END_DECLS

#endif
