/*
 * A child that waits for its act with the pool loaded already (private to scheduler): who asks for the next one need
 * not wait while a process starts, opens the database and reads the pool and what its plans left. An act looks at the
 * store again before it does anything, so a spare that is behind is slower, never wrong.
 */
#ifndef ROOSTER_OFFICE_SPARE_H
#define ROOSTER_OFFICE_SPARE_H

#include "rooster/office.h"

#include <gio/gio.h>

typedef struct OfficeSpare OfficeSpare;

/* A child for one act. NULL with the system's reason. */
GSubprocess *office_child_new(const OfficeOptions *options, GError **error);

/* Begins a spare where there is none, or the one there is knows an older pool. Nothing where that fails. */
void office_spare_ready(Office *office);
/* The spare, no longer one; NULL: there is none. Caller unrefs. */
GSubprocess *office_spare_take(Office *office);
void office_spare_end(Office *office);

#endif
