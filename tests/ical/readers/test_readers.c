/*
 * Renders the feed of a worker with three full weeks, one of them common and two with a clock change, and lets real
 * calendar programs read it. The expected instants are written from the numbers, not from the rendered text.
 */
#include "ical/feed_text.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define COMPARE           "tests/ical/readers/compare"
#define NOTHING_INSTALLED 77

static FeedEvent *event_new(GPtrArray *events, int64_t start_min, int64_t end_min, gboolean is_cancelled)
{
    FeedEvent *event = g_new0(FeedEvent, 1);
    guint number = events->len + 1;
    event->kind = FEED_WORKER;
    event->owner = g_strdup("amina");
    event->uid = g_strdup_printf("shift-%u@nieuw-west.rooster", number);
    event->shift = g_strdup_printf("k%u", number);
    event->start_min = start_min;
    event->end_min = end_min;
    event->created_s = 1795000000;
    event->modified_s = 1795600000 + (int)number;
    event->sequence = (int)(number % 3);
    event->is_cancelled = is_cancelled;
    event->summary = g_strdup("Roots & Recipes: kok, مطبخ; 👩🏽‍🍳 \\ \"lunch\"");
    event->location = g_strdup("Osdorperweg 937, Amsterdam");
    event->description =
        g_strdup("Break 30 min; with Yusuf, Łucja and Ngọc.\nHACCP\n\nCall 020-1234567 — een heel lange regel met "
                 "ééntjes en 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀 tot het eind");
    event->category = g_strdup("Food, catering");
    event->place = (Place){52.366, 4.7859, TRUE};
    g_ptr_array_add(events, event);
    return event;
}

/* Each day an early, a late and a night shift; every hour of the night of a clock change; some withdrawn. */
static void add_week(GPtrArray *events, const Zone *zone, Day monday)
{
    for (Day day = monday; day < monday + 7; day++)
        for (int hour = 6; hour <= 22; hour += 8)
            event_new(events, zone_at(zone, day, hour, 0),
                      hour < 22 ? zone_at(zone, day, hour + 8, 0) : zone_at(zone, day + 1, 6, 0),
                      (day + hour) % 5 == 0);
    int64_t midnight = zone_at(zone, monday + 6, 0, 0);
    for (int64_t start = midnight; start < midnight + 5 * 60; start += 30)
        event_new(events, start, start + 45, FALSE);
}

static char *write_feed(const char *folder, const char *name, GPtrArray *events)
{
    g_autoptr(GError) error = NULL;
    Feed feed = {FEED_WORKER,
                 "amina",
                 "Rooster - Amina (De Werker Nieuw-West)",
                 "Europe/Amsterdam",
                 "De Werker Nieuw-West",
                 "nieuw-west.rooster",
                 events};
    g_autofree char *text = ical_feed_render(&feed, &error);
    g_assert_no_error(error);
    char *path = g_strdup_printf("%s/%s.ics", folder, name);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static char *write_expected(const char *folder, const char *name, const GPtrArray *events)
{
    g_autoptr(GString) table = g_string_new("uid,start,end,status\n");
    for (guint i = 0; i < events->len; i++) {
        const FeedEvent *event = events->pdata[i];
        g_autofree char *start = utc_format(event->start_min), *end = utc_format(event->end_min);
        g_string_append_printf(table, "%s,%.16sZ,%.16sZ,%s\n", event->uid, start, end,
                               event->is_cancelled ? "CANCELLED" : "CONFIRMED");
    }
    if (events->len == 0)
        g_string_append(table, "none@nieuw-west.rooster,1970-01-01T00:00Z,1970-01-01T00:15Z,CANCELLED\n");
    char *path = g_strdup_printf("%s/%s.csv", folder, name);
    g_assert_true(g_file_set_contents(path, table->str, -1, NULL));
    return path;
}

static void event_free(gpointer event)
{
    feed_event_free(event);
}

static void programs_read_what_the_roster_says(void)
{
    g_autoptr(Zone) zone = zone_new("Europe/Amsterdam", NULL);
    g_autofree char *folder = g_dir_make_tmp("rooster-readers-XXXXXX", NULL);
    g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func(event_free);
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    add_week(events, zone, day_from_civil(2026, 10, 19));
    add_week(events, zone, day_from_civil(2026, 11, 30));
    add_week(events, zone, day_from_civil(2027, 3, 22));
    g_autofree char *feed = write_feed(folder, "weeks", events), *table = write_expected(folder, "weeks", events);
    g_autofree char *empty_feed = write_feed(folder, "none", none), *empty_table = write_expected(folder, "none", none);
    const char *const written[] = {feed, table, empty_feed, empty_table};

    g_autoptr(GError) error = NULL;
    g_autofree char *printed = NULL;
    /* ROOSTER_ALL_READERS=1: a program that is missing is a failure, for continuous integration */
    const char *command[7] = {COMPARE};
    guint words = 1;
    if (g_strcmp0(g_getenv("ROOSTER_ALL_READERS"), "1") == 0)
        command[words++] = "--all";
    for (guint i = 0; i < G_N_ELEMENTS(written); i++)
        command[words++] = written[i];
    g_autoptr(GSubprocess) compare = g_subprocess_newv(command, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
    g_assert_no_error(error);
    g_subprocess_communicate_utf8(compare, NULL, NULL, &printed, NULL, &error);
    g_assert_no_error(error);
    g_test_message("%s", printed);
    for (guint i = 0; i < G_N_ELEMENTS(written); i++)
        g_unlink(written[i]);
    g_rmdir(folder);
    if (g_subprocess_get_exit_status(compare) == NOTHING_INSTALLED)
        g_test_skip("no calendar program is installed");
    else
        g_assert_cmpint(g_subprocess_get_exit_status(compare), ==, 0);
}

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    if (!g_file_test("/usr/bin/python3", G_FILE_TEST_IS_EXECUTABLE)) {
        g_print("1..0 # SKIP /usr/bin/python3 is not installed\n");
        return 0;
    }
    g_test_add_func("/readers/programs-read-what-the-roster-says", programs_read_what_the_roster_says);
    return g_test_run();
}
