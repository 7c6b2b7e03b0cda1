#include "statement.h"

#include <string.h>

#define DECIMAL_MOST ((int64_t)1000000000 * DECIMAL_ONE) /* as decimal_parse reads them */
#define DAYS_MOST    ((int64_t)10000 * 366)
#define MINUTES_MOST (DAYS_MOST * 24 * 60)
#define SECONDS_MOST (MINUTES_MOST * 60)

struct Statement {
    Database *database;
    sqlite3_stmt *handle;
    int code;            /* of the last step */
    gboolean is_damaged; /* a row held what cannot be */
    gboolean is_unfit;   /* a parameter was not UTF-8 */
};

Statement *statement_new(Database *database, const char *sql, GError **error)
{
    if (error && *error)
        return NULL;
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v2(database->handle, sql, -1, &handle, NULL);
    if (code != SQLITE_OK) {
        database_error(database, code, error);
        return NULL;
    }
    for (int i = 1; i <= sqlite3_bind_parameter_count(handle); i++) {
        const char *name = sqlite3_bind_parameter_name(handle, i);
        g_assert(name && name[0] == '$' && g_ascii_strtoll(name + 1, NULL, 10) == i);
    }
    Statement *statement = g_new0(Statement, 1);
    statement->database = database;
    statement->handle = handle;
    statement->code = SQLITE_DONE;
    return statement;
}

Statement *upsert_new(Database *database, const char *table, const char *keys, const char *columns, GError **error)
{
    g_auto(GStrv) key_names = g_strsplit(keys, ", ", -1), names = g_strsplit(columns, ", ", -1);
    guint key_count = g_strv_length(key_names), count = g_strv_length(names);
    GString *places = g_string_new("$1"), *changes = g_string_new(NULL), *old = g_string_new(NULL),
            *new = g_string_new(NULL);
    for (guint i = 2; i <= key_count + count; i++)
        g_string_append_printf(places, ", $%u", i);
    for (guint i = 0; i < count; i++) {
        const char *comma = i > 0 ? ", " : "";
        g_string_append_printf(changes, "%s%s = excluded.%s", comma, names[i], names[i]);
        g_string_append_printf(old, "%s%s.%s", comma, table, names[i]);
        g_string_append_printf(new, "%sexcluded.%s", comma, names[i]);
    }
    g_autofree char *sql = g_strdup_printf("INSERT INTO %s (%s, %s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s"
                                           " WHERE (%s) IS DISTINCT FROM (%s)",
                                           table, keys, columns, places->str, keys, changes->str, old->str, new->str);
    g_string_free(places, TRUE);
    g_string_free(changes, TRUE);
    g_string_free(old, TRUE);
    g_string_free(new, TRUE);
    return statement_new(database, sql, error);
}

void statement_free(Statement *statement)
{
    if (!statement)
        return;
    sqlite3_finalize(statement->handle);
    g_free(statement);
}

/* --- parameters */

static void bound(int code)
{
    if (code == SQLITE_NOMEM)
        g_error("out of memory");
    g_assert(code == SQLITE_OK);
}

void bind_integer(Statement *statement, int parameter, int64_t value)
{
    bound(sqlite3_bind_int64(statement->handle, parameter, value));
}

void bind_real(Statement *statement, int parameter, double value)
{
    bound(sqlite3_bind_double(statement->handle, parameter, value));
}

void bind_text(Statement *statement, int parameter, const char *text)
{
    const char *value = text ? text : "";
    if (!g_utf8_validate(value, -1, NULL)) {
        statement->is_unfit = TRUE;
        value = "";
    }
    bound(sqlite3_bind_text(statement->handle, parameter, value, -1, SQLITE_STATIC));
}

void bind_null(Statement *statement, int parameter)
{
    bound(sqlite3_bind_null(statement->handle, parameter));
}

void bind_text_or_null(Statement *statement, int parameter, const char *text)
{
    if (text)
        bind_text(statement, parameter, text);
    else
        bind_null(statement, parameter);
}

void bind_seconds_or_null(Statement *statement, int parameter, int64_t time_s)
{
    if (time_s)
        bind_integer(statement, parameter, time_s);
    else
        bind_null(statement, parameter);
}

void bind_place(Statement *statement, int parameter, const Place *place)
{
    if (place->is_known) {
        bind_real(statement, parameter, place->latitude);
        bind_real(statement, parameter + 1, place->longitude);
    } else {
        bind_null(statement, parameter);
        bind_null(statement, parameter + 1);
    }
}

/* --- running */

