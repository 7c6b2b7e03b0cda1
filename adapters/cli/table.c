#include "table.h"

typedef struct Row {
    RowKind kind;
    char *section;
    GArray *cells; /* of Cell */
} Row;

struct Table {
    const Column *columns;
    guint column_count;
    GArray *rows; /* of Row */
    char *empty;
};

static void row_clear(gpointer data)
{
    Row *row = data;
    g_free(row->section);
    g_array_unref(row->cells);
}

static void cell_clear(gpointer data)
{
    Cell *cell = data;
    g_free(cell->people);
    g_free(cell->program);
}

Table *table_new(const Column *columns, guint count)
{
    Table *table = g_new0(Table, 1);
    table->columns = columns;
    table->column_count = count;
    table->rows = g_array_new(FALSE, TRUE, sizeof(Row));
    g_array_set_clear_func(table->rows, row_clear);
    table->empty = g_strdup("Nothing.");
    return table;
}

void table_free(Table *table)
{
    if (table == NULL)
        return;
    g_array_unref(table->rows);
    g_free(table->empty);
    g_free(table);
}

void table_set_empty(Table *table, const char *sentence)
{
    g_free(table->empty);
    table->empty = g_strdup(sentence);
}

static Row *row_at(const Table *table, guint index)
{
    return &g_array_index(table->rows, Row, index);
}

static Row *add_row(Table *table, RowKind kind)
{
    Row row = {.kind = kind, .cells = g_array_new(FALSE, TRUE, sizeof(Cell))};
    g_array_set_clear_func(row.cells, cell_clear);
    g_array_append_val(table->rows, row);
    return row_at(table, table->rows->len - 1);
}

/* The cell's texts become the table's. */
static void add_cell(Table *table, Cell cell)
{
    Row *row = table->rows->len > 0 ? row_at(table, table->rows->len - 1) : NULL;
    if (row == NULL || row->kind == ROW_SECTION || row->cells->len == table->column_count)
        row = add_row(table, ROW_DATA);
    g_array_append_val(row->cells, cell);
}

void table_both(Table *table, const char *people, const char *program)
{
    add_cell(table, (Cell){.kind = CELL_TEXT, .people = g_strdup(people), .program = g_strdup(program)});
}

void table_text(Table *table, const char *text)
{
    table_both(table, text, text);
}

static void add_number(Table *table, int64_t number, char *people)
{
    Cell cell = {.kind = CELL_NUMBER, .people = people, .number = number};
    cell.program = g_strdup_printf("%" G_GINT64_FORMAT, number);
    add_cell(table, cell);
}

void table_number(Table *table, int64_t number)
{
    add_number(table, number, g_strdup_printf("%" G_GINT64_FORMAT, number));
}

void table_cents(Table *table, int64_t cents)
{
    add_number(table, cents, cents_format_people(cents));
}

void table_minutes(Table *table, int64_t minutes)
{
    add_number(table, minutes, minutes_format(minutes));
}

void table_decimal(Table *table, Decimal decimal)
{
    Cell cell = {.kind = CELL_REAL, .people = decimal_format(decimal), .program = decimal_format(decimal)};
    cell.real = (double)decimal / DECIMAL_ONE;
    add_cell(table, cell);
}

void table_time(Table *table, const Zone *zone, int64_t at_min)
{
    add_cell(table, (Cell){.people = zone_format_short(zone, at_min), .program = zone_format(zone, at_min)});
}

void table_flag(Table *table, gboolean is_set, const char *people)
{
    Cell cell = {.kind = CELL_FLAG, .people = g_strdup(is_set ? people : ""), .number = is_set};
    cell.program = g_strdup(is_set ? "1" : "0");
    add_cell(table, cell);
}

static char *join(const GPtrArray *texts, const char *separator)
{
    GString *joined = g_string_new(NULL);
    for (guint index = 0; index < texts->len; index++) {
        g_string_append(joined, index == 0 ? "" : separator);
        g_string_append(joined, g_ptr_array_index(texts, index));
    }
    return g_string_free(joined, FALSE);
}

void table_list(Table *table, const GPtrArray *texts, const char *separator)
{
    add_cell(table, (Cell){.kind = CELL_LIST, .people = join(texts, separator), .program = join(texts, ";")});
}

void table_none(Table *table)
{
    add_cell(table, (Cell){.kind = CELL_NONE, .people = g_strdup(""), .program = g_strdup("")});
}

void table_section(Table *table, const char *text)
{
    add_row(table, ROW_SECTION)->section = g_strdup(text);
}

void table_total(Table *table)
{
    add_row(table, ROW_TOTAL);
}

guint table_rows(const Table *table)
{
    return table->rows->len;
}

const Column *table_columns(const Table *table, guint *count)
{
    *count = table->column_count;
    return table->columns;
}

RowKind table_row_kind(const Table *table, guint row)
{
    return row_at(table, row)->kind;
}

const char *table_section_text(const Table *table, guint row)
{
    return row_at(table, row)->section;
}

const char *table_empty(const Table *table)
{
    return table->empty;
}

guint table_row_cells(const Table *table, guint row)
{
    return row_at(table, row)->cells->len;
}

const Cell *table_cell(const Table *table, guint row, guint column)
{
    return &g_array_index(row_at(table, row)->cells, Cell, column);
}
