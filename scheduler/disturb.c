#include "rooster/disturb.h"

#include "rooster/sentence.h"

#include <string.h>

#define COOP_BYTES_IN_ID 40 /* of the 64 of an id; the rest is for the start and a number */

SENTENCE_ERRORS(disturb_error)

/* --- spikes */

static gboolean has_not_begun(const Pool *pool, const Shift *shift, int64_t now_min, GError **error)
{
    if (shift->start_min > now_min)
        return TRUE;
    g_autofree char *start = zone_format_short(pool->zone, shift->start_min);
    g_autofree char *now = zone_format_short(pool->zone, now_min);
    sentence_set_error(error, DISTURB_ERROR, DISTURB_ERROR_BEGUN, "shift %s begins %s and it is %s already", shift->id,
                       start, now);
    return FALSE;
}

/* What is there may change in all but whose it is and which week it belongs to. */
static gboolean may_replace(const Pool *pool, const Shift *old, const Shift *shift, int64_t now_min, GError **error)
{
    if (old->coop != shift->coop) {
        sentence_set_error(error, DISTURB_ERROR, DISTURB_ERROR_FOREIGN, "shift %s is one of coop %s, not of %s",
                           old->id, pool_coop(pool, old->coop)->id, pool_coop(pool, shift->coop)->id);
        return FALSE;
    }
    IsoWeek week = iso_week_of(zone_day(pool->zone, shift->start_min));
    if (week.monday != old->week.monday) {
        g_autofree char *name = iso_week_format(old->week), *moved = iso_week_format(week);
        sentence_set_error(error, DISTURB_ERROR, DISTURB_ERROR_FOREIGN,
                           "shift %s is in %s and cannot be moved to %s; cancel it and ask for a new one", old->id,
                           name, moved);
        return FALSE;
    }
    return has_not_begun(pool, old, now_min, error);
}

Pool *disturb_spike(const Pool *pool, const Shift *shift, int64_t now_min, GError **error)
{
    guint old;
    if (!has_not_begun(pool, shift, now_min, error))
        return NULL;
    if (pool_find_shift(pool, shift->id, &old) && !may_replace(pool, pool_shift(pool, old), shift, now_min, error))
        return NULL;
    PoolChange change = {.shifts = shift, .shift_count = 1};
    return pool_copy_changed(pool, &change, error);
}

char *disturb_shift_id(const Pool *pool, guint coop, int64_t start_min)
{
    const char *name = pool_coop(pool, coop)->id, *end;
    LocalTime start = zone_local(pool->zone, start_min);
    int year, month, day;
    day_to_civil(start.day, &year, &month, &day);
    g_utf8_validate(name, (gssize)MIN(strlen(name), COOP_BYTES_IN_ID), &end); /* not within a sequence */
    g_autofree char *first = g_strdup_printf("%.*s-%04d%02d%02d-%02d%02d", (int)(end - name), name, year, month, day,
                                             start.hour, start.minute);
    g_autofree char *id = g_strdup(first);
    guint known;
    for (int number = 2; pool_find_shift(pool, id, &known); number++) {
        g_free(id);
        id = g_strdup_printf("%s-%d", first, number);
    }
    return g_steal_pointer(&id);
}

/* --- absences */

static Pool *with_windows(const Pool *pool, guint worker, const GArray *windows, GError **error)
{
    PoolChange change = {.worker = worker, .windows = windows};
    return pool_copy_changed(pool, &change, error);
}

static gboolean has_window(const GArray *windows, const Window *wanted)
{
    for (guint i = 0; i < windows->len; i++) {
        const Window *window = &g_array_index(windows, Window, i);
        if (window->kind == wanted->kind && window->start_min == wanted->start_min &&
            window->end_min == wanted->end_min)
            return TRUE;
    }
    return FALSE;
}

Pool *disturb_absence(const Pool *pool, guint worker, int64_t from_min, int64_t until_min, int64_t now_min,
                      GError **error)
{
    Window away = {from_min, until_min, WINDOW_UNAVAILABLE};
    g_autofree char *from = zone_format_short(pool->zone, from_min), *until = zone_format_short(pool->zone, until_min);
    if (until_min <= from_min) {
        sentence_set_error(error, DISTURB_ERROR, DISTURB_ERROR_EMPTY,
                           "an absence from %s cannot end %s; a later end would be right", from, until);
        return NULL;
    }
    if (until_min <= now_min) {
        sentence_set_error(error, DISTURB_ERROR, DISTURB_ERROR_BEGUN, "an absence until %s is over already", until);
        return NULL;
    }
    g_autoptr(GArray) windows = g_array_copy(pool_worker(pool, worker)->windows);
    if (!has_window(windows, &away)) /* reported again */
        g_array_append_val(windows, away);
    return with_windows(pool, worker, windows, error);
}

Pool *disturb_return(const Pool *pool, guint worker, int64_t from_min, int64_t until_min, int64_t back_min)
{
    const GArray *old = pool_worker(pool, worker)->windows;
    g_autoptr(GArray) windows = g_array_new(FALSE, FALSE, sizeof(Window));
    for (guint i = 0; i < old->len; i++) {
        Window window = g_array_index(old, Window, i);
        if (window.kind == WINDOW_UNAVAILABLE && window.start_min < until_min && from_min < window.end_min)
            window.end_min = MIN(window.end_min, back_min);
        if (window.start_min < window.end_min)
            g_array_append_val(windows, window);
    }
    Pool *back = with_windows(pool, worker, windows, NULL);
    g_assert(back); /* less than what was there cannot be refused */
    return back;
}

GArray *disturb_left_shifts(const Pool *pool, const Roster *roster, guint worker, int64_t from_min, int64_t until_min)
{
    GArray *left = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < roster->assignments->len; i++) {
        const Assignment *at = roster_at(roster, i);
        const Shift *shift = pool_shift(pool, at->shift);
        if (at->worker == worker && shift->start_min < until_min && from_min < shift->end_min)
            g_array_append_val(left, at->shift);
    }
    return left;
}
