#include "rooster/moves.h"

#include "test_pool.h"

#include <string.h>

/* Shifts are named a, b, c as the test pool names them. */
static MoveResult *try_move(TestPool *test, MoveKind kind, const char *shift, const char *worker, GError **error)
{
    Move move = {.kind = kind};
    g_assert_true(pool_find_shift(test->pool, shift, &move.shift));
    g_assert_true(pool_find_worker(test->pool, worker, &move.worker));
    return move_try(test->week, test->roster, &move, error);
}

static gboolean is_planned(const TestPool *test, const Roster *roster, const char *shift, const char *worker)
{
    guint shift_index, worker_index;
    g_assert_true(pool_find_shift(test->pool, shift, &shift_index));
    g_assert_true(pool_find_worker(test->pool, worker, &worker_index));
    return roster_find(roster, shift_index, worker_index) != NULL;
}

/* The rules that the move is refused for, joined by blanks; "done" if it is not. */
static void expect(const char *planned, const char *around, MoveKind kind, const char *shift, const char *worker,
                   const char *expected)
{
    g_autoptr(TestPool) test = test_pool_new(planned, around);
    g_autoptr(GError) error = NULL;
    g_autoptr(MoveResult) result = try_move(test, kind, shift, worker, &error);
    g_assert_no_error(error);
    g_autoptr(GString) got = g_string_new(result->roster ? "done" : NULL);
    for (guint i = 0; i < result->violations->len; i++)
        g_string_append_printf(got, "%s%s", got->len ? " " : "",
                               ((const Violation *)g_ptr_array_index(result->violations, i))->rule);
    if (g_strcmp0(got->str, expected) != 0)
        g_error("%s of %s on %s in \"%s\" (%s): expected %s, got %s", move_kind_name(kind), worker, shift, planned,
                around, expected, got->str);
}

static void what_the_draft_kept_may_not_be_broken(void)
{
    expect("mon 08:00-16:00 +30, tue 08:00-16:00 +30: -", "", MOVE_ASSIGN, "b", "w", "done");
    expect("mon 17:00-22:00, tue 06:00-12:00 +30: -", "", MOVE_ASSIGN, "b", "w", "daily_rest");
    expect("mon 08:00-12:00", "", MOVE_ASSIGN, "a", "v", "headcount");
    expect("mon 08:00-12:00 [X]: -", "", MOVE_ASSIGN, "a", "w", "certificate");
    expect("mon 08:00-12:00 x2 [X]", "holds X; v: holds X learner; v: holds X learner", MOVE_ASSIGN, "a", "v", "done");
    expect("mon 08:00-12:00 x2 [X]: w v", "holds X; v: holds X learner", MOVE_UNASSIGN, "a", "w", "learner");
}

static void what_was_broken_before_does_not_stop_a_move(void)
{
    const char *broken = "mon 17:00-22:00, tue 06:00-12:00 +30, thu 08:00-12:00, fri 08:00-12:00: -";
    expect(broken, "", MOVE_ASSIGN, "d", "w", "done");
    expect(broken, "", MOVE_UNASSIGN, "c", "w", "done");
    expect(broken, "", MOVE_UNASSIGN, "a", "w", "done");
    expect("mon 08:00-12:00 x1: w v u", "", MOVE_UNASSIGN, "a", "u", "done");
}

static void what_was_broken_before_may_not_get_worse(void)
{
    expect("mon 08:00-12:00 x1: w v", "", MOVE_ASSIGN, "a", "u", "headcount");
    expect("mon 08:00-12:00 x3 [X]: w", "w: holds X learner; v: holds X learner", MOVE_ASSIGN, "a", "v", "learner");
    expect("mon-fri 08:00-17:00 +30, sat 08:00-12:00: -", "hours 0 40", MOVE_ASSIGN, "f", "w", "contract_max");
}

static void a_row_of_days_is_made_day_by_day(void)
{
    const char *rule = "rule min_consecutive_days=2";
    expect("mon 08:00-12:00, tue 08:00-12:00: -", rule, MOVE_ASSIGN, "b", "w", "done");
    expect("mon 08:00-12:00: -", rule, MOVE_ASSIGN, "a", "w", "done min_consecutive_days");
    expect("mon 08:00-12:00, tue 08:00-12:00", rule, MOVE_UNASSIGN, "a", "w", "done min_consecutive_days");
    expect("mon 08:00-12:00, mon 14:00-16:00: -", rule, MOVE_ASSIGN, "b", "w", "shifts_per_day min_consecutive_days");
}

static void a_shrinking_breach_is_no_new_one(void)
{
    /* 6 x 8:30 h against 40 h: with one shift less it is still too much, on fewer shifts */
    expect("mon-sat 08:00-17:00 +30", "hours 0 40", MOVE_UNASSIGN, "f", "w", "done");
}

static void a_repair_guards_what_has_begun_and_charges_changes(void)
{
    const char *planned = "mon 08:00-12:00, thu 08:00-12:00";
    const char *around = "published a b; now tue 08:00; price idle=0 idle_far=0 continuity=0";
    expect(planned, around, MOVE_UNASSIGN, "a", "w", "frozen");
    g_autoptr(TestPool) test = test_pool_new(planned, around);
    g_autoptr(MoveResult) result = try_move(test, MOVE_UNASSIGN, "b", "w", NULL);
    g_assert_nonnull(result->roster);
    g_assert_cmpint(result->after.cents[COST_CHANGE] - result->before.cents[COST_CHANGE], ==, 1500);
    g_assert_cmpint(result->after.cents[COST_LATE_CHANGE], ==, 4000 + 4 * 2000);
}

