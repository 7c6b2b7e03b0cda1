/* Files that are cut short, have bits flipped or lack a table: refused, or every call works or fails with one
 * StoreError. */
#include "contract.h"
#include "fault_case.h"
#include "rooster/store_ops.h"
#include "store/sqlite_store.h"

#include <sqlite3.h>
#include <string.h>

/* Everything is read and something written; each call works or fails with a StoreError. */
static gboolean everything_works(Store *store)
{
    gboolean is_well = TRUE;
    g_autoptr(GError) error = NULL;
#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        gboolean is_done_ = (call);                                                                                    \
        if (!is_done_) {                                                                                               \
            is_well = FALSE;                                                                                           \
            g_assert_nonnull(error);                                                                                   \
            g_assert_true(error->domain == STORE_ERROR);                                                               \
        }                                                                                                              \
        g_clear_error(&error);                                                                                         \
    } while (0)
    g_autoptr(Pool) pool = store_load_pool(store, &error);
    g_autoptr(GPtrArray) events = NULL, waiting = NULL, retained = NULL, audit = NULL, published = NULL;
    OutboxCounts counts;
    TRY(pool != NULL);
    TRY((events = store_load_events(store, FEED_WORKER, NULL, &error)) != NULL);
    TRY((waiting = store_outbox_waiting(store, 0, 1000, &error)) != NULL);
    TRY((retained = store_outbox_retained(store, &error)) != NULL);
    TRY(store_outbox_counts(store, &counts, &error));
    g_autoptr(GPtrArray) all = NULL, dead = NULL, inbox = NULL, tokens = NULL, cases = NULL, worked = NULL;
    g_autoptr(KeptAnswer) answer = NULL;
    int64_t number;
    TRY(store_version(store, &number, &error));
    TRY(store_outbox_head(store, &number, &error));
    TRY((all = store_outbox_after(store, 0, 1000, &error)) != NULL);
    TRY((dead = store_outbox_dead_letters(store, 1000, &error)) != NULL);
    TRY((inbox = store_inbox_waiting(store, 0, 1000, &error)) != NULL);
    TRY((tokens = store_load_tokens(store, &error)) != NULL);
    TRY((answer = store_find_answer(store, "a", "1", &error)) != NULL);
    TRY((cases = store_find_cases(store, &(CaseFilter){0}, &error)) != NULL);
    TRY((worked = store_load_worked(store, 0, G_MAXINT64, NULL, NULL, &error)) != NULL);
    TRY((audit = store_load_audit(store, 1000, &error)) != NULL);
    TRY(store_last_revision(store, WEEK_49, &error) >= 0);
    TRY(store_draft_step(store, WEEK_49, &error) >= 0);
    TRY(sqlite_store_check(store, &error));
    if (pool) {
        g_free(pool_text(pool)); /* touches every byte of it */
        g_autoptr(Roster) draft = NULL, roster = NULL;
        TRY((published = store_load_published(store, pool, &error)) != NULL);
        TRY((draft = store_load_draft(store, pool, WEEK_49, NULL, &error)) != NULL);
        TRY((roster = store_load_published_week(store, pool, WEEK_49, NULL, &error)) != NULL);
    }
    g_autoptr(Pool) other = sketch_pool(2, 2);
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    AuditEntry entry = sketch_audit("import", "over damage");
    TRY(fault_write("undo", store, NULL, &error));
    TRY(fault_write("inquiry", store, NULL, &error));
    TRY(fault_write("token", store, NULL, &error));
    TRY(fault_write("answer", store, NULL, &error));
    TRY(fault_write("hours", store, NULL, &error));
    TRY(store_begin(store, &error));
    TRY(!store->has_begun || fault_write("messages", store, NULL, &error));
    TRY(!store->has_begun || store_commit(store, &error));
    TRY(store_save_pool(store, other, none, FALSE, &entry, &error));
#undef TRY
    return is_well;
}

