/*
 * The calendar events of a publishing: what each feed should say of the week, compared with what it says.
 *
 * One event per assignment for the worker, one per asked shift for the coop, one per short shift for those who look for
 * work. What is equal stays untouched, so that a calendar program sees SEQUENCE and LAST-MODIFIED move only with a
 * change.
 */
#include "publication.h"
#include "rooster/decimal.h"

#include <string.h>

/* ---- uids */

/* In a uid "." joins two ids, so it may not stand in them; "/" cannot, by id_is_valid. */
static void append_id(GString *uid, const char *id)
{
    for (const char *at = id; *at; at++) {
        if (*at == '.' || *at == '%' || *at == '@')
            g_string_append_printf(uid, "%%%02X", (guint)*at);
        else
            g_string_append_c(uid, *at);
    }
}

static char *event_uid(const Pool *pool, const char *prefix, const char *shift, const char *worker)
{
    g_autofree char *domain = publication_domain(pool);
    GString *uid = g_string_new(prefix);
    append_id(uid, shift);
    if (worker) {
        g_string_append_c(uid, '.');
        append_id(uid, worker);
    }
    g_string_append_printf(uid, "@%s", domain);
    return g_string_free(uid, FALSE);
}

/* ---- texts */

static void append_line(GString *text, const char *label, const char *value)
{
    if (*value == '\0')
        return;
    if (text->len)
        g_string_append_c(text, '\n');
    g_string_append_printf(text, "%s: %s", label, value);
}

static void append_list(GString *text, const char *label, const char *const *names)
{
    g_autofree char *joined = g_strjoinv(", ", (char **)names);
    append_line(text, label, joined);
}

static int compare_text(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* "Amina, Jan": sorted by name, so that the order of the pool's rows changes nothing. */
static char *sorted_names(GPtrArray *names)
{
    g_ptr_array_sort(names, compare_text);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(", ", (char **)names->pdata);
}

/* First names of all on the shift but the worker: colleagues need no more of each other (DESIGN 8). */
static char *colleague_names(const Publishing *publishing, guint shift, guint worker)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    guint first, cover = roster_cover(publishing->roster, shift, &first);
    for (guint i = first; i < first + cover; i++) {
        guint other = roster_at(publishing->roster, i)->worker;
        if (other != worker)
            g_ptr_array_add(names, worker_first_name(pool_worker(publishing->pool, other)));
    }
    return sorted_names(names);
}

/* "Amina Bakkali (W1), ...": the coop sees the names on its own shifts; the id tells two of one name apart. */
static char *cover_names(const Publishing *publishing, guint shift)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    guint first, cover = roster_cover(publishing->roster, shift, &first);
    for (guint i = first; i < first + cover; i++) {
        const Worker *worker = pool_worker(publishing->pool, roster_at(publishing->roster, i)->worker);
        g_ptr_array_add(names, g_strdup_printf("%s (%s)", worker_full_name(worker), worker->id));
    }
    return sorted_names(names);
}

static char *at_coop(const Coop *coop, const Shift *shift)
{
    return *shift->role ? g_strdup_printf("%s: %s", coop->name, shift->role) : g_strdup(coop->name);
}

static void append_terms(GString *text, const Shift *shift)
{
    append_list(text, "Certificates", (const char *const *)shift->certificates);
    append_list(text, "Certificates in the team", (const char *const *)shift->team_certificates);
}

static void append_hours(GString *text, const Shift *shift)
{
    g_autofree char *paid = minutes_format(shift_paid_min(shift));
    g_autofree char *break_text = shift->break_min ? g_strdup_printf("%d min", shift->break_min) : g_strdup("none");
    append_line(text, "Break", break_text);
    append_line(text, "Paid hours", paid);
}

/* ---- events */

/* What all three kinds have in common; summary and description are the caller's. */
static FeedEvent *shift_event(const Publishing *publishing, FeedKind kind, const char *owner, guint shift_index)
{
    const Shift *shift = pool_shift(publishing->pool, shift_index);
    const Coop *coop = pool_coop(publishing->pool, shift->coop);
    FeedEvent *event = g_new0(FeedEvent, 1);
    event->kind = kind;
    event->owner = g_strdup(owner);
    event->shift = g_strdup(shift->id);
    event->week = publishing->week->week;
    event->start_min = shift->start_min;
    event->end_min = shift->end_min;
    event->created_s = event->modified_s = publishing->now_s;
    event->location = g_strdup(*coop->address ? coop->address : coop->name);
    event->category = g_strdup(*coop->sector ? coop->sector : shift->role);
    event->place = coop->place;
    return event;
}

FeedEvent *publication_worker_event(const Publishing *publishing, guint shift_index, guint worker_index)
{
    const Pool *pool = publishing->pool;
    const Shift *shift = pool_shift(pool, shift_index);
    const Coop *coop = pool_coop(pool, shift->coop);
    const Worker *worker = pool_worker(pool, worker_index);
    FeedEvent *event = shift_event(publishing, FEED_WORKER, worker->id, shift_index);
    event->uid = event_uid(pool, "", shift->id, worker->id);
    event->summary = at_coop(coop, shift);

    g_autofree char *colleagues = colleague_names(publishing, shift_index, worker_index);
    GString *text = g_string_new(NULL);
    append_line(text, "Address", coop->address);
    append_terms(text, shift);
    append_line(text, "With", colleagues);
    append_hours(text, shift);
    append_line(text, "Contact", coop->contact);
    event->description = g_string_free(text, FALSE);
    return event;
}

