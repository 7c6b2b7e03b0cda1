/* An import into an earlier pool: what is replaced, what is added, what stays. */
#include "pool_equal.h"
#include "pool_texts.h"

#include <string.h>

static const char earlier[] =
    "-- pool.ini\n"
    "[pool]\nid = west\nname = West\n[rules]\nmax_consecutive_days = 5\n[prices]\nidle = 1.1\n"
    "-- coops.csv\n"
    "coop,name\nC1,One\nC2,Two\n"
    "-- workers.csv\n"
    "worker,name,birth_date,contract_min,contract_max,hourly_cost\n"
    "W1,Ann,1990-01-02,16,24,25\nW2,Bob,1991-02-03,20,32,27.5\n"
    "-- certificates.csv\n"
    "worker,certificate,valid_from,valid_until,level\n"
    "W1,BHV,2026-01-01,2026-12-31,learner\nW1,BHV,,,learner\nW2,VOG,,,\n"
    "-- demand.csv\n"
    "shift,coop,role,start,end\n"
    "S1,C1,cook,2026-11-30T08:00,2026-11-30T12:00\n"
    "S2,C2,cook,2026-12-07T08:00,2026-12-07T12:00\n"
    "-- availability.csv\n"
    "worker,start,end,kind\n"
    "W1,2026-12-01T00:00,2026-12-02T00:00,avoid\nW1,2026-12-02T00:00,2026-12-03T00:00,avoid\n"
    "-- preferences.csv\n"
    "worker,coop,kind\nW1,C1,avoid\nW1,C2,prefer\n"
    "-- worker_rules.csv\n"
    "worker,rule,value\nW1,max_weekends,1\nW1,min_days_off,2\n"
    "-- history.csv\n"
    "worker,coop,start,end\n"
    "W1,C1,2026-11-20T08:00,2026-11-20T12:00\nW1,C2,2026-11-21T08:00,2026-11-21T12:00\n";

static PoolImport *read_files(const char *files, const Pool *base)
{
    g_autoptr(GHashTable) texts = pool_texts_new();
    g_autoptr(GError) error = NULL;
    pool_texts_add(texts, files, strlen(files));
    PoolImport *import = pool_texts_read(texts, base, &error);
    if (!import)
        g_error("%s", error->message);
    return import;
}

static PoolImport *read_earlier(void)
{
    return read_files(earlier, NULL);
}

static const Worker *worker_by_id(const PoolImport *import, const char *id)
{
    guint index;
    g_assert_true(pool_find_worker(import->pool, id, &index));
    return pool_worker(import->pool, index);
}

static const Shift *shift_by_id(const PoolImport *import, const char *id)
{
    guint index;
    g_assert_true(pool_find_shift(import->pool, id, &index));
    return pool_shift(import->pool, index);
}

static void absent_files_change_nothing(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- preferences.csv\nworker,coop,kind\n", before->pool);
    assert_no_difference(pool_difference(before->pool, after->pool));
    g_assert_cmpuint(after->coops + after->workers + after->shifts + after->preferences, ==, 0);
    g_assert_cmpuint(after->rosters->len, ==, 0);
}

static void the_earlier_pool_is_untouched(void)
{
    g_autoptr(PoolImport) before = read_earlier(), same = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- coops.csv\ncoop,name\nC1,New\nC3,Three\n", before->pool);
    assert_no_difference(pool_difference(same->pool, before->pool));
    g_assert_cmpuint(after->pool->coops->len, ==, 3);
}

static void coops_are_added_or_replaced(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- coops.csv\ncoop,name\nC2,New\nC3,Three\n", before->pool);
    guint index;
    g_assert_true(pool_find_coop(after->pool, "C1", &index));
    g_assert_cmpstr(pool_coop(after->pool, index)->name, ==, "One");
    g_assert_true(pool_find_coop(after->pool, "C2", &index));
    g_assert_cmpstr(pool_coop(after->pool, index)->name, ==, "New");
    g_assert_true(pool_find_coop(after->pool, "C3", &index));
    /* What names a coop still names the same one, though its number changed. */
    g_assert_cmpstr(pool_coop(after->pool, shift_by_id(after, "S1")->coop)->id, ==, "C1");
    g_assert_cmpstr(pool_coop(after->pool, shift_by_id(after, "S2")->coop)->id, ==, "C2");
    g_assert_true(pool_find_coop(after->pool, "C2", &index));
    g_assert_true(worker_has_preference(worker_by_id(after, "W1"), index, PREFERENCE_PREFER));
}

