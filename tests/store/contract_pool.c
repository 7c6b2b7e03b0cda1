#include "contract.h"
#include "sketch.h"

static void pool_save(ContractFixture *fixture, const Pool *pool, Publication *publication, gboolean is_replace)
{
    g_autoptr(GPtrArray) publications = sketch_publications(publication);
    AuditEntry audit = sketch_audit("import", "again");
    EXPECT_DONE(store_save_pool(fixture->store, pool, publications, is_replace, &audit, &error));
}

static void pool_expect(ContractFixture *fixture, const Pool *pool)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Pool) loaded = store_load_pool(fixture->store, &error);
    g_assert_no_error(error);
    g_assert_true(loaded->is_closed);
    g_autofree char *expected = pool_text(pool), *found = pool_text(loaded);
    g_assert_cmpstr(found, ==, expected);
}

static void pool_take(ContractFixture *fixture, Pool *pool)
{
    pool_free(fixture->pool);
    fixture->pool = pool;
}

static void test_empty(ContractFixture *unused, gconstpointer data)
{
    (void)unused;
    const StoreAdapter *adapter = data;
    ContractFixture empty = {adapter->make(), sketch_pool(1, 1)};
    g_autoptr(GError) error = NULL;
    g_assert_null(store_load_pool(empty.store, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
    contract_expect_draft(&empty, WEEK_49, NULL);
    contract_expect_published(&empty, WEEK_49, 0, NULL);
    g_assert_cmpint(store_last_revision(empty.store, WEEK_49, NULL), ==, 0);
    g_autoptr(GPtrArray) published = store_load_published(empty.store, empty.pool, NULL);
    g_assert_cmpuint(published->len, ==, 0);
    g_autofree char *text = store_text(empty.store);
    g_assert_cmpstr(text, ==, "retained:\n0 waiting, 0 delivered, 0 dead\noutbox up to 0:\n");
    pool_free(empty.pool);
    adapter->remove(empty.store);
}

static void test_exact(ContractFixture *fixture, gconstpointer adapter)
{
    contract_again(fixture, adapter);
    pool_expect(fixture, fixture->pool);
}

static void test_whole_truth(ContractFixture *fixture, gconstpointer adapter)
{
    g_autoptr(Pool) larger = sketch_pool(7, 9), smaller = sketch_pool(2, 1);
    g_autoptr(Pool) without = sketch_without_worker(larger, "w3");
    const Pool *const one_after_another[] = {larger, smaller, without, fixture->pool};
    for (guint i = 0; i < G_N_ELEMENTS(one_after_another); i++) {
        pool_save(fixture, one_after_another[i], NULL, i % 2 == 1);
        contract_again(fixture, adapter);
        pool_expect(fixture, one_after_another[i]);
    }
}

static void pool_change(ContractFixture *fixture, const Pool *pool, const Pool *before)
{
    AuditEntry audit = sketch_audit("shift change", "this and that");
    EXPECT_DONE(store_begin(fixture->store, &error));
    EXPECT_DONE(store_change_pool(fixture->store, pool, before, &audit, &error));
    EXPECT_DONE(store_commit(fixture->store, &error));
}

/* Every step from one pool to another leaves what saving the other whole leaves: rows that came, went, moved, differ.
 */
static void test_changes(ContractFixture *fixture, gconstpointer adapter)
{
    g_autoptr(Pool) larger = sketch_pool(7, 9), smaller = sketch_pool(2, 3);
    g_autoptr(Pool) without = sketch_without_worker(larger, "w3"), later = sketch_with_shift_moved(larger, "s2", 60);
    g_autoptr(Pool) next_week = sketch_with_shift_moved(larger, "s1", 7 * 1440);
    const Pool *const pools[] = {larger, smaller, without, later, next_week};
    const Pool *before = fixture->pool;
    for (guint from = 0; from < G_N_ELEMENTS(pools); from++)
        for (guint to = 0; to < G_N_ELEMENTS(pools); to++) {
            pool_change(fixture, pools[from], before);
            pool_expect(fixture, pools[from]);
            pool_change(fixture, pools[to], pools[from]);
            contract_again(fixture, adapter);
            pool_expect(fixture, pools[to]);
            before = pools[to];
        }
}

static void test_order(ContractFixture *fixture, gconstpointer adapter)
{
    /* The same shifts, one of them last instead of somewhere in the middle. */
    g_autoptr(Pool) without = sketch_without_shift(fixture->pool, "s3");
    Pool *turned = pool_copy_open(without);
    guint index;
    g_assert_true(pool_find_shift(fixture->pool, "s3", &index));
    g_assert_true(pool_add_shift(turned, pool_shift(fixture->pool, index), NULL, NULL));
    pool_close(turned);
    pool_save(fixture, turned, NULL, FALSE);
    contract_again(fixture, adapter);
    pool_expect(fixture, turned);
    pool_free(turned);
}

#define PUBLISHED "s0:w0 s0:w1! s2:w1 s3:w2"
#define DRAFT     "s0:w1 s1:w2! s2:w0 s3:w1"

static void rosters_make(ContractFixture *fixture)
{
    contract_publish(fixture, WEEK_49, 1, PUBLISHED, "one");
    contract_publish(fixture, WEEK_50, 1, "l0:w0 l1:w1", "two");
    contract_step(fixture, WEEK_49, "s0:w1 s2:w1 s3:w1", "first");
    contract_step(fixture, WEEK_49, DRAFT, "second");
}

static void test_rosters_stay(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    pool_take(fixture, sketch_pool(6, 9));
    pool_save(fixture, fixture->pool, NULL, FALSE);
    contract_again(fixture, adapter);
    contract_expect_published(fixture, WEEK_49, 1, PUBLISHED);
    contract_expect_published(fixture, WEEK_50, 1, "l0:w0 l1:w1");
    contract_expect_draft(fixture, WEEK_49, DRAFT);
}

static void test_worker_gone(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    pool_take(fixture, sketch_without_worker(fixture->pool, "w1"));
    pool_save(fixture, fixture->pool, NULL, FALSE);
    contract_again(fixture, adapter);
    contract_expect_published(fixture, WEEK_49, 1, "s0:w0 s3:w2");
    contract_expect_published(fixture, WEEK_50, 1, "l0:w0");
    contract_expect_draft(fixture, WEEK_49, "s1:w2! s2:w0");
    /* Not even undo brings them back, nor does the worker's return. */
    pool_take(fixture, sketch_pool(4, 6));
    pool_save(fixture, fixture->pool, NULL, FALSE);
    contract_expect_draft(fixture, WEEK_49, "s1:w2! s2:w0");
    AuditEntry audit = sketch_audit("undo", "");
    EXPECT_DONE(store_undo_draft(fixture->store, WEEK_49, &audit, NULL, &error));
    contract_expect_draft(fixture, WEEK_49, "");
    contract_expect_published(fixture, WEEK_49, 1, "s0:w0 s3:w2");
}

static void test_shift_gone(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    pool_take(fixture, sketch_without_shift(fixture->pool, "s0"));
    pool_save(fixture, fixture->pool, NULL, FALSE);
    contract_again(fixture, adapter);
    contract_expect_published(fixture, WEEK_49, 1, "s2:w1 s3:w2");
    contract_expect_draft(fixture, WEEK_49, "s1:w2! s2:w0 s3:w1");
}

static void test_shift_moved(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    /* An hour later it is the same shift; a week later it belongs to another roster. */
    pool_take(fixture, sketch_with_shift_moved(fixture->pool, "s2", 60));
    pool_save(fixture, fixture->pool, NULL, FALSE);
    contract_expect_published(fixture, WEEK_49, 1, PUBLISHED);
    pool_take(fixture, sketch_with_shift_moved(fixture->pool, "s2", 7 * 1440));
    pool_save(fixture, fixture->pool, NULL, FALSE);
    contract_again(fixture, adapter);
    contract_expect_published(fixture, WEEK_49, 1, "s0:w0 s0:w1! s3:w2");
    contract_expect_draft(fixture, WEEK_49, "s0:w1 s1:w2! s3:w1");
    pool_expect(fixture, fixture->pool);
}

static void test_bounds(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    PlanFigures draft, published;
    roster_free(store_load_draft(fixture->store, fixture->pool, WEEK_49, &draft, NULL));
    g_assert_true(draft.has_bound);
    pool_save(fixture, fixture->pool, NULL, FALSE);
    contract_again(fixture, adapter);
    AuditEntry audit = sketch_audit("undo", "");
    for (int step = 0; step < 2; step++) {
        roster_free(store_load_draft(fixture->store, fixture->pool, WEEK_49, &draft, NULL));
        g_assert_false(draft.has_bound);
        g_assert_cmpint(draft.bound_cents, ==, 0);
        EXPECT_DONE(store_undo_draft(fixture->store, WEEK_49, &audit, NULL, &error));
    }
    roster_free(store_load_published_week(fixture->store, fixture->pool, WEEK_49, &published, NULL));
    g_assert_true(published.has_bound);
    g_assert_cmpint(published.bound_cents, ==, 1000 - 77);
}

static void test_replace(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    contract_publish(fixture, WEEK_49, 2, "s0:w0", "three");
    contract_step(fixture, WEEK_49, "s1:w1", "third");
    int step = store_draft_step(fixture->store, WEEK_49, NULL);
    g_autoptr(GPtrArray) events = store_load_events(fixture->store, FEED_WORKER, NULL, NULL);
    g_autofree char *events_before = events_text(events);

    pool_save(fixture, fixture->pool, NULL, TRUE);
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) published = store_load_published(fixture->store, fixture->pool, NULL);
    g_assert_cmpuint(published->len, ==, 0);
    contract_expect_draft(fixture, WEEK_49, NULL);
    g_assert_cmpint(store_last_revision(fixture->store, WEEK_49, NULL), ==, 2);
    g_assert_cmpint(store_last_revision(fixture->store, WEEK_50, NULL), ==, 1);
    g_autoptr(GPtrArray) still = store_load_events(fixture->store, FEED_WORKER, NULL, NULL);
    g_autofree char *events_after = events_text(still);
    g_assert_cmpstr(events_after, ==, events_before);

    contract_publish(fixture, WEEK_49, 3, "s0:w3", "four");
    contract_expect_published(fixture, WEEK_49, 3, "s0:w3");
    contract_step(fixture, WEEK_49, "s1:w1", "fourth");
    g_assert_cmpint(store_draft_step(fixture->store, WEEK_49, NULL), >, step);
}

static void test_publications(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    pool_take(fixture, sketch_pool(6, 9));
    pool_save(fixture, fixture->pool, sketch_publication(fixture->pool, WEEK_49, 2, "s8:w5 s0:w0", "import"), FALSE);
    contract_again(fixture, adapter);
    contract_expect_published(fixture, WEEK_49, 2, "s0:w0 s8:w5");
    contract_expect_draft(fixture, WEEK_49, DRAFT);
    g_autoptr(GPtrArray) events = store_load_events(fixture->store, FEED_WORKER, "w5", NULL);
    g_assert_cmpuint(events->len, ==, 1);
    pool_save(fixture, fixture->pool, sketch_publication(fixture->pool, WEEK_49, 3, "s7:w4", "whole"), TRUE);
    contract_expect_published(fixture, WEEK_49, 3, "s7:w4");
    contract_expect_published(fixture, WEEK_50, 0, NULL);
}

static void test_all_or_nothing(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    g_autoptr(Pool) other = sketch_pool(2, 2);
    AuditEntry audit = sketch_audit("import", "refused");
    g_autoptr(GPtrArray) publications = sketch_publications(sketch_publication(other, WEEK_49, 2, "s0:w0", "good"));
    g_ptr_array_add(publications, sketch_publication(other, WEEK_50, 3, "l0:w0", "skips one"));
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT,
                   store_save_pool(fixture->store, other, publications, TRUE, &audit, &error));
    contract_again(fixture, adapter);
    contract_expect_published(fixture, WEEK_49, 1, PUBLISHED);
    pool_expect(fixture, fixture->pool);
}

