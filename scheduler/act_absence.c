/* A worker is away, or there again. Why is neither asked nor stored. */
#include "act_react.h"
#include "acts.h"
#include "json_put.h"
#include "rooster/disturb.h"

#include <stdlib.h>

static IsoWeek week_of(const Reaction *reaction, int64_t at_min)
{
    if (reaction->answers->len > 0)
        return ((const RepairAnswer *)g_ptr_array_index(reaction->answers, 0))->roster->week;
    return iso_week_of(zone_day(reaction->pool->zone, at_min));
}

/* The span, for absence_end and for a second look at the answer. */
static void put_span(Case *opened, int64_t from_min, int64_t until_min)
{
    json_t *body = json_object();
    json_put(body, "from_min", json_integer(from_min));
    json_put(body, "until_min", json_integer(until_min));
    char *text = json_dumps(body, JSON_COMPACT);
    case_set(&opened->body, text);
    free(text);
    json_decref(body);
}

gboolean act_absence(ActRun *run, GError **error)
{
    GError *reason = NULL;
    guint worker = 0;
    int64_t from_min = act_time(run, "from"), until_min = act_time(run, "until");
    RepairOptions options = act_repair_options(run);
    if (!act_worker(run, &worker, error))
        return FALSE;
    Pool *changed = disturb_absence(run->desk->pool, worker, from_min, until_min, desk_now_min(run->desk), &reason);
    if (!changed)
        return act_disturb_error(reason, error);
    g_autoptr(Reaction) reaction = reaction_new(run->desk, changed);
    if (!reaction_ask_absence(reaction, worker, from_min, until_min, &options, &reason))
        return act_disturb_error(reason, error);
    g_autoptr(Case) opened = case_new(CASE_ABSENCE, week_of(reaction, from_min), run->desk->now_s);
    case_set(&opened->worker, pool_worker(run->desk->pool, worker)->id);
    opened->due_s = until_min * 60;
    put_span(opened, from_min, until_min);
    return act_settle(run, reaction, opened, error);
}

/* The worker's absences that are not answered yet have nothing left to answer. */
static gboolean withdraw(ActRun *run, const char *worker, Telling *telling, GError **error)
{
    CaseFilter filter = {.kinds = 1U << CASE_ABSENCE, .states = 1U << CASE_WAITING, .worker = worker};
    g_autoptr(GPtrArray) cases = store_find_cases(run->desk->store, &filter, error);
    for (guint i = 0; cases && i < cases->len; i++) {
        Case *some = g_ptr_array_index(cases, i);
        if (!act_close_offers(run, some->id, NULL, NULL, CASE_LOST, telling, error) ||
            !act_move_case(run, some, CASE_WITHDRAWN, "absence end", error))
            return FALSE;
        tell_case(telling, "planner", NULL, "absence_ended", some);
    }
    return cases != NULL;
}

/* Who is back is available from then on; what was published meanwhile stays. */
gboolean act_absence_end(ActRun *run, GError **error)
{
    guint index = 0;
    int64_t now_min = desk_now_min(run->desk), back_min = act_time(run, "back");
    if (!act_worker(run, &index, error))
        return FALSE;
    const Worker *worker = pool_worker(run->desk->pool, index);
    const Window *window = worker_window(worker, WINDOW_UNAVAILABLE, MAX(now_min, back_min), INT64_MAX);
    if (!window)
        return act_refuse(error, ACT_ERROR_REFUSED, "worker %s is not away then or later", worker->id);
    Pool *changed = disturb_return(run->desk->pool, index, window->start_min, window->end_min, back_min);
    g_autoptr(Reaction) reaction = reaction_new(run->desk, changed);
    g_autoptr(Telling) telling = telling_new(run->desk);
    g_autofree char *back = zone_format_short(changed->zone, back_min);
    g_autoptr(AuditEntry) audit =
        desk_audit(run->desk, run->request->actor.name, "absence end", "worker %s, back %s", worker->id, back);
    if (!act_begin(run, error) || !reaction_save_pool(reaction, audit, error) ||
        !withdraw(run, worker->id, telling, error))
        return FALSE;
    run->answer->body = json_object();
    json_put(run->answer->body, "worker", json_text(worker->id));
    json_put_taken(run->answer->body, "back", utc_format(back_min));
    return tell_all(telling, error) && act_commit(run, error);
}
