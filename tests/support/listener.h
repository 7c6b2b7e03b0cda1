/*
 * A subscriber for tests, with a session of its own that outlives a broker's restart. It listens on a thread and
 * connects again as soon as it can.
 */
#ifndef TEST_LISTENER_H
#define TEST_LISTENER_H

#include <glib.h>

typedef struct Listener Listener;

typedef struct Heard {
    char *topic, *payload, *content_type;
    gboolean is_retained; /* sent because it was kept, not because it happened */
    guint32 expiry_s;     /* 0: for ever */
    GBytes *correlation;  /* NULL: none */
} Heard;

/* Returns when the broker has accepted the subscription. user and password may be NULL. */
Listener *listener_start(int port, const char *filter, const char *user, const char *password);
void listener_free(Listener *listener);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Listener, listener_free)

/* Waits until so many messages were heard in all, at most so long; how many were. */
guint listener_wait(Listener *listener, guint count, int seconds);
/* All that was heard so far, of Heard; a copy. Caller unrefs. */
GPtrArray *listener_heard(Listener *listener);

#endif
