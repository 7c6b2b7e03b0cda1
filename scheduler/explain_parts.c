#include "explain_parts.h"

#include <string.h>

void standing_init(Standing *standing, const Week *week, const Roster *roster)
{
    guint workers = week->pool->workers->len;
    *standing = (Standing){.week = week, .roster = roster};
    standing->shifts = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    standing->broken = g_ptr_array_new();
    standing->judge = line_judge_new(week);
    standing->planned_min = g_new0(int64_t, workers + 1);
    for (guint i = 0; i < workers; i++)
        g_ptr_array_add(standing->shifts, g_array_new(FALSE, FALSE, sizeof(guint)));
    g_ptr_array_set_size(standing->broken, (int)workers);
    for (guint i = 0; i < roster->assignments->len; i++) {
        const Assignment *at = roster_at(roster, i);
        g_array_append_val((GArray *)g_ptr_array_index(standing->shifts, at->worker), at->shift);
        standing->planned_min[at->worker] += shift_paid_min(pool_shift(week->pool, at->shift));
    }
}

void standing_clear(Standing *standing)
{
    g_ptr_array_unref(standing->shifts);
    for (guint i = 0; i < standing->broken->len; i++)
        if (g_ptr_array_index(standing->broken, i))
            g_ptr_array_unref(g_ptr_array_index(standing->broken, i));
    g_ptr_array_unref(standing->broken);
    line_judge_free(standing->judge);
    g_free(standing->planned_min);
}

/* --- what is newly broken */

gboolean worker_may_take(const Week *week, guint shift_index, guint worker_index)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    const Worker *worker = pool_worker(week->pool, worker_index);
    Day day = zone_day(week->pool->zone, shift->end_min);
    for (const char **name = shift->certificates; *name; name++)
        if (worker_level(worker, *name, day) == CERTIFICATE_NONE)
            return FALSE;
    return !worker_window(worker, WINDOW_UNAVAILABLE, shift->start_min, shift->end_min) &&
           !worker_has_preference(worker, shift->coop, PREFERENCE_NEVER);
}

static gboolean shifts_equal(const Violation *a, const Violation *b)
{
    return a->shifts->len == b->shifts->len &&
           (a->shifts->len == 0 || memcmp(a->shifts->data, b->shifts->data, a->shifts->len * sizeof(guint)) == 0);
}

static gboolean is_among(const GPtrArray *violations, const Violation *wanted)
{
    for (guint i = 0; i < violations->len; i++) {
        const Violation *violation = g_ptr_array_index(violations, i);
        if (strcmp(violation->rule, wanted->rule) == 0 && shifts_equal(violation, wanted))
            return TRUE;
    }
    return FALSE;
}

GPtrArray *new_violations(const GPtrArray *before, GPtrArray *after)
{
    for (guint i = after->len; i-- > 0;)
        if (is_among(before, g_ptr_array_index(after, i)))
            g_ptr_array_remove_index(after, i);
    return after;
}

static const guint *data_of(const GArray *shifts)
{
    return (const guint *)(const void *)shifts->data;
}

/* The worker's shifts without one and with another. */
static GArray *line_with(const Standing *standing, guint worker, guint without, guint with)
{
    const GArray *mine = standing_shifts(standing, worker);
    GArray *line = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < mine->len; i++)
        if (g_array_index(mine, guint, i) != without)
            g_array_append_val(line, g_array_index(mine, guint, i));
    g_array_append_val(line, with);
    return line;
}

static const GPtrArray *broken_already(Standing *standing, guint worker)
{
    const GArray *mine = standing_shifts(standing, worker);
    if (!g_ptr_array_index(standing->broken, worker))
        g_ptr_array_index(standing->broken, worker) =
            rules_check_line(standing->week, worker, data_of(mine), mine->len);
    return g_ptr_array_index(standing->broken, worker);
}

GPtrArray *standing_line_blocks(Standing *standing, guint worker, guint without, guint with)
{
    g_autoptr(GArray) line = line_with(standing, worker, without, with);
    return new_violations(broken_already(standing, worker),
                          rules_check_line(standing->week, worker, data_of(line), line->len));
}

gboolean standing_line_is_free(Standing *standing, guint worker, guint without, guint with)
{
    g_autoptr(GArray) line = line_with(standing, worker, without, with);
    if (line_judge_passes(standing->judge, worker, data_of(line), line->len))
        return TRUE;
    if (broken_already(standing, worker)->len == 0)
        return FALSE;
    g_autoptr(GPtrArray) blocks = standing_line_blocks(standing, worker, without, with);
    return blocks->len == 0;
}

/* --- what it costs */

void cost_add_difference(const Cost *after, const Cost *before, Cost *cost)
{
    for (int term = 0; term < COST_TERMS; term++)
        cost->cents[term] += after->cents[term] - before->cents[term];
}

/* An assignment that comes or goes, with what changing the published roster costs. */
static void add_assignment(const Week *week, guint shift, guint worker, gboolean is_added, Cost *cost)
{
    Cost none = {0}, own = {0}, change = {0};
    cost_add_assignment(week, shift, worker, &own);
    cost_add_difference(is_added ? &own : &none, is_added ? &none : &own, cost);
    if (!week->is_repair)
        return;
    gboolean is_published = roster_find(week->published, shift, worker) != NULL;
    cost_add_change(week, shift, worker, is_published, &change);
    gboolean is_change = is_published != is_added; /* away from what is published, not back to it */
    cost_add_difference(is_change ? &change : &none, is_change ? &none : &change, cost);
}

void standing_add_line(const Standing *standing, guint worker, guint without, guint with, Cost *cost)
{
    const Week *week = standing->week;
    int64_t before_min = standing->planned_min[worker], after_min = before_min;
    Cost before = {0}, after = {0};
    if (without != PIECE_NO_SHIFT) {
        after_min -= shift_paid_min(pool_shift(week->pool, without));
        add_assignment(week, without, worker, FALSE, cost);
    }
    if (with != PIECE_NO_SHIFT) {
        after_min += shift_paid_min(pool_shift(week->pool, with));
        add_assignment(week, with, worker, TRUE, cost);
    }
    cost_add_hours(week, worker, before_min, &before);
    cost_add_hours(week, worker, after_min, &after);
    cost_add_difference(&after, &before, cost);
}

Cost price_of_coop(const Week *week, Roster *trial, guint shift)
{
    Cost price = {0}, before = {0}, after = {0};
    guint coop = pool_shift(week->pool, shift)->coop, somebody = 0;
    while (roster_find(trial, shift, somebody))
        somebody++;
    cost_add_coop(week, trial, coop, &before);
    roster_add(trial, shift, somebody, FALSE);
    cost_add_coop(week, trial, coop, &after);
    roster_remove(trial, shift, somebody);
    cost_add_difference(&after, &before, &price);
    return price;
}
