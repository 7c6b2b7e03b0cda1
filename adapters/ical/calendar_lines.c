#include "calendar_lines.h"
#include "calendar_fault.h"

#include "ical/calendar_file.h"

#include <string.h>

#define NESTING_MOST     16
#define LINE_PARAMETER   "X-ROOSTER-LINE"
#define QUOTED_BYTES     60 /* of a value in a message */
#define BYTE_ORDER_MARK  "\xef\xbb\xbf"
#define TIME_EXAMPLE     "a time such as 20261130T080000, with TZID or Z, or a date with VALUE=DATE"
#define DURATION_EXAMPLE "a duration such as PT8H30M"

/* The properties that we read, and what a value that libical does not take should have been. */
static const struct {
    const char *name, *example;
} understood[] = {
    {"METHOD", "PUBLISH, REQUEST or CANCEL"},
    {"CALSCALE", "GREGORIAN"},
    {"TZID", "the name of a time zone"},
    {"X-LIC-LOCATION", "the IANA name of the time zone"},
    {"UID", "a text"},
    {"DTSTAMP", "a time such as 20261130T070000Z"},
    {"DTSTART", TIME_EXAMPLE},
    {"DTEND", TIME_EXAMPLE},
    {"DURATION", DURATION_EXAMPLE},
    {"RRULE", "a rule such as FREQ=WEEKLY;BYDAY=MO,WE"},
    {"EXRULE", "EXDATE"},
    {"RDATE", TIME_EXAMPLE},
    {"EXDATE", TIME_EXAMPLE},
    {"RECURRENCE-ID", TIME_EXAMPLE},
    {"SUMMARY", "a text"},
    {"DESCRIPTION", "a text"},
    {"LOCATION", "a text"},
    {"CATEGORIES", "a text"},
    {"STATUS", "CONFIRMED, TENTATIVE or CANCELLED"},
    {"TRANSP", "OPAQUE or TRANSPARENT"},
    {"SEQUENCE", "a whole number"},
    {"PRIORITY", "a whole number from 0 to 9"},
    {"FREEBUSY", "periods such as 20261130T070000Z/PT1H"},
    {"X-ROOSTER-HEADCOUNT", "a whole number"},
    {"X-ROOSTER-BREAK", "minutes"},
    {"X-ROOSTER-CERTIFICATES", "names separated by ;"},
    {"X-ROOSTER-TEAM-CERTIFICATES", "names separated by ;"},
    {"X-ROOSTER-PRIORITY", "critical, high, normal or low"},
};

/* The components that we read, and in which one each stands. */
static const struct {
    const char *name, *within;
} kept[] = {
    {"VCALENDAR", NULL},        {"VTIMEZONE", "VCALENDAR"},     {"VEVENT", "VCALENDAR"},
    {"VFREEBUSY", "VCALENDAR"}, {"VAVAILABILITY", "VCALENDAR"}, {"AVAILABLE", "VAVAILABILITY"},
};

/* --- limits */

static int lines_before(const char *text, const char *end)
{
    int line = 1;
    for (const char *c = text; c < end; c++)
        line += *c == '\n';
    return line;
}

gboolean calendar_lines_check(const char *text, gsize size, GError **error)
{
    if (size > ICAL_FILE_BYTES_MOST) {
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT,
                    "the calendar has %" G_GSIZE_FORMAT " bytes, at most %d are read: a calendar of fewer months would "
                    "be right",
                    size, ICAL_FILE_BYTES_MOST);
        return FALSE;
    }
    const char *nul = memchr(text, '\0', size);
    if (nul)
        return calendar_fault(error, lines_before(text, nul), "a NUL byte stands here, text would be right");
    const char *invalid;
    if (!g_utf8_validate(text, (gssize)size, &invalid))
        return calendar_fault(error, lines_before(text, invalid), "byte 0x%02x is not UTF-8, as iCalendar text is",
                              (guint)(guchar)*invalid);
    gsize length = 0;
    int begun = 1, line = 1;
    for (gsize i = 0; i < size; i++) {
        if (text[i] != '\n') {
            length++;
        } else {
            line++;
            gboolean is_folded = i + 1 < size && (text[i + 1] == ' ' || text[i + 1] == '\t');
            if (!is_folded) {
                length = 0;
                begun = line;
            }
        }
        if (length > ICAL_LINE_BYTES_MOST) {
            g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT,
                        "%d: the line has more than %d bytes, shorter texts would be right", begun,
                        ICAL_LINE_BYTES_MOST);
            return FALSE;
        }
    }
    return TRUE;
}

