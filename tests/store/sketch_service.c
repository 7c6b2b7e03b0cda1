#include "sketch.h"

#define NOW_S 1795996800

#define HARD " '\"; DROP TABLE cases; --\n\té Ω 🐓 %s \\"

Message *sketch_message(const char *id, const char *topic, const char *correlation)
{
    Message *message = message_new(id, topic, "{\"text\":\"é\"}", FALSE, NOW_S);
    message->correlation = g_strdup(correlation);
    return message;
}

Inquiry sketch_inquiry(const char *payload, const char *correlation)
{
    return (Inquiry){
        .coop = (char *)"Ω 1" HARD, .payload = (char *)payload, .correlation = (char *)correlation, .at_s = NOW_S};
}

Token *sketch_token(const char *name, gboolean is_feed, int64_t created_s)
{
    Token token = {.id = g_strconcat("t-", name, NULL),
                   .hash = token_hash(name),
                   .use = is_feed ? TOKEN_FEED : TOKEN_API,
                   .role = is_feed ? TOKEN_WORKER : TOKEN_PLANNER,
                   .owner = g_strdup(is_feed ? "w1" HARD : ""),
                   .label = g_strdup("phone" HARD),
                   .created_s = created_s};
    return g_memdup2(&token, sizeof token);
}

KeptAnswer sketch_answer(const char *owner, const char *key, int64_t at_s)
{
    return (KeptAnswer){(char *)owner, (char *)key, (char *)"f" HARD, (char *)"{\"answer\":\"" HARD "\"}", at_s};
}

Case *sketch_case(const char *name, CaseKind kind, int64_t created_s)
{
    Case some = {.id = g_strconcat("case-", name, NULL),
                 .kind = kind,
                 .state = CASE_WAITING,
                 .week = WEEK_49,
                 .coop = g_strdup("c0"),
                 .worker = g_strdup("w1" HARD),
                 .shift = g_strdup("s0"),
                 .other = g_strdup(""),
                 .about = g_strdup(""),
                 .created_s = created_s,
                 .changed_s = created_s,
                 .body = g_strdup("{\"why\":\"" HARD "\"}")};
    return g_memdup2(&some, sizeof some);
}

WorkedEntry *sketch_worked(const char *shift, const char *worker, const char *coop, int day)
{
    int64_t start_min = (int64_t)(WEEK_49.monday + day) * 1440 + 8 * 60;
    WorkedEntry entry = {.week = WEEK_49,
                         .shift = g_strdup(shift),
                         .worker = g_strdup(worker),
                         .coop = g_strdup(coop),
                         .start_min = start_min,
                         .end_min = start_min + 480,
                         .break_min = 60,
                         .paid_min = 420,
                         .reason = WORKED_DONE,
                         .note = g_strdup("note" HARD),
                         .by = g_strdup("coop:c0" HARD),
                         .at_s = NOW_S};
    return g_memdup2(&entry, sizeof entry);
}

GPtrArray *sketch_list(gpointer element, GDestroyNotify free)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(free);
    g_ptr_array_add(list, element);
    return list;
}

/* --- as texts */

char *case_text(const Case *some)
{
    return g_strdup_printf("case '%s' %s %s version %d week %d, '%s' '%s' '%s' '%s' '%s', %" G_GINT64_FORMAT
                           " %" G_GINT64_FORMAT " due %" G_GINT64_FORMAT ": %s\n",
                           some->id, case_kind_name(some->kind), case_state_name(some->state), some->version,
                           some->week.monday, some->coop, some->worker, some->shift, some->other, some->about,
                           some->created_s, some->changed_s, some->due_s, some->body);
}

char *token_text(const Token *token)
{
    return g_strdup_printf("token '%s' %s %s %s '%s' '%s' made %" G_GINT64_FORMAT " used %" G_GINT64_FORMAT
                           " revoked %" G_GINT64_FORMAT "\n",
                           token->id, token->hash, token_use_name(token->use), token_role_name(token->role),
                           token->owner, token->label, token->created_s, token->used_s, token->revoked_s);
}

