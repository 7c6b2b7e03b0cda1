/* The rule profile: the law's numbers, editions in time, and overrides in the stricter direction only. */
#include "rooster/profile.h"

#include <string.h>

typedef enum Way { LESS, MORE, BOTH, NEITHER } Way;

/* Every key once more, by hand from the law, with the way in which a pool may change it. */
static const struct {
    const char *key;
    int law;
    Way way;
} expected[] = {
    {"duty_gap", 8 * 60, NEITHER},
    {"break_piece", 15, MORE},
    {"duty_work", 12 * 60, LESS},
    {"duty_span", 13 * 60, LESS},
    {"daily_rest", 11 * 60, MORE},
    {"week", 60 * 60, LESS},
    {"four_weeks", 220 * 60, LESS},
    {"sixteen_weeks", 768 * 60, LESS},
    {"weekly_rest", 36 * 60, NEITHER},
    {"stretch", 132 * 60, LESS},
    {"night_minutes", 60, NEITHER},
    {"night_work", 10 * 60, LESS},
    {"night_rest", 14 * 60, MORE},
    {"night_run", 3, LESS},
    {"night_run_rest", 46 * 60, MORE},
    {"series_duties", 7, LESS},
    {"nights_16_weeks", 36, LESS},
    {"many_nights", 16, LESS},
    {"many_nights_hours", 640 * 60, LESS},
    {"sundays_52_weeks", 39, LESS},
    {"break_over", 330, LESS},
    {"break_need", 30, MORE},
    {"long_break_over", 600, LESS},
    {"long_break_need", 45, MORE},
    {"youth_age", 18, MORE},
    {"least_age", 16, MORE},
    {"youth_duty", 9 * 60, LESS},
    {"youth_week", 45 * 60, LESS},
    {"youth_four_weeks", 160 * 60, LESS},
    {"youth_rest", 12 * 60, MORE},
    {"youth_break_over", 270, LESS},
    {"youth_break_need", 30, MORE},
    {"max_consecutive_days", 6, BOTH},
    {"max_shifts_per_day", 1, BOTH},
};
G_STATIC_ASSERT(sizeof expected / sizeof expected[0] == sizeof(RuleNumbers) / sizeof(int));

static const IsoWeek some_week = {20787}; /* 2026-W49 */

/* The number at the place of expected[i]: the table is in the order of RuleNumbers. */
static int number_of(const RuleProfile *profile, guint i, IsoWeek week)
{
    return ((const int *)(const void *)profile_numbers(profile, week))[i];
}

static RuleProfile *law(void)
{
    g_autoptr(GError) error = NULL;
    RuleProfile *profile = profile_new("nl-atw", &error);
    g_assert_no_error(error);
    return profile;
}

static void nl_atw_has_the_numbers_of_the_law(void)
{
    g_autoptr(RuleProfile) profile = law();
    g_assert_cmpstr(profile_name(profile), ==, "nl-atw");
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        if (number_of(profile, i, some_week) != expected[i].law)
            g_test_fail_printf("%s: expected %d, got %d", expected[i].key, expected[i].law,
                               number_of(profile, i, some_week));
}

static gboolean may_be(guint i, int value)
{
    g_autoptr(RuleProfile) profile = law();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strdup_printf("%d", value);
    gboolean is_taken = profile_override(profile, expected[i].key, text, &error);
    g_assert_cmpint(number_of(profile, i, some_week), ==, is_taken ? value : expected[i].law);
    g_assert_cmpuint(profile_overrides(profile)->len, ==, is_taken ? 1 : 0);
    if (!is_taken)
        g_assert_error(error, PROFILE_ERROR, PROFILE_ERROR_INVALID);
    return is_taken;
}

