/*
 * The store keeps the pool, its rosters, feeds, outbox and audit trail between runs. This is the port; adapters/store
 * implements it on SQLite, tests/fakes in memory, and one contract suite holds for both.
 *
 * Every call is one transaction: it returns TRUE (or a result), and what it wrote survives a killed process and a
 * pulled plug; or FALSE (NULL) with *error set and nothing changed. Between store_begin and store_commit all calls are
 * one transaction together. One store per thread. Times of writing (`_s`) are seconds UTC and come from the caller.
 */
#ifndef ROOSTER_STORE_H
#define ROOSTER_STORE_H

#include "rooster/case.h"
#include "rooster/cost.h"
#include "rooster/feed.h"
#include "rooster/message.h"
#include "rooster/roster.h"
#include "rooster/token.h"
#include "rooster/worked.h"

G_BEGIN_DECLS

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);
typedef enum StoreError {
    STORE_ERROR_NOT_FOUND, /* no pool, no such roster, nothing to undo */
    STORE_ERROR_CONFLICT,  /* somebody else changed it since it was read (also the pool given): read again */
    STORE_ERROR_FOREIGN,   /* not our database, or of a newer version */
    STORE_ERROR_CORRUPT,   /* damaged */
    STORE_ERROR_IO,        /* disk full, no permission ... */
    STORE_ERROR_BUSY       /* another program writes for too long: try again */
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
    Roster *roster; /* ROSTER_PUBLISHED; revision = the newest published one + 1, else STORE_ERROR_CONFLICT */
    PlanFigures figures;
    GPtrArray *events;   /* of FeedEvent: to insert, or to replace by (kind, owner, uid) */
    GPtrArray *messages; /* of Message: appended to the outbox */
} Publication;

void publication_free(Publication *publication);

typedef struct Store Store;

/* --- several calls as one */

/*
 * What is called from here on counts with store_commit, or not at all: with store_rollback, with the death of the
 * process, or where the store is closed before. A call that fails in between has changed nothing by itself, and the
 * transaction may go on without it; where the disk failed it is lost as a whole, and all further writes and
 * store_commit say so (STORE_ERROR_IO). Nobody else writes meanwhile (they wait some seconds, then fail with
 * STORE_ERROR_BUSY), so what is read here is still true when it is written: begin after all that takes long. No
 * transaction within another, no backup in one.
 */
gboolean store_begin(Store *store, GError **error);
/* FALSE: it was rolled back. Either way it has ended. */
gboolean store_commit(Store *store, GError **error);
/* Fine where there is no transaction (any more). */
void store_rollback(Store *store);

/*
 * A number that differs from every one told before if the pool or a published roster was changed in between, by another
 * process too, or was taken back by store_rollback. Drafts (store_draft_step), messages, tokens and cases do not change
 * it. Cheap: ask, load, and load again where it is another number later.
 */
gboolean store_version(Store *store, int64_t *version, GError **error);

/* --- pool */

/* The pool as it is, closed. STORE_ERROR_NOT_FOUND if none was saved. Caller frees. */
Pool *store_load_pool(Store *store, GError **error);
/*
 * Makes `pool` the whole truth and adds publications (of Publication; may be empty). A published roster or draft that
 * names a worker or shift the new pool lacks loses these assignments, a shift that moved to another week among them.
 * Drafts stay, but the proof (bound) of each is forgotten. With is_replace every earlier roster, draft and solve record
 * is dropped first, but feed events and revision numbers go on.
 */
gboolean store_save_pool(Store *store, const Pool *pool, const GPtrArray *publications, gboolean is_replace,
                         const AuditEntry *audit, GError **error);
/*
 * As store_save_pool without publications, by somebody who knows what is stored: `before`, loaded when store_version
 * told what it tells now, in the same transaction. Only where the two differ is the store looked at, so that one shift
 * of a large pool costs one shift.
 */
gboolean store_change_pool(Store *store, const Pool *pool, const Pool *before, const AuditEntry *audit, GError **error);

/* --- rosters */

/* The newest published revision of every week, by week. Of Roster; caller unrefs. */
GPtrArray *store_load_published(Store *store, const Pool *pool, GError **error);
/* The current draft; STORE_ERROR_NOT_FOUND if there is none. figures may be NULL. Caller frees. */
Roster *store_load_draft(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error);
/* The newest published roster of the week with its figures; STORE_ERROR_NOT_FOUND if never published. */
Roster *store_load_published_week(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error);
/*
 * What was kept of the solve behind the week's draft (ROSTER_DRAFT) or its published roster; *record is NULL if nothing
 * was. Drafts changed by hand, taken back or ended keep the record of the last solve. Caller frees.
 */
