#include "rows.h"

/*
 * A pool is rebuilt by the calls that build any pool, so what the file holds is judged again; what they refuse is
 * damage. Ids become indices, and lists keep the order they had.
 */

/* The rows of one statement given to the pool one by one. */
typedef gboolean (*RowAdd)(Pool *pool, Statement *row, GError **error);

static gboolean rows_add(Database *database, Pool *pool, const char *sql, RowAdd add, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, sql, error);
    if (!rows)
        return FALSE;
    g_autoptr(GError) refusal = NULL;
    while (!refusal && statement_next(rows))
        add(pool, rows, &refusal);
    /* A row that cannot be read is the better reason than what the pool made of it. */
    if (!statement_done(rows, error))
        return FALSE;
    if (refusal)
        database_damage(database, error, "%s", refusal->message);
    return !refusal;
}

/* The index of the worker a row names; damage if there is none. */
static gboolean row_worker(Pool *pool, Statement *row, guint *worker)
{
    if (pool_find_worker(pool, row_text(row, 0), worker))
        return TRUE;
    row_damaged(row);
    return FALSE;
}

static gboolean coop_add(Pool *pool, Statement *row, GError **error)
{
    Coop coop = {.id = row_text(row, 0),
                 .name = row_text(row, 1),
                 .sector = row_text(row, 2),
                 .address = row_text(row, 3),
                 .contact = row_text(row, 4),
                 .place = row_place(row, 5),
                 .rate = row_decimal(row, 7)};
    return pool_add_coop(pool, &coop, NULL, error);
}

static gboolean worker_add(Pool *pool, Statement *row, GError **error)
{
    Worker worker = {.id = row_text(row, 0),
                     .name = row_text(row, 1),
                     .language = row_text(row, 2),
                     .birth = row_day(row, 3),
                     .contract_min = row_decimal(row, 4),
                     .contract_max = row_decimal(row, 5),
                     .hourly_cost = row_decimal(row, 6),
                     .place = row_place(row, 7)};
    return pool_add_worker(pool, &worker, NULL, error);
}

static gboolean certificate_add(Pool *pool, Statement *row, GError **error)
{
    guint worker;
    Certificate certificate = {.name = row_text(row, 1),
                               .valid_from = row_is_null(row, 2) ? DAY_MIN : row_day(row, 2),
                               .valid_until = row_is_null(row, 3) ? DAY_MAX : row_day(row, 3)};
    if (!certificate_level_parse(row_text(row, 4), &certificate.level))
        row_damaged(row);
    return row_worker(pool, row, &worker) && pool_add_certificate(pool, worker, &certificate, error);
}

static gboolean window_add(Pool *pool, Statement *row, GError **error)
{
    guint worker;
    Window window = {.start_min = row_minutes(row, 1), .end_min = row_minutes(row, 2)};
    if (!window_kind_parse(row_text(row, 3), &window.kind))
        row_damaged(row);
    return row_worker(pool, row, &worker) && pool_add_window(pool, worker, &window, error);
}

static gboolean preference_add(Pool *pool, Statement *row, GError **error)
{
    guint worker;
    Preference preference = {0};
    if (!pool_find_coop(pool, row_text(row, 1), &preference.coop) ||
        !preference_kind_parse(row_text(row, 2), &preference.kind)) {
        row_damaged(row);
        return FALSE;
    }
    return row_worker(pool, row, &worker) && pool_add_preference(pool, worker, &preference, error);
}

static gboolean worker_rule_add(Pool *pool, Statement *row, GError **error)
{
    guint worker;
    WorkerRule rule = {row_text(row, 1), row_text(row, 2)};
    return row_worker(pool, row, &worker) && pool_add_worker_rule(pool, worker, &rule, error);
}

static gboolean history_add(Pool *pool, Statement *row, GError **error)
{
    guint worker;
    HistoryPiece piece = {.coop = row_text(row, 1),
                          .start_min = row_minutes(row, 2),
                          .end_min = row_minutes(row, 3),
                          .break_min = row_int(row, 4)};
    return row_worker(pool, row, &worker) && pool_add_history(pool, worker, &piece, error);
}

/* --- shifts and their certificates */

