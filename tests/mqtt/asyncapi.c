#include "schema.h"
#include "world.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Publication, publication_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* The validator must object when any member is taken away, changes its type, or one more is there: else it proves
 * nothing. */
static void assert_strict(const json_t *root, const json_t *schema, const json_t *payload)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)payload, key, value)
    {
        g_autoptr(json_t) changed = json_deep_copy(payload);
        json_object_del(changed, key);
        g_autofree char *missing = schema_fault(root, schema, changed);
        g_assert_nonnull(missing);
        json_object_set_new(changed, key, json_pack("{s:[n]}", "wrong"));
        g_autofree char *wrong = schema_fault(root, schema, changed);
        g_assert_nonnull(wrong);
    }
    g_autoptr(json_t) more = json_deep_copy(payload);
    json_object_set_new(more, "birth_date", json_string("1990-01-01"));
    g_autofree char *extra = schema_fault(root, schema, more);
    g_assert_nonnull(extra);
}

static void assert_described(const json_t *root, const Publication *publication, GHashTable *seen)
{
    for (guint i = 0; i < publication->messages->len; i++) {
        Message *message = g_ptr_array_index(publication->messages, i);
        message->sequence = (int64_t)i + 1;
        const char *name;
        g_autofree char *topic = g_strconcat("rooster/v1/west/", message->topic, NULL);
        const json_t *channel = schema_channel(root, topic, &name);
        g_hash_table_add(seen, (gpointer)name);
        const json_t *schema = schema_member(channel, "subscribe/message/payload");
        g_assert_cmpint(json_is_true(schema_member(channel, "subscribe/bindings/mqtt/retain")), ==,
                        message->is_retained);
        g_autofree char *text = message_payload(message);
        g_autoptr(json_t) payload = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
        g_autofree char *fault = schema_fault(root, schema, payload);
        if (fault)
            g_error("%s: %s\n%s", message->topic, fault, text);
        assert_strict(root, schema, payload);
    }
}

static void every_message_fits_the_description(void)
{
    g_autoptr(json_t) root = schema_load_description();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(World) world = world_new();
    static const struct {
        const char *now, *week, *pairs, *shifts;
    } steps[] = {
        {"2026-11-23T09:00", "2026-W49", "S1.W1", NULL},
        {"2026-11-29T09:00", "2026-W49", "S1.W2 S2.W3", NULL}, /* late: added, dropped */
        {"2026-11-29T10:00", "2026-W50", "S3.W2", NULL},       /* two weeks in one state */
        {"2026-11-30T12:00", "2026-W49", "", NULL},            /* after the start; nobody left */
        {"2026-11-30T13:00", "2026-W49", "S1.W1 S2.W3", NULL}, /* and back */
        {"2026-11-30T14:00", "2026-W49", "S1.W1 S2.W3",        /* moved, refilled, cancelled */
         "S1,C1,,2026-11-30T09:00,2026-11-30T17:00,30,1,\nS2,C2,cook,2026-12-01T09:00,2026-12-01T13:00,0,0,"},
        {"2026-11-30T15:00", "2026-W49", "", "S1,C1,,2026-11-30T09:00,2026-11-30T17:00,30,1,"}, /* an order gone */
    };
    for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
        world->now_s = world_time(world, steps[i].now);
        if (steps[i].shifts)
            world_set(&world->shifts, steps[i].shifts);
        g_autoptr(Publication) publication = world_publish(world, steps[i].week, steps[i].pairs);
        g_assert_cmpuint(publication->messages->len, >, 0);
        assert_described(root, publication, seen);
    }
    /* All but demand, demand/answer and service/status, which are no part of publishing: see described.c. */
    g_assert_cmpuint(g_hash_table_size(seen) + 3, ==, json_object_size(json_object_get(root, "channels")));
}

static void names_that_are_not_utf8_do_not_break_a_message(void)
{
    g_autoptr(json_t) root = schema_load_description();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(World) world = world_new();
    world_set(&world->workers, "W1,Am\xff\"ina\nW2,\xe2\x80\xae\\x");
    g_autoptr(Publication) publication = world_publish(world, "2026-W49", "S1.W1 S1.W2");
    assert_described(root, publication, seen);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/asyncapi/every-message-fits-the-description", every_message_fits_the_description);
    g_test_add_func("/asyncapi/names-that-are-not-utf8-do-not-break-a-message",
                    names_that_are_not_utf8_do_not_break_a_message);
    return g_test_run();
}
