/*
 * What comes in from files, already understood: the ports for pool folders and for foreign calendars.
 */
#ifndef ROOSTER_EXCHANGE_H
#define ROOSTER_EXCHANGE_H

#include "rooster/roster.h"

G_BEGIN_DECLS

#define IMPORT_ERROR (import_error_quark())
GQuark import_error_quark(void);
typedef enum ImportError {
    IMPORT_ERROR_INPUT, /* the file's fault; the message says file, line, column, value and what would be right */
    IMPORT_ERROR_READ,  /* the file cannot be read */
    IMPORT_ERROR_WRITE, /* a folder or file cannot be written */
    IMPORT_ERROR_LIMIT  /* too large, too slow: a foreign file that was cut off */
} ImportError;

/* A pool as it is after an import, closed, and the rosters (published) that came along, one a week. */
typedef struct PoolImport {
    Pool *pool;
    GPtrArray *rosters; /* of Roster */
    guint coops, workers, certificates, shifts, windows, preferences, rules, history, assignments; /* rows read */
} PoolImport;

void pool_import_free(PoolImport *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PoolImport, pool_import_free)

/*
 * Reads a pool folder (DESIGN 3). base: the pool so far, to which rows are added or in which they replace rows of the same key;
 * NULL: the folder is the whole truth. All or nothing.
 */
typedef PoolImport *(*PoolFolderRead)(const char *folder, const Pool *base, GError **error);

/* Writes a pool as a folder that reads back the same; rosters (of Roster) become roster.csv, NULL: none. The folder is made. */
typedef gboolean (*PoolFolderWrite)(const char *folder, const Pool *pool, const GPtrArray *rosters, GError **error);

/* Rows of text under named columns, for other programs. */
typedef struct TextTable {
    const char *const *columns; /* static */
    guint column_count;
    GPtrArray *rows; /* of GPtrArray of char *; a row that is shorter is empty behind its end */
} TextTable;
TextTable *text_table_new(const char *const *columns, guint column_count);
/* Takes the row, which frees its cells. */
void text_table_take(TextTable *table, GPtrArray *row);
void text_table_free(TextTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextTable, text_table_free)
/* The table as a file of its kind, the names of the columns first. Caller frees. */
typedef char *(*TextTableWrite)(const TextTable *table);

/* roster.csv as text; and read back against a pool: rosters, one a week. */
typedef char *(*RosterWrite)(const Pool *pool, const GPtrArray *rosters);

/* One instance of an event in a foreign calendar, recurrences expanded, in UTC. Strings are "" if none. */
typedef struct CalendarInstance {
    char *uid;  /* the event's uid; instances of a series share it */
    char *date; /* which one of a series: the UTC time that its rule gave it, "20261130T0700Z"; "" for an event by itself */
    char *summary, *description, *location, *category;
    int64_t start_min, end_min;
    gboolean is_cancelled, is_busy; /* busy: opaque, or a busy period of VFREEBUSY / an unavailable part of VAVAILABILITY */
    gboolean is_period;             /* of VFREEBUSY or VAVAILABILITY: says when somebody is away, not what is to be done */
    /* What an order says beyond the standard, in X-ROOSTER-HEADCOUNT, -BREAK (minutes), -CERTIFICATES, -TEAM-CERTIFICATES, -PRIORITY. */
    int headcount;                          /* 1 if not said */
    int break_min;                          /* -1 if not said */
    char *certificates, *team_certificates; /* "A;B" */
    char *priority;
} CalendarInstance;

void calendar_instance_free(CalendarInstance *instance);

/* Reads a foreign iCalendar file, instances that touch [from, until) only, in a confined child process. Of CalendarInstance, by start. */
typedef GPtrArray *(*CalendarRead)(const char *path, const Zone *zone, int64_t from_min, int64_t until_min, GError **error);

G_END_DECLS

#endif
