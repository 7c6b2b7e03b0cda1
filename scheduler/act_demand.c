/*
 * What coops ask in weeks that are not published yet, and when workers can work. (Demand on a published week is a
 * spike: act_spike.c.)
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"
#include "rooster/disturb.h"

#include <string.h>

/* --- shifts */

static const char **names_of(Pool *pool, const ActRun *run, const char *argument)
{
    g_autoptr(GString) list = g_string_new(NULL);
    json_t *names = act_list(run, argument);
    for (size_t i = 0; i < json_array_size(names); i++)
        g_string_append_printf(list, "%s%s", i ? ";" : "", json_string_value(json_array_get(names, i)));
    return pool_string_list(pool, list->str);
}

/* The shift of the arguments over `shift` as it was; lists live with `pool`. */
void act_read_shift(const ActRun *run, Pool *pool, Shift *shift)
{
    Priority priority = shift->priority;
    shift->role = act_text(run, "role", shift->role);
    if (act_has(run, "start"))
        shift->start_min = act_time(run, "start");
    if (act_has(run, "end"))
        shift->end_min = act_time(run, "end");
    shift->break_min = (int32_t)act_integer(run, "break_minutes", shift->break_min);
    shift->headcount = (int32_t)act_integer(run, "headcount", shift->headcount);
    if (act_has(run, "certificates"))
        shift->certificates = names_of(pool, run, "certificates");
    if (act_has(run, "team_certificates"))
        shift->team_certificates = names_of(pool, run, "team_certificates");
    if (priority_parse(act_text(run, "priority", priority_name(priority)), &priority))
        shift->priority = priority;
}

static gboolean is_published(const Desk *desk, IsoWeek week)
{
    for (guint i = 0; i < desk->published->len; i++)
        if (((const Roster *)g_ptr_array_index(desk->published, i))->week.monday == week.monday)
            return TRUE;
    return FALSE;
}

static gboolean week_is_open(const ActRun *run, int64_t start_min, GError **error)
{
    IsoWeek week = iso_week_of(zone_day(run->desk->pool->zone, start_min));
    if (!is_published(run->desk, week))
        return TRUE;
    g_autofree char *name = iso_week_format(week);
    return act_refuse(error, ACT_ERROR_REFUSED, "%s is published: ask for it as a spike", name);
}

/* The changed pool becomes the stored one, and the answer tells the shift. */
static gboolean save_shift(ActRun *run, Pool *pool, const char *id, const char *what, GError **error)
{
    guint index = 0;
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, what, "shift %s", id);
    pool_close(pool);
    if (!act_begin(run, error) || !store_change_pool(run->desk->store, pool, run->desk->pool, audit, error))
        return FALSE;
    pool_find_shift(pool, id, &index);
    run->answer->body = act_json_shift(pool, index, 0);
    return act_commit(run, error);
}

/* What the pool says of a row is about an argument. */
static gboolean pool_takes(gboolean is_taken, GError **reason, GError **error)
{
    if (!is_taken) {
        sentence_pass_error(error, ACT_ERROR, ACT_ERROR_INVALID, *reason);
        g_clear_error(reason);
    }
    return is_taken;
}

gboolean act_shift_add(ActRun *run, GError **error)
{
    GError *reason = NULL;
    guint coop = 0, taken = 0;
    if (!act_coop(run, &coop, error))
        return FALSE;
    g_autoptr(Pool) pool = pool_copy_open(run->desk->pool);
    Shift shift = {.coop = coop, .role = "", .headcount = 1, .priority = PRIORITY_NORMAL};
    shift.certificates = shift.team_certificates = pool_string_list(pool, "");
    act_read_shift(run, pool, &shift);
    if (!week_is_open(run, shift.start_min, error))
        return FALSE;
    g_autofree char *id =
        act_has(run, "shift") ? g_strdup(act_text(run, "shift", NULL)) : disturb_shift_id(pool, coop, shift.start_min);
    if (pool_find_shift(pool, id, &taken))
        return act_refuse(error, ACT_ERROR_REFUSED, "there is a shift %s already", id);
    shift.id = id;
    if (!pool_takes(pool_add_shift(pool, &shift, NULL, &reason), &reason, error))
        return FALSE;
    run->answer->is_created = TRUE;
    return save_shift(run, pool, id, "shift add", error);
}

/* A copy of the pool in which the shift is another; NULL where the pool does not take it. */
static Pool *with_shift(const ActRun *run, guint changed, GError **error)
{
    g_autoptr(Pool) pool = pool_copy_people(run->desk->pool);
    for (guint i = 0; i < run->desk->pool->shifts->len; i++) {
        GError *reason = NULL;
        Shift shift = *pool_shift(run->desk->pool, i);
        if (i == changed) {
            act_read_shift(run, pool, &shift);
            if (!week_is_open(run, shift.start_min, error))
                return NULL;
        }
        if (!pool_takes(pool_add_shift(pool, &shift, NULL, &reason), &reason, error))
            return NULL;
    }
    return g_steal_pointer(&pool);
}

gboolean act_shift_change(ActRun *run, GError **error)
{
    guint shift = 0;
    const Actor *actor = &run->request->actor;
    if (!act_shift(run, &shift, error))
        return FALSE;
    const Shift *before = pool_shift(run->desk->pool, shift);
    const char *coop = pool_coop(run->desk->pool, before->coop)->id;
    if (actor->role == ACTOR_COOP && !g_str_equal(coop, actor->id))
        return act_refuse(error, ACT_ERROR_NOT_FOUND, "no shift %s of yours", before->id);
    if (!week_is_open(run, before->start_min, error))
        return FALSE;
    g_autoptr(Pool) pool = with_shift(run, shift, error);
    return pool && save_shift(run, pool, before->id, "shift change", error);
}