static FeedEvent *coop_event(const Publishing *publishing, guint shift_index)
{
    const Pool *pool = publishing->pool;
    const Shift *shift = pool_shift(pool, shift_index);
    const Coop *coop = pool_coop(pool, shift->coop);
    FeedEvent *event = shift_event(publishing, FEED_COOP, coop->id, shift_index);
    event->uid = event_uid(pool, "coop/", shift->id, NULL);
    guint cover = roster_cover(publishing->roster, shift_index, NULL);
    g_autofree char *filled = g_strdup_printf("%u of %d", cover, shift->headcount);
    event->summary = *shift->role ? g_strdup_printf("%s: %s", shift->role, filled) : g_strdup(filled);

    g_autofree char *names = cover_names(publishing, shift_index);
    GString *text = g_string_new(NULL);
    append_line(text, "Cover", filled);
    append_line(text, "Who", names);
    append_terms(text, shift);
    append_hours(text, shift);
    event->description = g_string_free(text, FALSE);
    return event;
}

static FeedEvent *open_event(const Publishing *publishing, guint shift_index, guint missing)
{
    const Pool *pool = publishing->pool;
    const Shift *shift = pool_shift(pool, shift_index);
    const Coop *coop = pool_coop(pool, shift->coop);
    FeedEvent *event = shift_event(publishing, FEED_OPEN, "", shift_index);
    event->uid = event_uid(pool, "open/", shift->id, NULL);
    g_autofree char *what = at_coop(coop, shift);
    g_autofree char *count = g_strdup_printf("%u", missing);
    event->summary = g_strdup_printf("%s (%u wanted)", what, missing);

    GString *text = g_string_new(NULL);
    append_line(text, "Wanted", count);
    append_line(text, "Address", coop->address);
    append_terms(text, shift);
    append_hours(text, shift);
    event->description = g_string_free(text, FALSE);
    return event;
}

/* ---- what changes */

static gboolean has_same_content(const FeedEvent *left, const FeedEvent *right)
{
    return left->is_cancelled == right->is_cancelled && left->week.monday == right->week.monday &&
           left->start_min == right->start_min && left->end_min == right->end_min &&
           g_strcmp0(left->shift, right->shift) == 0 && g_strcmp0(left->summary, right->summary) == 0 &&
           g_strcmp0(left->location, right->location) == 0 && g_strcmp0(left->description, right->description) == 0 &&
           g_strcmp0(left->category, right->category) == 0 && left->place.is_known == right->place.is_known &&
           (!left->place.is_known ||
            (left->place.latitude == right->place.latitude && left->place.longitude == right->place.longitude));
}

/* Takes the event as it should be; keeps it only if the feed says otherwise. */
static void take_event(Publishing *publishing, GHashTable *wanted, FeedEvent *event)
{
    const FeedEvent *known = publishing_known(publishing, event->kind, event->owner, event->uid);
    if (known)
        g_hash_table_add(wanted, (gpointer)known);
    if (known && has_same_content(known, event)) {
        feed_event_free(event);
        return;
    }
    if (known) {
        event->created_s = known->created_s;
        event->sequence = known->sequence + 1;
    }
    g_ptr_array_add(publishing->events, event);
}

static void cancel_event(Publishing *publishing, const FeedEvent *known)
{
    FeedEvent *event = feed_event_copy(known);
    event->is_cancelled = TRUE;
    event->sequence++;
    event->modified_s = publishing->now_s;
    g_free(event->summary);
    event->summary = g_strconcat(CANCELLED_PREFIX, known->summary, NULL);
    g_ptr_array_add(publishing->events, event);
}

void publication_add_events(Publishing *publishing)
{
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);
    const GArray *shifts = publishing->week->shifts;
    for (guint i = 0; i < shifts->len; i++) {
        guint shift = g_array_index(shifts, guint, i);
        guint headcount = (guint)pool_shift(publishing->pool, shift)->headcount;
        if (headcount == 0)
            continue; /* cancelled: nobody comes, whatever the roster still says */
        guint first, cover = roster_cover(publishing->roster, shift, &first);
        for (guint at = first; at < first + cover; at++)
            take_event(publishing, wanted,
                       publication_worker_event(publishing, shift, roster_at(publishing->roster, at)->worker));
        take_event(publishing, wanted, coop_event(publishing, shift));
        if (cover < headcount)
            take_event(publishing, wanted, open_event(publishing, shift, headcount - cover));
    }
    for (guint i = 0; i < publishing->known->len; i++) {
        const FeedEvent *known = g_ptr_array_index(publishing->known, i);
        if (known->week.monday == publishing->week->week.monday && !known->is_cancelled &&
            !g_hash_table_contains(wanted, known))
            cancel_event(publishing, known);
    }
}
