#include "place.h"

#include "store/sqlite_store.h"

#include <glib/gstdio.h>
#include <unistd.h>

TestPlace *test_place_new(void)
{
    /* Memory where there is any: the tests force hundreds of files to the disk. */
    const char *base = g_access("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir();
    TestPlace *place = g_new0(TestPlace, 1);
    place->folder = g_build_filename(base, "rooster-store-XXXXXX", NULL);
    g_assert_nonnull(g_mkdtemp(place->folder));
    place->path = g_build_filename(place->folder, "rooster.db", NULL);
    return place;
}

static int name_compare(gconstpointer left, gconstpointer right)
{
    return g_strcmp0(*(char *const *)left, *(char *const *)right);
}

static GPtrArray *names(const TestPlace *place)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) folder = g_dir_open(place->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder));)
        g_ptr_array_add(found, g_strdup(name));
    g_ptr_array_sort(found, name_compare);
    return found;
}

void test_place_free(TestPlace *place)
{
    if (!place)
        return;
    g_autoptr(GPtrArray) found = names(place);
    for (guint i = 0; i < found->len; i++) {
        g_autofree char *path = g_build_filename(place->folder, g_ptr_array_index(found, i), NULL);
        g_remove(path);
    }
    g_rmdir(place->folder);
    g_free(place->folder);
    g_free(place->path);
    g_free(place);
}

Store *test_place_open(const char *path)
{
    g_autoptr(GError) error = NULL;
    Store *store = sqlite_store_open(path, &error);
    g_assert_no_error(error);
    g_assert_nonnull(store);
    return store;
}

Store *test_place_store(const TestPlace *place)
{
    g_autoptr(GError) error = NULL;
    sqlite_store_init(place->path, &error);
    g_assert_no_error(error);
    return test_place_open(place->path);
}

TestPlace *test_place_copy(const TestPlace *place)
{
    TestPlace *copy = test_place_new();
    g_autoptr(GPtrArray) found = names(place);
    for (guint i = 0; i < found->len; i++) {
        const char *name = g_ptr_array_index(found, i);
        g_autofree char *from = g_build_filename(place->folder, name, NULL), *contents = NULL;
        g_autofree char *to = g_build_filename(copy->folder, name, NULL);
        gsize size = 0;
        if (g_str_has_suffix(name, "-shm") || !g_file_get_contents(from, &contents, &size, NULL))
            continue;
        g_assert_true(g_file_set_contents(to, contents, (gssize)size, NULL));
    }
    return copy;
}

char *test_place_text(const TestPlace *place)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GPtrArray) found = names(place);
    for (guint i = 0; i < found->len; i++) {
        const char *name = g_ptr_array_index(found, i);
        g_autofree char *path = g_build_filename(place->folder, name, NULL), *contents = NULL;
        gsize size = 0;
        if (g_str_has_suffix(name, "-shm") || !g_file_get_contents(path, &contents, &size, NULL))
            continue;
        g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)contents, size);
        g_string_append_printf(text, "%s %" G_GSIZE_FORMAT " %s\n", name, size, sum);
    }
    return g_string_free(text, FALSE);
}
