/* The language that a worker reads: theirs to choose, wherever they look. */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

gboolean act_language_set(ActRun *run, GError **error)
{
    guint worker = 0;
    if (!act_worker(run, &worker, error))
        return FALSE;
    Worker as = *pool_worker(run->desk->pool, worker);
    as.language = act_text(run, "language", "");
    g_autoptr(Pool) pool = act_with_worker(run->desk->pool, worker, &as, error);
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "language", "worker %s", as.id);
    if (!pool || !act_begin(run, error) || !store_change_pool(run->desk->store, pool, run->desk->pool, audit, error))
        return FALSE;
    json_t *body = run->answer->body = json_object();
    json_put(body, "worker", json_text(as.id));
    json_put(body, "language", json_text(as.language));
    return act_commit(run, error);
}
