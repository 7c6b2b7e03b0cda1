#include "link_case.h"
#include "poster.h"

#include <glib/gstdio.h>

#include <string.h>

static void put_file(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_chmod(path, 0600);
}

static char *read_example(const char *name)
{
    g_autofree char *path = g_build_filename("examples", "mosquitto", name, NULL);
    char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

/* The example's configuration but for what the test's broker sets itself: port, place of the data, what is saved when.
 */
static char *example_settings(void)
{
    static const char *const own[] = {"listener ", "per_listener_settings ", "persistence", "autosave_",
                                      "max_queued_messages "};
    g_autofree char *text = read_example("mosquitto.conf");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *settings = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        gboolean is_own = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(own); i++)
            is_own = is_own || (g_str_has_prefix(*line, own[i]) && !g_str_has_prefix(*line, "persistent_"));
        if (!is_own)
            g_string_append_printf(settings, "%s\n", *line);
    }
    g_string_replace(settings, "/etc/mosquitto/", "@/", 0);
    return g_string_free(settings, FALSE);
}

static Broker *example_broker(void)
{
    char *folder = broker_make_folder();
    g_autofree char *acl = read_example("rooster.acl");
    g_autofree char *passwords = g_build_filename(folder, "rooster.passwords", NULL);
    put_file(folder, "rooster.acl", acl);
    put_file(folder, "rooster.passwords",
             "rooster:r\nplanner:p\nnieuw-west/worker/A:w\nnieuw-west/coop/A:c\nzuid/worker/A:z\n");
    put_file(folder, "password", "r\n");
    const char *command[] = {"mosquitto_passwd", "-U", passwords, NULL};
    int status = 1;
    g_assert_true(
        g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    g_autofree char *settings = example_settings();
    return broker_start(folder, settings);
}

static int compare_text(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The topics that a user hears of, sorted, without the prefix. */
static char *heard_by(const Broker *broker, const char *user, const char *password, guint expected)
{
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/#", user, password);
    listener_wait(listener, expected, 5);
    g_usleep(200000); /* and nothing more */
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    g_autoptr(GPtrArray) topics = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < heard->len; i++)
        g_ptr_array_add(
            topics, g_strdup(((const Heard *)g_ptr_array_index(heard, i))->topic + strlen("rooster/v1/nieuw-west/")));
    g_ptr_array_sort(topics, compare_text);
    g_ptr_array_add(topics, NULL);
    return g_strjoinv(" ", (char **)topics->pdata);
}

static void try_to_write(const Broker *broker, const char *user, const char *password, const char *topic)
{
    g_autofree char *port = g_strdup_printf("%d", broker_port(broker));
    const char *command[] = {"mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p",  port, "-u", user, "-P",
                             password,        "-q", "1", "-r", "-t",        topic, "-m", "{}", NULL};
    g_assert_true(g_spawn_sync(NULL, (char **)command, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                               NULL, NULL, NULL, NULL, NULL));
}

static void everybody_sees_only_their_own_topics(void)
{
    if (!broker_is_installed()) {
        g_test_skip("mosquitto is not installed");
        return;
    }
    g_autoptr(Broker) broker = example_broker();
    g_autofree char *password = g_build_filename(broker_folder(broker), "password", NULL);
    g_autoptr(Store) store = outbox_new();
    outbox_add(store, "worker/A/roster", "{}", TRUE);
    outbox_add(store, "worker/B/roster", "{}", TRUE);
    outbox_add(store, "coop/A/cover", "{}", TRUE);
    outbox_add(store, "planner/events", "{}", FALSE);
    MqttOptions options = {.host = "127.0.0.1",
                           .port = broker_port(broker),
                           .user = "rooster",
                           .password_file = password,
                           .pool = "nieuw-west"};
    MqttReport report;
    GError *error = NULL;
    mqtt_drain(&options, store, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpint(report.delivered, ==, 4);
    g_assert_cmpint(report.restored, ==, 0); /* it may read back what it wrote */

    try_to_write(broker, "nieuw-west/worker/A", "w", "rooster/v1/nieuw-west/worker/A/hello");
    try_to_write(broker, "nieuw-west/coop/A", "c", "rooster/v1/nieuw-west/worker/A/roster");
    try_to_write(broker, "planner", "p", "rooster/v1/nieuw-west/planner/hello");

    g_autofree char *worker = heard_by(broker, "nieuw-west/worker/A", "w", 1);
    g_autofree char *coop = heard_by(broker, "nieuw-west/coop/A", "c", 1);
    g_autofree char *planner = heard_by(broker, "planner", "p", 3);
    g_autofree char *stranger = heard_by(broker, "zuid/worker/A", "z", 0);
    g_assert_cmpstr(worker, ==, "worker/A/roster");
    g_assert_cmpstr(coop, ==, "coop/A/cover");
    g_assert_cmpstr(planner, ==, "coop/A/cover worker/A/roster worker/B/roster");
    g_assert_cmpstr(stranger, ==, "");
}

/* How many of the user's posts the broker takes. */
static guint post_as(const Broker *broker, const char *user, const char *password, const char *topic)
{
    g_autofree char *whole = g_strconcat("rooster/v1/nieuw-west/", topic, NULL);
    g_autoptr(Poster) poster = poster_start(broker_port(broker), user, password);
    poster_post(poster, &(Post){whole, "{}", 2, "17", 2, FALSE});
    return poster_wait(poster, 5);
}

static void a_coop_posts_its_own_demands_and_nobody_else_does(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = example_broker();
    g_autofree char *password = g_build_filename(broker_folder(broker), "password", NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    MqttLinkOptions options = link_options(some);
    options.user = "rooster";
    options.password_file = password;
    options.pool = "nieuw-west";
    link_start(some, &options);
    link_run_until(some, link_is_connected, 0, 5);
    link_run_for(some, 300);
    static const struct {
        const char *user, *password, *topic;
    } forbidden[] = {
        {"nieuw-west/coop/A", "c", "coop/B/demand"},
        {"nieuw-west/coop/A", "c", "coop/A/demand/answer"},
        {"nieuw-west/coop/A", "c", "coop/A/cover"},
        {"nieuw-west/coop/A", "c", "service/status"},
        {"nieuw-west/worker/A", "w", "coop/A/demand"},
        {"nieuw-west/worker/A", "w", "worker/A/demand"},
        {"nieuw-west/worker/A", "w", "worker/A/roster"},
        {"planner", "p", "coop/A/demand"},
        {"planner", "p", "planner/events"},
        {"zuid/worker/A", "z", "coop/A/demand"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(forbidden); i++)
        g_assert_cmpuint(post_as(broker, forbidden[i].user, forbidden[i].password, forbidden[i].topic), ==, 0);
    g_assert_cmpuint(post_as(broker, "nieuw-west/coop/A", "c", "coop/A/demand"), ==, 1);
    link_run_until(some, link_was_given, 1, 5);
    link_run_for(some, 300);
    g_assert_cmpuint(some->given->len, ==, 1);
    g_assert_cmpint(some->state.demands_refused, ==, 0);
    outbox_add(some->store, "coop/A/demand/answer", "{}", FALSE);
    outbox_correlate(some->store, ((const Given *)g_ptr_array_index(some->given, 0))->correlation);
    g_autoptr(Listener) listener =
        listener_start(broker_port(broker), "rooster/v1/nieuw-west/coop/+/demand/answer", "nieuw-west/coop/A", "c");
    link_run_until(some, link_has_delivered, 1, 5);
    g_assert_cmpuint(listener_wait(listener, 1, 5), ==, 1);
    g_assert_false(some->state.is_status_denied);
    g_assert_false(some->state.is_demand_denied);
}

/* Lines "user password" of a run of examples/mosquitto/make-passwords. */
static GStrv make_passwords(const char *file)
{
    const char *command[] = {"examples/mosquitto/make-passwords", "examples/nieuw-west", file, NULL};
    g_autofree char *text = NULL, *errors = NULL;
    int status = 1;
    g_assert_true(
        g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, &errors, &status, NULL));
    if (status != 0)
        g_error("make-passwords: %s", errors);
    return g_strsplit(text, "\n", -1);
}

static void the_passwords_made_for_a_pool_let_everybody_in(void)
{
    if (!drain_can_run())
        return;
    char *folder = broker_make_folder();
    g_autofree char *acl = read_example("rooster.acl");
    g_autofree char *passwords = g_build_filename(folder, "rooster.passwords", NULL);
    g_autofree char *settings = example_settings();
    put_file(folder, "rooster.acl", acl);
    put_file(folder, "rooster.passwords", "");
    g_auto(GStrv) made = make_passwords(passwords);
    g_auto(GStrv) again = make_passwords(passwords);
    g_assert_cmpuint(g_strv_length(made), ==, 2 + 7 + 63 + 1); /* service, planner, coops, workers; the text's end */
    g_assert_cmpuint(g_strv_length(again), ==, 0);             /* all have theirs */
    g_autoptr(Broker) broker = broker_start(folder, settings);
    for (guint i = 0; i < 12; i++) {
        g_auto(GStrv) words = g_strsplit(made[i], " ", 2);
        g_autoptr(Poster) poster = poster_start(broker_port(broker), words[0], words[1]);
        g_assert_nonnull(poster);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/example/everybody-sees-only-their-own-topics", everybody_sees_only_their_own_topics);
    g_test_add_func("/example/a-coop-posts-its-own-demands-and-nobody-else-does",
                    a_coop_posts_its_own_demands_and_nobody_else_does);
    g_test_add_func("/example/the-passwords-made-for-a-pool-let-everybody-in",
                    the_passwords_made_for_a_pool_let_everybody_in);
    return g_test_run();
}
