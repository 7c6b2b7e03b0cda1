/*
 * Empties the store's outbox into an MQTT v5 broker, and makes the broker's retained state what the store says it is.
 *
 * A message counts as delivered when the broker has acknowledged it, and not before; whatever happens in between - the
 * broker killed, the line cut, this process killed - it waits in the store and goes again with the same id. So
 * receivers may see a message twice, and drop repeats by id; none is lost.
 *
 * This is a one-shot: it sets no last will and never writes `service/status`, for it is no running service whose state
 * anybody should rely on.
 */
#ifndef MQTT_DRAIN_H
#define MQTT_DRAIN_H

#include "rooster/store.h"

G_BEGIN_DECLS

#define MQTT_ERROR (mqtt_error_quark())
GQuark mqtt_error_quark(void);
typedef enum MqttError {
    MQTT_ERROR_OPTIONS,    /* a password or CA file that cannot be read, a pool id that cannot be a topic */
    MQTT_ERROR_REFUSED,    /* the broker answered and will not have us: wrong password, not allowed, TLS, protocol */
    MQTT_ERROR_UNREACHABLE /* no broker, or no progress within the time */
} MqttError;

#define MQTT_EVENT_EXPIRY_S (7 * 24 * 60 * 60) /* how long a broker keeps an event for a receiver that is away */
#define MQTT_IN_FLIGHT      20                 /* messages sent and not yet acknowledged, at most */

/* What came of it; filled whatever the result. */
typedef struct MqttReport {
    int64_t waiting;       /* still in the outbox */
    int64_t delivered;     /* acknowledged by the broker for the first time */
    int64_t dead;          /* refused for good: dead letters, see store_outbox_revive */
    int64_t repeated;      /* sent once more because the broker may have lost them in a crash */
    int64_t restored;      /* retained state that the broker lacked or had otherwise */
    int64_t connections;   /* that the broker accepted */
    gboolean is_cancelled; /* by options->cancel */
    char reason[200]; /* of the newest dead letter or refused repeat: "not authorized: worker/W1/roster"; "" if none */
} MqttReport;

typedef struct MqttOptions {
    const char *host; /* NULL: localhost */
    int port;         /* 0: 1883, with ca_file 8883 */
    const char *user; /* NULL: anonymous */
    const char
        *password_file; /* its first line is the password; NULL: none. Never on a command line, where others read it */
    const char *client_id; /* NULL: "rooster-drain-{pool}": two drains at once cut each other off, and go on by turns */
    const char *pool;      /* id: topics begin "rooster/v1/{pool}/" */
    const char *ca_file;   /* PEM; TLS with the broker's certificate and host name checked. NULL: no TLS */
    int timeout_s;         /* give up after so long without an acknowledgement; 0: 30 */
    const gint *cancel;    /* set to non-zero (g_atomic_int_set, also from a signal handler) to stop; may be NULL */
    void (*progress)(const MqttReport *report, gpointer context); /* after acknowledgements; may be NULL */
    gpointer context;
} MqttOptions;

/*
 * TRUE: the outbox is empty but for dead letters, and the retained state stands; or it was cancelled. FALSE with
 * MQTT_ERROR_*, or with the store's error; then what is not acknowledged waits as before. The report is owned by the
 * caller.
 */
gboolean mqtt_drain(const MqttOptions *options, Store *store, MqttReport *report, GError **error);

G_END_DECLS

#endif
