/*
 * Calendar feeds: GET and HEAD of /feeds/{secret}.ics (INTERFACES of the calendar programs: a strong ETag, 304, gzip,
 * never an empty body, 410 once revoked). Ten thousand programs poll; a feed is rendered when somebody first asks for
 * it after a change, and kept.
 */
#include "rooster/publish.h"
#include "server_parts.h"

#include <gio/gio.h>
#include <string.h>
#include <time.h>

enum { FRESH_S = 3600, MAX_AGE_S = 300 };

typedef struct FeedBody {
    GBytes *plain, *packed;
    char *etag, *packed_etag, *modified; /* HTTP's forms */
    int64_t rendered_s;
} FeedBody;

struct FeedCache {
    GHashTable *bodies; /* "worker/W1" -> FeedBody */
    int64_t changes;    /* office_changes when they were rendered */
};

static void body_free(gpointer memory)
{
    FeedBody *body = memory;
    g_bytes_unref(body->plain);
    g_bytes_unref(body->packed);
    g_free(body->etag);
    g_free(body->packed_etag);
    g_free(body->modified);
    g_free(body);
}

FeedCache *feeds_new(void)
{
    FeedCache *cache = g_new0(FeedCache, 1);
    cache->bodies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, body_free);
    return cache;
}

void feeds_free(FeedCache *cache)
{
    g_hash_table_unref(cache->bodies);
    g_free(cache);
}

/* --- rendering */

/* RFC 9110, 5.6.7: "Thu, 26 Nov 2026 01:34:23 GMT". */
static char *http_date(int64_t at_s)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    enum { DAY_S = 86400 };
    Day day = (Day)(at_s / DAY_S);
    int year, month, of_month, seconds = (int)(at_s % DAY_S);
    day_to_civil(day, &year, &month, &of_month);
    return g_strdup_printf("%s, %02d %s %04d %02d:%02d:%02d GMT", day_name(day), of_month, months[month - 1], year,
                           seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static FeedKind kind_of(const Token *token)
{
    return token->role == TOKEN_WORKER ? FEED_WORKER : token->role == TOKEN_COOP ? FEED_COOP : FEED_OPEN;
}

static FeedBody *render(HttpServer *server, const Token *token, GError **error)
{
    Desk *desk = office_desk(server->office, error);
    g_autoptr(GPtrArray) events = desk ? store_load_events(server->store, kind_of(token), token->owner, error) : NULL;
    if (!events)
        return NULL;
    int64_t modified_s = token->created_s;
    for (guint i = 0; i < events->len; i++)
        modified_s = MAX(modified_s, ((const FeedEvent *)g_ptr_array_index(events, i))->modified_s);
    Feed *feed = feed_new(desk->pool, kind_of(token), token->owner, events, desk->now_s);
    g_autofree char *text = server->options.feed_render(feed, error);
    feed_free(feed);
    if (!text)
        return NULL;
    FeedBody *body = g_new0(FeedBody, 1);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    body->packed = exchange_pack(text, strlen(text), 6);
    body->plain = g_bytes_new(text, strlen(text));
    body->etag = g_strdup_printf("\"%.32s\"", sum);
    body->packed_etag = g_strdup_printf("\"%.32s-gzip\"", sum);
    body->modified = http_date(modified_s);
    body->rendered_s = desk->now_s;
    return body;
}

/* Cancelled events leave a feed as days go by, so what is kept grows stale by itself, too. */
static const FeedBody *body_of(HttpServer *server, const Token *token, GError **error)
{
    FeedCache *cache = server->feeds;
    if (cache->changes != office_changes(server->office))
        g_hash_table_remove_all(cache->bodies);
    cache->changes = office_changes(server->office);
    g_autofree char *owner = g_strdup_printf("%s/%s", token_role_name(token->role), token->owner);
    FeedBody *body = g_hash_table_lookup(cache->bodies, owner);
    if (body && office_now_s(server->office) - body->rendered_s < FRESH_S)
        return body;
    body = render(server, token, error);
    if (body)
        g_hash_table_replace(cache->bodies, g_steal_pointer(&owner), body);
    return body;
}

/* --- answering */

/* Either form's ETag says that they have it. */
static gboolean has_it(const Exchange *exchange, const FeedBody *body)
{
    if (exchange_header(exchange, "If-None-Match"))
        return exchange_knows(exchange, body->etag) || exchange_knows(exchange, body->packed_etag);
    const char *since = exchange_header(exchange, "If-Modified-Since");
    return since && g_str_equal(since, body->modified);
}

static void send_body(Exchange *exchange, const FeedBody *body)
{
    gboolean is_packed = exchange_takes_gzip(exchange), is_known = has_it(exchange, body);
    struct MHD_Response *response = is_known ? MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT)
                                             : exchange_response(is_packed ? body->packed : body->plain);
    g_autofree char *age = g_strdup_printf("private, max-age=%d", MAX_AGE_S);
    MHD_add_response_header(response, "ETag", is_packed ? body->packed_etag : body->etag);
    MHD_add_response_header(response, "Last-Modified", body->modified);
    MHD_add_response_header(response, "Cache-Control", age);
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    if (!is_known) {
        MHD_add_response_header(response, "Content-Type", "text/calendar; charset=utf-8");
        MHD_add_response_header(response, "Content-Disposition", "inline; filename=\"rooster.ics\"");
        if (is_packed)
            MHD_add_response_header(response, "Content-Encoding", "gzip");
    }
    exchange->server->figures.feeds_fetched++;
    exchange->server->figures.feeds_unchanged += is_known ? 1 : 0;
    exchange_reply(exchange, is_known ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, response);
}

void feeds_answer(Exchange *exchange, const char *name)
{
    g_autoptr(GError) error = NULL;
    if (!g_str_has_suffix(name, ".ics") || strchr(name, '/')) {
        exchange_reply_problem(exchange, MHD_HTTP_NOT_FOUND, "not-found", "no such feed", NULL);
        return;
    }
    g_autofree char *secret = g_strndup(name, strlen(name) - strlen(".ics"));
    const Token *token = access_token(exchange->server, secret, &error);
    if (error) {
        exchange_reply_error(exchange, error, NULL);
    } else if (!token || token->use != TOKEN_FEED) {
        exchange_reply_problem(exchange, MHD_HTTP_NOT_FOUND, "not-found", "no such feed", NULL);
    } else if (token->revoked_s) {
        exchange_reply_problem(exchange, MHD_HTTP_GONE, "gone",
                               "this address has ended; ask for the new one where you got it", NULL);
    } else {
        const FeedBody *body = body_of(exchange->server, token, &error);
        if (!body) {
            exchange_reply_error(exchange, error, NULL);
            return;
        }
        office_token_used(exchange->server->office, token);
        send_body(exchange, body);
    }
}
