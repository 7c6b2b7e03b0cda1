#include "headers.h"
#include "server_parts.h"

#include <stdlib.h>
#include <string.h>

const char *exchange_header(const Exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

/* --- what they say of forms and copies */

gboolean exchange_takes_gzip(const Exchange *exchange)
{
    return header_takes_gzip(exchange_header(exchange, "Accept-Encoding"));
}

gboolean exchange_knows(const Exchange *exchange, const char *etag)
{
    return header_names(exchange_header(exchange, "If-None-Match"), etag);
}

GBytes *exchange_read_all(GInputStream *stream)
{
    GByteArray *bytes = g_byte_array_new();
    guint8 piece[8192];
    for (gssize got; (got = g_input_stream_read(stream, piece, sizeof piece, NULL, NULL)) > 0;)
        g_byte_array_append(bytes, piece, (guint)got);
    return g_byte_array_free_to_bytes(bytes);
}

GBytes *exchange_pack(const void *bytes, gsize length, int level)
{
    g_autoptr(GZlibCompressor) packer = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, level);
    g_autoptr(GInputStream) plain = g_memory_input_stream_new_from_data(bytes, (gssize)length, NULL);
    g_autoptr(GInputStream) packed = g_converter_input_stream_new(plain, G_CONVERTER(packer));
    return exchange_read_all(packed);
}

void exchange_reply(Exchange *exchange, unsigned status, struct MHD_Response *response)
{
    g_assert(!exchange->is_answered);
    exchange->is_answered = TRUE;
    exchange->reply = (Reply){status, response};
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "X-Request-Id", exchange->id);
    if (exchange->is_suspended) {
        exchange->is_suspended = FALSE;
        MHD_resume_connection(exchange->connection);
        server_turn(exchange->server);
    }
}

static struct MHD_Response *response_of(const char *type, const char *text, gsize length)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(length, (void *)(gintptr)text, MHD_RESPMEM_MUST_COPY);
    if (!response)
        g_error("no memory for an answer");
    if (type)
        MHD_add_response_header(response, "Content-Type", type);
    return response;
}

void exchange_reply_text(Exchange *exchange, unsigned status, const char *type, const char *text, gsize length)
{
    exchange_reply(exchange, status, response_of(type, text, length));
}

/* The gzip of a text has an ETag of its own (RFC 9110, 8.8.3.3). */
static void add_etag(struct MHD_Response *response, const ActStamp *stamp, gboolean is_packed)
{
    if (!stamp)
        return;
    g_autofree char *etag = g_strdup_printf("\"%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT "%s\"", stamp->week, stamp->pool,
                                            is_packed ? "-gzip" : "");
    MHD_add_response_header(response, "ETag", etag);
}

static void free_bytes(void *bytes)
{
    g_bytes_unref(bytes);
}

struct MHD_Response *exchange_response(GBytes *bytes)
{
    gsize length;
    void *data = (void *)(gintptr)g_bytes_get_data(bytes, &length); /* libmicrohttpd only reads it */
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        length, data ? data : (void *)(gintptr) "", free_bytes, g_bytes_ref(bytes));
    if (!response)
        g_error("no memory for an answer");
    return response;
}

/* JSON, or its gzip. */
static void reply_bytes(Exchange *exchange, unsigned status, GBytes *bytes, const ActStamp *stamp, gboolean is_packed)
{
    struct MHD_Response *response = exchange_response(bytes);
    MHD_add_response_header(response, "Content-Type", "application/json");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    if (is_packed) {
        MHD_add_response_header(response, "Content-Encoding", "gzip");
        MHD_add_response_header(response, "Vary", "Accept-Encoding");
    }
    add_etag(response, stamp, is_packed);
    exchange_reply(exchange, status, response);
}

static GBytes *dump(const json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(12));
    return g_bytes_new_with_free_func(text, strlen(text), free, text);
}

void exchange_reply_json(Exchange *exchange, unsigned status, json_t *object, const ActStamp *stamp)
{
    g_autoptr(GBytes) text = dump(object);
    json_decref(object);
    reply_bytes(exchange, status, text, stamp, FALSE);
}

enum { PACKED_LEAST = 1024 }; /* what is smaller goes in one packet anyway */

static gboolean is_same(const ActStamp *left, const ActStamp *right)
{
    return left->week == right->week && left->pool == right->pool;
}

void exchange_reply_answer(Exchange *exchange, unsigned status, const ActAnswer *answer)
{
    ActStamp stamp = {answer->version, answer->pool_version};
    if (answer->is_known && is_same(&stamp, &exchange->known)) {
        struct MHD_Response *response = response_of(NULL, "", 0);
        add_etag(response, &stamp, FALSE);
        exchange_reply(exchange, MHD_HTTP_NOT_MODIFIED, response);
        return;
    }
    g_autoptr(GBytes) text = answer->is_known ? g_bytes_ref(exchange->kept) : dump(answer->body);
    if (answer->is_known)
        exchange->server->figures.answers_reused++;
    else if (exchange->key && answer->version >= 0)
        answers_keep(exchange->server->kept, exchange->key, office_now_s(exchange->server->office), &stamp, text);
    gboolean may_pack = exchange->key && answer->version >= 0 && g_bytes_get_size(text) >= PACKED_LEAST;
    g_autoptr(GBytes) packed =
        may_pack && exchange_takes_gzip(exchange) ? answers_packed(exchange->server->kept, exchange->key) : NULL;
    reply_bytes(exchange, status, packed ? packed : text, answer->version >= 0 ? &stamp : NULL, packed != NULL);
}

