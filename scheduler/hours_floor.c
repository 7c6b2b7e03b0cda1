/*
 * The three hours (BW 7:628a(1)). Pieces of paid work of one worker, in time order, are one period as long as each
 * begins before or when those before it end. A period of less than three paid hours owes the rest: one entry with the
 * period's first piece. What the ledger holds is compared with that: what is no longer right is taken back, what lacks
 * is added, so the outcome depends on the work alone and not on the order in which it was confirmed.
 */
#include "hours_parts.h"

#include <string.h>

static int piece_compare(gconstpointer left, gconstpointer right)
{
    const WorkedEntry *a = *(const WorkedEntry *const *)left, *b = *(const WorkedEntry *const *)right;
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    int order = strcmp(a->shift, b->shift);
    return order ? order : (int)a->reason - (int)b->reason;
}

static WorkedEntry *floor_of(const WorkedEntry *first, int64_t missing_min, const char *by, int64_t at_s)
{
    WorkedEntry *floor = worked_entry_copy(first);
    floor->entry = 0;
    floor->paid_min = missing_min;
    floor->reason = WORKED_THREE_HOURS;
    floor->at_s = at_s;
    g_free(floor->note);
    floor->note = g_strdup("a call of less than three hours is paid as three (BW 7:628a lid 1)");
    g_free(floor->by);
    floor->by = g_strdup(by);
    return floor;
}

static gboolean is_same(const WorkedEntry *floor, const WorkedEntry *other)
{
    return g_str_equal(floor->shift, other->shift) && g_str_equal(floor->coop, other->coop) &&
           floor->start_min == other->start_min && floor->end_min == other->end_min &&
           floor->break_min == other->break_min && floor->paid_min == other->paid_min;
}

/* The floors that the pieces (by start) call for. Of WorkedEntry. */
static GPtrArray *floors_wanted(const Hours *hours, const GPtrArray *pieces, const char *by)
{
    GPtrArray *wanted = g_ptr_array_new_with_free_func((GDestroyNotify)worked_entry_free);
    for (guint at = 0; at < pieces->len;) {
        const WorkedEntry *first = g_ptr_array_index(pieces, at);
        int64_t paid_min = 0, end_min = first->start_min;
        for (; at < pieces->len; at++) {
            const WorkedEntry *piece = g_ptr_array_index(pieces, at);
            if (piece->start_min > end_min)
                break;
            end_min = MAX(end_min, piece->end_min);
            paid_min += piece->paid_min;
        }
        if (paid_min < FLOOR_MIN)
            g_ptr_array_add(wanted, floor_of(first, FLOOR_MIN - paid_min, by, hours->now_s));
    }
    return wanted;
}

static WorkedEntry *take_same(GPtrArray *floors, const WorkedEntry *floor)
{
    for (guint i = 0; i < floors->len; i++)
        if (is_same(g_ptr_array_index(floors, i), floor))
            return g_ptr_array_steal_index(floors, i);
    return NULL;
}

/* A period of the days around the week may have neighbours that are not loaded: it is left as it is. */
static gboolean is_near(const Hours *hours, const WorkedEntry *entry)
{
    return entry->end_min > iso_week_start(hours->pool->zone, hours->week) - 24 * 60 &&
           entry->start_min < iso_week_end(hours->pool->zone, hours->week) + 24 * 60;
}

static void settle_worker(const Hours *hours, const char *worker_id, GPtrArray *fresh, const char *by)
{
    guint worker;
    gboolean has_floor =
        pool_find_worker(hours->pool, worker_id, &worker) && hours_has_floor(pool_worker(hours->pool, worker));
    g_autoptr(GPtrArray) all = g_ptr_array_new(), pieces = g_ptr_array_new();
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    g_ptr_array_extend(all, hours->ledger, NULL, NULL);
    g_ptr_array_extend(all, fresh, NULL, NULL);
    g_autoptr(GPtrArray) standing = ledger_standing(all);
    for (guint i = 0; i < standing->len; i++) {
        WorkedEntry *entry = g_ptr_array_index(standing, i);
        if (!g_str_equal(entry->worker, worker_id) || !is_near(hours, entry))
            continue;
        if (entry->reason == WORKED_THREE_HOURS)
            g_ptr_array_add(known, entry);
        else if (has_floor && !entry->is_disputed && entry->paid_min > 0)
            g_ptr_array_add(pieces, entry);
    }
    g_ptr_array_sort(pieces, piece_compare);
    g_autoptr(GPtrArray) wanted = floors_wanted(hours, pieces, by);
    for (guint i = 0; i < known->len; i++) {
        const WorkedEntry *floor = g_ptr_array_index(known, i);
        WorkedEntry *same = take_same(wanted, floor);
        if (!same)
            g_ptr_array_add(fresh, worked_entry_reversal(floor, "the hours of the call changed", by, hours->now_s));
        worked_entry_free(same);
    }
    g_ptr_array_extend_and_steal(fresh, g_steal_pointer(&wanted));
}

void hours_settle_floors(const Hours *hours, GPtrArray *fresh, const char *by)
{
    g_autoptr(GHashTable) workers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint count = fresh->len;
    for (guint i = 0; i < count; i++) {
        const WorkedEntry *entry = g_ptr_array_index(fresh, i);
        if (g_hash_table_add(workers, g_strdup(entry->worker)))
            settle_worker(hours, entry->worker, fresh, by);
    }
}
