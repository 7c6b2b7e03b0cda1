/* The service's half of the port: inbox, tokens, kept answers, cases, worked hours. */
#include "rooster/store_ops.h"

Inquiry *inquiry_copy(const Inquiry *inquiry)
{
    Inquiry *copy = g_memdup2(inquiry, sizeof *inquiry);
    copy->coop = g_strdup(inquiry->coop);
    copy->payload = g_strdup(inquiry->payload);
    copy->correlation = g_strdup(inquiry->correlation);
    return copy;
}

void inquiry_free(Inquiry *inquiry)
{
    if (!inquiry)
        return;
    g_free(inquiry->coop);
    g_free(inquiry->payload);
    g_free(inquiry->correlation);
    g_free(inquiry);
}

KeptAnswer *kept_answer_copy(const KeptAnswer *answer)
{
    KeptAnswer *copy = g_memdup2(answer, sizeof *answer);
    copy->owner = g_strdup(answer->owner);
    copy->key = g_strdup(answer->key);
    copy->fingerprint = g_strdup(answer->fingerprint);
    copy->body = g_strdup(answer->body);
    return copy;
}

void kept_answer_free(KeptAnswer *answer)
{
    if (!answer)
        return;
    g_free(answer->owner);
    g_free(answer->key);
    g_free(answer->fingerprint);
    g_free(answer->body);
    g_free(answer);
}

gboolean store_inbox_add(Store *store, const Inquiry *inquiry, int64_t *sequence, GError **error)
{
    return store->ops->service->inbox_add(store, inquiry, sequence, error);
}

GPtrArray *store_inbox_waiting(Store *store, int64_t after, int most, GError **error)
{
    return store->ops->service->inbox_waiting(store, after, most, error);
}

gboolean store_inbox_done(Store *store, int64_t sequence, GError **error)
{
    return store->ops->service->inbox_done(store, sequence, error);
}

gboolean store_add_token(Store *store, const Token *token, const AuditEntry *audit, GError **error)
{
    g_assert(audit && token->created_s > 0);
    return store->ops->service->add_token(store, token, audit, error);
}

Token *store_find_token(Store *store, const char *hash, GError **error)
{
    return store->ops->service->find_token(store, hash, error);
}

GPtrArray *store_load_tokens(Store *store, GError **error)
{
    return store->ops->service->load_tokens(store, error);
}

gboolean store_revoke_token(Store *store, const char *id, int64_t at_s, const AuditEntry *audit, GError **error)
{
    g_assert(audit && at_s > 0);
    return store->ops->service->revoke_token(store, id, at_s, audit, error);
}

gboolean store_touch_tokens(Store *store, const GPtrArray *tokens, GError **error)
{
    return store->ops->service->touch_tokens(store, tokens, error);
}

gboolean store_keep_answer(Store *store, const KeptAnswer *answer, GError **error)
{
    return store->ops->service->keep_answer(store, answer, error);
}

KeptAnswer *store_find_answer(Store *store, const char *owner, const char *key, GError **error)
{
    return store->ops->service->find_answer(store, owner, key, error);
}

gboolean store_forget_answers(Store *store, int64_t before_s, GError **error)
{
    return store->ops->service->forget_answers(store, before_s, error);
}

gboolean store_save_case(Store *store, const Case *some, const AuditEntry *audit, GError **error)
{
    g_assert(some->version >= 0);
    return store->ops->service->save_case(store, some, audit, error);
}

Case *store_load_case(Store *store, const char *id, GError **error)
{
    return store->ops->service->load_case(store, id, error);
}

GPtrArray *store_find_cases(Store *store, const CaseFilter *filter, GError **error)
{
    return store->ops->service->find_cases(store, filter, error);
}

gboolean store_append_worked(Store *store, const GPtrArray *entries, const AuditEntry *audit, GError **error)
{
    for (guint i = 0; i < entries->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        g_assert(entry->end_min > entry->start_min && entry->break_min >= 0);
    }
    return store->ops->service->append_worked(store, entries, audit, error);
}

GPtrArray *store_load_worked(Store *store, int64_t from_min, int64_t until_min, const char *coop, const char *worker,
                             GError **error)
{
    return store->ops->service->load_worked(store, from_min, until_min, coop, worker, error);
}
