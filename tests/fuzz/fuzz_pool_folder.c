/* A pool folder, all its files in one input (pool_texts.h); what is read must write and read back the same. */
#include "fuzz.h"

#include "pool_equal.h"
#include "pool_texts.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_autoptr(GHashTable) texts = pool_texts_good();
    g_autoptr(GError) error = NULL;
    pool_texts_add(texts, (const char *)bytes, size);
    g_autoptr(PoolImport) import = pool_texts_read(texts, NULL, &error);
    g_assert_true((import == NULL) == (error != NULL));
    if (!import) {
        g_assert_true(g_utf8_validate(error->message, -1, NULL) && strchr(error->message, '\n') == NULL);
        return 0;
    }
    g_autoptr(GHashTable) written = pool_texts_write(import->pool, import->rosters);
    g_autoptr(PoolImport) again = pool_texts_read(written, NULL, &error);
    g_assert_no_error(error);
    assert_no_difference(pool_difference(import->pool, again->pool));
    assert_no_difference(rosters_difference(import->rosters, again->rosters));
    g_autoptr(PoolImport) merged = pool_texts_read(texts, import->pool, &error);
    g_assert_no_error(error);
    assert_no_difference(pool_difference(import->pool, merged->pool));
    return 0;
}
