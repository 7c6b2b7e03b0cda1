#include "command.h"

#include "progress.h"
#include "rooster/plan_weeks.h"
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

static Table *shortfall_table(Report *report)
{
    static const Column columns[] = {
        {"shift", "Short", 0},       {"", "Coop", COLUMN_PEOPLE},     {"", "Role", COLUMN_PEOPLE | COLUMN_CUT},
        {"", "When", COLUMN_PEOPLE}, {"", "Priority", COLUMN_PEOPLE}, {"missing", "Missing", COLUMN_RIGHT}};
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "shortfall", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Every shift is filled.");
    return table;
}

static void add_shortfall(Table *table, const Sheet *sheet, const Roster *roster)
{
    const Pool *pool = sheet->week->pool;
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

/* What a plan of one week, or of several as one, comes to. */
typedef struct Outcome {
    const Cost *cost;
    int64_t cost_cents, bound_cents;
    gboolean has_bound;
    const char *status;
    double seconds;
} Outcome;

static void report_figures_of(Report *report, const Outcome *outcome)
{
    report_fact(report, "status", outcome->status);
    report_fact_number(report, "cost_cents", outcome->cost_cents);
    if (outcome->has_bound) {
        report_fact_number(report, "bound_cents", outcome->bound_cents);
        report_fact_real(report, "gap_percent", plan_gap_percent(outcome->cost_cents, outcome->bound_cents));
    } else {
        report_fact_none(report, "bound_cents");
        report_fact_none(report, "gap_percent");
    }
    report_fact_real(report, "seconds", outcome->seconds);
}

/* "Cost 1,234.00, bound 1,230.00, gap 0.32 %: optimal. No roster is better." */
static void report_outcome(Report *report, const Outcome *outcome)
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
    report_cost(report, outcome->cost);
    const char *sentence = "";
    for (guint index = 0; index < G_N_ELEMENTS(sentences); index++)
        sentence = g_str_equal(sentences[index].status, outcome->status) ? sentences[index].sentence : sentence;
    g_autofree char *cost = cents_format_people(outcome->cost_cents);
    if (!outcome->has_bound) {
        report_line(report, "\nCost %s, no bound yet: %s. %s\n", cost, outcome->status, sentence);
        return;
    }
    g_autofree char *bound = cents_format_people(outcome->bound_cents);
    double gap_percent = plan_gap_percent(outcome->cost_cents, outcome->bound_cents);
    report_line(report, "\nCost %s, bound %s, gap %.2f %%: %s. %s\n", cost, bound, gap_percent, outcome->status,
                sentence);
}

static void report_result(Report *report, const Sheet *sheet, const PlanResult *result)
{
    Outcome outcome = {&result->cost,     result->cost_cents, result->bound_cents,
                       result->has_bound, result->status,     result->seconds};
    g_autofree char *week = iso_week_format(sheet->week->week);
    report_fact(report, "week", week);
    report_figures_of(report, &outcome);
    report_fact_number(report, "assignments", result->roster->assignments->len);
    report_line(report, "Draft of %s: %u assignments, planned in %.1f s.\n", week, result->roster->assignments->len,
                result->seconds);
    report_outcome(report, &outcome);
    add_shortfall(shortfall_table(report), sheet, result->roster);
    report_figures(report, "statistics", result->statistics);
}

static void report_weeks(Report *report, const GPtrArray *sheets, const WeeksPlan *plan, gboolean is_keep)
{
    static const Column columns[] = {
        {"week", "Week", 0}, {"assignments", "Assignments", COLUMN_RIGHT}, {"cost_cents", "Cost", COLUMN_RIGHT}};
    Outcome outcome = {&plan->cost, plan->cost_cents, plan->bound_cents, plan->has_bound, plan->status, plan->seconds};
    g_autofree char *title = sheets_title(sheets);
    report_fact_number(report, "week_count", plan->weeks->len);
    report_figures_of(report, &outcome);
    report_line(report, "Drafts of %s, planned as one%s in %.1f s.\n", title,
                is_keep ? " to keep what is published" : "", plan->seconds);
    Table *table = report_table(report, FOR_ALL, "weeks", columns, G_N_ELEMENTS(columns));
    for (guint at = 0; at < plan->weeks->len; at++) {
        const PlanResult *part = g_ptr_array_index(plan->weeks, at);
        g_autofree char *week = iso_week_format(part->roster->week);
        table_text(table, week);
        table_number(table, part->roster->assignments->len);
        table_cents(table, part->cost_cents);
    }
    report_line(report, "%s", "");
    report_outcome(report, &outcome);
    table = shortfall_table(report);
    for (guint at = 0; at < plan->weeks->len; at++)
        add_shortfall(table, g_ptr_array_index(sheets, at),
                      ((const PlanResult *)g_ptr_array_index(plan->weeks, at))->roster);
    report_figures(report, "statistics", plan->statistics);
}

/* Tells of a draft before this one that was lawful and cheaper. */
static void report_better_draft(Report *report, const Sheet *sheet, const PlanResult *result)
{
    Cost before = cost_of(sheet->week, sheet->roster);
    g_autoptr(GPtrArray) violations = rules_check(sheet->week, sheet->roster);
    if (sheet->state != DESK_WEEK_DRAFT || violations->len > 0 || cost_total(&before) >= result->cost_cents)
        return;
    g_autofree char *cost = cents_format_people(cost_total(&before));
    report_line(report, "\nThe draft before cost less, %s euro; `rooster undo` brings it back.", cost);
}

