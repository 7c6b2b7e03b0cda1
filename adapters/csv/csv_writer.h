/*
 * Writes rows of CSV (RFC 4180) that csv_table reads back the same. Rows end in LF; a field is quoted where it must be.
 */
#ifndef ROOSTER_CSV_CSV_WRITER_H
#define ROOSTER_CSV_CSV_WRITER_H

#include "pool_columns.h"

/* The header row of a file. */
void csv_write_header(GString *text, const PoolFileKind *kind);

/* A row; fields that are NULL are empty. */
void csv_write_row(GString *text, const char *const *fields, guint count);

#endif
