#include "drain_case.h"

#include <glib/gstdio.h>

#include <string.h>

gboolean drain_can_run(void)
{
    if (broker_is_installed())
        return TRUE;
    g_test_skip("mosquitto is not installed");
    return FALSE;
}

MqttOptions drain_options(const Broker *broker)
{
    return (MqttOptions){.host = "127.0.0.1", .port = broker_port(broker), .pool = "test", .timeout_s = 10};
}

void write_file(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

void assert_drained(const MqttOptions *options, Store *store, MqttReport *report)
{
    g_autoptr(GError) error = NULL;
    gboolean is_done = mqtt_drain(options, store, report, &error);
    g_assert_no_error(error);
    g_assert_true(is_done);
}

GHashTable *ids_heard(Listener *listener)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    for (guint i = 0; i < heard->len; i++) {
        const Heard *one = g_ptr_array_index(heard, i);
        g_auto(GStrv) parts = g_strsplit(one->payload, "\"", 5);
        g_assert_cmpuint(g_strv_length(parts), ==, 5); /* {"id":"m-1",... */
        guint times = GPOINTER_TO_UINT(g_hash_table_lookup(ids, parts[3]));
        g_hash_table_replace(ids, g_strdup(parts[3]), GUINT_TO_POINTER(times + 1));
    }
    return ids;
}

void assert_all_heard(Listener *listener, const Store *store)
{
    g_autoptr(GHashTable) ids = NULL;
    for (int tries = 0; tries < 100; tries++) {
        g_clear_pointer(&ids, g_hash_table_unref);
        ids = ids_heard(listener);
        if (g_hash_table_size(ids) == outbox_size(store))
            return;
        g_usleep(50000);
    }
    for (guint i = 1; i <= outbox_size(store); i++) {
        g_autofree char *id = g_strdup_printf("m-%u", i);
        if (!g_hash_table_contains(ids, id))
            g_test_message("never heard: %s (state %d)", id, outbox_state(store, i));
    }
    g_assert_cmpuint(g_hash_table_size(ids), ==, outbox_size(store));
}

char *retained_payload(const Broker *broker, const char *topic)
{
    g_autofree char *whole = g_strconcat("rooster/v1/test/", topic, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), whole, NULL, NULL);
    listener_wait(listener, 1, 1);
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    return heard->len ? g_strdup(((const Heard *)g_ptr_array_index(heard, 0))->payload) : NULL;
}

Broker *guarded_broker(void)
{
    char *folder = broker_make_folder();
    g_autofree char *passwords = g_build_filename(folder, "passwords", NULL);
    write_file(folder, "passwords", "rooster:secret\ncoop:secret\n");
    g_chmod(passwords, 0600);
    const char *command[] = {"mosquitto_passwd", "-U", passwords, NULL};
    int status = 1;
    g_assert_true(
        g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    write_file(folder, "acl",
               "user rooster\n"
               "topic deny rooster/v1/test/coop/C9/#\n"
               "topic readwrite rooster/v1/test/#\n"
               "user coop\n"
               "topic read rooster/v1/test/#\n");
    write_file(folder, "password", "secret\n");
    write_file(folder, "wrong", "secret2\n");
    return broker_start(folder, "allow_anonymous false\npassword_file @/passwords\nacl_file @/acl");
}
