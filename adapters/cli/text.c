#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS_UNKNOWN = 80, COLUMNS_LEAST = 40, COLUMNS_MOST = 400 };

static int character_width(gunichar character)
{
    if (g_unichar_iszerowidth(character))
        return 0;
    return g_unichar_iswide(character) ? 2 : 1;
}

int text_width(const char *text)
{
    int width = 0;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
        width += character_width(g_utf8_get_char(at));
    return width;
}

char *text_clean(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_new(NULL);
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        g_string_append_unichar(clean, g_unichar_iscntrl(character) ? '?' : character);
    }
    return g_string_free(clean, FALSE);
}

/* The first byte beyond what fits in `width` columns; combining characters stay with what they combine with. */
static const char *fitting_end(const char *text, int width)
{
    int used = 0;
    const char *at = text;
    while (*at != '\0') {
        used += character_width(g_utf8_get_char(at));
        if (used > width)
            break;
        at = g_utf8_next_char(at);
    }
    return at;
}

char *text_truncate(const char *text, int width)
{
    if (text_width(text) <= width)
        return g_strdup(text);
    if (width < 1)
        return g_strdup("");
    g_autofree char *head = g_strndup(text, (gsize)(fitting_end(text, width - 1) - text));
    return g_strconcat(g_strchomp(head), "…", NULL);
}

static void wrap_paragraph(GPtrArray *lines, const char *paragraph, int width)
{
    const char *at = paragraph;
    do {
        const char *end = fitting_end(at, width);
        if (*end != '\0') {
            const char *blank = end, *hyphen = end;
            while (blank > at && *blank != ' ')
                blank--;
            while (hyphen > at && hyphen[-1] != '-')
                hyphen--;
            if (blank > at)
                end = blank;
            else if (hyphen > at)
                end = hyphen; /* an id that is longer than its column */
            else if (end == at)
                end = g_utf8_next_char(at); /* a character wider than the whole column */
        }
        g_ptr_array_add(lines, g_strchomp(g_strndup(at, (gsize)(end - at))));
        at = end;
        while (*at == ' ')
            at++;
    } while (*at != '\0');
}

GPtrArray *text_wrap(const char *text, int width)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) paragraphs = g_strsplit(text, "\n", -1);
    for (guint index = 0; paragraphs[index] != NULL; index++)
        wrap_paragraph(lines, paragraphs[index], MAX(width, 1));
    if (lines->len == 0)
        g_ptr_array_add(lines, g_strdup(""));
    return lines;
}

int terminal_columns(void)
{
    gint64 columns = 0;
    struct winsize size;
    const char *variable = g_getenv("COLUMNS");
    if (variable == NULL || !g_ascii_string_to_signed(variable, 10, 1, G_MAXINT32, &columns, NULL))
        columns = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    return columns > 0 ? (int)CLAMP(columns, COLUMNS_LEAST, COLUMNS_MOST) : COLUMNS_UNKNOWN;
}

gboolean terminal_has_bold(void)
{
    const char *no_color = g_getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}
