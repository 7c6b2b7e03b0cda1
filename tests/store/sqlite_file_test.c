/* The file as such: making it, refusing what is not ours, copying it, and what SQLite itself keeps for us. */
#include "contract.h"
#include "place.h"
#include "sketch.h"
#include "store/sqlite_store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *raw = NULL;
    g_assert_cmpint(sqlite3_open(path, &raw), ==, SQLITE_OK);
    char *message = NULL;
    sqlite3_exec(raw, sql, NULL, NULL, &message);
    g_assert_cmpstr(message, ==, NULL);
    g_assert_cmpint(sqlite3_close(raw), ==, SQLITE_OK);
}

/* Opening the place's file fails with the code and a message with `part`, and changes no byte of the folder. */
static void refuse(const TestPlace *place, StoreError code, const char *part)
{
    g_autofree char *before = test_place_text(place);
    g_autoptr(GError) error = NULL;
    g_assert_null(sqlite_store_open(place->path, &error));
    g_assert_error(error, STORE_ERROR, (int)code);
    g_test_message("%s", error->message);
    if (!strstr(error->message, part) || !strstr(error->message, place->path))
        g_error("expected '%s' and the file's name in '%s'", part, error->message);
    g_autofree char *after = test_place_text(place);
    g_assert_cmpstr(after, ==, before);
}

static void contents_set(const TestPlace *place, const char *contents, gssize size)
{
    g_assert_true(g_file_set_contents(place->path, contents, size, NULL));
}

/* A store with something of every kind in it. */
static Store *full_store(const TestPlace *place)
{
    ContractFixture fixture = {test_place_store(place), sketch_pool(4, 6)};
    g_autoptr(GPtrArray) publications =
        sketch_publications(sketch_publication(fixture.pool, WEEK_49, 1, "s0:w0 s1:w1!", "a"));
    AuditEntry audit = sketch_audit("import", "examples");
    EXPECT_DONE(store_save_pool(fixture.store, fixture.pool, publications, FALSE, &audit, &error));
    contract_step(&fixture, WEEK_50, "l0:w0 l1:w2!", "one");
    pool_free(fixture.pool);
    return fixture.store;
}

/* --- making */

