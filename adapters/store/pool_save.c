#include "pool_same.h"
#include "rows.h"

#include <string.h>

/*
 * The pool that is stored becomes the one given, row by row, and only rows that differ are written: a spike in a pool
 * of ten thousand workers writes its one shift, not their history. Where it is known what is stored, rows that are the
 * same are not even asked about. Coops, workers and shifts are never emptied, as rosters and drafts refer to them and
 * lose, by the schema's cascades, exactly the assignments whose worker or shift is gone.
 */

static gboolean settings_save(Database *database, const Pool *pool, GError **error)
{
    if (!database_execute(database,
                          "DELETE FROM pool; DELETE FROM pool_rules; DELETE FROM pool_prices; DELETE FROM pool_service",
                          error))
        return FALSE;
    g_autoptr(Statement) settings =
        statement_new(database, "INSERT INTO pool (single, id, name, zone, rules) VALUES (1, $1, $2, $3, $4)", error);
    g_autoptr(Statement) rules = statement_new(database, "INSERT INTO pool_rules (key, value) VALUES ($1, $2)", error);
    if (!settings || !rules)
        return FALSE;
    bind_text(settings, 1, pool->id);
    bind_text(settings, 2, pool->name);
    bind_text(settings, 3, zone_name(pool->zone));
    bind_text(settings, 4, profile_name(pool->profile));
    if (!statement_run(settings, error))
        return FALSE;

    const GPtrArray *overrides = profile_overrides(pool->profile);
    for (guint i = 0; i < overrides->len; i++) {
        const char *override = g_ptr_array_index(overrides, i);
        const char *equals = strchr(override, '=');
        g_assert(equals);
        g_autofree char *key = g_strndup(override, (gsize)(equals - override));
        bind_text(rules, 1, key);
        bind_text(rules, 2, equals + 1);
        if (!statement_run(rules, error))
            return FALSE;
    }

    g_autoptr(Statement) prices =
        statement_new(database, "INSERT INTO pool_prices (key, amount_e4) VALUES ($1, $2)", error);
    if (!prices)
        return FALSE;
    for (int price = 0; price < PRICE_COUNT; price++) {
        bind_text(prices, 1, price_name((Price)price));
        bind_integer(prices, 2, pool->prices.of[price]);
        if (!statement_run(prices, error))
            return FALSE;
    }
    g_autoptr(Statement) service =
        statement_new(database, "INSERT INTO pool_service (key, value) VALUES ('accept', $1), ('swaps', $2)", error);
    if (!service)
        return FALSE;
    bind_text(service, 1, accept_name(pool->accept));
    bind_text(service, 2, accept_name(pool->swaps));
    return statement_run(service, error);
}

/* --- what is there and is not in the pool */

typedef gboolean (*IsStale)(const Pool *pool, Statement *row);

static gboolean coop_is_stale(const Pool *pool, Statement *row)
{
    guint index;
    return !pool_find_coop(pool, row_text(row, 0), &index);
}

static gboolean worker_is_stale(const Pool *pool, Statement *row)
{
    guint index;
    return !pool_find_worker(pool, row_text(row, 0), &index);
}

/* To its roster, a shift that moved to another week is gone. */
static gboolean shift_is_stale(const Pool *pool, Statement *row)
{
    guint index;
    return !pool_find_shift(pool, row_text(row, 0), &index) ||
           pool_shift(pool, index)->week.monday != row_integer(row, 1);
}

static gboolean stale_delete(Database *database, const Pool *pool, const char *select, const char *delete,
                             IsStale is_stale, GError **error)
{
    g_autoptr(Statement) rows = statement_new(database, select, error);
    g_autoptr(Statement) deletion = statement_new(database, delete, error);
    g_autoptr(GPtrArray) stale = g_ptr_array_new_with_free_func(g_free);
    if (!rows || !deletion)
        return FALSE;
    while (statement_next(rows))
        if (is_stale(pool, rows))
            g_ptr_array_add(stale, g_strdup(row_text(rows, 0)));
    if (!statement_done(rows, error))
        return FALSE;
    for (guint i = 0; i < stale->len; i++) {
        bind_text(deletion, 1, g_ptr_array_index(stale, i));
        if (!statement_run(deletion, error))
            return FALSE;
    }
    return TRUE;
}

/* --- entities */

