#include "rooster/week.h"

#include <string.h>

#define RECENT_DAYS 28 /* "the 28 days before" of the prices continuity and unsocial */

static int piece_compare(gconstpointer left, gconstpointer right)
{
    const Piece *a = left, *b = right;
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    return a->end_min < b->end_min ? -1 : a->end_min > b->end_min;
}

/* What was worked before the week; credited time goes apart, for it is neither work nor rest (ATW 5:2). */
static void take_history(Week *week, guint worker)
{
    const GArray *history = pool_worker(week->pool, worker)->history;
    GArray *fixed = g_ptr_array_index(week->fixed, worker), *credited = g_ptr_array_index(week->credited, worker);
    for (guint i = 0; i < history->len; i++) {
        const HistoryPiece *row = &g_array_index(history, HistoryPiece, i);
        if (row->start_min >= week->start_min)
            continue;
        if (*row->coop == '\0') {
            CreditedTime time = {row->start_min, row->end_min - row->start_min - row->break_min};
            g_array_append_val(credited, time);
        } else {
            Piece piece = {row->start_min, row->end_min, row->break_min, row->coop, PIECE_NO_SHIFT, FALSE};
            g_array_append_val(fixed, piece);
        }
    }
}

static gboolean overlaps_any(const GArray *pieces, guint count, int64_t start_min, int64_t end_min)
{
    for (guint i = 0; i < count; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        if (start_min < piece->end_min && piece->start_min < end_min)
            return TRUE;
    }
    return FALSE;
}

/* Published assignments of other weeks; worked[w] = how many of the worker's fixed pieces are history. */
static void take_neighbours(Week *week, const Roster *roster, const guint *worked)
{
    for (guint i = 0; i < roster->assignments->len; i++) {
        const Assignment *at = roster_at(roster, i);
        const Shift *shift = pool_shift(week->pool, at->shift);
        GArray *fixed = g_ptr_array_index(week->fixed, at->worker);
        if (overlaps_any(fixed, worked[at->worker], shift->start_min, shift->end_min))
            continue;
        Piece piece = week_piece(week, at->shift);
        piece.is_planned = FALSE;
        g_array_append_val(fixed, piece);
    }
}

static int shift_compare(gconstpointer left, gconstpointer right, gpointer data)
{
    const Pool *pool = data;
    const Shift *a = pool_shift(pool, *(const guint *)left), *b = pool_shift(pool, *(const guint *)right);
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min ? -1 : 1;
    return strcmp(a->id, b->id);
}

Week *week_new_span(const Pool *pool, IsoWeek iso_week, int count, const GPtrArray *published_rosters)
{
    g_assert(pool->is_closed && count > 0);
    Week *week = g_new0(Week, 1);
    week->pool = pool;
    week->week = iso_week;
    week->count = count;
    week->start_min = iso_week_start(pool->zone, iso_week);
    week->end_min = iso_week_end(pool->zone, iso_week_of(week_last_day(week)));
    week->four_weeks_ago_min = zone_day_start(pool->zone, iso_week.monday - RECENT_DAYS);
    week->numbers = profile_numbers(pool->profile, iso_week);
    week->shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < pool->shifts->len; i++)
        if (week_has_shift(week, i))
            g_array_append_val(week->shifts, i);
    g_array_sort_with_data(week->shifts, shift_compare, (gpointer)pool);

    week->fixed = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    week->credited = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_autofree guint *worked = g_new0(guint, pool->workers->len + 1);
    for (guint worker = 0; worker < pool->workers->len; worker++) {
        g_ptr_array_add(week->fixed, g_array_new(FALSE, FALSE, sizeof(Piece)));
        g_ptr_array_add(week->credited, g_array_new(FALSE, FALSE, sizeof(CreditedTime)));
        take_history(week, worker);
        worked[worker] = ((GArray *)g_ptr_array_index(week->fixed, worker))->len;
    }
    for (guint i = 0; published_rosters && i < published_rosters->len; i++) {
        const Roster *roster = g_ptr_array_index(published_rosters, i);
        if (count == 1 && roster->week.monday == iso_week.monday)
            week->published = roster;
        else if (roster->week.monday < iso_week.monday || roster->week.monday > week_last_day(week))
            take_neighbours(week, roster, worked);
        week->is_followed |= roster->week.monday == week_last_day(week) + 1;
    }
    for (guint worker = 0; worker < pool->workers->len; worker++)
        g_array_sort(g_ptr_array_index(week->fixed, worker), piece_compare);
    return week;
}

Week *week_new(const Pool *pool, IsoWeek iso_week, const GPtrArray *published_rosters)
{
    return week_new_span(pool, iso_week, 1, published_rosters);
}

void week_free(Week *week)
{
    if (!week)
        return;
    roster_free(week->lifted);
    g_array_unref(week->shifts);
    g_ptr_array_unref(week->fixed);
    g_ptr_array_unref(week->credited);
    g_free(week);
}

void week_set_repair(Week *week, int64_t now_min)
{
    g_assert(week->published);
    week->is_repair = TRUE;
    week->now_min = now_min;
}

void week_lift_pins(Week *week, const Roster *draft)
{
    if (!week->published || week->lifted)
        return;
    week->lifted = roster_copy(week->published);
    for (guint i = 0; i < week->lifted->assignments->len; i++) {
        Assignment *at = roster_at(week->lifted, i);
        const Assignment *drafted = roster_find(draft, at->shift, at->worker);
        at->is_pinned = at->is_pinned && drafted && drafted->is_pinned;
    }
    week->published = week->lifted;
}

gboolean week_has_shift(const Week *week, guint shift)
{
    Day monday = pool_shift(week->pool, shift)->week.monday;
    return week->week.monday <= monday && monday <= week_last_day(week);
}

Piece week_piece(const Week *week, guint shift_index)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    return (Piece){
        shift->start_min, shift->end_min, shift->break_min, pool_coop(week->pool, shift->coop)->id, shift_index, TRUE};
}

gboolean week_is_unsocial(const Week *week, int64_t start_min, int64_t end_min)
{
    const Zone *zone = week->pool->zone;
    return zone_minutes_between(zone, start_min, end_min, 0, 6) > week->numbers->night_minutes ||
           zone_touches_sunday(zone, start_min, end_min);
}

static gboolean is_recent(const Week *week, const Piece *piece)
{
    return week->four_weeks_ago_min <= piece->start_min && piece->start_min < week->start_min;
}

int week_recent_unsocial(const Week *week, guint worker)
{
    const GArray *fixed = g_ptr_array_index(week->fixed, worker);
    int count = 0;
    for (guint i = 0; i < fixed->len; i++) {
        const Piece *piece = &g_array_index(fixed, Piece, i);
        if (is_recent(week, piece) && week_is_unsocial(week, piece->start_min, piece->end_min))
            count++;
    }
    return count;
}

gboolean week_recent_at_coop(const Week *week, guint worker, const char *coop)
{
    const GArray *fixed = g_ptr_array_index(week->fixed, worker);
    for (guint i = 0; i < fixed->len; i++) {
        const Piece *piece = &g_array_index(fixed, Piece, i);
        if (is_recent(week, piece) && strcmp(piece->coop, coop) == 0)
            return TRUE;
    }
    return FALSE;
}

gboolean week_is_away(const Week *week, guint shift_index, guint worker)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    return worker_window(pool_worker(week->pool, worker), WINDOW_UNAVAILABLE, shift->start_min, shift->end_min) != NULL;
}
