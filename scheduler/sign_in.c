#include "rooster/sign_in.h"

G_DEFINE_QUARK(rooster - sign - in - error - quark, sign_in_error)

/* Within the transaction: of two who bring the same code at once, one finds it used. */
static Token *exchange(Desk *desk, const char *code, const char *label, char **secret, GError **error)
{
    g_autofree char *hash = token_hash(code);
    g_autoptr(GError) reason = NULL;
    g_autoptr(Token) link = store_find_token(desk->store, hash, &reason);
    if (!link && !g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    if (!link || link->use != TOKEN_LINK || !token_is_valid(link, desk->now_s)) {
        g_set_error(error, SIGN_IN_ERROR, SIGN_IN_ERROR_CODE,
                    "this link was used or has ended; ask for a new one where you got it");
        return NULL;
    }
    g_autoptr(Token) session = token_new(TOKEN_SESSION, link->role, link->owner, label, desk->now_s, secret);
    g_autoptr(AuditEntry) audit =
        desk_audit(desk, link->id, "sign in", "%s %s %s", session->id, token_role_name(link->role), link->owner);
    g_autoptr(AuditEntry) used = desk_audit(desk, link->id, "token revoke", "%s, used to sign in", link->id);
    if (!store_revoke_token(desk->store, link->id, desk->now_s, used, error) ||
        !store_add_token(desk->store, session, audit, error))
        return NULL;
    return g_steal_pointer(&session);
}

Token *sign_in(Desk *desk, const char *code, const char *label, char **secret, GError **error)
{
    *secret = NULL;
    if (!store_begin(desk->store, error))
        return NULL;
    Token *session = exchange(desk, code, label, secret, error);
    if (!session)
        store_rollback(desk->store);
    else if (!store_commit(desk->store, error))
        g_clear_pointer(&session, token_free);
    if (!session)
        g_clear_pointer(secret, g_free);
    return session;
}
