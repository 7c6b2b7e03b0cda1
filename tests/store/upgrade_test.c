/*
 * Databases of earlier releases, as they lie in data/: today's program opens them and keeps every row; one that is
 * killed while it does so leaves a database that has them all, too, and the next goes on.
 */
#include "contract.h"
#include "database.h"
#include "place.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLS = 40, VERSION = 3 };

static const char fixture[] = "tests/store/data/before-service/rooster.sql";

static sqlite3 *open_raw(const char *path)
{
    sqlite3 *handle = NULL;
    g_assert_cmpint(sqlite3_open(path, &handle), ==, SQLITE_OK);
    return handle;
}

static void make_old(const TestPlace *place)
{
    g_autofree char *sql = NULL;
    char *fault = NULL;
    g_assert_true(g_file_get_contents(fixture, &sql, NULL, NULL));
    sqlite3 *handle = open_raw(place->path);
    if (sqlite3_exec(handle, sql, NULL, NULL, &fault) != SQLITE_OK)
        g_error("%s: %s", fixture, fault);
    sqlite3_close(handle);
}

/* All rows of a query, a line each. */
static char *rows_of(sqlite3 *handle, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    GString *text = g_string_new(NULL);
    if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) != SQLITE_OK)
        g_error("%s: %s", sql, sqlite3_errmsg(handle));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(statement); column++) {
            const char *value = (const char *)sqlite3_column_text(statement, column);
            g_string_append_printf(text, "%s|", value ? value : "NULL");
        }
        g_string_append_c(text, '\n');
    }
    g_assert_cmpint(sqlite3_finalize(statement), ==, SQLITE_OK);
    return g_string_free(text, FALSE);
}

/* A query for each table of the old database, with the columns that it had: "SELECT a, b FROM t ORDER BY 1, 2". */
static GPtrArray *old_queries(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    make_old(place);
    sqlite3 *handle = open_raw(place->path);
    GPtrArray *queries = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *names = rows_of(
        handle,
        "SELECT 'SELECT ' || group_concat(c.name) || ' FROM ' || t.name || ' ORDER BY ' || group_concat(c.cid + 1)"
        " FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' "
        "GROUP BY t.name");
    g_auto(GStrv) lines = g_strsplit(names, "|\n", -1);
    for (char **line = lines; **line; line++)
        g_ptr_array_add(queries, g_strdup(*line));
    sqlite3_close(handle);
    return queries;
}

/* What an old database held, as it is now. */
static char *old_rows(const char *path, const GPtrArray *queries)
{
    sqlite3 *handle = open_raw(path);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < queries->len; i++) {
        g_autofree char *rows = rows_of(handle, g_ptr_array_index(queries, i));
        g_string_append_printf(text, "%s\n%s", (const char *)g_ptr_array_index(queries, i), rows);
    }
    sqlite3_close(handle);
    return g_string_free(text, FALSE);
}

