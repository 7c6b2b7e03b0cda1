#include "demand.h"
#include "mqtt/link.h"
#include "rooster/pool.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

/* The id of "{prefix}coop/{id}/demand"; NULL if it is another topic, or no id. Caller frees. */
static char *coop_of(const char *prefix, const char *topic)
{
    static const char before[] = "coop/", after[] = "/demand";
    if (!g_str_has_prefix(topic, prefix))
        return NULL;
    topic += strlen(prefix);
    if (!g_str_has_prefix(topic, before) || !g_str_has_suffix(topic, after) ||
        strlen(topic) < strlen(before) + strlen(after))
        return NULL;
    topic += strlen(before);
    g_autofree char *id = g_strndup(topic, strlen(topic) - strlen(after));
    return id_is_valid(id) ? g_steal_pointer(&id) : NULL;
}

static const char *fault_of(const Received *received)
{
    if (received->correlation_length > MQTT_CORRELATION_MOST)
        return "the correlation data is longer than 256 bytes";
    if (received->length == 0)
        return "the demand is empty";
    if (received->length > MQTT_DEMAND_MOST)
        return "the demand is longer than 65536 bytes";
    if (!g_utf8_validate(received->payload, (gssize)received->length, NULL))
        return "the demand is not UTF-8 text";
    return NULL;
}

const char *demand_read(const char *prefix, const Received *received, Demand *demand)
{
    *demand = (Demand){.coop = coop_of(prefix, received->topic)};
    if (received->correlation && received->correlation_length <= MQTT_CORRELATION_MOST)
        demand->correlation = g_base64_encode(received->correlation, received->correlation_length);
    const char *fault = demand->coop ? fault_of(received) : "the topic names no coop";
    if (!fault)
        demand->payload = g_strndup(received->payload, received->length);
    return fault;
}

void demand_clear(Demand *demand)
{
    g_free(demand->coop);
    g_free(demand->payload);
    g_free(demand->correlation);
    *demand = (Demand){0};
}

char *demand_refusal(const char *pool, const char *coop, const char *why)
{
    g_autofree char *uuid = g_uuid_string_random();
    g_autofree char *id = g_strconcat(pool, "-refused-", uuid, NULL);
    json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:n, s:s, s:n, s:s, s:n}", "id", id, "kind", "demand_answer", "pool",
                             pool, "coop", coop, "key", "status", "refused", "answer", "error", why, "details");
    char *text = json_dumps(root, JSON_COMPACT);
    char *copy = g_strdup(text);
    free(text);
    json_decref(root);
    return copy;
}
