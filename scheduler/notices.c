#include "rooster/publish.h"

#include <string.h>

static int notice_compare(gconstpointer left, gconstpointer right, gpointer data)
{
    const Pool *pool = data;
    const NoticeWarning *a = left, *b = right;
    if (a->ahead_min != b->ahead_min)
        return a->ahead_min < b->ahead_min ? -1 : 1;
    int order = strcmp(pool_shift(pool, a->shift)->id, pool_shift(pool, b->shift)->id);
    return order ? order : strcmp(pool_worker(pool, a->worker)->id, pool_worker(pool, b->worker)->id);
}

GArray *publish_notice_warnings(const Week *week, const Roster *roster, const Roster *published, int64_t now_s)
{
    const Pool *pool = week->pool;
    GArray *warnings = g_array_new(FALSE, FALSE, sizeof(NoticeWarning));
    g_autoptr(GArray) changes = roster_diff(pool, published, roster);
    for (guint i = 0; i < changes->len; i++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, i);
        int64_t ahead_s = pool_shift(pool, change->shift)->start_min * 60 - now_s;
        if (ahead_s >= (int64_t)NOTICE_MIN * 60)
            continue;
        /* Whoever is away was not sent home by the employer: no call was withdrawn. */
        if (!change->is_added && week_is_away(week, change->shift, change->worker))
            continue;
        /* Rounded down, so that a second short of four days does not read as four days. */
        int64_t ahead_min = ahead_s / 60 - (ahead_s % 60 < 0);
        NoticeWarning warning = {change->shift, change->worker, change->is_added, ahead_min};
        g_array_append_val(warnings, warning);
    }
    g_array_sort_with_data(warnings, notice_compare, (gpointer)pool);
    return warnings;
}
