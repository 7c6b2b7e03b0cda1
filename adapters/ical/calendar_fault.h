/* How a fault in a foreign calendar is said (private to ical). */
#ifndef ICAL_CALENDAR_FAULT_H
#define ICAL_CALENDAR_FAULT_H

#include "rooster/exchange.h"

/* Sets IMPORT_ERROR_INPUT to "14: text", or to "text" for line 0 (unknown); gives FALSE. Only the parent knows the file's name. */
gboolean calendar_fault(GError **error, int line, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