static gboolean coops_save(Database *database, const Pool *pool, const Pool *before, GError **error)
{
    g_autoptr(Statement) coops = upsert_new(
        database, "coops", "coop", "position, name, sector, address, contact, latitude, longitude, rate_e4", error);
    if (!coops)
        return FALSE;
    for (guint i = 0; i < pool->coops->len; i++) {
        const Coop *coop = pool_coop(pool, i);
        if (coop_is_same(pool, before, i))
            continue;
        bind_text(coops, 1, coop->id);
        bind_integer(coops, 2, i);
        bind_text(coops, 3, coop->name);
        bind_text(coops, 4, coop->sector);
        bind_text(coops, 5, coop->address);
        bind_text(coops, 6, coop->contact);
        bind_place(coops, 7, &coop->place);
        bind_integer(coops, 9, coop->rate);
        if (!statement_run(coops, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean workers_save(Database *database, const Pool *pool, const Pool *before, GError **error)
{
    g_autoptr(Statement) workers = upsert_new(
        database, "workers", "worker",
        "position, name, language, birth, contract_min_e4, contract_max_e4, hourly_cost_e4, latitude, longitude",
        error);
    if (!workers)
        return FALSE;
    for (guint i = 0; i < pool->workers->len; i++) {
        const Worker *worker = pool_worker(pool, i);
        if (worker_is_same(pool, before, i))
            continue;
        bind_text(workers, 1, worker->id);
        bind_integer(workers, 2, i);
        bind_text(workers, 3, worker->name);
        bind_text(workers, 4, worker->language);
        bind_integer(workers, 5, worker->birth);
        bind_integer(workers, 6, worker->contract_min);
        bind_integer(workers, 7, worker->contract_max);
        bind_integer(workers, 8, worker->hourly_cost);
        bind_place(workers, 9, &worker->place);
        if (!statement_run(workers, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean shifts_save(Database *database, const Pool *pool, const Pool *before, GError **error)
{
    g_autoptr(Statement) shifts =
        upsert_new(database, "shifts", "shift",
                   "position, week, coop, role, start_min, end_min, break_min, headcount, priority", error);
    if (!shifts)
        return FALSE;
    for (guint i = 0; i < pool->shifts->len; i++) {
        const Shift *shift = pool_shift(pool, i);
        if (shift_is_same(pool, before, i))
            continue;
        bind_text(shifts, 1, shift->id);
        bind_integer(shifts, 2, i);
        bind_integer(shifts, 3, shift->week.monday);
        bind_text(shifts, 4, pool_coop(pool, shift->coop)->id);
        bind_text(shifts, 5, shift->role);
        bind_integer(shifts, 6, shift->start_min);
        bind_integer(shifts, 7, shift->end_min);
        bind_integer(shifts, 8, shift->break_min);
        bind_integer(shifts, 9, shift->headcount);
        bind_text(shifts, 10, priority_name(shift->priority));
        if (!statement_run(shifts, error))
            return FALSE;
    }
    return TRUE;
}

/* --- what hangs on a shift or a worker */

/* The rows of one list from `position` on are of a longer list that was there before. */
static gboolean list_end(Statement *rest, const char *const *keys, guint position, GError **error)
{
    int parameter = 1;
    for (; *keys; keys++)
        bind_text(rest, parameter++, *keys);
    bind_integer(rest, parameter, position);
    return statement_run(rest, error);
}

static gboolean shift_certificates_save(Database *database, const Pool *pool, const Pool *before, GError **error)
{
    g_autoptr(Statement) row =
        upsert_new(database, "shift_certificates", "shift, scope, position", "certificate", error);
    g_autoptr(Statement) rest = statement_new(
        database, "DELETE FROM shift_certificates WHERE shift = $1 AND scope = $2 AND position >= $3", error);
    if (!row || !rest)
        return FALSE;
    for (guint i = 0; i < pool->shifts->len; i++) {
        const Shift *shift = pool_shift(pool, i);
        if (shift_lists_are_same(pool, before, i))
            continue;
        const struct {
            const char *scope, **names;
        } lists[] = {{"each", shift->certificates}, {"team", shift->team_certificates}};
        for (guint list = 0; list < G_N_ELEMENTS(lists); list++) {
            guint position = 0;
            for (; lists[list].names[position]; position++) {
                bind_text(row, 1, shift->id);
                bind_text(row, 2, lists[list].scope);
                bind_integer(row, 3, position);
                bind_text(row, 4, lists[list].names[position]);
                if (!statement_run(row, error))
                    return FALSE;
            }
            const char *const keys[] = {shift->id, lists[list].scope, NULL};
            if (!list_end(rest, keys, position, error))
                return FALSE;
        }
    }
    return TRUE;
}

static void certificate_bind(Statement *row, const Pool *pool, gconstpointer data)
{
    (void)pool;
    const Certificate *certificate = data;
    bind_text(row, 3, certificate->name);
    if (certificate->valid_from == DAY_MIN)
        bind_null(row, 4);
    else
        bind_integer(row, 4, certificate->valid_from);
    if (certificate->valid_until == DAY_MAX)
        bind_null(row, 5);
    else
        bind_integer(row, 5, certificate->valid_until);
    bind_text(row, 6, certificate_level_name(certificate->level));
}

static void window_bind(Statement *row, const Pool *pool, gconstpointer data)
{
    (void)pool;
    const Window *window = data;
    bind_integer(row, 3, window->start_min);
    bind_integer(row, 4, window->end_min);
    bind_text(row, 5, window_kind_name(window->kind));
}

static void preference_bind(Statement *row, const Pool *pool, gconstpointer data)
{
    const Preference *preference = data;
    bind_text(row, 3, pool_coop(pool, preference->coop)->id);
    bind_text(row, 4, preference_kind_name(preference->kind));
}

static void worker_rule_bind(Statement *row, const Pool *pool, gconstpointer data)
{
    (void)pool;
    const WorkerRule *rule = data;
    bind_text(row, 3, rule->key);
    bind_text(row, 4, rule->value);
}

static void history_bind(Statement *row, const Pool *pool, gconstpointer data)
{
    (void)pool;
    const HistoryPiece *piece = data;
    bind_text(row, 3, piece->coop);
    bind_integer(row, 4, piece->start_min);
    bind_integer(row, 5, piece->end_min);
    bind_integer(row, 6, piece->break_min);
}

/* The tables (worker, position, ...), one array of the worker each. */
static const struct WorkerTable {
    const char *name, *columns;
    size_t array; /* in Worker */
    void (*bind)(Statement *row, const Pool *pool, gconstpointer item);
    ItemIsSame *is_same;
} worker_tables[] = {
    {"worker_certificates", "certificate, valid_from, valid_until, level", G_STRUCT_OFFSET(Worker, certificates),
     certificate_bind, certificate_is_same},
    {"worker_windows", "start_min, end_min, kind", G_STRUCT_OFFSET(Worker, windows), window_bind, window_is_same},
    {"worker_preferences", "coop, kind", G_STRUCT_OFFSET(Worker, preferences), preference_bind, preference_is_same},
    {"worker_rules", "rule, value", G_STRUCT_OFFSET(Worker, rules), worker_rule_bind, worker_rule_is_same},
    {"worker_history", "coop, start_min, end_min, break_min", G_STRUCT_OFFSET(Worker, history), history_bind,
     history_is_same},
};

static gboolean worker_table_save(Database *database, const Pool *pool, const Pool *before,
                                  const struct WorkerTable *table, GError **error)
{
    g_autofree char *rest_sql = g_strdup_printf("DELETE FROM %s WHERE worker = $1 AND position >= $2", table->name);
    g_autoptr(Statement) row = upsert_new(database, table->name, "worker, position", table->columns, error);
    g_autoptr(Statement) rest = statement_new(database, rest_sql, error);
    if (!row || !rest)
        return FALSE;
    for (guint i = 0; i < pool->workers->len; i++) {
        const Worker *worker = pool_worker(pool, i);
        if (worker_list_is_same(pool, before, i, table->array, table->is_same))
            continue;
        GArray *items = G_STRUCT_MEMBER(GArray *, worker, table->array);
        guint size = g_array_get_element_size(items), position = 0;
        for (; position < items->len; position++) {
            bind_text(row, 1, worker->id);
            bind_integer(row, 2, position);
            table->bind(row, pool, items->data + (gsize)position * size);
            if (!statement_run(row, error))
                return FALSE;
        }
        const char *const keys[] = {worker->id, NULL};
        if (!list_end(rest, keys, position, error))
            return FALSE;
    }
    return TRUE;
}

gboolean pool_rows_save(Database *database, const Pool *pool, const Pool *before, GError **error)
{
    gboolean is_saved = settings_save(database, pool, error) &&
                        stale_delete(database, pool, "SELECT shift, week FROM shifts",
                                     "DELETE FROM shifts WHERE shift = $1", shift_is_stale, error) &&
                        stale_delete(database, pool, "SELECT worker FROM workers",
                                     "DELETE FROM workers WHERE worker = $1", worker_is_stale, error) &&
                        coops_save(database, pool, before, error) && workers_save(database, pool, before, error) &&
                        shifts_save(database, pool, before, error) &&
                        shift_certificates_save(database, pool, before, error);
    for (guint i = 0; is_saved && i < G_N_ELEMENTS(worker_tables); i++)
        is_saved = worker_table_save(database, pool, before, &worker_tables[i], error);
    /* Last: until now a shift or a preference could still name a coop that is gone. */
    return is_saved && stale_delete(database, pool, "SELECT coop FROM coops", "DELETE FROM coops WHERE coop = $1",
                                    coop_is_stale, error);
}
