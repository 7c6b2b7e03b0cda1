#include "pool_read.h"
#include "pool_ini.h"
#include "pool_reader.h"

/* Far above any city; below what would exhaust a machine. */
#define ROWS_MOST 1000000

static const PoolRowRead row_reads[FILE_COUNT] = {
    [FILE_COOPS] = read_coop_row,
    [FILE_WORKERS] = read_worker_row,
    [FILE_CERTIFICATES] = read_certificate_row,
    [FILE_DEMAND] = read_shift_row,
    [FILE_AVAILABILITY] = read_window_row,
    [FILE_PREFERENCES] = read_preference_row,
    [FILE_WORKER_RULES] = read_worker_rule_row,
    [FILE_HISTORY] = read_history_row,
    [FILE_ROSTER] = read_roster_row,
};

/* The bytes of a file, NULL with *error set if it cannot be read or must be there and is not, NULL without if it is
 * absent. */
static GBytes *open_file(const FileSource *source, const char *name, gboolean is_required, GError **error)
{
    GError *fault = NULL;
    GBytes *bytes = source->read(source, name, &fault);
    if (fault)
        g_propagate_error(error, fault);
    else if (!bytes && is_required)
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ,
                    "%s: is missing, a pool folder has " POOL_INI ", coops.csv, workers.csv and demand.csv", name);
    return bytes;
}

static gboolean read_rows(PoolReader *reader, PoolFile file, GBytes *bytes, guint *rows, GError **error)
{
    const PoolFileKind *kind = &pool_file_kinds[file];
    g_autoptr(CsvTable) table = csv_table_new(kind->name, bytes, kind->columns, kind->column_count, error);
    if (!table)
        return FALSE;
    GError *fault = NULL;
    while (csv_table_next(table, &fault)) {
        if (++*rows > ROWS_MOST) {
            g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT, "%s:%u: the file has more than %d rows", kind->name,
                        csv_table_line(table), ROWS_MOST);
            return FALSE;
        }
        if (!row_reads[file](reader, table, error))
            return FALSE;
    }
    if (fault)
        g_propagate_error(error, fault);
    return fault == NULL;
}

/* Reads a file if it is there, and adds what the base has besides. *files: how many were there. */
static gboolean read_file(PoolReader *reader, const FileSource *source, PoolFile file, guint *files, guint *rows,
                          GError **error)
{
    const PoolFileKind *kind = &pool_file_kinds[file];
    GError *fault = NULL;
    g_autoptr(GBytes) bytes = open_file(source, kind->name, kind->is_required && !reader->base, &fault);
    if (fault) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    g_hash_table_remove_all(reader->seen);
    *files += bytes != NULL;
    return (!bytes || read_rows(reader, file, bytes, rows, error)) && merge_rest(reader, file, error);
}

static Pool *read_settings(const FileSource *source, const Pool *base, guint *files, GError **error)
{
    GError *fault = NULL;
    g_autoptr(GBytes) bytes = open_file(source, POOL_INI, base == NULL, &fault);
    if (fault) {
        g_propagate_error(error, fault);
        return NULL;
    }
    *files += bytes != NULL;
    return bytes ? pool_ini_read(bytes, error) : pool_copy_settings(base);
}

/* The rules of a worker, or of the pool for a worker who has others. */
static gboolean rules_fit(const Pool *pool, GError **error)
{
    GError *reason = NULL;
    return pool_rules_fit(pool, &reason) || fault_from(error, pool_file_kinds[FILE_WORKER_RULES].name, 0, reason);
}

PoolImport *pool_read(const FileSource *source, const Pool *base, GError **error)
{
    guint files = 0;
    g_autoptr(PoolImport) import = g_new0(PoolImport, 1);
    import->rosters = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    import->pool = read_settings(source, base, &files, error);
    if (!import->pool)
        return NULL;
    guint *const counts[FILE_COUNT] = {
        [FILE_COOPS] = &import->coops,
        [FILE_WORKERS] = &import->workers,
        [FILE_CERTIFICATES] = &import->certificates,
        [FILE_DEMAND] = &import->shifts,
        [FILE_AVAILABILITY] = &import->windows,
        [FILE_PREFERENCES] = &import->preferences,
        [FILE_WORKER_RULES] = &import->rules,
        [FILE_HISTORY] = &import->history,
        [FILE_ROSTER] = &import->assignments,
    };
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    PoolReader reader = {.base = base, .pool = import->pool, .seen = seen, .rosters = import->rosters};
    for (PoolFile file = 0; file < FILE_COUNT; file++) {
        if (file == FILE_ROSTER)
            pool_close(import->pool);
        if (!read_file(&reader, source, file, &files, counts[file], error) ||
            (file == FILE_WORKER_RULES && !rules_fit(import->pool, error)))
            return NULL;
    }
    if (files == 0) {
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ,
                    "no file of a pool folder is there, one of " POOL_INI
                    ", coops.csv, workers.csv, demand.csv ... would be right");
        return NULL;
    }
    return g_steal_pointer(&import);
}
