#include "drain_case.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void every_message_arrives_once_in_order(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 300);
    MqttOptions options = drain_options(broker);
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.delivered, ==, 300);
    g_assert_cmpint(report.waiting, ==, 0);
    g_assert_cmpint(report.dead + report.repeated + report.restored, ==, 0);
    g_assert_cmpint(report.connections, ==, 1);
    g_assert_cmpuint(listener_wait(listener, 300, 5), ==, 300);
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    for (guint i = 0; i < heard->len; i++) {
        const Heard *one = g_ptr_array_index(heard, i);
        g_autofree char *payload = g_strdup_printf("{\"id\":\"m-%u\",\"sequence\":%u,\"n\":%u}", i + 1, i + 1, i);
        g_assert_cmpstr(one->payload, ==, payload);
        g_assert_cmpstr(one->content_type, ==, "application/json");
        gboolean is_state = g_str_has_suffix(one->topic, "/roster");
        if (is_state)
            g_assert_cmpuint(one->expiry_s, ==, 0);
        else
            g_assert_cmpuint(one->expiry_s, >, MQTT_EVENT_EXPIRY_S - 60);
    }
}

static void a_second_drain_has_nothing_to_do(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 50);
    MqttOptions options = drain_options(broker);
    MqttReport report;
    assert_drained(&options, store, &report);
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.delivered + report.repeated + report.restored, ==, 0);
}

static void thousands_of_retained_topics_are_read_back(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, "allow_anonymous true\nautosave_on_changes false");
    g_autoptr(Store) store = outbox_new();
    for (guint i = 0; i < 2500; i++) {
        g_autofree char *topic = g_strdup_printf("worker/W%u/roster", i);
        outbox_add(store, topic, "{\"shifts\":[]}", TRUE);
    }
    MqttOptions options = drain_options(broker);
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.restored, ==, 0);
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.restored, ==, 0);
}

static void assert_refused(const Broker *broker, const char *user, const char *password_file)
{
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 5);
    MqttOptions options = drain_options(broker);
    g_autofree char *path = password_file ? g_build_filename(broker_folder(broker), password_file, NULL) : NULL;
    options.user = user;
    options.password_file = path;
    MqttReport report;
    g_autoptr(GError) error = NULL;
    int64_t begin_us = g_get_monotonic_time();
    g_assert_false(mqtt_drain(&options, store, &report, &error));
    g_assert_error(error, MQTT_ERROR, MQTT_ERROR_REFUSED);
    g_assert_nonnull(strstr(error->message, "password"));
    g_assert_null(strstr(error->message, "secret"));
    g_assert_cmpint(g_get_monotonic_time() - begin_us, <, 5 * G_USEC_PER_SEC); /* at once, not after the timeout */
    g_assert_cmpuint(outbox_count(store, OUTBOX_WAITING), ==, 5);
    g_assert_cmpint(report.waiting, ==, 5);
}

static void a_wrong_password_is_said_at_once_and_all_waits(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = guarded_broker();
    assert_refused(broker, "rooster", "wrong");
    assert_refused(broker, "nobody", "password");
    assert_refused(broker, NULL, NULL);
}

static void a_denied_topic_becomes_a_dead_letter_and_the_rest_goes_on(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = guarded_broker();
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", "coop", "secret");
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 20);
    outbox_add(store, "coop/C9/cover", "{}", TRUE);
    outbox_add(store, "coop/C9/events", "{}", FALSE);
    for (int i = 0; i < 20; i++)
        outbox_add(store, "coop/C1/events", "{}", FALSE);
    MqttOptions options = drain_options(broker);
    g_autofree char *path = g_build_filename(broker_folder(broker), "password", NULL);
    options.user = "rooster";
    options.password_file = path;
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.delivered, ==, 40);
    g_assert_cmpint(report.dead, ==, 2);
    g_assert_cmpint(outbox_state(store, 21), ==, OUTBOX_DEAD);
    g_assert_cmpint(outbox_state(store, 22), ==, OUTBOX_DEAD);
    g_assert_cmpstr(outbox_reason(store, 21), ==, "not authorized");
    g_assert_cmpstr(report.reason, ==, "not authorized: coop/C9/events");
    g_assert_cmpuint(listener_wait(listener, 40, 5), >=, 40);
}

