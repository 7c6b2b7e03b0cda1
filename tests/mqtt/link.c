/* The link with a broker that is there: the outbox, the status, what coops post. */
#include "link_case.h"
#include "poster.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void the_outbox_is_carried_as_it_fills(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/worker/#", NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_fill(some->store, 300);
    link_start(some, NULL);
    link_run_until(some, link_has_delivered, 300, 20);
    outbox_fill(some->store, 5);
    mqtt_link_poke(some->link);
    link_run_until(some, link_has_delivered, 305, 5);
    outbox_fill(some->store, 5); /* by another process, which pokes nobody */
    link_run_until(some, link_has_delivered, 310, 5);
    g_assert_cmpuint(listener_wait(listener, 310, 5), ==, 310);
    assert_all_heard(listener, some->store);
    g_assert_true(some->state.is_connected);
    g_assert_cmpint(some->state.connected_since_s, >, 0);
    g_assert_cmpint(some->state.connections, ==, 1);
    g_assert_cmpint(some->state.losses + some->state.dead + some->state.repeated + some->state.restored, ==, 0);
    g_assert_cmpstr(some->state.trouble, ==, "");
}

static void without_a_context_it_runs_on_the_default_one(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Store) store = outbox_new();
    const MqttLinkOptions options = {.host = "127.0.0.1", .port = broker_port(broker), .pool = "test"};
    MqttLink *link = mqtt_link_new(&options, store, NULL, NULL);
    g_assert_nonnull(link);
    MqttLinkState state = {0};
    for (int turn = 0; turn < 500 && !state.is_connected; turn++) {
        g_main_context_iteration(NULL, FALSE);
        g_usleep(10000);
        mqtt_link_state(link, &state);
    }
    g_assert_true(state.is_connected);
    mqtt_link_stop(link);
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

static char *status_of(const Broker *broker)
{
    g_autofree char *payload = retained_payload(broker, "service/status");
    if (!payload)
        return NULL;
    g_auto(GStrv) parts = g_strsplit(strstr(payload, "\"state\":"), "\"", 5);
    return g_strdup(parts[3]);
}

static void the_status_says_running_and_then_stopped(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/service/#", NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    link_run_for(some, 200);
    g_autofree char *running = status_of(broker);
    g_assert_cmpstr(running, ==, "running");
    link_stop(some);
    g_autofree char *stopped = status_of(broker);
    g_assert_cmpstr(stopped, ==, "stopped");
    g_assert_cmpuint(listener_wait(listener, 2, 2), ==, 2); /* and no last will */
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    const Heard *first = g_ptr_array_index(heard, 0);
    g_assert_cmpstr(first->content_type, ==, "application/json");
    g_assert_cmpuint(first->expiry_s, <=, MQTT_STATUS_EXPIRY_S);
    g_assert_cmpuint(first->expiry_s, >, 0);
    g_assert_cmpuint(some->changes, ==, 1);
}

static void a_killed_service_is_said_to_be_lost(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        LinkCase *some = link_case_new(broker);
        link_start(some, NULL);
        link_run_until(some, link_is_connected, 0, 5);
        link_run_for(some, 300);
        raise(SIGKILL);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    g_autofree char *word = NULL;
    for (int tries = 0; tries < 20 && g_strcmp0(word, "lost") != 0; tries++) {
        g_free(word);
        word = status_of(broker);
    }
    g_assert_cmpstr(word, ==, "lost");
}

