/*
 * The inside of the HTTP server (private to adapters/http).
 */
#ifndef HTTP_SERVER_PARTS_H
#define HTTP_SERVER_PARTS_H

#include "exchange.h"

typedef struct AnswerCache AnswerCache;
typedef struct FeedCache FeedCache;
typedef struct Jobs Jobs;

/* What /metrics counts. */
typedef struct HttpFigures {
    int64_t requests[6];        /* by the first digit of the status */
    int64_t seconds_buckets[8]; /* answers by time, see metrics.c */
    double seconds_sum;
    int64_t answers;
    int64_t feeds_fetched, feeds_unchanged;
    int64_t answers_reused; /* of those kept */
    int connections, streams;
} HttpFigures;

struct HttpServer {
    Office *office;
    Store *store;
    HttpOptions options;
    struct MHD_Daemon *daemon;
    guint epoll_source, timer_source, sweep_source;
    GHashTable *links;     /* connections: struct MHD_Connection * -> Link */
    GHashTable *exchanges; /* set of Exchange */
    GHashTable *tokens;    /* hash -> Token: those seen lately */
    int64_t tokens_since_us;
    int64_t tokens_changes; /* office_changes when they were seen */
    GPtrArray *streams;     /* of EventStream, not owned */
    FeedCache *feeds;
    AnswerCache *kept;
    Jobs *jobs;
    char *openapi;
    HttpFigures figures;
    guint beat_source;
    gboolean is_stopping;
};

/* Lets libmicrohttpd act on what has changed; after a resume. */
void server_turn(HttpServer *server);

/* --- access.c */

/* Who asks: the valid API token of the request, or NULL and a problem is answered. */
gboolean access_check(Exchange *exchange);
Actor access_actor(const Exchange *exchange);
/* The token of a secret, revoked ones too; borrowed until the main loop turns. NULL: unknown, or *error. */
const Token *access_token(HttpServer *server, const char *secret, GError **error);
void access_forget(HttpServer *server);

/* Whether a page of ours asks, and no other site in the browser's name. FALSE: a problem is answered. */
gboolean access_is_ours(Exchange *exchange);

/* --- sessions.c */
#define SESSION_COOKIE "rooster_session"
void sessions_open(Exchange *exchange, char **values);
void sessions_close(Exchange *exchange, char **values);

/* --- routes.c */
void routes_answer(Exchange *exchange);
/* The body as an object, {} without one. NULL: a problem is answered. */
json_t *routes_body(Exchange *exchange);
/* The largest body that the route of the request takes. */
gsize routes_body_most(const char *method, const char *path);

/* --- answers.c */
AnswerCache *answers_new(void);
void answers_free(AnswerCache *cache);
/* The text kept under the key, and what it was made from; NULL: none. The caller unrefs. */
GBytes *answers_find(AnswerCache *cache, const char *key, int64_t now_s, ActStamp *stamp);
/* The oldest make room for it. */
void answers_keep(AnswerCache *cache, const char *key, int64_t now_s, const ActStamp *stamp, GBytes *text);
/* The gzip of the text kept under the key, made when it is first wanted; NULL: none is kept. The caller unrefs. */
GBytes *answers_packed(AnswerCache *cache, const char *key);
gsize answers_bytes(const AnswerCache *cache);

/* --- the others */
/* A page or what it loads. FALSE: there is nothing at the path. */
gboolean assets_answer(Exchange *exchange);

void feeds_answer(Exchange *exchange, const char *name);
FeedCache *feeds_new(void);
void feeds_free(FeedCache *cache);

void events_answer(Exchange *exchange, char **values);
void events_changed(HttpServer *server);
void events_job(HttpServer *server, const char *job, const char *kind, const json_t *event);
void events_beat(HttpServer *server);
void events_end(EventStream *stream);
void events_stop(HttpServer *server);

/* values: what stands in the braces of the route's path. */
void commands_explain_shift(Exchange *exchange, char **values);
void commands_explain_worker(Exchange *exchange, char **values);
void commands_check(Exchange *exchange, char **values);
void commands_advise(Exchange *exchange, char **values);
void commands_import(Exchange *exchange, char **values);
void commands_export(Exchange *exchange, char **values);
void commands_export_week(Exchange *exchange, char **values);
/* Takes the folder away that a command worked with. */
void commands_clear(Exchange *exchange);

void metrics_answer(Exchange *exchange);
void metrics_count(HttpServer *server, const Exchange *exchange);

Jobs *jobs_new(HttpServer *server);
void jobs_free(Jobs *jobs);
void jobs_start(Exchange *exchange, json_t *arguments);
void jobs_list(Exchange *exchange, char **values);
void jobs_show(Exchange *exchange, char **values);
void jobs_stop(Exchange *exchange, char **values);
void jobs_take(Exchange *exchange, char **values);

#endif