/*
 * A plan that owes the published roster nothing is seldom meant once people have it. is_alone: the draft is that of the
 * only week.
 */
static void report_published(Report *report, const Session *session, const Sheet *sheet, const PlanResult *result,
                             gboolean is_alone)
{
    if (sheet->published == NULL || session->options.is_keep)
        return;
    g_autoptr(GArray) changes = roster_diff(session->desk.pool, sheet->published, result->roster);
    g_autofree char *week = iso_week_format(sheet->week->week);
    report_line(report,
                "\nRevision %d%s%s is published, and this draft changes it in %u places; --keep plans a repair.",
                sheet->published->revision, is_alone ? "" : " of ", is_alone ? "" : week, changes->len);
}

/* The draft with its figures as a new step. */
static gboolean save(const Session *session, Sheet *sheet, const PlanResult *result, GError **error)
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
    result->record->made_s = session->desk.now_s;
    return desk_week_save(&session->desk, sheet, result->roster, &figures, result->record, audit, error);
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

static gboolean save_week(const Session *session, Sheet *sheet, const WeeksPlan *plan, PlanResult *part,
                          const char *weeks, GError **error)
{
    PlanFigures figures = {.cost_cents = part->cost_cents, .seconds = plan->seconds};
    g_strlcpy(figures.status, plan->status, sizeof figures.status);
    part->record->made_s = session->desk.now_s;
    g_autofree char *week = iso_week_format(sheet->week->week);
    g_autofree char *cost = cents_format(part->cost_cents);
    g_autoptr(AuditEntry) audit = session_audit(session, "plan", "week %s of %s as one%s, cost %s, %s", week, weeks,
                                                session->options.is_keep ? ", keeping" : "", cost, plan->status);
    return desk_week_save(&session->desk, sheet, part->roster, &figures, part->record, audit, error);
}

/* All the drafts as new steps, or none. */
static gboolean save_weeks(const Session *session, const GPtrArray *sheets, const WeeksPlan *plan, GError **error)
{
    g_autofree char *weeks = sheets_title(sheets);
    if (!store_begin(session->desk.store, error))
        return FALSE;
    for (guint at = 0; at < sheets->len; at++) {
        if (!save_week(session, g_ptr_array_index(sheets, at), plan, g_ptr_array_index(plan->weeks, at), weeks,
                       error)) {
            store_rollback(session->desk.store);
            return FALSE;
        }
    }
    return store_commit(session->desk.store, error);
}

/* Several weeks as one. */
static ExitCode plan_several(Session *session, IsoWeek first, int count, PlanOptions *options, GError **error)
{
    gboolean is_keep = session->options.is_keep;
    g_autoptr(GPtrArray) sheets = sheets_open(session, first, count, is_keep ? DESK_KEEP : DESK_PLAN, error);
    if (sheets == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) weeks = g_ptr_array_new();
    g_autoptr(GPtrArray) starts = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    for (guint at = 0; at < sheets->len; at++) {
        const Sheet *sheet = g_ptr_array_index(sheets, at);
        if (!sheet_require_demand(sheet, error))
            return EXIT_BY_ERROR;
        g_ptr_array_add(weeks, sheet->week);
        g_ptr_array_add(starts, desk_week_start(sheet, is_keep, session->options.is_fresh));
    }
    if (!log_open(session, &options->log, error))
        return EXIT_BY_ERROR;
    progress_begin(options->context, options->gap);
    g_autoptr(WeeksPlan) plan = plan_weeks(weeks, starts, session->desk.published, options, error);
    progress_end(options->context);
    log_close(session, options->log);
    if (plan == NULL || !save_weeks(session, sheets, plan, error))
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    report_weeks(report, sheets, plan, is_keep);
    for (guint at = 0; at < sheets->len; at++)
        report_published(report, session, g_ptr_array_index(sheets, at), g_ptr_array_index(plan->weeks, at), FALSE);
    report_print(report);
    return EXIT_DONE;
}

ExitCode command_plan(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    IsoWeek week = {0};
    int count = 1;
    ProgressBar bar;
    PlanOptions options = {.program = "/proc/self/exe", .progress = progress_step, .context = &bar};
    if (!read_limits(&session->options, &options, error) || !session_week_count(session, &count, error) ||
        !session_open(session, error) || !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    if (count > 1)
        return plan_several(session, week, count, &options, error);
    g_autoptr(Sheet) sheet = sheet_open(session, week, session->options.is_keep ? DESK_KEEP : DESK_PLAN, error);
    if (sheet == NULL || !sheet_require_demand(sheet, error))
        return EXIT_BY_ERROR;
    g_autoptr(SolveRecord) record = NULL;
    if (!session->options.is_fresh &&
        !desk_week_last_solve(&session->desk, sheet, session->options.is_keep, &record, error))
        return EXIT_BY_ERROR;
    g_autoptr(Roster) start = desk_week_start(sheet, session->options.is_keep, session->options.is_fresh);
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
    report_published(report, session, sheet, result, TRUE);
    report_print(report);
    return EXIT_DONE;
}
