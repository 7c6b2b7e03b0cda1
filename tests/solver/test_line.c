/* The rules of a line: single cases by name, and the automaton against a second reading of the rules. */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <inttypes.h>

/* Random lines on the edge of the law: entries are added while the line stays legal, then perhaps one more. */
static int32_t random_entries(uint64_t *random, const SolverProblem *problem, int32_t worker, int32_t *entries)
{
    int32_t count = 0, wanted = 1 + made_up_below(random, 8);
    for (int tries = 0; tries < 25 && count < wanted; tries++) {
        int32_t entry = made_up_below(random, problem->entry_count);
        bool is_new = problem->entries[entry].worker == worker;
        for (int32_t i = 0; i < count; i++) {
            is_new &= entries[i] != entry;
        }
        entries[count] = entry;
        if (is_new &&
            (reference_line_is_legal(problem, worker, entries, count + 1) || made_up_below(random, 12) == 0)) {
            count++;
        }
    }
    return count;
}

static void agrees_with_the_reference(gconstpointer data)
{
    int rule = GPOINTER_TO_INT(data), legal = 0, illegal = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        MadeUpTiny kind = {
            .workers = 2, .slots = 22, .rule = rule, .has_fixed = seed % 3, .has_day_rules = seed % 4 == 3};
        MadeUp made = made_up_tiny(seed * 100 + (uint64_t)rule, &kind);
        uint64_t random = seed;
        for (int line = 0; line < 50; line++) {
            int32_t entries[64], worker = line % 2;
            int32_t count = random_entries(&random, &made.problem, worker, entries);
            bool expected = reference_line_is_legal(&made.problem, worker, entries, count);
            if (solver_line_is_legal(&made.problem, worker, entries, count) != expected) {
                g_test_message("rule %s seed %" PRIu64 " line %d: expected %s", made_up_rules[rule], seed, line,
                               expected ? "legal" : "illegal");
                for (int32_t i = 0; i < count; i++) {
                    const SolverSlot *slot = &made.problem.slots[made.problem.entries[entries[i]].slot];
                    g_test_message("  [%" PRId64 ", %" PRId64 ") day %d night %d", slot->start_min, slot->end_min,
                                   slot->day, slot->night_min);
                }
                g_test_fail();
                break;
            }
            legal += expected && count > 0;
            illegal += !expected;
        }
        made_up_free(&made);
    }
    g_test_message("%d legal, %d illegal", legal, illegal);
    g_assert_cmpint(legal, >, 50);
    g_assert_cmpint(illegal, >, 50);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (int rule = 0; rule < MADE_UP_RULES; rule++) {
        char *name = g_strdup_printf("/line/agrees-with-a-second-reading/%s", made_up_rules[rule]);
        g_strdelimit(name, " ", '-');
        g_test_add_data_func(name, GINT_TO_POINTER(rule), agrees_with_the_reference);
        g_free(name);
    }
    return g_test_run();
}
