#include "rooster/zone.h"

#include "rooster/sentence.h"

#include <string.h>

/*
 * GTimeZone knows the offset at an instant; everything else is derived here. The way from a local time to an instant
 * takes the offsets a day before and a day after and keeps the first that round-trips, which is right for gaps and
 * folds alike.
 */
struct Zone {
    char *name;
    GTimeZone *offsets;
    gint *spans; /* [SPANS] the offset all through a span of time, once it was asked for: GTimeZone searches from 1900
                    on */
};

enum {
    SPAN_S = 1 << 16, /* 18 hours: few hold a change of the clock */
    SPANS = 1 << 17,  /* 1970 to 2242 */
    SPAN_UNKNOWN = 0,
    SPAN_CHANGES = 1,
    SPAN_OFFSET_0 = 1 << 20 /* plus the offset in seconds: never one of the others */
};

SENTENCE_ERRORS(zone_error)

#define DAY_S             ((int64_t)86400)
#define DAY_MINUTES       1440
#define JULIAN_1970_01_01 719163

static int64_t floor_div(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static gboolean looks_like_a_zone_name(const char *name)
{
    if (!name || !g_ascii_isalpha(name[0]) || strstr(name, ".."))
        return FALSE;
    for (const char *c = name; *c; c++)
        if (!g_ascii_isalnum(*c) && !strchr("_+-/", *c))
            return FALSE;
    return TRUE;
}

Zone *zone_new(const char *name, GError **error)
{
    GTimeZone *offsets = looks_like_a_zone_name(name) ? g_time_zone_new_identifier(name) : NULL;
    if (!offsets) {
        sentence_set_error(error, ZONE_ERROR, ZONE_ERROR_UNKNOWN,
                           "time zone '%s' is unknown, an IANA name such as Europe/Amsterdam would be right",
                           name ? name : "");
        return NULL;
    }
    Zone *zone = g_new0(Zone, 1);
    zone->name = g_strdup(name);
    zone->offsets = offsets;
    zone->spans = g_new0(gint, SPANS);
    return zone;
}

void zone_free(Zone *zone)
{
    if (!zone)
        return;
    g_time_zone_unref(zone->offsets);
    g_free(zone->spans);
    g_free(zone->name);
    g_free(zone);
}

const char *zone_name(const Zone *zone)
{
    return zone->name;
}

static gint span_of(const Zone *zone, int64_t begin_s)
{
    gint first = g_time_zone_find_interval(zone->offsets, G_TIME_TYPE_UNIVERSAL, begin_s);
    gint last = g_time_zone_find_interval(zone->offsets, G_TIME_TYPE_UNIVERSAL, begin_s + SPAN_S - 1);
    return first == last ? SPAN_OFFSET_0 + g_time_zone_get_offset(zone->offsets, first) : SPAN_CHANGES;
}

static gint span_at(const Zone *zone, int64_t at_s)
{
    int64_t index = at_s / SPAN_S;
    if (at_s < 0 || index >= SPANS)
        return SPAN_CHANGES; /* not known to keep one offset */
    gint span = g_atomic_int_get(&zone->spans[index]);
    if (span == SPAN_UNKNOWN) {
        span = span_of(zone, index * SPAN_S);
        g_atomic_int_set(&zone->spans[index], span);
    }
    return span;
}

static int64_t offset_s(const Zone *zone, int64_t at_s)
{
    gint span = span_at(zone, at_s);
    if (span != SPAN_CHANGES)
        return span - SPAN_OFFSET_0;
    int interval = g_time_zone_find_interval(zone->offsets, G_TIME_TYPE_UNIVERSAL, at_s);
    return g_time_zone_get_offset(zone->offsets, interval);
}

LocalTime zone_local(const Zone *zone, int64_t at_min)
{
    int64_t offset = offset_s(zone, at_min * 60);
    int64_t local_min = floor_div(at_min * 60 + offset, 60);
    int64_t day = floor_div(local_min, DAY_MINUTES);
    int minute = (int)(local_min - day * DAY_MINUTES);
    return (LocalTime){(Day)day, minute / 60, minute % 60, (int)floor_div(offset, 60)};
}

Day zone_day(const Zone *zone, int64_t at_min)
{
    return zone_local(zone, at_min).day;
}

/* The instant of a local time; *exists tells whether the local clock ever shows it. */
static int64_t local_to_utc_min(const Zone *zone, Day day, int hour, int minute, gboolean *exists)
{
    int64_t local_s = day * DAY_S + hour * 3600 + minute * 60;
    int64_t before = offset_s(zone, local_s - DAY_S);
    int64_t after = offset_s(zone, local_s + DAY_S);
    *exists = TRUE;
    if (offset_s(zone, local_s - before) == before)
        return floor_div(local_s - before, 60);
    if (offset_s(zone, local_s - after) == after)
        return floor_div(local_s - after, 60);
    *exists = FALSE;
    return floor_div(local_s - before, 60);
}

int64_t zone_at(const Zone *zone, Day day, int hour, int minute)
{
    gboolean exists;
    return local_to_utc_min(zone, day, hour, minute, &exists);
}

/* Whether the local days that the time touches keep one offset in whole minutes; so it is but twice a year. */
static gboolean keeps_offset(const Zone *zone, int64_t start_min, int64_t end_min, int64_t *offset_min)
{
    gint span = span_at(zone, start_min * 60);
    for (int64_t at_s = start_min * 60 - DAY_S; at_s < end_min * 60 + DAY_S + SPAN_S; at_s += SPAN_S)
        if (span == SPAN_CHANGES || span_at(zone, at_s) != span)
            return FALSE;
    *offset_min = (span - SPAN_OFFSET_0) / 60;
    return (span - SPAN_OFFSET_0) % 60 == 0;
}

int64_t zone_minutes_between(const Zone *zone, int64_t start_min, int64_t end_min, int from_hour, int to_hour)
{
    int64_t total = 0, offset_min;
    if (end_min <= start_min)
        return 0;
    if (keeps_offset(zone, start_min, end_min, &offset_min)) {
        int64_t start = start_min + offset_min, end = end_min + offset_min;
        for (int64_t day = floor_div(start, DAY_MINUTES); day * DAY_MINUTES < end; day++) {
            int64_t midnight = day * DAY_MINUTES;
            total += MAX(0, MIN(end, midnight + to_hour * 60) - MAX(start, midnight + from_hour * 60));
        }
        return total;
    }
    for (Day day = zone_day(zone, start_min), last = zone_day(zone, end_min - 1); day <= last; day++) {
        int64_t from = MAX(start_min, zone_at(zone, day, from_hour, 0));
        int64_t to = MIN(end_min, zone_at(zone, day, to_hour, 0));
        total += MAX(0, to - from);
    }
    return total;
}

gboolean zone_touches_sunday(const Zone *zone, int64_t start_min, int64_t end_min)
{
    for (Day day = zone_day(zone, start_min), last = zone_day(zone, end_min - 1); day <= last; day++)
        if (day_of_week(day) == 7)
            return TRUE;
    return FALSE;
}

/* --- days and weeks */

static GDate date_of(Day day)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(day + JULIAN_1970_01_01));
    return date;
}

