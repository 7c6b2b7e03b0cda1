/*
 * The checker and the cost against the independent referee, which was written from the design alone in another
 * language: on every random week both find the same rules broken, by the same workers on the same shifts, and the same
 * cents for every term. Day rules it does not know: they may only add to what it finds.
 */
#include "rooster/cost.h"
#include "rooster/rules.h"

#include "csv/pool_folder.h"
#include "random_week.h"
#include "shared.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>

#define FIRST_SEED 1
#define CASES      200 /* $ROOSTER_AGREEMENT_CASES for a longer run */

/* --- the case folders */

static void write_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
}

static void write_roster(const char *folder, const char *name, const Pool *pool, Roster *const *rosters, guint count)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(list, rosters[i]);
    g_autofree char *text = roster_csv_write(pool, list);
    write_text(folder, name, text);
}

/* The referee was written before there were day rules, and refuses keys that it does not know. */
static void leave_day_rules_out(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "pool.ini", NULL), *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *kept = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) pair = g_strsplit(*line, " = ", 2);
        if (!pair[0] || !day_rule_is_key(pair[0]) || strcmp(pair[0], "max_consecutive_days") == 0)
            g_string_append_printf(kept, "%s\n", *line);
    }
    write_text(folder, "pool.ini", kept->str);
    g_string_free(kept, TRUE);
}

static gboolean is_of_day_rules(const char *rule)
{
    static const char *const rules[] = {"min_consecutive_days", "days_off", "weekends", "shift_kinds",
                                        "succession",           "travel",   NULL};
    return g_strv_contains(rules, rule);
}

/* pool: the pool's folder if it is not to be written. */
static void write_case(const char *folder, const RandomWeek *made, const char *pool)
{
    g_autoptr(GError) error = NULL;
    Roster *const *published = (Roster *const *)(void *)made->published->pdata;
    if (pool)
        g_mkdir(folder, 0700);
    else
        pool_folder_write(folder, made->pool, made->published, &error);
    g_assert_no_error(error);
    if (!pool)
        leave_day_rules_out(folder);
    write_roster(folder, "plan.csv", made->pool, &made->roster, 1);
    write_roster(folder, "published.csv", made->pool, published, made->published->len);
    g_autofree char *week = iso_week_format(made->week->week);
    g_autofree char *now = zone_format(made->pool->zone, made->week->now_min);
    json_t *judge =
        json_pack("{s:s, s:s*, s:s*}", "week", week, "now", made->week->is_repair ? now : NULL, "pool", pool);
    g_autofree char *text = json_dumps(judge, 0);
    write_text(folder, "judge.json", text);
    json_decref(judge);
}

static void remove_folder(const char *folder)
{
    GDir *names = g_dir_open(folder, 0, NULL);
    for (const char *name; names && (name = g_dir_read_name(names));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            remove_folder(path);
        else
            g_unlink(path);
    }
    if (names)
        g_dir_close(names);
    g_rmdir(folder);
}

/* --- findings as lines of text, sorted */

static int line_compare(gconstpointer left, gconstpointer right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static char *joined(GPtrArray *lines)
{
    g_ptr_array_sort(lines, line_compare);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static GHashTable *seen; /* rules and terms that were broken and charged */

static char *our_judgement(const RandomWeek *made)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) violations = rules_check(made->week, made->roster);
    Cost cost = cost_of(made->week, made->roster);
    for (guint i = 0; i < violations->len; i++) {
        const Violation *violation = g_ptr_array_index(violations, i);
        gboolean has_worker = violation->worker != VIOLATION_NO_WORKER;
        g_hash_table_add(seen, (gpointer)violation->rule);
        if (is_of_day_rules(violation->rule))
            continue;
        g_autoptr(GPtrArray) shifts = g_ptr_array_new();
        for (guint s = 0; s < violation->shifts->len; s++)
            g_ptr_array_add(shifts, (gpointer)pool_shift(made->pool, g_array_index(violation->shifts, guint, s))->id);
        g_ptr_array_sort(shifts, line_compare);
        g_ptr_array_add(shifts, NULL);
        g_autofree char *ids = g_strjoinv(" ", (char **)shifts->pdata);
        g_ptr_array_add(lines, g_strdup_printf("%s %s %s", violation->rule,
                                               has_worker ? pool_worker(made->pool, violation->worker)->id : "", ids));
    }
    for (CostTerm term = 0; term < COST_TERMS; term++) {
        g_ptr_array_add(lines, g_strdup_printf("%s %" G_GINT64_FORMAT, cost_term_name(term), cost.cents[term]));
        if (cost.cents[term])
            g_hash_table_add(seen, (gpointer)cost_term_name(term));
    }
    return joined(lines);
}

static char *referees_judgement(json_t *answer)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    size_t at;
    json_t *violation, *cents;
    const char *term;
    json_array_foreach(json_object_get(answer, "violations"), at, violation)
    {
        GString *line = g_string_new(NULL);
        g_string_append_printf(line, "%s %s", json_string_value(json_array_get(violation, 0)),
                               json_string_value(json_array_get(violation, 1)));
        size_t s;
        json_t *shift;
        json_array_foreach(json_array_get(violation, 2), s, shift)
            g_string_append_printf(line, " %s", json_string_value(shift));
        g_ptr_array_add(lines, g_string_free(line, FALSE));
    }
    json_object_foreach(json_object_get(answer, "terms"), term, cents)
        g_ptr_array_add(lines, g_strdup_printf("%s %" JSON_INTEGER_FORMAT, term, json_integer_value(cents)));
    return joined(lines);
}

