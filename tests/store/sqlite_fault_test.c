/* Every write and sync of every call fails once: what is left is the state before or the state after, and a StoreError.
 */
#include "contract.h"
#include "fault_vfs.h"
#include "place.h"
#include "rooster/store_ops.h"
#include "sketch.h"
#include "store/sqlite_store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* Something in every table of the service, so that the last page of the file is no empty one. */
static void service_fill(Store *store)
{
    AuditEntry audit = sketch_audit("service", "fill");
    Inquiry inquiry = sketch_inquiry("{}", "aGk=");
    KeptAnswer answer = sketch_answer("a", "1", 50);
    g_autoptr(Token) token = sketch_token("one", TRUE, 5);
    g_autoptr(Case) some = sketch_case("one", CASE_OFFER, 100);
    g_autoptr(GPtrArray) worked = sketch_list(sketch_worked("s0", "w0", "c0", 0), (GDestroyNotify)worked_entry_free);
    int64_t sequence;
    EXPECT_DONE(store_inbox_add(store, &inquiry, &sequence, &error));
    EXPECT_DONE(store_keep_answer(store, &answer, &error));
    EXPECT_DONE(store_add_token(store, token, &audit, &error));
    some->due_s = 200;
    case_set(&some->about, "case-zero");
    EXPECT_DONE(store_save_case(store, some, &audit, &error));
    EXPECT_DONE(store_append_worked(store, worked, &audit, &error));
}

static TestPlace *template_new(void)
{
    TestPlace *place = test_place_new();
    ContractFixture fixture = {test_place_store(place), sketch_pool(4, 6)};
    g_autoptr(GPtrArray) publications =
        sketch_publications(sketch_publication(fixture.pool, WEEK_49, 1, "s0:w0 s1:w1!", "a"));
    AuditEntry audit = sketch_audit("import", "examples");
    EXPECT_DONE(store_save_pool(fixture.store, fixture.pool, publications, FALSE, &audit, &error));
    g_autoptr(Roster) draft = sketch_roster(fixture.pool, WEEK_49, ROSTER_DRAFT, 0, "s0:w0 s1:w2!");
    PlanFigures figures = sketch_figures(500);
    EXPECT_DONE(store_save_draft(fixture.store, fixture.pool, draft, &figures, "{\"lines\":[]}", 0, &audit, &error));
    EXPECT_DONE(store_outbox_dead(fixture.store, 1, 5, "refused", &error));
    service_fill(fixture.store);
    pool_free(fixture.pool);
    store_close(fixture.store);
    return place;
}

/* --- the calls that write */

static gboolean write_pool(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    g_autoptr(Pool) other = sketch_pool(6, 9);
    g_autoptr(GPtrArray) publications = sketch_publications(sketch_publication(other, WEEK_50, 1, "l8:w5", "b"));
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"import", (char *)"more"};
    return store_save_pool(store, other, publications, FALSE, &audit, error);
}

static gboolean write_publication(Store *store, const Pool *pool, GError **error)
{
    g_autoptr(Publication) publication = sketch_publication(pool, WEEK_49, 2, "s2:w0 s3:w1", "b");
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"publish", (char *)"week"};
    return store_publish(store, pool, publication, &audit, error);
}

static gboolean write_draft(Store *store, const Pool *pool, GError **error)
{
    g_autoptr(Roster) draft = sketch_roster(pool, WEEK_49, ROSTER_DRAFT, 0, "s0:w3");
    PlanFigures figures = sketch_figures(5);
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"assign", (char *)"s0 w3"};
    return store_save_draft(store, pool, draft, &figures, "{}", 1, &audit, error);
}

static gboolean write_undo(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"undo", (char *)""};
    return store_undo_draft(store, WEEK_49, &audit, NULL, error);
}

static gboolean write_delivery(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    return store_outbox_delivered(store, 2, 9, error);
}

static gboolean write_revival(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    int64_t count;
    return store_outbox_revive(store, &count, error);
}

static gboolean write_messages(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    g_autoptr(GPtrArray) messages = sketch_list(sketch_message("m", "t", "aGk="), (GDestroyNotify)message_free);
    return store_append_messages(store, messages, error);
}

