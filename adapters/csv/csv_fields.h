/*
 * The kinds of field a row has, each read exactly: a value that is nearly right is refused, not guessed.
 *
 * Calls return FALSE with a fault that names line, column, value and what would be right. "" gives the default where
 * there is one, and is a fault otherwise.
 */
#ifndef ROOSTER_CSV_FIELDS_H
#define ROOSTER_CSV_FIELDS_H

#include "csv_table.h"

/* Local time of the zone or with an offset, in the years 1900 to 9998. */
gboolean csv_time(const CsvTable *table, guint column, const Zone *zone, int64_t *at_min, GError **error);
/* "2026-11-30"; "" is `open`. */
gboolean csv_day(const CsvTable *table, guint column, Day open, Day *day, GError **error);
/* A whole number from 0; "" is `otherwise`. */
gboolean csv_whole(const CsvTable *table, guint column, int32_t otherwise, int32_t *number, GError **error);
/* A number of at most four decimals that is not negative; "" is 0. */
gboolean csv_decimal(const CsvTable *table, guint column, Decimal *value, GError **error);
/* Degrees; unknown where either is "". */
gboolean csv_place(const CsvTable *table, guint latitude, guint longitude, Place *place, GError **error);
/* 1 yes true, 0 no false in any case; "" is no. */
gboolean csv_yes(const CsvTable *table, guint column, gboolean *is_yes, GError **error);
/* One of the words of a kind; "" is `otherwise`, or a fault if that is negative. words: NULL-terminated, by value. */
gboolean csv_word(const CsvTable *table, guint column, const char *const *words, int otherwise, int *word,
                  GError **error);
/* A name without blanks at its ends. */
gboolean csv_name(const CsvTable *table, guint column, const char **name, GError **error);

#endif
