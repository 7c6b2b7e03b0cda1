#include "rooster/explain.h"

#include <string.h>

static void candidate_free(gpointer data)
{
    Candidate *candidate = data;
    g_ptr_array_unref(candidate->blocks);
    g_free(candidate);
}

/* Workers' own shifts of the week, one list a worker, so that nothing is searched for twice. */
static GPtrArray *shifts_by_worker(const Week *week, const Roster *roster)
{
    GPtrArray *lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < week->pool->workers->len; i++)
        g_ptr_array_add(lists, g_array_new(FALSE, FALSE, sizeof(guint)));
    for (guint i = 0; i < roster->assignments->len; i++) {
        const Assignment *at = roster_at(roster, i);
        g_array_append_val((GArray *)g_ptr_array_index(lists, at->worker), at->shift);
    }
    return lists;
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

/* What `after` breaks that `before` did not; takes `after`. */
static GPtrArray *new_violations(const GPtrArray *before, GPtrArray *after)
{
    for (guint i = after->len; i-- > 0;)
        if (is_among(before, g_ptr_array_index(after, i)))
            g_ptr_array_remove_index(after, i);
    return after;
}

/* The new violations if the worker's line loses `without` (or nothing: PIECE_NO_SHIFT) and gains `with`. */
static GPtrArray *line_blocks(const Week *week, guint worker, const GArray *mine, guint without, guint with)
{
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < mine->len; i++)
        if (g_array_index(mine, guint, i) != without)
            g_array_append_val(line, g_array_index(mine, guint, i));
    g_array_append_val(line, with);
    g_autoptr(GPtrArray) before = rules_check_line(week, worker, (const guint *)(const void *)mine->data, mine->len);
    return new_violations(before, rules_check_line(week, worker, (const guint *)(const void *)line->data, line->len));
}

/* Rules about the shift itself, headcount apart: somebody who could replace another is a candidate too. */
static void add_shift_blocks(const Week *week, const Roster *roster, guint shift, guint worker, GPtrArray *blocks)
{
    g_autoptr(Roster) with = roster_new(week->week, ROSTER_DRAFT, 0);
    guint first, cover = roster_cover(roster, shift, &first);
    for (guint i = first; i < first + cover; i++)
        roster_add(with, shift, roster_at(roster, i)->worker, FALSE);
    g_autoptr(GPtrArray) before = rules_check(week, with);
    roster_add(with, shift, worker, FALSE);
    g_autoptr(GPtrArray) after = new_violations(before, rules_check(week, with));
    for (guint i = 0; i < after->len; i++) {
        Violation *violation = g_ptr_array_index(after, i);
        if (strcmp(violation->rule, "learner") != 0)
            continue;
        g_ptr_array_index(after, i) = NULL;
        g_ptr_array_add(blocks, violation);
    }
}

static gboolean holds_only_as_learner(const Week *week, guint shift_index, guint worker_index)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    Day day = zone_day(week->pool->zone, shift->end_min);
    for (const char **name = shift->certificates; *name; name++)
        if (worker_level(pool_worker(week->pool, worker_index), *name, day) == CERTIFICATE_LEARNER)
            return TRUE;
    return FALSE;
}

static Cost cost_difference(const Cost *after, const Cost *before)
{
    Cost difference;
    for (int term = 0; term < COST_TERMS; term++)
        difference.cents[term] = after->cents[term] - before->cents[term];
    return difference;
}

static Cost price_of_adding(const Week *week, Roster *roster, const Cost *before, guint shift, guint worker)
{
    roster_add(roster, shift, worker, FALSE);
    Cost after = cost_of(week, roster);
    roster_remove(roster, shift, worker);
    return cost_difference(&after, before);
}

static int64_t planned_minutes(const Week *week, const GArray *mine)
{
    int64_t minutes = 0;
    for (guint i = 0; i < mine->len; i++)
        minutes += shift_paid_min(pool_shift(week->pool, g_array_index(mine, guint, i)));
    return minutes;
}

static int candidate_compare(gconstpointer left, gconstpointer right)
{
    const Candidate *a = *(const Candidate *const *)left, *b = *(const Candidate *const *)right;
    if (a->is_on != b->is_on)
        return a->is_on ? -1 : 1;
    if (a->blocks->len != b->blocks->len)
        return a->blocks->len < b->blocks->len ? -1 : 1;
    if (a->price_cents != b->price_cents)
        return a->price_cents < b->price_cents ? -1 : 1;
    return a->worker < b->worker ? -1 : a->worker > b->worker;
}

