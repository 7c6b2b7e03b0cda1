#include "calendar_times.h"
#include "calendar_fault.h"
#include "calendar_lines.h"

#define DAY_S      ((int64_t)86400)
#define YEAR_FIRST 1900
#define YEAR_LAST  2199

char *calendar_component_words(icalcomponent *component)
{
    const char *kind = icalcomponent_kind_to_string(icalcomponent_isa(component));
    icalproperty *uid = icalcomponent_get_first_property(component, ICAL_UID_PROPERTY);
    return uid ? g_strdup_printf("%s %s", kind, icalproperty_get_uid(uid)) : g_strdup(kind);
}

static gboolean time_fault(icalproperty *property, const char *reason, GError **error)
{
    g_autofree char *words = calendar_component_words(icalproperty_get_parent(property));
    const char *name = icalproperty_kind_to_string(icalproperty_isa(property));
    char *value = icalproperty_get_value_as_string_r(property);
    calendar_fault(error, calendar_line(property), "%s: property %s has '%s', %s", words, name, value ? value : "",
                   reason);
    icalmemory_free_buffer(value);
    return FALSE;
}

static const char *tzid_of(icalproperty *property)
{
    icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    return tzid ? icalparameter_get_tzid(tzid) : NULL;
}

static gboolean fields_are_valid(struct icaltimetype value)
{
    if (value.month < 1 || value.month > 12 || value.day < 1 ||
        value.day > g_date_get_days_in_month((GDateMonth)value.month, (GDateYear)value.year))
        return FALSE;
    return value.is_date || (value.hour >= 0 && value.hour <= 23 && value.minute >= 0 && value.minute <= 59 &&
                             value.second >= 0 && value.second <= 60);
}

gboolean calendar_time_read(CalendarContext *context, icalproperty *property, struct icaltimetype value,
                            CalendarTime *time, GError **error)
{
    if (icaltime_is_null_time(value) || value.year < YEAR_FIRST || value.year > YEAR_LAST)
        return time_fault(property, "a time of the years 1900 to 2199 would be right", error);
    if (!fields_are_valid(value))
        return time_fault(property, "no calendar or clock shows that, a time such as 20261130T080000 would be right",
                          error);
    *time = (CalendarTime){
        .is_date = value.is_date != 0,
        .zone = context->zone,
        .day = day_from_civil(value.year, value.month, value.day),
        .second = value.is_date ? 0 : value.hour * 3600 + value.minute * 60 + value.second,
    };
    const char *tzid = tzid_of(property);
    if (value.is_date)
        return TRUE;
    if (icaltime_is_utc(value)) /* RFC 5545 3.2.19: TZID does not belong on UTC times, and says nothing there */
        time->zone = NULL;
    else if (tzid && !(time->zone = calendar_zones_find(context->zones, tzid))) {
        g_autofree char *reason =
            g_strdup_printf("but its TZID '%s' is no time zone that is known, an IANA name such as "
                            "Europe/Amsterdam would be right",
                            tzid);
        return time_fault(property, reason, error);
    }
    return TRUE;
}

int64_t calendar_time_instant(const CalendarTime *time)
{
    if (!time->zone)
        return time->day * DAY_S + time->second;
    return zone_at(time->zone, time->day, time->second / 3600, time->second / 60 % 60) * 60 + time->second % 60;
}

static CalendarTime local_time(const Zone *zone, int64_t at_s)
{
    int64_t minute = at_s / 60 - (at_s % 60 < 0);
    int second = (int)(at_s - minute * 60);
    if (!zone) {
        int64_t day = at_s / DAY_S - (at_s % DAY_S < 0);
        return (CalendarTime){.day = (Day)day, .second = (int)(at_s - day * DAY_S)};
    }
    LocalTime local = zone_local(zone, minute);
    return (CalendarTime){.zone = zone, .day = local.day, .second = local.hour * 3600 + local.minute * 60 + second};
}

CalendarTime calendar_time_like(const CalendarTime *time, const CalendarTime *like)
{
    CalendarTime same = *time;
    if (time->is_date) { /* on that day, at the other's time of day */
        same.is_date = like->is_date;
        same.zone = like->zone;
        same.second = like->second;
    } else if (like->is_date || time->zone != like->zone) {
        same = local_time(like->zone, calendar_time_instant(time));
        same.is_date = like->is_date;
        same.second = like->is_date ? 0 : same.second;
    }
    return same;
}

struct icaltimetype calendar_time_floating(const CalendarTime *time)
{
    struct icaltimetype floating = icaltime_null_time();
    day_to_civil(time->day, &floating.year, &floating.month, &floating.day);
    floating.is_date = time->is_date;
    floating.hour = time->second / 3600;
    floating.minute = time->second / 60 % 60;
    floating.second = time->second % 60;
    return floating;
}

CalendarTime calendar_time_of_floating(struct icaltimetype floating, const CalendarTime *like)
{
    CalendarTime time = *like;
    time.day = day_from_civil(floating.year, floating.month, floating.day);
    time.second = like->is_date ? 0 : floating.hour * 3600 + floating.minute * 60 + floating.second;
    return time;
}
