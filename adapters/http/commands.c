/*
 * Answers that the command line has already: a command is run for them in a child process, and its JSON or CSV goes
 * out as it is.
 */
#include "server_parts.h"

#include <glib/gstdio.h>
#include <string.h>

enum { EXIT_OK = 0, EXIT_CHECK = 1, EXIT_USE = 2 };

/* --- names go into a command line */

/* What begins with a dash would be an option; ids may. A value is said as --option=value, so none is taken for one. */
static char *option(const char *name, const char *value)
{
    return g_strdup_printf("--%s=%s", name, value);
}

static gboolean is_week(Exchange *exchange, const char *text)
{
    IsoWeek week;
    g_autoptr(GError) error = NULL;
    if (iso_week_parse(text, &week, &error))
        return TRUE;
    exchange_reply_problem(exchange, MHD_HTTP_UNPROCESSABLE_CONTENT, "invalid", error->message, NULL);
    return FALSE;
}

static gboolean is_named(Exchange *exchange, const GError *error)
{
    if (!error)
        return TRUE;
    exchange_reply_problem(exchange, MHD_HTTP_NOT_FOUND, "not-found", error->message, NULL);
    return FALSE;
}

static gboolean is_one_of(Exchange *exchange, const char *text, const char *const *kinds)
{
    if (g_strv_contains(kinds, text))
        return TRUE;
    g_autofree char *list = g_strjoinv(", ", (char **)(gintptr)kinds);
    g_autofree char *detail = g_strdup_printf("there are %s", list);
    exchange_reply_problem(exchange, MHD_HTTP_NOT_FOUND, "not-found", detail, NULL);
    return FALSE;
}

/* --- what it printed */

static void reply_failure(Exchange *exchange, int code, const char *complaint)
{
    if (code == EXIT_USE || code == EXIT_CHECK) {
        exchange_reply_problem(exchange, MHD_HTTP_UNPROCESSABLE_CONTENT, "refused", complaint, NULL);
    } else {
        g_warning("request %s: a working process failed: %s", exchange->id, complaint);
        exchange_reply_problem(exchange, MHD_HTTP_INTERNAL_SERVER_ERROR, "failed",
                               "something here went wrong; the log of the service knows it by this instance", NULL);
    }
}

/* A check that fails has an answer, too. */
static void on_json(int code, const char *printed, gsize length, const char *complaint, gpointer context)
{
    Exchange *exchange = context;
    exchange->command = NULL;
    if (length > 0 && (code == EXIT_OK || code == EXIT_CHECK))
        exchange_reply_text(exchange, MHD_HTTP_OK, "application/json", printed, length);
    else
        reply_failure(exchange, code, complaint);
}

static void on_csv(int code, const char *printed, gsize length, const char *complaint, gpointer context)
{
    Exchange *exchange = context;
    exchange->command = NULL;
    if (code == EXIT_OK)
        exchange_reply_text(exchange, MHD_HTTP_OK, "text/csv; charset=utf-8", printed, length);
    else
        reply_failure(exchange, code, complaint);
}

static void run(Exchange *exchange, const char *const *arguments, OfficePrinted done)
{
    if (!office_has_room(exchange->server->office)) {
        exchange_reply_problem(exchange, MHD_HTTP_SERVICE_UNAVAILABLE, "busy", "too much waits already; try again soon",
                               NULL);
        return;
    }
    OfficeCommand *command = office_command(exchange->server->office, exchange->actor_name, arguments, done, exchange);
    if (!exchange->is_answered)
        exchange->command = command;
}

/* --- looking */

void commands_explain_shift(Exchange *exchange, char **values)
{
    guint shift;
    g_autoptr(GError) error = NULL;
    const Desk *desk = office_desk(exchange->server->office, &error);
    if (desk)
        desk_shift(desk, values[0], &shift, &error);
    if (!is_named(exchange, error))
        return;
    g_autofree char *named = option("shift", values[0]);
    const char *arguments[] = {"explain", named, "--format=json", NULL};
    run(exchange, arguments, on_json);
}

void commands_explain_worker(Exchange *exchange, char **values)
{
    guint worker;
    g_autoptr(GError) error = NULL;
    const Desk *desk = office_desk(exchange->server->office, &error);
    if (desk)
        desk_worker(desk, values[0], &worker, &error);
    if (!is_named(exchange, error) || !is_week(exchange, values[1]))
        return;
    g_autofree char *named = option("worker", values[0]);
    g_autofree char *week = option("week", values[1]);
    const char *arguments[] = {"explain", named, week, "--format=json", NULL};
    run(exchange, arguments, on_json);
}

void commands_check(Exchange *exchange, char **values)
{
    if (!is_week(exchange, values[0]))
        return;
    g_autofree char *week = option("week", values[0]);
    const char *arguments[] = {"check", week, "--format=json", NULL};
    run(exchange, arguments, on_json);
}

