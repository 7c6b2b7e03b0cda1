#include "rooster/pool.h"

/* Profile and zone are owned by one pool each, and a profile is what its name and its overrides make it. */
static RuleProfile *profile_again(const RuleProfile *profile, GError **error)
{
    g_autoptr(RuleProfile) again = profile_new(profile_name(profile), error);
    const GPtrArray *overrides = profile_overrides(profile);
    for (guint i = 0; again && i < overrides->len; i++) {
        g_auto(GStrv) pair = g_strsplit(overrides->pdata[i], "=", 2);
        if (!profile_override(again, pair[0], pair[1], error))
            return NULL;
    }
    return g_steal_pointer(&again);
}

Pool *pool_copy_settings(const Pool *pool)
{
    g_autoptr(GError) error = NULL;
    Zone *zone = zone_new(zone_name(pool->zone), &error);
    RuleProfile *profile = zone ? profile_again(pool->profile, &error) : NULL;
    if (!profile) /* the pool itself was made from the same name and keys */
        g_error("a pool's own settings are not accepted again: %s", error->message);
    Pool *copy = pool_new(pool->id, pool->name, zone, profile, &pool->prices);
    copy->accept = pool->accept;
    copy->swaps = pool->swaps;
    return copy;
}

gboolean pool_copy_worker(Pool *copy, const Worker *worker, guint *index, GError **error)
{
    guint added;
    if (!pool_add_worker(copy, worker, &added, error))
        return FALSE;
    gboolean fits = TRUE;
    for (guint i = 0; fits && i < worker->certificates->len; i++)
        fits = pool_add_certificate(copy, added, &g_array_index(worker->certificates, Certificate, i), error);
    for (guint i = 0; fits && i < worker->windows->len; i++)
        fits = pool_add_window(copy, added, &g_array_index(worker->windows, Window, i), error);
    for (guint i = 0; fits && i < worker->preferences->len; i++)
        fits = pool_add_preference(copy, added, &g_array_index(worker->preferences, Preference, i), error);
    for (guint i = 0; fits && i < worker->history->len; i++)
        fits = pool_add_history(copy, added, &g_array_index(worker->history, HistoryPiece, i), error);
    for (guint i = 0; fits && i < worker->rules->len; i++)
        fits = pool_add_worker_rule(copy, added, &g_array_index(worker->rules, WorkerRule, i), error);
    if (index)
        *index = added;
    return fits;
}

static void fits_again(gboolean fits, GError *error)
{
    if (!fits) /* what one pool took, a pool of the same settings takes */
        g_error("a pool's own rows are not accepted again: %s", error->message);
}

static Pool *copy_coops(const Pool *pool)
{
    Pool *copy = pool_copy_settings(pool);
    GError *error = NULL;
    for (guint i = 0; i < pool->coops->len; i++)
        fits_again(pool_add_coop(copy, pool_coop(pool, i), NULL, &error), error);
    return copy;
}

Pool *pool_copy_people(const Pool *pool)
{
    Pool *copy = copy_coops(pool);
    GError *error = NULL;
    for (guint i = 0; i < pool->workers->len; i++)
        fits_again(pool_copy_worker(copy, pool_worker(pool, i), NULL, &error), error);
    return copy;
}

Pool *pool_copy_open(const Pool *pool)
{
    Pool *copy = pool_copy_people(pool);
    GError *error = NULL;
    for (guint i = 0; i < pool->shifts->len; i++)
        fits_again(pool_add_shift(copy, pool_shift(pool, i), NULL, &error), error);
    return copy;
}

/* --- with something otherwise */

static gboolean copy_workers(Pool *copy, const Pool *pool, const PoolChange *change, GError **error)
{
    for (guint i = 0; i < pool->workers->len; i++) {
        Worker worker = *pool_worker(pool, i);
        if (change->windows && i == change->worker)
            worker.windows = (GArray *)change->windows;
        if (!pool_copy_worker(copy, &worker, NULL, error))
            return FALSE;
    }
    return TRUE;
}

static const Shift *change_of(const PoolChange *change, const char *id)
{
    for (guint i = 0; i < change->shift_count; i++)
        if (g_str_equal(change->shifts[i].id, id))
            return &change->shifts[i];
    return NULL;
}

static gboolean copy_shifts(Pool *copy, const Pool *pool, const PoolChange *change, GError **error)
{
    for (guint i = 0; i < pool->shifts->len; i++) {
        const Shift *shift = pool_shift(pool, i), *changed = change_of(change, shift->id);
        if (!pool_add_shift(copy, changed ? changed : shift, NULL, error))
            return FALSE;
    }
    guint known;
    for (guint i = 0; i < change->shift_count; i++)
        if (!pool_find_shift(pool, change->shifts[i].id, &known) &&
            !pool_add_shift(copy, &change->shifts[i], NULL, error))
            return FALSE;
    return TRUE;
}

Pool *pool_copy_changed(const Pool *pool, const PoolChange *change, GError **error)
{
    g_autoptr(Pool) copy = copy_coops(pool);
    if (!copy_workers(copy, pool, change, error) || !copy_shifts(copy, pool, change, error))
        return NULL;
    pool_close(copy);
    return g_steal_pointer(&copy);
}
