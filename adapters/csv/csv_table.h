/*
 * One CSV file (RFC 4180) row by row, its columns found by name.
 *
 * The columns that a file may have are listed once, and a column is named by its index in the list. A file that is not
 * UTF-8, has an unknown, double or missing column, a row with another number of fields, an empty required value or
 * quotes where none may be gives a fault with its line. A byte order mark is skipped; rows end in LF or CRLF; empty
 * lines are skipped.
 */
#ifndef ROOSTER_CSV_TABLE_H
#define ROOSTER_CSV_TABLE_H

#include "fault.h"

typedef struct CsvColumn {
    const char *name;
    gboolean is_required; /* the column must be there, and no row may leave it empty */
} CsvColumn;

typedef struct CsvTable CsvTable;

/* The most bytes in one line, and in one field, of a file. */
#define CSV_LINE_BYTES_MOST  (1024 * 1024)
#define CSV_FIELD_BYTES_MOST (64 * 1024)

/* Reads the header row. file: the name for messages. Keeps a reference to bytes; file and columns must outlive the
 * table. */
CsvTable *csv_table_new(const char *file, GBytes *bytes, const CsvColumn *columns, guint count, GError **error);
void csv_table_free(CsvTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvTable, csv_table_free)

/* Goes to the next row. FALSE at the end, and on a fault: then *error is set. */
gboolean csv_table_next(CsvTable *table, GError **error);

/* The line on which the row begins. */
guint csv_table_line(const CsvTable *table);

/* A field of the row; "" where the file does not have the column. Valid until the next row. */
const char *csv_text(const CsvTable *table, guint column);

/* A fault of the row, "file:line: column NAME: message". Always FALSE. */
gboolean csv_fault(const CsvTable *table, guint column, GError **error, const char *format, ...) G_GNUC_PRINTF(4, 5);
/* A fault of the row from an error that names its column already. Takes reason. Always FALSE. */
gboolean csv_refuse(const CsvTable *table, GError *reason, GError **error);

#endif
