/* What is kept of a solve: it comes back as it was, the next solve starts from it, its bound is proven again. */
#include "rooster/plan.h"
#include "rooster/proof.h"

#include "test_pool.h"

#include <string.h>

static const char shifts[] =
    "mon 08:00-16:00 +30 x2: -, tue 08:00-16:00 +30 {X}: -, wed 08:00-16:00 +30 @B x2 [Y]: -, thu 22:00-06:00 +45: -, "
    "fri 08:00-16:00 +30: -, sat 08:00-12:00 @B: -";
static const char around[] = "holds X; hours 16 40; v: hours 24 40; v: holds Y; u: holds Y learner";

static PlanResult *plan(const TestPool *test, const SolveRecord *record)
{
    g_autoptr(GError) error = NULL;
    PlanOptions options = {.threads = 1, .seed = 1, .start = test->roster, .record = record};
    PlanResult *result = plan_week(test->week, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(result->status, ==, "optimal");
    g_assert_nonnull(result->record);
    return result;
}

static void comes_back_as_it_was(void)
{
    g_autoptr(TestPool) test = test_pool_new(shifts, around);
    g_autoptr(PlanResult) result = plan(test, NULL);
    result->record->made_s = 1795996800;
    g_autofree char *json = solve_record_to_json(result->record);
    g_autoptr(GError) error = NULL;
    g_autoptr(SolveRecord) back = solve_record_from_json(json, &error);
    g_assert_no_error(error);
    g_autofree char *again = solve_record_to_json(back);
    g_assert_cmpstr(again, ==, json);
    g_assert_cmpint(back->made_s, ==, 1795996800);
    g_assert_cmpint(back->cost_cents, ==, result->cost_cents);
    g_assert_cmpint(back->bound_cents, ==, result->bound_cents);
    g_assert_true(back->is_certified);
    g_assert_cmpuint(back->row_prices->len, >, 6);
    g_assert_cmpuint(back->prices->len, ==, back->row_prices->len);
    g_assert_cmpuint(back->lines->len, >=, 3);
    guint kinds = 0;
    for (guint i = 0; i < back->prices->len; i++) {
        const char *kind = ((const RecordPrice *)g_ptr_array_index(back->prices, i))->kind;
        kinds |= g_str_equal(kind, "headcount") | (guint)g_str_equal(kind, "team") << 1 |
                 (guint)g_str_equal(kind, "learners") << 2 | (guint)g_str_equal(kind, "fairness") << 3;
    }
    g_assert_cmpuint(kinds, ==, 15);
}

static void refuses_what_it_did_not_write(void)
{
    g_autoptr(TestPool) test = test_pool_new(shifts, around);
    g_autoptr(PlanResult) result = plan(test, NULL);
    g_autofree char *json = solve_record_to_json(result->record);
    gsize size = strlen(json);
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    guint refused = 0;
    for (gsize kept = 0; kept < size; kept += 7) {
        g_autofree char *cut = g_strndup(json, kept);
        g_autoptr(GError) error = NULL;
        g_assert_null(solve_record_from_json(cut, &error));
        g_assert_error(error, SOLVE_RECORD_ERROR, SOLVE_RECORD_ERROR_UNREADABLE);
    }
    for (guint round = 0; round < 3000; round++) {
        g_autofree char *changed = g_strdup(json);
        static const char letters[] = "\"[]{},:-0179e.ntfalse";
        for (guint flips = 1 + round % 3; flips > 0; flips--)
            changed[g_rand_int_range(random, 0, (gint32)size)] =
                letters[g_rand_int_range(random, 0, (gint32)strlen(letters))];
        g_autoptr(GError) error = NULL;
        g_autoptr(SolveRecord) back = solve_record_from_json(changed, &error);
        g_assert_true((back == NULL) == (error != NULL));
        refused += back == NULL;
        if (back && back->week.monday == test->week->week.monday) { /* never proves too much, never breaks a plan */
            Proof proof = proof_check(test->pool, test->published, back, result->roster, 1);
            if (proof.state == PROOF_CONFIRMED)
                g_assert_cmpint(proof.certified_cents, <=, result->cost_cents);
            if (round % 20 == 0)
                plan_result_free(plan(test, back));
        }
    }
    g_assert_cmpuint(refused, >, 500);
    g_assert_cmpuint(refused, <, 2900);
}

static void starts_the_next_plan(void)
{
    g_autoptr(TestPool) test = test_pool_new(shifts, around);
    g_autoptr(PlanResult) first = plan(test, NULL);
    g_autoptr(PlanResult) second = plan(test, first->record);
    g_assert_cmpint(second->cost_cents, ==, first->cost_cents);
    g_assert_cmpint(second->work, <, first->work);
    /* Another week of other people and shifts: what is known by the same names is used, the rest falls away. */
    g_autoptr(TestPool) other = test_pool_new("mon 09:00-17:00 +30: -, sun 08:00-16:00 +30 x3: -", "v: hours 20 30");
    g_autoptr(PlanResult) cold = plan(other, NULL);
    g_autoptr(PlanResult) warm = plan(other, first->record);
    g_assert_cmpint(warm->cost_cents, ==, cold->cost_cents);
}

static Proof prove(const TestPool *test, const SolveRecord *record, const Roster *roster)
{
    return proof_check(test->pool, test->published, record, roster, 2);
}

static void proves_its_bound_again(void)
{
    g_autoptr(TestPool) test = test_pool_new(shifts, around);
    g_autoptr(PlanResult) result = plan(test, NULL);
    Proof proof = prove(test, result->record, result->roster);
    g_assert_cmpstr(proof_state_name(proof.state), ==, "confirmed");
    g_assert_cmpint(proof.cost_cents, ==, result->cost_cents);
    g_assert_cmpint(proof.certified_cents, <=, result->cost_cents);
    g_assert_cmpint(proof.certified_cents, >=, result->record->certified_cents);
    g_assert_cmpint(proof.claimed_cents, ==, result->bound_cents);

    for (guint row = 0; row < result->record->row_prices->len; row++) { /* any price may lie; never is it believed */
        gint64 *price = &g_array_index(result->record->row_prices, gint64, row), kept = *price;
        static const gint64 lies[] = {0, -5000, 50000, G_MAXINT32};
        for (guint i = 0; i < G_N_ELEMENTS(lies); i++) {
            *price = lies[i] * (INT64_C(1) << result->record->bits);
            proof = prove(test, result->record, result->roster);
            if (proof.state == PROOF_CONFIRMED)
                g_assert_cmpint(proof.certified_cents, <=, result->cost_cents);
        }
        *price = kept;
    }
    result->record->certified_cents = result->cost_cents + 1000;
    proof = prove(test, result->record, result->roster);
    g_assert_cmpstr(proof_state_name(proof.state), ==, "refuted");
    result->record->is_certified = FALSE;
    proof = prove(test, result->record, result->roster);
    g_assert_cmpstr(proof_state_name(proof.state), ==, "nothing");
}

static void knows_another_problem(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-16:00 +30, tue 08:00-16:00 +30: -", "hours 8 40");
    roster_at(test->roster, 0)->is_pinned = TRUE;
    g_autoptr(PlanResult) result = plan(test, NULL);
    g_assert_cmpuint(result->record->pins->len, ==, 1);
    g_assert_cmpint(prove(test, result->record, result->roster).state, ==, PROOF_CONFIRMED);
    static const char *const changes[][2] = {
        {"mon 08:00-16:00 +30, tue 08:00-16:30 +30: -", "hours 8 40"},
        {"mon 08:00-16:00 +30, tue 08:00-16:00 +30 x2: -", "hours 8 40"},
        {"mon 08:00-16:00 +30, tue 08:00-16:00 +30: -", "hours 9 40"},
        {"mon 08:00-16:00 +30, tue 08:00-16:00 +30: -", "hours 8 40; unavailable tue 08:00-09:00"},
        {"mon 08:00-16:00 +30, tue 08:00-16:00 +30: -", "hours 8 40; price shortfall_normal=90"},
        {"mon 08:00-16:00 +30, tue 08:00-16:00 +30: -", "hours 8 40; rule max_consecutive_days=1"},
        {"mon 08:00-16:00 +30", "hours 8 40"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(TestPool) changed = test_pool_new(changes[i][0], changes[i][1]);
        roster_at(changed->roster, 0)->is_pinned = TRUE;
        g_autoptr(PlanResult) now = plan(changed, NULL);
        ProofState state = prove(changed, result->record, now->roster).state;
        if (state != PROOF_CHANGED)
            g_error("%s (%s): %s", changes[i][0], changes[i][1], proof_state_name(state));
    }
    g_autoptr(Roster) without = roster_new(test->week->week, ROSTER_DRAFT, 0);
    g_assert_cmpint(prove(test, result->record, without).state, ==, PROOF_UNPINNED);
}

static void proves_a_repair_as_it_was_seen(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-16:00 +30, tue 08:00-16:00 +30: v, wed 08:00-16:00 +30: -",
                                             "hours 8 16; published a b:v; now mon 12:00");
    g_autoptr(PlanResult) result = plan(test, NULL);
    g_assert_true(result->record->is_repair);
    Proof proof = prove(test, result->record, result->roster);
    g_assert_cmpstr(proof_state_name(proof.state), ==, "confirmed");
    g_assert_cmpint(proof.cost_cents, ==, result->cost_cents);
    result->record->revision++;
    g_assert_cmpint(prove(test, result->record, result->roster).state, ==, PROOF_CHANGED);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/record/comes-back-as-it-was", comes_back_as_it_was);
    g_test_add_func("/record/refuses-what-it-did-not-write", refuses_what_it_did_not_write);
    g_test_add_func("/record/starts-the-next-plan", starts_the_next_plan);
    g_test_add_func("/record/proves-its-bound-again", proves_its_bound_again);
    g_test_add_func("/record/knows-another-problem", knows_another_problem);
    g_test_add_func("/record/proves-a-repair-as-it-was-seen", proves_a_repair_as_it_was_seen);
    return g_test_run();
}
