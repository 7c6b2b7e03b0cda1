#include "memory_store.h"

#include "memory_handle.h"

#include <string.h>

gboolean memory_settle(Store *store, MemoryState *changed, gboolean is_done, const AuditEntry *audit)
{
    MemoryStore *memory = (MemoryStore *)store;
    if (is_done && audit)
        g_ptr_array_add(changed->audit, audit_entry_copy(audit));
    memory_state_free(is_done ? memory->state : changed);
    if (is_done)
        memory->state = changed;
    return is_done;
}

/* --- transactions of the caller's */

static gboolean begin(Store *store, GError **error)
{
    (void)error;
    ((MemoryStore *)store)->before = memory_state_copy(state_of(store));
    return TRUE;
}

static gboolean commit(Store *store, GError **error)
{
    (void)error;
    g_clear_pointer(&((MemoryStore *)store)->before, memory_state_free);
    return TRUE;
}

static void rollback(Store *store)
{
    MemoryStore *memory = (MemoryStore *)store;
    memory_state_free(memory->state);
    memory->state = g_steal_pointer(&memory->before);
}

static gboolean version(Store *store, int64_t *found, GError **error)
{
    (void)error;
    *found = state_of(store)->version;
    return TRUE;
}

/* --- what goes in */

static gboolean roster_fits(const MemoryState *state, const Pool *pool, const Roster *roster, GError **error)
{
    for (guint i = 0; i < roster->assignments->len; i++) {
        const Assignment *at = roster_at(roster, i);
        const char *shift_id = pool_shift(pool, at->shift)->id, *worker_id = pool_worker(pool, at->worker)->id;
        guint shift, worker;
        if (!state->pool || !pool_find_shift(state->pool, shift_id, &shift) ||
            pool_shift(state->pool, shift)->week.monday != roster->week.monday ||
            !pool_find_worker(state->pool, worker_id, &worker))
            return FAIL(CONFLICT, "shift %s or worker %s is no longer there", shift_id, worker_id);
    }
    return TRUE;
}

static void event_put(MemoryState *state, const FeedEvent *event)
{
    for (guint i = 0; i < state->events->len; i++) {
        FeedEvent *old = g_ptr_array_index(state->events, i);
        if (old->kind == event->kind && g_str_equal(old->owner, event->owner) && g_str_equal(old->uid, event->uid)) {
            g_ptr_array_remove_index(state->events, i);
            break;
        }
    }
    g_ptr_array_add(state->events, feed_event_copy(event));
}

static gboolean publication_put(MemoryState *state, const Pool *pool, const Publication *publication, int64_t at_s,
                                GError **error)
{
    const Roster *roster = publication->roster;
    MemoryWeek *week = memory_week(state, roster->week);
    if (roster->revision != week->last_revision + 1)
        return FAIL(CONFLICT, "revision %d after %d", roster->revision, week->last_revision);
    if (!roster_fits(state, pool, roster, error))
        return FALSE;
    NamedRoster *named = named_roster_new(pool, roster, &publication->figures);
    named->number = week->last_revision = roster->revision;
    named->published_s = at_s;
    g_ptr_array_add(week->published, named);
    for (guint i = 0; i < publication->events->len; i++)
        event_put(state, g_ptr_array_index(publication->events, i));
    for (guint i = 0; i < publication->messages->len; i++)
        if (!memory_message_append(state, g_ptr_array_index(publication->messages, i), error))
            return FALSE;
    return TRUE;
}

/* --- pool */

static Pool *load_pool(Store *store, GError **error)
{
    const MemoryState *state = state_of(store);
    if (!state->pool) {
        SAY(NOT_FOUND, "there is no pool yet");
        return NULL;
    }
    Pool *pool = pool_copy_open(state->pool);
    pool_close(pool);
    return pool;
}

