/*
 * Finds out whether somebody listens at a name and port, and by which address, without waiting: GLib resolves the name
 * and tries each address that it has.
 */
#ifndef MQTT_PROBE_H
#define MQTT_PROBE_H

#include <glib.h>

typedef struct Probe Probe;

/* address: "127.0.0.1", "::1"; NULL with a cause: nobody there. The probe is gone by then. */
typedef void (*ProbeEnd)(gpointer data, const char *address, const GError *cause);

/* The end is told from within the context. */
Probe *probe_start(const char *host, int port, GMainContext *context, ProbeEnd end, gpointer data);
/* The end is not told any more; the context still frees what it holds. */
void probe_cancel(Probe *probe);

#endif
