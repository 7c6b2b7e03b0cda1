#include "rows.h"

gboolean answer_rows_keep(Database *database, const KeptAnswer *answer, GError **error)
{
    g_autoptr(Statement) row = statement_new(
        database, "INSERT INTO kept_answers (owner, key, fingerprint, body, at_s) VALUES ($1, $2, $3, $4, $5)", error);
    if (!row)
        return FALSE;
    bind_text(row, 1, answer->owner);
    bind_text(row, 2, answer->key);
    bind_text(row, 3, answer->fingerprint);
    bind_text(row, 4, answer->body);
    bind_integer(row, 5, answer->at_s);
    return statement_run(row, error);
}

KeptAnswer *answer_rows_find(Database *database, const char *owner, const char *key, GError **error)
{
    g_autoptr(Statement) row = statement_new(
        database, "SELECT fingerprint, body, at_s FROM kept_answers WHERE owner = $1 AND key = $2", error);
    if (!row)
        return NULL;
    g_autoptr(KeptAnswer) answer = NULL;
    bind_text(row, 1, owner);
    bind_text(row, 2, key);
    if (statement_next(row)) {
        answer = g_new0(KeptAnswer, 1);
        *answer = (KeptAnswer){.owner = g_strdup(owner),
                               .key = g_strdup(key),
                               .fingerprint = g_strdup(row_text(row, 0)),
                               .body = g_strdup(row_text(row, 1)),
                               .at_s = row_seconds(row, 2)};
    }
    if (!statement_done(row, error))
        return NULL;
    if (!answer)
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "nothing was answered to a request with this key");
    return g_steal_pointer(&answer);
}

gboolean answer_rows_forget(Database *database, int64_t before_s, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, "DELETE FROM kept_answers WHERE at_s < $1", error);
    if (!rows)
        return FALSE;
    bind_integer(rows, 1, before_s);
    return statement_run(rows, error);
}
