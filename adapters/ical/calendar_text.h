/* A foreign calendar's text as instances: what the child process does (private to ical; the tests and the fuzzer call it too). */
#ifndef ICAL_CALENDAR_TEXT_H
#define ICAL_CALENDAR_TEXT_H

#include "rooster/exchange.h"

#define CALENDAR_TEXT_BYTES_MOST 1000 /* of a summary and the like; the rest is cut */

/* As CalendarRead; messages begin with the line where it is known, and do not name the file. */
GPtrArray *calendar_text_read(const char *text, gsize size, const Zone *zone, int64_t from_min, int64_t until_min,
                              GError **error);

/* By start, end, uid, date: the order in which instances are given. For g_ptr_array_sort. */
int calendar_instance_compare(gconstpointer left, gconstpointer right);

#endif
