/*
 * Proofs of shortfalls against trying every roster of the shifts that a proof names; what is said to be a matter of
 * price comes with a lawful roster.
 */
#include "rooster/shortage.h"

#include "random_pool.h"
#include "rooster/plan.h"
#include "rooster/rules.h"
#include "test_pool.h"

enum { SEEDS = 120, PAIRS_MOST = 10, WORK = 200000 };

static Shortage *shortage(const Week *week, const Roster *roster, guint shift)
{
    g_autoptr(GError) error = NULL;
    ShortageOptions options = {.work = WORK};
    Shortage *result = shortage_of(week, roster, shift, &options, &error);
    g_assert_no_error(error);
    return result;
}

/* --- every roster of these shifts and workers */

typedef struct Pair {
    guint shift, worker;
} Pair;

/*
 * Whether some lawful roster has all the people asked, `without` apart. Other shifts of the week may be worked, too:
 * day rules may ask it. -1: too many to try.
 */
static int can_be_filled(const Week *week, const Shortage *found, guint without)
{
    Pair pairs[PAIRS_MOST];
    guint count = 0;
    if (week->shifts->len * found->workers->len > PAIRS_MOST)
        return -1;
    for (guint i = 0; i < week->shifts->len; i++)
        for (guint k = 0; k < found->workers->len; k++)
            pairs[count++] = (Pair){g_array_index(week->shifts, guint, i), g_array_index(found->workers, guint, k)};
    for (guint set = 0; set < 1u << count; set++) {
        g_autoptr(Roster) roster = roster_new(week->week, ROSTER_DRAFT, 0);
        for (guint i = 0; i < count; i++)
            if (set >> i & 1)
                roster_add(roster, pairs[i].shift, pairs[i].worker, FALSE);
        gboolean is_full = TRUE;
        for (guint i = 0; i < found->shifts->len && is_full; i++) {
            guint shift = g_array_index(found->shifts, guint, i);
            is_full = shift == without || (int)roster_cover(roster, shift, NULL) >= g_array_index(found->asked, int, i);
        }
        g_autoptr(GPtrArray) violations = is_full ? rules_check(week, roster) : NULL;
        if (is_full && violations->len == 0)
            return TRUE;
    }
    return FALSE;
}

/* Without the short shift the roster itself fills the others. */
static int check_proof(const Week *week, const Shortage *found, guint shift, guint seed)
{
    int tried = can_be_filled(week, found, PIECE_NO_SHIFT);
    if (tried == 1)
        g_error("seed %u: the shifts can be filled", seed);
    for (guint i = 0; i < found->shifts->len && found->is_smallest; i++) {
        guint other = g_array_index(found->shifts, guint, i);
        if (other != shift && can_be_filled(week, found, other) == 0)
            g_error("seed %u: shift %u is not needed", seed, other);
    }
    return tried == 0;
}

static void check_roster(const Week *week, const Roster *before, guint shift, const Shortage *found)
{
    g_autoptr(GPtrArray) violations = rules_check(week, found->roster);
    Cost old = cost_of(week, before), now = cost_of(week, found->roster);
    g_assert_cmpuint(violations->len, ==, 0);
    g_assert_cmpint(cost_total(&now) - cost_total(&old), ==, cost_total(&found->price));
    for (guint i = 0; i < week->shifts->len; i++) {
        guint at = g_array_index(week->shifts, guint, i);
        g_assert_cmpuint(roster_cover(found->roster, at, NULL), >=, roster_cover(before, at, NULL) + (at == shift));
    }
}

static void a_proof_holds_for_every_roster(void)
{
    int verdicts[3] = {0}, several = 0, tried = 0;
    for (guint seed = 1; seed <= SEEDS; seed++) {
        g_autoptr(RandomPool) made = random_pool_new(seed, 4, 6);
        g_autoptr(Week) week = week_new(made->pool, made->week, NULL);
        PlanOptions options = {.work = WORK, .threads = 1, .seed = 1};
        g_autoptr(GError) error = NULL;
        g_autoptr(PlanResult) plan = plan_week(week, &options, &error);
        g_assert_no_error(error);
        g_autoptr(Roster) nobody = roster_new(made->week, ROSTER_DRAFT, 0);
        g_autoptr(GPtrArray) faults = rules_check(week, nobody);
        for (guint i = 0; i < week->shifts->len && faults->len == 0; i++) {
            guint shift = g_array_index(week->shifts, guint, i);
            if ((int)roster_cover(plan->roster, shift, NULL) >= pool_shift(made->pool, shift)->headcount)
                continue;
            g_autoptr(Shortage) found = shortage(week, plan->roster, shift);
            verdicts[found->verdict]++;
            several += found->shifts->len > 1;
            if (found->verdict == SHORTAGE_UNAVOIDABLE)
                tried += check_proof(week, found, shift, seed);
            if (found->verdict == SHORTAGE_CHOSEN)
                check_roster(week, plan->roster, shift, found);
        }
        /* who is taken off a shift may come back, so that no proof is possible */
        if (plan->roster->assignments->len > 0 && faults->len == 0) {
            Assignment dropped = *roster_at(plan->roster, seed % plan->roster->assignments->len);
            roster_remove(plan->roster, dropped.shift, dropped.worker);
            g_autoptr(GPtrArray) violations = rules_check(week, plan->roster);
            if (violations->len > 0)
                continue;
            g_autoptr(Shortage) found = shortage(week, plan->roster, dropped.shift);
            verdicts[found->verdict]++;
            g_assert_cmpint(found->verdict, ==, SHORTAGE_CHOSEN);
            check_roster(week, plan->roster, dropped.shift, found);
        }
    }
    g_test_message("%d unavoidable (%d by several shifts, %d tried), %d chosen, %d undecided",
                   verdicts[SHORTAGE_UNAVOIDABLE], several, tried, verdicts[SHORTAGE_CHOSEN],
                   verdicts[SHORTAGE_UNDECIDED]);
    g_assert_cmpint(verdicts[SHORTAGE_UNAVOIDABLE], >, 50);
    g_assert_cmpint(several, >, 10);
    g_assert_cmpint(tried, >, 50);
    g_assert_cmpint(verdicts[SHORTAGE_CHOSEN], >, 0);
    g_assert_cmpint(verdicts[SHORTAGE_UNDECIDED], ==, 0);
}

