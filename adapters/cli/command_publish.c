#include "command.h"

#include "broker.h"
#include "feed_files.h"
#include "findings.h"
#include "rooster/publish.h"

/* --- the broker */

/* Delivers, and says what came of it. With is_required a broker that is down is the command's failure, else a warning.
 */
static gboolean drain(const Session *session, gboolean is_required, Report *report, GError **error)
{
    CliBroker broker = {0};
    CliDelivery delivery = {0};
    g_autoptr(GError) reason = NULL;
    if (!broker_of(session, &broker, error))
        return FALSE;
    gboolean is_done = session->ports->drain(session->desk.store, &broker, &delivery, &reason);
    if (!is_done && (is_required || g_error_matches(reason, CLI_ERROR, CLI_ERROR_USE))) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return FALSE;
    }
    if (!is_done)
        session_warn("%s; the messages wait, `rooster publish --drain` delivers them later", reason->message);
    if (delivery.reason[0] != '\0') {
        session_warn("the broker refused a message for good: %s; `rooster outbox --retry` tries again",
                     delivery.reason);
    }
    report_fact_number(report, "delivered", delivery.delivered);
    report_line(report, "Delivered %" G_GINT64_FORMAT " messages to the broker.", delivery.delivered);
    if (delivery.restored > 0) {
        report_line(report, "Restored %" G_GINT64_FORMAT " retained messages that the broker had lost.",
                    delivery.restored);
    }
    return TRUE;
}

static gboolean report_outbox(Report *report, Store *store, GError **error)
{
    OutboxCounts counts = {0};
    if (!store_outbox_counts(store, &counts, error))
        return FALSE;
    report_fact_number(report, "waiting", counts.waiting);
    report_fact_number(report, "dead", counts.dead);
    report_line(report,
                "Outbox: %" G_GINT64_FORMAT " waiting, %" G_GINT64_FORMAT " delivered, %" G_GINT64_FORMAT " dead.",
                counts.waiting, counts.delivered, counts.dead);
    return TRUE;
}

/* --- publishing */

/* what: "the draft of 2026-W49". */
static ExitCode refuse(Session *session, const GPtrArray *violations, const char *week, const char *what)
{
    g_autoptr(Report) report = report_new(session->format);
    report_fact(report, "week", week);
    report_fact_flag(report, "is_published", FALSE);
    report_line(report, "Refused: %s breaks rules.", what);
    report_violations(report, session->desk.pool, violations);
    report_print(report);
    return EXIT_FAILED_CHECK;
}

/* What became public of one week. */
typedef struct Published {
    int revision;
    guint messages;
    int restores; /* the revision whose roster it is again; 0: none */
} Published;

/* Writes the draft, or with --undo what the last publishing replaced, as the next revision. */
static gboolean write_publication(const Session *session, const Sheet *sheet, Published *published, GError **error)
{
    g_autofree char *name = iso_week_format(sheet->week->week);
    int last = store_last_revision(session->desk.store, sheet->week->week, error);
    if (last < 0)
        return FALSE;
    if (session->options.is_undo) {
        published->restores = sheet->roster->revision;
        g_autoptr(AuditEntry) audit =
            session_audit(session, "publish", "week %s as in revision %d", name, published->restores);
        return desk_week_publish_former(&session->desk, sheet, audit, &published->revision, &published->messages,
                                        error);
    }
    g_autoptr(AuditEntry) audit = session_audit(session, "publish", "week %s revision %d", name, last + 1);
    return desk_week_publish(&session->desk, sheet, sheet->roster, &sheet->figures, audit, &published->revision,
                             &published->messages, error);
}

/* All of them, or none. */
static gboolean write_publications(const Session *session, const GPtrArray *sheets, Published *published,
                                   GError **error)
{
    if (!store_begin(session->desk.store, error))
        return FALSE;
    for (guint at = 0; at < sheets->len; at++) {
        if (!write_publication(session, g_ptr_array_index(sheets, at), &published[at], error)) {
            store_rollback(session->desk.store);
            return FALSE;
        }
    }
    return store_commit(session->desk.store, error);
}

static gboolean require_draft(const Sheet *sheet, GError **error)
{
    if (sheet->state == DESK_WEEK_DRAFT) /* also what --undo publishes again */
        return TRUE;
    g_autofree char *name = iso_week_format(sheet->week->week);
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s has no draft to publish; `rooster plan --week %s` makes one", name,
                name);
    return FALSE;
}

static void report_published_week(Report *report, const Session *session, const Sheet *sheet,
                                  const Published *published)
{
    g_autofree char *name = iso_week_format(sheet->week->week);
    report_fact(report, "week", name);
    report_fact_flag(report, "is_published", TRUE);
    report_fact_number(report, "revision", published->revision);
    report_fact_number(report, "messages", published->messages);
    if (published->restores > 0)
        report_fact_number(report, "restores", published->restores);
    g_autofree char *former =
        published->restores > 0 ? g_strdup_printf(", as it was in revision %d", published->restores) : g_strdup("");
    report_line(report, "%s is published as revision %d%s; %u messages.\n", name, published->revision, former,
                published->messages);
    report_changes(report, session, sheet->week, sheet->published, sheet->roster);
    report_line(report, "%s", "");
}

