#include "csv_fields.h"

#include <math.h>
#include <string.h>

/* The kinds below are short; what is longer is not worth parsing. */
#define VALUE_BYTES_MOST 64
#define YEAR_LEAST       1900
#define YEAR_MOST        9998 /* 9999-12-31 may be the year 10000 on the clock of another zone, which nobody can write */

static gboolean is_short(const CsvTable *table, guint column)
{
    return strlen(csv_text(table, column)) <= VALUE_BYTES_MOST;
}

gboolean csv_time(const CsvTable *table, guint column, const Zone *zone, int64_t *at_min, GError **error)
{
    const char *text = csv_text(table, column);
    if (!is_short(table, column))
        return csv_fault(table, column, error, "'%.20s...' is not a time in whole minutes like 2026-11-30T08:00", text);
    GError *reason = NULL;
    if (!zone_parse(zone, text, at_min, &reason)) {
        csv_fault(table, column, error, "%s", reason->message);
        g_error_free(reason);
        return FALSE;
    }
    static const int64_t day_minutes = 24 * 60;
    if (*at_min < day_from_civil(YEAR_LEAST, 1, 1) * day_minutes ||
        *at_min >= day_from_civil(YEAR_MOST + 1, 1, 1) * day_minutes)
        return csv_fault(table, column, error, "'%s' is not between the years %d and %d", text, YEAR_LEAST, YEAR_MOST);
    return TRUE;
}

gboolean csv_day(const CsvTable *table, guint column, Day open, Day *day, GError **error)
{
    const char *text = csv_text(table, column);
    *day = open;
    if (*text == '\0')
        return TRUE;
    GError *reason = NULL;
    if (is_short(table, column) && day_parse(text, day, &reason))
        return TRUE;
    g_clear_error(&reason);
    return csv_fault(table, column, error, "'%.40s' is not a date like 2026-11-30", text);
}

gboolean csv_whole(const CsvTable *table, guint column, int32_t otherwise, int32_t *number, GError **error)
{
    const char *text = csv_text(table, column);
    guint64 value = (guint64)otherwise;
    if (*text != '\0' && !g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT32, &value, NULL))
        return csv_fault(table, column, error, "'%.40s' is not a whole number of 0 or more", text);
    *number = (int32_t)value;
    return TRUE;
}

gboolean csv_decimal(const CsvTable *table, guint column, Decimal *value, GError **error)
{
    const char *text = csv_text(table, column);
    *value = 0;
    if (*text == '\0')
        return TRUE;
    if (!is_short(table, column) || !decimal_parse(text, value))
        return csv_fault(table, column, error, "'%.40s' is not a number like 27.5 with at most four decimals", text);
    if (*value < 0)
        return csv_fault(table, column, error, "%s is negative, 0 or more would be right", text);
    return TRUE;
}

static gboolean read_degrees(const CsvTable *table, guint column, double *degrees, GError **error)
{
    const char *text = csv_text(table, column);
    *degrees = 0;
    if (*text == '\0')
        return TRUE;
    /* strtod reads more than people write: blanks, hexadecimal, infinity. */
    gboolean is_plain = is_short(table, column) && strspn(text, "0123456789.+-eE") == strlen(text);
    char *end = NULL;
    double value = is_plain ? g_ascii_strtod(text, &end) : 0;
    if (!is_plain || end == text || *end != '\0' || !isfinite(value))
        return csv_fault(table, column, error, "'%.40s' is not a number of degrees like 52.3676", text);
    *degrees = value;
    return TRUE;
}

gboolean csv_place(const CsvTable *table, guint latitude, guint longitude, Place *place, GError **error)
{
    Place read = {0};
    if (!read_degrees(table, latitude, &read.latitude, error) ||
        !read_degrees(table, longitude, &read.longitude, error))
        return FALSE;
    read.is_known = *csv_text(table, latitude) != '\0' && *csv_text(table, longitude) != '\0';
    *place = read.is_known ? read : (Place){0};
    return TRUE;
}

gboolean csv_yes(const CsvTable *table, guint column, gboolean *is_yes, GError **error)
{
    static const char *const yes[] = {"1", "yes", "true"}, *const no[] = {"", "0", "no", "false"};
    const char *text = csv_text(table, column);
    for (guint word = 0; word < G_N_ELEMENTS(yes); word++)
        if (g_ascii_strcasecmp(text, yes[word]) == 0) {
            *is_yes = TRUE;
            return TRUE;
        }
    for (guint word = 0; word < G_N_ELEMENTS(no); word++)
        if (g_ascii_strcasecmp(text, no[word]) == 0) {
            *is_yes = FALSE;
            return TRUE;
        }
    return csv_fault(table, column, error, "'%.40s' is neither yes nor no, 1 or 0 would be right", text);
}

gboolean csv_word(const CsvTable *table, guint column, const char *const *words, int otherwise, int *word,
                  GError **error)
{
    const char *text = csv_text(table, column);
    if (*text == '\0' && otherwise >= 0) {
        *word = otherwise;
        return TRUE;
    }
    for (int number = 0; words[number]; number++)
        if (strcmp(text, words[number]) == 0) {
            *word = number;
            return TRUE;
        }
    g_autofree char *hint = fault_hint(text, words);
    return csv_fault(table, column, error, "'%.40s' is unknown%s", text, hint);
}

gboolean csv_name(const CsvTable *table, guint column, const char **name, GError **error)
{
    const char *text = csv_text(table, column);
    if (g_ascii_isspace(text[0]) || (*text && g_ascii_isspace(text[strlen(text) - 1])))
        return csv_fault(table, column, error, "'%.60s' begins or ends with a blank", text);
    *name = text;
    return TRUE;
}
