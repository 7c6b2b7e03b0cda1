#include "rooster/hint.h"

#include <string.h>

/* Levenshtein's distance in bytes: inserting, dropping or replacing one costs one. */
static guint edit_distance(const char *from, const char *to)
{
    guint to_length = (guint)strlen(to);
    g_autofree guint *row = g_new(guint, to_length + 1);
    for (guint j = 0; j <= to_length; j++)
        row[j] = j;
    for (guint i = 1; *from; from++, i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (guint j = 1; j <= to_length; j++) {
            guint replaced = diagonal + (*from != to[j - 1]);
            diagonal = row[j];
            row[j] = MIN(replaced, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return row[to_length];
}

#define WORD_BYTES_MOST 256 /* a longer text is no misspelt word, and not worth the square of its length */

const char *hint_nearest(const char *text, const char *const *words, guint count)
{
    const char *nearest = NULL;
    guint least = 0;
    if (strlen(text) > WORD_BYTES_MOST)
        return NULL;
    for (guint i = 0; i < count; i++) {
        guint distance = edit_distance(text, words[i]);
        if (distance * 3 <= strlen(words[i]) && (!nearest || distance < least)) {
            nearest = words[i];
            least = distance;
        }
    }
    return nearest;
}

char *hint_format(const char *text, const char *const *words, guint count)
{
    const char *nearest = hint_nearest(text, words, count);
    if (nearest)
        return g_strdup_printf("did you mean %s?", nearest);
    GString *list = g_string_new("known are ");
    for (guint i = 0; i < count; i++)
        g_string_append_printf(list, "%s%s", i ? ", " : "", words[i]);
    return g_string_free(list, FALSE);
}
