#include "rooster/exchange.h"

G_DEFINE_QUARK(rooster-import-error-quark, import_error)

void pool_import_free(PoolImport *import)
{
    if (!import)
        return;
    pool_free(import->pool);
    g_clear_pointer(&import->rosters, g_ptr_array_unref);
    g_free(import);
}
