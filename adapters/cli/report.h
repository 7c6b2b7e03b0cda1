/*
 * What a command has to say, in the form asked for: lines and tables for people, the first table as CSV, or one JSON
 * object of the facts and of every table under its key.
 */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "rooster/cost.h"
#include "rooster/plan.h"
#include "table.h"

typedef enum OutputFormat { OUTPUT_TABLE, OUTPUT_CSV, OUTPUT_JSON } OutputFormat;

typedef struct Report Report;

Report *report_new(OutputFormat format);
void report_free(Report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* A line for people, wrapped to the terminal; "" is a blank line. */
void report_line(Report *report, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Facts are for JSON. */
void report_fact(Report *report, const char *key, const char *text);
void report_fact_number(Report *report, const char *key, int64_t number);
void report_fact_real(Report *report, const char *key, double real);
void report_fact_flag(Report *report, const char *key, gboolean is_set);
/* An object of PlanStatistic: whole numbers and seconds, by name. */
void report_figures(Report *report, const char *key, const GArray *statistics);
void report_fact_none(Report *report, const char *key);
/* The cost by term: an object of cents by the keys of the price list, a table for people (without what is nothing) and
 * for CSV. */
void report_cost(Report *report, const Cost *cost);

/* The forms in which a table appears. */
typedef enum ReportForms {
    FOR_PEOPLE = 1 << 0,
    FOR_CSV = 1 << 1,
    FOR_JSON = 1 << 2,
    FOR_ALL = FOR_PEOPLE | FOR_CSV | FOR_JSON
} ReportForms;

/* A table under a key; the report owns it. */
Table *report_table(Report *report, unsigned forms, const char *key, const Column *columns, guint count);

/* Writes it to stdout. */
void report_print(const Report *report);

#endif
