/* What is written reads back the same: odd texts, clock changes, every pool at hand. */
#include "csv/pool_folder.h"
#include "odd_pool.h"
#include "pool_equal.h"
#include "pool_texts.h"

#include <glib/gstdio.h>
#include <string.h>

#define ODD_POOLS 300

static char *make_folder(void)
{
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("rooster-csv-XXXXXX", &error);
    g_assert_no_error(error);
    return folder;
}

static void remove_folder(const char *folder)
{
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    for (const char *name = g_dir_read_name(directory); name; name = g_dir_read_name(directory)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_assert_cmpint(g_unlink(path), ==, 0);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void assert_round_trip(const char *folder, const PoolImport *import)
{
    g_autoptr(GError) error = NULL;
    if (!pool_folder_write(folder, import->pool, import->rosters, &error))
        g_error("%s", error->message);
    g_autoptr(PoolImport) again = pool_folder_read(folder, NULL, &error);
    if (!again)
        g_error("what was written is refused: %s", error->message);
    assert_no_difference(pool_difference(import->pool, again->pool));
    assert_no_difference(rosters_difference(import->rosters, again->rosters));
}

static void odd_pools_read_back_the_same(void)
{
    for (guint32 seed = 1; seed <= ODD_POOLS; seed++) {
        g_test_message("seed %u", seed);
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        g_autoptr(PoolImport) import = odd_pool_new(random);
        g_autoptr(GHashTable) texts = pool_texts_write(import->pool, import->rosters);
        g_autoptr(GError) error = NULL;
        g_autoptr(PoolImport) again = pool_texts_read(texts, NULL, &error);
        if (!again)
            g_error("seed %u: what was written is refused: %s", seed, error->message);
        assert_no_difference(pool_difference(import->pool, again->pool));
        assert_no_difference(rosters_difference(import->rosters, again->rosters));
    }
}

/* Every row replaces itself, or, where a key is there several times, all of them. */
static void a_pool_merged_into_itself_is_the_same(void)
{
    for (guint32 seed = 1; seed <= ODD_POOLS; seed++) {
        g_test_message("seed %u", seed);
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        g_autoptr(PoolImport) import = odd_pool_new(random);
        g_autoptr(GHashTable) texts = pool_texts_write(import->pool, import->rosters);
        g_autoptr(GError) error = NULL;
        g_autoptr(PoolImport) again = pool_texts_read(texts, import->pool, &error);
        g_assert_no_error(error);
        assert_no_difference(pool_difference(import->pool, again->pool));
        assert_no_difference(rosters_difference(import->rosters, again->rosters));
    }
}

static void an_odd_pool_reads_back_from_its_folder(void)
{
    g_autofree char *folder = make_folder();
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    g_autoptr(PoolImport) import = odd_pool_new(random);
    assert_round_trip(folder, import);
    remove_folder(folder);
}

static void times_carry_an_offset_only_where_they_need_one(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("demand.csv",
                                                        "shift,coop,start,end\n"
                                                        "S1,C1,2026-10-25T00:30Z,2026-10-25T01:30Z\n"
                                                        "S2,C1,2026-10-25T02:00Z,2026-10-25T04:00Z\n",
                                                        NULL);
    g_autofree char *folder = make_folder(), *path = g_build_filename(folder, "demand.csv", NULL), *text = NULL;
    g_assert_true(pool_folder_write(folder, import->pool, NULL, NULL));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==,
                    "shift,coop,role,start,end,break_minutes,headcount,certificates,team_certificates,priority\n"
                    "S1,C1,,2026-10-25T02:30,2026-10-25T02:30+01:00,0,1,,,normal\n"
                    "S2,C1,,2026-10-25T03:00,2026-10-25T05:00,0,1,,,normal\n");
    remove_folder(folder);
}

static void fields_are_quoted_where_they_must_be(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("coops.csv",
                                                        "coop,name,address,contact,latitude,longitude,rate\n"
                                                        "C1,\"a, \"\"b\"\"\",\"two\nlines\", x,52.1,4.25,41.50\n",
                                                        NULL);
    g_autofree char *folder = make_folder(), *path = g_build_filename(folder, "coops.csv", NULL), *text = NULL;
    g_assert_true(pool_folder_write(folder, import->pool, NULL, NULL));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==,
                    "coop,name,sector,address,latitude,longitude,contact,rate\n"
                    "C1,\"a, \"\"b\"\"\",,\"two\nlines\",52.1,4.25,\" x\",41.5\n");
    remove_folder(folder);
}

static void a_roster_is_written_as_text(void)
{
    g_autoptr(PoolImport) import =
        pool_texts_read_with("roster.csv", "shift,worker,pinned\nS1,W2,yes\nS1,W1,no\n", NULL);
    g_autofree char *text = roster_csv_write(import->pool, import->rosters);
    g_assert_cmpstr(text, ==, "shift,worker,pinned\nS1,W1,0\nS1,W2,1\n");
}

/* The outside pools, where they are: ROOSTER_SHARED, else a folder beside the sources. */
static char *outside_pools(void)
{
    const char *shared = g_getenv("ROOSTER_SHARED");
    return g_build_filename(shared ? shared : "../shared", "pools", NULL);
}

static void outside_pools_read_back_the_same(void)
{
    g_autofree char *pools = outside_pools(), *folder = make_folder();
    g_autoptr(GDir) directory = g_dir_open(pools, 0, NULL);
    guint read = 0;
    for (const char *name = directory ? g_dir_read_name(directory) : NULL; name; name = g_dir_read_name(directory)) {
        g_autofree char *path = g_build_filename(pools, name, NULL);
        if (!g_file_test(path, G_FILE_TEST_IS_DIR))
            continue;
        g_autoptr(GError) error = NULL;
        g_autoptr(PoolImport) import = pool_folder_read(path, NULL, &error);
        if (!import)
            g_error("%s: %s", path, error->message);
        g_assert_cmpuint(import->coops, ==, import->pool->coops->len);
        g_assert_cmpuint(import->workers, ==, import->pool->workers->len);
        g_assert_cmpuint(import->shifts, ==, import->pool->shifts->len);
        g_assert_cmpuint(import->history, >, 0);
        assert_round_trip(folder, import);
        read++;
    }
    remove_folder(folder);
    if (read == 0)
        g_test_skip("no outside pools here");
}

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    g_test_add_func("/csv/odd-pools-read-back-the-same", odd_pools_read_back_the_same);
    g_test_add_func("/csv/a-pool-merged-into-itself-is-the-same", a_pool_merged_into_itself_is_the_same);
    g_test_add_func("/csv/an-odd-pool-reads-back-from-its-folder", an_odd_pool_reads_back_from_its_folder);
    g_test_add_func("/csv/times-carry-an-offset-only-where-they-need-one",
                    times_carry_an_offset_only_where_they_need_one);
    g_test_add_func("/csv/fields-are-quoted-where-they-must-be", fields_are_quoted_where_they_must_be);
    g_test_add_func("/csv/a-roster-is-written-as-text", a_roster_is_written_as_text);
    g_test_add_func("/csv/outside-pools-read-back-the-same", outside_pools_read_back_the_same);
    return g_test_run();
}
