/*
 * The store on SQLite: one pool, one file. This is all that others see of it; everything else goes through
 * rooster/store.h.
 *
 * The file (with FILE-wal and FILE-shm beside it while it is open) carries application_id 0x526F6F73 ("Roos") and the
 * number of its newest migration as user_version. A path is what the messages call it.
 */
#ifndef STORE_SQLITE_STORE_H
#define STORE_SQLITE_STORE_H

#include "rooster/store.h"

G_BEGIN_DECLS

/*
 * Makes an empty store, readable by its owner alone. It appears under its name whole or not at all.
 * STORE_ERROR_CONFLICT where something has the name already; STORE_ERROR_IO.
 */
gboolean sqlite_store_init(const char *path, GError **error);

/*
 * Opens a store and brings it to the newest migration. A refusal changes nothing in the file:
 * STORE_ERROR_NOT_FOUND  there is no such file
 * STORE_ERROR_FOREIGN    not SQLite, another program's, or of a newer rooster
 * STORE_ERROR_CORRUPT    damaged (files above 8 MiB are checked where they are read, not here)
 * STORE_ERROR_IO         no permission, a folder without shared memory (a network drive)
 * STORE_ERROR_BUSY       another program has it locked for too long
 */
Store *sqlite_store_open(const char *path, GError **error);

/* How long a call waits for another program's write; five seconds where nothing is said. */
void sqlite_store_set_patience(Store *store, int wait_ms);

/* Reads the whole file: structure, indices, references. STORE_ERROR_CORRUPT names the first fault. `store` is of
 * sqlite_store_open. */
gboolean sqlite_store_check(Store *store, GError **error);

G_END_DECLS

#endif