/* --- one line at a time */

typedef struct Reader {
    const char *rest, *end;
    int next_line, line; /* of the rest; at which the current line began */
    GString *unfolded;
    GPtrArray *open; /* of char *, the components begun, upper case */
    GArray *open_at; /* of int, their lines */
    guint skipped;   /* how many of them, innermost, are not for libical */
    icalparser *parser;
    GPtrArray *calendars;
} Reader;

/* Takes one physical line, without its end. */
static void append_physical(Reader *reader)
{
    const char *stop = memchr(reader->rest, '\n', (size_t)(reader->end - reader->rest));
    const char *next = stop ? stop + 1 : reader->end;
    if (!stop)
        stop = reader->end;
    if (stop > reader->rest && stop[-1] == '\r')
        stop--;
    g_string_append_len(reader->unfolded, reader->rest, stop - reader->rest);
    reader->rest = next;
    reader->next_line++;
}

static gboolean next_unfolded(Reader *reader)
{
    do {
        if (reader->rest == reader->end)
            return FALSE;
        g_string_truncate(reader->unfolded, 0);
        reader->line = reader->next_line;
        append_physical(reader);
        while (reader->rest < reader->end && (*reader->rest == ' ' || *reader->rest == '\t')) {
            reader->rest++;
            append_physical(reader);
        }
    } while (reader->unfolded->len == 0);
    return TRUE;
}

static const char *innermost(const Reader *reader)
{
    return reader->open->len ? reader->open->pdata[reader->open->len - 1] : NULL;
}

static void give(Reader *reader, char *line)
{
    icalcomponent *whole = icalparser_add_line(reader->parser, line);
    if (whole)
        g_ptr_array_add(reader->calendars, whole);
}

/* Whether libical sees the component; *fits is FALSE for one we know in the wrong place. */
static gboolean is_kept(const char *name, const char *within, gboolean *fits)
{
    *fits = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
        if (strcmp(kept[i].name, name) == 0) {
            *fits = g_strcmp0(kept[i].within, within) == 0;
            return TRUE;
        }
    return FALSE;
}

static gboolean begin_component(Reader *reader, const char *name, GError **error)
{
    gboolean fits;
    gboolean is_ours = is_kept(name, innermost(reader), &fits);
    if (reader->open->len >= NESTING_MOST)
        return calendar_fault(error, reader->line, "BEGIN:%s is nested more than %d deep", name, NESTING_MOST);
    if (reader->open->len == 0 && strcmp(name, "VCALENDAR") != 0)
        return calendar_fault(error, reader->line, "BEGIN:%s where BEGIN:VCALENDAR would be right", name);
    if (reader->skipped == 0 && !fits)
        return calendar_fault(error, reader->line, "BEGIN:%s does not belong into %s", name, innermost(reader));
    if (reader->skipped > 0 || !is_ours)
        reader->skipped++;
    else {
        g_autofree char *line = g_strconcat("BEGIN:", name, NULL);
        give(reader, line);
    }
    g_ptr_array_add(reader->open, g_strdup(name));
    g_array_append_val(reader->open_at, reader->line);
    return TRUE;
}

static gboolean end_component(Reader *reader, const char *name, GError **error)
{
    if (reader->open->len == 0)
        return calendar_fault(error, reader->line, "END:%s ends nothing that was begun", name);
    if (strcmp(name, innermost(reader)) != 0)
        return calendar_fault(error, reader->line, "END:%s where END:%s would be right, for the BEGIN in line %d", name,
                              innermost(reader), g_array_index(reader->open_at, int, reader->open_at->len - 1));
    if (reader->skipped > 0)
        reader->skipped--;
    else {
        g_autofree char *line = g_strconcat("END:", name, NULL);
        give(reader, line);
    }
    g_ptr_array_set_size(reader->open, (int)reader->open->len - 1);
    g_array_set_size(reader->open_at, reader->open_at->len - 1);
    return TRUE;
}

