/* What tests of draining share: options for a test's broker, and what its listener heard. */
#ifndef ROOSTER_TESTS_DRAIN_CASE_H
#define ROOSTER_TESTS_DRAIN_CASE_H

#include "broker.h"
#include "listener.h"
#include "mqtt/drain.h"
#include "outbox.h"

/* FALSE, and the test is skipped, where no mosquitto is installed. */
gboolean drain_can_run(void);
MqttOptions drain_options(const Broker *broker);
void write_file(const char *folder, const char *name, const char *text);
void assert_drained(const MqttOptions *options, Store *store, MqttReport *report);
/* What was heard, as id -> times. */
GHashTable *ids_heard(Listener *listener);
/* Every id of the store was heard; waits a little for the last. */
void assert_all_heard(Listener *listener, const Store *store);
/* The retained payload of a topic, or NULL. */
char *retained_payload(const Broker *broker, const char *topic);

/* A broker with users rooster and coop, both with the password "secret"; rooster may write all but coop/C9. In its
 * folder: "password" and, wrong, "wrong". */
Broker *guarded_broker(void);

#endif
