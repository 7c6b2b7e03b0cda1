#include "command.h"

#include "rooster/generate.h"

#include <stdio.h>

enum { AUDIT_MOST = 20 };

ExitCode command_init(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    if (g_file_test(session_db(session), G_FILE_TEST_EXISTS)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s is there already; init replaces nothing", session_db(session));
        return EXIT_BY_ERROR;
    }
    if (!session->ports->store_init(session_db(session), error))
        return EXIT_BY_ERROR;
    printf("%s is ready; `rooster import DIR` brings in a pool.\n", session_db(session));
    return EXIT_DONE;
}

ExitCode command_backup(Session *session, char **arguments, GError **error)
{
    const char *path = arguments[0];
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s is there already; a backup replaces nothing", path);
        return EXIT_BY_ERROR;
    }
    if (!session_open_store(session, error) || !store_backup(session->desk.store, path, error))
        return EXIT_BY_ERROR;
    printf("%s holds a copy of %s.\n", path, session_db(session));
    return EXIT_DONE;
}

ExitCode command_audit(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    static const Column columns[] = {
        {"at", "When", 0}, {"who", "Who", COLUMN_CUT}, {"what", "What", 0}, {"detail", "Detail", COLUMN_WRAP}};
    int64_t most = AUDIT_MOST;
    if (!session_integer("most", session->options.most, 1, 1000000, &most, error) || !session_open(session, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) entries = store_load_audit(session->desk.store, (int)most, error);
    if (entries == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    Table *table = report_table(report, FOR_ALL, "audit", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Nothing was done yet.");
    for (guint index = 0; index < entries->len; index++) {
        const AuditEntry *entry = g_ptr_array_index(entries, index);
        table_time(table, session->desk.pool->zone, entry->at_s / 60);
        table_text(table, entry->who);
        table_text(table, entry->what);
        table_text(table, entry->detail);
    }
    report_print(report);
    return EXIT_DONE;
}

/* TRUE if nothing of the user's could be lost by writing there. */
static gboolean is_free_folder(const char *path, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    if (folder == NULL && !g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    if (folder == NULL || g_dir_read_name(folder) != NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    "%s is not an empty folder; name one that is empty or not there yet", path);
        return FALSE;
    }
    return TRUE;
}

ExitCode command_generate(Session *session, char **arguments, GError **error)
{
    const char *folder = arguments[0];
    int64_t workers = 0, seed = 1;
    if (session->options.workers == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "how many workers? Say it with --workers");
        return EXIT_BY_ERROR;
    }
    if (!session_integer("workers", session->options.workers, 1, 100000, &workers, error) ||
        !session_integer("seed", session->options.seed, 0, G_MAXINT64, &seed, error))
        return EXIT_BY_ERROR;
    GenerateOptions options = {.workers = (guint)workers, .seed = (uint64_t)seed};
    g_autoptr(Zone) zone = zone_new("Europe/Amsterdam", error);
    if (zone == NULL || !session_set_now(session, zone, error) ||
        !session_week_in(session, zone, &options.week, error) || !is_free_folder(folder, error))
        return EXIT_BY_ERROR;
    g_autoptr(Pool) pool = generate_pool(&options, error);
    if (pool == NULL || !session->ports->folder_write(folder, pool, NULL, error))
        return EXIT_BY_ERROR;
    g_autofree char *week = iso_week_format(options.week);
    printf("%s holds pool %s: %u workers, %u cooperatives, %u shifts in %s.\n", folder, pool->id, pool->workers->len,
           pool->coops->len, pool->shifts->len, week);
    return EXIT_DONE;
}
