/* A program that is started to do one dangerous thing within limits (private to ical). */
#ifndef ICAL_CALENDAR_CHILD_H
#define ICAL_CALENDAR_CHILD_H

#include "rooster/exchange.h"

#define CALENDAR_CHILD_CPU_S        2
#define CALENDAR_CHILD_MEMORY_BYTES (256ULL * 1024 * 1024)
#define CALENDAR_CHILD_WALL_MS      3000
#define CALENDAR_CHILD_ANSWER_MOST  (48 * 1024 * 1024)

/*
 * Runs `arguments` (NULL-terminated, the program first) with `input` on its stdin and gives what it wrote to stdout when it ended with exit
 * code 0. IMPORT_ERROR_LIMIT where a limit stopped it, IMPORT_ERROR_READ where it could not be started or failed. Nothing of it outlives
 * the call. Caller unrefs.
 */
GByteArray *calendar_child_run(const char *const *arguments, const char *input, gsize size, GError **error);

#endif
