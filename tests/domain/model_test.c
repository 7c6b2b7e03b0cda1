/*
 * The two judges against each other: what the optimiser's model says of lines, rows and cents must be what the checker
 * and the cost say, on thousands of random weeks that are tight in every rule; and a planned week must be the best
 * there is.
 */
#include "random_pool.h"

#include "rooster/cost.h"
#include "rooster/plan.h"
#include "rooster/rules.h"
#include "week_problem.h"

#include <string.h>

#define POOLS 600

static int slow_factor(void)
{
    return g_test_slow() ? 10 : 1;
}

static Week *week_of(const RandomPool *made, GRand *rand)
{
    Week *week = week_new(made->pool, made->week, made->published);
    if (week->published && g_rand_boolean(rand))
        week_set_repair(week, week->start_min + g_rand_int_range(rand, -3 * 24, 6 * 24) * 60);
    return week;
}

/* The line in words, for a failure. */
static char *line_text(const Week *week, guint worker, const GArray *shifts)
{
    const Pool *pool = week->pool;
    GString *text = g_string_new(pool_worker(pool, worker)->id);
    g_autofree char *birth = day_format(pool_worker(pool, worker)->birth);
    g_string_append_printf(text, " born %s", birth);
    const GArray *fixed = g_ptr_array_index(week->fixed, worker);
    for (guint i = 0; i < fixed->len + shifts->len; i++) {
        Piece piece = i < fixed->len ? g_array_index(fixed, Piece, i)
                                     : week_piece(week, g_array_index(shifts, guint, i - fixed->len));
        g_autofree char *start = zone_format(pool->zone, piece.start_min),
                        *end = zone_format(pool->zone, piece.end_min);
        g_string_append_printf(text, "\n  %s %s-%s break %d", i < fixed->len ? "fixed" : "PLAN", start, end,
                               piece.break_min);
    }
    for (guint i = 0; i < profile_overrides(pool->profile)->len; i++)
        g_string_append_printf(text, "\n  %s", (const char *)g_ptr_array_index(profile_overrides(pool->profile), i));
    return g_string_free(text, FALSE);
}

static gboolean is_frozen_out(const Week *week, guint shift, guint worker)
{
    return week->is_repair && pool_shift(week->pool, shift)->start_min < week->now_min &&
           !roster_find(week->published, shift, worker);
}

/* A shift that is no entry of the worker must be one the checker refuses, or one nobody may be put on. */
static void check_who_may_take_what(const Week *week, const WeekProblem *problem)
{
    const SolverProblem *solver = &problem->problem;
    for (guint worker = 0; worker < week->pool->workers->len; worker++)
        for (int32_t slot = 0; slot < solver->slot_count; slot++) {
            guint shift = problem->slot_shift[slot];
            gboolean is_entry = FALSE;
            for (int32_t i = 0; i < solver->entry_count; i++)
                is_entry = is_entry || ((guint)solver->entries[i].worker == worker && solver->entries[i].slot == slot);
            if (is_entry || pool_shift(week->pool, shift)->headcount == 0 || is_frozen_out(week, shift, worker))
                continue;
            g_autoptr(GPtrArray) violations = rules_check_line(week, worker, &shift, 1);
            if (violations->len == 0) {
                g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(guint));
                g_array_append_val(line, shift);
                g_autofree char *text = line_text(week, worker, line);
                g_error("the model does not offer what the checker allows: %s", text);
            }
        }
}

static gboolean must_do_what_it_may_not(const WeekProblem *problem, guint worker)
{
    for (guint i = 0; i < problem->forbidden->len; i++)
        if (g_array_index(problem->forbidden, guint, i) == worker)
            return TRUE;
    return FALSE;
}

/* The required entries of the worker and some others. */
static void random_line(const WeekProblem *problem, guint worker, GRand *rand, GArray *entries, GArray *shifts)
{
    const SolverProblem *solver = &problem->problem;
    int wanted = g_rand_int_range(rand, 1, 7), mine = 0;
    for (int32_t i = 0; i < solver->entry_count; i++)
        mine += (guint)solver->entries[i].worker == worker;
    for (gint32 i = 0; i < solver->entry_count; i++) {
        const SolverEntry *entry = &solver->entries[i];
        if ((guint)entry->worker != worker || (!entry->is_required && g_rand_int_range(rand, 0, mine) >= wanted))
            continue;
        g_array_append_val(entries, i);
        g_array_append_val(shifts, problem->slot_shift[entry->slot]);
    }
}

static GHashTable *broken; /* rule -> in how many lines it was the only one broken */

