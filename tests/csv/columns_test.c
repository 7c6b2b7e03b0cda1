/* What the columns mean when they are right: each value, each default, in any order. */
#include "pool_texts.h"

#include <string.h>

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return (int64_t)day_from_civil(year, month, day) * 24 * 60 + hour * 60 + minute;
}

static void assert_list(const char *const *list, const char *expected)
{
    g_autofree char *joined = g_strjoinv("|", (char **)list);
    g_assert_cmpstr(joined, ==, expected);
}

static void a_coop_has_what_its_row_says(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with(
        "coops.csv",
        "rate,contact,longitude,latitude,address,sector,name,coop\n"
        "41.5,\"0612345678, after 9\",4.80,52.36,\"Plein 1\nAmsterdam\",care,\"Zorg \"\"West\"\"\",C1\n",
        NULL);
    const Coop *coop = pool_coop(import->pool, 0);
    g_assert_cmpstr(coop->id, ==, "C1");
    g_assert_cmpstr(coop->name, ==, "Zorg \"West\"");
    g_assert_cmpstr(coop->sector, ==, "care");
    g_assert_cmpstr(coop->address, ==, "Plein 1\nAmsterdam");
    g_assert_cmpstr(coop->contact, ==, "0612345678, after 9");
    g_assert_true(coop->place.is_known);
    g_assert_cmpfloat(coop->place.latitude, ==, 52.36);
    g_assert_cmpfloat(coop->place.longitude, ==, 4.80);
    g_assert_cmpint(coop->rate, ==, 415000);
}

static void a_coop_needs_only_its_id(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("coops.csv", "coop\nC1\n", NULL);
    const Coop *coop = pool_coop(import->pool, 0);
    g_assert_cmpstr(coop->name, ==, "C1");
    g_assert_cmpstr(coop->sector, ==, "");
    g_assert_cmpstr(coop->address, ==, "");
    g_assert_cmpstr(coop->contact, ==, "");
    g_assert_false(coop->place.is_known);
    g_assert_cmpint(coop->rate, ==, 0);
}

static void a_place_with_one_half_is_unknown(void)
{
    g_autoptr(PoolImport) import =
        pool_texts_read_with("coops.csv", "coop,latitude,longitude\nC1,52.3,\nC2,,4.8\nC3,-90,180\n", NULL);
    g_assert_false(pool_coop(import->pool, 0)->place.is_known);
    g_assert_false(pool_coop(import->pool, 1)->place.is_known);
    g_assert_true(pool_coop(import->pool, 2)->place.is_known);
}

static void a_worker_has_what_their_row_says(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with(
        "workers.csv",
        "language,longitude,latitude,hourly_cost,contract_max,contract_min,birth_date,name,worker\n"
        "ar,4.81,52.37,27.1234,24.5,0,2012-02-29,ليلى العلمي,W1\n",
        NULL);
    const Worker *worker = pool_worker(import->pool, 0);
    g_assert_cmpstr(worker->id, ==, "W1");
    g_assert_cmpstr(worker->name, ==, "ليلى العلمي");
    g_assert_cmpstr(worker->language, ==, "ar");
    g_assert_cmpint(worker->birth, ==,
                    day_from_civil(2012, 2, 29)); /* under 16s are the rules' matter, not the import's */
    g_assert_cmpint(worker->contract_min, ==, 0);
    g_assert_cmpint(worker->contract_max, ==, 245000);
    g_assert_cmpint(worker->hourly_cost, ==, 271234);
    g_assert_true(worker->place.is_known);
}

static void a_worker_has_defaults(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("coops.csv", "coop\nC1\n", NULL);
    const Worker *worker = pool_worker(import->pool, 1);
    g_assert_cmpstr(worker->name, ==, "W2");
    g_assert_cmpstr(worker->language, ==, "");
    g_assert_false(worker->place.is_known);
    g_assert_cmpuint(worker->certificates->len + worker->windows->len + worker->preferences->len + worker->history->len,
                     ==, 0);
}

