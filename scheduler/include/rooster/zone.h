/*
 * A pool's time zone, and all arithmetic between instants and its local clock. No other file asks what the local time is.
 *
 * Instants are whole minutes since 1970-01-01T00:00Z (`_min`), so a difference of two instants is elapsed time on both
 * nights of the clock change. A Day is a local calendar date as a running number (0 = 1970-01-01). Weeks are ISO 8601 weeks.
 * A local time that exists twice (autumn) is the first of the two; one that does not exist (spring) is refused when read
 * from people, and otherwise taken with the offset before the gap, as RFC 5545 3.3.5 asks.
 */
#ifndef ROOSTER_ZONE_H
#define ROOSTER_ZONE_H

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef int32_t Day;

#define DAY_MIN INT32_MIN /* open: valid since ever */
#define DAY_MAX INT32_MAX /* open: valid for ever */

/* An ISO week, named by its Monday. Two weeks are equal when their Mondays are. */
typedef struct IsoWeek {
    Day monday;
} IsoWeek;

typedef struct LocalTime {
    Day day;
    int hour, minute;
    int offset_min; /* east of UTC */
} LocalTime;

typedef struct Zone Zone;

#define ZONE_ERROR (zone_error_quark())
GQuark zone_error_quark(void);
typedef enum ZoneError {
    ZONE_ERROR_UNKNOWN, /* the zone */
    ZONE_ERROR_TEXT,    /* not a time, date or week */
    ZONE_ERROR_GAP      /* a local time that does not exist */
} ZoneError;

/* The zone of an IANA name such as "Europe/Amsterdam"; the caller frees. ZONE_ERROR_UNKNOWN where tzdata has none. */
Zone *zone_new(const char *name, GError **error);
void zone_free(Zone *zone);
const char *zone_name(const Zone *zone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Zone, zone_free)

LocalTime zone_local(const Zone *zone, int64_t at_min);
Day zone_day(const Zone *zone, int64_t at_min);

/* The first instant at which the local clock shows hour:minute on the day (hour 24 = 00:00 of the next day). */
int64_t zone_at(const Zone *zone, Day day, int hour, int minute);
static inline int64_t
zone_day_start(const Zone *zone, Day day)
{
    return zone_at(zone, day, 0, 0);
}

/* Elapsed minutes of [start, end) during which the local clock is in [from_hour:00, to_hour:00), 0 <= from < to <= 24. */
int64_t zone_minutes_between(const Zone *zone, int64_t start_min, int64_t end_min, int from_hour, int to_hour);

/* TRUE if [start, end) has a minute on a local Sunday. */
gboolean zone_touches_sunday(const Zone *zone, int64_t start_min, int64_t end_min);

/*
 * Reads "2026-11-30T08:00" (local) or "2026-11-30T08:00+01:00" / "...Z" (with offset); ":00" seconds are allowed, others
 * refused. ZONE_ERROR_TEXT or ZONE_ERROR_GAP, with a message that names the text and what would be right.
 */
gboolean zone_parse(const Zone *zone, const char *text, int64_t *at_min, GError **error);

/* "2026-11-30T08:00", local. Carries the offset only where the local time exists twice and this is the second. Caller frees. */
char *zone_format(const Zone *zone, int64_t at_min);
/* "2026-11-30T07:00:00Z". Caller frees. */
char *utc_format(int64_t at_min);
/* "08:00", local. Caller frees. */
char *zone_format_clock(const Zone *zone, int64_t at_min);
/* "Mon 30 Nov 08:00", local; "Mon 30 Nov". Callers free. */
char *zone_format_short(const Zone *zone, int64_t at_min);
char *day_format_short(Day day);

Day day_from_civil(int year, int month, int day);
void day_to_civil(Day day, int *year, int *month, int *day_of_month);
/* 1 = Monday ... 7 = Sunday. */
int day_of_week(Day day);
/* "Mon" ... "Sun", static. */
const char *day_name(Day day);
/* Reads "2026-11-30"; ZONE_ERROR_TEXT otherwise. */
gboolean day_parse(const char *text, Day *day, GError **error);
char *day_format(Day day);
/* Whole years from birth to day (a birthday on 29 February falls on 1 March in other years). */
int day_age(Day birth, Day day);

/* The ISO week that holds the day. */
IsoWeek iso_week_of(Day day);
/* Reads "2026-W49"; ZONE_ERROR_TEXT otherwise. */
gboolean iso_week_parse(const char *text, IsoWeek *week, GError **error);
/* "2026-W49"; the caller frees. */
char *iso_week_format(IsoWeek week);
int64_t iso_week_start(const Zone *zone, IsoWeek week);
int64_t iso_week_end(const Zone *zone, IsoWeek week);

G_END_DECLS

#endif
