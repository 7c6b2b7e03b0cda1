/*
 * pool.ini: who the pool is, its rule profile with the pool's own numbers, its prices.
 *
 * Lines are `[section]`, `key = value`, or a comment that begins with `;` or `#`; after a value a comment begins with a
 * blank and `;`. A value in double quotes is taken as it stands, `""` is one quote. GKeyFile knows neither comments
 * after values, nor refuses a key twice, nor tells the line of a fault; the grammar is small enough to read here.
 */
#ifndef ROOSTER_CSV_POOL_INI_H
#define ROOSTER_CSV_POOL_INI_H

#include "rooster/exchange.h"

/* An open pool with these settings and nothing in it. id must be given; timezone is Europe/Amsterdam, rules nl-atw if
 * not. */
Pool *pool_ini_read(GBytes *bytes, GError **error);

/* The text that reads back as the pool's settings. Caller frees. */
char *pool_ini_write(const Pool *pool);

#endif
