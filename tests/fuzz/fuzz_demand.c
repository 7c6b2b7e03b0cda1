/*
 * Any bytes as what a broker brings on coop/{id}/demand: a line with the topic, a line with the length of the
 * correlation data ("-": none), those bytes, the payload. What passes is just what the header promises; what does not
 * is refused in JSON.
 */
#include "fuzz.h"

#include "demand.h"
#include "mqtt/link.h"
#include "rooster/pool.h"

#include <string.h>

#define PREFIX "rooster/v1/west/"

/* The next line, or the rest; moves behind it. Caller frees. */
static char *next_line(const char **at, const char *end)
{
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    char *line = g_strndup(*at, (gsize)((stop ? stop : end) - *at));
    *at = stop ? stop + 1 : end;
    return line;
}

static void check_sound(const Received *received, const Demand *demand)
{
    g_assert_true(id_is_valid(demand->coop));
    g_autofree char *topic = g_strconcat(PREFIX "coop/", demand->coop, "/demand", NULL);
    g_assert_cmpstr(topic, ==, received->topic);
    g_assert_cmpuint(strlen(demand->payload), ==, received->length);
    g_assert_cmpuint(received->length, <=, MQTT_DEMAND_MOST);
    g_assert_cmpuint(received->length, >, 0);
    g_assert_true(g_utf8_validate(demand->payload, -1, NULL));
    g_assert_true((demand->correlation != NULL) == (received->correlation != NULL));
    if (demand->correlation) {
        gsize length = 0;
        g_autofree guchar *bytes = g_base64_decode(demand->correlation, &length);
        g_assert_cmpuint(length, ==, received->correlation_length);
        g_assert_true(length == 0 || memcmp(bytes, received->correlation, length) == 0);
        g_assert_cmpuint(length, <=, MQTT_CORRELATION_MOST);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *at = (const char *)bytes, *end = at + size;
    g_autofree char *topic = next_line(&at, end), *number = next_line(&at, end);
    gboolean has_correlation = strcmp(number, "-") != 0;
    guint64 wanted = has_correlation ? g_ascii_strtoull(number, NULL, 10) : 0;
    gsize length = (gsize)MIN(wanted, (guint64)(end - at));
    const Received received = {.topic = topic,
                               .payload = at + length,
                               .length = (gsize)(end - at) - length,
                               .correlation = has_correlation ? (const guint8 *)at : NULL,
                               .correlation_length = length};
    Demand demand;
    const char *why = demand_read(PREFIX, &received, &demand);
    if (!why) {
        check_sound(&received, &demand);
    } else {
        g_assert_null(demand.payload);
        g_autofree char *refusal = demand.coop ? demand_refusal("west", demand.coop, why) : NULL;
        g_assert_true(!refusal || g_utf8_validate(refusal, -1, NULL));
    }
    demand_clear(&demand);
    return 0;
}
