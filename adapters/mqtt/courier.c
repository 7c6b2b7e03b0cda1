#include "courier_parts.h"

#include <mosquitto.h>

#define FIRST_DELAY_MS   100
#define REFUSED_DELAY_MS 5000 /* at least, after a wrong password: that takes a person */
#define LONGEST_DELAY_MS 30000
#define LOOK_MS          1000

static void clear_source(GSource **source)
{
    if (*source) {
        g_source_destroy(*source);
        g_clear_pointer(source, g_source_unref);
    }
}

static GSource *add_source(const Courier *courier, GSource *source, GSourceFunc call)
{
    g_source_set_callback(source, call, (gpointer)courier, NULL);
    g_source_attach(source, courier->context);
    return source;
}

static void on_retained(gpointer context, const char *topic, const char *payload, gsize length)
{
    expected_seen(((Courier *)context)->expected, topic, payload, length);
}

static gboolean on_received(gpointer context, const Received *message)
{
    const Courier *courier = context;
    return courier->options.received(courier->options.context, message);
}

/* ---- what the broker holds */

static void read_back(Courier *courier, Stage stage)
{
    g_autoptr(GPtrArray) filters = expected_filters(courier->expected);
    courier->stage = stage;
    connection_read_back(courier->connection, filters);
}

static void begin_doubt(Courier *courier)
{
    expected_clear(courier->expected);
    for (guint i = 0; i < courier->delivered->len; i++) {
        const Message *message = g_ptr_array_index(courier->delivered, i);
        if (message->is_retained)
            expected_add(courier->expected, message);
    }
    read_back(courier, STAGE_DOUBT);
}

/* Makes ready again what the broker acknowledged before the loss and may have lost. */
static void end_doubt(Courier *courier)
{
    gboolean has_forgotten = expected_count(courier->expected) > 0;
    guint doubtful = has_forgotten ? courier->delivered->len : courier->is_refused ? 0 : MQTT_IN_FLIGHT;
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    doubtful = MIN(doubtful, courier->delivered->len);
    for (guint i = courier->delivered->len - doubtful; i < courier->delivered->len; i++)
        g_ptr_array_add(list, g_ptr_array_index(courier->delivered, i));
    g_ptr_array_sort(list, sequence_compare);
    for (guint i = 0; i < list->len; i++)
        g_queue_push_tail(courier->ready, flight_new(message_copy(g_ptr_array_index(list, i)), ERRAND_REPEAT));
    courier->is_refused = FALSE;
    courier->stage = STAGE_SEND;
}

static gboolean begin_compare(Courier *courier, GError **error)
{
    g_autoptr(GPtrArray) retained = store_outbox_retained(courier->store, error);
    if (!retained)
        return FALSE;
    expected_clear(courier->expected);
    for (guint i = 0; i < retained->len; i++) {
        const Message *message = g_ptr_array_index(retained, i);
        if (!g_hash_table_contains(courier->hopeless, message->topic))
            expected_add(courier->expected, message);
    }
    read_back(courier, STAGE_COMPARE);
    return TRUE;
}

static void end_compare(Courier *courier)
{
    g_autoptr(GPtrArray) missing = expected_take(courier->expected);
    for (guint i = 0; i < missing->len; i++)
        g_queue_push_tail(courier->ready, flight_new(message_copy(g_ptr_array_index(missing, i)), ERRAND_RESTORE));
    courier->is_compared = TRUE;
    courier->stage = STAGE_SEND;
}

/* ---- connections */

static void lose(Courier *courier, const GError *cause);

static void opened(Courier *courier)
{
    courier->counts.connections++;
    courier->answered_us = g_get_monotonic_time();
    g_clear_error(&courier->trouble);
    if (courier->options.opened)
        courier->options.opened(courier->options.context);
    if (courier->counts.connections > 1)
        begin_doubt(courier);
    else
        courier->stage = STAGE_SEND;
}

