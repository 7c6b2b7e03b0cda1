#include "rooster/exchange.h"

G_DEFINE_QUARK(rooster - import - error - quark, import_error)

void pool_import_free(PoolImport *import)
{
    if (!import)
        return;
    pool_free(import->pool);
    g_clear_pointer(&import->rosters, g_ptr_array_unref);
    g_free(import);
}

TextTable *text_table_new(const char *const *columns, guint column_count)
{
    TextTable *table = g_new0(TextTable, 1);
    *table = (TextTable){columns, column_count, g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref)};
    return table;
}

void text_table_take(TextTable *table, GPtrArray *row)
{
    g_assert(row->len <= table->column_count);
    g_ptr_array_add(table->rows, row);
}

void text_table_free(TextTable *table)
{
    if (!table)
        return;
    g_ptr_array_unref(table->rows);
    g_free(table);
}
