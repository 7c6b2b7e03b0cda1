/*
 * What the child answers (private to ical). Lines end with \n; fields are separated by tabs, in which \\, \t and \n are escaped:
 *     rooster-calendar 1
 *     instance START END FLAGS HEADCOUNT BREAK UID DATE SUMMARY DESCRIPTION LOCATION CATEGORY CERTIFICATES TEAM PRIORITY
 *     end COUNT
 * or, in place of all after the first line,
 *     fault CODE MESSAGE
 */
#ifndef ICAL_CALENDAR_WIRE_H
#define ICAL_CALENDAR_WIRE_H

#include "rooster/exchange.h"

char *calendar_wire_instances(const GPtrArray *instances);
char *calendar_wire_fault(const GError *fault);

/*
 * Reads an answer back and trusts nothing in it. *is_answer tells whether it was one: then NULL means that the child refused the file, with
 * its fault; otherwise IMPORT_ERROR_READ says what is wrong with it.
 */
GPtrArray *calendar_wire_read(const char *bytes, gsize size, int64_t from_min, int64_t until_min, gboolean *is_answer,
                              GError **error);

#endif
