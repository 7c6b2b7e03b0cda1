/*
 * A real mosquitto for tests, on a free port of the loopback, with its own configuration and data. It dies with the
 * test.
 *
 * It saves after every message, so that what it has acknowledged survives broker_kill but for the last ones.
 */
#ifndef TEST_BROKER_H
#define TEST_BROKER_H

#include <glib.h>

typedef struct Broker Broker;

/* FALSE where no mosquitto is installed: skip. */
gboolean broker_is_installed(void);

/*
 * extra: lines for its configuration, or NULL for a broker that lets everybody in; "@" in them stands for the folder.
 * Files named there are written into broker_make_folder's folder before. Takes the folder (NULL: makes one).
 */
Broker *broker_start(char *folder, const char *extra);
char *broker_make_folder(void);
/* Ends it if it runs and removes its folder. */
void broker_free(Broker *broker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Broker, broker_free)

int broker_port(const Broker *broker);
const char *broker_folder(const Broker *broker);

void broker_kill(Broker *broker);   /* kill -9 */
void broker_stop(Broker *broker);   /* in good order */
void broker_freeze(Broker *broker); /* it holds its connections and does nothing; ended by any of the others */
void broker_thaw(Broker *broker);
void broker_restart(Broker *broker); /* after a kill or stop: same port, same data */
void broker_wipe(Broker *broker);    /* loses all it saved; while it does not run */

#endif
