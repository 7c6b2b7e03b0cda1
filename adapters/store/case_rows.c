#include "rows.h"

/* --- saving */

static gboolean case_insert(Database *database, const Case *some, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database,
                      "INSERT INTO cases (id, kind, state, version, week, coop, worker, shift, other, about, created_s,"
                      " changed_s, due_s, body) VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                      error);
    if (!row)
        return FALSE;
    bind_text(row, 1, some->id);
    bind_text(row, 2, case_kind_name(some->kind));
    bind_text(row, 3, case_state_name(some->state));
    bind_integer(row, 4, some->week.monday);
    bind_text(row, 5, some->coop);
    bind_text(row, 6, some->worker);
    bind_text(row, 7, some->shift);
    bind_text(row, 8, some->other);
    bind_text(row, 9, some->about);
    bind_integer(row, 10, some->created_s);
    bind_integer(row, 11, some->changed_s);
    bind_seconds_or_null(row, 12, some->due_s);
    bind_text(row, 13, some->body);
    return statement_run(row, error);
}

static gboolean case_update(Database *database, const Case *some, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database,
                      "UPDATE cases SET state = $1, week = $2, coop = $3, worker = $4, shift = $5, other = $6,"
                      " about = $7, changed_s = $8, due_s = $9, body = $10, version = version + 1"
                      " WHERE id = $11 AND version = $12 AND kind = $13 AND created_s = $14",
                      error);
    if (!row)
        return FALSE;
    bind_text(row, 1, case_state_name(some->state));
    bind_integer(row, 2, some->week.monday);
    bind_text(row, 3, some->coop);
    bind_text(row, 4, some->worker);
    bind_text(row, 5, some->shift);
    bind_text(row, 6, some->other);
    bind_text(row, 7, some->about);
    bind_integer(row, 8, some->changed_s);
    bind_seconds_or_null(row, 9, some->due_s);
    bind_text(row, 10, some->body);
    bind_text(row, 11, some->id);
    bind_integer(row, 12, some->version);
    bind_text(row, 13, case_kind_name(some->kind));
    bind_integer(row, 14, some->created_s);
    if (!statement_run(row, error))
        return FALSE;
    if (statement_changes(row) == 1)
        return TRUE;
    g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT, "case %s was changed since it was read, read it again",
                some->id);
    return FALSE;
}

gboolean case_rows_save(Database *database, const Case *some, GError **error)
{
    return some->version == 0 ? case_insert(database, some, error) : case_update(database, some, error);
}

/* --- reading */

#define CASE_COLUMNS                                                                                                   \
    "SELECT id, kind, state, version, week, coop, worker, shift, other, about, created_s, changed_s, due_s, body"      \
    " FROM cases"

static Case *row_case(Statement *row)
{
    Case *some = g_new0(Case, 1);
    *some = (Case){.id = g_strdup(row_text(row, 0)),
                   .version = (int)row_integer_within(row, 3, 1, G_MAXINT),
                   .week = {row_day(row, 4)},
                   .coop = g_strdup(row_text(row, 5)),
                   .worker = g_strdup(row_text(row, 6)),
                   .shift = g_strdup(row_text(row, 7)),
                   .other = g_strdup(row_text(row, 8)),
                   .about = g_strdup(row_text(row, 9)),
                   .created_s = row_seconds(row, 10),
                   .changed_s = row_seconds(row, 11),
                   .due_s = row_seconds_or_zero(row, 12),
                   .body = g_strdup(row_text(row, 13))};
    if (!case_kind_parse(row_text(row, 1), &some->kind) || !case_state_parse(row_text(row, 2), &some->state))
        row_damaged(row);
    return some;
}

Case *case_rows_load(Database *database, const char *id, GError **error)
{
    g_autoptr(Statement) row = statement_new(database, CASE_COLUMNS " WHERE id = $1", error);
    if (!row)
        return NULL;
    g_autoptr(Case) some = NULL;
    bind_text(row, 1, id);
    if (statement_next(row))
        some = row_case(row);
    if (!statement_done(row, error))
        return NULL;
    if (!some)
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "there is no case %s", id);
    return g_steal_pointer(&some);
}

/* --- looking for some */

/* The conditions of a filter, each with the values of its parameters, in their order. */
typedef struct Conditions {
    GString *sql;
    GPtrArray *values; /* of CaseValue */
} Conditions;

