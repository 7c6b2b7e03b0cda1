#include "listener.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>

#include <stdlib.h>

struct Listener {
    struct mosquitto *client;
    GThread *thread;
    GMutex lock;
    GCond changed;
    GPtrArray *heard; /* of Heard */
    char *filter;
    gboolean is_subscribed, is_ending;
};

static void heard_free(Heard *heard)
{
    g_free(heard->topic);
    g_free(heard->payload);
    g_free(heard->content_type);
    g_clear_pointer(&heard->correlation, g_bytes_unref);
    g_free(heard);
}

static void on_connect(struct mosquitto *client, void *object, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)flags, (void)properties;
    Listener *listener = object;
    if (reason == 0)
        mosquitto_subscribe_v5(client, NULL, listener->filter, 1, 0, NULL);
}

static void on_subscribe(struct mosquitto *client, void *object, int mid, int count, const int *granted,
                         const mosquitto_property *properties)
{
    (void)client, (void)mid, (void)count, (void)granted, (void)properties;
    Listener *listener = object;
    g_mutex_lock(&listener->lock);
    listener->is_subscribed = TRUE;
    g_cond_broadcast(&listener->changed);
    g_mutex_unlock(&listener->lock);
}

static void on_message(struct mosquitto *client, void *object, const struct mosquitto_message *message,
                       const mosquitto_property *properties)
{
    (void)client;
    Listener *listener = object;
    Heard *heard = g_new0(Heard, 1);
    char *content_type = NULL;
    heard->topic = g_strdup(message->topic);
    heard->payload = g_strndup(message->payload, (gsize)message->payloadlen);
    heard->is_retained = message->retain;
    mosquitto_property_read_int32(properties, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL, &heard->expiry_s, false);
    if (mosquitto_property_read_string(properties, MQTT_PROP_CONTENT_TYPE, &content_type, false))
        heard->content_type = g_strdup(content_type);
    free(content_type);
    void *correlation = NULL;
    uint16_t length = 0;
    if (mosquitto_property_read_binary(properties, MQTT_PROP_CORRELATION_DATA, &correlation, &length, false))
        heard->correlation = g_bytes_new(correlation, length);
    free(correlation);
    g_mutex_lock(&listener->lock);
    g_ptr_array_add(listener->heard, heard);
    g_cond_broadcast(&listener->changed);
    g_mutex_unlock(&listener->lock);
}

static gpointer listen_on(gpointer data)
{
    Listener *listener = data;
    while (!g_atomic_int_get(&listener->is_ending)) {
        if (mosquitto_loop(listener->client, 50, 1) != MOSQ_ERR_SUCCESS) {
            g_usleep(5000);
            mosquitto_reconnect(listener->client);
        }
    }
    return NULL;
}

Listener *listener_start(int port, const char *filter, const char *user, const char *password)
{
    mosquitto_lib_init();
    Listener *listener = g_new0(Listener, 1);
    g_mutex_init(&listener->lock);
    g_cond_init(&listener->changed);
    listener->heard = g_ptr_array_new_with_free_func((GDestroyNotify)heard_free);
    listener->filter = g_strdup(filter);
    /* Stable, for the session's sake; without + # /, for a broker with pattern rules lets nobody in by such an id. */
    g_autofree char *id = g_strdup_printf("listener-%s-%s", filter, user ? user : "");
    g_strdelimit(id, "+#/", '_');
    listener->client = mosquitto_new(id, false, listener);
    mosquitto_int_option(listener->client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
    if (user)
        mosquitto_username_pw_set(listener->client, user, password);
    mosquitto_connect_v5_callback_set(listener->client, on_connect);
    mosquitto_subscribe_v5_callback_set(listener->client, on_subscribe);
    mosquitto_message_v5_callback_set(listener->client, on_message);
    mosquitto_property *properties = NULL;
    mosquitto_property_add_int32(&properties, MQTT_PROP_SESSION_EXPIRY_INTERVAL, 3600);
    int code = mosquitto_connect_bind_v5(listener->client, "127.0.0.1", port, 10, NULL, properties);
    mosquitto_property_free_all(&properties);
    g_assert_cmpint(code, ==, MOSQ_ERR_SUCCESS);
    listener->thread = g_thread_new("listener", listen_on, listener);
    gint64 until_us = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;
    g_mutex_lock(&listener->lock);
    while (!listener->is_subscribed && g_cond_wait_until(&listener->changed, &listener->lock, until_us))
        continue;
    g_mutex_unlock(&listener->lock);
    g_assert_true(listener->is_subscribed);
    return listener;
}

void listener_free(Listener *listener)
{
    if (!listener)
        return;
    g_atomic_int_set(&listener->is_ending, TRUE);
    g_thread_join(listener->thread);
    mosquitto_destroy(listener->client);
    mosquitto_lib_cleanup();
    g_ptr_array_unref(listener->heard);
    g_free(listener->filter);
    g_mutex_clear(&listener->lock);
    g_cond_clear(&listener->changed);
    g_free(listener);
}

guint listener_wait(Listener *listener, guint count, int seconds)
{
    gint64 until_us = g_get_monotonic_time() + seconds * (gint64)G_USEC_PER_SEC;
    g_mutex_lock(&listener->lock);
    while (listener->heard->len < count && g_cond_wait_until(&listener->changed, &listener->lock, until_us))
        continue;
    guint heard = listener->heard->len;
    g_mutex_unlock(&listener->lock);
    return heard;
}

GPtrArray *listener_heard(Listener *listener)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func((GDestroyNotify)heard_free);
    g_mutex_lock(&listener->lock);
    for (guint i = 0; i < listener->heard->len; i++) {
        const Heard *from = g_ptr_array_index(listener->heard, i);
        Heard *heard = g_new(Heard, 1);
        *heard = (Heard){
            g_strdup(from->topic), g_strdup(from->payload), g_strdup(from->content_type),
            from->is_retained,     from->expiry_s,          from->correlation ? g_bytes_ref(from->correlation) : NULL};
        g_ptr_array_add(copy, heard);
    }
    g_mutex_unlock(&listener->lock);
    return copy;
}
