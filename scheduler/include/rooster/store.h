/*
 * The store keeps the pool, its rosters, feeds, outbox and audit trail between runs. This is the port; adapters/store
 * implements it on SQLite, tests/fakes in memory, and one contract suite holds for both.
 *
 * Every call is one transaction: it returns TRUE (or a result), and what it wrote survives a killed process and a pulled
 * plug; or FALSE (NULL) with *error set and nothing changed. One store per thread. Times of writing (`_s`) are seconds UTC
 * and come from the caller.
 */
#ifndef ROOSTER_STORE_H
#define ROOSTER_STORE_H

#include "rooster/cost.h"
#include "rooster/feed.h"
#include "rooster/message.h"
#include "rooster/roster.h"

G_BEGIN_DECLS

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);
typedef enum StoreError {
    STORE_ERROR_NOT_FOUND, /* no pool, no such roster, nothing to undo */
    STORE_ERROR_CONFLICT,  /* somebody else changed it since it was read (also the pool given): read again */
    STORE_ERROR_FOREIGN,   /* not our database, or of a newer version */
    STORE_ERROR_CORRUPT,   /* damaged */
    STORE_ERROR_IO         /* disk full, no permission, locked too long ... */
} StoreError;

/* Who did what; written with the change itself. */
typedef struct AuditEntry {
    int64_t at_s;
    char *who;    /* "planner", "worker:W1", "cli:anna" */
    char *what;   /* a verb of the command line: "import", "assign" */
    char *detail; /* "shift S1 worker W2" */
} AuditEntry;

void audit_entry_free(AuditEntry *entry);

/* What is known of how good a draft is. */
typedef struct PlanFigures {
    gboolean has_bound;
    int64_t cost_cents, bound_cents;
    char status[16]; /* "optimal", "gap", "work", "time", "stopped", "hand" */
    double seconds;
} PlanFigures;

/* One publishing: the roster in its new revision and all that follows from it, written together. */
typedef struct Publication {
    Roster *roster;       /* ROSTER_PUBLISHED; revision = the newest published one + 1, else STORE_ERROR_CONFLICT */
    PlanFigures figures;
    GPtrArray *events;    /* of FeedEvent: to insert, or to replace by (kind, owner, uid) */
    GPtrArray *messages;  /* of Message: appended to the outbox */
} Publication;

void publication_free(Publication *publication);

typedef struct Store Store;

/* --- pool */

/* The pool as it is, closed. STORE_ERROR_NOT_FOUND if none was saved. Caller frees. */
Pool *store_load_pool(Store *store, GError **error);
/*
 * Makes `pool` the whole truth and adds publications (of Publication; may be empty). A published roster or draft that names a
 * worker or shift the new pool lacks loses these assignments, a shift that moved to another week among them. Drafts stay, but
 * the proof (bound) of each is forgotten.
 * With is_replace every earlier roster, draft and solve record is dropped first, but feed events and revision numbers go on.
 */
gboolean store_save_pool(Store *store, const Pool *pool, const GPtrArray *publications, gboolean is_replace,
                         const AuditEntry *audit, GError **error);

/* --- rosters */

/* The newest published revision of every week, by week. Of Roster; caller unrefs. */
GPtrArray *store_load_published(Store *store, const Pool *pool, GError **error);
/* The current draft; STORE_ERROR_NOT_FOUND if there is none. figures may be NULL. Caller frees. */
Roster *store_load_draft(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error);
/* The newest published roster of the week with its figures; STORE_ERROR_NOT_FOUND if never published. */
Roster *store_load_published_week(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error);
/*
 * What was kept of the solve behind the week's draft (ROSTER_DRAFT) or its published roster; *record is NULL if nothing was.
 * Drafts changed by hand, taken back or ended keep the record of the last solve. Caller frees.
 */
gboolean store_load_record(Store *store, IsoWeek week, RosterState state, char **record, GError **error);
/*
 * A new step of the week's draft, on top of step `from_step` (0 for the first; as store_draft_step gave it), else
 * STORE_ERROR_CONFLICT. At least the last 100 steps are kept for undo. Step numbers rise and are never given twice in a week.
 * record: of the solve that made it (solve_record_to_json), or NULL to leave the one there is.
 */
gboolean store_save_draft(Store *store, const Pool *pool, const Roster *draft, const PlanFigures *figures,
                          const char *record, int from_step, const AuditEntry *audit, GError **error);
