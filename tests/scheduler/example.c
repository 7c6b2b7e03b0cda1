#include "csv/pool_folder.h"
#include "rooster/rules.h"

#include "shared.h"

/* The example week that the README, the manual and the quick start show. */

#define EXAMPLE "examples/nieuw-west" /* tests run in the source root */

static PoolImport *example_read(void)
{
    g_autoptr(GError) error = NULL;
    PoolImport *import = pool_folder_read(EXAMPLE, NULL, &error);
    g_assert_no_error(error);
    return import;
}

static IsoWeek week_named(const char *text)
{
    IsoWeek week;
    g_assert_true(iso_week_parse(text, &week, NULL));
    return week;
}

static void is_a_pool_folder(void)
{
    g_autoptr(PoolImport) import = example_read();
    g_assert_cmpuint(import->coops, ==, 7);
    g_assert_cmpuint(import->workers, >=, 60);
    g_assert_cmpuint(import->rosters->len, ==, 1);
    Week *week = week_new(import->pool, week_named("2026-W49"), import->rosters);
    g_assert_cmpuint(week->shifts->len, >=, 180);
    g_assert_null(week->published);
    week_free(week);
}

static void violations_print(const GPtrArray *violations, const Pool *pool)
{
    for (guint i = 0; i < violations->len; i++) {
        g_autofree char *text = violation_format(g_ptr_array_index(violations, i), pool);
        g_test_message("%s", text);
    }
}

static void published_week_is_lawful_and_full(void)
{
    g_autoptr(PoolImport) import = example_read();
    const Roster *roster = g_ptr_array_index(import->rosters, 0);
    g_autoptr(Week) week = week_new(import->pool, week_named("2026-W48"), import->rosters);
    g_assert_true(week->published == roster);
    g_autoptr(GPtrArray) violations = rules_check(week, roster);
    violations_print(violations, import->pool);
    g_assert_cmpuint(violations->len, ==, 0);
    for (guint i = 0; i < week->shifts->len; i++) {
        guint shift = g_array_index(week->shifts, guint, i);
        if (roster_cover(roster, shift, NULL) != (guint)pool_shift(import->pool, shift)->headcount)
            g_error("%s: expected %d people, got %u", pool_shift(import->pool, shift)->id,
                    pool_shift(import->pool, shift)->headcount, roster_cover(roster, shift, NULL));
    }
}

static void history_ends_where_the_published_week_begins(void)
{
    g_autoptr(PoolImport) import = example_read();
    const Pool *pool = import->pool;
    int64_t from_min = iso_week_start(pool->zone, week_named("2026-W32"));
    int64_t until_min = iso_week_start(pool->zone, week_named("2026-W48"));
    guint credited = 0;
    for (guint index = 0; index < pool->workers->len; index++) {
        const GArray *history = pool_worker(pool, index)->history;
        for (guint i = 0; i < history->len; i++) {
            const HistoryPiece *piece = &g_array_index(history, HistoryPiece, i);
            g_assert_cmpint(piece->start_min, >=, from_min);
            g_assert_cmpint(piece->start_min, <, until_min);
            credited += *piece->coop == '\0';
        }
    }
    g_assert_cmpuint(credited, >, 100);
}

static void published_week_is_lawful_to_the_referee(void)
{
    g_autofree char *referee = test_shared("tools/referee.py");
    if (!referee)
        return;
    const char *command[] = {"python3", referee, EXAMPLE, EXAMPLE "/roster.csv", "--week", "2026-W48", NULL};
    g_autofree char *output = NULL, *errors = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status, &error);
    g_assert_no_error(error);
    if (!g_spawn_check_wait_status(status, NULL))
        g_error("expected no violation, got\n%s%s", output, errors);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/example/is-a-pool-folder", is_a_pool_folder);
    g_test_add_func("/example/published-week-is-lawful-and-full", published_week_is_lawful_and_full);
    g_test_add_func("/example/published-week-is-lawful-to-the-referee", published_week_is_lawful_to_the_referee);
    g_test_add_func("/example/history-ends-where-the-published-week-begins",
                    history_ends_where_the_published_week_begins);
    return g_test_run();
}