static void what_the_broker_finds_too_large_becomes_a_dead_letter(void)
{
    if (!drain_can_run())
        return;
    static const char *const limits[] = {"allow_anonymous true\nmax_packet_size 2000",
                                         "allow_anonymous true\nmessage_size_limit 1500"};
    for (guint i = 0; i < G_N_ELEMENTS(limits); i++) {
        g_autoptr(Broker) broker = broker_start(NULL, limits[i]);
        g_autoptr(Store) store = outbox_new();
        g_autofree char *filling = g_strnfill(3000, 'x');
        g_autofree char *body = g_strdup_printf("{\"text\":\"%s\"}", filling);
        outbox_add(store, "worker/W1/events", "{}", FALSE);
        outbox_add(store, "worker/W1/events", body, FALSE);
        outbox_add(store, "worker/W1/events", "{}", FALSE);
        outbox_add(store, "worker/W1/events", "no JSON", FALSE);
        MqttOptions options = drain_options(broker);
        MqttReport report;
        assert_drained(&options, store, &report);
        g_assert_cmpint(report.delivered, ==, 2);
        g_assert_cmpint(report.dead, ==, 2);
        g_test_message("%s: %s", limits[i], outbox_reason(store, 2));
        g_assert_nonnull(strstr(outbox_reason(store, 2), "large"));
        g_assert_cmpstr(outbox_reason(store, 4), ==, "the body is no JSON object");
    }
}

static void stop_after_hundred(const MqttReport *report, gpointer context)
{
    if (report->delivered >= 100)
        g_atomic_int_set((gint *)context, 1);
}

static void a_cancel_stops_soon_and_keeps_what_was_acknowledged(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 400);
    gint cancel = 0;
    MqttOptions options = drain_options(broker);
    options.cancel = &cancel;
    options.progress = stop_after_hundred;
    options.context = &cancel;
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_true(report.is_cancelled);
    g_assert_cmpint(report.delivered, >=, 100);
    g_assert_cmpint(report.delivered, <, 400);
    g_assert_cmpint(report.waiting, ==, 400 - report.delivered);
    g_atomic_int_set(&cancel, 0);
    options.progress = NULL;
    assert_drained(&options, store, &report);
    assert_all_heard(listener, store);
}

static void a_full_disk_stops_the_drain_and_loses_nothing(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 10);
    outbox_break(store);
    MqttOptions options = drain_options(broker);
    MqttReport report;
    g_autoptr(GError) error = NULL;
    g_assert_false(mqtt_drain(&options, store, &report, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
    g_assert_cmpint(report.delivered, ==, 0);
    g_assert_cmpuint(outbox_count(store, OUTBOX_WAITING), ==, 10);
}

static void kill_self_after(const MqttReport *report, gpointer context)
{
    if (report->delivered >= *(const int64_t *)context)
        raise(SIGKILL);
}

static void a_killed_drain_repeats_with_the_same_ids(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 300);
    MqttOptions options = drain_options(broker);
    guint delivered = 0;
    for (int round = 0; round < 4; round++) {
        pid_t child = fork();
        g_assert_cmpint(child, >=, 0);
        if (child == 0) {
            int64_t limit = 53;
            options.progress = kill_self_after;
            options.context = &limit;
            MqttReport report;
            mqtt_drain(&options, store, &report, NULL);
            _exit(1);
        }
        int status = 0;
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        g_assert_cmpuint(outbox_count(store, OUTBOX_DELIVERED), >=, delivered + 53);
        delivered = outbox_count(store, OUTBOX_DELIVERED);
    }
    MqttReport report;
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.delivered, ==, 300 - delivered);
    g_assert_cmpuint(outbox_count(store, OUTBOX_DELIVERED), ==, 300);
    g_assert_cmpint(report.restored, ==, 0);
}

static void acknowledged_before_a_killed_drain_was_heard(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 300);
    MqttOptions options = drain_options(broker);
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        g_usleep(300000); /* until the listener is there: it starts its thread after the fork */
        int64_t limit = 100;
        options.progress = kill_self_after;
        options.context = &limit;
        MqttReport report;
        mqtt_drain(&options, store, &report, NULL);
        _exit(1);
    }
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", NULL, NULL);
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status));
    listener_wait(listener, 100, 5);
    g_autoptr(GHashTable) first = ids_heard(listener);
    for (guint i = 1; i <= 300; i++) {
        g_autofree char *id = g_strdup_printf("m-%u", i);
        if (outbox_state(store, i) == OUTBOX_DELIVERED)
            g_assert_true(g_hash_table_contains(first, id));
    }
    MqttReport report;
    assert_drained(&options, store, &report);
    assert_all_heard(listener, store);
}

