#include "courier_parts.h"

#include <mosquitto.h>

#include <string.h>

#define FETCH        100
#define TOLD_MOST    100 /* own words unanswered at a time */
#define REFUSED_FROM 0x80

Flight *flight_new(Message *message, Errand errand)
{
    Flight *flight = g_new(Flight, 1);
    *flight = (Flight){message, errand};
    return flight;
}

void flight_free(Flight *flight)
{
    message_free(flight->message);
    g_free(flight);
}

static int64_t clock_s(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

/* ---- answers */

static void forget_delivered(Courier *courier, int64_t sequence)
{
    for (guint i = courier->delivered->len; i-- > 0;) {
        if (((const Message *)g_ptr_array_index(courier->delivered, i))->sequence == sequence) {
            g_ptr_array_remove_index(courier->delivered, i);
            return;
        }
    }
}

static void bury(Courier *courier, const Flight *flight, const char *reason)
{
    if (flight->errand == ERRAND_TELL) {
        courier->counts.told_refused++;
        return;
    }
    g_snprintf(courier->counts.reason, sizeof courier->counts.reason, "%s: %s", reason, flight->message->topic);
    if (flight->errand != ERRAND_DELIVER) { /* it was delivered once: no dead letter, but not to be tried for ever */
        forget_delivered(courier, flight->message->sequence);
        g_hash_table_add(courier->hopeless, g_strdup(flight->message->topic));
        return;
    }
    if (store_outbox_dead(courier->store, flight->message->sequence, clock_s(), reason, &courier->failure))
        courier->counts.dead++;
    else if (g_error_matches(courier->failure, STORE_ERROR, STORE_ERROR_CONFLICT))
        g_clear_error(&courier->failure); /* another process has delivered it */
}

static void settle(Courier *courier, const Flight *flight)
{
    switch (flight->errand) {
    case ERRAND_DELIVER:
        if (!store_outbox_delivered(courier->store, flight->message->sequence, clock_s(), &courier->failure))
            return;
        courier->counts.delivered++;
        break;
    case ERRAND_REPEAT:
        courier->counts.repeated++;
        break;
    case ERRAND_RESTORE:
        courier->counts.restored++;
        break;
    case ERRAND_TELL:
        courier->counts.told++;
        return;
    }
    if (flight->errand != ERRAND_DELIVER) /* kept in the order of the newest acknowledgement */
        forget_delivered(courier, flight->message->sequence);
    g_ptr_array_add(courier->delivered, message_copy(flight->message));
    if (courier->delivered->len > courier->options.keeps)
        g_ptr_array_remove_index(courier->delivered, 0);
}

static char *reason_words(int reason)
{
    char *words = g_strchomp(g_ascii_strdown(mosquitto_reason_string(reason), -1));
    if (g_str_has_suffix(words, "."))
        words[strlen(words) - 1] = '\0';
    return words;
}

/* One answer of the broker; FALSE: the store fails. */
static gboolean take_answer(Courier *courier, const Answer *answer)
{
    const Flight *flight = g_hash_table_lookup(courier->flights, GINT_TO_POINTER(answer->mid));
    if (!flight)
        return TRUE;
    gboolean is_own = flight->errand == ERRAND_TELL;
    /* A message sent a third time is no progress: a broker that dies each time it gets it would hold us for ever. */
    if (!is_own &&
        (flight->errand == ERRAND_DELIVER || g_hash_table_add(courier->repeated, g_strdup(flight->message->id)))) {
        courier->progress_us = courier->answered_us;
        courier->has_progressed = TRUE;
    }
    if (g_hash_table_size(courier->repeated) > courier->options.keeps)
        g_hash_table_remove_all(courier->repeated);
    if (answer->reason >= REFUSED_FROM) {
        courier->is_refused = TRUE;
        g_autofree char *words = reason_words(answer->reason);
        bury(courier, flight, words);
    } else {
        settle(courier, flight);
    }
    if (is_own)
        courier->telling--;
    else if (courier->careful > 0)
        courier->careful--;
    g_hash_table_remove(courier->flights, GINT_TO_POINTER(answer->mid));
    if (!is_own && courier->options.progressed)
        courier->options.progressed(courier->options.context);
    return courier->failure == NULL;
}

void courier_settle(Courier *courier)
{
    gboolean is_batch = courier->answers->len > 1;
    const CourierCounts before = courier->counts;
    gboolean is_done = !is_batch || store_begin(courier->store, &courier->failure);
    for (guint i = 0; i < courier->answers->len && is_done; i++)
        is_done = take_answer(courier, &g_array_index(courier->answers, Answer, i));
    if (is_batch && is_done)
        is_done = store_commit(courier->store, &courier->failure);
    else if (is_batch)
        store_rollback(courier->store);
    if (is_batch && !is_done) /* they wait as before, and go again */
        courier->counts = before;
    g_array_set_size(courier->answers, 0);
}

void courier_answered(gpointer context, int mid, int reason)
{
    Courier *courier = context;
    const Answer answer = {mid, reason};
    if (courier->failure)
        return;
    courier->answered_us = g_get_monotonic_time();
    g_array_append_val(courier->answers, answer);
    if (!courier->options.is_batching)
        courier_settle(courier);
}

/* ---- sending */

static SendResult send_one(Courier *courier)
{
    Flight *flight = g_queue_pop_head(courier->ready);
    const Message *message = flight->message;
    g_autofree char *payload = message_payload(message);
    g_autofree char *topic = g_strconcat(courier->options.prefix, message->topic, NULL);
    gsize length = 0;
    g_autofree guchar *data = message->correlation ? g_base64_decode(message->correlation, &length) : NULL;
    g_autoptr(GBytes) correlation = message->correlation ? g_bytes_new(data, length) : NULL;
    const Parcel parcel = {topic, payload, message->is_retained, message->is_retained ? 0 : MQTT_EVENT_EXPIRY_S,
                           correlation};
    int mid = 0;
    const char *why = "the body is no JSON object";
    SendResult result = payload ? connection_send(courier->connection, &parcel, &mid, &why) : SEND_IMPOSSIBLE;
    if (result == SEND_DONE) {
        g_hash_table_insert(courier->flights, GINT_TO_POINTER(mid), flight);
        return result;
    }
    if (result == SEND_IMPOSSIBLE)
        bury(courier, flight, why);
    flight_free(flight);
    return result;
}

/* Takes more from the outbox. */
static gboolean fetch(Courier *courier, GError **error)
{
    g_autoptr(GPtrArray) waiting = store_outbox_waiting(courier->store, courier->fetched, FETCH, error);
    if (!waiting)
        return FALSE;
    for (guint i = 0; i < waiting->len; i++) {
        const Message *message = g_ptr_array_index(waiting, i);
        courier->fetched = message->sequence;
        g_queue_push_tail(courier->ready, flight_new(message_copy(message), ERRAND_DELIVER));
    }
    return TRUE;
}

gboolean courier_is_idle(const Courier *courier)
{
    return g_queue_is_empty(courier->ready) && g_hash_table_size(courier->flights) == courier->telling;
}

guint courier_window(const Courier *courier)
{
    return courier->careful > 0 ? 1 : connection_window(courier->connection);
}

gboolean courier_pump(Courier *courier, GError **error)
{
    for (;;) {
        if (g_queue_is_empty(courier->ready) && !fetch(courier, error))
            return FALSE;
        if (g_queue_is_empty(courier->ready))
            return TRUE;
        while (!g_queue_is_empty(courier->ready)) {
            if (g_hash_table_size(courier->flights) >= courier_window(courier) || send_one(courier) == SEND_FAILED)
                return TRUE;
            if (courier->failure) {
                g_propagate_error(error, g_steal_pointer(&courier->failure));
                return FALSE;
            }
        }
    }
}

gboolean courier_tell(Courier *courier, const Parcel *parcel)
{
    int mid = 0;
    const char *why = NULL;
    if (!courier_is_open(courier) || courier->telling >= TOLD_MOST ||
        connection_send(courier->connection, parcel, &mid, &why) != SEND_DONE)
        return FALSE;
    if (g_hash_table_size(courier->flights) == 0) /* nothing was owed until now */
        courier->answered_us = g_get_monotonic_time();
    g_hash_table_insert(courier->flights, GINT_TO_POINTER(mid), flight_new(NULL, ERRAND_TELL));
    courier->telling++;
    return TRUE;
}
