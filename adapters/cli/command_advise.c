#include "command.h"

#include "pricing.h"

enum { MOST_DEFAULT = 20 };

/* --- training */

static void advise_training(Report *report, const Sheet *sheet, Worth *worth, guint most)
{
    static const Column columns[] = {{"certificate", "Certificate", 0},    {"worker", "Worker", 0},
                                     {"name", "Name", COLUMN_CUT},         {"worth_cents", "euro a week", COLUMN_RIGHT},
                                     {"takes", "Would take", COLUMN_WRAP}, {"leaves", "Would leave", COLUMN_WRAP}};
    const Pool *pool = sheet->week->pool;
    guint skipped = 0;
    g_autoptr(GPtrArray) list = worth_training(worth, &skipped);
    report_fact_number(report, "found", list->len);
    report_fact_number(report, "skipped", skipped);
    report_line(report,
                "What the cost of such a week would fall by if one worker held one more certificate: the worker's "
                "best week with it against the best without, at these prices. No roster gains more, what is "
                "left of the gap apart.\n");
    Table *table = report_table(report, FOR_ALL, "training", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No certificate would be worth anything in anybody's hands.");
    for (guint i = 0; i < MIN(list->len, most); i++) {
        const WorthTraining *training = g_ptr_array_index(list, i);
        const Worker *worker = pool_worker(pool, training->worker);
        g_autoptr(GArray) present = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint at = 0; at < sheet->week->shifts->len; at++) {
            guint shift = g_array_index(sheet->week->shifts, guint, at);
            if (roster_find(sheet->roster, shift, training->worker) != NULL)
                g_array_append_val(present, shift);
        }
        g_autoptr(GPtrArray) takes = shifts_without(pool, training->shifts, present);
        g_autoptr(GPtrArray) leaves = shifts_without(pool, present, training->shifts);
        table_text(table, training->certificate);
        table_text(table, worker->id);
        table_text(table, worker_name(worker));
        table_cents(table, cents_rounded(training->cents));
        table_list(table, takes, " ");
        table_list(table, leaves, " ");
    }
    if (list->len > most)
        report_line(report, "\nAnd %u more; --most N shows N.", list->len - most);
    if (skipped > 0)
        report_line(report, "\n%u pairs were too much work and are left out.", skipped);
}

/* --- standby */

static char *set_name(const WorthHours *hours)
{
    GString *name = g_string_new(hours->certificates->len > 0 ? NULL : "none");
    for (guint i = 0; i < hours->certificates->len; i++)
        g_string_append_printf(name, "%s%s", i > 0 ? " + " : "",
                               (const char *)g_ptr_array_index(hours->certificates, i));
    return g_string_free(name, FALSE);
}

/* "12.5", "(12.5)" where it is not scarce; "-" where nobody is asked. Caller frees. */
static char *hour_format(const WorthHour *hour)
{
    if (!hour->is_asked)
        return g_strdup("-");
    int64_t tenths = cents_rounded(hour->cents / 10);
    return g_strdup_printf("%s%" G_GINT64_FORMAT ".%d%s", hour->is_scarce ? "" : "(", tenths / 10, (int)(tenths % 10),
                           hour->is_scarce ? "" : ")");
}

static gboolean is_scarce_somewhere(const WorthHours *hours)
{
    for (int half = 0; half < WORTH_HALVES; half++)
        if (hours->half[half].is_scarce)
            return TRUE;
    return FALSE;
}

/* Rows by certificates, two for a day's halves; a column a day. For people. */
static void report_grid(Report *report, const GPtrArray *all)
{
    static const Column columns[] = {
        {"", "Certificate", COLUMN_PEOPLE | COLUMN_CUT}, {"", "", COLUMN_PEOPLE},
        {"", "Mon", COLUMN_PEOPLE | COLUMN_RIGHT},       {"", "Tue", COLUMN_PEOPLE | COLUMN_RIGHT},
        {"", "Wed", COLUMN_PEOPLE | COLUMN_RIGHT},       {"", "Thu", COLUMN_PEOPLE | COLUMN_RIGHT},
        {"", "Fri", COLUMN_PEOPLE | COLUMN_RIGHT},       {"", "Sat", COLUMN_PEOPLE | COLUMN_RIGHT},
        {"", "Sun", COLUMN_PEOPLE | COLUMN_RIGHT}};
    Table *table = report_table(report, FOR_PEOPLE, "grid", columns, G_N_ELEMENTS(columns));
    g_autoptr(GString) plenty = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++) {
        const WorthHours *hours = g_ptr_array_index(all, i);
        g_autofree char *name = set_name(hours);
        if (i > 0 && !is_scarce_somewhere(hours)) {
            g_string_append_printf(plenty, "%s%s", plenty->len > 0 ? ", " : "", name);
            continue;
        }
        for (int half = 0; half < 2; half++) {
            table_text(table, half == 0 ? name : "");
            table_text(table, half == 0 ? "0-12" : "12-24");
            for (int day = 0; day < WORTH_HALVES / 2; day++) {
                g_autofree char *cell = hour_format(&hours->half[2 * day + half]);
                table_text(table, cell);
            }
        }
    }
    if (plenty->len > 0)
        report_line(report, "Nowhere scarce: %s.", plenty->str);
}

