#include "main_serve.h"

#include "http/server.h"
#include "ical/feed_text.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef struct Service {
    GMainLoop *loop;
    Office *office;
    HttpServer *http;
} Service;

/*
 * Tells systemd how it stands, where systemd asks (sd_notify(3): a datagram to $NOTIFY_SOCKET; a name that begins with
 * @ is abstract).
 */
static void notify(const char *state)
{
    const char *path = g_getenv("NOTIFY_SOCKET");
    if (!path || (*path != '/' && *path != '@'))
        return;
    gboolean is_abstract = *path == '@';
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new_with_type(
        is_abstract ? path + 1 : path, -1, is_abstract ? G_UNIX_SOCKET_ADDRESS_ABSTRACT : G_UNIX_SOCKET_ADDRESS_PATH);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
    if (socket)
        g_socket_send_to(socket, address, state, strlen(state), NULL, NULL);
}

static gboolean on_signal(gpointer user)
{
    Service *service = user;
    notify("STOPPING=1");
    g_main_loop_quit(service->loop);
    return G_SOURCE_CONTINUE;
}

static void service_clear(Service *service)
{
    http_server_free(service->http);
    office_free(service->office);
    if (service->loop)
        g_main_loop_unref(service->loop);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Service, service_clear)

gboolean serve(Store *store, const CliService *options, GError **error)
{
    OfficeOptions office = {.program = "/proc/self/exe", .db = options->db, .clock_offset_s = options->clock_offset_s};
    HttpOptions http = {.address = options->address, .port = options->port, .feed_render = ical_feed_render};
    g_auto(Service) service = {.loop = g_main_loop_new(NULL, FALSE)};
    signal(SIGPIPE, SIG_IGN);
    service.office = office_new(store, &office, error);
    service.http = service.office ? http_server_new(service.office, store, &http, error) : NULL;
    if (!service.http)
        return FALSE;
    guint terminate = g_unix_signal_add(SIGTERM, on_signal, &service);
    guint interrupt = g_unix_signal_add(SIGINT, on_signal, &service);
    printf("rooster: listening at %s port %d\n", options->address, http_server_port(service.http));
    fflush(stdout);
    notify("READY=1");
    g_main_loop_run(service.loop);
    g_source_remove(terminate);
    g_source_remove(interrupt);
    return TRUE;
}
