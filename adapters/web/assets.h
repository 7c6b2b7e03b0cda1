/*
 * The table that assets.cmake writes (private to adapters/web).
 */
#ifndef WEB_ASSETS_PRIVATE_H
#define WEB_ASSETS_PRIVATE_H

typedef enum WebKind {
    WEB_FILE, /* at its path, which names a version: never another content */
    WEB_ROOT, /* at its path */
    WEB_PAGE  /* at its path and below it */
} WebKind;

typedef struct WebRow {
    const char *path, *type, *etag;
    const unsigned char *bytes, *end; /* gzip */
    WebKind kind;
} WebRow;

/* Ended by a NULL path. */
extern const WebRow web_rows[];

#endif
