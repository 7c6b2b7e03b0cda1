#include "headers.h"

#include <string.h>

/* The parts of a list, without the blanks around them; empty ones are none (RFC 9110, 5.6.1). Caller frees. */
static GStrv split(const char *text, const char *separator)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) parts = g_strsplit(text ? text : "", separator, -1);
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part))
            g_strv_builder_add(builder, *part);
    return g_strv_builder_end(builder);
}

gboolean header_is_json(const char *type)
{
    g_auto(GStrv) parts = split(type, ";");
    return parts[0] && !g_ascii_strcasecmp(parts[0], "application/json");
}

/* "q=0", "q=0.00": not this one. */
static gboolean is_unwanted(char *const *parameters)
{
    for (; *parameters; parameters++)
        if (!g_ascii_strncasecmp(*parameters, "q=", 2))
            return !(g_ascii_strtod(*parameters + 2, NULL) > 0);
    return FALSE;
}

gboolean header_takes_gzip(const char *encodings)
{
    g_auto(GStrv) codings = split(encodings, ",");
    for (char **coding = codings; *coding; coding++) {
        g_auto(GStrv) parts = split(*coding, ";");
        if (parts[0] && (!g_ascii_strcasecmp(parts[0], "gzip") || g_str_equal(parts[0], "*")) &&
            !is_unwanted(parts + 1))
            return TRUE;
    }
    return FALSE;
}

gboolean header_names(const char *tags, const char *etag)
{
    g_auto(GStrv) named = split(tags, ",");
    for (char **tag = named; *tag; tag++) {
        const char *plain = *tag + (g_str_has_prefix(*tag, "W/") ? 2 : 0);
        if (g_str_equal(plain, etag) || g_str_equal(plain, "*"))
            return TRUE;
    }
    return FALSE;
}

gboolean header_stamp(const char *tag, ActStamp *stamp)
{
    g_auto(GStrv) parts = g_strsplit(tag ? tag : "", ".", 3);
    gsize length = parts[0] && parts[1] && !parts[2] ? strlen(parts[1]) : 0;
    gint64 week = 0, pool = 0;
    if (length < 2 || parts[0][0] != '"' || parts[1][length - 1] != '"')
        return FALSE;
    parts[1][length - 1] = '\0';
    char *form = strrchr(parts[1], '-'); /* the gzip of a week is of the same week */
    if (form && g_str_equal(form, "-gzip"))
        *form = '\0';
    if (!g_ascii_string_to_signed(parts[0] + 1, 10, 0, G_MAXINT64, &week, NULL) ||
        !g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, &pool, NULL))
        return FALSE;
    *stamp = (ActStamp){week, pool};
    return TRUE;
}
