/* The link with the real store: what was acknowledged on either side is there after any kill. */
#include "link_case.h"
#include "poster.h"
#include "store/sqlite_store.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEMANDS 150

typedef struct Service {
    Store *store;
    guint taken, most; /* killed when it has taken so many */
} Service;

static Store *open_store(const char *path)
{
    GError *error = NULL;
    Store *store = sqlite_store_open(path, &error);
    g_assert_no_error(error);
    return store;
}

static gboolean take(const MqttDemand *demand, gpointer context)
{
    Service *service = context;
    int64_t sequence = 0;
    const Inquiry inquiry = {.coop = (char *)demand->coop,
                             .payload = (char *)demand->payload,
                             .correlation = (char *)demand->correlation,
                             .at_s = 1};
    if (service->taken++ == service->most)
        raise(SIGKILL);
    return store_inbox_add(service->store, &inquiry, &sequence, NULL);
}

static GPtrArray *inbox_of(Store *store)
{
    GError *error = NULL;
    GPtrArray *waiting = store_inbox_waiting(store, 0, 10000, &error);
    g_assert_no_error(error);
    return waiting;
}

static gboolean has_taken(const LinkCase *some, gint64 number)
{
    g_autoptr(GPtrArray) waiting = inbox_of(some->store);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < waiting->len; i++)
        g_hash_table_add(seen, ((const Inquiry *)g_ptr_array_index(waiting, i))->correlation);
    return g_hash_table_size(seen) >= number;
}

/* A link on the store of the file. */
static LinkCase *start_service(Broker *broker, const char *path, Service *service)
{
    LinkCase *some = link_case_new(broker);
    store_close(some->store);
    some->store = service->store = open_store(path);
    MqttLinkOptions options = link_options(some);
    options.demand = take;
    options.changed = NULL;
    options.context = service;
    link_start(some, &options);
    return some;
}

/* TRUE if it was killed; FALSE if it stopped with all demands in its inbox. */
static gboolean serve_in_a_child(Broker *broker, const char *path, guint most, gint64 until)
{
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        Service service = {.most = most};
        LinkCase *some = start_service(broker, path, &service);
        link_run_until(some, until ? has_taken : link_is_connected, until, 20);
        link_run_for(some, 300);
        link_stop(some);
        store_close(some->store);
        _exit(0);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

/* Answers each inquiry once, as the service does: the answer in, the inquiry out, together. */
static guint answer_all(Store *store)
{
    g_autoptr(GPtrArray) waiting = inbox_of(store);
    GError *error = NULL;
    for (guint i = 0; i < waiting->len; i++) {
        const Inquiry *inquiry = g_ptr_array_index(waiting, i);
        g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
        g_autofree char *id = g_strdup_printf("a-%" G_GINT64_FORMAT, inquiry->sequence);
        g_autofree char *topic = g_strdup_printf("coop/%s/demand/answer", inquiry->coop);
        Message *answer = message_new(id, topic, "{}", FALSE, 1);
        answer->correlation = g_strdup(inquiry->correlation);
        g_ptr_array_add(answers, answer);
        g_assert_true(store_begin(store, &error) && store_append_messages(store, answers, &error) &&
                      store_inbox_done(store, inquiry->sequence, &error) && store_commit(store, &error));
    }
    return waiting->len;
}

/* Every correlation 0 .. DEMANDS - 1 came back, and nothing else. */
static void assert_all_answered(Listener *listener)
{
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    gboolean has_come[DEMANDS] = {FALSE};
    for (guint i = 0; i < heard->len; i++) {
        gsize length = 0;
        const void *data = g_bytes_get_data(((const Heard *)g_ptr_array_index(heard, i))->correlation, &length);
        guint number = G_MAXUINT;
        g_assert_cmpuint(length, ==, sizeof number);
        memcpy(&number, data, sizeof number);
        g_assert_cmpuint(number, <, DEMANDS);
        has_come[number] = TRUE;
    }
    for (guint number = 0; number < DEMANDS; number++)
        if (!has_come[number])
            g_error("demand %u was never answered", number);
}

static void every_demand_is_answered_whoever_is_killed(void)
{
    if (!drain_can_run())
        return;
    g_autofree char *folder = g_dir_make_tmp("rooster-link-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "rooster.db", NULL);
    GError *error = NULL;
    sqlite_store_init(path, &error);
    g_assert_no_error(error);
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener =
        listener_start(broker_port(broker), "rooster/v1/test/coop/+/demand/answer", NULL, NULL);
    g_assert_false(serve_in_a_child(broker, path, G_MAXUINT, 0)); /* makes the session */
    g_autoptr(Poster) poster = poster_start(broker_port(broker), NULL, NULL);
    for (guint number = 0; number < DEMANDS; number++)
        poster_post(poster, &(Post){"rooster/v1/test/coop/C1/demand", "{}", 2, &number, sizeof number, FALSE});
    g_assert_cmpuint(poster_wait(poster, 30), ==, DEMANDS);
    int kills = 0;
    while (serve_in_a_child(broker, path, 23 * (guint)(kills + 1), DEMANDS)) {
        g_assert_cmpint(++kills, <, 20);
        if (kills % 3 == 0) {
            broker_kill(broker);
            broker_restart(broker);
        }
    }
    g_assert_cmpint(kills, >=, 3);
    Service service = {.most = G_MAXUINT};
    g_autoptr(LinkCase) some = start_service(broker, path, &service);
    guint answered = answer_all(some->store);
    mqtt_link_poke(some->link);
    gint64 begin_us = g_get_monotonic_time();
    link_run_until(some, link_has_delivered, answered, 60);
    g_test_message("%d kills: %d demands, kept %u times; %u answers delivered in %" G_GINT64_FORMAT " ms", kills,
                   DEMANDS, answered, answered, (g_get_monotonic_time() - begin_us) / 1000);
    listener_wait(listener, answered, 10);
    assert_all_answered(listener);
    sqlite_store_check(some->store, &error);
    g_assert_no_error(error);
    link_stop(some);
    g_unlink(path);
    g_autofree char *log = g_strconcat(path, "-wal", NULL), *shared = g_strconcat(path, "-shm", NULL);
    g_unlink(log);
    g_unlink(shared);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/link/every-demand-is-answered-whoever-is-killed", every_demand_is_answered_whoever_is_killed);
    return g_test_run();
}
