/*
 * Swaps between workers: what they may take, giving away, asking a colleague, taking, answering, approving.
 */
#include "act_swap_parts.h"
#include "acts.h"
#include "json_put.h"

/* --- what a worker may take */

static json_t *json_of_offer(const Desk *desk, const DeskWeek *week, guint index, const Case *swap)
{
    const Pool *pool = desk->pool;
    const Shift *shift = pool_shift(pool, index);
    const Coop *coop = pool_coop(pool, shift->coop);
    json_t *object = act_json_shift(pool, index, roster_cover(week->published, index, NULL));
    guint giver;
    json_put(object, "coop_name", json_text(coop->name));
    json_put(object, "address", json_text(coop->address));
    json_put(object, "case", swap ? json_text(swap->id) : json_null());
    if (swap && pool_find_worker(pool, swap->worker, &giver)) {
        g_auto(GStrv) names = g_strsplit(pool_worker(pool, giver)->name, " ", 2);
        json_put(object, "from", json_text(names[0] ? names[0] : ""));
    } else {
        json_put(object, "from", json_null());
    }
    return object;
}

static void add_short(const Desk *desk, const DeskWeek *week, guint worker, json_t *list)
{
    for (guint i = 0; i < week->week->shifts->len; i++) {
        guint shift = g_array_index(week->week->shifts, guint, i);
        SwapMove move = {shift, SWAP_NOBODY, PIECE_NO_SHIFT, worker};
        if (swap_may_be(desk, week, &move))
            json_array_append_new(list, json_of_offer(desk, week, shift, NULL));
    }
}

static void add_given(const ActRun *run, const DeskWeek *week, guint worker, const GPtrArray *swaps, json_t *list)
{
    for (guint i = 0; i < swaps->len; i++) {
        const Case *swap = g_ptr_array_index(swaps, i);
        SwapMove move;
        if (swap->week.monday != week->week->week.monday || !*swap->worker || swap_stage(swap) != SWAP_OPEN ||
            !swap_move_of(run, swap, &move, NULL) || move.giver == worker)
            continue;
        move.taker = worker;
        if (swap_may_be(run->desk, week, &move))
            json_array_append_new(list, json_of_offer(run->desk, week, move.shift, swap));
    }
}

gboolean act_open_shifts(ActRun *run, GError **error)
{
    guint worker = 0;
    if (!act_worker(run, &worker, error))
        return FALSE;
    const Desk *desk = run->desk;
    g_autoptr(GPtrArray) swaps = swaps_waiting(run, NULL, error);
    if (!swaps)
        return FALSE;
    json_t *body = run->answer->body = json_object(), *list = json_array();
    json_put(body, "worker", json_text(pool_worker(desk->pool, worker)->id));
    json_put(body, "timezone", json_text(zone_name(desk->pool->zone)));
    json_put(body, "shifts", list);
    for (guint i = 0; i < desk->published->len; i++) {
        IsoWeek iso = ((const Roster *)g_ptr_array_index(desk->published, i))->week;
        if (iso_week_end(desk->pool->zone, iso) <= desk_now_min(desk) ||
            (act_has(run, "week") && act_week(run).monday != iso.monday))
            continue;
        g_autoptr(DeskWeek) week = desk_week_open(desk, iso, DESK_REPAIR, error);
        if (!week)
            return FALSE;
        add_given(run, week, worker, swaps, list);
        add_short(desk, week, worker, list);
    }
    return TRUE;
}

/* --- the steps of a swap */

static DeskWeek *open_week(const ActRun *run, IsoWeek week, GError **error)
{
    return desk_week_open(run->desk, week, DESK_REPAIR, error);
}

/* The case as it is now, published or waiting; ends the transaction. */
static gboolean answer(ActRun *run, const Case *swap, gboolean is_created, GError **error)
{
    run->answer->body = act_json_case(run->desk->pool, swap, &run->request->actor);
    run->answer->is_created = is_created;
    return act_commit(run, error);
}

/* Only a step of the case. */
static gboolean step(ActRun *run, Case *swap, gboolean is_created, GError **error)
{
    return act_begin(run, error) && swap_save(run, swap, error) && answer(run, swap, is_created, error);
}

