#include "act_parts.h"
#include "json_put.h"

#include "rooster/plan.h"

json_t *act_json_cost(const Cost *cost)
{
    json_t *terms = json_object();
    for (int term = 0; term < COST_TERMS; term++)
        if (cost->cents[term] != 0)
            json_put(terms, cost_term_name((CostTerm)term), json_integer(cost->cents[term]));
    json_t *object = json_object();
    json_put(object, "total_cents", json_integer(cost_total(cost)));
    json_put(object, "terms", terms);
    return object;
}

json_t *act_json_price(const Cost *before, const Cost *after)
{
    Cost difference = *after;
    for (int term = 0; term < COST_TERMS; term++)
        difference.cents[term] -= before->cents[term];
    return act_json_cost(&difference);
}

json_t *act_json_sentence(const GError *error)
{
    const char *const *words = NULL;
    const char *text = sentence_of(error, &words);
    if (!text)
        return json_null();
    json_t *object = json_object();
    json_put(object, "text", json_text(text));
    json_put(object, "words", json_list_of(words));
    return object;
}

json_t *act_json_violations(const Pool *pool, const GPtrArray *violations)
{
    json_t *list = json_array();
    for (guint i = 0; i < violations->len; i++) {
        const Violation *violation = g_ptr_array_index(violations, i);
        json_t *object = json_object();
        json_t *shifts = json_array();
        for (guint at = 0; at < violation->shifts->len; at++)
            json_array_append_new(shifts, json_text(pool_shift(pool, g_array_index(violation->shifts, guint, at))->id));
        json_put(object, "rule", json_text(violation->rule));
        json_put(object, "article", json_text(violation->article));
        json_put(object, "worker",
                 violation->worker == VIOLATION_NO_WORKER ? json_null()
                                                          : json_text(pool_worker(pool, violation->worker)->id));
        json_put(object, "shifts", shifts);
        json_put(object, "text", json_text(violation->text));
        json_put(object, "words", json_list_of((const char *const *)violation->words));
        json_array_append_new(list, object);
    }
    return list;
}

json_t *act_json_shift(const Pool *pool, guint index, guint cover)
{
    const Shift *shift = pool_shift(pool, index);
    json_t *object = json_object();
    json_put(object, "shift", json_text(shift->id));
    json_put(object, "coop", json_text(pool_coop(pool, shift->coop)->id));
    json_put(object, "role", json_text(shift->role));
    json_put_times(object, pool->zone, shift->start_min, shift->end_min);
    json_put(object, "break_minutes", json_integer(shift->break_min));
    json_put(object, "paid_minutes", json_integer(shift_paid_min(shift)));
    json_put(object, "certificates", json_list_of((const char *const *)shift->certificates));
    json_put(object, "team_certificates", json_list_of((const char *const *)shift->team_certificates));
    json_put(object, "priority", json_text(priority_name(shift->priority)));
    json_put(object, "headcount", json_integer(shift->headcount));
    json_put(object, "cover", json_integer(cover));
    json_put(object, "missing", json_integer(MAX(0, (json_int_t)shift->headcount - (json_int_t)cover)));
    return object;
}

void act_put_week(json_t *object, const DeskWeek *week)
{
    static const char *const states[] = {
        [DESK_WEEK_EMPTY] = "none", [DESK_WEEK_DRAFT] = "draft", [DESK_WEEK_PUBLISHED] = "published"};
    json_put_taken(object, "week", iso_week_format(week->week->week));
    json_put(object, "state", json_text(states[week->state]));
    json_put(object, "revision", json_integer(week->published ? week->published->revision : 0));
    json_put(object, "version", json_integer(desk_week_version(week)));
}

void act_put_figures(json_t *object, const PlanFigures *figures, int64_t cost_cents)
{
    gboolean has_bound = figures->has_bound;
    json_put(object, "cost_cents", json_integer(cost_cents));
    json_put(object, "bound_cents", has_bound ? json_integer(figures->bound_cents) : json_null());
    json_put(object, "gap_percent",
             has_bound ? json_real(plan_gap_percent(cost_cents, figures->bound_cents)) : json_null());
    json_put(object, "status", json_text(figures->status));
}
