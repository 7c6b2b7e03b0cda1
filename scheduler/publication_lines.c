#include "publication_lines.h"

#include <string.h>

const char *line_change_name(LineChangeKind kind)
{
    static const char *const names[] = {"added", "dropped", "moved"};
    return names[kind];
}

static int shift_compare(gconstpointer left, gconstpointer right, gpointer data)
{
    const Shift *a = pool_shift(data, *(const guint *)left), *b = pool_shift(data, *(const guint *)right);
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    return strcmp(a->id, b->id);
}

void sort_shifts(const Pool *pool, GArray *shifts)
{
    g_array_sort_with_data(shifts, shift_compare, (gpointer)pool);
}

/* ---- changes */

static int change_compare(gconstpointer left, gconstpointer right)
{
    const LineChange *a = left, *b = right;
    int order = strcmp(a->worker, b->worker);
    if (order)
        return order;
    if (a->event->start_min != b->event->start_min)
        return a->event->start_min < b->event->start_min ? -1 : 1;
    return strcmp(a->shift, b->shift);
}

static gboolean was_published(const Publishing *publishing, const char *shift_id, const char *worker_id)
{
    guint shift, worker;
    return publishing->published && pool_find_shift(publishing->pool, shift_id, &shift) &&
           pool_find_worker(publishing->pool, worker_id, &worker) &&
           roster_find(publishing->published, shift, worker) != NULL;
}

/* A changed calendar event, read as a change of the line. FALSE: the line is as it was, only the words about it
 * changed. */
static gboolean change_of_event(const Publishing *publishing, const FeedEvent *event, LineChange *change)
{
    const FeedEvent *known = publishing_known(publishing, FEED_WORKER, event->owner, event->uid);
    *change = (LineChange){LINE_ADDED, event->owner, event->shift, event, NULL};
    if (event->is_cancelled) {
        change->kind = LINE_DROPPED;
        change->event = known;
        return TRUE;
    }
    if (!known || known->is_cancelled)
        return !was_published(publishing, event->shift, event->owner);
    change->kind = LINE_MOVED;
    change->before = known;
    return known->start_min != event->start_min || known->end_min != event->end_min;
}

/* Published assignments that no feed told of, and that the new roster lacks: they are withdrawn all the same. */
static void add_untold_drops(const Publishing *publishing, Lines *lines)
{
    if (!publishing->published)
        return;
    for (guint i = 0; i < publishing->published->assignments->len; i++) {
        const Assignment *at = roster_at(publishing->published, i);
        if (roster_find(publishing->roster, at->shift, at->worker))
            continue;
        FeedEvent *event = publication_worker_event(publishing, at->shift, at->worker);
        if (publishing_known(publishing, FEED_WORKER, event->owner, event->uid)) {
            feed_event_free(event); /* live until now: told by change_of_event; cancelled: told before */
            continue;
        }
        g_ptr_array_add(lines->made, event);
        LineChange change = {LINE_DROPPED, event->owner, event->shift, event, NULL};
        g_array_append_val(lines->changes, change);
    }
}

/* ---- standing work */

static GArray *workers_of(Lines *lines, guint shift)
{
    GArray *workers = g_hash_table_lookup(lines->workers_of, GUINT_TO_POINTER(shift));
    if (!workers) {
        workers = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(lines->workers_of, GUINT_TO_POINTER(shift), workers);
    }
    return workers;
}

static void stand(Lines *lines, guint shift, guint worker)
{
    GArray *workers = workers_of(lines, shift);
    for (guint i = 0; i < workers->len; i++)
        if (g_array_index(workers, guint, i) == worker)
            return;
    g_array_append_val(workers, worker);
    g_array_append_val((GArray *)g_ptr_array_index(lines->shifts_of, worker), shift);
}

static gboolean is_other_week(const Publishing *publishing, const Lines *lines, guint shift)
{
    const Shift *at = pool_shift(publishing->pool, shift);
    return at->headcount > 0 && at->week.monday >= lines->first_monday && !week_has_shift(publishing->week, shift);
}

static void take_this_week(const Publishing *publishing, Lines *lines)
{
    const GArray *shifts = publishing->week->shifts;
    for (guint i = 0; i < shifts->len; i++) {
        guint shift = g_array_index(shifts, guint, i);
        if (pool_shift(publishing->pool, shift)->headcount == 0)
            continue;
        workers_of(lines, shift);
        guint first, cover = roster_cover(publishing->roster, shift, &first);
        for (guint at = first; at < first + cover; at++)
            stand(lines, shift, roster_at(publishing->roster, at)->worker);
    }
}

/*
 * Published work of other weeks: what surrounds the week, and what the feeds say. Both, because what was worked
 * replaces what was planned in Week, so the days of the current week that lie behind would otherwise look unmanned.
 */
static void take_other_weeks(const Publishing *publishing, Lines *lines)
{
    const Pool *pool = publishing->pool;
    for (guint worker = 0; worker < pool->workers->len; worker++) {
        const GArray *fixed = g_ptr_array_index(publishing->week->fixed, worker);
        for (guint i = 0; i < fixed->len; i++) {
            guint shift = g_array_index(fixed, Piece, i).shift;
            if (shift != PIECE_NO_SHIFT && is_other_week(publishing, lines, shift))
                stand(lines, shift, worker);
        }
    }
    for (guint i = 0; i < publishing->known->len; i++) {
        const FeedEvent *event = g_ptr_array_index(publishing->known, i);
        guint shift, worker;
        if (event->is_cancelled || event->week.monday == publishing->week->week.monday ||
            !pool_find_shift(pool, event->shift, &shift) || !is_other_week(publishing, lines, shift))
            continue;
        if (event->kind == FEED_COOP)
            workers_of(lines, shift);
        else if (event->kind == FEED_WORKER && pool_find_worker(pool, event->owner, &worker))
            stand(lines, shift, worker);
    }
}

Lines *lines_new(const Publishing *publishing)
{
    const Pool *pool = publishing->pool;
    Lines *lines = g_new0(Lines, 1);
    lines->changes = g_array_new(FALSE, FALSE, sizeof(LineChange));
    lines->made = g_ptr_array_new_with_free_func((GDestroyNotify)feed_event_free);
    lines->workers_of = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    lines->shifts_of = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint worker = 0; worker < pool->workers->len; worker++)
        g_ptr_array_add(lines->shifts_of, g_array_new(FALSE, FALSE, sizeof(guint)));
    Day current = iso_week_of(zone_day(pool->zone, publishing->now_s / 60)).monday;
    lines->first_monday = MIN(current, publishing->week->week.monday);

    for (guint i = 0; i < publishing->events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(publishing->events, i);
        LineChange change;
        if (event->kind == FEED_WORKER && change_of_event(publishing, event, &change))
            g_array_append_val(lines->changes, change);
    }
    add_untold_drops(publishing, lines);
    g_array_sort(lines->changes, change_compare);

    take_this_week(publishing, lines);
    take_other_weeks(publishing, lines);
    for (guint worker = 0; worker < pool->workers->len; worker++)
        sort_shifts(pool, g_ptr_array_index(lines->shifts_of, worker));
    return lines;
}

void lines_free(Lines *lines)
{
    if (!lines)
        return;
    g_array_unref(lines->changes);
    g_ptr_array_unref(lines->made);
    g_hash_table_unref(lines->workers_of);
    g_ptr_array_unref(lines->shifts_of);
    g_free(lines);
}
