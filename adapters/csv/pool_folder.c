#include "csv/pool_folder.h"
#include "pool_ini.h"
#include "pool_read.h"
#include "pool_write.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Hundred times the biggest pool there is; a larger file is no pool. */
#define FILE_BYTES_MOST ((gsize)256 * 1024 * 1024)

/* --- reading */

static GBytes *refuse_read(const char *name, const char *why, GError **error)
{
    g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ, "%s: cannot be read: %s", name, why);
    return NULL;
}

/* Reads to the end; a file that grows meanwhile is read as far as it was. */
static GBytes *read_open_file(int descriptor, const char *name, gsize size, GError **error)
{
    g_autofree char *bytes = g_malloc(size + 1);
    gsize filled = 0;
    while (filled < size) {
        ssize_t got = read(descriptor, bytes + filled, size - filled);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return refuse_read(name, g_strerror(errno), error);
        filled += got > 0 ? (gsize)got : 0;
    }
    return g_bytes_new_take(g_steal_pointer(&bytes), filled);
}

static GBytes *read_from_folder(const FileSource *source, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(source->from, name, NULL);
    /* A named pipe would keep us waiting for ever: opened without waiting, then refused. */
    int descriptor = g_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
    if (descriptor < 0)
        return errno == ENOENT ? NULL : refuse_read(name, g_strerror(errno), error);
    struct stat facts;
    GBytes *bytes = NULL;
    if (fstat(descriptor, &facts) != 0)
        refuse_read(name, g_strerror(errno), error);
    else if (!S_ISREG(facts.st_mode))
        refuse_read(name, "it is not a regular file", error);
    else if ((gsize)facts.st_size > FILE_BYTES_MOST)
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT, "%s: is larger than %" G_GSIZE_FORMAT " MB", name,
                    FILE_BYTES_MOST / 1024 / 1024);
    else
        bytes = read_open_file(descriptor, name, (gsize)facts.st_size, error);
    close(descriptor);
    return bytes;
}

PoolImport *pool_folder_read(const char *folder, const Pool *base, GError **error)
{
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ, "%s: is not a folder", folder);
        return NULL;
    }
    FileSource source = {read_from_folder, folder};
    return pool_read(&source, base, error);
}

/* --- writing */

typedef struct NewFile {
    char *path, *new_path; /* where it belongs; where it is written first */
} NewFile;

static void new_file_free(NewFile *file)
{
    g_unlink(file->new_path); /* renamed away when all went well */
    g_free(file->path);
    g_free(file->new_path);
    g_free(file);
}

static gboolean refuse_write(GError **error, const char *path, const char *why)
{
    g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_WRITE, "%s: cannot be written: %s", path, why);
    return FALSE;
}

/* Takes text. */
static gboolean write_new(GPtrArray *files, const char *folder, const char *name, char *text, GError **error)
{
    g_autofree char *contents = text;
    NewFile *file = g_new0(NewFile, 1);
    file->path = g_build_filename(folder, name, NULL);
    file->new_path = g_strdup_printf("%s.new", file->path);
    g_ptr_array_add(files, file);
    g_autoptr(GError) reason = NULL;
    return g_file_set_contents_full(file->new_path, contents, -1,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &reason) ||
           refuse_write(error, file->path, reason->message);
}

static gboolean rename_all(const GPtrArray *files, GError **error)
{
    for (guint number = 0; number < files->len; number++) {
        const NewFile *file = files->pdata[number];
        if (g_rename(file->new_path, file->path) != 0)
            return refuse_write(error, file->path, g_strerror(errno));
    }
    return TRUE;
}

gboolean pool_folder_write(const char *folder, const Pool *pool, const GPtrArray *rosters, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)new_file_free);
    if (g_mkdir_with_parents(folder, 0777) != 0)
        return refuse_write(error, folder, g_strerror(errno));
    if (!write_new(files, folder, POOL_INI, pool_ini_write(pool), error))
        return FALSE;
    for (PoolFile file = 0; file < FILE_ROSTER; file++)
        if (!write_new(files, folder, pool_file_kinds[file].name, pool_file_write(pool, file), error))
            return FALSE;
    const char *roster_name = pool_file_kinds[FILE_ROSTER].name;
    if (rosters && !write_new(files, folder, roster_name, roster_csv_write(pool, rosters), error))
        return FALSE;
    if (!rename_all(files, error))
        return FALSE;
    g_autofree char *old_roster = g_build_filename(folder, roster_name, NULL);
    if (!rosters && g_unlink(old_roster) != 0 && errno != ENOENT)
        return refuse_write(error, old_roster, g_strerror(errno));
    return TRUE;
}