static void certificates_have_open_dates_and_levels(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("certificates.csv",
                                                        "worker,certificate,level,valid_until,valid_from\n"
                                                        "W1,BHV,,,\n"
                                                        "W1,Code 95/C+E,learner,2026-12-31,2026-01-01\n"
                                                        "W1,BHV,holder,,\n",
                                                        NULL);
    const GArray *certificates = pool_worker(import->pool, 0)->certificates;
    g_assert_cmpuint(certificates->len, ==, 3); /* rows of one key in one file all count */
    const Certificate *open = &g_array_index(certificates, Certificate, 0);
    g_assert_cmpint(open->valid_from, ==, DAY_MIN);
    g_assert_cmpint(open->valid_until, ==, DAY_MAX);
    g_assert_cmpint(open->level, ==, CERTIFICATE_HOLDER);
    const Certificate *learner = &g_array_index(certificates, Certificate, 1);
    g_assert_cmpstr(learner->name, ==, "Code 95/C+E");
    g_assert_cmpint(learner->valid_from, ==, day_from_civil(2026, 1, 1));
    g_assert_cmpint(learner->valid_until, ==, day_from_civil(2026, 12, 31));
    g_assert_cmpint(learner->level, ==, CERTIFICATE_LEARNER);
    g_assert_cmpuint(import->certificates, ==, 3);
}

static void a_shift_has_what_its_row_says(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with(
        "demand.csv",
        "priority,team_certificates,certificates,headcount,break_minutes,end,start,role,coop,shift\n"
        "critical,BHV,\" VOG ;; HACCP;\",3,30,2026-11-30T14:00,2026-11-30T08:00:00,cook,C1,S1\n"
        "high,,,0,,2026-11-30T14:00Z,2026-11-30T14:00+01:00,,C1,S2\n"
        "low,,,,,2026-11-30T12:00,2026-11-30T08:00,,C1,S3\n",
        NULL);
    const Shift *shift = pool_shift(import->pool, 0);
    g_assert_cmpstr(shift->id, ==, "S1");
    g_assert_cmpuint(shift->coop, ==, 0);
    g_assert_cmpstr(shift->role, ==, "cook");
    g_assert_cmpint(shift->start_min, ==, utc(2026, 11, 30, 7, 0));
    g_assert_cmpint(shift->end_min, ==, utc(2026, 11, 30, 13, 0));
    g_assert_cmpint(shift->break_min, ==, 30);
    g_assert_cmpint(shift->headcount, ==, 3);
    assert_list(shift->certificates, "VOG|HACCP");
    assert_list(shift->team_certificates, "BHV");
    g_assert_cmpint(shift->priority, ==, PRIORITY_CRITICAL);
    const Shift *cancelled = pool_shift(import->pool, 1);
    g_assert_cmpint(cancelled->headcount, ==, 0);
    g_assert_cmpint(cancelled->priority, ==, PRIORITY_HIGH);
    g_assert_cmpint(cancelled->start_min, ==, utc(2026, 11, 30, 13, 0));
    g_assert_cmpint(cancelled->end_min, ==, utc(2026, 11, 30, 14, 0));
    g_assert_cmpint(pool_shift(import->pool, 2)->priority, ==, PRIORITY_LOW);
}

static void a_shift_has_defaults(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("coops.csv", "coop\nC1\n", NULL);
    const Shift *shift = pool_shift(import->pool, 0);
    g_assert_cmpstr(shift->role, ==, "");
    g_assert_cmpint(shift->break_min, ==, 0);
    g_assert_cmpint(shift->headcount, ==, 1);
    assert_list(shift->certificates, "");
    assert_list(shift->team_certificates, "");
    g_assert_cmpint(shift->priority, ==, PRIORITY_NORMAL);
}

static void the_autumn_hour_is_the_first_unless_the_offset_says_so(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("demand.csv",
                                                        "shift,coop,start,end\n"
                                                        "S1,C1,2026-10-25T02:30,2026-10-25T04:00\n"
                                                        "S2,C1,2026-10-25T02:30+01:00,2026-10-25T04:00\n",
                                                        NULL);
    g_assert_cmpint(shift_paid_min(pool_shift(import->pool, 0)), ==, 150);
    g_assert_cmpint(shift_paid_min(pool_shift(import->pool, 1)), ==, 90);
}

static void the_spring_night_is_an_hour_shorter(void)
{
    g_autoptr(PoolImport) import =
        pool_texts_read_with("demand.csv", "shift,coop,start,end\nS1,C1,2026-03-29T01:59,2026-03-29T03:00\n", NULL);
    g_assert_cmpint(shift_paid_min(pool_shift(import->pool, 0)), ==, 1);
}

