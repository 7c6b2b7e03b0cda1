#include "rooster/zone.h"

#include <string.h>

static Zone *amsterdam(void)
{
    return zone_new("Europe/Amsterdam", NULL);
}

static int64_t parsed(const Zone *zone, const char *text)
{
    g_autoptr(GError) error = NULL;
    int64_t at = 0;
    if (!zone_parse(zone, text, &at, &error))
        g_error("%s: %s", text, error->message);
    return at;
}

static void test_unknown_zones_are_refused(void)
{
    static const char *const names[] = {"Europe/Mokum", "", "+01:00", "../etc/passwd", "/etc/localtime", "CET-1CEST"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Zone) zone = zone_new(names[i], &error);
        g_test_message("zone '%s'", names[i]);
        g_assert_null(zone);
        g_assert_error(error, ZONE_ERROR, ZONE_ERROR_UNKNOWN);
    }
}

static void test_times_are_read(void)
{
    g_autoptr(Zone) zone = amsterdam();
    g_assert_cmpint(parsed(zone, "1970-01-01T01:00"), ==, 0);
    g_assert_cmpint(parsed(zone, "2026-11-30T08:00"), ==, parsed(zone, "2026-11-30T07:00Z"));
    g_assert_cmpint(parsed(zone, "2026-11-30T08:00"), ==, parsed(zone, "2026-11-30T08:00:00+01:00"));
    g_assert_cmpint(parsed(zone, "2026-07-01T08:00"), ==, parsed(zone, "2026-07-01T02:30-03:30"));
}

static void test_what_is_no_time_is_refused(void)
{
    static const char *const texts[] = {"",
                                        "2026-11-30",
                                        "2026-11-30 08:00",
                                        "2026-11-30T8:00",
                                        "2026-11-30T24:00",
                                        "2026-11-30T08:60",
                                        "2026-11-30T08:00:30",
                                        "2026-02-29T08:00",
                                        "2026-13-01T08:00",
                                        "0000-01-01T08:00",
                                        "2026-11-30T08:00+1",
                                        "2026-11-30T08:00+01:00x",
                                        "2026-11-30T08:00 ",
                                        "next Monday"};
    g_autoptr(Zone) zone = amsterdam();
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        int64_t at = 42;
        g_test_message("'%s'", texts[i]);
        g_assert_false(zone_parse(zone, texts[i], &at, &error));
        g_assert_error(error, ZONE_ERROR, ZONE_ERROR_TEXT);
        g_assert_nonnull(strstr(error->message, texts[i]));
        g_assert_cmpint(at, ==, 42);
    }
}

static void test_the_hour_that_is_skipped_is_refused(void)
{
    g_autoptr(Zone) zone = amsterdam();
    g_autoptr(GError) error = NULL;
    int64_t at;
    g_assert_false(zone_parse(zone, "2027-03-28T02:30", &at, &error));
    g_assert_error(error, ZONE_ERROR, ZONE_ERROR_GAP);
    g_assert_nonnull(strstr(error->message, "2027-03-28T03:30"));
}

static void test_the_hour_that_comes_twice_is_the_first(void)
{
    g_autoptr(Zone) zone = amsterdam();
    int64_t first = parsed(zone, "2026-10-25T02:30"), second = parsed(zone, "2026-10-25T02:30+01:00");
    g_assert_cmpint(first, ==, parsed(zone, "2026-10-25T02:30+02:00"));
    g_assert_cmpint(second - first, ==, 60);
    g_autofree char *first_text = zone_format(zone, first), *second_text = zone_format(zone, second);
    g_assert_cmpstr(first_text, ==, "2026-10-25T02:30");
    g_assert_cmpstr(second_text, ==, "2026-10-25T02:30+01:00");
}

/* Minute by minute, as the clock on the wall tells it. */
static void counts_the_minutes_of_the_wall_clock(void)
{
    static const char *const names[] = {"Europe/Amsterdam", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"};
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(Zone) zone = zone_new(names[i], NULL);
        for (int round = 0; round < 400; round++) {
            /* half of them around the clock changes of Europe in 2026 */
            int64_t about = round % 2 ? parsed(zone, round % 4 == 1 ? "2026-10-25T00:00" : "2026-03-29T00:00")
                                      : parsed(zone, "2026-01-01T00:00") + g_rand_int_range(random, 0, 525600);
            int64_t start = about + g_rand_int_range(random, -2880, 2880),
                    end = start + g_rand_int_range(random, 1, 900);
            int64_t night = 0, late = 0;
            for (int64_t at = start; at < end; at++) {
                int hour = zone_local(zone, at).hour;
                night += hour < 6;
                late += hour == 23;
            }
            g_assert_cmpint(zone_minutes_between(zone, start, end, 0, 6), ==, night);
            g_assert_cmpint(zone_minutes_between(zone, start, end, 23, 24), ==, late);
        }
    }
}

