/* A consistent copy of a database, by SQLite's backup interface. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "database.h"

/* STORE_ERROR_CONFLICT where `path` is taken. The copy has passed integrity_check before it gets its name. */
gboolean database_backup(Database *database, const char *path, GError **error);

#endif
