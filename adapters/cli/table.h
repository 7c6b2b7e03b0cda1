/*
 * A listing: rows under named columns, the same for people and for programs.
 *
 * Every cell holds both readings: what a table on a terminal shows ("Mon 30 Nov 08:00", "1,234.05") and what CSV and
 * JSON carry ("2026-11-30T08:00", 123405). Cells are added in the order of the columns, a row at a time.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "rooster/decimal.h"
#include "rooster/zone.h"

typedef enum ColumnFlags {
    COLUMN_RIGHT = 1 << 0,   /* numbers */
    COLUMN_CUT = 1 << 1,     /* may be cut where the terminal is narrow */
    COLUMN_WRAP = 1 << 2,    /* may take several lines there */
    COLUMN_PEOPLE = 1 << 3,  /* in tables only */
    COLUMN_PROGRAM = 1 << 4, /* in CSV and JSON only */
} ColumnFlags;

typedef struct Column {
    const char *key;    /* in CSV and JSON; "" for COLUMN_PEOPLE */
    const char *header; /* in tables; may have a line break */
    unsigned flags;
} Column;

typedef enum CellKind { CELL_TEXT, CELL_NUMBER, CELL_REAL, CELL_FLAG, CELL_LIST, CELL_NONE } CellKind;

typedef struct Cell {
    CellKind kind;
    char *people;
    char *program;  /* CELL_LIST: joined by ';' */
    int64_t number; /* CELL_NUMBER, CELL_FLAG */
    double real;
} Cell;

typedef enum RowKind { ROW_DATA, ROW_SECTION, ROW_TOTAL } RowKind;

typedef struct Table Table;

Table *table_new(const Column *columns, guint count);
void table_free(Table *table);

/* The sentence that stands for a table without rows. */
void table_set_empty(Table *table, const char *sentence);

void table_text(Table *table, const char *text);
/* A text for people and another for programs. */
void table_both(Table *table, const char *people, const char *program);
void table_number(Table *table, int64_t number);
void table_cents(Table *table, int64_t cents);
/* Minutes, shown as hours. */
void table_minutes(Table *table, int64_t minutes);
void table_decimal(Table *table, Decimal decimal);
void table_time(Table *table, const Zone *zone, int64_t at_min);
void table_flag(Table *table, gboolean is_set, const char *people);
/* Of char *; shown with `separator` between. */
void table_list(Table *table, const GPtrArray *texts, const char *separator);
/* Nothing: empty in tables and CSV, null in JSON. */
void table_none(Table *table);

/* A heading over the rows that follow; in tables only. */
void table_section(Table *table, const char *text);
/* The row that begins here is the total: set off by a line, in tables only. */
void table_total(Table *table);

/* The table for people, in at most `columns` columns where cutting and wrapping can reach that. Caller frees. */
char *table_format(const Table *table, int columns, gboolean is_bold);

/* For those who write it out. A row of kind ROW_DATA has a cell for each column. */
guint table_rows(const Table *table);
const Column *table_columns(const Table *table, guint *count);
const char *table_empty(const Table *table);
RowKind table_row_kind(const Table *table, guint row);
const char *table_section_text(const Table *table, guint row);
guint table_row_cells(const Table *table, guint row);
const Cell *table_cell(const Table *table, guint row, guint column);

#endif
