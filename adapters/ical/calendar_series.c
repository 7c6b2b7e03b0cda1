#include "calendar_series.h"

#include "calendar_fault.h"
#include "calendar_lines.h"

#include "ical/calendar_file.h"

#define DAY_S ((int64_t)86400)

/* Of all rules of a file: 60 daily events of four years, or 500 weekly ones; a quarter of a second. */
#define STEPS_MOST 100000

/* The components of one uid. */
typedef struct Group {
    const CalendarEvent *series; /* without RECURRENCE-ID; NULL where the file has only changes */
    GPtrArray *changes;          /* of CalendarEvent */
} Group;

/* One time of the recurrence set. */
typedef struct Start {
    CalendarTime time;
    gboolean has_end; /* a PERIOD of RDATE */
    int64_t end_s;
} Start;

static gboolean property_fault(icalproperty *property, const char *reason, GError **error)
{
    g_autofree char *words = calendar_component_words(icalproperty_get_parent(property));
    char *value = icalproperty_get_value_as_string_r(property);
    calendar_fault(error, calendar_line(property), "%s: property %s '%s' %s", words,
                   icalproperty_kind_to_string(icalproperty_isa(property)), value ? value : "", reason);
    icalmemory_free_buffer(value);
    return FALSE;
}

/* --- grouping */

static void group_free(gpointer data)
{
    Group *group = data;
    g_ptr_array_unref(group->changes);
    g_free(group);
}

/* RFC 5546 2.1.5: of two versions the one with the higher SEQUENCE counts, then the later DTSTAMP, then the later in
 * the file. */
static gboolean is_newer(const CalendarEvent *event, const CalendarEvent *than)
{
    int sequence = icalcomponent_get_sequence(event->component), other = icalcomponent_get_sequence(than->component);
    if (sequence != other)
        return sequence > other;
    return icaltime_compare(icalcomponent_get_dtstamp(event->component), icalcomponent_get_dtstamp(than->component)) >=
           0;
}

static gboolean add_to_group(GHashTable *by_uid, GPtrArray *groups, const CalendarEvent *event, GError **error)
{
    icalproperty *uid, *recurrence;
    if (!calendar_single(event->component, ICAL_UID_PROPERTY, &uid, error) ||
        !calendar_single(event->component, ICAL_RECURRENCEID_PROPERTY, &recurrence, error))
        return FALSE;
    if (!uid || !*icalproperty_get_uid(uid)) {
        icalproperty *first = icalcomponent_get_first_property(event->component, ICAL_ANY_PROPERTY);
        return calendar_fault(error, calendar_line(first), "%s: there is no UID, one for each event would be right",
                              icalcomponent_kind_to_string(icalcomponent_isa(event->component)));
    }
    Group *group = g_hash_table_lookup(by_uid, icalproperty_get_uid(uid));
    if (!group) {
        group = g_new0(Group, 1);
        group->changes = g_ptr_array_new();
        g_ptr_array_add(groups, group);
        g_hash_table_insert(by_uid, (gpointer)icalproperty_get_uid(uid), group);
    }
    if (recurrence)
        g_ptr_array_add(group->changes, (gpointer)event);
    else if (!group->series || is_newer(event, group->series))
        group->series = event;
    return TRUE;
}

/* --- the recurrence set */

static gboolean read_until(CalendarContext *context, icalproperty *property, const CalendarTime *start,
                           struct icalrecurrencetype *rule, GError **error)
{
    CalendarTime until;
    if (icaltime_is_null_time(rule->until))
        return TRUE;
    if (!calendar_time_read(context, property, rule->until, &until, error))
        return FALSE;
    if (until.is_date && !start->is_date) { /* not allowed, but meant: to the end of that day */
        until.is_date = FALSE;
        until.second = (int)DAY_S - 1;
        until.zone = start->zone;
    } else if (until.zone) { /* without Z: by the clock of the event */
        until.zone = start->zone;
    }
    until = calendar_time_like(&until, start);
    rule->until = calendar_time_floating(&until);
    return TRUE;
}

static gboolean step_rule(CalendarContext *context, icalproperty *property, const CalendarSpan *span,
                          icalrecur_iterator *iterator, GArray *starts, GError **error)
{
    /* By the fields alone, as if they were UTC: no zone is two days off, and most steps of an old series are far away.
     */
    int64_t least_s = context->from_s - span->days * DAY_S - span->seconds - 2 * DAY_S;
    int64_t most_s = context->until_s + 2 * DAY_S;
    for (struct icaltimetype next = icalrecur_iterator_next(iterator); !icaltime_is_null_time(next);
         next = icalrecur_iterator_next(iterator)) {
        if (++context->steps > STEPS_MOST)
            return property_fault(
                property, "has too many times before the end of the window, a later DTSTART would be right", error);
        Start found = {.time = calendar_time_of_floating(next, &span->start)};
        int64_t about_s = found.time.day * DAY_S + found.time.second;
        if (about_s > most_s)
            return TRUE;
        if (about_s >= least_s)
            g_array_append_val(starts, found);
    }
    return TRUE;
}