gboolean store_load_record(Store *store, IsoWeek week, RosterState state, char **record, GError **error);
/*
 * A new step of the week's draft, on top of step `from_step` (0 for the first; as store_draft_step gave it), else
 * STORE_ERROR_CONFLICT. At least the last 100 steps are kept for undo. Step numbers rise and are never given twice in a
 * week. record: of the solve that made it (solve_record_to_json), or NULL to leave the one there is.
 */
gboolean store_save_draft(Store *store, const Pool *pool, const Roster *draft, const PlanFigures *figures,
                          const char *record, int from_step, const AuditEntry *audit, GError **error);
/* The number of the draft's newest step; 0 if there is no draft; -1 on an error. */
int store_draft_step(Store *store, IsoWeek week, GError **error);
/*
 * Takes the newest step back, the first one and with it the draft, too; `undone` (may be NULL) gets the audit text of
 * what was taken back, "assign shift S1 worker W2". STORE_ERROR_NOT_FOUND: nothing to undo.
 */
gboolean store_undo_draft(Store *store, IsoWeek week, const AuditEntry *audit, char **undone, GError **error);
/* Writes a publication and ends the week's draft; the draft's solve record, if any, becomes the published roster's. */
gboolean store_publish(Store *store, const Pool *pool, const Publication *publication, const AuditEntry *audit,
                       GError **error);
/* When a shift was, as a revision published it. */
typedef struct ShiftTimes {
    int64_t start_min, end_min;
    int32_t break_min;
} ShiftTimes;
/* A roster as it was published once. */
typedef struct Revision {
    Roster *roster; /* without what the pool no longer has */
    int64_t published_s;
    GHashTable *times; /* index of a shift -> ShiftTimes, where they are known */
} Revision;
Revision *revision_new(Roster *roster, int64_t published_s);
void revision_free(Revision *revision);
/* Of a shift of its roster; as the pool has it now where nothing else is known. */
ShiftTimes revision_times(const Revision *revision, const Pool *pool, guint shift);
/* Every published revision of the week, oldest first; none if it never was. Of Revision; caller unrefs. */
GPtrArray *store_load_revisions(Store *store, const Pool *pool, IsoWeek week, GError **error);
/* The highest revision the week ever had; 0 if none; -1 on an error. */
int store_last_revision(Store *store, IsoWeek week, GError **error);

/* --- feeds */

/* Every event of one feed (owner "" for FEED_OPEN), or of all feeds (owner NULL: kind is ignored); by kind, owner,
 * start, uid. Of FeedEvent; caller unrefs. */
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
/* The newest delivered or waiting retained message of every topic, by topic: what the broker should hold. Of Message.
 */
GPtrArray *store_outbox_retained(Store *store, GError **error);
gboolean store_outbox_counts(Store *store, OutboxCounts *counts, GError **error);

/* Appends messages (of Message) to the outbox. Publications bring their own. STORE_ERROR_CONFLICT if an id is there. */
gboolean store_append_messages(Store *store, const GPtrArray *messages, GError **error);
/* At most `most` messages of any state with a sequence above `after`, by sequence: what happened since. Of Message. */
GPtrArray *store_outbox_after(Store *store, int64_t after, int most, GError **error);
/* The highest sequence given so far; 0 if none. */
gboolean store_outbox_head(Store *store, int64_t *sequence, GError **error);

typedef struct DeadLetter {
    Message *message;
    char *reason;
    int64_t at_s; /* when it was given up */
} DeadLetter;
void dead_letter_free(DeadLetter *letter);
/* At most `most`, those given up last first. Of DeadLetter; caller unrefs. */
GPtrArray *store_outbox_dead_letters(Store *store, int most, GError **error);

/* --- the inbox: what came over a broker and is not answered yet */

typedef struct Inquiry {
    int64_t sequence;  /* given by the store, rising, never reused; 0 before */
    char *coop;        /* id, as the topic names it */
    char *payload;     /* UTF-8 text */
    char *correlation; /* base64 of the sender's correlation data; NULL if there was none */
    int64_t at_s;
} Inquiry;
Inquiry *inquiry_copy(const Inquiry *inquiry);
void inquiry_free(Inquiry *inquiry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Inquiry, inquiry_free)

