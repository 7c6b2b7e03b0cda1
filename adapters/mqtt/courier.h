/*
 * The courier carries the store's outbox to a broker over one connection after another, and makes the broker's retained
 * state what the store says it is. drain.c lets it go until all is done, link.c for as long as the service lives.
 * Private to adapters/mqtt.
 *
 * On each connection:
 *
 *   1. after a loss: read back the retained state that this courier delivered. If the broker lost any of it, it lost
 *      messages it had acknowledged: all that are still known go again. Else only the last window does, because a
 *      broker that saves after every message saves just behind its acknowledgement.
 *   2. send what waits, by sequence, at most a window of it unacknowledged.
 *   3. when nothing waits, once: read back all retained state and send again what is missing or differs. This also
 *      mends the order on a topic that a loss in between has turned round.
 *
 * Then it stands, and sends what comes. A lost connection is followed by another, later and later where nothing gets
 * through.
 */
#ifndef MQTT_COURIER_H
#define MQTT_COURIER_H

#include "connection.h"

typedef struct CourierOptions {
    ConnectionSettings broker; /* borrowed, as below; `will` is asked for before each connection */
    const char *prefix;        /* "rooster/v1/{pool}/" */
    guint keeps;               /* the newest delivered messages that it can send again where the broker forgets them */
    int stall_s; /* a connection on which the broker owes an answer for so long is lost; 0: the owner looks after that
                  */
    gboolean is_batching; /* answers that come together are told to the store together */
    /* All may be NULL. */
    const Parcel *(*will)(gpointer context);
    void (*opened)(gpointer context);     /* the broker has accepted us; nothing is sent yet */
    void (*lost)(gpointer context);       /* see courier_trouble */
    void (*progressed)(gpointer context); /* after each acknowledgement of a message of the outbox */
    gboolean (*received)(gpointer context, const Received *message); /* of ConnectionListener */
    gpointer context;
} CourierOptions;

typedef struct CourierCounts {
    int64_t delivered, dead, repeated, restored, connections; /* as MqttReport says */
    int64_t told;                                             /* words of its own that the broker has acknowledged */
    int64_t told_refused;
    char reason[200]; /* as in MqttReport */
} CourierCounts;

typedef struct Courier Courier;

/* MQTT_ERROR_OPTIONS where the pool, port, user or time make no sense. */
gboolean mqtt_options_are_valid(const MqttOptions *options, GError **error);

/* Begins to connect when the context runs. Options, store and context must outlive it; the report is filled on. */
Courier *courier_new(const CourierOptions *options, Store *store, GMainContext *context);
void courier_free(Courier *courier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Courier, courier_free)

/* There may be more in the outbox: it looks soon. Cheap, and allowed from within its callbacks. */
void courier_poke(Courier *courier);

gboolean courier_is_open(const Courier *courier);
/* All is delivered but for dead letters, and the retained state stands. */
gboolean courier_is_done(const Courier *courier);
/* How the newest connection ended; NULL since the broker accepted another. MQTT_ERROR_* or the store's. */
const GError *courier_trouble(const Courier *courier);
const CourierCounts *courier_counts(const Courier *courier);
guint courier_in_flight(const Courier *courier);
/* When the broker last answered a message of the outbox that was not sent often before; at first its beginning. */
int64_t courier_progress_us(const Courier *courier);
gboolean courier_is_inbox_denied(const Courier *courier);

/* Says something that is not in the outbox, at once. FALSE: there is no line, or too much of it is unanswered. */
gboolean courier_tell(Courier *courier, const Parcel *parcel);
/* Waits, outside the main loop, for the answers to all that courier_tell said, at most so long. */
gboolean courier_finish(Courier *courier, int most_ms);

#endif