static void test_nights_of_the_clock_change_are_seven_and_nine_hours(void)
{
    g_autoptr(Zone) zone = amsterdam();
    int64_t autumn = parsed(zone, "2026-10-25T06:00") - parsed(zone, "2026-10-24T22:00");
    int64_t spring = parsed(zone, "2027-03-28T06:00") - parsed(zone, "2027-03-27T22:00");
    g_assert_cmpint(autumn, ==, 9 * 60);
    g_assert_cmpint(spring, ==, 7 * 60);
    g_assert_cmpint(
        zone_minutes_between(zone, parsed(zone, "2026-10-24T22:00"), parsed(zone, "2026-10-25T06:00"), 0, 6), ==, 420);
    g_assert_cmpint(
        zone_minutes_between(zone, parsed(zone, "2027-03-27T22:00"), parsed(zone, "2027-03-28T06:00"), 0, 6), ==, 300);
}

static void test_minutes_between_hours_of_the_day(void)
{
    g_autoptr(Zone) zone = amsterdam();
    int64_t start = parsed(zone, "2026-11-30T20:00"), end = parsed(zone, "2026-12-01T07:00");
    g_assert_cmpint(zone_minutes_between(zone, start, end, 0, 6), ==, 360);
    g_assert_cmpint(zone_minutes_between(zone, start, end, 23, 24), ==, 60);
    g_assert_cmpint(zone_minutes_between(zone, start, start, 0, 24), ==, 0);
    g_assert_cmpint(zone_minutes_between(zone, start, end, 0, 24), ==, 660);
}

static void test_sundays_are_touched_by_their_minutes_only(void)
{
    g_autoptr(Zone) zone = amsterdam();
    g_assert_false(zone_touches_sunday(zone, parsed(zone, "2026-12-05T20:00"), parsed(zone, "2026-12-06T00:00")));
    g_assert_true(zone_touches_sunday(zone, parsed(zone, "2026-12-05T20:00"), parsed(zone, "2026-12-06T00:01")));
    g_assert_false(zone_touches_sunday(zone, parsed(zone, "2026-12-07T00:00"), parsed(zone, "2026-12-07T04:00")));
    g_assert_true(zone_touches_sunday(zone, parsed(zone, "2026-12-06T23:59"), parsed(zone, "2026-12-07T04:00")));
}

