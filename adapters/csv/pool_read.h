/*
 * Reads a pool from the bytes of its files, wherever they come from: a folder, or a fuzzer.
 */
#ifndef ROOSTER_CSV_POOL_READ_H
#define ROOSTER_CSV_POOL_READ_H

#include "rooster/exchange.h"

/* Gives the bytes of files by name. */
typedef struct FileSource {
    /* NULL: there is no such file; or it cannot be read, then *error is set. Caller unrefs. */
    GBytes *(*read)(const struct FileSource *source, const char *name, GError **error);
    const void *from; /* the source's own */
} FileSource;

/* See PoolFolderRead. */
PoolImport *pool_read(const FileSource *source, const Pool *base, GError **error);

#endif
