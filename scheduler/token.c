#include "rooster/token.h"

#include "kind_names.h"
#include "secret.h"

#define SECRET_BYTES  32
#define SECRET_PREFIX "rst_" /* so that scanners for leaked secrets find it */

KIND_NAMES(TokenRole, token_role, "planner", "worker", "coop", "open")
KIND_NAMES(TokenUse, token_use, "api", "feed", "link", "session")

/* base64url without padding (RFC 4648, 5): it stands in a URL as it is. */
static char *secret_text(const guint8 *bytes, gsize count)
{
    g_autofree char *base64 = g_base64_encode(bytes, count);
    base64[strcspn(base64, "=")] = '\0';
    g_strdelimit(base64, "+", '-');
    g_strdelimit(base64, "/", '_');
    return g_strconcat(SECRET_PREFIX, base64, NULL);
}

Token *token_new(TokenUse use, TokenRole role, const char *owner, const char *label, int64_t now_s, char **secret)
{
    gboolean has_owner = role == TOKEN_WORKER || role == TOKEN_COOP;
    g_assert(has_owner == (owner && *owner));
    guint8 bytes[SECRET_BYTES];
    secret_bytes(bytes, sizeof bytes);
    *secret = secret_text(bytes, sizeof bytes);
    Token *token = g_new0(Token, 1);
    *token = (Token){.id = secret_name("t"),
                     .hash = token_hash(*secret),
                     .use = use,
                     .role = role,
                     .owner = g_strdup(owner ? owner : ""),
                     .label = g_strdup(label ? label : ""),
                     .created_s = now_s};
    return token;
}

Token *token_copy(const Token *token)
{
    Token *copy = g_memdup2(token, sizeof *token);
    copy->id = g_strdup(token->id);
    copy->hash = g_strdup(token->hash);
    copy->owner = g_strdup(token->owner);
    copy->label = g_strdup(token->label);
    return copy;
}

void token_free(Token *token)
{
    if (!token)
        return;
    g_free(token->id);
    g_free(token->hash);
    g_free(token->owner);
    g_free(token->label);
    g_free(token);
}

gboolean token_is_valid(const Token *token, int64_t now_s)
{
    enum { DAY_S = 86400 };
    static const int64_t lives_s[] = {[TOKEN_LINK] = DAY_S, [TOKEN_SESSION] = 30 * DAY_S};
    int64_t life_s = token->use == TOKEN_LINK || token->use == TOKEN_SESSION ? lives_s[token->use] : INT64_MAX;
    return !token->revoked_s && (life_s == INT64_MAX || now_s - token->created_s < life_s);
}

char *token_hash(const char *secret)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, secret, -1);
}
