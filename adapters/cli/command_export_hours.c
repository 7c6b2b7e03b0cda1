/* Hours, invoices and payroll: the ledger for other programs. */
#include "exporting.h"

#include "rooster/hours_export.h"

#include <errno.h>
#include <unistd.h>

static gboolean period_of(const Session *session, HoursPeriod *period, GError **error)
{
    const Options *options = &session->options;
    Month month = {0};
    IsoWeek week = {0};
    if ((options->week == NULL) == (options->month == NULL)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "of which work? Say --week WEEK or --month MONTH");
        return FALSE;
    }
    if (options->week != NULL) {
        if (!session_week(session, &week, error))
            return FALSE;
        *period = hours_period_of_week(week);
        return TRUE;
    }
    if (!month_parse(options->month, &month, error)) {
        g_prefix_error(error, "option --month: ");
        return FALSE;
    }
    *period = hours_period_of_month(month);
    return TRUE;
}

static ExitCode write_out(const char *path, const char *text, guint rows, const char *noun, GError **error)
{
    if (path == NULL) {
        fputs(text, stdout);
        return EXIT_DONE;
    }
    FILE *stream = export_open(path, error);
    if (stream == NULL)
        return EXIT_BY_ERROR;
    gboolean is_written = fputs(text, stream) >= 0;
    is_written = fclose(stream) == 0 && is_written;
    if (!is_written) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_WORLD, "%s cannot be written: %s", path, g_strerror(errno));
        unlink(path);
        return EXIT_BY_ERROR;
    }
    printf("%s holds %u %s.\n", path, rows, noun);
    return EXIT_DONE;
}

static ExitCode write_table(const Session *session, const char *path, const TextTable *table, GError **error)
{
    g_autofree char *text = session->ports->table_write(table);
    return write_out(path, text, table->rows->len, "rows", error);
}

ExitCode export_hours(Session *session, const char *path, GError **error)
{
    HoursPeriod period;
    if (session->options.format != NULL && session->format == OUTPUT_TABLE) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --format: hours are exported as csv or json");
        return EXIT_BY_ERROR;
    }
    if (!period_of(session, &period, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) entries = hours_period_load(session->desk.store, session->desk.pool, period, error);
    if (entries == NULL)
        return EXIT_BY_ERROR;
    if (session->format == OUTPUT_JSON) {
        g_autofree char *text = hours_timecards(session->desk.pool, entries, period);
        return write_out(path, text, entries->len, "entries as time cards", error);
    }
    g_autoptr(TextTable) table = hours_table(session->desk.pool, entries);
    return write_table(session, path, table, error);
}

ExitCode export_invoice(Session *session, const char *path, GError **error)
{
    HoursPeriod period;
    if (!period_of(session, &period, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) entries = hours_period_load(session->desk.store, session->desk.pool, period, error);
    if (entries == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(TextTable) table = invoice_table(session->desk.pool, entries);
    return write_table(session, path, table, error);
}

ExitCode export_payroll(Session *session, const char *path, GError **error)
{
    HoursPeriod period;
    if (!period_of(session, &period, error))
        return EXIT_BY_ERROR;
    HoursPeriod ever = {0, period.after};
    g_autoptr(GPtrArray) entries = hours_period_load(session->desk.store, session->desk.pool, period, error);
    g_autoptr(GPtrArray) before =
        entries ? hours_period_load(session->desk.store, session->desk.pool, ever, error) : NULL;
    if (before == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(TextTable) table = payroll_table(session->desk.pool, entries, before, period);
    return write_table(session, path, table, error);
}
