#include "command.h"

#include "findings.h"
#include "rooster/moves.h"

static const char *past_tense(MoveKind kind)
{
    static const char *const words[] = {"is on", "is off", "is pinned to", "is no longer pinned to"};
    return words[kind];
}

/*
 * The figures of a draft that was changed by hand. A bound holds for every roster of the week with these pins, so it
 * outlives all moves but unpinning, which allows more rosters.
 */
static PlanFigures figures_by_hand(const Sheet *sheet, MoveKind kind, const Cost *cost)
{
    PlanFigures figures = {.has_bound =
                               sheet->state == DESK_WEEK_DRAFT && sheet->figures.has_bound && kind != MOVE_UNPIN,
                           .bound_cents = sheet->figures.bound_cents,
                           .cost_cents = cost_total(cost),
                           .status = "hand"};
    return figures;
}

static ExitCode move(Session *session, MoveKind kind, GError **error)
{
    Move step = {.kind = kind};
    IsoWeek week = {0};
    if (!session_open(session, error) || !session_shift(session, &step.shift, error) ||
        !session_worker(session, &step.worker, error) || !session_week_of_shift(session, step.shift, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_open(session, week, DESK_MOVE, error);
    if (sheet == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(MoveResult) result = move_try(sheet->week, sheet->roster, &step, error);
    if (result == NULL)
        return EXIT_BY_ERROR;
    const Worker *worker = pool_worker(session->desk.pool, step.worker);
    const char *shift = pool_shift(session->desk.pool, step.shift)->id;
    gboolean is_done = result->roster != NULL;
    if (is_done) {
        PlanFigures figures = figures_by_hand(sheet, kind, &result->after);
        g_autoptr(AuditEntry) audit =
            session_audit(session, move_kind_name(kind), "shift %s worker %s", shift, worker->id);
        if (!desk_week_save(&session->desk, sheet, result->roster, &figures, NULL, audit, error))
            return EXIT_BY_ERROR;
    }
    g_autofree char *name = iso_week_format(week);
    g_autofree char *times = shift_times(session->desk.pool, step.shift);
    g_autoptr(Report) report = report_new(session->format);
    report_fact(report, "week", name);
    report_fact(report, "move", move_kind_name(kind));
    report_fact(report, "shift", shift);
    report_fact(report, "worker", worker->id);
    report_fact_flag(report, "is_done", is_done);
    if (is_done) {
        report_line(report, "%s %s shift %s, %s, in the draft of %s.", worker_name(worker), past_tense(kind), shift,
                    times, name);
        report_price(report, &result->before, &result->after);
        if (result->violations->len)
            report_line(report, "Not lawful yet, and so not to be published:");
    } else {
        report_line(report, "Refused: it would break what follows. The draft is as it was.");
    }
    if (result->violations->len || session->format == OUTPUT_JSON)
        report_violations(report, session->desk.pool, result->violations);
    report_print(report);
    return is_done ? EXIT_DONE : EXIT_FAILED_CHECK;
}

ExitCode command_assign(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    return move(session, MOVE_ASSIGN, error);
}

ExitCode command_unassign(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    return move(session, MOVE_UNASSIGN, error);
}

ExitCode command_pin(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    return move(session, MOVE_PIN, error);
}

ExitCode command_unpin(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    return move(session, MOVE_UNPIN, error);
}

ExitCode command_undo(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    IsoWeek week = {0};
    if (!session_open(session, error) || !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autofree char *name = iso_week_format(week);
    g_autofree char *undone = NULL;
    g_autoptr(GError) reason = NULL;
    g_autoptr(AuditEntry) audit = session_audit(session, "undo", "week %s", name);
    if (!store_undo_draft(session->desk.store, week, audit, &undone, &reason)) {
        if (g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND))
            g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "there is nothing to undo in %s", name);
        else
            g_propagate_error(error, g_steal_pointer(&reason));
        return EXIT_BY_ERROR;
    }
    printf("Taken back in %s: %s.\n", name, undone);
    return EXIT_DONE;
}
