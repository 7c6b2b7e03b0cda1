#include "command.h"

#include "findings.h"
#include "rooster/plan.h"

/* What is known of the roster's bound, if it still holds for this cost. */
static void report_proof(Report *report, const Sheet *sheet, int64_t cost_cents)
{
    const PlanFigures *figures = &sheet->figures;
    if (!figures->has_bound) {
        report_fact_none(report, "bound_cents");
        report_fact_none(report, "gap_percent");
        report_line(report, "No bound is known for it; `rooster plan` proves one.");
        return;
    }
    double gap_percent = plan_gap_percent(cost_cents, figures->bound_cents);
    g_autofree char *bound = cents_format_people(figures->bound_cents);
    report_fact_number(report, "bound_cents", figures->bound_cents);
    report_fact_real(report, "gap_percent", gap_percent);
    report_line(report, "Bound %s, gap %.2f %%.", bound, gap_percent);
}

ExitCode command_check(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    IsoWeek week = {0};
    if (!session_open(session, error) || !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_look(session, week, error);
    if (sheet == NULL || !sheet_require(sheet, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) violations = rules_check(sheet->week, sheet->roster);
    Cost cost = cost_of(sheet->week, sheet->roster);
    g_autoptr(Report) report = report_new(session->format);
    sheet_report(sheet, report);
    report_fact_flag(report, "is_legal", violations->len == 0);
    report_fact_number(report, "cost_cents", cost_total(&cost));
    report_line(report, "%s", "");
    report_violations(report, session->pool, violations);
    report_line(report, "%s", "");
    report_cost(report, &cost);
    report_proof(report, sheet, cost_total(&cost));
    if (violations->len > 0)
        report_line(report, "Breaches: %u.", violations->len);
    report_print(report);
    return violations->len == 0 ? EXIT_DONE : EXIT_FAILED_CHECK;
}

ExitCode command_diff(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    IsoWeek week = {0};
    if (!session_open(session, error) || !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_open(session, week, SHEET_LOOK, error);
    if (sheet == NULL)
        return EXIT_BY_ERROR;
    if (sheet->state != SHEET_DRAFT) {
        g_autofree char *name = iso_week_format(week);
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s has no draft; `rooster plan --week %s` makes one", name, name);
        return EXIT_BY_ERROR;
    }
    g_autoptr(Report) report = report_new(session->format);
    sheet_report(sheet, report);
    report_line(report, "%s", "");
    report_changes(report, session, sheet->week, sheet->published, sheet->roster);
    report_print(report);
    return EXIT_DONE;
}
