#include "fault.h"

#include "rooster/hint.h"

#define MESSAGE_BYTES_MOST 600

/* A message stays one line and does nothing to a terminal, whatever was in the file. */
static char *make_visible(const char *message)
{
    g_autofree char *valid = g_utf8_make_valid(message, -1);
    GString *visible = g_string_new(NULL);
    for (const char *c = valid; *c; c = g_utf8_next_char(c)) {
        gunichar character = g_utf8_get_char(c);
        if (visible->len > MESSAGE_BYTES_MOST) {
            g_string_append(visible, "...");
            break;
        }
        if (g_unichar_iscntrl(character) || g_unichar_type(character) == G_UNICODE_FORMAT)
            g_string_append_printf(visible, "\\u%04x", character);
        else
            g_string_append_unichar(visible, character);
    }
    return g_string_free(visible, FALSE);
}

gboolean fault_set(GError **error, const char *file, guint line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *visible = make_visible(message);
    if (line > 0)
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT, "%s:%u: %s", file, line, visible);
    else
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT, "%s: %s", file, visible);
    return FALSE;
}

gboolean fault_from(GError **error, const char *file, guint line, GError *reason)
{
    fault_set(error, file, line, "%s", reason->message);
    g_error_free(reason);
    return FALSE;
}

char *fault_hint(const char *name, const char *const *known)
{
    const char *nearest = hint_nearest(name, known, g_strv_length((char **)known));
    g_autofree char *names = g_strjoinv(", ", (char **)known);
    if (nearest)
        return g_strdup_printf(", did you mean %s? Known are %s", nearest, names);
    return g_strdup_printf(", known are %s", names);
}
