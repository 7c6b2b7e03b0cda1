/* Every rule on both sides of every boundary, from the lines of cases/. */
#include "rooster/rules.h"

#include "cases.h"
#include "test_pool.h"

#include <string.h>

static const char *const files[] = {"vectors.txt", "access.txt", "rest.txt",      "hours.txt", "night.txt",
                                    "youth.txt",   "days.txt",   "day_rules.txt", "shift.txt"};

/* "daily_rest:a,b" */
static char *finding(const Pool *pool, const Violation *violation)
{
    GString *text = g_string_new(violation->rule);
    for (guint i = 0; i < violation->shifts->len; i++)
        g_string_append_printf(text, "%c%s", i ? ',' : ':',
                               pool_shift(pool, g_array_index(violation->shifts, guint, i))->id);
    return g_string_free(text, FALSE);
}

static gboolean names_rule(const char *item, const char *rule)
{
    return g_str_has_prefix(item, rule) && (item[strlen(rule)] == '\0' || item[strlen(rule)] == ':');
}

/* An expected item without shifts is met by the rule with any; one with shifts by these alone. */
static gboolean is_met(const char *item, const Pool *pool, const GPtrArray *violations)
{
    for (guint i = 0; i < violations->len; i++) {
        const Violation *violation = g_ptr_array_index(violations, i);
        g_autofree char *found = finding(pool, violation);
        if (strcmp(item, strchr(item, ':') ? found : violation->rule) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_expected(const Violation *violation, char *const *items)
{
    for (; *items; items++)
        if (names_rule(*items, violation->rule))
            return TRUE;
    return FALSE;
}

static void judge_case(gconstpointer data)
{
    const Case *example = data;
    g_autoptr(TestPool) test = test_pool_new(example->planned, example->around);
    g_autoptr(GPtrArray) violations = rules_check(test->week, test->roster);
    g_auto(GStrv) items = g_strsplit(strcmp(example->expected, "legal") == 0 ? "" : example->expected, " ", -1);
    gboolean agrees = TRUE;
    for (char **item = items; *item; item++)
        agrees &= is_met(*item, test->pool, violations);
    GString *got = g_string_new(violations->len ? NULL : "legal");
    for (guint i = 0; i < violations->len; i++) {
        const Violation *violation = g_ptr_array_index(violations, i);
        g_autofree char *found = finding(test->pool, violation);
        agrees &= is_expected(violation, items);
        g_string_append_printf(got, "%s (%s) ", found, violation->text);
    }
    if (!agrees)
        case_fail(example, got->str);
    g_string_free(got, TRUE);
}

/* A worker's line by itself is judged as it is within the roster. */
static void judge_case_by_lines(gconstpointer data)
{
    const Case *example = data;
    g_autoptr(TestPool) test = test_pool_new(example->planned, example->around);
    g_autoptr(GPtrArray) whole = rules_check(test->week, test->roster);
    guint at = 0;
    for (guint worker = 0; worker < test->pool->workers->len; worker++) {
        g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint i = test->roster->assignments->len; i-- > 0;) /* the order does not matter */
            if (roster_at(test->roster, i)->worker == worker)
                g_array_append_val(shifts, roster_at(test->roster, i)->shift);
        g_autoptr(GPtrArray) line =
            rules_check_line(test->week, worker, (const guint *)(void *)shifts->data, shifts->len);
        for (guint i = 0; i < line->len; i++, at++) {
            g_autofree char *alone = violation_format(g_ptr_array_index(line, i), test->pool);
            g_autofree char *within =
                at < whole->len ? violation_format(g_ptr_array_index(whole, at), test->pool) : g_strdup("nothing");
            if (strcmp(alone, within) != 0)
                case_fail(example, alone);
        }
    }
    for (; at < whole->len; at++) {
        const Violation *violation = g_ptr_array_index(whole, at);
        static const char *const not_of_a_line[] = {"headcount", "learner", "demand_breaks", "pinned", "frozen", NULL};
        if (!g_strv_contains(not_of_a_line, violation->rule))
            case_fail(example, violation->rule);
    }
}

static void every_rule_is_broken_by_a_case(void)
{
    for (const char *const *rule = rule_names(); *rule; rule++) {
        int broken = 0;
        for (guint file = 0; file < G_N_ELEMENTS(files); file++) {
            g_autoptr(GPtrArray) cases = cases_read(files[file]);
            for (guint i = 0; i < cases->len; i++) {
                const Case *example = g_ptr_array_index(cases, i);
                g_auto(GStrv) items = g_strsplit(example->expected, " ", -1);
                for (char **item = items; *item; item++)
                    broken += names_rule(*item, *rule);
            }
        }
        if (broken == 0)
            g_test_fail_printf("no case breaks rule %s", *rule);
    }
}

static void expect_texts(const char *planned, const char *around, const char *const *expected)
{
    g_autoptr(TestPool) test = test_pool_new(planned, around);
    g_autoptr(GPtrArray) violations = rules_check(test->week, test->roster);
    for (guint i = 0; i < violations->len; i++) {
        g_autofree char *text = violation_format(g_ptr_array_index(violations, i), test->pool);
        g_assert_cmpstr(text, ==, expected[i]);
    }
    g_assert_cmpuint(violations->len, ==, g_strv_length((char **)expected));
}

static void says_who_what_and_by_which_figures(void)
{
    expect_texts(
        "mon 13:00-21:00 +30, tue 07:00-11:00", "",
        (const char *[]){"w: daily_rest (A5 ATW 5:3(2)), shifts a b: rest 10:00 h from Mon 30 Nov 21:00, at least "
                         "11:00 h",
                         NULL});
    expect_texts(
        "mon 08:00-12:00 [BHV] : w v", "unavailable mon 11:00-13:00",
        (const char *[]){"w: certificate (pool agreement), shift a: BHV is not held on Mon 30 Nov",
                         "w: unavailable (pool agreement), shift a: unavailable from Mon 30 Nov 11:00 to Mon 30 Nov "
                         "13:00",
                         "v: certificate (pool agreement), shift a: BHV is not held on Mon 30 Nov",
                         "headcount (pool agreement), shift a: 2 people, asked 1", NULL});
    expect_texts(
        "mon 08:00-12:01", "history each -3..-1 mon-sat 08:00-20:00; hours 0 4",
        (const char *[]){"w: four_weeks (A3 ATW 5:7(3)), shift a: work in 4 weeks is 220:01 h from Mon 9 Nov, at "
                         "most 220:00 h",
                         "w: contract_max (contract), shift a: planned 4:01 h, at most 4 h", NULL});
}

static void says_the_figures_of_nights_and_weeks(void)
{
    expect_texts("mon-wed 22:00-06:00 +30, thu 20:00-23:00", "",
                 (const char *[]){"w: night_run (N4 ATW 5:8(5)), shifts a b c d: rest 14:00 h from Thu 3 Dec 06:00, at "
                                  "least 46:00 h",
                                  NULL});
    expect_texts(
        "mon-fri 08:00-18:45 +45, sat 08:00-18:46 +45", "hours 0 70",
        (const char *[]){"w: week (A2 ATW 5:7(2)(b)), shifts a b c d e f: work in the week is 60:01 h from Mon 30 "
                         "Nov, at most 60:00 h",
                         NULL});
    expect_texts(
        "mon-fri 07:00-11:00, sat 15:00-19:01", "",
        (const char *[]){"w: weekly_rest (A6 ATW 5:5(2)), shifts a b c d e f: stretch without 36:00 h of rest is "
                         "132:01 h from Mon 30 Nov 07:00, at most 132:00 h",
                         NULL});
    expect_texts(
        "mon 22:30-00:20", "born 2009-06-01",
        (const char *[]){"w: youth_night (Y4 ATW 5:3(1)), shift a: 80 min between 23:00 and 06:00 below 18, none is "
                         "allowed",
                         NULL});
    expect_texts(
        "thu 04:30-08:00", "history each -15..-4 mon,wed,fri 22:00-04:00",
        (const char *[]){"w: night_count (N6 ATW 5:8(8)), shift a: 37 night duties ending after 02:00 in 16 weeks "
                         "from Mon 17 Aug, at most 36",
                         NULL});
}

static void an_empty_line_breaks_nothing(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00 : -", "history each -2..-1 mon-sun 00:00-20:00");
    g_autoptr(GPtrArray) line = rules_check_line(test->week, 0, NULL, 0);
    g_autoptr(GPtrArray) whole = rules_check(test->week, test->roster);
    g_assert_cmpuint(line->len, ==, 0);
    g_assert_cmpuint(whole->len, ==, 0);
}

/* A roster holds a pair once; a line that names a shift twice is a worker in two places. */
static void a_shift_twice_on_a_line_overlaps_itself(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-10:00 x2", "");
    g_autoptr(GPtrArray) line = rules_check_line(test->week, 0, (const guint[]){0, 0}, 2);
    static const char *const rules[] = {"overlap", "shifts_per_day"};
    g_assert_cmpuint(line->len, ==, G_N_ELEMENTS(rules));
    for (guint i = 0; i < line->len; i++) {
        const Violation *violation = g_ptr_array_index(line, i);
        g_assert_cmpstr(violation->rule, ==, rules[i]);
        g_assert_cmpuint(violation->shifts->len, ==, 1);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint file = 0; file < G_N_ELEMENTS(files); file++) {
        g_autofree char *within = g_strdup_printf("rules/%s", files[file]);
        g_autofree char *alone = g_strdup_printf("rules-by-line/%s", files[file]);
        cases_add(within, files[file], judge_case);
        cases_add(alone, files[file], judge_case_by_lines);
    }
    g_test_add_func("/rules/every-rule-is-broken-by-a-case", every_rule_is_broken_by_a_case);
    g_test_add_func("/rules/says-who-what-and-by-which-figures", says_who_what_and_by_which_figures);
    g_test_add_func("/rules/says-the-figures-of-nights-and-weeks", says_the_figures_of_nights_and_weeks);
    g_test_add_func("/rules/an-empty-line-breaks-nothing", an_empty_line_breaks_nothing);
    g_test_add_func("/rules/a-shift-twice-on-a-line-overlaps-itself", a_shift_twice_on_a_line_overlaps_itself);
    return g_test_run();
}
