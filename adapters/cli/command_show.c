#include "command.h"

#include "listing.h"

static gboolean read_by(const Session *session, ListBy *by, GError **error)
{
    static const char *const names[] = {[LIST_BY_WORKER] = "worker", [LIST_BY_COOP] = "coop", [LIST_BY_DAY] = "day"};
    const char *text = session->options.by != NULL ? session->options.by : names[LIST_BY_WORKER];
    for (guint name = 0; name < G_N_ELEMENTS(names); name++) {
        if (g_str_equal(names[name], text)) {
            *by = (ListBy)name;
            return TRUE;
        }
    }
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --by: %s is not worker, coop or day", text);
    return FALSE;
}

static void report_meaning(Report *report, ListBy by, gboolean has_worth)
{
    if (by == LIST_BY_WORKER)
        report_line(report, "A star marks what is pinned.");
    else if (has_worth)
        report_line(
            report,
            "Worth is what one more person on the shift would save, in euro; below 0 its places are sought after.");
}

/* --- several weeks */

/* A week's prices, beside others: what there is to say of them, and the word for programs. */
static const char *report_prices(Report *report, const Worth *worth)
{
    if (worth == NULL)
        report_line(report, "No plan of this week is on record, so there are no prices.");
    else if (!worth_is_current(worth))
        report_line(report,
                    "Its prices are of a plan with other weeks, or of before the week, its pins or the hour changed.");
    return worth == NULL ? "none" : worth_is_current(worth) ? "current" : "changed";
}

static void add_tally(Table *table, const Tally *tally)
{
    g_autofree char *people = g_strdup_printf("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, tally->planned, tally->asked);
    g_autofree char *planned = minutes_format(tally->planned_min), *asked = minutes_format(tally->asked_min);
    g_autofree char *hours = g_strdup_printf("%s/%s", planned, asked);
    table_number(table, tally->planned);
    table_number(table, tally->asked);
    table_text(table, people);
    table_number(table, tally->planned_min);
    table_number(table, tally->asked_min);
    table_text(table, hours);
}

/* The weeks, one a row; `prices` of const char *, one a week, or NULL by worker. */
static void report_sum(Report *report, const GPtrArray *sheets, const GPtrArray *prices)
{
    static const Column columns[] = {{"week", "Week", 0},
                                     {"roster", "Roster", 0},
                                     {"revision", "Revision", COLUMN_RIGHT},
                                     {"planned", "", COLUMN_PROGRAM},
                                     {"asked", "", COLUMN_PROGRAM},
                                     {"", "People", COLUMN_PEOPLE | COLUMN_RIGHT},
                                     {"planned_min", "", COLUMN_PROGRAM},
                                     {"asked_min", "", COLUMN_PROGRAM},
                                     {"", "Hours", COLUMN_PEOPLE | COLUMN_RIGHT},
                                     {"prices", "", COLUMN_PROGRAM}};
    g_autofree char *title = sheets_title(sheets);
    report_line(report, "\n%s together", title);
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "weeks", columns, G_N_ELEMENTS(columns));
    Tally sum = {0};
    for (guint at = 0; at < sheets->len; at++) {
        const Sheet *sheet = g_ptr_array_index(sheets, at);
        g_autofree char *week = iso_week_format(sheet->week->week);
        Tally tally = tally_of(sheet);
        sum.planned += tally.planned;
        sum.asked += tally.asked;
        sum.planned_min += tally.planned_min;
        sum.asked_min += tally.asked_min;
        table_text(table, week);
        table_text(table, sheet_state_name(sheet));
        table_number(table, sheet->roster->revision);
        add_tally(table, &tally);
        if (prices != NULL)
            table_text(table, g_ptr_array_index(prices, at));
        else
            table_none(table);
    }
    table_total(table);
    table_text(table, "together");
    table_none(table);
    table_none(table);
    add_tally(table, &sum);
    table_none(table);
}

