#include "rooster/pool.h"

#include "kind_names.h"
#include "rooster/sentence.h"

#include <math.h>
#include <string.h>

SENTENCE_ERRORS(pool_error)

#define EARTH_RADIUS_KM 6371.0
#define WEEK_HOURS      168
#define HEADCOUNT_MOST  10000
#define ID_BYTES_MOST   64

static void worker_clear(gpointer data)
{
    Worker *worker = data;
    g_array_unref(worker->certificates);
    g_array_unref(worker->windows);
    g_array_unref(worker->preferences);
    g_array_unref(worker->rules);
    g_array_unref(worker->history);
}

Pool *pool_new(const char *id, const char *name, Zone *zone, RuleProfile *profile, const Prices *prices)
{
    Pool *pool = g_new0(Pool, 1);
    pool->strings = g_string_chunk_new(4096);
    pool->lists = g_ptr_array_new_with_free_func(g_free);
    pool->id = pool_string(pool, id);
    pool->name = pool_string(pool, name && *name ? name : id);
    pool->zone = zone;
    pool->profile = profile;
    pool->prices = *prices;
    pool->coops = g_array_new(FALSE, FALSE, sizeof(Coop));
    pool->workers = g_array_new(FALSE, FALSE, sizeof(Worker));
    g_array_set_clear_func(pool->workers, worker_clear);
    pool->shifts = g_array_new(FALSE, FALSE, sizeof(Shift));
    pool->coop_by_id = g_hash_table_new(g_str_hash, g_str_equal);
    pool->worker_by_id = g_hash_table_new(g_str_hash, g_str_equal);
    pool->shift_by_id = g_hash_table_new(g_str_hash, g_str_equal);
    return pool;
}

void pool_free(Pool *pool)
{
    if (!pool)
        return;
    g_hash_table_unref(pool->shift_by_id);
    g_hash_table_unref(pool->worker_by_id);
    g_hash_table_unref(pool->coop_by_id);
    g_array_unref(pool->shifts);
    g_array_unref(pool->workers);
    g_array_unref(pool->coops);
    profile_free(pool->profile);
    zone_free(pool->zone);
    g_ptr_array_unref(pool->lists);
    g_string_chunk_free(pool->strings);
    g_free(pool);
}

const char *pool_string(Pool *pool, const char *text)
{
    return g_string_chunk_insert_const(pool->strings, text ? text : "");
}

static const char **pool_list(Pool *pool, const char *const *names)
{
    guint count = names ? g_strv_length((char **)names) : 0;
    const char **list = g_new0(const char *, count + 1);
    for (guint i = 0; i < count; i++)
        list[i] = pool_string(pool, names[i]);
    g_ptr_array_add(pool->lists, list);
    return list;
}

const char **pool_string_list(Pool *pool, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text ? text : "", ";", -1);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part))
            g_ptr_array_add(names, *part);
    g_ptr_array_add(names, NULL);
    return pool_list(pool, (const char *const *)names->pdata);
}

/* --- looking up */

static gboolean find(GHashTable *by_id, const char *id, guint *index)
{
    gpointer found = id ? g_hash_table_lookup(by_id, id) : NULL;
    if (!found)
        return FALSE;
    *index = GPOINTER_TO_UINT(found) - 1;
    return TRUE;
}

gboolean pool_find_coop(const Pool *pool, const char *id, guint *index)
{
    return find(pool->coop_by_id, id, index);
}

gboolean pool_find_worker(const Pool *pool, const char *id, guint *index)
{
    return find(pool->worker_by_id, id, index);
}

gboolean pool_find_shift(const Pool *pool, const char *id, guint *index)
{
    return find(pool->shift_by_id, id, index);
}

/* --- adding */

gboolean id_is_valid(const char *id)
{
    size_t length = id ? strlen(id) : 0;
    if (length < 1 || length > ID_BYTES_MOST || !g_utf8_validate(id, -1, NULL))
        return FALSE;
    if (g_ascii_isspace(id[0]) || g_ascii_isspace(id[length - 1]))
        return FALSE;
    for (const char *c = id; *c; c = g_utf8_next_char(c))
        if (g_unichar_iscntrl(g_utf8_get_char(c)) || (g_utf8_get_char(c) < 128 && strchr("+#/,;\"", *c)))
            return FALSE;
    return TRUE;
}

