#include "command.h"

#include "findings.h"
#include "rooster/plan.h"
#include "rooster/proof.h"

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

static void report_confirmed(Report *report, const Proof *proof, int64_t cost_cents)
{
    double gap_percent = plan_gap_percent(proof->cost_cents, proof->certified_cents);
    g_autofree char *certified = cents_format_people(proof->certified_cents);
    report_fact_number(report, "certified_cents", proof->certified_cents);
    report_fact_real(report, "certified_gap_percent", gap_percent);
    report_line(report, "Confirmed in %.2f s: no roster costs less than %s; gap %.2f %%.", proof->seconds, certified,
                gap_percent);
    if (proof->claimed_cents > proof->certified_cents) {
        g_autofree char *claimed = cents_format_people(proof->claimed_cents);
        report_line(report,
                    "The plan claims %s: it listed every line that a cheaper roster could hold and found none, which "
                    "this check does not repeat.",
                    claimed);
    }
    if (proof->cost_cents != cost_cents) {
        g_autofree char *cost = cents_format_people(proof->cost_cents);
        report_line(report, "That is of the week as it was planned, where this roster costs %s.", cost);
    }
}

/* Proves the bound again from what the solve left. FALSE: what the record says is not so. */
static gboolean report_proof_again(Report *report, const Session *session, const Sheet *sheet,
                                   const SolveRecord *record, int64_t cost_cents)
{
    if (record == NULL) {
        report_fact(report, "proof", "none");
        report_line(report, "No record of a solve is kept for it, so there is no bound to confirm.");
        return TRUE;
    }
    Proof proof = proof_check(session->desk.pool, session->desk.published, record, sheet->roster, 0);
    report_fact(report, "proof", proof_state_name(proof.state));
    report_fact_real(report, "proof_seconds", proof.seconds);
    switch (proof.state) {
    case PROOF_CONFIRMED:
        report_confirmed(report, &proof, cost_cents);
        return TRUE;
    case PROOF_CHANGED:
        report_line(report, "The week is no longer the one that was planned, so the plan's bound says nothing of it.");
        return TRUE;
    case PROOF_UNPINNED:
        report_line(report,
                    "What was pinned when it was planned is not in it, so the plan's bound says nothing of it.");
        return TRUE;
    case PROOF_NOTHING:
        report_line(report,
                    "The plan left no bound of this week alone: it was stopped before it had one, or was of several "
                    "weeks as one.");
        return TRUE;
    case PROOF_REFUTED:
        break;
    }
    if (proof.fault != NULL) {
        report_line(report, "NOT CONFIRMED: the bound's certificate proves nothing: %s.", proof.fault);
        return FALSE;
    }
    g_autofree char *said = cents_format_people(record->certified_cents);
    g_autofree char *certified = cents_format_people(proof.certified_cents);
    report_fact_number(report, "certified_cents", proof.certified_cents);
    report_line(report, "NOT CONFIRMED: the bound's certificate is said to prove %s, but proves only %s.", said,
                certified);
    return FALSE;
}

/* Each week beside the others; the costs are those of the single weeks. */
static ExitCode check_several(Session *session, IsoWeek first, int count, GError **error)
{
    static const Column columns[] = {{"week", "Week", 0},
                                     {"revision", "Revision", COLUMN_RIGHT},
                                     {"breaches", "Breaches", COLUMN_RIGHT},
                                     {"cost_cents", "Cost", COLUMN_RIGHT}};
    DeskUse use = session->options.is_published ? DESK_LOOK_PUBLISHED : DESK_LOOK;
    g_autoptr(GPtrArray) sheets = sheets_open(session, first, count, use, error);
    for (guint at = 0; sheets != NULL && at < sheets->len; at++)
        if (!sheet_require(g_ptr_array_index(sheets, at), error))
            return EXIT_BY_ERROR;
    if (sheets == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    g_autoptr(GPtrArray) violations = sheets_violations(session, sheets);
    g_autofree char *title = sheets_title(sheets);
    Cost sum = {{0}};
    report_fact_number(report, "week_count", sheets->len);
    report_fact_flag(report, "is_legal", violations->len == 0);
    report_line(report, "Rosters of %s, each beside the others.\n", title);
    Table *table = report_table(report, FOR_ALL, "weeks", columns, G_N_ELEMENTS(columns));
    for (guint at = 0; at < sheets->len; at++) {
        const Sheet *sheet = g_ptr_array_index(sheets, at);
        g_autofree char *week = iso_week_format(sheet->week->week);
        g_autoptr(Week) judged = sheets_judge(session, sheets, at);
        g_autoptr(GPtrArray) own = rules_check(judged, sheet->roster);
        Cost cost = cost_of(sheet->week, sheet->roster);
        table_text(table, week);
        table_number(table, sheet->roster->revision);
        table_number(table, own->len);
        table_cents(table, cost_total(&cost));
        for (CostTerm term = 0; term < COST_TERMS; term++)
            sum.cents[term] += cost.cents[term];
    }
    report_fact_number(report, "cost_cents", cost_total(&sum));
    report_line(report, "%s", "");
    report_violations(report, session->desk.pool, violations);
    report_line(report, "%s", "");
    report_cost(report, &sum);
    report_print(report);
    return violations->len == 0 ? EXIT_DONE : EXIT_FAILED_CHECK;
}

ExitCode command_check(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    IsoWeek week = {0};
    int count = 1;
    if (!session_week_count(session, &count, error) || !session_open(session, error) ||
        !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    if (count > 1)
        return check_several(session, week, count, error);
    g_autoptr(Sheet) sheet = sheet_look(session, week, error);
    if (sheet == NULL || !sheet_require(sheet, error))
        return EXIT_BY_ERROR;
    g_autoptr(SolveRecord) record = NULL;
    if (!desk_week_record(&session->desk, sheet, sheet->roster->state, &record, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) violations = rules_check(sheet->week, sheet->roster);
    Cost cost = cost_of(sheet->week, sheet->roster);
    g_autoptr(Report) report = report_new(session->format);
    sheet_report(sheet, report);
    report_fact_flag(report, "is_legal", violations->len == 0);
    report_fact_number(report, "cost_cents", cost_total(&cost));
    report_line(report, "%s", "");
    report_violations(report, session->desk.pool, violations);
    report_line(report, "%s", "");
    report_cost(report, &cost);
    report_proof(report, sheet, cost_total(&cost));
    gboolean is_proven = violations->len > 0 || report_proof_again(report, session, sheet, record, cost_total(&cost));
    if (violations->len > 0)
        report_line(report, "Breaches: %u.", violations->len);
    report_print(report);
    return violations->len == 0 && is_proven ? EXIT_DONE : EXIT_FAILED_CHECK;
}

ExitCode command_diff(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    IsoWeek week = {0};
    if (!session_open(session, error) || !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_open(session, week, DESK_LOOK, error);
    if (sheet == NULL)
        return EXIT_BY_ERROR;
    if (sheet->state != DESK_WEEK_DRAFT) {
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