char *worked_text(const GPtrArray *entries)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < entries->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        g_string_append_printf(text,
                               "worked %" G_GINT64_FORMAT " week %d '%s' '%s' '%s' %" G_GINT64_FORMAT
                               "-%" G_GINT64_FORMAT " break %d paid %" G_GINT64_FORMAT " %s",
                               entry->entry, entry->week.monday, entry->shift, entry->worker, entry->coop,
                               entry->start_min, entry->end_min, entry->break_min, entry->paid_min,
                               worked_reason_name(entry->reason));
        g_string_append_printf(text, " disputed %d '%s' reverses %" G_GINT64_FORMAT " by '%s' %" G_GINT64_FORMAT "\n",
                               entry->is_disputed, entry->note, entry->reverses, entry->by, entry->at_s);
    }
    return g_string_free(text, FALSE);
}

static void taken_append(GString *text, char *part)
{
    g_string_append(text, part);
    g_free(part);
}

static void outbox_append(GString *text, Store *store)
{
    g_autoptr(GError) error = NULL;
    int64_t head;
    g_autoptr(GPtrArray) all = store_outbox_after(store, 0, G_MAXINT, &error);
    g_assert_no_error(error);
    g_autofree char *messages = messages_text(all);
    g_autoptr(GPtrArray) dead = store_outbox_dead_letters(store, G_MAXINT, &error);
    g_assert_no_error(error);
    g_assert_true(store_outbox_head(store, &head, &error));
    g_string_append_printf(text, "outbox up to %" G_GINT64_FORMAT ":\n%s", head, messages);
    for (guint i = 0; i < dead->len; i++) {
        const DeadLetter *letter = g_ptr_array_index(dead, i);
        g_string_append_printf(text, "dead %s '%s' %" G_GINT64_FORMAT "\n", letter->message->id, letter->reason,
                               letter->at_s);
    }
    g_autoptr(GPtrArray) inbox = store_inbox_waiting(store, 0, G_MAXINT, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < inbox->len; i++) {
        const Inquiry *inquiry = g_ptr_array_index(inbox, i);
        g_string_append_printf(text, "inquiry %" G_GINT64_FORMAT " '%s' '%s' %s %" G_GINT64_FORMAT "\n",
                               inquiry->sequence, inquiry->coop, inquiry->payload,
                               inquiry->correlation ? inquiry->correlation : "-", inquiry->at_s);
    }
}

static void answers_append(GString *text, Store *store)
{
    static const char *const owners[] = {"a", "b"}, *const keys[] = {"1", "2", "3", "4", "5"};
    for (guint owner = 0; owner < G_N_ELEMENTS(owners); owner++)
        for (guint key = 0; key < G_N_ELEMENTS(keys); key++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(KeptAnswer) answer = store_find_answer(store, owners[owner], keys[key], &error);
            if (answer)
                g_string_append_printf(text, "answer %s %s '%s' %s %" G_GINT64_FORMAT "\n", answer->owner, answer->key,
                                       answer->fingerprint, answer->body, answer->at_s);
            else
                g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
        }
}

char *service_text(Store *store)
{
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new(NULL);
    outbox_append(text, store);
    g_autoptr(GPtrArray) tokens = store_load_tokens(store, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < tokens->len; i++)
        taken_append(text, token_text(g_ptr_array_index(tokens, i)));
    answers_append(text, store);
    const CaseFilter everything = {0};
    g_autoptr(GPtrArray) cases = store_find_cases(store, &everything, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < cases->len; i++)
        taken_append(text, case_text(g_ptr_array_index(cases, i)));
    g_autoptr(GPtrArray) worked = store_load_worked(store, G_MININT64, G_MAXINT64, NULL, NULL, &error);
    g_assert_no_error(error);
    taken_append(text, worked_text(worked));
    return g_string_free(text, FALSE);
}
