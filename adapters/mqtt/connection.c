#include "connection.h"
#include "probe.h"
#include "setup.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>

#include <poll.h>
#include <string.h>

#define KEEPALIVE_S      15
#define SESSION_EXPIRY_S (7 * 24 * 60 * 60) /* how long the broker keeps an inbox for us */
#define PACKET_MOST      (4 * 1024 * 1024)  /* what we take from a broker: far above all that we write */
#define READ_MOST        100                /* packets in one go, that others have their turn */
#define MISC_US          G_USEC_PER_SEC     /* how often libmosquitto looks after its keepalive */
#define REFUSED_FROM     0x80               /* MQTT 5, 2.4: reason codes from here on are failures */

/* The library's socket in the main context. */
typedef struct SocketSource {
    GSource base;
    Connection *connection;
    gpointer tag;
    GIOCondition asked; /* for what it is watched */
} SocketSource;

struct Connection {
    struct mosquitto *client;
    const ConnectionSettings *settings;
    const ConnectionListener *listener;
    GMainContext *context;
    Probe *probe;       /* while the address is tried */
    GSource *watch;     /* of the socket, after that */
    GPtrArray *filters; /* being read back */
    int inbox_mid;      /* of the subscription */
    gboolean is_open, is_read_back, is_inbox_denied;
    gboolean is_refusing;  /* a message could not be kept: nothing more is acknowledged */
    int connect_reason;    /* of the broker's CONNACK, -1 before it */
    int disconnect_reason; /* of the broker's DISCONNECT or the library's, 0 if none */
    guint window;
    char complaint[160]; /* the library's newest own words: what TLS disliked */
};

/* ---- callbacks */

static void on_connect(struct mosquitto *client, void *object, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)flags;
    Connection *connection = object;
    uint16_t receive_maximum = G_MAXUINT16;
    mosquitto_property_read_int16(properties, MQTT_PROP_RECEIVE_MAXIMUM, &receive_maximum, false);
    connection->window = MIN((guint)MQTT_IN_FLIGHT, MAX(1U, (guint)receive_maximum));
    connection->connect_reason = reason;
    connection->is_open = reason == 0;
    /* Also where the session is still there: then it changes nothing. Retained ones only where it is new: a broker that
     * was wiped, or our first start. */
    if (connection->is_open && connection->settings->inbox)
        mosquitto_subscribe_v5(client, &connection->inbox_mid, connection->settings->inbox, 1,
                               MQTT_SUB_OPT_SEND_RETAIN_NEW, NULL);
}

static void on_disconnect(struct mosquitto *client, void *object, int reason, const mosquitto_property *properties)
{
    (void)client, (void)properties;
    Connection *connection = object;
    connection->is_open = FALSE;
    connection->disconnect_reason = reason;
}

static void on_publish(struct mosquitto *client, void *object, int mid, int reason,
                       const mosquitto_property *properties)
{
    (void)client, (void)properties;
    Connection *connection = object;
    connection->listener->answered(connection->listener->context, mid, reason);
}

/*
 * The library acknowledges before it calls this. While reading it is told that a thread writes for it (threaded_set):
 * then the acknowledgement waits in its queue, and what cannot be kept is refused by writing nothing more.
 *
 * At other times it writes at once, which we need: a write into a line that the broker has ended fails without closing
 * the socket, so that the broker's last words can still be read. mosquitto_loop_write would close it.
 */
static void receive(Connection *connection, const struct mosquitto_message *message,
                    const mosquitto_property *properties)
{
    void *correlation = NULL;
    uint16_t length = 0;
    gboolean has_correlation =
        mosquitto_property_read_binary(properties, MQTT_PROP_CORRELATION_DATA, &correlation, &length, false) != NULL;
    Received received = {.topic = message->topic,
                         .payload = message->payload ? message->payload : "",
                         .length = (gsize)message->payloadlen,
                         .correlation = correlation ? correlation : (const guint8 *)(has_correlation ? "" : NULL),
                         .correlation_length = length,
                         .is_retained = message->retain};
    connection->is_refusing = !connection->listener->received(connection->listener->context, &received);
    free(correlation);
}

static void on_message(struct mosquitto *client, void *object, const struct mosquitto_message *message,
                       const mosquitto_property *properties)
{
    (void)client;
    Connection *connection = object;
    const char *inbox = connection->settings->inbox;
    bool is_of_inbox = false;
    if (connection->is_refusing)
        return;
    if (inbox && mosquitto_topic_matches_sub(inbox, message->topic, &is_of_inbox) == MOSQ_ERR_SUCCESS && is_of_inbox)
        receive(connection, message, properties);
    else if (message->retain)
        connection->listener->retained(connection->listener->context, message->topic, message->payload,
                                       (gsize)message->payloadlen);
}

