/*
 * /metrics in Prometheus' text format, version 0.0.4. No label has a name, an id or a path with one in it.
 */
#include "server_parts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const double bounds_s[] = {0.001, 0.005, 0.02, 0.1, 0.5, 1, 5};

void metrics_count(HttpServer *server, const Exchange *exchange)
{
    HttpFigures *figures = &server->figures;
    double seconds = (double)(g_get_monotonic_time() - exchange->begun_us) / G_USEC_PER_SEC;
    figures->requests[MIN(exchange->reply.status / 100, 5)]++;
    if (exchange->stream)
        return; /* open as long as somebody listens: no time of an answer */
    guint bucket = 0;
    while (bucket < G_N_ELEMENTS(bounds_s) && seconds > bounds_s[bucket])
        bucket++;
    figures->seconds_buckets[bucket]++;
    figures->seconds_sum += seconds;
    figures->answers++;
}

static void head(GString *text, const char *name, const char *type, const char *help)
{
    g_string_append_printf(text, "# HELP rooster_%s %s\n# TYPE rooster_%s %s\n", name, help, name, type);
}

static void number(GString *text, const char *name, const char *type, const char *help, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    head(text, name, type, help);
    g_string_append_printf(text, "rooster_%s %s\n", name, g_ascii_formatd(digits, sizeof digits, "%.15g", value));
}

static void requests(GString *text, const HttpFigures *figures)
{
    head(text, "http_requests_total", "counter", "Answers by class of status.");
    for (int class = 1; class <= 5; class ++)
        g_string_append_printf(text, "rooster_http_requests_total{status=\"%dxx\"} %" G_GINT64_FORMAT "\n", class,
                               figures->requests[class]);
    head(text, "http_request_seconds", "histogram", "From the head of a request to the end of its answer.");
    int64_t sum = 0;
    for (guint i = 0; i < G_N_ELEMENTS(bounds_s); i++) {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        sum += figures->seconds_buckets[i];
        g_string_append_printf(text, "rooster_http_request_seconds_bucket{le=\"%s\"} %" G_GINT64_FORMAT "\n",
                               g_ascii_formatd(digits, sizeof digits, "%g", bounds_s[i]), sum);
    }
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(
        text,
        "rooster_http_request_seconds_bucket{le=\"+Inf\"} %" G_GINT64_FORMAT
        "\nrooster_http_request_seconds_sum %s\nrooster_http_request_seconds_count %" G_GINT64_FORMAT "\n",
        figures->answers, g_ascii_formatd(digits, sizeof digits, "%.15g", figures->seconds_sum), figures->answers);
}

static double resident_bytes(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file) {
        if (fscanf(file, "%ld %ld", &pages, &resident) != 2)
            resident = 0;
        fclose(file);
    }
    return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

void metrics_answer(Exchange *exchange)
{
    HttpServer *server = exchange->server;
    const HttpFigures *http = &server->figures;
    const OfficeFigures *office = office_figures(server->office);
    g_autoptr(GString) text = g_string_new(NULL);
    OutboxCounts outbox = {0};
    store_outbox_counts(server->store, &outbox, NULL);
    requests(text, http);
    number(text, "http_connections", "gauge", "Open connections.", http->connections);
    number(text, "http_event_streams", "gauge", "Open streams of events.", http->streams);
    number(text, "feed_fetches_total", "counter", "Calendar feeds fetched.", (double)http->feeds_fetched);
    number(text, "feed_unchanged_total", "counter", "Of these, answered 304.", (double)http->feeds_unchanged);
    number(text, "http_answers_reused_total", "counter", "Answers about a week given again as they were.",
           (double)http->answers_reused);
    number(text, "http_answers_kept_bytes", "gauge", "Of answers kept to be given again.",
           (double)answers_bytes(server->kept));
    number(text, "acts_total", "counter", "Acts done or refused.", (double)office->acts);
    number(text, "acts_refused_total", "counter", "Acts refused to those who asked.", (double)office->refused);
    number(text, "acts_failed_total", "counter", "Acts that failed here.", (double)office->failed);
    number(text, "children_total", "counter", "Working processes started.", (double)office->children);
    number(text, "children_failed_total", "counter", "Of these, died or ended.", (double)office->children_failed);
    number(text, "long_acts_running", "gauge", "Long acts under way.", office->running);
    number(text, "long_acts_waiting", "gauge", "Long acts that wait.", office->waiting);
    number(text, "inbox_answered_total", "counter", "Requests over the broker answered.",
           (double)office->inbox_answered);
    number(text, "plan_seconds", "gauge", "Time of the last plan.", office->plan_seconds_last);
    number(text, "plan_gap_percent", "gauge", "Gap of the last plan.", office->plan_gap_last);
    number(text, "outbox_waiting", "gauge", "Messages not acknowledged by the broker.", (double)outbox.waiting);
    number(text, "outbox_dead", "gauge", "Messages the broker refused for good.", (double)outbox.dead);
    number(text, "outbox_delivered_total", "counter", "Messages delivered.", (double)outbox.delivered);
    number(text, "resident_bytes", "gauge", "Resident memory.", resident_bytes());
    if (server->options.metrics) {
        g_autofree char *more = server->options.metrics(server->options.context);
        g_string_append(text, more);
    }
    exchange_reply_text(exchange, MHD_HTTP_OK, "text/plain; version=0.0.4; charset=utf-8", text->str, text->len);
}
