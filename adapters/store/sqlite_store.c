#include "store/sqlite_store.h"

#include "backup.h"
#include "handle.h"
#include "new_file.h"
#include "rows.h"

#include <sys/stat.h>

/* Checked whole on opening up to here: about a tenth of a second. */
#define CHECKED_BYTES ((int64_t)8 * 1024 * 1024) /* some 40 ms */

/* --- transactions of the caller's */

static gboolean begin(Store *store, GError **error)
{
    return database_begin_all(database_of(store), error);
}

static gboolean commit(Store *store, GError **error)
{
    return database_end_all(database_of(store), TRUE, error);
}

static void rollback(Store *store)
{
    database_end_all(database_of(store), FALSE, NULL);
}

static gboolean version(Store *store, int64_t *found, GError **error)
{
    return version_rows_load(database_of(store), found, error);
}

/* --- the port: each call is one transaction around the rows of its themes */

static Pool *load_pool(Store *store, GError **error)
{
    Database *database = database_of(store);
    if (!database_begin_read(database, error))
        return NULL;
    g_autoptr(Pool) pool = pool_rows_load(database, error);
    return database_end(database, pool != NULL, error) ? g_steal_pointer(&pool) : NULL;
}

static gboolean save_pool(Store *store, const Pool *pool, const GPtrArray *publications, gboolean is_replace,
                          const AuditEntry *audit, GError **error)
{
    Database *database = database_of(store);
    if (!database_begin(database, error))
        return FALSE;
    gboolean is_done = TRUE;
    if (is_replace)
        is_done = draft_rows_drop_all(database, error) && roster_rows_drop_all(database, error) &&
                  record_rows_drop_all(database, error);
    is_done = is_done && pool_rows_save(database, pool, NULL, error) && draft_rows_forget_bounds(database, error);
    for (guint i = 0; is_done && i < publications->len; i++)
        is_done = roster_rows_publish(database, pool, g_ptr_array_index(publications, i), audit->at_s, error);
    is_done = is_done && version_rows_raise(database, error) && audit_rows_append(database, audit, error);
    return database_end(database, is_done, error);
}

static gboolean change_pool(Store *store, const Pool *pool, const Pool *before, const AuditEntry *audit, GError **error)
{
    Database *database = database_of(store);
    if (!database_begin(database, error))
        return FALSE;
    gboolean is_done = pool_rows_save(database, pool, before, error) && draft_rows_forget_bounds(database, error) &&
                       version_rows_raise(database, error) && audit_rows_append(database, audit, error);
    return database_end(database, is_done, error);
}

static GPtrArray *load_published(Store *store, const Pool *pool, GError **error)
{
    Database *database = database_of(store);
    if (!database_begin_read(database, error))
        return NULL;
    g_autoptr(GPtrArray) rosters = roster_rows_newest(database, pool, error);
    return database_end(database, rosters != NULL, error) ? g_steal_pointer(&rosters) : NULL;
}

typedef Roster *(*RosterLoad)(Database *database, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error);

static Roster *load_roster(Store *store, RosterLoad load, const Pool *pool, IsoWeek week, PlanFigures *figures,
                           GError **error)
{
    Database *database = database_of(store);
    if (!database_begin_read(database, error))
        return NULL;
    g_autoptr(Roster) roster = load(database, pool, week, figures, error);
    return database_end(database, roster != NULL, error) ? g_steal_pointer(&roster) : NULL;
}

static Roster *load_draft(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error)
{
    return load_roster(store, draft_rows_load, pool, week, figures, error);
}

static Roster *load_published_week(Store *store, const Pool *pool, IsoWeek week, PlanFigures *figures, GError **error)
{
    return load_roster(store, roster_rows_newest_of, pool, week, figures, error);
}

static GPtrArray *load_revisions(Store *store, const Pool *pool, IsoWeek week, GError **error)
{
    Database *database = database_of(store);
    if (!database_begin_read(database, error))
        return NULL;
    g_autoptr(GPtrArray) revisions = roster_rows_revisions(database, pool, week, error);
    return database_end(database, revisions != NULL, error) ? g_steal_pointer(&revisions) : NULL;
}

static gboolean save_draft(Store *store, const Pool *pool, const Roster *draft, const PlanFigures *figures,
                           const char *record, int from_step, const AuditEntry *audit, GError **error)
{
    Database *database = database_of(store);
    if (!database_begin(database, error))
        return FALSE;
    gboolean is_done = draft_rows_save(database, pool, draft, figures, from_step, audit, error) &&
                       (!record || record_rows_put(database, draft->week, ROSTER_DRAFT, record, error)) &&
                       audit_rows_append(database, audit, error);
    return database_end(database, is_done, error);
}

