#include "memory_handle.h"

#include <string.h>

/* The element whose text at `offset` is `text`; NULL if there is none. */
static gpointer find(const GPtrArray *elements, gsize offset, const char *text)
{
    for (guint i = 0; i < elements->len; i++) {
        gpointer element = g_ptr_array_index(elements, i);
        if (g_str_equal(G_STRUCT_MEMBER(char *, element, offset), text))
            return element;
    }
    return NULL;
}

#define FIND(elements, type, member, text) ((type *)find(elements, G_STRUCT_OFFSET(type, member), text))

/* --- inbox */

static gboolean inbox_add(Store *store, const Inquiry *inquiry, int64_t *sequence, GError **error)
{
    (void)error;
    MemoryState *state = memory_state_copy(state_of(store));
    Inquiry *kept = inquiry_copy(inquiry);
    *sequence = kept->sequence = ++state->last_inquiry;
    g_ptr_array_add(state->inbox, kept);
    return memory_settle(store, state, TRUE, NULL);
}

static GPtrArray *inbox_waiting(Store *store, int64_t after, int most, GError **error)
{
    (void)error;
    const MemoryState *state = state_of(store);
    GPtrArray *inquiries = g_ptr_array_new_with_free_func((GDestroyNotify)inquiry_free);
    for (guint i = 0; i < state->inbox->len && (int)inquiries->len < most; i++) {
        const Inquiry *inquiry = g_ptr_array_index(state->inbox, i);
        if (inquiry->sequence > after)
            g_ptr_array_add(inquiries, inquiry_copy(inquiry));
    }
    return inquiries;
}

static gboolean inbox_done(Store *store, int64_t sequence, GError **error)
{
    (void)error;
    MemoryState *state = memory_state_copy(state_of(store));
    for (guint i = 0; i < state->inbox->len; i++) {
        const Inquiry *inquiry = g_ptr_array_index(state->inbox, i);
        if (inquiry->sequence == sequence) {
            g_ptr_array_remove_index(state->inbox, i);
            break;
        }
    }
    return memory_settle(store, state, TRUE, NULL);
}

/* --- tokens */

static gboolean add_token(Store *store, const Token *token, const AuditEntry *audit, GError **error)
{
    const MemoryState *now = state_of(store);
    if (FIND(now->tokens, Token, id, token->id) || FIND(now->tokens, Token, hash, token->hash))
        return FAIL(CONFLICT, "token %s is there already", token->id);
    MemoryState *state = memory_state_copy(now);
    g_ptr_array_add(state->tokens, token_copy(token));
    return memory_settle(store, state, TRUE, audit);
}

static Token *find_token(Store *store, const char *hash, GError **error)
{
    const Token *token = FIND(state_of(store)->tokens, Token, hash, hash);
    if (!token)
        SAY(NOT_FOUND, "there is no such token");
    return token ? token_copy(token) : NULL;
}

static int token_compare(gconstpointer left, gconstpointer right)
{
    const Token *a = *(Token *const *)left, *b = *(Token *const *)right;
    if (a->created_s != b->created_s)
        return a->created_s < b->created_s ? -1 : 1;
    return strcmp(a->id, b->id);
}

static GPtrArray *load_tokens(Store *store, GError **error)
{
    (void)error;
    const GPtrArray *all = state_of(store)->tokens;
    GPtrArray *tokens = g_ptr_array_new_with_free_func((GDestroyNotify)token_free);
    for (guint i = 0; i < all->len; i++)
        g_ptr_array_add(tokens, token_copy(g_ptr_array_index(all, i)));
    g_ptr_array_sort(tokens, token_compare);
    return tokens;
}

static gboolean revoke_token(Store *store, const char *id, int64_t at_s, const AuditEntry *audit, GError **error)
{
    const Token *found = FIND(state_of(store)->tokens, Token, id, id);
    if (!found)
        return FAIL(NOT_FOUND, "there is no token %s", id);
    if (found->revoked_s)
        return TRUE;
    MemoryState *state = memory_state_copy(state_of(store));
    FIND(state->tokens, Token, id, id)->revoked_s = at_s;
    return memory_settle(store, state, TRUE, audit);
}

