/*
 * The store in memory: for tests that need one and no file. It passes the same contract suite as the one on SQLite
 * (tests/store/contract.c). A backup has nowhere to go and fails with STORE_ERROR_IO.
 */
#ifndef FAKES_MEMORY_STORE_H
#define FAKES_MEMORY_STORE_H

#include "rooster/store.h"

Store *memory_store_new(void);

#endif