static void windows_have_three_kinds(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("availability.csv",
                                                        "kind,end,start,worker\n"
                                                        "prefer,2026-12-03T12:00,2026-12-03T08:00,W2\n"
                                                        "avoid,2026-12-02T12:00,2026-12-02T08:00,W2\n"
                                                        "unavailable,2026-12-02T00:00,2026-12-01T00:00,W2\n",
                                                        NULL);
    const GArray *windows = pool_worker(import->pool, 1)->windows;
    g_assert_cmpuint(windows->len, ==, 3);
    for (guint number = 0; number < windows->len; number++) /* sorted by start, which is the order of the kinds here */
        g_assert_cmpint(g_array_index(windows, Window, number).kind, ==, (int)number);
    g_assert_cmpint(g_array_index(windows, Window, 0).start_min, ==, utc(2026, 11, 30, 23, 0));
    g_assert_cmpint(g_array_index(windows, Window, 0).end_min, ==, utc(2026, 12, 1, 23, 0));
    g_assert_cmpuint(import->windows, ==, 3);
}

static void preferences_have_three_kinds(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("preferences.csv",
                                                        "kind,coop,worker\n"
                                                        "never,C1,W1\navoid,C1,W1\nprefer,C1,W2\n",
                                                        NULL);
    const Worker *first = pool_worker(import->pool, 0), *second = pool_worker(import->pool, 1);
    g_assert_true(worker_has_preference(first, 0, PREFERENCE_NEVER));
    g_assert_true(worker_has_preference(first, 0, PREFERENCE_AVOID));
    g_assert_false(worker_has_preference(first, 0, PREFERENCE_PREFER));
    g_assert_true(worker_has_preference(second, 0, PREFERENCE_PREFER));
    g_assert_cmpuint(import->preferences, ==, 3);
}

static void history_may_be_credited_or_of_a_coop_that_left(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("history.csv",
                                                        "break_minutes,end,start,coop,worker\n"
                                                        "30,2026-11-20T16:00,2026-11-20T08:00,OLD,W1\n"
                                                        ",2026-11-19T16:00,2026-11-19T08:00,,W1\n",
                                                        NULL);
    const GArray *history = pool_worker(import->pool, 0)->history;
    g_assert_cmpstr(g_array_index(history, HistoryPiece, 0).coop, ==, "");
    g_assert_cmpint(g_array_index(history, HistoryPiece, 0).break_min, ==, 0);
    g_assert_cmpstr(g_array_index(history, HistoryPiece, 1).coop, ==, "OLD");
    g_assert_cmpint(g_array_index(history, HistoryPiece, 1).break_min, ==, 30);
    g_assert_cmpint(g_array_index(history, HistoryPiece, 1).start_min, ==, utc(2026, 11, 20, 7, 0));
    g_assert_cmpuint(import->history, ==, 2);
}

static void a_history_file_may_do_without_coops(void)
{
    g_autoptr(PoolImport) import =
        pool_texts_read_with("history.csv", "worker,start,end\nW1,2026-11-19T08:00,2026-11-19T16:00\n", NULL);
    g_assert_cmpstr(g_array_index(pool_worker(import->pool, 0)->history, HistoryPiece, 0).coop, ==, "");
}