static gboolean touch_tokens(Store *store, const GPtrArray *tokens, GError **error)
{
    (void)error;
    MemoryState *state = memory_state_copy(state_of(store));
    for (guint i = 0; i < tokens->len; i++) {
        const Token *touched = g_ptr_array_index(tokens, i);
        Token *token = FIND(state->tokens, Token, id, touched->id);
        if (token && touched->used_s && (!token->used_s || token->used_s < touched->used_s))
            token->used_s = touched->used_s;
    }
    return memory_settle(store, state, TRUE, NULL);
}

/* --- answers */

static const KeptAnswer *answer_of(Store *store, const char *owner, const char *key)
{
    const GPtrArray *answers = state_of(store)->answers;
    for (guint i = 0; i < answers->len; i++) {
        const KeptAnswer *answer = g_ptr_array_index(answers, i);
        if (g_str_equal(answer->owner, owner) && g_str_equal(answer->key, key))
            return answer;
    }
    return NULL;
}

static gboolean keep_answer(Store *store, const KeptAnswer *answer, GError **error)
{
    if (answer_of(store, answer->owner, answer->key))
        return FAIL(CONFLICT, "%s has an answer to %s", answer->owner, answer->key);
    MemoryState *state = memory_state_copy(state_of(store));
    g_ptr_array_add(state->answers, kept_answer_copy(answer));
    return memory_settle(store, state, TRUE, NULL);
}

static KeptAnswer *find_answer(Store *store, const char *owner, const char *key, GError **error)
{
    const KeptAnswer *answer = answer_of(store, owner, key);
    if (!answer)
        SAY(NOT_FOUND, "%s has no answer to %s", owner, key);
    return answer ? kept_answer_copy(answer) : NULL;
}

static gboolean forget_answers(Store *store, int64_t before_s, GError **error)
{
    (void)error;
    MemoryState *state = memory_state_copy(state_of(store));
    for (guint i = state->answers->len; i-- > 0;) {
        const KeptAnswer *answer = g_ptr_array_index(state->answers, i);
        if (answer->at_s < before_s)
            g_ptr_array_remove_index(state->answers, i);
    }
    return memory_settle(store, state, TRUE, NULL);
}

/* --- cases */

static gboolean save_case(Store *store, const Case *some, const AuditEntry *audit, GError **error)
{
    const Case *old = FIND(state_of(store)->cases, Case, id, some->id);
    if ((old ? old->version : 0) != some->version ||
        (old && (old->kind != some->kind || old->created_s != some->created_s)))
        return FAIL(CONFLICT, "case %s is another one by now", some->id);
    MemoryState *state = memory_state_copy(state_of(store));
    if (old)
        g_ptr_array_remove(state->cases, FIND(state->cases, Case, id, some->id));
    Case *kept = case_copy(some);
    kept->version++;
    g_ptr_array_add(state->cases, kept);
    return memory_settle(store, state, TRUE, audit);
}

static Case *load_case(Store *store, const char *id, GError **error)
{
    const Case *some = FIND(state_of(store)->cases, Case, id, id);
    if (!some)
        SAY(NOT_FOUND, "there is no case %s", id);
    return some ? case_copy(some) : NULL;
}

static gboolean text_passes(const char *wanted, const char *text)
{
    return !wanted || g_str_equal(wanted, text);
}

static gboolean case_passes(const CaseFilter *filter, const Case *some)
{
    return (!filter->kinds || filter->kinds & 1U << some->kind) &&
           (!filter->states || filter->states & 1U << some->state) &&
           (!filter->has_week || filter->week.monday == some->week.monday) && text_passes(filter->coop, some->coop) &&
           text_passes(filter->shift, some->shift) && text_passes(filter->about, some->about) &&
           (text_passes(filter->worker, some->worker) || text_passes(filter->worker, some->other)) &&
           (!filter->due_before_s || (some->due_s && some->due_s < filter->due_before_s));
}

static int case_compare(gconstpointer left, gconstpointer right)
{
    const Case *a = *(Case *const *)left, *b = *(Case *const *)right;
    if (a->created_s != b->created_s)
        return a->created_s < b->created_s ? -1 : 1;
    return strcmp(a->id, b->id);
}

