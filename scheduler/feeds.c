#include "publication.h"

#include <string.h>

static gboolean is_kept(const FeedEvent *event, int64_t now_s)
{
    return !event->is_cancelled || now_s - event->modified_s <= FEED_CANCELLED_KEPT_S;
}

static int event_compare(gconstpointer left, gconstpointer right)
{
    const FeedEvent *a = *(const FeedEvent *const *)left, *b = *(const FeedEvent *const *)right;
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    return strcmp(a->uid, b->uid);
}

static char *feed_title(const Pool *pool, FeedKind kind, const char *owner)
{
    guint index;
    const char *of = owner;
    if (kind == FEED_OPEN)
        of = "open shifts";
    else if (kind == FEED_WORKER && pool_find_worker(pool, owner, &index))
        of = worker_full_name(pool_worker(pool, index));
    else if (kind == FEED_COOP && pool_find_coop(pool, owner, &index))
        of = pool_coop(pool, index)->name;
    return g_strdup_printf("Rooster - %s (%s)", of, pool->name);
}

Feed *feed_new(const Pool *pool, FeedKind kind, const char *owner, const GPtrArray *events, int64_t now_s)
{
    Feed *feed = g_new0(Feed, 1);
    feed->kind = kind;
    feed->owner = g_strdup(owner);
    feed->name = feed_title(pool, kind, owner);
    feed->zone_name = g_strdup(zone_name(pool->zone));
    feed->organizer = g_strdup(pool->name);
    feed->domain = publication_domain(pool);
    feed->events = g_ptr_array_new();
    for (guint i = 0; i < events->len; i++) {
        FeedEvent *event = g_ptr_array_index(events, i);
        if (event->kind == kind && strcmp(event->owner, owner) == 0 && is_kept(event, now_s))
            g_ptr_array_add(feed->events, event);
    }
    g_ptr_array_sort(feed->events, event_compare);
    return feed;
}

void feed_free(Feed *feed)
{
    if (!feed)
        return;
    g_free((char *)feed->owner);
    g_free((char *)feed->name);
    g_free((char *)feed->zone_name);
    g_free((char *)feed->organizer);
    g_free((char *)feed->domain);
    g_ptr_array_unref(feed->events);
    g_free(feed);
}
