/*
 * Several weeks planned at once, on random pools: the checker agrees with the optimiser on every week beside the
 * others, the costs of the weeks add up to its cost, and no way of planning them one after the other beats its bound;
 * neither when all of them are published and repaired together.
 */
#include "rooster/disturb.h"
#include "rooster/plan_weeks.h"
#include "rooster/rules.h"

#include "random_pool.h"

enum { SEEDS = 400, WORK = 60000 };

typedef struct Span {
    RandomPool *made;
    const Pool *pool; /* of `made`, or `changed` */
    Pool *changed;    /* since it was published; or NULL */
    GPtrArray *weeks, *starts;
    GPtrArray *published; /* the week after, in some; in a repair all of them */
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
    *span = (Span){.made = random_span_new(seed, 3, 8, weeks + is_followed)};
    span->pool = span->made->pool;
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
    pool_free(span->changed);
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

typedef struct Turns {
    int compared, better;
} Turns;

static void is_not_beaten(const Span *span, const WeeksPlan *plan, guint32 seed, Turns *turns)
{
    g_autoptr(GPtrArray) in_turn = plan_in_turn(span, seed);
    int64_t cents = in_turn ? cost_of_all(span, in_turn) : G_MAXINT64;
    if (plan->bound_cents > cents)
        g_test_message("seed %u: bound %" G_GINT64_FORMAT ", in turn %" G_GINT64_FORMAT, seed, plan->bound_cents,
                       cents);
    g_assert_cmpint(plan->bound_cents, <=, plan->cost_cents);
    g_assert_cmpint(plan->bound_cents, <=, cents);
    if (g_str_equal(plan->status, "optimal"))
        g_assert_cmpint(plan->cost_cents, <=, cents);
    turns->compared += in_turn != NULL;
    turns->better += in_turn && plan->cost_cents < cents;
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
    Turns turns = {0, 0};
    int planned = 0, limited = 0;
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
            is_not_beaten(&span, plan, seed, &turns);
        }
        span_clear(&span);
    }
    g_test_message("%d spans planned, %d with limits over weeks, %d compared, %d cheaper than in turn", planned,
                   limited, turns.compared, turns.better);
    g_assert_cmpint(planned, >, SEEDS / 2);
    g_assert_cmpint(limited, >, SEEDS / 4);
    g_assert_cmpint(turns.compared, >, planned / 2);
    g_assert_cmpint(turns.better, >, 0);
}

/* --- repairs */

/* The worker who was planned on it is away for two days from the shift on, and another is asked beside them. */
static Pool *disturbed(const Pool *pool, const Assignment *at, int64_t now_min)
{
    const Shift *shift = pool_shift(pool, at->shift);
    g_autoptr(GError) error = NULL;
    Shift more = *shift;
    more.headcount++;
    g_autoptr(Pool) asked = disturb_spike(pool, &more, now_min, &error);
    g_assert_no_error(error);
    Pool *away =
        disturb_absence(asked, at->worker, shift->start_min, shift->start_min + (int64_t)48 * 60, now_min, &error);
    g_assert_no_error(error);
    return away;
}

/* Publishes the rosters, and something happens to one of them. FALSE where nothing is left that could change. */
static gboolean span_publish(Span *span, const WeeksPlan *plan, guint32 seed)
{
    const Pool *pool = span->made->pool;
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(Assignment));
    int64_t now_min =
        ((const Week *)g_ptr_array_index(span->weeks, 0))->start_min + (int64_t)24 * 60 * ((int)(seed % 9) - 2);
    for (guint i = 0; i < plan->weeks->len; i++) {
        Roster *roster = roster_copy(((const PlanResult *)g_ptr_array_index(plan->weeks, i))->roster);
        roster->state = ROSTER_PUBLISHED;
        roster->revision = 1;
        g_ptr_array_add(span->published, roster);
        for (guint k = 0; k < roster->assignments->len; k++)
            if (pool_shift(pool, roster_at(roster, k)->shift)->start_min > now_min)
                g_array_append_val(open, *roster_at(roster, k));
    }
    if (open->len == 0)
        return FALSE;
    span->changed = disturbed(pool, &g_array_index(open, Assignment, seed % open->len), now_min);
    span->pool = span->changed;
    for (guint i = 0; i < plan->weeks->len; i++) {
        const Week *before = g_ptr_array_index(span->weeks, i);
        Week *week = week_new(span->pool, before->week, span->published);
        week_set_repair(week, now_min);
        week_free(span->weeks->pdata[i]);
        span->weeks->pdata[i] = week;
        span->starts->pdata[i] = seed % 2 ? (gpointer)week->published : NULL;
    }
    return TRUE;
}

/* What had begun is there as before, but for who is away; and nothing came to it. */
static void what_has_begun_stays(const Week *week, const Roster *roster, int *frozen)
{
    g_autoptr(GArray) changes = roster_diff(week->pool, week->published, roster);
    for (guint i = 0; i < changes->len; i++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, i);
        if (pool_shift(week->pool, change->shift)->start_min < week->now_min)
            g_assert_true(!change->is_added && week_is_away(week, change->shift, change->worker));
    }
    for (guint i = 0; i < week->published->assignments->len; i++)
        *frozen += pool_shift(week->pool, roster_at(week->published, i)->shift)->start_min < week->now_min;
}

static void keeps_what_is_published(void)
{
    Turns turns = {0, 0};
    int repaired = 0, frozen = 0;
    for (guint32 seed = 1; seed <= SEEDS; seed++) {
        Span span;
        g_autoptr(GError) error = NULL;
        span_init(&span, seed);
        PlanOptions options = {.work = WORK, .threads = 1, .seed = seed};
        g_autoptr(WeeksPlan) before = plan_weeks(span.weeks, span.starts, span.published, &options, NULL);
        if (before && span_publish(&span, before, seed)) {
            g_autoptr(WeeksPlan) plan = plan_weeks(span.weeks, span.starts, span.published, &options, &error);
            if (error)
                g_test_message("seed %u", seed);
            g_assert_no_error(error);
            repaired++;
            for (guint i = 0; i < span.weeks->len; i++) {
                const Week *week = g_ptr_array_index(span.weeks, i);
                const PlanResult *part = g_ptr_array_index(plan->weeks, i);
                what_has_begun_stays(week, part->roster, &frozen);
            }
            is_not_beaten(&span, plan, seed, &turns);
        }
        span_clear(&span);
    }
    g_test_message("%d spans repaired, %d assignments had begun, %d compared, %d cheaper than in turn", repaired,
                   frozen, turns.compared, turns.better);
    g_assert_cmpint(repaired, >, SEEDS / 2);
    g_assert_cmpint(turns.compared, >, repaired / 2);
    g_assert_cmpint(frozen, >, SEEDS / 8);
    g_assert_cmpint(turns.better, >, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/weeks/is-never-beaten-by-weeks-in-turn", is_never_beaten_by_weeks_in_turn);
    g_test_add_func("/plan/weeks/keeps-what-is-published", keeps_what_is_published);
    return g_test_run();
}