static gboolean load_record(Store *store, IsoWeek week, RosterState state, char **record, GError **error)
{
    return record_rows_load(database_of(store), week, state, record, error);
}

static int draft_step(Store *store, IsoWeek week, GError **error)
{
    int step;
    return draft_rows_newest_step(database_of(store), week, &step, error) ? step : -1;
}

static gboolean undo_draft(Store *store, IsoWeek week, const AuditEntry *audit, char **undone, GError **error)
{
    Database *database = database_of(store);
    if (!database_begin(database, error))
        return FALSE;
    g_autofree char *text = NULL;
    gboolean is_done = draft_rows_undo(database, week, &text, error) && audit_rows_append(database, audit, error);
    if (!database_end(database, is_done, error))
        return FALSE;
    if (undone)
        *undone = g_steal_pointer(&text);
    return TRUE;
}

static gboolean publish(Store *store, const Pool *pool, const Publication *publication, const AuditEntry *audit,
                        GError **error)
{
    Database *database = database_of(store);
    if (!database_begin(database, error))
        return FALSE;
    gboolean is_done = roster_rows_publish(database, pool, publication, audit->at_s, error) &&
                       draft_rows_end(database, publication->roster->week, error) &&
                       record_rows_publish(database, publication->roster->week, error) &&
                       version_rows_raise(database, error) && audit_rows_append(database, audit, error);
    return database_end(database, is_done, error);
}

static int last_revision(Store *store, IsoWeek week, GError **error)
{
    int revision;
    return roster_rows_last_revision(database_of(store), week, &revision, error) ? revision : -1;
}

static GPtrArray *load_events(Store *store, FeedKind kind, const char *owner, GError **error)
{
    return feed_rows_load(database_of(store), kind, owner, error);
}

static GPtrArray *outbox_waiting(Store *store, int64_t after, int most, GError **error)
{
    return outbox_rows_waiting(database_of(store), after, most, error);
}

static gboolean outbox_settle(Store *store, int64_t sequence, int64_t at_s, const char *reason, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) &&
           database_end(database, outbox_rows_settle(database, sequence, at_s, reason, error), error);
}

static gboolean outbox_delivered(Store *store, int64_t sequence, int64_t at_s, GError **error)
{
    return outbox_settle(store, sequence, at_s, NULL, error);
}

static gboolean outbox_dead(Store *store, int64_t sequence, int64_t at_s, const char *reason, GError **error)
{
    return outbox_settle(store, sequence, at_s, reason ? reason : "", error);
}

static gboolean outbox_revive(Store *store, int64_t *count, GError **error)
{
    Database *database = database_of(store);
    int64_t revived = 0;
    if (!database_begin(database, error) ||
        !database_end(database, outbox_rows_revive(database, &revived, error), error))
        return FALSE;
    *count = revived;
    return TRUE;
}

static GPtrArray *outbox_retained(Store *store, GError **error)
{
    return outbox_rows_retained(database_of(store), error);
}

static gboolean outbox_counts(Store *store, OutboxCounts *counts, GError **error)
{
    return outbox_rows_count(database_of(store), counts, error);
}

static gboolean append_messages(Store *store, const GPtrArray *messages, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) &&
           database_end(database, outbox_rows_append(database, messages, error), error);
}

static GPtrArray *outbox_after(Store *store, int64_t after, int most, GError **error)
{
    return outbox_rows_after(database_of(store), after, most, error);
}

static gboolean outbox_head(Store *store, int64_t *sequence, GError **error)
{
    return outbox_rows_head(database_of(store), sequence, error);
}

static GPtrArray *outbox_dead_letters(Store *store, int most, GError **error)
{
    return outbox_rows_dead(database_of(store), most, error);
}

static gboolean append_audit(Store *store, const AuditEntry *audit, GError **error)
{
    Database *database = database_of(store);
    return database_begin(database, error) && database_end(database, audit_rows_append(database, audit, error), error);
}

static GPtrArray *load_audit(Store *store, int most, GError **error)
{
    return audit_rows_newest(database_of(store), most, error);
}

static gboolean backup(Store *store, const char *path, GError **error)
{
    return database_backup(database_of(store), path, error);
}

static void close_store(Store *store)
{
    database_free(database_of(store));
    g_free(store);
}

