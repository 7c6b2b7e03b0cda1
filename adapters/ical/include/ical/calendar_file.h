/*
 * A foreign iCalendar file as instances: a coop's orders, a worker's appointments.
 *
 * The file is hostile until shown otherwise, and libical 3.0.16 can be made to hang or to eat memory. So the parent only measures it
 * (1 MB, 64 kB a line, no NUL) and a child process parses it, with 2 s of processor time, 256 MB and 3 s by the clock. The child answers
 * in a strict line format which the parent validates again.
 *
 * Understood: VEVENT with RRULE, RDATE, EXDATE and changed instances; VFREEBUSY; VAVAILABILITY (RFC 7953). What is not understood is
 * refused with file, line, uid, value and what would be right, never guessed: SECONDLY, MINUTELY and HOURLY rules, EXRULE, changes to
 * THISANDFUTURE, time zones that are neither IANA nor Windows names. Times:
 *  - the zone of a TZID is that of tzdata by its name; the VTIMEZONE in the file is not computed with;
 *  - a local time in the gap of a clock change counts with the offset before it, one that exists twice is the first (RFC 5545 3.3.5);
 *  - each instance of a series lasts as long as the first in elapsed time (RFC 5545 3.8.5.3): the shift of 8 h that starts at 22:00
 *    ends at 05:00 in the night with 25 hours; DURATION in days or weeks counts calendar days;
 *  - a floating time or a date is of the pool's zone; an all-day event lasts from midnight to midnight, of 23 to 25 hours;
 *  - seconds are rounded outwards to whole minutes (23:59:59 as an end means midnight).
 */
#ifndef ICAL_CALENDAR_FILE_H
#define ICAL_CALENDAR_FILE_H

#include "rooster/exchange.h"

#include <stdio.h>

G_BEGIN_DECLS

#define ICAL_WORKER_COMMAND  "calendar-worker"
#define ICAL_INSTANCES_MOST  10000
#define ICAL_FILE_BYTES_MOST (1024 * 1024)
#define ICAL_LINE_BYTES_MOST (64 * 1024) /* unfolded */

/* The port CalendarRead, with the running program as the child. */
GPtrArray *ical_calendar_read(const char *path, const Zone *zone, int64_t from_min, int64_t until_min, GError **error);

/* The same with another program, which is started as `program calendar-worker ZONE FROM UNTIL`. */
GPtrArray *ical_calendar_read_with(const char *program, const char *path, const Zone *zone, int64_t from_min,
                                   int64_t until_min, GError **error);

/*
 * The child: main() calls it for the command calendar-worker, with the arguments from that word on. Reads the file from `in`, answers
 * on `out`; the exit code, 0 also for a file that is refused (the answer says so), 2 for wrong arguments.
 */
int ical_worker_main(int count, char **arguments, FILE *in, FILE *out);

G_END_DECLS

#endif