static void the_draft_stays_as_it_was(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00: -", "");
    g_autoptr(MoveResult) result = try_move(test, MOVE_ASSIGN, "a", "w", NULL);
    g_assert_false(is_planned(test, test->roster, "a", "w"));
    g_assert_true(is_planned(test, result->roster, "a", "w"));
    g_assert_cmpint(cost_total(&result->after), <, cost_total(&result->before));
}

static void pins_are_set_lifted_and_guarded(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    g_autoptr(GError) error = NULL;
    g_autoptr(MoveResult) pinned = try_move(test, MOVE_PIN, "a", "w", &error);
    g_assert_no_error(error);
    roster_free(test->roster);
    test->roster = roster_copy(pinned->roster);
    g_assert_null(try_move(test, MOVE_UNASSIGN, "a", "w", &error));
    g_assert_error(error, MOVE_ERROR, MOVE_ERROR_PINNED);
    g_assert_cmpstr(error->message, ==, "worker w must be unpinned before being taken off shift a");
    g_autoptr(MoveResult) loose = try_move(test, MOVE_UNPIN, "a", "w", NULL);
    g_assert_false(roster_at(loose->roster, 0)->is_pinned);
}

/* "headcount daily_rest" of the violations that are of the worker or of the shift as a whole, or of all. */
static char *rules_of(const GPtrArray *violations, guint worker, guint shift, gboolean is_all)
{
    GString *told = g_string_new(NULL);
    for (guint i = 0; i < violations->len; i++) {
        const Violation *violation = g_ptr_array_index(violations, i);
        gboolean is_whole = violation->worker == VIOLATION_NO_WORKER;
        gboolean is_here = is_whole ? g_array_index(violation->shifts, guint, 0) == shift : violation->worker == worker;
        if (is_all || is_here)
            g_string_append_printf(told, "%s %s; ", violation->rule, violation->text);
    }
    return g_string_free(told, FALSE);
}

static void what_a_move_can_break_is_all_that_is_looked_at(void)
{
    g_autoptr(TestPool) test = test_pool_new(
        "mon 17:00-22:00 x1: w v, tue 06:00-12:00 +30 x1: w v, tue 06:00-12:00 +30 x3: u, thu 08:00-12:00 [X]: v", "");
    g_autoptr(GPtrArray) all = rules_check(test->week, test->roster);
    for (guint shift = 0; shift < test->pool->shifts->len; shift++) {
        for (guint worker = 0; worker < test->pool->workers->len; worker++) {
            g_autoptr(GPtrArray) around = rules_check_around(test->week, test->roster, shift, worker);
            g_autofree char *expected = rules_of(all, worker, shift, FALSE);
            g_autofree char *got = rules_of(around, worker, shift, TRUE);
            g_assert_cmpstr(got, ==, expected);
        }
    }
    g_autofree char *whole = rules_of(all, 0, 0, TRUE);
    g_assert_nonnull(strstr(whole, "headcount"));
    g_assert_nonnull(strstr(whole, "daily_rest"));
    g_assert_nonnull(strstr(whole, "certificate"));
}

static void a_move_without_effect_is_an_error(void)
{
    static const struct {
        MoveKind kind;
        const char *shift, *worker, *message;
    } cases[] = {
        {MOVE_ASSIGN, "a", "w", "worker w is already on shift a"},
        {MOVE_UNASSIGN, "a", "v", "worker v is not on shift a"},
        {MOVE_PIN, "a", "v", "worker v is not on shift a"},
        {MOVE_UNPIN, "a", "w", "worker w is not pinned to shift a"},
    };
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(try_move(test, cases[i].kind, cases[i].shift, cases[i].worker, &error));
        g_assert_error(error, MOVE_ERROR, MOVE_ERROR_NOTHING);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

static void a_shift_of_another_week_is_an_error(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00: -", "");
    IsoWeek next = {test->week->week.monday + 7};
    g_autoptr(Week) week = week_new(test->pool, next, NULL);
    g_autoptr(Roster) draft = roster_new(next, ROSTER_DRAFT, 0);
    g_autoptr(GError) error = NULL;
    g_assert_null(move_try(week, draft, &(Move){.kind = MOVE_ASSIGN}, &error));
    g_assert_error(error, MOVE_ERROR, MOVE_ERROR_WEEK);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/moves/what-the-draft-kept-may-not-be-broken", what_the_draft_kept_may_not_be_broken);
    g_test_add_func("/moves/what-was-broken-before-does-not-stop-a-move", what_was_broken_before_does_not_stop_a_move);
    g_test_add_func("/moves/what-was-broken-before-may-not-get-worse", what_was_broken_before_may_not_get_worse);
    g_test_add_func("/moves/a-row-of-days-is-made-day-by-day", a_row_of_days_is_made_day_by_day);
    g_test_add_func("/moves/a-shrinking-breach-is-no-new-one", a_shrinking_breach_is_no_new_one);
    g_test_add_func("/moves/a-repair-guards-what-has-begun-and-charges-changes",
                    a_repair_guards_what_has_begun_and_charges_changes);
    g_test_add_func("/moves/the-draft-stays-as-it-was", the_draft_stays_as_it_was);
    g_test_add_func("/moves/pins-are-set-lifted-and-guarded", pins_are_set_lifted_and_guarded);
    g_test_add_func("/moves/what-a-move-can-break-is-all-that-is-looked-at",
                    what_a_move_can_break_is_all_that_is_looked_at);
    g_test_add_func("/moves/a-move-without-effect-is-an-error", a_move_without_effect_is_an_error);
    g_test_add_func("/moves/a-shift-of-another-week-is-an-error", a_shift_of_another_week_is_an_error);
    return g_test_run();
}
