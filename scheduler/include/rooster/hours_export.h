/*
 * The ledger for others: hours row by row, invoice lines by coop, payroll by worker and calendar month (DOMAIN 4.2), as
 * tables of text for CSV; and time cards in JSON.
 *
 * Every row stands for entries of the ledger: reversals are negative rows, so sums are right whatever was corrected.
 * Work belongs to the local day, week and month in which it begins, whatever it runs into. What is disputed appears
 * among the hours, with nothing paid, and nowhere else.
 */
#ifndef ROOSTER_HOURS_EXPORT_H
#define ROOSTER_HOURS_EXPORT_H

#include "rooster/exchange.h"
#include "rooster/store.h"

G_BEGIN_DECLS

/* A calendar month of the pool's clock. */
typedef struct Month {
    int year, month;
} Month;

/* Reads "2026-12"; ZONE_ERROR_TEXT otherwise. */
gboolean month_parse(const char *text, Month *month, GError **error);
/* "2026-12"; the caller frees. */
char *month_format(Month month);

/* What is exported: a week, or a month. */
typedef struct HoursPeriod {
    Day first, after; /* local days [first, after) */
} HoursPeriod;
HoursPeriod hours_period_of_week(IsoWeek week);
HoursPeriod hours_period_of_month(Month month);

/* The entries of work that begins in the period. Of WorkedEntry, by entry; caller unrefs. */
GPtrArray *hours_period_load(Store *store, const Pool *pool, HoursPeriod period, GError **error);

/* One row an entry. */
TextTable *hours_table(const Pool *pool, const GPtrArray *entries);
/* One row an entry that a coop pays, by coop, then entry; amounts by the coop's rate, each rounded half up. */
TextTable *invoice_table(const Pool *pool, const GPtrArray *entries);
/*
 * One row for each worker and calendar month with entries or a contract; `before`: every entry of work before the end
 * of the period, for the weeks worked so far.
 */
TextTable *payroll_table(const Pool *pool, const GPtrArray *entries, const GPtrArray *before, HoursPeriod period);

/*
 * SETU Reporting Time and Expenses 2.0: an array of time cards, one for each worker and coop, with their intervals.
 * A reversal is an interval of a negative duration. Caller frees.
 */
char *hours_timecards(const Pool *pool, const GPtrArray *entries, HoursPeriod period);

G_END_DECLS

#endif
