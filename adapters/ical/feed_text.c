#include "ical/feed_text.h"

#include <libical/ical.h>

#include <string.h>

#define REFRESH_S      (15 * 60) /* how often programs may ask; they ask less often anyway */
#define ALARM_AHEAD_S  (2 * 60 * 60)
#define CANCELLED_WORD "Cancelled: "

/* How programs show feeds of a kind; colours are CSS names (RFC 7986 5.9). */
static const struct {
    const char *colour;
    gboolean is_opaque; /* only their own shifts take somebody's time */
    icalproperty_class class;
} looks[] = {
    [FEED_WORKER] = {"teal", TRUE, ICAL_CLASS_PRIVATE},
    [FEED_COOP] = {"orange", FALSE, ICAL_CLASS_PRIVATE}, /* names those who come */
    [FEED_OPEN] = {"slategray", FALSE, ICAL_CLASS_PUBLIC},
};

/* RFC 5545 3.3.11: TEXT has no control characters but line breaks (and tabs, which not every reader keeps). */
static char *clean_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
    GString *clean = g_string_new(NULL);
    for (const char *c = valid; *c; c = g_utf8_next_char(c)) {
        gunichar character = g_utf8_get_char(c);
        if (character == '\r' && c[1] == '\n')
            continue;
        if (character == '\r')
            character = '\n';
        if (character == '\n' || !g_unichar_iscntrl(character))
            g_string_append_unichar(clean, character);
        else
            g_string_append_c(clean, ' ');
    }
    return g_string_free(clean, FALSE);
}

/* Text for an X- property, which libical 3.0.16 does not escape: on one line and without what would need it. */
static char *plain_text(const char *text)
{
    char *plain = clean_text(text);
    return g_strdelimit(plain, ",;\\\n", ' ');
}

/* Text for a parameter: a double quote cannot be said in one (RFC 5545 3.2), and few readers know RFC 6868. */
static char *parameter_text(const char *text)
{
    char *plain = clean_text(text);
    g_strdelimit(plain, "\n", ' ');
    return g_strdelimit(plain, "\"", '\'');
}

static struct icaltimetype instant(int64_t at_s)
{
    return icaltime_from_timet_with_zone((time_t)at_s, 0, icaltimezone_get_utc_timezone());
}

static void add(icalcomponent *component, icalproperty *property)
{
    icalcomponent_add_property(component, property);
}

typedef icalproperty *(*TextProperty)(const char *);

static void add_text(icalcomponent *component, TextProperty property, const char *text)
{
    g_autofree char *clean = clean_text(text);
    if (*clean)
        add(component, property(clean));
}

static void add_x(icalcomponent *component, const char *name, const char *text)
{
    g_autofree char *plain = plain_text(text);
    icalproperty *property = icalproperty_new_x(plain);
    icalproperty_set_x_name(property, name);
    add(component, property);
}

/* RFC 5546 3.2.1: a published event names its organizer. The address takes no mail; it only has to be one. */
static void add_organizer(icalcomponent *component, const Feed *feed)
{
    g_autofree char *name = parameter_text(feed->organizer);
    g_autofree char *address = g_strdup_printf("mailto:no-reply@%s", feed->domain);
    icalproperty *organizer = icalproperty_new_organizer(address);
    if (*name)
        icalproperty_add_parameter(organizer, icalparameter_new_cn(name));
    add(component, organizer);
}

static void add_alarm(icalcomponent *vevent, const char *summary)
{
    icalcomponent *alarm = icalcomponent_new(ICAL_VALARM_COMPONENT);
    add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    struct icaltriggertype trigger = {.duration = icaldurationtype_from_int(-ALARM_AHEAD_S)};
    add(alarm, icalproperty_new_trigger(trigger));
    add(alarm, icalproperty_new_description(summary));
    icalcomponent_add_component(vevent, alarm);
}

