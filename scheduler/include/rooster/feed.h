/*
 * Calendar feeds: what a worker, a coop, or anyone looking for open shifts subscribes to. This is the model and the port;
 * adapters/ical renders a Feed as iCalendar.
 *
 * An event keeps its uid for ever; its sequence rises by one and `modified_s` moves to the publishing with each change, so
 * that equal state gives equal bytes (a feed is never stamped with the time of rendering). A cancelled event stays in the feed for
 * seven days. Past events stay.
 */
#ifndef ROOSTER_FEED_H
#define ROOSTER_FEED_H

#include "rooster/pool.h"

G_BEGIN_DECLS

#define FEED_CANCELLED_KEPT_S (7 * 24 * 60 * 60)

typedef enum FeedKind { FEED_WORKER, FEED_COOP, FEED_OPEN } FeedKind;

typedef struct FeedEvent {
    FeedKind kind;
    char *owner; /* worker or coop id; "" for the open shifts */
    char *uid;   /* stable; the feed's domain is part of it */
    char *shift; /* id */
    IsoWeek week;
    int64_t start_min, end_min;
    int64_t created_s, modified_s;
    int sequence;
    gboolean is_cancelled;
    char *summary, *location, *description, *category; /* plain text, "" if none; description may have line breaks */
    Place place;
} FeedEvent;

FeedEvent *feed_event_copy(const FeedEvent *event);
void feed_event_free(FeedEvent *event);

typedef struct Feed {
    FeedKind kind;
    const char *owner;
    const char *name;      /* "Rooster - Amina (De Werker Nieuw-West)" */
    const char *zone_name; /* for X-WR-TIMEZONE */
    const char *organizer; /* of the pool: its name */
    const char *domain;    /* "nieuw-west.rooster", the part of uids behind @ */
    GPtrArray *events;     /* of FeedEvent, by start, then uid; not owned */
} Feed;

#define FEED_ERROR (feed_error_quark())
GQuark feed_error_quark(void);
typedef enum FeedError { FEED_ERROR_RENDER, FEED_ERROR_WRITE } FeedError;

/* The port: the feed as a text that ends with a line break; NULL with FEED_ERROR_RENDER. Caller frees. */
typedef char *(*FeedRender)(const Feed *feed, GError **error);

/* The port: writes every feed of the pool from its stored events (of FeedEvent) into a folder; *written counts what changed. */
typedef gboolean (*FeedsWrite)(const Pool *pool, const GPtrArray *events, const char *folder, int64_t now_s, guint *written,
                               GError **error);

/* "worker", "coop", "open"; static. */
const char *feed_kind_name(FeedKind kind);

G_END_DECLS

#endif
