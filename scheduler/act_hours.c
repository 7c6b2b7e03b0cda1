/*
 * Hours: what is due, confirmed, disputed; booking it. A coop sees and books its own, a worker sees their own.
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

#include "rooster/hours.h"

/* --- showing them */

static json_t *json_of_entry(const Pool *pool, const WorkedEntry *entry)
{
    if (!entry)
        return json_null();
    json_t *object = json_object();
    json_put(object, "entry", json_integer(entry->entry));
    json_put_times(object, pool->zone, entry->start_min, entry->end_min);
    json_put(object, "break_minutes", json_integer(entry->break_min));
    json_put(object, "paid_minutes", json_integer(entry->paid_min));
    json_put(object, "note", json_text(entry->note));
    json_put(object, "by", json_text(entry->by));
    json_put_taken(object, "at", utc_format(entry->at_s / 60));
    return object;
}

static json_t *json_of_line(const Pool *pool, const HoursLine *line)
{
    guint worker;
    gboolean is_known = pool_find_worker(pool, line->worker, &worker);
    json_t *object = json_object();
    json_put(object, "shift", json_text(line->shift));
    json_put(object, "worker", json_text(line->worker));
    json_put(object, "name", json_text(is_known ? pool_worker(pool, worker)->name : line->worker));
    json_put(object, "coop", json_text(line->coop));
    json_put_times(object, pool->zone, line->start_min, line->end_min);
    json_put(object, "break_minutes", json_integer(line->break_min));
    json_put(object, "planned_minutes", json_integer(line->end_min - line->start_min - line->break_min));
    json_put(object, "reason", json_text(worked_reason_name(line->reason)));
    json_put(object, "state", json_text(hours_state_name(line->state)));
    json_put(object, "has_ended", json_boolean(line->has_ended));
    json_put(object, "booked", json_of_entry(pool, line->entry));
    json_put(object, "floor_minutes", json_integer(line->floor ? line->floor->paid_min : 0));
    return object;
}

static gboolean is_seen(const ActRun *run, const HoursLine *line)
{
    const char *coop = act_text(run, "coop", NULL);
    return !coop || g_str_equal(line->coop, coop);
}

static void put_lines(ActRun *run, const Hours *hours, const GArray *claims)
{
    json_t *body = run->answer->body = json_object(), *lines = json_array();
    const char *worker = claims ? NULL : act_text(run, "worker", NULL);
    json_put_taken(body, "week", iso_week_format(hours->week));
    json_put(body, "timezone", json_text(zone_name(hours->pool->zone)));
    for (guint i = 0; i < hours->lines->len; i++) {
        const HoursLine *line = &g_array_index(hours->lines, HoursLine, i);
        gboolean is_asked = !claims;
        for (guint k = 0; claims && k < claims->len; k++) {
            const HoursClaim *claim = &g_array_index(claims, HoursClaim, k);
            is_asked = is_asked || (claim->reason == line->reason && g_str_equal(claim->shift, line->shift) &&
                                    g_str_equal(claim->worker, line->worker));
        }
        if (is_asked && is_seen(run, line) && (!worker || g_str_equal(line->worker, worker)))
            json_array_append_new(lines, json_of_line(hours->pool, line));
    }
    json_put(body, "lines", lines);
}

static Hours *load(const ActRun *run, GError **error)
{
    return hours_load(run->desk->store, run->desk->pool, act_week(run), run->desk->now_s, error);
}

gboolean act_hours(ActRun *run, GError **error)
{
    g_autoptr(Hours) hours = load(run, error);
    if (!hours)
        return FALSE;
    put_lines(run, hours, NULL);
    return TRUE;
}

/* --- claims */

static int64_t time_of(const Pool *pool, const json_t *item, const char *name)
{
    int64_t at_min = 0;
    const char *text = json_string_value(json_object_get(item, name));
    if (text)
        zone_parse(pool->zone, text, &at_min, NULL);
    return at_min;
}

/* What was planned or, if that was withdrawn, what stays owed of it; a correction may say which. */
static WorkedReason reason_of(const Hours *hours, const json_t *item, const char *shift, const char *worker)
{
    WorkedReason reason = WORKED_DONE;
    const char *said = json_string_value(json_object_get(item, "reason"));
    if (said && worked_reason_parse(said, &reason))
        return reason;
    gboolean is_withdrawn =
        !hours_find(hours, shift, worker, WORKED_DONE) && hours_find(hours, shift, worker, WORKED_CANCELLED_PAID);
    return is_withdrawn ? WORKED_CANCELLED_PAID : WORKED_DONE;
}

