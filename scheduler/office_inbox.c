/*
 * What came over a broker is kept in the inbox first, then done as an act of the coop whose topic it came on, and
 * answered through the outbox. Leaving the inbox and the answer are one transaction; a crash before it does the act
 * again with the same key, which has no effect and gives the same answer.
 */
#include "act_parts.h"
#include "json_put.h"
#include "office_parts.h"

#include <stdlib.h>
#include <string.h>

enum { FETCH = 50, KEY_MOST = 200 };

/* One inquiry while it is being answered. */
typedef struct Inquest {
    Office *office;
    int64_t sequence;
    char *coop, *correlation, *key, *name;
    json_t *arguments;
} Inquest;

static void inquest_free(gpointer memory)
{
    Inquest *inquest = memory;
    g_free(inquest->coop);
    g_free(inquest->correlation);
    g_free(inquest->key);
    g_free(inquest->name);
    if (inquest->arguments)
        json_decref(inquest->arguments);
    g_free(inquest);
}

GHashTable *office_inquests_new(void)
{
    return g_hash_table_new_full(NULL, NULL, inquest_free, NULL);
}

static Message *message_of(const Inquest *inquest, json_t *body)
{
    const Office *office = inquest->office;
    char *text = json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(12));
    g_autofree char *id = g_strdup_printf("%s-answer-%" G_GINT64_FORMAT, office->desk.pool->id, inquest->sequence);
    g_autofree char *topic = g_strdup_printf("coop/%s/demand/answer", inquest->coop);
    Message *message = message_new(id, topic, text, FALSE, office_now_s(office));
    message->correlation = g_strdup(inquest->correlation);
    free(text);
    return message;
}

static json_t *body_of(const Inquest *inquest, const ActAnswer *answer, const GError *error)
{
    json_t *body = json_object();
    json_put(body, "kind", json_text("demand_answer"));
    json_put(body, "pool", json_text(inquest->office->desk.pool->id));
    json_put(body, "coop", json_text(inquest->coop));
    json_put(body, "key", inquest->key ? json_text(inquest->key) : json_null());
    json_put(body, "status", json_text(!error ? "done" : error->domain == ACT_ERROR ? "refused" : "failed"));
    json_put(body, "answer", !error && answer->body ? json_incref(answer->body) : json_null());
    json_put(body, "error", error ? json_text(error->message) : json_null());
    json_put(body, "details", answer && answer->details ? json_incref(answer->details) : json_null());
    return body;
}

/* The answer into the outbox, the inquiry out of the inbox. Where that fails, it stays and is done again. */
static gboolean settle(const Inquest *inquest, json_t *body, GError **error)
{
    Store *store = inquest->office->store;
    g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    g_ptr_array_add(messages, message_of(inquest, body));
    if (!store_begin(store, error))
        return FALSE;
    if (store_append_messages(store, messages, error) && store_inbox_done(store, inquest->sequence, error) &&
        store_commit(store, error))
        return TRUE;
    store_rollback(store);
    return FALSE;
}

static void on_done(ActAnswer *answer, const GError *error, gpointer context)
{
    Inquest *inquest = context;
    g_autoptr(GError) reason = NULL;
    json_t *body = body_of(inquest, answer, error);
    if (settle(inquest, body, &reason))
        inquest->office->figures.inbox_answered++;
    else
        g_warning("an answer to coop %s could not be stored: %s", inquest->coop, reason->message);
    office_note_change(inquest->office);
    json_decref(body);
    g_hash_table_remove(inquest->office->inquests, inquest);
}

/* What the payload asks for: the act, with its key taken out of the arguments. NULL with a sentence. */
static const Act *read_payload(Inquest *inquest, const char *payload, GError **error)
{
    json_error_t where;
    json_t *object = inquest->arguments = json_loads(payload, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(object)) {
        act_refuse(error, ACT_ERROR_INVALID, "not a JSON object: %s", object ? "something else" : where.text);
        return NULL;
    }
    const char *key = json_string_value(json_object_get(object, "key"));
    const char *kind = json_string_value(json_object_get(object, "kind"));
    if (!key || !*key || strlen(key) > KEY_MOST) {
        act_refuse(error, ACT_ERROR_INVALID, "/key: missing; it is a text of at most %d bytes, new for each spike",
                   KEY_MOST);
        return NULL;
    }
    const Act *act = act_find(kind ? kind : "spike");
    if (!act || (!g_str_equal(act->name, "spike") && !g_str_equal(act->name, "spike_cancel"))) {
        act_refuse(error, ACT_ERROR_INVALID, "/kind: neither spike nor spike_cancel");
        return NULL;
    }
    inquest->key = g_strdup(key);
    json_object_del(object, "key");
    json_object_del(object, "kind");
    return act;
}

static void answer_one(Office *office, const Inquiry *inquiry)
{
    Inquest *inquest = g_new0(Inquest, 1);
    g_autoptr(GError) error = NULL;
    *inquest = (Inquest){.office = office,
                         .sequence = inquiry->sequence,
                         .coop = g_strdup(inquiry->coop),
                         .correlation = g_strdup(inquiry->correlation),
                         .name = g_strdup_printf("coop:%s", inquiry->coop)};
    g_hash_table_add(office->inquests, inquest);
    const Act *act = read_payload(inquest, inquiry->payload, &error);
    if (!act) {
        ActAnswer none = {.version = -1};
        on_done(&none, error, inquest);
        return;
    }
    OfficeCall call = {.act = act,
                       .actor = {ACTOR_COOP, inquest->coop, inquest->name},
                       .arguments = inquest->arguments,
                       .key = inquest->key,
                       .version = -1,
                       .done = on_done,
                       .context = inquest};
    office_call(office, &call);
}

void office_answer_inbox(Office *office)
{
    g_autoptr(GPtrArray) waiting = store_inbox_waiting(office->store, office->inbox_taken, FETCH, NULL);
    for (guint i = 0; waiting && i < waiting->len; i++) {
        const Inquiry *inquiry = g_ptr_array_index(waiting, i);
        office->inbox_taken = inquiry->sequence;
        answer_one(office, inquiry);
    }
}

gboolean office_take(Office *office, const char *coop, const char *payload, const char *correlation, GError **error)
{
    int64_t sequence = 0;
    Inquiry inquiry = {.coop = (char *)coop,
                       .payload = (char *)payload,
                       .correlation = (char *)correlation,
                       .at_s = office_now_s(office)};
    if (!store_inbox_add(office->store, &inquiry, &sequence, error))
        return FALSE;
    office_answer_inbox(office);
    return TRUE;
}
