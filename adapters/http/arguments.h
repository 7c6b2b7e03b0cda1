/*
 * What a request says, as the arguments of an act: path, query and body together (private to adapters/http). Nothing of
 * a connection is needed here, and no act is done: whether the arguments are right, act_run says.
 */
#ifndef HTTP_ARGUMENTS_H
#define HTTP_ARGUMENTS_H

#include "routes.h"

typedef struct ArgumentsFault {
    unsigned status;
    const char *kind; /* of the problem; static */
    char *detail;     /* owned */
} ArgumentsFault;

/* The body as an object, {} where it is empty; type: its Content-Type, or NULL. NULL: *fault says why. */
json_t *arguments_body(const char *type, const GByteArray *body, ArgumentsFault *fault);

typedef struct Arguments {
    const Act *act;
    json_t *object;    /* what the body said, and what is put into it */
    const char *fault; /* the last one, static; NULL: none */
} Arguments;

/* A parameter of the query: text, or what the act means by it where that is a number or a truth. */
void arguments_put(Arguments *arguments, const char *name, const char *text);
/* What stands in the braces of the route's path (routes_find). */
void arguments_put_path(Arguments *arguments, const Route *route, const GPtrArray *values);

/*
 * A path or a piece of the query, in place; how long it is then. %00 stays as it is written: unescaped, it would end
 * the text for us and not for a proxy before us. So it is part of a name that nothing has.
 */
gsize arguments_unescape(char *text);

#endif