static void note_broken(const GPtrArray *violations)
{
    const Violation *first = violations->len ? g_ptr_array_index(violations, 0) : NULL;
    for (guint i = 1; first && i < violations->len; i++)
        if (strcmp(((const Violation *)g_ptr_array_index(violations, i))->rule, first->rule) != 0)
            return;
    if (first)
        g_hash_table_insert(broken, (gpointer)first->rule,
                            GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(broken, first->rule)) + 1));
}

/* A rule that was never broken alone was not compared. */
static void every_day_rule_had_its_turn(void)
{
    static const char *const rules[] = {"consecutive_days", "min_consecutive_days", "days_off",
                                        "shift_kinds",      "succession",           NULL};
    for (const char *const *rule = rules; *rule; rule++) {
        guint times = GPOINTER_TO_UINT(g_hash_table_lookup(broken, *rule));
        g_test_message("%s: %u lines", *rule, times);
        g_assert_cmpuint(times, >, 0);
    }
}

static guint check_lines(const Week *week, const WeekProblem *problem, GRand *rand, guint *legal)
{
    guint compared = 0;
    for (guint worker = 0; worker < week->pool->workers->len; worker++)
        for (int trial = 0; trial < 30 && !must_do_what_it_may_not(problem, worker); trial++) {
            g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
            g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(gint32));
            random_line(problem, worker, rand, entries, shifts);
            if (entries->len == 0)
                continue;
            g_autoptr(GPtrArray) violations =
                rules_check_line(week, worker, (guint *)(gpointer)shifts->data, shifts->len);
            gboolean is_legal = solver_line_is_legal(&problem->problem, (int32_t)worker,
                                                     (gint32 *)(gpointer)entries->data, (int32_t)entries->len);
            compared++;
            *legal += is_legal ? 1 : 0;
            note_broken(violations);
            if (is_legal == (violations->len == 0))
                continue;
            g_autofree char *text = line_text(week, worker, shifts);
            g_autofree char *why =
                violations->len ? violation_format(g_ptr_array_index(violations, 0), week->pool) : g_strdup("legal");
            g_error("the model says %s, the checker: %s\n%s", is_legal ? "legal" : "illegal", why, text);
        }
    return compared;
}

static void test_the_model_and_the_checker_agree_on_lines(void)
{
    guint compared = 0, legal = 0;
    broken = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint32 seed = 1; seed <= (guint32)(POOLS * slow_factor()); seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        g_autoptr(RandomPool) made = random_pool_new(seed, 3, 14);
        g_autoptr(Week) week = week_of(made, rand);
        g_autoptr(WeekProblem) problem = week_problem_new(week, NULL);
        check_who_may_take_what(week, problem);
        compared += check_lines(week, problem, rand, &legal);
    }
    g_test_message("%u lines compared, %u of them legal", compared, legal);
    every_day_rule_had_its_turn();
    g_hash_table_unref(broken);
    g_assert_cmpuint(legal, >, compared / 10);
    g_assert_cmpuint(legal, <, compared - compared / 10);
}

static gboolean rows_hold(const SolverProblem *solver, const GArray *chosen)
{
    g_autofree int64_t *activity = g_new0(int64_t, solver->row_count + 1);
    for (guint i = 0; i < chosen->len; i++) {
        gint32 entry = g_array_index(chosen, gint32, i);
        for (int64_t at = solver->entry_row_begin[entry]; at < solver->entry_row_begin[entry + 1]; at++)
            activity[solver->entry_row[at]] += solver->entry_coefficient[at];
    }
    for (int32_t row = 0; row < solver->row_count; row++)
        if (solver->rows[row].most != SOLVER_NEVER && activity[row] > solver->rows[row].most)
            return FALSE;
    return TRUE;
}

static gboolean shift_rules_hold(const Week *week, const Roster *roster)
{
    g_autoptr(GPtrArray) violations = rules_check(week, roster);
    for (guint i = 0; i < violations->len; i++) {
        const Violation *violation = g_ptr_array_index(violations, i);
        if (strcmp(violation->rule, "headcount") == 0 || strcmp(violation->rule, "learner") == 0)
            return FALSE;
    }
    return TRUE;
}

