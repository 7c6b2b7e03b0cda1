/* The table of prices: its defaults, and what it refuses. */
#include "rooster/prices.h"

static const struct {
    const char *name, *value;
} defaults[PRICE_COUNT] = {
    {"shortfall_critical", "400"},
    {"shortfall_high", "200"},
    {"shortfall_normal", "100"},
    {"shortfall_low", "60"},
    {"unfair", "30"},
    {"unfair_free", "0.1"},
    {"team", "150"},
    {"idle", "1"},
    {"idle_far", "1.25"},
    {"idle_far_hours", "8"},
    {"extra", "1"},
    {"extra_far", "1.25"},
    {"extra_far_hours", "8"},
    {"avoid", "6"},
    {"prefer", "3"},
    {"continuity", "2"},
    {"travel_km", "0.23"},
    {"unsocial", "4"},
    {"change", "15"},
    {"late_change", "40"},
};

static void defaults_are_those_agreed(void)
{
    Prices prices = prices_default();
    for (Price price = 0; price < PRICE_COUNT; price++) {
        g_autofree char *value = decimal_format(prices.of[price]);
        g_assert_cmpstr(price_name(price), ==, defaults[price].name);
        g_assert_cmpstr(value, ==, defaults[price].value);
    }
    g_autoptr(GError) error = NULL;
    g_assert_true(prices_check(&prices, &error));
    g_assert_no_error(error);
}

static void sets_the_price_of_its_key_alone(void)
{
    for (Price price = 0; price < PRICE_COUNT; price++) {
        Prices prices = prices_default(), before = prices;
        g_autoptr(GError) error = NULL;
        g_assert_true(prices_set(&prices, defaults[price].name, "12.3456", &error));
        g_assert_no_error(error);
        for (Price other = 0; other < PRICE_COUNT; other++)
            g_assert_cmpint(prices.of[other], ==, other == price ? 123456 : before.of[other]);
    }
}

static void refuses(const char *key, const char *value, const char *message)
{
    Prices prices = prices_default(), before = prices;
    g_autoptr(GError) error = NULL;
    g_assert_false(prices_set(&prices, key, value, &error));
    g_assert_error(error, PRICE_ERROR, PRICE_ERROR_INVALID);
    g_assert_cmpstr(error->message, ==, message);
    for (Price price = 0; price < PRICE_COUNT; price++)
        g_assert_cmpint(prices.of[price], ==, before.of[price]);
}

static void refuses_what_is_no_price(void)
{
    refuses("team", "-0.01", "price team: -0.01 is negative, 0 or more would be right");
    refuses("team", "twelve",
            "price team: 'twelve' is not a number, a decimal with at most four places like 12.50 would be right");
    refuses("team", "", "price team: '' is not a number, a decimal with at most four places like 12.50 would be right");
    refuses("team", "1.23456",
            "price team: '1.23456' is not a number, a decimal with at most four places like 12.50 would be right");
    refuses("team", "1,50",
            "price team: '1,50' is not a number, a decimal with at most four places like 12.50 would be right");
    refuses("team", "1000000.0001", "price team: 1000000.0001 is too much, at most 1000000 would be right");
    refuses("idle_fra", "1", "price 'idle_fra' is unknown, did you mean idle_far?");
    refuses("Team", "1", "price 'Team' is unknown, did you mean team?");
    refuses("xyz", "1",
            "price 'xyz' is unknown, known are shortfall_critical, shortfall_high, shortfall_normal, shortfall_low, "
            "unfair, "
            "unfair_free, team, idle, idle_far, idle_far_hours, extra, extra_far, extra_far_hours, avoid, prefer, "
            "continuity, travel_km, unsocial, change, late_change");
}

static void takes_the_limits_themselves(void)
{
    Prices prices = prices_default();
    g_assert_true(prices_set(&prices, "team", "0", NULL));
    g_assert_cmpint(prices.of[PRICE_TEAM], ==, 0);
    g_assert_true(prices_set(&prices, "team", "1000000", NULL));
    g_assert_cmpint(prices.of[PRICE_TEAM], ==, (Decimal)1000000 * DECIMAL_ONE);
}

static void far_hours_are_not_cheaper(const char *near_key, const char *far_key)
{
    Prices prices = prices_default();
    g_autoptr(GError) error = NULL;
    prices_set(&prices, near_key, "1.5", NULL);
    g_assert_false(prices_check(&prices, &error));
    g_assert_error(error, PRICE_ERROR, PRICE_ERROR_INVALID);
    g_autofree char *expected = g_strdup_printf(
        "price %s: 1.25 is less than %s 1.5, the far hours may not be cheaper than the near ones", far_key, near_key);
    g_assert_cmpstr(error->message, ==, expected);
    prices_set(&prices, far_key, "1.5", NULL);
    g_assert_true(prices_check(&prices, NULL));
}

static void refuses_far_hours_cheaper_than_near_ones(void)
{
    far_hours_are_not_cheaper("idle", "idle_far");
    far_hours_are_not_cheaper("extra", "extra_far");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/prices/defaults-are-those-agreed", defaults_are_those_agreed);
    g_test_add_func("/prices/sets-the-price-of-its-key-alone", sets_the_price_of_its_key_alone);
    g_test_add_func("/prices/refuses-what-is-no-price", refuses_what_is_no_price);
    g_test_add_func("/prices/takes-the-limits-themselves", takes_the_limits_themselves);
    g_test_add_func("/prices/refuses-far-hours-cheaper-than-near-ones", refuses_far_hours_cheaper_than_near_ones);
    return g_test_run();
}