/* The same as one row for each certificate and half-day, for programs. */
static void report_hours(Report *report, const Sheet *sheet, const GPtrArray *all)
{
    static const Column columns[] = {{"certificates", "", COLUMN_PROGRAM},
                                     {"start", "", COLUMN_PROGRAM},
                                     {"hour_cents", "", COLUMN_PROGRAM},
                                     {"is_scarce", "", COLUMN_PROGRAM},
                                     {"shift", "", COLUMN_PROGRAM}};
    const Pool *pool = sheet->week->pool;
    Table *table = report_table(report, FOR_CSV | FOR_JSON, "hours", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < all->len; i++) {
        const WorthHours *hours = g_ptr_array_index(all, i);
        for (int half = 0; half < WORTH_HALVES; half++) {
            const WorthHour *hour = &hours->half[half];
            if (!hour->is_asked)
                continue;
            Day day = sheet->week->week.monday + half / 2;
            table_list(table, hours->certificates, " ");
            table_time(table, pool->zone, half % 2 ? zone_at(pool->zone, day, 12, 0) : zone_day_start(pool->zone, day));
            table_number(table, cents_rounded(hour->cents));
            table_flag(table, hour->is_scarce, "yes");
            table_text(table, pool_shift(pool, hour->shift)->id);
        }
    }
}

typedef struct ScarcePlace {
    const WorthHours *hours;
    int half;
} ScarcePlace;

static int place_compare(gconstpointer left, gconstpointer right)
{
    const ScarcePlace *a = left, *b = right;
    double cents_a = a->hours->half[a->half].cents, cents_b = b->hours->half[b->half].cents;
    if (cents_a != cents_b)
        return cents_a > cents_b ? -1 : 1;
    return a->half - b->half;
}

/* Where a person on standby would be worth most: the scarce hours, dearest first. */
static void report_best_places(Report *report, const Sheet *sheet, const GPtrArray *all, guint most)
{
    static const Column columns[] = {{"certificates", "", COLUMN_PROGRAM},
                                     {"", "Certificates", COLUMN_PEOPLE | COLUMN_CUT},
                                     {"start", "", COLUMN_PROGRAM},
                                     {"hour_cents", "euro an hour", COLUMN_RIGHT},
                                     {"shift", "For", 0},
                                     {"", "When", COLUMN_PEOPLE},
                                     {"worth_cents", "euro", COLUMN_RIGHT}};
    const Pool *pool = sheet->week->pool;
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(ScarcePlace));
    for (guint i = 0; i < all->len; i++)
        for (int half = 0; half < WORTH_HALVES; half++) {
            ScarcePlace place = {g_ptr_array_index(all, i), half};
            const WorthHour *before = half > 0 ? &place.hours->half[half - 1] : NULL, *hour = &place.hours->half[half];
            gboolean is_same = before != NULL && before->is_scarce && before->shift == hour->shift;
            if (hour->is_scarce && !is_same)
                g_array_append_val(places, place);
        }
    g_array_sort(places, place_compare);
    report_line(report, "\nWhere one more person is worth most:");
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "places", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Nowhere is an hour scarce.");
    for (guint i = 0; i < MIN(places->len, most); i++) {
        const ScarcePlace *place = &g_array_index(places, ScarcePlace, i);
        const WorthHour *hour = &place->hours->half[place->half];
        Day day = sheet->week->week.monday + place->half / 2;
        g_autofree char *times = shift_times(pool, hour->shift);
        g_autofree char *name = set_name(place->hours);
        table_list(table, place->hours->certificates, " ");
        table_text(table, name);
        table_time(table, pool->zone,
                   place->half % 2 ? zone_at(pool->zone, day, 12, 0) : zone_day_start(pool->zone, day));
        table_cents(table, cents_rounded(hour->cents));
        table_text(table, pool_shift(pool, hour->shift)->id);
        table_text(table, times);
        table_cents(table, cents_rounded(hour->cents * (double)shift_paid_min(pool_shift(pool, hour->shift)) / 60));
    }
    if (places->len > most)
        report_line(report, "\nAnd %u more; --most N shows N.", places->len - most);
}

static void advise_standby(Report *report, const Sheet *sheet, Worth *worth, guint most)
{
    g_autoptr(GPtrArray) all = worth_hours(worth);
    report_line(report,
                "What one more hour is worth, in euro, of a person who holds these certificates and no others: the "
                "best use for it among the shifts of that half-day that they can take, its worth by its paid "
                "hours. In parentheses where it is not scarce: an hour with less is worth as much. A dash where "
                "nobody is asked.\n");
    report_grid(report, all);
    report_hours(report, sheet, all);
    report_best_places(report, sheet, all, most);
}