static void overrides_go_the_stricter_way_only(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        Way way = expected[i].way;
        gboolean less = expected[i].law == 1 ? way == LESS || way == BOTH : may_be(i, expected[i].law - 1);
        gboolean more = may_be(i, expected[i].law + 1), same = may_be(i, expected[i].law);
        if (less != (way == LESS || way == BOTH) || more != (way == MORE || way == BOTH) || !same)
            g_test_fail_printf("%s: less is %s, the same %s, more %s", expected[i].key, less ? "taken" : "refused",
                               same ? "taken" : "refused", more ? "taken" : "refused");
    }
}

static void refuses(const char *key, const char *value, const char *message)
{
    g_autoptr(RuleProfile) profile = law();
    g_autoptr(GError) error = NULL;
    g_assert_false(profile_override(profile, key, value, &error));
    g_assert_error(error, PROFILE_ERROR, PROFILE_ERROR_INVALID);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_cmpuint(profile_overrides(profile)->len, ==, 0);
    g_assert_false(profile_week_starts_sunday(profile));
}

static void refusals_say_what_would_be_right(void)
{
    refuses("duty_work", "721", "rule duty_work: '721' is laxer than the law's 720, 720 or less would be right");
    refuses("daily_rest", "659", "rule daily_rest: '659' is laxer than the law's 660, 660 or more would be right");
    refuses("weekly_rest", "2161", "rule weekly_rest: '2161' differs from the law's 2160, which a pool cannot change");
    refuses("duty_work", "12h", "rule duty_work: '12h' is not a whole number between 0 and 10080000");
    refuses("duty_work", "-1", "rule duty_work: '-1' is not a whole number between 0 and 10080000");
    refuses("duty_work", "", "rule duty_work: '' is not a whole number between 0 and 10080000");
    refuses("daily_rest", "10080001", "rule daily_rest: '10080001' is not a whole number between 0 and 10080000");
    refuses("max_shifts_per_day", "0", "rule max_shifts_per_day: '0' is not a whole number between 1 and 10080000");
    refuses("max_consecutive_days", "0", "rule max_consecutive_days: '0' is not a whole number between 1 and 10080000");
    refuses("max_shift_per_day", "1", "rule 'max_shift_per_day' is unknown, did you mean max_shifts_per_day?");
    refuses("weekstart", "monday", "rule 'weekstart' is unknown, did you mean week_start?");
    refuses("min_day_off", "2", "rule 'min_day_off' is unknown, did you mean min_days_off?");
    refuses("min_days_off", "8", "rule min_days_off: '8' is not a whole number between 1 and 7, or off");
    refuses("min_days_off", "0", "rule min_days_off: '0' is not a whole number between 1 and 7, or off");
    refuses("weekend_window", "off", "rule weekend_window: 'off' is not a whole number between 1 and 52");
    refuses("max_weekends", "-1", "rule max_weekends: '-1' is not a whole number between 0 and 52, or off");
    refuses("max_travel_km", "2.5", "rule max_travel_km: '2.5' is not a whole number between 1 and 20000, or off");
    refuses("max_travel_km", "0", "rule max_travel_km: '0' is not a whole number between 1 and 20000, or off");
    refuses(
        "forbidden_after_late", "early;noon",
        "rule forbidden_after_late: 'noon' is no kind of shift, off or some of early;day;late;night would be right");
    refuses("forbidden_after_late", "",
            "rule forbidden_after_late: '' is no kind of shift, off or some of early;day;late;night would be right");
    refuses("week_start", "tuesday", "rule week_start: 'tuesday' is neither monday nor sunday");
}

