#include "act_react.h"

#include "json_put.h"
#include "rooster/disturb.h"

#include <stdlib.h>

#define ANSWER_S 0.85 /* of the second in which it is promised; the rest is for a machine that does other things too   \
                       */
#define OFFER_S (4 * 3600)

enum { CANDIDATES_BESIDE = 5 }; /* asked besides as many as there are places */

RepairOptions act_repair_options(const ActRun *run)
{
    return (RepairOptions){
        .seconds = ANSWER_S,
        .patience = {run->request->asked_us, run->request->asked_us ? ANSWER_S : 0},
        .program = run->request->program,
        .is_unrecorded = run->desk->pool->accept == ACCEPT_ASK, /* who takes the answer later takes the people alone */
    };
}

gboolean act_disturb_error(GError *reason, GError **error)
{
    gboolean is_input = reason->domain == POOL_ERROR || reason->domain == DISTURB_ERROR;
    gboolean is_plan = g_error_matches(reason, PLAN_ERROR, PLAN_ERROR_PINS);
    if (!is_input && !is_plan) {
        g_propagate_error(error, reason);
        return FALSE;
    }
    sentence_pass_error(error, ACT_ERROR, is_plan ? ACT_ERROR_REFUSED : ACT_ERROR_INVALID, reason);
    g_error_free(reason);
    return FALSE;
}

gboolean reaction_needs_consent(const Reaction *reaction)
{
    for (guint i = 0; i < reaction->answers->len; i++)
        if (((const RepairAnswer *)g_ptr_array_index(reaction->answers, i))->consents->len > 0)
            return TRUE;
    return FALSE;
}

/* --- telling */

Telling *telling_new(const Desk *desk)
{
    Telling *telling = g_new0(Telling, 1);
    telling->desk = desk;
    telling->messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    return telling;
}

void telling_free(Telling *telling)
{
    if (!telling)
        return;
    g_ptr_array_unref(telling->messages);
    g_free(telling);
}

void tell_case(Telling *telling, const char *owner_kind, const char *owner, const char *kind, const Case *some)
{
    const Pool *pool = telling->desk->pool;
    json_t *body = json_object();
    json_put(body, "kind", json_text(kind));
    json_put(body, "pool", json_text(pool->id));
    json_put_taken(body, "week", iso_week_format(some->week));
    json_put_taken(body, "at", utc_format(telling->desk->now_s / 60));
    json_put(body, "case", json_text(some->id));
    json_put(body, "state", json_text(case_state_name(some->state)));
    json_put(body, "shift", json_text(some->shift));
    if (some->due_s)
        json_put_taken(body, "due", utc_format(some->due_s / 60));
    else
        json_put(body, "due", json_null());
    char *text = json_dumps(body, JSON_COMPACT);
    json_decref(body);
    g_autofree char *topic =
        owner ? g_strdup_printf("%s/%s/events", owner_kind, owner) : g_strdup_printf("%s/events", owner_kind);
    g_autofree char *id = g_strdup_printf("%s-%s-v%d-%s", pool->id, some->id, some->version + 1, kind);
    g_ptr_array_add(telling->messages, message_new(id, topic, text, FALSE, telling->desk->now_s));
    free(text);
}

gboolean tell_all(Telling *telling, GError **error)
{
    return store_append_messages(telling->desk->store, telling->messages, error);
}

/* --- cases */

gboolean act_move_case(ActRun *run, Case *some, CaseState state, const char *what, GError **error)
{
    g_autoptr(AuditEntry) audit =
        desk_audit(run->desk, run->request->actor.name, what, "case %s is %s", some->id, case_state_name(state));
    some->state = state;
    some->changed_s = run->desk->now_s;
    return store_save_case(run->desk->store, some, audit, error);
}

