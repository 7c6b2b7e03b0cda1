/*
 * What was withdrawn too late: an assignment of one revision that the next lacks, published less than 96 h before the
 * shift's start (BW 7:628a(3)), and that is not published again now.
 *
 * Not owed: where the worker was unavailable, as they could not have worked; what they gave away in a swap, as that is
 * no withdrawal by the employer.
 */
#include "hours_parts.h"

#include "rooster/publish.h"
#include "rooster/swap.h"

static gboolean is_known(const GArray *withdrawals, guint shift, guint worker)
{
    for (guint i = 0; i < withdrawals->len; i++) {
        const Withdrawal *known = &g_array_index(withdrawals, Withdrawal, i);
        if (known->shift == shift && known->worker == worker)
            return TRUE;
    }
    return FALSE;
}

static gboolean was_given(const HoursSource *source, const char *shift, const char *worker)
{
    for (guint i = 0; i < source->swaps->len; i++)
        if (swap_gives(g_ptr_array_index(source->swaps, i), shift, worker))
            return TRUE;
    return FALSE;
}

static gboolean is_owed(const HoursSource *source, const Assignment *at, const Revision *later)
{
    const Shift *shift = pool_shift(source->pool, at->shift);
    const Worker *worker = pool_worker(source->pool, at->worker);
    return shift->start_min * 60 - later->published_s < (int64_t)NOTICE_MIN * 60 &&
           !worker_window(worker, WINDOW_UNAVAILABLE, shift->start_min, shift->end_min) &&
           !was_given(source, shift->id, worker->id);
}

GArray *hours_withdrawals(const HoursSource *source)
{
    GArray *withdrawals = g_array_new(FALSE, FALSE, sizeof(Withdrawal));
    const Revision *newest =
        source->revisions->len ? g_ptr_array_index(source->revisions, source->revisions->len - 1) : NULL;
    for (guint i = 0; i + 1 < source->revisions->len; i++) {
        const Revision *earlier = g_ptr_array_index(source->revisions, i);
        const Revision *later = g_ptr_array_index(source->revisions, i + 1);
        for (guint k = 0; k < earlier->roster->assignments->len; k++) {
            const Assignment *at = roster_at(earlier->roster, k);
            if (roster_find(later->roster, at->shift, at->worker) ||
                roster_find(newest->roster, at->shift, at->worker) || is_known(withdrawals, at->shift, at->worker) ||
                !is_owed(source, at, later))
                continue;
            guint cover = roster_cover(later->roster, at->shift, NULL);
            gboolean is_less = cover < roster_cover(earlier->roster, at->shift, NULL);
            Withdrawal withdrawal = {at->shift, at->worker,
                                     is_less && (int64_t)cover >= pool_shift(source->pool, at->shift)->headcount};
            g_array_append_val(withdrawals, withdrawal);
        }
    }
    return withdrawals;
}