static icalcomponent *event_component(const Feed *feed, const FeedEvent *event)
{
    icalcomponent *vevent = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    gboolean says_so = !event->is_cancelled || g_str_has_prefix(event->summary, CANCELLED_WORD);
    g_autofree char *words = g_strconcat(says_so ? "" : CANCELLED_WORD, event->summary, NULL);
    g_autofree char *summary = clean_text(words);
    gboolean blocks_time = looks[feed->kind].is_opaque && !event->is_cancelled;

    add_text(vevent, icalproperty_new_uid, event->uid);
    add(vevent, icalproperty_new_dtstamp(instant(event->modified_s)));
    add(vevent, icalproperty_new_dtstart(instant(event->start_min * 60)));
    add(vevent, icalproperty_new_dtend(instant(event->end_min * 60)));
    add(vevent, icalproperty_new_sequence(event->sequence));
    add(vevent, icalproperty_new_created(instant(event->created_s)));
    add(vevent, icalproperty_new_lastmodified(instant(event->modified_s)));
    add(vevent, icalproperty_new_summary(summary));
    add_text(vevent, icalproperty_new_location, event->location);
    if (event->place.is_known)
        add(vevent, icalproperty_new_geo((struct icalgeotype){event->place.latitude, event->place.longitude}));
    add_text(vevent, icalproperty_new_description, event->description);
    add_text(vevent, icalproperty_new_categories, event->category);
    add(vevent, icalproperty_new_status(event->is_cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    add(vevent, icalproperty_new_transp(blocks_time ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
    add(vevent, icalproperty_new_class(looks[feed->kind].class));
    add_organizer(vevent, feed);
    if (blocks_time)
        add_alarm(vevent, summary);
    return vevent;
}

static icalcomponent *calendar_component(const Feed *feed)
{
    icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    add(calendar, icalproperty_new_version("2.0"));
    add(calendar, icalproperty_new_prodid("-//Rooster//Rooster//EN"));
    add(calendar, icalproperty_new_calscale("GREGORIAN"));
    add(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add_text(calendar, icalproperty_new_name, feed->name);
    add_x(calendar, "X-WR-CALNAME", feed->name);
    add_x(calendar, "X-WR-TIMEZONE", feed->zone_name);
    icalproperty *refresh = icalproperty_new_refreshinterval(icaldurationtype_from_int(REFRESH_S));
    add(calendar, refresh);
    g_autofree char *published = g_strdup_printf("PT%dM", REFRESH_S / 60);
    add_x(calendar, "X-PUBLISHED-TTL", published);
    add(calendar, icalproperty_new_color(looks[feed->kind].colour));
    return calendar;
}

static icalcomponent *placeholder(const Feed *feed)
{
    g_autofree char *uid = g_strdup_printf("none@%s", feed->domain);
    FeedEvent none = {.kind = feed->kind, .uid = uid, .summary = "no shifts", .end_min = 15, .is_cancelled = TRUE};
    return event_component(feed, &none);
}

static gboolean is_renderable(const FeedEvent *event, GError **error)
{
    if (event->uid && *event->uid && event->end_min > event->start_min)
        return TRUE;
    g_autofree char *start = utc_format(event->start_min), *end = utc_format(event->end_min);
    g_set_error(error, FEED_ERROR, FEED_ERROR_RENDER,
                "event '%s' of shift '%s' from %s to %s: a uid and an end after the start would be right",
                event->uid ? event->uid : "", event->shift ? event->shift : "", start, end);
    return FALSE;
}

char *ical_feed_render(const Feed *feed, GError **error)
{
    for (guint i = 0; i < feed->events->len; i++)
        if (!is_renderable(feed->events->pdata[i], error))
            return NULL;
    icalcomponent *calendar = calendar_component(feed);
    for (guint i = 0; i < feed->events->len; i++)
        icalcomponent_add_component(calendar, event_component(feed, feed->events->pdata[i]));
    if (feed->events->len == 0)
        icalcomponent_add_component(calendar, placeholder(feed));
    char *text = icalcomponent_as_ical_string_r(calendar);
    icalcomponent_free(calendar);
    char *copy = g_strdup(text);
    icalmemory_free_buffer(text);
    return copy;
}
