/*
 * Signing in: the code of a link (a token of use TOKEN_LINK, in an address that a person was sent) is exchanged, once,
 * for a session (a token of use TOKEN_SESSION, which a browser keeps). Both are in the store's list of tokens, and end
 * as every token does.
 */
#ifndef ROOSTER_SESSION_H
#define ROOSTER_SESSION_H

#include "rooster/desk.h"

G_BEGIN_DECLS

#define SIGN_IN_ERROR (sign_in_error_quark())
GQuark sign_in_error_quark(void);
typedef enum SignInError {
    SIGN_IN_ERROR_CODE /* not known, used already, ended, or too old; which of them is nobody's business */
} SignInError;

/*
 * The session of the code's owner, whose *secret is shown this once; the code is good no more. label: what it is known
 * by in lists, such as the browser's name. Callers free. NULL: SIGN_IN_ERROR_CODE or the store's.
 */
Token *sign_in(Desk *desk, const char *code, const char *label, char **secret, GError **error);

G_END_DECLS

#endif
