/* What the files of the store in memory share. */
#ifndef FAKES_MEMORY_HANDLE_H
#define FAKES_MEMORY_HANDLE_H

#include "memory_state.h"
#include "rooster/store_ops.h"

typedef struct MemoryStore {
    Store base;
    MemoryState *state;
    MemoryState *before; /* where a transaction of the caller's began; NULL outside one */
} MemoryStore;

static inline const MemoryState *state_of(Store *store)
{
    return ((MemoryStore *)store)->state;
}

#define SAY(CODE, ...)  g_set_error(error, STORE_ERROR, STORE_ERROR_##CODE, __VA_ARGS__)
#define FAIL(CODE, ...) (SAY(CODE, __VA_ARGS__), FALSE)

/* The end of every write: the changed copy becomes the truth, or is thrown away. */
gboolean memory_settle(Store *store, MemoryState *changed, gboolean is_done, const AuditEntry *audit);

/* memory_outbox.c */
gboolean memory_message_append(MemoryState *state, const Message *message, GError **error);
gboolean memory_append_messages(Store *store, const GPtrArray *messages, GError **error);
GPtrArray *memory_outbox_waiting(Store *store, int64_t after, int most, GError **error);
GPtrArray *memory_outbox_after(Store *store, int64_t after, int most, GError **error);
gboolean memory_outbox_head(Store *store, int64_t *sequence, GError **error);
GPtrArray *memory_outbox_dead_letters(Store *store, int most, GError **error);
gboolean memory_outbox_delivered(Store *store, int64_t sequence, int64_t at_s, GError **error);
gboolean memory_outbox_dead(Store *store, int64_t sequence, int64_t at_s, const char *reason, GError **error);
gboolean memory_outbox_revive(Store *store, int64_t *count, GError **error);
GPtrArray *memory_outbox_retained(Store *store, GError **error);
gboolean memory_outbox_counts(Store *store, OutboxCounts *counts, GError **error);

/* memory_service.c */
extern const StoreServiceOps memory_service_ops;

#endif
