/*
 * The pages and all they need, packed into the program: the service needs nothing beside it, and no request of a page
 * leaves the machine. Who serves them is not known here (adapters/main_serve.c hands them to HTTP).
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include <glib.h>

G_BEGIN_DECLS

/* All static. */
typedef struct WebAsset {
    const char *type;  /* with its charset */
    const char *etag;  /* quoted; of the content before packing */
    const void *bytes; /* gzip */
    gsize length;
    gboolean is_page;      /* a document, which needs a Content-Security-Policy */
    gboolean is_immutable; /* this path never has another content */
} WebAsset;

/* What stands at a path ("/plan/2026-W49", "/assets/1f0c.../lib/api.mjs"). FALSE: nothing. */
gboolean web_find(const char *path, WebAsset *asset);

G_END_DECLS

#endif
