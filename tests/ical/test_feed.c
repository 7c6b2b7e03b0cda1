/* Feeds as iCalendar text: what calendar programs need to find there, byte for byte where it matters. */
#include "ical/feed_text.h"

#include <libical/ical.h>
#include <string.h>

#define LINE_OCTETS_MOST 75

static FeedEvent plain_event(void)
{
    return (FeedEvent){
        .kind = FEED_WORKER,
        .owner = (char *)"amina",
        .uid = (char *)"a1@nieuw-west.rooster",
        .shift = (char *)"k1",
        .start_min = 29933700, /* 2026-11-30T07:00Z */
        .end_min = 29934210,
        .created_s = 1795000000,
        .modified_s = 1795600000,
        .sequence = 2,
        .summary = (char *)"Kitchen: cook",
        .location = (char *)"Osdorperweg 937, Amsterdam",
        .description = (char *)"Break 30 min\nWith Yusuf",
        .category = (char *)"Roots & Recipes",
        .place = {52.366, 4.7859, TRUE},
    };
}

static Feed feed_of(FeedKind kind, GPtrArray *events)
{
    return (Feed){
        .kind = kind,
        .owner = "amina",
        .name = "Rooster - Amina (De Werker, Nieuw-West)",
        .zone_name = "Europe/Amsterdam",
        .organizer = "De Werker \"Nieuw-West\"",
        .domain = "nieuw-west.rooster",
        .events = events,
    };
}

static char *render(FeedKind kind, FeedEvent *event)
{
    g_autoptr(GPtrArray) events = g_ptr_array_new();
    if (event)
        g_ptr_array_add(events, event);
    Feed feed = feed_of(kind, events);
    g_autoptr(GError) error = NULL;
    char *text = ical_feed_render(&feed, &error);
    g_assert_no_error(error);
    return text;
}

static char *unfold(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "\r\n ", -1);
    return g_strjoinv("", parts);
}

static void expect_line(const char *text, const char *line)
{
    g_autofree char *unfolded = unfold(text);
    g_autofree char *whole = g_strdup_printf("\r\n%s\r\n", line);
    if (!strstr(unfolded, whole))
        g_test_message("expected the line\n%s\nin\n%s", line, unfolded);
    g_assert_nonnull(strstr(unfolded, whole));
}

static void expect_none(const char *text, const char *part)
{
    g_autofree char *unfolded = unfold(text);
    if (strstr(unfolded, part))
        g_test_message("did not expect %s in\n%s", part, unfolded);
    g_assert_null(strstr(unfolded, part));
}

static void has_what_programs_need(void)
{
    FeedEvent event = plain_event();
    g_autofree char *text = render(FEED_WORKER, &event);
    static const char *const lines[] = {
        "VERSION:2.0",
        "PRODID:-//Rooster//Rooster//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Rooster - Amina (De Werker\\, Nieuw-West)",
        "X-WR-CALNAME:Rooster - Amina (De Werker  Nieuw-West)",
        "X-WR-TIMEZONE:Europe/Amsterdam",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
        "COLOR:teal",
        "UID:a1@nieuw-west.rooster",
        "DTSTAMP:20261125T094640Z",
        "LAST-MODIFIED:20261125T094640Z",
        "CREATED:20261118T110640Z",
        "DTSTART:20261130T070000Z",
        "DTEND:20261130T153000Z",
        "SEQUENCE:2",
        "SUMMARY:Kitchen: cook",
        "LOCATION:Osdorperweg 937\\, Amsterdam",
        "GEO:52.366000;4.785900",
        "DESCRIPTION:Break 30 min\\nWith Yusuf",
        "CATEGORIES:Roots & Recipes",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "CLASS:PRIVATE",
        "ORGANIZER;CN=De Werker 'Nieuw-West':mailto:no-reply@nieuw-west.rooster",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT2H",
    };
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
        expect_line(text, lines[i]);
    expect_none(text, "VTIMEZONE");
    expect_none(text, "RRULE");
    g_assert_true(g_str_has_prefix(text, "BEGIN:VCALENDAR\r\n"));
    g_assert_true(g_str_has_suffix(text, "END:VCALENDAR\r\n"));
}

