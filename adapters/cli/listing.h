/*
 * The roster of a sheet as a listing: seven days by everyone, or the shifts by cooperative or day with who stands on
 * them.
 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "pricing.h"
#include "sheet.h"

typedef enum ListBy { LIST_BY_WORKER, LIST_BY_COOP, LIST_BY_DAY } ListBy;

typedef struct Listing {
    Table *table; /* the report's */
    ListBy by;
    gboolean has_week; /* of several weeks: which one is the first column, for programs */
} Listing;

/* An empty table "workers" or "shifts" in the report, in these ReportForms. */
Listing listing_new(Report *report, unsigned forms, ListBy by, gboolean has_week);
/* The sheet's rows; for people one sheet a table. worth: of the shifts, NULL where there are no prices. */
void listing_add(const Listing *listing, const Sheet *sheet, const Worth *worth);

/* The worker's assignments of the roster, by start. Of const Assignment; caller unrefs. */
GPtrArray *assignments_of(const Sheet *sheet, guint worker);

/* People asked and planned, and their paid minutes. */
typedef struct Tally {
    int64_t asked, planned, asked_min, planned_min;
} Tally;

Tally tally_of(const Sheet *sheet);
/* "title: 3 of 6 people, 22:30 of 39:00 hours". Caller frees. */
char *tally_format(const char *title, const Tally *tally);

#endif
