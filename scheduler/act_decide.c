/* The planner decides about the answer to a spike or an absence; and what nobody answered in time ends. */
#include "act_react.h"
#include "act_swap_parts.h"
#include "acts.h"
#include "json_put.h"
#include "rooster/disturb.h"

#define DECIDABLE (1U << CASE_SPIKE | 1U << CASE_ABSENCE)

/* The changes that the case's answer holds for the week, as far as they still mean something. Of RosterChange. */
static GArray *kept_changes(const Pool *pool, const Case *some, IsoWeek week)
{
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(RosterChange));
    json_t *body = json_loads(some->body, 0, NULL), *answer, *kept;
    g_autofree char *name = iso_week_format(week);
    size_t i, k;
    json_array_foreach(json_object_get(body, "answer"), i, answer)
    {
        if (g_strcmp0(json_string_value(json_object_get(answer, "week")), name) != 0)
            continue;
        json_array_foreach(json_object_get(answer, "changes"), k, kept)
        {
            RosterChange change = {.is_added = json_is_true(json_object_get(kept, "is_added"))};
            if (pool_find_shift(pool, json_string_value(json_object_get(kept, "shift")), &change.shift) &&
                pool_find_worker(pool, json_string_value(json_object_get(kept, "worker")), &change.worker))
                g_array_append_val(changes, change);
        }
    }
    json_decref(body);
    return changes;
}

static gboolean ask_again(const Case *some, Reaction *reaction, IsoWeek week, const GArray *shifts,
                          const RepairOptions *options, GError **error)
{
    GError *reason = NULL;
    g_autoptr(GArray) wanted = kept_changes(reaction->pool, some, week);
    return reaction_ask(reaction, week, shifts, wanted, options, &reason) || act_disturb_error(reason, error);
}

/* The spike's shift as it is asked today. */
static gboolean ask_spike(const Case *some, Reaction *reaction, const RepairOptions *options, GError **error)
{
    guint index = 0;
    if (!pool_find_shift(reaction->pool, some->shift, &index) || !reaction_published(reaction, some->week))
        return TRUE;
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(shifts, index);
    return ask_again(some, reaction, some->week, shifts, options, error);
}

static gboolean ask_absence(const Case *some, Reaction *reaction, const RepairOptions *options, GError **error)
{
    guint worker = 0;
    json_t *body = json_loads(some->body, 0, NULL);
    int64_t from_min = MAX(json_integer_value(json_object_get(body, "from_min")), reaction->desk->now_s / 60);
    int64_t until_min = json_integer_value(json_object_get(body, "until_min"));
    json_decref(body);
    for (guint i = 0; pool_find_worker(reaction->pool, some->worker, &worker) && i < reaction->desk->published->len;
         i++) {
        const Roster *roster = g_ptr_array_index(reaction->desk->published, i);
        g_autoptr(GArray) left = disturb_left_shifts(reaction->pool, roster, worker, from_min, until_min);
        if (left->len > 0 && !ask_again(some, reaction, roster->week, left, options, error))
            return FALSE;
    }
    return TRUE;
}

/*
 * The answer on today's state: what was proposed, where it is still lawful, else a new one. The pool is today's, as
 * what happened is in it since it was told.
 */
static Reaction *answer_today(ActRun *run, const Case *some, GError **error)
{
    RepairOptions options = act_repair_options(run);
    PoolChange nothing = {0};
    Pool *pool = pool_copy_changed(run->desk->pool, &nothing, error);
    if (!pool)
        return NULL;
    g_autoptr(Reaction) reaction = reaction_new(run->desk, pool);
    gboolean is_asked = some->kind == CASE_SPIKE ? ask_spike(some, reaction, &options, error)
                                                 : ask_absence(some, reaction, &options, error);
    return is_asked ? g_steal_pointer(&reaction) : NULL;
}

static gboolean refuse_over_draft(const Reaction *reaction, GError **error)
{
    gboolean has_draft = FALSE;
    IsoWeek week;
    if (!reaction_has_draft(reaction, &has_draft, &week, error))
        return FALSE;
    if (!has_draft)
        return TRUE;
    g_autofree char *name = iso_week_format(week);
    return act_refuse(error, ACT_ERROR_REFUSED,
                      "%s has a draft, which this would end: publish it or take it back first", name);
}

static gboolean publish(ActRun *run, const Reaction *reaction, Case *some, Telling *telling, GError **error)
{
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "publish", "case %s", some->id);
    if (!reaction_publish(reaction, audit, error) ||
        !act_close_offers(run, some->id, NULL, NULL, CASE_LOST, telling, error) ||
        !act_move_case(run, some, CASE_ACCEPTED, "case accept", error))
        return FALSE;
    if (*some->coop)
        tell_case(telling, "coop", some->coop, "spike_answered", some);
    tell_case(telling, "planner", NULL, "case_closed", some);
    return TRUE;
}

