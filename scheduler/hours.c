#include "hours_parts.h"

#include "rooster/sentence.h"

#include <string.h>

SENTENCE_ERRORS(hours_error)

/* Work may begin or end some time beside its plan, and a period may reach into the week from another. */
#define AROUND_MIN (2 * 24 * 60)

const char *hours_state_name(HoursState state)
{
    static const char *const names[] = {
        [HOURS_PLANNED] = "planned", [HOURS_CONFIRMED] = "confirmed", [HOURS_DISPUTED] = "disputed"};
    return names[state];
}

gboolean hours_has_floor(const Worker *worker)
{
    return worker->contract_min != worker->contract_max || worker->contract_min < FLOOR_FIXED_MIN;
}

/* --- the ledger */

GPtrArray *ledger_standing(const GPtrArray *ledger)
{
    GPtrArray *standing = g_ptr_array_new();
    g_autoptr(GHashTable) reversed = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < ledger->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(ledger, i);
        if (entry->reverses)
            g_hash_table_add(reversed, (gpointer)&entry->reverses);
    }
    for (guint i = 0; i < ledger->len; i++) {
        WorkedEntry *entry = g_ptr_array_index(ledger, i);
        if (!entry->reverses && (!entry->entry || !g_hash_table_contains(reversed, &entry->entry)))
            g_ptr_array_add(standing, entry);
    }
    return standing;
}

/* --- lines */

static int line_compare(gconstpointer left, gconstpointer right)
{
    const HoursLine *a = left, *b = right;
    int order = a->start_min < b->start_min ? -1 : a->start_min > b->start_min;
    order = order ? order : strcmp(a->shift, b->shift);
    order = order ? order : strcmp(a->worker, b->worker);
    return order ? order : (int)a->reason - (int)b->reason;
}

static HoursLine *line_of(const Hours *hours, const char *shift, const char *worker, WorkedReason reason)
{
    for (guint i = 0; i < hours->lines->len; i++) {
        HoursLine *line = &g_array_index(hours->lines, HoursLine, i);
        if (line->reason == reason && g_str_equal(line->shift, shift) && g_str_equal(line->worker, worker))
            return line;
    }
    return NULL;
}

const HoursLine *hours_find(const Hours *hours, const char *shift, const char *worker, WorkedReason reason)
{
    return line_of(hours, shift, worker, reason);
}

static void add_planned(Hours *hours, const Withdrawal *due)
{
    const Shift *shift = pool_shift(hours->pool, due->shift);
    HoursLine line = {.shift = shift->id,
                      .worker = pool_worker(hours->pool, due->worker)->id,
                      .coop = due->is_of_coop ? pool_coop(hours->pool, shift->coop)->id : "",
                      .reason = due->reason,
                      .start_min = due->times.start_min,
                      .end_min = due->times.end_min,
                      .break_min = due->times.break_min,
                      .has_ended = due->times.end_min * 60 <= hours->now_s};
    g_array_append_val(hours->lines, line);
}

/* What the ledger holds of an assignment that is no longer known is a line still. */
static HoursLine *add_booked(Hours *hours, const WorkedEntry *entry)
{
    HoursLine line = {.shift = entry->shift,
                      .worker = entry->worker,
                      .coop = entry->coop,
                      .reason = entry->reason,
                      .start_min = entry->start_min,
                      .end_min = entry->end_min,
                      .break_min = entry->break_min,
                      .has_ended = TRUE};
    g_array_append_val(hours->lines, line);
    return &g_array_index(hours->lines, HoursLine, hours->lines->len - 1);
}

static void take_booked(Hours *hours)
{
    g_autoptr(GPtrArray) standing = ledger_standing(hours->ledger);
    for (guint i = 0; i < standing->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(standing, i);
        if (entry->week.monday != hours->week.monday || entry->reason == WORKED_THREE_HOURS)
            continue;
        HoursLine *line = line_of(hours, entry->shift, entry->worker, entry->reason);
        line = line ? line : add_booked(hours, entry);
        line->entry = entry;
        line->coop = entry->coop;
        line->state = entry->is_disputed ? HOURS_DISPUTED : HOURS_CONFIRMED;
    }
    for (guint i = 0; i < standing->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(standing, i);
        if (entry->week.monday != hours->week.monday || entry->reason != WORKED_THREE_HOURS)
            continue;
        HoursLine *line = line_of(hours, entry->shift, entry->worker, WORKED_DONE);
        line = line && line->entry ? line : line_of(hours, entry->shift, entry->worker, WORKED_CANCELLED_PAID);
        if (line)
            line->floor = entry;
    }
}

Hours *hours_new(const HoursSource *source)
{
    Hours *hours = g_new0(Hours, 1);
    *hours = (Hours){source->pool, source->week, source->now_s, g_array_new(FALSE, FALSE, sizeof(HoursLine)),
                     source->ledger};
    if (source->revisions->len) {
        const Revision *newest = g_ptr_array_index(source->revisions, source->revisions->len - 1);
        for (guint i = 0; i < newest->roster->assignments->len; i++) {
            const Assignment *at = roster_at(newest->roster, i);
            const Shift *shift = pool_shift(source->pool, at->shift);
            const Withdrawal work = {
                at->shift, at->worker, WORKED_DONE, {shift->start_min, shift->end_min, shift->break_min}, TRUE};
            add_planned(hours, &work);
        }
        g_autoptr(GArray) withdrawals = hours_withdrawals(source), moves = hours_moved(source);
        g_array_append_vals(withdrawals, moves->data, moves->len);
        for (guint i = 0; i < withdrawals->len; i++)
            add_planned(hours, &g_array_index(withdrawals, Withdrawal, i));
    }
    take_booked(hours);
    g_array_sort(hours->lines, line_compare);
    return hours;
}

Hours *hours_load(Store *store, const Pool *pool, IsoWeek week, int64_t now_s, GError **error)
{
    CaseFilter accepted = {.kinds = 1U << CASE_SWAP, .states = 1U << CASE_ACCEPTED, .has_week = TRUE, .week = week};
    g_autoptr(GPtrArray) revisions = store_load_revisions(store, pool, week, error);
    g_autoptr(GPtrArray) swaps = revisions ? store_find_cases(store, &accepted, error) : NULL;
    g_autoptr(GPtrArray) ledger =
        swaps ? store_load_worked(store, iso_week_start(pool->zone, week) - AROUND_MIN,
                                  iso_week_end(pool->zone, week) + AROUND_MIN, NULL, NULL, error)
              : NULL;
    if (!ledger)
        return NULL;
    HoursSource source = {pool, week, now_s, revisions, swaps, g_steal_pointer(&ledger)};
    return hours_new(&source);
}

void hours_free(Hours *hours)
{
    if (!hours)
        return;
    g_array_unref(hours->lines);
    g_ptr_array_unref(hours->ledger);
    g_free(hours);
}

GArray *hours_due(const Hours *hours, const char *coop, Day day)
{
    GArray *claims = g_array_new(FALSE, FALSE, sizeof(HoursClaim));
    for (guint i = 0; i < hours->lines->len; i++) {
        const HoursLine *line = &g_array_index(hours->lines, HoursLine, i);
        if (line->state != HOURS_PLANNED || !line->has_ended || (coop && !g_str_equal(line->coop, coop)) ||
            (day != DAY_MIN && zone_day(hours->pool->zone, line->start_min) != day))
            continue;
        HoursClaim claim = {.shift = line->shift, .worker = line->worker, .reason = line->reason};
        g_array_append_val(claims, claim);
    }
    return claims;
}
