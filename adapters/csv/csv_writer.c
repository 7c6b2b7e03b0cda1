#include "csv_writer.h"

#include <csv.h>
#include <string.h>

/* Blanks at the ends are part of a field, but not every program knows that. */
static gboolean needs_quotes(const char *field)
{
    gsize length = strlen(field);
    return length > 0 &&
           (strpbrk(field, ",\"\r\n") != NULL || g_ascii_isspace(field[0]) || g_ascii_isspace(field[length - 1]));
}

static void write_field(GString *text, const char *field)
{
    if (!needs_quotes(field)) {
        g_string_append(text, field);
        return;
    }
    gsize length = strlen(field), most = 2 * length + 2, old = text->len;
    g_string_set_size(text, old + most);
    gsize written = csv_write(text->str + old, most, field, length);
    g_assert(written <= most);
    g_string_truncate(text, old + written);
}

void csv_write_row(GString *text, const char *const *fields, guint count)
{
    for (guint column = 0; column < count; column++) {
        if (column > 0)
            g_string_append_c(text, ',');
        write_field(text, fields[column] ? fields[column] : "");
    }
    g_string_append_c(text, '\n');
}

void csv_write_header(GString *text, const PoolFileKind *kind)
{
    const char *names[COLUMNS_MOST];
    for (guint column = 0; column < kind->column_count; column++)
        names[column] = kind->columns[column].name;
    csv_write_row(text, names, kind->column_count);
}
