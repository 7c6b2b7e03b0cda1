#include "command.h"

#include "exporting.h"

#include "rooster/plan.h"
#include "sheet.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static ExitCode export_roster(Session *session, const char *path, GError **error)
{
    (void)path;
    IsoWeek week = {0};
    if (!session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_look(session, week, error);
    if (sheet == NULL || !sheet_require(sheet, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) rosters = g_ptr_array_new();
    g_ptr_array_add(rosters, sheet->roster);
    g_autofree char *text = session->ports->roster_write(session->desk.pool, rosters);
    fputs(text, stdout);
    return EXIT_DONE;
}

static ExitCode export_pool(Session *session, const char *path, GError **error)
{
    if (!session->ports->folder_write(path, session->desk.pool, session->desk.published, error))
        return EXIT_BY_ERROR;
    printf("%s holds pool %s: %u workers, %u shifts, rosters of %u weeks.\n", path, session->desk.pool->id,
           session->desk.pool->workers->len, session->desk.pool->shifts->len, session->desk.published->len);
    return EXIT_DONE;
}

FILE *export_open(const char *path, GError **error)
{
    FILE *stream = fopen(path, "wx");
    if (stream == NULL && errno == EEXIST) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s is there already; an export replaces nothing", path);
    } else if (stream == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s cannot be written: %s", path, g_strerror(errno));
    }
    return stream;
}

static ExitCode export_model(Session *session, const char *path, GError **error)
{
    IsoWeek week = {0};
    PlanModel model = {0};
    if (!session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_open(session, week, session->options.is_keep ? DESK_KEEP : DESK_PLAN, error);
    if (sheet == NULL || !sheet_require_demand(sheet, error))
        return EXIT_BY_ERROR;
    g_autoptr(Roster) pins = desk_week_pins(sheet);
    if (path == NULL)
        return plan_write_model(sheet->week, pins, stdout, &model, error) ? EXIT_DONE : EXIT_BY_ERROR;
    FILE *stream = export_open(path, error);
    if (stream == NULL)
        return EXIT_BY_ERROR;
    gboolean is_written = plan_write_model(sheet->week, pins, stream, &model, error);
    if (fclose(stream) != 0 && is_written) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_WORLD, "%s cannot be written: %s", path, g_strerror(errno));
        is_written = FALSE;
    }
    if (!is_written) {
        unlink(path); /* half a model is none */
        return EXIT_BY_ERROR;
    }
    g_autofree char *name = iso_week_format(week);
    printf("%s holds the model of %s: %" G_GINT64_FORMAT " columns, %" G_GINT64_FORMAT " rows, %" G_GINT64_FORMAT
           " elements.\n",
           path, name, model.columns, model.rows, model.elements);
    return EXIT_DONE;
}

ExitCode command_export(Session *session, char **arguments, GError **error)
{
    static const struct {
        const char *what, *usage;
        ExitCode (*run)(Session *session, const char *path, GError **error);
        gboolean needs_path, takes_path, takes_week, takes_published, takes_keep, takes_month, takes_format;
    } exports[] = {
        {.what = "roster",
         .usage = "roster [--week WEEK] [--published]",
         .run = export_roster,
         .takes_week = TRUE,
         .takes_published = TRUE},
        {.what = "pool", .usage = "pool DIR", .run = export_pool, .needs_path = TRUE, .takes_path = TRUE},
        {.what = "model",
         .usage = "model [--week WEEK] [--keep] [FILE]",
         .run = export_model,
         .takes_path = TRUE,
         .takes_week = TRUE,
         .takes_keep = TRUE},
        {.what = "hours",
         .usage = "hours --week WEEK|--month MONTH [--format csv|json] [FILE]",
         .run = export_hours,
         .takes_path = TRUE,
         .takes_week = TRUE,
         .takes_month = TRUE,
         .takes_format = TRUE},
        {.what = "invoice",
         .usage = "invoice --week WEEK|--month MONTH [FILE]",
         .run = export_invoice,
         .takes_path = TRUE,
         .takes_week = TRUE,
         .takes_month = TRUE},
        {.what = "payroll",
         .usage = "payroll --week WEEK|--month MONTH [FILE]",
         .run = export_payroll,
         .takes_path = TRUE,
         .takes_week = TRUE,
         .takes_month = TRUE},
    };
    const Options *options = &session->options;
    for (guint index = 0; index < G_N_ELEMENTS(exports); index++) {
        if (!g_str_equal(arguments[0], exports[index].what))
            continue;
        const char *path = arguments[1];
        if ((path == NULL && exports[index].needs_path) || (path != NULL && !exports[index].takes_path) ||
            (options->week != NULL && !exports[index].takes_week) ||
            (options->is_published && !exports[index].takes_published) ||
            (options->is_keep && !exports[index].takes_keep) ||
            (options->month != NULL && !exports[index].takes_month) ||
            (options->format != NULL && !exports[index].takes_format)) {
            g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "usage: rooster export %s", exports[index].usage);
            return EXIT_BY_ERROR;
        }
        return session_open(session, error) ? exports[index].run(session, path, error) : EXIT_BY_ERROR;
    }
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                "cannot export %s; this version exports roster, pool, model, hours, invoice and payroll", arguments[0]);
    return EXIT_BY_ERROR;
}
