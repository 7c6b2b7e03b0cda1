/*
 * Server-sent events (HTML, 9.2). What happened comes from the outbox - the same messages that go over MQTT, with their
 * sequence as the event's id - so a client that was away goes on from its Last-Event-ID and misses nothing. A planner
 * gets planner/events, a worker or coop all of their own topics. Besides, without an id as nobody needs them later:
 * `changed` when anything was written, and the course of plans for planners.
 */
#include "server_parts.h"

#include <string.h>

enum { FETCH = 500, PENDING_MOST = 4 * 1024 * 1024, RETRY_MS = 2000 };

struct EventStream {
    Exchange *exchange;
    GString *pending; /* not sent yet */
    char *prefix;     /* of the topics that it gets */
    gboolean is_planner, is_waiting, is_ending;
    int64_t after; /* the newest sequence that it was given */
};

/* --- writing */

static void wake(EventStream *stream)
{
    if (!stream->is_waiting)
        return;
    stream->is_waiting = FALSE;
    MHD_resume_connection(stream->exchange->connection);
}

/* One event; data is one line. A client that takes nothing is cut off, and comes back where it was. */
static void add(EventStream *stream, int64_t id, const char *kind, const char *data)
{
    if (stream->pending->len > PENDING_MOST) {
        stream->is_ending = TRUE;
        wake(stream);
        return;
    }
    if (id > 0)
        g_string_append_printf(stream->pending, "id: %" G_GINT64_FORMAT "\n", id);
    g_string_append_printf(stream->pending, "event: %s\ndata: %s\n\n", kind, data);
    wake(stream);
}

static void add_message(EventStream *stream, const Message *message)
{
    g_autofree char *payload = message_payload(message);
    json_t *body = payload ? json_loads(payload, 0, NULL) : NULL;
    const char *kind = json_string_value(json_object_get(body, "kind"));
    if (kind)
        add(stream, message->sequence, kind, payload);
    json_decref(body);
}

/* What the outbox got since. */
static void catch_up(EventStream *stream)
{
    for (;;) {
        g_autoptr(GPtrArray) messages = store_outbox_after(stream->exchange->server->store, stream->after, FETCH, NULL);
        for (guint i = 0; messages && i < messages->len; i++) {
            const Message *message = g_ptr_array_index(messages, i);
            stream->after = message->sequence;
            if (g_str_has_prefix(message->topic, stream->prefix))
                add_message(stream, message);
        }
        if (!messages || messages->len < FETCH || stream->is_ending)
            return;
    }
}

static ssize_t read_pending(void *user, uint64_t position, char *buffer, size_t most)
{
    EventStream *stream = user;
    (void)position;
    if (stream->pending->len == 0 && stream->is_ending)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (stream->pending->len == 0) {
        stream->is_waiting = TRUE;
        MHD_suspend_connection(stream->exchange->connection);
        return 0;
    }
    gsize length = MIN(most, stream->pending->len);
    memcpy(buffer, stream->pending->str, length);
    g_string_erase(stream->pending, 0, (gssize)length);
    return (ssize_t)length;
}

/* --- opening */

static char *prefix_of(const Token *token)
{
    if (token->role == TOKEN_PLANNER)
        return g_strdup("planner/");
    return g_strdup_printf("%s/%s/", token->role == TOKEN_WORKER ? "worker" : "coop", token->owner);
}

void events_answer(Exchange *exchange, char **values)
{
    (void)values;
    HttpServer *server = exchange->server;
    g_autoptr(GError) error = NULL;
    const char *last = exchange_header(exchange, "Last-Event-ID");
    gint64 after = 0;
    int64_t head = 0;
    if (!store_outbox_head(server->store, &head, &error)) {
        exchange_reply_error(exchange, error, NULL);
        return;
    }
    if (last && !g_ascii_string_to_signed(last, 10, 0, G_MAXINT64, &after, NULL)) {
        exchange_reply_problem(exchange, MHD_HTTP_BAD_REQUEST, "bad-request", "Last-Event-ID: not an id of ours", NULL);
        return;
    }
    EventStream *stream = g_new0(EventStream, 1);
    stream->exchange = exchange;
    stream->pending = g_string_new(NULL);
    stream->prefix = prefix_of(exchange->token);
    stream->is_planner = exchange->token->role == TOKEN_PLANNER;
    stream->after = last ? MIN(after, head) : head;
    g_string_append_printf(stream->pending, "retry: %d\n\n", RETRY_MS);
    catch_up(stream);
    exchange->stream = stream;
    g_ptr_array_add(server->streams, stream);
    server->figures.streams++;
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_pending, stream, NULL);
    MHD_add_response_header(response, "Content-Type", "text/event-stream");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Accel-Buffering", "no");
    exchange_reply(exchange, MHD_HTTP_OK, response);
}

void events_end(EventStream *stream)
{
    HttpServer *server = stream->exchange->server;
    g_ptr_array_remove_fast(server->streams, stream);
    server->figures.streams--;
    g_string_free(stream->pending, TRUE);
    g_free(stream->prefix);
    g_free(stream);
}

/* --- what happens */

/* A stream lives no longer than its token. */
static gboolean is_revoked(const EventStream *stream)
{
    g_autoptr(Token) token = store_find_token(stream->exchange->server->store, stream->exchange->token->hash, NULL);
    return !token || !token_is_valid(token, office_now_s(stream->exchange->server->office));
}

void events_changed(HttpServer *server)
{
    for (guint i = 0; i < server->streams->len; i++) {
        EventStream *stream = g_ptr_array_index(server->streams, i);
        stream->is_ending |= is_revoked(stream);
        if (!stream->is_ending) {
            catch_up(stream);
            add(stream, 0, "changed", "{}");
        }
        wake(stream);
    }
    server_turn(server);
}

void events_job(HttpServer *server, const char *job, const char *kind, const json_t *event)
{
    json_t *object = event ? json_copy((json_t *)(gintptr)event) : json_object();
    json_object_set_new(object, "plan", json_string(job));
    char *data = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(12));
    json_decref(object);
    for (guint i = 0; i < server->streams->len; i++) {
        EventStream *stream = g_ptr_array_index(server->streams, i);
        if (stream->is_planner)
            add(stream, 0, kind, data);
    }
    free(data);
    server_turn(server);
}

void events_beat(HttpServer *server)
{
    for (guint i = 0; i < server->streams->len; i++) {
        EventStream *stream = g_ptr_array_index(server->streams, i);
        if (stream->pending->len == 0)
            g_string_append(stream->pending, ": still here\n\n");
        wake(stream);
    }
    server_turn(server);
}

void events_stop(HttpServer *server)
{
    for (guint i = 0; i < server->streams->len; i++) {
        EventStream *stream = g_ptr_array_index(server->streams, i);
        stream->is_ending = TRUE;
        wake(stream);
    }
}
