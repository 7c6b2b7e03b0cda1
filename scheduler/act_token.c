/*
 * Tokens and feeds: who gets in, and who has fetched what was published.
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

static json_t *json_of(const Token *token)
{
    json_t *object = json_object();
    json_put(object, "token", json_text(token->id));
    json_put(object, "use", json_text(token_use_name(token->use)));
    json_put(object, "role", json_text(token_role_name(token->role)));
    json_put(object, "owner", json_text(token->owner));
    json_put(object, "label", json_text(token->label));
    json_put_taken(object, "created", utc_format(token->created_s / 60));
    if (token->used_s)
        json_put_taken(object, "used", utc_format(token->used_s / 60));
    else
        json_put(object, "used", json_null());
    json_put(object, "is_revoked", json_boolean(token->revoked_s != 0));
    return object;
}

/* Planners see all; a worker or coop what opens their own things. */
static gboolean is_theirs(const Actor *actor, const Token *token)
{
    TokenRole role = actor->role == ACTOR_WORKER ? TOKEN_WORKER : TOKEN_COOP;
    return actor->role == ACTOR_PLANNER || (token->role == role && g_str_equal(token->owner, actor->id));
}

gboolean act_tokens(ActRun *run, GError **error)
{
    g_autoptr(GPtrArray) tokens = store_load_tokens(run->desk->store, error);
    if (!tokens)
        return FALSE;
    json_t *list = json_array();
    for (guint i = 0; i < tokens->len; i++)
        if (is_theirs(&run->request->actor, g_ptr_array_index(tokens, i)))
            json_array_append_new(list, json_of(g_ptr_array_index(tokens, i)));
    run->answer->body = json_object();
    json_put(run->answer->body, "tokens", list);
    return TRUE;
}

/* A fresh token into the store; the answer, which alone holds the secret, is not kept for a repeat. */
static gboolean add(ActRun *run, TokenUse use, TokenRole role, const char *owner, const char *label, GError **error)
{
    g_autofree char *secret = NULL;
    g_autoptr(Token) token = token_new(use, role, owner, label, run->desk->now_s, &secret);
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "token create", "%s %s %s %s",
                                             token->id, token_use_name(use), token_role_name(role), owner);
    if (!store_add_token(run->desk->store, token, audit, error))
        return FALSE;
    run->answer->body = json_of(token);
    json_put(run->answer->body, "secret", json_text(secret));
    if (use == TOKEN_FEED) {
        g_autofree char *path = g_strdup_printf("/feeds/%s.ics", secret);
        json_put(run->answer->body, "path", json_text(path));
    } else if (use == TOKEN_LINK) {
        /* Behind a #, which a browser sends to nobody: no log has it. */
        g_autofree char *path = g_strdup_printf("/#%s", secret);
        json_put(run->answer->body, "path", json_text(path));
    }
    run->answer->is_created = TRUE;
    return TRUE;
}

static gboolean owner_of(const ActRun *run, TokenRole role, const char **owner, GError **error)
{
    guint index;
    *owner = "";
    if (role == TOKEN_WORKER) {
        *owner = act_text(run, "worker", "");
        return act_worker(run, &index, error);
    }
    if (role == TOKEN_COOP) {
        *owner = act_text(run, "coop", "");
        return act_coop(run, &index, error);
    }
    return TRUE;
}

gboolean act_token_create(ActRun *run, GError **error)
{
    TokenUse use = TOKEN_API;
    TokenRole role = TOKEN_PLANNER;
    const char *owner = "";
    token_use_parse(act_text(run, "use", "api"), &use);
    token_role_parse(act_text(run, "role", ""), &role);
    if (use != TOKEN_FEED && role == TOKEN_OPEN)
        return act_refuse(error, ACT_ERROR_INVALID, "/role: the open shifts have a feed and nothing else");
    if (use == TOKEN_FEED && role == TOKEN_PLANNER)
        return act_refuse(error, ACT_ERROR_INVALID, "/use: a planner has no feed");
    return owner_of(run, role, &owner, error) && add(run, use, role, owner, act_text(run, "label", ""), error);
}