/* The number of the draft's newest step; 0 if there is no draft; -1 on an error. */
int store_draft_step(Store *store, IsoWeek week, GError **error);
/*
 * Takes the newest step back, the first one and with it the draft, too; `undone` (may be NULL) gets the audit text of what was
 * taken back, "assign shift S1 worker W2". STORE_ERROR_NOT_FOUND: nothing to undo.
 */
gboolean store_undo_draft(Store *store, IsoWeek week, const AuditEntry *audit, char **undone, GError **error);
/* Writes a publication and ends the week's draft; the draft's solve record, if any, becomes the published roster's. */
gboolean store_publish(Store *store, const Pool *pool, const Publication *publication, const AuditEntry *audit, GError **error);
/* The highest revision the week ever had; 0 if none; -1 on an error. */
int store_last_revision(Store *store, IsoWeek week, GError **error);

/* --- feeds */

/* Every event of one feed (owner "" for FEED_OPEN), or of all feeds (owner NULL: kind is ignored); by kind, owner, start, uid. Of FeedEvent; caller unrefs. */
GPtrArray *store_load_events(Store *store, FeedKind kind, const char *owner, GError **error);

/* --- outbox */

typedef struct OutboxCounts {
    int64_t waiting, delivered, dead;
} OutboxCounts;

/* At most `most` waiting messages with a sequence above `after`, by sequence. Of Message; caller unrefs. */
GPtrArray *store_outbox_waiting(Store *store, int64_t after, int most, GError **error);
/* The broker has it, which stays so: saying it again is fine, a dead letter it cannot become (STORE_ERROR_CONFLICT). */
gboolean store_outbox_delivered(Store *store, int64_t sequence, int64_t at_s, GError **error);
/* The broker refused it for good: a dead letter, kept with the reason. */
gboolean store_outbox_dead(Store *store, int64_t sequence, int64_t at_s, const char *reason, GError **error);
/* Dead letters back to waiting; their number in *count. */
gboolean store_outbox_revive(Store *store, int64_t *count, GError **error);
/* The newest delivered or waiting retained message of every topic, by topic: what the broker should hold. Of Message. */
GPtrArray *store_outbox_retained(Store *store, GError **error);
gboolean store_outbox_counts(Store *store, OutboxCounts *counts, GError **error);

/* --- the rest */

/* The newest `most` entries, newest first. Of AuditEntry. */
GPtrArray *store_load_audit(Store *store, int most, GError **error);
/* A consistent copy, even while others write. The file must not exist. */
gboolean store_backup(Store *store, const char *path, GError **error);
void store_close(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

/*
 * For adapters: a store is a struct that begins with this, and the calls above go through it.
 */
typedef struct StoreOps {
    Pool *(*load_pool)(Store *, GError **);
    gboolean (*save_pool)(Store *, const Pool *, const GPtrArray *, gboolean, const AuditEntry *, GError **);
    GPtrArray *(*load_published)(Store *, const Pool *, GError **);
    Roster *(*load_draft)(Store *, const Pool *, IsoWeek, PlanFigures *, GError **);
    Roster *(*load_published_week)(Store *, const Pool *, IsoWeek, PlanFigures *, GError **);
    gboolean (*save_draft)(Store *, const Pool *, const Roster *, const PlanFigures *, const char *, int, const AuditEntry *,
                           GError **);
    gboolean (*load_record)(Store *, IsoWeek, RosterState, char **, GError **);
    int (*draft_step)(Store *, IsoWeek, GError **);
    gboolean (*undo_draft)(Store *, IsoWeek, const AuditEntry *, char **, GError **);
    gboolean (*publish)(Store *, const Pool *, const Publication *, const AuditEntry *, GError **);
    int (*last_revision)(Store *, IsoWeek, GError **);
    GPtrArray *(*load_events)(Store *, FeedKind, const char *, GError **);
    GPtrArray *(*outbox_waiting)(Store *, int64_t, int, GError **);
    gboolean (*outbox_delivered)(Store *, int64_t, int64_t, GError **);
    gboolean (*outbox_dead)(Store *, int64_t, int64_t, const char *, GError **);
    gboolean (*outbox_revive)(Store *, int64_t *, GError **);
    GPtrArray *(*outbox_retained)(Store *, GError **);
    gboolean (*outbox_counts)(Store *, OutboxCounts *, GError **);
    GPtrArray *(*load_audit)(Store *, int, GError **);
    gboolean (*backup)(Store *, const char *, GError **);
    void (*close)(Store *);
} StoreOps;

struct Store {
    const StoreOps *ops;
};

G_END_DECLS

#endif
