/* Busy periods of VFREEBUSY (RFC 5545 3.6.4) and VAVAILABILITY (RFC 7953) (private to ical). */
#ifndef ICAL_CALENDAR_BUSY_H
#define ICAL_CALENDAR_BUSY_H

#include "calendar_times.h"

typedef struct CalendarBusy {
    icalcomponent *component; /* that says so; not owned */
    int64_t start_s, end_s;
} CalendarBusy;

/* Appends the FREEBUSY periods that are not FREE and touch the window. */
gboolean calendar_busy_read(CalendarContext *context, icalcomponent *vfreebusy, GArray *busy, GError **error);

/*
 * Appends the time within the window that the VAVAILABILITY components (of icalcomponent) leave unavailable: within a component's span
 * what none of its AVAILABLE covers. Where spans overlap the component of higher priority says (RFC 7953 4: 1 before 9 before 0 and none),
 * of equal ones the later in the file.
 */
gboolean calendar_unavailable_read(CalendarContext *context, const GPtrArray *vavailabilities, GArray *busy,
                                   GError **error);

#endif