typedef struct CertificateLists {
    GPtrArray *each, *team; /* of the pool's own strings */
} CertificateLists;

static void certificate_lists_free(gpointer data)
{
    CertificateLists *lists = data;
    g_ptr_array_unref(lists->each);
    g_ptr_array_unref(lists->team);
    g_free(lists);
}

/* Shift id -> CertificateLists; only shifts that ask for any. */
static GHashTable *certificate_lists_load(Database *database, Pool *pool, GError **error)
{
    g_autoptr(Statement) rows = statement_new(
        database, "SELECT shift, scope, certificate FROM shift_certificates ORDER BY shift, scope, position", error);
    if (!rows)
        return NULL;
    g_autoptr(GHashTable) by_shift = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, certificate_lists_free);
    while (statement_next(rows)) {
        const char *shift = row_text(rows, 0);
        CertificateLists *lists = g_hash_table_lookup(by_shift, shift);
        if (!lists) {
            lists = g_new0(CertificateLists, 1);
            lists->each = g_ptr_array_new();
            lists->team = g_ptr_array_new();
            g_hash_table_insert(by_shift, (gpointer)pool_string(pool, shift), lists);
        }
        GPtrArray *list = g_str_equal(row_text(rows, 1), "team") ? lists->team : lists->each;
        g_ptr_array_add(list, (gpointer)pool_string(pool, row_text(rows, 2)));
    }
    return statement_done(rows, error) ? g_steal_pointer(&by_shift) : NULL;
}

static const char **list_end(GPtrArray *list)
{
    g_ptr_array_add(list, NULL);
    return (const char **)list->pdata;
}

static void shift_add(Pool *pool, Statement *row, GHashTable *lists_by_shift, GError **error)
{
    Shift shift = {.id = row_text(row, 0),
                   .role = row_text(row, 2),
                   .start_min = row_minutes(row, 3),
                   .end_min = row_minutes(row, 4),
                   .break_min = row_int(row, 5),
                   .headcount = row_int(row, 6)};
    if (!pool_find_coop(pool, row_text(row, 1), &shift.coop) || !priority_parse(row_text(row, 7), &shift.priority)) {
        row_damaged(row);
        return;
    }
    const CertificateLists *lists = g_hash_table_lookup(lists_by_shift, shift.id);
    if (lists) {
        shift.certificates = list_end(lists->each);
        shift.team_certificates = list_end(lists->team);
    }
    pool_add_shift(pool, &shift, NULL, error);
}

static gboolean shifts_load(Database *database, Pool *pool, GError **error)
{
    g_autoptr(GHashTable) lists = certificate_lists_load(database, pool, error);
    g_autoptr(Statement) rows = statement_new(
        database,
        "SELECT shift, coop, role, start_min, end_min, break_min, headcount, priority FROM shifts ORDER BY position",
        error);
    if (!lists || !rows)
        return FALSE;
    g_autoptr(GError) refusal = NULL;
    while (!refusal && statement_next(rows))
        shift_add(pool, rows, lists, &refusal);
    if (!statement_done(rows, error))
        return FALSE;
    if (refusal)
        database_damage(database, error, "%s", refusal->message);
    return !refusal;
}

/* --- settings */

static gboolean rules_load(Database *database, RuleProfile *profile, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, "SELECT key, value FROM pool_rules ORDER BY key", error);
    if (!rows)
        return FALSE;
    g_autoptr(GError) refusal = NULL;
    while (!refusal && statement_next(rows))
        profile_override(profile, row_text(rows, 0), row_text(rows, 1), &refusal);
    if (!statement_done(rows, error))
        return FALSE;
    if (refusal)
        database_damage(database, error, "%s", refusal->message);
    return !refusal;
}

/* Prices that a newer program knows and the file does not keep their defaults. */
static gboolean prices_load(Database *database, Prices *prices, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, "SELECT key, amount_e4 FROM pool_prices ORDER BY key", error);
    if (!rows)
        return FALSE;
    g_autoptr(GError) refusal = NULL;
    while (!refusal && statement_next(rows)) {
        g_autofree char *amount = decimal_format(row_decimal(rows, 1));
        prices_set(prices, row_text(rows, 0), amount, &refusal);
    }
    if (!statement_done(rows, error))
        return FALSE;
    if (!refusal)
        prices_check(prices, &refusal);
    if (refusal)
        database_damage(database, error, "%s", refusal->message);
    return !refusal;
}

