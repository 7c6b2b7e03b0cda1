#include "setup.h"

#include <mqtt_protocol.h>

#include <string.h>

int settings_port(const ConnectionSettings *settings)
{
    return settings->port ? settings->port : settings->ca_file ? 8883 : 1883;
}

const char *settings_host(const ConnectionSettings *settings)
{
    return settings->host ? settings->host : "localhost";
}

mosquitto_property *parcel_properties(const Parcel *parcel)
{
    mosquitto_property *properties = NULL;
    mosquitto_property_add_byte(&properties, MQTT_PROP_PAYLOAD_FORMAT_INDICATOR, 1);
    mosquitto_property_add_string(&properties, MQTT_PROP_CONTENT_TYPE, "application/json");
    if (parcel->expiry_s)
        mosquitto_property_add_int32(&properties, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL, parcel->expiry_s);
    if (parcel->correlation) {
        gsize length = 0;
        gconstpointer data = g_bytes_get_data(parcel->correlation, &length);
        mosquitto_property_add_binary(&properties, MQTT_PROP_CORRELATION_DATA, data, (uint16_t)length);
    }
    return properties;
}

static char *read_password(const char *file, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(file, &text, NULL, &cause)) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "cannot read the password file: %s", cause->message);
        return NULL;
    }
    text[strcspn(text, "\r\n")] = '\0';
    return g_steal_pointer(&text);
}

static gboolean set_credentials(struct mosquitto *client, const ConnectionSettings *settings, GError **error)
{
    if (!settings->user)
        return TRUE;
    g_autofree char *password = NULL;
    if (settings->password_file) {
        password = read_password(settings->password_file, error);
        if (!password)
            return FALSE;
    }
    int code = mosquitto_username_pw_set(client, settings->user, password);
    if (password)
        explicit_bzero(password, strlen(password));
    if (code != MOSQ_ERR_SUCCESS) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "cannot use the user name: %s", mosquitto_strerror(code));
        return FALSE;
    }
    return TRUE;
}

static gboolean set_tls(struct mosquitto *client, const ConnectionSettings *settings, GError **error)
{
    const char *ca_file = settings->ca_file;
    if (!ca_file)
        return TRUE;
    int code = mosquitto_tls_set(client, ca_file, NULL, NULL, NULL, NULL);
    if (code != MOSQ_ERR_SUCCESS) {
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "cannot use the CA file %s: %s", ca_file,
                    code == MOSQ_ERR_INVAL ? "it cannot be read" : mosquitto_strerror(code));
        return FALSE;
    }
    return TRUE;
}

static gboolean set_will(struct mosquitto *client, const ConnectionSettings *settings, GError **error)
{
    const Parcel *will = settings->will;
    if (!will)
        return TRUE;
    mosquitto_property *properties = parcel_properties(will);
    int code = mosquitto_will_set_v5(client, will->topic, (int)strlen(will->payload), will->payload, 1,
                                     will->is_retained, properties); /* takes the properties where it succeeds */
    if (code != MOSQ_ERR_SUCCESS) {
        mosquitto_property_free_all(&properties);
        g_set_error(error, MQTT_ERROR, MQTT_ERROR_OPTIONS, "cannot leave a last will on %s: %s", will->topic,
                    mosquitto_strerror(code));
        return FALSE;
    }
    return TRUE;
}

gboolean setup_client(struct mosquitto *client, const ConnectionSettings *settings, GError **error)
{
    return set_credentials(client, settings, error) && set_tls(client, settings, error) &&
           set_will(client, settings, error);
}
