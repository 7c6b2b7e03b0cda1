#include "mqtt/drain.h"
#include "courier.h"

#include <signal.h>

G_DEFINE_QUARK(rooster_mqtt_error, mqtt_error)

#define DEFAULT_TIMEOUT_S 30
#define TURN_MS           100 /* how soon a cancel is noticed */

typedef struct Drain {
    const MqttOptions *options;
    int timeout_s;
    Courier *courier;
    MqttReport *report;
} Drain;

static gboolean is_cancelled(Drain *drain)
{
    if (drain->options->cancel && g_atomic_int_get(drain->options->cancel))
        drain->report->is_cancelled = TRUE;
    return drain->report->is_cancelled;
}

static void fill_report(const Drain *drain)
{
    const CourierCounts *counts = courier_counts(drain->courier);
    drain->report->delivered = counts->delivered;
    drain->report->dead = counts->dead;
    drain->report->repeated = counts->repeated;
    drain->report->restored = counts->restored;
    drain->report->connections = counts->connections;
    g_strlcpy(drain->report->reason, counts->reason, sizeof drain->report->reason);
}

static void on_progress(gpointer context)
{
    const Drain *drain = context;
    fill_report(drain);
    if (drain->options->progress)
        drain->options->progress(drain->report, drain->options->context);
}

static gboolean is_overdue(const Drain *drain)
{
    return g_get_monotonic_time() - courier_progress_us(drain->courier) > drain->timeout_s * (int64_t)G_USEC_PER_SEC;
}

/* Wakes the loop, so that time and a cancel are looked at. */
static gboolean on_tick(gpointer unused)
{
    (void)unused;
    return G_SOURCE_CONTINUE;
}

static gboolean wait_for_all(Drain *drain, GMainContext *context, GError **error)
{
    while (!is_cancelled(drain) && !courier_is_done(drain->courier)) {
        const GError *trouble = courier_trouble(drain->courier);
        if (trouble && (!g_error_matches(trouble, MQTT_ERROR, MQTT_ERROR_UNREACHABLE) || is_overdue(drain))) {
            g_propagate_error(error, g_error_copy(trouble));
            return FALSE;
        }
        if (is_overdue(drain)) {
            g_set_error(error, MQTT_ERROR, MQTT_ERROR_UNREACHABLE, "the broker did not answer for %d s",
                        drain->timeout_s);
            return FALSE;
        }
        g_main_context_iteration(context, TRUE);
    }
    return TRUE;
}

static gboolean drain_all(Drain *drain, Store *store, GError **error)
{
    const MqttOptions *options = drain->options;
    g_autofree char *prefix = g_strdup_printf("rooster/v1/%s/", options->pool);
    g_autofree char *client_id = g_strdup_printf("rooster-drain-%s", options->pool);
    const CourierOptions courier_options = {
        .broker = {.host = options->host,
                   .port = options->port,
                   .user = options->user,
                   .password_file = options->password_file,
                   .ca_file = options->ca_file,
                   .client_id = options->client_id ? options->client_id : client_id},
        .prefix = prefix,
        .keeps = G_MAXUINT,
        .progressed = on_progress,
        .context = drain};
    g_autoptr(GMainContext) context = g_main_context_new();
    GSource *tick = g_timeout_source_new(TURN_MS);
    g_source_set_callback(tick, on_tick, NULL, NULL);
    g_source_attach(tick, context);
    drain->courier = courier_new(&courier_options, store, context);
    gboolean is_done = wait_for_all(drain, context, error);
    fill_report(drain);
    courier_free(drain->courier);
    while (g_main_context_iteration(context, FALSE)) /* a try to connect that was given up */
        continue;
    g_source_destroy(tick);
    g_source_unref(tick);
    return is_done;
}

gboolean mqtt_options_are_valid(const MqttOptions *options, GError **error)
{
    const char *fault = !options->pool || !id_is_valid(options->pool) ? "the pool id must be " ID_RULE
                        : options->port < 0 || options->port > 65535  ? "the port must be 1 to 65535"
                        : options->password_file && !options->user    ? "a password needs a user name"
                        : options->timeout_s < 0                      ? "the timeout must not be negative"
                                                                      : NULL;
    if (fault)
        g_set_error_literal(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, fault);
    return fault == NULL;
}

gboolean mqtt_drain(const MqttOptions *options, Store *store, MqttReport *report, GError **error)
{
    *report = (MqttReport){0};
    gboolean is_valid = mqtt_options_are_valid(options, error), is_done = FALSE;
    if (is_valid) {
        Drain drain = {.options = options,
                       .timeout_s = options->timeout_s ? options->timeout_s : DEFAULT_TIMEOUT_S,
                       .report = report};
        /* OpenSSL writes to its socket without MSG_NOSIGNAL: a broker that dies must not take us with it. */
        struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
        sigaction(SIGPIPE, &ignore, &before);
        is_done = drain_all(&drain, store, error);
        sigaction(SIGPIPE, &before, NULL);
    }
    OutboxCounts counts;
    if (store_outbox_counts(store, &counts, NULL))
        report->waiting = counts.waiting;
    if (!is_done && is_valid && report->waiting > 0 && error)
        g_prefix_error(error, "%" G_GINT64_FORMAT " messages wait: ", report->waiting);
    return is_done;
}