/* Both agree: at once, or by the planner's leave, as the pool has it. */
static gboolean settle(ActRun *run, Case *swap, gboolean is_approved, gboolean is_created, GError **error)
{
    SwapMove move;
    g_autofree char *in_return = swap_return(swap);
    g_autoptr(DeskWeek) week = open_week(run, swap->week, error);
    if (!week || !swap_move_of(run, swap, &move, error))
        return FALSE;
    guint seer = run->request->actor.role == ACTOR_PLANNER ? SWAP_NOBODY : move.taker;
    if (!swap_is_lawful(run, week, &move, seer, error))
        return FALSE;
    if (!is_approved && run->desk->pool->swaps == ACCEPT_ASK) {
        swap_set(swap, SWAP_APPROVAL, in_return);
        return step(run, swap, is_created, error);
    }
    return act_begin(run, error) && swap_publish(run, week, &move, swap, error) && answer(run, swap, is_created, error);
}

/* --- giving */

static gboolean is_not_offered(const ActRun *run, const Case *offer, GError **error)
{
    g_autoptr(GPtrArray) waiting = swaps_waiting(run, *offer->worker ? offer->worker : offer->other, error);
    if (!waiting)
        return FALSE;
    for (guint i = 0; i < waiting->len; i++) {
        const Case *swap = g_ptr_array_index(waiting, i);
        gboolean is_same = *offer->worker ? swap_gives(swap, offer->shift, offer->worker)
                                          : !*swap->worker && g_str_equal(swap->shift, offer->shift);
        if (is_same)
            return act_refuse(error, ACT_ERROR_REFUSED, "shift %s is in swap %s already", offer->shift, swap->id);
    }
    return TRUE;
}

/* A case of the shift, due when it begins. */
static Case *offer_new(const ActRun *run, guint shift_index)
{
    const Shift *shift = pool_shift(run->desk->pool, shift_index);
    Case *swap = case_new(CASE_SWAP, shift->week, run->desk->now_s);
    case_set(&swap->shift, shift->id);
    case_set(&swap->coop, pool_coop(run->desk->pool, shift->coop)->id);
    swap->due_s = shift->start_min * 60;
    return swap;
}

/* Who is asked and for what; *in_return stays PIECE_NO_SHIFT if for nothing. */
static gboolean read_other(const ActRun *run, guint worker, guint shift, guint *other, guint *in_return, GError **error)
{
    const Pool *pool = run->desk->pool;
    *other = SWAP_NOBODY;
    *in_return = PIECE_NO_SHIFT;
    if (act_has(run, "return") && !act_has(run, "other"))
        return act_refuse(error, ACT_ERROR_INVALID, "/return: a shift in return is somebody's; say whose in other");
    if (act_has(run, "other") && !desk_worker(run->desk, act_text(run, "other", ""), other, error))
        return FALSE;
    if (*other == worker)
        return act_refuse(error, ACT_ERROR_INVALID, "/other: that is the same worker");
    if (!act_has(run, "return"))
        return TRUE;
    if (!desk_shift(run->desk, act_text(run, "return", ""), in_return, error))
        return FALSE;
    return pool_shift(pool, *in_return)->week.monday == pool_shift(pool, shift)->week.monday ||
           act_refuse(error, ACT_ERROR_REFUSED, "only shifts of one week can be swapped for each other");
}

gboolean act_swap_offer(ActRun *run, GError **error)
{
    guint worker = 0;
    SwapMove move = {0};
    if (!act_worker(run, &worker, error) || !act_shift(run, &move.shift, error) ||
        !read_other(run, worker, move.shift, &move.taker, &move.in_return, error))
        return FALSE;
    const Pool *pool = run->desk->pool;
    gboolean has_return = move.in_return != PIECE_NO_SHIFT;
    move.giver = worker;
    g_autoptr(Case) swap = offer_new(run, move.shift);
    case_set(&swap->worker, pool_worker(pool, worker)->id);
    case_set(&swap->other, act_text(run, "other", ""));
    swap_set(swap, *swap->other ? SWAP_ASKED : SWAP_OPEN, act_text(run, "return", NULL));
    if (has_return)
        swap->due_s = MIN(swap->due_s, pool_shift(pool, move.in_return)->start_min * 60);
    g_autoptr(DeskWeek) week = open_week(run, swap->week, error);
    return week && swap_is_lawful(run, week, &move, worker, error) && is_not_offered(run, swap, error) &&
           step(run, swap, TRUE, error);
}

