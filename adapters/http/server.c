/*
 * libmicrohttpd without a thread of its own: its epoll descriptor is a source of the main loop, its next timeout a
 * timer of it. libmicrohttpd's timeout ends connections where nothing moves; one that drips a byte now and then is
 * ended by our sweep, which gives every request a time to be whole and every answer a time to be taken.
 */
#include "arguments.h"
#include "server_parts.h"

#include <arpa/inet.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>

G_DEFINE_QUARK(rooster - http - error - quark, http_error)

/* Every connection, idle ones too, has HEAD_MOST in memory: ten thousand of them, 160 MB. */
enum {
    CONNECTIONS_MOST = 10000,
    HEAD_MOST = 16 * 1024,
    REQUEST_S = 30,
    SWEEP_MS = 1000,
    BEAT_S = 15,
    PATH_MOST = 2048
};

/* A connection, from accept to close. */
typedef struct Link {
    int socket;
    int64_t since_us;   /* when it was opened, or when its last answer was taken */
    Exchange *exchange; /* the request on it; NULL between requests */
} Link;

/* --- one turn */

static void arm_timer(HttpServer *server);

void server_turn(HttpServer *server)
{
    MHD_run(server->daemon);
    arm_timer(server);
}

static gboolean on_ready(int descriptor, GIOCondition condition, gpointer user)
{
    (void)descriptor, (void)condition;
    server_turn(user);
    return G_SOURCE_CONTINUE;
}

static gboolean on_timer(gpointer user)
{
    HttpServer *server = user;
    server->timer_source = 0;
    server_turn(server);
    return G_SOURCE_REMOVE;
}

static void arm_timer(HttpServer *server)
{
    MHD_UNSIGNED_LONG_LONG wait_ms = 0;
    g_clear_handle_id(&server->timer_source, g_source_remove);
    if (MHD_get_timeout(server->daemon, &wait_ms) == MHD_YES)
        server->timer_source = g_timeout_add((guint)MIN(wait_ms, 60000), on_timer, server);
}

/* --- connections */

static void on_connection(void *user, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    HttpServer *server = user;
    (void)socket_context;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        server->figures.connections--;
        g_hash_table_remove(server->links, connection);
        return;
    }
    Link *link = g_new0(Link, 1);
    link->socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    link->since_us = g_get_monotonic_time();
    server->figures.connections++;
    g_hash_table_insert(server->links, connection, link);
}

/* Ends connections whose request does not become whole, or whose answer is not taken, in time. */
static gboolean on_sweep(gpointer user)
{
    HttpServer *server = user;
    int64_t now_us = g_get_monotonic_time();
    int64_t most_us = (int64_t)server->options.request_s * G_USEC_PER_SEC;
    GHashTableIter each;
    gpointer value;
    g_hash_table_iter_init(&each, server->links);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
        const Link *link = value;
        const Exchange *exchange = link->exchange;
        gboolean is_ours = exchange && (exchange->is_suspended || exchange->stream);
        if (!is_ours && now_us - link->since_us > most_us)
            shutdown(link->socket, SHUT_RDWR);
    }
    return G_SOURCE_CONTINUE;
}

static gboolean on_beat(gpointer user)
{
    events_beat(user);
    return G_SOURCE_CONTINUE;
}

static Link *link_of(const Exchange *exchange)
{
    return g_hash_table_lookup(exchange->server->links, exchange->connection);
}

/* --- requests */

typedef struct LengthHeaders {
    int lengths, encodings;
    gboolean is_odd;
} LengthHeaders;

static gboolean is_longer(const char *name, const char *known)
{
    return !g_ascii_strncasecmp(name, known, strlen(known)) && name[strlen(known)];
}

/*
 * RFC 9110, 5.1 and 5.5: `Content-Length : 2` is another field to us and the length to somebody else. A value folded
 * onto the next line comes to us as part of the name, Transfer-Encodingchunked.
 */
static gboolean is_odd_field(const char *name, size_t name_size, const char *value, size_t value_size)
{
    for (size_t i = 0; i < name_size; i++)
        if (!g_ascii_isalnum(name[i]) && (!name[i] || !strchr("!#$%&'*+-.^_`|~", name[i])))
            return TRUE;
    for (size_t i = 0; i < value_size; i++)
        if (g_ascii_iscntrl(value[i]) && value[i] != '\t')
            return TRUE;
    return name_size == 0 || is_longer(name, "Content-Length") || is_longer(name, "Transfer-Encoding");
}

static enum MHD_Result count_length(void *user, enum MHD_ValueKind kind, const char *name, size_t name_size,
                                    const char *value, size_t value_size)
{
    LengthHeaders *count = user;
    (void)kind;
    count->is_odd |= is_odd_field(name, name_size, value, value ? value_size : 0);
    if (!g_ascii_strcasecmp(name, "Content-Length")) {
        count->lengths++;
        for (const char *at = value ? value : ""; *at; at++)
            count->is_odd |= !g_ascii_isdigit(*at);
    } else if (!g_ascii_strcasecmp(name, "Transfer-Encoding")) {
        count->encodings++;
        count->is_odd |= !value || g_ascii_strcasecmp(value, "chunked") != 0;
    }
    return MHD_YES;
}

