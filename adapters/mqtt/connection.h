/*
 * One connection to a broker, from opening to loss; a lost one is closed and a new one opened, so that nothing queued
 * inside libmosquitto outlives a connection and is sent behind our back. Private to adapters/mqtt.
 *
 * Nothing happens but in connection_turn: no thread (libmosquitto's own ends for good on a wrong password or a DNS
 * fault).
 */
#ifndef MQTT_CONNECTION_H
#define MQTT_CONNECTION_H

#include "mqtt/drain.h"

typedef struct Connection Connection;

/* Called from within connection_turn. */
typedef struct ConnectionListener {
    /* The broker answered a publish: reason < 0x80 it has it, else it refuses it (MQTT 5, 3.4.2.1). */
    void (*answered)(gpointer context, int mid, int reason);
    /* A retained message, read back. The payload is not NUL-terminated. */
    void (*retained)(gpointer context, const char *topic, const char *payload, gsize length);
    gpointer context;
} ConnectionListener;

/* Begins to connect. MQTT_ERROR_OPTIONS, MQTT_ERROR_UNREACHABLE. Options and listener must outlive it. */
Connection *connection_open(const MqttOptions *options, const ConnectionListener *listener, GError **error);
/* Says goodbye if there is a line. */
void connection_close(Connection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Connection, connection_close)

/* Waits for the socket at most so long, and acts on it. FALSE: lost (MQTT_ERROR_UNREACHABLE) or MQTT_ERROR_REFUSED. */
gboolean connection_turn(Connection *connection, int wait_ms, GError **error);

/* The broker has accepted us. */
gboolean connection_is_open(const Connection *connection);
/* Messages that may be unacknowledged at a time. */
guint connection_window(const Connection *connection);

typedef enum SendResult {
    SEND_DONE,       /* on its way; the answer comes by mid */
    SEND_IMPOSSIBLE, /* this message can never go here; *why says so */
    SEND_FAILED      /* the connection is gone: turn once more for the reason */
} SendResult;

/* Publishes with QoS 1; an event (not retained) expires in the broker after MQTT_EVENT_EXPIRY_S. *why is static. */
SendResult connection_send(Connection *connection, const char *topic, const char *payload, gboolean is_retained,
                           int *mid, const char **why);

/*
 * Asks for the retained messages of the filters (char *). They come to the listener; when connection_is_read_back is
 * TRUE, they all have come, and the subscription is undone.
 */
gboolean connection_read_back(Connection *connection, const GPtrArray *filters);
gboolean connection_is_read_back(const Connection *connection);

#endif
