/*
 * Payroll by worker and calendar month (DOMAIN 4.2), as income is settled by the month (DOMAIN 4.4): what was worked,
 * what stayed owed, what the three hours add, against what the contract guarantees for these days.
 */
#include "rooster/hours.h"
#include "rooster/hours_export.h"

#include <math.h>

/* The part of one month that lies in the period. */
typedef struct Part {
    Month month;
    Day first, after;
} Part;

typedef struct Sums {
    int64_t minutes[WORKED_REASONS]; /* by WorkedReason */
    int64_t travel_e1;               /* tenths of a km */
    gboolean has_entries;
} Sums;

static gboolean is_in(const Pool *pool, const WorkedEntry *entry, const Part *part)
{
    Day day = zone_day(pool->zone, entry->start_min);
    return part->first <= day && day < part->after;
}

/* From home and back, as the price `travel_km` counts it; none where a place is unknown. */
static int64_t travel_e1(const Pool *pool, const Worker *worker, const WorkedEntry *entry)
{
    guint coop;
    if (entry->reason != WORKED_DONE || entry->paid_min == 0 || !pool_find_coop(pool, entry->coop, &coop))
        return 0;
    const Place *site = &pool_coop(pool, coop)->place;
    if (!worker->place.is_known || !site->is_known)
        return 0;
    int64_t tenths = llround(2 * place_distance_km(&worker->place, site) * 10);
    return entry->paid_min < 0 ? -tenths : tenths;
}

static Sums sums_of(const Pool *pool, const Worker *worker, const char *id, const GPtrArray *entries, const Part *part)
{
    Sums sums = {0};
    for (guint i = 0; i < entries->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        if (entry->is_disputed || !g_str_equal(entry->worker, id) || !is_in(pool, entry, part))
            continue;
        sums.has_entries = TRUE;
        sums.minutes[entry->reason] += entry->paid_min;
        sums.travel_e1 += worker ? travel_e1(pool, worker, entry) : 0;
    }
    return sums;
}

/* Weeks with work up to the end of the part, history included: what phases of a contract are counted in. */
static guint weeks_worked(const Pool *pool, const Worker *worker, const GPtrArray *before, const Part *part)
{
    g_autoptr(GHashTable) minutes = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < before->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(before, i);
        gpointer week = GINT_TO_POINTER(entry->week.monday);
        if (entry->reason != WORKED_DONE || !g_str_equal(entry->worker, worker->id) ||
            zone_day(pool->zone, entry->start_min) >= part->after)
            continue;
        int so_far = GPOINTER_TO_INT(g_hash_table_lookup(minutes, week)); /* reversals follow what they reverse */
        so_far += (int)entry->paid_min;
        if (so_far > 0)
            g_hash_table_insert(minutes, week, GINT_TO_POINTER(so_far));
        else
            g_hash_table_remove(minutes, week);
    }
    for (guint i = 0; i < worker->history->len; i++) {
        const HistoryPiece *piece = &g_array_index(worker->history, HistoryPiece, i);
        Day day = zone_day(pool->zone, piece->start_min);
        if (*piece->coop && day < part->after)
            g_hash_table_insert(minutes, GINT_TO_POINTER(iso_week_of(day).monday), GINT_TO_POINTER(1));
    }
    return g_hash_table_size(minutes);
}

static char *number(int64_t value)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, value);
}

static GPtrArray *row_of(const char *id, const Part *part, const Sums *sums)
{
    GPtrArray *row = g_ptr_array_new_with_free_func(g_free);
    int64_t paid_min = sums->minutes[WORKED_DONE] + sums->minutes[WORKED_CANCELLED_PAID] +
                       sums->minutes[WORKED_MOVED_PAID] + sums->minutes[WORKED_THREE_HOURS];
    int64_t hours_e4 = half_up((__int128)ABS(paid_min) * DECIMAL_ONE, 60);
    g_ptr_array_add(row, g_strdup(id));
    g_ptr_array_add(row, month_format(part->month));
    g_ptr_array_add(row, number(part->after - part->first));
    g_ptr_array_add(row, number(sums->minutes[WORKED_DONE]));
    g_ptr_array_add(row, number(sums->minutes[WORKED_CANCELLED_PAID]));
    g_ptr_array_add(row, number(sums->minutes[WORKED_MOVED_PAID]));
    g_ptr_array_add(row, number(sums->minutes[WORKED_THREE_HOURS]));
    g_ptr_array_add(row, number(paid_min));
    g_ptr_array_add(row, decimal_format(paid_min < 0 ? -hours_e4 : hours_e4));
    return row;
}

static void add_contract(GPtrArray *row, const Pool *pool, const Worker *worker, const GPtrArray *before,
                         const Part *part, const Sums *sums)
{
    /* contract_min is of a week; a month guarantees its days' part of it */
    int64_t guaranteed_min =
        half_up((__int128)worker->contract_min * 60 * (part->after - part->first), (__int128)DECIMAL_ONE * 7);
    g_ptr_array_add(row, number(guaranteed_min));
    g_ptr_array_add(row, decimal_format(worker->contract_min));
    g_ptr_array_add(row, decimal_format(worker->contract_max));
    g_ptr_array_add(row, g_strdup(hours_has_floor(worker) ? "1" : "0"));
    g_ptr_array_add(row, number(weeks_worked(pool, worker, before, part)));
    g_ptr_array_add(row, decimal_format(sums->travel_e1 * (DECIMAL_ONE / 10)));
}

static void add_month(TextTable *table, const Pool *pool, const GPtrArray *entries, const GPtrArray *before,
                      const Part *part)
{
    for (guint i = 0; i < pool->workers->len; i++) {
        const Worker *worker = pool_worker(pool, i);
        Sums sums = sums_of(pool, worker, worker->id, entries, part);
        if (!sums.has_entries && worker->contract_min == 0)
            continue;
        GPtrArray *row = row_of(worker->id, part, &sums);
        add_contract(row, pool, worker, before, part, &sums);
        text_table_take(table, row);
    }
    g_autoptr(GHashTable) gone = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < entries->len; i++) { /* who has left is paid all the same */
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        guint worker;
        if (pool_find_worker(pool, entry->worker, &worker) || entry->is_disputed || !is_in(pool, entry, part) ||
            !g_hash_table_add(gone, entry->worker))
            continue;
        Sums sums = sums_of(pool, NULL, entry->worker, entries, part);
        text_table_take(table, row_of(entry->worker, part, &sums));
    }
}

TextTable *payroll_table(const Pool *pool, const GPtrArray *entries, const GPtrArray *before, HoursPeriod period)
{
    static const char *const columns[] = {"worker",        "month",          "days",         "worked_min",
                                          "cancelled_min", "moved_min",      "floor_min",    "paid_min",
                                          "paid_hours",    "guaranteed_min", "contract_min", "contract_max",
                                          "call_contract", "weeks_worked",   "travel_km"};
    TextTable *table = text_table_new(columns, G_N_ELEMENTS(columns));
    for (Day first = period.first; first < period.after;) {
        Part part = {.first = first};
        int day_of_month;
        day_to_civil(first, &part.month.year, &part.month.month, &day_of_month);
        part.after = MIN(period.after, hours_period_of_month(part.month).after);
        add_month(table, pool, entries, before, &part);
        first = part.after;
    }
    return table;
}