/* A body whose end two readers could see at different places (RFC 9112, 6.3 and 11.2). */
static gboolean has_doubtful_length(struct MHD_Connection *connection)
{
    LengthHeaders count = {0};
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, count_length, &count);
    return count.is_odd || count.lengths + count.encodings > 1;
}

static Exchange *exchange_new(HttpServer *server, struct MHD_Connection *connection, const char *method,
                              const char *path)
{
    Exchange *exchange = g_new0(Exchange, 1);
    exchange->server = server;
    exchange->connection = connection;
    exchange->method = method;
    exchange->path = g_strdup(path);
    exchange->begun_us = g_get_monotonic_time();
    exchange->body = g_byte_array_new();
    exchange->body_most = routes_body_most(method, path);
    g_snprintf(exchange->id, sizeof exchange->id, "%08x%08x", g_random_int(), g_random_int());
    Link *link = link_of(exchange);
    link->exchange = exchange;
    g_hash_table_add(server->exchanges, exchange);
    return exchange;
}

static void exchange_free(Exchange *exchange)
{
    if (exchange->task)
        office_task_forget(exchange->task);
    if (exchange->command)
        office_command_forget(exchange->command);
    if (exchange->stream)
        events_end(exchange->stream);
    if (exchange->reply.response) /* answered, and nobody there any more to take it */
        MHD_destroy_response(exchange->reply.response);
    commands_clear(exchange);
    g_free(exchange->key);
    g_clear_pointer(&exchange->kept, g_bytes_unref);
    g_hash_table_remove(exchange->server->exchanges, exchange);
    token_free(exchange->token);
    g_byte_array_unref(exchange->body);
    g_free(exchange->actor_name);
    g_free(exchange->path);
    g_free(exchange);
}

static void on_completed(void *user, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    HttpServer *server = user;
    Exchange *exchange = *context;
    (void)code;
    if (!exchange)
        return;
    Link *link = g_hash_table_lookup(server->links, connection);
    if (link) {
        link->exchange = NULL;
        link->since_us = g_get_monotonic_time();
    }
    if (exchange->is_answered)
        metrics_count(server, exchange);
    exchange_free(exchange);
    *context = NULL;
}

static enum MHD_Result queue(Exchange *exchange)
{
    Link *link = link_of(exchange);
    if (link)
        link->since_us = g_get_monotonic_time();
    enum MHD_Result result = MHD_queue_response(exchange->connection, exchange->reply.status, exchange->reply.response);
    MHD_destroy_response(exchange->reply.response);
    exchange->reply.response = NULL;
    return result;
}

static void answer(Exchange *exchange)
{
    if (exchange->server->is_stopping)
        exchange_reply_problem(exchange, MHD_HTTP_SERVICE_UNAVAILABLE, "stopping", "try again in a moment", NULL);
    else if (exchange->is_malformed)
        exchange_reply_problem(exchange, MHD_HTTP_BAD_REQUEST, "bad-request",
                               "a header field is malformed, or the length of the body is said twice or in two ways",
                               NULL);
    else if (strlen(exchange->path) > PATH_MOST)
        exchange_reply_problem(exchange, MHD_HTTP_URI_TOO_LONG, "bad-request", "the path is too long", NULL);
    else if (exchange->is_too_large) {
        g_autofree char *most = g_strdup_printf("at most %" G_GSIZE_FORMAT " bytes", exchange->body_most);
        exchange_reply_problem(exchange, MHD_HTTP_CONTENT_TOO_LARGE, "too-large", most, NULL);
    } else
        routes_answer(exchange);
}

/* Called with the head, then with pieces of the body, then with none: now it is to be answered; and after a resume. */
static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *data, size_t *size, void **context)
{
    HttpServer *server = user;
    Exchange *exchange = *context;
    (void)version;
    if (!exchange) {
        exchange = *context = exchange_new(server, connection, method, path);
        exchange->is_malformed = has_doubtful_length(connection);
        if (!exchange->is_malformed)
            return MHD_YES;
        answer(exchange);
        MHD_add_response_header(exchange->reply.response, "Connection", "close");
        return queue(exchange);
    }
    if (*size > 0) {
        exchange->is_too_large |= exchange->body->len + *size > exchange->body_most;
        if (!exchange->is_too_large)
            g_byte_array_append(exchange->body, (const guint8 *)data, (guint)*size);
        *size = 0;
        return MHD_YES;
    }
    if (!exchange->is_answered) {
        answer(exchange);
        if (!exchange->is_answered) { /* later, from the main loop */
            exchange->is_suspended = TRUE;
            MHD_suspend_connection(connection);
            return MHD_YES;
        }
        if (exchange->is_too_large)
            MHD_add_response_header(exchange->reply.response, "Connection", "close");
    }
    return exchange->reply.response ? queue(exchange) : MHD_YES;
}

