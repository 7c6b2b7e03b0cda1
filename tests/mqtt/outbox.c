#include "outbox.h"

#include "rooster/store_ops.h"

#include <string.h>
#include <sys/mman.h>

#define MOST 4000

typedef struct Row {
    OutboxState state;
    char reason[100];
} Row;

typedef struct Outbox {
    Store base;
    GPtrArray *messages; /* of Message */
    Row *rows;           /* shared */
    gboolean is_broken;
} Outbox;

static GPtrArray *waiting(Store *store, int64_t after, int most, GError **error)
{
    (void)error;
    const Outbox *outbox = (Outbox *)store;
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    for (guint i = (guint)after; i < outbox->messages->len && list->len < (guint)most; i++)
        if (outbox->rows[i].state == OUTBOX_WAITING)
            g_ptr_array_add(list, message_copy(g_ptr_array_index(outbox->messages, i)));
    return list;
}

static gboolean set_state(Store *store, int64_t sequence, OutboxState state, const char *reason, GError **error)
{
    Outbox *outbox = (Outbox *)store;
    if (outbox->is_broken) {
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_IO, "disk full");
        return FALSE;
    }
    Row *row = &outbox->rows[sequence - 1];
    g_assert_cmpint(row->state, ==, OUTBOX_WAITING);
    g_strlcpy(row->reason, reason, sizeof row->reason);
    row->state = state;
    return TRUE;
}

static gboolean delivered(Store *store, int64_t sequence, int64_t at_s, GError **error)
{
    g_assert_cmpint(at_s, >, 0);
    return set_state(store, sequence, OUTBOX_DELIVERED, "", error);
}

static gboolean dead(Store *store, int64_t sequence, int64_t at_s, const char *reason, GError **error)
{
    g_assert_cmpint(at_s, >, 0);
    return set_state(store, sequence, OUTBOX_DEAD, reason, error);
}

static GPtrArray *retained(Store *store, GError **error)
{
    (void)error;
    const Outbox *outbox = (Outbox *)store;
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = outbox->messages->len; i-- > 0;) {
        const Message *message = g_ptr_array_index(outbox->messages, i);
        if (message->is_retained && outbox->rows[i].state != OUTBOX_DEAD && g_hash_table_add(seen, message->topic))
            g_ptr_array_add(list, message_copy(message));
    }
    return list;
}

static gboolean counts(Store *store, OutboxCounts *result, GError **error)
{
    (void)error;
    *result = (OutboxCounts){outbox_count(store, OUTBOX_WAITING), outbox_count(store, OUTBOX_DELIVERED),
                             outbox_count(store, OUTBOX_DEAD)};
    return TRUE;
}

/* Every write stands by itself: who fails in the middle finds what went before it done. */
static gboolean begin_or_commit(Store *store, GError **error)
{
    (void)store, (void)error;
    return TRUE;
}

static void roll_back(Store *store)
{
    (void)store;
}

static void close_outbox(Store *store)
{
    Outbox *outbox = (Outbox *)store;
    munmap(outbox->rows, MOST * sizeof(Row));
    g_ptr_array_unref(outbox->messages);
    g_free(outbox);
}

static const StoreOps ops = {
    .outbox_waiting = waiting,
    .outbox_delivered = delivered,
    .outbox_dead = dead,
    .outbox_retained = retained,
    .outbox_counts = counts,
    .begin = begin_or_commit,
    .commit = begin_or_commit,
    .rollback = roll_back,
    .close = close_outbox,
};

Store *outbox_new(void)
{
    Outbox *outbox = g_new0(Outbox, 1);
    outbox->base.ops = &ops;
    outbox->messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    outbox->rows = mmap(NULL, MOST * sizeof(Row), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    g_assert_true(outbox->rows != MAP_FAILED);
    return &outbox->base;
}

void outbox_add(Store *store, const char *topic, const char *body, gboolean is_retained)
{
    Outbox *outbox = (Outbox *)store;
    g_assert_cmpuint(outbox->messages->len, <, MOST);
    g_autofree char *id = g_strdup_printf("m-%u", outbox->messages->len + 1);
    Message *message = message_new(id, topic, body, is_retained, 1);
    g_ptr_array_add(outbox->messages, message);
    message->sequence = outbox->messages->len;
}

void outbox_correlate(Store *store, const char *base64)
{
    const Outbox *outbox = (Outbox *)store;
    Message *message = g_ptr_array_index(outbox->messages, outbox->messages->len - 1);
    g_free(message->correlation);
    message->correlation = g_strdup(base64);
}

void outbox_fill(Store *store, guint count)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *topic = g_strdup_printf("worker/W%u/%s", i % 7, i % 7 == 0 ? "roster" : "events");
        g_autofree char *body = g_strdup_printf("{\"n\":%u}", i);
        outbox_add(store, topic, body, i % 7 == 0);
    }
}

guint outbox_size(const Store *store)
{
    return ((const Outbox *)store)->messages->len;
}

OutboxState outbox_state(const Store *store, int64_t sequence)
{
    return ((const Outbox *)store)->rows[sequence - 1].state;
}

const char *outbox_reason(const Store *store, int64_t sequence)
{
    return ((const Outbox *)store)->rows[sequence - 1].reason;
}

guint outbox_count(const Store *store, OutboxState state)
{
    guint count = 0;
    for (guint i = 1; i <= outbox_size(store); i++)
        count += outbox_state(store, i) == state;
    return count;
}

void outbox_break(Store *store)
{
    ((Outbox *)store)->is_broken = TRUE;
}

void outbox_mend(Store *store)
{
    ((Outbox *)store)->is_broken = FALSE;
}
