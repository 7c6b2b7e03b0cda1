#include "calendar_text.h"

#include "calendar_busy.h"
#include "calendar_fault.h"
#include "calendar_lines.h"
#include "calendar_series.h"

#include "ical/calendar_file.h"

#include <string.h>

#define HEADCOUNT_MOST 10000
#define BREAK_MOST     (24 * 60)

static int64_t floor_minute(int64_t at_s)
{
    return at_s / 60 - (at_s % 60 < 0);
}

static int64_t ceil_minute(int64_t at_s)
{
    return floor_minute(at_s + 59);
}

int calendar_instance_compare(gconstpointer left, gconstpointer right)
{
    const CalendarInstance *a = *(const CalendarInstance *const *)left, *b = *(const CalendarInstance *const *)right;
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    if (a->end_min != b->end_min)
        return a->end_min < b->end_min ? -1 : 1;
    int uids = strcmp(a->uid, b->uid);
    return uids ? uids : strcmp(a->date, b->date);
}

/* --- what an event says besides its times */

static char *cut_text(const char *text)
{
    size_t bytes = text ? strlen(text) : 0;
    if (bytes > CALENDAR_TEXT_BYTES_MOST) {
        bytes = CALENDAR_TEXT_BYTES_MOST;
        while ((text[bytes] & 0xc0) == 0x80)
            bytes--;
    }
    return g_strndup(text ? text : "", bytes);
}

typedef const char *(*TextOf)(const icalproperty *);

static char *text_of(icalcomponent *component, icalproperty_kind kind, TextOf text)
{
    icalproperty *property = icalcomponent_get_first_property(component, kind);
    return cut_text(property ? text(property) : NULL);
}

static icalproperty *find_x(icalcomponent *component, const char *name)
{
    for (icalproperty *property = icalcomponent_get_first_property(component, ICAL_X_PROPERTY); property;
         property = icalcomponent_get_next_property(component, ICAL_X_PROPERTY))
        if (g_strcmp0(icalproperty_get_x_name(property), name) == 0)
            return property;
    return NULL;
}

static char *x_text(icalcomponent *component, const char *name)
{
    icalproperty *property = find_x(component, name);
    return cut_text(property ? icalproperty_get_x(property) : NULL);
}

static gboolean x_number(icalcomponent *component, const char *name, int most, int *number, GError **error)
{
    icalproperty *property = find_x(component, name);
    guint64 value;
    if (!property)
        return TRUE;
    const char *text = icalproperty_get_x(property);
    if (!text || !g_ascii_string_to_unsigned(text, 10, 0, (guint64)most, &value, NULL)) {
        g_autofree char *words = calendar_component_words(component);
        return calendar_fault(error, calendar_line(property),
                              "%s: property %s has '%s', a whole number up to %d would be right", words, name,
                              text ? text : "", most);
    }
    *number = (int)value;
    return TRUE;
}

static gboolean says_extra(icalcomponent *component, CalendarInstance *instance, GError **error)
{
    instance->certificates = x_text(component, "X-ROOSTER-CERTIFICATES");
    instance->team_certificates = x_text(component, "X-ROOSTER-TEAM-CERTIFICATES");
    instance->priority = x_text(component, "X-ROOSTER-PRIORITY");
    return x_number(component, "X-ROOSTER-HEADCOUNT", HEADCOUNT_MOST, &instance->headcount, error) &&
           x_number(component, "X-ROOSTER-BREAK", BREAK_MOST, &instance->break_min, error);
}

static CalendarInstance *instance_new(icalcomponent *component, int64_t start_s, int64_t end_s)
{
    CalendarInstance *instance = g_new0(CalendarInstance, 1);
    instance->uid = text_of(component, ICAL_UID_PROPERTY, icalproperty_get_uid);
    instance->summary = text_of(component, ICAL_SUMMARY_PROPERTY, icalproperty_get_summary);
    instance->description = text_of(component, ICAL_DESCRIPTION_PROPERTY, icalproperty_get_description);
    instance->location = text_of(component, ICAL_LOCATION_PROPERTY, icalproperty_get_location);
    instance->category = text_of(component, ICAL_CATEGORIES_PROPERTY, icalproperty_get_categories);
    instance->start_min = floor_minute(start_s);
    instance->end_min = ceil_minute(end_s);
    instance->headcount = 1;
    instance->break_min = -1;
    return instance;
}