gboolean statement_next(Statement *statement)
{
    if (statement->is_unfit || statement->is_damaged)
        return FALSE;
    statement->code = sqlite3_step(statement->handle);
    return statement->code == SQLITE_ROW;
}

gboolean statement_done(Statement *statement, GError **error)
{
    gboolean is_unfit = statement->is_unfit, is_damaged = statement->is_damaged;
    int code = statement->code;
    if (is_unfit)
        g_set_error(error, STORE_ERROR, STORE_ERROR_IO, "%s: a text that is not UTF-8 cannot be stored",
                    statement->database->path);
    else if (is_damaged)
        database_damage(statement->database, error, "a row of \"%s\"", sqlite3_sql(statement->handle));
    else if (code != SQLITE_DONE && code != SQLITE_ROW)
        database_error(statement->database, code, error);
    sqlite3_reset(statement->handle);
    statement->is_unfit = statement->is_damaged = FALSE;
    statement->code = SQLITE_DONE;
    return !is_unfit && !is_damaged && (code == SQLITE_DONE || code == SQLITE_ROW);
}

gboolean statement_run(Statement *statement, GError **error)
{
    gboolean has_row = statement_next(statement);
    g_assert(!has_row);
    return statement_done(statement, error);
}

gboolean statements_run(Database *database, const char *const *sql, gsize count, const int64_t *values, int value_count,
                        GError **error)
{
    for (gsize i = 0; i < count; i++) {
        g_autoptr(Statement) statement = statement_new(database, sql[i], error);
        if (!statement)
            return FALSE;
        for (int value = 0; value < value_count; value++)
            bind_integer(statement, value + 1, values[value]);
        if (!statement_run(statement, error))
            return FALSE;
    }
    return TRUE;
}

int statement_changes(const Statement *statement)
{
    return sqlite3_changes(statement->database->handle);
}

/* --- rows */

void row_damaged(Statement *statement)
{
    statement->is_damaged = TRUE;
}

static gboolean row_has(Statement *statement, int column, int type)
{
    if (sqlite3_column_type(statement->handle, column) == type)
        return TRUE;
    row_damaged(statement);
    return FALSE;
}

int64_t row_integer(Statement *statement, int column)
{
    return row_has(statement, column, SQLITE_INTEGER) ? sqlite3_column_int64(statement->handle, column) : 0;
}

int64_t row_integer_within(Statement *statement, int column, int64_t low, int64_t high)
{
    int64_t value = row_integer(statement, column);
    if (value >= low && value <= high)
        return value;
    row_damaged(statement);
    return low;
}

int row_int(Statement *statement, int column)
{
    return (int)row_integer_within(statement, column, G_MININT, G_MAXINT);
}

gboolean row_boolean(Statement *statement, int column)
{
    return row_integer_within(statement, column, 0, 1) != 0;
}

Decimal row_decimal(Statement *statement, int column)
{
    return row_integer_within(statement, column, -DECIMAL_MOST, DECIMAL_MOST);
}

int64_t row_minutes(Statement *statement, int column)
{
    return row_integer_within(statement, column, -MINUTES_MOST, MINUTES_MOST);
}

int64_t row_seconds(Statement *statement, int column)
{
    return row_integer_within(statement, column, -SECONDS_MOST, SECONDS_MOST);
}

Day row_day(Statement *statement, int column)
{
    return (Day)row_integer_within(statement, column, -DAYS_MOST, DAYS_MOST);
}

double row_real(Statement *statement, int column)
{
    return row_has(statement, column, SQLITE_FLOAT) ? sqlite3_column_double(statement->handle, column) : 0;
}

const char *row_text(Statement *statement, int column)
{
    if (!row_has(statement, column, SQLITE_TEXT))
        return "";
    const char *text = (const char *)sqlite3_column_text(statement->handle, column);
    if (!text)
        g_error("out of memory");
    if (g_utf8_validate(text, sqlite3_column_bytes(statement->handle, column), NULL))
        return text;
    row_damaged(statement);
    return "";
}

gboolean row_is_null(Statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

char *row_text_or_null(Statement *statement, int column)
{
    return row_is_null(statement, column) ? NULL : g_strdup(row_text(statement, column));
}

int64_t row_seconds_or_zero(Statement *statement, int column)
{
    return row_is_null(statement, column) ? 0 : row_seconds(statement, column);
}

Place row_place(Statement *statement, int column)
{
    if (row_is_null(statement, column))
        return (Place){0};
    return (Place){row_real(statement, column), row_real(statement, column + 1), TRUE};
}
