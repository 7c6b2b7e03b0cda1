#include "rooster/prices.h"

#include "rooster/hint.h"

#include <string.h>

G_DEFINE_QUARK(rooster-price-error-quark, price_error)

/* The only home of the keys: name and default. */
static const struct {
    const char *name;
    Decimal value;
} price_table[PRICE_COUNT] = {
#define EURO(whole, hundredths) ((Decimal)(whole)*DECIMAL_ONE + (Decimal)(hundredths)*DECIMAL_ONE / 100)
    [PRICE_SHORTFALL_CRITICAL] = {"shortfall_critical", EURO(400, 0)},
    [PRICE_SHORTFALL_HIGH] = {"shortfall_high", EURO(200, 0)},
    [PRICE_SHORTFALL_NORMAL] = {"shortfall_normal", EURO(100, 0)},
    [PRICE_SHORTFALL_LOW] = {"shortfall_low", EURO(60, 0)},
    [PRICE_UNFAIR] = {"unfair", EURO(30, 0)},
    [PRICE_UNFAIR_FREE] = {"unfair_free", EURO(0, 10)},
    [PRICE_TEAM] = {"team", EURO(150, 0)},
    [PRICE_IDLE] = {"idle", EURO(1, 0)},
    [PRICE_IDLE_FAR] = {"idle_far", EURO(1, 25)},
    [PRICE_IDLE_FAR_HOURS] = {"idle_far_hours", EURO(8, 0)},
    [PRICE_EXTRA] = {"extra", EURO(1, 0)},
    [PRICE_EXTRA_FAR] = {"extra_far", EURO(1, 25)},
    [PRICE_EXTRA_FAR_HOURS] = {"extra_far_hours", EURO(8, 0)},
    [PRICE_AVOID] = {"avoid", EURO(6, 0)},
    [PRICE_PREFER] = {"prefer", EURO(3, 0)},
    [PRICE_CONTINUITY] = {"continuity", EURO(2, 0)},
    [PRICE_TRAVEL_KM] = {"travel_km", EURO(0, 23)},
    [PRICE_UNSOCIAL] = {"unsocial", EURO(4, 0)},
    [PRICE_CHANGE] = {"change", EURO(15, 0)},
    [PRICE_LATE_CHANGE] = {"late_change", EURO(40, 0)},
};

/* Far above any price that means something, and low enough that no sum of a week leaves 64 bits. */
#define PRICE_MOST 1000000

Prices prices_default(void)
{
    Prices prices;
    for (int price = 0; price < PRICE_COUNT; price++)
        prices.of[price] = price_table[price].value;
    return prices;
}

const char *price_name(Price price)
{
    return price_table[price].name;
}

#define INVALID(...) (g_set_error(error, PRICE_ERROR, PRICE_ERROR_INVALID, __VA_ARGS__), FALSE)

static gboolean unknown_price(const char *key, GError **error)
{
    const char *names[PRICE_COUNT];
    for (int price = 0; price < PRICE_COUNT; price++)
        names[price] = price_table[price].name;
    g_autofree char *hint = hint_format(key, names, PRICE_COUNT);
    return INVALID("price '%s' is unknown, %s", key, hint);
}

gboolean prices_set(Prices *prices, const char *key, const char *value, GError **error)
{
    int price = 0;
    while (price < PRICE_COUNT && strcmp(price_table[price].name, key) != 0)
        price++;
    if (price == PRICE_COUNT)
        return unknown_price(key, error);
    Decimal amount;
    if (!decimal_parse(value, &amount))
        return INVALID("price %s: '%s' is not a number, a decimal with at most four places like 12.50 would be right",
                       key, value);
    if (amount < 0)
        return INVALID("price %s: %s is negative, 0 or more would be right", key, value);
    if (amount > (Decimal)PRICE_MOST * DECIMAL_ONE)
        return INVALID("price %s: %s is too much, at most %d would be right", key, value, PRICE_MOST);
    prices->of[price] = amount;
    return TRUE;
}

static gboolean far_is_dearer(const Prices *prices, Price near_price, Price far_price, GError **error)
{
    if (prices->of[far_price] >= prices->of[near_price])
        return TRUE;
    g_autofree char *near_text = decimal_format(prices->of[near_price]);
    g_autofree char *far_text = decimal_format(prices->of[far_price]);
    return INVALID("price %s: %s is less than %s %s, the far hours may not be cheaper than the near ones",
                   price_name(far_price), far_text, price_name(near_price), near_text);
}

gboolean prices_check(const Prices *prices, GError **error)
{
    return far_is_dearer(prices, PRICE_IDLE, PRICE_IDLE_FAR, error) &&
           far_is_dearer(prices, PRICE_EXTRA, PRICE_EXTRA_FAR, error);
}