/* "20261130T0700Z" */
static char *date_stamp(int64_t at_s)
{
    g_autofree char *text = utc_format(floor_minute(at_s)); /* 2026-11-30T07:00:00Z */
    return g_strdup_printf("%.4s%.2s%.5s%.2sZ", text, text + 5, text + 8, text + 14);
}

static gboolean is_transparent(icalcomponent *component)
{
    icalproperty *transp = icalcomponent_get_first_property(component, ICAL_TRANSP_PROPERTY);
    icalproperty_transp value = transp ? icalproperty_get_transp(transp) : ICAL_TRANSP_OPAQUE;
    return value == ICAL_TRANSP_TRANSPARENT || value == ICAL_TRANSP_TRANSPARENTNOCONFLICT;
}

static gboolean add_event(GPtrArray *instances, const CalendarOccurrence *occurrence, GError **error)
{
    icalcomponent *component = occurrence->event->component;
    CalendarInstance *instance = instance_new(component, occurrence->start_s, occurrence->end_s);
    g_ptr_array_add(instances, instance);
    instance->date = occurrence->is_of_series ? date_stamp(occurrence->original_s) : g_strdup("");
    instance->is_cancelled = occurrence->event->is_cancelled;
    instance->is_busy = !instance->is_cancelled && !is_transparent(component);
    return says_extra(component, instance, error);
}

static void add_period(GPtrArray *instances, const CalendarBusy *busy)
{
    CalendarInstance *instance = instance_new(busy->component, busy->start_s, busy->end_s);
    g_ptr_array_add(instances, instance);
    instance->date = g_strdup("");
    instance->certificates = g_strdup("");
    instance->team_certificates = g_strdup("");
    instance->priority = g_strdup("");
    instance->is_busy = TRUE;
    instance->is_period = TRUE;
}

/* --- the calendars of a file */

typedef struct Contents {
    GArray *events, *busy;      /* of CalendarEvent, CalendarBusy */
    GPtrArray *vavailabilities; /* of icalcomponent */
} Contents;

static gboolean read_method(icalcomponent *calendar, gboolean *cancels, GError **error)
{
    icalproperty *scale = icalcomponent_get_first_property(calendar, ICAL_CALSCALE_PROPERTY);
    if (scale && g_ascii_strcasecmp(icalproperty_get_calscale(scale), "GREGORIAN") != 0)
        return calendar_fault(error, calendar_line(scale), "property CALSCALE has '%s', GREGORIAN would be right",
                              icalproperty_get_calscale(scale));
    icalproperty *method = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);
    icalproperty_method value = method ? icalproperty_get_method(method) : ICAL_METHOD_PUBLISH;
    *cancels = value == ICAL_METHOD_CANCEL;
    if (value == ICAL_METHOD_PUBLISH || value == ICAL_METHOD_REQUEST || value == ICAL_METHOD_ADD || *cancels)
        return TRUE;
    const char *name = icalproperty_method_to_string(value);
    gboolean has_periods = icalcomponent_get_first_component(calendar, ICAL_VFREEBUSY_COMPONENT) != NULL;
    if (value == ICAL_METHOD_REPLY && has_periods) /* the answer to a question for busy time (RFC 5546 3.3.3) */
        return TRUE;
    return calendar_fault(error, calendar_line(method),
                          "METHOD '%s' is an answer, not a calendar: PUBLISH, REQUEST or CANCEL would be right",
                          name ? name : "");
}

