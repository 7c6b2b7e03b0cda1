#include "rooster/exchange.h"

G_DEFINE_QUARK(rooster - import - error - quark, import_error)

void pool_import_free(PoolImport *import)
{
    if (!import)
        return;
    pool_free(import->pool);
    g_clear_pointer(&import->rosters, g_ptr_array_unref);
    g_free(import);
}

void calendar_instance_free(CalendarInstance *instance)
{
    if (!instance)
        return;
    g_free(instance->uid);
    g_free(instance->summary);
    g_free(instance->description);
    g_free(instance->location);
    g_free(instance->category);
    g_free(instance);
}
