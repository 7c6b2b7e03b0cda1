/* Every price and every rounding, from the lines of cases/cost.txt. */
#include "rooster/cost.h"

#include "cases.h"
#include "test_pool.h"

#include <string.h>

static char *cost_text(const Cost *cost)
{
    GString *text = g_string_new(NULL);
    for (CostTerm term = 0; term < COST_TERMS; term++)
        if (cost->cents[term])
            g_string_append_printf(text, "%s%s %" G_GINT64_FORMAT, text->len ? " " : "", cost_term_name(term),
                                   cost->cents[term]);
    if (!text->len)
        g_string_append(text, "nothing");
    return g_string_free(text, FALSE);
}

static void price_case(gconstpointer data)
{
    const Case *example = data;
    g_autoptr(TestPool) test = test_pool_new(example->planned, example->around);
    Cost cost = cost_of(test->week, test->roster);
    g_autofree char *got = cost_text(&cost);
    if (strcmp(got, example->expected) != 0)
        case_fail(example, got);
}

/* The parts by which a step is priced add up to the whole, but for what hangs on a coop's or a team's whole week. */
static void price_case_by_parts(gconstpointer data)
{
    const Case *example = data;
    g_autoptr(TestPool) test = test_pool_new(example->planned, example->around);
    const Roster *roster = test->roster;
    Cost whole = cost_of(test->week, roster), parts = {0};
    for (guint shift = 0; shift < test->pool->shifts->len; shift++)
        if (week_has_shift(test->week, shift))
            cost_add_shortfall(test->week, shift, roster_cover(roster, shift, NULL), &parts);
    for (guint worker = 0; worker < test->pool->workers->len; worker++) {
        int64_t planned_min = 0;
        for (guint i = 0; i < roster->assignments->len; i++)
            if (roster_at(roster, i)->worker == worker) {
                planned_min += shift_paid_min(pool_shift(test->pool, roster_at(roster, i)->shift));
                cost_add_assignment(test->week, roster_at(roster, i)->shift, worker, &parts);
            }
        cost_add_hours(test->week, worker, planned_min, &parts);
    }
    g_autoptr(GArray) changes = roster_diff(test->pool, test->week->published, roster);
    for (guint i = 0; test->week->is_repair && i < changes->len; i++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, i);
        cost_add_change(test->week, change->shift, change->worker, !change->is_added, &parts);
    }
    whole.cents[COST_UNFAIR] = whole.cents[COST_TEAM] = 0;
    g_autofree char *expected = cost_text(&whole), *got = cost_text(&parts);
    g_assert_cmpstr(got, ==, expected);
}

static void every_term_is_charged_by_a_case(void)
{
    g_autoptr(GPtrArray) cases = cases_read("cost.txt");
    for (CostTerm term = 0; term < COST_TERMS; term++) {
        int charged = 0;
        for (guint i = 0; i < cases->len; i++) {
            const Case *example = g_ptr_array_index(cases, i);
            g_auto(GStrv) words = g_strsplit(example->expected, " ", -1);
            charged += g_strv_contains((const char *const *)words, cost_term_name(term));
        }
        if (charged == 0)
            g_test_fail_printf("no case is charged %s", cost_term_name(term));
    }
}

static void the_total_is_the_sum_of_the_terms(void)
{
    Cost cost = {0};
    for (CostTerm term = 0; term < COST_TERMS; term++)
        cost.cents[term] = term == COST_PREFER ? -7 : (int64_t)term + 1;
    g_assert_cmpint(cost_total(&cost), ==, 15 * 16 / 2 - (COST_PREFER + 1) - 7);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    cases_add("cost", "cost.txt", price_case);
    cases_add("cost-by-parts", "cost.txt", price_case_by_parts);
    g_test_add_func("/cost/every-term-is-charged-by-a-case", every_term_is_charged_by_a_case);
    g_test_add_func("/cost/the-total-is-the-sum-of-the-terms", the_total_is_the_sum_of_the_terms);
    return g_test_run();
}
