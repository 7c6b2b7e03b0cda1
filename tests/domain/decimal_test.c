#include "rooster/decimal.h"

static void test_decimals_are_exact(void)
{
    static const struct {
        const char *text;
        Decimal value;
        const char *back;
    } cases[] = {{"7", 70000, "7"},         {"7.5", 75000, "7.5"},   {"23.2525", 232525, "23.2525"},
                 {"-0.25", -2500, "-0.25"}, {"0.0001", 1, "0.0001"}, {"1.50000", 15000, "1.5"},
                 {"007", 70000, "7"},       {"0", 0, "0"},           {"1000000000", 10000000000000, "1000000000"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Decimal value = -1;
        g_assert_true(decimal_parse(cases[i].text, &value));
        g_assert_cmpint(value, ==, cases[i].value);
        g_autofree char *back = decimal_format(value);
        g_assert_cmpstr(back, ==, cases[i].back);
    }
}

static void test_what_is_no_decimal_is_refused(void)
{
    static const char *const texts[] = {
        "",        " 7",  "7 ", "7.",    ".5",  "1e3", "0x7",        "7,5",
        "1.00001", "--1", "+1", "1.2.3", "nan", "inf", "1000000001", "99999999999999999999"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        Decimal value = 42;
        g_test_message("'%s'", texts[i]);
        g_assert_false(decimal_parse(texts[i], &value));
        g_assert_cmpint(value, ==, 42);
    }
}

static void test_halves_go_up(void)
{
    g_assert_cmpint(half_up(1, 2), ==, 1);
    g_assert_cmpint(half_up(49, 100), ==, 0);
    g_assert_cmpint(half_up(50, 100), ==, 1);
    g_assert_cmpint(half_up(149, 100), ==, 1);
    g_assert_cmpint(half_up(7, 3), ==, 2);
    g_assert_cmpint(half_up(0, 7), ==, 0);
    g_assert_cmpint(cents_per_hour(3000, 1), ==, 1);       /* 0.30 euro an hour, one minute: half a cent */
    g_assert_cmpint(cents_per_hour(252500, 30), ==, 1263); /* 12.625 euro */
    g_assert_cmpint(cents_per_hour(1000000, 14), ==, 2333);
}

static void test_money_is_written_for_programs_and_people(void)
{
    static const struct {
        int64_t cents;
        const char *plain, *people;
    } cases[] = {{0, "0.00", "0.00"},
                 {5, "0.05", "0.05"},
                 {-5, "-0.05", "-0.05"},
                 {99999, "999.99", "999.99"},
                 {100000, "1000.00", "1,000.00"},
                 {-123456789, "-1234567.89", "-1,234,567.89"},
                 {-10000, "-100.00", "-100.00"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *plain = cents_format(cases[i].cents), *people = cents_format_people(cases[i].cents);
        g_assert_cmpstr(plain, ==, cases[i].plain);
        g_assert_cmpstr(people, ==, cases[i].people);
    }
}

static void test_minutes_are_written_as_hours(void)
{
    g_autofree char *usual = minutes_format(450), *minus = minutes_format(-65), *none = minutes_format(0);
    g_assert_cmpstr(usual, ==, "7:30");
    g_assert_cmpstr(minus, ==, "-1:05");
    g_assert_cmpstr(none, ==, "0:00");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/decimal/is-exact-and-round-trips", test_decimals_are_exact);
    g_test_add_func("/decimal/refuses-what-is-none", test_what_is_no_decimal_is_refused);
    g_test_add_func("/money/rounds-halves-up", test_halves_go_up);
    g_test_add_func("/money/is-written-for-programs-and-people", test_money_is_written_for_programs_and_people);
    g_test_add_func("/minutes/are-written-as-hours", test_minutes_are_written_as_hours);
    return g_test_run();
}
