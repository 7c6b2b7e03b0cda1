/* The link with a broker that is away, refuses, flaps, forgets, freezes, or is no broker at all. */
#include "link_case.h"

#include <glib/gstdio.h>

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void a_broker_that_is_away_at_the_start_gets_all_later(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/worker/#", NULL, NULL);
    broker_stop(broker);
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_fill(some->store, 30);
    link_start(some, NULL);
    link_run_until(some, link_has_lost, 3, 10);
    g_assert_nonnull(strstr(some->state.trouble, "no broker at 127.0.0.1"));
    g_assert_cmpint(some->state.connected_since_s, ==, 0);
    g_assert_cmpint(some->state.waiting, ==, 30);
    broker_restart(broker);
    link_run_until(some, link_has_delivered, 30, 20);
    assert_all_heard(listener, some->store);
}

static void a_wrong_password_is_tried_slowly_and_can_be_mended(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = guarded_broker();
    g_autofree char *wrong = g_build_filename(broker_folder(broker), "wrong", NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_fill(some->store, 5);
    MqttLinkOptions options = link_options(some);
    options.user = "rooster";
    options.password_file = wrong;
    link_start(some, &options);
    link_run_for(some, 2000);
    g_assert_cmpint(some->state.losses, ==, 1);
    g_assert_nonnull(strstr(some->state.trouble, "check the user name and password"));
    g_assert_null(strstr(some->state.trouble, "secret"));
    write_file(broker_folder(broker), "wrong", "secret\n");
    link_run_until(some, link_has_delivered, 5, 20);
}

static void bad_options_are_refused_with_a_reason(void)
{
    static const struct {
        MqttLinkOptions options;
        const char *says;
    } cases[] = {
        {{.pool = "a/b"}, "pool id"},
        {{.pool = NULL}, "pool id"},
        {{.pool = "p", .port = 70000}, "port"},
        {{.pool = "p", .password_file = "/nowhere"}, "user name"},
    };
    g_autoptr(Store) store = outbox_new();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(mqtt_link_new(&cases[i].options, store, NULL, &error));
        g_assert_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS);
        g_assert_nonnull(strstr(error->message, cases[i].says));
    }
}

static void a_password_file_that_comes_later_is_read(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = guarded_broker();
    g_autofree char *late = g_build_filename(broker_folder(broker), "late", NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    MqttLinkOptions options = link_options(some);
    options.user = "rooster";
    options.password_file = late;
    link_start(some, &options);
    link_run_until(some, link_has_lost, 1, 5);
    g_assert_nonnull(strstr(some->state.trouble, "cannot read the password file"));
    write_file(broker_folder(broker), "late", "secret\n");
    link_run_until(some, link_is_connected, 0, 20);
}

static gboolean has_moved(const LinkCase *some, gint64 before)
{
    return some->state.delivered > before;
}

static void ten_flaps_lose_nothing(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/worker/#", NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    link_start(some, NULL);
    for (int flap = 1; flap <= 10; flap++) {
        outbox_fill(some->store, 60);
        mqtt_link_poke(some->link);
        link_run_until(some, has_moved, some->state.delivered, 30); /* in the middle, and it comes back soon */
        if (flap % 2)
            broker_kill(broker);
        else
            broker_stop(broker);
        link_run_until(some, link_has_lost, flap, 10);
        broker_restart(broker);
    }
    link_run_until(some, link_has_delivered, 600, 30);
    g_assert_cmpint(some->state.connections, ==, 11);
    g_assert_cmpint(some->state.dead, ==, 0);
    assert_all_heard(listener, some->store);
    g_test_message("10 flaps: %" G_GINT64_FORMAT " repeated", some->state.repeated);
}

static gboolean has_restored(const LinkCase *some, gint64 number)
{
    return some->state.is_connected && some->state.waiting == 0 && some->state.in_flight == 0 &&
           some->state.repeated + some->state.restored >= number;
}

static void a_killed_and_wiped_broker_gets_all_it_should_hold(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_add(some->store, "worker/W1/roster", "{\"revision\":1}", TRUE);
    outbox_add(some->store, "worker/W1/roster", "{\"revision\":2}", TRUE);
    outbox_add(some->store, "worker/W1/events", "{\"revision\":2}", FALSE);
    outbox_add(some->store, "coop/C1/cover", "{\"revision\":2}", TRUE);
    MqttReport report;
    MqttOptions earlier = drain_options(broker); /* delivered by another process: the link knows nothing of it */
    assert_drained(&earlier, some->store, &report);
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    outbox_add(some->store, "worker/W2/roster", "{}", TRUE);
    outbox_add(some->store, "worker/W2/events", "{}", FALSE);
    link_run_until(some, link_has_delivered, 2, 5);
    broker_kill(broker);
    broker_wipe(broker);
    link_run_until(some, link_has_lost, 1, 5);
    broker_restart(broker);
    link_run_until(some, has_restored, 4, 10); /* two repeated, two restored */
    g_assert_cmpint(some->state.repeated, ==, 2);
    g_assert_cmpint(some->state.restored, ==, 2);
    static const char *const held[][2] = {{"worker/W1/roster", "{\"id\":\"m-2\",\"sequence\":2,\"revision\":2}"},
                                          {"coop/C1/cover", "{\"id\":\"m-4\",\"sequence\":4,\"revision\":2}"},
                                          {"worker/W2/roster", "{\"id\":\"m-5\",\"sequence\":5}"}};
    for (guint i = 0; i < G_N_ELEMENTS(held); i++) {
        g_autofree char *payload = retained_payload(broker, held[i][0]);
        g_assert_cmpstr(payload, ==, held[i][1]);
    }
    g_autofree char *status = retained_payload(broker, "service/status");
    g_assert_nonnull(strstr(status, "running"));
}

static void a_full_disk_is_trouble_and_loses_nothing(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_fill(some->store, 10);
    outbox_break(some->store);
    link_start(some, NULL);
    link_run_until(some, link_has_lost, 1, 5);
    g_assert_cmpstr(some->state.trouble, ==, "disk full");
    g_assert_cmpint(some->state.waiting, ==, 10);
    outbox_mend(some->store);
    link_run_until(some, link_has_delivered, 10, 20);
}

/* At most two seconds, in whatever state the broker is; no figure of speed, but the promise of a clean stop. */
static void assert_stops_soon(LinkCase *some)
{
    gint64 begin_us = g_get_monotonic_time();
    link_stop(some);
    g_assert_cmpint(g_get_monotonic_time() - begin_us, <, 2 * G_USEC_PER_SEC);
}

static void it_stops_soon_whatever_the_broker_does(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_fill(some->store, 100);
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    assert_stops_soon(some); /* in the middle of its work */
    link_start(some, NULL);
    assert_stops_soon(some); /* before its first step */
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    broker_freeze(broker);
    assert_stops_soon(some);
    link_start(some, NULL);
    link_run_for(some, 300); /* it waits for a frozen broker's word */
    assert_stops_soon(some);
    broker_kill(broker);
    link_start(some, NULL);
    link_run_until(some, link_has_lost, 1, 5);
    assert_stops_soon(some); /* waiting to try again */
}

static gboolean count_tick(gpointer ticks)
{
    ++*(guint *)ticks;
    return G_SOURCE_CONTINUE;
}

/* A listening socket whose queue is full: whoever connects hears nothing at all, as from a host behind a firewall. */
static int silent_socket(int *port, int *fillers, guint count)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int silent = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(bind(silent, (struct sockaddr *)&address, sizeof address), ==, 0);
    g_assert_cmpint(listen(silent, 0), ==, 0);
    g_assert_cmpint(getsockname(silent, (struct sockaddr *)&address, &length), ==, 0);
    for (guint i = 0; i < count; i++) {
        fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        (void)!connect(fillers[i], (struct sockaddr *)&address, sizeof address);
    }
    *port = ntohs(address.sin_port);
    return silent;
}

