/* Branch and price, against exhaustion, from prices so poor that it has to branch. Looks inside the solver. */
#include "branch.h"
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <inttypes.h>
#include <math.h>

typedef struct Sums {
    int solved, improved, undecided;
} Sums;

/* A legal roster, mostly a poor one. False: there is none. */
static bool begin(Roster *roster, Model *model, const SolverProblem *problem)
{
    SolverOptions little = {.threads = 1, .work_most = 1};
    SolverResult *result = solver_solve(problem, &little);
    bool is_legal = result->status != SOLVER_INFEASIBLE;
    for (int32_t worker = 0, at = 0; is_legal && worker < problem->worker_count; worker++) {
        int32_t from = at;
        while (at < result->chosen_count && problem->entries[result->chosen[at]].worker == worker) {
            at++;
        }
        bool is_new;
        roster_set(roster, worker, model_line(model, worker, result->chosen + from, at - from, &is_new));
    }
    if (is_legal) {
        roster_count(roster);
    }
    solver_result_free(result);
    return is_legal;
}

static void check(const SolverProblem *problem, const Roster *roster, double bound, int32_t nodes, Sums *sums)
{
    int64_t optimum = reference_optimum(problem);
    GArray *chosen = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        const Line *line = roster->lines[worker];
        g_array_append_vals(chosen, line->entries, (guint)line->count);
    }
    const char *fault = reference_roster_fault(problem, (const int32_t *)(void *)chosen->data, (int32_t)chosen->len);
    g_assert_cmpstr(fault, ==, NULL);
    g_assert_cmpint(roster->cents, ==,
                    reference_cost(problem, (const int32_t *)(void *)chosen->data, (int32_t)chosen->len));
    g_array_unref(chosen);
    g_assert_cmpfloat(bound, <=, (double)optimum + 1e-3);
    sums->undecided += ceil(bound - 0.01) < (double)roster->cents;
    if (nodes > 1 && roster->model->slack == 0) {
        g_assert_cmpint(roster->cents, ==, optimum);
        g_assert_cmpfloat(ceil(bound - 0.01), ==, (double)optimum);
    }
}

static bool takes(const Roster *roster, int32_t entry)
{
    const Line *line = roster->lines[roster->model->problem->entries[entry].worker];
    for (int32_t i = 0; i < line->count; i++) {
        if (line->entries[i] == entry) {
            return true;
        }
    }
    return false;
}

/* The same with every other entry frozen: they stay, and the roster gets no worse. */
static void keep_some(Model *model, const MasterScope *all, const Prices *prices, const BranchLimits *like,
                      Roster *roster)
{
    const SolverProblem *problem = model->problem;
    bool *is_frozen = g_new0(bool, (gsize)problem->entry_count + 1);
    for (int32_t entry = 0; entry < problem->entry_count; entry += 2) {
        is_frozen[entry] = true;
    }
    Roster other;
    roster_init(&other, model);
    roster_become(&other, roster);
    BranchLimits limits = *like;
    limits.is_frozen = is_frozen;
    Prices no_bound = *prices;
    no_bound.bound = -INFINITY;
    double bound;
    branch(model, all, &no_bound, &limits, &other, &bound);
    g_assert_false(roster_is_better(roster, &other));
    g_assert_cmpfloat(bound, <=, (double)other.cents);
    for (int32_t entry = 0; entry < problem->entry_count; entry += 2) {
        g_assert_true(takes(roster, entry) == takes(&other, entry));
    }
    roster_release(&other);
    g_free(is_frozen);
}

static void solve(uint64_t seed, const MadeUpTiny *kind, int32_t nodes, Sums *sums)
{
    MadeUp made = made_up_tiny(seed, kind);
    SolverOptions options = {.threads = 1, .seed = seed};
    Watch watch;
    watch_begin(&watch, &options);
    Model model;
    model_init(&model, &made.problem, &watch, 1);
    Roster roster;
    roster_init(&roster, &model);
    if (begin(&roster, &model, &made.problem)) {
        int64_t before = roster.cents;
        Prices prices;
        prices_init(&prices, &model);
        MasterScope all = {0};
        Master *master = master_new(&model, &all);
        for (int32_t worker = 0; worker < made.problem.worker_count; worker++) {
            master_add(master, roster.lines[worker]);
        }
        PricesScope scope = {.rounds_most = 1, .lines_most = 1};
        prices_find(&prices, &model, master, &scope);
        master_free(master);
        BranchLimits limits = {.nodes_most = nodes, .labels_most = 1000000};
        double bound;
        keep_some(&model, &all, &prices, &limits, &roster);
        branch(&model, &all, &prices, &limits, &roster, &bound);
        check(&made.problem, &roster, bound, nodes, sums);
        sums->solved++;
        sums->improved += roster.cents < before;
        prices_release(&prices);
    }
    roster_release(&roster);
    model_release(&model);
    made_up_free(&made);
}

static MadeUpTiny kind_of(uint64_t seed, int rule)
{
    return (MadeUpTiny){.workers = 2 + (int)(seed % 3),
                        .slots = 4 + (int)(seed % 4),
                        .rule = rule,
                        .has_fixed = seed % 2,
                        .has_loose_rows = seed % 3 == 1,
                        .has_day_rules = seed % 4 >= 2,
                        .has_required = seed % 5 == 3};
}

static void equals_exhaustion(void)
{
    Sums sums = {0};
    for (uint64_t seed = 0; seed < 400; seed++) {
        MadeUpTiny kind = kind_of(seed, (int)(seed % MADE_UP_RULES));
        solve(seed + 7000, &kind, 100000, &sums);
    }
    g_test_message("%d solved, %d improved, %d undecided", sums.solved, sums.improved, sums.undecided);
    g_assert_cmpint(sums.solved, >, 200);
    g_assert_cmpint(sums.improved, >, 50);
}

static void bound_is_true_when_cut_short(void)
{
    Sums sums = {0};
    for (uint64_t seed = 0; seed < 400; seed++) {
        MadeUpTiny kind = kind_of(seed, (int)(seed % MADE_UP_RULES));
        solve(seed + 9000, &kind, (int32_t)(seed % 2), &sums);
    }
    g_test_message("%d solved, %d improved, %d undecided", sums.solved, sums.improved, sums.undecided);
    g_assert_cmpint(sums.undecided, >, 50);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/branch/equals-exhaustion", equals_exhaustion);
    g_test_add_func("/branch/bound-is-true-when-cut-short", bound_is_true_when_cut_short);
    int status = g_test_run();
    master_free_environment();
    return status;
}
