/* Files and child processes that mean harm: each ends in a clear error, soon. */
#include "ical/calendar_file.h"

#include "test_calendar.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD "BEGIN:VCALENDAR\nVERSION:2.0\n"
#define TAIL "END:VCALENDAR\n"

typedef struct Fixture {
    char *folder, *calendar;
    Zone *zone;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    fixture->folder = g_dir_make_tmp("rooster-ical-XXXXXX", NULL);
    fixture->calendar = g_build_filename(fixture->folder, "foreign.ics", NULL);
    fixture->zone = zone_new("Europe/Amsterdam", NULL);
}

static void tear_down(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_autofree char *program = g_build_filename(fixture->folder, "program", NULL);
    g_unlink(fixture->calendar);
    g_unlink(program);
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->calendar);
    zone_free(fixture->zone);
}

static void write_calendar(Fixture *fixture, const char *text, gssize size)
{
    g_assert_true(g_file_set_contents(fixture->calendar, text, size, NULL));
}

/* Reads with the given program (NULL: ourselves) and expects the refusal. */
static void expect_refusal(Fixture *fixture, const char *program, int code, const char *part)
{
    g_autoptr(GError) error = NULL;
    int64_t begun_us = g_get_monotonic_time();
    g_autoptr(GPtrArray) instances = ical_calendar_read_with(program ? program : "/proc/self/exe", fixture->calendar,
                                                             fixture->zone, 0, 40000000, &error);
    int64_t taken_ms = (g_get_monotonic_time() - begun_us) / 1000;
    g_assert_null(instances);
    g_test_message("%s", error->message);
    g_assert_error(error, IMPORT_ERROR, code);
    g_assert_true(g_str_has_prefix(error->message, fixture->calendar));
    if (!strstr(error->message, part))
        g_test_message("expected '%s' in '%s'", part, error->message);
    g_assert_nonnull(strstr(error->message, part));
    g_assert_cmpint(taken_ms, <, 20000); /* 3 s, on a machine that may be busy */
}

static void append_many(GString *text, const char *part, int times)
{
    for (int i = 0; i < times; i++)
        g_string_append(text, part);
}

static void refuses_a_line_of_ten_megabytes(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_autoptr(GString) text = g_string_new(HEAD "SUMMARY:");
    append_many(text, "0123456789", 1024 * 1024);
    write_calendar(fixture, text->str, (gssize)text->len);
    expect_refusal(fixture, NULL, IMPORT_ERROR_LIMIT, "at most 1048576 are read");
}

static void refuses_a_long_folded_line(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_autoptr(GString) text = g_string_new(HEAD "SUMMARY:");
    append_many(text, "0123456789\n ", 7000);
    write_calendar(fixture, text->str, (gssize)text->len);
    expect_refusal(fixture, NULL, IMPORT_ERROR_LIMIT, ".ics:3: the line has more than 65536 bytes");
}

static void refuses_deep_nesting(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_autoptr(GString) text = g_string_new(HEAD);
    append_many(text, "BEGIN:X-A\n", 50000);
    write_calendar(fixture, text->str, (gssize)text->len);
    expect_refusal(fixture, NULL, IMPORT_ERROR_INPUT, ".ics:18: BEGIN:X-A is nested more than 16 deep");
}

static void refuses_a_hundred_thousand_events(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_autoptr(GString) text = g_string_new(HEAD);
    append_many(text, "BEGIN:VEVENT\nUID:1\nDTSTART:20261130T080000Z\nEND:VEVENT\n", 100000);
    write_calendar(fixture, text->str, (gssize)text->len);
    expect_refusal(fixture, NULL, IMPORT_ERROR_LIMIT, "at most 1048576 are read");
}

static void refuses_too_many_instances(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    const char *text = HEAD "BEGIN:VEVENT\nUID:1\nDTSTART:20200101T080000Z\nDURATION:PT1H\n"
                            "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8\nEND:VEVENT\n" TAIL;
    write_calendar(fixture, text, -1);
    expect_refusal(fixture, NULL, IMPORT_ERROR_LIMIT, "more than 10000 instances");
}

/* A million bytes of the dearest lines there are must stay within the limits or be stopped by them; both are fine. */
static void survives_a_megabyte_of_rules(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_autoptr(GString) text = g_string_new(HEAD);
    for (int i = 0; text->len < 1000000; i++)
        g_string_append_printf(text,
                               "BEGIN:VEVENT\nUID:%d\nDTSTART:20200101T080000Z\n"
                               "RRULE:FREQ=MONTHLY;BYMONTH=2;BYDAY=5SU\nEND:VEVENT\n",
                               i);
    g_string_append(text, TAIL);
    write_calendar(fixture, text->str, (gssize)text->len);
    g_autoptr(GError) error = NULL;
    int64_t begun_us = g_get_monotonic_time();
    g_autoptr(GPtrArray) instances = ical_calendar_read(fixture->calendar, fixture->zone, 29000000, 30000000, &error);
    g_test_message("%s in %d ms", instances ? "read" : error->message,
                   (int)((g_get_monotonic_time() - begun_us) / 1000));
    if (!instances)
        g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT);
    g_assert_cmpint((g_get_monotonic_time() - begun_us) / 1000, <, 20000);
}

