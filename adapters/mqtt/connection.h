/*
 * One connection to a broker, from opening to loss, as sources of a main context; a lost one is closed and a new one
 * opened, so that nothing queued inside libmosquitto outlives a connection and is sent behind our back. Private to
 * adapters/mqtt.
 *
 * Without a thread (libmosquitto's own ends for good on a wrong password or a DNS fault), and never waiting: the
 * library can ask for a session only in its waiting call, so GLib finds the name's address and tries it first, and the
 * library then connects to what has just answered. (With TLS it asks for the name once more, for the certificate's
 * sake; that answer is a cache's.)
 */
#ifndef MQTT_CONNECTION_H
#define MQTT_CONNECTION_H

#include "mqtt/drain.h"

/* A message as it goes over the line. Borrowed. */
typedef struct Parcel {
    const char *topic; /* whole */
    const char *payload;
    gboolean is_retained;
    guint32 expiry_s;    /* the broker forgets it after so long; 0: never */
    GBytes *correlation; /* of what it answers; NULL: of nothing */
} Parcel;

/* A message of the inbox. Borrowed. */
typedef struct Received {
    const char *topic;
    const char *payload; /* not NUL-terminated */
    gsize length;
    const guint8 *correlation; /* NULL: none */
    gsize correlation_length;
    gboolean is_retained; /* sent because it was kept, not because it happened */
} Received;

/* Borrowed; they must outlive the connection. */
typedef struct ConnectionSettings {
    const char *host, *user, *password_file, *client_id, *ca_file; /* as MqttOptions says */
    int port;
    /* A filter: what comes there is received, by a session that the broker keeps while we are away. NULL: none. */
    const char *inbox;
    const Parcel *will; /* what the broker says when we vanish; NULL: nothing */
} ConnectionSettings;

/* Called from within the main context or connection_turn. */
typedef struct ConnectionListener {
    /* The broker answered a publish: reason < 0x80 it has it, else it refuses it (MQTT 5, 3.4.2.1). */
    void (*answered)(gpointer context, int mid, int reason);
    /* A retained message, read back. The payload is not NUL-terminated. */
    void (*retained)(gpointer context, const char *topic, const char *payload, gsize length);
    /*
     * A message of the inbox, which the broker keeps until this has returned TRUE. FALSE: it cannot be kept here now;
     * the connection ends, and the broker gives it again to the next one.
     */
    gboolean (*received)(gpointer context, const Received *message);
    /* Last of all, when something may have happened: `loss` says how the connection ended, NULL that it has not. It may
     * close the connection. Not called by connection_turn. */
    void (*turned)(gpointer context, const GError *loss);
    gpointer context;
} ConnectionListener;

typedef struct Connection Connection;

/* Begins to connect. MQTT_ERROR_OPTIONS. Settings, listener and context must outlive it. */
Connection *connection_open(const ConnectionSettings *settings, const ConnectionListener *listener,
                            GMainContext *context, GError **error);
/* Says goodbye if there is a line. The end of a try to connect may still be in the context: iterate it. */
void connection_close(Connection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Connection, connection_close)

/* For a last word when the main loop has ended: waits for the socket at most so long, and acts on it. FALSE: lost. */
gboolean connection_turn(Connection *connection, int wait_ms, GError **error);

/* The broker has accepted us. */
gboolean connection_is_open(const Connection *connection);
/* The broker does not let us read the inbox. */
gboolean connection_is_inbox_denied(const Connection *connection);
/* Messages that may be unacknowledged at a time. */
guint connection_window(const Connection *connection);

typedef enum SendResult {
    SEND_DONE,       /* on its way; the answer comes by mid */
    SEND_IMPOSSIBLE, /* this message can never go here; *why says so */
    SEND_FAILED      /* the connection is gone: the listener will hear why */
} SendResult;

/* Publishes JSON with QoS 1. *why is static. */
SendResult connection_send(Connection *connection, const Parcel *parcel, int *mid, const char **why);

/*
 * Asks for the retained messages of the filters (char *). They come to the listener; when connection_is_read_back is
 * TRUE, they all have come, and the subscription is undone. What comes of this call fails is heard as a loss.
 */
void connection_read_back(Connection *connection, const GPtrArray *filters);
gboolean connection_is_read_back(const Connection *connection);

#endif