static void test_iso_weeks(void)
{
    static const struct {
        const char *date, *week;
    } cases[] = {{"2026-11-30", "2026-W49"}, {"2026-12-06", "2026-W49"}, {"2027-01-03", "2026-W53"},
                 {"2027-01-04", "2027-W01"}, {"2024-12-30", "2025-W01"}, {"2021-01-03", "2020-W53"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Day day;
        g_assert_true(day_parse(cases[i].date, &day, NULL));
        g_autofree char *text = iso_week_format(iso_week_of(day));
        g_assert_cmpstr(text, ==, cases[i].week);
        IsoWeek week;
        g_assert_true(iso_week_parse(cases[i].week, &week, NULL));
        g_assert_cmpint(week.monday, ==, iso_week_of(day).monday);
    }
    static const char *const wrong[] = {"2026-49", "2026-W00",  "2025-W53", "2026-W54",
                                        "2026-W4", "2026-W490", "",         "W49"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        IsoWeek week;
        g_autoptr(GError) error = NULL;
        g_test_message("%s", wrong[i]);
        g_assert_false(iso_week_parse(wrong[i], &week, &error));
        g_assert_error(error, ZONE_ERROR, ZONE_ERROR_TEXT);
    }
}

static void test_a_week_with_a_clock_change_is_an_hour_longer_or_shorter(void)
{
    g_autoptr(Zone) zone = amsterdam();
    IsoWeek autumn, spring;
    iso_week_parse("2026-W43", &autumn, NULL);
    iso_week_parse("2027-W12", &spring, NULL);
    g_assert_cmpint(iso_week_end(zone, autumn) - iso_week_start(zone, autumn), ==, 169 * 60);
    g_assert_cmpint(iso_week_end(zone, spring) - iso_week_start(zone, spring), ==, 167 * 60);
}

static void test_ages_change_on_the_birthday(void)
{
    Day leap = day_from_civil(2008, 2, 29);
    g_assert_cmpint(day_age(leap, day_from_civil(2026, 2, 28)), ==, 17);
    g_assert_cmpint(day_age(leap, day_from_civil(2026, 3, 1)), ==, 18);
    g_assert_cmpint(day_age(leap, day_from_civil(2028, 2, 29)), ==, 20);
    g_assert_cmpint(day_age(day_from_civil(2008, 12, 1), day_from_civil(2026, 11, 30)), ==, 17);
    g_assert_cmpint(day_age(day_from_civil(2008, 12, 1), day_from_civil(2026, 12, 1)), ==, 18);
}

static void test_texts_for_people(void)
{
    g_autoptr(Zone) zone = amsterdam();
    int64_t at = parsed(zone, "2026-11-30T08:05");
    g_autofree char *clock = zone_format_clock(zone, at), *brief = zone_format_short(zone, at), *utc = utc_format(at);
    g_assert_cmpstr(clock, ==, "08:05");
    g_assert_cmpstr(brief, ==, "Mon 30 Nov 08:05");
    g_assert_cmpstr(utc, ==, "2026-11-30T07:05:00Z");
}

/* Compares with Python's zoneinfo, line by line, in every zone of tzdata. */
static void test_every_zone_agrees_with_zoneinfo(void)
{
    const char *arguments[] = {"/usr/bin/python3", "tests/domain/zone_matrix.py", NULL};
    g_autofree char *output = NULL;
    int status = 0;
    if (!g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, NULL) ||
        status != 0) {
        g_test_skip("needs python3 with zoneinfo");
        return;
    }
    g_autoptr(Zone) zone = NULL;
    guint lines = 0, zones = 0;
    for (char *line = output, *next; *line; line = next) {
        next = strchr(line, '\n') + 1;
        next[-1] = '\0';
        g_auto(GStrv) field = g_strsplit(line, " ", -1);
        if (!zone || strcmp(zone_name(zone), field[1]) != 0) {
            zone_free(zone);
            zone = zone_new(field[1], NULL);
            g_assert_nonnull(zone);
            zones++;
        }
        int64_t number[5] = {0};
        for (int i = 0; i < 5 && field[i + 2]; i++)
            number[i] = g_ascii_strtoll(field[i + 2], NULL, 10);
        gboolean agrees;
        if (field[0][0] == 'U') {
            LocalTime local = zone_local(zone, number[0]);
            agrees = local.day == number[1] && local.hour == number[2] && local.minute == number[3];
        } else {
            agrees = zone_at(zone, (Day)number[0], (int)number[1], (int)number[2]) == number[3];
            g_autofree char *date = day_format((Day)number[0]);
            g_autofree char *text = g_strdup_printf("%sT%02d:%02d", date, (int)number[1], (int)number[2]);
            int64_t at;
            agrees = agrees && zone_parse(zone, text, &at, NULL) == (number[4] == 1);
        }
        if (!agrees)
            g_error("zoneinfo says otherwise: %s", line);
        lines++;
    }
    g_test_message("%u lines in %u zones", lines, zones);
    g_assert_cmpuint(zones, >, 300);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/zone/counts-the-minutes-of-the-wall-clock", counts_the_minutes_of_the_wall_clock);
    g_test_add_func("/zone/refuses-what-tzdata-does-not-know", test_unknown_zones_are_refused);
    g_test_add_func("/zone/reads-times", test_times_are_read);
    g_test_add_func("/zone/refuses-what-is-no-time", test_what_is_no_time_is_refused);
    g_test_add_func("/zone/refuses-the-hour-that-is-skipped", test_the_hour_that_is_skipped_is_refused);
    g_test_add_func("/zone/takes-the-first-of-the-hour-that-comes-twice", test_the_hour_that_comes_twice_is_the_first);
    g_test_add_func("/zone/counts-elapsed-minutes-on-both-nights",
                    test_nights_of_the_clock_change_are_seven_and_nine_hours);
    g_test_add_func("/zone/counts-minutes-between-hours-of-the-day", test_minutes_between_hours_of_the_day);
    g_test_add_func("/zone/touches-a-sunday-by-its-minutes-only", test_sundays_are_touched_by_their_minutes_only);
    g_test_add_func("/week/is-numbered-by-iso-8601", test_iso_weeks);
    g_test_add_func("/week/is-an-hour-longer-or-shorter-at-a-clock-change",
                    test_a_week_with_a_clock_change_is_an_hour_longer_or_shorter);
    g_test_add_func("/day/ages-change-on-the-birthday", test_ages_change_on_the_birthday);
    g_test_add_func("/zone/writes-for-people", test_texts_for_people);
    g_test_add_func("/zone/agrees-with-zoneinfo-in-every-zone", test_every_zone_agrees_with_zoneinfo);
    return g_test_run();
}
