/*
 * Offers: a worker is asked for a shift, as it comes within the law's notice (BW 7:628a) or the planner chose so, and
 * the first yes wins.
 */
#include "act_react.h"
#include "acts.h"
#include "json_put.h"
#include "rooster/swap.h"

gboolean act_offers(ActRun *run, GError **error)
{
    const Actor *actor = &run->request->actor;
    CaseFilter filter = {.kinds = 1U << CASE_OFFER,
                         .states = 1U << CASE_WAITING,
                         .worker = actor->role == ACTOR_WORKER ? actor->id : act_text(run, "worker", NULL)};
    g_autoptr(GPtrArray) found = store_find_cases(run->desk->store, &filter, error);
    if (!found)
        return FALSE;
    json_t *list = json_array();
    for (guint i = 0; i < found->len; i++) {
        const Case *offer = g_ptr_array_index(found, i);
        guint shift = 0;
        if (!pool_find_shift(run->desk->pool, offer->shift, &shift))
            continue;
        const Shift *asked = pool_shift(run->desk->pool, shift);
        const Coop *coop = pool_coop(run->desk->pool, asked->coop);
        json_t *object = json_object();
        json_put(object, "case", json_text(offer->id));
        json_put(object, "shift", json_text(offer->shift));
        json_put(object, "worker", json_text(offer->worker));
        json_put(object, "coop", json_text(offer->coop));
        json_put(object, "coop_name", json_text(coop->name));
        json_put(object, "address", json_text(coop->address));
        json_put_taken(object, "week", iso_week_format(offer->week));
        json_put(object, "role", json_text(asked->role));
        json_put_taken(object, "due", utc_format(offer->due_s / 60));
        json_put_times(object, run->desk->pool->zone, asked->start_min, asked->end_min);
        json_array_append_new(list, object);
    }
    run->answer->body = json_object();
    json_put(run->answer->body, "offers", list);
    return TRUE;
}

/* The worker on the shift, nothing else: whoever else would have to move has agreed to nothing. */
static gboolean ask(Reaction *reaction, const Case *offer, guint shift, guint worker, GError **error)
{
    GError *reason = NULL;
    RepairOptions none = {0};
    RosterChange taken = {shift, worker, TRUE};
    g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(RosterChange));
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(wanted, taken);
    g_array_append_val(shifts, shift);
    if (!reaction_ask(reaction, offer->week, shifts, wanted, &none, &reason))
        return act_disturb_error(reason, error);
    const RepairAnswer *answer = g_ptr_array_index(reaction->answers, 0);
    const RepairShift *asked = g_ptr_array_index(answer->shifts, 0);
    gboolean is_on = roster_find(answer->roster, shift, worker) != NULL;
    return (is_on && asked->cover == asked->before + 1) ||
           act_refuse(error, ACT_ERROR_REFUSED, "shift %s is not open to worker %s any more", offer->shift,
                      offer->worker);
}

/* When nobody is missing any more the others are told, and the spike is answered. */
static gboolean close_others(ActRun *run, const Reaction *reaction, const Case *offer, Telling *telling, GError **error)
{
    const RepairAnswer *answer = g_ptr_array_index(reaction->answers, 0);
    if (answer->outcome != REPAIR_FILLED)
        return TRUE;
    gboolean is_planners = !*offer->about; /* belongs to no case */
    if (!act_close_offers(run, is_planners ? NULL : offer->about, offer->shift, offer->id, CASE_LOST, telling, error))
        return FALSE;
    if (is_planners)
        return TRUE;
    CaseFilter left = {.kinds = 1U << CASE_OFFER, .states = 1U << CASE_WAITING, .about = offer->about};
    g_autoptr(GPtrArray) waiting = store_find_cases(run->desk->store, &left, error);
    g_autoptr(Case) about = waiting ? store_load_case(run->desk->store, offer->about, error) : NULL;
    if (!about)
        return FALSE;
    if (waiting->len > 0 || about->state != CASE_WAITING)
        return TRUE;
    if (!act_move_case(run, about, CASE_ACCEPTED, "offer accept", error))
        return FALSE;
    if (*about->coop)
        tell_case(telling, "coop", about->coop, "spike_answered", about);
    return TRUE;
}

/* A publishing ends the week's draft; somebody may be at work on it, and finds it again with the worker on the shift.
 */
static gboolean publish_beside_draft(const ActRun *run, const Reaction *reaction, const Case *offer, guint shift,
                                     guint worker, const AuditEntry *audit, GError **error)
{
    const Desk *desk = run->desk;
    PlanFigures figures = {0};
    int step = store_draft_step(desk->store, offer->week, error);
    g_autoptr(Roster) draft = step > 0 ? store_load_draft(desk->store, desk->pool, offer->week, &figures, error) : NULL;
    if (step < 0 || (step > 0 && !draft) || !reaction_publish(reaction, audit, error))
        return FALSE;
    if (!draft)
        return TRUE;
    int revision = store_last_revision(desk->store, offer->week, error);
    if (revision < 0)
        return FALSE;
    if (!roster_find(draft, shift, worker))
        roster_add(draft, shift, worker, FALSE);
    return desk_week_keep_draft(desk, draft, &figures, revision, audit->who, error);
}

