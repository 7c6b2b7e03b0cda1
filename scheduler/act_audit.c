/*
 * Looking after the service: who did what, and messages that a broker refused for good.
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

#include <string.h>

enum { LINES_A_PAGE = 100, LOOKED_THROUGH = 5000 };

/* "shift S1" as a whole in "move assign shift S1 worker W2; ..." */
static gboolean is_about(const AuditEntry *entry, const char *shift)
{
    if (!shift)
        return TRUE;
    g_autofree char *named = g_strconcat("shift ", shift, NULL);
    const char *at = strstr(entry->detail, named);
    for (; at; at = strstr(at + 1, named))
        if (strchr(" ;,", at[strlen(named)])) /* its end is one of these, too */
            return TRUE;
    return FALSE;
}

gboolean act_audit(ActRun *run, GError **error)
{
    const char *shift = act_text(run, "shift", NULL);
    int most = (int)act_integer(run, "most", LINES_A_PAGE);
    g_autoptr(GPtrArray) entries = store_load_audit(run->desk->store, shift ? LOOKED_THROUGH : most, error);
    if (!entries)
        return FALSE;
    json_t *list = json_array();
    for (guint i = 0; i < entries->len && json_array_size(list) < (size_t)most; i++) {
        const AuditEntry *entry = g_ptr_array_index(entries, i);
        if (!is_about(entry, shift))
            continue;
        json_t *object = json_object();
        json_put_taken(object, "at", utc_format(entry->at_s / 60));
        json_put(object, "who", json_text(entry->who));
        json_put(object, "what", json_text(entry->what));
        json_put(object, "detail", json_text(entry->detail));
        json_array_append_new(list, object);
    }
    run->answer->body = json_object();
    json_put(run->answer->body, "entries", list);
    return TRUE;
}

gboolean act_dead_letters(ActRun *run, GError **error)
{
    g_autoptr(GPtrArray) letters =
        store_outbox_dead_letters(run->desk->store, (int)act_integer(run, "most", LINES_A_PAGE), error);
    OutboxCounts counts = {0};
    if (!letters || !store_outbox_counts(run->desk->store, &counts, error))
        return FALSE;
    json_t *list = json_array();
    for (guint i = 0; i < letters->len; i++) {
        const DeadLetter *letter = g_ptr_array_index(letters, i);
        json_t *object = json_object();
        json_put(object, "id", json_text(letter->message->id));
        json_put(object, "topic", json_text(letter->message->topic));
        json_put(object, "reason", json_text(letter->reason));
        json_put_taken(object, "at", utc_format(letter->at_s / 60));
        json_array_append_new(list, object);
    }
    run->answer->body = json_object();
    json_put(run->answer->body, "waiting", json_integer(counts.waiting));
    json_put(run->answer->body, "delivered", json_integer(counts.delivered));
    json_put(run->answer->body, "dead", json_integer(counts.dead));
    json_put(run->answer->body, "dead_letters", list);
    return TRUE;
}

gboolean act_dead_letters_retry(ActRun *run, GError **error)
{
    int64_t count = 0;
    if (!act_begin(run, error) || !store_outbox_revive(run->desk->store, &count, error))
        return FALSE;
    run->answer->body = json_object();
    json_put(run->answer->body, "revived", json_integer(count));
    return act_commit(run, error);
}
