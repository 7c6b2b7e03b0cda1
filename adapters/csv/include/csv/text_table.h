/*
 * Exports as CSV (RFC 4180): hours, invoices, payroll.
 */
#ifndef ROOSTER_CSV_TEXT_TABLE_H
#define ROOSTER_CSV_TEXT_TABLE_H

#include "rooster/exchange.h"

G_BEGIN_DECLS

/* TextTableWrite. Caller frees. */
char *text_table_csv_write(const TextTable *table);

G_END_DECLS

#endif
