/*
 * Processes that are killed and processes that write at once. The test program runs itself as the writer:
 * `store_kill --writer PATH ROUNDS` publishes revision after revision and says the number of each that is acknowledged;
 * `store_kill --holder PATH commit|hold` publishes one within a transaction, commits it or not, says so and waits.
 */
#include "contract.h"
#include "place.h"
#include "sketch.h"
#include "store/sqlite_store.h"

#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS 30

/* --- the writer */

/* A draft step and the publication of the next revision; a conflict with the other writer is no fault but a reason to
 * read again. */
static gboolean revision_write(Store *store, const Pool *pool, int *acknowledged)
{
    g_autoptr(GError) error = NULL;
    int revision = store_last_revision(store, WEEK_49, &error) + 1, step = store_draft_step(store, WEEK_50, &error);
    g_assert_no_error(error);
    g_autofree char *tag = g_strdup_printf("r%d", revision);
    g_autoptr(Publication) publication =
        sketch_publication(pool, WEEK_49, revision, revision % 2 ? "s0:w0 s1:w1" : "s2:w0 s3:w1", tag);
    g_autoptr(Roster) draft = sketch_roster(pool, WEEK_50, ROSTER_DRAFT, 0, revision % 2 ? "l0:w0" : "l1:w1!");
    PlanFigures figures = sketch_figures(revision);
    AuditEntry audit = sketch_audit("publish", tag);
    if (!store_save_draft(store, pool, draft, &figures, NULL, step, &audit, &error)) {
        g_assert_error(error, STORE_ERROR, STORE_ERROR_CONFLICT);
        g_clear_error(&error);
    }
    gboolean is_done = store_publish(store, pool, publication, &audit, &error);
    if (!is_done)
        g_assert_error(error, STORE_ERROR, STORE_ERROR_CONFLICT);
    *acknowledged = revision;
    return is_done;
}

static int writer(const char *path, int rounds)
{
    g_autoptr(Store) store = test_place_open(path);
    g_autoptr(Pool) pool = store_load_pool(store, NULL);
    for (int round = 0; round < rounds;) {
        int revision;
        if (!revision_write(store, pool, &revision))
            continue;
        printf("%d\n", revision);
        fflush(stdout);
        round++;
    }
    return 0;
}

static G_GNUC_NORETURN void holder(const char *path, gboolean is_committed)
{
    g_autoptr(Store) store = test_place_open(path);
    g_autoptr(Pool) pool = store_load_pool(store, NULL);
    int revision;
    EXPECT_DONE(store_begin(store, &error));
    g_assert_true(revision_write(store, pool, &revision));
    if (is_committed)
        EXPECT_DONE(store_commit(store, &error));
    printf("%d\n", revision);
    fflush(stdout);
    for (;;)
        pause();
}

typedef struct Writer {
    pid_t process;
    FILE *acknowledged;
} Writer;

static Writer self_start(const char *as, const char *path, const char *how)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    const char *const arguments[] = {program, as, path, how, NULL};
    g_autoptr(GError) error = NULL;
    int out;
    Writer started;
    g_spawn_async_with_pipes(NULL, (char **)arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &started.process,
                             NULL, &out, NULL, &error);
    g_assert_no_error(error);
    started.acknowledged = fdopen(out, "r");
    return started;
}

static Writer writer_start(const char *path, int rounds)
{
    g_autofree char *count = g_strdup_printf("%d", rounds);
    return self_start("--writer", path, count);
}

static int writer_end(Writer *started)
{
    int status = 0;
    fclose(started->acknowledged);
    while (waitpid(started->process, &status, 0) < 0)
        g_assert_cmpint(errno, ==, EINTR);
    return status;
}

/* The last number the writer said, at most `most` numbers on; 0 if it said none. */
static int acknowledgements_read(Writer *started, int most)
{
    int last = 0, number;
    while (most-- > 0 && fscanf(started->acknowledged, "%d", &number) == 1)
        last = number;
    return last;
}

