#include "fault_vfs.h"

#include <sqlite3.h>

static sqlite3_vfs fault_vfs, *usual;
static Fault fault;
static gboolean has_come;

/* The usual VFS's method tables and ours in their place, which differ in three calls only. */
#define TABLES_MOST 8
static struct {
    const sqlite3_io_methods *usual;
    sqlite3_io_methods ours;
} tables[TABLES_MOST];
static guint table_count;
static const sqlite3_io_methods *calls; /* the three are the same ones in every table */

static gboolean fails_now(void)
{
    if (has_come && fault.is_final)
        return TRUE;
    if (fault.at == 0 || --fault.at > 0)
        return FALSE;
    has_come = TRUE;
    return TRUE;
}

static int fault_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    if (!fails_now())
        return calls->xWrite(file, bytes, count, offset);
    if (!fault.is_full)
        return SQLITE_IOERR_WRITE;
    calls->xWrite(file, bytes, count / 2, offset);
    return SQLITE_FULL;
}

static int fault_sync(sqlite3_file *file, int flags)
{
    return fails_now() ? SQLITE_IOERR_FSYNC : calls->xSync(file, flags);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return fails_now() ? SQLITE_IOERR_TRUNCATE : calls->xTruncate(file, size);
}

static const sqlite3_io_methods *ours_for(const sqlite3_io_methods *methods)
{
    for (guint i = 0; i < table_count; i++)
        if (tables[i].usual == methods)
            return &tables[i].ours;
    g_assert_cmpuint(table_count, <, TABLES_MOST);
    if (!calls)
        calls = methods;
    g_assert_true(methods->xWrite == calls->xWrite && methods->xSync == calls->xSync);
    tables[table_count].usual = methods;
    tables[table_count].ours = *methods;
    tables[table_count].ours.xWrite = fault_write;
    tables[table_count].ours.xSync = fault_sync;
    tables[table_count].ours.xTruncate = fault_truncate;
    return &tables[table_count++].ours;
}

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
    (void)vfs;
    if (fails_now()) {
        file->pMethods = NULL;
        return SQLITE_CANTOPEN;
    }
    int code = usual->xOpen(usual, name, file, flags, flags_out);
    if (code == SQLITE_OK)
        file->pMethods = ours_for(file->pMethods);
    return code;
}

void fault_vfs_register(void)
{
    usual = sqlite3_vfs_find(NULL);
    fault_vfs = *usual;
    fault_vfs.zName = "fault";
    fault_vfs.pNext = NULL;
    fault_vfs.xOpen = fault_open;
    g_assert_cmpint(sqlite3_vfs_register(&fault_vfs, 1), ==, SQLITE_OK);
}

void fault_set(Fault wanted)
{
    fault = wanted;
    has_come = FALSE;
}

gboolean fault_end(void)
{
    gboolean came = has_come;
    fault = (Fault){0};
    has_come = FALSE;
    return came;
}
