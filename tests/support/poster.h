/* Posts messages for tests, as a client of its own, and waits for the broker to have them. */
#ifndef TEST_POSTER_H
#define TEST_POSTER_H

#include <glib.h>

typedef struct Poster Poster;

/* user and password may be NULL. */
Poster *poster_start(int port, const char *user, const char *password);
void poster_free(Poster *poster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Poster, poster_free)

typedef struct Post {
    const char *topic;
    const void *payload;
    gsize length;
    const void *correlation; /* NULL: none */
    gsize correlation_length;
    gboolean is_retained;
} Post;

/* With QoS 1; does not wait. */
void poster_post(Poster *poster, const Post *post);
/* Waits until the broker has answered all; how many it took. It is over where the broker ends the line. */
guint poster_wait(Poster *poster, int seconds);

#endif
