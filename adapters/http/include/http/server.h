/*
 * The service's HTTP side: the API under /api/v1 (openapi.json tells it whole), calendar feeds under /feeds/, /healthz
 * and /metrics, and the pages that HttpOptions.asset brings. It runs on the caller's GLib main context, in its thread,
 * and never blocks it for longer than a short act takes.
 *
 * What comes from outside is limited in every direction: connections in all and from one address, bytes of head and
 * body, time of a request and of an answer. Bodies with two lengths or with a length and chunks are refused (RFC 9112,
 * 6.3). No secret and no body of anybody is written to a log.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "rooster/feed.h"
#include "rooster/office.h"

G_BEGIN_DECLS

#define HTTP_ERROR (http_error_quark())
GQuark http_error_quark(void);
typedef enum HttpError {
    HTTP_ERROR_LISTEN /* the address or port cannot be had */
} HttpError;

/* A page, or what a page loads; all static. */
typedef struct HttpAsset {
    const char *type, *etag; /* the ETag quoted */
    const void *bytes;       /* gzip */
    gsize length;
    gboolean is_page;      /* a document: goes with a strict Content-Security-Policy */
    gboolean is_immutable; /* may be kept for ever */
} HttpAsset;

typedef struct HttpOptions {
    const char *address;      /* numeric, IPv4 or IPv6; NULL: 127.0.0.1, where a reverse proxy with TLS finds it */
    int port;                 /* 0: any that is free, see http_server_port */
    int connections_most;     /* NULL and 0 mean the defaults: 10000 */
    int connections_per_peer; /* 0: no limit; behind a proxy all come from one peer */
    int request_s;            /* a request must be whole, and an answer taken, within this; 0: 30 */
    FeedRender feed_render;   /* calendars as text */
    gboolean (*asset)(const char *path, HttpAsset *asset); /* what stands at a path; NULL: no pages */
    /* More lines for /metrics (text format, ending in a line break); may be NULL. */
    char *(*metrics)(gpointer context);
    gpointer context;
} HttpOptions;

typedef struct HttpServer HttpServer;

/* Listens, and answers from the next turn of the main loop on. The office must outlive it; options are copied. */
HttpServer *http_server_new(Office *office, Store *store, const HttpOptions *options, GError **error);
int http_server_port(const HttpServer *server);
/* No new connections; those that wait for an answer are told that the service stops. */
void http_server_free(HttpServer *server);

G_END_DECLS

#endif