#define INVALID(...) (sentence_set_error(error, POOL_ERROR, POOL_ERROR_INVALID, __VA_ARGS__), FALSE)

static gboolean id_is_new(GHashTable *by_id, const char *column, const char *id, GError **error)
{
    if (!id_is_valid(id))
        return INVALID("column %s: '%s' is not an id, %s would be right", column, id ? id : "", ID_RULE);
    if (g_hash_table_contains(by_id, id))
        return INVALID("column %s: '%s' is there already, each %s has an id of its own", column, id, column);
    return TRUE;
}

static gboolean place_is_valid(const Place *place, GError **error)
{
    if (!place->is_known)
        return TRUE;
    if (!(place->latitude >= -90 && place->latitude <= 90))
        return INVALID("column latitude: %g is not between -90 and 90 degrees", place->latitude);
    if (!(place->longitude >= -180 && place->longitude <= 180))
        return INVALID("column longitude: %g is not between -180 and 180 degrees", place->longitude);
    return TRUE;
}

static gboolean span_is_valid(const Pool *pool, int64_t start_min, int64_t end_min, GError **error)
{
    if (end_min > start_min)
        return TRUE;
    g_autofree char *start = zone_format(pool->zone, start_min), *end = zone_format(pool->zone, end_min);
    if (end_min == start_min)
        return INVALID("column end: %s is the start itself, a later time would be right", end);
    return INVALID("column end: %s is before start %s", end, start);
}

static gboolean break_is_valid(int64_t span_min, int32_t break_min, GError **error)
{
    if (break_min < 0)
        return INVALID("column break_minutes: %d is negative", break_min);
    if (break_min >= span_min)
        return INVALID("column break_minutes: %d leaves no work in %" G_GINT64_FORMAT " minutes", break_min, span_min);
    return TRUE;
}

static gboolean add(GArray *array, GHashTable *by_id, const char *id, gconstpointer entity, guint *index)
{
    if (index)
        *index = array->len;
    g_hash_table_insert(by_id, (gpointer)id, GUINT_TO_POINTER(array->len + 1));
    g_array_append_vals(array, entity, 1);
    return TRUE;
}

gboolean pool_add_coop(Pool *pool, const Coop *coop, guint *index, GError **error)
{
    g_assert(!pool->is_closed);
    if (!id_is_new(pool->coop_by_id, "coop", coop->id, error) || !place_is_valid(&coop->place, error))
        return FALSE;
    if (coop->rate < 0)
        return INVALID("column rate: an hourly rate is not negative");
    Coop copy = *coop;
    copy.id = pool_string(pool, coop->id);
    copy.name = pool_string(pool, coop->name && *coop->name ? coop->name : coop->id);
    copy.sector = pool_string(pool, coop->sector);
    copy.address = pool_string(pool, coop->address);
    copy.contact = pool_string(pool, coop->contact);
    return add(pool->coops, pool->coop_by_id, copy.id, &copy, index);
}

gboolean pool_add_worker(Pool *pool, const Worker *worker, guint *index, GError **error)
{
    g_assert(!pool->is_closed);
    if (!id_is_new(pool->worker_by_id, "worker", worker->id, error) || !place_is_valid(&worker->place, error))
        return FALSE;
    if (worker->contract_min < 0)
        return INVALID("column contract_min: hours a week are not negative");
    if (worker->contract_max > (Decimal)WEEK_HOURS * DECIMAL_ONE)
        return INVALID("column contract_max: a week has %d hours", WEEK_HOURS);
    if (worker->contract_min > worker->contract_max) {
        g_autofree char *least = decimal_format(worker->contract_min), *most = decimal_format(worker->contract_max);
        return INVALID("column contract_min: %s is above contract_max %s", least, most);
    }
    if (worker->hourly_cost < 0)
        return INVALID("column hourly_cost: euro an hour are not negative");
    Worker copy = *worker;
    copy.id = pool_string(pool, worker->id);
    copy.name = pool_string(pool, worker->name && *worker->name ? worker->name : worker->id);
    copy.language = pool_string(pool, worker->language);
    copy.certificates = g_array_new(FALSE, FALSE, sizeof(Certificate));
    copy.windows = g_array_new(FALSE, FALSE, sizeof(Window));
    copy.preferences = g_array_new(FALSE, FALSE, sizeof(Preference));
    copy.rules = g_array_new(FALSE, FALSE, sizeof(WorkerRule));
    copy.history = g_array_new(FALSE, FALSE, sizeof(HistoryPiece));
    return add(pool->workers, pool->worker_by_id, copy.id, &copy, index);
}

