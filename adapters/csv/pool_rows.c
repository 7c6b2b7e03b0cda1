#include "pool_reader.h"
#include "csv_fields.h"

/* Longer pieces of work are a slip of the pen; half a year of sickness in one row is not. */
#define SPAN_DAYS_MOST 366

gboolean remember_key(PoolReader *reader, const CsvTable *table, char *key, guint *first)
{
    *first = GPOINTER_TO_UINT(g_hash_table_lookup(reader->seen, key));
    if (*first != 0) {
        g_free(key);
        return FALSE;
    }
    g_hash_table_insert(reader->seen, key, GUINT_TO_POINTER(csv_table_line(table)));
    return TRUE;
}

/* Only an import into an earlier pool asks for the keys of what workers have. */
static void remember_replaced(PoolReader *reader, const CsvTable *table, char *key)
{
    guint first;
    if (reader->base)
        remember_key(reader, table, key, &first);
    else
        g_free(key);
}

static gboolean is_new_id(PoolReader *reader, const CsvTable *table, guint column, GError **error)
{
    guint first;
    const char *id = csv_text(table, column);
    return remember_key(reader, table, g_strdup(id), &first) ||
           csv_fault(table, column, error, "'%.64s' is there twice, first in line %u", id, first);
}

gboolean find_coop(const PoolReader *reader, const CsvTable *table, guint column, guint *coop, GError **error)
{
    const char *id = csv_text(table, column);
    return pool_find_coop(reader->pool, id, coop) ||
           csv_fault(table, column, error, "'%.64s' is unknown, a coop of coops.csv would be right", id);
}

gboolean find_worker(const PoolReader *reader, const CsvTable *table, guint column, guint *worker, GError **error)
{
    const char *id = csv_text(table, column);
    return pool_find_worker(reader->pool, id, worker) ||
           csv_fault(table, column, error, "'%.64s' is unknown, a worker of workers.csv would be right", id);
}

static gboolean read_span(const PoolReader *reader, const CsvTable *table, guint start, guint end, int64_t *start_min,
                          int64_t *end_min, GError **error)
{
    return csv_time(table, start, reader->pool->zone, start_min, error) &&
           csv_time(table, end, reader->pool->zone, end_min, error);
}

static gboolean is_sane_span(const CsvTable *table, guint end, int64_t start_min, int64_t end_min, GError **error)
{
    return end_min - start_min <= (int64_t)SPAN_DAYS_MOST * 24 * 60 ||
           csv_fault(table, end, error, "%s is more than %d days after the start", csv_text(table, end),
                     SPAN_DAYS_MOST);
}

gboolean read_coop_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    Coop coop = {.id = csv_text(table, COOP_ID),
                 .name = csv_text(table, COOP_NAME),
                 .sector = csv_text(table, COOP_SECTOR),
                 .address = csv_text(table, COOP_ADDRESS),
                 .contact = csv_text(table, COOP_CONTACT)};
    GError *reason = NULL;
    return is_new_id(reader, table, COOP_ID, error) &&
           csv_place(table, COOP_LATITUDE, COOP_LONGITUDE, &coop.place, error) &&
           csv_decimal(table, COOP_RATE, &coop.rate, error) &&
           (pool_add_coop(reader->pool, &coop, NULL, &reason) || csv_refuse(table, reason, error));
}

gboolean read_worker_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    Worker worker = {.id = csv_text(table, WORKER_ID),
                     .name = csv_text(table, WORKER_NAME),
                     .language = csv_text(table, WORKER_LANGUAGE)};
    GError *reason = NULL;
    return is_new_id(reader, table, WORKER_ID, error) && csv_day(table, WORKER_BIRTH, DAY_MIN, &worker.birth, error) &&
           csv_decimal(table, WORKER_CONTRACT_MIN, &worker.contract_min, error) &&
           csv_decimal(table, WORKER_CONTRACT_MAX, &worker.contract_max, error) &&
           csv_decimal(table, WORKER_HOURLY_COST, &worker.hourly_cost, error) &&
           csv_place(table, WORKER_LATITUDE, WORKER_LONGITUDE, &worker.place, error) &&
           (pool_add_worker(reader->pool, &worker, NULL, &reason) || csv_refuse(table, reason, error));
}

char *certificate_key(const char *worker, const Certificate *certificate)
{
    return g_strdup_printf("%s\n%s\n%d", worker, certificate->name, certificate->valid_from);
}

gboolean read_certificate_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    const char *const levels[] = {certificate_level_name(CERTIFICATE_LEARNER),
                                  certificate_level_name(CERTIFICATE_HOLDER), NULL};
    const int learner = 0, holder = 1;
    Certificate certificate = {0};
    guint worker;
    int level = learner;
    if (!find_worker(reader, table, CERTIFICATE_WORKER, &worker, error) ||
        !csv_name(table, CERTIFICATE_NAME, &certificate.name, error) ||
        !csv_day(table, CERTIFICATE_FROM, DAY_MIN, &certificate.valid_from, error) ||
        !csv_day(table, CERTIFICATE_UNTIL, DAY_MAX, &certificate.valid_until, error) ||
        !csv_word(table, CERTIFICATE_LEVEL, levels, holder, &level, error))
        return FALSE;
    certificate.level = level == holder ? CERTIFICATE_HOLDER : CERTIFICATE_LEARNER;
    remember_replaced(reader, table, certificate_key(csv_text(table, CERTIFICATE_WORKER), &certificate));
    GError *reason = NULL;
    return pool_add_certificate(reader->pool, worker, &certificate, &reason) || csv_refuse(table, reason, error);
}