Day day_from_civil(int year, int month, int day)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return (Day)g_date_get_julian(&date) - JULIAN_1970_01_01;
}

void day_to_civil(Day day, int *year, int *month, int *day_of_month)
{
    GDate date = date_of(day);
    *year = g_date_get_year(&date);
    *month = (int)g_date_get_month(&date);
    *day_of_month = g_date_get_day(&date);
}

int day_of_week(Day day)
{
    return (int)(((day + 3) % 7 + 7) % 7) + 1; /* 1970-01-01 was a Thursday */
}

const char *day_name(Day day)
{
    static const char names[7][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return names[day_of_week(day) - 1];
}

int day_age(Day birth, Day day)
{
    int birth_year, birth_month, birth_day, year, month, day_of_month;
    day_to_civil(birth, &birth_year, &birth_month, &birth_day);
    day_to_civil(day, &year, &month, &day_of_month);
    gboolean before_birthday = month < birth_month || (month == birth_month && day_of_month < birth_day);
    return year - birth_year - (before_birthday ? 1 : 0);
}

IsoWeek iso_week_of(Day day)
{
    return (IsoWeek){day - (day_of_week(day) - 1)};
}

/* ISO 8601: a week belongs to the year of its Thursday; week 1 holds 4 January. */
static void iso_week_numbers(IsoWeek week, int *year, int *number)
{
    int month, day_of_month;
    day_to_civil(week.monday + 3, year, &month, &day_of_month);
    *number = (week.monday + 3 - day_from_civil(*year, 1, 1)) / 7 + 1;
}

int64_t iso_week_start(const Zone *zone, IsoWeek week)
{
    return zone_day_start(zone, week.monday);
}

int64_t iso_week_end(const Zone *zone, IsoWeek week)
{
    return zone_day_start(zone, week.monday + 7);
}

/* --- texts */

/* Reads exactly `digits` decimal digits at *text and moves on; -1 if they are not there. */
static int read_digits(const char **text, int digits)
{
    int value = 0;
    for (int i = 0; i < digits; i++) {
        if (!g_ascii_isdigit((*text)[i]))
            return -1;
        value = value * 10 + g_ascii_digit_value((*text)[i]);
    }
    *text += digits;
    return value;
}

static gboolean read_char(const char **text, char wanted)
{
    if (**text != wanted)
        return FALSE;
    (*text)++;
    return TRUE;
}

static gboolean read_date(const char **text, Day *day)
{
    int year, month, day_of_month;
    if ((year = read_digits(text, 4)) < 1 || !read_char(text, '-') || (month = read_digits(text, 2)) < 0 ||
        !read_char(text, '-') || (day_of_month = read_digits(text, 2)) < 0)
        return FALSE;
    if (!g_date_valid_dmy((GDateDay)day_of_month, (GDateMonth)month, (GDateYear)year))
        return FALSE;
    *day = day_from_civil(year, month, day_of_month);
    return TRUE;
}

/* "Z" or "+01:00". */
static gboolean read_offset(const char **text, int *offset_min)
{
    *offset_min = 0;
    if (read_char(text, 'Z'))
        return TRUE;
    int sign = **text == '-' ? -1 : 1;
    if (!read_char(text, '+') && !read_char(text, '-'))
        return FALSE;
    int hours = read_digits(text, 2);
    if (hours < 0 || !read_char(text, ':'))
        return FALSE;
    int minutes = read_digits(text, 2);
    if (minutes < 0 || minutes > 59 || hours > 18)
        return FALSE;
    *offset_min = sign * (hours * 60 + minutes);
    return TRUE;
}

gboolean zone_parse(const Zone *zone, const char *text, int64_t *at_min, GError **error)
{
    const char *rest = text;
    Day day;
    int hour = -1, minute = -1;
    gboolean is_time = read_date(&rest, &day) && read_char(&rest, 'T') && (hour = read_digits(&rest, 2)) >= 0 &&
                       hour < 24 && read_char(&rest, ':') && (minute = read_digits(&rest, 2)) >= 0 && minute < 60;
    if (is_time && read_char(&rest, ':'))
        is_time = read_digits(&rest, 2) == 0;
    int offset_min = 0;
    gboolean has_offset = is_time && *rest != '\0';
    if (has_offset)
        is_time = read_offset(&rest, &offset_min) && *rest == '\0';
    if (!is_time) {
        sentence_set_error(error, ZONE_ERROR, ZONE_ERROR_TEXT,
                           "'%s' is not a time in whole minutes like 2026-11-30T08:00", text);
        return FALSE;
    }
    if (has_offset) {
        *at_min = (int64_t)day * DAY_MINUTES + hour * 60 + minute - offset_min;
        return TRUE;
    }
    gboolean exists;
    int64_t at = local_to_utc_min(zone, day, hour, minute, &exists);
    if (!exists) {
        g_autofree char *later = zone_format(zone, at);
        sentence_set_error(error, ZONE_ERROR, ZONE_ERROR_GAP,
                           "'%s' does not exist: the clock of %s goes forward over it, %s would be right", text,
                           zone->name, later);
        return FALSE;
    }
    *at_min = at;
    return TRUE;
}

char *day_format(Day day)
{
    int year, month, day_of_month;
    day_to_civil(day, &year, &month, &day_of_month);
    return g_strdup_printf("%04d-%02d-%02d", year, month, day_of_month);
}

char *zone_format(const Zone *zone, int64_t at_min)
{
    LocalTime local = zone_local(zone, at_min);
    int year, month, day_of_month;
    day_to_civil(local.day, &year, &month, &day_of_month);
    if (zone_at(zone, local.day, local.hour, local.minute) == at_min)
        return g_strdup_printf("%04d-%02d-%02dT%02d:%02d", year, month, day_of_month, local.hour, local.minute);
    int offset = ABS(local.offset_min);
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d%c%02d:%02d", year, month, day_of_month, local.hour, local.minute,
                           local.offset_min < 0 ? '-' : '+', offset / 60, offset % 60);
}

