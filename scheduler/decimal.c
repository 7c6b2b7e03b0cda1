#include "rooster/decimal.h"

#include <stdlib.h>
#include <string.h>

#define DECIMAL_PLACES 4
#define DECIMAL_MOST   ((int64_t)1000000000)

gboolean decimal_parse(const char *text, Decimal *value)
{
    const char *c = text;
    gboolean is_negative = *c == '-';
    if (is_negative)
        c++;
    int64_t parsed = 0;
    int places = -1; /* -1: before the point */
    gboolean has_digit = FALSE;
    for (; *c; c++) {
        if (*c == '.' && places < 0 && has_digit) {
            places = 0;
            has_digit = FALSE;
            continue;
        }
        if (!g_ascii_isdigit(*c))
            return FALSE;
        has_digit = TRUE;
        if (places >= DECIMAL_PLACES) {
            if (*c != '0')
                return FALSE;
            continue;
        }
        parsed = parsed * 10 + g_ascii_digit_value(*c);
        if (places >= 0)
            places++;
        else if (parsed > DECIMAL_MOST)
            return FALSE;
    }
    if (!has_digit)
        return FALSE;
    for (int i = MAX(places, 0); i < DECIMAL_PLACES; i++)
        parsed *= 10;
    *value = is_negative ? -parsed : parsed;
    return TRUE;
}

char *decimal_format(Decimal value)
{
    uint64_t magnitude = value < 0 ? (uint64_t)-value : (uint64_t)value;
    GString *text = g_string_new(value < 0 ? "-" : "");
    g_string_append_printf(text, "%" G_GUINT64_FORMAT, magnitude / DECIMAL_ONE);
    if (magnitude % DECIMAL_ONE) {
        g_string_append_printf(text, ".%04d", (int)(magnitude % DECIMAL_ONE));
        while (text->str[text->len - 1] == '0')
            g_string_truncate(text, text->len - 1);
    }
    return g_string_free(text, FALSE);
}

int64_t half_up(__int128 numerator, __int128 denominator)
{
    g_assert(numerator >= 0 && denominator > 0);
    return (int64_t)((2 * numerator + denominator) / (2 * denominator));
}

int64_t cents_per_hour(Decimal euro_per_hour, int64_t minutes)
{
    return half_up((__int128)euro_per_hour * minutes * 100, (__int128)DECIMAL_ONE * 60);
}

char *cents_format(int64_t cents)
{
    return g_strdup_printf("%s%" G_GINT64_FORMAT ".%02d", cents < 0 ? "-" : "", (int64_t)(llabs(cents) / 100),
                           (int)(llabs(cents) % 100));
}

char *cents_format_people(int64_t cents)
{
    g_autofree char *plain = cents_format(cents);
    GString *text = g_string_new(plain);
    for (gssize at = (gssize)text->len - 3 - 3; at > (cents < 0 ? 1 : 0); at -= 3)
        g_string_insert_c(text, at, ',');
    return g_string_free(text, FALSE);
}

char *minutes_format(int64_t minutes)
{
    return g_strdup_printf("%s%" G_GINT64_FORMAT ":%02d", minutes < 0 ? "-" : "", (int64_t)(llabs(minutes) / 60),
                           (int)(llabs(minutes) % 60));
}