Case *act_waiting_case(const ActRun *run, guint kinds, GError **error)
{
    g_autoptr(GError) reason = NULL;
    const char *id = act_text(run, "case", "");
    g_autoptr(Case) some = store_load_case(run->desk->store, id, &reason);
    if (!some && !g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    const Actor *actor = &run->request->actor;
    gboolean is_theirs = some && (actor->role == ACTOR_PLANNER || g_strcmp0(actor->id, some->worker) == 0);
    if (!is_theirs || !(kinds & 1U << some->kind)) {
        act_refuse(error, ACT_ERROR_NOT_FOUND, "there is no such case %s", id);
        return NULL;
    }
    if (some->state != CASE_WAITING) {
        act_refuse(error, ACT_ERROR_REFUSED, "case %s does not wait any more: it is %s", id,
                   case_state_name(some->state));
        return NULL;
    }
    return g_steal_pointer(&some);
}

/* --- offers */

gboolean act_make_offer(ActRun *run, const Pool *pool, guint index, guint worker, const char *about, Telling *telling,
                        GError **error)
{
    const Shift *shift = pool_shift(pool, index);
    g_autoptr(Case) offer = case_new(CASE_OFFER, shift->week, run->desk->now_s);
    case_set(&offer->coop, pool_coop(pool, shift->coop)->id);
    case_set(&offer->worker, pool_worker(pool, worker)->id);
    case_set(&offer->shift, shift->id);
    case_set(&offer->about, about);
    offer->due_s = MIN(run->desk->now_s + OFFER_S, shift->start_min * 60);
    g_autoptr(AuditEntry) audit =
        desk_audit(run->desk, run->request->actor.name, "offer", "shift %s worker %s", offer->shift, offer->worker);
    tell_case(telling, "worker", offer->worker, "offer", offer);
    return store_save_case(run->desk->store, offer, audit, error);
}

gboolean act_make_offers(ActRun *run, const Reaction *reaction, const Case *about, Telling *telling, guint *count,
                         GError **error)
{
    *count = 0;
    for (guint i = 0; i < reaction->answers->len; i++) {
        const GPtrArray *consents = ((const RepairAnswer *)g_ptr_array_index(reaction->answers, i))->consents;
        for (guint k = 0; k < consents->len; k++) {
            const RepairConsent *consent = g_ptr_array_index(consents, k);
            guint most = MIN(consent->workers->len, consent->places + CANDIDATES_BESIDE);
            for (guint c = 0; c < most; c++, ++*count) {
                const RepairCandidate *candidate = g_ptr_array_index(consent->workers, c);
                if (!act_make_offer(run, reaction->pool, consent->shift, candidate->worker, about->id, telling, error))
                    return FALSE;
            }
        }
    }
    return TRUE;
}

gboolean act_close_offers(ActRun *run, const char *about, const char *shift, const char *but, CaseState state,
                          Telling *telling, GError **error)
{
    CaseFilter filter = {.kinds = 1U << CASE_OFFER, .states = 1U << CASE_WAITING, .about = about, .shift = shift};
    g_autoptr(GPtrArray) offers = store_find_cases(run->desk->store, &filter, error);
    for (guint i = 0; offers && i < offers->len; i++) {
        Case *offer = g_ptr_array_index(offers, i);
        if (but && g_str_equal(offer->id, but))
            continue;
        if (!act_move_case(run, offer, state, "offer", error))
            return FALSE;
        tell_case(telling, "worker", offer->worker, "offer_closed", offer);
    }
    return offers != NULL;
}

/* --- settling */

/* What nobody comes or goes for: there is nothing to decide. */
static gboolean is_settled_already(const Reaction *reaction)
{
    for (guint i = 0; i < reaction->answers->len; i++) {
        const RepairAnswer *answer = g_ptr_array_index(reaction->answers, i);
        if (answer->outcome != REPAIR_FILLED || repair_changes_something(answer))
            return FALSE;
    }
    return TRUE;
}

static gboolean may_publish(const ActRun *run, const Reaction *reaction, gboolean *may, GError **error)
{
    gboolean has_draft = FALSE;
    IsoWeek week;
    *may = FALSE;
    if (!reaction_has_draft(reaction, &has_draft, &week, error))
        return FALSE;
    gboolean is_free = run->desk->pool->accept == ACCEPT_AUTO || is_settled_already(reaction);
    *may = is_free && !has_draft && !reaction_needs_consent(reaction);
    return TRUE;
}

/* The answer waits in the case, so that it can be shown and taken: the planner's view of it and the coop's. */
static void keep_answer(Case *opened, const Reaction *reaction, gboolean is_published)
{
    static const Actor planner = {.role = ACTOR_PLANNER, .id = "", .name = ""};
    static const Actor coop = {.role = ACTOR_COOP, .id = "", .name = ""};
    json_t *body = json_loads(opened->body, 0, NULL);
    json_put(body, "answer", act_json_reaction(reaction, &planner, is_published));
    json_put(body, "told", act_json_reaction(reaction, &coop, is_published));
    char *text = json_dumps(body, JSON_COMPACT);
    case_set(&opened->body, text);
    free(text);
    json_decref(body);
}

static CaseState state_of(const Reaction *reaction, gboolean is_published)
{
    return is_published || reaction->answers->len == 0 ? CASE_ACCEPTED : CASE_WAITING;
}

/* is_published: it is so already; of a trial, it would be. */
static void put_body(ActRun *run, const Reaction *reaction, const Case *opened, gboolean is_published,
                     gboolean is_trial)
{
    json_t *body = run->answer->body = json_object();
    json_put(body, "case", is_trial ? json_null() : json_text(opened->id));
    json_put(body, "state", json_text(case_state_name(state_of(reaction, is_published))));
    json_put(body, "shift", json_text(opened->shift));
    json_put(body, "weeks", act_json_reaction(reaction, &run->request->actor, is_published && !is_trial));
    run->answer->is_created = !is_trial;
}

gboolean act_settle_trial(ActRun *run, const Reaction *reaction, const Case *opened, GError **error)
{
    gboolean is_published = FALSE;
    if (!may_publish(run, reaction, &is_published, error))
        return FALSE;
    put_body(run, reaction, opened, is_published, TRUE);
    return TRUE;
}

/* What was asked of the same shift before, and waits, is no longer asked. */
static gboolean withdraw_earlier(ActRun *run, const Case *opened, Telling *telling, GError **error)
{
    CaseFilter filter = {.kinds = 1U << CASE_SPIKE, .states = 1U << CASE_WAITING, .shift = opened->shift};
    if (opened->kind != CASE_SPIKE)
        return TRUE;
    g_autoptr(GPtrArray) earlier = store_find_cases(run->desk->store, &filter, error);
    for (guint i = 0; earlier && i < earlier->len; i++) {
        Case *some = g_ptr_array_index(earlier, i);
        if (!act_close_offers(run, some->id, NULL, NULL, CASE_LOST, telling, error) ||
            !act_move_case(run, some, CASE_WITHDRAWN, "withdraw", error))
            return FALSE;
        tell_case(telling, "coop", some->coop, "spike_answered", some);
        tell_case(telling, "planner", NULL, "case_closed", some);
    }
    return earlier != NULL;
}

gboolean act_settle(ActRun *run, const Reaction *reaction, Case *opened, GError **error)
{
    gboolean is_published = FALSE;
    guint offers = 0;
    g_autoptr(Telling) telling = telling_new(run->desk);
    const char *kind = case_kind_name(opened->kind);
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, kind, "case %s", opened->id);
    if (!act_begin(run, error) || !may_publish(run, reaction, &is_published, error) ||
        !reaction_save_pool(reaction, audit, error) || !withdraw_earlier(run, opened, telling, error))
        return FALSE;
    if (is_published && !reaction_publish(reaction, audit, error))
        return FALSE;
    opened->state = state_of(reaction, is_published);
    keep_answer(opened, reaction, is_published);
    if (!store_save_case(run->desk->store, opened, audit, error))
        return FALSE;
    if (opened->state == CASE_WAITING && run->desk->pool->accept == ACCEPT_AUTO && reaction_needs_consent(reaction) &&
        !act_make_offers(run, reaction, opened, telling, &offers, error))
        return FALSE;
    tell_case(telling, "planner", NULL, kind, opened);
    if (*opened->coop)
        tell_case(telling, "coop", opened->coop, "spike_answered", opened);
    put_body(run, reaction, opened, is_published, FALSE);
    return tell_all(telling, error) && act_commit(run, error);
}
