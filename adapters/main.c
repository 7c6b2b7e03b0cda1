/* The only file that knows all adapters: it hands them to the command line as ports. */
#include "cli/cli.h"
#include "csv/pool_folder.h"
#include "csv/text_table.h"
#include "ical/calendar_file.h"
#include "ical/feed_folder.h"
#include "ical/feed_text.h"
#include "main_serve.h"
#include "mqtt/drain.h"
#include "rooster/office.h"
#include "rooster/plan.h"
#include "store/sqlite_store.h"

/* Somebody waits at the prompt; what is not delivered by then waits in the outbox. */
enum { DRAIN_PATIENCE_S = 10 };

static gboolean drain(Store *store, const CliBroker *broker, CliDelivery *delivery, GError **error)
{
    MqttOptions options = {.host = broker->host,
                           .port = broker->port,
                           .user = broker->user,
                           .password_file = broker->password_file,
                           .ca_file = broker->ca_file,
                           .pool = broker->pool,
                           .timeout_s = DRAIN_PATIENCE_S};
    MqttReport report = {0};
    g_autoptr(GError) reason = NULL;
    gboolean is_done = mqtt_drain(&options, store, &report, &reason);
    *delivery = (CliDelivery){
        .waiting = report.waiting, .delivered = report.delivered, .dead = report.dead, .restored = report.restored};
    g_strlcpy(delivery->reason, report.reason, sizeof delivery->reason);
    if (g_error_matches(reason, MQTT_ERROR, MQTT_ERROR_OPTIONS))
        g_set_error_literal(error, CLI_ERROR, CLI_ERROR_USE, reason->message);
    else if (reason)
        g_propagate_error(error, g_steal_pointer(&reason));
    return is_done;
}

static gboolean feeds_write(const Pool *pool, const GPtrArray *events, const char *folder, int64_t now_s,
                            guint *written, GError **error)
{
    return feed_folder_write(pool, events, folder, ical_feed_render, now_s, written, error);
}

int main(int argc, char **argv)
{
    const CliPorts ports = {.store_init = sqlite_store_init,
                            .store_open = sqlite_store_open,
                            .folder_read = pool_folder_read,
                            .folder_write = pool_folder_write,
                            .roster_write = roster_csv_write,
                            .table_write = text_table_csv_write,
                            .calendar_read = ical_calendar_read,
                            .feeds_write = feeds_write,
                            .drain = drain,
                            .serve = serve,
                            .act_worker = act_worker_main,
                            .solve_worker = plan_solve_worker,
                            .calendar_worker = ical_worker_main};
    return cli_main(argc, argv, &ports);
}