static gboolean write_inquiry(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    int64_t sequence;
    Inquiry inquiry = sketch_inquiry("{\"more\":1}", NULL);
    return store_inbox_add(store, &inquiry, &sequence, error);
}

static gboolean write_token(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    g_autoptr(Token) token = sketch_token("two", FALSE, 6);
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"token", (char *)"create"};
    return store_add_token(store, token, &audit, error);
}

static gboolean write_revocation(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"token", (char *)"revoke"};
    return store_revoke_token(store, "t-one", 9, &audit, error);
}

static gboolean write_touch(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    Token *token = sketch_token("one", TRUE, 5);
    token->used_s = 8;
    g_autoptr(GPtrArray) tokens = sketch_list(token, (GDestroyNotify)token_free);
    return store_touch_tokens(store, tokens, error);
}

static gboolean write_answer(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    KeptAnswer answer = sketch_answer("b", "2", 60);
    return store_keep_answer(store, &answer, error);
}

static gboolean write_case(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    AuditEntry audit = {77, (char *)"worker:w1", (char *)"accept", (char *)"one"};
    g_autoptr(Case) some = store_load_case(store, "case-one", NULL);
    some->state = CASE_ACCEPTED;
    return store_save_case(store, some, &audit, error);
}

static gboolean write_hours(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    AuditEntry audit = {77, (char *)"coop:c0", (char *)"confirm", (char *)"s1"};
    g_autoptr(GPtrArray) worked = sketch_list(sketch_worked("s1", "w1", "c0", 1), (GDestroyNotify)worked_entry_free);
    return store_append_worked(store, worked, &audit, error);
}