static gboolean save_pool(Store *store, const Pool *pool, const GPtrArray *publications, gboolean is_replace,
                          const AuditEntry *audit, GError **error)
{
    MemoryState *state = memory_state_copy(state_of(store));
    pool_free(state->pool);
    state->pool = pool_copy_open(pool);
    pool_close(state->pool);
    for (guint i = 0; i < state->weeks->len; i++) {
        MemoryWeek *week = g_ptr_array_index(state->weeks, i);
        if (is_replace) {
            g_ptr_array_set_size(week->published, 0);
            g_ptr_array_set_size(week->steps, 0);
            g_clear_pointer(&week->records[ROSTER_DRAFT], g_free);
            g_clear_pointer(&week->records[ROSTER_PUBLISHED], g_free);
        }
        for (guint k = 0; k < week->published->len; k++)
            named_roster_prune(g_ptr_array_index(week->published, k), pool, week->week);
        for (guint k = 0; k < week->steps->len; k++) {
            NamedRoster *step = g_ptr_array_index(week->steps, k);
            named_roster_prune(step, pool, week->week);
            step->figures.has_bound = FALSE;
            step->figures.bound_cents = 0;
        }
    }
    gboolean is_done = TRUE;
    for (guint i = 0; is_done && i < publications->len; i++)
        is_done = publication_put(state, pool, g_ptr_array_index(publications, i), audit->at_s, error);
    state->version++;
    return memory_settle(store, state, is_done, audit);
}

static gboolean change_pool(Store *store, const Pool *pool, const Pool *before, const AuditEntry *audit, GError **error)
{
    (void)before; /* writing all of it costs a test nothing */
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    return save_pool(store, pool, none, FALSE, audit, error);
}

/* --- rosters */

static Roster *roster_from(const Pool *pool, IsoWeek week, RosterState kind, const NamedRoster *named, GError **error)
{
    g_autoptr(Roster) roster = roster_new(week, kind, kind == ROSTER_PUBLISHED ? named->number : named->from_revision);
    for (guint i = 0; i < named->assignments->len; i++) {
        const NamedAssignment *at = g_ptr_array_index(named->assignments, i);
        guint shift, worker;
        if (!pool_find_shift(pool, at->shift, &shift) || !pool_find_worker(pool, at->worker, &worker)) {
            SAY(CONFLICT, "shift %s or worker %s is not in the pool as it was read", at->shift, at->worker);
            return NULL;
        }
        roster_add(roster, shift, worker, at->is_pinned);
    }
    return g_steal_pointer(&roster);
}

static const NamedRoster *newest(const GPtrArray *rosters)
{
    return rosters && rosters->len ? g_ptr_array_index(rosters, rosters->len - 1) : NULL;
}

static const NamedRoster *newest_step(Store *store, IsoWeek week)
{
    const MemoryWeek *found = memory_week_find(state_of(store), week);
    return found ? newest(found->steps) : NULL;
}

static GPtrArray *load_published(Store *store, const Pool *pool, GError **error)
{
    const MemoryState *state = state_of(store);
    g_autoptr(GPtrArray) rosters = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    for (guint i = 0; i < state->weeks->len; i++) {
        const MemoryWeek *week = g_ptr_array_index(state->weeks, i);
        const NamedRoster *named = newest(week->published);
        if (!named)
            continue;
        Roster *roster = roster_from(pool, week->week, ROSTER_PUBLISHED, named, error);
        if (!roster)
            return NULL;
        g_ptr_array_add(rosters, roster);
    }
    return g_steal_pointer(&rosters);
}

static Roster *load(const Pool *pool, IsoWeek week, RosterState kind, const NamedRoster *named, PlanFigures *figures,
                    GError **error)
{
    if (!named) {
        SAY(NOT_FOUND, "the week has no such roster");
        return NULL;
    }
    Roster *roster = roster_from(pool, week, kind, named, error);
    if (roster && figures)
        *figures = named->figures;
    return roster;
}

static Roster *load_draft(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error)
{
    return load(pool, week, ROSTER_DRAFT, newest_step(store, week), figures, error);
}

