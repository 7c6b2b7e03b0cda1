#include "command.h"

#include "rooster/hours.h"
#include "sheet.h"

enum { BREAK_MOST = 720 };

/* --- which lines are meant */

/* Indices of --shift, --worker and --coop as ids; NULL where they are not given. */
typedef struct Selection {
    IsoWeek week;
    const char *shift, *worker, *coop;
    Day day; /* DAY_MIN: any */
} Selection;

static gboolean select_week(const Session *session, Selection *selection, GError **error)
{
    guint shift;
    if (session->options.shift != NULL) {
        if (!session_shift(session, &shift, error))
            return FALSE;
        selection->shift = pool_shift(session->desk.pool, shift)->id;
        return session_week_of_shift(session, shift, &selection->week, error);
    }
    if (session->options.week == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "which week? Say it with --week, or name a --shift");
        return FALSE;
    }
    return session_week(session, &selection->week, error);
}

static gboolean select_lines(const Session *session, Selection *selection, GError **error)
{
    guint worker, coop;
    *selection = (Selection){.day = DAY_MIN};
    if (!select_week(session, selection, error))
        return FALSE;
    if (session->options.worker != NULL) {
        if (!session_worker(session, &worker, error))
            return FALSE;
        selection->worker = pool_worker(session->desk.pool, worker)->id;
    }
    if (session->options.coop != NULL) {
        if (!session_coop(session, &coop, error))
            return FALSE;
        selection->coop = pool_coop(session->desk.pool, coop)->id;
    }
    if (session->options.day != NULL && !day_parse(session->options.day, &selection->day, error)) {
        g_prefix_error(error, "option --day: ");
        return FALSE;
    }
    return TRUE;
}

static gboolean is_selected(const Hours *hours, const HoursLine *line, const Selection *selection)
{
    return (!selection->shift || g_str_equal(line->shift, selection->shift)) &&
           (!selection->worker || g_str_equal(line->worker, selection->worker)) &&
           (!selection->coop || g_str_equal(line->coop, selection->coop)) &&
           (selection->day == DAY_MIN || zone_day(hours->pool->zone, line->start_min) == selection->day);
}

/* --- showing them */

static void add_line(Table *table, const Hours *hours, const HoursLine *line)
{
    gboolean is_booked = line->entry != NULL;
    guint worker;
    gboolean is_known = pool_find_worker(hours->pool, line->worker, &worker);
    table_text(table, line->shift);
    table_both(table, is_known ? worker_name(pool_worker(hours->pool, worker)) : line->worker, line->worker);
    table_text(table, line->coop);
    table_time(table, hours->pool->zone, is_booked ? line->entry->start_min : line->start_min);
    table_time(table, hours->pool->zone, is_booked ? line->entry->end_min : line->end_min);
    table_number(table, is_booked ? line->entry->break_min : line->break_min);
    table_minutes(table, line->end_min - line->start_min - line->break_min);
    if (is_booked)
        table_minutes(table, line->entry->paid_min);
    else
        table_none(table);
    if (line->floor != NULL)
        table_minutes(table, line->floor->paid_min);
    else
        table_none(table);
    table_text(table, worked_reason_name(line->reason));
    table_text(table, line->state == HOURS_PLANNED && line->has_ended ? "due" : hours_state_name(line->state));
    table_text(table, is_booked ? line->entry->by : "");
    table_text(table, is_booked ? line->entry->note : "");
}

static void report_lines(Report *report, const Hours *hours, const Selection *selection)
{
    static const Column columns[] = {{"shift", "Shift", COLUMN_WRAP},
                                     {"worker", "Worker", COLUMN_CUT},
                                     {"coop", "Coop", COLUMN_CUT},
                                     {"start", "From", 0},
                                     {"end", "Until", COLUMN_PROGRAM},
                                     {"break_min", "Break", COLUMN_PROGRAM},
                                     {"planned_min", "Plan", COLUMN_RIGHT},
                                     {"paid_min", "Paid", COLUMN_RIGHT},
                                     {"floor_min", "Floor", COLUMN_RIGHT},
                                     {"reason", "Reason", 0},
                                     {"state", "State", 0},
                                     {"approved_by", "By", COLUMN_PROGRAM},
                                     {"note", "Note", COLUMN_PROGRAM}};
    Table *table = report_table(report, FOR_ALL, "hours", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Nothing was published of that.");
    for (guint i = 0; i < hours->lines->len; i++) {
        const HoursLine *line = &g_array_index(hours->lines, HoursLine, i);
        if (is_selected(hours, line, selection))
            add_line(table, hours, line);
    }
}

static Hours *load(const Session *session, const Selection *selection, GError **error)
{
    return hours_load(session->desk.store, session->desk.pool, selection->week, session->desk.now_s, error);
}

static ExitCode show(Session *session, const Selection *selection, GError **error)
{
    g_autoptr(Hours) hours = load(session, selection, error);
    if (hours == NULL)
        return EXIT_BY_ERROR;
    g_autofree char *week = iso_week_format(selection->week);
    g_autoptr(Report) report = report_new(session->format);
    report_fact(report, "week", week);
    report_lines(report, hours, selection);
    report_print(report);
    return EXIT_DONE;
}

/* --- claims */

static gboolean read_times(const Session *session, HoursClaim *claim, GError **error)
{
    const Options *options = &session->options;
    int64_t break_min = 0;
    claim->note = options->note;
    claim->is_nothing = options->is_nothing;
    if (options->start == NULL && options->end == NULL && options->break_minutes == NULL)
        return TRUE;
    if (options->start == NULL || options->end == NULL || options->is_nothing) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    options->is_nothing ? "--nothing has no times" : "times are --start and --end together");
        return FALSE;
    }
    claim->has_times = TRUE;
    if (!zone_parse(session->desk.pool->zone, options->start, &claim->start_min, error)) {
        g_prefix_error(error, "option --start: ");
        return FALSE;
    }
    if (!zone_parse(session->desk.pool->zone, options->end, &claim->end_min, error)) {
        g_prefix_error(error, "option --end: ");
        return FALSE;
    }
    if (!session_integer("break", options->break_minutes, 0, BREAK_MOST, &break_min, error))
        return FALSE;
    claim->break_min = (int32_t)break_min;
    return TRUE;
}

