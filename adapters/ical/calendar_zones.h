/*
 * The zone that a TZID means (private to ical): an IANA name, one of Microsoft's names, a name made from an IANA name
 * ("/freeassociation.sourceforge.net/Europe/Amsterdam"), or what the file's own VTIMEZONE says in X-LIC-LOCATION.
 */
#ifndef ICAL_CALENDAR_ZONES_H
#define ICAL_CALENDAR_ZONES_H

#include "rooster/zone.h"

typedef struct CalendarZones CalendarZones;

CalendarZones *calendar_zones_new(void);
void calendar_zones_free(CalendarZones *zones);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CalendarZones, calendar_zones_free)

/* The file says that `tzid` is the zone of an IANA name. */
void calendar_zones_add_location(CalendarZones *zones, const char *tzid, const char *location);

/* NULL where the TZID names no zone. Lives with `zones`. */
const Zone *calendar_zones_find(CalendarZones *zones, const char *tzid);

/* The IANA name of one of Microsoft's zones ("W. Europe Standard Time"), or NULL. */
const char *windows_zone(const char *name);

#endif