static void report_published_weeks(Report *report, const GPtrArray *sheets, const Published *published)
{
    static const Column columns[] = {{"week", "Week", 0},
                                     {"revision", "Revision", COLUMN_RIGHT},
                                     {"messages", "Messages", COLUMN_RIGHT},
                                     {"assignments", "Assignments", COLUMN_RIGHT}};
    g_autofree char *title = sheets_title(sheets);
    report_fact_flag(report, "is_published", TRUE);
    report_line(report, "%s are published.\n", title);
    Table *table = report_table(report, FOR_ALL, "weeks", columns, G_N_ELEMENTS(columns));
    for (guint at = 0; at < sheets->len; at++) {
        const Sheet *sheet = g_ptr_array_index(sheets, at);
        g_autofree char *name = iso_week_format(sheet->week->week);
        table_text(table, name);
        table_number(table, published[at].revision);
        table_number(table, published[at].messages);
        table_number(table, sheet->roster->assignments->len);
    }
    report_line(report, "%s", "");
}

static ExitCode publish_weeks(Session *session, GError **error)
{
    IsoWeek week = {0};
    int count = 1;
    if (!session_week_count(session, &count, error) || !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    gboolean is_undo = session->options.is_undo;
    g_autoptr(GPtrArray) sheets = sheets_open(session, week, count, is_undo ? DESK_FORMER : DESK_LOOK, error);
    for (guint at = 0; sheets != NULL && at < sheets->len; at++)
        if (!require_draft(g_ptr_array_index(sheets, at), error))
            return EXIT_BY_ERROR;
    if (sheets == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) violations = sheets_violations(session, sheets);
    if (violations->len > 0) {
        g_autofree char *title = count > 1 ? sheets_title(sheets) : iso_week_format(week);
        g_autofree char *what =
            g_strdup_printf(is_undo ? "what the last publishing of %s replaced" : "the draft of %s", title);
        return refuse(session, violations, title, what);
    }
    g_autofree Published *published = g_new0(Published, sheets->len);
    if (!write_publications(session, sheets, published, error))
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    if (count > 1)
        report_published_weeks(report, sheets, published);
    else
        report_published_week(report, session, g_ptr_array_index(sheets, 0), &published[0]);
    /* It is published; what fails from here on is told, and mended by the next call. */
    g_autoptr(GError) reason = NULL;
    if (!feed_files_write(session, session->desk.pool, report, &reason)) {
        session_warn(
            "the roster is published, but its feeds are not written: %s; `rooster publish --feeds DIR` writes them",
            reason->message);
        g_clear_error(&reason);
    }
    if (session->options.is_drain && !drain(session, FALSE, report, &reason))
        session_warn("the roster is published, but nothing is delivered: %s", reason->message);
    if (!report_outbox(report, session->desk.store, error))
        return EXIT_BY_ERROR;
    report_print(report);
    return EXIT_DONE;
}

/* Without --week: only what follows from earlier publishings. */
static ExitCode deliver(Session *session, GError **error)
{
    g_autoptr(Report) report = report_new(session->format);
    if (session->options.feeds != NULL && !feed_files_write(session, session->desk.pool, report, error))
        return EXIT_BY_ERROR;
    if (session->options.is_drain && !drain(session, TRUE, report, error))
        return EXIT_BY_ERROR;
    if (!report_outbox(report, session->desk.store, error))
        return EXIT_BY_ERROR;
    report_print(report);
    return EXIT_DONE;
}

ExitCode command_publish(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    if (session->options.is_undo && session->options.week == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    "which week's publishing is to be taken back? Name it with --week");
        return EXIT_BY_ERROR;
    }
    if (session->options.week == NULL && session->options.feeds == NULL && !session->options.is_drain) {
        g_set_error(
            error, CLI_ERROR, CLI_ERROR_USE,
            "which week? Name it with --week; --feeds or --drain alone only write and deliver what is published");
        return EXIT_BY_ERROR;
    }
    if (!session_open(session, error))
        return EXIT_BY_ERROR;
    return session->options.week != NULL ? publish_weeks(session, error) : deliver(session, error);
}

ExitCode command_outbox(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    int64_t revived = 0;
    if (!session_open_store(session, error))
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    if (session->options.is_retry) {
        if (!store_outbox_revive(session->desk.store, &revived, error))
            return EXIT_BY_ERROR;
        report_fact_number(report, "revived", revived);
        report_line(report, "%" G_GINT64_FORMAT " dead letters wait again.", revived);
    }
    if (!report_outbox(report, session->desk.store, error))
        return EXIT_BY_ERROR;
    report_print(report);
    return EXIT_DONE;
}