static size_t unescape(void *user, struct MHD_Connection *connection, char *text)
{
    (void)user, (void)connection;
    return arguments_unescape(text);
}

/* --- opening and closing */

static gboolean address_of(const HttpOptions *options, struct sockaddr_storage *storage, GError **error)
{
    const char *address = options->address ? options->address : "127.0.0.1";
    struct sockaddr_in *four = (gpointer)storage;
    struct sockaddr_in6 *six = (gpointer)storage;
    if (inet_pton(AF_INET, address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)options->port);
        return TRUE;
    }
    if (inet_pton(AF_INET6, address, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)options->port);
        return TRUE;
    }
    g_set_error(error, HTTP_ERROR, HTTP_ERROR_LISTEN, "%s is no numeric IPv4 or IPv6 address", address);
    return FALSE;
}

static struct MHD_Daemon *listen_at(HttpServer *server, const struct sockaddr_storage *address)
{
    const HttpOptions *options = &server->options;
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    if (address->ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server, MHD_OPTION_SOCK_ADDR, address,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
                            on_connection, server, MHD_OPTION_CONNECTION_LIMIT, (unsigned)options->connections_most,
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)options->connections_per_peer,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_MOST, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)options->request_s, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK,
                            unescape, NULL, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1U, MHD_OPTION_END);
}

static void on_office_changed(gpointer user)
{
    events_changed(user);
}

HttpServer *http_server_new(Office *office, Store *store, const HttpOptions *options, GError **error)
{
    struct sockaddr_storage address = {0};
    if (!address_of(options, &address, error))
        return NULL;
    HttpServer *server = g_new0(HttpServer, 1);
    server->office = office;
    server->store = store;
    server->options = *options;
    server->options.address = g_strdup(options->address);
    if (options->connections_most <= 0)
        server->options.connections_most = CONNECTIONS_MOST;
    if (options->request_s <= 0)
        server->options.request_s = REQUEST_S;
    server->links = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    server->exchanges = g_hash_table_new(NULL, NULL);
    server->tokens = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)token_free);
    server->streams = g_ptr_array_new();
    server->feeds = feeds_new();
    server->kept = answers_new();
    server->jobs = jobs_new(server);
    server->openapi = openapi_text();
    server->daemon = listen_at(server, &address);
    if (!server->daemon) {
        g_set_error(error, HTTP_ERROR, HTTP_ERROR_LISTEN, "cannot listen at %s port %d: %s",
                    options->address ? options->address : "127.0.0.1", options->port, g_strerror(errno));
        http_server_free(server);
        return NULL;
    }
    int epoll = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->listen_fd;
    server->epoll_source = g_unix_fd_add(epoll, G_IO_IN, on_ready, server);
    server->sweep_source = g_timeout_add(SWEEP_MS, on_sweep, server);
    server->beat_source = g_timeout_add_seconds(BEAT_S, on_beat, server);
    office_listen(office, on_office_changed, server);
    arm_timer(server);
    return server;
}

int http_server_port(const HttpServer *server)
{
    return MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

/* Everybody who waits is told, so that nothing is suspended when the daemon ends. */
static void answer_all(HttpServer *server)
{
    g_autoptr(GList) all = g_hash_table_get_keys(server->exchanges);
    for (GList *each = all; each; each = each->next) {
        Exchange *exchange = each->data;
        if (exchange->task)
            office_task_forget(exchange->task);
        exchange->task = NULL;
        if (exchange->command)
            office_command_forget(exchange->command);
        exchange->command = NULL;
        if (exchange->is_suspended && !exchange->is_answered)
            exchange_reply_problem(exchange, MHD_HTTP_SERVICE_UNAVAILABLE, "stopping", "the service stops", NULL);
    }
}

void http_server_free(HttpServer *server)
{
    if (!server)
        return;
    server->is_stopping = TRUE;
    if (server->daemon) {
        answer_all(server);
        events_stop(server);
        server_turn(server);
    }
    g_clear_handle_id(&server->epoll_source, g_source_remove);
    g_clear_handle_id(&server->timer_source, g_source_remove);
    g_clear_handle_id(&server->sweep_source, g_source_remove);
    g_clear_handle_id(&server->beat_source, g_source_remove);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    jobs_free(server->jobs);
    feeds_free(server->feeds);
    answers_free(server->kept);
    g_ptr_array_unref(server->streams);
    g_hash_table_unref(server->tokens);
    g_hash_table_unref(server->exchanges);
    g_hash_table_unref(server->links);
    g_free(server->openapi);
    g_free((char *)server->options.address);
    g_free(server);
}
