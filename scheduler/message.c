#include "rooster/message.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

Message *message_new(const char *id, const char *topic, const char *body, gboolean is_retained, int64_t created_s)
{
    Message *message = g_new0(Message, 1);
    *message = (Message){.id = g_strdup(id),
                         .topic = g_strdup(topic),
                         .body = g_strdup(body),
                         .is_retained = is_retained,
                         .created_s = created_s};
    return message;
}

Message *message_copy(const Message *message)
{
    Message *copy = g_memdup2(message, sizeof *message);
    copy->id = g_strdup(message->id);
    copy->topic = g_strdup(message->topic);
    copy->body = g_strdup(message->body);
    copy->correlation = g_strdup(message->correlation);
    return copy;
}

void message_free(Message *message)
{
    if (!message)
        return;
    g_free(message->id);
    g_free(message->topic);
    g_free(message->body);
    g_free(message->correlation);
    g_free(message);
}

char *message_payload(const Message *message)
{
    json_t *body = json_loads(message->body, JSON_REJECT_DUPLICATES, NULL);
    json_t *whole = json_is_object(body) ? json_object() : NULL;
    char *payload = NULL;
    if (whole && json_object_set_new(whole, "id", json_string(message->id)) == 0 &&
        json_object_set_new(whole, "sequence", json_integer(message->sequence)) == 0 &&
        json_object_update_missing(whole, body) == 0) {
        /* jansson's memory comes from malloc; callers use g_free. */
        char *text = json_dumps(whole, JSON_COMPACT | JSON_REAL_PRECISION(12));
        payload = g_strdup(text);
        free(text);
    }
    json_decref(whole);
    json_decref(body);
    return payload;
}
