/*
 * Who asks. Tokens that were seen are kept in memory for a second, so that a busy service does not ask the store for
 * each request. A token that was revoked here opens nothing once that is answered; from the command line, a second
 * later.
 */
#include "server_parts.h"

#include <string.h>

enum { SECRET_MOST = 200, KEPT_US = 1000000 };

void access_forget(HttpServer *server)
{
    g_hash_table_remove_all(server->tokens);
    server->tokens_since_us = g_get_monotonic_time();
    server->tokens_changes = office_changes(server->office);
}

const Token *access_token(HttpServer *server, const char *secret, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (strlen(secret) > SECRET_MOST)
        return NULL;
    g_autofree char *hash = token_hash(secret);
    if (g_get_monotonic_time() - server->tokens_since_us > KEPT_US ||
        server->tokens_changes != office_changes(server->office))
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

/* --- requests of a browser */

/* Whether an Origin ("https://rooster.example") is of the host that was asked, as the browser or a proxy names it. */
static gboolean is_own_origin(const Exchange *exchange, const char *origin)
{
    static const char *const headers[] = {"Host", "X-Forwarded-Host"};
    const char *host = strstr(origin, "://");
    for (guint i = 0; host && i < G_N_ELEMENTS(headers); i++) {
        const char *asked = exchange_header(exchange, headers[i]);
        if (asked && !g_ascii_strcasecmp(asked, host + strlen("://")))
            return TRUE;
    }
    return FALSE;
}

/*
 * A browser sends the cookie with what another site makes it ask. SameSite=Strict is against that; so is a header that
 * a foreign page may not set without asking us first, which we never allow, and the origin that browsers tell.
 */
gboolean access_is_ours(Exchange *exchange)
{
    const char *origin = exchange_header(exchange, "Origin"), *site = exchange_header(exchange, "Sec-Fetch-Site");
    if (exchange_header(exchange, "X-Rooster") && (!origin || is_own_origin(exchange, origin)) &&
        (!site || g_str_equal(site, "same-origin") || g_str_equal(site, "none")))
        return TRUE;
    exchange_reply_problem(exchange, MHD_HTTP_FORBIDDEN, "forbidden",
                           "with a session, only our own pages write: the header X-Rooster, and no foreign Origin",
                           NULL);
    return FALSE;
}

/* --- the check */

static gboolean is_look(const Exchange *exchange)
{
    return g_str_equal(exchange->method, "GET") || g_str_equal(exchange->method, "HEAD");
}

static void refuse(Exchange *exchange, const char *secret, const Token *token)
{
    const char *detail = !secret                     ? "sign in, or say it in the header Authorization: Bearer TOKEN"
                         : token && token->revoked_s ? "this token was revoked"
                         : token && token->use == TOKEN_SESSION ? "this session has ended: sign in again"
                                                                : "this token is not known here";
    exchange_reply_problem(exchange, MHD_HTTP_UNAUTHORIZED, "unauthorized", detail, NULL);
}

gboolean access_check(Exchange *exchange)
{
    g_autoptr(GError) error = NULL;
    HttpServer *server = exchange->server;
    const char *secret = bearer_of(exchange);
    TokenUse use = secret ? TOKEN_API : TOKEN_SESSION;
    if (!secret)
        secret = MHD_lookup_connection_value(exchange->connection, MHD_COOKIE_KIND, SESSION_COOKIE);
    const Token *token = secret ? access_token(server, secret, &error) : NULL;
    if (error) {
        exchange_reply_error(exchange, error, NULL);
        return FALSE;
    }
    if (!token || token->use != use || token->role == TOKEN_OPEN ||
        !token_is_valid(token, office_now_s(server->office))) {
        refuse(exchange, secret, token);
        return FALSE;
    }
    if (use == TOKEN_SESSION && !is_look(exchange) && !access_is_ours(exchange))
        return FALSE;
    exchange->token = token_copy(token);
    exchange->actor_name =
        g_strdup_printf("%s:%s", token_role_name(token->role), token->role == TOKEN_PLANNER ? token->id : token->owner);
    office_token_used(server->office, token);
    return TRUE;
}

Actor access_actor(const Exchange *exchange)
{
    static const ActorRole roles[] = {ACTOR_PLANNER, ACTOR_WORKER, ACTOR_COOP};
    return (Actor){roles[exchange->token->role], exchange->token->owner, exchange->actor_name};
}