static void bad_options_are_refused_with_a_reason(void)
{
    static const struct {
        MqttOptions options;
        const char *says;
    } cases[] = {
        {{.pool = "a/b"}, "pool id"},
        {{.pool = NULL}, "pool id"},
        {{.pool = "p", .port = 70000}, "port"},
        {{.pool = "p", .password_file = "/nowhere"}, "user name"},
        {{.pool = "p", .user = "u", .password_file = "/nowhere"}, "/nowhere"},
        {{.pool = "p", .ca_file = "/nowhere"}, "/nowhere"},
        {{.pool = "p", .timeout_s = -1}, "timeout"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Store) store = outbox_new();
        MqttReport report;
        g_autoptr(GError) error = NULL;
        g_assert_false(mqtt_drain(&cases[i].options, store, &report, &error));
        g_assert_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS);
        if (!strstr(error->message, cases[i].says))
            g_error("case %u: expected to hear of %s, got: %s", i, cases[i].says, error->message);
    }
}

static void run(const char *command, const char *folder)
{
    g_auto(GStrv) words = NULL;
    g_assert_true(g_shell_parse_argv(command, NULL, &words, NULL));
    int status = 1;
    g_autofree char *errors = NULL;
    g_assert_true(g_spawn_sync(folder, words, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                               &errors, &status, NULL));
    if (status != 0)
        g_error("%s: %s", command, errors);
}

static void tls_is_used_and_a_stranger_is_not_trusted(void)
{
    g_autofree char *openssl = g_find_program_in_path("openssl");
    if (!drain_can_run())
        return;
    if (!openssl) {
        g_test_skip("openssl is not installed");
        return;
    }
    char *folder = broker_make_folder();
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout key.pem -out ca.pem "
        "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1",
        folder);
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout other.key -out "
        "other.pem "
        "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1",
        folder);
    g_autoptr(Broker) broker = broker_start(folder, "allow_anonymous true\ncertfile @/ca.pem\nkeyfile @/key.pem\n");
    g_autoptr(Store) store = outbox_new();
    outbox_fill(store, 40);
    MqttOptions options = drain_options(broker);
    g_autofree char *other = g_build_filename(broker_folder(broker), "other.pem", NULL);
    g_autofree char *ca = g_build_filename(broker_folder(broker), "ca.pem", NULL);
    MqttReport report;
    g_autoptr(GError) error = NULL;
    options.ca_file = other;
    g_assert_false(mqtt_drain(&options, store, &report, &error));
    g_assert_error(error, MQTT_ERROR, MQTT_ERROR_REFUSED);
    g_assert_nonnull(strstr(error->message, "certificate"));
    g_assert_cmpint(report.waiting, ==, 40);
    options.ca_file = ca;
    assert_drained(&options, store, &report);
    g_assert_cmpint(report.delivered, ==, 40);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/drain/every-message-arrives-once-in-order", every_message_arrives_once_in_order);
    g_test_add_func("/drain/a-second-drain-has-nothing-to-do", a_second_drain_has_nothing_to_do);
    g_test_add_func("/drain/thousands-of-retained-topics-are-read-back", thousands_of_retained_topics_are_read_back);
    g_test_add_func("/drain/a-wrong-password-is-said-at-once-and-all-waits",
                    a_wrong_password_is_said_at_once_and_all_waits);
    g_test_add_func("/drain/a-denied-topic-becomes-a-dead-letter-and-the-rest-goes-on",
                    a_denied_topic_becomes_a_dead_letter_and_the_rest_goes_on);
    g_test_add_func("/drain/what-the-broker-finds-too-large-becomes-a-dead-letter",
                    what_the_broker_finds_too_large_becomes_a_dead_letter);
    g_test_add_func("/drain/a-cancel-stops-soon-and-keeps-what-was-acknowledged",
                    a_cancel_stops_soon_and_keeps_what_was_acknowledged);
    g_test_add_func("/drain/a-full-disk-stops-the-drain-and-loses-nothing",
                    a_full_disk_stops_the_drain_and_loses_nothing);
    g_test_add_func("/drain/a-killed-drain-repeats-with-the-same-ids", a_killed_drain_repeats_with_the_same_ids);
    g_test_add_func("/drain/what-was-acknowledged-before-a-killed-drain-was-heard",
                    acknowledged_before_a_killed_drain_was_heard);
    g_test_add_func("/drain/bad-options-are-refused-with-a-reason", bad_options_are_refused_with_a_reason);
    g_test_add_func("/drain/tls-is-used-and-a-stranger-is-not-trusted", tls_is_used_and_a_stranger_is_not_trusted);
    return g_test_run();
}