static void a_replaced_worker_keeps_what_is_theirs(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- workers.csv\n"
                                             "worker,birth_date,contract_min,contract_max,hourly_cost\n"
                                             "W1,1990-01-02,8,12,30\n",
                                             before->pool);
    const Worker *worker = worker_by_id(after, "W1");
    g_assert_cmpstr(worker->name, ==, "W1"); /* the whole row is replaced, not its columns */
    g_assert_cmpint(worker->contract_max, ==, 120000);
    g_assert_cmpuint(worker->certificates->len, ==, 2);
    g_assert_cmpuint(worker->windows->len, ==, 2);
    g_assert_cmpuint(worker->preferences->len, ==, 2);
    g_assert_cmpuint(worker->history->len, ==, 2);
    g_assert_cmpuint(after->pool->workers->len, ==, 2);
    g_assert_cmpuint(worker_by_id(after, "W2")->certificates->len, ==, 1);
}

static void shifts_are_added_or_replaced(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- demand.csv\n"
                                             "shift,coop,start,end,headcount\n"
                                             "S2,C1,2026-12-07T09:00,2026-12-07T12:00,0\n"
                                             "S3,C2,2026-12-08T09:00,2026-12-08T12:00,2\n",
                                             before->pool);
    g_assert_cmpuint(after->pool->shifts->len, ==, 3);
    g_assert_cmpint(shift_by_id(after, "S2")->headcount, ==, 0);
    g_assert_cmpstr(shift_by_id(after, "S2")->role, ==, "");
    g_assert_cmpstr(shift_by_id(after, "S1")->role, ==, "cook");
    g_assert_cmpuint(after->shifts, ==, 2);
}

static void certificates_are_replaced_by_worker_name_and_start(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- certificates.csv\n"
                                             "worker,certificate,valid_from,valid_until,level\n"
                                             "W1,BHV,2026-01-01,2027-06-30,holder\n"
                                             "W2,BHV,,,holder\n",
                                             before->pool);
    const Worker *worker = worker_by_id(after, "W1");
    g_assert_cmpuint(worker->certificates->len, ==, 2);
    g_assert_cmpint(worker_level(worker, "BHV", day_from_civil(2027, 6, 30)), ==, CERTIFICATE_HOLDER);
    g_assert_cmpint(worker_level(worker, "BHV", day_from_civil(2027, 7, 1)), ==, CERTIFICATE_LEARNER);
    g_assert_cmpuint(worker_by_id(after, "W2")->certificates->len, ==, 2);
}

static void windows_are_replaced_by_worker_and_span(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- availability.csv\n"
                                             "worker,start,end,kind\n"
                                             "W1,2026-12-01T00:00,2026-12-02T00:00,unavailable\n"
                                             "W1,2026-12-02T00:00,2026-12-02T12:00,prefer\n",
                                             before->pool);
    const Worker *worker = worker_by_id(after, "W1");
    g_assert_cmpuint(worker->windows->len, ==, 3);
    g_assert_cmpint(g_array_index(worker->windows, Window, 0).kind, ==, WINDOW_UNAVAILABLE);
    g_assert_cmpint(g_array_index(worker->windows, Window, 1).kind, ==, WINDOW_PREFER);
    g_assert_cmpint(g_array_index(worker->windows, Window, 2).kind, ==, WINDOW_AVOID);
}

