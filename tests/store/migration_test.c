/* Migrations as such, with some of the test's own: each is applied once, whole or not at all. */
#include "contract.h"
#include "database.h"
#include "place.h"

#include <string.h>

static const Migration two[] = {
    {"CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (id INTEGER REFERENCES parent (id) ON DELETE "
     "CASCADE);"
     "INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1);"},
    /* SQLite's way of changing a table: a new one in the old one's place, without losing what refers to it. */
    {"CREATE TABLE grown (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO grown SELECT id, 'n' FROM parent;"
     "DROP TABLE parent; ALTER TABLE grown RENAME TO parent;"},
};

static Database *empty_database(const TestPlace *place)
{
    g_assert_true(g_file_set_contents(place->path, "", 0, NULL));
    Database *database = database_connect(place->path, NULL);
    g_assert_nonnull(database);
    EXPECT_DONE(database_configure(database, &error));
    return database;
}

static int64_t number(Database *database, const char *sql)
{
    int64_t found = -1;
    EXPECT_DONE(database_number(database, sql, &found, &error));
    return found;
}

static void test_in_order(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    g_autoptr(Database) database = empty_database(place);
    EXPECT_DONE(database_migrate(database, two, 1, &error));
    g_assert_cmpint(number(database, "PRAGMA user_version"), ==, 1);
    EXPECT_DONE(database_migrate(database, two, 2, &error));
    EXPECT_DONE(database_migrate(database, two, 2, &error));
    g_assert_cmpint(number(database, "PRAGMA user_version"), ==, 2);
    g_assert_cmpint(number(database, "SELECT count(*) FROM parent WHERE name = 'n'"), ==, 1);
    g_assert_cmpint(number(database, "SELECT count(*) FROM child"), ==, 1);
    g_assert_cmpint(number(database, "PRAGMA foreign_keys"), ==, 1);
}

static void refused(const char *bad_sql, const char *part)
{
    g_autoptr(TestPlace) place = test_place_new();
    g_autoptr(Database) database = empty_database(place);
    const Migration list[] = {two[0], {bad_sql}};
    g_autoptr(GError) error = NULL;
    g_assert_false(database_migrate(database, list, 2, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_CORRUPT);
    if (!strstr(error->message, part))
        g_error("expected '%s' in '%s'", part, error->message);
    g_assert_cmpint(number(database, "PRAGMA user_version"), ==, 1);
    g_assert_cmpint(number(database, "SELECT count(*) FROM sqlite_schema"), ==, 2);
    g_assert_cmpint(number(database, "SELECT count(*) FROM child"), ==, 1);
}

static void test_whole(void)
{
    refused("CREATE TABLE half (id INTEGER); SELECT nonsense", "nonsense");
    refused("CREATE TABLE half (id INTEGER); DELETE FROM parent", "broken references");
}

static void test_newer_left_alone(void)
{
    g_autoptr(TestPlace) place = test_place_new();
    g_autoptr(Database) database = empty_database(place);
    EXPECT_DONE(database_migrate(database, two, 2, &error));
    EXPECT_DONE(database_migrate(database, two, 1, &error));
    g_assert_cmpint(number(database, "PRAGMA user_version"), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/migration/each-is-applied-once-and-in-order", test_in_order);
    g_test_add_func("/store/migration/one-that-fails-or-breaks-references-leaves-nothing", test_whole);
    g_test_add_func("/store/migration/a-newer-version-is-left-alone", test_newer_left_alone);
    return g_test_run();
}