/* Goes on as far as it can without another answer of the broker. FALSE: the store fails. */
static gboolean go_on(Courier *courier, GError **error)
{
    if (courier->failure) {
        g_propagate_error(error, g_steal_pointer(&courier->failure));
        return FALSE;
    }
    if (courier->stage == STAGE_OPENING && connection_is_open(courier->connection))
        opened(courier);
    for (;;) {
        if (courier->stage == STAGE_DOUBT && connection_is_read_back(courier->connection))
            end_doubt(courier);
        if (courier->stage == STAGE_COMPARE && connection_is_read_back(courier->connection))
            end_compare(courier);
        if (courier->stage != STAGE_SEND)
            return TRUE;
        if (!courier_pump(courier, error))
            return FALSE;
        if (courier->is_compared || !courier_is_idle(courier))
            return TRUE;
        if (!begin_compare(courier, error))
            return FALSE;
    }
}

static void on_turned(gpointer context, const GError *loss)
{
    Courier *courier = context;
    g_autoptr(GError) cause = NULL;
    courier_settle(courier);
    if (courier->failure) /* why the connection was given up, where both are there */
        lose(courier, courier->failure);
    else if (loss)
        lose(courier, loss);
    else if (!go_on(courier, &cause))
        lose(courier, cause);
}

static void try(Courier *courier)
{
    g_autoptr(GError) cause = NULL;
    courier->settings.will = courier->options.will ? courier->options.will(courier->options.context) : NULL;
    courier->stage = STAGE_OPENING;
    courier->answered_us = g_get_monotonic_time();
    courier->connection = connection_open(&courier->settings, &courier->listener, courier->context, &cause);
    if (!courier->connection)
        lose(courier, cause);
}

static gboolean on_retry(gpointer data)
{
    Courier *courier = data;
    clear_source(&courier->retry);
    try(courier);
    return G_SOURCE_REMOVE;
}

/* Doubles with each attempt without progress; the jitter keeps many pools from knocking at once. */
static void wait_before_retry(Courier *courier, gboolean is_refused)
{
    courier->delay_ms =
        courier->has_progressed ? FIRST_DELAY_MS : CLAMP(courier->delay_ms * 2, FIRST_DELAY_MS, LONGEST_DELAY_MS);
    if (is_refused)
        courier->delay_ms = MAX(courier->delay_ms, REFUSED_DELAY_MS);
    courier->has_progressed = FALSE;
    guint jittered_ms = (guint)g_random_int_range(courier->delay_ms / 2, courier->delay_ms + 1);
    clear_source(&courier->retry);
    courier->retry = add_source(courier, g_timeout_source_new(jittered_ms), on_retry);
}

static void lose(Courier *courier, const GError *cause)
{
    GError *trouble = g_error_copy(cause); /* it may be one of ours */
    g_clear_error(&courier->failure);
    g_clear_error(&courier->trouble);
    courier->trouble = trouble;
    g_clear_pointer(&courier->connection, connection_close);
    if (g_hash_table_size(courier->flights) > courier->telling)
        courier->careful = 2 * MQTT_IN_FLIGHT; /* a window of repeats, and then what was on its way */
    g_hash_table_remove_all(courier->flights);
    g_queue_clear_full(courier->ready, (GDestroyNotify)flight_free);
    courier->telling = 0;
    courier->fetched = 0;
    courier->is_compared = FALSE;
    courier->stage = STAGE_AWAY;
    wait_before_retry(courier, !g_error_matches(trouble, MQTT_ERROR, MQTT_ERROR_UNREACHABLE));
    if (courier->options.lost)
        courier->options.lost(courier->options.context);
}

/* ---- its owner's calls */

static gboolean is_stalled(const Courier *courier)
{
    gboolean is_owed =
        courier->stage != STAGE_AWAY && (courier->stage != STAGE_SEND || g_hash_table_size(courier->flights) > 0);
    return courier->options.stall_s && is_owed &&
           g_get_monotonic_time() - courier->answered_us > courier->options.stall_s * (int64_t)G_USEC_PER_SEC;
}

