/*
 * Text as a terminal shows it: how wide it is, cut and wrapped; and what the terminal can do.
 *
 * Widths are columns of a terminal. Text that comes from files may hold anything; text_clean makes it safe to print.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <glib.h>

/* Columns that the text takes: two for a wide character, none for one that combines. */
int text_width(const char *text);

/* A copy that is valid UTF-8 and in which control characters (an escape sequence would drive the terminal) are "?". */
char *text_clean(const char *text);

/* The text, its end replaced by an ellipsis where it is wider than `width` columns. */
char *text_truncate(const char *text, int width);

/* The text in lines of at most `width` columns, broken at blanks and line breaks, within a word only where it must.
 * Never empty. */
GPtrArray *text_wrap(const char *text, int width);

/* Columns of the terminal at stdout, or of $COLUMNS; 80 where neither says. */
int terminal_columns(void);
/* TRUE if stdout may be sent bold letters: a terminal that is not dumb, and NO_COLOR unset (no-color.org). */
gboolean terminal_has_bold(void);

#endif