static Roster *load_published_week(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error)
{
    const MemoryWeek *found = memory_week_find(state_of(store), week);
    return load(pool, week, ROSTER_PUBLISHED, found ? newest(found->published) : NULL, figures, error);
}

static GPtrArray *load_revisions(Store *store, const Pool *pool, IsoWeek week, GError **error)
{
    const MemoryWeek *found = memory_week_find(state_of(store), week);
    g_autoptr(GPtrArray) revisions = g_ptr_array_new_with_free_func((GDestroyNotify)revision_free);
    for (guint i = 0; found && i < found->published->len; i++) {
        const NamedRoster *named = g_ptr_array_index(found->published, i);
        Roster *roster = roster_from(pool, week, ROSTER_PUBLISHED, named, error);
        if (!roster)
            return NULL;
        Revision *revision = revision_new(roster, named->published_s);
        g_ptr_array_add(revisions, revision);
        for (guint at = 0; at < named->assignments->len; at++) {
            const NamedAssignment *assignment = g_ptr_array_index(named->assignments, at);
            guint shift = 0;
            pool_find_shift(pool, assignment->shift, &shift); /* roster_from found it, too */
            g_hash_table_insert(revision->times, GUINT_TO_POINTER(shift),
                                g_memdup2(&assignment->times, sizeof assignment->times));
        }
    }
    return g_steal_pointer(&revisions);
}

static int draft_step(Store *store, IsoWeek week, GError **error)
{
    (void)error;
    const NamedRoster *step = newest_step(store, week);
    return step ? step->number : 0;
}

static gboolean save_draft(Store *store, const Pool *pool, const Roster *draft, const PlanFigures *figures,
                           const char *record, int from_step, const AuditEntry *audit, GError **error)
{
    const NamedRoster *before = newest_step(store, draft->week);
    if ((before ? before->number : 0) != from_step)
        return FAIL(CONFLICT, "the draft was changed since step %d", from_step);
    /* The earlier draft is read against the caller's pool, too: an old pool must not overwrite it. */
    g_autoptr(Roster) readable = before ? roster_from(pool, draft->week, ROSTER_DRAFT, before, error) : NULL;
    if ((before && !readable) || !roster_fits(state_of(store), pool, draft, error))
        return FALSE;
    MemoryState *state = memory_state_copy(state_of(store));
    MemoryWeek *week = memory_week(state, draft->week);
    NamedRoster *step = named_roster_new(pool, draft, figures);
    step->number = ++week->last_step;
    step->text = g_strconcat(audit->what, audit->detail && *audit->detail ? " " : "", audit->detail, NULL);
    g_ptr_array_add(week->steps, step);
    if (record) {
        g_free(week->records[ROSTER_DRAFT]);
        week->records[ROSTER_DRAFT] = g_strdup(record);
    }
    return memory_settle(store, state, TRUE, audit);
}

static gboolean load_record(Store *store, IsoWeek week, RosterState kind, char **record, GError **error)
{
    (void)error;
    const MemoryWeek *found = memory_week_find(state_of(store), week);
    *record = found ? g_strdup(found->records[kind]) : NULL;
    return TRUE;
}

static gboolean undo_draft(Store *store, IsoWeek week, const AuditEntry *audit, char **undone, GError **error)
{
    const NamedRoster *last = newest_step(store, week);
    if (!last)
        return FAIL(NOT_FOUND, "there is nothing to undo");
    if (undone)
        *undone = g_strdup(last->text);
    MemoryState *state = memory_state_copy(state_of(store));
    GPtrArray *steps = memory_week(state, week)->steps;
    g_ptr_array_set_size(steps, (int)steps->len - 1);
    return memory_settle(store, state, TRUE, audit);
}

