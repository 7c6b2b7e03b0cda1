#include "database.h"

/* Compiled in from data/migrations; one more file is one more line here and in CMakeLists.txt. */
extern const char migration_0001[], migration_0002[], migration_0003[], migration_0004[], migration_0005[],
    migration_0006[], migration_0007[];

const Migration migrations[] = {
    {migration_0001}, {migration_0002}, {migration_0003}, {migration_0004},
    {migration_0005}, {migration_0006}, {migration_0007},
};
const int migration_count = G_N_ELEMENTS(migrations);

static gboolean migration_apply(Database *database, const Migration *migration, int number, GError **error)
{
    g_autofree char *version = g_strdup_printf("PRAGMA user_version = %d", number);
    int64_t broken = 0;
    if (!database_execute(database, migration->sql, error) || !database_execute(database, version, error) ||
        !database_number(database, "SELECT count(*) FROM pragma_foreign_key_check", &broken, error))
        return FALSE;
    if (broken > 0)
        database_damage(database, error, "migration %d leaves %d broken references", number, (int)broken);
    return broken == 0;
}

gboolean database_migrate(Database *database, const Migration *list, int count, GError **error)
{
    /* A migration that rebuilds a table drops the old one, which must not cascade; its references are checked at its
     * end. */
    if (!database_execute(database, "PRAGMA foreign_keys = OFF", error))
        return FALSE;
    for (int64_t version = 0; version < count;) {
        if (!database_number(database, "PRAGMA user_version", &version, error))
            return FALSE;
        if (version >= count)
            break; /* also of a newer program: the caller looks */
        /* Asked again under the write lock: another program may have done it meanwhile. */
        if (!database_begin(database, error))
            return FALSE;
        gboolean is_done = database_number(database, "PRAGMA user_version", &version, error);
        if (is_done && version < 0) {
            database_damage(database, error, "user_version %d", (int)version);
            is_done = FALSE;
        }
        if (is_done && version < count)
            is_done = migration_apply(database, &list[version], (int)version + 1, error);
        if (!database_end(database, is_done, error))
            return FALSE;
    }
    return database_execute(database, "PRAGMA foreign_keys = ON", error);
}
