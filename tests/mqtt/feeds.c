#include "world.h"

#include "ical/feed_folder.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Publication, publication_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Feed, feed_free)

/* A rendering that shows what a Feed holds. */
static char *render_plainly(const Feed *feed, GError **error)
{
    (void)error;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s|%s|%s|%s|%s|%s\n", feed_kind_name(feed->kind), feed->owner, feed->name,
                           feed->zone_name, feed->organizer, feed->domain);
    for (guint i = 0; i < feed->events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(feed->events, i);
        g_string_append_printf(text, "%s %d %s\n", event->uid, event->sequence, event->summary);
    }
    return g_string_free(text, FALSE);
}

static char *render_nothing(const Feed *feed, GError **error)
{
    g_set_error(error, FEED_ERROR, FEED_ERROR_RENDER, "no words for %s", feed->owner);
    return NULL;
}

static char *make_folder(void)
{
    char *folder = g_dir_make_tmp("rooster-feeds-XXXXXX", NULL);
    g_assert_nonnull(folder);
    return folder;
}

static void remove_folder(const char *folder)
{
    GDir *names = g_dir_open(folder, 0, NULL);
    for (const char *name; names && (name = g_dir_read_name(names)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            remove_folder(path);
        else
            g_unlink(path);
    }
    if (names)
        g_dir_close(names);
    g_rmdir(folder);
}

static guint count_files(const char *folder, const char *sub)
{
    g_autofree char *path = g_build_filename(folder, sub, NULL);
    g_autoptr(GDir) names = g_dir_open(path, 0, NULL);
    guint count = 0;
    while (g_dir_read_name(names))
        count++;
    return count;
}

static char *read_feed(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static guint write_all(const World *world, const char *folder)
{
    guint written = 0;
    GError *error = NULL;
    feed_folder_write(world->pool, world->known, folder, render_plainly, world->now_s, &written, &error);
    g_assert_no_error(error);
    return written;
}

static void everyone_has_a_feed_and_it_says_who(void)
{
    g_autofree char *folder = make_folder();
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S2.W1 S1.W1");
    g_assert_cmpuint(write_all(world, folder), ==, 6); /* three workers, two coops, open shifts */
    g_assert_cmpuint(count_files(folder, "worker"), ==, 3);
    g_assert_cmpuint(count_files(folder, "coop"), ==, 2);
    g_autofree char *amina = read_feed(folder, "worker/W1.ics");
    g_assert_cmpstr(amina, ==,
                    "worker|W1|Rooster - Amina Bakkali (De Werker West)|Europe/Amsterdam|De Werker West|west.rooster\n"
                    "S1.W1@west.rooster 0 Green Coop: gardener\n"
                    "S2.W1@west.rooster 0 C2\n");
    g_autofree char *idle = read_feed(folder, "worker/W3.ics");
    g_assert_true(g_str_has_prefix(idle, "worker|W3|Rooster - Jan Jansen"));
    g_autofree char *coop = read_feed(folder, "coop/C1.ics");
    g_assert_nonnull(strstr(coop, "coop/S1@west.rooster 0 gardener: 1 of 2"));
    g_autofree char *open = read_feed(folder, "open.ics");
    g_assert_nonnull(strstr(open, "|Rooster - open shifts (De Werker West)|"));
    remove_folder(folder);
}

static void what_did_not_change_is_left_alone(void)
{
    g_autofree char *folder = make_folder();
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S1.W1 S1.W2 S2.W3");
    write_all(world, folder);
    g_autofree char *path = g_build_filename(folder, "worker", "W3.ics", NULL);
    struct stat before, after;
    g_assert_cmpint(stat(path, &before), ==, 0);
    g_assert_cmpint(before.st_mode & 0777 & ~0640u, ==, 0); /* at most 0640: it is personal */
    g_assert_true(before.st_mode & 0400);
    world->now_s += 100000;
    g_assert_cmpuint(write_all(world, folder), ==, 0);
    world_go(world, "2026-W49", "S1.W1 S2.W3");
    g_assert_cmpuint(write_all(world, folder), ==, 4); /* W1, W2, C1 and the open shifts */
    g_assert_cmpint(stat(path, &after), ==, 0);
    g_assert_true(before.st_ino == after.st_ino && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
                  before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
    remove_folder(folder);
}

static void a_cancelled_event_stays_seven_days(void)
{
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S1.W1 S2.W1");
    world_go(world, "2026-W49", "S2.W1");
    g_autoptr(Feed) fresh = feed_new(world->pool, FEED_WORKER, "W1", world->known, world->now_s);
    g_autoptr(Feed) last = feed_new(world->pool, FEED_WORKER, "W1", world->known, world->now_s + 7 * 24 * 3600);
    g_autoptr(Feed) gone = feed_new(world->pool, FEED_WORKER, "W1", world->known, world->now_s + 7 * 24 * 3600 + 1);
    g_autoptr(Feed) years = feed_new(world->pool, FEED_WORKER, "W1", world->known, world->now_s + 9999 * 24 * 3600LL);
    g_assert_cmpuint(fresh->events->len, ==, 2);
    g_assert_cmpuint(last->events->len, ==, 2);
    g_assert_cmpuint(gone->events->len, ==, 1);
    g_assert_cmpuint(years->events->len, ==, 1); /* past events stay: a feed never becomes empty */
}

static void odd_ids_stay_inside_the_folder_and_apart(void)
{
    g_autofree char *folder = make_folder();
    g_autoptr(World) world = world_new();
    world_set(&world->shifts, "");
    world_set(&world->workers, ".,One\n..,Two\n.hidden,Three\n%2E,Four\na b,Five\n\xc3\xa9,Six\nx.ics,Seven");
    world_build(world);
    g_assert_cmpuint(write_all(world, folder), ==, 10);
    g_assert_cmpuint(count_files(folder, "worker"), ==, 7);
    static const char *const names[][2] = {{"worker/%2E.ics", "One"},         {"worker/%2E..ics", "Two"},
                                           {"worker/%2Ehidden.ics", "Three"}, {"worker/%252E.ics", "Four"},
                                           {"worker/a b.ics", "Five"},        {"worker/\xc3\xa9.ics", "Six"},
                                           {"worker/x.ics.ics", "Seven"}};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *text = read_feed(folder, names[i][0]);
        if (!text || !strstr(text, names[i][1]))
            g_error("%s: expected the feed of %s, got %s", names[i][0], names[i][1], text ? text : "no file");
    }
    remove_folder(folder);
}

static void a_failure_names_the_file_and_leaves_the_old_feed(void)
{
    g_autofree char *folder = make_folder();
    g_autoptr(World) world = world_new();
    world_go(world, "2026-W49", "S1.W1");
    write_all(world, folder);
    GError *error = NULL;
    guint written = 99;
    g_assert_false(
        feed_folder_write(world->pool, world->known, folder, render_nothing, world->now_s, &written, &error));
    g_assert_error(error, FEED_ERROR, FEED_ERROR_RENDER);
    g_assert_nonnull(strstr(error->message, "worker/W1.ics"));
    g_assert_cmpuint(written, ==, 0);
    g_clear_error(&error);
    g_autofree char *kept = read_feed(folder, "worker/W1.ics");
    g_assert_nonnull(strstr(kept, "S1.W1@west.rooster"));

    /* A folder in the place of the file: root may write everywhere, so permissions would prove nothing. */
    g_autofree char *path = g_build_filename(folder, "worker", "W2.ics", NULL);
    g_autofree char *inside = g_build_filename(path, "x", NULL);
    g_unlink(path);
    g_assert_cmpint(g_mkdir_with_parents(inside, 0700), ==, 0);
    g_assert_false(
        feed_folder_write(world->pool, world->known, folder, render_plainly, world->now_s, &written, &error));
    g_assert_error(error, FEED_ERROR, FEED_ERROR_WRITE);
    g_assert_nonnull(strstr(error->message, path));
    g_clear_error(&error);

    g_autofree char *no_folder = g_build_filename(folder, "open.ics", NULL);
    g_assert_false(feed_folder_write(world->pool, world->known, no_folder, render_plainly, world->now_s, NULL, &error));
    g_assert_error(error, FEED_ERROR, FEED_ERROR_WRITE);
    g_assert_nonnull(strstr(error->message, no_folder));
    g_clear_error(&error);
    remove_folder(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/feeds/everyone-has-a-feed-and-it-says-who", everyone_has_a_feed_and_it_says_who);
    g_test_add_func("/feeds/what-did-not-change-is-left-alone", what_did_not_change_is_left_alone);
    g_test_add_func("/feeds/a-cancelled-event-stays-seven-days", a_cancelled_event_stays_seven_days);
    g_test_add_func("/feeds/odd-ids-stay-inside-the-folder-and-apart", odd_ids_stay_inside_the_folder_and_apart);
    g_test_add_func("/feeds/a-failure-names-the-file-and-leaves-the-old-feed",
                    a_failure_names_the_file_and_leaves_the_old_feed);
    return g_test_run();
}
