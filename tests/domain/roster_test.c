#include "rooster/roster.h"

static Pool *two_days(void)
{
    Prices prices = prices_default();
    Pool *pool = pool_new("t", "t", zone_new("UTC", NULL), profile_new("nl-atw", NULL), &prices);
    Coop coop = {.id = "A"};
    pool_add_coop(pool, &coop, NULL, NULL);
    Day monday = day_from_civil(2026, 11, 30);
    Shift later = {
        .id = "later", .start_min = monday * 1440LL + 1440, .end_min = monday * 1440LL + 1500, .headcount = 1};
    Shift early = {.id = "early", .start_min = monday * 1440LL, .end_min = monday * 1440LL + 60, .headcount = 1};
    pool_add_shift(pool, &later, NULL, NULL);
    pool_add_shift(pool, &early, NULL, NULL);
    pool_close(pool);
    return pool;
}

static void test_assignments_stay_sorted_and_single(void)
{
    g_autoptr(Roster) roster = roster_new((IsoWeek){0}, ROSTER_DRAFT, 0);
    static const guint pairs[][2] = {{5, 1}, {2, 9}, {2, 3}, {7, 0}, {2, 5}};
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
        g_assert_true(roster_add(roster, pairs[i][0], pairs[i][1], FALSE));
    g_assert_false(roster_add(roster, 2, 5, TRUE));
    g_assert_true(roster_find(roster, 2, 5)->is_pinned);
    g_assert_cmpuint(roster->assignments->len, ==, 5);
    for (guint i = 1; i < roster->assignments->len; i++) {
        const Assignment *before = roster_at(roster, i - 1), *after = roster_at(roster, i);
        g_assert_true(before->shift < after->shift ||
                      (before->shift == after->shift && before->worker < after->worker));
    }
    guint first;
    g_assert_cmpuint(roster_cover(roster, 2, &first), ==, 3);
    g_assert_cmpuint(roster_at(roster, first)->worker, ==, 3);
    g_assert_cmpuint(roster_cover(roster, 3, &first), ==, 0);
    g_assert_true(roster_remove(roster, 2, 5));
    g_assert_false(roster_remove(roster, 2, 5));
    g_assert_null(roster_find(roster, 2, 5));
    g_assert_cmpuint(roster_cover(roster, 2, NULL), ==, 2);
}

static void test_a_diff_names_what_is_added_and_dropped_by_worker_and_time(void)
{
    g_autoptr(Pool) pool = two_days();
    g_autoptr(Roster) from = roster_new((IsoWeek){0}, ROSTER_PUBLISHED, 1),
                      to = roster_new((IsoWeek){0}, ROSTER_DRAFT, 1);
    roster_add(from, 0, 4, FALSE);
    roster_add(from, 1, 3, TRUE);
    roster_add(to, 0, 3, FALSE);
    roster_add(to, 1, 3, FALSE);
    roster_add(to, 1, 4, FALSE);
    g_autoptr(GArray) changes = roster_diff(pool, from, to);
    static const RosterChange wanted[] = {{0, 3, TRUE}, {1, 4, TRUE}, {0, 4, FALSE}};
    g_assert_cmpuint(changes->len, ==, G_N_ELEMENTS(wanted));
    for (guint i = 0; i < changes->len; i++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, i);
        g_assert_cmpuint(change->shift, ==, wanted[i].shift);
        g_assert_cmpuint(change->worker, ==, wanted[i].worker);
        g_assert_cmpint(change->is_added, ==, wanted[i].is_added);
    }
    g_autoptr(GArray) all = roster_diff(pool, NULL, to);
    g_assert_cmpuint(all->len, ==, 3);
    g_autoptr(GArray) none = roster_diff(pool, to, to);
    g_assert_cmpuint(none->len, ==, 0);
}

static void test_a_copy_is_its_own(void)
{
    g_autoptr(Roster) roster = roster_new((IsoWeek){7}, ROSTER_PUBLISHED, 3);
    roster_add(roster, 1, 1, TRUE);
    g_autoptr(Roster) copy = roster_copy(roster);
    roster_add(copy, 2, 2, FALSE);
    g_assert_cmpuint(roster->assignments->len, ==, 1);
    g_assert_cmpint(copy->revision, ==, 3);
    g_assert_true(roster_find(copy, 1, 1)->is_pinned);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/roster/keeps-assignments-sorted-and-single", test_assignments_stay_sorted_and_single);
    g_test_add_func("/roster/a-diff-names-what-is-added-and-dropped",
                    test_a_diff_names_what_is_added_and_dropped_by_worker_and_time);
    g_test_add_func("/roster/a-copy-is-its-own", test_a_copy_is_its_own);
    return g_test_run();
}