static void a_cancelled_shift_says_so_and_does_not_ring(void)
{
    FeedEvent event = plain_event();
    event.is_cancelled = TRUE;
    g_autofree char *text = render(FEED_WORKER, &event);
    expect_line(text, "SUMMARY:Cancelled: Kitchen: cook");
    expect_line(text, "STATUS:CANCELLED");
    expect_line(text, "TRANSP:TRANSPARENT");
    expect_none(text, "VALARM");
    event.summary = (char *)"Cancelled: Kitchen: cook";
    g_autofree char *again = render(FEED_WORKER, &event);
    g_assert_cmpstr(again, ==, text);
}

static void others_shifts_take_no_time_and_do_not_ring(void)
{
    FeedEvent event = plain_event();
    for (FeedKind kind = FEED_COOP; kind <= FEED_OPEN; kind++) {
        g_autofree char *text = render(kind, &event);
        expect_line(text, "TRANSP:TRANSPARENT");
        expect_line(text, kind == FEED_COOP ? "CLASS:PRIVATE" : "CLASS:PUBLIC");
        expect_none(text, "VALARM");
    }
}

static void equal_feeds_are_equal_bytes(void)
{
    FeedEvent event = plain_event();
    g_autofree char *first = render(FEED_WORKER, &event), *second = render(FEED_WORKER, &event);
    g_assert_cmpstr(first, ==, second);
}

static void an_unknown_place_and_empty_texts_are_left_out(void)
{
    FeedEvent event = plain_event();
    event.place.is_known = FALSE;
    event.location = event.category = event.description = (char *)"";
    g_autofree char *text = render(FEED_WORKER, &event);
    expect_none(text, "GEO");
    expect_none(text, "LOCATION");
    expect_none(text, "CATEGORIES");
    expect_none(text, "\r\nDESCRIPTION:\r\n");
}

static void a_feed_without_shifts_is_a_calendar_still(void)
{
    g_autofree char *text = render(FEED_WORKER, NULL);
    expect_line(text, "BEGIN:VEVENT");
    expect_line(text, "UID:none@nieuw-west.rooster");
    expect_line(text, "DTSTART:19700101T000000Z");
    expect_line(text, "STATUS:CANCELLED");
    expect_line(text, "TRANSP:TRANSPARENT");
    icalcomponent *calendar = icalparser_parse_string(text);
    g_assert_cmpint(icalrestriction_check(calendar), ==, 1);
    icalcomponent_free(calendar);
}

static void refuses_an_event_that_cannot_be(void)
{
    static const struct {
        const char *uid;
        int64_t end_min;
    } faulty[] = {{"", 29934210}, {"a", 29933700}, {"a", 0}};
    for (guint i = 0; i < G_N_ELEMENTS(faulty); i++) {
        FeedEvent event = plain_event();
        event.uid = (char *)faulty[i].uid;
        event.end_min = faulty[i].end_min;
        g_autoptr(GPtrArray) events = g_ptr_array_new();
        g_ptr_array_add(events, &event);
        Feed feed = feed_of(FEED_WORKER, events);
        g_autoptr(GError) error = NULL;
        g_assert_null(ical_feed_render(&feed, &error));
        g_assert_error(error, FEED_ERROR, FEED_ERROR_RENDER);
        g_assert_nonnull(strstr(error->message, "k1"));
    }
}

/* --- any text */

