#include "act_parts.h"
#include "json_put.h"

#include <string.h>

SENTENCE_ERRORS(act_error)

/* A desk that somebody else writes to while an act looks at it is looked at again, but not for ever. */
enum { ATTEMPTS_MOST = 5 };

void act_answer_clear(ActAnswer *answer)
{
    if (answer->body)
        json_decref(answer->body);
    if (answer->details)
        json_decref(answer->details);
    act_proposal_free(answer->proposal);
    *answer = (ActAnswer){.version = -1};
}

void act_proposal_free(ActProposal *proposal)
{
    if (!proposal)
        return;
    g_free(proposal->record);
    g_free(proposal);
}

const char *actor_role_name(ActorRole role)
{
    static const char *const names[ACTOR_ROLES] = {"planner", "worker", "coop"};
    return names[role];
}

const Act *act_find(const char *name)
{
    for (const Act *act = act_table; act->name; act++)
        if (g_str_equal(act->name, name))
            return act;
    return NULL;
}

/* --- requests that come twice */

static char *owner_of(const Actor *actor)
{
    return g_strdup_printf("%s:%s", actor_role_name(actor->role), actor->id);
}

static char *fingerprint_of(const ActRun *run)
{
    g_autofree char *asked = json_dumps(run->arguments, JSON_SORT_KEYS | JSON_COMPACT);
    g_autofree char *whole = g_strconcat(run->request->act->name, "\n", asked, NULL);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, whole, -1);
}

/* The answer that was given to the same request before. *is_known FALSE if there was none. */
static gboolean answer_again(ActRun *run, gboolean *is_known, GError **error)
{
    g_autofree char *owner = owner_of(&run->request->actor);
    g_autoptr(GError) reason = NULL;
    KeptAnswer *kept = store_find_answer(run->desk->store, owner, run->request->key, &reason);
    *is_known = kept != NULL;
    if (!kept && g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND))
        return TRUE;
    if (!kept) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return FALSE;
    }
    g_autofree char *fingerprint = fingerprint_of(run);
    gboolean is_same = g_str_equal(kept->fingerprint, fingerprint);
    json_t *whole = is_same ? json_loads(kept->body, 0, NULL) : NULL;
    kept_answer_free(kept);
    if (!whole) {
        g_set_error(error, ACT_ERROR, ACT_ERROR_REUSED, "the key %s was used for another request; take a new one",
                    run->request->key);
        return FALSE;
    }
    act_answer_clear(run->answer);
    run->answer->body = json_incref(json_object_get(whole, "body"));
    run->answer->version = json_integer_value(json_object_get(whole, "version"));
    run->answer->is_created = json_is_true(json_object_get(whole, "is_created"));
    run->answer->is_repeat = TRUE;
    json_decref(whole);
    return TRUE;
}

static gboolean keep_answer(ActRun *run, GError **error)
{
    json_t *whole = json_object();
    json_put(whole, "body", json_incref(run->answer->body));
    json_put(whole, "version", json_integer(run->answer->version));
    json_put(whole, "is_created", json_boolean(run->answer->is_created));
    g_autofree char *owner = owner_of(&run->request->actor);
    g_autofree char *fingerprint = fingerprint_of(run);
    g_autofree char *key = g_strdup(run->request->key);
    g_autofree char *body = json_dumps(whole, JSON_COMPACT);
    json_decref(whole);
    KeptAnswer kept = {owner, key, fingerprint, body, run->desk->now_s};
    return store_keep_answer(run->desk->store, &kept, error);
}

/* --- the transaction of a write */

gboolean act_begin(ActRun *run, GError **error)
{
    int64_t version = 0;
    if (!store_begin(run->desk->store, error))
        return FALSE;
    run->is_writing = TRUE;
    if (!store_version(run->desk->store, &version, error))
        return FALSE;
    if (version != run->desk->version) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT, "the pool was changed meanwhile");
        return FALSE;
    }
    return TRUE;
}

gboolean act_commit(ActRun *run, GError **error)
{
    g_assert(run->is_writing && run->answer->body);
    if (run->request->key && !keep_answer(run, error))
        return FALSE;
    if (!store_commit(run->desk->store, error))
        return FALSE;
    run->is_writing = FALSE;
    return TRUE;
}

/* --- doing it */

/* What an act meets of the world, in the words of those who asked. */
static void translate(GError **error)
{
    GError *reason = *error;
    *error = NULL;
    if (g_error_matches(reason, DESK_ERROR, DESK_ERROR_UNKNOWN) ||
        g_error_matches(reason, DESK_ERROR, DESK_ERROR_EMPTY) ||
        g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND)) {
        sentence_pass_error(error, ACT_ERROR, ACT_ERROR_NOT_FOUND, reason);
    } else if (g_error_matches(reason, DESK_ERROR, DESK_ERROR_STALE) ||
               g_error_matches(reason, STORE_ERROR, STORE_ERROR_CONFLICT)) {
        sentence_pass_error(error, ACT_ERROR, ACT_ERROR_STALE, reason);
    } else {
        *error = reason;
        return;
    }
    g_error_free(reason);
}

static gboolean attempt(ActRun *run, GError **error)
{
    gboolean is_known = FALSE;
    act_answer_clear(run->answer);
    if (!desk_refresh(run->desk, error))
        return FALSE;
    if (run->request->key && !answer_again(run, &is_known, error))
        return FALSE;
    gboolean is_done = is_known || run->request->act->run(run, error);
    if (run->is_writing) {
        g_assert(!is_done);
        store_rollback(run->desk->store);
        run->is_writing = FALSE;
    }
    run->answer->pool_version = run->desk->version;
    return is_done;
}

static gboolean may_do(const ActRequest *request, GError **error)
{
    if (!(request->act->roles & 1U << request->actor.role))
        return act_refuse(error, ACT_ERROR_FORBIDDEN, "%s may not do this", request->actor.name);
    if (request->key && request->act->has_secret)
        return act_refuse(error, ACT_ERROR_INVALID, "what this answers is shown once: it takes no Idempotency-Key");
    return TRUE;
}

gboolean act_request_writes(const ActRequest *request)
{
    return request->act->is_write && !json_is_true(json_object_get(request->arguments, "is_trial"));
}

gboolean act_is_sound(const Desk *desk, const ActRequest *request, GError **error)
{
    json_t *arguments = may_do(request, error) ? act_arguments_check(desk, request, error) : NULL;
    if (arguments)
        json_decref(arguments);
    return arguments != NULL;
}

gboolean act_run(Desk *desk, const ActRequest *request, ActAnswer *answer, GError **error)
{
    ActRun run = {.desk = desk, .request = request, .answer = answer};
    gboolean is_done = FALSE;
    *answer = (ActAnswer){.version = -1};
    g_assert(!request->key || request->act->is_write);
    if (!may_do(request, error) || !desk_refresh(desk, error))
        return FALSE;
    run.arguments = act_arguments_check(desk, request, error);
    for (int attempts = 0; run.arguments && !is_done && attempts < ATTEMPTS_MOST; attempts++) {
        g_autoptr(GError) reason = NULL;
        is_done = attempt(&run, &reason);
        gboolean is_lost_race = g_error_matches(reason, STORE_ERROR, STORE_ERROR_CONFLICT);
        if (is_done || (is_lost_race && attempts + 1 < ATTEMPTS_MOST))
            continue;
        translate(&reason);
        g_propagate_error(error, g_steal_pointer(&reason));
        break;
    }
    if (run.arguments)
        json_decref(run.arguments);
    return is_done;
}
