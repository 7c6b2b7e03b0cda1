/*
 * A drain is a loop over connections; on each one:
 *
 *   1. after a loss: read back the retained state of this run. If the broker lost any of it, it lost messages it had
 *      acknowledged: all of this run go again. Else only the last window does, because a broker that saves after every
 *      message saves just behind its acknowledgement.
 *   2. send what waits, by sequence, at most a window of it unacknowledged.
 *   3. when nothing waits: read back all retained state and send again what is missing or differs. This also mends the
 * order on a topic that a loss in between has turned round.
 *
 * Steps 2 and 3 repeat until there is nothing to do.
 */
#include "mqtt/drain.h"
#include "connection.h"

#include <mosquitto.h>

#include <signal.h>
#include <string.h>

G_DEFINE_QUARK(rooster_mqtt_error, mqtt_error)

#define DEFAULT_TIMEOUT_S 30
#define FIRST_DELAY_MS    100
#define LONGEST_DELAY_MS  30000
#define TURN_MS           100 /* how soon a cancel is noticed */
#define FETCH             100
#define REFUSED_FROM      0x80

/* Why a message is sent. */
typedef enum Errand { ERRAND_DELIVER, ERRAND_REPEAT, ERRAND_RESTORE } Errand;

typedef struct Flight {
    Message *message; /* owned */
    Errand errand;
} Flight;

typedef struct Drain {
    MqttOptions options; /* with defaults filled in */
    Store *store;
    MqttReport *report;
    char *prefix; /* "rooster/v1/{pool}/" */
    Connection *connection;
    GHashTable *flights;     /* mid -> Flight */
    GQueue *ready;           /* of Flight: to be sent next */
    GPtrArray *delivered;    /* of Message: acknowledged in this run, in that order */
    GHashTable *expected;    /* topic -> Message: retained state that was not seen yet while reading back */
    GHashTable *hopeless;    /* topics that the broker refused to take again */
    GHashTable *repeated;    /* ids of messages that went once more after they were delivered */
    int64_t fetched;         /* highest sequence taken from the store on this connection */
    int64_t progress_us;     /* when the broker last answered a publish */
    gboolean is_refused;     /* the broker refused a publish on this connection, which may end it: no crash */
    gboolean has_progressed; /* since the last delay */
    GError *failure;         /* of the store, met in a callback */
} Drain;

static Flight *flight_new(Message *message, Errand errand)
{
    Flight *flight = g_new(Flight, 1);
    *flight = (Flight){message, errand};
    return flight;
}

static void flight_free(Flight *flight)
{
    message_free(flight->message);
    g_free(flight);
}

