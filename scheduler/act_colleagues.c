/*
 * Whom a worker may ask by name to take a shift: the colleagues they stand on a published shift with, of whom they know
 * the first names already, as far as the rules let them take it. Nobody else's name or week is told.
 */
#include "act_parts.h"
#include "act_swap_parts.h"
#include "acts.h"
#include "json_put.h"

#include <string.h>

/* TRUE at the index of everybody who stands on a shift with the worker, in any week as it is published. Caller frees.
 */
static gboolean *colleagues_of(const Desk *desk, guint worker)
{
    gboolean *is_known = g_new0(gboolean, desk->pool->workers->len + 1);
    for (guint i = 0; i < desk->published->len; i++) {
        const Roster *roster = g_ptr_array_index(desk->published, i);
        g_autoptr(GArray) shifts = roster_shifts_of(roster, worker);
        for (guint k = 0; k < shifts->len; k++) {
            guint first = 0, cover = roster_cover(roster, g_array_index(shifts, guint, k), &first);
            for (guint at = first; at < first + cover; at++)
                is_known[roster_at(roster, at)->worker] = TRUE;
        }
    }
    is_known[worker] = FALSE;
    return is_known;
}

/* "Amina", or "Amina E." where another colleague is called so, too. Caller frees. */
static char *short_name(const Pool *pool, const gboolean *is_known, guint worker)
{
    g_auto(GStrv) names = g_strsplit(pool_worker(pool, worker)->name, " ", 2);
    gboolean is_alone = TRUE;
    for (guint other = 0; names[0] && other < pool->workers->len; other++) {
        g_auto(GStrv) others = g_strsplit(pool_worker(pool, other)->name, " ", 2);
        is_alone &= other == worker || !is_known[other] || g_strcmp0(others[0], names[0]) != 0;
    }
    if (!names[0])
        return g_strdup(pool_worker(pool, worker)->id);
    if (is_alone || !names[1])
        return g_strdup(names[0]);
    return g_strdup_printf("%s %.*s.", names[0], (int)(g_utf8_next_char(names[1]) - names[1]), names[1]);
}

gboolean act_colleagues(ActRun *run, GError **error)
{
    guint worker = 0, shift = 0;
    if (!act_worker(run, &worker, error) || !act_shift(run, &shift, error))
        return FALSE;
    const Pool *pool = run->desk->pool;
    const char *id = pool_shift(pool, shift)->id;
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, pool_shift(pool, shift)->week, DESK_REPAIR, error);
    if (!week)
        return FALSE;
    if (!roster_find(week->published, shift, worker))
        return act_refuse(error, ACT_ERROR_NOT_FOUND, "there is no shift %s of yours", id);
    g_autofree gboolean *is_known = colleagues_of(run->desk, worker);
    json_t *body = run->answer->body = json_object(), *list = json_array();
    json_put(body, "worker", json_text(pool_worker(pool, worker)->id));
    json_put(body, "shift", json_text(id));
    json_put(body, "colleagues", list);
    for (guint other = 0; other < pool->workers->len; other++) {
        const SwapMove move = {shift, worker, PIECE_NO_SHIFT, other};
        if (!is_known[other] || !swap_may_be(run->desk, week, &move))
            continue;
        g_autofree char *name = short_name(pool, is_known, other);
        json_t *object = json_object();
        json_put(object, "worker", json_text(pool_worker(pool, other)->id));
        json_put(object, "name", json_text(name));
        json_array_append_new(list, object);
    }
    return TRUE;
}
