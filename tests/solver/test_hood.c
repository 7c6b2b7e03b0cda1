/* Whom a neighbourhood holds: those of a chain of who would take what another holds, not everybody who could. */
#include "first.h"
#include "hood.h"
#include "made_up.h"

#include <glib.h>
#include <math.h>

enum { RING = 6, BYSTANDERS = 24, WORKERS = RING + BYSTANDERS, DRAWS = 50, DEAR = 100000, GAP = 5000 };

/*
 * RING workers hold each the slot of the next one, at 10.00, and would hold their own for nothing; BYSTANDERS could
 * hold any, at far more than the gap. All slots are at the same time.
 */
typedef struct Ring {
    MadeUp made; /* whose rules and limits are borrowed */
    SolverProblem problem;
    GArray *workers, *slots, *entries, *rows, *begin, *row, *coefficient;
} Ring;

static void add_entry(Ring *ring, int32_t worker, int32_t slot, int64_t cents)
{
    SolverEntry entry = {.worker = worker, .slot = slot, .cost_cents = cents};
    int64_t one = 1, begin = ring->row->len;
    g_array_append_val(ring->begin, begin);
    g_array_append_val(ring->entries, entry);
    g_array_append_val(ring->row, slot);
    g_array_append_val(ring->coefficient, one);
}

static void ring_init(Ring *ring)
{
    *ring = (Ring){.made = made_up_pool(1, WORKERS, RING),
                   .workers = g_array_new(FALSE, FALSE, sizeof(SolverWorker)),
                   .slots = g_array_new(FALSE, FALSE, sizeof(SolverSlot)),
                   .entries = g_array_new(FALSE, FALSE, sizeof(SolverEntry)),
                   .rows = g_array_new(FALSE, FALSE, sizeof(SolverRow)),
                   .begin = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                   .row = g_array_new(FALSE, FALSE, sizeof(int32_t)),
                   .coefficient = g_array_new(FALSE, FALSE, sizeof(int64_t))};
    for (int32_t worker = 0; worker < WORKERS; worker++) {
        SolverWorker of = ring->made.problem.workers[worker];
        of.fixed_count = of.window_count = 0;
        of.below = of.above = (SolverCurve){0};
        g_array_append_val(ring->workers, of);
        for (int32_t slot = 0; slot < RING; slot++) {
            bool is_own = worker == slot, is_next = (worker + 1) % RING == slot;
            if (worker >= RING || is_own || is_next) {
                add_entry(ring, worker, slot, worker >= RING ? DEAR : is_own ? 0 : 1000);
            }
        }
    }
    int64_t end = ring->row->len;
    g_array_append_val(ring->begin, end);
    for (int32_t slot = 0; slot < RING; slot++) {
        SolverRow row = {.most = SOLVER_NEVER, .wanted = 1, .below = {.pieces = 1, .rate = {DEAR}, .denominator = 1}};
        g_array_append_val(ring->rows, row);
        g_array_append_val(ring->slots, ring->made.problem.slots[0]);
    }
    ring->problem = ring->made.problem;
    ring->problem.worker_count = WORKERS;
    ring->problem.workers = (const SolverWorker *)(void *)ring->workers->data;
    ring->problem.slot_count = RING;
    ring->problem.slots = (const SolverSlot *)(void *)ring->slots->data;
    ring->problem.entry_count = (int32_t)ring->entries->len;
    ring->problem.entries = (const SolverEntry *)(void *)ring->entries->data;
    ring->problem.row_count = RING;
    ring->problem.rows = (const SolverRow *)(void *)ring->rows->data;
    ring->problem.entry_row_begin = (const int64_t *)(void *)ring->begin->data;
    ring->problem.entry_row = (const int32_t *)(void *)ring->row->data;
    ring->problem.entry_coefficient = (const int64_t *)(void *)ring->coefficient->data;
    g_assert_null(solver_problem_fault(&ring->problem, NULL));
}