/* Everyone's shifts and hours in all the weeks, against so many times their contract. */
static void report_workers(Report *report, const GPtrArray *sheets)
{
    static const Column columns[] = {{"worker", "", COLUMN_PROGRAM},
                                     {"", "Worker", COLUMN_PEOPLE | COLUMN_CUT},
                                     {"shifts", "Shifts", COLUMN_RIGHT},
                                     {"planned_min", "Hours", COLUMN_RIGHT},
                                     {"contract_min", "", COLUMN_PROGRAM},
                                     {"contract_max", "", COLUMN_PROGRAM},
                                     {"", "Contract", COLUMN_PEOPLE | COLUMN_RIGHT}};
    const Pool *pool = ((const Sheet *)g_ptr_array_index(sheets, 0))->week->pool;
    report_line(report, "%s", "");
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "sums", columns, G_N_ELEMENTS(columns));
    for (guint index = 0; index < pool->workers->len; index++) {
        const Worker *worker = pool_worker(pool, index);
        int64_t shifts = 0, planned_min = 0;
        for (guint at = 0; at < sheets->len; at++) {
            g_autoptr(GPtrArray) mine = assignments_of(g_ptr_array_index(sheets, at), index);
            shifts += mine->len;
            for (guint k = 0; k < mine->len; k++)
                planned_min +=
                    shift_paid_min(pool_shift(pool, ((const Assignment *)g_ptr_array_index(mine, k))->shift));
        }
        Decimal least = worker->contract_min * sheets->len, most = worker->contract_max * sheets->len;
        g_autofree char *from = decimal_format(least), *until = decimal_format(most);
        g_autofree char *contract = g_strdup_printf("%s-%s", from, until);
        table_text(table, worker->id);
        table_text(table, worker_name(worker));
        table_number(table, shifts);
        table_minutes(table, planned_min);
        table_decimal(table, least);
        table_decimal(table, most);
        table_text(table, contract);
    }
}

/* A heading and a table a week, then the weeks together; for programs the rows of all weeks in one table. */
static ExitCode show_several(Session *session, IsoWeek first, int count, ListBy by, GError **error)
{
    DeskUse use = session->options.is_published ? DESK_LOOK_PUBLISHED : DESK_LOOK;
    g_autoptr(GPtrArray) sheets = sheets_open(session, first, count, use, error);
    if (sheets == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    g_autoptr(GPtrArray) prices = g_ptr_array_new();
    gboolean has_worth = FALSE;
    Listing all = listing_new(report, FOR_CSV | FOR_JSON, by, TRUE);
    report_fact_number(report, "week_count", sheets->len);
    for (guint at = 0; at < sheets->len; at++) {
        const Sheet *sheet = g_ptr_array_index(sheets, at);
        g_autofree char *title = sheet_title(sheet);
        report_line(report, "%s%s", at > 0 ? "\n" : "", title);
        g_autoptr(Worth) worth = NULL;
        if (by != LIST_BY_WORKER) {
            if (!sheet_open_worth(session, sheet, &worth, error))
                return EXIT_BY_ERROR;
            g_ptr_array_add(prices, (gpointer)report_prices(report, worth));
            has_worth |= worth != NULL;
        }
        Listing own = listing_new(report, FOR_PEOPLE, by, FALSE);
        listing_add(&own, sheet, worth);
        listing_add(&all, sheet, worth);
    }
    report_meaning(report, by, has_worth);
    report_sum(report, sheets, by != LIST_BY_WORKER ? prices : NULL);
    if (by == LIST_BY_WORKER)
        report_workers(report, sheets);
    report_print(report);
    return EXIT_DONE;
}

/* --- one week */

static ExitCode show_one(Session *session, IsoWeek week, ListBy by, GError **error)
{
    g_autoptr(Sheet) sheet = sheet_look(session, week, error);
    if (sheet == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    g_autoptr(Worth) worth = NULL;
    sheet_report(sheet, report);
    report_line(report, "%s", "");
    if (by != LIST_BY_WORKER) {
        if (!sheet_load_worth(session, sheet, report, &worth, error))
            return EXIT_BY_ERROR;
        report_meaning(report, by, worth != NULL);
    }
    Listing listing = listing_new(report, FOR_ALL, by, FALSE);
    listing_add(&listing, sheet, worth);
    if (by == LIST_BY_WORKER) {
        report_meaning(report, by, FALSE);
    } else if (sheet->week->shifts->len > 0) {
        Tally tally = tally_of(sheet);
        g_autofree char *sum = tally_format("\nTogether", &tally);
        report_line(report, "%s.", sum);
    }
    report_print(report);
    return EXIT_DONE;
}

ExitCode command_show(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    ListBy by = LIST_BY_WORKER;
    IsoWeek week = {0};
    int count = 1;
    if (!read_by(session, &by, error) || !session_week_count(session, &count, error) || !session_open(session, error) ||
        !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    return count > 1 ? show_several(session, week, count, by, error) : show_one(session, week, by, error);
}