char *utc_format(int64_t at_min)
{
    int64_t day = floor_div(at_min, DAY_MINUTES);
    int minute = (int)(at_min - day * DAY_MINUTES);
    int year, month, day_of_month;
    day_to_civil((Day)day, &year, &month, &day_of_month);
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:00Z", year, month, day_of_month, minute / 60, minute % 60);
}

char *zone_format_clock(const Zone *zone, int64_t at_min)
{
    LocalTime local = zone_local(zone, at_min);
    return g_strdup_printf("%02d:%02d", local.hour, local.minute);
}

char *day_format_short(Day day)
{
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, day_of_month;
    day_to_civil(day, &year, &month, &day_of_month);
    return g_strdup_printf("%s %d %s", day_name(day), day_of_month, months[month - 1]);
}

char *zone_format_short(const Zone *zone, int64_t at_min)
{
    LocalTime local = zone_local(zone, at_min);
    g_autofree char *day = day_format_short(local.day);
    return g_strdup_printf("%s %02d:%02d", day, local.hour, local.minute);
}

gboolean day_parse(const char *text, Day *day, GError **error)
{
    const char *rest = text;
    if (!read_date(&rest, day) || *rest != '\0') {
        sentence_set_error(error, ZONE_ERROR, ZONE_ERROR_TEXT, "'%s' is not a date like 2026-11-30", text);
        return FALSE;
    }
    return TRUE;
}

gboolean iso_week_parse(const char *text, IsoWeek *week, GError **error)
{
    const char *rest = text;
    int year = read_digits(&rest, 4);
    int number = year > 0 && read_char(&rest, '-') && read_char(&rest, 'W') ? read_digits(&rest, 2) : -1;
    if (number >= 1 && *rest == '\0') {
        IsoWeek found = {iso_week_of(day_from_civil(year, 1, 4)).monday + 7 * (number - 1)};
        int back_year, back_number;
        iso_week_numbers(found, &back_year, &back_number);
        if (back_year == year && back_number == number) {
            *week = found;
            return TRUE;
        }
    }
    sentence_set_error(error, ZONE_ERROR, ZONE_ERROR_TEXT, "'%s' is not a week like 2026-W49", text);
    return FALSE;
}

char *iso_week_format(IsoWeek week)
{
    int year, number;
    iso_week_numbers(week, &year, &number);
    return g_strdup_printf("%04d-W%02d", year, number);
}
