#include "calendar_wire.h"

#include "calendar_text.h"

#include "ical/calendar_file.h"

#include <string.h>

#define GREETING           "rooster-calendar 1"
#define FIELDS             15
#define TEXTS              9 /* the last ones */
#define MESSAGE_BYTES_MOST 4000

enum { FLAG_CANCELLED = 1, FLAG_BUSY = 2, FLAG_PERIOD = 4 };

/* --- writing */

static void append_text(GString *line, const char *text)
{
    g_string_append_c(line, '\t');
    for (const char *c = text; *c; c++) {
        if (*c == '\\')
            g_string_append(line, "\\\\");
        else if (*c == '\t')
            g_string_append(line, "\\t");
        else if (*c == '\n')
            g_string_append(line, "\\n");
        else
            g_string_append_c(line, *c);
    }
}

static void append_instance(GString *answer, const CalendarInstance *instance)
{
    int flags = (instance->is_cancelled ? FLAG_CANCELLED : 0) | (instance->is_busy ? FLAG_BUSY : 0) |
                (instance->is_period ? FLAG_PERIOD : 0);
    g_string_append_printf(answer, "instance\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%d\t%d\t%d",
                           instance->start_min, instance->end_min, flags, instance->headcount, instance->break_min);
    append_text(answer, instance->uid);
    append_text(answer, instance->date);
    append_text(answer, instance->summary);
    append_text(answer, instance->description);
    append_text(answer, instance->location);
    append_text(answer, instance->category);
    append_text(answer, instance->certificates);
    append_text(answer, instance->team_certificates);
    append_text(answer, instance->priority);
    g_string_append_c(answer, '\n');
}

char *calendar_wire_instances(const GPtrArray *instances)
{
    GString *answer = g_string_new(GREETING "\n");
    for (guint i = 0; i < instances->len; i++)
        append_instance(answer, instances->pdata[i]);
    g_string_append_printf(answer, "end\t%u\n", instances->len);
    return g_string_free(answer, FALSE);
}

char *calendar_wire_fault(const GError *fault)
{
    GString *answer = g_string_new(GREETING "\nfault");
    g_autofree char *message = g_utf8_make_valid(fault->message, -1);
    g_string_append_printf(answer, "\t%d", fault->code);
    append_text(answer, message);
    g_string_append_c(answer, '\n');
    return g_string_free(answer, FALSE);
}

/* --- reading */

static char *read_text(const char *field)
{
    GString *text = g_string_new(NULL);
    for (const char *c = field; *c; c++) {
        if (*c == '\\' && (c[1] == '\\' || c[1] == 't' || c[1] == 'n')) {
            c++;
            g_string_append_c(text, *c == 't' ? '\t' : *c == 'n' ? '\n' : '\\');
        } else {
            g_string_append_c(text, *c);
        }
    }
    return g_string_free(text, FALSE);
}

static gboolean read_number(const char *field, int64_t least, int64_t most, int64_t *number)
{
    return g_ascii_string_to_signed(field, 10, least, most, number, NULL);
}

/* Of the field texts; NULL where the line is no instance that touches the window. */
static CalendarInstance *read_instance(char **fields, int64_t from_min, int64_t until_min)
{
    int64_t start, end, flags, headcount, break_min;
    if (!read_number(fields[1], G_MININT32 * (int64_t)60, until_min - 1, &start) ||
        !read_number(fields[2], MAX(start, from_min), G_MAXINT32 * (int64_t)60, &end) ||
        !read_number(fields[3], 0, 7, &flags) || !read_number(fields[4], 0, G_MAXINT32, &headcount) ||
        !read_number(fields[5], -1, G_MAXINT32, &break_min))
        return NULL;
    for (int i = FIELDS - TEXTS; i < FIELDS; i++)
        if (strlen(fields[i]) > 2 * CALENDAR_TEXT_BYTES_MOST)
            return NULL;
    CalendarInstance *instance = g_new0(CalendarInstance, 1);
    instance->start_min = start;
    instance->end_min = end;
    instance->is_cancelled = (flags & FLAG_CANCELLED) != 0;
    instance->is_busy = (flags & FLAG_BUSY) != 0;
    instance->is_period = (flags & FLAG_PERIOD) != 0;
    instance->headcount = (int)headcount;
    instance->break_min = (int)break_min;
    instance->uid = read_text(fields[6]);
    instance->date = read_text(fields[7]);
    instance->summary = read_text(fields[8]);
    instance->description = read_text(fields[9]);
    instance->location = read_text(fields[10]);
    instance->category = read_text(fields[11]);
    instance->certificates = read_text(fields[12]);
    instance->team_certificates = read_text(fields[13]);
    instance->priority = read_text(fields[14]);
    return instance;
}

static gboolean read_fault(char **fields, GError **error)
{
    int64_t code;
    if (g_strv_length(fields) != 3 || !read_number(fields[1], IMPORT_ERROR_INPUT, IMPORT_ERROR_LIMIT, &code) ||
        strlen(fields[2]) > MESSAGE_BYTES_MOST)
        return FALSE;
    g_autofree char *message = read_text(fields[2]);
    g_set_error_literal(error, IMPORT_ERROR, (gint)code, message);
    return TRUE;
}

static GPtrArray *no_answer(GError **error, guint line)
{
    g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ, "the reading program answered nonsense in its line %u", line);
    return NULL;
}

GPtrArray *calendar_wire_read(const char *bytes, gsize size, int64_t from_min, int64_t until_min, gboolean *is_answer,
                              GError **error)
{
    *is_answer = FALSE;
    if (!g_utf8_validate(bytes, (gssize)size, NULL) || size == 0 || bytes[size - 1] != '\n')
        return no_answer(error, 0);
    g_autofree char *text = g_strndup(bytes, size - 1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint count = g_strv_length(lines);
    if (count < 2 || strcmp(lines[0], GREETING) != 0)
        return no_answer(error, 1);
    g_autoptr(GPtrArray) instances = g_ptr_array_new_with_free_func((GDestroyNotify)calendar_instance_free);
    for (guint line = 1; line < count; line++) {
        g_auto(GStrv) fields = g_strsplit(lines[line], "\t", -1);
        gboolean is_last = line + 1 == count;
        int64_t ended;
        if (is_last && count == 2 && g_strcmp0(fields[0], "fault") == 0) {
            *is_answer = read_fault(fields, error);
            return *is_answer ? NULL : no_answer(error, line + 1);
        }
        if (is_last) {
            if (g_strcmp0(fields[0], "end") != 0 || g_strv_length(fields) != 2 ||
                !read_number(fields[1], instances->len, instances->len, &ended))
                return no_answer(error, line + 1);
            break;
        }
        CalendarInstance *instance = NULL;
        if (g_strcmp0(fields[0], "instance") == 0 && g_strv_length(fields) == FIELDS &&
            instances->len < ICAL_INSTANCES_MOST)
            instance = read_instance(fields, from_min, until_min);
        if (!instance)
            return no_answer(error, line + 1);
        g_ptr_array_add(instances, instance);
    }
    *is_answer = TRUE;
    return g_steal_pointer(&instances);
}
