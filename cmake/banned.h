/*
 * What does not compile here. Forced into every source file by cmake/modules.cmake.
 *
 * Two bans: calls that overflow, that depend on the process's zone, or that hide state; and the headers of third-party
 * libraries outside the one folder that owns each (poisoning a name that the header declares makes including it an error).
 */
#ifndef ROOSTER_BANNED_H
#define ROOSTER_BANNED_H

#ifndef ROOSTER_OWNS_GLPK
#pragma GCC poison glp_prob
#endif
#ifndef ROOSTER_OWNS_SQLITE
#pragma GCC poison sqlite3_stmt
#endif
#ifndef ROOSTER_OWNS_ICAL
#pragma GCC poison icalcomponent
#endif
#ifndef ROOSTER_OWNS_MOSQUITTO
#pragma GCC poison mosquitto_message
#endif
#ifndef ROOSTER_OWNS_MICROHTTPD
#pragma GCC poison MHD_Daemon
#endif
#ifndef ROOSTER_OWNS_JANSSON
#pragma GCC poison json_t
#endif
#ifndef ROOSTER_OWNS_CSV
#pragma GCC poison csv_parser
#endif

/* The standard headers declare these; include them first, then poison the names for our own code. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define strcpy(...)    rooster_banned_use_g_strlcpy
#define strcat(...)    rooster_banned_use_GString
#define strncpy(...)   rooster_banned_use_g_strlcpy
#define sprintf(...)   rooster_banned_use_g_strdup_printf
#define vsprintf(...)  rooster_banned_use_g_strdup_vprintf
#define gets(...)      rooster_banned_use_fgets
#define strtok(...)    rooster_banned_use_g_strsplit
#define atoi(...)      rooster_banned_use_g_ascii_string_to_signed
#define atof(...)      rooster_banned_use_g_ascii_strtod
#define localtime(...) rooster_banned_use_zone_h
#define gmtime(...)    rooster_banned_use_zone_h
#define mktime(...)    rooster_banned_use_zone_h
#define ctime(...)     rooster_banned_use_zone_h
#define strftime(...)  rooster_banned_use_zone_h

#endif
