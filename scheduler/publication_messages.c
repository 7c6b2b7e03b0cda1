/*
 * The messages of a publishing (DESIGN 8, data/asyncapi.json): for every worker and coop whom it touches the whole
 * state, retained, then what changed; and one for the planner. State comes first, so that whoever acts on a change
 * finds it there.
 */
#include "json_put.h"
#include "publication_lines.h"
#include "rooster/plan.h"

#include <stdlib.h>
#include <string.h>

typedef struct Writer {
    const Publishing *publishing;
    const Pool *pool;
    const Lines *lines;
    GPtrArray *messages;
} Writer;

/* ---- a message */

/* Every body begins so: what it is, of which pool, and which publishing it follows from. */
static json_t *body_new(const Writer *writer, const char *kind)
{
    const Publishing *publishing = writer->publishing;
    json_t *body = json_object();
    json_put(body, "kind", json_text(kind));
    json_put(body, "pool", json_text(writer->pool->id));
    json_put_taken(body, "week", iso_week_format(publishing->week->week));
    json_put(body, "revision", json_integer(publishing->revision));
    json_put_taken(body, "published_at", utc_format(publishing->now_s / 60));
    json_put(body, "timezone", json_text(zone_name(writer->pool->zone)));
    return body;
}

/* Takes the body. */
static void add_message(Writer *writer, const char *owner_kind, const char *owner, const char *last,
                        gboolean is_retained, json_t *body)
{
    const Publishing *publishing = writer->publishing;
    char *json = json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(12));
    json_decref(body);
    g_assert(json);
    g_autofree char *topic =
        owner ? g_strdup_printf("%s/%s/%s", owner_kind, owner, last) : g_strdup_printf("%s/%s", owner_kind, last);
    g_autofree char *week = iso_week_format(publishing->week->week);
    g_autofree char *id =
        g_strdup_printf("%s-%s-r%d-%u", writer->pool->id, week, publishing->revision, writer->messages->len + 1);
    g_ptr_array_add(writer->messages, message_new(id, topic, json, is_retained, publishing->now_s));
    free(json);
}

/* ---- notice */

static gboolean is_late(const Writer *writer, int64_t start_min)
{
    return start_min * 60 - writer->publishing->now_s < (int64_t)NOTICE_MIN * 60;
}

static gboolean is_away(const Writer *writer, const LineChange *change)
{
    guint shift, worker;
    return pool_find_shift(writer->pool, change->shift, &shift) &&
           pool_find_worker(writer->pool, change->worker, &worker) &&
           week_is_away(writer->publishing->week, shift, worker);
}

/* BW 7:628a: within four days of the start a call may be refused (2), and what is withdrawn or moved stays owed (3). */
static json_t *notice_of(const Writer *writer, const LineChange *change)
{
    const FeedEvent *was = change->kind == LINE_MOVED ? change->before : change->event;
    gboolean may_refuse = change->kind != LINE_DROPPED && is_late(writer, change->event->start_min);
    gboolean is_withdrawn_late = change->kind != LINE_ADDED && is_late(writer, was->start_min);
    gboolean is_owed = is_withdrawn_late && !(change->kind == LINE_DROPPED && is_away(writer, change));
    const char *words =
        may_refuse && is_owed
            ? "moved less than four days ahead: you may refuse the new time (BW 7:628a lid 2), and the pay "
              "of the old one stays owed (BW 7:628a lid 3)"
        : may_refuse        ? "called less than four days ahead: you may refuse (BW 7:628a lid 2)"
        : is_owed           ? "withdrawn less than four days ahead: the pay stays owed (BW 7:628a lid 3)"
        : is_withdrawn_late ? "withdrawn less than four days ahead because you are away"
                            : "told at least four days ahead";
    json_t *notice = json_object();
    json_put(notice, "class", json_text(may_refuse || is_withdrawn_late ? "late" : "in_time"));
    json_put(notice, "may_refuse", json_boolean(may_refuse));
    json_put(notice, "pay_owed", json_boolean(is_owed));
    json_put(notice, "text", json_text(words));
    return notice;
}

/* ---- workers */

static json_t *place_value(const Place *place, double value)
{
    return place->is_known ? json_real(value) : json_null();
}

static void put_shift(const Writer *writer, json_t *object, const Shift *shift)
{
    json_put(object, "shift", json_text(shift->id));
    json_put_taken(object, "week", iso_week_format(shift->week));
    json_put(object, "role", json_text(shift->role));
    json_put_times(object, writer->pool->zone, shift->start_min, shift->end_min);
    json_put(object, "break_minutes", json_integer(shift->break_min));
    json_put(object, "paid_minutes", json_integer(shift_paid_min(shift)));
    json_put(object, "certificates", json_list_of((const char *const *)shift->certificates));
    json_put(object, "team_certificates", json_list_of((const char *const *)shift->team_certificates));
}

