/*
 * A store that is only an outbox, for the drain's tests. Its state lies in shared memory, so like a real store it
 * outlives the killed process that drains it, and the test sees what that process had written.
 */
#ifndef TEST_OUTBOX_H
#define TEST_OUTBOX_H

#include "rooster/store.h"

typedef enum OutboxState { OUTBOX_WAITING, OUTBOX_DELIVERED, OUTBOX_DEAD } OutboxState;

Store *outbox_new(void);
/* Sequences are 1, 2, ...; the id is "m-{sequence}". */
void outbox_add(Store *store, const char *topic, const char *body, gboolean is_retained);
/* An answer: the newest message gets correlation data. */
void outbox_correlate(Store *store, const char *base64);
/* So many events of "worker/W{n mod 7}/events", each seventh a retained "worker/W0/roster". */
void outbox_fill(Store *store, guint count);

guint outbox_size(const Store *store);
OutboxState outbox_state(const Store *store, int64_t sequence);
/* "" if it is no dead letter. */
const char *outbox_reason(const Store *store, int64_t sequence);
guint outbox_count(const Store *store, OutboxState state);
/* From now on every write fails, as on a full disk. */
void outbox_break(Store *store);
/* And now they work again. */
void outbox_mend(Store *store);

#endif
