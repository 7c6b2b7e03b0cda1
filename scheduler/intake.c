#include "rooster/intake.h"

#include <string.h>

#define UID_HEX_DIGITS   8
#define COOP_BYTES_IN_ID 36 /* of the 64 of an id; the rest is for the uid's digits and the date */

void calendar_instance_free(CalendarInstance *instance)
{
    if (!instance)
        return;
    g_free(instance->uid);
    g_free(instance->date);
    g_free(instance->summary);
    g_free(instance->description);
    g_free(instance->location);
    g_free(instance->category);
    g_free(instance->certificates);
    g_free(instance->team_certificates);
    g_free(instance->priority);
    g_free(instance);
}

/* What all shifts from one event of the coop begin with. */
static char *event_prefix(const char *coop, const char *uid)
{
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, uid, -1);
    size_t bytes = strlen(coop);
    if (bytes > COOP_BYTES_IN_ID) {
        bytes = COOP_BYTES_IN_ID;
        while ((coop[bytes] & 0xc0) == 0x80) /* not within a UTF-8 sequence */
            bytes--;
    }
    return g_strdup_printf("%.*s-%.*s", (int)bytes, coop, UID_HEX_DIGITS, digest);
}

char *intake_shift_id(const char *coop, const CalendarInstance *instance)
{
    g_autofree char *prefix = event_prefix(coop, instance->uid);
    return *instance->date ? g_strdup_printf("%s-%s", prefix, instance->date) : g_steal_pointer(&prefix);
}

/* The least of the law's three breaks that suits the span (A7). */
static int32_t least_break(const RuleNumbers *numbers, int64_t span_min)
{
    if (span_min <= numbers->break_over)
        return 0;
    if (span_min - numbers->break_need <= numbers->long_break_over)
        return numbers->break_need;
    return numbers->long_break_need;
}

static char *event_words(const Zone *zone, const CalendarInstance *instance)
{
    g_autofree char *start = zone_format(zone, instance->start_min);
    return g_strdup_printf("event %s (%s, %s)", instance->uid, *instance->summary ? instance->summary : "no summary",
                           start);
}

#define REFUSE(instance, format, ...)                                                                                  \
    do {                                                                                                               \
        g_autofree char *event = event_words(pool->zone, instance);                                                    \
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT, "%s: " format, event, __VA_ARGS__);                       \
        return FALSE;                                                                                                  \
    } while (0)

/* The order as a shift; its lists are the pool's. *id is the caller's to free, after the shift was added. */
static gboolean order_shift(Pool *pool, guint coop, const CalendarInstance *order, Shift *shift, char **id,
                            GError **error)
{
    IsoWeek week = iso_week_of(zone_day(pool->zone, order->start_min));
    const RuleNumbers *numbers = profile_numbers(pool->profile, week);
    int64_t span_min = order->end_min - order->start_min;
    int32_t break_min = order->break_min >= 0 ? order->break_min : least_break(numbers, span_min);
    if (order->is_period)
        REFUSE(order, "is a free-busy period, %s", "a VEVENT would be right for an order");
    if (!order->is_cancelled && span_min - break_min > numbers->duty_work) {
        g_autofree char *work = minutes_format(span_min - break_min), *most = minutes_format(numbers->duty_work);
        REFUSE(order,
               "lasts %s h of work and nobody may work more than %s h (A1 ATW 5:7(2)(a)); an event with working hours "
               "would be right, and a note is marked as free time (TRANSP:TRANSPARENT)",
               work, most);
    }
    Priority priority = PRIORITY_NORMAL;
    if (*order->priority && !priority_parse(order->priority, &priority))
        REFUSE(order, "X-ROOSTER-PRIORITY '%s' is none, critical, high, normal or low would be right", order->priority);
    *id = intake_shift_id(pool_coop(pool, coop)->id, order);
    *shift = (Shift){
        .id = *id,
        .role = order->summary,
        .coop = coop,
        .start_min = order->start_min,
        .end_min = order->end_min,
        .break_min = break_min,
        .headcount = order->is_cancelled ? 0 : order->headcount,
        .certificates = pool_string_list(pool, order->certificates),
        .team_certificates = pool_string_list(pool, order->team_certificates),
        .priority = priority,
    };
    return TRUE;
}