/* --- when a worker can work */

static void put_windows(json_t *body, const Pool *pool, guint index)
{
    const Worker *worker = pool_worker(pool, index);
    json_t *list = json_array();
    for (guint i = 0; i < worker->windows->len; i++) {
        const Window *window = &g_array_index(worker->windows, Window, i);
        json_t *object = json_object();
        json_put_times(object, pool->zone, window->start_min, window->end_min);
        json_put(object, "kind", json_text(window_kind_name(window->kind)));
        json_array_append_new(list, object);
    }
    json_put(body, "worker", json_text(worker->id));
    json_put(body, "windows", list);
}

gboolean act_availability(ActRun *run, GError **error)
{
    guint worker = 0;
    if (!act_worker(run, &worker, error))
        return FALSE;
    run->answer->body = json_object();
    put_windows(run->answer->body, run->desk->pool, worker);
    return TRUE;
}

/* What of the old windows stays: those that do not touch [from, until), and the outer parts of those that do. */
static void keep_outside(GArray *windows, const Worker *worker, int64_t from_min, int64_t until_min)
{
    for (guint i = 0; i < worker->windows->len; i++) {
        Window before = g_array_index(worker->windows, Window, i), after = before;
        before.end_min = MIN(before.end_min, from_min);
        after.start_min = MAX(after.start_min, until_min);
        if (before.start_min < before.end_min)
            g_array_append_val(windows, before);
        if (after.start_min < after.end_min)
            g_array_append_val(windows, after);
    }
}

static gboolean read_windows(const ActRun *run, GArray *windows, int64_t from_min, int64_t until_min, GError **error)
{
    json_t *list = act_list(run, "windows");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        Window window = {0};
        zone_parse(run->desk->pool->zone, json_string_value(json_object_get(object, "start")), &window.start_min, NULL);
        zone_parse(run->desk->pool->zone, json_string_value(json_object_get(object, "end")), &window.end_min, NULL);
        window_kind_parse(json_string_value(json_object_get(object, "kind")), &window.kind);
        if (window.start_min < from_min || window.end_min > until_min || window.start_min >= window.end_min)
            return act_refuse(error, ACT_ERROR_INVALID, "/windows/%zu: not within from and until, start before end", i);
        g_array_append_val(windows, window);
    }
    return TRUE;
}

/* Who is planned says that they cannot come (act_absence.c), so that somebody else is found. */
static gboolean is_free(const ActRun *run, guint worker, const GArray *windows, GError **error)
{
    const Pool *pool = run->desk->pool;
    for (guint i = 0; i < run->desk->published->len; i++) {
        const Roster *roster = g_ptr_array_index(run->desk->published, i);
        for (guint at = 0; at < roster->assignments->len; at++) {
            const Assignment *assignment = roster_at(roster, at);
            const Shift *shift = pool_shift(pool, assignment->shift);
            if (assignment->worker != worker)
                continue;
            for (guint w = 0; w < windows->len; w++) {
                const Window *window = &g_array_index(windows, Window, w);
                if (window->kind == WINDOW_UNAVAILABLE && window->start_min < shift->end_min &&
                    window->end_min > shift->start_min &&
                    !worker_window(pool_worker(pool, worker), WINDOW_UNAVAILABLE, shift->start_min, shift->end_min))
                    return act_refuse(error, ACT_ERROR_REFUSED, "shift %s is planned then: say that you cannot come",
                                      shift->id);
            }
        }
    }
    return TRUE;
}

Pool *act_with_worker(const Pool *base, guint changed, const Worker *as, GError **error)
{
    g_autoptr(Pool) pool = pool_copy_settings(base);
    GError *reason = NULL;
    gboolean is_right = TRUE;
    for (guint i = 0; is_right && i < base->coops->len; i++)
        is_right = pool_add_coop(pool, pool_coop(base, i), NULL, &reason);
    for (guint i = 0; is_right && i < base->workers->len; i++)
        is_right = pool_copy_worker(pool, i == changed ? as : pool_worker(base, i), NULL, &reason);
    for (guint i = 0; is_right && i < base->shifts->len; i++)
        is_right = pool_add_shift(pool, pool_shift(base, i), NULL, &reason);
    if (!pool_takes(is_right, &reason, error))
        return NULL;
    pool_close(pool);
    return g_steal_pointer(&pool);
}

/* Replaces what is said of [from, until); what stands outside stays. */
gboolean act_availability_set(ActRun *run, GError **error)
{
    guint worker = 0;
    int64_t from_min = act_time(run, "from"), until_min = act_time(run, "until");
    if (!act_worker(run, &worker, error))
        return FALSE;
    if (from_min >= until_min)
        return act_refuse(error, ACT_ERROR_INVALID, "/until: not after /from");
    g_autoptr(GArray) windows = g_array_new(FALSE, FALSE, sizeof(Window));
    keep_outside(windows, pool_worker(run->desk->pool, worker), from_min, until_min);
    if (!read_windows(run, windows, from_min, until_min, error) || !is_free(run, worker, windows, error))
        return FALSE;
    Worker as = *pool_worker(run->desk->pool, worker);
    as.windows = windows;
    g_autoptr(Pool) pool = act_with_worker(run->desk->pool, worker, &as, error);
    g_autoptr(AuditEntry) audit =
        desk_audit(run->desk, run->request->actor.name, "availability", "worker %s", act_text(run, "worker", ""));
    if (!pool || !act_begin(run, error) || !store_change_pool(run->desk->store, pool, run->desk->pool, audit, error))
        return FALSE;
    run->answer->body = json_object();
    put_windows(run->answer->body, pool, worker);
    return act_commit(run, error);
}