/* Others write into the outbox too, and dead letters come back to life with their old sequence. */
static gboolean on_look(gpointer data)
{
    Courier *courier = data;
    g_autoptr(GError) cause = NULL;
    if (is_stalled(courier)) {
        cause = g_error_new(MQTT_ERROR, MQTT_ERROR_UNREACHABLE, "the broker did not answer for %d s",
                            courier->options.stall_s);
        lose(courier, cause);
        return G_SOURCE_CONTINUE;
    }
    if (courier->stage == STAGE_SEND && courier_is_idle(courier))
        courier->fetched = 0;
    if (courier->connection && !go_on(courier, &cause))
        lose(courier, cause);
    return G_SOURCE_CONTINUE;
}

static gboolean on_poke(gpointer data)
{
    Courier *courier = data;
    g_autoptr(GError) cause = NULL;
    clear_source(&courier->poke);
    if (courier->connection && !go_on(courier, &cause))
        lose(courier, cause);
    return G_SOURCE_REMOVE;
}

void courier_poke(Courier *courier)
{
    if (!courier->poke)
        courier->poke = add_source(courier, g_timeout_source_new(0), on_poke);
}

Courier *courier_new(const CourierOptions *options, Store *store, GMainContext *context)
{
    Courier *courier = g_new0(Courier, 1);
    courier->options = *options;
    courier->settings = options->broker;
    courier->listener = (ConnectionListener){courier_answered, on_retained, on_received, on_turned, courier};
    courier->store = store;
    courier->context = g_main_context_ref(context ? context : g_main_context_default());
    courier->flights = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)flight_free);
    courier->ready = g_queue_new();
    courier->delivered = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    courier->answers = g_array_new(FALSE, FALSE, sizeof(Answer));
    courier->expected = expected_new(options->prefix);
    courier->hopeless = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    courier->repeated = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    courier->progress_us = g_get_monotonic_time();
    courier->retry = add_source(courier, g_timeout_source_new(0), on_retry);
    courier->look = add_source(courier, g_timeout_source_new(LOOK_MS), on_look);
    mosquitto_lib_init();
    return courier;
}

void courier_free(Courier *courier)
{
    if (!courier)
        return;
    clear_source(&courier->retry);
    clear_source(&courier->poke);
    clear_source(&courier->look);
    connection_close(courier->connection);
    mosquitto_lib_cleanup();
    g_hash_table_unref(courier->flights);
    g_queue_free_full(courier->ready, (GDestroyNotify)flight_free);
    g_ptr_array_unref(courier->delivered);
    g_array_unref(courier->answers);
    expected_free(courier->expected);
    g_hash_table_unref(courier->hopeless);
    g_hash_table_unref(courier->repeated);
    g_clear_error(&courier->trouble);
    g_clear_error(&courier->failure);
    g_main_context_unref(courier->context);
    g_free(courier);
}

gboolean courier_is_open(const Courier *courier)
{
    return courier->connection && connection_is_open(courier->connection);
}

gboolean courier_is_done(const Courier *courier)
{
    return courier->stage == STAGE_SEND && courier->is_compared && courier_is_idle(courier);
}

const GError *courier_trouble(const Courier *courier)
{
    return courier->trouble;
}

const CourierCounts *courier_counts(const Courier *courier)
{
    return &courier->counts;
}

guint courier_in_flight(const Courier *courier)
{
    return g_hash_table_size(courier->flights);
}

int64_t courier_progress_us(const Courier *courier)
{
    return courier->progress_us;
}

gboolean courier_is_inbox_denied(const Courier *courier)
{
    return courier->connection && connection_is_inbox_denied(courier->connection);
}

gboolean courier_finish(Courier *courier, int most_ms)
{
    int64_t until_us = g_get_monotonic_time() + most_ms * (int64_t)1000;
    while (courier_is_open(courier) && courier->telling > 0) {
        int64_t left_ms = (until_us - g_get_monotonic_time()) / 1000;
        gboolean is_up = left_ms > 0 && connection_turn(courier->connection, (int)MIN(left_ms, 100), NULL);
        courier_settle(courier);
        if (!is_up)
            return FALSE;
    }
    return courier->telling == 0;
}