/*
 * Retained messages have no last one. But a broker answers one client's packets in order, and a message of QoS 0 is not
 * held back: when it has answered our unsubscribing, all that the subscribing called up has gone before.
 */
static void on_subscribe(struct mosquitto *client, void *object, int mid, int count, const int *granted,
                         const mosquitto_property *properties)
{
    (void)properties;
    Connection *connection = object;
    if (mid == connection->inbox_mid) {
        connection->is_inbox_denied = count < 1 || granted[0] >= REFUSED_FROM;
        return;
    }
    mosquitto_unsubscribe_multiple(client, NULL, (int)connection->filters->len,
                                   (char *const *)connection->filters->pdata, NULL);
}

static void on_unsubscribe(struct mosquitto *client, void *object, int mid, const mosquitto_property *properties)
{
    (void)client, (void)mid, (void)properties;
    Connection *connection = object;
    connection->is_read_back = TRUE;
}

static void on_log(struct mosquitto *client, void *object, int level, const char *text)
{
    (void)client;
    Connection *connection = object;
    if (level == MOSQ_LOG_ERR)
        g_strlcpy(connection->complaint, text, sizeof connection->complaint);
}

/* ---- opening */

static gboolean set_up(Connection *connection, GError **error)
{
    struct mosquitto *client = connection->client;
    mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
    mosquitto_connect_v5_callback_set(client, on_connect);
    mosquitto_disconnect_v5_callback_set(client, on_disconnect);
    mosquitto_publish_v5_callback_set(client, on_publish);
    mosquitto_message_v5_callback_set(client, on_message);
    mosquitto_subscribe_v5_callback_set(client, on_subscribe);
    mosquitto_unsubscribe_v5_callback_set(client, on_unsubscribe);
    mosquitto_log_callback_set(client, on_log);
    return setup_client(client, connection->settings, error);
}

static const char *code_text(const Connection *connection, int code)
{
    if (*connection->complaint && (code == MOSQ_ERR_TLS || code == MOSQ_ERR_TLS_HANDSHAKE))
        return connection->complaint;
    return mosquitto_strerror(code);
}

static gboolean connect_to(Connection *connection, const char *address, GError **error)
{
    const ConnectionSettings *settings = connection->settings;
    mosquitto_property *properties = NULL;
    mosquitto_property_add_int32(&properties, MQTT_PROP_MAXIMUM_PACKET_SIZE, PACKET_MOST);
    if (settings->inbox)
        mosquitto_property_add_int32(&properties, MQTT_PROP_SESSION_EXPIRY_INTERVAL, SESSION_EXPIRY_S);
    int code = mosquitto_connect_bind_v5(connection->client, address ? address : settings_host(settings),
                                         settings_port(settings), KEEPALIVE_S, NULL, properties);
    mosquitto_property_free_all(&properties);
    if (code == MOSQ_ERR_SUCCESS)
        return TRUE;
    g_set_error(error, MQTT_ERROR, code == MOSQ_ERR_INVAL ? MQTT_ERROR_OPTIONS : MQTT_ERROR_UNREACHABLE,
                "no broker at %s port %d: %s", settings_host(settings), settings_port(settings),
                code_text(connection, code));
    return FALSE;
}

static void watch_socket(Connection *connection);

static void on_probed(gpointer data, const char *address, const GError *cause)
{
    Connection *connection = data;
    g_autoptr(GError) loss = NULL;
    connection->probe = NULL;
    if (cause)
        g_set_error(&loss, MQTT_ERROR, MQTT_ERROR_UNREACHABLE, "no broker at %s port %d: %s",
                    settings_host(connection->settings), settings_port(connection->settings), cause->message);
    else if (connect_to(connection, connection->settings->ca_file ? NULL : address, &loss))
        watch_socket(connection);
    connection->listener->turned(connection->listener->context, loss);
}

Connection *connection_open(const ConnectionSettings *settings, const ConnectionListener *listener,
                            GMainContext *context, GError **error)
{
    g_autoptr(Connection) connection = g_new0(Connection, 1);
    connection->settings = settings;
    connection->listener = listener;
    connection->context = context;
    connection->connect_reason = -1;
    connection->window = 1;
    connection->filters = g_ptr_array_new_with_free_func(g_free);
    connection->client = mosquitto_new(settings->client_id, settings->inbox == NULL, connection);
    if (!connection->client) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "the client id %s cannot be used", settings->client_id);
        return NULL;
    }
    if (!set_up(connection, error))
        return NULL;
    connection->probe = probe_start(settings_host(settings), settings_port(settings), context, on_probed, connection);
    return g_steal_pointer(&connection);
}

