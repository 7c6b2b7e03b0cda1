/* A coop asks for something else than is published. */
#include "act_react.h"
#include "acts.h"
#include "json_put.h"
#include "rooster/disturb.h"

#include <stdlib.h>

/* What was asked, for whoever asks the same again: the shift itself may be changed since. */
static void keep_asked(Case *opened, const Pool *pool, guint index)
{
    json_t *body = json_object();
    json_put(body, "asked", act_json_shift(pool, index, 0));
    char *text = json_dumps(body, JSON_COMPACT);
    case_set(&opened->body, text);
    free(text);
    json_decref(body);
}

/* Finds the answer for the shift of the changed pool (taken), and settles it, or only tells it. */
static gboolean answer(ActRun *run, Pool *changed, guint index, gboolean is_trial, GError **error)
{
    GError *reason = NULL;
    RepairOptions options = act_repair_options(run);
    options.is_unrecorded |= is_trial;
    g_autoptr(Reaction) reaction = reaction_new(run->desk, changed);
    const Shift *shift = pool_shift(reaction->pool, index);
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(shifts, index);
    if (reaction_published(reaction, shift->week) &&
        !reaction_ask(reaction, shift->week, shifts, NULL, &options, &reason))
        return act_disturb_error(reason, error);
    g_autoptr(Case) opened = case_new(CASE_SPIKE, shift->week, run->desk->now_s);
    case_set(&opened->coop, pool_coop(reaction->pool, shift->coop)->id);
    case_set(&opened->shift, shift->id);
    opened->due_s = shift->start_min * 60;
    keep_asked(opened, reaction->pool, index);
    return is_trial ? act_settle_trial(run, reaction, opened, error) : act_settle(run, reaction, opened, error);
}

static gboolean disturb(ActRun *run, const Shift *shift, guint index, gboolean is_trial, GError **error)
{
    GError *reason = NULL;
    Pool *changed = disturb_spike(run->desk->pool, shift, desk_now_min(run->desk), &reason);
    return changed ? answer(run, changed, index, is_trial, error) : act_disturb_error(reason, error);
}

/* A shift of somebody else is none that the coop may know of. */
static gboolean is_own(const ActRun *run, const Shift *shift, GError **error)
{
    const Actor *actor = &run->request->actor;
    if (actor->role != ACTOR_COOP || g_str_equal(pool_coop(run->desk->pool, shift->coop)->id, actor->id))
        return TRUE;
    return act_refuse(error, ACT_ERROR_NOT_FOUND, "there is no shift %s of yours", shift->id);
}

gboolean act_spike(ActRun *run, GError **error)
{
    const Pool *pool = run->desk->pool;
    guint coop = 0, index = 0;
    g_autofree char *id = NULL;
    if (!act_coop(run, &coop, error))
        return FALSE;
    g_autoptr(Pool) lists = pool_copy_settings(pool);
    gboolean is_known = act_has(run, "shift") && pool_find_shift(pool, act_text(run, "shift", NULL), &index);
    if (is_known && !is_own(run, pool_shift(pool, index), error))
        return FALSE;
    if (!is_known && (!act_has(run, "start") || !act_has(run, "end")))
        return act_refuse(error, ACT_ERROR_INVALID, "a new shift needs start and end");
    Shift shift = {.coop = coop, .role = "", .headcount = 1, .priority = PRIORITY_NORMAL};
    if (is_known)
        shift = *pool_shift(pool, index);
    shift.coop = coop;
    act_read_shift(run, lists, &shift);
    if (!is_known) {
        id = act_has(run, "shift") ? g_strdup(act_text(run, "shift", NULL))
                                   : disturb_shift_id(pool, coop, shift.start_min);
        shift.id = id;
        index = pool->shifts->len;
    }
    return disturb(run, &shift, index, act_flag(run, "is_trial", FALSE), error);
}

gboolean act_spike_cancel(ActRun *run, GError **error)
{
    guint index = 0;
    if (!act_shift(run, &index, error))
        return FALSE;
    Shift shift = *pool_shift(run->desk->pool, index);
    shift.headcount = 0;
    return is_own(run, &shift, error) && disturb(run, &shift, index, FALSE, error);
}