static void day_rules_are_off_until_set(void)
{
    g_autoptr(RuleProfile) profile = law();
    g_autoptr(GError) error = NULL;
    DayRules off;
    day_rules_init(&off);
    g_assert_true(memcmp(profile_day_rules(profile), &off, sizeof off) == 0);
    g_assert_cmpint(off.max_consecutive_days, ==, DAY_RULE_OFF);
    g_assert_cmpint(off.min_consecutive_days, ==, 0);
    g_assert_cmpint(off.min_days_off, ==, 0);
    g_assert_cmpint(off.max_weekends, ==, DAY_RULE_OFF);
    g_assert_cmpint(off.weekend_window, ==, 2);
    g_assert_cmpint(off.max_travel_km, ==, DAY_RULE_OFF);
    for (ShiftKind kind = 0; kind < SHIFT_KINDS; kind++) {
        g_assert_cmpint(off.max_shifts[kind], ==, DAY_RULE_OFF);
        g_assert_cmpint(off.window[kind], ==, 1);
        g_assert_cmpint(off.forbidden_after[kind], ==, 0);
    }
    g_assert_true(profile_override(profile, "max_night_shifts", "3", &error));
    g_assert_true(profile_override(profile, "night_window", "4", &error));
    g_assert_true(profile_override(profile, "forbidden_after_late", "early; day", &error));
    g_assert_cmpint(profile_day_rules(profile)->max_shifts[KIND_NIGHT], ==, 3);
    g_assert_cmpint(profile_day_rules(profile)->window[KIND_NIGHT], ==, 4);
    g_assert_cmpint(profile_day_rules(profile)->forbidden_after[KIND_LATE], ==, 1 << KIND_EARLY | 1 << KIND_DAY);
    g_assert_true(profile_override(profile, "max_night_shifts", "off", &error));
    g_assert_true(profile_override(profile, "forbidden_after_late", "off", &error));
    g_assert_cmpint(profile_day_rules(profile)->max_shifts[KIND_NIGHT], ==, DAY_RULE_OFF);
    g_assert_cmpint(profile_day_rules(profile)->forbidden_after[KIND_LATE], ==, 0);
    g_assert_cmpuint(profile_overrides(profile)->len, ==, 3);
    for (const char *const *key = day_rule_keys(); *key; key++) { /* every key reaches a field of its own */
        DayRules rules = off;
        g_assert_true(day_rules_set(&rules, *key, g_str_has_prefix(*key, "forbidden") ? "night" : "7", &error));
        int changed = 0;
        for (gsize i = 0; i < sizeof rules / sizeof(int); i++)
            changed += ((const int *)(const void *)&rules)[i] != ((const int *)(const void *)&off)[i];
        g_assert_cmpint(changed, ==, 1);
    }
}

static void fewest_days_in_a_row_fit_below_the_most(void)
{
    g_autoptr(RuleProfile) profile = law();
    g_autoptr(GError) error = NULL;
    DayRules rules = *profile_day_rules(profile);
    rules.min_consecutive_days = 6;
    g_assert_true(profile_fits(profile, &rules, &error));
    rules.min_consecutive_days = 7;
    g_assert_false(profile_fits(profile, &rules, &error));
    g_assert_error(error, PROFILE_ERROR, PROFILE_ERROR_INVALID);
    g_assert_cmpstr(error->message, ==,
                    "rule min_consecutive_days: 7 days in a row are more than the 6 of max_consecutive_days, 6 or less "
                    "would be right");
    rules.max_consecutive_days = 7;
    g_assert_true(profile_fits(profile, &rules, NULL));
}

static void a_later_override_replaces_an_earlier_one(void)
{
    g_autoptr(RuleProfile) profile = law();
    g_assert_true(profile_override(profile, "duty_work", "600", NULL));
    g_assert_true(profile_override(profile, "duty_work", "660", NULL)); /* compared with the law, not with 600 */
    g_assert_cmpint(profile_numbers(profile, some_week)->duty_work, ==, 660);
    g_assert_true(profile_override(profile, "week_start", "sunday", NULL));
    g_assert_true(profile_override(profile, "week", "3000", NULL));
    g_assert_true(profile_override(profile, "max_shifts_per_day", "2", NULL));
    static const char *const all[] = {"duty_work=660", "max_shifts_per_day=2", "week=3000", "week_start=sunday"};
    g_assert_cmpuint(profile_overrides(profile)->len, ==, G_N_ELEMENTS(all));
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        g_assert_cmpstr(g_ptr_array_index(profile_overrides(profile), i), ==, all[i]);
}

