/*
 * Events and their recurrences as occurrences in time (private to ical).
 *
 * The recurrence set of RFC 5545 3.8.5: DTSTART and what RRULE and RDATE say, less EXDATE, with the instances that a component with
 * RECURRENCE-ID changes. libical only steps the rule, on a clock without zone; everything about zones is done here.
 */
#ifndef ICAL_CALENDAR_SERIES_H
#define ICAL_CALENDAR_SERIES_H

#include "calendar_times.h"

typedef struct CalendarEvent {
    icalcomponent *component; /* VEVENT or AVAILABLE; not owned */
    gboolean is_cancelled;    /* by METHOD:CANCEL or STATUS */
} CalendarEvent;

typedef struct CalendarOccurrence {
    const CalendarEvent *event; /* that says what it is: the series, or the change of one instance */
    int64_t start_s, end_s;
    gboolean is_of_series;
    int64_t original_s; /* when the series had it: RECURRENCE-ID */
} CalendarOccurrence;

/* Appends the occurrences that touch the window. `events` (of CalendarEvent): the components of a calendar, of any uids, in the file's order. */
gboolean calendar_series_expand(CalendarContext *context, const GArray *events, GArray *occurrences, GError **error);

/* The once-only property of the kind, or NULL; a fault where it is there twice. */
gboolean calendar_single(icalcomponent *component, icalproperty_kind kind, icalproperty **property, GError **error);

/*
 * How long a component lasts (VAVAILABILITY too). A missing DTSTART, or both of DTEND and DURATION missing, leave has_start,
 * has_end FALSE; with an end and no start, `seconds` is the end's instant.
 */
typedef struct CalendarSpan {
    gboolean has_start, has_end;
    CalendarTime start;
    int days;          /* nominal, of the zone's calendar */
    int64_t seconds;   /* elapsed, after the days */
} CalendarSpan;
gboolean calendar_span_read(CalendarContext *context, icalcomponent *component, CalendarSpan *span, GError **error);
/* The end of the instance that starts at `start`. */
int64_t calendar_span_end(const CalendarSpan *span, const CalendarTime *start);

/* A period of RDATE or FREEBUSY. */
gboolean calendar_period_read(CalendarContext *context, icalproperty *property, struct icalperiodtype period,
                              CalendarTime *start, int64_t *end_s, GError **error);

/* Whether [start, end) shares time with the window; one without length does where it stands in it. */
gboolean calendar_touches_window(const CalendarContext *context, int64_t start_s, int64_t end_s);

#endif
