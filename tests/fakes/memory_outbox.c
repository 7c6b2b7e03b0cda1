#include "memory_handle.h"

#include <string.h>

gboolean memory_message_append(MemoryState *state, const Message *message, GError **error)
{
    for (guint i = 0; i < state->outbox->len; i++) {
        const MemoryMessage *old = g_ptr_array_index(state->outbox, i);
        if (g_str_equal(old->message->id, message->id))
            return FAIL(CONFLICT, "message %s is there already", message->id);
    }
    g_ptr_array_add(state->outbox, memory_message_new(message, state->outbox->len + 1, MESSAGE_WAITING));
    return TRUE;
}

gboolean memory_append_messages(Store *store, const GPtrArray *messages, GError **error)
{
    MemoryState *state = memory_state_copy(state_of(store));
    gboolean is_done = TRUE;
    for (guint i = 0; is_done && i < messages->len; i++)
        is_done = memory_message_append(state, g_ptr_array_index(messages, i), error);
    return memory_settle(store, state, is_done, NULL);
}

static GPtrArray *messages_after(Store *store, int64_t after, int most, gboolean is_waiting)
{
    const MemoryState *state = state_of(store);
    GPtrArray *messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    for (guint i = 0; i < state->outbox->len && (int)messages->len < most; i++) {
        const MemoryMessage *kept = g_ptr_array_index(state->outbox, i);
        if ((!is_waiting || kept->state == MESSAGE_WAITING) && kept->message->sequence > after)
            g_ptr_array_add(messages, message_copy(kept->message));
    }
    return messages;
}

GPtrArray *memory_outbox_waiting(Store *store, int64_t after, int most, GError **error)
{
    (void)error;
    return messages_after(store, after, most, TRUE);
}

GPtrArray *memory_outbox_after(Store *store, int64_t after, int most, GError **error)
{
    (void)error;
    return messages_after(store, after, most, FALSE);
}

gboolean memory_outbox_head(Store *store, int64_t *sequence, GError **error)
{
    (void)error;
    *sequence = state_of(store)->outbox->len;
    return TRUE;
}

static int letter_compare(gconstpointer left, gconstpointer right)
{
    const DeadLetter *a = *(DeadLetter *const *)left, *b = *(DeadLetter *const *)right;
    if (a->at_s != b->at_s)
        return a->at_s > b->at_s ? -1 : 1;
    return a->message->sequence > b->message->sequence ? -1 : 1;
}

GPtrArray *memory_outbox_dead_letters(Store *store, int most, GError **error)
{
    (void)error;
    const MemoryState *state = state_of(store);
    GPtrArray *letters = g_ptr_array_new_with_free_func((GDestroyNotify)dead_letter_free);
    for (guint i = 0; i < state->outbox->len; i++) {
        const MemoryMessage *kept = g_ptr_array_index(state->outbox, i);
        if (kept->state != MESSAGE_DEAD)
            continue;
        DeadLetter *letter = g_new0(DeadLetter, 1);
        *letter = (DeadLetter){message_copy(kept->message), g_strdup(kept->reason), kept->dead_s};
        g_ptr_array_add(letters, letter);
    }
    g_ptr_array_sort(letters, letter_compare);
    if ((int)letters->len > most)
        g_ptr_array_set_size(letters, MAX(most, 0));
    return letters;
}

static gboolean outbox_settle(Store *store, int64_t sequence, MemoryMessage **settled, MessageState to, GError **error)
{
    const MemoryState *state = state_of(store);
    if (sequence < 1 || sequence > state->outbox->len)
        return FAIL(NOT_FOUND, "there is no message %" G_GINT64_FORMAT, sequence);
    MemoryMessage *kept = g_ptr_array_index(state->outbox, sequence - 1);
    if (kept->state == MESSAGE_DELIVERED && to == MESSAGE_DEAD)
        return FAIL(CONFLICT, "message %" G_GINT64_FORMAT " is delivered", sequence);
    kept->state = to;
    *settled = kept;
    return TRUE;
}

gboolean memory_outbox_delivered(Store *store, int64_t sequence, int64_t at_s, GError **error)
{
    (void)at_s;
    MemoryMessage *settled;
    return outbox_settle(store, sequence, &settled, MESSAGE_DELIVERED, error);
}

gboolean memory_outbox_dead(Store *store, int64_t sequence, int64_t at_s, const char *reason, GError **error)
{
    MemoryMessage *settled;
    if (!outbox_settle(store, sequence, &settled, MESSAGE_DEAD, error))
        return FALSE;
    g_free(settled->reason);
    settled->reason = g_strdup(reason ? reason : "");
    settled->dead_s = at_s;
    return TRUE;
}

gboolean memory_outbox_revive(Store *store, int64_t *count, GError **error)
{
    (void)error;
    const MemoryState *state = state_of(store);
    *count = 0;
    for (guint i = 0; i < state->outbox->len; i++) {
        MemoryMessage *kept = g_ptr_array_index(state->outbox, i);
        if (kept->state == MESSAGE_DEAD) {
            kept->state = MESSAGE_WAITING;
            ++*count;
        }
    }
    return TRUE;
}

static int topic_compare(gconstpointer left, gconstpointer right)
{
    return strcmp((*(Message *const *)left)->topic, (*(Message *const *)right)->topic);
}

GPtrArray *memory_outbox_retained(Store *store, GError **error)
{
    (void)error;
    const MemoryState *state = state_of(store);
    g_autoptr(GHashTable) topics = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    for (guint i = state->outbox->len; i-- > 0;) {
        const MemoryMessage *kept = g_ptr_array_index(state->outbox, i);
        if (kept->message->is_retained && kept->state != MESSAGE_DEAD && g_hash_table_add(topics, kept->message->topic))
            g_ptr_array_add(messages, message_copy(kept->message));
    }
    g_ptr_array_sort(messages, topic_compare);
    return messages;
}

gboolean memory_outbox_counts(Store *store, OutboxCounts *counts, GError **error)
{
    (void)error;
    const MemoryState *state = state_of(store);
    *counts = (OutboxCounts){0};
    for (guint i = 0; i < state->outbox->len; i++) {
        const MemoryMessage *kept = g_ptr_array_index(state->outbox, i);
        counts->waiting += kept->state == MESSAGE_WAITING;
        counts->delivered += kept->state == MESSAGE_DELIVERED;
        counts->dead += kept->state == MESSAGE_DEAD;
    }
    return TRUE;
}