static gboolean add_order(Pool *pool, guint coop, const CalendarInstance *order, GError **error)
{
    Shift shift;
    g_autofree char *id = NULL;
    g_autofree char *event = event_words(pool->zone, order);
    if (!order_shift(pool, coop, order, &shift, &id, error))
        return FALSE;
    g_autoptr(GError) refusal = NULL;
    if (pool_add_shift(pool, &shift, NULL, &refusal))
        return TRUE;
    g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT, "%s: %s", event, refusal->message);
    return FALSE;
}

static gboolean is_order(const CalendarInstance *instance)
{
    return instance->is_busy || instance->is_cancelled;
}

/* Ids of the shifts to come, and the events that the file names. */
static void name_orders(const char *coop, const GPtrArray *instances, GHashTable *ids, GHashTable *events)
{
    for (guint i = 0; i < instances->len; i++) {
        const CalendarInstance *instance = instances->pdata[i];
        g_hash_table_add(events, event_prefix(coop, instance->uid));
        if (is_order(instance))
            g_hash_table_add(ids, intake_shift_id(coop, instance));
    }
}

/* Whether the shift came from one of the events: its id is the event's, alone or with a date. */
static gboolean is_of_event(GHashTable *events, const char *coop, const char *shift)
{
    g_autofree char *any = event_prefix(coop, "");
    if (strlen(shift) < strlen(any))
        return FALSE;
    g_autofree char *prefix = g_strndup(shift, strlen(any));
    char after = shift[strlen(any)];
    return (after == '\0' || after == '-') && g_hash_table_contains(events, prefix);
}

static PoolImport *import_of(Pool *pool)
{
    PoolImport *import = g_new0(PoolImport, 1);
    pool_close(pool);
    import->pool = pool;
    import->rosters = g_ptr_array_new();
    return import;
}

PoolImport *intake_orders(const Pool *base, const char *coop, const GPtrArray *instances, int64_t from_min,
                          int64_t until_min, GError **error)
{
    guint index, added = 0;
    if (!pool_find_coop(base, coop, &index)) {
        g_set_error(error, POOL_ERROR, POOL_ERROR_UNKNOWN, "coop '%s' is unknown, a coop of coops.csv would be right",
                    coop);
        return NULL;
    }
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) events = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    name_orders(coop, instances, ids, events);
    g_autoptr(Pool) pool = pool_copy_people(base);
    for (guint i = 0; i < base->shifts->len; i++) {
        Shift shift = *pool_shift(base, i);
        if (shift.coop == index && g_hash_table_contains(ids, shift.id))
            continue; /* replaced below */
        if (shift.coop == index && shift.start_min >= from_min && shift.start_min < until_min &&
            is_of_event(events, coop, shift.id))
            shift.headcount = 0;
        if (!pool_add_shift(pool, &shift, NULL, error))
            return NULL;
    }
    for (guint i = 0; i < instances->len; i++) {
        if (!is_order(instances->pdata[i]))
            continue;
        if (!add_order(pool, index, instances->pdata[i], error))
            return NULL;
        added++;
    }
    PoolImport *import = import_of(g_steal_pointer(&pool));
    import->shifts = added;
    return import;
}

static gboolean has_window(const Worker *worker, const Window *wanted)
{
    for (guint i = 0; i < worker->windows->len; i++) {
        const Window *window = &g_array_index(worker->windows, Window, i);
        if (window->start_min == wanted->start_min && window->end_min == wanted->end_min &&
            window->kind == wanted->kind)
            return TRUE;
    }
    return FALSE;
}

PoolImport *intake_availability(const Pool *base, const char *worker, const GPtrArray *instances, GError **error)
{
    guint index, read = 0;
    if (!pool_find_worker(base, worker, &index)) {
        g_set_error(error, POOL_ERROR, POOL_ERROR_UNKNOWN,
                    "worker '%s' is unknown, a worker of workers.csv would be right", worker);
        return NULL;
    }
    g_autoptr(Pool) pool = pool_copy_open(base);
    for (guint i = 0; i < instances->len; i++) {
        const CalendarInstance *instance = instances->pdata[i];
        Window window = {instance->start_min, instance->end_min, WINDOW_UNAVAILABLE};
        if (!instance->is_busy || instance->is_cancelled || window.end_min <= window.start_min)
            continue;
        read++;
        if (!has_window(pool_worker(pool, index), &window) && !pool_add_window(pool, index, &window, error))
            return NULL;
    }
    PoolImport *import = import_of(g_steal_pointer(&pool));
    import->windows = read;
    return import;
}
