#include "rows.h"

gboolean outbox_rows_append(Database *database, const GPtrArray *messages, GError **error)
{
    g_autoptr(Statement) row = statement_new(database,
                                             "INSERT INTO outbox (id, topic, body, is_retained, created_s, correlation,"
                                             " state) VALUES ($1, $2, $3, $4, $5, $6, 'waiting')",
                                             error);
    if (!row)
        return FALSE;
    for (guint i = 0; i < messages->len; i++) {
        const Message *message = g_ptr_array_index(messages, i);
        bind_text(row, 1, message->id);
        bind_text(row, 2, message->topic);
        bind_text(row, 3, message->body);
        bind_integer(row, 4, message->is_retained ? 1 : 0);
        bind_integer(row, 5, message->created_s);
        bind_text_or_null(row, 6, message->correlation);
        if (!statement_run(row, error))
            return FALSE;
    }
    return TRUE;
}

#define MESSAGE_COLUMNS  "sequence, id, topic, body, is_retained, created_s, correlation"
#define MESSAGES_OF_ROWS "SELECT " MESSAGE_COLUMNS " FROM outbox"

static Message *row_message(Statement *row)
{
    Message *message =
        message_new(row_text(row, 1), row_text(row, 2), row_text(row, 3), row_boolean(row, 4), row_seconds(row, 5));
    message->sequence = row_integer(row, 0);
    message->correlation = row_text_or_null(row, 6);
    return message;
}

static GPtrArray *messages_read(Statement *rows, GError **error)
{
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    while (statement_next(rows))
        g_ptr_array_add(messages, row_message(rows));
    return statement_done(rows, error) ? g_steal_pointer(&messages) : NULL;
}

/* Of some rows by their sequence, with parameters for the last one seen and for how many. */
static GPtrArray *messages_after(Database *database, const char *sql, int64_t after, int most, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, sql, error);
    if (!rows)
        return NULL;
    bind_integer(rows, 1, after);
    bind_integer(rows, 2, MAX(most, 0)); /* a negative limit means none to SQLite */
    return messages_read(rows, error);
}

GPtrArray *outbox_rows_waiting(Database *database, int64_t after, int most, GError **error)
{
    return messages_after(database,
                          MESSAGES_OF_ROWS " WHERE state = 'waiting' AND sequence > $1 ORDER BY sequence LIMIT $2",
                          after, most, error);
}

GPtrArray *outbox_rows_after(Database *database, int64_t after, int most, GError **error)
{
    return messages_after(database, MESSAGES_OF_ROWS " WHERE sequence > $1 ORDER BY sequence LIMIT $2", after, most,
                          error);
}

gboolean outbox_rows_head(Database *database, int64_t *sequence, GError **error)
{
    g_autoptr(Statement) row = statement_new(database, "SELECT max(sequence) FROM outbox", error);
    if (!row)
        return FALSE;
    int64_t found = 0;
    if (statement_next(row) && !row_is_null(row, 0))
        found = row_integer(row, 0);
    if (!statement_done(row, error))
        return FALSE;
    *sequence = found;
    return TRUE;
}

GPtrArray *outbox_rows_dead(Database *database, int most, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database,
                                              "SELECT " MESSAGE_COLUMNS ", reason, settled_s FROM outbox"
                                              " WHERE state = 'dead' ORDER BY settled_s DESC, sequence DESC LIMIT $1",
                                              error);
    if (!rows)
        return NULL;
    bind_integer(rows, 1, MAX(most, 0));
    g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func((GDestroyNotify)dead_letter_free);
    while (statement_next(rows)) {
        DeadLetter *letter = g_new0(DeadLetter, 1);
        *letter = (DeadLetter){row_message(rows), g_strdup(row_text(rows, 7)), row_seconds(rows, 8)};
        g_ptr_array_add(letters, letter);
    }
    return statement_done(rows, error) ? g_steal_pointer(&letters) : NULL;
}

/* What the broker has it has: a delivered message stays so. */
gboolean outbox_rows_settle(Database *database, int64_t sequence, int64_t at_s, const char *reason, GError **error)
{
    g_autoptr(Statement) look = statement_new(database, "SELECT state FROM outbox WHERE sequence = $1", error);
    g_autoptr(Statement) settle =
        statement_new(database, "UPDATE outbox SET state = $1, settled_s = $2, reason = $3 WHERE sequence = $4", error);
    if (!look || !settle)
        return FALSE;
    g_autofree char *state = NULL;
    bind_integer(look, 1, sequence);
    if (statement_next(look))
        state = g_strdup(row_text(look, 0));
    if (!statement_done(look, error))
        return FALSE;
    if (!state) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "there is no message %" G_GINT64_FORMAT, sequence);
        return FALSE;
    }
    if (g_str_equal(state, "delivered")) {
        if (!reason)
            return TRUE;
        g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT,
                    "message %" G_GINT64_FORMAT " is delivered, it cannot become a dead letter", sequence);
        return FALSE;
    }
    bind_text(settle, 1, reason ? "dead" : "delivered");
    bind_integer(settle, 2, at_s);
    if (reason)
        bind_text(settle, 3, reason);
    else
        bind_null(settle, 3);
    bind_integer(settle, 4, sequence);
    return statement_run(settle, error);
}

gboolean outbox_rows_revive(Database *database, int64_t *count, GError **error)
{
    g_autoptr(Statement) revive = statement_new(
        database, "UPDATE outbox SET state = 'waiting', settled_s = NULL, reason = NULL WHERE state = 'dead'", error);
    if (!revive || !statement_run(revive, error))
        return FALSE;
    *count = statement_changes(revive);
    return TRUE;
}

GPtrArray *outbox_rows_retained(Database *database, GError **error)
{
    g_autoptr(Statement) rows =
        statement_new(database,
                      MESSAGES_OF_ROWS " WHERE sequence IN (SELECT max(sequence) FROM outbox"
                                       " WHERE is_retained = 1 AND state <> 'dead' GROUP BY topic) ORDER BY topic",
                      error);
    return rows ? messages_read(rows, error) : NULL;
}

gboolean outbox_rows_count(Database *database, OutboxCounts *counts, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, "SELECT state, count(*) FROM outbox GROUP BY state", error);
    if (!rows)
        return FALSE;
    OutboxCounts found = {0};
    while (statement_next(rows)) {
        const char *state = row_text(rows, 0);
        int64_t count = row_integer(rows, 1);
        if (g_str_equal(state, "waiting"))
            found.waiting = count;
        else if (g_str_equal(state, "delivered"))
            found.delivered = count;
        else if (g_str_equal(state, "dead"))
            found.dead = count;
        else
            row_damaged(rows);
    }
    if (!statement_done(rows, error))
        return FALSE;
    *counts = found;
    return TRUE;
}
