/* The disk fails while a store is opened, closed, made, copied, or may not grow: nothing is lost, nothing half made. */
#include "contract.h"
#include "fault_case.h"
#include "fault_vfs.h"
#include "store/sqlite_store.h"

#include <signal.h>
#include <sys/resource.h>

static void test_close(void)
{
    g_autoptr(TestPlace) template = fault_template_new();
    for (int at = 1;; at++) {
        g_autoptr(TestPlace) place = test_place_copy(template);
        Store *store = test_place_open(place->path);
        g_autoptr(Pool) pool = store_load_pool(store, NULL);
        EXPECT_DONE(fault_write("publication", store, pool, &error));
        g_autofree char *expected = store_text(store);
        fault_set((Fault){at, at % 2 == 0, TRUE});
        store_close(store);
        gboolean has_come = fault_end();
        g_autofree char *found = fault_text_of_killed(place);
        g_assert_cmpstr(found, ==, expected);
        if (!has_come)
            break;
    }
}

static void test_open(void)
{
    g_autoptr(TestPlace) template = fault_template_new();
    g_autofree char *expected = fault_text_of_killed(template);
    for (int at = 1;; at++) {
        g_autoptr(TestPlace) place = test_place_copy(template);
        g_autoptr(GError) error = NULL;
        fault_set((Fault){at, FALSE, TRUE});
        g_autoptr(Store) store = sqlite_store_open(place->path, &error);
        gboolean has_come = fault_end();
        if (!store)
            g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
        g_autofree char *found = fault_text_of_killed(place);
        g_assert_cmpstr(found, ==, expected);
        if (!has_come)
            break;
    }
}

static void test_init(void)
{
    int at = 1;
    for (gboolean has_come = TRUE; has_come; at++) {
        g_autoptr(TestPlace) place = test_place_new();
        g_autoptr(GError) error = NULL;
        fault_set((Fault){at, at % 2 == 0, at % 3 == 0});
        gboolean is_done = sqlite_store_init(place->path, &error);
        has_come = fault_end();
        g_autofree char *left = test_place_text(place);
        if (is_done) {
            store_close(test_place_open(place->path));
        } else {
            g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
            g_assert_cmpstr(left, ==, "");
        }
    }
    g_assert_cmpint(at, >, 20);
}

static void test_backup(void)
{
    g_autoptr(TestPlace) template = fault_template_new();
    g_autofree char *expected = fault_text_of_killed(template);
    int at = 1;
    for (gboolean has_come = TRUE; has_come; at++) {
        g_autoptr(TestPlace) place = test_place_copy(template);
        g_autoptr(Store) store = test_place_open(place->path);
        g_autofree char *before = test_place_text(place);
        g_autofree char *path = g_build_filename(place->folder, "copy.db", NULL);
        g_autoptr(GError) failure = NULL;
        fault_set((Fault){at, at % 2 == 0, at % 3 == 0});
        gboolean is_done = store_backup(store, path, &failure);
        has_come = fault_end();
        if (is_done) {
            g_autoptr(Store) copy = test_place_open(path);
            EXPECT_DONE(sqlite_store_check(copy, &error));
            g_autofree char *found = store_text(copy);
            g_assert_cmpstr(found, ==, expected);
        } else {
            g_assert_error(failure, STORE_ERROR, STORE_ERROR_IO);
            g_autofree char *after = test_place_text(place);
            g_assert_cmpstr(after, ==, before);
        }
    }
    g_assert_cmpint(at, >, 10);
}

static void test_file_size_limit(void)
{
    g_autoptr(TestPlace) template = fault_template_new();
    g_autoptr(Store) store = test_place_open(template->path);
    g_autofree char *before = store_text(store);
    g_autoptr(Pool) large = sketch_pool(400, 20);
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    AuditEntry audit = sketch_audit("import", "too much");
    g_autoptr(GError) failure = NULL;

    struct rlimit usual;
    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &usual), ==, 0);
    struct rlimit tight = {64 * 1024, usual.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &tight), ==, 0);
    gboolean is_done = store_save_pool(store, large, none, FALSE, &audit, &failure);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &usual), ==, 0);
    signal(SIGXFSZ, SIG_DFL);

    g_assert_false(is_done);
    g_assert_error(failure, STORE_ERROR, STORE_ERROR_IO);
    g_test_message("%s", failure->message);
    g_autofree char *live = store_text(store), *killed = fault_text_of_killed(template);
    g_assert_cmpstr(live, ==, before);
    g_assert_cmpstr(killed, ==, before);
    EXPECT_DONE(store_save_pool(store, large, none, FALSE, &audit, &error));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fault_vfs_register();
    g_test_add_func("/store/fault/loses-nothing-on-closing", test_close);
    g_test_add_func("/store/fault/changes-nothing-on-opening", test_open);
    g_test_add_func("/store/fault/leaves-no-half-made-store", test_init);
    g_test_add_func("/store/fault/leaves-no-half-made-backup", test_backup);
    g_test_add_func("/store/fault/goes-on-after-a-file-could-not-grow", test_file_size_limit);
    return g_test_run();
}
