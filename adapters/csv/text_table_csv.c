#include "csv/text_table.h"
#include "csv_writer.h"

char *text_table_csv_write(const TextTable *table)
{
    GString *text = g_string_new(NULL);
    g_autofree const char **fields = g_new0(const char *, table->column_count);
    csv_write_row(text, table->columns, table->column_count);
    for (guint i = 0; i < table->rows->len; i++) {
        const GPtrArray *row = g_ptr_array_index(table->rows, i);
        for (guint column = 0; column < table->column_count; column++)
            fields[column] = column < row->len ? g_ptr_array_index(row, column) : NULL;
        csv_write_row(text, fields, table->column_count);
    }
    return g_string_free(text, FALSE);
}