void connection_close(Connection *connection)
{
    if (!connection)
        return;
    g_clear_pointer(&connection->probe, probe_cancel);
    if (connection->watch) {
        g_source_destroy(connection->watch);
        g_source_unref(connection->watch);
    }
    /* A goodbye would carry the acknowledgements before it. */
    if (connection->is_open && !connection->is_refusing) {
        mosquitto_disconnect_v5(connection->client, MQTT_RC_NORMAL_DISCONNECTION, NULL);
        for (int turn = 0;
             turn < 10 && mosquitto_socket(connection->client) >= 0 && mosquitto_want_write(connection->client); turn++)
            mosquitto_loop_write(connection->client, 1);
    }
    mosquitto_destroy(connection->client);
    g_ptr_array_unref(connection->filters);
    g_free(connection);
}

/* ---- turning */

static gboolean is_final(int reason)
{
    switch (reason) {
    case MQTT_RC_UNSUPPORTED_PROTOCOL_VERSION:
    case MQTT_RC_CLIENTID_NOT_VALID:
    case MQTT_RC_BAD_USERNAME_OR_PASSWORD:
    case MQTT_RC_NOT_AUTHORIZED:
    case MQTT_RC_BANNED:
    case MQTT_RC_BAD_AUTHENTICATION_METHOD:
    case MQTT_RC_RETAIN_NOT_SUPPORTED:
    case MQTT_RC_QOS_NOT_SUPPORTED:
        return TRUE;
    default:
        return reason > 0 && reason < REFUSED_FROM; /* a broker of MQTT 3 answers 1 to 5 */
    }
}

/* Says why the connection is gone. */
static gboolean fail(const Connection *connection, int code, GError **error)
{
    const char *host = settings_host(connection->settings);
    int port = settings_port(connection->settings);
    int reason = connection->connect_reason;
    if (reason > 0) {
        const char *hint = reason == MQTT_RC_NOT_AUTHORIZED || reason == MQTT_RC_BAD_USERNAME_OR_PASSWORD
                               ? " (check the user name and password)"
                           : reason < REFUSED_FROM ? " (it must speak MQTT 5)"
                                                   : "";
        g_set_error(error, MQTT_ERROR, is_final(reason) ? MQTT_ERROR_REFUSED : MQTT_ERROR_UNREACHABLE,
                    "the broker at %s port %d refused user %s: %s%s", host, port,
                    connection->settings->user ? connection->settings->user : "(none)", mosquitto_reason_string(reason),
                    hint);
    } else if (connection->disconnect_reason >= REFUSED_FROM) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_UNREACHABLE, "the broker at %s port %d ended the connection: %s",
                    host, port, mosquitto_reason_string(connection->disconnect_reason));
    } else if (code == MOSQ_ERR_TLS || code == MOSQ_ERR_TLS_HANDSHAKE) {
        /* Only a certificate is a matter for people; a broker that dies in the handshake comes back. */
        gboolean is_distrusted = strstr(connection->complaint, "certificate") != NULL;
        g_set_error(error, MQTT_ERROR, is_distrusted ? MQTT_ERROR_REFUSED : MQTT_ERROR_UNREACHABLE,
                    "no TLS with the broker at %s port %d: %s", host, port, code_text(connection, code));
    } else {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_UNREACHABLE, "lost the broker at %s port %d: %s", host, port,
                    code_text(connection, code));
    }
    return FALSE;
}

/* Reads what is there. The library reads one packet at a time, and closes the socket itself where it ends. */
static int read_all(Connection *connection)
{
    int code = MOSQ_ERR_SUCCESS;
    for (int packet = 0; packet < READ_MOST && code == MOSQ_ERR_SUCCESS && !connection->is_refusing; packet++) {
        struct pollfd ready = {mosquitto_socket(connection->client), POLLIN, 0};
        if (ready.fd < 0 || poll(&ready, 1, 0) != 1)
            break;
        mosquitto_threaded_set(connection->client, true);
        code = mosquitto_loop_read(connection->client, 1);
        mosquitto_threaded_set(connection->client, false);
    }
    return code;
}

