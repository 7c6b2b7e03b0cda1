#include "calendar_series.h"

#include "calendar_fault.h"
#include "calendar_lines.h"

#define SPAN_DAYS_MOST 36500

gboolean calendar_single(icalcomponent *component, icalproperty_kind kind, icalproperty **property, GError **error)
{
    *property = icalcomponent_get_first_property(component, kind);
    icalproperty *second = *property ? icalcomponent_get_next_property(component, kind) : NULL;
    if (!second)
        return TRUE;
    g_autofree char *words = calendar_component_words(component);
    return calendar_fault(error, calendar_line(second), "%s: property %s is there already in line %d", words,
                          icalproperty_kind_to_string(kind), calendar_line(*property));
}

static gboolean span_fault(icalproperty *property, const char *reason, GError **error)
{
    g_autofree char *words = calendar_component_words(icalproperty_get_parent(property));
    return calendar_fault(error, calendar_line(property), "%s: property %s %s", words,
                          icalproperty_kind_to_string(icalproperty_isa(property)), reason);
}

static gboolean take_end(CalendarContext *context, icalproperty *property, CalendarSpan *span, GError **error)
{
    CalendarTime end;
    if (!calendar_time_read(context, property, icalproperty_get_dtend(property), &end, error))
        return FALSE;
    if (!span->has_start) {
        span->seconds = calendar_time_instant(&end);
        return TRUE;
    }
    if (end.is_date != span->start.is_date)
        return span_fault(property, "is a date and DTSTART a time, or the reverse: both alike would be right", error);
    int64_t seconds = calendar_time_instant(&end) - calendar_time_instant(&span->start);
    if (seconds < 0)
        return span_fault(property, "is before DTSTART, a later time would be right", error);
    if (span->start.is_date)
        span->days = MAX(1, end.day - span->start.day); /* some write the day itself for one day */
    else
        span->seconds = seconds;
    return TRUE;
}

static gboolean set_duration(icalproperty *property, struct icaldurationtype duration, CalendarSpan *span,
                             GError **error)
{
    if (icaldurationtype_is_bad_duration(duration) || duration.is_neg)
        return span_fault(property, "is negative, a duration such as PT8H would be right", error);
    int64_t days = (int64_t)duration.weeks * 7 + duration.days;
    int64_t seconds = (int64_t)duration.hours * 3600 + (int64_t)duration.minutes * 60 + (int64_t)duration.seconds;
    if (days > SPAN_DAYS_MOST || seconds > (int64_t)SPAN_DAYS_MOST * 86400)
        return span_fault(property, "is longer than a century", error);
    if (span->has_start && span->start.is_date && seconds != 0)
        return span_fault(property, "has hours and DTSTART is a date, a duration in days would be right", error);
    span->days = (int)days;
    span->seconds = seconds;
    return TRUE;
}

gboolean calendar_span_read(CalendarContext *context, icalcomponent *component, CalendarSpan *span, GError **error)
{
    icalproperty *start, *end, *duration;
    *span = (CalendarSpan){0};
    if (!calendar_single(component, ICAL_DTSTART_PROPERTY, &start, error) ||
        !calendar_single(component, ICAL_DTEND_PROPERTY, &end, error) ||
        !calendar_single(component, ICAL_DURATION_PROPERTY, &duration, error))
        return FALSE;
    if (end && duration)
        return span_fault(duration, "and DTEND are both there, one of them would be right", error);
    if (start && !calendar_time_read(context, start, icalproperty_get_dtstart(start), &span->start, error))
        return FALSE;
    span->has_start = start != NULL;
    span->has_end = end || duration;
    if (end)
        return take_end(context, end, span, error);
    if (duration && !start)
        return span_fault(duration, "needs a DTSTART", error);
    if (duration)
        return set_duration(duration, icalproperty_get_duration(duration), span, error);
    if (span->has_start && span->start.is_date)
        span->days = 1; /* RFC 5545 3.6.1 */
    return TRUE;
}

int64_t calendar_span_end(const CalendarSpan *span, const CalendarTime *start)
{
    CalendarTime end = *start;
    end.day += span->days;
    return (span->days ? calendar_time_instant(&end) : calendar_time_instant(start)) + span->seconds;
}

gboolean calendar_period_read(CalendarContext *context, icalproperty *property, struct icalperiodtype period,
                              CalendarTime *start, int64_t *end_s, GError **error)
{
    CalendarSpan span = {.has_start = TRUE};
    CalendarTime end;
    if (!calendar_time_read(context, property, period.start, start, error))
        return FALSE;
    span.start = *start;
    if (icaltime_is_null_time(period.end)) {
        if (!set_duration(property, period.duration, &span, error))
            return FALSE;
        *end_s = calendar_span_end(&span, start);
        return TRUE;
    }
    if (!calendar_time_read(context, property, period.end, &end, error))
        return FALSE;
    *end_s = calendar_time_instant(&end);
    return *end_s >= calendar_time_instant(start) ||
           span_fault(property, "has a period that ends before it starts, a later end would be right", error);
}

gboolean calendar_touches_window(const CalendarContext *context, int64_t start_s, int64_t end_s)
{
    return start_s < context->until_s && (end_s > context->from_s || (end_s == start_s && start_s == context->from_s));
}