/* A store with a pool in the place. */
static void pool_store(const TestPlace *place)
{
    g_autoptr(Store) store = test_place_store(place);
    g_autoptr(Pool) pool = sketch_pool(4, 6);
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    AuditEntry audit = sketch_audit("import", "");
    EXPECT_DONE(store_save_pool(store, pool, none, FALSE, &audit, &error));
}

static char *expected_text(int revision)
{
    return g_strdup_printf("week 20787 published %d: %s\n", revision, revision % 2 ? "s1:w1 s0:w0" : "s3:w1 s2:w0");
}

/* A revision is there with all that came with it: its roster, its four messages, its audit entry. */
static void revisions_expect(Store *store, int revision)
{
    g_autoptr(Pool) pool = store_load_pool(store, NULL);
    OutboxCounts counts;
    EXPECT_DONE(store_outbox_counts(store, &counts, &error));
    g_assert_cmpint(counts.waiting, ==, 4 * revision);
    g_autoptr(GPtrArray) audit = store_load_audit(store, G_MAXINT, NULL);
    int published = 0;
    for (guint i = 0; i < audit->len; i++)
        published += g_str_equal(((AuditEntry *)g_ptr_array_index(audit, i))->what, "publish");
    g_assert_cmpint(published, >=, revision);
    if (revision > 0) {
        g_autoptr(Roster) roster = store_load_published_week(store, pool, WEEK_49, NULL, NULL);
        g_assert_cmpint(roster->revision, ==, revision);
        g_autofree char *text = roster_text(pool, roster);
        g_autofree char *expected = expected_text(revision);
        g_assert_cmpstr(text, ==, expected);
    }
}

static void test_kill(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    pool_store(place);
    int acknowledged = 0;
    for (int kill_number = 0; kill_number < KILLS; kill_number++) {
        Writer started = writer_start(place->path, G_MAXINT);
        int last = acknowledgements_read(&started, g_test_rand_int_range(1, 20));
        g_usleep((gulong)g_test_rand_int_range(0, 4000));
        g_assert_cmpint(kill(started.process, SIGKILL), ==, 0);
        int rest = acknowledgements_read(&started, G_MAXINT);
        int status = writer_end(&started);
        g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        acknowledged = MAX(last, rest);

        g_autoptr(Store) store = test_place_open(place->path);
        EXPECT_DONE(sqlite_store_check(store, &error));
        int revision = store_last_revision(store, WEEK_49, NULL);
        g_assert_cmpint(revision, >=, acknowledged);
        g_assert_cmpint(revision, <=, acknowledged + 1);
        revisions_expect(store, revision);
    }
    g_test_message("%d revisions acknowledged over %d kills", acknowledged, KILLS);
    g_assert_cmpint(acknowledged, >=, KILLS);
}

/* Whether it dies before its commit or behind it decides, and nothing else; its lock dies with it. */
static void test_kill_around_commit(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    pool_store(place);
    int revision = 0, number;
    for (int round = 0; round < 10; round++) {
        gboolean is_committed = round % 2;
        Writer started = self_start("--holder", place->path, is_committed ? "commit" : "hold");
        g_assert_cmpint(fscanf(started.acknowledged, "%d", &number), ==, 1);
        g_assert_cmpint(number, ==, revision + 1);
        g_autoptr(Store) store = test_place_open(place->path); /* who looks meanwhile sees what is committed */
        sqlite_store_set_patience(store, 0);
        g_assert_cmpint(store_last_revision(store, WEEK_49, NULL), ==, revision + is_committed);
        if (!is_committed) {
            g_autoptr(GError) error = NULL;
            g_assert_false(store_begin(store, &error));
            g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
            g_assert_null(strchr(error->message, '\n'));
        }
        g_assert_cmpint(kill(started.process, SIGKILL), ==, 0);
        writer_end(&started);
        revision += is_committed;
        EXPECT_DONE(sqlite_store_check(store, &error));
        EXPECT_DONE(store_begin(store, &error));
        revisions_expect(store, revision);
        store_rollback(store);
    }
    g_assert_cmpint(revision, ==, 5);
}