gboolean read_shift_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    const char *const priorities[] = {priority_name(PRIORITY_CRITICAL), priority_name(PRIORITY_HIGH),
                                      priority_name(PRIORITY_NORMAL), priority_name(PRIORITY_LOW), NULL};
    Shift shift = {.id = csv_text(table, SHIFT_ID), .role = csv_text(table, SHIFT_ROLE)};
    int priority;
    if (!is_new_id(reader, table, SHIFT_ID, error) || !find_coop(reader, table, SHIFT_COOP, &shift.coop, error) ||
        !read_span(reader, table, SHIFT_START, SHIFT_END, &shift.start_min, &shift.end_min, error) ||
        !is_sane_span(table, SHIFT_END, shift.start_min, shift.end_min, error) ||
        !csv_whole(table, SHIFT_BREAK, 0, &shift.break_min, error) ||
        !csv_whole(table, SHIFT_HEADCOUNT, 1, &shift.headcount, error) ||
        !csv_word(table, SHIFT_PRIORITY, priorities, PRIORITY_NORMAL, &priority, error))
        return FALSE;
    shift.priority = (Priority)priority;
    shift.certificates = pool_string_list(reader->pool, csv_text(table, SHIFT_CERTIFICATES));
    shift.team_certificates = pool_string_list(reader->pool, csv_text(table, SHIFT_TEAM_CERTIFICATES));
    GError *reason = NULL;
    return pool_add_shift(reader->pool, &shift, NULL, &reason) || csv_refuse(table, reason, error);
}

char *window_key(const char *worker, const Window *window)
{
    return g_strdup_printf("%s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT, worker, window->start_min, window->end_min);
}

gboolean read_window_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    const char *const kinds[] = {window_kind_name(WINDOW_UNAVAILABLE), window_kind_name(WINDOW_AVOID),
                                 window_kind_name(WINDOW_PREFER), NULL};
    Window window;
    guint worker;
    int kind;
    if (!find_worker(reader, table, WINDOW_WORKER, &worker, error) ||
        !read_span(reader, table, WINDOW_START, WINDOW_END, &window.start_min, &window.end_min, error) ||
        !csv_word(table, WINDOW_KIND, kinds, -1, &kind, error))
        return FALSE;
    window.kind = (WindowKind)kind;
    remember_replaced(reader, table, window_key(csv_text(table, WINDOW_WORKER), &window));
    GError *reason = NULL;
    return pool_add_window(reader->pool, worker, &window, &reason) || csv_refuse(table, reason, error);
}

char *preference_key(const char *worker, const char *coop)
{
    return g_strdup_printf("%s\n%s", worker, coop);
}

gboolean read_preference_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    const char *const kinds[] = {preference_kind_name(PREFERENCE_NEVER), preference_kind_name(PREFERENCE_AVOID),
                                 preference_kind_name(PREFERENCE_PREFER), NULL};
    Preference preference;
    guint worker;
    int kind;
    if (!find_worker(reader, table, PREFERENCE_WORKER, &worker, error) ||
        !find_coop(reader, table, PREFERENCE_COOP, &preference.coop, error) ||
        !csv_word(table, PREFERENCE_KIND, kinds, -1, &kind, error))
        return FALSE;
    preference.kind = (PreferenceKind)kind;
    remember_replaced(reader, table,
                      preference_key(csv_text(table, PREFERENCE_WORKER), csv_text(table, PREFERENCE_COOP)));
    GError *reason = NULL;
    return pool_add_preference(reader->pool, worker, &preference, &reason) || csv_refuse(table, reason, error);
}

char *worker_rule_key(const char *worker, const char *key)
{
    return g_strdup_printf("%s\n%s", worker, key);
}

gboolean read_worker_rule_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    WorkerRule rule = {csv_text(table, WORKER_RULE_KEY), csv_text(table, WORKER_RULE_VALUE)};
    guint worker;
    if (!find_worker(reader, table, WORKER_RULE_WORKER, &worker, error))
        return FALSE;
    remember_replaced(reader, table, worker_rule_key(csv_text(table, WORKER_RULE_WORKER), rule.key));
    GError *reason = NULL;
    return pool_add_worker_rule(reader->pool, worker, &rule, &reason) || csv_refuse(table, reason, error);
}

char *history_key(const char *worker, const HistoryPiece *piece)
{
    return g_strdup_printf("%s\n%" G_GINT64_FORMAT, worker, piece->start_min);
}

gboolean read_history_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    HistoryPiece piece = {.coop = csv_text(table, HISTORY_COOP)};
    guint worker;
    if (!find_worker(reader, table, HISTORY_WORKER, &worker, error))
        return FALSE;
    /* A coop of the past need not be in the pool any more, but its id was one. */
    if (*piece.coop != '\0' && !id_is_valid(piece.coop))
        return csv_fault(table, HISTORY_COOP, error, "'%.64s' is not an id, %s would be right", piece.coop, ID_RULE);
    if (!read_span(reader, table, HISTORY_START, HISTORY_END, &piece.start_min, &piece.end_min, error) ||
        !is_sane_span(table, HISTORY_END, piece.start_min, piece.end_min, error) ||
        !csv_whole(table, HISTORY_BREAK, 0, &piece.break_min, error))
        return FALSE;
    remember_replaced(reader, table, history_key(csv_text(table, HISTORY_WORKER), &piece));
    GError *reason = NULL;
    return pool_add_history(reader->pool, worker, &piece, &reason) || csv_refuse(table, reason, error);
}
