#include "rows.h"

gboolean token_rows_add(Database *database, const Token *token, GError **error)
{
    g_autoptr(Statement) row =
        statement_new(database,
                      "INSERT INTO tokens (token, hash, use, role, owner, label, created_s, used_s, revoked_s)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                      error);
    if (!row)
        return FALSE;
    bind_text(row, 1, token->id);
    bind_text(row, 2, token->hash);
    bind_text(row, 3, token_use_name(token->use));
    bind_text(row, 4, token_role_name(token->role));
    bind_text(row, 5, token->owner);
    bind_text(row, 6, token->label);
    bind_integer(row, 7, token->created_s);
    bind_seconds_or_null(row, 8, token->used_s);
    bind_seconds_or_null(row, 9, token->revoked_s);
    return statement_run(row, error);
}

#define TOKEN_COLUMNS "SELECT token, hash, use, role, owner, label, created_s, used_s, revoked_s FROM tokens"

static Token *row_token(Statement *row)
{
    Token *token = g_new0(Token, 1);
    *token = (Token){.id = g_strdup(row_text(row, 0)),
                     .hash = g_strdup(row_text(row, 1)),
                     .owner = g_strdup(row_text(row, 4)),
                     .label = g_strdup(row_text(row, 5)),
                     .created_s = row_seconds(row, 6),
                     .used_s = row_seconds_or_zero(row, 7),
                     .revoked_s = row_seconds_or_zero(row, 8)};
    if (!token_use_parse(row_text(row, 2), &token->use) || !token_role_parse(row_text(row, 3), &token->role))
        row_damaged(row);
    return token;
}

Token *token_rows_find(Database *database, const char *hash, GError **error)
{
    g_autoptr(Statement) row = statement_new(database, TOKEN_COLUMNS " WHERE hash = $1", error);
    if (!row)
        return NULL;
    g_autoptr(Token) token = NULL;
    bind_text(row, 1, hash);
    if (statement_next(row))
        token = row_token(row);
    if (!statement_done(row, error))
        return NULL;
    if (!token)
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "there is no such token");
    return g_steal_pointer(&token);
}

GPtrArray *token_rows_load(Database *database, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, TOKEN_COLUMNS " ORDER BY created_s, token", error);
    if (!rows)
        return NULL;
    g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func((GDestroyNotify)token_free);
    while (statement_next(rows))
        g_ptr_array_add(tokens, row_token(rows));
    return statement_done(rows, error) ? g_steal_pointer(&tokens) : NULL;
}

gboolean token_rows_revoke(Database *database, const char *id, int64_t at_s, gboolean *is_changed, GError **error)
{
    g_autoptr(Statement) look = statement_new(database, "SELECT revoked_s FROM tokens WHERE token = $1", error);
    g_autoptr(Statement) revoke = statement_new(database, "UPDATE tokens SET revoked_s = $1 WHERE token = $2", error);
    if (!look || !revoke)
        return FALSE;
    gboolean is_there = FALSE;
    bind_text(look, 1, id);
    if (statement_next(look)) {
        is_there = TRUE;
        *is_changed = row_is_null(look, 0);
    }
    if (!statement_done(look, error))
        return FALSE;
    if (!is_there) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND, "there is no token %s", id);
        return FALSE;
    }
    bind_integer(revoke, 1, at_s);
    bind_text(revoke, 2, id);
    return !*is_changed || statement_run(revoke, error);
}

gboolean token_rows_touch(Database *database, const GPtrArray *tokens, GError **error)
{
    g_autoptr(Statement) touch = statement_new(
        database, "UPDATE tokens SET used_s = $1 WHERE token = $2 AND (used_s IS NULL OR used_s < $1)", error);
    if (!touch)
        return FALSE;
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = g_ptr_array_index(tokens, i);
        if (token->used_s == 0)
            continue;
        bind_integer(touch, 1, token->used_s);
        bind_text(touch, 2, token->id);
        if (!statement_run(touch, error))
            return FALSE;
    }
    return TRUE;
}