static void learn_zones(CalendarContext *context, icalcomponent *calendar)
{
    for (icalcomponent *zone = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT); zone;
         zone = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT)) {
        icalproperty *tzid = icalcomponent_get_first_property(zone, ICAL_TZID_PROPERTY);
        icalproperty *location = find_x(zone, "X-LIC-LOCATION");
        if (tzid && location && icalproperty_get_x(location))
            calendar_zones_add_location(context->zones, icalproperty_get_tzid(tzid), icalproperty_get_x(location));
    }
}

static gboolean is_status_cancelled(icalcomponent *vevent)
{
    icalproperty *status = icalcomponent_get_first_property(vevent, ICAL_STATUS_PROPERTY);
    return status && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED;
}

static gboolean sort_contents(CalendarContext *context, icalcomponent *calendar, Contents *contents, GError **error)
{
    gboolean cancels = FALSE;
    if (!read_method(calendar, &cancels, error))
        return FALSE;
    learn_zones(context, calendar);
    for (icalcomponent *component = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT); component;
         component = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
        CalendarEvent event = {component, cancels || is_status_cancelled(component)};
        switch (icalcomponent_isa(component)) {
        case ICAL_VEVENT_COMPONENT:
            g_array_append_val(contents->events, event);
            break;
        case ICAL_VFREEBUSY_COMPONENT:
            if (!cancels && !calendar_busy_read(context, component, contents->busy, error))
                return FALSE;
            break;
        case ICAL_VAVAILABILITY_COMPONENT:
            if (!cancels)
                g_ptr_array_add(contents->vavailabilities, component);
            break;
        default:
            break;
        }
    }
    return TRUE;
}

static gboolean read_contents(CalendarContext *context, const GPtrArray *calendars, Contents *contents,
                              GPtrArray *instances, GError **error)
{
    g_autoptr(GArray) occurrences = g_array_new(FALSE, FALSE, sizeof(CalendarOccurrence));
    for (guint i = 0; i < calendars->len; i++)
        if (!sort_contents(context, calendars->pdata[i], contents, error))
            return FALSE;
    if (!calendar_series_expand(context, contents->events, occurrences, error) ||
        !calendar_unavailable_read(context, contents->vavailabilities, contents->busy, error))
        return FALSE;
    if (occurrences->len + contents->busy->len > ICAL_INSTANCES_MOST) {
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT,
                    "the calendar has more than %d instances in the window, fewer would be right", ICAL_INSTANCES_MOST);
        return FALSE;
    }
    for (guint i = 0; i < occurrences->len; i++)
        if (!add_event(instances, &g_array_index(occurrences, CalendarOccurrence, i), error))
            return FALSE;
    for (guint i = 0; i < contents->busy->len; i++)
        add_period(instances, &g_array_index(contents->busy, CalendarBusy, i));
    return TRUE;
}

GPtrArray *calendar_text_read(const char *text, gsize size, const Zone *zone, int64_t from_min, int64_t until_min,
                              GError **error)
{
    if (!calendar_lines_check(text, size, error))
        return NULL;
    g_autoptr(GPtrArray) calendars = calendar_lines_parse(text, size, error);
    if (!calendars)
        return NULL;
    g_autoptr(CalendarZones) zones = calendar_zones_new();
    CalendarContext context = {.zone = zone, .zones = zones, .from_s = from_min * 60, .until_s = until_min * 60};
    Contents contents = {
        .events = g_array_new(FALSE, FALSE, sizeof(CalendarEvent)),
        .busy = g_array_new(FALSE, FALSE, sizeof(CalendarBusy)),
        .vavailabilities = g_ptr_array_new(),
    };
    g_autoptr(GPtrArray) instances = g_ptr_array_new_with_free_func((GDestroyNotify)calendar_instance_free);
    gboolean is_read = read_contents(&context, calendars, &contents, instances, error);
    g_ptr_array_unref(contents.vavailabilities);
    g_array_unref(contents.busy);
    g_array_unref(contents.events);
    if (!is_read)
        return NULL;
    g_ptr_array_sort(instances, calendar_instance_compare);
    return g_steal_pointer(&instances);
}