/* --- by hand */

static void expect(const char *planned, const char *around, ShortageVerdict verdict, const char *shifts,
                   const char *workers, const char *limits)
{
    g_autoptr(TestPool) test = test_pool_new(planned, around);
    g_autoptr(Shortage) found = shortage(test->week, test->roster, 0);
    g_autoptr(GString) got = g_string_new(NULL), who = g_string_new(NULL), takes = g_string_new(NULL);
    for (guint i = 0; i < found->shifts->len; i++)
        g_string_append(got, pool_shift(test->pool, g_array_index(found->shifts, guint, i))->id);
    for (guint i = 0; i < found->workers->len; i++)
        g_string_append(who, pool_worker(test->pool, g_array_index(found->workers, guint, i))->id);
    for (int limit = 0; limit < SHORTAGE_LIMITS && verdict == SHORTAGE_UNAVOIDABLE; limit++)
        if (found->takes[limit])
            g_string_append_c(takes, "hrdwp"[limit]);
    g_assert_cmpint(found->verdict, ==, verdict);
    g_assert_cmpstr(got->str, ==, shifts);
    g_assert_cmpstr(who->str, ==, workers);
    g_assert_cmpstr(takes->str, ==, limits);
}

static void the_proof_names_what_it_takes(void)
{
    /* w alone holds X, and two shifts ask for it at once */
    expect("mon 08:00-12:00 [X]: -, mon 10:00-14:00 [X]: w, tue 08:00-12:00: w", "holds X", SHORTAGE_UNAVOIDABLE, "ab",
           "w", "");
    /* nobody holds it */
    expect("mon 08:00-12:00 [X]: -, mon 10:00-14:00: w", "", SHORTAGE_UNAVOIDABLE, "a", "", "");
    /* rest: late on Monday, early on Tuesday */
    expect("tue 06:00-12:00 +30 [X]: -, mon 16:00-23:00 +30 [X]: w", "holds X", SHORTAGE_UNAVOIDABLE, "ba", "w", "r");
    /* hours of the contract */
    expect("mon 08:00-12:00 [X]: -, wed 08:00-12:00 [X]: w", "holds X; hours 0 6", SHORTAGE_UNAVOIDABLE, "ab", "w",
           "h");
    /* work of the week before */
    expect("mon 08:00-12:00 [X]: -", "holds X; history sun-1 20:00-23:59", SHORTAGE_UNAVOIDABLE, "a", "w", "rw");
    /* one shift a day */
    expect("mon 08:00-12:00 [X]: -, mon 13:00-17:00 [X]: w", "holds X; rule max_shifts_per_day=1", SHORTAGE_UNAVOIDABLE,
           "ab", "w", "d");
}

static void what_can_be_filled_is_a_matter_of_price(void)
{
    expect("mon 08:00-12:00: -, tue 08:00-12:00: w", "", SHORTAGE_CHOSEN, "", "", "");
    /* in three steps: w from c to a, v from b to c, u to b */
    expect("mon 08:00-12:00 [X]: -, mon 08:00-12:00 [Z]: v, mon 08:00-12:00 [Y]: w",
           "holds X; holds Y; v: holds Y; v: holds Z; u: holds Z", SHORTAGE_CHOSEN, "", "", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shortage/a-proof-holds-for-every-roster", a_proof_holds_for_every_roster);
    g_test_add_func("/shortage/the-proof-names-what-it-takes", the_proof_names_what_it_takes);
    g_test_add_func("/shortage/what-can-be-filled-is-a-matter-of-price", what_can_be_filled_is_a_matter_of_price);
    return g_test_run();
}