static void legal_weeks_start_on_monday_or_sunday(void)
{
    g_autoptr(RuleProfile) profile = law();
    Day monday = some_week.monday;
    int week = profile_legal_week(profile, monday);
    g_assert_cmpint(profile_legal_week(profile, monday - 1), ==, week - 1);
    g_assert_cmpint(profile_legal_week(profile, monday + 6), ==, week);
    g_assert_cmpint(profile_legal_week(profile, monday + 7), ==, week + 1);
    g_assert_cmpint(profile_legal_week_first_day(profile, week), ==, monday);
    g_assert_true(profile_override(profile, "week_start", "sunday", NULL));
    g_assert_true(profile_week_starts_sunday(profile));
    week = profile_legal_week(profile, monday);
    g_assert_cmpint(profile_legal_week(profile, monday - 1), ==, week);
    g_assert_cmpint(profile_legal_week(profile, monday - 2), ==, week - 1);
    g_assert_cmpint(profile_legal_week(profile, monday + 5), ==, week);
    g_assert_cmpint(profile_legal_week(profile, monday + 6), ==, week + 1);
    g_assert_cmpint(profile_legal_week_first_day(profile, week), ==, monday - 1);
    g_assert_true(profile_override(profile, "week_start", "monday", NULL));
    g_assert_false(profile_week_starts_sunday(profile));
    for (Day day = -30; day <= 30; day++) { /* also before 1970 */
        Day first = profile_legal_week_first_day(profile, profile_legal_week(profile, day));
        g_assert_cmpint(day_of_week(first), ==, 1);
        g_assert_cmpint(first, <=, day);
        g_assert_cmpint(day, <, first + 7);
    }
}

/* --- editions */

/* The first edition of a profile "test", every number of it its own place in the table, plus what follows. */
static char *profile_text(const char *more)
{
    GString *text = g_string_new("[profile]\nname = test\n[from 2026-01-05]\n");
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        g_string_append_printf(text, "%s = %u\n", expected[i].key, i + 1);
    g_string_append(text, more);
    return g_string_free(text, FALSE);
}

static void an_edition_is_in_force_from_its_date(void)
{
    g_autofree char *text = profile_text("[from 2026-12-02]\nweek = 50\n[from 2027-01-04]\nduty_work = 2\nweek = 40\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(RuleProfile) profile = profile_parse("test", text, &error);
    g_assert_no_error(error);
    static const struct {
        const char *week;
        int numbers_week, duty_work;
    } weeks[] = {
        {"2025-W40", 6, 3},  /* before the first edition: the first */
        {"2026-W02", 6, 3},  /* its own day is a Monday */
        {"2026-W49", 6, 3},  /* Monday 30 November is before Wednesday 2 December */
        {"2026-W50", 50, 3}, /* what the edition does not name stays */
        {"2026-W53", 50, 3}, {"2027-W01", 40, 2}, {"2030-W01", 40, 2},
    };
    for (guint i = 0; i < G_N_ELEMENTS(weeks); i++) {
        IsoWeek week;
        iso_week_parse(weeks[i].week, &week, NULL);
        if (profile_numbers(profile, week)->week != weeks[i].numbers_week ||
            profile_numbers(profile, week)->duty_work != weeks[i].duty_work)
            g_test_fail_printf("%s: expected %d and %d, got %d and %d", weeks[i].week, weeks[i].numbers_week,
                               weeks[i].duty_work, profile_numbers(profile, week)->week,
                               profile_numbers(profile, week)->duty_work);
    }
}

static void an_override_is_no_laxer_than_any_edition(void)
{
    g_autofree char *text = profile_text("[from 2026-12-02]\nweek = 50\n[from 2027-01-04]\nweek = 40\n");
    g_autoptr(RuleProfile) profile = profile_parse("test", text, NULL);
    g_autoptr(GError) error = NULL;
    g_assert_false(profile_override(profile, "week", "7", &error));
    g_assert_cmpstr(error->message, ==, "rule week: '7' is laxer than the law's 6, 6 or less would be right");
    g_assert_true(profile_override(profile, "week", "5", NULL));
    g_assert_cmpint(profile_numbers(profile, some_week)->week, ==, 5);
    g_assert_cmpint(profile_numbers(profile, (IsoWeek){some_week.monday + 700})->week, ==, 5);
}

static void refuses_text(const char *text, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RuleProfile) profile = profile_parse("test", text, &error);
    g_assert_null(profile);
    g_assert_error(error, PROFILE_ERROR, PROFILE_ERROR_INVALID);
    g_assert_cmpstr(error->message, ==, message);
}

