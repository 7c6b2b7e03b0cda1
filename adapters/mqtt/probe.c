#include "probe.h"

#include <gio/gio.h>

#define PATIENCE_S 10 /* for the name and each address */

struct Probe {
    ProbeEnd end; /* NULL: cancelled */
    gpointer data;
    GCancellable *cancellable;
};

static char *address_of(GSocketConnection *line, GError **error)
{
    g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address(line, error);
    if (!G_IS_INET_SOCKET_ADDRESS(remote)) /* it went away again */
        return NULL;
    GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS(remote);
    GInetAddress *address = g_inet_socket_address_get_address(inet);
    g_autofree char *text = g_inet_address_to_string(address);
    /* fe80::1%2: an address of one link says which. */
    gboolean is_local =
        g_inet_address_get_family(address) == G_SOCKET_FAMILY_IPV6 && g_inet_socket_address_get_scope_id(inet) != 0;
    return is_local ? g_strdup_printf("%s%%%u", text, g_inet_socket_address_get_scope_id(inet))
                    : g_steal_pointer(&text);
}

static void on_connected(GObject *client, GAsyncResult *result, gpointer data)
{
    g_autofree Probe *probe = data;
    g_autoptr(GError) cause = NULL;
    g_autofree char *address = NULL;
    g_autoptr(GSocketConnection) line = g_socket_client_connect_to_host_finish(G_SOCKET_CLIENT(client), result, &cause);
    if (line) {
        address = address_of(line, &cause);
        g_io_stream_close(G_IO_STREAM(line), NULL, NULL);
    }
    g_object_unref(probe->cancellable);
    if (probe->end)
        probe->end(probe->data, address, cause);
}

Probe *probe_start(const char *host, int port, GMainContext *context, ProbeEnd end, gpointer data)
{
    g_autoptr(GSocketClient) client = g_socket_client_new();
    g_socket_client_set_timeout(client, PATIENCE_S);
    g_socket_client_set_enable_proxy(client, FALSE);
    Probe *probe = g_new(Probe, 1);
    *probe = (Probe){end, data, g_cancellable_new()};
    g_main_context_push_thread_default(context);
    g_socket_client_connect_to_host_async(client, host, (guint16)port, probe->cancellable, on_connected, probe);
    g_main_context_pop_thread_default(context);
    return probe;
}

void probe_cancel(Probe *probe)
{
    probe->end = NULL;
    g_cancellable_cancel(probe->cancellable);
}
