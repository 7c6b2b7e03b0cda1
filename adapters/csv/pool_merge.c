/*
 * An import into an earlier pool: what no row of the folder replaces is added after the folder's rows, file by file, so
 * that later files can name it.
 */
#include "pool_reader.h"

static gboolean is_replaced(const PoolReader *reader, char *key)
{
    gboolean is_seen = g_hash_table_contains(reader->seen, key);
    g_free(key);
    return is_seen;
}

/* What the base took may not fit the new settings, such as the breaks a rule profile asks. Takes reason. */
static gboolean refuse_rest(const char *noun, const char *id, GError *reason, GError **error)
{
    fault_set(error, POOL_INI, 0, "%s %s, which the pool has already: %s", noun, id, reason->message);
    g_error_free(reason);
    return FALSE;
}

/* The folder's number of a coop or worker of the base; all of them are there once their file is merged. */
static guint coop_now(const PoolReader *reader, guint coop)
{
    guint now = 0;
    gboolean is_there = pool_find_coop(reader->pool, pool_coop(reader->base, coop)->id, &now);
    g_assert(is_there);
    return now;
}

static guint worker_now(const PoolReader *reader, const Worker *worker)
{
    guint now = 0;
    gboolean is_there = pool_find_worker(reader->pool, worker->id, &now);
    g_assert(is_there);
    return now;
}

static gboolean merge_coops(PoolReader *reader, GError **error)
{
    for (guint number = 0; number < reader->base->coops->len; number++) {
        const Coop *coop = pool_coop(reader->base, number);
        GError *reason = NULL;
        if (!g_hash_table_contains(reader->seen, coop->id) && !pool_add_coop(reader->pool, coop, NULL, &reason))
            return refuse_rest("coop", coop->id, reason, error);
    }
    return TRUE;
}

static gboolean merge_workers(PoolReader *reader, GError **error)
{
    for (guint number = 0; number < reader->base->workers->len; number++) {
        const Worker *worker = pool_worker(reader->base, number);
        GError *reason = NULL;
        if (!g_hash_table_contains(reader->seen, worker->id) && !pool_add_worker(reader->pool, worker, NULL, &reason))
            return refuse_rest("worker", worker->id, reason, error);
    }
    return TRUE;
}

static gboolean merge_shifts(PoolReader *reader, GError **error)
{
    for (guint number = 0; number < reader->base->shifts->len; number++) {
        Shift shift = *pool_shift(reader->base, number);
        GError *reason = NULL;
        if (g_hash_table_contains(reader->seen, shift.id))
            continue;
        shift.coop = coop_now(reader, shift.coop);
        if (!pool_add_shift(reader->pool, &shift, NULL, &reason))
            return refuse_rest("shift", shift.id, reason, error);
    }
    return TRUE;
}

static gboolean merge_certificates(PoolReader *reader, const Worker *worker, GError **reason)
{
    guint now = worker_now(reader, worker);
    for (guint number = 0; number < worker->certificates->len; number++) {
        const Certificate *certificate = &g_array_index(worker->certificates, Certificate, number);
        if (!is_replaced(reader, certificate_key(worker->id, certificate)) &&
            !pool_add_certificate(reader->pool, now, certificate, reason))
            return FALSE;
    }
    return TRUE;
}

static gboolean merge_windows(PoolReader *reader, const Worker *worker, GError **reason)
{
    guint now = worker_now(reader, worker);
    for (guint number = 0; number < worker->windows->len; number++) {
        const Window *window = &g_array_index(worker->windows, Window, number);
        if (!is_replaced(reader, window_key(worker->id, window)) && !pool_add_window(reader->pool, now, window, reason))
            return FALSE;
    }
    return TRUE;
}

static gboolean merge_preferences(PoolReader *reader, const Worker *worker, GError **reason)
{
    guint now = worker_now(reader, worker);
    for (guint number = 0; number < worker->preferences->len; number++) {
        Preference preference = g_array_index(worker->preferences, Preference, number);
        const char *coop = pool_coop(reader->base, preference.coop)->id;
        preference.coop = coop_now(reader, preference.coop);
        if (!is_replaced(reader, preference_key(worker->id, coop)) &&
            !pool_add_preference(reader->pool, now, &preference, reason))
            return FALSE;
    }
    return TRUE;
}

static gboolean merge_worker_rules(PoolReader *reader, const Worker *worker, GError **reason)
{
    guint now = worker_now(reader, worker);
    for (guint number = 0; number < worker->rules->len; number++) {
        const WorkerRule *rule = &g_array_index(worker->rules, WorkerRule, number);
        if (!is_replaced(reader, worker_rule_key(worker->id, rule->key)) &&
            !pool_add_worker_rule(reader->pool, now, rule, reason))
            return FALSE;
    }
    return TRUE;
}

static gboolean merge_history(PoolReader *reader, const Worker *worker, GError **reason)
{
    guint now = worker_now(reader, worker);
    for (guint number = 0; number < worker->history->len; number++) {
        const HistoryPiece *piece = &g_array_index(worker->history, HistoryPiece, number);
        if (!is_replaced(reader, history_key(worker->id, piece)) && !pool_add_history(reader->pool, now, piece, reason))
            return FALSE;
    }
    return TRUE;
}

static gboolean merge_of_workers(PoolReader *reader, gboolean (*merge)(PoolReader *, const Worker *, GError **),
                                 GError **error)
{
    for (guint number = 0; number < reader->base->workers->len; number++) {
        const Worker *worker = pool_worker(reader->base, number);
        GError *reason = NULL;
        if (!merge(reader, worker, &reason))
            return refuse_rest("worker", worker->id, reason, error);
    }
    return TRUE;
}

gboolean merge_rest(PoolReader *reader, PoolFile file, GError **error)
{
    if (!reader->base)
        return TRUE;
    switch (file) {
    case FILE_COOPS:
        return merge_coops(reader, error);
    case FILE_WORKERS:
        return merge_workers(reader, error);
    case FILE_DEMAND:
        return merge_shifts(reader, error);
    case FILE_CERTIFICATES:
        return merge_of_workers(reader, merge_certificates, error);
    case FILE_AVAILABILITY:
        return merge_of_workers(reader, merge_windows, error);
    case FILE_PREFERENCES:
        return merge_of_workers(reader, merge_preferences, error);
    case FILE_WORKER_RULES:
        return merge_of_workers(reader, merge_worker_rules, error);
    case FILE_HISTORY:
        return merge_of_workers(reader, merge_history, error);
    case FILE_ROSTER:
    case FILE_COUNT:
        break;
    }
    return TRUE; /* a pool has no rosters: those of other weeks stay in the store */
}
