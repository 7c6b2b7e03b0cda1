/*
 * Signing in and out. The code of a link comes in a body, from a page that found it behind the # of its address; what
 * goes back is a cookie that no script can read and no other site can send.
 */
#include "server_parts.h"

#include "rooster/sign_in.h"

#include <string.h>

enum { LIFE_S = 30 * 86400 };

/* The rest of the browser's name is noise. Caller frees. */
static char *label_of(const Exchange *exchange)
{
    static const char *const browsers[] = {"Edg/", "Firefox/", "Chrome/", "Safari/"};
    static const char *const systems[] = {"Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux"};
    const char *agent = exchange_header(exchange, "User-Agent");
    const char *browser = "browser", *system = "";
    for (guint i = G_N_ELEMENTS(browsers); agent && i-- > 0;)
        if (strstr(agent, browsers[i]))
            browser = browsers[i];
    for (guint i = G_N_ELEMENTS(systems); agent && i-- > 0;)
        if (strstr(agent, systems[i]))
            system = systems[i];
    return g_strdup_printf("%.*s%s%s", (int)strcspn(browser, "/"), browser, *system ? ", " : "", system);
}

/* Secure where the browser came by https, which a proxy in front of us tells. */
static void set_cookie(Exchange *exchange, const char *secret, int64_t life_s)
{
    const char *scheme = exchange_header(exchange, "X-Forwarded-Proto");
    g_autofree char *cookie =
        g_strdup_printf(SESSION_COOKIE "=%s; Path=/; Max-Age=%" G_GINT64_FORMAT "; HttpOnly; SameSite=Strict%s", secret,
                        life_s, scheme && !g_ascii_strcasecmp(scheme, "https") ? "; Secure" : "");
    MHD_add_response_header(exchange->reply.response, "Set-Cookie", cookie);
}

void sessions_open(Exchange *exchange, char **values)
{
    (void)values;
    g_autoptr(GError) error = NULL;
    g_autofree char *secret = NULL, *label = label_of(exchange);
    if (!access_is_ours(exchange))
        return;
    json_t *body = routes_body(exchange);
    if (!body)
        return;
    const char *code = json_string_value(json_object_get(body, "code"));
    Desk *desk = code ? office_desk(exchange->server->office, &error) : NULL;
    g_autoptr(Token) session = desk ? sign_in(desk, code, label, &secret, &error) : NULL;
    json_decref(body);
    if (g_error_matches(error, SIGN_IN_ERROR, SIGN_IN_ERROR_CODE))
        exchange_reply_problem(exchange, MHD_HTTP_UNAUTHORIZED, "unauthorized", error->message, NULL);
    else if (error)
        exchange_reply_error(exchange, error, NULL);
    else if (!session)
        exchange_reply_problem(exchange, MHD_HTTP_UNPROCESSABLE_CONTENT, "invalid", "/code: what the link carries",
                               NULL);
    else {
        json_t *object = json_object();
        json_object_set_new(object, "role", json_string(token_role_name(session->role)));
        json_object_set_new(object, "id", json_string(session->owner));
        exchange_reply_json(exchange, MHD_HTTP_CREATED, object, NULL);
        set_cookie(exchange, secret, LIFE_S);
    }
}

void sessions_close(Exchange *exchange, char **values)
{
    (void)values;
    g_autoptr(GError) error = NULL;
    const Token *token = exchange->token;
    if (token->use != TOKEN_SESSION) {
        exchange_reply_problem(exchange, MHD_HTTP_UNPROCESSABLE_CONTENT, "refused",
                               "there is no session here to end; a token ends with DELETE /tokens/{token}", NULL);
        return;
    }
    Desk *desk = office_desk(exchange->server->office, &error);
    g_autoptr(AuditEntry) audit = desk ? desk_audit(desk, exchange->actor_name, "sign out", "%s", token->id) : NULL;
    if (!desk || !store_revoke_token(desk->store, token->id, desk->now_s, audit, &error)) {
        exchange_reply_error(exchange, error, NULL);
        return;
    }
    access_forget(exchange->server);
    json_t *object = json_object();
    json_object_set_new(object, "is_ended", json_true());
    exchange_reply_json(exchange, MHD_HTTP_OK, object, NULL);
    set_cookie(exchange, "", 0);
}