static gboolean end_token(ActRun *run, const char *id, GError **error)
{
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "token revoke", "%s", id);
    return store_revoke_token(run->desk->store, id, run->desk->now_s, audit, error);
}

gboolean act_token_revoke(ActRun *run, GError **error)
{
    const char *id = act_text(run, "token", "");
    g_autoptr(GPtrArray) tokens = store_load_tokens(run->desk->store, error);
    const Token *found = NULL;
    for (guint i = 0; tokens && i < tokens->len; i++) {
        const Token *token = g_ptr_array_index(tokens, i);
        if (g_str_equal(token->id, id) && is_theirs(&run->request->actor, token))
            found = token;
    }
    if (!tokens)
        return FALSE;
    if (!found)
        return act_refuse(error, ACT_ERROR_NOT_FOUND, "no token %s", id);
    if (!act_begin(run, error) || !end_token(run, id, error))
        return FALSE;
    run->answer->body = json_object();
    json_put(run->answer->body, "token", json_text(id));
    json_put(run->answer->body, "is_revoked", json_true());
    return act_commit(run, error);
}

/* --- feeds */

/* When each owner's calendar last changed: "worker/W1" -> int64_t * seconds. */
static GHashTable *changes_of(const GPtrArray *events)
{
    GHashTable *changes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(events, i);
        g_autofree char *owner = g_strdup_printf("%s/%s", feed_kind_name(event->kind), event->owner);
        int64_t *known = g_hash_table_lookup(changes, owner);
        if (!known)
            g_hash_table_insert(changes, g_steal_pointer(&owner), g_memdup2(&event->modified_s, sizeof(int64_t)));
        else
            *known = MAX(*known, event->modified_s);
    }
    return changes;
}

gboolean act_feeds(ActRun *run, GError **error)
{
    g_autoptr(GPtrArray) tokens = store_load_tokens(run->desk->store, error);
    g_autoptr(GPtrArray) events = tokens ? store_load_events(run->desk->store, FEED_OPEN, NULL, error) : NULL;
    if (!events)
        return FALSE;
    g_autoptr(GHashTable) changes = changes_of(events);
    json_t *list = json_array();
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = g_ptr_array_index(tokens, i);
        if (token->use != TOKEN_FEED || token->revoked_s || !is_theirs(&run->request->actor, token))
            continue;
        g_autofree char *owner = g_strdup_printf("%s/%s", token_role_name(token->role), token->owner);
        const int64_t *changed = g_hash_table_lookup(changes, owner);
        json_t *object = json_of(token);
        if (changed)
            json_put_taken(object, "changed", utc_format(*changed / 60));
        else
            json_put(object, "changed", json_null());
        json_put(object, "is_behind", json_boolean(changed && token->used_s < *changed));
        json_array_append_new(list, object);
    }
    run->answer->body = json_object();
    json_put(run->answer->body, "feeds", list);
    return TRUE;
}

/* A new address for one's calendar; every older one of the same is gone. */
gboolean act_feed_rotate(ActRun *run, GError **error)
{
    TokenRole role = TOKEN_PLANNER;
    const char *owner = "";
    if (act_has(run, "worker") == act_has(run, "coop"))
        return act_refuse(error, ACT_ERROR_INVALID, "whose calendar? Name one worker or one coop");
    role = act_has(run, "worker") ? TOKEN_WORKER : TOKEN_COOP;
    g_autoptr(GPtrArray) tokens = store_load_tokens(run->desk->store, error);
    if (!tokens || !owner_of(run, role, &owner, error) || !act_begin(run, error))
        return FALSE;
    for (guint i = 0; i < tokens->len; i++) {
        const Token *token = g_ptr_array_index(tokens, i);
        if (token->use == TOKEN_FEED && token->role == role && g_str_equal(token->owner, owner) && !token->revoked_s &&
            !end_token(run, token->id, error))
            return FALSE;
    }
    return add(run, TOKEN_FEED, role, owner, act_text(run, "label", "calendar"), error) && act_commit(run, error);
}