/* ATW 5:4(2): a shift that gives too little break can be worked by nobody, so it is refused before anyone is planned on
 * it. */
static gboolean breaks_are_lawful(const RuleNumbers *numbers, int64_t work_min, int32_t break_min, GError **error)
{
    int need = work_min > numbers->long_break_over ? numbers->long_break_need
               : work_min > numbers->break_over    ? numbers->break_need
                                                   : 0;
    if (break_min >= need)
        return TRUE;
    g_autofree char *work = minutes_format(work_min);
    return INVALID("column break_minutes: %d is too little for %s h of work, the law asks at least %d (A7 ATW 5:4(2))",
                   break_min, work, need);
}

gboolean pool_add_shift(Pool *pool, const Shift *shift, guint *index, GError **error)
{
    g_assert(!pool->is_closed);
    if (!id_is_new(pool->shift_by_id, "shift", shift->id, error))
        return FALSE;
    g_assert(shift->coop < pool->coops->len);
    Shift copy = *shift;
    copy.week = iso_week_of(zone_day(pool->zone, shift->start_min));
    if (!span_is_valid(pool, shift->start_min, shift->end_min, error) ||
        !break_is_valid(shift->end_min - shift->start_min, shift->break_min, error) ||
        !breaks_are_lawful(profile_numbers(pool->profile, copy.week), shift_paid_min(shift), shift->break_min, error))
        return FALSE;
    if (shift->headcount < 0 || shift->headcount > HEADCOUNT_MOST)
        return INVALID("column headcount: %d is not between 0 and %d", shift->headcount, HEADCOUNT_MOST);
    copy.id = pool_string(pool, shift->id);
    copy.role = pool_string(pool, shift->role);
    copy.certificates = pool_list(pool, shift->certificates);
    copy.team_certificates = pool_list(pool, shift->team_certificates);
    return add(pool->shifts, pool->shift_by_id, copy.id, &copy, index);
}

gboolean pool_add_certificate(Pool *pool, guint worker, const Certificate *certificate, GError **error)
{
    g_assert(!pool->is_closed);
    if (!certificate->name || !*certificate->name || strchr(certificate->name, ';'))
        return INVALID("column certificate: '%s' is not a name without ;", certificate->name ? certificate->name : "");
    if (certificate->valid_until < certificate->valid_from) {
        g_autofree char *from = day_format(certificate->valid_from), *until = day_format(certificate->valid_until);
        return INVALID("column valid_until: %s is before valid_from %s", until, from);
    }
    Certificate copy = *certificate;
    copy.name = pool_string(pool, certificate->name);
    g_array_append_val(pool_worker(pool, worker)->certificates, copy);
    return TRUE;
}

gboolean pool_add_window(Pool *pool, guint worker, const Window *window, GError **error)
{
    g_assert(!pool->is_closed);
    if (!span_is_valid(pool, window->start_min, window->end_min, error))
        return FALSE;
    g_array_append_vals(pool_worker(pool, worker)->windows, window, 1);
    return TRUE;
}

gboolean pool_add_preference(Pool *pool, guint worker, const Preference *preference, GError **error)
{
    g_assert(!pool->is_closed);
    if (preference->coop >= pool->coops->len)
        return INVALID("column coop: there is no coop number %u", preference->coop);
    g_array_append_vals(pool_worker(pool, worker)->preferences, preference, 1);
    return TRUE;
}