static gboolean add_rule(CalendarContext *context, icalproperty *property, const CalendarSpan *span, GArray *starts,
                         GError **error)
{
    struct icalrecurrencetype rule = icalproperty_get_rrule(property);
    if (rule.freq == ICAL_SECONDLY_RECURRENCE || rule.freq == ICAL_MINUTELY_RECURRENCE ||
        rule.freq == ICAL_HOURLY_RECURRENCE)
        return property_fault(property, "repeats within a day, DAILY, WEEKLY, MONTHLY or YEARLY would be right", error);
    if (!read_until(context, property, &span->start, &rule, error))
        return FALSE;
    icalrecur_iterator *iterator = icalrecur_iterator_new(rule, calendar_time_floating(&span->start));
    if (!iterator)
        return property_fault(property, "names no day, a rule such as FREQ=WEEKLY;BYDAY=MO,WE would be right", error);
    gboolean is_done = step_rule(context, property, span, iterator, starts, error);
    icalrecur_iterator_free(iterator);
    return is_done;
}

static gboolean add_date(CalendarContext *context, icalproperty *property, const CalendarTime *start, GArray *starts,
                         GError **error)
{
    struct icaldatetimeperiodtype date = icalproperty_get_rdate(property);
    Start found = {0};
    if (icaltime_is_null_time(date.time)) {
        found.has_end = TRUE;
        if (!calendar_period_read(context, property, date.period, &found.time, &found.end_s, error))
            return FALSE;
    } else {
        if (!calendar_time_read(context, property, date.time, &found.time, error))
            return FALSE;
        if (found.time.is_date != start->is_date)
            found.time = calendar_time_like(&found.time, start);
    }
    g_array_append_val(starts, found);
    return TRUE;
}

static gboolean is_series(icalcomponent *component)
{
    return icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY) ||
           icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY);
}

static gboolean collect_starts(CalendarContext *context, icalcomponent *component, const CalendarSpan *span,
                               GArray *starts, GError **error)
{
    Start first = {.time = span->start}; /* RFC 5545 3.8.2.4: DTSTART is the first instance, whatever the rule says */
    g_array_append_val(starts, first);
    for (icalproperty *property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY); property;
         property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
        icalproperty_kind kind = icalproperty_isa(property);
        if (kind == ICAL_EXRULE_PROPERTY)
            return property_fault(property, "is of the old RFC 2445, EXDATE would be right", error);
        if ((kind == ICAL_RRULE_PROPERTY && !add_rule(context, property, span, starts, error)) ||
            (kind == ICAL_RDATE_PROPERTY && !add_date(context, property, &span->start, starts, error)))
            return FALSE;
    }
    return TRUE;
}

static void set_add(GHashTable *instants, int64_t at_s)
{
    g_hash_table_add(instants, g_memdup2(&at_s, sizeof at_s));
}

static GHashTable *set_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

static gboolean collect_exclusions(CalendarContext *context, icalcomponent *component, const CalendarTime *start,
                                   GHashTable *excluded, GError **error)
{
    for (icalproperty *property = icalcomponent_get_first_property(component, ICAL_EXDATE_PROPERTY); property;
         property = icalcomponent_get_next_property(component, ICAL_EXDATE_PROPERTY)) {
        CalendarTime time;
        if (!calendar_time_read(context, property, icalproperty_get_exdate(property), &time, error))
            return FALSE;
        time = calendar_time_like(&time, start);
        set_add(excluded, calendar_time_instant(&time));
    }
    return TRUE;
}

/* --- occurrences */

static gboolean add_occurrence(CalendarContext *context, CalendarOccurrence occurrence, GArray *occurrences,
                               GError **error)
{
    if (!calendar_touches_window(context, occurrence.start_s, occurrence.end_s))
        return TRUE;
    if (++context->occurrences > ICAL_INSTANCES_MOST) {
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT,
                    "the calendar has more than %d instances in the window, fewer would be right", ICAL_INSTANCES_MOST);
        return FALSE;
    }
    g_array_append_val(occurrences, occurrence);
    return TRUE;
}

