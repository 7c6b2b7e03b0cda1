#include "shared.h"

char *test_shared(const char *below)
{
    const char *root = g_getenv("ROOSTER_SHARED");
    char *path = g_build_filename(root ? root : "../shared", below, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return path;
    g_autofree char *reason = g_strdup_printf("%s is not there", path);
    g_test_skip(reason);
    g_free(path);
    return NULL;
}