/* --- problems (RFC 9457) */

typedef struct ProblemKind {
    const char *kind, *title;
} ProblemKind;

static const ProblemKind kinds[] = {
    {"bad-request", "The request is not understood"},
    {"unauthorized", "A valid token is needed"},
    {"forbidden", "This is not yours to see or do"},
    {"not-found", "There is no such thing"},
    {"method", "This cannot be done with it"},
    {"too-large", "The body is too large"},
    {"media-type", "The body must be JSON"},
    {"invalid", "A value is not right"},
    {"stale", "It was changed meanwhile"},
    {"refused", "Against a rule, or against how things stand"},
    {"key-reused", "The Idempotency-Key was used for something else"},
    {"gone", "It was there and is no more"},
    {"busy", "Too much is under way"},
    {"failed", "It could not be done"},
    {"stopping", "The service stops"},
};

static const char *title_of(const char *kind)
{
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kinds[i].kind, kind))
            return kinds[i].title;
    g_assert_not_reached();
}

void exchange_reply_problem(Exchange *exchange, unsigned status, const char *kind, const char *detail,
                            const json_t *details)
{
    g_autofree char *type = g_strdup_printf("urn:rooster:problem:%s", kind);
    g_autofree char *valid = g_utf8_make_valid(detail, -1);
    json_t *object = json_object();
    if (details)
        json_object_update(object, (json_t *)(gintptr)details);
    json_object_set_new(object, "type", json_string(type));
    json_object_set_new(object, "title", json_string(title_of(kind)));
    json_object_set_new(object, "status", json_integer(status));
    json_object_set_new(object, "detail", json_string(valid));
    json_object_set_new(object, "instance", json_string(exchange->id));
    char *text = json_dumps(object, JSON_COMPACT);
    struct MHD_Response *response = response_of("application/problem+json", text, strlen(text));
    MHD_add_response_header(response, "Cache-Control", "no-store");
    if (status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer realm=\"rooster\"");
    if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, "Retry-After", "2");
    free(text);
    json_decref(object);
    exchange_reply(exchange, status, response);
}

void exchange_reply_error(Exchange *exchange, const GError *error, const json_t *details)
{
    static const struct {
        unsigned status;
        const char *kind;
    } of_act[] = {[ACT_ERROR_INVALID] = {MHD_HTTP_UNPROCESSABLE_CONTENT, "invalid"},
                  [ACT_ERROR_FORBIDDEN] = {MHD_HTTP_FORBIDDEN, "forbidden"},
                  [ACT_ERROR_NOT_FOUND] = {MHD_HTTP_NOT_FOUND, "not-found"},
                  [ACT_ERROR_STALE] = {MHD_HTTP_CONFLICT, "stale"},
                  [ACT_ERROR_REFUSED] = {MHD_HTTP_UNPROCESSABLE_CONTENT, "refused"},
                  [ACT_ERROR_REUSED] = {MHD_HTTP_UNPROCESSABLE_CONTENT, "key-reused"}};
    if (error->domain == ACT_ERROR) {
        json_t *all = json_object();
        json_object_update(all, (json_t *)(gintptr)details);
        json_object_set_new(all, "sentence", act_json_sentence(error));
        exchange_reply_problem(exchange, of_act[error->code].status, of_act[error->code].kind, error->message, all);
        json_decref(all);
    } else if (g_error_matches(error, DESK_ERROR, DESK_ERROR_EMPTY) ||
               g_error_matches(error, DESK_ERROR, DESK_ERROR_UNKNOWN)) {
        exchange_reply_problem(exchange, MHD_HTTP_NOT_FOUND, "not-found", error->message, NULL);
    } else if (g_error_matches(error, OFFICE_ERROR, OFFICE_ERROR_BUSY)) {
        exchange_reply_problem(exchange, MHD_HTTP_SERVICE_UNAVAILABLE, "busy", error->message, NULL);
    } else if (g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY)) {
        exchange_reply_problem(exchange, MHD_HTTP_SERVICE_UNAVAILABLE, "busy",
                               "another program writes to the pool just now; try again soon", NULL);
    } else {
        /* What the disk or a child said may name files: for the log, not for them. */
        g_warning("request %s failed: %s", exchange->id, error->message);
        exchange_reply_problem(exchange, MHD_HTTP_INTERNAL_SERVER_ERROR, "failed",
                               "something here went wrong; the log of the service knows it by this instance", NULL);
    }
}
