#include "broker.h"

enum { PORT_MOST = 65535 };

static const char *option_or_environment(const char *option, const char *variable)
{
    const char *value = option != NULL ? option : g_getenv(variable);
    return value != NULL && *value != '\0' ? value : NULL;
}

gboolean broker_of(const Session *session, CliBroker *broker, GError **error)
{
    const Options *options = &session->options;
    int64_t port = 0;
    *broker = (CliBroker){.pool = session->desk.pool != NULL ? session->desk.pool->id : NULL,
                          .host = option_or_environment(options->host, "ROOSTER_MQTT_HOST"),
                          .user = option_or_environment(options->user, "ROOSTER_MQTT_USER"),
                          .password_file = option_or_environment(options->password_file, "ROOSTER_MQTT_PASSWORD_FILE"),
                          .ca_file = option_or_environment(options->ca_file, "ROOSTER_MQTT_CA_FILE")};
    if (!session_integer("port", option_or_environment(options->port, "ROOSTER_MQTT_PORT"), 1, PORT_MOST, &port, error))
        return FALSE;
    broker->port = (int)port;
    return TRUE;
}
