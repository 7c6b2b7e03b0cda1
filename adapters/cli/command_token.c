#include "command.h"

#include <string.h>

/* --- what is asked for */

/* The role of --role, and whose: --worker or --coop, "" for the others. */
static gboolean read_owner(const Session *session, TokenRole *role, const char **owner, GError **error)
{
    const char *text = session->options.role;
    guint index = 0;
    *owner = "";
    if (text == NULL || !token_role_parse(text, role)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --role: %s is not planner, worker, coop or open",
                    text != NULL ? text : "nothing");
        return FALSE;
    }
    if ((*role != TOKEN_WORKER && session->options.worker != NULL) ||
        (*role != TOKEN_COOP && session->options.coop != NULL)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "a token of role %s is not of one %s", text,
                    session->options.worker != NULL ? "worker" : "coop");
        return FALSE;
    }
    if (*role == TOKEN_WORKER) {
        *owner = session->options.worker;
        return session_worker(session, &index, error);
    }
    if (*role == TOKEN_COOP) {
        *owner = session->options.coop;
        return session_coop(session, &index, error);
    }
    return TRUE;
}

/* Planners have no calendar of their own, and the open shifts are nothing but one. */
static gboolean read_use(const Session *session, TokenRole role, TokenUse *use, GError **error)
{
    *use = session->options.is_feed ? TOKEN_FEED : session->options.is_link ? TOKEN_LINK : TOKEN_API;
    if (session->options.is_feed && session->options.is_link) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "options --feed and --link: a token opens one door; take one");
        return FALSE;
    }
    if (*use == TOKEN_FEED && role == TOKEN_PLANNER) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    "a planner has no feed; those of workers, coops and open shifts do");
        return FALSE;
    }
    if (*use != TOKEN_FEED && role == TOKEN_OPEN) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "the open shifts have a feed and nothing else; add --feed");
        return FALSE;
    }
    return TRUE;
}

/* --- the three of it */

static ExitCode create(Session *session, GError **error)
{
    TokenRole role = TOKEN_PLANNER;
    TokenUse use = TOKEN_API;
    const char *owner = "";
    g_autofree char *secret = NULL;
    /* A planner's may be made before there is a pool: to bring it in over the API. */
    gboolean is_planner = session->options.role != NULL && g_str_equal(session->options.role, "planner");
    if (!(is_planner ? session_open_empty(session, error) : session_open(session, error)) ||
        !read_owner(session, &role, &owner, error) || !read_use(session, role, &use, error))
        return EXIT_BY_ERROR;
    g_autoptr(Token) token = token_new(use, role, owner, session->options.label, session->desk.now_s, &secret);
    g_autoptr(AuditEntry) audit = session_audit(session, "token create", "%s %s %s %s", token->id, token_use_name(use),
                                                token_role_name(role), owner);
    if (!store_add_token(session->desk.store, token, audit, error))
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    report_fact(report, "token", token->id);
    report_fact(report, "use", token_use_name(use));
    report_fact(report, "role", token_role_name(role));
    report_fact(report, "owner", owner);
    report_fact(report, "secret", secret);
    report_line(report, "Token %s, shown this once:\n\n  %s", token->id, secret);
    if (use == TOKEN_FEED)
        report_line(report, "\nThe service has its calendar at /feeds/%s.ics", secret);
    else if (use == TOKEN_LINK)
        report_line(report, "\nIt signs in once, within a day, at /#%s behind the service's address", secret);
    report_print(report);
    return EXIT_DONE;
}

static ExitCode list(Session *session, GError **error)
{
    static const Column columns[] = {{"token", "Token", 0},
                                     {"use", "Use", 0},
                                     {"role", "Role", 0},
                                     {"owner", "Whose", 0},
                                     {"label", "Label", COLUMN_CUT},
                                     {"created", "Created", 0},
                                     {"used", "Last used", 0},
                                     {"is_revoked", "Ended", 0}};
    if (!session_open(session, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) tokens = store_load_tokens(session->desk.store, error);
    if (tokens == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    Table *table = report_table(report, FOR_ALL, "tokens", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Nobody has a token yet; `rooster token create` makes one.");
    for (guint index = 0; index < tokens->len; index++) {
        const Token *token = g_ptr_array_index(tokens, index);
        table_text(table, token->id);
        table_text(table, token_use_name(token->use));
        table_text(table, token_role_name(token->role));
        table_text(table, token->owner);
        table_text(table, token->label);
        table_time(table, session->desk.pool->zone, token->created_s / 60);
        if (token->used_s > 0)
            table_time(table, session->desk.pool->zone, token->used_s / 60);
        else
            table_none(table);
        table_flag(table, token->revoked_s != 0, "ended");
    }
    report_print(report);
    return EXIT_DONE;
}

static ExitCode end_token(Session *session, const char *id, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!session_open(session, error))
        return EXIT_BY_ERROR;
    g_autoptr(AuditEntry) audit = session_audit(session, "token revoke", "%s", id);
    if (!store_revoke_token(session->desk.store, id, session->desk.now_s, audit, &reason)) {
        if (g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND))
            g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "no token %s; `rooster token list` shows them", id);
        else
            g_propagate_error(error, g_steal_pointer(&reason));
        return EXIT_BY_ERROR;
    }
    printf("Token %s opens nothing any more.\n", id);
    return EXIT_DONE;
}

ExitCode command_token(Session *session, char **arguments, GError **error)
{
    guint count = g_strv_length(arguments);
    if (g_str_equal(arguments[0], "create") && count == 1)
        return create(session, error);
    if (g_str_equal(arguments[0], "list") && count == 1)
        return list(session, error);
    if (g_str_equal(arguments[0], "revoke") && count == 2)
        return end_token(session, arguments[1], error);
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "usage: rooster token create | list | revoke TOKEN");
    return EXIT_BY_ERROR;
}
