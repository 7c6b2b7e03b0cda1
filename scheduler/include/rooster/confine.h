/*
 * What a process that works for another may take. What grows beyond it ends there, without a core file, and is reported
 * by who waits for it. Under sanitizers, which reserve terabytes of addresses, memory is not limited.
 *
 * Each call is for the process itself and does nothing but system calls, so it may also stand between fork and exec.
 * A limit that is tighter already stays. FALSE, with errno, where the system sets none: do not go on without.
 */
#ifndef ROOSTER_CONFINE_H
#define ROOSTER_CONFINE_H

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of address space; is_lasting: processes under this one cannot ask for more either. */
gboolean confine_memory(guint64 bytes, gboolean is_lasting);
/* Seconds of processor, lasting: then SIGXCPU, and a second later SIGKILL. */
gboolean confine_processor(guint64 seconds);

G_END_DECLS

#endif
