/*
 * The service's lasting link to an MQTT v5 broker: it carries the store's outbox there as it fills, keeps the broker's
 * retained state equal to the store's, hands over what coops post, and says on service/status that the service runs.
 *
 * All of it happens on one main context, without a thread of its own (GLib's resolver may use one for a name) and
 * without waiting, but for two things: a link by TLS asks for the broker's name once more, right after it was resolved,
 * and mqtt_link_stop waits for the broker's last answer. A link never gives up: what ends a connection - a broker that
 * is away, a wrong password, a full disk - is followed by another try, later and later up to 30 s.
 *
 * What drain.h promises holds here too: a message is delivered when the broker has acknowledged it, and may come twice
 * with the same id. A broker that forgets what it acknowledged (kill -9) gets its retained state again from the store,
 * and the events among the newest MQTT_LINK_KEEPS messages that this link delivered; older ones it has lost.
 *
 * service/status is retained and holds one of three words: "running", renewed each minute and forgotten by the broker
 * after MQTT_STATUS_EXPIRY_S, so that it cannot lie for long; "stopped", after mqtt_link_stop; "lost", the last will,
 * which the broker says when the line breaks.
 */
#ifndef MQTT_LINK_H
#define MQTT_LINK_H

#include "mqtt/drain.h"

G_BEGIN_DECLS

#define MQTT_LINK_KEEPS       2000
#define MQTT_STATUS_EXPIRY_S  150
#define MQTT_DEMAND_MOST      (64 * 1024) /* bytes of a payload */
#define MQTT_CORRELATION_MOST 256         /* bytes, before base64 */

/*
 * What a coop posted on coop/{coop}/demand. Borrowed. It may come again, also in another run: the broker repeats what
 * it has no acknowledgement of, and libmosquitto does not tell which ones are repeats.
 */
typedef struct MqttDemand {
    const char *coop;        /* of the topic; a valid id (id_is_valid), but perhaps of no coop of the pool */
    const char *payload;     /* UTF-8 without NUL in it, ends in NUL; otherwise unread */
    gsize length;            /* 1 to MQTT_DEMAND_MOST */
    const char *correlation; /* base64 of the asker's correlation data, for the answer's Message; NULL: none */
    gboolean is_retained;    /* the broker had kept it, perhaps for long; else it is posted now or while we were away */
} MqttDemand;

typedef struct MqttLinkOptions {
    const char *host, *user, *password_file, *ca_file, *pool; /* as in MqttOptions */
    int port;
    const char *client_id; /* NULL: "rooster-{pool}". The broker keeps its session by this name: let it never change */
    /*
     * TRUE: it is kept so that no crash loses it, and the broker is told so. FALSE: it cannot be kept now; the
     * connection ends, and the broker brings it again on the next one. What is no demand at all (empty, too long, not
     * UTF-8, correlation data too long) is refused on coop/{coop}/demand/answer and never comes here.
     * NULL: nothing is subscribed, and the broker keeps no session.
     */
    gboolean (*demand)(const MqttDemand *demand, gpointer context);
    void (*changed)(gpointer context); /* connected, or lost: look at mqtt_link_state; may be NULL */
    gpointer context;
} MqttLinkOptions;

/* Counts are since the link was made. */
typedef struct MqttLinkState {
    gboolean is_connected;
    int64_t connected_since_s;             /* seconds UTC; 0: not connected */
    int64_t connections;                   /* that the broker accepted: reconnects are all but the first */
    int64_t losses;                        /* connections lost and tries that failed */
    int64_t waiting, dead;                 /* in the outbox now; -1: the store does not say */
    guint in_flight;                       /* sent and not yet acknowledged */
    int64_t delivered, repeated, restored; /* as in MqttReport */
    int64_t demands, demands_refused;      /* kept by the callback; refused before it */
    gboolean is_demand_denied;             /* the broker's rules do not let this user read what coops post */
    gboolean is_status_denied; /* nor to write its status or answers to refused demands; it says no status any more */
    int64_t trouble_s;         /* when the newest loss was; 0: none */
    char trouble[200];         /* how it came; "" */
    char dead_letter[200];     /* the newest one's reason and topic; "" */
} MqttLinkState;

typedef struct MqttLink MqttLink;

/*
 * Begins to connect when the context (NULL: the default one) runs. Copies the options; store, context and what the
 * callbacks use must outlive it. Sets SIGPIPE to be ignored, for OpenSSL's sake. MQTT_ERROR_OPTIONS; all else is
 * trouble that it lives with.
 */
MqttLink *mqtt_link_new(const MqttLinkOptions *options, Store *store, GMainContext *context, GError **error);

/* The outbox has grown. Cheap; also from within the callbacks. Without it the link looks each second. */
void mqtt_link_poke(MqttLink *link);

void mqtt_link_state(const MqttLink *link, MqttLinkState *state);

/*
 * Says that the service stopped, waits at most a second for the broker to have it, and frees the link. The callbacks
 * may still be called meanwhile. Not from within one. NULL is fine.
 */
void mqtt_link_stop(MqttLink *link);

G_END_DECLS

#endif
