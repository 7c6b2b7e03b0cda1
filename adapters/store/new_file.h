/*
 * A new file that appears under its name whole or not at all: it is made under a temporary name in the same folder,
 * forced to the disk, and renamed; never over something that is there.
 */
#ifndef STORE_NEW_FILE_H
#define STORE_NEW_FILE_H

#include "rooster/store.h"

/*
 * An empty file beside `path`, readable by its owner alone; its name is the caller's to free. STORE_ERROR_CONFLICT
 * where `path` is taken, or where a -wal or -journal of an earlier database lies there, which SQLite would play back
 * into the new one.
 */
char *new_file_begin(const char *path, GError **error);
/* Gives it its name; on failure it is removed. */
gboolean new_file_finish(const char *temporary, const char *path, GError **error);
/* Removes it and what SQLite may have left beside it. */
void new_file_drop(const char *temporary);

#endif
