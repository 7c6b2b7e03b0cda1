#include "ical/calendar_file.h"

#include "calendar_child.h"
#include "calendar_lines.h"
#include "calendar_text.h"
#include "calendar_wire.h"

#include <errno.h>
#include <string.h>

#define THIS_PROGRAM "/proc/self/exe"

/* --- the parent */

/* Not g_file_get_contents: of a file that is too large no more than one byte too many is read. */
static char *read_file(const char *path, gsize *size, GError **error)
{
    FILE *file = fopen(path, "rbe");
    if (!file) {
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ, "%s: %s", path, g_strerror(errno));
        return NULL;
    }
    char *text = g_malloc(ICAL_FILE_BYTES_MOST + 2);
    *size = fread(text, 1, ICAL_FILE_BYTES_MOST + 1, file);
    text[*size] = '\0';
    int fault = ferror(file) ? errno : 0;
    fclose(file);
    if (!fault)
        return text;
    g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ, "%s: %s", path, g_strerror(fault));
    g_free(text);
    return NULL;
}

/* "orders.ics:14: ..." where the message knows its line. */
static void name_file(const char *path, GError *fault, GError **error)
{
    const char *between = g_ascii_isdigit(fault->message[0]) ? ":" : ": ";
    g_set_error(error, fault->domain, fault->code, "%s%s%s", path, between, fault->message);
}

static GPtrArray *read_in_child(const char *program, const char *text, gsize size, const Zone *zone, int64_t from_min,
                                int64_t until_min, GError **error)
{
    g_autofree char *from = g_strdup_printf("%" G_GINT64_FORMAT, from_min);
    g_autofree char *until = g_strdup_printf("%" G_GINT64_FORMAT, until_min);
    const char *arguments[] = {program, ICAL_WORKER_COMMAND, zone_name(zone), from, until, NULL};
    g_autoptr(GByteArray) answer = calendar_child_run(arguments, text, size, error);
    gboolean is_answer;
    return answer ? calendar_wire_read((const char *)answer->data, answer->len, from_min, until_min, &is_answer, error)
                  : NULL;
}

GPtrArray *ical_calendar_read_with(const char *program, const char *path, const Zone *zone, int64_t from_min,
                                   int64_t until_min, GError **error)
{
    gsize size;
    g_autoptr(GError) fault = NULL;
    g_autofree char *text = read_file(path, &size, error);
    if (!text)
        return NULL;
    GPtrArray *instances = NULL;
    if (calendar_lines_check(text, size, &fault))
        instances = read_in_child(program, text, size, zone, from_min, until_min, &fault);
    if (!instances)
        name_file(path, fault, error);
    return instances;
}

GPtrArray *ical_calendar_read(const char *path, const Zone *zone, int64_t from_min, int64_t until_min, GError **error)
{
    return ical_calendar_read_with(THIS_PROGRAM, path, zone, from_min, until_min, error);
}

/* --- the child */

static char *read_all(FILE *in, gsize *size)
{
    char *text = g_malloc(ICAL_FILE_BYTES_MOST + 2);
    *size = fread(text, 1, ICAL_FILE_BYTES_MOST + 1, in);
    text[*size] = '\0';
    return text;
}

int ical_worker_main(int count, char **arguments, FILE *in, FILE *out)
{
    int64_t from_min, until_min;
    g_autoptr(GError) fault = NULL;
    g_autoptr(Zone) zone = count == 4 ? zone_new(arguments[1], NULL) : NULL;
    if (!zone || !g_ascii_string_to_signed(arguments[2], 10, G_MININT32, G_MAXINT32, &from_min, NULL) ||
        !g_ascii_string_to_signed(arguments[3], 10, G_MININT32, G_MAXINT32, &until_min, NULL)) {
        fputs("rooster: " ICAL_WORKER_COMMAND " ZONE FROM UNTIL: only rooster itself starts this command\n", stderr);
        return 2;
    }
    gsize size;
    g_autofree char *text = read_all(in, &size);
    g_autoptr(GPtrArray) instances = calendar_text_read(text, size, zone, from_min, until_min, &fault);
    g_autofree char *answer = instances ? calendar_wire_instances(instances) : calendar_wire_fault(fault);
    return fputs(answer, out) >= 0 && fflush(out) == 0 ? 0 : 3;
}
