/*
 * Tokens: what lets somebody in. 256 random bits, shown once when they are made; only their SHA-256 is kept, so nobody
 * who reads the database can use one. A revoked token stays known as revoked, and a feed by it answers "gone".
 */
#ifndef ROOSTER_TOKEN_H
#define ROOSTER_TOKEN_H

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Whose eyes and hands a token gives. TOKEN_OPEN reads the feed of the open shifts and nothing else; a planner has no
 * feed. */
typedef enum TokenRole { TOKEN_PLANNER, TOKEN_WORKER, TOKEN_COOP, TOKEN_OPEN } TokenRole;
/*
 * Each opens one door and no other. An API token never opens a feed, and a feed's (which calendar programs keep and
 * share) nothing but its feed. A link's is good once, soon, and for nothing but a session; a session's is kept by a
 * browser, as a cookie that no script can read.
 */
typedef enum TokenUse { TOKEN_API, TOKEN_FEED, TOKEN_LINK, TOKEN_SESSION } TokenUse;

typedef struct Token {
    char *id;   /* "t9f86d081e4b1": public, names the token in lists and for revoking; says nothing of the secret */
    char *hash; /* lower-case hexadecimal SHA-256 of the secret */
    TokenUse use;
    TokenRole role;
    char *owner; /* id of the worker or coop; "" for a planner and the open shifts */
    char *label; /* "phone of Amina"; "" if none */
    int64_t created_s;
    int64_t used_s;    /* last use, to about a minute; 0: never */
    int64_t revoked_s; /* 0: valid */
} Token;

/*
 * A fresh token at `now_s`; *secret is the only copy of what its holder must say: "rst_" and 43 letters of base64url,
 * fit for a URL. `owner` for a worker or coop alone, else NULL or ""; `label` may be NULL. Callers free.
 */
Token *token_new(TokenUse use, TokenRole role, const char *owner, const char *label, int64_t now_s, char **secret);
Token *token_copy(const Token *token);
void token_free(Token *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Token, token_free)

/* Not revoked, and not past the life of its use: a day for a link, thirty for a session, none for the others. */
gboolean token_is_valid(const Token *token, int64_t now_s);

/* The hash by which a secret is found. Caller frees. */
char *token_hash(const char *secret);

/* "planner", "worker", "coop", "open"; "api", "feed", "link", "session". Static. */
const char *token_role_name(TokenRole role);
gboolean token_role_parse(const char *text, TokenRole *role);
const char *token_use_name(TokenUse use);
gboolean token_use_parse(const char *text, TokenUse *use);

G_END_DECLS

#endif
