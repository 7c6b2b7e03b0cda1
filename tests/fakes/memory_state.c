#include "memory_state.h"

/* --- rosters */

static void named_assignment_free(gpointer data)
{
    NamedAssignment *named = data;
    g_free(named->shift);
    g_free(named->worker);
    g_free(named);
}

static void named_roster_free(gpointer data)
{
    NamedRoster *named = data;
    g_free(named->text);
    g_ptr_array_unref(named->assignments);
    g_free(named);
}

static void assignment_append(GPtrArray *assignments, const char *shift, const char *worker, gboolean is_pinned,
                              const ShiftTimes *times)
{
    NamedAssignment *named = g_new0(NamedAssignment, 1);
    *named = (NamedAssignment){g_strdup(shift), g_strdup(worker), is_pinned ? TRUE : FALSE, *times};
    g_ptr_array_add(assignments, named);
}

NamedRoster *named_roster_new(const Pool *pool, const Roster *roster, const PlanFigures *figures)
{
    NamedRoster *named = g_new0(NamedRoster, 1);
    named->from_revision = roster->revision;
    named->figures = *figures;
    if (!figures->has_bound)
        named->figures.bound_cents = 0;
    named->assignments = g_ptr_array_new_with_free_func(named_assignment_free);
    for (guint i = 0; i < roster->assignments->len; i++) {
        const Assignment *at = roster_at(roster, i);
        const Shift *shift = pool_shift(pool, at->shift);
        const ShiftTimes times = {shift->start_min, shift->end_min, shift->break_min};
        assignment_append(named->assignments, shift->id, pool_worker(pool, at->worker)->id, at->is_pinned, &times);
    }
    return named;
}

static gpointer named_roster_copy(gconstpointer data, gpointer unused)
{
    (void)unused;
    const NamedRoster *named = data;
    NamedRoster *copy = g_memdup2(named, sizeof *named);
    copy->text = g_strdup(named->text);
    copy->assignments = g_ptr_array_new_with_free_func(named_assignment_free);
    for (guint i = 0; i < named->assignments->len; i++) {
        const NamedAssignment *at = g_ptr_array_index(named->assignments, i);
        assignment_append(copy->assignments, at->shift, at->worker, at->is_pinned, &at->times);
    }
    return copy;
}

void named_roster_prune(NamedRoster *named, const Pool *pool, IsoWeek week)
{
    guint kept = 0, shift, worker;
    for (guint i = 0; i < named->assignments->len; i++) {
        NamedAssignment *at = g_ptr_array_index(named->assignments, i);
        if (pool_find_shift(pool, at->shift, &shift) && pool_shift(pool, shift)->week.monday == week.monday &&
            pool_find_worker(pool, at->worker, &worker)) {
            /* Swapped, so that whatever is cut off below is freed once. */
            named->assignments->pdata[i] = named->assignments->pdata[kept];
            named->assignments->pdata[kept++] = at;
        }
    }
    g_ptr_array_set_size(named->assignments, (int)kept);
}

/* --- weeks */

static void memory_week_free(gpointer data)
{
    MemoryWeek *week = data;
    g_ptr_array_unref(week->published);
    g_ptr_array_unref(week->steps);
    g_free(week->records[ROSTER_DRAFT]);
    g_free(week->records[ROSTER_PUBLISHED]);
    g_free(week);
}

static GPtrArray *rosters_copy(GPtrArray *rosters)
{
    GPtrArray *copy = g_ptr_array_copy(rosters, (GCopyFunc)named_roster_copy, NULL);
    g_ptr_array_set_free_func(copy, named_roster_free);
    return copy;
}

static gpointer memory_week_copy(gconstpointer data)
{
    const MemoryWeek *week = data;
    MemoryWeek *copy = g_memdup2(week, sizeof *week);
    copy->published = rosters_copy(week->published);
    copy->steps = rosters_copy(week->steps);
    copy->records[ROSTER_DRAFT] = g_strdup(week->records[ROSTER_DRAFT]);
    copy->records[ROSTER_PUBLISHED] = g_strdup(week->records[ROSTER_PUBLISHED]);
    return copy;
}

MemoryWeek *memory_week_find(const MemoryState *state, IsoWeek week)
{
    for (guint i = 0; i < state->weeks->len; i++) {
        MemoryWeek *at = g_ptr_array_index(state->weeks, i);
        if (at->week.monday == week.monday)
            return at;
    }
    return NULL;
}