static gboolean publish(Store *store, const Pool *pool, const Publication *publication, const AuditEntry *audit,
                        GError **error)
{
    MemoryState *state = memory_state_copy(state_of(store));
    gboolean is_done = publication_put(state, pool, publication, audit->at_s, error);
    MemoryWeek *week = memory_week(state, publication->roster->week);
    g_ptr_array_set_size(week->steps, 0);
    if (week->records[ROSTER_DRAFT]) {
        g_free(week->records[ROSTER_PUBLISHED]);
        week->records[ROSTER_PUBLISHED] = g_steal_pointer(&week->records[ROSTER_DRAFT]);
    }
    state->version++;
    return memory_settle(store, state, is_done, audit);
}

static int last_revision(Store *store, IsoWeek week, GError **error)
{
    (void)error;
    const MemoryWeek *found = memory_week_find(state_of(store), week);
    return found ? found->last_revision : 0;
}

/* --- feeds */

static int event_compare(gconstpointer left, gconstpointer right)
{
    const FeedEvent *a = *(FeedEvent *const *)left, *b = *(FeedEvent *const *)right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int owner = strcmp(a->owner, b->owner);
    if (owner != 0)
        return owner;
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    return strcmp(a->uid, b->uid);
}

static GPtrArray *load_events(Store *store, FeedKind kind, const char *owner, GError **error)
{
    (void)error;
    const MemoryState *state = state_of(store);
    GPtrArray *events = g_ptr_array_new_with_free_func((GDestroyNotify)feed_event_free);
    for (guint i = 0; i < state->events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(state->events, i);
        if (!owner || (event->kind == kind && g_str_equal(event->owner, owner)))
            g_ptr_array_add(events, feed_event_copy(event));
    }
    g_ptr_array_sort(events, event_compare);
    return events;
}

/* --- the rest */

static gboolean append_audit(Store *store, const AuditEntry *audit, GError **error)
{
    (void)error;
    return memory_settle(store, memory_state_copy(state_of(store)), TRUE, audit);
}

static GPtrArray *load_audit(Store *store, int most, GError **error)
{
    (void)error;
    const MemoryState *state = state_of(store);
    GPtrArray *entries = g_ptr_array_new_with_free_func((GDestroyNotify)audit_entry_free);
    for (guint i = state->audit->len; i-- > 0 && (int)entries->len < most;)
        g_ptr_array_add(entries, audit_entry_copy(g_ptr_array_index(state->audit, i)));
    return entries;
}

static gboolean backup(Store *store, const char *path, GError **error)
{
    (void)store;
    return FAIL(IO, "%s: a store in memory has no file to copy", path);
}

static void close_store(Store *store)
{
    memory_state_free(((MemoryStore *)store)->state);
    memory_state_free(((MemoryStore *)store)->before);
    g_free(store);
}

static const StoreOps memory_store_ops = {
    .service = &memory_service_ops,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .version = version,
    .load_pool = load_pool,
    .save_pool = save_pool,
    .change_pool = change_pool,
    .load_published = load_published,
    .load_draft = load_draft,
    .load_published_week = load_published_week,
    .load_revisions = load_revisions,
    .save_draft = save_draft,
    .load_record = load_record,
    .draft_step = draft_step,
    .undo_draft = undo_draft,
    .publish = publish,
    .last_revision = last_revision,
    .load_events = load_events,
    .outbox_waiting = memory_outbox_waiting,
    .outbox_delivered = memory_outbox_delivered,
    .outbox_dead = memory_outbox_dead,
    .outbox_revive = memory_outbox_revive,
    .outbox_retained = memory_outbox_retained,
    .outbox_counts = memory_outbox_counts,
    .append_messages = memory_append_messages,
    .outbox_after = memory_outbox_after,
    .outbox_head = memory_outbox_head,
    .outbox_dead_letters = memory_outbox_dead_letters,
    .append_audit = append_audit,
    .load_audit = load_audit,
    .backup = backup,
    .close = close_store,
};

Store *memory_store_new(void)
{
    MemoryStore *store = g_new0(MemoryStore, 1);
    store->base.ops = &memory_store_ops;
    store->state = memory_state_new();
    return &store->base;
}
