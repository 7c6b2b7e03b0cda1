/*
 * "Did you mean": the known word nearest to one that nobody knows, for messages about keys and columns.
 */
#ifndef ROOSTER_HINT_H
#define ROOSTER_HINT_H

#include <glib.h>

G_BEGIN_DECLS

/* The word of the list that is the fewest edits away, at most a third of its own length; NULL if none is so near. */
const char *hint_nearest(const char *text, const char *const *words, guint count);

/* "did you mean idle_far?" or, where nothing is near, "known are A, B, C". Caller frees. */
char *hint_format(const char *text, const char *const *words, guint count);

G_END_DECLS

#endif