/* Kept before the broker is told that it arrived, so that no crash loses it; *sequence gets its number. */
gboolean store_inbox_add(Store *store, const Inquiry *inquiry, int64_t *sequence, GError **error);
/* At most `most` unanswered ones with a sequence above `after`, by sequence. Of Inquiry; caller unrefs. */
GPtrArray *store_inbox_waiting(Store *store, int64_t after, int most, GError **error);
/* Answered: it leaves the inbox. Best in the transaction that appends the answer to the outbox. Twice is fine. */
gboolean store_inbox_done(Store *store, int64_t sequence, GError **error);

/* --- tokens */

/* Adds a token. STORE_ERROR_CONFLICT if its id or hash is there already. */
gboolean store_add_token(Store *store, const Token *token, const AuditEntry *audit, GError **error);
/* By hash, revoked ones too. STORE_ERROR_NOT_FOUND. Caller frees. */
Token *store_find_token(Store *store, const char *hash, GError **error);
/* Every token, revoked ones too, by creation, then id. Of Token. */
GPtrArray *store_load_tokens(Store *store, GError **error);
/* STORE_ERROR_NOT_FOUND if there is none of the id; revoking twice keeps the first time, and its audit entry alone. */
gboolean store_revoke_token(Store *store, const char *id, int64_t at_s, const AuditEntry *audit, GError **error);
/* Notes the last use of tokens (of Token: id and used_s count); never moves one back, ignores unknown ids. */
gboolean store_touch_tokens(Store *store, const GPtrArray *tokens, GError **error);

/* --- requests that may come twice */

/* What was answered to a request that its sender may repeat. */
typedef struct KeptAnswer {
    char *owner;       /* who asked: "coop:kantine"; keys of different owners never meet */
    char *key;         /* the Idempotency-Key */
    char *fingerprint; /* of what was asked: the same key for something else is refused by the caller */
    char *body;        /* JSON of the answer as it was given */
    int64_t at_s;
} KeptAnswer;
KeptAnswer *kept_answer_copy(const KeptAnswer *answer);
void kept_answer_free(KeptAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeptAnswer, kept_answer_free)

/* STORE_ERROR_CONFLICT if (owner, key) is there: written in the transaction of the effect, it makes the effect happen
 * once. */
gboolean store_keep_answer(Store *store, const KeptAnswer *answer, GError **error);
/* STORE_ERROR_NOT_FOUND. Caller frees. */
KeptAnswer *store_find_answer(Store *store, const char *owner, const char *key, GError **error);
/* Forgets answers older than that. */
gboolean store_forget_answers(Store *store, int64_t before_s, GError **error);

/* --- cases */

/*
 * A new case (version 0) or a changed one: STORE_ERROR_CONFLICT where `version` is not the stored one's (an id that is
 * there, a case that somebody else changed). It is stored with version + 1; the given one is not touched. id, kind and
 * created_s never change (STORE_ERROR_CONFLICT, too). audit may be NULL where another call of the same transaction
 * brings the entry.
 */
gboolean store_save_case(Store *store, const Case *some, const AuditEntry *audit, GError **error);
/* STORE_ERROR_NOT_FOUND. Caller frees. */
Case *store_load_case(Store *store, const char *id, GError **error);
/* By created_s, then id. Of Case; caller unrefs. STORE_ERROR_NOT_FOUND if there is no case filter->after. */
GPtrArray *store_find_cases(Store *store, const CaseFilter *filter, GError **error);

/* --- worked hours */

/*
 * Appends entries (of WorkedEntry) in their order; each gets its number from the store, whatever its `entry` says.
 * STORE_ERROR_CONFLICT, and none is there, if one reverses what is not there, is reversed already or is a reversal, or
 * is not its opposite (worked_entry_reversal); or stands for a (shift, worker, reason) that has an entry not reversed
 * by then. audit may be NULL, as above.
 */
gboolean store_append_worked(Store *store, const GPtrArray *entries, const AuditEntry *audit, GError **error);
/* Entries of shifts that start in [from_min, until_min), of all or one coop, all or one worker (NULL: all), by entry.
 */
GPtrArray *store_load_worked(Store *store, int64_t from_min, int64_t until_min, const char *coop, const char *worker,
                             GError **error);

/* --- the rest */

/* Adds an entry by itself, for what changes nothing else here. */
gboolean store_append_audit(Store *store, const AuditEntry *audit, GError **error);
/* The newest `most` entries, newest first. Of AuditEntry. */
GPtrArray *store_load_audit(Store *store, int most, GError **error);
/* A consistent copy, even while others write. The file must not exist. */
gboolean store_backup(Store *store, const char *path, GError **error);
void store_close(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

G_END_DECLS

#endif