static void test_truncated(void)
{
    g_autoptr(TestPlace) place = fault_template_new();
    g_autofree char *contents = NULL;
    gsize size;
    g_assert_true(g_file_get_contents(place->path, &contents, &size, NULL));
    for (gsize kept = 0; kept < size; kept += kept < 8192 ? 64 : 1024) {
        g_assert_true(g_file_set_contents(place->path, contents, (gssize)kept, NULL));
        g_autofree char *before = test_place_text(place);
        g_autoptr(GError) error = NULL;
        g_assert_null(sqlite_store_open(place->path, &error));
        g_assert_true(error->domain == STORE_ERROR);
        g_assert_true(error->code == STORE_ERROR_FOREIGN || error->code == STORE_ERROR_CORRUPT);
        g_autofree char *after = test_place_text(place);
        g_assert_cmpstr(after, ==, before);
    }
}

static void test_flipped(void)
{
    g_autoptr(TestPlace) template = fault_template_new();
    g_autofree char *contents = NULL;
    gsize size;
    g_assert_true(g_file_get_contents(template->path, &contents, &size, NULL));
    int refused = 0, noticed = 0, rounds = g_test_thorough() ? 5000 : 500;
    for (int round = 0; round < rounds; round++) {
        g_autoptr(TestPlace) place = test_place_new();
        g_autofree char *damaged = g_memdup2(contents, size);
        /* A bit, several, or a sector of zeros. */
        for (int flips = 1 << (round % 5); flips > 0; flips--)
            damaged[g_test_rand_int_range(0, (gint32)size)] ^= (char)(1 << g_test_rand_int_range(0, 8));
        if (round % 7 == 0)
            memset(damaged + (gsize)g_test_rand_int_range(0, (gint32)(size / 512)) * 512, 0, 512);
        g_assert_true(g_file_set_contents(place->path, damaged, (gssize)size, NULL));
        g_autoptr(GError) error = NULL;
        g_autoptr(Store) store = sqlite_store_open(place->path, &error);
        if (store) {
            noticed += !everything_works(store);
            continue;
        }
        refused++;
        g_assert_true(error->domain == STORE_ERROR);
    }
    g_test_message("%d of %d refused on opening, %d noticed on reading", refused, rounds, noticed);
    g_assert_cmpint(refused, >, rounds / 10);
}

static GPtrArray *table_names(sqlite3 *raw)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *rows = NULL;
    sqlite3_prepare_v2(raw, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", -1,
                       &rows, NULL);
    while (sqlite3_step(rows) == SQLITE_ROW)
        g_ptr_array_add(names, g_strdup((const char *)sqlite3_column_text(rows, 0)));
    sqlite3_finalize(rows);
    return names;
}

/* A table that is gone makes every call that needs it fail, each with one error. */
static void test_missing_tables(void)
{
    g_autoptr(GPtrArray) names = NULL;
    for (guint table = 0; !names || table < names->len; table++) {
        g_autoptr(TestPlace) place = fault_template_new();
        sqlite3 *raw = NULL;
        g_assert_cmpint(sqlite3_open(place->path, &raw), ==, SQLITE_OK);
        if (!names)
            names = table_names(raw);
        g_autofree char *drop = g_strdup_printf("DROP TABLE %s", (const char *)names->pdata[table]);
        g_assert_cmpint(sqlite3_exec(raw, drop, NULL, NULL, NULL), ==, SQLITE_OK);
        sqlite3_close(raw);
        g_autoptr(GError) error = NULL;
        g_autoptr(Store) store = sqlite_store_open(place->path, &error);
        g_test_message("without %s: %s", (const char *)names->pdata[table], store ? "opens" : error->message);
        if (store)
            everything_works(store);
    }
    g_assert_cmpuint(names->len, >, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/damage/a-file-cut-short-is-refused", test_truncated);
    g_test_add_func("/store/damage/flipped-bits-never-crash", test_flipped);
    g_test_add_func("/store/damage/a-table-that-is-gone-is-one-error", test_missing_tables);
    return g_test_run();
}
