/* What comes in: bursts, crashes in the middle of them, and what is no demand. */
#include "link_case.h"
#include "poster.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BURST 1000

static void post_burst(Poster *poster, guint count)
{
    for (guint number = 0; number < count; number++) {
        g_autofree char *topic = g_strdup_printf("rooster/v1/test/coop/C%u/demand", number % 13);
        g_autofree char *payload = g_strdup_printf("{\"key\":\"%u\"}", number);
        poster_post(poster, &(Post){topic, payload, strlen(payload), &number, sizeof number, FALSE});
    }
}

/* How many different payloads there are. */
static guint count_different(const GPtrArray *given)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < given->len; i++)
        g_hash_table_add(seen, ((const Given *)g_ptr_array_index(given, i))->payload);
    return g_hash_table_size(seen);
}

static gboolean has_all_different(const LinkCase *some, gint64 number)
{
    return some->given->len >= number && count_different(some->given) >= number;
}

static void a_burst_of_a_thousand_is_handed_over_once_each(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    link_run_for(some, 300);
    g_autoptr(Poster) poster = poster_start(broker_port(broker), NULL, NULL);
    post_burst(poster, BURST);
    g_assert_cmpuint(poster_wait(poster, 30), ==, BURST);
    gint64 begin_us = g_get_monotonic_time();
    link_run_until(some, has_all_different, BURST, 30);
    g_test_message("%d demands handed over in %" G_GINT64_FORMAT " ms", BURST,
                   (g_get_monotonic_time() - begin_us) / 1000);
    g_assert_cmpuint(some->given->len, ==, BURST); /* nothing broke, so nothing was repeated */
    for (guint number = 0; number < BURST; number++) {
        const Given *given = g_ptr_array_index(some->given, number);
        g_autofree char *expected = g_base64_encode((const guchar *)&number, sizeof number);
        g_assert_cmpstr(given->correlation, ==, expected);
    }
}

static void what_cannot_be_kept_comes_again(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    some->refuse_until = 150;
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    link_run_for(some, 300);
    g_autoptr(Poster) poster = poster_start(broker_port(broker), NULL, NULL);
    post_burst(poster, 120);
    g_assert_cmpuint(poster_wait(poster, 30), ==, 120);
    link_run_until(some, has_all_different, 120,
                   30); /* more often than once: acknowledgements were lost with the line */
    g_assert_cmpint(some->state.losses, ==, 3);
    g_assert_nonnull(strstr(some->state.trouble, "could not be kept"));
}

/* Keeps a demand as a line in a file, and is killed in the middle. */
typedef struct Keeper {
    int file;
    guint kept, most;
} Keeper;

static gboolean keep_in_file(const MqttDemand *demand, gpointer context)
{
    Keeper *keeper = context;
    g_autofree char *line = g_strconcat(demand->payload, "\n", NULL);
    if (keeper->kept == keeper->most)
        raise(SIGKILL);
    keeper->kept++;
    return write(keeper->file, line, strlen(line)) == (ssize_t)strlen(line);
}

/* TRUE if it was killed; else nothing came for a while. */
static gboolean keep_in_a_child(Broker *broker, const char *path, guint most)
{
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        Keeper keeper = {open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), 0, most};
        LinkCase *some = link_case_new(broker);
        MqttLinkOptions options = link_options(some);
        options.demand = keep_in_file;
        options.changed = NULL;
        options.context = &keeper;
        link_start(some, &options);
        guint before = 0;
        do {
            before = keeper.kept;
            link_run_for(some, 700);
        } while (keeper.kept > before);
        link_stop(some);
        _exit(0);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

static void a_killed_service_loses_no_demand(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autofree char *path = g_build_filename(broker_folder(broker), "kept", NULL);
    g_assert_false(keep_in_a_child(broker, path, G_MAXUINT)); /* makes the session */
    g_autoptr(Poster) poster = poster_start(broker_port(broker), NULL, NULL);
    post_burst(poster, 400);
    g_assert_cmpuint(poster_wait(poster, 30), ==, 400);
    int kills = 0;
    /* Each lives longer than the one before: with a killed one go acknowledgements that the broker has not read yet. */
    while (keep_in_a_child(broker, path, 37 * (guint)(kills + 1)))
        g_assert_cmpint(++kills, <, 30);
    g_assert_cmpint(kills, >=, 3);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (char **line = lines; *line; line++)
        g_hash_table_add(seen, *line);
    g_assert_cmpuint(g_hash_table_size(seen), ==, 400);
    g_test_message("%d kills: 400 demands of 400 kept, %u repeats", kills, g_strv_length(lines) - 400);
}

