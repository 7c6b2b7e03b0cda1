/*
 * The prices of a pool: what each soft goal is worth, in euro (DESIGN 5). One table of keys is their only home.
 *
 * Amounts are Decimals (ten-thousandths of a euro, of a factor, of an hour or of a fraction). None is negative, and a `far`
 * factor is at least the near one (a far hour never cheaper than a near one keeps the cost convex, as the bound needs).
 */
#ifndef ROOSTER_PRICES_H
#define ROOSTER_PRICES_H

#include "rooster/decimal.h"

G_BEGIN_DECLS

typedef enum Price {
    PRICE_SHORTFALL_CRITICAL,
    PRICE_SHORTFALL_HIGH,
    PRICE_SHORTFALL_NORMAL,
    PRICE_SHORTFALL_LOW,
    PRICE_UNFAIR,
    PRICE_UNFAIR_FREE,
    PRICE_TEAM,
    PRICE_IDLE,
    PRICE_IDLE_FAR,
    PRICE_IDLE_FAR_HOURS,
    PRICE_EXTRA,
    PRICE_EXTRA_FAR,
    PRICE_EXTRA_FAR_HOURS,
    PRICE_AVOID,
    PRICE_PREFER,
    PRICE_CONTINUITY,
    PRICE_TRAVEL_KM,
    PRICE_UNSOCIAL,
    PRICE_CHANGE,
    PRICE_LATE_CHANGE,
    PRICE_COUNT
} Price;

typedef struct Prices {
    Decimal of[PRICE_COUNT];
} Prices;

typedef enum PriceError { PRICE_ERROR_INVALID } PriceError;
#define PRICE_ERROR (price_error_quark())
GQuark price_error_quark(void);

Prices prices_default(void);
/* "idle_far_hours", static. */
const char *price_name(Price price);
/* Sets one price by its key; PRICE_ERROR_INVALID names the key and what would be right. */
gboolean prices_set(Prices *prices, const char *key, const char *value, GError **error);
/* Whether the prices fit each other (the far factors); call it after the last prices_set. */
gboolean prices_check(const Prices *prices, GError **error);

G_END_DECLS

#endif
