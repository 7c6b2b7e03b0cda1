#include "command.h"

#include "progress.h"
#include "rooster/plan.h"
#include "rooster/rules.h"
#include "sheet.h"

#include <errno.h>

#define GAP_DEFAULT     0.5
#define SECONDS_DEFAULT 60.0

enum { THREADS_MOST = 256 };

static gboolean read_limits(const Options *options, PlanOptions *plan, GError **error)
{
    int64_t threads = 0, seed = 1;
    plan->gap = GAP_DEFAULT;
    plan->seconds = SECONDS_DEFAULT;
    if (!session_real("gap", options->gap, 0, 100, &plan->gap, error) ||
        !session_real("seconds", options->seconds, 0, 1000000, &plan->seconds, error) ||
        !session_integer("work", options->work, 0, G_MAXINT64, &plan->work, error) ||
        !session_integer("threads", options->threads, 1, THREADS_MOST, &threads, error) ||
        !session_integer("seed", options->seed, 0, G_MAXINT64, &seed, error))
        return FALSE;
    plan->threads = (int)threads;
    plan->seed = (uint64_t)seed;
    return TRUE;
}

static void report_shortfall(Report *report, const Sheet *sheet, const Roster *roster)
{
    static const Column columns[] = {
        {"shift", "Short", 0},       {"", "Coop", COLUMN_PEOPLE},     {"", "Role", COLUMN_PEOPLE | COLUMN_CUT},
        {"", "When", COLUMN_PEOPLE}, {"", "Priority", COLUMN_PEOPLE}, {"missing", "Missing", COLUMN_RIGHT}};
    const Pool *pool = sheet->week->pool;
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "shortfall", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Every shift is filled.");
    for (guint at = 0; at < sheet->week->shifts->len; at++) {
        guint index = g_array_index(sheet->week->shifts, guint, at);
        const Shift *shift = pool_shift(pool, index);
        int64_t missing = (int64_t)shift->headcount - roster_cover(roster, index, NULL);
        if (missing > 0) {
            g_autofree char *times = shift_times(pool, index);
            table_text(table, shift->id);
            table_text(table, pool_coop(pool, shift->coop)->id);
            table_text(table, shift->role);
            table_text(table, times);
            table_text(table, priority_name(shift->priority));
            table_number(table, missing);
        }
    }
}

/* "Cost 1,234.00, bound 1,230.00, gap 0.32 %" */
static char *proof_format(const PlanResult *result)
{
    g_autofree char *cost = cents_format_people(result->cost_cents);
    if (!result->has_bound)
        return g_strdup_printf("Cost %s, no bound yet", cost);
    g_autofree char *bound = cents_format_people(result->bound_cents);
    return g_strdup_printf("Cost %s, bound %s, gap %.2f %%", cost, bound,
                           plan_gap_percent(result->cost_cents, result->bound_cents));
}

static void report_result(Report *report, const Sheet *sheet, const PlanResult *result)
{
    static const struct {
        const char *status, *sentence;
    } sentences[] = {
        {"optimal", "No roster is better."},
        {"gap", "The gap asked for is reached."},
        {"work", "The work limit is reached."},
        {"time", "The time is up."},
        {"stopped", "Stopped; this is the best so far."},
    };
    g_autofree char *week = iso_week_format(sheet->week->week);
    report_fact(report, "week", week);
    report_fact(report, "status", result->status);
    report_fact_number(report, "cost_cents", result->cost_cents);
    if (result->has_bound) {
        report_fact_number(report, "bound_cents", result->bound_cents);
        report_fact_real(report, "gap_percent", plan_gap_percent(result->cost_cents, result->bound_cents));
    } else {
        report_fact_none(report, "bound_cents");
        report_fact_none(report, "gap_percent");
    }
    report_fact_real(report, "seconds", result->seconds);
    report_fact_number(report, "assignments", result->roster->assignments->len);
    report_line(report, "Draft of %s: %u assignments, planned in %.1f s.\n", week, result->roster->assignments->len,
                result->seconds);
    report_cost(report, &result->cost);
    const char *sentence = "";
    for (guint index = 0; index < G_N_ELEMENTS(sentences); index++)
        sentence = g_str_equal(sentences[index].status, result->status) ? sentences[index].sentence : sentence;
    g_autofree char *proof = proof_format(result);
    report_line(report, "\n%s: %s. %s\n", proof, result->status, sentence);
    report_shortfall(report, sheet, result->roster);
    report_figures(report, "statistics", result->statistics);
}

/*
 * Of the draft only the pins go into a plan, with --keep all of the published roster, too. The rest of where it may
 * begin the record of the last solve says; with --fresh nothing does, so that the same pool with the same work limit
 * gives the same roster, whatever was planned before.
 */