static void ring_clear(Ring *ring)
{
    GArray *arrays[] = {ring->workers, ring->slots, ring->entries,    ring->rows,
                        ring->begin,   ring->row,   ring->coefficient};
    for (gsize i = 0; i < G_N_ELEMENTS(arrays); i++) {
        g_array_unref(arrays[i]);
    }
    made_up_free(&ring->made);
}

/* All lines of one slot become known; those of the ring take the next one's. */
static void hold(Roster *roster, Model *model)
{
    for (int32_t entry = 0; entry < model->problem->entry_count; entry++) {
        bool is_new;
        const SolverEntry *of = &model->problem->entries[entry];
        const Line *line = model_line(model, of->worker, &entry, 1, &is_new);
        if (of->worker < RING && of->slot != of->worker) {
            roster_set(roster, of->worker, line);
        }
    }
    roster_count(roster);
}

/* A search about to choose: rows for nothing, the bound GAP below the roster. */
typedef struct Fixture {
    Ring ring;
    Watch watch;
    Model model;
    Roster roster;
    Prices prices;
    Hood hood;
} Fixture;

/* idle: of the ring, who holds nothing; -1: nobody. */
static void fixture_init(Fixture *of, int32_t idle)
{
    const SolverOptions options = {.threads = 1, .seed = 1};
    ring_init(&of->ring);
    watch_begin(&of->watch, &options);
    model_init(&of->model, &of->ring.problem, &of->watch, 1);
    roster_init(&of->roster, &of->model);
    prices_init(&of->prices, &of->model);
    g_assert_cmpint(first_lines(&of->roster, &of->model).answer, ==, FIRST_FOUND);
    const Line *nothing = idle >= 0 ? of->roster.lines[idle] : NULL;
    hold(&of->roster, &of->model);
    if (nothing) {
        roster_set(&of->roster, idle, nothing);
        roster_count(&of->roster);
    }
    g_assert_cmpint(of->roster.cents, ==, nothing ? (RING - 1) * 1000 + DEAR : RING * 1000);
    of->prices.bound = (double)of->roster.cents - GAP;
    for (int32_t worker = 0; worker < WORKERS; worker++) {
        of->prices.worker_least[worker] = 0; /* its own slot, or none */
    }
    hood_init(&of->hood, &of->model, &of->prices, &of->roster);
}

static void fixture_clear(Fixture *of)
{
    hood_release(&of->hood);
    prices_release(&of->prices);
    roster_release(&of->roster);
    model_release(&of->model);
    ring_clear(&of->ring);
}

static void holds_the_chain(void)
{
    Fixture of;
    fixture_init(&of, -1);
    const Hood *hood = &of.hood;
    int whole = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
        int32_t first = hood_choose_workers(&of.hood, RING);
        g_assert_cmpint(hood->count, >=, 1);
        g_assert_cmpint(hood->count, <=, RING);
        for (int32_t i = 0; i < hood->count; i++) {
            g_assert_true(hood->workers[i] == first || hood->workers[i] < RING);
        }
        whole += hood->count == RING && first < RING;
    }
    g_assert_cmpint(whole, >=, DRAWS * 9 / 10); /* a bystander comes first now and then */
    fixture_clear(&of);
}

/* What one slot lacks is nearly all of the gap: there it begins, with those who would take the slot for little. */
static void begins_where_somebody_lacks(void)
{
    enum { IDLE = 2, LACKS = IDLE + 1 };
    Fixture of;
    fixture_init(&of, IDLE);
    const Hood *hood = &of.hood;
    int there = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
        bool is_there = hood_choose_workers(&of.hood, RING) == WORKERS + LACKS;
        g_assert_true(!is_there || hood->workers[0] == IDLE || hood->workers[0] == LACKS);
        there += is_there;
    }
    g_assert_cmpint(there, >=, DRAWS * 8 / 10);
    fixture_clear(&of);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hood/holds-the-chain", holds_the_chain);
    g_test_add_func("/hood/begins-where-somebody-lacks", begins_where_somebody_lacks);
    return g_test_run();
}