/* All that an answered inquiry does, with a publication in the middle; a refused part in it does no harm. */
static gboolean write_transaction(Store *store, const Pool *pool, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    KeptAnswer twice = sketch_answer("a", "1", 50);
    g_autoptr(GError) refusal = NULL;
    gboolean is_done = write_case(store, pool, error) && write_publication(store, pool, error) &&
                       !store_keep_answer(store, &twice, &refusal);
    if (refusal && !g_error_matches(refusal, STORE_ERROR, STORE_ERROR_CONFLICT)) {
        g_propagate_error(error, g_steal_pointer(&refusal));
        is_done = FALSE;
    }
    is_done = is_done && write_answer(store, pool, error) && write_messages(store, pool, error) &&
              store_inbox_done(store, 1, error) && write_touch(store, pool, error);
    if (is_done)
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

static const struct StoreWrite {
    const char *name;
    gboolean (*run)(Store *store, const Pool *pool, GError **error);
} writes[] = {
    {"pool", write_pool},
    {"publication", write_publication},
    {"draft", write_draft},
    {"undo", write_undo},
    {"delivery", write_delivery},
    {"revival", write_revival},
    {"messages", write_messages},
    {"inquiry", write_inquiry},
    {"token", write_token},
    {"revocation", write_revocation},
    {"touch", write_touch},
    {"answer", write_answer},
    {"case", write_case},
    {"hours", write_hours},
    {"transaction", write_transaction},
};

static char *text_of_killed(const TestPlace *place)
{
    g_autoptr(TestPlace) killed = test_place_copy(place);
    g_autoptr(Store) store = test_place_open(killed->path);
    EXPECT_DONE(sqlite_store_check(store, &error));
    return store_text(store);
}

/* One write with one fault. FALSE when the fault no longer came: there are fewer operations than that. */
static gboolean write_with_fault(const TestPlace *template, const struct StoreWrite *write, Fault fault,
                                 const char *before, const char *after)
{
    g_autoptr(TestPlace) place = test_place_copy(template);
    g_autoptr(Store) store = test_place_open(place->path);
    g_autoptr(Pool) pool = store_load_pool(store, NULL);
    g_autoptr(GError) failure = NULL;
    fault_set(fault);
    gboolean is_done = write->run(store, pool, &failure);
    gboolean has_come = fault_end();

    g_autofree char *killed = text_of_killed(place), *live = store_text(store);
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
    g_autoptr(TestPlace) template = template_new();
    g_autofree char *before = text_of_killed(template);
    for (guint i = 0; i < G_N_ELEMENTS(writes); i++) {
        g_autoptr(TestPlace) place = test_place_copy(template);
        g_autoptr(Store) store = test_place_open(place->path);
        g_autoptr(Pool) pool = store_load_pool(store, NULL);
        EXPECT_DONE(writes[i].run(store, pool, &error));
        g_autofree char *after = store_text(store);
        g_assert_cmpstr(after, !=, before);
        /* An I/O error once, and a disk that is full from then on; thoroughly, the other two as well. */
        for (int kind = 0; kind < 4; kind += g_test_thorough() ? 1 : 3) {
            int at = 1;
            while (write_with_fault(template, &writes[i], (Fault){at, kind & 1, (kind & 2) != 0}, before, after))
                at++;
            g_test_message("%s: %d faults of kind %d", writes[i].name, at - 1, kind);
            g_assert_cmpint(at, >, 2);
        }
    }
}

/* --- opening, closing, making, copying */

static void test_close(void)
{
    g_autoptr(TestPlace) template = template_new();
    for (int at = 1;; at++) {
        g_autoptr(TestPlace) place = test_place_copy(template);
        Store *store = test_place_open(place->path);
        g_autoptr(Pool) pool = store_load_pool(store, NULL);
        EXPECT_DONE(write_publication(store, pool, &error));
        g_autofree char *expected = store_text(store);
        fault_set((Fault){at, at % 2 == 0, TRUE});
        store_close(store);
        gboolean has_come = fault_end();
        g_autofree char *found = text_of_killed(place);
        g_assert_cmpstr(found, ==, expected);
        if (!has_come)
            break;
    }
}

static void test_open(void)
{
    g_autoptr(TestPlace) template = template_new();
    g_autofree char *expected = text_of_killed(template);
    for (int at = 1;; at++) {
        g_autoptr(TestPlace) place = test_place_copy(template);
        g_autoptr(GError) error = NULL;
        fault_set((Fault){at, FALSE, TRUE});
        g_autoptr(Store) store = sqlite_store_open(place->path, &error);
        gboolean has_come = fault_end();
        if (!store)
            g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
        g_autofree char *found = text_of_killed(place);
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
    g_autoptr(TestPlace) template = template_new();
    g_autofree char *expected = text_of_killed(template);
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
    g_autoptr(TestPlace) template = template_new();
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
    g_autofree char *live = store_text(store), *killed = text_of_killed(template);
    g_assert_cmpstr(live, ==, before);
    g_assert_cmpstr(killed, ==, before);
    EXPECT_DONE(store_save_pool(store, large, none, FALSE, &audit, &error));
}

/* --- damaged files */

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
    TRY(write_undo(store, NULL, &error));
    TRY(write_inquiry(store, NULL, &error));
    TRY(write_token(store, NULL, &error));
    TRY(write_answer(store, NULL, &error));
    TRY(write_hours(store, NULL, &error));
    TRY(store_begin(store, &error));
    TRY(!store->has_begun || write_messages(store, NULL, &error));
    TRY(!store->has_begun || store_commit(store, &error));
    TRY(store_save_pool(store, other, none, FALSE, &entry, &error));
#undef TRY
    return is_well;
}

static void test_truncated(void)
{
    g_autoptr(TestPlace) place = template_new();
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
    g_autoptr(TestPlace) template = template_new();
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
        g_autoptr(TestPlace) place = template_new();
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
    fault_vfs_register();
    g_test_add_func("/store/fault/leaves-before-or-after-whatever-write-fails", test_writes);
    g_test_add_func("/store/fault/loses-nothing-on-closing", test_close);
    g_test_add_func("/store/fault/changes-nothing-on-opening", test_open);
    g_test_add_func("/store/fault/leaves-no-half-made-store", test_init);
    g_test_add_func("/store/fault/leaves-no-half-made-backup", test_backup);
    g_test_add_func("/store/fault/goes-on-after-a-file-could-not-grow", test_file_size_limit);
    g_test_add_func("/store/damage/a-file-cut-short-is-refused", test_truncated);
    g_test_add_func("/store/damage/flipped-bits-never-crash", test_flipped);
    g_test_add_func("/store/damage/a-table-that-is-gone-is-one-error", test_missing_tables);
    return g_test_run();
}
