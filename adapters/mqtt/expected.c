#include "expected.h"

#include <string.h>

struct Expected {
    char *prefix;
    GHashTable *messages; /* topic -> Message */
};

Expected *expected_new(const char *prefix)
{
    Expected *expected = g_new(Expected, 1);
    *expected = (Expected){g_strdup(prefix),
                           g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)message_free)};
    return expected;
}

void expected_free(Expected *expected)
{
    g_free(expected->prefix);
    g_hash_table_unref(expected->messages);
    g_free(expected);
}

void expected_clear(Expected *expected)
{
    g_hash_table_remove_all(expected->messages);
}

void expected_add(Expected *expected, const Message *message)
{
    const Message *other = g_hash_table_lookup(expected->messages, message->topic);
    if (!other || other->sequence < message->sequence)
        g_hash_table_replace(expected->messages, g_strdup(message->topic), message_copy(message));
}

guint expected_count(const Expected *expected)
{
    return g_hash_table_size(expected->messages);
}

/* The topics of this kind of all owners. */
static char *filter_of(const Expected *expected, const char *topic)
{
    g_auto(GStrv) parts = g_strsplit(topic, "/", -1);
    if (g_strv_length(parts) == 3) {
        g_free(parts[1]);
        parts[1] = g_strdup("+");
    }
    g_autofree char *filter = g_strjoinv("/", parts);
    return g_strconcat(expected->prefix, filter, NULL);
}

GPtrArray *expected_filters(const Expected *expected)
{
    g_autoptr(GHashTable) filters = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter each;
    gpointer topic;
    g_hash_table_iter_init(&each, expected->messages);
    while (g_hash_table_iter_next(&each, &topic, NULL)) {
        g_autofree char *filter = filter_of(expected, topic);
        if (g_hash_table_contains(filters, filter))
            continue;
        g_hash_table_add(filters, filter);
        g_ptr_array_add(list, g_steal_pointer(&filter));
    }
    return list;
}

void expected_seen(Expected *expected, const char *topic, const char *payload, gsize length)
{
    if (!g_str_has_prefix(topic, expected->prefix))
        return;
    const char *own_topic = topic + strlen(expected->prefix);
    const Message *message = g_hash_table_lookup(expected->messages, own_topic);
    if (!message)
        return;
    g_autofree char *wanted = message_payload(message);
    if (wanted && strlen(wanted) == length && memcmp(wanted, payload, length) == 0)
        g_hash_table_remove(expected->messages, own_topic);
}

gint sequence_compare(gconstpointer left, gconstpointer right)
{
    const Message *a = *(const Message *const *)left, *b = *(const Message *const *)right;
    return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

GPtrArray *expected_take(Expected *expected)
{
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    GHashTableIter each;
    gpointer topic, message;
    g_hash_table_iter_init(&each, expected->messages);
    while (g_hash_table_iter_next(&each, &topic, &message)) {
        g_hash_table_iter_steal(&each);
        g_free(topic);
        g_ptr_array_add(list, message);
    }
    g_ptr_array_sort(list, sequence_compare);
    return list;
}
