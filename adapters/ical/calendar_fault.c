#include "calendar_fault.h"

gboolean calendar_fault(GError **error, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (line > 0)
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT, "%d: %s", line, text);
    else
        g_set_error_literal(error, IMPORT_ERROR, IMPORT_ERROR_INPUT, text);
    return FALSE;
}
