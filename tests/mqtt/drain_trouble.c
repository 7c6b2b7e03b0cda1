/* Draining into a broker that is away, late, frozen, killed, wiped, or no broker at all. */
#include "drain_case.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void no_broker_leaves_all_waiting(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    broker_stop(broker);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 12);
    MqttOptions options = drain_options(broker);
    options.timeout_s = 1;
    MqttReport report;
    g_autoptr(GError) error = NULL;
    g_assert_false(mqtt_drain(&options, store, &report, &error));
    g_assert_error(error, MQTT_ERROR, MQTT_ERROR_UNREACHABLE);
    g_assert_nonnull(strstr(error->message, "12 messages wait"));
    g_assert_cmpint(report.waiting, ==, 12);
    g_assert_cmpuint(outbox_count(store, OUTBOX_WAITING), ==, 12);
}

typedef struct Trouble {
    Broker *broker;
    int64_t after;
} Trouble;

static void freeze_after(const MqttReport *report, gpointer context)
{
    const Trouble *trouble = context;
    if (report->delivered == trouble->after)
        broker_freeze(trouble->broker);
}

static void a_frozen_broker_is_given_up_in_time(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 100);
    Trouble trouble = {broker, 40};
    MqttOptions options = drain_options(broker);
    options.timeout_s = 1;
    options.progress = freeze_after;
    options.context = &trouble;
    MqttReport report;
    g_autoptr(GError) error = NULL;
    int64_t begin_us = g_get_monotonic_time();
    g_assert_false(mqtt_drain(&options, store, &report, &error));
    g_assert_error(error, MQTT_ERROR, MQTT_ERROR_UNREACHABLE);
    g_assert_cmpint(g_get_monotonic_time() - begin_us, <, 5 * G_USEC_PER_SEC);
    g_assert_cmpint(report.delivered, >=, 40);
    g_assert_cmpint(report.waiting, ==, 100 - report.delivered);
    broker_thaw(broker);
    options.progress = NULL;
    assert_drained(&options, store, &report);
    assert_all_heard(listener, store);
}

/* Another drain of the same pool, with nothing to send. */
static void take_over_after(const MqttReport *report, gpointer context)
{
    Trouble *trouble = context;
    if (report->delivered < trouble->after)
        return;
    trouble->after = G_MAXINT64; /* once */
    g_autoptr(Store) empty = outbox_new();
    MqttOptions options = drain_options(trouble->broker);
    MqttReport other;
    assert_drained(&options, empty, &other);
}

/* A server on a free port that is no broker: it takes the line and says what it is told to, or nothing. */
typedef struct Stranger {
    GSocketService *service;
    GMainContext *context;
    GThread *thread;
    const char *says;
    gint is_over;
    int port;
} Stranger;

static gboolean greet(GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
    (void)service, (void)source;
    const Stranger *stranger = data;
    g_output_stream_write(g_io_stream_get_output_stream(G_IO_STREAM(connection)), stranger->says,
                          strlen(stranger->says), NULL, NULL);
    g_object_set_data_full(G_OBJECT(service), "line", g_object_ref(connection), g_object_unref); /* kept open */
    return TRUE;
}

static gpointer serve_strangely(gpointer data)
{
    Stranger *stranger = data;
    g_main_context_push_thread_default(stranger->context);
    stranger->service = g_socket_service_new();
    stranger->port = g_socket_listener_add_any_inet_port(G_SOCKET_LISTENER(stranger->service), NULL, NULL);
    g_signal_connect(stranger->service, "incoming", G_CALLBACK(greet), stranger);
    g_atomic_int_set(&stranger->is_over, -1); /* ready */
    while (g_atomic_int_get(&stranger->is_over) != 1)
        if (!g_main_context_iteration(stranger->context, FALSE))
            g_usleep(5000);
    g_socket_service_stop(stranger->service);
    g_socket_listener_close(G_SOCKET_LISTENER(stranger->service));
    g_object_unref(stranger->service);
    while (g_main_context_iteration(stranger->context, FALSE))
        continue;
    g_main_context_pop_thread_default(stranger->context);
    return NULL;
}

static void what_is_no_broker_is_given_up_in_time(void)
{
    static const char *const words[] = {"", "HTTP/1.1 400 Bad Request\r\n\r\n", "\x20\x7f\xff\xff\xff\xff\xff",
                                        "\x30\x7f"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        Stranger stranger = {.context = g_main_context_new(), .says = words[i]};
        stranger.thread = g_thread_new("stranger", serve_strangely, &stranger);
        while (g_atomic_int_get(&stranger.is_over) == 0)
            g_usleep(1000);
        g_autoptr(Store) store = outbox_new();
        outbox_fill(store, 3);
        MqttOptions options = {.host = "127.0.0.1", .port = stranger.port, .pool = "test", .timeout_s = 1};
        MqttReport report;
        g_autoptr(GError) error = NULL;
        int64_t begin_us = g_get_monotonic_time();
        g_assert_false(mqtt_drain(&options, store, &report, &error));
        g_assert_error(error, MQTT_ERROR, MQTT_ERROR_UNREACHABLE);
        g_assert_cmpint(g_get_monotonic_time() - begin_us, <, 4 * G_USEC_PER_SEC);
        g_assert_cmpint(report.waiting, ==, 3);
        g_assert_cmpint(report.connections, ==, 0);
        g_atomic_int_set(&stranger.is_over, 1);
        g_thread_join(stranger.thread);
        g_main_context_unref(stranger.context);
    }
}