typedef struct BadPost {
    const char *topic; /* behind the pool */
    const char *payload;
    gsize length;             /* 0: of the text */
    gsize correlation_length; /* of '\x7f's */
    const char *says;         /* NULL: no answer, for there is nobody to answer or it was never received */
} BadPost;

static const BadPost bad_posts[] = {
    {"coop/C1/demand", "", 0, 5, "empty"},
    {"coop/C1/demand", "\xff\xfe{}", 0, 5, "UTF-8"},
    {"coop/C1/demand", "{\"a\":\0}", 7, 5, "UTF-8"},
    {"coop/C1/demand", NULL, 64 * 1024 + 1, 5, "longer than 65536"},
    {"coop/C1/demand", NULL, 900 * 1000, 5, "longer than 65536"},
    {"coop/C1/demand", "{}", 0, 257, "correlation"},
    {"coop/C1/demand", "{}", 0, 60000, "correlation"},
    {"coop/ C1/demand", "{}", 0, 5, NULL},
    {"coop//demand", "{}", 0, 5, NULL},
    {"coop/C,1/demand", "{}", 0, 5, NULL},
    {"coop/C1/C2/demand", "{}", 0, 5, NULL},
    {"coop/demand", "{}", 0, 5, NULL},
    {"coop/C1/demand/demand", "{}", 0, 5, NULL},
    {"worker/C1/demand", "{}", 0, 5, NULL},
};

static void post_bad(Poster *poster, const BadPost *bad)
{
    g_autofree char *topic = g_strconcat("rooster/v1/test/", bad->topic, NULL);
    g_autofree char *filling = g_strnfill(MAX(bad->length, bad->correlation_length), '\x7f');
    poster_post(poster,
                &(Post){topic, bad->payload ? bad->payload : filling, bad->length ? bad->length : strlen(bad->payload),
                        filling, bad->correlation_length, FALSE});
}

static gboolean has_refused(const LinkCase *some, gint64 number)
{
    return some->state.demands_refused >= number;
}

static void what_is_no_demand_is_answered_and_has_no_effect(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    g_autoptr(Listener) listener =
        listener_start(broker_port(broker), "rooster/v1/test/coop/+/demand/answer", NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    link_run_for(some, 300);
    g_autoptr(Poster) poster = poster_start(broker_port(broker), NULL, NULL);
    guint answers = 0;
    for (guint i = 0; i < G_N_ELEMENTS(bad_posts); i++) {
        post_bad(poster, &bad_posts[i]);
        answers += bad_posts[i].says != NULL;
    }
    g_autofree char *largest = g_strnfill(MQTT_DEMAND_MOST, 'x');
    poster_post(poster, &(Post){"rooster/v1/test/coop/C1/demand", largest, MQTT_DEMAND_MOST, largest,
                                MQTT_CORRELATION_MOST, FALSE}); /* just not too much */
    g_assert_cmpuint(poster_wait(poster, 10), ==, G_N_ELEMENTS(bad_posts) + 1);
    link_run_until(some, link_was_given, 1, 10);
    link_run_until(some, has_refused, answers + 3, 10); /* three came in vain: their coop is no id */
    g_assert_cmpuint(some->given->len, ==, 1);
    g_assert_cmpint(some->state.losses, ==, 0);
    g_assert_cmpuint(listener_wait(listener, answers, 5), ==, answers);
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    guint at = 0;
    for (guint i = 0; i < G_N_ELEMENTS(bad_posts); i++) {
        if (!bad_posts[i].says)
            continue;
        const Heard *answer = g_ptr_array_index(heard, at++);
        if (!strstr(answer->payload, bad_posts[i].says))
            g_error("post %u: expected to hear of %s, got: %s", i, bad_posts[i].says, answer->payload);
        g_assert_cmpstr(answer->topic, ==, "rooster/v1/test/coop/C1/demand/answer");
        g_assert_cmpuint(answer->expiry_s, >, 0);
        if (bad_posts[i].correlation_length == 5)
            g_assert_cmpuint(g_bytes_get_size(answer->correlation), ==, 5);
        else
            g_assert_null(answer->correlation);
    }
    outbox_add(some->store, "worker/W1/events", "{}", FALSE); /* and its work goes on */
    link_run_until(some, link_has_delivered, 1, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/link/a-burst-of-a-thousand-is-handed-over-once-each",
                    a_burst_of_a_thousand_is_handed_over_once_each);
    g_test_add_func("/link/what-cannot-be-kept-comes-again", what_cannot_be_kept_comes_again);
    g_test_add_func("/link/a-killed-service-loses-no-demand", a_killed_service_loses_no_demand);
    g_test_add_func("/link/what-is-no-demand-is-answered-and-has-no-effect",
                    what_is_no_demand_is_answered_and_has_no_effect);
    return g_test_run();
}
