/* Local times of foreign calendars against zoneinfo, over every clock change of two years in zones of all kinds. */
#include "calendar_text.h"
#include "calendar_zones.h"

#include <gio/gio.h>

#define PYTHON "/usr/bin/python3"
#define MATRIX "tests/ical/zone_matrix.py"
#define UNTIL  40000000 /* 2046 */

static char *matrix_text(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSubprocess) python = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, PYTHON, MATRIX, NULL);
    g_assert_no_error(error);
    char *text = NULL;
    g_subprocess_communicate_utf8(python, NULL, NULL, &text, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(g_subprocess_get_successful(python));
    return text;
}

typedef struct Batch {
    GString *calendar;
    GPtrArray *rows; /* of char **: fields of the matrix, by number of uid */
} Batch;

static Batch batch_new(void)
{
    return (Batch){g_string_new("BEGIN:VCALENDAR\nVERSION:2.0\n"),
                   g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev)};
}

static void batch_add(Batch *batch, char **fields)
{
    g_string_append_printf(batch->calendar, "BEGIN:VEVENT\nUID:%u\nDTSTART;TZID=%s:%s\nDURATION:PT20M\n",
                           batch->rows->len, fields[0], fields[1]);
    if (g_strcmp0(fields[2], "1") != 0)
        g_string_append_printf(batch->calendar, "RRULE:FREQ=DAILY;COUNT=%s\n", fields[2]);
    g_string_append(batch->calendar, "END:VEVENT\n");
    g_ptr_array_add(batch->rows, fields);
}

/* Reads the batch as one calendar; the pool's zone is another one, so that nothing is right by chance. Gives the
 * instances compared. */
static guint batch_check(Batch *batch)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Zone) zone = zone_new("Asia/Tokyo", NULL);
    g_string_append(batch->calendar, "END:VCALENDAR\n");
    g_autoptr(GPtrArray) instances =
        calendar_text_read(batch->calendar->str, batch->calendar->len, zone, 0, UNTIL, &error);
    g_assert_no_error(error);
    g_autofree guint *seen = g_new0(guint, batch->rows->len);
    for (guint i = 0; i < instances->len; i++) {
        const CalendarInstance *instance = instances->pdata[i];
        guint row = (guint)g_ascii_strtoull(instance->uid, NULL, 10);
        char **fields = batch->rows->pdata[row];
        const char *expected = fields[3 + seen[row]++];
        g_autofree char *got = g_strdup_printf("%" G_GINT64_FORMAT, instance->start_min);
        if (g_strcmp0(got, expected) != 0)
            g_test_message("%s %s, day %u of %s: zoneinfo %s, read %s", fields[0], fields[1], seen[row], fields[2],
                           expected ? expected : "nothing", got);
        g_assert_cmpstr(got, ==, expected);
        g_assert_cmpint(instance->end_min - instance->start_min, ==, 20);
    }
    for (guint row = 0; row < batch->rows->len; row++) {
        char **fields = batch->rows->pdata[row];
        g_assert_cmpuint(seen[row], ==, (guint)g_ascii_strtoull(fields[2], NULL, 10));
    }
    guint count = instances->len;
    g_string_free(batch->calendar, TRUE);
    g_ptr_array_unref(batch->rows);
    return count;
}

static void local_times_are_those_of_zoneinfo(void)
{
    if (!g_file_test(PYTHON, G_FILE_TEST_IS_EXECUTABLE)) {
        g_test_skip(PYTHON " is not installed");
        return;
    }
    g_autofree char *text = matrix_text();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint count = 0;
    Batch batch = batch_new();
    g_autofree char *current = g_strdup("");
    for (char **line = lines; **line; line++) {
        char **fields = g_strsplit(*line, "\t", -1);
        if (g_strcmp0(fields[0], current) != 0 && batch.rows->len > 0) {
            count += batch_check(&batch);
            batch = batch_new();
        }
        g_free(current);
        current = g_strdup(fields[0]);
        batch_add(&batch, fields);
    }
    count += batch_check(&batch);
    g_test_message("%u local times", count);
    g_assert_cmpuint(count, >, 10000);
}

static void zones_are_found_by_all_their_names(void)
{
    static const struct {
        const char *tzid, *name;
    } names[] = {
        {"Europe/Amsterdam", "Europe/Amsterdam"},
        {"UTC", "UTC"},
        {"CET", "CET"},
        {"W. Europe Standard Time", "Europe/Berlin"},
        {"Romance Standard Time", "Europe/Paris"},
        {"Central Europe Standard Time", "Europe/Budapest"},
        {"Central European Standard Time", "Europe/Warsaw"},
        {"GMT Standard Time", "Europe/London"},
        {"GTB Standard Time", "Europe/Bucharest"},
        {"FLE Standard Time", "Europe/Kyiv"},
        {"E. Europe Standard Time", "Europe/Chisinau"},
        {"Turkey Standard Time", "Europe/Istanbul"},
        {"Russian Standard Time", "Europe/Moscow"},
        {"Belarus Standard Time", "Europe/Minsk"},
        {"Kaliningrad Standard Time", "Europe/Kaliningrad"},
        {"Morocco Standard Time", "Africa/Casablanca"},
        {"Greenwich Standard Time", "Atlantic/Reykjavik"},
        {"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"},
        {"tzone://Microsoft/Utc", "Etc/UTC"},
        {"/mozilla.org/20070129_1/Europe/Amsterdam", "Europe/Amsterdam"},
        {"/citadel.org/20190914_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"},
        {"Mine", "Asia/Kolkata"},
        {"GMT+1", NULL},
        {"GMT+0100", NULL},
        {"EST5EDT4,M3.2.0,M11.1.0", NULL},
        {"right/Europe/Amsterdam", NULL},
        {"../../etc/passwd", NULL},
        {"/etc/localtime", NULL},
        {"europe standard", NULL},
        {"", NULL},
    };
    g_autoptr(CalendarZones) zones = calendar_zones_new();
    calendar_zones_add_location(zones, "Mine", "Asia/Kolkata");
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const Zone *zone = calendar_zones_find(zones, names[i].tzid);
        if (g_strcmp0(zone ? zone_name(zone) : NULL, names[i].name) != 0)
            g_test_message("TZID '%s'", names[i].tzid);
        g_assert_cmpstr(zone ? zone_name(zone) : NULL, ==, names[i].name);
    }
}

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    g_test_add_func("/zones/local-times-are-those-of-zoneinfo", local_times_are_those_of_zoneinfo);
    g_test_add_func("/zones/are-found-by-all-their-names", zones_are_found_by_all_their_names);
    return g_test_run();
}