static GPtrArray *find_cases(Store *store, const CaseFilter *filter, GError **error)
{
    const GPtrArray *all = state_of(store)->cases;
    const Case *last = filter->after ? FIND(all, Case, id, filter->after) : NULL;
    if (filter->after && !last) {
        SAY(NOT_FOUND, "there is no case %s", filter->after);
        return NULL;
    }
    GPtrArray *cases = g_ptr_array_new_with_free_func((GDestroyNotify)case_free);
    for (guint i = 0; i < all->len; i++) {
        const Case *some = g_ptr_array_index(all, i);
        if (case_passes(filter, some) && (!last || case_compare(&some, &last) > 0))
            g_ptr_array_add(cases, case_copy(some));
    }
    g_ptr_array_sort(cases, case_compare);
    if (filter->most > 0 && cases->len > (guint)filter->most)
        g_ptr_array_set_size(cases, filter->most);
    return cases;
}

/* --- worked hours */

static gboolean is_taken_back(const GPtrArray *worked, int64_t entry)
{
    for (guint i = 0; i < worked->len; i++)
        if (((const WorkedEntry *)g_ptr_array_index(worked, i))->reverses == entry)
            return TRUE;
    return FALSE;
}

static gboolean reversal_fits(const GPtrArray *worked, const WorkedEntry *reversal)
{
    if (reversal->reverses < 1 || reversal->reverses > worked->len || is_taken_back(worked, reversal->reverses))
        return FALSE;
    const WorkedEntry *entry = g_ptr_array_index(worked, reversal->reverses - 1);
    if (entry->reverses)
        return FALSE;
    g_autoptr(WorkedEntry) right = worked_entry_reversal(entry, "", "", 0);
    return right->week.monday == reversal->week.monday && g_str_equal(right->shift, reversal->shift) &&
           g_str_equal(right->worker, reversal->worker) && g_str_equal(right->coop, reversal->coop) &&
           right->start_min == reversal->start_min && right->end_min == reversal->end_min &&
           right->break_min == reversal->break_min && right->paid_min == reversal->paid_min &&
           right->reason == reversal->reason && right->is_disputed == reversal->is_disputed;
}

static gboolean entry_fits(const GPtrArray *worked, const WorkedEntry *entry)
{
    for (guint i = 0; i < worked->len; i++) {
        const WorkedEntry *other = g_ptr_array_index(worked, i);
        if (!other->reverses && other->reason == entry->reason && g_str_equal(other->shift, entry->shift) &&
            g_str_equal(other->worker, entry->worker) && !is_taken_back(worked, other->entry))
            return FALSE;
    }
    return TRUE;
}

static gboolean append_worked(Store *store, const GPtrArray *entries, const AuditEntry *audit, GError **error)
{
    MemoryState *state = memory_state_copy(state_of(store));
    gboolean is_done = TRUE;
    for (guint i = 0; is_done && i < entries->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        is_done = (entry->reverses ? reversal_fits : entry_fits)(state->worked, entry);
        if (!is_done)
            SAY(CONFLICT, "shift %s, worker %s: the ledger has it otherwise", entry->shift, entry->worker);
        WorkedEntry *kept = worked_entry_copy(entry);
        kept->is_disputed = entry->is_disputed ? TRUE : FALSE;
        kept->entry = state->worked->len + 1;
        g_ptr_array_add(state->worked, kept);
    }
    return memory_settle(store, state, is_done, audit);
}

static GPtrArray *load_worked(Store *store, int64_t from_min, int64_t until_min, const char *coop, const char *worker,
                              GError **error)
{
    (void)error;
    const GPtrArray *worked = state_of(store)->worked;
    GPtrArray *entries = g_ptr_array_new_with_free_func((GDestroyNotify)worked_entry_free);
    for (guint i = 0; i < worked->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(worked, i);
        if (entry->start_min >= from_min && entry->start_min < until_min && text_passes(coop, entry->coop) &&
            text_passes(worker, entry->worker))
            g_ptr_array_add(entries, worked_entry_copy(entry));
    }
    return entries;
}

const StoreServiceOps memory_service_ops = {
    .inbox_add = inbox_add,
    .inbox_waiting = inbox_waiting,
    .inbox_done = inbox_done,
    .add_token = add_token,
    .find_token = find_token,
    .load_tokens = load_tokens,
    .revoke_token = revoke_token,
    .touch_tokens = touch_tokens,
    .keep_answer = keep_answer,
    .find_answer = find_answer,
    .forget_answers = forget_answers,
    .save_case = save_case,
    .load_case = load_case,
    .find_cases = find_cases,
    .append_worked = append_worked,
    .load_worked = load_worked,
};