static void refuses_data_that_are_not_whole(void)
{
    refuses_text("[profile]\nname = other\n", "rule profile test: section [profile] has no 'name = test'");
    refuses_text("[profile]\nname = test\n",
                 "rule profile test: there is no edition, a section [from 2026-01-01] would be right");
    refuses_text(
        "[profile]\nname = test\n[from 2026-01-05]\nduty_gap = 480\n",
        "rule profile test: section [from 2026-01-05] has no break_piece, the first edition gives every number");
    refuses_text("[profile]\nname = test\n[since 2026]\n",
                 "rule profile test: section [since 2026] is unknown, [from 2026-01-01] would be right");
    g_autofree char *order = profile_text("[from 2026-01-05x]\n"), *same = profile_text("[from 2025-01-01]\n");
    g_autofree char *key = profile_text("[from 2027-01-01]\nweak = 1\n"),
                    *number = profile_text("[from 2027-01-01]\nweek = x\n");
    refuses_text(order, "rule profile test: section [from 2026-01-05x] is unknown, [from 2026-01-01] would be right");
    refuses_text(same, "rule profile test: section [from 2025-01-01] is not later than the one before it");
    refuses_text(key, "rule profile test: rule 'weak' is unknown, did you mean week?");
    refuses_text(number, "rule profile test: rule week: 'x' is not a whole number between 0 and 10080000");
}

static void an_unknown_profile_is_named(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(profile_new("nl-atv", &error));
    g_assert_error(error, PROFILE_ERROR, PROFILE_ERROR_UNKNOWN);
    g_assert_cmpstr(error->message, ==, "rule profile 'nl-atv' is unknown, did you mean nl-atw?");
    g_clear_error(&error);
    g_assert_null(profile_new("de-arbzg", &error));
    g_assert_cmpstr(error->message, ==, "rule profile 'de-arbzg' is unknown, known are nl-atw");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/profile/nl-atw-has-the-numbers-of-the-law", nl_atw_has_the_numbers_of_the_law);
    g_test_add_func("/profile/overrides-go-the-stricter-way-only", overrides_go_the_stricter_way_only);
    g_test_add_func("/profile/refusals-say-what-would-be-right", refusals_say_what_would_be_right);
    g_test_add_func("/profile/day-rules-are-off-until-set", day_rules_are_off_until_set);
    g_test_add_func("/profile/fewest-days-in-a-row-fit-below-the-most", fewest_days_in_a_row_fit_below_the_most);
    g_test_add_func("/profile/a-later-override-replaces-an-earlier-one", a_later_override_replaces_an_earlier_one);
    g_test_add_func("/profile/legal-weeks-start-on-monday-or-sunday", legal_weeks_start_on_monday_or_sunday);
    g_test_add_func("/profile/an-edition-is-in-force-from-its-date", an_edition_is_in_force_from_its_date);
    g_test_add_func("/profile/an-override-is-no-laxer-than-any-edition", an_override_is_no_laxer_than_any_edition);
    g_test_add_func("/profile/refuses-data-that-are-not-whole", refuses_data_that_are_not_whole);
    g_test_add_func("/profile/an-unknown-profile-is-named", an_unknown_profile_is_named);
    return g_test_run();
}
