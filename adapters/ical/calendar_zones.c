#include "calendar_zones.h"

#include <string.h>

struct CalendarZones {
    GHashTable *locations; /* TZID -> IANA name */
    GHashTable *found;     /* TZID -> Zone, or NULL where there is none */
};

static void zone_free_pointer(gpointer zone)
{
    zone_free(zone);
}

CalendarZones *calendar_zones_new(void)
{
    CalendarZones *zones = g_new0(CalendarZones, 1);
    zones->locations = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    zones->found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, zone_free_pointer);
    return zones;
}

void calendar_zones_free(CalendarZones *zones)
{
    if (!zones)
        return;
    g_hash_table_unref(zones->locations);
    g_hash_table_unref(zones->found);
    g_free(zones);
}

void calendar_zones_add_location(CalendarZones *zones, const char *tzid, const char *location)
{
    g_hash_table_insert(zones->locations, g_strdup(tzid), g_strdup(location));
}

/*
 * GLib also takes POSIX rules, in which GMT+1 is an hour west, while a calendar that says GMT+1 means east: so a name
 * without a region has letters only (UTC, CET). The trees right/ and posix/ of tzdata are no names either.
 */
static Zone *iana_zone(const char *name)
{
    gboolean has_region = strchr(name, '/') != NULL;
    for (const char *c = name; !has_region && *c; c++)
        if (!g_ascii_isalpha(*c))
            return NULL;
    if (g_str_has_prefix(name, "right/") || g_str_has_prefix(name, "posix/"))
        return NULL;
    return zone_new(name, NULL);
}

/* "/citadel.org/20190914_1/Europe/Amsterdam": a globally unique TZID (RFC 5545 3.2.19) most often ends in an IANA name.
 */
static Zone *zone_of_tail(const char *tzid)
{
    for (const char *slash = tzid; slash; slash = strchr(slash + 1, '/')) {
        Zone *zone = strchr(slash + 1, '/') ? iana_zone(slash + 1) : NULL;
        if (zone)
            return zone;
    }
    return NULL;
}

static Zone *resolve(CalendarZones *zones, const char *tzid)
{
    Zone *zone = iana_zone(tzid);
    if (!zone && windows_zone(tzid))
        zone = zone_new(windows_zone(tzid), NULL);
    if (!zone && *tzid == '/')
        zone = zone_of_tail(tzid);
    const char *location = zone ? NULL : g_hash_table_lookup(zones->locations, tzid);
    return location ? iana_zone(location) : zone;
}

const Zone *calendar_zones_find(CalendarZones *zones, const char *tzid)
{
    gpointer zone = NULL;
    if (!g_hash_table_lookup_extended(zones->found, tzid, NULL, &zone)) {
        zone = resolve(zones, tzid);
        g_hash_table_insert(zones->found, g_strdup(tzid), zone);
    }
    return zone;
}