static void a_drain_that_another_cuts_off_goes_on(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 100);
    Trouble trouble = {broker, 50};
    MqttOptions options = drain_options(broker);
    options.progress = take_over_after;
    options.context = &trouble;
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.delivered, ==, 100);
    g_assert_cmpint(report.connections, ==, 2);
    assert_all_heard(listener, store);
}

typedef struct Restarter {
    Broker *broker;
    guint after_ms;
    gint is_over;
} Restarter;

static gpointer restart_later(gpointer data)
{
    Restarter *restarter = data;
    g_usleep(restarter->after_ms * 1000);
    broker_restart(restarter->broker);
    while (!g_atomic_int_get(&restarter->is_over)) /* the broker dies with the thread that started it */
        g_usleep(10000);
    return NULL;
}

static void a_broker_that_comes_late_gets_all(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", NULL, NULL);
    broker_stop(broker);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 30);
    Restarter restarter = {broker, 700, FALSE};
    GThread *thread = g_thread_new("restart", restart_later, &restarter);
    MqttOptions options = drain_options(broker);
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.delivered, ==, 30);
    assert_all_heard(listener, store);
    g_atomic_int_set(&restarter.is_over, TRUE);
    g_thread_join(thread);
}

/* Kills the broker again and again from within the drain's own progress, so that it always happens in the middle. */
typedef struct Killer {
    Broker *broker;
    int64_t every, next;
    int kills, most;
} Killer;

static void kill_sometimes(const MqttReport *report, gpointer context)
{
    Killer *killer = context;
    if (report->delivered < killer->next || killer->kills == killer->most)
        return;
    killer->next += killer->every;
    killer->kills++;
    broker_kill(killer->broker);
    broker_restart(killer->broker);
}

static void a_broker_killed_again_and_again_loses_nothing(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 700);
    Killer killer = {.broker = broker, .every = 61, .next = 30, .most = 10};
    MqttOptions options = drain_options(broker);
    options.progress = kill_sometimes;
    options.context = &killer;
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_cmpint(killer.kills, ==, 10);
    g_assert_cmpint(report.delivered, ==, 700);
    g_assert_cmpint(report.connections, >, 10);
    g_assert_cmpuint(outbox_count(store, OUTBOX_DELIVERED), ==, 700);
    assert_all_heard(listener, store);
    g_autofree char *state = retained_payload(broker, "worker/W0/roster");
    g_assert_cmpstr(state, ==, "{\"id\":\"m-694\",\"sequence\":694,\"n\":693}");
}

static void a_broker_that_forgets_what_it_took_gets_it_again(void)
{
    if (!drain_can_run())
        return;
    /* Saves only in good order: a kill loses all it had acknowledged. */
    g_autoptr(Broker) broker =
        broker_start(NULL, "allow_anonymous true\nautosave_on_changes false\nautosave_interval 0");
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 200);
    Killer killer = {.broker = broker, .every = 1000, .next = 150, .most = 1};
    MqttOptions options = drain_options(broker);
    options.progress = kill_sometimes;
    options.context = &killer;
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_cmpint(killer.kills, ==, 1);
    g_assert_cmpint(report.delivered, ==, 200);
    g_assert_cmpint(report.repeated, >=, 150);
    g_autofree char *state = retained_payload(broker, "worker/W0/roster");
    g_assert_cmpstr(state, ==, "{\"id\":\"m-197\",\"sequence\":197,\"n\":196}");
}

static void a_wiped_broker_gets_its_retained_state_back(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_add(store, "worker/W1/roster", "{\"revision\":1}", TRUE);
    outbox_add(store, "worker/W1/roster", "{\"revision\":2}", TRUE);
    outbox_add(store, "worker/W1/events", "{\"revision\":2}", FALSE);
    outbox_add(store, "coop/C1/cover", "{\"revision\":2}", TRUE);
    MqttOptions options = drain_options(broker);
    MqttReport report;
    assert_drained(&options, store, &report);
    broker_stop(broker);
    broker_wipe(broker);
    broker_restart(broker);
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.restored, ==, 2);
    g_autofree char *roster = retained_payload(broker, "worker/W1/roster");
    g_autofree char *cover = retained_payload(broker, "coop/C1/cover");
    g_assert_cmpstr(roster, ==, "{\"id\":\"m-2\",\"sequence\":2,\"revision\":2}");
    g_assert_cmpstr(cover, ==, "{\"id\":\"m-4\",\"sequence\":4,\"revision\":2}");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/drain/no-broker-leaves-all-waiting", no_broker_leaves_all_waiting);
    g_test_add_func("/drain/a-frozen-broker-is-given-up-in-time", a_frozen_broker_is_given_up_in_time);
    g_test_add_func("/drain/what-is-no-broker-is-given-up-in-time", what_is_no_broker_is_given_up_in_time);
    g_test_add_func("/drain/a-drain-that-another-cuts-off-goes-on", a_drain_that_another_cuts_off_goes_on);
    g_test_add_func("/drain/a-broker-that-comes-late-gets-all", a_broker_that_comes_late_gets_all);
    g_test_add_func("/drain/a-broker-killed-again-and-again-loses-nothing",
                    a_broker_killed_again_and_again_loses_nothing);
    g_test_add_func("/drain/a-broker-that-forgets-what-it-took-gets-it-again",
                    a_broker_that_forgets_what_it_took_gets_it_again);
    g_test_add_func("/drain/a-wiped-broker-gets-its-retained-state-back", a_wiped_broker_gets_its_retained_state_back);
    return g_test_run();
}
