/* What a client is given before it connects, and what goes with a message. The only user is connection.c. */
#ifndef MQTT_SETUP_H
#define MQTT_SETUP_H

#include "connection.h"

#include <mosquitto.h>

/* With the defaults filled in. */
const char *settings_host(const ConnectionSettings *settings);
int settings_port(const ConnectionSettings *settings);

/* User, password, TLS and last will. MQTT_ERROR_OPTIONS. */
gboolean setup_client(struct mosquitto *client, const ConnectionSettings *settings, GError **error);

/* The MQTT 5 properties of a message (3.3.2.3). Caller frees. */
mosquitto_property *parcel_properties(const Parcel *parcel);

#endif
