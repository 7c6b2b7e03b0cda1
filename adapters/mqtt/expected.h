/* The retained state that a broker should hold, crossed off as it is read back; what is left is missing or differs. */
#ifndef MQTT_EXPECTED_H
#define MQTT_EXPECTED_H

#include "rooster/message.h"

/* Messages in a GPtrArray, by sequence. */
gint sequence_compare(gconstpointer left, gconstpointer right);

typedef struct Expected Expected;

/* prefix: "rooster/v1/{pool}/". */
Expected *expected_new(const char *prefix);
void expected_free(Expected *expected);

void expected_clear(Expected *expected);
/* Copies it; of one topic the highest sequence counts. */
void expected_add(Expected *expected, const Message *message);
guint expected_count(const Expected *expected);
/* Few filters (char *) that find all its topics: "rooster/v1/west/worker/+/roster". Caller unrefs. */
GPtrArray *expected_filters(const Expected *expected);
/* The broker holds this on the topic. */
void expected_seen(Expected *expected, const char *topic, const char *payload, gsize length);
/* What is left, by sequence; it is empty then. Of Message; caller unrefs. */
GPtrArray *expected_take(Expected *expected);

#endif
