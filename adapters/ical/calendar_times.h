/* The times that properties carry, as local times of a zone and as instants (private to ical). */
#ifndef ICAL_CALENDAR_TIMES_H
#define ICAL_CALENDAR_TIMES_H

#include "calendar_zones.h"

#include <libical/ical.h>

/* What reading one file needs and shares. */
typedef struct CalendarContext {
    const Zone *zone; /* the pool's: of floating times and dates */
    CalendarZones *zones;
    int64_t from_s, until_s; /* the window */
    guint steps;             /* of recurrence rules, so far */
    guint occurrences;       /* in the window, so far */
} CalendarContext;

typedef struct CalendarTime {
    gboolean is_date;
    const Zone *zone; /* NULL: UTC */
    Day day;
    int second; /* of the local day */
} CalendarTime;

/*
 * The time that `value` of `property` says; its zone is that of the property's TZID. Faults: an unknown TZID, a time that no
 * clock shows, a year out of 1900-2199.
 */
gboolean calendar_time_read(CalendarContext *context, icalproperty *property, struct icaltimetype value,
                            CalendarTime *time, GError **error);

/* Seconds since 1970. A date is its midnight. */
int64_t calendar_time_instant(const CalendarTime *time);

/* The time as the zone of `like` shows it, a date if `like` is one. */
CalendarTime calendar_time_like(const CalendarTime *time, const CalendarTime *like);

/* The fields as libical's time without zone, and back with the zone of `like`. */
struct icaltimetype calendar_time_floating(const CalendarTime *time);
CalendarTime calendar_time_of_floating(struct icaltimetype floating, const CalendarTime *like);

/* The uid of the component for a message: "event UID", or "VFREEBUSY" where there is none. Caller frees. */
char *calendar_component_words(icalcomponent *component);

#endif
