#include "calendar_busy.h"

#include "calendar_series.h"

/* RFC 5545 3.2.9: a type that one does not know is as BUSY. */
static gboolean is_free(icalproperty *property)
{
    icalparameter *type = icalproperty_get_first_parameter(property, ICAL_FBTYPE_PARAMETER);
    return type && icalparameter_get_fbtype(type) == ICAL_FBTYPE_FREE;
}

gboolean calendar_busy_read(CalendarContext *context, icalcomponent *vfreebusy, GArray *busy, GError **error)
{
    for (icalproperty *property = icalcomponent_get_first_property(vfreebusy, ICAL_FREEBUSY_PROPERTY); property;
         property = icalcomponent_get_next_property(vfreebusy, ICAL_FREEBUSY_PROPERTY)) {
        CalendarTime start;
        CalendarBusy period = {.component = vfreebusy};
        if (!calendar_period_read(context, property, icalproperty_get_freebusy(property), &start, &period.end_s, error))
            return FALSE;
        period.start_s = calendar_time_instant(&start);
        if (!is_free(property) && calendar_touches_window(context, period.start_s, period.end_s))
            g_array_append_val(busy, period);
    }
    return TRUE;
}

/* --- VAVAILABILITY, as painting: each component whitens its span, blackens it, then whitens what is AVAILABLE */

static void whiten(GArray *busy, int64_t from_s, int64_t until_s)
{
    for (guint i = 0; i < busy->len;) {
        CalendarBusy *piece = &g_array_index(busy, CalendarBusy, i);
        CalendarBusy after = *piece;
        if (piece->end_s <= from_s || piece->start_s >= until_s) {
            i++;
            continue;
        }
        gboolean has_before = piece->start_s<from_s, has_after = piece->end_s> until_s;
        piece->end_s = from_s;
        after.start_s = until_s;
        if (has_after && has_before)
            g_array_insert_val(busy, i + 1, after);
        else if (has_after)
            *piece = after;
        else if (!has_before) {
            g_array_remove_index(busy, i);
            continue;
        }
        i++;
    }
}

static int earlier_first(gconstpointer left, gconstpointer right)
{
    const CalendarOccurrence *a = left, *b = right;
    return (a->start_s > b->start_s) - (a->start_s < b->start_s);
}

/* Appends what of [from, until) no AVAILABLE covers, in order of time. */
static void blacken(icalcomponent *component, int64_t from_s, int64_t until_s, GArray *available, GArray *busy)
{
    int64_t at_s = from_s;
    g_array_sort(available, earlier_first);
    for (guint i = 0; i < available->len && at_s < until_s; i++) {
        const CalendarOccurrence *free_time = &g_array_index(available, CalendarOccurrence, i);
        CalendarBusy piece = {component, at_s, MIN(free_time->start_s, until_s)};
        if (piece.start_s < piece.end_s)
            g_array_append_val(busy, piece);
        at_s = MAX(at_s, free_time->end_s);
    }
    CalendarBusy last = {component, at_s, until_s};
    if (at_s < until_s)
        g_array_append_val(busy, last);
}

static gboolean read_available(CalendarContext *context, icalcomponent *vavailability, GArray *available,
                               GError **error)
{
    g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(CalendarEvent));
    for (icalcomponent *component = icalcomponent_get_first_component(vavailability, ICAL_XAVAILABLE_COMPONENT);
         component; component = icalcomponent_get_next_component(vavailability, ICAL_XAVAILABLE_COMPONENT)) {
        CalendarEvent event = {.component = component};
        g_array_append_val(events, event);
    }
    return calendar_series_expand(context, events, available, error);
}

static gboolean paint(CalendarContext *context, icalcomponent *vavailability, GArray *busy, GError **error)
{
    CalendarSpan span;
    if (!calendar_span_read(context, vavailability, &span, error))
        return FALSE;
    int64_t from_s = context->from_s, until_s = context->until_s;
    if (span.has_start)
        from_s = MAX(from_s, calendar_time_instant(&span.start));
    if (span.has_end)
        until_s = MIN(until_s, span.has_start ? calendar_span_end(&span, &span.start) : span.seconds);
    g_autoptr(GArray) available = g_array_new(FALSE, FALSE, sizeof(CalendarOccurrence));
    if (!read_available(context, vavailability, available, error))
        return FALSE;
    if (from_s < until_s) {
        whiten(busy, from_s, until_s);
        blacken(vavailability, from_s, until_s, available, busy);
    }
    return TRUE;
}

/* 1 is the highest, 9 the lowest; 0 and none are lower still. */
static int priority_rank(icalcomponent *component)
{
    icalproperty *property = icalcomponent_get_first_property(component, ICAL_PRIORITY_PROPERTY);
    int priority = property ? icalproperty_get_priority(property) : 0;
    return priority >= 1 && priority <= 9 ? priority : 10;
}

gboolean calendar_unavailable_read(CalendarContext *context, const GPtrArray *vavailabilities, GArray *busy,
                                   GError **error)
{
    g_autoptr(GArray) painted = g_array_new(FALSE, FALSE, sizeof(CalendarBusy));
    for (int rank = 10; rank >= 1; rank--)
        for (guint i = 0; i < vavailabilities->len; i++)
            if (priority_rank(vavailabilities->pdata[i]) == rank &&
                !paint(context, vavailabilities->pdata[i], painted, error))
                return FALSE;
    if (painted->len > 0)
        g_array_append_vals(busy, painted->data, painted->len);
    return TRUE;
}
