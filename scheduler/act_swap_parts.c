#include "act_swap_parts.h"
#include "json_put.h"

#include <stdlib.h>

/* --- cases */

gboolean swap_move_of(const ActRun *run, const Case *swap, SwapMove *move, GError **error)
{
    const Pool *pool = run->desk->pool;
    g_autofree char *in_return = swap_return(swap);
    *move = (SwapMove){.giver = SWAP_NOBODY, .in_return = PIECE_NO_SHIFT, .taker = SWAP_NOBODY};
    if (pool_find_shift(pool, swap->shift, &move->shift) &&
        (!*swap->worker || pool_find_worker(pool, swap->worker, &move->giver)) &&
        (!*swap->other || pool_find_worker(pool, swap->other, &move->taker)) &&
        (!in_return || pool_find_shift(pool, in_return, &move->in_return)))
        return TRUE;
    return act_refuse(error, ACT_ERROR_REFUSED, "a worker or shift of swap %s is no longer there", swap->id);
}

/* Others see an open one, as they may take it; else it is between the two and the planner. */
static gboolean is_visible(const ActRun *run, const Case *swap)
{
    const Actor *actor = &run->request->actor;
    return actor->role == ACTOR_PLANNER || g_str_equal(swap->worker, actor->id) ||
           g_str_equal(swap->other, actor->id) || (*swap->worker && swap_stage(swap) == SWAP_OPEN);
}

Case *swap_load(const ActRun *run, GError **error)
{
    const char *id = act_text(run, "case", "");
    g_autoptr(GError) reason = NULL;
    g_autoptr(Case) swap = store_load_case(run->desk->store, id, &reason);
    if (!swap && !g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    if (!swap || swap->kind != CASE_SWAP || !is_visible(run, swap)) {
        act_refuse(error, ACT_ERROR_NOT_FOUND, "there is no swap %s", id);
        return NULL;
    }
    if (swap->state != CASE_WAITING) {
        act_refuse(error, ACT_ERROR_REFUSED, "swap %s is %s already", id, case_state_name(swap->state));
        return NULL;
    }
    return g_steal_pointer(&swap);
}

GPtrArray *swaps_waiting(const ActRun *run, const char *worker, GError **error)
{
    CaseFilter filter = {.kinds = 1U << CASE_SWAP, .states = 1U << CASE_WAITING, .worker = worker};
    g_autoptr(GPtrArray) cases = store_find_cases(run->desk->store, &filter, error);
    for (guint i = cases ? cases->len : 0; i-- > 0;)
        if (((const Case *)g_ptr_array_index(cases, i))->due_s <= run->desk->now_s)
            g_ptr_array_remove_index(cases, i);
    return g_steal_pointer(&cases);
}

/* --- the judges */

gboolean swap_may_be(const Desk *desk, const DeskWeek *week, const SwapMove *move)
{
    if (!swap_is_possible(week->week, week->published, move, desk_now_min(desk), NULL))
        return FALSE;
    g_autoptr(GPtrArray) blocks = swap_blocks(week->week, week->published, move);
    return blocks->len == 0;
}

/* Of one's own line, or of nobody's. */
static gboolean is_told(const Violation *violation, guint seer)
{
    return seer == SWAP_NOBODY || violation->worker == seer || violation->worker == VIOLATION_NO_WORKER;
}

static gboolean refuse_blocks(ActRun *run, GPtrArray *blocks, guint seer, GError **error)
{
    for (guint i = blocks->len; i-- > 0;)
        if (!is_told(g_ptr_array_index(blocks, i), seer))
            g_ptr_array_remove_index(blocks, i);
    if (blocks->len == 0)
        return act_refuse(error, ACT_ERROR_REFUSED, "the other one cannot, by the rules");
    run->answer->details = json_object();
    json_put(run->answer->details, "violations", act_json_violations(run->desk->pool, blocks));
    return act_refuse(error, ACT_ERROR_REFUSED, "it would break %s",
                      ((const Violation *)g_ptr_array_index(blocks, 0))->rule);
}

gboolean swap_is_lawful(ActRun *run, const DeskWeek *week, const SwapMove *move, guint seer, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!swap_is_possible(week->week, week->published, move, desk_now_min(run->desk), &reason)) {
        sentence_pass_error(error, ACT_ERROR, ACT_ERROR_REFUSED, reason);
        return FALSE;
    }
    if (move->taker == SWAP_NOBODY)
        return TRUE;
    g_autoptr(GPtrArray) blocks = swap_blocks(week->week, week->published, move);
    if (blocks->len)
        return refuse_blocks(run, blocks, seer, error);
    g_autoptr(Roster) after = swap_roster(week->published, move);
    g_autoptr(GPtrArray) violations = rules_check(week->week, after);
    g_autofree char *name = iso_week_format(week->week->week);
    return violations->len == 0 ||
           act_refuse(error, ACT_ERROR_REFUSED, "the roster of %s breaks a rule elsewhere and must be repaired first",
                      name);
}

