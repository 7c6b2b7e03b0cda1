/* The answer to a spike or an absence, as JSON: whole for a planner, what concerns them for a coop or a worker. */
#include "act_react.h"
#include "json_put.h"

static json_t *worker_json(const Pool *pool, guint index)
{
    const Worker *worker = pool_worker(pool, index);
    json_t *object = json_object();
    json_put(object, "worker", json_text(worker->id));
    json_put(object, "name", json_text(worker->name));
    return object;
}

/* Who may be named of an answer: all, or only those whom the coop knows, as they are on its shift already. */
typedef struct Named {
    const Reaction *reaction;
    gboolean is_whole, is_published;
} Named;

static json_t *people_json(const Named *named, const Roster *roster, guint shift)
{
    json_t *list = json_array();
    const Roster *published = reaction_published(named->reaction, roster->week);
    guint first, cover = roster_cover(roster, shift, &first);
    for (guint i = first; i < first + cover; i++) {
        guint worker = roster_at(roster, i)->worker;
        if (named->is_whole || named->is_published || (published && roster_find(published, shift, worker)))
            json_array_append_new(list, worker_json(named->reaction->pool, worker));
    }
    return list;
}

static json_t *reasons_json(const GPtrArray *reasons)
{
    json_t *list = json_array();
    for (guint i = 0; i < reasons->len; i++) {
        const RepairReason *reason = g_ptr_array_index(reasons, i);
        json_t *object = json_object();
        json_put(object, "rule", json_text(reason->rule));
        json_put(object, "article", json_text(reason->article));
        json_put(object, "workers", json_integer(reason->workers));
        json_put(object, "alone", json_integer(reason->alone));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *nearest_json(const Pool *pool, const RepairShift *asked)
{
    if (!asked->has_nearest)
        return json_null();
    json_t *object = json_object();
    json_put_times(object, pool->zone, asked->nearest_start_min, asked->nearest_end_min);
    json_put(object, "workers", json_integer(asked->nearest_workers));
    return object;
}

static json_t *shift_json(const Named *named, const RepairAnswer *answer, const RepairShift *asked)
{
    const Pool *pool = named->reaction->pool;
    json_t *object = act_json_shift(pool, asked->shift, asked->cover);
    json_put(object, "before", json_integer(asked->before));
    json_put(object, "people", people_json(named, answer->roster, asked->shift));
    json_put(object, "reasons", reasons_json(asked->reasons));
    json_put(object, "able", json_integer(asked->able));
    json_put(object, "nearest", nearest_json(pool, asked));
    return object;
}

static json_t *change_json(const Pool *pool, const RepairChange *change)
{
    json_t *object = worker_json(pool, change->worker);
    json_put(object, "shift", json_text(pool_shift(pool, change->shift)->id));
    json_put(object, "is_added", json_boolean(change->is_added));
    json_put(object, "cause", json_text(repair_cause_name(change->cause)));
    json_put(object, "is_late", json_boolean(change->is_late));
    return object;
}

static json_t *consent_json(const Pool *pool, const RepairConsent *consent)
{
    json_t *object = json_object(), *list = json_array();
    json_put(object, "shift", json_text(pool_shift(pool, consent->shift)->id));
    json_put(object, "places", json_integer(consent->places));
    for (guint i = 0; i < consent->workers->len; i++) {
        const RepairCandidate *candidate = g_ptr_array_index(consent->workers, i);
        json_t *who = worker_json(pool, candidate->worker);
        json_put(who, "is_chosen", json_boolean(candidate->is_chosen));
        json_put(who, "price_cents", json_integer(candidate->price_cents));
        json_array_append_new(list, who);
    }
    json_put(object, "workers", list);
    return object;
}

/* What else of the week changes: by name for the planner alone. */
static void put_changes(json_t *object, const Pool *pool, const RepairAnswer *answer, gboolean is_whole)
{
    json_t *changes = json_array(), *consents = json_array();
    json_int_t elsewhere = 0;
    for (guint i = 0; i < answer->changes->len; i++) {
        const RepairChange *change = &g_array_index(answer->changes, RepairChange, i);
        elsewhere += change->cause == REPAIR_ELSEWHERE;
        json_array_append_new(changes, change_json(pool, change));
    }
    for (guint i = 0; i < answer->consents->len; i++)
        json_array_append_new(consents, consent_json(pool, g_ptr_array_index(answer->consents, i)));
    json_put(object, "elsewhere", json_integer(elsewhere));
    json_put(object, "needs_consent", json_boolean(answer->consents->len > 0));
    if (is_whole) {
        json_put(object, "changes", changes);
        json_put(object, "consents", consents);
    } else {
        json_decref(changes);
        json_decref(consents);
    }
}

static json_t *answer_json(const Named *named, const RepairAnswer *answer)
{
    PlanFigures figures = repair_figures(answer);
    json_t *object = json_object(), *shifts = json_array();
    json_put_taken(object, "week", iso_week_format(answer->roster->week));
    json_put(object, "outcome", json_text(repair_outcome_name(answer->outcome)));
    json_put(object, "price", act_json_cost(&answer->price));
    if (named->is_whole)
        act_put_figures(object, &figures, answer->cost_cents);
    for (guint i = 0; i < answer->shifts->len; i++)
        json_array_append_new(shifts, shift_json(named, answer, g_ptr_array_index(answer->shifts, i)));
    json_put(object, "shifts", shifts);
    put_changes(object, named->reaction->pool, answer, named->is_whole);
    return object;
}

json_t *act_json_reaction(const Reaction *reaction, const Actor *actor, gboolean is_published)
{
    const Named named = {reaction, actor->role == ACTOR_PLANNER, is_published};
    json_t *list = json_array();
    for (guint i = 0; i < reaction->answers->len; i++) /* a worker who is away learns nothing of who steps in */
        if (actor->role != ACTOR_WORKER)
            json_array_append_new(list, answer_json(&named, g_ptr_array_index(reaction->answers, i)));
    return list;
}
