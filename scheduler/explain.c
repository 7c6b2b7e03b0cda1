#include "explain_parts.h"

#include <string.h>

static void candidate_free(gpointer data)
{
    Candidate *candidate = data;
    g_ptr_array_unref(candidate->blocks);
    g_free(candidate);
}

/* Rules about the shift itself, headcount apart: somebody who could replace another is a candidate too. */
static void add_shift_blocks(const Week *week, Roster *trial, guint shift, guint worker, GPtrArray *blocks)
{
    g_autoptr(GPtrArray) before = rules_check_shift(week, trial, shift);
    roster_add(trial, shift, worker, FALSE);
    g_autoptr(GPtrArray) after = new_violations(before, rules_check_shift(week, trial, shift));
    roster_remove(trial, shift, worker);
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

static Cost price_of_adding(const Standing *standing, Roster *trial, guint shift, guint worker, const Cost *coop)
{
    const Week *week = standing->week;
    Cost price = *coop, before = {0}, after = {0};
    cost_add_shift(week, trial, shift, &before);
    roster_add(trial, shift, worker, FALSE);
    cost_add_shift(week, trial, shift, &after);
    roster_remove(trial, shift, worker);
    cost_add_difference(&after, &before, &price);
    standing_add_line(standing, worker, PIECE_NO_SHIFT, shift, &price);
    return price;
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

static Candidate *candidate_of(Standing *standing, Roster *trial, guint shift, guint worker, const Cost *coop)
{
    Candidate *candidate = g_new0(Candidate, 1);
    candidate->worker = worker;
    candidate->planned_min = standing->planned_min[worker];
    candidate->is_on = roster_find(trial, shift, worker) != NULL;
    if (candidate->is_on) {
        candidate->blocks = g_ptr_array_new();
        return candidate;
    }
    candidate->blocks = standing_line_blocks(standing, worker, PIECE_NO_SHIFT, shift);
    if (holds_only_as_learner(standing->week, shift, worker))
        add_shift_blocks(standing->week, trial, shift, worker, candidate->blocks);
    if (candidate->blocks->len == 0)
        candidate->price = price_of_adding(standing, trial, shift, worker, coop);
    candidate->price_cents = cost_total(&candidate->price);
    return candidate;
}

GPtrArray *explain_candidates(const Week *week, const Roster *roster, guint shift)
{
    GPtrArray *candidates = g_ptr_array_new_with_free_func(candidate_free);
    g_autoptr(Roster) trial = roster_copy(roster);
    Standing standing;
    standing_init(&standing, week, roster);
    Cost coop = price_of_coop(week, trial, shift);
    for (guint worker = 0; worker < week->pool->workers->len; worker++)
        g_ptr_array_add(candidates, candidate_of(&standing, trial, shift, worker, &coop));
    standing_clear(&standing);
    g_ptr_array_sort(candidates, candidate_compare);
    return candidates;
}

GPtrArray *explain_shifts(const Week *week, const Roster *roster, guint worker, const GArray *shifts)
{
    GPtrArray *candidates = g_ptr_array_new_with_free_func(candidate_free);
    g_autoptr(Roster) trial = roster_copy(roster);
    Standing standing;
    standing_init(&standing, week, roster);
    for (guint i = 0; i < shifts->len; i++) {
        guint shift = g_array_index(shifts, guint, i);
        Cost coop = price_of_coop(week, trial, shift);
        g_ptr_array_add(candidates, candidate_of(&standing, trial, shift, worker, &coop));
    }
    standing_clear(&standing);
    return candidates;
}
