/* What the tables of calls (sqlite_store.c, sqlite_service.c) share. */
#ifndef STORE_HANDLE_H
#define STORE_HANDLE_H

#include "database.h"
#include "rooster/store_ops.h"

typedef struct SqliteStore {
    Store base;
    Database *database;
} SqliteStore;

static inline Database *database_of(Store *store)
{
    return ((SqliteStore *)store)->database;
}

extern const StoreServiceOps sqlite_service_ops;

#endif