/* --- the comparison */

static char *run_referee(const char *tools, const char *folder)
{
    const char *command[] = {"python3", "tests/scheduler/judge_with_referee.py", tools, folder, NULL};
    char *output = NULL;
    g_autofree char *errors = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    gboolean is_run =
        g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status, &error);
    g_assert_no_error(error);
    if (!is_run || !g_spawn_check_wait_status(status, NULL))
        g_error("the referee failed: %s", errors);
    return output;
}

static void compare(const RandomWeek *made, guint32 seed, const char *answer_text)
{
    json_t *answer = json_loads(answer_text, 0, NULL);
    g_assert_nonnull(answer);
    g_autofree char *ours = our_judgement(made), *theirs = referees_judgement(answer);
    if (strcmp(ours, theirs) != 0)
        g_test_fail_printf("seed %u: the checker says\n%s\n\nthe referee says\n%s", seed, ours, theirs);
    json_decref(answer);
}

static void everything_had_its_turn(void)
{
    for (const char *const *rule = rule_names(); *rule; rule++)
        if (!g_hash_table_contains(seen, *rule))
            g_test_fail_printf("no random week broke rule %s", *rule);
    for (CostTerm term = 0; term < COST_TERMS; term++)
        if (!g_hash_table_contains(seen, cost_term_name(term)))
            g_test_fail_printf("no random week was charged %s", cost_term_name(term));
}

static guint32 case_count(void)
{
    const char *wanted = g_getenv("ROOSTER_AGREEMENT_CASES");
    guint64 count = CASES;
    if (wanted)
        g_assert_true(g_ascii_string_to_unsigned(wanted, 10, 1, 1000000, &count, NULL));
    return (guint32)count;
}

static void checker_and_referee_agree(void)
{
    g_autofree char *tools = test_shared("tools");
    if (!tools)
        return;
    g_autofree char *folder = g_dir_make_tmp("rooster-agreement-XXXXXX", NULL);
    guint32 count = case_count(), legal = 0;
    for (guint32 i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("%07u", i), *path = g_build_filename(folder, name, NULL);
        g_autoptr(RandomWeek) made = random_week_new(FIRST_SEED + i);
        write_case(path, made, NULL);
    }
    g_autofree char *output = run_referee(tools, folder);
    g_auto(GStrv) answers = g_strsplit(g_strstrip(output), "\n", -1);
    g_assert_cmpuint(g_strv_length(answers), ==, count);
    seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint32 i = 0; i < count && !g_test_failed(); i++) {
        g_autoptr(RandomWeek) made = random_week_new(FIRST_SEED + i);
        g_autoptr(GPtrArray) violations = rules_check(made->week, made->roster);
        legal += violations->len == 0;
        compare(made, FIRST_SEED + i, answers[i]);
    }
    if (!g_test_failed())
        everything_had_its_turn();
    g_test_message("%u weeks, %u of them legal", count, legal);
    g_assert_cmpuint(legal, >, count / 5);
    g_hash_table_unref(seen);
    if (g_test_failed())
        g_test_message("the cases are kept in %s", folder);
    else
        remove_folder(folder);
}

static void agree_on_the_outside_pools(void)
{
    g_autofree char *tools = test_shared("tools"), *pools = tools ? test_shared("pools") : NULL;
    if (!pools)
        return;
    g_autofree char *folder = g_dir_make_tmp("rooster-agreement-XXXXXX", NULL);
    g_autoptr(GPtrArray) weeks = g_ptr_array_new_with_free_func((GDestroyNotify)random_week_free);
    GDir *names = g_dir_open(pools, 0, NULL);
    for (const char *name; (name = g_dir_read_name(names));) {
        g_autofree char *pool = g_build_filename(pools, name, NULL);
        g_autoptr(GError) error = NULL;
        if (!g_file_test(pool, G_FILE_TEST_IS_DIR))
            continue;
        g_autoptr(PoolImport) import = pool_folder_read(pool, NULL, &error);
        g_assert_no_error(error);
        RandomWeek *made =
            random_week_of(g_steal_pointer(&import->pool), g_steal_pointer(&import->rosters), FIRST_SEED);
        g_autofree char *case_name = g_strdup_printf("%02u", weeks->len);
        g_autofree char *path = g_build_filename(folder, case_name, NULL);
        write_case(path, made, pool);
        g_ptr_array_add(weeks, made);
    }
    g_dir_close(names);
    g_autofree char *output = run_referee(tools, folder);
    g_auto(GStrv) answers = g_strsplit(g_strstrip(output), "\n", -1);
    g_assert_cmpuint(g_strv_length(answers), ==, weeks->len);
    g_assert_cmpuint(weeks->len, >, 0);
    seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < weeks->len; i++)
        compare(g_ptr_array_index(weeks, i), FIRST_SEED, answers[i]);
    g_hash_table_unref(seen);
    remove_folder(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/agreement/checker-and-referee-agree-on-random-weeks", checker_and_referee_agree);
    g_test_add_func("/agreement/checker-and-referee-agree-on-the-outside-pools", agree_on_the_outside_pools);
    return g_test_run();
}