/* The one line of --shift and --worker: what was planned or, if that was withdrawn, what stays owed of it. */
static gboolean claim_one(const Session *session, const Hours *hours, const Selection *selection, GArray *claims,
                          GError **error)
{
    HoursClaim claim = {.shift = selection->shift, .worker = selection->worker};
    if (selection->shift == NULL || selection->worker == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "whose hours? Say --shift and --worker");
        return FALSE;
    }
    if (!hours_find(hours, claim.shift, claim.worker, WORKED_DONE) &&
        hours_find(hours, claim.shift, claim.worker, WORKED_CANCELLED_PAID))
        claim.reason = WORKED_CANCELLED_PAID;
    if (session->options.reason != NULL &&
        (!worked_reason_parse(session->options.reason, &claim.reason) || claim.reason == WORKED_THREE_HOURS)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    "option --reason: %s is not one of worked, cancelled_paid, moved_paid", session->options.reason);
        return FALSE;
    }
    if (!read_times(session, &claim, error))
        return FALSE;
    g_array_append_val(claims, claim);
    return TRUE;
}

static void claim_due(const Session *session, const Hours *hours, const Selection *selection, GArray *claims)
{
    g_autoptr(GArray) due = hours_due(hours, selection->coop, selection->day);
    for (guint i = 0; i < due->len; i++) {
        HoursClaim claim = g_array_index(due, HoursClaim, i);
        claim.note = session->options.note;
        if ((!selection->shift || g_str_equal(claim.shift, selection->shift)) &&
            (!selection->worker || g_str_equal(claim.worker, selection->worker)))
            g_array_append_val(claims, claim);
    }
}

typedef struct HoursVerb {
    const char *name, *done;
    GPtrArray *(*claim)(const Hours *hours, const HoursClaim *claims, guint count, const char *by, GError **error);
    gboolean needs_note;
} HoursVerb;

/* The claims, all or none; their number in *count. */
static gboolean book(const Session *session, const HoursVerb *verb, const Selection *selection, guint *count,
                     GError **error)
{
    const Options *options = &session->options;
    gboolean is_one = verb->needs_note || options->start || options->end || options->break_minutes ||
                      options->is_nothing || (options->shift && options->worker);
    g_autoptr(GArray) claims = g_array_new(FALSE, TRUE, sizeof(HoursClaim));
    g_autoptr(Hours) hours = load(session, selection, error);
    if (hours == NULL)
        return FALSE;
    if (is_one && !claim_one(session, hours, selection, claims, error))
        return FALSE;
    if (!is_one)
        claim_due(session, hours, selection, claims);
    g_autofree char *week = iso_week_format(selection->week);
    g_autoptr(AuditEntry) audit =
        session_audit(session, verb->name, "hours of %u assignments in %s", claims->len, week);
    g_autoptr(GPtrArray) entries =
        verb->claim(hours, (const HoursClaim *)(gpointer)claims->data, claims->len, audit->who, error);
    *count = claims->len;
    return entries && (entries->len == 0 || store_append_worked(session->desk.store, entries, audit, error));
}

static ExitCode run(Session *session, const HoursVerb *verb, const Selection *selection, GError **error)
{
    guint count = 0;
    if (verb->needs_note && (session->options.note == NULL || *session->options.note == '\0')) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "why? Say it with --note");
        return EXIT_BY_ERROR;
    }
    if (!store_begin(session->desk.store, error))
        return EXIT_BY_ERROR;
    if (!book(session, verb, selection, &count, error)) {
        store_rollback(session->desk.store);
        return EXIT_BY_ERROR;
    }
    if (!store_commit(session->desk.store, error))
        return EXIT_BY_ERROR;
    g_autoptr(Hours) hours = load(session, selection, error);
    if (hours == NULL)
        return EXIT_BY_ERROR;
    g_autofree char *week = iso_week_format(selection->week);
    g_autoptr(Report) report = report_new(session->format);
    report_fact(report, "week", week);
    report_fact_number(report, verb->done, count);
    report_line(report,
                count == 0   ? "Nothing is due; nothing was %s."
                : count == 1 ? "The hours of one assignment were %s."
                             : "The hours of all these that were due were %s.",
                verb->done);
    report_lines(report, hours, selection);
    report_print(report);
    return EXIT_DONE;
}

ExitCode command_hours(Session *session, char **arguments, GError **error)
{
    static const HoursVerb verbs[] = {{"confirm", "confirmed", hours_confirm, FALSE},
                                      {"dispute", "disputed", hours_dispute, TRUE},
                                      {"correct", "corrected", hours_correct, TRUE}};
    Selection selection;
    gboolean is_show = g_str_equal(arguments[0], "show");
    const HoursVerb *verb = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (g_str_equal(verbs[i].name, arguments[0]))
            verb = &verbs[i];
    if (!is_show && verb == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "cannot %s hours; it is show, confirm, dispute or correct",
                    arguments[0]);
        return EXIT_BY_ERROR;
    }
    if (!session_open(session, error) || !select_lines(session, &selection, error))
        return EXIT_BY_ERROR;
    return is_show ? show(session, &selection, error) : run(session, verb, &selection, error);
}
