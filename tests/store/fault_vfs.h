/*
 * A disk that fails when told to: an SQLite VFS over the usual one that counts every opening, write, sync and
 * truncation, and lets the n-th fail.
 */
#ifndef TESTS_STORE_FAULT_VFS_H
#define TESTS_STORE_FAULT_VFS_H

#include <glib.h>

typedef struct Fault {
    int at;            /* which operation from now fails, 1 is the next; 0: none */
    gboolean is_full;  /* SQLITE_FULL after half of the bytes, else an I/O error before any */
    gboolean is_final; /* and so do all that follow */
} Fault;

/* Becomes the VFS that stores open their files with. */
void fault_vfs_register(void);
void fault_set(Fault fault);
/* Whether the fault came; ends it. */
gboolean fault_end(void);

#endif
