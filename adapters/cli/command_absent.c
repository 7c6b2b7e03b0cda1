#include "command.h"

#include "reacting.h"
#include "rooster/disturb.h"
#include "sheet.h"

static gboolean read_span(const Session *session, int64_t *from_min, int64_t *until_min, GError **error)
{
    const Options *options = &session->options;
    if (options->from == NULL || options->until == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "how long? An absence needs --from and --until");
        return FALSE;
    }
    if (!zone_parse(session->desk.pool->zone, options->from, from_min, error)) {
        g_prefix_error(error, "option --from: ");
        return FALSE;
    }
    if (!zone_parse(session->desk.pool->zone, options->until, until_min, error)) {
        g_prefix_error(error, "option --until: ");
        return FALSE;
    }
    return TRUE;
}

ExitCode command_absent(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    guint worker = 0;
    int64_t from_min = 0, until_min = 0;
    RepairOptions options;
    if (!session_open(session, error) || !session_worker(session, &worker, error) ||
        !read_span(session, &from_min, &until_min, error) || !reacting_options(session, &options, error))
        return EXIT_BY_ERROR;
    Pool *changed = disturb_absence(session->desk.pool, worker, from_min, until_min, session_now_min(session), error);
    if (changed == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(Reaction) reaction = reaction_new(&session->desk, changed);
    if (!reaction_ask_absence(reaction, worker, from_min, until_min, &options, error))
        return EXIT_BY_ERROR;
    const Worker *away = pool_worker(reaction->pool, worker);
    g_autofree char *from = zone_format_short(reaction->pool->zone, from_min);
    g_autofree char *until = zone_format_short(reaction->pool->zone, until_min);
    g_autoptr(AuditEntry) audit = session_audit(session, "absent", "worker %s, %s to %s%s", away->id, from, until,
                                                session->options.is_accept ? ", published" : "");
    if (!reacting_store(session, reaction, audit, error))
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    report_fact(report, "worker", away->id);
    report_line(report, "%s (%s) is away from %s to %s.\n", worker_name(away), away->id, from, until);
    reacting_report(session, reaction, report);
    report_print(report);
    return EXIT_DONE;
}
