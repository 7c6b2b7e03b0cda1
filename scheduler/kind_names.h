/*
 * NOUN_name and NOUN_parse of a kind whose values have names: one line an enum, its names in the enum's order.
 */
#ifndef SCHEDULER_KIND_NAMES_H
#define SCHEDULER_KIND_NAMES_H

#include <glib.h>
#include <string.h>

static inline gboolean kind_name_parse(const char *const *names, int count, const char *text, int *value)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], text) == 0) {
            *value = i;
            return TRUE;
        }
    return FALSE;
}

#define KIND_NAMES(TYPE, noun, ...)                                                                                    \
    static const char *const noun##_names[] = {__VA_ARGS__};                                                           \
    const char *noun##_name(TYPE kind)                                                                                 \
    {                                                                                                                  \
        return noun##_names[kind];                                                                                     \
    }                                                                                                                  \
    gboolean noun##_parse(const char *text, TYPE *kind)                                                                \
    {                                                                                                                  \
        int value;                                                                                                     \
        if (!kind_name_parse(noun##_names, (int)G_N_ELEMENTS(noun##_names), text, &value))                             \
            return FALSE;                                                                                              \
        *kind = (TYPE)value;                                                                                           \
        return TRUE;                                                                                                   \
    }

#endif
