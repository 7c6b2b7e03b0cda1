#include "desk_case.h"

#include "memory_store.h"

const Actor case_planner = {ACTOR_PLANNER, "", "planner:t1"}, case_worker = {ACTOR_WORKER, "w0", "worker:w0"},
            case_coop = {ACTOR_COOP, "c0", "coop:c0"};

void case_disturb(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Pool) pool = sketch_pool(4, 6);
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    AuditEntry audit = sketch_audit("import", "once more");
    store_save_pool(store, pool, none, FALSE, &audit, &error);
    g_assert_no_error(error);
}

void desk_case_open(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    g_autoptr(GError) error = NULL;
    test->store = memory_store_new();
    case_disturb(test->store);
    desk_open(&test->desk, test->store, CASE_NOW_S, &error);
    g_assert_no_error(error);
}

void desk_case_close(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    desk_clear(&test->desk);
    store_close(test->store);
}

json_t *case_json(const char *text)
{
    json_error_t where;
    json_t *object = json_loads(text, 0, &where);
    if (!object)
        g_error("%s: %s", text, where.text);
    return object;
}

guint case_messages(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) messages = store_outbox_after(store, 0, 1000, &error);
    g_assert_no_error(error);
    return messages->len;
}