static const StoreOps sqlite_store_ops = {
    .service = &sqlite_service_ops,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .version = version,
    .load_pool = load_pool,
    .save_pool = save_pool,
    .change_pool = change_pool,
    .load_published = load_published,
    .load_draft = load_draft,
    .load_published_week = load_published_week,
    .load_revisions = load_revisions,
    .save_draft = save_draft,
    .load_record = load_record,
    .draft_step = draft_step,
    .undo_draft = undo_draft,
    .publish = publish,
    .last_revision = last_revision,
    .load_events = load_events,
    .outbox_waiting = outbox_waiting,
    .outbox_delivered = outbox_delivered,
    .outbox_dead = outbox_dead,
    .outbox_revive = outbox_revive,
    .outbox_retained = outbox_retained,
    .outbox_counts = outbox_counts,
    .append_messages = append_messages,
    .outbox_after = outbox_after,
    .outbox_head = outbox_head,
    .outbox_dead_letters = outbox_dead_letters,
    .append_audit = append_audit,
    .load_audit = load_audit,
    .backup = backup,
    .close = close_store,
};

/* --- making, opening, checking */

/* An empty file becomes a database of ours. All of it is in the one file that gets the name: closing would leave in the
 * -wal, without a word, what it could not bring over. */
static gboolean database_found(const char *path, GError **error)
{
    g_autoptr(Database) database = database_connect(path, error);
    g_autofree char *ours = g_strdup_printf("PRAGMA application_id = %d", DATABASE_APPLICATION_ID);
    int64_t is_busy = 0;
    if (!database || !database_configure(database, error) || !database_execute(database, ours, error) ||
        !database_migrate(database, migrations, migration_count, error) ||
        !database_number(database, "PRAGMA wal_checkpoint(TRUNCATE)", &is_busy, error))
        return FALSE;
    if (is_busy)
        database_error(database, SQLITE_BUSY, error);
    return !is_busy;
}

gboolean sqlite_store_init(const char *path, GError **error)
{
    g_autofree char *temporary = new_file_begin(path, error);
    if (!temporary)
        return FALSE;
    if (!database_found(temporary, error)) {
        new_file_drop(temporary);
        return FALSE;
    }
    return new_file_finish(temporary, path, error);
}

/* The header spoke for the file alone; this speaks for what a killed newer program may have left in the -wal, too. */
static gboolean version_is_known(Database *database, GError **error)
{
    int64_t version;
    if (!database_number(database, "PRAGMA user_version", &version, error))
        return FALSE;
    if (version >= 0 && version <= migration_count)
        return TRUE;
    g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN, "%s: a newer rooster wrote it, this one is too old to open it",
                database->path);
    return FALSE;
}

static int64_t size_of(const char *path, const char *suffix)
{
    g_autofree char *name = g_strconcat(path, suffix, NULL);
    struct stat status;
    return stat(name, &status) == 0 ? (int64_t)status.st_size : 0;
}

Store *sqlite_store_open(const char *path, GError **error)
{
    g_autoptr(Database) database = database_connect(path, error);
    if (!database || !database_is_ours(database, migration_count, error))
        return NULL;
    /* Should it be refused from here on, what a killed program left in the -wal stays there. */
    if (size_of(path, "-wal") > 0)
        sqlite3_db_config(database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    gboolean is_checked = size_of(path, "") <= CHECKED_BYTES;
    if (!version_is_known(database, error) || (is_checked && !database_check(database, "quick_check(1)", error)) ||
        !database_configure(database, error) || !database_migrate(database, migrations, migration_count, error))
        return NULL;
    sqlite3_db_config(database->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    SqliteStore *store = g_new0(SqliteStore, 1);
    store->base.ops = &sqlite_store_ops;
    store->database = g_steal_pointer(&database);
    return &store->base;
}

void sqlite_store_set_patience(Store *store, int wait_ms)
{
    g_assert(store->ops == &sqlite_store_ops);
    sqlite3_busy_timeout(database_of(store)->handle, wait_ms);
}

gboolean sqlite_store_check(Store *store, GError **error)
{
    g_assert(store->ops == &sqlite_store_ops);
    Database *database = database_of(store);
    int64_t broken = 0;
    if (!database_check(database, "integrity_check(1)", error) ||
        !database_number(database, "SELECT count(*) FROM pragma_foreign_key_check", &broken, error))
        return FALSE;
    if (broken > 0)
        database_damage(database, error, "%" G_GINT64_FORMAT " broken references", broken);
    return broken == 0;
}
