#include "pool_write.h"
#include "csv_writer.h"

/* What people write has at most 15 digits and is kept short; 17 give back any double. */
static char *degrees_write(double degrees)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.15g", degrees);
    if (g_ascii_strtod(text, NULL) != degrees)
        g_ascii_dtostr(text, sizeof text, degrees);
    return g_strdup(text);
}

static void place_write(const Place *place, char **latitude, char **longitude)
{
    if (!place->is_known)
        return;
    *latitude = degrees_write(place->latitude);
    *longitude = degrees_write(place->longitude);
}

static char *day_write(Day day)
{
    return day == DAY_MIN || day == DAY_MAX ? NULL : day_format(day);
}

static void write_coops(GString *text, const Pool *pool)
{
    for (guint number = 0; number < pool->coops->len; number++) {
        const Coop *coop = pool_coop(pool, number);
        g_autofree char *latitude = NULL, *longitude = NULL;
        g_autofree char *rate = coop->rate == 0 ? NULL : decimal_format(coop->rate);
        place_write(&coop->place, &latitude, &longitude);
        const char *const fields[COOP_COLUMNS] = {
            [COOP_ID] = coop->id,           [COOP_NAME] = coop->name,   [COOP_SECTOR] = coop->sector,
            [COOP_ADDRESS] = coop->address, [COOP_LATITUDE] = latitude, [COOP_LONGITUDE] = longitude,
            [COOP_CONTACT] = coop->contact, [COOP_RATE] = rate,
        };
        csv_write_row(text, fields, COOP_COLUMNS);
    }
}

static void write_workers(GString *text, const Pool *pool)
{
    for (guint number = 0; number < pool->workers->len; number++) {
        const Worker *worker = pool_worker(pool, number);
        g_autofree char *latitude = NULL, *longitude = NULL, *birth = day_write(worker->birth);
        g_autofree char *least = decimal_format(worker->contract_min), *most = decimal_format(worker->contract_max);
        g_autofree char *cost = decimal_format(worker->hourly_cost);
        place_write(&worker->place, &latitude, &longitude);
        const char *const fields[WORKER_COLUMNS] = {
            [WORKER_ID] = worker->id,      [WORKER_NAME] = worker->name,   [WORKER_BIRTH] = birth,
            [WORKER_CONTRACT_MIN] = least, [WORKER_CONTRACT_MAX] = most,   [WORKER_HOURLY_COST] = cost,
            [WORKER_LATITUDE] = latitude,  [WORKER_LONGITUDE] = longitude, [WORKER_LANGUAGE] = worker->language,
        };
        csv_write_row(text, fields, WORKER_COLUMNS);
    }
}

static void write_shifts(GString *text, const Pool *pool)
{
    for (guint number = 0; number < pool->shifts->len; number++) {
        const Shift *shift = pool_shift(pool, number);
        g_autofree char *start = zone_format(pool->zone, shift->start_min);
        g_autofree char *end = zone_format(pool->zone, shift->end_min);
        g_autofree char *pause = g_strdup_printf("%d", shift->break_min);
        g_autofree char *headcount = g_strdup_printf("%d", shift->headcount);
        g_autofree char *each = g_strjoinv(";", (char **)shift->certificates);
        g_autofree char *team = g_strjoinv(";", (char **)shift->team_certificates);
        const char *const fields[SHIFT_COLUMNS] = {
            [SHIFT_ID] = shift->id,
            [SHIFT_COOP] = pool_coop(pool, shift->coop)->id,
            [SHIFT_ROLE] = shift->role,
            [SHIFT_START] = start,
            [SHIFT_END] = end,
            [SHIFT_BREAK] = pause,
            [SHIFT_HEADCOUNT] = headcount,
            [SHIFT_CERTIFICATES] = each,
            [SHIFT_TEAM_CERTIFICATES] = team,
            [SHIFT_PRIORITY] = priority_name(shift->priority),
        };
        csv_write_row(text, fields, SHIFT_COLUMNS);
    }
}