static int compare_text(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static json_t *colleagues(const Writer *writer, guint shift, guint worker)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const GArray *workers = g_hash_table_lookup(writer->lines->workers_of, GUINT_TO_POINTER(shift));
    for (guint i = 0; i < workers->len; i++) {
        guint other = g_array_index(workers, guint, i);
        if (other != worker)
            g_ptr_array_add(names, worker_first_name(pool_worker(writer->pool, other)));
    }
    g_ptr_array_sort(names, compare_text);
    g_ptr_array_add(names, NULL);
    return json_list_of((const char *const *)names->pdata);
}

static json_t *worker_shift(const Writer *writer, guint shift_index, guint worker)
{
    const Shift *shift = pool_shift(writer->pool, shift_index);
    const Coop *coop = pool_coop(writer->pool, shift->coop);
    json_t *object = json_object();
    put_shift(writer, object, shift);
    json_put(object, "coop", json_text(coop->id));
    json_put(object, "coop_name", json_text(coop->name));
    json_put(object, "address", json_text(coop->address));
    json_put(object, "contact", json_text(coop->contact));
    json_put(object, "latitude", place_value(&coop->place, coop->place.latitude));
    json_put(object, "longitude", place_value(&coop->place, coop->place.longitude));
    json_put(object, "colleagues", colleagues(writer, shift_index, worker));
    return object;
}

/* All published work of this and the coming weeks: the topic is one for all weeks, so a week must not hide another. */
static void send_worker_roster(Writer *writer, const char *worker_id)
{
    json_t *body = body_new(writer, "worker_roster"), *shifts = json_array();
    json_put(body, "worker", json_text(worker_id));
    json_put(body, "shifts", shifts);
    guint worker;
    if (pool_find_worker(writer->pool, worker_id, &worker)) {
        const GArray *list = g_ptr_array_index(writer->lines->shifts_of, worker);
        for (guint i = 0; i < list->len; i++)
            json_array_append_new(shifts, worker_shift(writer, g_array_index(list, guint, i), worker));
    }
    add_message(writer, "worker", worker_id, "roster", TRUE, body);
}

static json_t *line_change(const Writer *writer, const LineChange *change)
{
    json_t *object = json_object();
    json_put(object, "change", json_text(line_change_name(change->kind)));
    json_put(object, "shift", json_text(change->shift));
    json_put(object, "summary", json_text(change->event->summary));
    json_put_times(object, writer->pool->zone, change->event->start_min, change->event->end_min);
    if (change->kind == LINE_MOVED) {
        json_t *was = json_object();
        json_put_times(was, writer->pool->zone, change->before->start_min, change->before->end_min);
        json_put(object, "was", was);
    }
    json_put(object, "notice", notice_of(writer, change));
    return object;
}

static void send_worker_events(Writer *writer, const char *worker_id)
{
    json_t *changes = json_array();
    for (guint i = 0; i < writer->lines->changes->len; i++) {
        const LineChange *change = &g_array_index(writer->lines->changes, LineChange, i);
        if (strcmp(change->worker, worker_id) == 0)
            json_array_append_new(changes, line_change(writer, change));
    }
    if (json_array_size(changes) == 0) {
        json_decref(changes);
        return;
    }
    json_t *body = body_new(writer, "roster_changed");
    json_put(body, "worker", json_text(worker_id));
    json_put(body, "changes", changes);
    add_message(writer, "worker", worker_id, "events", FALSE, body);
}

/* ---- coops */

static json_t *person(const Writer *writer, const char *worker_id)
{
    guint worker;
    gboolean is_known = pool_find_worker(writer->pool, worker_id, &worker);
    json_t *object = json_object();
    json_put(object, "worker", json_text(worker_id));
    json_put(object, "name", json_text(is_known ? worker_full_name(pool_worker(writer->pool, worker)) : worker_id));
    return object;
}

static int worker_compare(gconstpointer left, gconstpointer right, gpointer pool)
{
    return strcmp(pool_worker(pool, *(const guint *)left)->id, pool_worker(pool, *(const guint *)right)->id);
}

