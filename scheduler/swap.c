#include "rooster/swap.h"

#include "json_put.h"
#include "rooster/sentence.h"

#include <stdlib.h>

SENTENCE_ERRORS(swap_error)

/* --- the case */

const char *swap_stage_name(SwapStage stage)
{
    static const char *const names[] = {[SWAP_OPEN] = "open", [SWAP_ASKED] = "asked", [SWAP_APPROVAL] = "approval"};
    return names[stage];
}

SwapStage swap_stage(const Case *swap)
{
    SwapStage stage = SWAP_OPEN;
    json_t *body = json_loads(swap->body, 0, NULL);
    const char *name = json_string_value(json_object_get(body, "stage"));
    for (SwapStage at = SWAP_OPEN; name && at <= SWAP_APPROVAL; at++)
        if (g_str_equal(swap_stage_name(at), name))
            stage = at;
    json_decref(body);
    return stage;
}

char *swap_return(const Case *swap)
{
    json_t *body = json_loads(swap->body, 0, NULL);
    char *shift = g_strdup(json_string_value(json_object_get(body, "return")));
    json_decref(body);
    return shift;
}

void swap_set(Case *swap, SwapStage stage, const char *in_return)
{
    json_t *body = json_object();
    json_put(body, "stage", json_text(swap_stage_name(stage)));
    json_put(body, "return", in_return ? json_text(in_return) : json_null());
    char *text = json_dumps(body, JSON_COMPACT);
    case_set(&swap->body, text);
    free(text);
    json_decref(body);
}

gboolean swap_gives(const Case *swap, const char *shift, const char *worker)
{
    if (g_str_equal(swap->worker, worker) && g_str_equal(swap->shift, shift))
        return TRUE;
    g_autofree char *in_return = swap_return(swap);
    return in_return && g_str_equal(swap->other, worker) && g_str_equal(in_return, shift);
}

/* --- the roster */

/* One side: the shift leaves `from`'s line. */
static gboolean may_leave(const Week *week, const Roster *roster, guint shift_index, guint from, int64_t now_min,
                          GError **error)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    const Assignment *at = from == SWAP_NOBODY ? NULL : roster_find(roster, shift_index, from);
    if (shift->start_min <= now_min) {
        sentence_set_error(error, SWAP_ERROR, SWAP_ERROR_GONE, "shift %s has begun", shift->id);
        return FALSE;
    }
    if (shift->headcount == 0 || !week_has_shift(week, shift_index) || (from != SWAP_NOBODY && !at)) {
        sentence_set_error(error, SWAP_ERROR, SWAP_ERROR_GONE, "shift %s is not %s's in the published roster",
                           shift->id, from == SWAP_NOBODY ? "anybody" : pool_worker(week->pool, from)->id);
        return FALSE;
    }
    if (at && at->is_pinned) {
        sentence_set_error(error, SWAP_ERROR, SWAP_ERROR_PINNED,
                           "shift %s is pinned to %s; only the planner can change that", shift->id,
                           pool_worker(week->pool, from)->id);
        return FALSE;
    }
    if (from == SWAP_NOBODY && roster_cover(roster, shift_index, NULL) >= (guint)shift->headcount) {
        sentence_set_error(error, SWAP_ERROR, SWAP_ERROR_GONE, "shift %s has all its people", shift->id);
        return FALSE;
    }
    return TRUE;
}

static gboolean may_come(const Week *week, const Roster *roster, guint shift, guint to, GError **error)
{
    if (!roster_find(roster, shift, to))
        return TRUE;
    sentence_set_error(error, SWAP_ERROR, SWAP_ERROR_GONE, "worker %s is on shift %s already",
                       pool_worker(week->pool, to)->id, pool_shift(week->pool, shift)->id);
    return FALSE;
}

gboolean swap_is_possible(const Week *week, const Roster *roster, const SwapMove *move, int64_t now_min, GError **error)
{
    if (!may_leave(week, roster, move->shift, move->giver, now_min, error))
        return FALSE;
    if (move->taker != SWAP_NOBODY && !may_come(week, roster, move->shift, move->taker, error))
        return FALSE;
    return move->in_return == PIECE_NO_SHIFT ||
           (may_leave(week, roster, move->in_return, move->taker, now_min, error) &&
            may_come(week, roster, move->in_return, move->giver, error));
}

Roster *swap_roster(const Roster *roster, const SwapMove *move)
{
    Roster *after = roster_copy(roster);
    if (move->giver == SWAP_NOBODY || roster_remove(after, move->shift, move->giver))
        roster_add(after, move->shift, move->taker, FALSE);
    if (move->in_return != PIECE_NO_SHIFT && roster_remove(after, move->in_return, move->taker))
        roster_add(after, move->in_return, move->giver, FALSE);
    return after;
}

/* Takes the violations. */
static void take(GPtrArray *all, GPtrArray *some)
{
    g_ptr_array_extend_and_steal(all, some);
}

static GPtrArray *line_blocks(const Week *week, const Roster *roster, guint worker)
{
    g_autoptr(GArray) shifts = roster_shifts_of(roster, worker);
    return rules_check_line(week, worker, (const guint *)(gpointer)shifts->data, shifts->len);
}

GPtrArray *swap_blocks(const Week *week, const Roster *roster, const SwapMove *move)
{
    GPtrArray *blocks = g_ptr_array_new_with_free_func((GDestroyNotify)violation_free);
    g_autoptr(Roster) after = swap_roster(roster, move);
    take(blocks, line_blocks(week, after, move->taker));
    if (move->giver != SWAP_NOBODY)
        take(blocks, line_blocks(week, after, move->giver));
    take(blocks, rules_check_shift(week, after, move->shift));
    if (move->in_return != PIECE_NO_SHIFT)
        take(blocks, rules_check_shift(week, after, move->in_return));
    return blocks;
}