static char *quoted(const char *text)
{
    const char *stop = text + MIN(strlen(text), QUOTED_BYTES);
    while ((*stop & 0xc0) == 0x80)
        stop--;
    return g_strdup_printf("'%.*s'%s", (int)(stop - text), text, *stop ? "..." : "");
}

static const char *example_of(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(understood); i++)
        if (strcmp(understood[i].name, name) == 0)
            return understood[i].example;
    return NULL;
}

/* `after`: the rest of the line from the parameters or the colon on. */
static gboolean read_property(Reader *reader, const char *name, const char *after, GError **error)
{
    if (strcmp(name, "X-LIC-ERROR") == 0) {
        g_autofree char *value = quoted(after);
        return calendar_fault(error, reader->line, "the program that wrote the calendar marked an error here: %s",
                              value);
    }
    const char *example = example_of(name);
    if (!example)
        return TRUE;
    g_autofree char *line = g_strdup_printf("%s;" LINE_PARAMETER "=%d%s", name, reader->line, after);
    give(reader, line);
    if (icalparser_get_state(reader->parser) != ICALPARSER_ERROR)
        return TRUE;
    g_autofree char *value = quoted(after + (*after == ':'));
    return calendar_fault(error, reader->line, "property %s has %s, %s would be right", name, value, example);
}

static gboolean read_line(Reader *reader, GError **error)
{
    const char *line = reader->unfolded->str;
    size_t length = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    if (length == 0 || (line[length] != ':' && line[length] != ';')) {
        g_autofree char *value = quoted(line);
        return calendar_fault(error, reader->line, "%s is no property such as SUMMARY:text", value);
    }
    g_autofree char *plain = g_strndup(line, length);
    g_autofree char *name = g_ascii_strup(plain, -1);
    gboolean begins = strcmp(name, "BEGIN") == 0, ends = strcmp(name, "END") == 0;
    if (begins || ends) {
        g_autofree char *component = g_ascii_strup(line + length + 1, -1);
        g_strstrip(component);
        return begins ? begin_component(reader, component, error) : end_component(reader, component, error);
    }
    if (reader->open->len == 0)
        return calendar_fault(error, reader->line, "property %s where BEGIN:VCALENDAR would be right", name);
    return reader->skipped > 0 || read_property(reader, name, line + length, error);
}

GPtrArray *calendar_lines_parse(const char *text, gsize size, GError **error)
{
    gsize mark = size >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;
    Reader reader = {
        .rest = text + mark,
        .end = text + size,
        .next_line = 1,
        .unfolded = g_string_new(NULL),
        .open = g_ptr_array_new_with_free_func(g_free),
        .open_at = g_array_new(FALSE, FALSE, sizeof(int)),
        .parser = icalparser_new(),
        .calendars = g_ptr_array_new_with_free_func((GDestroyNotify)icalcomponent_free),
    };
    gboolean is_read = TRUE;
    while (is_read && next_unfolded(&reader))
        is_read = read_line(&reader, error);
    if (is_read && reader.open->len > 0)
        is_read = calendar_fault(error, reader.next_line, "the calendar ends within %s, begun in line %d",
                                 innermost(&reader), g_array_index(reader.open_at, int, reader.open_at->len - 1));
    else if (is_read && reader.calendars->len == 0)
        is_read = calendar_fault(error, 1, "there is no BEGIN:VCALENDAR, an iCalendar file would be right");
    icalparser_free(reader.parser);
    g_array_unref(reader.open_at);
    g_ptr_array_unref(reader.open);
    g_string_free(reader.unfolded, TRUE);
    if (!is_read)
        g_clear_pointer(&reader.calendars, g_ptr_array_unref);
    return reader.calendars;
}

int calendar_line(icalproperty *property)
{
    if (!property)
        return 0;
    for (icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_X_PARAMETER); parameter;
         parameter = icalproperty_get_next_parameter(property, ICAL_X_PARAMETER))
        if (g_strcmp0(icalparameter_get_xname(parameter), LINE_PARAMETER) == 0)
            return (int)g_ascii_strtoll(icalparameter_get_xvalue(parameter), NULL, 10);
    return 0;
}