static json_t *cover_shift(const Writer *writer, guint shift_index)
{
    const Shift *shift = pool_shift(writer->pool, shift_index);
    GArray *workers = g_hash_table_lookup(writer->lines->workers_of, GUINT_TO_POINTER(shift_index));
    g_array_sort_with_data(workers, worker_compare, (gpointer)writer->pool);
    json_t *object = json_object(), *people = json_array();
    put_shift(writer, object, shift);
    json_put(object, "headcount", json_integer(shift->headcount));
    json_put(object, "cover", json_integer(workers->len));
    json_put(object, "missing", json_integer(MAX(0, shift->headcount - (int)workers->len)));
    json_put(object, "workers", people);
    for (guint i = 0; i < workers->len; i++)
        json_array_append_new(people, person(writer, pool_worker(writer->pool, g_array_index(workers, guint, i))->id));
    return object;
}

static void send_cover(Writer *writer, const char *coop_id)
{
    json_t *body = body_new(writer, "coop_cover"), *shifts = json_array();
    json_put(body, "coop", json_text(coop_id));
    json_put(body, "shifts", shifts);
    guint coop;
    if (pool_find_coop(writer->pool, coop_id, &coop)) {
        g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint shift = 0; shift < writer->pool->shifts->len; shift++)
            if (pool_shift(writer->pool, shift)->coop == coop &&
                g_hash_table_contains(writer->lines->workers_of, GUINT_TO_POINTER(shift)))
                g_array_append_val(list, shift);
        sort_shifts(writer->pool, list);
        for (guint i = 0; i < list->len; i++)
            json_array_append_new(shifts, cover_shift(writer, g_array_index(list, guint, i)));
    }
    add_message(writer, "coop", coop_id, "cover", TRUE, body);
}

static json_t *people_who(const Writer *writer, const char *shift_id, LineChangeKind kind)
{
    json_t *people = json_array();
    for (guint i = 0; i < writer->lines->changes->len; i++) {
        const LineChange *change = &g_array_index(writer->lines->changes, LineChange, i);
        if (change->kind == kind && strcmp(change->shift, shift_id) == 0)
            json_array_append_new(people, person(writer, change->worker));
    }
    return people;
}

static json_t *cover_change(const Writer *writer, const FeedEvent *event)
{
    const FeedEvent *known = publishing_known(writer->publishing, FEED_COOP, event->owner, event->uid);
    guint shift;
    gboolean is_asked = !event->is_cancelled && pool_find_shift(writer->pool, event->shift, &shift);
    int headcount = is_asked ? pool_shift(writer->pool, shift)->headcount : 0;
    int cover = is_asked ? (int)roster_cover(writer->publishing->roster, shift, NULL) : 0;
    json_t *object = json_object();
    json_put(object, "change",
             json_text(event->is_cancelled             ? "cancelled"
                       : !known || known->is_cancelled ? "added"
                                                       : "changed"));
    json_put(object, "shift", json_text(event->shift));
    json_put(object, "summary", json_text(event->is_cancelled && known ? known->summary : event->summary));
    json_put_times(object, writer->pool->zone, event->start_min, event->end_min);
    json_put(object, "headcount", json_integer(headcount));
    json_put(object, "cover", json_integer(cover));
    json_put(object, "missing", json_integer(MAX(0, headcount - cover)));
    json_put(object, "added", people_who(writer, event->shift, LINE_ADDED));
    json_put(object, "dropped", people_who(writer, event->shift, LINE_DROPPED));
    return object;
}

static int event_compare(gconstpointer left, gconstpointer right)
{
    const FeedEvent *a = *(const FeedEvent *const *)left, *b = *(const FeedEvent *const *)right;
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    return strcmp(a->uid, b->uid);
}

static void send_coop_events(Writer *writer, const char *coop_id)
{
    g_autoptr(GPtrArray) events = g_ptr_array_new();
    for (guint i = 0; i < writer->publishing->events->len; i++) {
        FeedEvent *event = g_ptr_array_index(writer->publishing->events, i);
        if (event->kind == FEED_COOP && strcmp(event->owner, coop_id) == 0)
            g_ptr_array_add(events, event);
    }
    g_ptr_array_sort(events, event_compare);
    json_t *body = body_new(writer, "cover_changed"), *changes = json_array();
    json_put(body, "coop", json_text(coop_id));
    json_put(body, "changes", changes);
    for (guint i = 0; i < events->len; i++)
        json_array_append_new(changes, cover_change(writer, g_ptr_array_index(events, i)));
    add_message(writer, "coop", coop_id, "events", FALSE, body);
}

/* ---- the planner */

