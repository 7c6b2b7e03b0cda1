/*
 * Cases: what waits for somebody, and what became of it.
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

enum { CASES_A_PAGE = 100 };

/* Who steps in for whom is the planner's to know; a coop knows what it was told. */
static json_t *body_for(const Case *some, const Actor *actor)
{
    json_t *body = json_loads(some->body, 0, NULL), *told;
    if (!body)
        return json_object();
    if (actor->role == ACTOR_WORKER)
        json_object_del(body, "answer");
    else if (actor->role == ACTOR_COOP && (told = json_object_get(body, "told")))
        json_object_set(body, "answer", told);
    json_object_del(body, "told");
    return body;
}

/* A shift as people speak of it, wherever it is: day, time, where, what. Null if it is no longer there. */
static json_t *told_of(const Pool *pool, const char *id)
{
    guint index = 0;
    if (!id || !pool_find_shift(pool, id, &index))
        return json_null();
    const Shift *shift = pool_shift(pool, index);
    json_t *object = json_object();
    json_put(object, "shift", json_text(shift->id));
    json_put(object, "coop", json_text(pool_coop(pool, shift->coop)->id));
    json_put(object, "coop_name", json_text(pool_coop(pool, shift->coop)->name));
    json_put(object, "role", json_text(shift->role));
    json_put_times(object, pool->zone, shift->start_min, shift->end_min);
    return object;
}

json_t *act_json_case(const Pool *pool, const Case *some, const Actor *actor)
{
    json_t *body = body_for(some, actor);
    json_t *object = json_object();
    json_put(object, "case", json_text(some->id));
    json_put(object, "kind", json_text(case_kind_name(some->kind)));
    json_put(object, "state", json_text(case_state_name(some->state)));
    json_put(object, "version", json_integer(some->version));
    json_put_taken(object, "week", iso_week_format(some->week));
    json_put(object, "coop", json_text(some->coop));
    json_put(object, "worker", json_text(some->worker));
    json_put(object, "shift", json_text(some->shift));
    json_put(object, "other", json_text(some->other));
    json_put(object, "about", json_text(some->about));
    json_put_taken(object, "created", utc_format(some->created_s / 60));
    json_put_taken(object, "changed", utc_format(some->changed_s / 60));
    if (some->due_s)
        json_put_taken(object, "due", utc_format(some->due_s / 60));
    else
        json_put(object, "due", json_null());
    json_put(object, "about_shift", told_of(pool, some->shift));
    json_put(object, "return_shift", told_of(pool, json_string_value(json_object_get(body, "return"))));
    json_put(object, "body", body);
    return object;
}

/* The bits of a name that was asked for; all where none was. */
static guint kinds_of(const ActRun *run)
{
    CaseKind kind = CASE_SPIKE;
    const char *name = act_text(run, "kind", NULL);
    return name && case_kind_parse(name, &kind) ? 1U << kind : 0;
}

static guint states_of(const ActRun *run)
{
    CaseState state = CASE_WAITING;
    const char *name = act_text(run, "state", NULL);
    return name && case_state_parse(name, &state) ? 1U << state : 0;
}

gboolean act_cases(ActRun *run, GError **error)
{
    const Actor *actor = &run->request->actor;
    int most = (int)act_integer(run, "most", CASES_A_PAGE);
    CaseFilter filter = {.kinds = kinds_of(run),
                         .states = states_of(run),
                         .coop = act_text(run, "coop", NULL),
                         .worker = act_text(run, "worker", NULL),
                         .after = act_text(run, "after", NULL),
                         .most = most + 1};
    /* A coop sees what it asked, and not who was asked for it. */
    if (actor->role == ACTOR_COOP)
        filter.kinds = filter.kinds & ~(1U << CASE_SPIKE) ? filter.kinds & 1U << CASE_SPIKE : 1U << CASE_SPIKE;
    if (act_has(run, "week")) {
        filter.has_week = TRUE;
        filter.week = act_week(run);
    }
    g_autoptr(GPtrArray) cases = store_find_cases(run->desk->store, &filter, error);
    if (!cases)
        return FALSE;
    json_t *list = json_array();
    for (guint i = 0; i < MIN(cases->len, (guint)most); i++)
        json_array_append_new(list, act_json_case(run->desk->pool, g_ptr_array_index(cases, i), actor));
    run->answer->body = json_object();
    json_put(run->answer->body, "cases", list);
    json_put(run->answer->body, "next",
             cases->len > (guint)most ? json_text(((const Case *)g_ptr_array_index(cases, (guint)most - 1))->id)
                                      : json_null());
    return TRUE;
}