gboolean pool_add_history(Pool *pool, guint worker, const HistoryPiece *piece, GError **error)
{
    g_assert(!pool->is_closed);
    if (!span_is_valid(pool, piece->start_min, piece->end_min, error) ||
        !break_is_valid(piece->end_min - piece->start_min, piece->break_min, error))
        return FALSE;
    HistoryPiece copy = *piece;
    copy.coop = pool_string(pool, piece->coop);
    g_array_append_val(pool_worker(pool, worker)->history, copy);
    return TRUE;
}

static int window_compare(gconstpointer left, gconstpointer right)
{
    const Window *a = left, *b = right;
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    if (a->end_min != b->end_min)
        return a->end_min < b->end_min ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

static int history_compare(gconstpointer left, gconstpointer right)
{
    const HistoryPiece *a = left, *b = right;
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    if (a->end_min != b->end_min)
        return a->end_min < b->end_min ? -1 : 1;
    return strcmp(a->coop, b->coop);
}

void pool_close(Pool *pool)
{
    for (guint i = 0; i < pool->workers->len; i++) {
        pool_worker(pool, i)->day_rules = pool_worker_day_rules(pool, i);
        g_array_sort(pool_worker(pool, i)->windows, window_compare);
        g_array_sort(pool_worker(pool, i)->history, history_compare);
    }
    pool->is_closed = TRUE;
}

/* --- asking */

CertificateLevel worker_level(const Worker *worker, const char *certificate, Day day)
{
    CertificateLevel best = CERTIFICATE_NONE;
    for (guint i = 0; i < worker->certificates->len; i++) {
        const Certificate *held = &g_array_index(worker->certificates, Certificate, i);
        if (held->valid_from <= day && day <= held->valid_until && held->level > best &&
            (held->name == certificate || strcmp(held->name, certificate) == 0))
            best = held->level;
    }
    return best;
}

gboolean worker_has_preference(const Worker *worker, guint coop, PreferenceKind kind)
{
    for (guint i = 0; i < worker->preferences->len; i++) {
        const Preference *preference = &g_array_index(worker->preferences, Preference, i);
        if (preference->coop == coop && preference->kind == kind)
            return TRUE;
    }
    return FALSE;
}

const Window *worker_window(const Worker *worker, WindowKind kind, int64_t start_min, int64_t end_min)
{
    for (guint i = 0; i < worker->windows->len; i++) {
        const Window *window = &g_array_index(worker->windows, Window, i);
        if (window->kind == kind && start_min < window->end_min && window->start_min < end_min)
            return window;
    }
    return NULL;
}

double place_distance_km(const Place *from, const Place *to)
{
    const double degree = 3.141592653589793 / 180.0;
    double from_latitude = from->latitude * degree, from_longitude = from->longitude * degree;
    double to_latitude = to->latitude * degree, to_longitude = to->longitude * degree;
    double across = sin((to_latitude - from_latitude) / 2), along = sin((to_longitude - from_longitude) / 2);
    double h = across * across + cos(from_latitude) * cos(to_latitude) * (along * along);
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h));
}

/* --- names of kinds */

KIND_NAMES(Accept, accept, "ask", "auto")
KIND_NAMES(Priority, priority, "critical", "high", "normal", "low")
KIND_NAMES(WindowKind, window_kind, "unavailable", "avoid", "prefer")
KIND_NAMES(PreferenceKind, preference_kind, "never", "avoid", "prefer")

const char *certificate_level_name(CertificateLevel level)
{
    return level == CERTIFICATE_HOLDER ? "holder" : level == CERTIFICATE_LEARNER ? "learner" : "none";
}

gboolean certificate_level_parse(const char *text, CertificateLevel *level)
{
    for (CertificateLevel held = CERTIFICATE_LEARNER; held <= CERTIFICATE_HOLDER; held++)
        if (strcmp(text, certificate_level_name(held)) == 0) {
            *level = held;
            return TRUE;
        }
    return FALSE;
}
