/*
 * The files of a pool folder and their columns (DESIGN 3), in one place for reading and writing.
 */
#ifndef ROOSTER_CSV_POOL_COLUMNS_H
#define ROOSTER_CSV_POOL_COLUMNS_H

#include "csv_table.h"

#define POOL_INI "pool.ini"

/* In the order in which they are read: what a row names must be known before. */
typedef enum PoolFile {
    FILE_COOPS,
    FILE_WORKERS,
    FILE_CERTIFICATES,
    FILE_DEMAND,
    FILE_AVAILABILITY,
    FILE_PREFERENCES,
    FILE_WORKER_RULES,
    FILE_HISTORY,
    FILE_ROSTER,
    FILE_COUNT
} PoolFile;

enum {
    COOP_ID,
    COOP_NAME,
    COOP_SECTOR,
    COOP_ADDRESS,
    COOP_LATITUDE,
    COOP_LONGITUDE,
    COOP_CONTACT,
    COOP_RATE,
    COOP_COLUMNS
};

enum {
    WORKER_ID,
    WORKER_NAME,
    WORKER_BIRTH,
    WORKER_CONTRACT_MIN,
    WORKER_CONTRACT_MAX,
    WORKER_HOURLY_COST,
    WORKER_LATITUDE,
    WORKER_LONGITUDE,
    WORKER_LANGUAGE,
    WORKER_COLUMNS
};

enum {
    CERTIFICATE_WORKER,
    CERTIFICATE_NAME,
    CERTIFICATE_FROM,
    CERTIFICATE_UNTIL,
    CERTIFICATE_LEVEL,
    CERTIFICATE_COLUMNS
};

enum {
    SHIFT_ID,
    SHIFT_COOP,
    SHIFT_ROLE,
    SHIFT_START,
    SHIFT_END,
    SHIFT_BREAK,
    SHIFT_HEADCOUNT,
    SHIFT_CERTIFICATES,
    SHIFT_TEAM_CERTIFICATES,
    SHIFT_PRIORITY,
    SHIFT_COLUMNS
};

enum { WINDOW_WORKER, WINDOW_START, WINDOW_END, WINDOW_KIND, WINDOW_COLUMNS };

enum { PREFERENCE_WORKER, PREFERENCE_COOP, PREFERENCE_KIND, PREFERENCE_COLUMNS };

enum { WORKER_RULE_WORKER, WORKER_RULE_KEY, WORKER_RULE_VALUE, WORKER_RULE_COLUMNS };

enum { HISTORY_WORKER, HISTORY_COOP, HISTORY_START, HISTORY_END, HISTORY_BREAK, HISTORY_COLUMNS };

enum { ROSTER_SHIFT, ROSTER_WORKER, ROSTER_PINNED, ROSTER_COLUMNS };

/* The most columns of a file. */
#define COLUMNS_MOST SHIFT_COLUMNS

typedef struct PoolFileKind {
    const char *name;
    gboolean is_required; /* in a folder that is the whole truth */
    guint column_count;
    CsvColumn columns[COLUMNS_MOST];
} PoolFileKind;

extern const PoolFileKind pool_file_kinds[FILE_COUNT];

#endif
