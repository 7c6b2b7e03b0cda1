#include "rows.h"

gboolean feed_rows_put(Database *database, const GPtrArray *events, GError **error)
{
    g_autoptr(Statement) row =
        upsert_new(database, "feed_events", "kind, owner, uid",
                   "shift, week, start_min, end_min, created_s, modified_s, sequence, is_cancelled, summary, location,"
                   " description, category, latitude, longitude",
                   error);

    if (!row)
        return FALSE;
    for (guint i = 0; i < events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(events, i);
        bind_text(row, 1, feed_kind_name(event->kind));
        bind_text(row, 2, event->owner);
        bind_text(row, 3, event->uid);
        bind_text(row, 4, event->shift);
        bind_integer(row, 5, event->week.monday);
        bind_integer(row, 6, event->start_min);
        bind_integer(row, 7, event->end_min);
        bind_integer(row, 8, event->created_s);
        bind_integer(row, 9, event->modified_s);
        bind_integer(row, 10, event->sequence);
        bind_integer(row, 11, event->is_cancelled ? 1 : 0);
        bind_text(row, 12, event->summary);
        bind_text(row, 13, event->location);
        bind_text(row, 14, event->description);
        bind_text(row, 15, event->category);
        bind_place(row, 16, &event->place);
        if (!statement_run(row, error))
            return FALSE;
    }
    return TRUE;
}

static FeedKind row_feed_kind(Statement *row, int column)
{
    const char *name = row_text(row, column);
    for (FeedKind kind = FEED_WORKER; kind <= FEED_OPEN; kind++)
        if (g_str_equal(name, feed_kind_name(kind)))
            return kind;
    row_damaged(row);
    return FEED_WORKER;
}

static FeedEvent *row_event(Statement *row)
{
    FeedEvent *event = g_new0(FeedEvent, 1);
    event->kind = row_feed_kind(row, 0);
    event->owner = g_strdup(row_text(row, 1));
    event->uid = g_strdup(row_text(row, 2));
    event->shift = g_strdup(row_text(row, 3));
    event->week.monday = row_day(row, 4);
    event->start_min = row_minutes(row, 5);
    event->end_min = row_minutes(row, 6);
    event->created_s = row_seconds(row, 7);
    event->modified_s = row_seconds(row, 8);
    event->sequence = row_int(row, 9);
    event->is_cancelled = row_boolean(row, 10);
    event->summary = g_strdup(row_text(row, 11));
    event->location = g_strdup(row_text(row, 12));
    event->description = g_strdup(row_text(row, 13));
    event->category = g_strdup(row_text(row, 14));
    event->place = row_place(row, 15);
    return event;
}

#define EVENT_COLUMNS                                                                                                  \
    "SELECT kind, owner, uid, shift, week, start_min, end_min, created_s, modified_s, sequence, is_cancelled, "        \
    "summary,"                                                                                                         \
    " location, description, category, latitude, longitude FROM feed_events"

GPtrArray *feed_rows_load(Database *database, FeedKind kind, const char *owner, GError **error)
{
    const char *one = EVENT_COLUMNS " WHERE kind = $1 AND owner = $2 ORDER BY start_min, uid";
    const char *all =
        EVENT_COLUMNS " ORDER BY CASE kind WHEN 'worker' THEN 0 WHEN 'coop' THEN 1 ELSE 2 END, owner, start_min, uid";
    g_autoptr(Statement) rows = statement_new(database, owner ? one : all, error);
    if (!rows)
        return NULL;
    if (owner) {
        bind_text(rows, 1, feed_kind_name(kind));
        bind_text(rows, 2, owner);
    }
    g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func((GDestroyNotify)feed_event_free);
    while (statement_next(rows))
        g_ptr_array_add(events, row_event(rows));
    return statement_done(rows, error) ? g_steal_pointer(&events) : NULL;
}
