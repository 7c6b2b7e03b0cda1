/*
 * Who asks. Tokens that were seen are kept in memory for a second, so that a busy service does not ask the store for
 * each request, and a token that somebody revokes, from the command line too, opens nothing a second later.
 */
#include "server_parts.h"

#include <string.h>

enum { SECRET_MOST = 200, KEPT_US = 1000000 };

void access_forget(HttpServer *server)
{
    g_hash_table_remove_all(server->tokens);
    server->tokens_since_us = g_get_monotonic_time();
}

const Token *access_token(HttpServer *server, const char *secret, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (strlen(secret) > SECRET_MOST)
        return NULL;
    g_autofree char *hash = token_hash(secret);
    if (g_get_monotonic_time() - server->tokens_since_us > KEPT_US)
        access_forget(server);
    Token *token = g_hash_table_lookup(server->tokens, hash);
    if (token)
        return token;
    token = store_find_token(server->store, hash, &reason);
    if (token)
        g_hash_table_insert(server->tokens, token->hash, token);
    else if (!g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND))
        g_propagate_error(error, g_steal_pointer(&reason));
    return token;
}

static const char *bearer_of(const Exchange *exchange)
{
    const char *header = exchange_header(exchange, "Authorization");
    if (!header || g_ascii_strncasecmp(header, "Bearer ", 7) != 0)
        return NULL;
    for (header += 7; *header == ' ';)
        header++;
    return header;
}

gboolean access_check(Exchange *exchange)
{
    static const char *const roles[] = {"planner", "worker", "coop", "open"};
    g_autoptr(GError) error = NULL;
    const char *secret = bearer_of(exchange);
    const Token *token = secret ? access_token(exchange->server, secret, &error) : NULL;
    if (error) {
        exchange_reply_error(exchange, error, NULL);
        return FALSE;
    }
    if (!token || token->revoked_s || token->use != TOKEN_API || token->role == TOKEN_OPEN) {
        const char *detail = !secret                     ? "say it in the header Authorization: Bearer TOKEN"
                             : token && token->revoked_s ? "this token was revoked"
                                                         : "this token is not known here";
        exchange_reply_problem(exchange, MHD_HTTP_UNAUTHORIZED, "unauthorized", detail, NULL);
        return FALSE;
    }
    exchange->token = token_copy(token);
    exchange->actor_name =
        g_strdup_printf("%s:%s", roles[token->role], token->role == TOKEN_PLANNER ? token->id : token->owner);
    office_token_used(exchange->server->office, token);
    return TRUE;
}

Actor access_actor(const Exchange *exchange)
{
    static const ActorRole roles[] = {ACTOR_PLANNER, ACTOR_WORKER, ACTOR_COOP};
    return (Actor){roles[exchange->token->role], exchange->token->owner, exchange->actor_name};
}
