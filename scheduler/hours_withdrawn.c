/*
 * What was withdrawn or moved too late.
 *
 * Withdrawn: an assignment of one revision that the next lacks, published less than 96 h before the shift's start
 * (BW 7:628a(3)), and that is not published again now.
 *
 * Moved: an assignment of one revision that the next lacks or has at other times, and that is published at other times
 * now. The pay for the first times stays owed, also where they are worked at others; so what the times that are
 * published last cover of them comes with the work, and the rest of them is paid beside it. A part withdrawn, an end at
 * four instead of five, is such a rest. Where it was moved more than once, what leaves most stays owed, once. A break
 * counts where the new times cover it. The rest is paid work like another: a call of less than three hours keeps the
 * three that it would have had (hours_floor.c).
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

/* Of an assignment that was called for those times, what a later revision changed. */
static gboolean is_owed(const HoursSource *source, const Assignment *at, const ShiftTimes *times, const Revision *later)
{
    const Shift *shift = pool_shift(source->pool, at->shift);
    const Worker *worker = pool_worker(source->pool, at->worker);
    return times->start_min * 60 - later->published_s < (int64_t)NOTICE_MIN * 60 &&
           !worker_window(worker, WINDOW_UNAVAILABLE, times->start_min, times->end_min) &&
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
            ShiftTimes times = revision_times(earlier, source->pool, at->shift);
            if (roster_find(later->roster, at->shift, at->worker) ||
                roster_find(newest->roster, at->shift, at->worker) || is_known(withdrawals, at->shift, at->worker) ||
                !is_owed(source, at, &times, later))
                continue;
            guint cover = roster_cover(later->roster, at->shift, NULL);
            gboolean is_less = cover < roster_cover(earlier->roster, at->shift, NULL);
            Withdrawal withdrawal = {at->shift, at->worker, WORKED_CANCELLED_PAID, times,
                                     is_less && (int64_t)cover >= pool_shift(source->pool, at->shift)->headcount};
            g_array_append_val(withdrawals, withdrawal);
        }
    }
    return withdrawals;
}

/* --- moved */

/* Minutes of `was` that `is` leaves out; at most what was paid of it. */
static int64_t left_out_min(const ShiftTimes *was, const ShiftTimes *is)
{
    int64_t shared_min = MIN(was->end_min, is->end_min) - MAX(was->start_min, is->start_min);
    int64_t all_min = was->end_min - was->start_min;
    return MIN(all_min - MAX(shared_min, 0), all_min - was->break_min);
}

static gboolean stands_in(const HoursSource *source, const Assignment *at, const ShiftTimes *times,
                          const Revision *later)
{
    ShiftTimes then = revision_times(later, source->pool, at->shift);
    return roster_find(later->roster, at->shift, at->worker) && then.start_min == times->start_min &&
           then.end_min == times->end_min;
}

/* The most that any change of the times of this assignment, up to what is published now, left owed too late. */
static gboolean find_move(const HoursSource *source, const Assignment *at, Withdrawal *move)
{
    const Revision *newest = g_ptr_array_index(source->revisions, source->revisions->len - 1);
    ShiftTimes now = revision_times(newest, source->pool, at->shift);
    int64_t most_min = 0;
    for (guint i = 0; i + 1 < source->revisions->len; i++) {
        const Revision *earlier = g_ptr_array_index(source->revisions, i);
        const Revision *later = g_ptr_array_index(source->revisions, i + 1);
        ShiftTimes was = revision_times(earlier, source->pool, at->shift);
        int64_t owed_min = left_out_min(&was, &now);
        if (owed_min > most_min && roster_find(earlier->roster, at->shift, at->worker) &&
            !stands_in(source, at, &was, later) && is_owed(source, at, &was, later)) {
            most_min = owed_min;
            was.break_min = (int32_t)(was.end_min - was.start_min - owed_min);
            *move = (Withdrawal){at->shift, at->worker, WORKED_MOVED_PAID, was, TRUE};
        }
    }
    return most_min > 0;
}

GArray *hours_moved(const HoursSource *source)
{
    GArray *moves = g_array_new(FALSE, FALSE, sizeof(Withdrawal));
    const Revision *newest =
        source->revisions->len ? g_ptr_array_index(source->revisions, source->revisions->len - 1) : NULL;
    for (guint i = 0; newest && i < newest->roster->assignments->len; i++) {
        Withdrawal move;
        if (find_move(source, roster_at(newest->roster, i), &move))
            g_array_append_val(moves, move);
    }
    return moves;
}
