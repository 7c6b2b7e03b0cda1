/* Every write and sync of every call fails once: what is left is the state before or the state after, and a StoreError.
 */
#include "contract.h"
#include "fault_case.h"
#include "fault_vfs.h"
#include "store/sqlite_store.h"

#include <string.h>

/* One write with one fault. FALSE when the fault no longer came: there are fewer operations than that. */
static gboolean write_with_fault(const TestPlace *template, const StoreWrite *write, Fault fault, const char *before,
                                 const char *after)
{
    g_autoptr(TestPlace) place = test_place_copy(template);
    g_autoptr(Store) store = test_place_open(place->path);
    g_autoptr(Pool) pool = store_load_pool(store, NULL);
    g_autoptr(GError) failure = NULL;
    fault_set(fault);
    gboolean is_done = write->run(store, pool, &failure);
    gboolean has_come = fault_end();

    g_autofree char *killed = fault_text_of_killed(place), *live = store_text(store);
    if (is_done) {
        g_assert_cmpstr(live, ==, after);
        g_assert_cmpstr(killed, ==, after);
        return has_come;
    }
    g_assert_error(failure, STORE_ERROR, STORE_ERROR_IO);
    g_assert_nonnull(strstr(failure->message, place->path));
    g_assert_cmpstr(live, ==, before);
    /* A sync that failed may have brought the bytes to the disk all the same. */
    g_assert_true(g_str_equal(killed, before) || g_str_equal(killed, after));
    /* The disk is mended: the same store goes on. */
    EXPECT_DONE(write->run(store, pool, &error));
    g_autofree char *again = store_text(store);
    g_assert_cmpstr(again, ==, after);
    return has_come;
}

static void test_writes(void)
{
    g_autoptr(TestPlace) template = fault_template_new();
    g_autofree char *before = fault_text_of_killed(template);
    for (const StoreWrite *write = fault_writes; write->name; write++) {
        g_autoptr(TestPlace) place = test_place_copy(template);
        g_autoptr(Store) store = test_place_open(place->path);
        g_autoptr(Pool) pool = store_load_pool(store, NULL);
        EXPECT_DONE(write->run(store, pool, &error));
        g_autofree char *after = store_text(store);
        g_assert_cmpstr(after, !=, before);
        /* An I/O error once, and a disk that is full from then on; thoroughly, the other two as well. */
        for (int kind = 0; kind < 4; kind += g_test_thorough() ? 1 : 3) {
            int at = 1;
            while (write_with_fault(template, write, (Fault){at, kind & 1, (kind & 2) != 0}, before, after))
                at++;
            g_test_message("%s: %d faults of kind %d", write->name, at - 1, kind);
            g_assert_cmpint(at, >, 2);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fault_vfs_register();
    g_test_add_func("/store/fault/leaves-before-or-after-whatever-write-fails", test_writes);
    return g_test_run();
}
