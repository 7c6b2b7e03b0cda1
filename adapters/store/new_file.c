#include "new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

static gboolean failed(const char *path, int cause, GError **error)
{
    if (cause == EEXIST)
        g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT, "%s: it is there already, a new name would be right",
                    path);
    else
        g_set_error(error, STORE_ERROR, STORE_ERROR_IO, "%s: it cannot be made (%s)", path, g_strerror(cause));
    return FALSE;
}

char *new_file_begin(const char *path, GError **error)
{
    static const char *const behind[] = {"", "-wal", "-journal"};
    for (guint i = 0; i < G_N_ELEMENTS(behind); i++) {
        g_autofree char *taken = g_strconcat(path, behind[i], NULL);
        if (g_file_test(taken, G_FILE_TEST_EXISTS) || g_file_test(taken, G_FILE_TEST_IS_SYMLINK)) {
            failed(taken, EEXIST, error);
            return NULL;
        }
    }
    g_autofree char *temporary = g_strconcat(path, ".XXXXXX", NULL);
    int descriptor = g_mkstemp_full(temporary, O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        failed(path, errno, error);
        return NULL;
    }
    close(descriptor);
    return g_steal_pointer(&temporary);
}

static gboolean forced_to_disk(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return FALSE;
    gboolean is_forced = fsync(descriptor) == 0;
    int cause = errno;
    close(descriptor);
    errno = cause;
    return is_forced;
}

static gboolean renamed(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return TRUE;
    if (errno != EINVAL && errno != ENOSYS)
        return FALSE;
    /* A file system that knows no such rename: a hard link refuses a taken name as well. */
    if (link(from, to) != 0)
        return FALSE;
    unlink(from);
    return TRUE;
}

gboolean new_file_finish(const char *temporary, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (!forced_to_disk(temporary) || !renamed(temporary, path)) {
        failed(path, errno, error);
        new_file_drop(temporary);
        return FALSE;
    }
    if (!forced_to_disk(folder)) {
        failed(path, errno, error);
        g_unlink(path);
        return FALSE;
    }
    return TRUE;
}

void new_file_drop(const char *temporary)
{
    static const char *const behind[] = {"", "-wal", "-shm", "-journal"};
    for (guint i = 0; i < G_N_ELEMENTS(behind); i++) {
        g_autofree char *name = g_strconcat(temporary, behind[i], NULL);
        g_unlink(name);
    }
}