typedef struct CaseValue {
    const char *text; /* NULL: the number */
    int64_t number;
} CaseValue;

static void condition_begin(Conditions *conditions, const char *sql)
{
    g_string_append_printf(conditions->sql, " %s %s", conditions->values->len ? "AND" : "WHERE", sql);
}

static void value_add(Conditions *conditions, const char *before, const char *text, int64_t number, const char *after)
{
    CaseValue *value = g_new0(CaseValue, 1);
    *value = (CaseValue){text, number};
    g_ptr_array_add(conditions->values, value);
    g_string_append_printf(conditions->sql, "%s$%u%s", before, conditions->values->len, after);
}

static void text_condition(Conditions *conditions, const char *column, const char *text)
{
    if (!text)
        return;
    condition_begin(conditions, column);
    value_add(conditions, " = ", text, 0, "");
}

typedef const char *(*NameOf)(int value);

static const char *kind_of(int value)
{
    return case_kind_name((CaseKind)value);
}

static const char *state_of(int value)
{
    return case_state_name((CaseState)value);
}

static void set_condition(Conditions *conditions, const char *column, guint set, int count, NameOf name_of)
{
    if (set == 0)
        return;
    condition_begin(conditions, column);
    const char *before = " IN (";
    for (int value = 0; value < count; value++)
        if (set & 1U << value) {
            value_add(conditions, before, name_of(value), 0, "");
            before = ", ";
        }
    g_string_append(conditions->sql, ")");
}

static gboolean filter_conditions(Database *database, const CaseFilter *filter, Conditions *conditions, GError **error)
{
    g_assert(filter->kinds < 1U << CASE_KINDS && filter->states < 1U << CASE_STATES);
    set_condition(conditions, "kind", filter->kinds, CASE_KINDS, kind_of);
    set_condition(conditions, "state", filter->states, CASE_STATES, state_of);
    if (filter->has_week) {
        condition_begin(conditions, "week");
        value_add(conditions, " = ", NULL, filter->week.monday, "");
    }
    text_condition(conditions, "coop", filter->coop);
    text_condition(conditions, "shift", filter->shift);
    text_condition(conditions, "about", filter->about);
    if (filter->worker) {
        condition_begin(conditions, "(worker");
        value_add(conditions, " = ", filter->worker, 0, "");
        value_add(conditions, " OR other = ", filter->worker, 0, ")");
    }
    if (filter->due_before_s) {
        condition_begin(conditions, "due_s");
        value_add(conditions, " < ", NULL, filter->due_before_s, "");
    }
    if (!filter->after)
        return TRUE;
    g_autoptr(Case) last = case_rows_load(database, filter->after, error);
    if (!last)
        return FALSE;
    condition_begin(conditions, "(created_s, id)");
    value_add(conditions, " > (", NULL, last->created_s, "");
    value_add(conditions, ", ", filter->after, 0, ")");
    return TRUE;
}

static GPtrArray *cases_read(Database *database, const Conditions *conditions, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, conditions->sql->str, error);
    if (!rows)
        return NULL;
    for (guint i = 0; i < conditions->values->len; i++) {
        const CaseValue *value = g_ptr_array_index(conditions->values, i);
        if (value->text)
            bind_text(rows, (int)i + 1, value->text);
        else
            bind_integer(rows, (int)i + 1, value->number);
    }
    g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func((GDestroyNotify)case_free);
    while (statement_next(rows))
        g_ptr_array_add(cases, row_case(rows));
    return statement_done(rows, error) ? g_steal_pointer(&cases) : NULL;
}

GPtrArray *case_rows_find(Database *database, const CaseFilter *filter, GError **error)
{
    Conditions conditions = {g_string_new(CASE_COLUMNS), g_ptr_array_new_with_free_func(g_free)};
    GPtrArray *cases = NULL;
    if (filter_conditions(database, filter, &conditions, error)) {
        g_string_append(conditions.sql, " ORDER BY created_s, id");
        if (filter->most > 0)
            value_add(&conditions, " LIMIT ", NULL, filter->most, "");
        cases = cases_read(database, &conditions, error);
    }
    g_string_free(conditions.sql, TRUE);
    g_ptr_array_unref(conditions.values);
    return cases;
}