static int week_compare(gconstpointer left, gconstpointer right)
{
    const MemoryWeek *a = *(MemoryWeek *const *)left, *b = *(MemoryWeek *const *)right;
    return a->week.monday < b->week.monday ? -1 : a->week.monday > b->week.monday;
}

MemoryWeek *memory_week(MemoryState *state, IsoWeek week)
{
    MemoryWeek *at = memory_week_find(state, week);
    if (at)
        return at;
    at = g_new0(MemoryWeek, 1);
    at->week = week;
    at->published = g_ptr_array_new_with_free_func(named_roster_free);
    at->steps = g_ptr_array_new_with_free_func(named_roster_free);
    g_ptr_array_add(state->weeks, at);
    g_ptr_array_sort(state->weeks, week_compare);
    return at;
}

/* --- messages, events, entries */

MemoryMessage *memory_message_new(const Message *message, int64_t sequence, MessageState state)
{
    MemoryMessage *kept = g_new0(MemoryMessage, 1);
    kept->message = message_copy(message);
    kept->message->is_retained = message->is_retained ? TRUE : FALSE;
    kept->message->sequence = sequence;
    kept->state = state;
    return kept;
}

static gpointer memory_message_copy(gconstpointer data)
{
    const MemoryMessage *kept = data;
    MemoryMessage *copy = memory_message_new(kept->message, kept->message->sequence, kept->state);
    copy->reason = g_strdup(kept->reason);
    copy->dead_s = kept->dead_s;
    return copy;
}

static void memory_message_free(gpointer data)
{
    MemoryMessage *kept = data;
    message_free(kept->message);
    g_free(kept->reason);
    g_free(kept);
}

AuditEntry *audit_entry_copy(const AuditEntry *entry)
{
    AuditEntry *copy = g_new0(AuditEntry, 1);
    *copy = (AuditEntry){entry->at_s, g_strdup(entry->who), g_strdup(entry->what), g_strdup(entry->detail)};
    return copy;
}

/* --- all of it */

/* The lists of the state: where each is, and how its elements are copied and freed. */
static const struct MemoryList {
    gsize offset;
    gpointer (*copy)(gconstpointer element);
    GDestroyNotify free;
} lists[] = {
#define LIST(member, copy, free)                                                                                       \
    {                                                                                                                  \
        G_STRUCT_OFFSET(MemoryState, member), (gpointer(*)(gconstpointer))(copy), (GDestroyNotify)(free)               \
    }
    LIST(weeks, memory_week_copy, memory_week_free),
    LIST(events, feed_event_copy, feed_event_free),
    LIST(outbox, memory_message_copy, memory_message_free),
    LIST(audit, audit_entry_copy, audit_entry_free),
    LIST(inbox, inquiry_copy, inquiry_free),
    LIST(tokens, token_copy, token_free),
    LIST(answers, kept_answer_copy, kept_answer_free),
    LIST(cases, case_copy, case_free),
    LIST(worked, worked_entry_copy, worked_entry_free),
#undef LIST
};

#define LIST_OF(state, list) G_STRUCT_MEMBER(GPtrArray *, state, lists[list].offset)

MemoryState *memory_state_new(void)
{
    MemoryState *state = g_new0(MemoryState, 1);
    for (guint list = 0; list < G_N_ELEMENTS(lists); list++)
        LIST_OF(state, list) = g_ptr_array_new_with_free_func(lists[list].free);
    return state;
}

MemoryState *memory_state_copy(const MemoryState *state)
{
    MemoryState *copy = memory_state_new();
    if (state->pool) {
        copy->pool = pool_copy_open(state->pool);
        pool_close(copy->pool);
    }
    copy->version = state->version;
    copy->last_inquiry = state->last_inquiry;
    for (guint list = 0; list < G_N_ELEMENTS(lists); list++) {
        const GPtrArray *elements = LIST_OF(state, list);
        for (guint i = 0; i < elements->len; i++)
            g_ptr_array_add(LIST_OF(copy, list), lists[list].copy(g_ptr_array_index(elements, i)));
    }
    return copy;
}

void memory_state_free(MemoryState *state)
{
    if (!state)
        return;
    pool_free(state->pool);
    for (guint list = 0; list < G_N_ELEMENTS(lists); list++)
        g_ptr_array_unref(LIST_OF(state, list));
    g_free(state);
}
