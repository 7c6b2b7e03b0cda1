#include "test_span.h"

#include <stdlib.h>
#include <string.h>

/* "mon" -> 0; -1 where it is no weekday. */
static int weekday(const char *text)
{
    static const char names[] = "mon tue wed thu fri sat sun ";
    char name[5] = {0};
    if (strlen(text) < 3)
        return -1;
    for (int i = 0; i < 3; i++)
        name[i] = text[i];
    name[3] = ' ';
    const char *found = strstr(names, name);
    return found ? (int)(found - names) / 4 : -1;
}

/* Appends the day or days of "mon", "sun-1", "mon-sat", "2026-10-24". */
static void add_days(GArray *days, Day monday, const char *text)
{
    Day day;
    int first = weekday(text);
    if (first < 0) {
        if (!day_parse(text, &day, NULL))
            g_error("'%s' is no day", text);
        g_array_append_val(days, day);
        return;
    }
    const char *rest = text + 3;
    int last = first;
    if (*rest == '-' && weekday(rest + 1) >= first)
        last = weekday(rest + 1);
    else if (*rest != '\0')
        monday += 7 * (Day)strtol(rest, NULL, 10);
    for (day = monday + first; day <= monday + last; day++)
        g_array_append_val(days, day);
}

static int64_t at_clock(const Zone *zone, Day day, const char *clock)
{
    g_autofree char *date = day_format(day);
    g_autofree char *text = g_strdup_printf("%sT%s", date, clock);
    g_autoptr(GError) error = NULL;
    int64_t at_min;
    if (!zone_parse(zone, text, &at_min, &error))
        g_error("%s", error->message);
    return at_min;
}

static Day one_day(Day monday, const char *text)
{
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(Day));
    add_days(days, monday, text);
    if (days->len != 1)
        g_error("'%s' is more than one day", text);
    return g_array_index(days, Day, 0);
}

int64_t test_instant(const Zone *zone, Day monday, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, " ", 2);
    if (!parts[0] || !parts[1])
        g_error("'%s' is no instant like 'mon 09:00'", text);
    return at_clock(zone, one_day(monday, parts[0]), parts[1]);
}

#define CLOCK "(\\d\\d:\\d\\d(?:[+-]\\d\\d:\\d\\d)?)"

GArray *test_spans(const Zone *zone, Day monday, const char *text, char **rest)
{
    g_autoptr(GRegex) form =
        g_regex_new("^\\s*(?:each (-?\\d+)\\.\\.(-?\\d+) )?(\\S+) " CLOCK "-(?:(\\S+) )?" CLOCK "(.*)$", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(form, text, 0, &match))
        g_error("'%s' is no span like 'mon 08:00-12:00'", text);
    g_autofree char *from_week = g_match_info_fetch(match, 1), *to_week = g_match_info_fetch(match, 2);
    g_autofree char *day_list = g_match_info_fetch(match, 3), *start = g_match_info_fetch(match, 4);
    g_autofree char *end_day = g_match_info_fetch(match, 5), *end = g_match_info_fetch(match, 6);
    g_auto(GStrv) day_names = g_strsplit(day_list, ",", -1);
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(TestSpan));
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(Day));
    for (long week = strtol(from_week, NULL, 10); week <= strtol(to_week, NULL, 10); week++)
        for (char **name = day_names; *name; name++)
            add_days(days, monday + 7 * (Day)week, *name);
    for (guint i = 0; i < days->len; i++) {
        Day day = g_array_index(days, Day, i);
        TestSpan span = {.start_min = at_clock(zone, day, start)};
        span.end_min = at_clock(zone, *end_day ? one_day(monday, end_day) : day, end);
        if (!*end_day && span.end_min <= span.start_min)
            span.end_min = at_clock(zone, day + 1, end);
        g_array_append_val(spans, span);
    }
    *rest = g_strstrip(g_match_info_fetch(match, 7));
    return spans;
}