static void test_init(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(sqlite_store_init(place->path, &error));
    g_assert_no_error(error);
    struct stat status;
    g_assert_cmpint(stat(place->path, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    g_autofree char *made = test_place_text(place);
    g_assert_true(g_str_has_prefix(made, "rooster.db "));
    g_assert_null(strstr(strchr(made, '\n') + 1, "rooster")); /* alone in its folder */
    g_assert_false(sqlite_store_init(place->path, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_CONFLICT);
    g_autofree char *still = test_place_text(place);
    g_assert_cmpstr(still, ==, made);
}

static void test_init_beside_remains(void)
{
    /* SQLite would play the -wal of a deleted database back into the new one. */
    static const char *const remains[] = {"-wal", "-journal"};
    for (guint i = 0; i < G_N_ELEMENTS(remains); i++) {
        g_autoptr(TestPlace) place = test_place_new();
        g_autofree char *left = g_strconcat(place->path, remains[i], NULL);
        g_assert_true(g_file_set_contents(left, "x", 1, NULL));
        g_autoptr(GError) error = NULL;
        g_assert_false(sqlite_store_init(place->path, &error));
        g_assert_error(error, STORE_ERROR, STORE_ERROR_CONFLICT);
        g_assert_nonnull(strstr(error->message, left));
        g_assert_false(g_file_test(place->path, G_FILE_TEST_EXISTS));
    }
}

static void test_init_nowhere(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    g_autofree char *path = g_build_filename(place->folder, "no", "rooster.db", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_false(sqlite_store_init(path, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
}

/* --- refusing */

static void test_missing(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    refuse(place, STORE_ERROR_NOT_FOUND, "rooster init");
    g_assert_false(g_file_test(place->path, G_FILE_TEST_EXISTS));
}

static void test_not_a_database(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    contents_set(place, "", 0);
    refuse(place, STORE_ERROR_FOREIGN, "not a rooster database");
    contents_set(place, "worker,name\nw1,Amina\n", -1);
    refuse(place, STORE_ERROR_FOREIGN, "not a rooster database");
    g_autofree char *long_text = g_strnfill(10000, 'x');
    contents_set(place, long_text, 10000);
    refuse(place, STORE_ERROR_FOREIGN, "not a rooster database");
    g_assert_cmpint(g_remove(place->path), ==, 0);
    g_assert_cmpint(g_mkdir(place->path, 0700), ==, 0);
    refuse(place, STORE_ERROR_FOREIGN, "not a file");
}

static void test_another_programs(void)
{
    g_autoptr(TestPlace) rollback = test_place_new(), wal = test_place_new();
    run_sql(rollback->path, "CREATE TABLE song (title TEXT); PRAGMA application_id = 77;");
    refuse(rollback, STORE_ERROR_FOREIGN, "another program");
    /* A -wal that a killed program left is not ours to play back. */
    run_sql(wal->path, "PRAGMA journal_mode = WAL; CREATE TABLE song (title TEXT);");
    sqlite3 *raw = NULL;
    g_assert_cmpint(sqlite3_open(wal->path, &raw), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(raw, "INSERT INTO song VALUES ('left in the wal')", NULL, NULL, NULL), ==, SQLITE_OK);
    g_autoptr(TestPlace) killed = test_place_copy(wal);
    sqlite3_close(raw);
    refuse(killed, STORE_ERROR_FOREIGN, "another program");
}

static void test_newer(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    store_close(test_place_store(place));
    run_sql(place->path, "PRAGMA user_version = 9999;");
    refuse(place, STORE_ERROR_FOREIGN, "newer rooster");
    run_sql(place->path, "PRAGMA user_version = -1;");
    refuse(place, STORE_ERROR_FOREIGN, "newer rooster");
}

static void test_newer_in_wal(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    store_close(test_place_store(place));
    sqlite3 *raw = NULL;
    g_assert_cmpint(sqlite3_open(place->path, &raw), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(raw, "PRAGMA user_version = 9999", NULL, NULL, NULL), ==, SQLITE_OK);
    g_autoptr(TestPlace) killed = test_place_copy(place);
    sqlite3_close(raw);
    refuse(killed, STORE_ERROR_FOREIGN, "newer rooster");
}

static void test_read_only(void)
{
    if (geteuid() == 0) {
        g_test_skip("root may write everything");
        return;
    }
    g_autoptr(TestPlace) place = test_place_new();
    store_close(full_store(place));
    g_assert_cmpint(g_chmod(place->path, 0400), ==, 0);
    refuse(place, STORE_ERROR_IO, "may not be written");
}

static void test_odd_names(void)
{
    /* Names that SQLite itself gives a meaning. */
    static const char *const names[] = {":memory:", "file:rooster.db?mode=memory", "één \"'% ;.db"};
    g_autoptr(TestPlace) place = test_place_new();
    g_autofree char *home = g_get_current_dir();
    g_assert_cmpint(g_chdir(place->folder), ==, 0);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(sqlite_store_open(names[i], &error));
        g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
        g_clear_error(&error);
        g_assert_true(sqlite_store_init(names[i], &error));
        g_assert_no_error(error);
        g_assert_true(g_file_test(names[i], G_FILE_TEST_IS_REGULAR));
        store_close(test_place_open(names[i]));
    }
    g_assert_cmpint(g_chdir(home), ==, 0);
}

/* --- copying */

static void test_backup(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    Store *store = full_store(place), *second = test_place_open(place->path);
    g_autofree char *copy = g_build_filename(place->folder, "copy.db", NULL);
    g_autofree char *expected = store_text(store);
    EXPECT_DONE(store_backup(store, copy, &error));
    struct stat status;
    g_assert_cmpint(stat(copy, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    g_autofree char *wal = g_strconcat(copy, "-wal", NULL);
    g_assert_false(g_file_test(wal, G_FILE_TEST_EXISTS));

    /* What comes later is in the original only. */
    ContractFixture later = {second, sketch_pool(4, 6)};
    contract_step(&later, WEEK_49, "s0:w0", "after the copy");
    pool_free(later.pool);
    Store *copied = test_place_open(copy);
    EXPECT_DONE(sqlite_store_check(copied, &error));
    g_autofree char *found = store_text(copied);
    g_assert_cmpstr(found, ==, expected);
    store_close(copied);
    store_close(second);
    store_close(store);
}

static void test_backup_refused(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    Store *store = full_store(place);
    g_autofree char *taken = g_build_filename(place->folder, "taken", NULL);
    g_autofree char *nowhere = g_build_filename(place->folder, "no", "copy.db", NULL);
    g_assert_true(g_file_set_contents(taken, "precious", -1, NULL));
    g_autofree char *before = test_place_text(place);
    g_autoptr(GError) error = NULL;
    g_assert_false(store_backup(store, taken, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_CONFLICT);
    g_clear_error(&error);
    g_assert_false(store_backup(store, place->path, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_CONFLICT);
    g_clear_error(&error);
    g_assert_false(store_backup(store, nowhere, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
    g_autofree char *after = test_place_text(place);
    g_assert_cmpstr(after, ==, before);
    store_close(store);
}

/* --- what the schema keeps */

static void raw_refused(const char *path, const char *sql, const char *part)
{
    sqlite3 *raw = NULL;
    g_assert_cmpint(sqlite3_open(path, &raw), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(raw, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), ==, SQLITE_OK);
    g_autofree char *message = NULL;
    char *raw_message = NULL;
    g_assert_cmpint(sqlite3_exec(raw, sql, NULL, NULL, &raw_message), !=, SQLITE_OK);
    message = g_strdup(raw_message);
    sqlite3_free(raw_message);
    sqlite3_close(raw);
    if (!strstr(message, part))
        g_error("%s: expected '%s' in '%s'", sql, part, message);
}

static void test_schema(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    store_close(full_store(place));
    raw_refused(place->path, "DELETE FROM audit", "append only");
    raw_refused(place->path, "UPDATE audit SET who = 'nobody'", "append only");
    raw_refused(place->path, "UPDATE workers SET birth = 'young'", "cannot store TEXT");
    raw_refused(place->path,
                "INSERT INTO roster_assignments SELECT week, revision, 'l0', worker, 0 FROM roster_assignments",
                "FOREIGN KEY");
    raw_refused(place->path, "INSERT INTO pool SELECT 2, id, name, zone, rules FROM pool", "CHECK");
}

static void test_sequence(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    Store *store = full_store(place);
    g_autoptr(GPtrArray) waiting = store_outbox_waiting(store, 0, 100, NULL);
    int64_t last = ((Message *)g_ptr_array_index(waiting, waiting->len - 1))->sequence;
    store_close(store);
    run_sql(place->path, "DELETE FROM outbox;");
    ContractFixture fixture = {test_place_open(place->path), sketch_pool(4, 6)};
    contract_publish(&fixture, WEEK_49, 2, "s0:w0", "b");
    g_autoptr(GPtrArray) later = store_outbox_waiting(fixture.store, 0, 100, NULL);
    g_assert_cmpint(((Message *)g_ptr_array_index(later, 0))->sequence, >, last);
    pool_free(fixture.pool);
    store_close(fixture.store);
}

static void test_text(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    ContractFixture fixture = {full_store(place), sketch_pool(4, 6)};
    g_autoptr(Publication) publication = sketch_publication(fixture.pool, WEEK_49, 2, "s0:w0", "b");
    g_ptr_array_add(publication->events, sketch_event(FEED_OPEN, "", "broken \xff\xfe", 1));
    AuditEntry audit = sketch_audit("publish", "not UTF-8");
    EXPECT_REFUSED(&fixture, STORE_ERROR_IO, store_publish(fixture.store, fixture.pool, publication, &audit, &error));
    pool_free(fixture.pool);
    store_close(fixture.store);
}

static void test_settings(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    store_close(full_store(place));
    sqlite3 *raw = NULL;
    sqlite3_stmt *row = NULL;
    g_assert_cmpint(sqlite3_open(place->path, &raw), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_prepare_v2(raw,
                                       "SELECT application_id, user_version, journal_mode FROM pragma_application_id,"
                                       " pragma_user_version, pragma_journal_mode",
                                       -1, &row, NULL),
                    ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_step(row), ==, SQLITE_ROW);
    g_assert_cmpint(sqlite3_column_int(row, 0), ==, 0x526F6F73);
    g_assert_cmpint(sqlite3_column_int(row, 1), >=, 1);
    g_assert_cmpstr((const char *)sqlite3_column_text(row, 2), ==, "wal");
    sqlite3_finalize(row);
    sqlite3_close(raw);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/file/appears-whole-and-private-and-never-over-another", test_init);
    g_test_add_func("/store/file/is-not-made-beside-the-remains-of-another", test_init_beside_remains);
    g_test_add_func("/store/file/is-not-made-in-a-folder-that-is-not-there", test_init_nowhere);
    g_test_add_func("/store/file/is-refused-when-it-is-missing", test_missing);
    g_test_add_func("/store/file/is-refused-when-it-is-no-database", test_not_a_database);
    g_test_add_func("/store/file/is-refused-untouched-when-it-is-another-programs", test_another_programs);
    g_test_add_func("/store/file/is-refused-when-a-newer-program-wrote-it", test_newer);
    g_test_add_func("/store/file/is-refused-when-a-newer-program-left-its-version-in-the-wal", test_newer_in_wal);
    g_test_add_func("/store/file/is-refused-when-it-may-not-be-written", test_read_only);
    g_test_add_func("/store/file/may-have-any-name", test_odd_names);
    g_test_add_func("/store/backup/is-a-copy-of-one-moment", test_backup);
    g_test_add_func("/store/backup/never-writes-over-a-file", test_backup_refused);
    g_test_add_func("/store/schema/keeps-audit-types-references-and-the-one-pool", test_schema);
    g_test_add_func("/store/schema/gives-no-sequence-twice-even-after-deletes", test_sequence);
    g_test_add_func("/store/schema/holds-no-text-that-is-not-utf-8", test_text);
    g_test_add_func("/store/schema/says-whose-file-it-is", test_settings);
    return g_test_run();
}