static void rosters_are_published_one_a_week(void)
{
    static const char demand[] = "shift,coop,start,end\n"
                                 "LATE,C1,2026-12-07T00:00,2026-12-07T04:00\n"
                                 "SUNDAY,C1,2026-12-06T23:59,2026-12-07T04:00\n"
                                 "UTC,C1,2026-12-06T23:00Z,2026-12-07T04:00\n";
    g_autoptr(GHashTable) texts = pool_texts_good();
    pool_texts_set(texts, "demand.csv", demand);
    pool_texts_set(texts, "roster.csv", "worker,shift\nW1,LATE\nW1,SUNDAY\nW2,UTC\nW2,SUNDAY\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) import = pool_texts_read(texts, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(import->rosters->len, ==, 2);
    const Roster *first = import->rosters->pdata[0], *second = import->rosters->pdata[1];
    g_assert_cmpint(first->week.monday, ==, day_from_civil(2026, 11, 30));
    g_assert_cmpuint(first->assignments->len, ==, 2);
    g_assert_nonnull(roster_find(first, 1, 0));
    g_assert_nonnull(roster_find(first, 1, 1));
    g_assert_cmpint(second->week.monday, ==, day_from_civil(2026, 12, 7));
    g_assert_cmpuint(second->assignments->len, ==, 2); /* 23:00Z on Sunday is Monday 00:00 in Amsterdam */
    g_assert_cmpint(second->state, ==, ROSTER_PUBLISHED);
    g_assert_cmpuint(import->assignments, ==, 4);
}

static void pins_are_read_in_every_spelling(void)
{
    static const struct {
        const char *text;
        gboolean is_pinned;
    } spellings[] = {{"1", TRUE}, {"yes", TRUE}, {"TRUE", TRUE},   {"Yes", TRUE},    {"0", FALSE},
                     {"", FALSE}, {"no", FALSE}, {"False", FALSE}, {"false", FALSE}, {"true", TRUE}};
    for (guint number = 0; number < G_N_ELEMENTS(spellings); number++) {
        g_autofree char *text = g_strdup_printf("shift,worker,pinned\nS1,W1,%s\n", spellings[number].text);
        g_autoptr(PoolImport) import = pool_texts_read_with("roster.csv", text, NULL);
        const Roster *roster = import->rosters->pdata[0];
        if (roster_at(roster, 0)->is_pinned != spellings[number].is_pinned)
            g_error("pinned '%s': expected %d", spellings[number].text, spellings[number].is_pinned);
    }
}

static void the_settings_are_those_of_pool_ini(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("pool.ini",
                                                        "\xef\xbb\xbf; our pool\r\n"
                                                        "[prices] ; in euro\r\n"
                                                        "idle=1.1 ; dear\r\n"
                                                        "\r\n"
                                                        "[rules]\r\n"
                                                        "max_consecutive_days = 5\t; agreed in May\r\n"
                                                        "week_start = sunday\r\n"
                                                        "# whole lines\r\n"
                                                        "[pool]\r\n"
                                                        "  id = nieuw-west\r\n"
                                                        "name = De Werker;West = best #1\r\n"
                                                        "timezone = Europe/London\r\n"
                                                        "rules = nl-atw",
                                                        NULL);
    const Pool *pool = import->pool;
    g_assert_cmpstr(pool->id, ==, "nieuw-west");
    g_assert_cmpstr(pool->name, ==, "De Werker;West = best #1");
    g_assert_cmpstr(zone_name(pool->zone), ==, "Europe/London");
    g_assert_cmpstr(profile_name(pool->profile), ==, "nl-atw");
    g_assert_cmpint(profile_numbers(pool->profile, pool_shift(pool, 0)->week)->max_consecutive_days, ==, 5);
    g_assert_true(profile_week_starts_sunday(pool->profile));
    g_assert_cmpint(pool->prices.of[PRICE_IDLE], ==, 11000);
    g_assert_cmpint(pool->prices.of[PRICE_TEAM], ==, prices_default().of[PRICE_TEAM]);
}

static void settings_have_defaults(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("pool.ini", "[pool]\nid = west\n", NULL);
    g_assert_cmpstr(import->pool->name, ==, "west");
    g_assert_cmpstr(zone_name(import->pool->zone), ==, "Europe/Amsterdam");
    g_assert_cmpstr(profile_name(import->pool->profile), ==, "nl-atw");
    g_assert_cmpuint(profile_overrides(import->pool->profile)->len, ==, 0);
}

static void a_quoted_value_is_taken_as_it_stands(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with(
        "pool.ini", "[pool]\nid = west\nname = \" De \"\"Werker\"\" ; West \" ; as it says\n", NULL);
    g_assert_cmpstr(import->pool->name, ==, " De \"Werker\" ; West ");
}

/* One coop called name in every way that files end lines and themselves. */
static void line_ends_and_byte_order_marks_do_not_matter(void)
{
    static const char *const files[] = {
        "coop,name\nC1,One\n",
        "coop,name\r\nC1,One\r\n",
        "coop,name\nC1,One",
        "coop,name\rC1,One\r",
        ("\xef\xbb\xbf"
         "coop,name\nC1,One\n"),
        "\n\ncoop,name\n\nC1,One\n\n\n",
        "\"coop\",\"name\"\n\"C1\",\"One\"\n",
        "\xef\xbb\xbf\"coop\",name\r\n\r\nC1,\"One\"",
    };
    for (guint number = 0; number < G_N_ELEMENTS(files); number++) {
        g_autoptr(PoolImport) import = pool_texts_read_with("coops.csv", files[number], NULL);
        g_assert_cmpuint(import->pool->coops->len, ==, 1);
        g_assert_cmpstr(pool_coop(import->pool, 0)->id, ==, "C1");
        g_assert_cmpstr(pool_coop(import->pool, 0)->name, ==, "One");
    }
}

/* A coop, a worker and a shift are different things, whatever they are called. */
static void one_id_may_name_things_of_different_kinds(void)
{
    g_autoptr(GHashTable) texts = pool_texts_good();
    pool_texts_set(texts, "coops.csv", "coop\nX1\n");
    pool_texts_set(texts, "workers.csv",
                   "worker,birth_date,contract_min,contract_max,hourly_cost\nX1,1990-01-02,16,24,25\n");
    pool_texts_set(texts, "demand.csv", "shift,coop,start,end\nX1,X1,2026-11-30T08:00,2026-11-30T12:00\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) import = pool_texts_read(texts, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(import->coops + import->workers + import->shifts, ==, 3);
}

static void blanks_belong_to_a_field(void)
{
    g_autoptr(PoolImport) import = pool_texts_read_with("coops.csv", "coop,name,sector\nC1, One ,\" \"\n", NULL);
    g_assert_cmpstr(pool_coop(import->pool, 0)->name, ==, " One ");
    g_assert_cmpstr(pool_coop(import->pool, 0)->sector, ==, " ");
}

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    g_test_add_func("/csv/a-coop-has-what-its-row-says", a_coop_has_what_its_row_says);
    g_test_add_func("/csv/a-coop-needs-only-its-id", a_coop_needs_only_its_id);
    g_test_add_func("/csv/a-place-with-one-half-is-unknown", a_place_with_one_half_is_unknown);
    g_test_add_func("/csv/a-worker-has-what-their-row-says", a_worker_has_what_their_row_says);
    g_test_add_func("/csv/a-worker-has-defaults", a_worker_has_defaults);
    g_test_add_func("/csv/certificates-have-open-dates-and-levels", certificates_have_open_dates_and_levels);
    g_test_add_func("/csv/a-shift-has-what-its-row-says", a_shift_has_what_its_row_says);
    g_test_add_func("/csv/a-shift-has-defaults", a_shift_has_defaults);
    g_test_add_func("/csv/the-autumn-hour-is-the-first-unless-the-offset-says-so",
                    the_autumn_hour_is_the_first_unless_the_offset_says_so);
    g_test_add_func("/csv/the-spring-night-is-an-hour-shorter", the_spring_night_is_an_hour_shorter);
    g_test_add_func("/csv/windows-have-three-kinds", windows_have_three_kinds);
    g_test_add_func("/csv/preferences-have-three-kinds", preferences_have_three_kinds);
    g_test_add_func("/csv/history-may-be-credited-or-of-a-coop-that-left",
                    history_may_be_credited_or_of_a_coop_that_left);
    g_test_add_func("/csv/a-history-file-may-do-without-coops", a_history_file_may_do_without_coops);
    g_test_add_func("/csv/rosters-are-published-one-a-week", rosters_are_published_one_a_week);
    g_test_add_func("/csv/pins-are-read-in-every-spelling", pins_are_read_in_every_spelling);
    g_test_add_func("/csv/the-settings-are-those-of-pool-ini", the_settings_are_those_of_pool_ini);
    g_test_add_func("/csv/settings-have-defaults", settings_have_defaults);
    g_test_add_func("/csv/a-quoted-value-is-taken-as-it-stands", a_quoted_value_is_taken_as_it_stands);
    g_test_add_func("/csv/line-ends-and-byte-order-marks-do-not-matter", line_ends_and_byte_order_marks_do_not_matter);
    g_test_add_func("/csv/one-id-may-name-things-of-different-kinds", one_id_may_name_things_of_different_kinds);
    g_test_add_func("/csv/blanks-belong-to-a-field", blanks_belong_to_a_field);
    return g_test_run();
}
