/*
 * Messages about what is wrong in a file: where, what, and what would be right. They show what strangers wrote, so
 * control characters in them are made visible and long ones are cut.
 */
#ifndef ROOSTER_CSV_FAULT_H
#define ROOSTER_CSV_FAULT_H

#include "rooster/exchange.h"

/* Sets *error to IMPORT_ERROR_INPUT, "file:line: message"; line 0: "file: message". Always FALSE, to be returned. */
gboolean fault_set(GError **error, const char *file, guint line, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Turns an error of another module into a fault at the place. Takes reason. Always FALSE. */
gboolean fault_from(GError **error, const char *file, guint line, GError *reason);

/*
 * What to say after an unknown name: "; did you mean headcount? Known are shift, coop, ..." without the question if
 * none of the known names (NULL-terminated) is near. Caller frees.
 */
char *fault_hint(const char *name, const char *const *known);

#endif