void commands_advise(Exchange *exchange, char **values)
{
    static const char *const kinds[] = {"training", "standby", "contracts", NULL};
    if (!is_week(exchange, values[0]) || !is_one_of(exchange, values[1], kinds))
        return;
    g_autofree char *week = option("week", values[0]);
    const char *arguments[] = {"advise", values[1], week, "--format=json", NULL};
    run(exchange, arguments, on_json);
}

void commands_export_week(Exchange *exchange, char **values)
{
    static const char *const kinds[] = {"roster", "hours", "invoice", "payroll", NULL};
    if (!is_week(exchange, values[0]) || !is_one_of(exchange, values[1], kinds))
        return;
    g_autofree char *week = option("week", values[0]);
    const char *arguments[] = {"export", values[1], week, NULL};
    run(exchange, arguments, on_csv);
}

/* --- pool folders */

static const char *const files[] = {
    "pool.ini",        "coops.csv",        "workers.csv", "certificates.csv", "demand.csv", "availability.csv",
    "preferences.csv", "worker_rules.csv", "history.csv", "roster.csv",       NULL};

void commands_clear(Exchange *exchange)
{
    if (!exchange->folder)
        return;
    for (guint i = 0; files[i]; i++) {
        g_autofree char *path = g_build_filename(exchange->folder, files[i], NULL);
        g_unlink(path);
    }
    g_rmdir(exchange->folder);
    g_clear_pointer(&exchange->folder, g_free);
}

static gboolean make_folder(Exchange *exchange)
{
    g_autoptr(GError) error = NULL;
    exchange->folder = g_dir_make_tmp("rooster-XXXXXX", &error);
    if (!exchange->folder)
        exchange_reply_error(exchange, error, NULL);
    return exchange->folder != NULL;
}

/* {"files": {"workers.csv": "..."}, "replace": false}, and nothing else. FALSE: a problem is answered. */
static gboolean is_import(Exchange *exchange, const json_t *body)
{
    const json_t *given = json_object_get(body, "files"), *replace = json_object_get(body, "replace");
    const char *fault = NULL;
    if (!json_is_object(given) || json_object_size(given) == 0)
        fault = "/files: missing; it is an object of file names and their texts";
    else if (replace && !json_is_boolean(replace))
        fault = "/replace: neither true nor false";
    else if (json_object_size(body) > (replace ? 2 : 1))
        fault = "there are /files and /replace, and nothing else";
    if (fault)
        exchange_reply_problem(exchange, MHD_HTTP_UNPROCESSABLE_CONTENT, "invalid", fault, NULL);
    return !fault;
}

static gboolean write_files(Exchange *exchange, json_t *given)
{
    const char *name;
    json_t *text;
    if (!make_folder(exchange))
        return FALSE;
    json_object_foreach(given, name, text)
    {
        g_autoptr(GError) error = NULL;
        if (!g_strv_contains(files, name) || !json_is_string(text)) {
            g_autofree char *detail = g_strdup_printf("/files/%.80s: not a text of a file of a pool folder", name);
            exchange_reply_problem(exchange, MHD_HTTP_UNPROCESSABLE_CONTENT, "invalid", detail, NULL);
            return FALSE;
        }
        g_autofree char *path = g_build_filename(exchange->folder, name, NULL);
        if (!g_file_set_contents(path, json_string_value(text), (gssize)json_string_length(text), &error)) {
            exchange_reply_error(exchange, error, NULL);
            return FALSE;
        }
    }
    return TRUE;
}

void commands_import(Exchange *exchange, char **values)
{
    (void)values;
    json_t *body = routes_body(exchange);
    if (body && is_import(exchange, body) && write_files(exchange, json_object_get(body, "files"))) {
        gboolean is_replace = json_is_true(json_object_get(body, "replace"));
        const char *arguments[] = {"import", exchange->folder, "--format=json", is_replace ? "--replace" : NULL, NULL};
        run(exchange, arguments, on_json);
    }
    json_decref(body);
}

static void on_exported(int code, const char *printed, gsize length, const char *complaint, gpointer context)
{
    Exchange *exchange = context;
    (void)printed, (void)length;
    exchange->command = NULL;
    if (code != EXIT_OK) {
        reply_failure(exchange, code, complaint);
        return;
    }
    json_t *given = json_object();
    for (guint i = 0; files[i]; i++) {
        g_autofree char *path = g_build_filename(exchange->folder, files[i], NULL);
        g_autofree char *text = NULL;
        if (g_file_get_contents(path, &text, NULL, NULL))
            json_object_set_new(given, files[i], json_string(text));
    }
    json_t *object = json_object();
    json_object_set_new(object, "files", given);
    exchange_reply_json(exchange, MHD_HTTP_OK, object, NULL);
}

void commands_export(Exchange *exchange, char **values)
{
    (void)values;
    if (!make_folder(exchange))
        return;
    g_rmdir(exchange->folder); /* the export makes it */
    const char *arguments[] = {"export", "pool", exchange->folder, NULL};
    run(exchange, arguments, on_exported);
}