static char *schema_of(const char *path)
{
    sqlite3 *handle = open_raw(path);
    char *schema = rows_of(handle, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name");
    sqlite3_close(handle);
    return schema;
}

static int version_of(const char *path)
{
    sqlite3 *handle = open_raw(path);
    g_autofree char *whole = rows_of(handle, "PRAGMA integrity_check"),
                    *version = rows_of(handle, "PRAGMA user_version");
    g_assert_cmpstr(whole, ==, "ok|\n");
    sqlite3_close(handle);
    return (int)g_ascii_strtoll(version, NULL, 10);
}

static void expect_upgraded(const TestPlace *place, const GPtrArray *queries, const char *rows, const char *schema)
{
    store_close(test_place_open(place->path));
    g_assert_cmpint(version_of(place->path), ==, migration_count);
    g_autofree char *after = old_rows(place->path, queries), *now = schema_of(place->path);
    g_assert_true(g_str_equal(after, rows)); /* too long to show */
    g_assert_true(!schema || g_str_equal(now, schema));
}

static void test_keeps(void)
{
    g_autoptr(TestPlace) place = test_place_new(), fresh = test_place_new();
    g_autoptr(GPtrArray) queries = old_queries();
    make_old(place);
    g_assert_cmpint(version_of(place->path), ==, VERSION);
    g_assert_cmpuint(queries->len, >, 20);
    g_autofree char *before = old_rows(place->path, queries);
    store_close(test_place_store(fresh));
    g_autofree char *schema = schema_of(fresh->path);
    expect_upgraded(place, queries, before, schema);
}

/* The ledger is made anew for one more reason: its entries, their order, what they reverse and its seals are the same.
 */
static void test_ledger(void)
{
    static const char select[] = "SELECT * FROM worked ORDER BY entry";
    g_autoptr(TestPlace) place = test_place_new();
    make_old(place);
    g_autoptr(Database) database = database_connect(place->path, NULL);
    EXPECT_DONE(database_configure(database, &error));
    EXPECT_DONE(database_migrate(database, migrations, 6, &error));
    for (int entry = 1; entry <= 40; entry++) {
        g_autofree char *reverses = entry % 4 ? g_strdup("NULL") : g_strdup_printf("%d", entry - 3);
        g_autofree char *sql = g_strdup_printf(
            "INSERT INTO worked (week, shift, worker, coop, start_min, end_min, break_min, paid_min, reason, "
            "is_disputed,"
            " note, reverses, approved_by, at_s) VALUES (20787, 'mon', 'anna', 'green', %d, %d, 30, 450, '%s', 0, 'n',"
            " %s, 'coop:green', 5)",
            entry, entry + 480, entry % 3 ? "worked" : "3h_floor", reverses);
        EXPECT_DONE(database_execute(database, sql, &error));
    }
    g_autofree char *before = rows_of(database->handle, select);
    EXPECT_DONE(database_migrate(database, migrations, migration_count, &error));
    g_autofree char *after = rows_of(database->handle, select);
    g_assert_cmpstr(after, ==, before);
    g_autoptr(GError) error = NULL;
    g_assert_false(database_execute(database, "DELETE FROM worked WHERE entry = 1", &error));
    g_clear_error(&error);
    g_assert_false(database_execute(database, "UPDATE worked SET paid_min = 0", &error));
    g_clear_error(&error);
    g_autofree char *next = rows_of(database->handle, "SELECT seq FROM sqlite_sequence WHERE name = 'worked'");
    g_assert_cmpstr(next, ==, "40|\n"); /* no number comes twice */
}

/* --- killed in the middle */

static int steps, steps_most; /* of SQLite's machine; at most: killed there */

static int on_step(void *unused)
{
    (void)unused;
    if (++steps == steps_most)
        raise(SIGKILL);
    return 0;
}

static void migrate(const char *path)
{
    g_autoptr(Database) database = database_connect(path, NULL);
    EXPECT_DONE(database_configure(database, &error));
    sqlite3_progress_handler(database->handle, 1, on_step, NULL);
    EXPECT_DONE(database_migrate(database, migrations, migration_count, &error));
}

/* In a process of its own. */
static void migrate_and_die(const char *path, int after)
{
    pid_t child = fork();
    int status = 0;
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        steps = 0;
        steps_most = after;
        migrate(path);
        _exit(0);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void test_killed(void)
{
    g_autoptr(TestPlace) whole = test_place_new();
    g_autoptr(GPtrArray) queries = old_queries();
    int seen[16] = {0};
    make_old(whole);
    g_autofree char *before = old_rows(whole->path, queries);
    migrate(whole->path);
    int all = steps;
    g_autofree char *schema = schema_of(whole->path);
    for (int number = 0; number < KILLS; number++) {
        g_autoptr(TestPlace) place = test_place_new();
        make_old(place);
        migrate_and_die(place->path, 1 + (all - 1) * number / KILLS);
        int version = version_of(place->path);
        g_assert_cmpint(version, >=, VERSION);
        g_assert_cmpint(version, <=, migration_count);
        g_autofree char *rows = old_rows(place->path, queries);
        g_assert_true(g_str_equal(rows, before));
        expect_upgraded(place, queries, before, schema);
        seen[version]++;
    }
    for (int version = VERSION; version < migration_count; version++)
        g_test_message("%d of %d kills left version %d", seen[version], KILLS, version);
    g_assert_cmpint(seen[VERSION], >, 0);
    g_assert_cmpint(seen[migration_count - 1], >, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/upgrade/keeps-every-row-of-the-release-before-the-service", test_keeps);
    g_test_add_func("/store/upgrade/keeps-the-ledger-and-its-seals", test_ledger);
    g_test_add_func("/store/upgrade/one-that-is-killed-leaves-every-row-and-can-go-on", test_killed);
    return g_test_run();
}
