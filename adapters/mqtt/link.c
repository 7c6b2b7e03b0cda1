#include "mqtt/link.h"
#include "courier.h"
#include "demand.h"
#include "rooster/pool.h"

#include <jansson.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define STALL_S          30
#define STATUS_RENEWAL_S 60
#define FAREWELL_MS      1000

struct MqttLink {
    MqttLinkOptions options; /* with texts of its own */
    Store *store;
    Courier *courier;
    char *prefix, *inbox, *status_topic, *client_id;
    char *will_payload;
    Parcel will;
    GSource *renewal;
    int64_t started_s;
    MqttLinkState state; /* what the courier does not count */
};

static int64_t clock_s(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

/* ---- the status */

/* The time in a will is that of its writing: the broker says it later. */
static char *status_payload(const MqttLink *link, const char *word, int valid_s)
{
    g_autofree char *uuid = g_uuid_string_random();
    g_autofree char *id = g_strconcat("status-", uuid, NULL);
    g_autofree char *at = utc_format(clock_s() / 60);
    g_autofree char *started = utc_format(link->started_s / 60);
    json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "id", id, "kind", "service_status", "pool",
                             link->options.pool, "state", word, "at", at, "started_at", started, "valid_s", valid_s);
    char *text = json_dumps(root, JSON_COMPACT);
    char *copy = g_strdup(text);
    free(text);
    json_decref(root);
    return copy;
}

static const Parcel *leave_will(gpointer context)
{
    MqttLink *link = context;
    g_free(link->will_payload);
    link->will_payload = status_payload(link, "lost", MQTT_EVENT_EXPIRY_S);
    link->will = (Parcel){link->status_topic, link->will_payload, TRUE, MQTT_EVENT_EXPIRY_S, NULL};
    return &link->will;
}

static void say_status(const MqttLink *link, const char *word, int valid_s)
{
    if (courier_counts(link->courier)->told_refused > 0) /* it would end each connection again */
        return;
    g_autofree char *payload = status_payload(link, word, valid_s);
    courier_tell(link->courier, &(Parcel){link->status_topic, payload, TRUE, (guint32)valid_s, NULL});
}

static gboolean on_renewal(gpointer data)
{
    say_status(data, "running", MQTT_STATUS_EXPIRY_S); /* where there is no line, nothing is said */
    return G_SOURCE_CONTINUE;
}

/* ---- the courier's calls */

static void on_opened(gpointer context)
{
    MqttLink *link = context;
    link->state.connected_since_s = clock_s();
    on_renewal(link);
    if (link->options.changed)
        link->options.changed(link->options.context);
}

static void on_lost(gpointer context)
{
    MqttLink *link = context;
    link->state.connected_since_s = 0;
    link->state.losses++;
    link->state.trouble_s = clock_s();
    g_strlcpy(link->state.trouble, courier_trouble(link->courier)->message, sizeof link->state.trouble);
    if (link->options.changed)
        link->options.changed(link->options.context);
}

static void refuse(MqttLink *link, const Received *received, const Demand *demand, const char *why)
{
    link->state.demands_refused++;
    if (!demand->coop)
        return;
    g_autofree char *topic = g_strconcat(link->prefix, "coop/", demand->coop, "/demand/answer", NULL);
    g_autofree char *payload = demand_refusal(link->options.pool, demand->coop, why);
    g_autoptr(GBytes) correlation =
        demand->correlation ? g_bytes_new(received->correlation, received->correlation_length) : NULL;
    courier_tell(link->courier, &(Parcel){topic, payload, FALSE, MQTT_EVENT_EXPIRY_S, correlation});
}

static gboolean on_received(gpointer context, const Received *received)
{
    MqttLink *link = context;
    Demand demand;
    gboolean is_kept = TRUE;
    const char *why = demand_read(link->prefix, received, &demand);
    if (why) {
        refuse(link, received, &demand, why);
    } else {
        const MqttDemand told = {demand.coop, demand.payload, received->length, demand.correlation,
                                 received->is_retained};
        is_kept = link->options.demand(&told, link->options.context);
        link->state.demands += is_kept;
    }
    demand_clear(&demand);
    return is_kept;
}