gboolean act_swap_withdraw(ActRun *run, GError **error)
{
    guint worker = 0;
    g_autoptr(Case) swap = act_worker(run, &worker, error) ? swap_load(run, error) : NULL;
    if (!swap)
        return FALSE;
    const char *whose = *swap->worker ? swap->worker : swap->other;
    if (!g_str_equal(whose, pool_worker(run->desk->pool, worker)->id))
        return act_refuse(error, ACT_ERROR_NOT_FOUND, "there is no swap %s of this worker's", swap->id);
    swap->state = CASE_WITHDRAWN;
    return step(run, swap, FALSE, error);
}

/* --- taking */

static gboolean take_given(ActRun *run, const char *worker, GError **error)
{
    g_autoptr(Case) swap = swap_load(run, error);
    if (!swap)
        return FALSE;
    if (!*swap->worker || swap_stage(swap) != SWAP_OPEN)
        return act_refuse(error, ACT_ERROR_REFUSED, "swap %s is not open to others", swap->id);
    if (g_str_equal(swap->worker, worker))
        return act_refuse(error, ACT_ERROR_REFUSED, "it is yours; withdraw the swap to keep it");
    case_set(&swap->other, worker);
    return settle(run, swap, FALSE, FALSE, error);
}

static gboolean take_short(ActRun *run, const char *worker, GError **error)
{
    guint shift = 0;
    if (!act_shift(run, &shift, error))
        return FALSE;
    g_autoptr(Case) swap = offer_new(run, shift);
    case_set(&swap->other, worker);
    swap_set(swap, SWAP_ASKED, NULL);
    return is_not_offered(run, swap, error) && settle(run, swap, FALSE, TRUE, error);
}

gboolean act_swap_take(ActRun *run, GError **error)
{
    guint worker = 0;
    if (!act_worker(run, &worker, error))
        return FALSE;
    if (act_has(run, "case") == act_has(run, "shift"))
        return act_refuse(error, ACT_ERROR_INVALID, "which one: a case that is open, or a shift that is short?");
    const char *id = pool_worker(run->desk->pool, worker)->id;
    return act_has(run, "case") ? take_given(run, id, error) : take_short(run, id, error);
}

gboolean act_swap_answer(ActRun *run, GError **error)
{
    guint worker = 0;
    g_autoptr(Case) swap = act_worker(run, &worker, error) ? swap_load(run, error) : NULL;
    if (!swap)
        return FALSE;
    if (!g_str_equal(swap->other, pool_worker(run->desk->pool, worker)->id) || swap_stage(swap) != SWAP_ASKED)
        return act_refuse(error, ACT_ERROR_REFUSED, "swap %s does not wait for this worker", swap->id);
    if (act_flag(run, "accept", FALSE))
        return settle(run, swap, FALSE, FALSE, error);
    swap->state = CASE_DECLINED;
    return step(run, swap, FALSE, error);
}

/* --- the planner */

gboolean act_swap_approve(ActRun *run, GError **error)
{
    g_autoptr(Case) swap = swap_load(run, error);
    if (!swap)
        return FALSE;
    if (swap_stage(swap) != SWAP_APPROVAL)
        return act_refuse(error, ACT_ERROR_REFUSED, "swap %s has not been agreed to yet", swap->id);
    return settle(run, swap, TRUE, FALSE, error);
}

gboolean act_swap_refuse(ActRun *run, GError **error)
{
    g_autoptr(Case) swap = swap_load(run, error);
    if (!swap)
        return FALSE;
    swap->state = CASE_DECLINED;
    return step(run, swap, FALSE, error);
}