gboolean act_case_accept(ActRun *run, GError **error)
{
    guint asked = 0;
    g_autoptr(Telling) telling = telling_new(run->desk);
    g_autoptr(Case) some = act_waiting_case(run, DECIDABLE, error);
    g_autoptr(Reaction) reaction = some ? answer_today(run, some, error) : NULL;
    if (!reaction || !refuse_over_draft(reaction, error) || !act_begin(run, error))
        return FALSE;
    gboolean is_free = !reaction_needs_consent(reaction) || act_flag(run, "is_agreed", FALSE);
    gboolean is_done = is_free ? publish(run, reaction, some, telling, error)
                               : act_close_offers(run, some->id, NULL, NULL, CASE_LOST, telling, error) &&
                                     act_make_offers(run, reaction, some, telling, &asked, error);
    if (!is_done)
        return FALSE;
    run->answer->body = json_object();
    json_put(run->answer->body, "case", json_text(some->id));
    json_put(run->answer->body, "state", json_text(case_state_name(some->state)));
    json_put(run->answer->body, "asked", json_integer(asked));
    json_put(run->answer->body, "weeks", act_json_reaction(reaction, &run->request->actor, is_free));
    return tell_all(telling, error) && act_commit(run, error);
}

gboolean act_case_decline(ActRun *run, GError **error)
{
    g_autoptr(Telling) telling = telling_new(run->desk);
    g_autoptr(Case) some = act_waiting_case(run, DECIDABLE, error);
    if (!some || !act_begin(run, error) || !act_close_offers(run, some->id, NULL, NULL, CASE_LOST, telling, error) ||
        !act_move_case(run, some, CASE_DECLINED, "case decline", error))
        return FALSE;
    if (*some->coop)
        tell_case(telling, "coop", some->coop, "spike_answered", some);
    some->version++;
    run->answer->body = act_json_case(run->desk->pool, some, &run->request->actor);
    return tell_all(telling, error) && act_commit(run, error);
}

/* --- time */

static gboolean expire(ActRun *run, Case *some, Telling *telling, GError **error)
{
    if (some->kind != CASE_OFFER && !act_close_offers(run, some->id, NULL, NULL, CASE_EXPIRED, telling, error))
        return FALSE;
    if (!act_move_case(run, some, CASE_EXPIRED, "expire", error))
        return FALSE;
    if (some->kind == CASE_OFFER)
        tell_case(telling, "worker", some->worker, "offer_closed", some);
    if (some->kind == CASE_SPIKE && *some->coop)
        tell_case(telling, "coop", some->coop, "spike_answered", some);
    tell_case(telling, "planner", NULL, "case_expired", some);
    return TRUE;
}

/* What nobody took stays whose it is. */
static gboolean expire_swaps(ActRun *run, json_int_t *count, GError **error)
{
    CaseFilter filter = {.kinds = 1U << CASE_SWAP, .states = 1U << CASE_WAITING, .due_before_s = run->desk->now_s};
    g_autoptr(GPtrArray) late = store_find_cases(run->desk->store, &filter, error);
    for (guint i = 0; late && i < late->len; i++, ++*count) {
        Case *swap = g_ptr_array_index(late, i);
        swap->state = CASE_EXPIRED;
        if (!swap_save(run, swap, error))
            return FALSE;
    }
    return late != NULL;
}

gboolean act_cases_expire(ActRun *run, GError **error)
{
    CaseFilter filter = {
        .kinds = DECIDABLE | 1U << CASE_OFFER, .states = 1U << CASE_WAITING, .due_before_s = run->desk->now_s};
    g_autoptr(Telling) telling = telling_new(run->desk);
    g_autoptr(GPtrArray) late = NULL;
    if (!act_begin(run, error))
        return FALSE;
    /* Offers first: what is closed with its case is not looked at again. */
    json_int_t count = 0;
    for (int round = 0; round < 2; round++) {
        filter.kinds = round == 0 ? 1U << CASE_OFFER : DECIDABLE;
        g_clear_pointer(&late, g_ptr_array_unref);
        late = store_find_cases(run->desk->store, &filter, error);
        if (!late)
            return FALSE;
        for (guint i = 0; i < late->len; i++, count++)
            if (!expire(run, g_ptr_array_index(late, i), telling, error))
                return FALSE;
    }
    if (!expire_swaps(run, &count, error))
        return FALSE;
    run->answer->body = json_object();
    json_put(run->answer->body, "expired", json_integer(count));
    return tell_all(telling, error) && act_commit(run, error);
}