static gboolean read_item(const ActRun *run, const Hours *hours, const json_t *item, HoursClaim *claim, GError **error)
{
    const Pool *pool = hours->pool;
    const char *start = json_string_value(json_object_get(item, "start"));
    const char *end = json_string_value(json_object_get(item, "end"));
    json_int_t break_min = json_integer_value(json_object_get(item, "break_minutes"));
    *claim = (HoursClaim){.shift = json_string_value(json_object_get(item, "shift")),
                          .worker = json_string_value(json_object_get(item, "worker")),
                          .has_times = start != NULL,
                          .start_min = time_of(pool, item, "start"),
                          .end_min = time_of(pool, item, "end"),
                          .break_min = (int32_t)break_min,
                          .is_nothing = json_is_true(json_object_get(item, "is_nothing")),
                          .note = json_string_value(json_object_get(item, "note"))};
    claim->reason = reason_of(hours, item, claim->shift, claim->worker);
    const HoursLine *line = hours_find(hours, claim->shift, claim->worker, claim->reason);
    if (line && !is_seen(run, line)) /* another coop's: not theirs to know of */
        return act_refuse(error, ACT_ERROR_NOT_FOUND, "worker %s was not planned on shift %s", claim->worker,
                          claim->shift);
    if (!start != !end || (break_min && !start) || (claim->is_nothing && start))
        return act_refuse(error, ACT_ERROR_INVALID, "shift %s, worker %s: times are start and end together",
                          claim->shift, claim->worker);
    return TRUE;
}

static GArray *read_claims(const ActRun *run, const Hours *hours, GError **error)
{
    json_t *items = act_list(run, "items");
    g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(HoursClaim));
    for (size_t i = 0; i < json_array_size(items); i++) {
        HoursClaim claim;
        if (!read_item(run, hours, json_array_get(items, i), &claim, error))
            return NULL;
        g_array_append_val(claims, claim);
    }
    return g_steal_pointer(&claims);
}

static GArray *read_due(const ActRun *run, const Hours *hours, GError **error)
{
    Day day = DAY_MIN;
    GError *reason = NULL;
    const char *text = act_text(run, "day", NULL);
    if (text && !act_in_argument(day_parse(text, &day, &reason), &reason, "/day", error))
        return NULL;
    return hours_due(hours, act_text(run, "coop", NULL), day);
}

/* --- booking */

static gboolean translate(GError **error)
{
    g_autoptr(GError) reason = g_steal_pointer(error);
    if (reason->domain == HOURS_ERROR)
        sentence_pass_error(error, ACT_ERROR,
                            reason->code == HOURS_ERROR_UNKNOWN ? ACT_ERROR_NOT_FOUND
                            : reason->code == HOURS_ERROR_TIMES ? ACT_ERROR_INVALID
                                                                : ACT_ERROR_REFUSED,
                            reason);
    else
        g_propagate_error(error, g_steal_pointer(&reason));
    return FALSE;
}

typedef GPtrArray *(*HoursBooking)(const Hours *, const HoursClaim *, guint, const char *, GError **);

/* All that was claimed, or nothing; the answer shows it as it stands now. */
static gboolean book(ActRun *run, HoursBooking booking, GError **error)
{
    const char *who = run->request->actor.name;
    if (!act_begin(run, error))
        return FALSE;
    g_autoptr(Hours) hours = load(run, error);
    gboolean is_bulk = hours && booking == hours_confirm && !act_has(run, "items");
    g_autoptr(GArray) claims = !hours ? NULL : is_bulk ? read_due(run, hours, error) : read_claims(run, hours, error);
    if (!claims)
        return FALSE;
    g_autoptr(GPtrArray) entries = booking(hours, (const HoursClaim *)(gpointer)claims->data, claims->len, who, error);
    if (!entries)
        return translate(error);
    g_autofree char *week = iso_week_format(hours->week);
    g_autoptr(AuditEntry) audit =
        desk_audit(run->desk, who, run->request->act->name, "%u assignments in %s", claims->len, week);
    if (entries->len && !store_append_worked(run->desk->store, entries, audit, error))
        return FALSE;
    g_autoptr(Hours) now = load(run, error);
    if (!now)
        return FALSE;
    put_lines(run, now, claims);
    return act_commit(run, error);
}

gboolean act_hours_confirm(ActRun *run, GError **error)
{
    return book(run, hours_confirm, error);
}

gboolean act_hours_dispute(ActRun *run, GError **error)
{
    return book(run, hours_dispute, error);
}

gboolean act_hours_correct(ActRun *run, GError **error)
{
    return book(run, hours_correct, error);
}