static void dead_letters_are_seen_and_the_rest_goes_on(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = guarded_broker();
    g_autofree char *password = g_build_filename(broker_folder(broker), "password", NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_fill(some->store, 20);
    outbox_add(some->store, "coop/C9/cover", "{}", TRUE);
    outbox_fill(some->store, 20);
    outbox_add(some->store, "coop/C1/events", "no JSON", FALSE);
    MqttLinkOptions options = link_options(some);
    options.user = "rooster";
    options.password_file = password;
    link_start(some, &options);
    link_run_until(some, link_has_delivered, 40, 20);
    g_assert_cmpint(some->state.dead, ==, 2);
    g_assert_cmpstr(outbox_reason(some->store, 21), ==, "not authorized");
    g_assert_cmpstr(some->state.dead_letter, ==, "the body is no JSON object: coop/C1/events");
}

static void post(Poster *poster, const char *topic, const char *payload)
{
    poster_post(poster, &(Post){.topic = topic, .payload = payload, .length = strlen(payload)});
}

static void a_demand_is_handed_over_with_its_correlation(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener =
        listener_start(broker_port(broker), "rooster/v1/test/coop/C1/demand/answer", NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    link_run_for(some, 200);
    g_autoptr(Poster) poster = poster_start(broker_port(broker), NULL, NULL);
    poster_post(poster, &(Post){"rooster/v1/test/coop/C1/demand", "{\"n\":1}", 7, "\0\xff\1", 3, FALSE});
    poster_post(poster, &(Post){"rooster/v1/test/coop/C1/demand", "{\"n\":2}", 7, NULL, 0, FALSE});
    g_assert_cmpuint(poster_wait(poster, 5), ==, 2);
    link_run_until(some, link_was_given, 2, 5);
    const Given *first = g_ptr_array_index(some->given, 0), *second = g_ptr_array_index(some->given, 1);
    g_assert_cmpstr(first->coop, ==, "C1");
    g_assert_cmpstr(first->payload, ==, "{\"n\":1}");
    g_assert_cmpstr(first->correlation, ==, "AP8B");
    g_assert_false(first->is_retained);
    g_assert_null(second->correlation);

    outbox_add(some->store, "coop/C1/demand/answer", "{}", FALSE);
    outbox_correlate(some->store, first->correlation);
    outbox_add(some->store, "coop/C1/demand/answer", "{}", FALSE);
    mqtt_link_poke(some->link);
    link_run_until(some, link_has_delivered, 2, 5);
    g_assert_cmpuint(listener_wait(listener, 2, 5), ==, 2);
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    const Heard *answer = g_ptr_array_index(heard, 0), *other = g_ptr_array_index(heard, 1);
    g_autoptr(GBytes) expected = g_bytes_new_static("\0\xff\1", 3);
    g_assert_true(g_bytes_equal(answer->correlation, expected));
    g_assert_null(other->correlation);
}

static void what_is_posted_while_nobody_listens_comes_later(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    g_autoptr(Poster) poster = poster_start(broker_port(broker), NULL, NULL);
    /* Before the first start there is no session: only what is to be kept waits. */
    poster_post(poster, &(Post){"rooster/v1/test/coop/C1/demand", "kept", 4, NULL, 0, TRUE});
    post(poster, "rooster/v1/test/coop/C2/demand", "nobody's");
    g_assert_cmpuint(poster_wait(poster, 5), ==, 2);
    link_start(some, NULL);
    link_run_until(some, link_was_given, 1, 5);
    g_assert_true(((const Given *)g_ptr_array_index(some->given, 0))->is_retained);
    link_stop(some);
    for (int number = 0; number < 30; number++)
        post(poster, "rooster/v1/test/coop/C2/demand", "while away");
    g_assert_cmpuint(poster_wait(poster, 5), ==, 32);
    link_start(some, NULL);
    link_run_until(some, link_was_given, 31, 5);
    link_run_for(some, 300);
    g_assert_cmpuint(some->given->len, ==, 31); /* and the retained one not again */
}

static void a_status_that_is_denied_does_not_end_the_work(void)
{
    if (!drain_can_run())
        return;
    char *folder = broker_make_folder();
    write_file(folder, "acl", "topic read rooster/v1/test/#\ntopic write rooster/v1/test/worker/#\n");
    g_autoptr(Broker) broker = broker_start(folder, "allow_anonymous true\nacl_file @/acl");
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_fill(some->store, 60);
    link_start(some, NULL);
    link_run_until(some, link_has_delivered, 60, 20);
    g_assert_true(some->state.is_status_denied);
    g_assert_false(some->state.is_demand_denied);
    g_assert_cmpint(some->state.dead, ==, 0);
}

/* A plain ACL file lets everybody subscribe and delivers nothing; this plugin of mosquitto says no. */
#define DYNAMIC_SECURITY "/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so"

static void demands_that_may_not_be_read_are_reported(void)
{
    if (!drain_can_run())
        return;
    if (!g_file_test(DYNAMIC_SECURITY, G_FILE_TEST_EXISTS)) {
        g_test_skip("mosquitto has no dynamic security here");
        return;
    }
    char *folder = broker_make_folder();
    write_file(folder, "rules",
               "{\"defaultACLAccess\":{\"publishClientSend\":true,\"publishClientReceive\":true,"
               "\"subscribe\":false,\"unsubscribe\":true}}");
    g_autoptr(Broker) broker =
        broker_start(folder, "allow_anonymous true\nplugin " DYNAMIC_SECURITY "\nplugin_opt_config_file @/rules");
    g_autoptr(LinkCase) some = link_case_new(broker);
    outbox_fill(some->store, 10);
    link_start(some, NULL);
    link_run_until(some, link_has_delivered, 10, 20);
    g_assert_true(some->state.is_demand_denied);
    g_assert_false(some->state.is_status_denied);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/link/the-outbox-is-carried-as-it-fills", the_outbox_is_carried_as_it_fills);
    g_test_add_func("/link/without-a-context-it-runs-on-the-default-one", without_a_context_it_runs_on_the_default_one);
    g_test_add_func("/link/the-status-says-running-and-then-stopped", the_status_says_running_and_then_stopped);
    g_test_add_func("/link/a-killed-service-is-said-to-be-lost", a_killed_service_is_said_to_be_lost);
    g_test_add_func("/link/dead-letters-are-seen-and-the-rest-goes-on", dead_letters_are_seen_and_the_rest_goes_on);
    g_test_add_func("/link/a-demand-is-handed-over-with-its-correlation", a_demand_is_handed_over_with_its_correlation);
    g_test_add_func("/link/what-is-posted-while-nobody-listens-comes-later",
                    what_is_posted_while_nobody_listens_comes_later);
    g_test_add_func("/link/a-status-that-is-denied-does-not-end-the-work",
                    a_status_that_is_denied_does_not_end_the_work);
    g_test_add_func("/link/demands-that-may-not-be-read-are-reported", demands_that_may_not_be_read_are_reported);
    return g_test_run();
}