/* --- telling */

static json_t *body_of(const Desk *desk, const Case *swap)
{
    json_t *body = json_object();
    g_autofree char *in_return = swap_return(swap);
    guint shift;
    gboolean is_known = pool_find_shift(desk->pool, swap->shift, &shift);
    json_put(body, "kind", json_text("swap"));
    json_put(body, "pool", json_text(desk->pool->id));
    json_put_taken(body, "week", iso_week_format(swap->week));
    json_put(body, "case", json_text(swap->id));
    json_put(body, "state", json_text(case_state_name(swap->state)));
    json_put(body, "stage", json_text(swap_stage_name(swap_stage(swap))));
    json_put(body, "shift", json_text(swap->shift));
    json_put(body, "in_return", in_return ? json_text(in_return) : json_null());
    json_put(body, "worker", *swap->worker ? json_text(swap->worker) : json_null());
    json_put(body, "other", *swap->other ? json_text(swap->other) : json_null());
    json_put(body, "timezone", json_text(zone_name(desk->pool->zone)));
    json_put_times(body, desk->pool->zone, is_known ? pool_shift(desk->pool, shift)->start_min : swap->due_s / 60,
                   is_known ? pool_shift(desk->pool, shift)->end_min : swap->due_s / 60);
    return body;
}

static void add_message(GPtrArray *messages, const Desk *desk, const Case *swap, const char *topic, const char *body)
{
    g_autofree char *id =
        g_strdup_printf("%s-%s-%d-%u", desk->pool->id, swap->id, swap->version + 1, messages->len + 1);
    g_ptr_array_add(messages, message_new(id, topic, body, FALSE, desk->now_s));
}

gboolean swap_save(ActRun *run, Case *swap, GError **error)
{
    const Desk *desk = run->desk;
    const char *const workers[] = {swap->worker, swap->other};
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    g_autoptr(AuditEntry) audit =
        desk_audit(desk, run->request->actor.name, run->request->act->name, "%s shift %s", swap->id, swap->shift);
    json_t *body = body_of(desk, swap);
    char *text = json_dumps(body, JSON_COMPACT);
    for (guint i = 0; i < G_N_ELEMENTS(workers); i++) {
        g_autofree char *topic = g_strdup_printf("worker/%s/events", workers[i]);
        if (*workers[i])
            add_message(messages, desk, swap, topic, text);
    }
    add_message(messages, desk, swap, "planner/events", text);
    free(text);
    json_decref(body);
    swap->changed_s = desk->now_s;
    if (!store_save_case(desk->store, swap, audit, error) || !store_append_messages(desk->store, messages, error))
        return FALSE;
    swap->version++;
    return TRUE;
}

/* --- publishing */

/* A publishing ends the week's draft; somebody may be at work on it, and finds it again with the swap in it. */
static gboolean publish_beside_draft(ActRun *run, const DeskWeek *week, const SwapMove *move, const Roster *after,
                                     const AuditEntry *audit, GError **error)
{
    const Desk *desk = run->desk;
    IsoWeek iso = week->week->week;
    PlanFigures hand = {.status = "hand"}, figures = {0};
    int revision = 0, step = store_draft_step(desk->store, iso, error);
    if (step < 0)
        return FALSE;
    g_autoptr(Roster) draft = step > 0 ? store_load_draft(desk->store, desk->pool, iso, &figures, error) : NULL;
    if ((step > 0 && !draft) || !desk_week_publish(desk, week, after, &hand, audit, &revision, NULL, error))
        return FALSE;
    if (!draft)
        return TRUE;
    g_autoptr(Roster) kept = swap_roster(draft, move);
    return desk_week_keep_draft(desk, kept, &figures, revision, audit->who, error);
}

gboolean swap_publish(ActRun *run, const DeskWeek *week, const SwapMove *move, Case *swap, GError **error)
{
    g_autoptr(Roster) after = swap_roster(week->published, move);
    g_autoptr(AuditEntry) audit =
        desk_audit(run->desk, run->request->actor.name, "swap", "%s shift %s from %s to %s", swap->id, swap->shift,
                   *swap->worker ? swap->worker : "nobody", swap->other);
    swap->state = CASE_ACCEPTED;
    return publish_beside_draft(run, week, move, after, audit, error) && swap_save(run, swap, error);
}
