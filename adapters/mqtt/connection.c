#include "connection.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>

#include <poll.h>
#include <string.h>

#define KEEPALIVE_S  15
#define REFUSED_FROM 0x80 /* MQTT 5, 2.4: reason codes from here on are failures */

struct Connection {
    struct mosquitto *client;
    const MqttOptions *options;
    const ConnectionListener *listener;
    GPtrArray *filters; /* being read back */
    gboolean is_open, is_read_back;
    int connect_reason;    /* of the broker's CONNACK, -1 before it */
    int disconnect_reason; /* of the broker's DISCONNECT or the library's, 0 if none */
    guint window;
    char complaint[160]; /* the library's newest own words: what TLS disliked */
};

/* ---- callbacks */

static void on_connect(struct mosquitto *client, void *object, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)client, (void)flags;
    Connection *connection = object;
    uint16_t receive_maximum = G_MAXUINT16;
    mosquitto_property_read_int16(properties, MQTT_PROP_RECEIVE_MAXIMUM, &receive_maximum, false);
    connection->window = MIN((guint)MQTT_IN_FLIGHT, MAX(1U, (guint)receive_maximum));
    connection->connect_reason = reason;
    connection->is_open = reason == 0;
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

static void on_message(struct mosquitto *client, void *object, const struct mosquitto_message *message,
                       const mosquitto_property *properties)
{
    (void)client, (void)properties;
    Connection *connection = object;
    if (message->retain)
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
    (void)mid, (void)count, (void)granted, (void)properties;
    Connection *connection = object;
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

static char *read_password(const char *file, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(file, &text, NULL, &cause)) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "cannot read the password file: %s", cause->message);
        return NULL;
    }
    text[strcspn(text, "\r\n")] = '\0';
    return g_steal_pointer(&text);
}

static gboolean set_credentials(Connection *connection, GError **error)
{
    const MqttOptions *options = connection->options;
    if (!options->user)
        return TRUE;
    g_autofree char *password = NULL;
    if (options->password_file) {
        password = read_password(options->password_file, error);
        if (!password)
            return FALSE;
    }
    int code = mosquitto_username_pw_set(connection->client, options->user, password);
    if (password)
        explicit_bzero(password, strlen(password));
    if (code != MOSQ_ERR_SUCCESS) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "cannot use the user name: %s", mosquitto_strerror(code));
        return FALSE;
    }
    return TRUE;
}

static gboolean set_tls(Connection *connection, GError **error)
{
    const char *ca_file = connection->options->ca_file;
    if (!ca_file)
        return TRUE;
    int code = mosquitto_tls_set(connection->client, ca_file, NULL, NULL, NULL, NULL);
    if (code != MOSQ_ERR_SUCCESS) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "cannot use the CA file %s: %s", ca_file,
                    code == MOSQ_ERR_INVAL ? "it cannot be read" : mosquitto_strerror(code));
        return FALSE;
    }
    return TRUE;
}

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
    return set_credentials(connection, error) && set_tls(connection, error);
}

static int port_of(const MqttOptions *options)
{
    return options->port ? options->port : options->ca_file ? 8883 : 1883;
}

static const char *host_of(const MqttOptions *options)
{
    return options->host ? options->host : "localhost";
}

static const char *code_text(const Connection *connection, int code)
{
    if (*connection->complaint && (code == MOSQ_ERR_TLS || code == MOSQ_ERR_TLS_HANDSHAKE))
        return connection->complaint;
    return mosquitto_strerror(code);
}

Connection *connection_open(const MqttOptions *options, const ConnectionListener *listener, GError **error)
{
    g_autoptr(Connection) connection = g_new0(Connection, 1);
    connection->options = options;
    connection->listener = listener;
    connection->connect_reason = -1;
    connection->window = 1;
    connection->filters = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *own_id = g_strdup_printf("rooster-drain-%s", options->pool);
    connection->client = mosquitto_new(options->client_id ? options->client_id : own_id, true, connection);
    if (!connection->client) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "the client id %s cannot be used",
                    options->client_id ? options->client_id : own_id);
        return NULL;
    }
    if (!set_up(connection, error))
        return NULL;
    /* The form that does not wait for the line: a host that swallows packets would hold us for minutes. */
    int code = mosquitto_connect_bind_async(connection->client, host_of(options), port_of(options), KEEPALIVE_S, NULL);
    if (code != MOSQ_ERR_SUCCESS) {
        g_set_error(error, MQTT_ERROR, code == MOSQ_ERR_INVAL ? MQTT_ERROR_OPTIONS : MQTT_ERROR_UNREACHABLE,
                    "no broker at %s port %d: %s", host_of(options), port_of(options), code_text(connection, code));
        return NULL;
    }
    return g_steal_pointer(&connection);
}

