/* The service's half of the port: each call is one transaction around the rows of its theme. */
#include "handle.h"
#include "rows.h"

static gboolean audited(Database *database, const AuditEntry *audit, GError **error)
{
    return !audit || audit_rows_append(database, audit, error);
}

/* --- inbox */

static gboolean inbox_add(Store *store, const Inquiry *inquiry, int64_t *sequence, GError **error)
{
    Database *database = database_of(store);
    int64_t given = 0;
    if (!database_begin(database, error) ||
        !database_end(database, inbox_rows_add(database, inquiry, &given, error), error))
        return FALSE;
    *sequence = given;
    return TRUE;
}

static GPtrArray *inbox_waiting(Store *store, int64_t after, int most, GError **error)
{
    return inbox_rows_waiting(database_of(store), after, most, error);
}

static gboolean inbox_done(Store *store, int64_t sequence, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) && database_end(database, inbox_rows_done(database, sequence, error), error);
}

/* --- tokens */

static gboolean add_token(Store *store, const Token *token, const AuditEntry *audit, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) &&
           database_end(database, token_rows_add(database, token, error) && audited(database, audit, error), error);
}

static Token *find_token(Store *store, const char *hash, GError **error)
{
    return token_rows_find(database_of(store), hash, error);
}

static GPtrArray *load_tokens(Store *store, GError **error)
{
    return token_rows_load(database_of(store), error);
}

static gboolean revoke_token(Store *store, const char *id, int64_t at_s, const AuditEntry *audit, GError **error)
{
    Database *database = database_of(store);
    gboolean is_changed = FALSE;
    return database_begin(database, error) && database_end(database,
                                                           token_rows_revoke(database, id, at_s, &is_changed, error) &&
                                                               audited(database, is_changed ? audit : NULL, error),
                                                           error);
}

static gboolean touch_tokens(Store *store, const GPtrArray *tokens, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) && database_end(database, token_rows_touch(database, tokens, error), error);
}

/* --- answers */

static gboolean keep_answer(Store *store, const KeptAnswer *answer, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) && database_end(database, answer_rows_keep(database, answer, error), error);
}

static KeptAnswer *find_answer(Store *store, const char *owner, const char *key, GError **error)
{
    return answer_rows_find(database_of(store), owner, key, error);
}

static gboolean forget_answers(Store *store, int64_t before_s, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) &&
           database_end(database, answer_rows_forget(database, before_s, error), error);
}

/* --- cases */

static gboolean save_case(Store *store, const Case *some, const AuditEntry *audit, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) &&
           database_end(database, case_rows_save(database, some, error) && audited(database, audit, error), error);
}

static Case *load_case(Store *store, const char *id, GError **error)
{
    return case_rows_load(database_of(store), id, error);
}

static GPtrArray *find_cases(Store *store, const CaseFilter *filter, GError **error)
{
    Database *database = database_of(store);
    if (!database_begin_read(database, error))
        return NULL;
    g_autoptr(GPtrArray) cases = case_rows_find(database, filter, error);
    return database_end(database, cases != NULL, error) ? g_steal_pointer(&cases) : NULL;
}

/* --- worked hours */

static gboolean append_worked(Store *store, const GPtrArray *entries, const AuditEntry *audit, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) &&
           database_end(database, worked_rows_append(database, entries, error) && audited(database, audit, error),
                        error);
}

static GPtrArray *load_worked(Store *store, int64_t from_min, int64_t until_min, const char *coop, const char *worker,
                              GError **error)
{
    return worked_rows_load(database_of(store), from_min, until_min, coop, worker, error);
}

const StoreServiceOps sqlite_service_ops = {
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