static void check_lines(const char *text)
{
    g_assert_true(g_utf8_validate(text, -1, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    for (char **line = lines; *line; line++) {
        if (strlen(*line) > LINE_OCTETS_MOST || !g_utf8_validate(*line, -1, NULL) || strpbrk(*line, "\r\n"))
            g_test_message("%zu octets: %s", strlen(*line), *line);
        g_assert_cmpuint(strlen(*line), <=, LINE_OCTETS_MOST);
        g_assert_true(g_utf8_validate(*line, -1, NULL)); /* no fold within a character */
        g_assert_null(strpbrk(*line, "\r\n"));
    }
}

static const char *const pieces[] = {
    "a",
    "Z9",
    ",",
    ";",
    "\\",
    "\n",
    "\\n",
    "\"",
    ":",
    " ",
    "  ",
    "é",
    "ł",
    "مطبخ",
    "ኣ",
    "😀",
    "👩🏽‍🍳",
    "日本",
    "=",
    "^n",
    "e\u0301",
    "BEGIN:VEVENT",
};

static char *random_text(GRand *random, int most)
{
    GString *text = g_string_new(NULL);
    for (int i = g_rand_int_range(random, 0, most); i > 0; i--)
        g_string_append(text, pieces[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(pieces))]);
    return g_string_free(text, FALSE);
}

/* A reader of RFC 5545 3.3.11, on its own. */
static char *unescape(const char *escaped)
{
    GString *text = g_string_new(NULL);
    for (const char *c = escaped; *c; c++) {
        if (*c != '\\') {
            g_string_append_c(text, *c);
            continue;
        }
        c++;
        g_assert_nonnull(strchr("\\;,nN", *c ? *c : '?'));
        g_string_append_c(text, *c == 'n' || *c == 'N' ? '\n' : *c);
    }
    return g_string_free(text, FALSE);
}

static char *value_of(const char *text, const char *name)
{
    g_autofree char *unfolded = unfold(text);
    g_autofree char *start = g_strdup_printf("\r\n%s:", name);
    const char *found = strstr(unfolded, start);
    if (!found)
        return g_strdup("");
    found += strlen(start);
    g_autofree char *escaped = g_strndup(found, (gsize)(strstr(found, "\r\n") - found));
    return unescape(escaped);
}

static void any_text_is_escaped_and_folded(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261130);
    for (int i = 0; i < 1500; i++) {
        g_autofree char *summary = random_text(random, 40), *description = random_text(random, 120);
        g_autofree char *location = random_text(random, 12), *category = random_text(random, 8);
        FeedEvent event = plain_event();
        event.summary = summary;
        event.description = description;
        event.location = location;
        event.category = category;
        g_autofree char *text = render(FEED_COOP, &event);
        g_autofree char *read_summary = value_of(text, "SUMMARY"), *read_description = value_of(text, "DESCRIPTION");
        g_autofree char *read_location = value_of(text, "LOCATION"), *read_category = value_of(text, "CATEGORIES");
        check_lines(text);
        g_assert_cmpstr(read_summary, ==, summary);
        g_assert_cmpstr(read_description, ==, description);
        g_assert_cmpstr(read_location, ==, location);
        g_assert_cmpstr(read_category, ==, category);
    }
}

static void control_characters_and_broken_text_are_made_harmless(void)
{
    FeedEvent event = plain_event();
    event.summary = (char *)"a\tb\001c\r\nd\re\177\xff";
    event.uid = (char *)"u\r\nX-EVIL:1@d";
    g_autofree char *text = render(FEED_WORKER, &event);
    check_lines(text);
    expect_line(text, "SUMMARY:a b c\\nd\\ne \357\277\275");
    expect_none(text, "\r\nX-EVIL");
}

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    g_test_add_func("/feed/has-what-programs-need", has_what_programs_need);
    g_test_add_func("/feed/a-cancelled-shift-says-so-and-does-not-ring", a_cancelled_shift_says_so_and_does_not_ring);
    g_test_add_func("/feed/others-shifts-take-no-time-and-do-not-ring", others_shifts_take_no_time_and_do_not_ring);
    g_test_add_func("/feed/equal-feeds-are-equal-bytes", equal_feeds_are_equal_bytes);
    g_test_add_func("/feed/an-unknown-place-and-empty-texts-are-left-out",
                    an_unknown_place_and_empty_texts_are_left_out);
    g_test_add_func("/feed/a-feed-without-shifts-is-a-calendar-still", a_feed_without_shifts_is_a_calendar_still);
    g_test_add_func("/feed/refuses-an-event-that-cannot-be", refuses_an_event_that_cannot_be);
    g_test_add_func("/feed/any-text-is-escaped-and-folded", any_text_is_escaped_and_folded);
    g_test_add_func("/feed/control-characters-and-broken-text-are-made-harmless",
                    control_characters_and_broken_text_are_made_harmless);
    return g_test_run();
}