static void test_the_model_and_the_cost_agree_to_the_cent(void)
{
    guint compared = 0;
    for (guint32 seed = 1; seed <= (guint32)(POOLS * slow_factor()); seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        g_autoptr(RandomPool) made = random_pool_new(seed, 5, 10);
        g_autoptr(Week) week = week_of(made, rand);
        g_autoptr(WeekProblem) problem = week_problem_new(week, NULL);
        for (int trial = 0; trial < 10; trial++) {
            g_autoptr(GArray) chosen = g_array_new(FALSE, FALSE, sizeof(gint32));
            int part = g_rand_int_range(rand, 1, 4);
            for (gint32 i = 0; i < problem->problem.entry_count; i++)
                if (g_rand_int_range(rand, 0, 4) < part)
                    g_array_append_val(chosen, i);
            g_autoptr(Roster) roster =
                week_problem_roster(problem, 0, (gint32 *)(gpointer)chosen->data, (int32_t)chosen->len, NULL);
            gboolean holds = rows_hold(&problem->problem, chosen);
            if (holds != shift_rules_hold(week, roster))
                g_error("seed %u trial %d: rows %s, the checker says otherwise", seed, trial,
                        holds ? "hold" : "do not hold");
            if (!holds)
                continue;
            Cost cost = cost_of(week, roster);
            int64_t model = solver_cost(&problem->problem, (gint32 *)(gpointer)chosen->data, (int32_t)chosen->len) +
                            problem->constant_cents;
            if (model != cost_total(&cost))
                g_error("seed %u trial %d: the model counts %" G_GINT64_FORMAT " cents, the cost %" G_GINT64_FORMAT,
                        seed, trial, model, cost_total(&cost));
            compared++;
        }
    }
    g_test_message("%u rosters compared", compared);
    g_assert_cmpuint(compared, >, POOLS);
}

/* --- against trying everything */

typedef struct Search {
    const Week *week;
    const WeekProblem *problem;
    Roster *roster;
    int64_t best_cents;
} Search;

/* Every roster that the checker allows, worker by worker, entry by entry. */
static void try_all(Search *search, int32_t entry)
{
    if (entry == search->problem->problem.entry_count) {
        g_autoptr(GPtrArray) violations = rules_check(search->week, search->roster);
        if (violations->len)
            return;
        Cost cost = cost_of(search->week, search->roster);
        search->best_cents = MIN(search->best_cents, cost_total(&cost));
        return;
    }
    const SolverEntry *at = &search->problem->problem.entries[entry];
    guint shift = search->problem->slot_shift[at->slot];
    try_all(search, entry + 1);
    if ((int32_t)roster_cover(search->roster, shift, NULL) < pool_shift(search->week->pool, shift)->headcount) {
        roster_add(search->roster, shift, (guint)at->worker, FALSE);
        try_all(search, entry + 1);
        roster_remove(search->roster, shift, (guint)at->worker);
    }
}

static void test_a_planned_week_is_the_best_of_all(void)
{
    guint tried = 0, optimal = 0;
    for (guint32 seed = 1; tried < (guint)(120 * slow_factor()); seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        g_autoptr(RandomPool) made = random_pool_new(seed, 3, 5);
        g_autoptr(Week) week = week_of(made, rand);
        g_autoptr(WeekProblem) problem = week_problem_new(week, NULL);
        if (problem->problem.entry_count < 2 || problem->problem.entry_count > 10)
            continue;
        tried++;
        PlanOptions options = {.threads = 1, .seed = seed};
        g_autoptr(GError) error = NULL;
        g_autoptr(PlanResult) result = plan_week(week, &options, &error);
        if (!result) { /* begun work that the law forbids: only where the search finds nothing either */
            g_assert_error(error, PLAN_ERROR, PLAN_ERROR_PINS);
        }
        g_autoptr(Roster) empty = roster_new(made->week, ROSTER_DRAFT, 0);
        Search search = {week, problem, empty, INT64_MAX};
        try_all(&search, 0);
        if (!result) {
            g_assert_cmpint(search.best_cents, ==, INT64_MAX);
            continue;
        }
        if (result->bound_cents > search.best_cents || result->cost_cents < search.best_cents)
            g_error("seed %u: bound %" G_GINT64_FORMAT ", best of all %" G_GINT64_FORMAT ", planned %" G_GINT64_FORMAT,
                    seed, result->bound_cents, search.best_cents, result->cost_cents);
        if (strcmp(result->status, "optimal") == 0) {
            optimal++;
            g_assert_cmpint(result->cost_cents - search.best_cents, <=, 10); /* the rounding of at most so many terms */
        }
    }
    g_test_message("%u pools, %u proven optimal", tried, optimal);
    g_assert_cmpuint(optimal, >=, tried * 9 / 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model/agrees-with-the-checker-on-lines", test_the_model_and_the_checker_agree_on_lines);
    g_test_add_func("/model/agrees-with-the-cost-to-the-cent", test_the_model_and_the_cost_agree_to_the_cent);
    g_test_add_func("/plan/a-planned-week-is-the-best-of-all", test_a_planned_week_is_the_best_of_all);
    return g_test_run();
}