static void says_which_file_is_missing(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    expect_refusal(fixture, NULL, IMPORT_ERROR_READ, "No such file");
}

typedef struct Harm {
    const char *script, *part;
    int code;
} Harm;

static void reports_the_child(Fixture *fixture, gconstpointer data)
{
    const Harm *harm = data;
    g_autofree char *program = g_build_filename(fixture->folder, "program", NULL);
    g_autofree char *script = g_strdup_printf("#!/bin/sh\n%s\n", harm->script);
    g_assert_true(g_file_set_contents_full(program, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
    write_calendar(fixture, HEAD TAIL, -1);
    expect_refusal(fixture, program, harm->code, harm->part);
}

#define INSTANCE "instance\\t29000000\\t29000060\\t2\\t1\\t-1\\tu\\t\\t\\t\\t\\t\\t\\t\\t\\n"
#define ANSWER   "printf 'rooster-calendar 1\\n"

static const struct {
    const char *name;
    Harm harm;
} harms[] = {
    {"that-is-killed", {"kill -9 $$", "was stopped", IMPORT_ERROR_LIMIT}},
    {"that-crashes", {"kill -11 $$", "signal 11", IMPORT_ERROR_LIMIT}},
    {"that-hangs", {"exec sleep 30", "more than 3 s", IMPORT_ERROR_LIMIT}},
    {"that-hangs-after-its-answer", {ANSWER "end\\t0\\n'; exec sleep 30 >&-", "more than 3 s", IMPORT_ERROR_LIMIT}},
    {"that-computes-for-ever", {"while :; do :; done", "was stopped, it took", IMPORT_ERROR_LIMIT}},
    {"that-never-stops-talking", {"exec yes", "became too large", IMPORT_ERROR_LIMIT}},
    {"that-fails", {"exit 7", "exit code 7", IMPORT_ERROR_READ}},
    {"that-says-nothing", {"exit 0", "nonsense", IMPORT_ERROR_READ}},
    {"that-says-something-else", {"echo hello", "nonsense in its line 1", IMPORT_ERROR_READ}},
    {"that-is-cut-off", {ANSWER INSTANCE "'", "nonsense in its line 2", IMPORT_ERROR_READ}},
    {"that-counts-wrongly", {ANSWER INSTANCE "end\\t2\\n'", "nonsense in its line 3", IMPORT_ERROR_READ}},
    {"that-ends-before-it-starts",
     {ANSWER "instance\\t29000060\\t29000000\\t2\\t1\\t-1\\tu\\t\\t\\t\\t\\t\\t\\t\\t\\nend\\t1\\n'",
      "nonsense in its line 2", IMPORT_ERROR_READ}},
    {"that-leaves-fields-out", {ANSWER "instance\\t1\\t2\\nend\\t1\\n'", "nonsense in its line 2", IMPORT_ERROR_READ}},
    {"that-is-not-utf-8", {ANSWER "\\377\\nend\\t0\\n'", "nonsense", IMPORT_ERROR_READ}},
    {"that-refuses", {ANSWER "fault\\t0\\t7: because\\n'", ".ics:7: because", IMPORT_ERROR_INPUT}},
};

static void reports_a_program_that_is_not_there(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    write_calendar(fixture, HEAD TAIL, -1);
    expect_refusal(fixture, "/nowhere/rooster", IMPORT_ERROR_READ, "does not start");
}

#define ADD(name, function) g_test_add("/calendar/" name, Fixture, NULL, set_up, function, tear_down)

void add_limit_tests(void)
{
    ADD("refuses-a-line-of-ten-megabytes", refuses_a_line_of_ten_megabytes);
    ADD("refuses-a-long-folded-line", refuses_a_long_folded_line);
    ADD("refuses-deep-nesting", refuses_deep_nesting);
    ADD("refuses-a-hundred-thousand-events", refuses_a_hundred_thousand_events);
    ADD("refuses-too-many-instances", refuses_too_many_instances);
    ADD("survives-a-megabyte-of-rules", survives_a_megabyte_of_rules);
    ADD("says-which-file-is-missing", says_which_file_is_missing);
    ADD("reports-a-program-that-is-not-there", reports_a_program_that_is_not_there);
    for (guint i = 0; i < G_N_ELEMENTS(harms); i++) {
        g_autofree char *name = g_strdup_printf("/calendar/reports-a-child-%s", harms[i].name);
        g_test_add(name, Fixture, &harms[i].harm, set_up, reports_the_child, tear_down);
    }
}
