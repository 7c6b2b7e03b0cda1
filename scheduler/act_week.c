/*
 * Looking: the pool, its weeks, a week as the planner's board has it, a worker's own week, a coop's own week.
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

/* --- the pool */

static json_t *coops_of(const Pool *pool)
{
    json_t *list = json_array();
    for (guint i = 0; i < pool->coops->len; i++) {
        const Coop *coop = pool_coop(pool, i);
        json_t *object = json_object();
        json_put(object, "coop", json_text(coop->id));
        json_put(object, "name", json_text(coop->name));
        json_put(object, "sector", json_text(coop->sector));
        json_put(object, "address", json_text(coop->address));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *certificates_of(const Worker *worker)
{
    json_t *list = json_array();
    for (guint i = 0; i < worker->certificates->len; i++) {
        const Certificate *certificate = &g_array_index(worker->certificates, Certificate, i);
        json_t *object = json_object();
        json_put(object, "certificate", json_text(certificate->name));
        json_put(object, "level", json_text(certificate_level_name(certificate->level)));
        if (certificate->valid_until == DAY_MAX)
            json_put(object, "valid_until", json_null());
        else
            json_put_taken(object, "valid_until", day_format(certificate->valid_until));
        json_array_append_new(list, object);
    }
    return list;
}

static double hours_of(Decimal hours)
{
    return (double)hours / DECIMAL_ONE;
}

static json_t *json_of_worker(const Worker *worker)
{
    json_t *object = json_object();
    json_put(object, "worker", json_text(worker->id));
    json_put(object, "name", json_text(worker->name));
    json_put(object, "contract_min", json_real(hours_of(worker->contract_min)));
    json_put(object, "contract_max", json_real(hours_of(worker->contract_max)));
    json_put(object, "certificates", certificates_of(worker));
    return object;
}

gboolean act_pool(ActRun *run, GError **error)
{
    (void)error;
    const Pool *pool = run->desk->pool;
    json_t *body = run->answer->body = json_object();
    json_t *workers = json_array();
    json_put(body, "pool", json_text(pool->id));
    json_put(body, "name", json_text(pool->name));
    json_put(body, "timezone", json_text(zone_name(pool->zone)));
    json_put(body, "rules", json_text(profile_name(pool->profile)));
    json_put(body, "coops", coops_of(pool));
    for (guint i = 0; i < pool->workers->len; i++) {
        json_array_append_new(workers, json_of_worker(pool_worker(pool, i)));
    }
    json_put(body, "workers", workers);
    return TRUE;
}

gboolean act_me(ActRun *run, GError **error)
{
    const Actor *actor = &run->request->actor;
    const Pool *pool = run->desk->pool;
    const char *name = "", *language = "";
    guint index = 0;
    if (actor->role == ACTOR_WORKER) {
        if (!desk_worker(run->desk, actor->id, &index, error))
            return FALSE;
        name = pool_worker(pool, index)->name;
        language = pool_worker(pool, index)->language;
    } else if (actor->role == ACTOR_COOP) {
        if (!desk_coop(run->desk, actor->id, &index, error))
            return FALSE;
        name = pool_coop(pool, index)->name;
    }
    json_t *body = run->answer->body = json_object();
    json_put(body, "role", json_text(actor_role_name(actor->role)));
    json_put(body, "id", json_text(actor->id));
    json_put(body, "name", json_text(name));
    json_put(body, "language", json_text(language));
    json_put(body, "pool", json_text(pool->id));
    json_put(body, "pool_name", json_text(pool->name));
    json_put(body, "timezone", json_text(zone_name(pool->zone)));
    json_put_taken(body, "now", utc_format(desk_now_min(run->desk)));
    json_put_taken(body, "week", iso_week_format(iso_week_of(zone_day(pool->zone, desk_now_min(run->desk)))));
    return TRUE;
}

static gint week_compare(gconstpointer left, gconstpointer right)
{
    Day a = ((const IsoWeek *)left)->monday, b = ((const IsoWeek *)right)->monday;
    return (a > b) - (a < b);
}

/* The weeks that have a shift, each once, by time. */
static GArray *weeks_with_shifts(const Pool *pool)
{
    GArray *weeks = g_array_new(FALSE, FALSE, sizeof(IsoWeek));
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < pool->shifts->len; i++) {
        IsoWeek week = pool_shift(pool, i)->week;
        if (g_hash_table_add(seen, GINT_TO_POINTER(week.monday)))
            g_array_append_val(weeks, week);
    }
    g_array_sort(weeks, week_compare);
    return weeks;
}

gboolean act_weeks(ActRun *run, GError **error)
{
    g_autoptr(GArray) weeks = weeks_with_shifts(run->desk->pool);
    json_t *body = run->answer->body = json_object();
    json_t *list = json_array();
    json_put(body, "weeks", list);
    for (guint i = 0; i < weeks->len; i++) {
        IsoWeek iso = g_array_index(weeks, IsoWeek, i);
        g_autoptr(DeskWeek) week = desk_week_open(run->desk, iso, DESK_LOOK, error);
        if (!week)
            return FALSE;
        json_t *object = json_object();
        json_int_t asked = 0, covered = 0;
        for (guint at = 0; at < week->week->shifts->len; at++) {
            guint shift = g_array_index(week->week->shifts, guint, at);
            asked += pool_shift(run->desk->pool, shift)->headcount;
            covered += roster_cover(week->roster, shift, NULL);
        }
        act_put_week(object, week);
        json_put(object, "shifts", json_integer(week->week->shifts->len));
        json_put(object, "asked", json_integer(asked));
        json_put(object, "covered", json_integer(covered));
        json_array_append_new(list, object);
    }
    return TRUE;
}

/* --- the planner's board */

static json_t *shifts_of(const DeskWeek *week)
{
    json_t *list = json_array();
    for (guint at = 0; at < week->week->shifts->len; at++) {
        guint shift = g_array_index(week->week->shifts, guint, at);
        json_array_append_new(list, act_json_shift(week->week->pool, shift, roster_cover(week->roster, shift, NULL)));
    }
    return list;
}

static json_t *windows_of(const Week *week, const Worker *worker)
{
    json_t *list = json_array();
    for (guint i = 0; i < worker->windows->len; i++) {
        const Window *window = &g_array_index(worker->windows, Window, i);
        if (window->end_min <= week->start_min || window->start_min >= week->end_min)
            continue;
        json_t *object = json_object();
        json_put_times(object, week->pool->zone, window->start_min, window->end_min);
        json_put(object, "kind", json_text(window_kind_name(window->kind)));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *workers_of(const DeskWeek *week)
{
    const Pool *pool = week->week->pool;
    json_t *list = json_array();
    g_autofree int64_t *planned_min = g_new0(int64_t, pool->workers->len);
    for (guint i = 0; i < week->roster->assignments->len; i++) {
        const Assignment *assignment = roster_at(week->roster, i);
        planned_min[assignment->worker] += shift_paid_min(pool_shift(pool, assignment->shift));
    }
    for (guint i = 0; i < pool->workers->len; i++) {
        const Worker *worker = pool_worker(pool, i);
        json_t *object = json_of_worker(worker);
        json_put(object, "planned_minutes", json_integer(planned_min[i]));
        json_put(object, "windows", windows_of(week->week, worker));
        json_array_append_new(list, object);
    }
    return list;
}

json_t *act_json_assignment(const Pool *pool, guint shift, guint worker)
{
    json_t *object = json_object();
    json_put(object, "shift", json_text(pool_shift(pool, shift)->id));
    json_put(object, "worker", json_text(pool_worker(pool, worker)->id));
    return object;
}

static json_t *assignments_of(const DeskWeek *week)
{
    json_t *list = json_array();
    for (guint i = 0; i < week->roster->assignments->len; i++) {
        const Assignment *assignment = roster_at(week->roster, i);
        json_t *object = act_json_assignment(week->week->pool, assignment->shift, assignment->worker);
        gboolean is_new = week->published && !roster_find(week->published, assignment->shift, assignment->worker);
        json_put(object, "is_pinned", json_boolean(assignment->is_pinned));
        json_put(object, "is_new", json_boolean(is_new));
        json_array_append_new(list, object);
    }
    return list;
}

/* What is published and no longer in the draft. */
static json_t *dropped_of(const DeskWeek *week, const Roster *roster)
{
    json_t *list = json_array();
    for (guint i = 0; week->published && i < week->published->assignments->len; i++) {
        const Assignment *assignment = roster_at(week->published, i);
        if (!roster_find(roster, assignment->shift, assignment->worker))
            json_array_append_new(list, act_json_assignment(week->week->pool, assignment->shift, assignment->worker));
    }
    return list;
}

void act_put_standing(json_t *object, const DeskWeek *week, const Roster *roster, const Cost *cost)
{
    g_autoptr(GPtrArray) violations = rules_check(week->week, roster);
    json_put(object, "cost", act_json_cost(cost));
    json_put(object, "dropped", dropped_of(week, roster));
    json_put(object, "violations", act_json_violations(week->week->pool, violations));
}

gboolean act_week_board(ActRun *run, GError **error)
{
    DeskUse use = g_str_equal(act_text(run, "roster", "draft"), "published") ? DESK_LOOK_PUBLISHED : DESK_LOOK;
    int64_t version = 0;
    if (!desk_week_version_of(run->desk, act_week(run), &version, error))
        return FALSE;
    if (act_is_known(run, version))
        return TRUE;
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, act_week(run), use, error);
    if (!week)
        return FALSE;
    Cost cost = cost_of(week->week, week->roster);
    json_t *body = run->answer->body = json_object();
    act_put_week(body, week);
    json_put_times(body, week->week->pool->zone, week->week->start_min, week->week->end_min);
    json_put(body, "timezone", json_text(zone_name(week->week->pool->zone)));
    act_put_figures(body, &week->figures, cost_total(&cost));
    json_put(body, "coops", coops_of(week->week->pool));
    json_put(body, "shifts", shifts_of(week));
    json_put(body, "workers", workers_of(week));
    json_put(body, "assignments", assignments_of(week));
    act_put_standing(body, week, week->roster, &cost);
    run->answer->version = desk_week_version(week);
    return TRUE;
}

/* --- one's own week, as it is published */

static void put_people(json_t *object, const DeskWeek *week, guint shift, gboolean is_own_coop)
{
    const Pool *pool = week->week->pool;
    json_t *people = json_array();
    guint first = 0, cover = roster_cover(week->roster, shift, &first);
    for (guint i = 0; i < cover; i++) {
        const Worker *worker = pool_worker(pool, roster_at(week->roster, first + i)->worker);
        json_t *person = json_object();
        /* A coop knows who comes; colleagues know each other's first names. */
        g_auto(GStrv) names = g_strsplit(worker->name, " ", 2);
        if (is_own_coop)
            json_put(person, "worker", json_text(worker->id));
        json_put(person, "name", json_text(is_own_coop || !names[0] ? worker->name : names[0]));
        json_array_append_new(people, person);
    }
    json_put(object, "people", people);
}

gboolean act_worker_week(ActRun *run, GError **error)
{
    guint worker = 0;
    int64_t planned_min = 0;
    if (!act_worker(run, &worker, error))
        return FALSE;
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, act_week(run), DESK_LOOK_PUBLISHED, error);
    if (!week)
        return FALSE;
    const Pool *pool = run->desk->pool;
    const Worker *who = pool_worker(pool, worker);
    json_t *body = run->answer->body = json_object();
    json_t *shifts = json_array();
    json_put_taken(body, "week", iso_week_format(week->week->week));
    json_put(body, "revision", json_integer(week->published ? week->published->revision : 0));
    json_put(body, "worker", json_text(who->id));
    json_put(body, "name", json_text(who->name));
    json_put(body, "timezone", json_text(zone_name(pool->zone)));
    for (guint at = 0; at < week->week->shifts->len; at++) {
        guint index = g_array_index(week->week->shifts, guint, at);
        const Shift *shift = pool_shift(pool, index);
        if (!roster_find(week->roster, index, worker))
            continue;
        const Coop *coop = pool_coop(pool, shift->coop);
        json_t *object = act_json_shift(pool, index, roster_cover(week->roster, index, NULL));
        json_put(object, "coop_name", json_text(coop->name));
        json_put(object, "address", json_text(coop->address));
        json_put(object, "contact", json_text(coop->contact));
        put_people(object, week, index, FALSE);
        json_array_append_new(shifts, object);
        planned_min += shift_paid_min(shift);
    }
    json_put(body, "shifts", shifts);
    json_put(body, "planned_minutes", json_integer(planned_min));
    json_put(body, "contract_min", json_real(hours_of(who->contract_min)));
    json_put(body, "contract_max", json_real(hours_of(who->contract_max)));
    json_put(body, "windows", windows_of(week->week, who));
    return TRUE;
}

gboolean act_coop_week(ActRun *run, GError **error)
{
    guint coop = 0;
    if (!act_coop(run, &coop, error))
        return FALSE;
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, act_week(run), DESK_LOOK_PUBLISHED, error);
    if (!week)
        return FALSE;
    const Pool *pool = run->desk->pool;
    json_t *body = run->answer->body = json_object();
    json_t *shifts = json_array();
    json_put_taken(body, "week", iso_week_format(week->week->week));
    json_put(body, "revision", json_integer(week->published ? week->published->revision : 0));
    json_put(body, "coop", json_text(pool_coop(pool, coop)->id));
    json_put(body, "name", json_text(pool_coop(pool, coop)->name));
    json_put(body, "timezone", json_text(zone_name(pool->zone)));
    for (guint at = 0; at < week->week->shifts->len; at++) {
        guint index = g_array_index(week->week->shifts, guint, at);
        if (pool_shift(pool, index)->coop != coop)
            continue;
        json_t *object = act_json_shift(pool, index, roster_cover(week->roster, index, NULL));
        put_people(object, week, index, TRUE);
        json_array_append_new(shifts, object);
    }
    json_put(body, "shifts", shifts);
    return TRUE;
}
