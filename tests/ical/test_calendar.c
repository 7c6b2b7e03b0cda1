/*
 * Foreign calendars, each as a file in foreign/ with what it means beside it: one line an instance, or why it is
 * refused. The test program is its own child, so the whole way through the confined process is taken.
 */
#include "ical/calendar_file.h"

#include "test_calendar.h"

#include <string.h>

#define CASES    "tests/ical/foreign"
#define ATTEMPTS 5

static void append_instance(GString *text, const CalendarInstance *instance)
{
    g_autofree char *start = utc_format(instance->start_min), *end = utc_format(instance->end_min);
    const char *kind = instance->is_cancelled ? "cancelled"
                       : instance->is_period  ? "away"
                       : instance->is_busy    ? "busy"
                                              : "free";
    g_string_append_printf(text, "%.16sZ %.16sZ %s %s %s", start, end, kind, instance->uid,
                           *instance->date ? instance->date : "-");
    if (*instance->summary)
        g_string_append_printf(text, " %s", instance->summary);
    g_string_append_c(text, '\n');
}

/* On a machine that is busy with much else the clock may run out on a file that takes milliseconds: then once more. */
static GPtrArray *read_patiently(const char *path, GError **error)
{
    g_autoptr(Zone) zone = zone_new("Europe/Amsterdam", NULL);
    int64_t from_min = zone_at(zone, day_from_civil(2026, 10, 1), 0, 0);
    int64_t until_min = zone_at(zone, day_from_civil(2027, 5, 1), 0, 0);
    for (int attempt = 1;; attempt++) {
        GPtrArray *instances = ical_calendar_read(path, zone, from_min, until_min, error);
        if (instances || attempt == ATTEMPTS || !g_error_matches(*error, IMPORT_ERROR, IMPORT_ERROR_LIMIT))
            return instances;
        g_clear_error(error);
    }
}

/* What the reader makes of the file, in the words of the .expect files. */
static char *outcome(const char *path)
{
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new(NULL);
    g_autoptr(GPtrArray) instances = read_patiently(path, &error);
    if (!instances) {
        g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT);
        g_assert_true(g_str_has_prefix(error->message, path));
        g_string_append_printf(text, "refused %s\n", error->message + strlen(path) + 1 /* ':' */);
    }
    for (guint i = 0; instances && i < instances->len; i++)
        append_instance(text, instances->pdata[i]);
    return g_string_free(text, FALSE);
}

static char *without_comments(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *kept = g_string_new(NULL);
    for (char **line = lines; *line; line++)
        if (**line && **line != '#')
            g_string_append_printf(kept, "%s\n", *line);
    return g_string_free(kept, FALSE);
}

static void check_case(gconstpointer data)
{
    const char *name = data;
    g_autofree char *path = g_strdup_printf(CASES "/%s.ics", name);
    g_autofree char *expect_path = g_strdup_printf(CASES "/%s.expect", name);
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(expect_path, &text, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *expected = without_comments(text);
    g_autofree char *got = outcome(path);
    if (strcmp(expected, got) != 0)
        g_test_message("%s\nexpected:\n%sgot:\n%s", path, expected, got);
    g_assert_cmpstr(got, ==, expected);
}

static void extra_properties_are_read(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) instances = read_patiently(CASES "/single.ics", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(instances->len, ==, 1);
    const CalendarInstance *instance = instances->pdata[0];
    g_assert_cmpint(instance->headcount, ==, 3);
    g_assert_cmpint(instance->break_min, ==, 45);
    g_assert_cmpstr(instance->certificates, ==, "HACCP;VOG");
    g_assert_cmpstr(instance->team_certificates, ==, "");
    g_assert_cmpstr(instance->priority, ==, "high");
    g_assert_cmpstr(instance->location, ==, "Osdorp");
}

static int compare_names(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static GPtrArray *case_names(void)
{
    g_autoptr(GDir) folder = g_dir_open(CASES, 0, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name = g_dir_read_name(folder); name; name = g_dir_read_name(folder))
        if (g_str_has_suffix(name, ".ics"))
            g_ptr_array_add(names, g_strndup(name, strlen(name) - strlen(".ics")));
    g_ptr_array_sort(names, compare_names);
    return names;
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], ICAL_WORKER_COMMAND) == 0)
        return ical_worker_main(count - 1, arguments + 1, stdin, stdout);
    g_test_init(&count, &arguments, NULL);
    g_autoptr(GPtrArray) names = case_names();
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *test = g_strdup_printf("/calendar/understands/%s", (char *)names->pdata[i]);
        g_strdelimit(test, "_", '-');
        g_test_add_data_func(test, names->pdata[i], check_case);
    }
    g_test_add_func("/calendar/reads-what-an-order-says-beyond-the-standard", extra_properties_are_read);
    add_limit_tests();
    return g_test_run();
}