static void test_audit(ContractFixture *fixture, gconstpointer adapter)
{
    rosters_make(fixture);
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) entries = store_load_audit(fixture->store, 3, NULL);
    g_assert_cmpuint(entries->len, ==, 3);
    static const char *const expected[] = {"second", "first", "two"};
    for (guint i = 0; i < entries->len; i++) {
        const AuditEntry *entry = g_ptr_array_index(entries, i);
        g_assert_cmpstr(entry->detail, ==, expected[i]);
        g_assert_cmpstr(entry->who, ==, "cli:anna");
        g_assert_cmpstr(entry->what, ==, i < 2 ? "assign" : "publish");
        g_assert_cmpint(entry->at_s, >, 1795996800);
    }
    g_autoptr(GPtrArray) all = store_load_audit(fixture->store, 100, NULL);
    g_assert_cmpuint(all->len, ==, 5);
    g_autoptr(GPtrArray) none = store_load_audit(fixture->store, 0, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

const ContractTest contract_pool_tests[] = {
    {"holds-nothing-at-first", test_empty},
    {"gives-back-the-pool-exactly", test_exact},
    {"takes-a-saved-pool-as-the-whole-truth", test_whole_truth},
    {"takes-the-step-from-one-pool-to-another", test_changes},
    {"keeps-the-order-of-a-pool-that-was-turned-around", test_order},
    {"keeps-rosters-when-the-pool-grows", test_rosters_stay},
    {"drops-the-assignments-of-a-worker-who-is-gone", test_worker_gone},
    {"drops-the-assignments-of-a-shift-that-is-gone", test_shift_gone},
    {"drops-the-assignments-of-a-shift-that-moved-to-another-week", test_shift_moved},
    {"forgets-what-was-proven-of-drafts-when-the-pool-changes", test_bounds},
    {"drops-rosters-on-replace-but-goes-on-counting", test_replace},
    {"publishes-along-with-a-pool-and-leaves-drafts-alone", test_publications},
    {"changes-nothing-when-one-of-several-publications-is-refused", test_all_or_nothing},
    {"writes-the-audit-trail-with-the-change", test_audit},
    {0},
};