static gboolean service_load(Database *database, Pool *pool, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, "SELECT key, value FROM pool_service ORDER BY key", error);
    gboolean is_known = TRUE;
    if (!rows)
        return FALSE;
    while (is_known && statement_next(rows))
        is_known =
            accept_parse(row_text(rows, 1), g_str_equal(row_text(rows, 0), "swaps") ? &pool->swaps : &pool->accept);
    if (!statement_done(rows, error))
        return FALSE;
    if (!is_known)
        database_damage(database, error, "a service setting is neither ask nor auto");
    return is_known;
}

/* The pool without its entities. */
static Pool *settings_load(Database *database, GError **error)
{
    g_autoptr(Statement) settings = statement_new(database, "SELECT id, name, zone, rules FROM pool", error);
    if (!settings)
        return NULL;
    g_autofree char *id = NULL, *name = NULL, *zone_id = NULL, *rules = NULL;
    if (statement_next(settings)) {
        id = g_strdup(row_text(settings, 0));
        name = g_strdup(row_text(settings, 1));
        zone_id = g_strdup(row_text(settings, 2));
        rules = g_strdup(row_text(settings, 3));
    }
    if (!statement_done(settings, error))
        return NULL;
    if (!id) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND,
                    "%s: it holds no pool yet, `rooster import DIR` brings one", database->path);
        return NULL;
    }
    g_autoptr(GError) refusal = NULL;
    g_autoptr(Zone) zone = zone_new(zone_id, &refusal);
    g_autoptr(RuleProfile) profile = zone ? profile_new(rules, &refusal) : NULL;
    if (!profile) {
        database_damage(database, error, "%s", refusal->message);
        return NULL;
    }
    Prices prices = prices_default();
    if (!rules_load(database, profile, error) || !prices_load(database, &prices, error))
        return NULL;
    g_autoptr(Pool) pool = pool_new(id, name, g_steal_pointer(&zone), g_steal_pointer(&profile), &prices);
    return service_load(database, pool, error) ? g_steal_pointer(&pool) : NULL;
}

Pool *pool_rows_load(Database *database, GError **error)
{
    static const struct {
        const char *sql;
        RowAdd add;
    } before_shifts[] =
        {
            {"SELECT coop, name, sector, address, contact, latitude, longitude, rate_e4 FROM coops ORDER BY position",
             coop_add},
            {"SELECT worker, name, language, birth, contract_min_e4, contract_max_e4, hourly_cost_e4, latitude, "
             "longitude"
             " FROM workers ORDER BY position",
             worker_add},
        },
      of_workers[] = {
          {"SELECT worker, certificate, valid_from, valid_until, level FROM worker_certificates ORDER BY worker, "
           "position",
           certificate_add},
          {"SELECT worker, start_min, end_min, kind FROM worker_windows ORDER BY worker, position", window_add},
          {"SELECT worker, coop, kind FROM worker_preferences ORDER BY worker, position", preference_add},
          {"SELECT worker, rule, value FROM worker_rules ORDER BY worker, position", worker_rule_add},
          {"SELECT worker, coop, start_min, end_min, break_min FROM worker_history ORDER BY worker, position",
           history_add},
      };
    g_autoptr(Pool) pool = settings_load(database, error);
    gboolean is_loaded = pool != NULL;
    for (guint i = 0; is_loaded && i < G_N_ELEMENTS(before_shifts); i++)
        is_loaded = rows_add(database, pool, before_shifts[i].sql, before_shifts[i].add, error);
    is_loaded = is_loaded && shifts_load(database, pool, error);
    for (guint i = 0; is_loaded && i < G_N_ELEMENTS(of_workers); i++)
        is_loaded = rows_add(database, pool, of_workers[i].sql, of_workers[i].add, error);
    if (!is_loaded)
        return NULL;
    pool_close(pool);
    return g_steal_pointer(&pool);
}
