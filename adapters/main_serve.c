#include "main_serve.h"

#include "http/server.h"
#include "ical/feed_text.h"
#include "mqtt/link.h"
#include "store/sqlite_store.h"
#include "web/web.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* Everybody waits while the one loop waits for another program's write; theirs is tried again. */
enum { STORE_WAIT_MS = 2000 };

typedef struct Service {
    GMainLoop *loop;
    Office *office;
    HttpServer *http;
    Store *store;
    const CliBroker *broker; /* NULL: none was named */
    MqttLink *link;          /* NULL: none, or there is no pool yet whose name its topics have */
} Service;

/* --- the broker */

static gboolean on_demand(const MqttDemand *demand, gpointer user)
{
    const Service *service = user;
    g_autoptr(GError) error = NULL;
    if (office_take(service->office, demand->coop, demand->payload, demand->correlation, &error))
        return TRUE;
    g_warning("what a coop posted cannot be kept now: %s", error->message);
    return FALSE;
}

static void on_link_changed(gpointer user)
{
    const Service *service = user;
    MqttLinkState state;
    if (!service->link)
        return;
    mqtt_link_state(service->link, &state);
    if (state.is_connected)
        g_message("connected to the broker");
    else
        g_warning("not connected to the broker: %s", state.trouble);
}

/* TRUE, too, where there is nothing to link yet. */
static gboolean link_up(Service *service, GError **error)
{
    const CliBroker *broker = service->broker;
    const Desk *desk = office_desk(service->office, NULL);
    if (!broker || !desk)
        return TRUE;
    MqttLinkOptions options = {.host = broker->host,
                               .port = broker->port,
                               .user = broker->user,
                               .password_file = broker->password_file,
                               .ca_file = broker->ca_file,
                               .pool = desk->pool->id,
                               .demand = on_demand,
                               .changed = on_link_changed,
                               .context = service};
    g_autoptr(GError) reason = NULL;
    service->link = mqtt_link_new(&options, service->store, NULL, &reason);
    if (!service->link) /* a file that cannot be read, a pool whose name is no topic */
        g_set_error_literal(error, CLI_ERROR, CLI_ERROR_USE, reason->message);
    return service->link != NULL;
}

static void on_office_changed(gpointer user)
{
    Service *service = user;
    g_autoptr(GError) error = NULL;
    if (service->link)
        mqtt_link_poke(service->link);
    else if (!link_up(service, &error))
        g_warning("no link to the broker: %s", error->message);
}

static char *metrics(gpointer user)
{
    const Service *service = user;
    MqttLinkState state = {0};
    if (service->link)
        mqtt_link_state(service->link, &state);
    return g_strdup_printf("# HELP rooster_mqtt_connected Whether the broker has us.\n"
                           "# TYPE rooster_mqtt_connected gauge\nrooster_mqtt_connected %d\n"
                           "# HELP rooster_mqtt_losses_total Connections lost and tries that failed.\n"
                           "# TYPE rooster_mqtt_losses_total counter\nrooster_mqtt_losses_total %" G_GINT64_FORMAT "\n"
                           "# HELP rooster_mqtt_in_flight Messages sent and not acknowledged.\n"
                           "# TYPE rooster_mqtt_in_flight gauge\nrooster_mqtt_in_flight %u\n"
                           "# HELP rooster_mqtt_demands_total Requests of coops kept.\n"
                           "# TYPE rooster_mqtt_demands_total counter\nrooster_mqtt_demands_total %" G_GINT64_FORMAT
                           "\n",
                           state.is_connected, state.losses, state.in_flight, state.demands);
}

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
    mqtt_link_stop(service->link);
    office_free(service->office);
    if (service->loop)
        g_main_loop_unref(service->loop);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Service, service_clear)

static gboolean find_asset(const char *path, HttpAsset *asset)
{
    WebAsset found = {0};
    if (!web_find(path, &found))
        return FALSE;
    *asset = (HttpAsset){.type = found.type,
                         .etag = found.etag,
                         .bytes = found.bytes,
                         .length = found.length,
                         .is_page = found.is_page,
                         .is_immutable = found.is_immutable};
    return TRUE;
}

gboolean serve(Store *store, const CliService *options, GError **error)
{
    OfficeOptions office = {.program = "/proc/self/exe", .db = options->db, .clock_offset_s = options->clock_offset_s};
    g_auto(Service) service = {.loop = g_main_loop_new(NULL, FALSE), .store = store, .broker = options->broker};
    HttpOptions http = {.address = options->address,
                        .port = options->port,
                        .request_s = options->request_s,
                        .connections_per_peer = options->connections_per_peer,
                        .feed_render = ical_feed_render,
                        .asset = find_asset,
                        .metrics = metrics,
                        .context = &service};
    signal(SIGPIPE, SIG_IGN);
    sqlite_store_set_patience(store, STORE_WAIT_MS);
    service.office = office_new(store, &office, error);
    service.http = service.office ? http_server_new(service.office, store, &http, error) : NULL;
    if (!service.http || !link_up(&service, error))
        return FALSE;
    office_listen(service.office, on_office_changed, &service);
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
