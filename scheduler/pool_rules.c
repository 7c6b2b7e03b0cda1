/* Day rules of single workers, in the place of the pool's. */
#include "rooster/pool.h"

#include <string.h>

gboolean pool_add_worker_rule(Pool *pool, guint worker, const WorkerRule *rule, GError **error)
{
    g_assert(!pool->is_closed);
    const GArray *rules = pool_worker(pool, worker)->rules;
    for (guint i = 0; i < rules->len; i++)
        if (strcmp(g_array_index(rules, WorkerRule, i).key, rule->key) == 0) {
            g_set_error(error, POOL_ERROR, POOL_ERROR_INVALID, "column rule: worker %s has %s already",
                        pool_worker(pool, worker)->id, rule->key);
            return FALSE;
        }
    DayRules trial;
    GError *reason = NULL;
    day_rules_init(&trial);
    if (!day_rules_set(&trial, rule->key, rule->value, &reason)) {
        g_set_error(error, POOL_ERROR, POOL_ERROR_INVALID, "column %s: %s",
                    day_rule_is_key(rule->key) ? "value" : "rule", reason->message);
        g_error_free(reason);
        return FALSE;
    }
    WorkerRule copy = {pool_string(pool, rule->key), pool_string(pool, rule->value)};
    g_array_append_val(pool_worker(pool, worker)->rules, copy);
    return TRUE;
}

DayRules pool_worker_day_rules(const Pool *pool, guint worker)
{
    DayRules rules = *profile_day_rules(pool->profile);
    const GArray *own = pool_worker(pool, worker)->rules;
    for (guint i = 0; i < own->len; i++) {
        const WorkerRule *rule = &g_array_index(own, WorkerRule, i);
        gboolean is_taken = day_rules_set(&rules, rule->key, rule->value, NULL);
        g_assert(is_taken);
    }
    return rules;
}

gboolean pool_rules_fit(const Pool *pool, GError **error)
{
    for (guint i = 0; i < pool->workers->len; i++) {
        DayRules rules = pool_worker_day_rules(pool, i);
        if (profile_fits(pool->profile, &rules, error))
            continue;
        g_prefix_error(error, "worker %s: ", pool_worker(pool, i)->id);
        return FALSE;
    }
    return TRUE;
}
