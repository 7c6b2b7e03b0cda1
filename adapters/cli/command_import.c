#include "command.h"

#include "rooster/intake.h"
#include "rooster/publish.h"
#include "rooster/rules.h"
#include "sheet.h"

enum { CALENDAR_WEEKS = 53 };

/* The pool so far, or NULL in an empty store. FALSE on an error. */
static gboolean load_base(Session *session, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!session_open_store(session, error))
        return FALSE;
    session->desk.pool = store_load_pool(session->desk.store, &reason);
    if (session->desk.pool == NULL) {
        session->desk.published = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
        if (g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND))
            return TRUE;
        g_propagate_error(error, g_steal_pointer(&reason));
        return FALSE;
    }
    session->desk.published = store_load_published(session->desk.store, session->desk.pool, error);
    return session->desk.published != NULL;
}

/* --- published rosters */

/* The roster of the old pool in terms of the new one, by the ids; what the new one lacks is counted in *lost. */
static Roster *carry_over(const Roster *roster, const Pool *from, const Pool *to, guint *lost)
{
    Roster *carried = roster_new(roster->week, roster->state, roster->revision);
    for (guint index = 0; index < roster->assignments->len; index++) {
        const Assignment *assignment = roster_at(roster, index);
        guint shift = 0, worker = 0;
        if (pool_find_shift(to, pool_shift(from, assignment->shift)->id, &shift) &&
            pool_find_worker(to, pool_worker(from, assignment->worker)->id, &worker) &&
            pool_shift(to, shift)->week.monday == roster->week.monday)
            roster_add(carried, shift, worker, assignment->is_pinned);
        else
            *lost += 1;
    }
    return carried;
}

static Roster *roster_of_week(const GPtrArray *rosters, IsoWeek week)
{
    for (guint index = 0; index < rosters->len; index++) {
        Roster *roster = g_ptr_array_index(rosters, index);
        if (roster->week.monday == week.monday)
            return roster;
    }
    return NULL;
}

static gboolean is_equal(const Roster *left, const Roster *right)
{
    if (left->assignments->len != right->assignments->len)
        return FALSE;
    for (guint index = 0; index < left->assignments->len; index++) {
        const Assignment *one = roster_at(left, index), *other = roster_at(right, index);
        if (one->shift != other->shift || one->worker != other->worker || one->is_pinned != other->is_pinned)
            return FALSE;
    }
    return TRUE;
}

static char *event_key(const FeedEvent *event)
{
    return g_strdup_printf("%d\n%s\n%s", (int)event->kind, event->owner, event->uid);
}

/* The events as they are once a publication is written: what it brings replaces what has its name. */
static GPtrArray *events_after(const GPtrArray *known, const Publication *publication)
{
    g_autoptr(GHashTable) replaced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *events = g_ptr_array_new_with_free_func((GDestroyNotify)feed_event_free);
    for (guint index = 0; index < publication->events->len; index++) {
        const FeedEvent *event = g_ptr_array_index(publication->events, index);
        g_hash_table_add(replaced, event_key(event));
        g_ptr_array_add(events, feed_event_copy(event));
    }
    for (guint index = 0; index < known->len; index++) {
        const FeedEvent *event = g_ptr_array_index(known, index);
        g_autofree char *key = event_key(event);
        if (!g_hash_table_contains(replaced, key))
            g_ptr_array_add(events, feed_event_copy(event));
    }
    return events;
}

/* The imported rosters that say something new, as publications in their next revision; and how lawful each is. */
static gboolean publish_rosters(const Session *session, const PoolImport *import, const GPtrArray *carried,
                                GPtrArray *publications, Report *report, GError **error)
{
    static const Column columns[] = {{"week", "Week", 0},
                                     {"revision", "Revision", COLUMN_RIGHT},
                                     {"assignments", "Assignments", COLUMN_RIGHT},
                                     {"is_new", "", 0},
                                     {"violations", "Rules broken", COLUMN_RIGHT}};
    g_autoptr(GPtrArray) known = store_load_events(session->desk.store, FEED_OPEN, NULL, error);
    g_autoptr(GPtrArray) around = g_ptr_array_new();
    if (known == NULL)
        return FALSE;
    for (guint index = 0; index < import->rosters->len; index++)
        g_ptr_array_add(around, g_ptr_array_index(import->rosters, index));
    for (guint index = 0; index < carried->len; index++) {
        Roster *roster = g_ptr_array_index(carried, index);
        if (roster_of_week(import->rosters, roster->week) == NULL)
            g_ptr_array_add(around, roster);
    }
    Table *table = report_table(report, FOR_ALL, "rosters", columns, G_N_ELEMENTS(columns));
    for (guint index = 0; index < import->rosters->len; index++) {
        const Roster *roster = g_ptr_array_index(import->rosters, index);
        const Roster *published = roster_of_week(carried, roster->week);
        g_autoptr(Week) week = week_new(import->pool, roster->week, around);
        g_autoptr(GPtrArray) violations = rules_check(week, roster);
        g_autofree char *name = iso_week_format(roster->week);
        int revision = store_last_revision(session->desk.store, roster->week, error);
        if (revision < 0)
            return FALSE;
        gboolean is_new = published == NULL || !is_equal(roster, published);
        if (is_new) {
            Cost cost = cost_of(week, roster);
            PlanFigures figures = {.cost_cents = cost_total(&cost), .status = "hand"};
            Publication *publication =
                publication_new(week, roster, published, ++revision, &figures, known, session->desk.now_s);
            g_ptr_array_add(publications, publication);
            GPtrArray *after = events_after(known, publication);
            g_ptr_array_unref(known);
            known = after;
        }
        table_text(table, name);
        table_number(table, revision);
        table_number(table, roster->assignments->len);
        table_flag(table, is_new, "published");
        table_number(table, violations->len);
        if (violations->len > 0) {
            g_autofree char *first = violation_format(g_ptr_array_index(violations, 0), import->pool);
            session_warn(
                "the roster of %s breaks rules (%u); the first: %s; `rooster check --week %s --published` shows all",
                name, violations->len, first, name);
        }
    }
    return TRUE;
}