static int64_t clock_s(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

static gboolean is_cancelled(Drain *drain)
{
    if (drain->options.cancel && g_atomic_int_get(drain->options.cancel))
        drain->report->is_cancelled = TRUE;
    return drain->report->is_cancelled;
}

/* ---- answers */

static void forget_delivered(Drain *drain, int64_t sequence)
{
    for (guint i = drain->delivered->len; i-- > 0;) {
        if (((const Message *)g_ptr_array_index(drain->delivered, i))->sequence == sequence) {
            g_ptr_array_remove_index(drain->delivered, i);
            return;
        }
    }
}

static void bury(Drain *drain, const Flight *flight, const char *reason)
{
    g_snprintf(drain->report->reason, sizeof drain->report->reason, "%s: %s", reason, flight->message->topic);
    if (flight->errand != ERRAND_DELIVER) { /* it was delivered once: no dead letter, but not to be tried for ever */
        forget_delivered(drain, flight->message->sequence);
        g_hash_table_add(drain->hopeless, g_strdup(flight->message->topic));
        return;
    }
    if (store_outbox_dead(drain->store, flight->message->sequence, clock_s(), reason, &drain->failure))
        drain->report->dead++;
}

static void settle(Drain *drain, const Flight *flight)
{
    switch (flight->errand) {
    case ERRAND_DELIVER:
        if (!store_outbox_delivered(drain->store, flight->message->sequence, clock_s(), &drain->failure))
            return;
        drain->report->delivered++;
        break;
    case ERRAND_REPEAT:
        drain->report->repeated++;
        break;
    case ERRAND_RESTORE:
        drain->report->restored++;
        break;
    }
    if (flight->errand != ERRAND_DELIVER) /* kept in the order of the newest acknowledgement */
        forget_delivered(drain, flight->message->sequence);
    g_ptr_array_add(drain->delivered, message_copy(flight->message));
}

static void on_answered(gpointer context, int mid, int reason)
{
    Drain *drain = context;
    Flight *flight = g_hash_table_lookup(drain->flights, GINT_TO_POINTER(mid));
    if (!flight || drain->failure)
        return;
    /* A message sent a third time is no progress: a broker that dies each time it gets it would hold us for ever. */
    if (flight->errand == ERRAND_DELIVER || g_hash_table_add(drain->repeated, g_strdup(flight->message->id))) {
        drain->progress_us = g_get_monotonic_time();
        drain->has_progressed = TRUE;
    }
    if (reason >= REFUSED_FROM) {
        drain->is_refused = TRUE;
        g_autofree char *words = g_ascii_strdown(mosquitto_reason_string(reason), -1);
        g_strchomp(words);
        if (g_str_has_suffix(words, "."))
            words[strlen(words) - 1] = '\0';
        bury(drain, flight, words);
    } else {
        settle(drain, flight);
    }
    g_hash_table_remove(drain->flights, GINT_TO_POINTER(mid));
    if (drain->options.progress)
        drain->options.progress(drain->report, drain->options.context);
}

static void on_retained(gpointer context, const char *topic, const char *payload, gsize length)
{
    Drain *drain = context;
    if (!g_str_has_prefix(topic, drain->prefix))
        return;
    const char *own_topic = topic + strlen(drain->prefix);
    const Message *expected = g_hash_table_lookup(drain->expected, own_topic);
    if (!expected)
        return;
    g_autofree char *wanted = message_payload(expected);
    if (wanted && strlen(wanted) == length && memcmp(wanted, payload, length) == 0)
        g_hash_table_remove(drain->expected, own_topic);
}

/* ---- sending */

static SendResult send_one(Drain *drain)
{
    Flight *flight = g_queue_pop_head(drain->ready);
    g_autofree char *payload = message_payload(flight->message);
    g_autofree char *topic = g_strconcat(drain->prefix, flight->message->topic, NULL);
    int mid = 0;
    const char *why = "the body is no JSON object";
    SendResult result = SEND_IMPOSSIBLE;
    if (payload)
        result = connection_send(drain->connection, topic, payload, flight->message->is_retained, &mid, &why);
    if (result == SEND_DONE) {
        g_hash_table_insert(drain->flights, GINT_TO_POINTER(mid), flight);
        return result;
    }
    if (result == SEND_IMPOSSIBLE)
        bury(drain, flight, why);
    flight_free(flight);
    return result;
}

/* Takes more from the outbox where nothing is ready. */
static gboolean fetch(Drain *drain, GError **error)
{
    g_autoptr(GPtrArray) waiting = store_outbox_waiting(drain->store, drain->fetched, FETCH, error);
    if (!waiting)
        return FALSE;
    for (guint i = 0; i < waiting->len; i++) {
        const Message *message = g_ptr_array_index(waiting, i);
        drain->fetched = message->sequence;
        g_queue_push_tail(drain->ready, flight_new(message_copy(message), ERRAND_DELIVER));
    }
    return TRUE;
}

static gboolean is_overdue(const Drain *drain)
{
    return g_get_monotonic_time() - drain->progress_us > drain->options.timeout_s * (int64_t)G_USEC_PER_SEC;
}

static gboolean turn(Drain *drain, GError **error)
{
    gboolean is_up = connection_turn(drain->connection, TURN_MS, error);
    if (drain->failure) {
        g_clear_error(error);
        g_propagate_error(error, g_steal_pointer(&drain->failure));
        return FALSE;
    }
    if (is_up && is_overdue(drain)) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_UNREACHABLE, "the broker did not answer for %d s",
                    drain->options.timeout_s);
        return FALSE;
    }
    return is_up;
}

