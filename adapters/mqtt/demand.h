/* A demand as it comes from a broker: bytes and a topic of anybody's making. Private to adapters/mqtt. */
#ifndef MQTT_DEMAND_H
#define MQTT_DEMAND_H

#include "connection.h"

typedef struct Demand {
    char *coop;        /* NULL: there is nobody to answer */
    char *payload;     /* NULL where it is refused */
    char *correlation; /* base64; NULL: none, or more of it than we carry */
} Demand;

/* NULL: it is sound. Else why it is none, a sentence for who posted it; static. The demand is to be cleared always. */
const char *demand_read(const char *prefix, const Received *received, Demand *demand);
void demand_clear(Demand *demand);

/* The JSON of a refusal, like the service's own answers (asyncapi.json) but for the sequence. Caller frees. */
char *demand_refusal(const char *pool, const char *coop, const char *why);

#endif
