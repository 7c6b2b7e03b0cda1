/*
 * Several weeks planned at once, on random pools: the checker agrees with the optimiser on every week beside the
 * others, the costs of the weeks add up to its cost, and no way of planning them one after the other beats its bound.
 */
#include "rooster/plan_weeks.h"
#include "rooster/rules.h"

#include "random_pool.h"

enum { SEEDS = 400, WORK = 60000 };

typedef struct Span {
    RandomPool *made;
    GPtrArray *weeks, *starts;
    GPtrArray *published; /* the week after, in some */
} Span;

static void publish_week(Span *span, IsoWeek iso_week, guint32 seed)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Week) week = week_new(span->made->pool, iso_week, NULL);
    PlanOptions options = {.work = WORK, .threads = 1, .seed = seed};
    g_autoptr(PlanResult) result = plan_week(week, &options, &error);
    g_assert_no_error(error);
    result->roster->state = ROSTER_PUBLISHED;
    g_ptr_array_add(span->published, g_steal_pointer(&result->roster));
}

static void span_init(Span *span, guint32 seed)
{
    int weeks = 2 + (int)(seed % 2);
    gboolean is_followed = seed % 5 == 0;
    span->made = random_span_new(seed, 3, 8, weeks + is_followed);
    span->published = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    if (is_followed)
        publish_week(span, (IsoWeek){span->made->week.monday + 7 * weeks}, seed);
    span->weeks = g_ptr_array_new_with_free_func((GDestroyNotify)week_free);
    span->starts = g_ptr_array_new();
    for (int place = 0; place < weeks; place++) {
        IsoWeek week = {span->made->week.monday + 7 * place};
        g_ptr_array_add(span->weeks, week_new(span->made->pool, week, span->published));
        g_ptr_array_add(span->starts, NULL);
    }
}

static void span_clear(Span *span)
{
    g_ptr_array_unref(span->weeks);
    g_ptr_array_unref(span->starts);
    g_ptr_array_unref(span->published);
    random_pool_free(span->made);
}

/* One after the other, each beside those before it. NULL if one of them is not lawful once the later ones are there. */
static GPtrArray *plan_in_turn(const Span *span, guint32 seed)
{
    g_autoptr(GPtrArray) rosters = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    for (guint i = 0; i < span->weeks->len; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Week) week = week_beside(g_ptr_array_index(span->weeks, i), rosters, span->published);
        PlanOptions options = {.work = WORK, .threads = 1, .seed = seed};
        g_autoptr(PlanResult) result = plan_week(week, &options, &error);
        g_assert_no_error(error);
        g_ptr_array_add(rosters, g_steal_pointer(&result->roster));
    }
    for (guint i = 0; i < span->weeks->len; i++) {
        g_autoptr(Week) week = week_beside(g_ptr_array_index(span->weeks, i), rosters, span->published);
        g_autoptr(GPtrArray) violations = rules_check(week, g_ptr_array_index(rosters, i));
        if (violations->len > 0)
            return NULL;
    }
    return g_steal_pointer(&rosters);
}

static int64_t cost_of_all(const Span *span, const GPtrArray *rosters)
{
    int64_t cents = 0;
    for (guint i = 0; i < span->weeks->len; i++) {
        Cost cost = cost_of(g_ptr_array_index(span->weeks, i), g_ptr_array_index(rosters, i));
        cents += cost_total(&cost);
    }
    return cents;
}

static gboolean has_limit_over_weeks(const Span *span)
{
    const Pool *pool = span->made->pool;
    gboolean is_limited = profile_numbers(pool->profile, span->made->week)->sundays_52_weeks < 3;
    for (guint worker = 0; worker < pool->workers->len; worker++) {
        const DayRules *rules = &pool_worker(pool, worker)->day_rules;
        is_limited |= rules->max_weekends != DAY_RULE_OFF;
        for (int kind = 0; kind < SHIFT_KINDS; kind++)
            is_limited |= rules->max_shifts[kind] != DAY_RULE_OFF && rules->window[kind] > 1;
    }
    return is_limited;
}

static void is_never_beaten_by_weeks_in_turn(void)
{
    int planned = 0, compared = 0, better = 0, limited = 0;
    for (guint32 seed = 1; seed <= SEEDS; seed++) {
        Span span;
        g_autoptr(GError) error = NULL;
        span_init(&span, seed);
        PlanOptions options = {.work = WORK, .threads = 1, .seed = seed};
        g_autoptr(WeeksPlan) plan =
            plan_weeks(span.weeks, span.starts, span.published, &options, &error); /* judges itself */
        if (!g_error_matches(error, PLAN_ERROR, PLAN_ERROR_WEEKS)) {
            if (error)
                g_test_message("seed %u", seed);
            g_assert_no_error(error);
            planned++;
            limited += has_limit_over_weeks(&span);
            g_assert_cmpint(plan->bound_cents, <=, plan->cost_cents);
            g_autoptr(GPtrArray) in_turn = plan_in_turn(&span, seed);
            int64_t cents = in_turn ? cost_of_all(&span, in_turn) : G_MAXINT64;
            if (plan->bound_cents > cents)
                g_test_message("seed %u: bound %" G_GINT64_FORMAT ", in turn %" G_GINT64_FORMAT, seed,
                               plan->bound_cents, cents);
            g_assert_cmpint(plan->bound_cents, <=, cents);
            if (g_str_equal(plan->status, "optimal"))
                g_assert_cmpint(plan->cost_cents, <=, cents);
            compared += in_turn != NULL;
            better += in_turn && plan->cost_cents < cents;
        }
        span_clear(&span);
    }
    g_test_message("%d spans planned, %d with limits over weeks, %d compared, %d cheaper than in turn", planned,
                   limited, compared, better);
    g_assert_cmpint(planned, >, SEEDS / 2);
    g_assert_cmpint(limited, >, SEEDS / 4);
    g_assert_cmpint(compared, >, planned / 2);
    g_assert_cmpint(better, >, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/weeks/is-never-beaten-by-weeks-in-turn", is_never_beaten_by_weeks_in_turn);
    return g_test_run();
}