static void rules_are_replaced_by_worker_and_rule(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after =
        read_files("-- worker_rules.csv\nworker,rule,value\nW1,max_weekends,off\nW2,max_weekends,0\n", before->pool);
    const Worker *first = worker_by_id(after, "W1"), *second = worker_by_id(after, "W2");
    g_assert_cmpuint(after->rules, ==, 2);
    g_assert_cmpuint(first->rules->len, ==, 2);
    g_assert_cmpint(first->day_rules.max_weekends, ==, DAY_RULE_OFF);
    g_assert_cmpint(first->day_rules.min_days_off, ==, 2);
    g_assert_cmpuint(second->rules->len, ==, 1);
    g_assert_cmpint(second->day_rules.max_weekends, ==, 0);
}

static void new_rules_of_the_pool_stand_where_a_worker_has_none(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after =
        read_files("-- pool.ini\n[pool]\nid = west\n[rules]\nmax_weekends = 2\nweekend_window = 3\n", before->pool);
    const Worker *first = worker_by_id(after, "W1"), *second = worker_by_id(after, "W2");
    g_assert_cmpint(first->day_rules.max_weekends, ==, 1);
    g_assert_cmpint(first->day_rules.weekend_window, ==, 3);
    g_assert_cmpint(second->day_rules.max_weekends, ==, 2);
    g_assert_cmpint(second->day_rules.min_days_off, ==, 0);
}

static void preferences_are_replaced_by_worker_and_coop(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after =
        read_files("-- preferences.csv\nworker,coop,kind\nW1,C1,never\nW2,C1,prefer\n", before->pool);
    guint first, second;
    g_assert_true(pool_find_coop(after->pool, "C1", &first));
    g_assert_true(pool_find_coop(after->pool, "C2", &second));
    const Worker *worker = worker_by_id(after, "W1");
    g_assert_cmpuint(worker->preferences->len, ==, 2);
    g_assert_true(worker_has_preference(worker, first, PREFERENCE_NEVER));
    g_assert_true(worker_has_preference(worker, second, PREFERENCE_PREFER));
    g_assert_true(worker_has_preference(worker_by_id(after, "W2"), first, PREFERENCE_PREFER));
}

static void history_is_replaced_by_worker_and_start(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- history.csv\n"
                                             "worker,coop,start,end\n"
                                             "W1,,2026-11-20T08:00,2026-11-20T16:00\n"
                                             "W1,C1,2026-11-22T08:00,2026-11-22T12:00\n",
                                             before->pool);
    const GArray *history = worker_by_id(after, "W1")->history;
    g_assert_cmpuint(history->len, ==, 3);
    g_assert_cmpstr(g_array_index(history, HistoryPiece, 0).coop, ==, "");
    g_assert_cmpstr(g_array_index(history, HistoryPiece, 1).coop, ==, "C2");
}

static void settings_are_replaced_whole(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- pool.ini\n[pool]\nid = east\n[prices]\nextra = 1.2\n", before->pool);
    g_assert_cmpstr(after->pool->id, ==, "east");
    g_assert_cmpstr(after->pool->name, ==, "east");
    g_assert_cmpuint(profile_overrides(after->pool->profile)->len, ==, 0);
    g_assert_cmpint(after->pool->prices.of[PRICE_IDLE], ==, prices_default().of[PRICE_IDLE]);
    g_assert_cmpint(after->pool->prices.of[PRICE_EXTRA], ==, 12000);
}

static void settings_stay_without_a_pool_ini(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- coops.csv\ncoop\nC3\n", before->pool);
    g_assert_cmpstr(after->pool->name, ==, "West");
    g_assert_cmpint(after->pool->prices.of[PRICE_IDLE], ==, 11000);
    g_assert_cmpstr(profile_overrides(after->pool->profile)->pdata[0], ==, "max_consecutive_days=5");
}

static void rosters_may_name_what_the_pool_had(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(PoolImport) after = read_files("-- demand.csv\n"
                                             "shift,coop,start,end\nS3,C1,2026-12-08T09:00,2026-12-08T12:00\n"
                                             "-- roster.csv\nshift,worker\nS2,W1\nS3,W2\n",
                                             before->pool);
    g_assert_cmpuint(after->rosters->len, ==, 1);
    const Roster *roster = after->rosters->pdata[0];
    g_assert_cmpuint(roster->assignments->len, ==, 2);
}

