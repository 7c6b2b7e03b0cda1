/*
 * The table of the API's routes (private to adapters/http).
 */
#ifndef HTTP_ROUTES_H
#define HTTP_ROUTES_H

#include "exchange.h"

typedef struct Route {
    const char *method, *path;                          /* below /api/v1; {name} is an argument */
    const char *act;                                    /* NULL: handler */
    void (*handler)(Exchange *exchange, char **values); /* what stands in the braces, NULL-terminated */
    gsize body_most;                                    /* 0: the usual */
    /* of a handler: */
    const char *answer, *about, *type; /* its key in data/answers.json; one line; its type, NULL: JSON */
    guint roles;                       /* bits 1 << ActorRole */
    gboolean is_open;                  /* also without a token */
} Route;

/* Ended by a NULL method. */
extern const Route routes[];

/*
 * The route of method and path (below /api/v1, unescaped); NULL: none. *values gets what stands in its braces, in their
 * order, to be freed by the caller; methods those that the path has, "GET, POST".
 */
const Route *routes_find(const char *method, const char *path, GPtrArray **values, GString *methods);

/* The whole description, as JSON. Caller frees. */
char *openapi_text(void);

#endif
