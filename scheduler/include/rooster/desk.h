/*
 * The desk: a pool as it stands in the store, with the rosters around it. Every use case works on one, whoever asks:
 * the command line, the service, a broker. What is on the desk is a copy; only the store is the truth.
 *
 * Calls return TRUE (or a result), or FALSE (NULL) with *error set: the store's, or DESK_ERROR.
 */
#ifndef ROOSTER_DESK_H
#define ROOSTER_DESK_H

#include "rooster/solve_record.h"
#include "rooster/store.h"
#include "rooster/week.h"

G_BEGIN_DECLS

#define DESK_ERROR (desk_error_quark())
GQuark desk_error_quark(void);
typedef enum DeskError {
    DESK_ERROR_EMPTY,   /* no pool yet, or no roster where one is needed */
    DESK_ERROR_UNKNOWN, /* a worker, coop, shift, case that is not there; the sentence has a hint */
    DESK_ERROR_STALE    /* the week was changed since it was looked at */
} DeskError;

typedef struct Desk {
    Store *store;         /* not owned */
    Pool *pool;           /* owned */
    GPtrArray *published; /* of Roster: the newest published one of every week; owned */
    GPtrArray *records;   /* of SolveRecord: those that were asked for; owned */
    int64_t version;      /* of the store, when pool and published were loaded */
    int64_t now_s;        /* set by the caller before each use */
} Desk;

/* Loads the pool. DESK_ERROR_EMPTY without one. The store must outlive the desk. */
gboolean desk_open(Desk *desk, Store *store, int64_t now_s, GError **error);
/* Loads again if anybody wrote since; what was on the desk before is gone then. */
gboolean desk_refresh(Desk *desk, GError **error);
/* Loads also what a repair would ask for. What cannot be read is left to whoever needs it. */
void desk_prepare(Desk *desk);
void desk_clear(Desk *desk);
static inline int64_t desk_now_min(const Desk *desk)
{
    return desk->now_s / 60;
}

/* Index by id, DESK_ERROR_UNKNOWN "no worker amna in pool P; did you mean amina?". */
gboolean desk_worker(const Desk *desk, const char *id, guint *worker, GError **error);
gboolean desk_coop(const Desk *desk, const char *id, guint *coop, GError **error);
gboolean desk_shift(const Desk *desk, const char *id, guint *shift, GError **error);

/* The audit trail's entry for what is done on the desk now. Caller frees. */
AuditEntry *desk_audit(const Desk *desk, const char *who, const char *what, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AuditEntry, audit_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Publication, publication_free)

/* --- one week on the desk */

typedef enum DeskWeekState { DESK_WEEK_EMPTY, DESK_WEEK_DRAFT, DESK_WEEK_PUBLISHED } DeskWeekState;

typedef struct DeskWeek {
    Week *week;
    Roster *roster;          /* never NULL; without assignments where DESK_WEEK_EMPTY */
    const Roster *published; /* of the week, as it is published; or NULL */
    DeskWeekState state;
    PlanFigures figures; /* of `roster` */
    int step;            /* of the draft; 0 if there is none */
} DeskWeek;

/* What the week is opened for. */
typedef enum DeskUse {
    DESK_LOOK,           /* the draft, else the published roster */
    DESK_LOOK_PUBLISHED, /* the published roster */
    DESK_MOVE,           /* as DESK_LOOK, to begin or go on with a draft */
    DESK_PLAN,           /* as DESK_LOOK, for a plan that owes the published roster nothing */
    DESK_KEEP,  /* as DESK_MOVE, where there must be a published roster: for a plan that changes it as little as it pays
                 */
    DESK_FORMER, /* the roster that the newest revision replaced, which must be there, to be published again: as a draft
                    of a published week is judged, whatever draft there is beside it */
    DESK_REPAIR /* the published roster, which must be there, to be changed as little as it pays: no draft */
} DeskUse;

/* A draft of a published week is judged as a repair from now, as that is what publishing it would be. */
DeskWeek *desk_week_open(const Desk *desk, IsoWeek week, DeskUse use, GError **error);
void desk_week_free(DeskWeek *week);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DeskWeek, desk_week_free)

/*
 * A number that differs whenever the week's draft or its published roster is another one: what an edit says it has
 * seen (If-Match). Steps and revisions never come twice, so neither does this.
 */
int64_t desk_week_version(const DeskWeek *week);
/* The same without opening the week. */
gboolean desk_week_version_of(const Desk *desk, IsoWeek week, int64_t *version, GError **error);

/* The draft as a new step, by hand (record NULL) or by a plan; the week then has that step and its version. */
gboolean desk_week_save(const Desk *desk, DeskWeek *week, Roster *draft, const PlanFigures *figures,
                        const SolveRecord *record, const AuditEntry *audit, GError **error);
/* What is kept of the solve behind the draft or the published roster; *record NULL if nothing is. Caller frees. */
gboolean desk_week_record(const Desk *desk, const DeskWeek *week, RosterState of, SolveRecord **record, GError **error);

/* What is kept of the solve behind the week's published roster; *record NULL if nothing is. The desk's own. */
gboolean desk_published_record(Desk *desk, IsoWeek week, const SolveRecord **record, GError **error);

/* The pins of the roster, as a draft. Caller frees. */
Roster *desk_week_pins(const DeskWeek *week);

/* What a plan begins with. A fresh one knows the pins and nothing of what was planned before. Another has all of the
 * draft, or with is_keep of what is published, so that to plan on makes no week dearer. Caller frees. */
Roster *desk_week_start(const DeskWeek *week, gboolean is_keep, gboolean is_fresh);
/* What is kept of the last solve to start from: of the draft's, or with is_keep first of the published roster's; *record
 * NULL: nothing. */
gboolean desk_week_last_solve(const Desk *desk, const DeskWeek *week, gboolean is_keep, SolveRecord **record,
                              GError **error);

/*
 * Publishes `roster` (a draft of the week; the checker has passed it) as the next revision, with its calendar events
 * and messages; ends the week's draft. *revision and *messages (may be NULL) get its number and how many there are.
 */
gboolean desk_week_publish(const Desk *desk, const DeskWeek *week, const Roster *roster, const PlanFigures *figures,
                           const AuditEntry *audit, int *revision, guint *messages, GError **error);
/*
 * A publishing ends the week's draft: this becomes a draft again, on revision `revision`, in `who`'s name, with what is
 * kept of the solve behind it.
 */
gboolean desk_week_keep_draft(const Desk *desk, const Roster *draft, const PlanFigures *figures, int revision,
                              const char *who, GError **error);
/*
 * Publishes what the newest revision replaced (DESK_FORMER, passed by the checker), as desk_week_publish does; a draft
 * that somebody is at work on stays one. Call it within a transaction.
 */
gboolean desk_week_publish_former(const Desk *desk, const DeskWeek *week, const AuditEntry *audit, int *revision,
                                  guint *messages, GError **error);

G_END_DECLS

#endif