GPtrArray *explain_candidates(const Week *week, const Roster *roster, guint shift)
{
    GPtrArray *candidates = g_ptr_array_new_with_free_func(candidate_free);
    g_autoptr(GPtrArray) lines = shifts_by_worker(week, roster);
    g_autoptr(Roster) trial = roster_copy(roster);
    Cost before = cost_of(week, roster);
    for (guint worker = 0; worker < week->pool->workers->len; worker++) {
        const GArray *mine = g_ptr_array_index(lines, worker);
        Candidate *candidate = g_new0(Candidate, 1);
        candidate->worker = worker;
        candidate->planned_min = planned_minutes(week, mine);
        candidate->is_on = roster_find(roster, shift, worker) != NULL;
        if (candidate->is_on) {
            candidate->blocks = g_ptr_array_new();
        } else {
            candidate->blocks = line_blocks(week, worker, mine, PIECE_NO_SHIFT, shift);
            if (holds_only_as_learner(week, shift, worker))
                add_shift_blocks(week, roster, shift, worker, candidate->blocks);
            if (candidate->blocks->len == 0)
                candidate->price = price_of_adding(week, trial, &before, shift, worker);
            candidate->price_cents = cost_total(&candidate->price);
        }
        g_ptr_array_add(candidates, candidate);
    }
    g_ptr_array_sort(candidates, candidate_compare);
    return candidates;
}

/* --- the smallest change */

static GArray *one_step(const GPtrArray *candidates, guint shift, int64_t *price_cents)
{
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        if (candidate->is_on || candidate->blocks->len)
            continue;
        GArray *steps = g_array_new(FALSE, FALSE, sizeof(ExplainStep));
        ExplainStep step = {candidate->worker, PIECE_NO_SHIFT, shift};
        g_array_append_val(steps, step);
        *price_cents = candidate->price_cents;
        return steps;
    }
    return NULL;
}

typedef struct Swap {
    guint mover, from, filler;
    int64_t price_cents;
    gboolean is_found;
} Swap;

/* The cheapest worker who can take what the mover leaves. */
static void try_fillers(const Week *week, Roster *trial, const GPtrArray *lines, const Cost *before, guint shift,
                        guint mover, guint from, Swap *best)
{
    roster_remove(trial, from, mover);
    roster_add(trial, shift, mover, FALSE);
    g_autoptr(GPtrArray) now = rules_check(week, trial);
    guint broken = now->len;
    for (guint filler = 0; filler < week->pool->workers->len; filler++) {
        if (filler == mover || roster_find(trial, from, filler))
            continue;
        g_autoptr(GPtrArray) blocks = line_blocks(week, filler, g_ptr_array_index(lines, filler), PIECE_NO_SHIFT, from);
        if (blocks->len)
            continue;
        Cost price = price_of_adding(week, trial, before, from, filler);
        if (best->is_found && cost_total(&price) >= best->price_cents)
            continue;
        roster_add(trial, from, filler, FALSE);
        g_autoptr(GPtrArray) then = rules_check(week, trial);
        roster_remove(trial, from, filler);
        if (then->len <= broken)
            *best = (Swap){mover, from, filler, cost_total(&price), TRUE};
    }
    roster_remove(trial, shift, mover);
    roster_add(trial, from, mover, FALSE);
}

static GArray *two_steps(const Week *week, const Roster *roster, const GPtrArray *candidates, guint shift,
                         int64_t *price_cents)
{
    g_autoptr(GPtrArray) lines = shifts_by_worker(week, roster);
    g_autoptr(Roster) trial = roster_copy(roster);
    Cost before = cost_of(week, roster);
    Swap best = {0};
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        const GArray *mine = g_ptr_array_index(lines, candidate->worker);
        for (guint j = 0; !candidate->is_on && j < mine->len; j++) {
            guint from = g_array_index(mine, guint, j);
            const Assignment *held = roster_find(roster, from, candidate->worker);
            gboolean is_begun = week->is_repair && pool_shift(week->pool, from)->start_min < week->now_min;
            if (held->is_pinned || is_begun)
                continue;
            g_autoptr(GPtrArray) blocks = line_blocks(week, candidate->worker, mine, from, shift);
            if (blocks->len == 0)
                try_fillers(week, trial, lines, &before, shift, candidate->worker, from, &best);
        }
    }
    if (!best.is_found)
        return NULL;
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(ExplainStep));
    ExplainStep move = {best.mover, best.from, shift}, fill = {best.filler, PIECE_NO_SHIFT, best.from};
    g_array_append_val(steps, move);
    g_array_append_val(steps, fill);
    *price_cents = best.price_cents;
    return steps;
}

GArray *explain_smallest_change(const Week *week, const Roster *roster, guint shift, int64_t *price_cents)
{
    g_autoptr(GPtrArray) candidates = explain_candidates(week, roster, shift);
    *price_cents = 0;
    GArray *steps = one_step(candidates, shift, price_cents);
    if (!steps)
        steps = two_steps(week, roster, candidates, shift, price_cents);
    return steps ? steps : g_array_new(FALSE, FALSE, sizeof(ExplainStep));
}
