/*
 * Exact decimals and money. A Decimal is a number of ten-thousandths: 23.50 euro an hour is 235000. Hours, euro and
 * factors come from people as decimals with at most four places; money leaves as whole cents, rounded half up once.
 */
#ifndef ROOSTER_DECIMAL_H
#define ROOSTER_DECIMAL_H

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef int64_t Decimal;
#define DECIMAL_ONE 10000

/* Reads "7", "7.5", "-0.25"; FALSE where it is no such number, has more than four places or is beyond +-1e9. */
gboolean decimal_parse(const char *text, Decimal *value);
/* "7.5", without needless zeros. Caller frees. */
char *decimal_format(Decimal value);

/* Rounds numerator / denominator half up; both >= 0 and denominator > 0. */
int64_t half_up(__int128 numerator, __int128 denominator);

/* Cents for so many minutes at so many euro an hour, rounded half up. */
int64_t cents_per_hour(Decimal euro_per_hour, int64_t minutes);

/* "1234.05", "-3.00". Caller frees. */
char *cents_format(int64_t cents);
/* "1,234.05" for people. Caller frees. */
char *cents_format_people(int64_t cents);
/* "7:30" from 450. Caller frees. */
char *minutes_format(int64_t minutes);

G_END_DECLS

#endif