/* Sends all that is ready and, with is_fetching, all that waits; TRUE when the broker has answered everything. */
static gboolean send_all(Drain *drain, gboolean is_fetching, GError **error)
{
    while (!is_cancelled(drain)) {
        if (is_fetching && g_queue_is_empty(drain->ready) && !fetch(drain, error))
            return FALSE;
        while (!g_queue_is_empty(drain->ready) && !drain->failure &&
               g_hash_table_size(drain->flights) < connection_window(drain->connection) &&
               send_one(drain) != SEND_FAILED)
            continue;
        if (g_queue_is_empty(drain->ready) && g_hash_table_size(drain->flights) == 0 && !drain->failure)
            return TRUE;
        if (!turn(drain, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- what the broker holds */

/* The filter that finds the topics of this kind of all owners: "worker/+/roster". */
static char *filter_of(const Drain *drain, const char *topic)
{
    g_auto(GStrv) parts = g_strsplit(topic, "/", -1);
    if (g_strv_length(parts) == 3) {
        g_free(parts[1]);
        parts[1] = g_strdup("+");
    }
    g_autofree char *filter = g_strjoinv("/", parts);
    return g_strconcat(drain->prefix, filter, NULL);
}

/* Reads the retained state back; what is expected and not there, or not so, stays in drain->expected. */
static gboolean read_back(Drain *drain, GError **error)
{
    g_autoptr(GHashTable) filters = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter each;
    gpointer topic;
    g_hash_table_iter_init(&each, drain->expected);
    while (g_hash_table_iter_next(&each, &topic, NULL))
        g_hash_table_add(filters, filter_of(drain, topic));
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    gpointer filter;
    g_hash_table_iter_init(&each, filters);
    while (g_hash_table_iter_next(&each, &filter, NULL))
        g_ptr_array_add(list, filter);
    connection_read_back(drain->connection, list); /* where that fails, turning says why */
    while (!is_cancelled(drain) && !connection_is_read_back(drain->connection))
        if (!turn(drain, error))
            return FALSE;
    return TRUE;
}

static gint flight_compare(gconstpointer left, gconstpointer right, gpointer unused)
{
    (void)unused;
    const Flight *a = left, *b = right;
    return a->message->sequence < b->message->sequence ? -1 : a->message->sequence > b->message->sequence;
}

/* After a loss: makes ready again what the broker acknowledged in this run and may have lost. */
static gboolean repeat_doubtful(Drain *drain, GError **error)
{
    g_hash_table_remove_all(drain->expected);
    for (guint i = 0; i < drain->delivered->len; i++) {
        const Message *message = g_ptr_array_index(drain->delivered, i);
        const Message *other = g_hash_table_lookup(drain->expected, message->topic);
        if (message->is_retained && (!other || other->sequence < message->sequence))
            g_hash_table_replace(drain->expected, g_strdup(message->topic), message_copy(message));
    }
    if (!read_back(drain, error))
        return FALSE;
    gboolean has_forgotten = g_hash_table_size(drain->expected) > 0;
    guint doubtful = has_forgotten ? drain->delivered->len : drain->is_refused ? 0 : MQTT_IN_FLIGHT;
    doubtful = MIN(doubtful, drain->delivered->len);
    for (guint i = drain->delivered->len - doubtful; i < drain->delivered->len; i++)
        g_queue_push_tail(drain->ready,
                          flight_new(message_copy(g_ptr_array_index(drain->delivered, i)), ERRAND_REPEAT));
    g_queue_sort(drain->ready, flight_compare, NULL);
    return TRUE;
}

/* Sends the retained state that the broker lacks or has otherwise. */
static gboolean restore(Drain *drain, GError **error)
{
    g_autoptr(GPtrArray) retained = store_outbox_retained(drain->store, error);
    if (!retained)
        return FALSE;
    g_hash_table_remove_all(drain->expected);
    for (guint i = 0; i < retained->len; i++) {
        const Message *message = g_ptr_array_index(retained, i);
        if (!g_hash_table_contains(drain->hopeless, message->topic))
            g_hash_table_replace(drain->expected, g_strdup(message->topic), message_copy(message));
    }
    if (!read_back(drain, error))
        return FALSE;
    GHashTableIter each;
    gpointer message;
    g_hash_table_iter_init(&each, drain->expected);
    while (g_hash_table_iter_next(&each, NULL, &message))
        g_queue_push_tail(drain->ready, flight_new(message_copy(message), ERRAND_RESTORE));
    g_queue_sort(drain->ready, flight_compare, NULL);
    return send_all(drain, FALSE, error);
}

/* ---- connections */

/* One connection, to the end of all work (TRUE, or cancelled) or to its loss. */
static gboolean serve(Drain *drain, const ConnectionListener *listener, GError **error)
{
    drain->connection = connection_open(&drain->options, listener, error);
    if (!drain->connection)
        return FALSE;
    while (!connection_is_open(drain->connection)) {
        if (is_cancelled(drain))
            return TRUE;
        if (!turn(drain, error))
            return FALSE;
    }
    drain->report->connections++;
    if (drain->report->connections > 1 && !repeat_doubtful(drain, error))
        return FALSE;
    drain->is_refused = FALSE;
    return send_all(drain, TRUE, error) && (is_cancelled(drain) || restore(drain, error)) &&
           send_all(drain, TRUE, error);
}

static void forget_connection(Drain *drain)
{
    g_clear_pointer(&drain->connection, connection_close);
    g_hash_table_remove_all(drain->flights);
    g_queue_clear_full(drain->ready, (GDestroyNotify)flight_free);
    drain->fetched = 0;
}

/* Doubles with each attempt without progress; the jitter keeps many pools from knocking at once. */
static void wait_before_retry(Drain *drain, int *delay_ms)
{
    *delay_ms = drain->has_progressed ? FIRST_DELAY_MS : MIN(*delay_ms * 2, LONGEST_DELAY_MS);
    drain->has_progressed = FALSE;
    int64_t until_us = g_get_monotonic_time() + 1000 * (int64_t)g_random_int_range(*delay_ms / 2, *delay_ms + 1);
    while (g_get_monotonic_time() < until_us && !is_cancelled(drain) && !is_overdue(drain))
        g_usleep(10000);
}

static gboolean drain_all(Drain *drain, GError **error)
{
    ConnectionListener listener = {on_answered, on_retained, drain};
    int delay_ms = FIRST_DELAY_MS;
    for (;;) {
        g_autoptr(GError) cause = NULL;
        gboolean is_done = serve(drain, &listener, &cause);
        forget_connection(drain);
        if (is_done || is_cancelled(drain))
            return TRUE;
        if (g_error_matches(cause, MQTT_ERROR, MQTT_ERROR_UNREACHABLE) && !is_overdue(drain)) {
            wait_before_retry(drain, &delay_ms);
            if (!is_overdue(drain))
                continue;
        }
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
}

static gboolean are_options_valid(const MqttOptions *options, GError **error)
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
    gboolean is_valid = are_options_valid(options, error), is_done = FALSE;
    if (is_valid) {
        Drain drain = {
            .options = *options,
            .store = store,
            .report = report,
            .prefix = g_strdup_printf("rooster/v1/%s/", options->pool),
            .flights = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)flight_free),
            .ready = g_queue_new(),
            .delivered = g_ptr_array_new_with_free_func((GDestroyNotify)message_free),
            .expected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)message_free),
            .hopeless = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
            .repeated = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
            .progress_us = g_get_monotonic_time(),
        };
        if (drain.options.timeout_s == 0)
            drain.options.timeout_s = DEFAULT_TIMEOUT_S;
        /* OpenSSL writes to its socket without MSG_NOSIGNAL: a broker that dies must not take us with it. */
        struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
        sigaction(SIGPIPE, &ignore, &before);
        mosquitto_lib_init();
        is_done = drain_all(&drain, error);
        mosquitto_lib_cleanup();
        sigaction(SIGPIPE, &before, NULL);
        g_free(drain.prefix);
        g_hash_table_unref(drain.flights);
        g_queue_free(drain.ready);
        g_ptr_array_unref(drain.delivered);
        g_hash_table_unref(drain.expected);
        g_hash_table_unref(drain.hopeless);
        g_hash_table_unref(drain.repeated);
        g_clear_error(&drain.failure);
    }
    OutboxCounts counts;
    if (store_outbox_counts(store, &counts, NULL))
        report->waiting = counts.waiting;
    if (!is_done && is_valid && report->waiting > 0 && error)
        g_prefix_error(error, "%" G_GINT64_FORMAT " messages wait: ", report->waiting);
    return is_done;
}
