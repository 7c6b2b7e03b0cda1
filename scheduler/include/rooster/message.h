/*
 * Messages to the world, and the port that delivers them. A message is born in the transaction that makes it true, waits in
 * the store's outbox, and leaves it when the broker has acknowledged it; a repeat carries the same id and sequence.
 */
#ifndef ROOSTER_MESSAGE_H
#define ROOSTER_MESSAGE_H

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct Message {
    int64_t sequence;     /* given by the store, rising, never reused; 0 before it is stored */
    char *id;             /* unique for ever */
    char *topic;          /* without the prefix "rooster/v1/{pool}/": "worker/W1/roster" */
    char *body;           /* a JSON object; delivery puts "id" and "sequence" in front of its members */
    gboolean is_retained;
    char *correlation;    /* base64 of the correlation data of what this answers (MQTT 5, 3.3.2.3.6); NULL: none */
    int64_t created_s;
} Message;

/* Without correlation data, which whoever answers sets. */
Message *message_new(const char *id, const char *topic, const char *body, gboolean is_retained, int64_t created_s);
Message *message_copy(const Message *message);
void message_free(Message *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Message, message_free)

/*
 * The text that is delivered: {"id": ..., "sequence": ..., members of body, in order}; equal messages give equal bytes. NULL if
 * the body is no JSON object. Caller frees.
 */
char *message_payload(const Message *message);

G_END_DECLS

#endif
