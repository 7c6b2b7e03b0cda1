/*
 * The tables by theme. Each call runs inside a transaction that the caller has begun (sqlite_store.c begins and ends
 * them), so none of them commits and a FALSE (NULL) makes the caller roll back.
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "statement.h"

/* pool_save.c, pool_load.c. before: what the rows are known to hold; NULL: nothing is known. */
gboolean pool_rows_save(Database *database, const Pool *pool, const Pool *before, GError **error);
Pool *pool_rows_load(Database *database, GError **error);

/* roster_rows.c: what is published, every revision */
gboolean roster_rows_publish(Database *database, const Pool *pool, const Publication *publication, int64_t at_s,
                             GError **error);
GPtrArray *roster_rows_newest(Database *database, const Pool *pool, GError **error);
Roster *roster_rows_newest_of(Database *database, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error);
/* Of Revision, oldest first. */
GPtrArray *roster_rows_revisions(Database *database, const Pool *pool, IsoWeek week, GError **error);
gboolean roster_rows_last_revision(Database *database, IsoWeek week, int *revision, GError **error);
gboolean roster_rows_drop_all(Database *database, GError **error);

/* Shared by rosters and drafts. */
/* Adds the rows (shift, worker, is_pinned from column 0) of a bound statement; STORE_ERROR_CONFLICT where the pool
 * lacks a name. */
gboolean assignment_rows_read(Statement *rows, const Pool *pool, Roster *roster, GError **error);
/* Columns cost_cents, bound_cents, status, seconds. */
void bind_figures(Statement *statement, int parameter, const PlanFigures *figures);
PlanFigures row_figures(Statement *statement, int column);

/* draft_rows.c: what is being made, with the steps that led there */
gboolean draft_rows_newest_step(Database *database, IsoWeek week, int *step, GError **error);
Roster *draft_rows_load(Database *database, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error);
gboolean draft_rows_save(Database *database, const Pool *pool, const Roster *draft, const PlanFigures *figures,
                         int from_step, const AuditEntry *audit, GError **error);
gboolean draft_rows_undo(Database *database, IsoWeek week, char **undone, GError **error);
gboolean draft_rows_end(Database *database, IsoWeek week, GError **error);
gboolean draft_rows_forget_bounds(Database *database, GError **error);
gboolean draft_rows_drop_all(Database *database, GError **error);

/* record_rows.c: what is kept of the solves */
gboolean record_rows_put(Database *database, IsoWeek week, RosterState state, const char *body, GError **error);
gboolean record_rows_load(Database *database, IsoWeek week, RosterState state, char **body, GError **error);
/* The draft's, if there is one, becomes the published roster's. */
gboolean record_rows_publish(Database *database, IsoWeek week, GError **error);
gboolean record_rows_drop_all(Database *database, GError **error);

/* feed_rows.c */
gboolean feed_rows_put(Database *database, const GPtrArray *events, GError **error);
GPtrArray *feed_rows_load(Database *database, FeedKind kind, const char *owner, GError **error);

/* outbox_rows.c */
gboolean outbox_rows_append(Database *database, const GPtrArray *messages, GError **error);
GPtrArray *outbox_rows_waiting(Database *database, int64_t after, int most, GError **error);
/* reason NULL: delivered; else a dead letter. */
gboolean outbox_rows_settle(Database *database, int64_t sequence, int64_t at_s, const char *reason, GError **error);
gboolean outbox_rows_revive(Database *database, int64_t *count, GError **error);
GPtrArray *outbox_rows_retained(Database *database, GError **error);
gboolean outbox_rows_count(Database *database, OutboxCounts *counts, GError **error);

/* In any state. */
GPtrArray *outbox_rows_after(Database *database, int64_t after, int most, GError **error);
gboolean outbox_rows_head(Database *database, int64_t *sequence, GError **error);
GPtrArray *outbox_rows_dead(Database *database, int most, GError **error);

/* version_rows.c: what tells others that the pool or a published roster is another one */
gboolean version_rows_raise(Database *database, GError **error);
gboolean version_rows_load(Database *database, int64_t *version, GError **error);

/* inbox_rows.c */
gboolean inbox_rows_add(Database *database, const Inquiry *inquiry, int64_t *sequence, GError **error);
GPtrArray *inbox_rows_waiting(Database *database, int64_t after, int most, GError **error);
gboolean inbox_rows_done(Database *database, int64_t sequence, GError **error);

/* token_rows.c */
gboolean token_rows_add(Database *database, const Token *token, GError **error);
Token *token_rows_find(Database *database, const char *hash, GError **error);
GPtrArray *token_rows_load(Database *database, GError **error);
/* *is_changed: it was not revoked before. */
gboolean token_rows_revoke(Database *database, const char *id, int64_t at_s, gboolean *is_changed, GError **error);
gboolean token_rows_touch(Database *database, const GPtrArray *tokens, GError **error);

/* answer_rows.c: what was answered to requests that may come twice */
gboolean answer_rows_keep(Database *database, const KeptAnswer *answer, GError **error);
KeptAnswer *answer_rows_find(Database *database, const char *owner, const char *key, GError **error);
gboolean answer_rows_forget(Database *database, int64_t before_s, GError **error);

/* case_rows.c */
gboolean case_rows_save(Database *database, const Case *some, GError **error);
Case *case_rows_load(Database *database, const char *id, GError **error);
GPtrArray *case_rows_find(Database *database, const CaseFilter *filter, GError **error);

/* worked_rows.c: the ledger of worked hours */
gboolean worked_rows_append(Database *database, const GPtrArray *entries, GError **error);
GPtrArray *worked_rows_load(Database *database, int64_t from_min, int64_t until_min, const char *coop,
                            const char *worker, GError **error);

/* audit_rows.c */
gboolean audit_rows_append(Database *database, const AuditEntry *audit, GError **error);
GPtrArray *audit_rows_newest(Database *database, int most, GError **error);

#endif