static Roster *start_of(const Sheet *sheet, gboolean is_keep)
{
    Roster *start = sheet_pins(sheet);
    for (guint index = 0; is_keep && index < sheet->published->assignments->len; index++) {
        const Assignment *assignment = roster_at(sheet->published, index);
        if (roster_find(start, assignment->shift, assignment->worker) == NULL)
            roster_add(start, assignment->shift, assignment->worker, FALSE);
    }
    return start;
}

/* What an earlier solve left: with --keep that of the published roster first, else that of the draft. */
static gboolean load_record(const Session *session, const Sheet *sheet, SolveRecord **record, GError **error)
{
    RosterState first = session->options.is_keep ? ROSTER_PUBLISHED : ROSTER_DRAFT;
    RosterState second = session->options.is_keep ? ROSTER_DRAFT : ROSTER_PUBLISHED;
    *record = NULL;
    return session->options.is_fresh || (sheet_load_record(session, sheet, first, record, error) &&
                                         (*record != NULL || sheet_load_record(session, sheet, second, record, error)));
}

/* Tells of a draft before this one that was lawful and cheaper. */
static void report_better_draft(Report *report, const Sheet *sheet, const PlanResult *result)
{
    Cost before = cost_of(sheet->week, sheet->roster);
    g_autoptr(GPtrArray) violations = rules_check(sheet->week, sheet->roster);
    if (sheet->state != SHEET_DRAFT || violations->len > 0 || cost_total(&before) >= result->cost_cents)
        return;
    g_autofree char *cost = cents_format_people(cost_total(&before));
    report_line(report, "\nThe draft before cost less, %s euro; `rooster undo` brings it back.", cost);
}

/* A plan that owes the published roster nothing is seldom meant once people have it. */
static void report_published(Report *report, const Session *session, const Sheet *sheet, const PlanResult *result)
{
    if (sheet->published == NULL || session->options.is_keep)
        return;
    g_autoptr(GArray) changes = roster_diff(session->pool, sheet->published, result->roster);
    report_line(report, "\nRevision %d is published, and this draft changes it in %u places; --keep plans a repair.",
                sheet->published->revision, changes->len);
}

/* The draft with its figures as a new step. */
static gboolean save(const Session *session, const Sheet *sheet, const PlanResult *result, GError **error)
{
    PlanFigures figures = {.has_bound = result->has_bound,
                           .cost_cents = result->cost_cents,
                           .bound_cents = result->bound_cents,
                           .seconds = result->seconds};
    g_strlcpy(figures.status, result->status, sizeof figures.status);
    g_autofree char *week = iso_week_format(sheet->week->week);
    g_autofree char *cost = cents_format(result->cost_cents);
    g_autoptr(AuditEntry) audit = session_audit(session, "plan", "week %s%s, cost %s, %s", week,
                                                session->options.is_keep ? " keeping" : "", cost, result->status);
    result->record->made_s = session->now_s;
    return sheet_save_draft(session, sheet, result->roster, &figures, result->record, audit, error);
}

/* The file of --log, emptied. TRUE without --log, too. */
static gboolean log_open(const Session *session, FILE **log, GError **error)
{
    const char *path = session->options.log;
    *log = path != NULL ? fopen(path, "w") : NULL;
    if (path != NULL && *log == NULL)
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --log: %s cannot be written: %s", path, g_strerror(errno));
    return path == NULL || *log != NULL;
}

/* A log that could not be written whole is told, but takes nothing away from the plan. */
static void log_close(const Session *session, FILE *log)
{
    if (log == NULL)
        return;
    gboolean is_faulty = ferror(log) != 0;
    if (fclose(log) != 0 || is_faulty)
        session_warn("the log %s is not whole: it could not be written", session->options.log);
}

ExitCode command_plan(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    IsoWeek week = {0};
    ProgressBar bar;
    PlanOptions options = {.program = "/proc/self/exe", .progress = progress_step, .context = &bar};
    if (!read_limits(&session->options, &options, error) || !session_open(session, error) ||
        !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_open(session, week, session->options.is_keep ? SHEET_REPAIR : SHEET_PLAN, error);
    if (sheet == NULL || !sheet_require_demand(sheet, error))
        return EXIT_BY_ERROR;
    g_autoptr(SolveRecord) record = NULL;
    if (!load_record(session, sheet, &record, error))
        return EXIT_BY_ERROR;
    g_autoptr(Roster) start = start_of(sheet, session->options.is_keep && !session->options.is_fresh);
    options.start = start;
    options.record = record;
    if (!log_open(session, &options.log, error))
        return EXIT_BY_ERROR;
    progress_begin(&bar, options.gap);
    g_autoptr(PlanResult) result = plan_week(sheet->week, &options, error);
    progress_end(&bar);
    log_close(session, options.log);
    if (result == NULL || !save(session, sheet, result, error))
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    report_result(report, sheet, result);
    report_better_draft(report, sheet, result);
    report_published(report, session, sheet, result);
    report_print(report);
    return EXIT_DONE;
}
