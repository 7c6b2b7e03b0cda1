/*
 * The sheet's week at the prices of its last plan, and tables of what they say.
 */
#ifndef CLI_PRICING_H
#define CLI_PRICING_H

#include "rooster/worth.h"
#include "sheet.h"

/*
 * Says in the report which plan the prices are of, or that there is none: then *worth is NULL. FALSE on an error only.
 */
gboolean sheet_load_worth(const Session *session, const Sheet *sheet, Report *report, Worth **worth, GError **error);

/* The same without a word; *worth is NULL where no plan is on record. */
gboolean sheet_open_worth(const Session *session, const Sheet *sheet, Worth **worth, GError **error);

/* Whole cents. */
int64_t cents_rounded(double cents);

/* The shifts of `some` that are not in `others`, as ids for a table. Of const char *; caller unrefs. */
GPtrArray *shifts_without(const Pool *pool, const GArray *some, const GArray *others);

/* Why the worker has this week: tables "next" and "days", for people and JSON. present: of guint. */
void report_line_worth(Report *report, const Sheet *sheet, Worth *worth, guint worker, const GArray *present);

/* Whom taking the shift would cost least at these prices: a table "nearest", for people and JSON. */
void report_nearest(Report *report, const Sheet *sheet, Worth *worth, guint shift);

#endif