static void a_host_that_swallows_packets_does_not_hold_the_loop(void)
{
    int fillers[4], port;
    int silent = silent_socket(&port, fillers, G_N_ELEMENTS(fillers));
    g_autoptr(LinkCase) some = link_case_new(NULL);
    const MqttLinkOptions options = {.host = "127.0.0.1", .port = port, .pool = "test"};
    link_start(some, &options);
    guint ticks = 0;
    GSource *tick = g_timeout_source_new(20);
    g_source_set_callback(tick, count_tick, &ticks, NULL);
    g_source_attach(tick, some->context);
    link_run_for(some, 2000);
    g_assert_cmpuint(ticks, >, 10);
    g_assert_false(some->state.is_connected);
    g_assert_cmpint(some->state.losses, ==, 0); /* it still waits */
    g_source_destroy(tick);
    g_source_unref(tick);
    assert_stops_soon(some);
    for (guint i = 0; i < G_N_ELEMENTS(fillers); i++)
        close(fillers[i]);
    close(silent);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/link/a-broker-that-is-away-at-the-start-gets-all-later",
                    a_broker_that_is_away_at_the_start_gets_all_later);
    g_test_add_func("/link/a-wrong-password-is-tried-slowly-and-can-be-mended",
                    a_wrong_password_is_tried_slowly_and_can_be_mended);
    g_test_add_func("/link/bad-options-are-refused-with-a-reason", bad_options_are_refused_with_a_reason);
    g_test_add_func("/link/a-password-file-that-comes-later-is-read", a_password_file_that_comes_later_is_read);
    g_test_add_func("/link/ten-flaps-lose-nothing", ten_flaps_lose_nothing);
    g_test_add_func("/link/a-killed-and-wiped-broker-gets-all-it-should-hold",
                    a_killed_and_wiped_broker_gets_all_it_should_hold);
    g_test_add_func("/link/a-full-disk-is-trouble-and-loses-nothing", a_full_disk_is_trouble_and_loses_nothing);
    g_test_add_func("/link/it-stops-soon-whatever-the-broker-does", it_stops_soon_whatever_the_broker_does);
    g_test_add_func("/link/a-host-that-swallows-packets-does-not-hold-the-loop",
                    a_host_that_swallows_packets_does_not_hold_the_loop);
    return g_test_run();
}