static void write_certificates(GString *text, const Pool *pool, const Worker *worker)
{
    (void)pool;
    for (guint number = 0; number < worker->certificates->len; number++) {
        const Certificate *certificate = &g_array_index(worker->certificates, Certificate, number);
        g_autofree char *from = day_write(certificate->valid_from), *until = day_write(certificate->valid_until);
        const char *const fields[CERTIFICATE_COLUMNS] = {
            [CERTIFICATE_WORKER] = worker->id,
            [CERTIFICATE_NAME] = certificate->name,
            [CERTIFICATE_FROM] = from,
            [CERTIFICATE_UNTIL] = until,
            [CERTIFICATE_LEVEL] = certificate_level_name(certificate->level),
        };
        csv_write_row(text, fields, CERTIFICATE_COLUMNS);
    }
}

static void write_windows(GString *text, const Pool *pool, const Worker *worker)
{
    for (guint number = 0; number < worker->windows->len; number++) {
        const Window *window = &g_array_index(worker->windows, Window, number);
        g_autofree char *start = zone_format(pool->zone, window->start_min);
        g_autofree char *end = zone_format(pool->zone, window->end_min);
        const char *const fields[WINDOW_COLUMNS] = {
            [WINDOW_WORKER] = worker->id,
            [WINDOW_START] = start,
            [WINDOW_END] = end,
            [WINDOW_KIND] = window_kind_name(window->kind),
        };
        csv_write_row(text, fields, WINDOW_COLUMNS);
    }
}

static void write_preferences(GString *text, const Pool *pool, const Worker *worker)
{
    for (guint number = 0; number < worker->preferences->len; number++) {
        const Preference *preference = &g_array_index(worker->preferences, Preference, number);
        const char *const fields[PREFERENCE_COLUMNS] = {
            [PREFERENCE_WORKER] = worker->id,
            [PREFERENCE_COOP] = pool_coop(pool, preference->coop)->id,
            [PREFERENCE_KIND] = preference_kind_name(preference->kind),
        };
        csv_write_row(text, fields, PREFERENCE_COLUMNS);
    }
}

static void write_worker_rules(GString *text, const Pool *pool, const Worker *worker)
{
    (void)pool;
    for (guint number = 0; number < worker->rules->len; number++) {
        const WorkerRule *rule = &g_array_index(worker->rules, WorkerRule, number);
        const char *const fields[WORKER_RULE_COLUMNS] = {
            [WORKER_RULE_WORKER] = worker->id,
            [WORKER_RULE_KEY] = rule->key,
            [WORKER_RULE_VALUE] = rule->value,
        };
        csv_write_row(text, fields, WORKER_RULE_COLUMNS);
    }
}

static void write_history(GString *text, const Pool *pool, const Worker *worker)
{
    for (guint number = 0; number < worker->history->len; number++) {
        const HistoryPiece *piece = &g_array_index(worker->history, HistoryPiece, number);
        g_autofree char *start = zone_format(pool->zone, piece->start_min);
        g_autofree char *end = zone_format(pool->zone, piece->end_min);
        g_autofree char *pause = g_strdup_printf("%d", piece->break_min);
        const char *const fields[HISTORY_COLUMNS] = {
            [HISTORY_WORKER] = worker->id, [HISTORY_COOP] = piece->coop, [HISTORY_START] = start,
            [HISTORY_END] = end,           [HISTORY_BREAK] = pause,
        };
        csv_write_row(text, fields, HISTORY_COLUMNS);
    }
}

static void write_of_workers(GString *text, const Pool *pool, void (*write)(GString *, const Pool *, const Worker *))
{
    for (guint number = 0; number < pool->workers->len; number++)
        write(text, pool, pool_worker(pool, number));
}

char *pool_file_write(const Pool *pool, PoolFile file)
{
    GString *text = g_string_new(NULL);
    csv_write_header(text, &pool_file_kinds[file]);
    switch (file) {
    case FILE_COOPS:
        write_coops(text, pool);
        break;
    case FILE_WORKERS:
        write_workers(text, pool);
        break;
    case FILE_CERTIFICATES:
        write_of_workers(text, pool, write_certificates);
        break;
    case FILE_DEMAND:
        write_shifts(text, pool);
        break;
    case FILE_AVAILABILITY:
        write_of_workers(text, pool, write_windows);
        break;
    case FILE_PREFERENCES:
        write_of_workers(text, pool, write_preferences);
        break;
    case FILE_WORKER_RULES:
        write_of_workers(text, pool, write_worker_rules);
        break;
    case FILE_HISTORY:
        write_of_workers(text, pool, write_history);
        break;
    case FILE_ROSTER:
    case FILE_COUNT:
        g_assert_not_reached();
    }
    return g_string_free(text, FALSE);
}