static gboolean need_start(const CalendarEvent *event, const CalendarSpan *span, GError **error)
{
    if (span->has_start)
        return TRUE;
    g_autofree char *words = calendar_component_words(event->component);
    icalproperty *uid = icalcomponent_get_first_property(event->component, ICAL_UID_PROPERTY);
    return calendar_fault(error, calendar_line(uid), "%s: there is no DTSTART, %s would be right", words,
                          "DTSTART;TZID=Europe/Amsterdam:20261130T080000");
}

/* The instances of the series that no component changes. */
static gboolean expand_series(CalendarContext *context, const CalendarEvent *event, const CalendarSpan *span,
                              GHashTable *changed, GArray *occurrences, GError **error)
{
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(Start));
    g_autoptr(GHashTable) taken = set_new(); /* excluded, and added already */
    if (!collect_starts(context, event->component, span, starts, error) ||
        !collect_exclusions(context, event->component, &span->start, taken, error))
        return FALSE;
    for (guint i = 0; i < starts->len; i++) {
        const Start *start = &g_array_index(starts, Start, i);
        int64_t start_s = calendar_time_instant(&start->time);
        CalendarOccurrence occurrence = {
            .event = event,
            .start_s = start_s,
            .end_s = start->has_end ? start->end_s : calendar_span_end(span, &start->time),
            .is_of_series = is_series(event->component),
            .original_s = start_s,
        };
        if (g_hash_table_contains(taken, &start_s) || g_hash_table_contains(changed, &start_s))
            continue;
        set_add(taken, start_s);
        if (!add_occurrence(context, occurrence, occurrences, error))
            return FALSE;
    }
    return TRUE;
}

/* The instant that the change replaces; `start` of the series, or NULL where the file has none. */
static gboolean read_original(CalendarContext *context, const CalendarEvent *change, const CalendarTime *start,
                              int64_t *original_s, GError **error)
{
    icalproperty *property = icalcomponent_get_first_property(change->component, ICAL_RECURRENCEID_PROPERTY);
    CalendarTime time;
    if (icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER))
        return property_fault(property,
                              "changes THISANDFUTURE, which is not read: a rule that ends before with UNTIL "
                              "and a new event would be right",
                              error);
    if (!calendar_time_read(context, property, icalproperty_get_recurrenceid(property), &time, error))
        return FALSE;
    if (start)
        time = calendar_time_like(&time, start);
    *original_s = calendar_time_instant(&time);
    return TRUE;
}

static gboolean expand_changes(CalendarContext *context, GHashTable *changed, GArray *occurrences, GError **error)
{
    GHashTableIter each;
    gpointer original, value;
    g_hash_table_iter_init(&each, changed);
    while (g_hash_table_iter_next(&each, &original, &value)) {
        const CalendarEvent *change = value;
        CalendarSpan span;
        if (!calendar_span_read(context, change->component, &span, error) || !need_start(change, &span, error))
            return FALSE;
        CalendarOccurrence occurrence = {
            .event = change,
            .start_s = calendar_time_instant(&span.start),
            .end_s = calendar_span_end(&span, &span.start),
            .is_of_series = TRUE,
            .original_s = *(int64_t *)original,
        };
        if (!add_occurrence(context, occurrence, occurrences, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean expand_group(CalendarContext *context, const Group *group, GArray *occurrences, GError **error)
{
    CalendarSpan span = {0};
    if (group->series && (!calendar_span_read(context, group->series->component, &span, error) ||
                          !need_start(group->series, &span, error)))
        return FALSE;
    g_autoptr(GHashTable) changed = set_new(); /* original instant -> its newest change */
    for (guint i = 0; i < group->changes->len; i++) {
        const CalendarEvent *change = group->changes->pdata[i];
        int64_t original_s;
        if (!read_original(context, change, group->series ? &span.start : NULL, &original_s, error))
            return FALSE;
        const CalendarEvent *known = g_hash_table_lookup(changed, &original_s);
        if (!known || is_newer(change, known))
            g_hash_table_insert(changed, g_memdup2(&original_s, sizeof original_s), (gpointer)change);
    }
    if (group->series && !expand_series(context, group->series, &span, changed, occurrences, error))
        return FALSE;
    return expand_changes(context, changed, occurrences, error);
}

gboolean calendar_series_expand(CalendarContext *context, const GArray *events, GArray *occurrences, GError **error)
{
    g_autoptr(GHashTable) by_uid = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(group_free);
    for (guint i = 0; i < events->len; i++)
        if (!add_to_group(by_uid, groups, &g_array_index(events, CalendarEvent, i), error))
            return FALSE;
    for (guint i = 0; i < groups->len; i++)
        if (!expand_group(context, groups->pdata[i], occurrences, error))
            return FALSE;
    return TRUE;
}