static json_t *short_shifts(const Writer *writer)
{
    json_t *list = json_array();
    const GArray *shifts = writer->publishing->week->shifts;
    for (guint i = 0; i < shifts->len; i++) {
        guint index = g_array_index(shifts, guint, i);
        const Shift *shift = pool_shift(writer->pool, index);
        int missing = shift->headcount - (int)roster_cover(writer->publishing->roster, index, NULL);
        if (missing <= 0)
            continue;
        json_t *object = json_object();
        json_put(object, "shift", json_text(shift->id));
        json_put(object, "coop", json_text(pool_coop(writer->pool, shift->coop)->id));
        json_put(object, "role", json_text(shift->role));
        json_put_times(object, writer->pool->zone, shift->start_min, shift->end_min);
        json_put(object, "missing", json_integer(missing));
        json_put(object, "certificates", json_list_of((const char *const *)shift->certificates));
        json_put(object, "team_certificates", json_list_of((const char *const *)shift->team_certificates));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *change_counts(const Writer *writer)
{
    int counts[3] = {0};
    for (guint i = 0; i < writer->lines->changes->len; i++)
        counts[g_array_index(writer->lines->changes, LineChange, i).kind]++;
    json_t *object = json_object();
    for (LineChangeKind kind = LINE_ADDED; kind <= LINE_MOVED; kind++)
        json_put(object, line_change_name(kind), json_integer(counts[kind]));
    return object;
}

static json_t *late_changes(const Writer *writer)
{
    const Publishing *publishing = writer->publishing;
    json_t *list = json_array();
    g_autoptr(GArray) warnings =
        publish_notice_warnings(publishing->week, publishing->roster, publishing->published, publishing->now_s);
    for (guint i = 0; i < warnings->len; i++) {
        const NoticeWarning *warning = &g_array_index(warnings, NoticeWarning, i);
        json_t *object = json_object();
        json_put(object, "shift", json_text(pool_shift(writer->pool, warning->shift)->id));
        json_put(object, "worker", json_text(pool_worker(writer->pool, warning->worker)->id));
        json_put(object, "change", json_text(warning->is_added ? "added" : "dropped"));
        json_put(object, "minutes_ahead", json_integer(warning->ahead_min));
        json_array_append_new(list, object);
    }
    return list;
}

static void send_planner_events(Writer *writer)
{
    const PlanFigures *figures = writer->publishing->figures;
    json_t *body = body_new(writer, "published");
    json_put(body, "status", json_text(figures->status));
    json_put(body, "cost_cents", json_integer(figures->cost_cents));
    json_put(body, "bound_cents", figures->has_bound ? json_integer(figures->bound_cents) : json_null());
    json_put(body, "gap_percent",
             figures->has_bound ? json_real(plan_gap_percent(figures->cost_cents, figures->bound_cents)) : json_null());
    json_put(body, "assignments", json_integer(writer->publishing->roster->assignments->len));
    json_put(body, "changes", change_counts(writer));
    json_put(body, "late_changes", late_changes(writer));
    json_put(body, "short_shifts", short_shifts(writer));
    add_message(writer, "planner", NULL, "events", FALSE, body);
}

/* ---- who is touched */

static void note_owner(GPtrArray *owners, GHashTable *seen, const char *owner)
{
    if (g_hash_table_add(seen, (gpointer)owner))
        g_ptr_array_add(owners, (gpointer)owner);
}

/* Owners of changed events of the kind, sorted by id. */
static GPtrArray *touched(const Writer *writer, FeedKind kind)
{
    GPtrArray *owners = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < writer->publishing->events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(writer->publishing->events, i);
        if (event->kind == kind)
            note_owner(owners, seen, event->owner);
    }
    for (guint i = 0; kind == FEED_WORKER && i < writer->lines->changes->len; i++)
        note_owner(owners, seen, g_array_index(writer->lines->changes, LineChange, i).worker);
    g_ptr_array_sort(owners, compare_text);
    return owners;
}

GPtrArray *publication_messages(const Publishing *publishing)
{
    g_autoptr(Lines) lines = lines_new(publishing);
    Writer writer = {
        .publishing = publishing,
        .pool = publishing->pool,
        .lines = lines,
        .messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free),
    };
    g_autoptr(GPtrArray) workers = touched(&writer, FEED_WORKER);
    for (guint i = 0; i < workers->len; i++) {
        send_worker_roster(&writer, g_ptr_array_index(workers, i));
        send_worker_events(&writer, g_ptr_array_index(workers, i));
    }
    g_autoptr(GPtrArray) coops = touched(&writer, FEED_COOP);
    for (guint i = 0; i < coops->len; i++) {
        send_cover(&writer, g_ptr_array_index(coops, i));
        send_coop_events(&writer, g_ptr_array_index(coops, i));
    }
    if (writer.messages->len)
        send_planner_events(&writer);
    return writer.messages;
}