void connection_close(Connection *connection)
{
    if (!connection)
        return;
    if (connection->is_open) {
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
    const char *host = host_of(connection->options);
    int port = port_of(connection->options);
    int reason = connection->connect_reason;
    if (reason > 0) {
        const char *hint = reason == MQTT_RC_NOT_AUTHORIZED || reason == MQTT_RC_BAD_USERNAME_OR_PASSWORD
                               ? " (check the user name and password)"
                           : reason < REFUSED_FROM ? " (it must speak MQTT 5)"
                                                   : "";
        g_set_error(error, MQTT_ERROR, is_final(reason) ? MQTT_ERROR_REFUSED : MQTT_ERROR_UNREACHABLE,
                    "the broker at %s port %d refused user %s: %s%s", host, port,
                    connection->options->user ? connection->options->user : "(none)", mosquitto_reason_string(reason),
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

gboolean connection_turn(Connection *connection, int wait_ms, GError **error)
{
    struct mosquitto *client = connection->client;
    int socket = mosquitto_socket(client);
    if (socket < 0)
        return fail(connection, MOSQ_ERR_CONN_LOST, error);
    struct pollfd ready = {socket, (short)(POLLIN | (mosquitto_want_write(client) ? POLLOUT : 0)), 0};
    /* A signal ends the wait early; what it means is the caller's business. */
    if (poll(&ready, 1, wait_ms) < 0)
        ready.revents = 0;
    int code = MOSQ_ERR_SUCCESS;
    /* Read before write: a broker that ends the line says why, and writing into a closed one would lose its words. */
    if (ready.revents & (POLLIN | POLLERR | POLLHUP))
        code = mosquitto_loop_read(client, 1);
    if (code == MOSQ_ERR_SUCCESS && (ready.revents & POLLOUT))
        code = mosquitto_loop_write(client, 1);
    if (code == MOSQ_ERR_SUCCESS)
        code = mosquitto_loop_misc(client);
    if (code != MOSQ_ERR_SUCCESS || connection->connect_reason > 0)
        return fail(connection, code, error);
    return TRUE;
}

gboolean connection_is_open(const Connection *connection)
{
    return connection->is_open;
}

guint connection_window(const Connection *connection)
{
    return connection->window;
}

/* ---- sending */

SendResult connection_send(Connection *connection, const char *topic, const char *payload, gboolean is_retained,
                           int *mid, const char **why)
{
    mosquitto_property *properties = NULL;
    mosquitto_property_add_byte(&properties, MQTT_PROP_PAYLOAD_FORMAT_INDICATOR, 1);
    mosquitto_property_add_string(&properties, MQTT_PROP_CONTENT_TYPE, "application/json");
    if (!is_retained)
        mosquitto_property_add_int32(&properties, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL, MQTT_EVENT_EXPIRY_S);
    int code =
        mosquitto_publish_v5(connection->client, mid, topic, (int)strlen(payload), payload, 1, is_retained, properties);
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

gboolean connection_read_back(Connection *connection, const GPtrArray *filters)
{
    g_ptr_array_set_size(connection->filters, 0);
    for (guint i = 0; i < filters->len; i++)
        g_ptr_array_add(connection->filters, g_strdup(g_ptr_array_index(filters, i)));
    connection->is_read_back = filters->len == 0;
    if (connection->is_read_back)
        return TRUE;
    return mosquitto_subscribe_multiple(connection->client, NULL, (int)connection->filters->len,
                                        (char *const *)connection->filters->pdata, 0, MQTT_SUB_OPT_NO_LOCAL,
                                        NULL) == MOSQ_ERR_SUCCESS;
}

gboolean connection_is_read_back(const Connection *connection)
{
    return connection->is_read_back;
}
