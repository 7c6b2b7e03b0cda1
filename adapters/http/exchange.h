/*
 * One request and its answer (private to adapters/http). It lives from the request's head to the end of its answer.
 *
 * A handler answers at once with one of the http_reply calls, or later, from the main loop, with the same: until then
 * the connection is suspended. Exactly one reply is given.
 */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/server.h"

#include <gio/gio.h>
#include <microhttpd.h>

typedef struct Exchange Exchange;
typedef struct EventStream EventStream;

/* What goes back. */
typedef struct Reply {
    unsigned status;
    struct MHD_Response *response; /* owned */
} Reply;

struct Exchange {
    HttpServer *server;
    struct MHD_Connection *connection;
    const char *method; /* of MHD: lives as long as the request */
    char *path;
    GByteArray *body;
    gsize body_most;
    gboolean is_too_large, is_malformed, is_counted;
    gboolean is_suspended, is_answered;
    Reply reply;
    Token *token;           /* who asks; NULL before that is known */
    char *actor_name;       /* "worker:amina" */
    OfficeTask *task;       /* a long act under way for it; NULL */
    OfficeCommand *command; /* likewise */
    char *folder;           /* that the command works with, and goes with the exchange; NULL */
    EventStream *stream;
    char *key;      /* of an answer that may be kept (answers.c); NULL: none */
    GBytes *kept;   /* the text under it, and what it was made from; NULL: none */
    ActStamp stamp; /* of `kept` */
    ActStamp known; /* of the answer that they have; week -1: none */
    int64_t begun_us;
    char id[17]; /* of the request, for problems and logs */
};

/* A header of the request, or NULL. */
const char *exchange_header(const Exchange *exchange, const char *name);

/* Whether they unpack gzip (RFC 9110, 12.5.3). */
gboolean exchange_takes_gzip(const Exchange *exchange);
/* Whether If-None-Match names this (RFC 9110, 13.1.2). */
gboolean exchange_knows(const Exchange *exchange, const char *etag);
/* All that a stream in memory gives. */
GBytes *exchange_read_all(GInputStream *stream);
/* As gzip, the same for the same bytes: no time of packing in the head. */
GBytes *exchange_pack(const void *bytes, gsize length, int level);

/* Of bytes that stay where they are; it holds them. */
struct MHD_Response *exchange_response(GBytes *bytes);

/* Takes the response. */
void exchange_reply(Exchange *exchange, unsigned status, struct MHD_Response *response);
/* JSON; takes the object. The stamp becomes the ETag "WEEK.POOL"; NULL: none. */
void exchange_reply_json(Exchange *exchange, unsigned status, json_t *object, const ActStamp *stamp);
/* The act's body, or the same from before, or that the sender has it already. */
void exchange_reply_answer(Exchange *exchange, unsigned status, const ActAnswer *answer);
/* text is copied. */
void exchange_reply_text(Exchange *exchange, unsigned status, const char *type, const char *text, gsize length);
/* RFC 9457. title: of the kind of problem; detail: of this one; details: more members (borrowed), or NULL. */
void exchange_reply_problem(Exchange *exchange, unsigned status, const char *kind, const char *detail,
                            const json_t *details);
/* The problem that the act's error is. */
void exchange_reply_error(Exchange *exchange, const GError *error, const json_t *details);

#endif