/* What the earlier pool holds is judged by the new settings as well. */
static void a_rest_that_does_not_fit_is_refused(void)
{
    g_autoptr(PoolImport) before = pool_texts_read_with("demand.csv",
                                                        "shift,coop,start,end,break_minutes\n"
                                                        "S1,C1,2026-11-30T08:00,2026-11-30T14:15,30\n",
                                                        NULL);
    g_autoptr(GHashTable) texts = pool_texts_new();
    pool_texts_set(texts, "pool.ini", "[pool]\nid = west\n[rules]\nbreak_need = 40\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) after = pool_texts_read(texts, before->pool, &error);
    g_assert_null(after);
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT);
    g_assert_true(
        g_str_has_prefix(error->message, "pool.ini: shift S1, which the pool has already: column break_minutes"));
}

static void an_unknown_worker_is_refused_with_an_earlier_pool_too(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(GHashTable) texts = pool_texts_new();
    pool_texts_set(texts, "preferences.csv", "worker,coop,kind\nW2,C2,avoid\nW3,C2,avoid\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) after = pool_texts_read(texts, before->pool, &error);
    g_assert_null(after);
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT);
    g_assert_true(g_str_has_prefix(error->message, "preferences.csv:3: column worker: 'W3' is unknown"));
}

static void a_folder_with_none_of_the_files_is_refused(void)
{
    g_autoptr(PoolImport) before = read_earlier();
    g_autoptr(GHashTable) texts = pool_texts_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) after = pool_texts_read(texts, before->pool, &error);
    g_assert_null(after);
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_READ);
}

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    g_test_add_func("/csv/merge/absent-files-change-nothing", absent_files_change_nothing);
    g_test_add_func("/csv/merge/the-earlier-pool-is-untouched", the_earlier_pool_is_untouched);
    g_test_add_func("/csv/merge/coops-are-added-or-replaced", coops_are_added_or_replaced);
    g_test_add_func("/csv/merge/a-replaced-worker-keeps-what-is-theirs", a_replaced_worker_keeps_what_is_theirs);
    g_test_add_func("/csv/merge/shifts-are-added-or-replaced", shifts_are_added_or_replaced);
    g_test_add_func("/csv/merge/certificates-are-replaced-by-worker-name-and-start",
                    certificates_are_replaced_by_worker_name_and_start);
    g_test_add_func("/csv/merge/windows-are-replaced-by-worker-and-span", windows_are_replaced_by_worker_and_span);
    g_test_add_func("/csv/merge/rules-are-replaced-by-worker-and-rule", rules_are_replaced_by_worker_and_rule);
    g_test_add_func("/csv/merge/new-rules-of-the-pool-stand-where-a-worker-has-none",
                    new_rules_of_the_pool_stand_where_a_worker_has_none);
    g_test_add_func("/csv/merge/preferences-are-replaced-by-worker-and-coop",
                    preferences_are_replaced_by_worker_and_coop);
    g_test_add_func("/csv/merge/history-is-replaced-by-worker-and-start", history_is_replaced_by_worker_and_start);
    g_test_add_func("/csv/merge/settings-are-replaced-whole", settings_are_replaced_whole);
    g_test_add_func("/csv/merge/settings-stay-without-a-pool-ini", settings_stay_without_a_pool_ini);
    g_test_add_func("/csv/merge/rosters-may-name-what-the-pool-had", rosters_may_name_what_the_pool_had);
    g_test_add_func("/csv/merge/a-rest-that-does-not-fit-is-refused", a_rest_that_does_not_fit_is_refused);
    g_test_add_func("/csv/merge/an-unknown-worker-is-refused-with-an-earlier-pool-too",
                    an_unknown_worker_is_refused_with_an_earlier_pool_too);
    g_test_add_func("/csv/merge/a-folder-with-none-of-the-files-is-refused",
                    a_folder_with_none_of_the_files_is_refused);
    return g_test_run();
}
