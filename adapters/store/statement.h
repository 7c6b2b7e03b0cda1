/*
 * A prepared statement, its parameters and its rows.
 *
 * Parameters are written $1, $2 ... and first appear in that order, which SQLite (a name) and PostgreSQL (a number)
 * then read alike. Binding and reading report nothing: a text that is not UTF-8, a number out of its range or a failed
 * step is remembered and told by statement_run or statement_done, so a loop over rows has one place that fails.
 */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include "database.h"

typedef struct Statement Statement;

/* Several may be prepared before any is looked at: once one has failed, the rest give NULL and the first error stays.
 */
Statement *statement_new(Database *database, const char *sql, GError **error);
/*
 * A statement that makes the row of the given keys hold the given columns and writes only where they differ. Names are
 * separated by ", "; $1 ... are the keys, then the columns.
 */
Statement *upsert_new(Database *database, const char *table, const char *keys, const char *columns, GError **error);
void statement_free(Statement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Statement, statement_free)

void bind_integer(Statement *statement, int parameter, int64_t value);
void bind_real(Statement *statement, int parameter, double value);
void bind_text(Statement *statement, int parameter, const char *text); /* must live until the statement has run */
void bind_text_or_null(Statement *statement, int parameter, const char *text);  /* NULL is NULL, not "" */
void bind_seconds_or_null(Statement *statement, int parameter, int64_t time_s); /* 0 is NULL */
void bind_null(Statement *statement, int parameter);
/* Latitude and longitude, both NULL where the place is unknown. */
void bind_place(Statement *statement, int parameter, const Place *place);

/* Runs a statement that yields no rows; it can be bound and run again. */
gboolean statement_run(Statement *statement, GError **error);
/* Runs one statement after the other; $1, $2 ... of each are `values`. */
gboolean statements_run(Database *database, const char *const *sql, gsize count, const int64_t *values, int value_count,
                        GError **error);
/* Rows changed by the last run. */
int statement_changes(const Statement *statement);

/* TRUE: there is a row. FALSE: no more, or a fault; statement_done tells which and makes the statement ready for
 * another run. */
gboolean statement_next(Statement *statement);
gboolean statement_done(Statement *statement, GError **error);

int64_t row_integer(Statement *statement, int column);
int64_t row_integer_within(Statement *statement, int column, int64_t low, int64_t high);
int row_int(Statement *statement, int column);
gboolean row_boolean(Statement *statement, int column);
/* Amounts, times and days far beyond any real ones are damage, too: arithmetic on them would overflow. */
Decimal row_decimal(Statement *statement, int column);
int64_t row_minutes(Statement *statement, int column);
int64_t row_seconds(Statement *statement, int column);
Day row_day(Statement *statement, int column);
double row_real(Statement *statement, int column);
const char *row_text(Statement *statement, int column); /* never NULL; until the next row */
/* The other way round; caller frees the text. */
char *row_text_or_null(Statement *statement, int column);
int64_t row_seconds_or_zero(Statement *statement, int column);
gboolean row_is_null(Statement *statement, int column);
Place row_place(Statement *statement, int column);
/* Notes that the row's contents cannot be. */
void row_damaged(Statement *statement);

#endif
