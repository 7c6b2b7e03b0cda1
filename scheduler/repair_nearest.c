/*
 * When a shift that stays short could be worked: the nearest other start at which somebody could take one as long.
 *
 * The checker judges shifts of a pool, so the tried times are shifts of a copy of it, one for each half hour of the
 * week that is still to come, and every worker who could take one is judged with it. Nearest first, the later of two as
 * near. A worker is judged up to the nearest time found so far, one worker after the other: what is known of one serves
 * all their times.
 */
#include "repair_parts.h"

#include "explain_parts.h"

#include <stdlib.h>

#define STEP_MIN 30

typedef struct Trial {
    int64_t start_min, away_min;
    guint shift; /* of the copy */
} Trial;

static int trial_compare(gconstpointer left, gconstpointer right)
{
    const Trial *a = left, *b = right;
    if (a->away_min != b->away_min)
        return a->away_min < b->away_min ? -1 : 1;
    return a->start_min > b->start_min ? -1 : a->start_min < b->start_min;
}

/* Every start within the week that is neither past nor the shift's own. Of Trial, nearest first. */
static GArray *starts(const RepairQuestion *question, const Shift *shift)
{
    GArray *trials = g_array_new(FALSE, FALSE, sizeof(Trial));
    int64_t until_min = iso_week_end(question->pool->zone, question->week);
    int64_t from_min = MAX(iso_week_start(question->pool->zone, question->week), question->now_min + 1);
    int64_t first_min = shift->start_min - (shift->start_min - from_min) / STEP_MIN * STEP_MIN;
    for (int64_t start_min = first_min; start_min < until_min; start_min += STEP_MIN) {
        Trial trial = {start_min, llabs(start_min - shift->start_min), 0};
        if (start_min >= from_min && start_min != shift->start_min)
            g_array_append_val(trials, trial);
    }
    g_array_sort(trials, trial_compare);
    return trials;
}

/* The pool with a shift for each start, behind its own. */
static Pool *with_trials(const Pool *pool, const Shift *shift, GArray *trials)
{
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(Shift));
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    guint taken;
    for (guint i = 0, number = 0; i < trials->len; i++) {
        Trial *trial = &g_array_index(trials, Trial, i);
        char *id = NULL;
        do {
            g_free(id);
            id = g_strdup_printf("trial-%u", number++);
        } while (pool_find_shift(pool, id, &taken));
        g_ptr_array_add(ids, id);
        Shift at = *shift;
        at.id = id;
        at.end_min += trial->start_min - at.start_min;
        at.start_min = trial->start_min;
        trial->shift = pool->shifts->len + i;
        g_array_append_val(shifts, at);
    }
    PoolChange change = {.shifts = (const Shift *)(const void *)shifts->data, .shift_count = shifts->len};
    Pool *copy = pool_copy_changed(pool, &change, NULL);
    g_assert(copy); /* as long as a shift that is there, and with its break */
    return copy;
}

/* Whom no time could help: they stand on the shift, never work there, or have no hours left. */
static GArray *workers_with_room(const Week *week, const Standing *standing, guint shift_index)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    GArray *workers = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < week->pool->workers->len; i++) {
        const Worker *worker = pool_worker(week->pool, i);
        int64_t room = worker->contract_max * 60 - (standing->planned_min[i] + shift_paid_min(shift)) * DECIMAL_ONE;
        if (room >= 0 && !roster_find(standing->roster, shift_index, i) &&
            !worker_has_preference(worker, shift->coop, PREFERENCE_NEVER))
            g_array_append_val(workers, i);
    }
    return workers;
}

/* Settles most of the times near to the shift's own without asking all of the law. */
static gboolean is_at_work(const Standing *standing, guint worker, guint trial)
{
    const GArray *mine = standing_shifts(standing, worker);
    const Shift *at = pool_shift(standing->week->pool, trial);
    for (guint i = 0; i < mine->len; i++) {
        const Shift *own = pool_shift(standing->week->pool, g_array_index(mine, guint, i));
        if (own->start_min < at->end_min && at->start_min < own->end_min)
            return TRUE;
    }
    return FALSE;
}

static gboolean can_take(Standing *standing, guint worker, guint trial)
{
    if (is_at_work(standing, worker, trial) || !worker_may_take(standing->week, trial, worker))
        return FALSE;
    return standing_line_is_free(standing, worker, PIECE_NO_SHIFT, trial);
}

/* The first of the trials up to `end` that the worker can take; `end` if none. */
static guint first_taken(Standing *standing, guint worker, const GArray *trials, guint end)
{
    guint i = 0;
    while (i < end && !can_take(standing, worker, g_array_index(trials, Trial, i).shift))
        i++;
    return i;
}

void repair_find_nearest(const RepairQuestion *question, const Roster *roster, RepairShift *asked)
{
    const Shift *shift = pool_shift(question->pool, asked->shift);
    g_autoptr(GArray) trials = starts(question, shift);
    g_autoptr(Pool) copy = with_trials(question->pool, shift, trials);
    g_autoptr(Week) week = week_new(copy, question->week, question->published);
    Standing standing;
    standing_init(&standing, week, roster);
    g_autoptr(GArray) workers = workers_with_room(week, &standing, asked->shift);
    guint nearest = trials->len; /* so far; who takes it at the soonest, and no sooner time, is counted */
    for (guint k = 0; k < workers->len; k++) {
        guint first = first_taken(&standing, g_array_index(workers, guint, k), trials, MIN(nearest + 1, trials->len));
        if (first < nearest)
            asked->nearest_workers = 0;
        if (first <= nearest && first < trials->len)
            asked->nearest_workers++;
        nearest = MIN(nearest, first);
    }
    asked->has_nearest = nearest < trials->len;
    if (asked->has_nearest) {
        asked->nearest_start_min = g_array_index(trials, Trial, nearest).start_min;
        asked->nearest_end_min = asked->nearest_start_min + shift->end_min - shift->start_min;
    }
    standing_clear(&standing);
}