gboolean act_offer_accept(ActRun *run, GError **error)
{
    guint shift = 0, worker = 0;
    PoolChange nothing = {0};
    g_autoptr(Telling) telling = telling_new(run->desk);
    g_autoptr(Case) offer = act_waiting_case(run, 1U << CASE_OFFER, error);
    if (!offer)
        return FALSE;
    if (offer->due_s && offer->due_s <= run->desk->now_s)
        return act_refuse(error, ACT_ERROR_REFUSED, "the offer %s is over", offer->id);
    if (!desk_shift(run->desk, offer->shift, &shift, error) || !desk_worker(run->desk, offer->worker, &worker, error))
        return FALSE;
    Pool *pool = pool_copy_changed(run->desk->pool, &nothing, error);
    if (!pool)
        return FALSE;
    g_autoptr(Reaction) reaction = reaction_new(run->desk, pool);
    if (!reaction_published(reaction, offer->week))
        return act_refuse(error, ACT_ERROR_REFUSED, "the week of shift %s is not published any more", offer->shift);
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "publish", "offer %s", offer->id);
    if (!ask(reaction, offer, shift, worker, error) || !act_begin(run, error) ||
        !publish_beside_draft(run, reaction, offer, shift, worker, audit, error) ||
        !act_move_case(run, offer, CASE_ACCEPTED, "offer accept", error))
        return FALSE;
    tell_case(telling, "worker", offer->worker, "offer_closed", offer);
    tell_case(telling, "planner", NULL, "offer_accepted", offer);
    if (!close_others(run, reaction, offer, telling, error))
        return FALSE;
    offer->version++;
    run->answer->body = act_json_case(run->desk->pool, offer, &run->request->actor);
    return tell_all(telling, error) && act_commit(run, error);
}

gboolean act_offer_decline(ActRun *run, GError **error)
{
    g_autoptr(Telling) telling = telling_new(run->desk);
    g_autoptr(Case) offer = act_waiting_case(run, 1U << CASE_OFFER, error);
    if (!offer || !act_begin(run, error) || !act_move_case(run, offer, CASE_DECLINED, "offer decline", error))
        return FALSE;
    tell_case(telling, "planner", NULL, "offer_declined", offer);
    offer->version++;
    run->answer->body = act_json_case(run->desk->pool, offer, &run->request->actor);
    return tell_all(telling, error) && act_commit(run, error);
}

/* --- the planner asks */

static gboolean is_asked(const ActRun *run, const Shift *shift, const char *worker, gboolean *is, GError **error)
{
    CaseFilter filter = {
        .kinds = 1U << CASE_OFFER, .states = 1U << CASE_WAITING, .shift = shift->id, .worker = worker, .most = 1};
    g_autoptr(GPtrArray) offers = store_find_cases(run->desk->store, &filter, error);
    *is = offers && offers->len > 0;
    return offers != NULL;
}

/* Nobody is asked for what the law or an agreement forbids: as if they took it, as an open shift is taken in a swap. */
static gboolean can_take(ActRun *run, const DeskWeek *week, guint shift, guint worker, GError **error)
{
    const Pool *pool = run->desk->pool;
    const SwapMove move = {.shift = shift, .giver = SWAP_NOBODY, .in_return = PIECE_NO_SHIFT, .taker = worker};
    g_autoptr(GError) reason = NULL;
    if (!swap_is_possible(week->week, week->published, &move, desk_now_min(run->desk), &reason)) {
        sentence_pass_error(error, ACT_ERROR, ACT_ERROR_REFUSED, reason);
        return FALSE;
    }
    g_autoptr(GPtrArray) blocks = swap_blocks(week->week, week->published, &move);
    if (blocks->len == 0)
        return TRUE;
    run->answer->details = json_object();
    json_put(run->answer->details, "violations", act_json_violations(pool, blocks));
    return act_refuse(error, ACT_ERROR_REFUSED, "worker %s cannot take shift %s, by the rules",
                      pool_worker(pool, worker)->id, pool_shift(pool, shift)->id);
}

static gboolean ask_each(ActRun *run, const DeskWeek *week, guint index, Telling *telling, guint *asked, GError **error)
{
    const Shift *shift = pool_shift(run->desk->pool, index);
    const json_t *workers = act_list(run, "workers");
    for (size_t i = 0; i < json_array_size(workers); i++) {
        const char *id = json_string_value(json_array_get(workers, i));
        guint worker = 0;
        gboolean is_already = FALSE;
        if (!desk_worker(run->desk, id, &worker, error) || !can_take(run, week, index, worker, error) ||
            !is_asked(run, shift, id, &is_already, error))
            return FALSE;
        if (!is_already && !act_make_offer(run, run->desk->pool, index, worker, "", telling, error))
            return FALSE;
        *asked += is_already ? 0 : 1;
    }
    return TRUE;
}

gboolean act_offer_make(ActRun *run, GError **error)
{
    guint index = 0, asked = 0;
    if (!act_shift(run, &index, error))
        return FALSE;
    const Shift *shift = pool_shift(run->desk->pool, index);
    g_autoptr(Telling) telling = telling_new(run->desk);
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, shift->week, DESK_REPAIR, error);
    if (!week)
        return FALSE;
    if (!act_begin(run, error) || !ask_each(run, week, index, telling, &asked, error))
        return FALSE;
    run->answer->body = json_object();
    json_put(run->answer->body, "shift", json_text(shift->id));
    json_put(run->answer->body, "asked", json_integer(asked));
    run->answer->is_created = asked > 0;
    return tell_all(telling, error) && act_commit(run, error);
}
