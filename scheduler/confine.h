/*
 * What a process that works for another may take (private to scheduler). What grows beyond it ends there, without a
 * core file, and is reported by who waits for it. Under sanitizers, which reserve terabytes of addresses, memory is not
 * limited.
 */
#ifndef ROOSTER_CONFINE_H
#define ROOSTER_CONFINE_H

#include <glib.h>

/* Bytes of address space; is_lasting: processes under this one cannot ask for more either. */
void confine_memory(guint64 bytes, gboolean is_lasting);
/* Seconds of processor, lasting. */
void confine_processor(guint64 seconds);

#endif
