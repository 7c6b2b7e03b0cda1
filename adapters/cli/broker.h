/*
 * The broker that the options, or else the environment, name.
 */
#ifndef CLI_BROKER_H
#define CLI_BROKER_H

#include "session.h"

/* Its strings live with the session and the environment. CLI_ERROR_USE for a port that is none. */
gboolean broker_of(const Session *session, CliBroker *broker, GError **error);

#endif
