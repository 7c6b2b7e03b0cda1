#include "broker.h"
#include "listener.h"
#include "mqtt/drain.h"
#include "store/sqlite_store.h"
#include "world.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Publication, publication_free)

static Store *open_store(const char *path)
{
    GError *error = NULL;
    Store *store = sqlite_store_open(path, &error);
    g_assert_no_error(error);
    return store;
}

/* Publishes so many revisions of a week to and fro; the ids of all messages. */
static GHashTable *publish_often(World *world, Store *store, int revisions)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    AuditEntry audit = {world->now_s, (char *)"planner", (char *)"publish", (char *)""};
    GError *error = NULL;
    world_build(world);
    store_save_pool(store, world->pool, none, FALSE, &audit, &error);
    g_assert_no_error(error);
    for (int revision = 1; revision <= revisions; revision++) {
        world->now_s += 60;
        g_autoptr(Publication) publication =
            world_publish(world, "2026-W49", revision % 2 ? "S1.W1 S2.W3" : "S1.W2 S1.W3 S2.W1");
        g_assert_cmpint(publication->roster->revision, ==, revision);
        store_publish(store, world->pool, publication, &audit, &error);
        g_assert_no_error(error);
        for (guint i = 0; i < publication->messages->len; i++) {
            const Message *message = g_ptr_array_index(publication->messages, i);
            g_hash_table_add(ids, g_strdup(message->id));
        }
    }
    return ids;
}

static void kill_self_after(const MqttReport *report, gpointer context)
{
    if (report->delivered >= *(const int64_t *)context)
        raise(SIGKILL);
}

/* Drains in a process of its own, which kills itself after so many messages; TRUE if it came to the end. */
static gboolean drain_once(const Broker *broker, const char *path, int64_t limit)
{
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        MqttOptions options = {.host = "127.0.0.1",
                               .port = broker_port(broker),
                               .pool = "west",
                               .timeout_s = 10,
                               .progress = kill_self_after,
                               .context = &limit};
        MqttReport report;
        Store *store = open_store(path);
        gboolean is_done = mqtt_drain(&options, store, &report, NULL);
        store_close(store);
        _exit(is_done ? 0 : 1);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
    return WIFEXITED(status);
}

static char *id_of(const char *payload)
{
    g_auto(GStrv) parts = g_strsplit(payload, "\"", 5);
    g_assert_cmpstr(parts[1], ==, "id");
    return g_strdup(parts[3]);
}

/* Every id was heard, and no other. */
static gboolean has_heard_all(Listener *listener, GHashTable *ids)
{
    g_autoptr(GHashTable) heard_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    for (guint i = 0; i < heard->len; i++) {
        char *id = id_of(((const Heard *)g_ptr_array_index(heard, i))->payload);
        g_assert_true(g_hash_table_contains(ids, id));
        g_hash_table_add(heard_ids, id);
    }
    return g_hash_table_size(heard_ids) == g_hash_table_size(ids);
}

static void everything_published_arrives_whoever_is_killed(void)
{
    if (!broker_is_installed()) {
        g_test_skip("mosquitto is not installed");
        return;
    }
    g_autofree char *folder = g_dir_make_tmp("rooster-on-disk-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "rooster.db", NULL);
    g_autoptr(World) world = world_new();
    GError *error = NULL;
    sqlite_store_init(path, &error);
    g_assert_no_error(error);
    Store *store = open_store(path);
    g_autoptr(GHashTable) ids = publish_often(world, store, 40);
    store_close(store);
    g_assert_cmpuint(g_hash_table_size(ids), >, 300);

    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/west/#", NULL, NULL);
    int rounds = 0;
    for (; !drain_once(broker, path, 71); rounds++) {
        g_assert_cmpint(rounds, <, 50);
        broker_kill(broker);
        broker_restart(broker);
    }
    g_assert_cmpint(rounds, >, 2);
    store = open_store(path);
    OutboxCounts counts = {0};
    store_outbox_counts(store, &counts, &error);
    g_assert_no_error(error);
    g_assert_cmpint(counts.waiting, ==, 0);
    g_assert_cmpint(counts.dead, ==, 0);
    g_assert_cmpint(counts.delivered, ==, g_hash_table_size(ids));
    sqlite_store_check(store, &error);
    g_assert_no_error(error);
    store_close(store);
    for (int tries = 0; tries < 100 && !has_heard_all(listener, ids); tries++)
        g_usleep(50000);
    g_assert_true(has_heard_all(listener, ids));
    g_unlink(path);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/drain/everything-published-arrives-whoever-is-killed",
                    everything_published_arrives_whoever_is_killed);
    return g_test_run();
}
