#include "rooster/feed.h"

G_DEFINE_QUARK(rooster - feed - error - quark, feed_error)

FeedEvent *feed_event_copy(const FeedEvent *event)
{
    FeedEvent *copy = g_memdup2(event, sizeof *event);
    copy->owner = g_strdup(event->owner);
    copy->uid = g_strdup(event->uid);
    copy->shift = g_strdup(event->shift);
    copy->summary = g_strdup(event->summary);
    copy->location = g_strdup(event->location);
    copy->description = g_strdup(event->description);
    copy->category = g_strdup(event->category);
    return copy;
}

void feed_event_free(FeedEvent *event)
{
    if (!event)
        return;
    g_free(event->owner);
    g_free(event->uid);
    g_free(event->shift);
    g_free(event->summary);
    g_free(event->location);
    g_free(event->description);
    g_free(event->category);
    g_free(event);
}

const char *feed_kind_name(FeedKind kind)
{
    static const char *const names[] = {"worker", "coop", "open"};
    return names[kind];
}