/* ---- its life */

static gboolean are_options_valid(const MqttLinkOptions *options, GError **error)
{
    const MqttOptions same = {
        .pool = options->pool, .port = options->port, .user = options->user, .password_file = options->password_file};
    return mqtt_options_are_valid(&same, error);
}

static void copy_options(MqttLink *link, const MqttLinkOptions *options)
{
    link->options = *options;
    link->options.host = g_strdup(options->host);
    link->options.user = g_strdup(options->user);
    link->options.password_file = g_strdup(options->password_file);
    link->options.ca_file = g_strdup(options->ca_file);
    link->options.pool = g_strdup(options->pool);
    link->client_id = options->client_id ? g_strdup(options->client_id) : g_strconcat("rooster-", options->pool, NULL);
    link->prefix = g_strdup_printf("rooster/v1/%s/", options->pool);
    link->status_topic = g_strconcat(link->prefix, "service/status", NULL);
    link->inbox = options->demand ? g_strconcat(link->prefix, "coop/+/demand", NULL) : NULL;
}

MqttLink *mqtt_link_new(const MqttLinkOptions *options, Store *store, GMainContext *context, GError **error)
{
    if (!are_options_valid(options, error))
        return NULL;
    signal(SIGPIPE, SIG_IGN);
    MqttLink *link = g_new0(MqttLink, 1);
    copy_options(link, options);
    link->store = store;
    link->started_s = clock_s();
    const CourierOptions courier = {.broker = {.host = link->options.host,
                                               .port = link->options.port,
                                               .user = link->options.user,
                                               .password_file = link->options.password_file,
                                               .ca_file = link->options.ca_file,
                                               .client_id = link->client_id,
                                               .inbox = link->inbox},
                                    .prefix = link->prefix,
                                    .keeps = MQTT_LINK_KEEPS,
                                    .stall_s = STALL_S,
                                    .is_batching = TRUE,
                                    .will = leave_will,
                                    .opened = on_opened,
                                    .lost = on_lost,
                                    .received = on_received,
                                    .context = link};
    link->courier = courier_new(&courier, store, context);
    link->renewal = g_timeout_source_new_seconds(STATUS_RENEWAL_S);
    g_source_set_callback(link->renewal, on_renewal, link, NULL);
    g_source_attach(link->renewal, context);
    return link;
}

void mqtt_link_poke(MqttLink *link)
{
    courier_poke(link->courier);
}

void mqtt_link_state(const MqttLink *link, MqttLinkState *state)
{
    const CourierCounts *counts = courier_counts(link->courier);
    OutboxCounts outbox = {-1, -1, -1};
    store_outbox_counts(link->store, &outbox, NULL);
    *state = link->state;
    state->is_connected = courier_is_open(link->courier);
    state->connections = counts->connections;
    state->waiting = outbox.waiting;
    state->dead = outbox.dead;
    state->in_flight = courier_in_flight(link->courier);
    state->delivered = counts->delivered;
    state->repeated = counts->repeated;
    state->restored = counts->restored;
    state->is_status_denied = counts->told_refused > 0;
    state->is_demand_denied = courier_is_inbox_denied(link->courier);
    g_strlcpy(state->dead_letter, counts->reason, sizeof state->dead_letter);
}

void mqtt_link_stop(MqttLink *link)
{
    if (!link)
        return;
    g_source_destroy(link->renewal);
    g_source_unref(link->renewal);
    say_status(link, "stopped", MQTT_EVENT_EXPIRY_S);
    courier_finish(link->courier, FAREWELL_MS);
    courier_free(link->courier);
    g_free((char *)link->options.host);
    g_free((char *)link->options.user);
    g_free((char *)link->options.password_file);
    g_free((char *)link->options.ca_file);
    g_free((char *)link->options.pool);
    g_free(link->client_id);
    g_free(link->prefix);
    g_free(link->status_topic);
    g_free(link->inbox);
    g_free(link->will_payload);
    g_free(link);
}
