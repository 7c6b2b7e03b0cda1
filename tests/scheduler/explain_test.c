/*
 * Explanations against the plain way: what is found by judging and pricing only what a step touches is what the checker
 * and the cost of the whole roster say.
 */
#include "rooster/explain.h"

#include "random_week.h"
#include "test_pool.h"

#include <string.h>

enum { SEEDS = 200 };

/* --- the plain way: a step on a copy of the roster, judged and priced as a whole */

typedef struct Plain {
    const Week *week;
    const Roster *roster;
    GPtrArray *violations;
    int64_t cents;
} Plain;

static gboolean is_same(const Violation *a, const Violation *b)
{
    return strcmp(a->rule, b->rule) == 0 && a->worker == b->worker && a->shifts->len == b->shifts->len &&
           (a->shifts->len == 0 || memcmp(a->shifts->data, b->shifts->data, a->shifts->len * sizeof(guint)) == 0);
}

/* FALSE if the roster breaks something that the first did not. */
static gboolean plain_price(const Plain *plain, const Roster *after, int64_t *price_cents)
{
    g_autoptr(GPtrArray) violations = rules_check(plain->week, after);
    for (guint i = 0; i < violations->len; i++) {
        gboolean is_old = FALSE;
        for (guint j = 0; j < plain->violations->len && !is_old; j++)
            is_old = is_same(g_ptr_array_index(violations, i), g_ptr_array_index(plain->violations, j));
        if (!is_old)
            return FALSE;
    }
    Cost cost = cost_of(plain->week, after);
    *price_cents = cost_total(&cost) - plain->cents;
    return TRUE;
}

static gboolean is_begun(const Week *week, guint shift)
{
    return week->is_repair && pool_shift(week->pool, shift)->start_min < week->now_min;
}

/* The cheapest swap that fills the shift, by trying them all. */
static gboolean plain_swap(const Plain *plain, guint shift, int64_t *best_cents)
{
    gboolean is_found = FALSE;
    guint workers = plain->week->pool->workers->len;
    for (guint i = 0; i < plain->roster->assignments->len; i++) {
        Assignment left = *roster_at(plain->roster, i);
        if (left.is_pinned || left.shift == shift || is_begun(plain->week, left.shift) ||
            roster_find(plain->roster, shift, left.worker))
            continue;
        for (guint filler = 0; filler < workers; filler++) {
            if (filler == left.worker || roster_find(plain->roster, left.shift, filler))
                continue;
            g_autoptr(Roster) after = roster_copy(plain->roster);
            roster_remove(after, left.shift, left.worker);
            roster_add(after, shift, left.worker, FALSE);
            roster_add(after, left.shift, filler, FALSE);
            int64_t cents = 0;
            if (plain_price(plain, after, &cents) && (!is_found || cents < *best_cents)) {
                *best_cents = cents;
                is_found = TRUE;
            }
        }
    }
    return is_found;
}

/* --- the comparison */

typedef struct Tally {
    int able, blocked, free, swaps, none;
} Tally;

static void compare_candidates(const Plain *plain, guint shift, guint seed, Tally *tally)
{
    g_autoptr(GPtrArray) candidates = explain_candidates(plain->week, plain->roster, shift);
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        if (candidate->is_on)
            continue;
        g_autoptr(Roster) after = roster_copy(plain->roster);
        roster_add(after, shift, candidate->worker, FALSE);
        int64_t cents = 0;
        gboolean is_able = plain_price(plain, after, &cents);
        g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(guint));
        g_array_append_val(one, shift);
        g_autoptr(GPtrArray) again = explain_shifts(plain->week, plain->roster, candidate->worker, one);
        const Candidate *same = g_ptr_array_index(again, 0);
        g_assert_cmpuint(same->blocks->len, ==, candidate->blocks->len);
        g_assert_cmpint(same->price_cents, ==, candidate->price_cents);
        if (is_able != (candidate->blocks->len == 0) || (is_able && cents != candidate->price_cents))
            g_error("seed %u, worker %u on shift %u: able %d at %" G_GINT64_FORMAT
                    ", the plain way %d at %" G_GINT64_FORMAT,
                    seed, candidate->worker, shift, candidate->blocks->len == 0, candidate->price_cents, is_able,
                    cents);
        tally->able += is_able;
        tally->blocked += !is_able;
    }
}

static void compare_change(const Plain *plain, guint shift, guint seed, Tally *tally)
{
    int64_t cents = 0, plain_cents = 0;
    g_autoptr(GArray) steps = explain_smallest_change(plain->week, plain->roster, shift, &cents);
    if (steps->len == 1) {
        tally->free++;
        return;
    }
    gboolean is_found = plain_swap(plain, shift, &plain_cents);
    if (is_found != (steps->len == 2) || (is_found && cents != plain_cents))
        g_error("seed %u, shift %u: %u steps at %" G_GINT64_FORMAT ", the plain way %d at %" G_GINT64_FORMAT, seed,
                shift, steps->len, cents, is_found, plain_cents);
    tally->swaps += is_found;
    tally->none += !is_found;
}

static void only_what_a_step_touches_is_judged_and_priced(void)
{
    Tally tally = {0};
    for (guint seed = 1; seed <= SEEDS; seed++) {
        RandomWeek *made = random_week_new(seed);
        week_lift_pins(made->week, made->roster);
        g_autoptr(GPtrArray) violations = rules_check(made->week, made->roster);
        Cost cost = cost_of(made->week, made->roster);
        Plain plain = {made->week, made->roster, violations, cost_total(&cost)};
        for (guint at = 0; at < made->week->shifts->len; at++) {
            guint shift = g_array_index(made->week->shifts, guint, at);
            gboolean is_short =
                roster_cover(made->roster, shift, NULL) < (guint)pool_shift(made->pool, shift)->headcount;
            if (!is_short || is_begun(made->week, shift))
                continue;
            compare_candidates(&plain, shift, seed, &tally);
            compare_change(&plain, shift, seed, &tally);
        }
        random_week_free(made);
    }
    g_test_message("%d able, %d blocked; %d free, %d swaps, %d none", tally.able, tally.blocked, tally.free,
                   tally.swaps, tally.none);
    g_assert_cmpint(MIN(MIN(tally.able, tally.blocked), MIN(tally.free, MIN(tally.swaps, tally.none))), >=, 5);
}

/* A swap must not leave a learner alone: v may move only where a holder stands already. */
static void a_learner_moves_only_beside_a_holder(void)
{
    const char *around = "holds X; holds Z; v: holds X learner; v: holds Z; u: holds Z";
    g_autoptr(TestPool) alone =
        test_pool_new("mon 08:00-12:00 [X]: -, mon 08:00-12:00 [Z]: v, mon 08:00-12:00: w", around);
    int64_t cents = 0;
    g_autoptr(GArray) steps = explain_smallest_change(alone->week, alone->roster, 0, &cents);
    g_assert_cmpuint(steps->len, ==, 2);
    g_assert_cmpuint(g_array_index(steps, ExplainStep, 0).worker, ==, 0);
    g_assert_cmpuint(g_array_index(steps, ExplainStep, 0).from_shift, ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/explain/only-what-a-step-touches-is-judged-and-priced",
                    only_what_a_step_touches_is_judged_and_priced);
    g_test_add_func("/explain/a-learner-moves-only-beside-a-holder", a_learner_moves_only_beside_a_holder);
    return g_test_run();
}