/* Does what the socket is ready for. */
static gboolean act(Connection *connection, GIOCondition ready, GError **error)
{
    struct mosquitto *client = connection->client;
    /* All of it before writing: a broker that ends the line says why, and writing into a closed one loses its words. */
    int code = read_all(connection);
    if (connection->is_refusing) {
        g_set_error_literal(error, MQTT_ERROR, MQTT_ERROR_UNREACHABLE, "what the broker brought could not be kept");
        return FALSE;
    }
    if (code == MOSQ_ERR_SUCCESS && (ready & G_IO_OUT))
        code = mosquitto_loop_write(client, 1);
    if (code == MOSQ_ERR_SUCCESS)
        code = mosquitto_loop_misc(client);
    if (code == MOSQ_ERR_SUCCESS && mosquitto_socket(client) < 0)
        code = MOSQ_ERR_CONN_LOST;
    if (code != MOSQ_ERR_SUCCESS || connection->connect_reason > 0)
        return fail(connection, code, error);
    return TRUE;
}

static GIOCondition wanted(const Connection *connection)
{
    return mosquitto_want_write(connection->client) ? G_IO_IN | G_IO_OUT : G_IO_IN;
}

static gboolean on_prepare(GSource *source, gint *timeout_ms)
{
    SocketSource *watch = (SocketSource *)source;
    GIOCondition asked = wanted(watch->connection);
    *timeout_ms = -1;
    if (asked != watch->asked) /* asking wakes the context each time */
        g_source_modify_unix_fd(source, watch->tag, asked);
    watch->asked = asked;
    return FALSE;
}

static gboolean on_ready(GSource *source, GSourceFunc unused, gpointer data)
{
    (void)unused, (void)data;
    const SocketSource *watch = (SocketSource *)source;
    Connection *connection = watch->connection;
    g_autoptr(GError) loss = NULL;
    g_source_set_ready_time(source, g_source_get_time(source) + MISC_US);
    act(connection, g_source_query_unix_fd(source, watch->tag), &loss);
    connection->listener->turned(connection->listener->context, loss);
    return G_SOURCE_CONTINUE; /* ignored where it was closed */
}

static void watch_socket(Connection *connection)
{
    static GSourceFuncs functions = {.prepare = on_prepare, .dispatch = on_ready};
    connection->watch = g_source_new(&functions, sizeof(SocketSource));
    SocketSource *watch = (SocketSource *)connection->watch;
    watch->connection = connection;
    watch->asked = wanted(connection);
    watch->tag = g_source_add_unix_fd(connection->watch, mosquitto_socket(connection->client), watch->asked);
    g_source_set_ready_time(connection->watch, g_get_monotonic_time() + MISC_US);
    g_source_attach(connection->watch, connection->context);
}

gboolean connection_turn(Connection *connection, int wait_ms, GError **error)
{
    struct pollfd ready = {mosquitto_socket(connection->client), (short)wanted(connection), 0};
    if (ready.fd < 0)
        return fail(connection, MOSQ_ERR_CONN_LOST, error);
    if (poll(&ready, 1, wait_ms) < 0)
        ready.revents = 0;
    return act(connection, (GIOCondition)ready.revents, error); /* GLib's conditions are those of poll */
}

gboolean connection_is_open(const Connection *connection)
{
    return connection->is_open;
}

gboolean connection_is_inbox_denied(const Connection *connection)
{
    return connection->is_inbox_denied;
}

guint connection_window(const Connection *connection)
{
    return connection->window;
}

/* ---- sending */

SendResult connection_send(Connection *connection, const Parcel *parcel, int *mid, const char **why)
{
    mosquitto_property *properties = parcel_properties(parcel);
    int code = mosquitto_publish_v5(connection->client, mid, parcel->topic, (int)strlen(parcel->payload),
                                    parcel->payload, 1, parcel->is_retained, properties);
    mosquitto_property_free_all(&properties);
    switch (code) {
    case MOSQ_ERR_SUCCESS:
        return SEND_DONE;
    case MOSQ_ERR_OVERSIZE_PACKET:
    case MOSQ_ERR_PAYLOAD_SIZE:
        *why = "larger than the broker takes";
        return SEND_IMPOSSIBLE;
    case MOSQ_ERR_INVAL:
    case MOSQ_ERR_MALFORMED_UTF8:
        *why = "not a topic of MQTT";
        return SEND_IMPOSSIBLE;
    default:
        return SEND_FAILED;
    }
}

void connection_read_back(Connection *connection, const GPtrArray *filters)
{
    g_ptr_array_set_size(connection->filters, 0);
    for (guint i = 0; i < filters->len; i++)
        g_ptr_array_add(connection->filters, g_strdup(g_ptr_array_index(filters, i)));
    connection->is_read_back = filters->len == 0;
    if (!connection->is_read_back)
        mosquitto_subscribe_multiple(connection->client, NULL, (int)connection->filters->len,
                                     (char *const *)connection->filters->pdata, 0, MQTT_SUB_OPT_NO_LOCAL, NULL);
}

gboolean connection_is_read_back(const Connection *connection)
{
    return connection->is_read_back;
}