/* --- contracts */

typedef struct ContractRow {
    const WorthContract *contract;
    int64_t gain_cents; /* the better of more and fewer, its pay counted */
} ContractRow;

static int row_compare(gconstpointer left, gconstpointer right)
{
    const ContractRow *a = left, *b = right;
    if (a->gain_cents != b->gain_cents)
        return a->gain_cents > b->gain_cents ? -1 : 1;
    return a->contract->worker < b->contract->worker ? -1 : a->contract->worker > b->contract->worker;
}

static void add_gain(Table *table, gboolean has_gain, double cents)
{
    if (has_gain)
        table_cents(table, cents_rounded(cents));
    else
        table_none(table);
}

static void advise_contracts(Report *report, const Sheet *sheet, Worth *worth, guint most)
{
    static const Column columns[] = {{"worker", "Worker", 0},
                                     {"name", "Name", COLUMN_CUT},
                                     {"contract_min", "Guaranteed", COLUMN_RIGHT},
                                     {"contract_max", "Most", COLUMN_RIGHT},
                                     {"best_min", "Best week", COLUMN_RIGHT},
                                     {"hourly_cost", "Pay", COLUMN_RIGHT},
                                     {"more_cents", "One more", COLUMN_RIGHT},
                                     {"fewer_cents", "One fewer", COLUMN_RIGHT}};
    const Pool *pool = sheet->week->pool;
    g_autoptr(GArray) contracts = worth_contracts(worth);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(ContractRow));
    for (guint i = 0; i < contracts->len; i++) {
        const WorthContract *contract = &g_array_index(contracts, WorthContract, i);
        int64_t more = contract->has_more ? cents_rounded(contract->more_cents) : 0;
        int64_t fewer = contract->has_fewer ? cents_rounded(contract->fewer_cents) : 0;
        ContractRow row = {contract, MAX(more, fewer)};
        g_array_append_val(rows, row);
    }
    g_array_sort(rows, row_compare);
    report_line(report,
                "What the cost of such a week would fall by with one guaranteed hour more or fewer, at these prices, "
                "in euro; below 0 it would rise. The cost holds idle and extra hours and no other pay, so an hour "
                "more pays where it is worth more than the hour's pay.\n");
    Table *table = report_table(report, FOR_ALL, "contracts", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "The pool has no workers.");
    for (guint i = 0; i < MIN(rows->len, most); i++) {
        const WorthContract *contract = g_array_index(rows, ContractRow, i).contract;
        const Worker *worker = pool_worker(pool, contract->worker);
        table_text(table, worker->id);
        table_text(table, worker_name(worker));
        table_decimal(table, worker->contract_min);
        table_decimal(table, worker->contract_max);
        table_minutes(table, contract->best_min);
        table_decimal(table, worker->hourly_cost);
        add_gain(table, contract->has_more, contract->more_cents);
        add_gain(table, contract->has_fewer, contract->fewer_cents);
    }
    if (rows->len > most)
        report_line(report, "\nAnd %u more; --most N shows N.", rows->len - most);
}

ExitCode command_advise(Session *session, char **arguments, GError **error)
{
    static const struct {
        const char *what;
        void (*advise)(Report *, const Sheet *, Worth *, guint);
    } subjects[] = {{"training", advise_training}, {"standby", advise_standby}, {"contracts", advise_contracts}};
    guint subject = 0;
    while (subject < G_N_ELEMENTS(subjects) && !g_str_equal(subjects[subject].what, arguments[0]))
        subject++;
    IsoWeek week = {0};
    int64_t most = session->format == OUTPUT_TABLE ? MOST_DEFAULT : G_MAXINT32;
    if (subject == G_N_ELEMENTS(subjects)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s is not training, standby or contracts", arguments[0]);
        return EXIT_BY_ERROR;
    }
    if (!session_integer("most", session->options.most, 1, G_MAXINT32, &most, error) || !session_open(session, error) ||
        !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_look(session, week, error);
    g_autoptr(Report) report = report_new(session->format);
    g_autoptr(Worth) worth = NULL;
    if (sheet == NULL || !sheet_require(sheet, error))
        return EXIT_BY_ERROR;
    sheet_report(sheet, report);
    if (!sheet_load_worth(session, sheet, report, &worth, error))
        return EXIT_BY_ERROR;
    if (worth == NULL) {
        g_autofree char *name = iso_week_format(week);
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    "no plan of %s is on record, so there are no prices; `rooster plan --week %s` finds some", name,
                    name);
        return EXIT_BY_ERROR;
    }
    subjects[subject].advise(report, sheet, worth, (guint)most);
    report_print(report);
    return EXIT_DONE;
}
