#include "poster.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>

#include <stdio.h>

struct Poster {
    struct mosquitto *client;
    guint posted, answered, taken;
    gboolean is_open, is_over;
};

static void on_connect(struct mosquitto *client, void *object, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)client, (void)flags, (void)properties;
    ((Poster *)object)->is_open = reason == 0;
}

static void on_publish(struct mosquitto *client, void *object, int mid, int reason,
                       const mosquitto_property *properties)
{
    (void)client, (void)mid, (void)properties;
    Poster *poster = object;
    poster->answered++;
    poster->taken += reason < 0x80;
}

static gboolean turn(Poster *poster, gint64 until_us)
{
    if (poster->is_over || g_get_monotonic_time() > until_us)
        return FALSE;
    poster->is_over = mosquitto_loop(poster->client, 20, 1) != MOSQ_ERR_SUCCESS;
    return TRUE;
}

Poster *poster_start(int port, const char *user, const char *password)
{
    static int number;
    mosquitto_lib_init();
    Poster *poster = g_new0(Poster, 1);
    g_autofree char *id = g_strdup_printf("poster-%d", number++);
    poster->client = mosquitto_new(id, true, poster);
    mosquitto_int_option(poster->client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
    if (user)
        mosquitto_username_pw_set(poster->client, user, password);
    mosquitto_connect_v5_callback_set(poster->client, on_connect);
    mosquitto_publish_v5_callback_set(poster->client, on_publish);
    g_assert_cmpint(mosquitto_connect(poster->client, "127.0.0.1", port, 10), ==, MOSQ_ERR_SUCCESS);
    gint64 until_us = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;
    while (!poster->is_open && turn(poster, until_us))
        continue;
    g_assert_true(poster->is_open);
    return poster;
}

void poster_free(Poster *poster)
{
    if (!poster)
        return;
    mosquitto_disconnect(poster->client);
    mosquitto_destroy(poster->client);
    mosquitto_lib_cleanup();
    g_free(poster);
}

void poster_post(Poster *poster, const Post *post)
{
    mosquitto_property *properties = NULL;
    if (post->correlation)
        mosquitto_property_add_binary(&properties, MQTT_PROP_CORRELATION_DATA, post->correlation,
                                      (uint16_t)post->correlation_length);
    int code = mosquitto_publish_v5(poster->client, NULL, post->topic, (int)post->length, post->payload, 1,
                                    post->is_retained, properties);
    mosquitto_property_free_all(&properties);
    g_assert_cmpint(code, ==, MOSQ_ERR_SUCCESS);
    poster->posted++;
}

guint poster_wait(Poster *poster, int seconds)
{
    gint64 until_us = g_get_monotonic_time() + seconds * (gint64)G_USEC_PER_SEC;
    while (poster->answered < poster->posted && turn(poster, until_us))
        continue;
    return poster->taken;
}