/* A reader never sees a half of what a writer does, and never an older state than it saw. */
static void test_reader(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    pool_store(place);
    g_autoptr(Store) store = test_place_open(place->path);
    g_autoptr(Pool) pool = store_load_pool(store, NULL);
    Writer started = writer_start(place->path, 60);
    int seen = 0, looks = 0, kinds = 0;
    while (seen < 60) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Roster) roster = store_load_published_week(store, pool, WEEK_49, NULL, &error);
        if (g_error_matches(error, STORE_ERROR, STORE_ERROR_NOT_FOUND))
            continue;
        g_assert_no_error(error);
        g_assert_cmpint(roster->revision, >=, seen);
        kinds += roster->revision > seen;
        looks++;
        seen = roster->revision;
        g_autofree char *text = roster_text(pool, roster), *expected = expected_text(seen);
        g_assert_cmpstr(text, ==, expected);
    }
    acknowledgements_read(&started, G_MAXINT);
    g_assert_cmpint(writer_end(&started), ==, 0);
    g_test_message("%d looks saw %d of 60 revisions", looks, kinds);
    g_assert_cmpint(kinds, >, 1);
}

static void test_two_writers(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    pool_store(place);
    Writer writers[2];
    for (guint i = 0; i < G_N_ELEMENTS(writers); i++)
        writers[i] = writer_start(place->path, 40);
    for (guint i = 0; i < G_N_ELEMENTS(writers); i++) {
        acknowledgements_read(&writers[i], G_MAXINT);
        g_assert_cmpint(writer_end(&writers[i]), ==, 0);
    }
    g_autoptr(Store) store = test_place_open(place->path);
    EXPECT_DONE(sqlite_store_check(store, &error));
    g_assert_cmpint(store_last_revision(store, WEEK_49, NULL), ==, 80);
    revisions_expect(store, 80);
}

static void test_locked(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    pool_store(place);
    ContractFixture fixture = {test_place_open(place->path), sketch_pool(4, 6)};
    sqlite3 *other = NULL;
    g_assert_cmpint(sqlite3_open(place->path, &other), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
    /* Reading goes on, writing waits and then says why not. */
    sqlite_store_set_patience(fixture.store, 300);
    g_autoptr(Publication) publication = sketch_publication(fixture.pool, WEEK_49, 1, "s0:w0", "a");
    AuditEntry audit = sketch_audit("publish", "");
    EXPECT_REFUSED(&fixture, STORE_ERROR_BUSY, store_publish(fixture.store, fixture.pool, publication, &audit, &error));
    g_assert_cmpint(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(other);
    EXPECT_DONE(store_publish(fixture.store, fixture.pool, publication, &audit, &error));
    pool_free(fixture.pool);
    store_close(fixture.store);
}

int main(int argc, char **argv)
{
    if (argc == 4 && g_str_equal(argv[1], "--writer"))
        return writer(argv[2], (int)g_ascii_strtoll(argv[3], NULL, 10));
    if (argc == 4 && g_str_equal(argv[1], "--holder"))
        holder(argv[2], g_str_equal(argv[3], "commit"));
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/kill/loses-nothing-acknowledged", test_kill);
    g_test_add_func("/store/kill/decides-by-the-commit-alone", test_kill_around_commit);
    g_test_add_func("/store/kill/lets-one-read-what-another-writes", test_reader);
    g_test_add_func("/store/kill/lets-two-processes-write-at-once", test_two_writers);
    g_test_add_func("/store/kill/says-so-when-another-program-holds-the-lock", test_locked);
    return g_test_run();
}
