#include "rooster/store_ops.h"

G_DEFINE_QUARK(rooster - store - error - quark, store_error)

void audit_entry_free(AuditEntry *entry)
{
    if (!entry)
        return;
    g_free(entry->who);
    g_free(entry->what);
    g_free(entry->detail);
    g_free(entry);
}

void publication_free(Publication *publication)
{
    if (!publication)
        return;
    roster_free(publication->roster);
    if (publication->events)
        g_ptr_array_unref(publication->events);
    if (publication->messages)
        g_ptr_array_unref(publication->messages);
    g_free(publication);
}

static gboolean publication_is_whole(const Publication *publication)
{
    return publication && publication->roster && publication->roster->state == ROSTER_PUBLISHED &&
           publication->events && publication->messages;
}

void dead_letter_free(DeadLetter *letter)
{
    if (!letter)
        return;
    message_free(letter->message);
    g_free(letter->reason);
    g_free(letter);
}

/* --- transactions */

gboolean store_begin(Store *store, GError **error)
{
    g_assert(!store->has_begun);
    store->has_begun = store->ops->begin(store, error);
    return store->has_begun;
}

gboolean store_commit(Store *store, GError **error)
{
    g_assert(store->has_begun);
    store->has_begun = FALSE;
    gboolean is_done = store->ops->commit(store, error);
    store->rollbacks += !is_done;
    return is_done;
}

void store_rollback(Store *store)
{
    if (!store->has_begun)
        return;
    store->has_begun = FALSE;
    store->rollbacks++;
    store->ops->rollback(store);
}

/* What was told within a transaction that is gone must not be told again for something else. */
gboolean store_version(Store *store, int64_t *version, GError **error)
{
    int64_t found;
    if (!store->ops->version(store, &found, error))
        return FALSE;
    *version = store->rollbacks * STORE_VERSIONS + found;
    return TRUE;
}

/* --- the pool, its rosters, feeds and messages */

Pool *store_load_pool(Store *store, GError **error)
{
    return store->ops->load_pool(store, error);
}

gboolean store_save_pool(Store *store, const Pool *pool, const GPtrArray *publications, gboolean is_replace,
                         const AuditEntry *audit, GError **error)
{
    g_assert(pool->is_closed && publications && audit);
    for (guint i = 0; i < publications->len; i++)
        g_assert(publication_is_whole(g_ptr_array_index(publications, i)));
    return store->ops->save_pool(store, pool, publications, is_replace, audit, error);
}

gboolean store_change_pool(Store *store, const Pool *pool, const Pool *before, const AuditEntry *audit, GError **error)
{
    g_assert(pool->is_closed && before->is_closed && audit && store->has_begun);
    return store->ops->change_pool(store, pool, before, audit, error);
}

GPtrArray *store_load_published(Store *store, const Pool *pool, GError **error)
{
    return store->ops->load_published(store, pool, error);
}

Roster *store_load_draft(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error)
{
    return store->ops->load_draft(store, pool, week, figures, error);
}

Roster *store_load_published_week(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error)
{
    return store->ops->load_published_week(store, pool, week, figures, error);
}

Revision *revision_new(Roster *roster, int64_t published_s)
{
    Revision *revision = g_new0(Revision, 1);
    *revision = (Revision){roster, published_s, g_hash_table_new_full(NULL, NULL, NULL, g_free)};
    return revision;
}

ShiftTimes revision_times(const Revision *revision, const Pool *pool, guint index)
{
    const ShiftTimes *known = g_hash_table_lookup(revision->times, GUINT_TO_POINTER(index));
    const Shift *shift = pool_shift(pool, index);
    return known ? *known : (ShiftTimes){shift->start_min, shift->end_min, shift->break_min};
}

void revision_free(Revision *revision)
{
    if (!revision)
        return;
    roster_free(revision->roster);
    g_hash_table_unref(revision->times);
    g_free(revision);
}

GPtrArray *store_load_revisions(Store *store, const Pool *pool, IsoWeek week, GError **error)
{
    return store->ops->load_revisions(store, pool, week, error);
}

gboolean store_save_draft(Store *store, const Pool *pool, const Roster *draft, const PlanFigures *figures,
                          const char *record, int from_step, const AuditEntry *audit, GError **error)
{
    g_assert(draft->state == ROSTER_DRAFT && figures && audit);
    return store->ops->save_draft(store, pool, draft, figures, record, from_step, audit, error);
}

gboolean store_load_record(Store *store, IsoWeek week, RosterState state, char **record, GError **error)
{
    return store->ops->load_record(store, week, state, record, error);
}

int store_draft_step(Store *store, IsoWeek week, GError **error)
{
    return store->ops->draft_step(store, week, error);
}

gboolean store_undo_draft(Store *store, IsoWeek week, const AuditEntry *audit, char **undone, GError **error)
{
    g_assert(audit);
    return store->ops->undo_draft(store, week, audit, undone, error);
}

gboolean store_publish(Store *store, const Pool *pool, const Publication *publication, const AuditEntry *audit,
                       GError **error)
{
    g_assert(publication_is_whole(publication) && audit);
    return store->ops->publish(store, pool, publication, audit, error);
}

int store_last_revision(Store *store, IsoWeek week, GError **error)
{
    return store->ops->last_revision(store, week, error);
}

GPtrArray *store_load_events(Store *store, FeedKind kind, const char *owner, GError **error)
{
    return store->ops->load_events(store, kind, owner, error);
}

GPtrArray *store_outbox_waiting(Store *store, int64_t after, int most, GError **error)
{
    return store->ops->outbox_waiting(store, after, most, error);
}

gboolean store_outbox_delivered(Store *store, int64_t sequence, int64_t at_s, GError **error)
{
    return store->ops->outbox_delivered(store, sequence, at_s, error);
}

gboolean store_outbox_dead(Store *store, int64_t sequence, int64_t at_s, const char *reason, GError **error)
{
    return store->ops->outbox_dead(store, sequence, at_s, reason, error);
}

gboolean store_outbox_revive(Store *store, int64_t *count, GError **error)
{
    return store->ops->outbox_revive(store, count, error);
}

GPtrArray *store_outbox_retained(Store *store, GError **error)
{
    return store->ops->outbox_retained(store, error);
}

gboolean store_outbox_counts(Store *store, OutboxCounts *counts, GError **error)
{
    return store->ops->outbox_counts(store, counts, error);
}

gboolean store_append_messages(Store *store, const GPtrArray *messages, GError **error)
{
    return store->ops->append_messages(store, messages, error);
}

GPtrArray *store_outbox_after(Store *store, int64_t after, int most, GError **error)
{
    return store->ops->outbox_after(store, after, most, error);
}

gboolean store_outbox_head(Store *store, int64_t *sequence, GError **error)
{
    return store->ops->outbox_head(store, sequence, error);
}

GPtrArray *store_outbox_dead_letters(Store *store, int most, GError **error)
{
    return store->ops->outbox_dead_letters(store, most, error);
}

gboolean store_append_audit(Store *store, const AuditEntry *audit, GError **error)
{
    g_assert(audit);
    return store->ops->append_audit(store, audit, error);
}

GPtrArray *store_load_audit(Store *store, int most, GError **error)
{
    return store->ops->load_audit(store, most, error);
}

gboolean store_backup(Store *store, const char *path, GError **error)
{
    g_assert(!store->has_begun);
    return store->ops->backup(store, path, error);
}

void store_close(Store *store)
{
    if (store)
        store->ops->close(store);
}
