/*
 * From the text of an iCalendar file to libical's components (private to ical).
 *
 * Only what we understand is given to libical: other properties, alarms, tasks and the rules of time zones are skipped, so their
 * faults are nobody's trouble. Lines are unfolded and numbered here, because libical forgets where a property stood.
 */
#ifndef ICAL_CALENDAR_LINES_H
#define ICAL_CALENDAR_LINES_H

#include "rooster/exchange.h"

#include <libical/ical.h>

/* The file's limits, before anything parses it: size, NUL, UTF-8, the longest unfolded line. IMPORT_ERROR_LIMIT or _INPUT. */
gboolean calendar_lines_check(const char *text, gsize size, GError **error);

/* The VCALENDARs of the text, of icalcomponent. IMPORT_ERROR_INPUT with the line. Caller unrefs. */
GPtrArray *calendar_lines_parse(const char *text, gsize size, GError **error);

/* The line at which the property began, 0 for NULL. */
int calendar_line(icalproperty *property);

#endif