/* --- what was read */

static void report_counts(Report *report, const PoolImport *import)
{
    static const Column columns[] = {{"what", "Read", 0}, {"rows", "Rows", COLUMN_RIGHT}};
    const struct {
        const char *what;
        guint rows;
    } counts[] = {
        {"coops", import->coops},        {"workers", import->workers}, {"certificates", import->certificates},
        {"shifts", import->shifts},      {"windows", import->windows}, {"preferences", import->preferences},
        {"worker_rules", import->rules}, {"history", import->history}, {"assignments", import->assignments},
    };
    report_fact(report, "pool", import->pool->id);
    Table *table = report_table(report, FOR_ALL, "read", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "There was nothing to read.");
    for (guint index = 0; index < G_N_ELEMENTS(counts); index++) {
        if (counts[index].rows > 0) {
            table_text(table, counts[index].what);
            table_number(table, counts[index].rows);
        }
    }
}

static ExitCode finish(Session *session, const PoolImport *import, const AuditEntry *audit, GError **error)
{
    gboolean is_replace = session->options.is_replace;
    guint lost = 0;
    g_autoptr(Report) report = report_new(session->format);
    g_autoptr(GPtrArray) carried = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    g_autoptr(GPtrArray) publications = g_ptr_array_new_with_free_func((GDestroyNotify)publication_free);
    for (guint index = 0; !is_replace && index < session->desk.published->len; index++) {
        const Roster *roster = g_ptr_array_index(session->desk.published, index);
        guint missing = 0;
        g_ptr_array_add(carried, carry_over(roster, session->desk.pool, import->pool, &missing));
        lost += roster_of_week(import->rosters, roster->week) == NULL ? missing : 0;
    }
    report_line(report, "Pool %s (%s).", import->pool->id, import->pool->name);
    report_counts(report, import);
    if (import->rosters->len > 0 && !publish_rosters(session, import, carried, publications, report, error))
        return EXIT_BY_ERROR;
    if (!store_save_pool(session->desk.store, import->pool, publications, is_replace, audit, error))
        return EXIT_BY_ERROR;
    if (lost > 0)
        session_warn("%u published assignments are gone with their shift or worker; publish these weeks anew", lost);
    report_print(report);
    return EXIT_DONE;
}

/* --- the two kinds */

static ExitCode import_folder(Session *session, const char *folder, GError **error)
{
    const Pool *base = session->options.is_replace ? NULL : session->desk.pool;
    g_autoptr(PoolImport) import = session->ports->folder_read(folder, base, error);
    if (import == NULL || !session_set_now(session, import->pool->zone, error))
        return EXIT_BY_ERROR;
    g_autoptr(AuditEntry) audit =
        session_audit(session, "import", "folder %s%s", folder, session->options.is_replace ? ", replacing all" : "");
    return finish(session, import, audit, error);
}

static ExitCode import_calendar(Session *session, const char *path, GError **error)
{
    const char *coop = session->options.coop, *worker = session->options.worker;
    guint index = 0;
    if (session->options.is_replace || (coop != NULL && worker != NULL)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    "a calendar is of one --coop or one --worker, and --replace is for pool folders");
        return EXIT_BY_ERROR;
    }
    if (session->desk.pool == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s holds no pool yet; import a pool folder first",
                    session_db(session));
        return EXIT_BY_ERROR;
    }
    if (!(coop != NULL ? session_coop(session, &index, error) : session_worker(session, &index, error)) ||
        !session_set_now(session, session->desk.pool->zone, error))
        return EXIT_BY_ERROR;
    const Zone *zone = session->desk.pool->zone;
    IsoWeek first = iso_week_of(zone_day(zone, session_now_min(session)));
    int64_t from_min = iso_week_start(zone, first);
    int64_t until_min = zone_day_start(zone, first.monday + 7 * CALENDAR_WEEKS);
    g_autoptr(GPtrArray) instances = session->ports->calendar_read(path, zone, from_min, until_min, error);
    if (instances == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(PoolImport) import = coop != NULL
                                       ? intake_orders(session->desk.pool, coop, instances, from_min, until_min, error)
                                       : intake_availability(session->desk.pool, worker, instances, error);
    if (import == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(AuditEntry) audit = session_audit(session, "import", "calendar %s of %s %s", path,
                                                coop != NULL ? "coop" : "worker", coop != NULL ? coop : worker);
    return finish(session, import, audit, error);
}

ExitCode command_import(Session *session, char **arguments, GError **error)
{
    const char *path = arguments[0];
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "there is no %s", path);
        return EXIT_BY_ERROR;
    }
    gboolean is_calendar = session->options.coop != NULL || session->options.worker != NULL;
    if (!is_calendar && !g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s is no pool folder; a calendar needs --coop or --worker", path);
        return EXIT_BY_ERROR;
    }
    if (!load_base(session, error))
        return EXIT_BY_ERROR;
    return is_calendar ? import_calendar(session, path, error) : import_folder(session, path, error);
}
