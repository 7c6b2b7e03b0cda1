/* The wire: what is written is read, and nothing broken is believed. */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <math.h>
#include <string.h>

typedef struct Bytes {
    char *data;
    size_t size;
} Bytes;

static Bytes problem_bytes(const SolverProblem *problem)
{
    Bytes bytes = {0};
    FILE *stream = open_memstream(&bytes.data, &bytes.size);
    g_assert_true(solver_problem_write(problem, stream));
    fclose(stream);
    return bytes;
}

static SolverProblem *read_problem(const void *data, size_t size, const char **fault)
{
    FILE *stream = fmemopen((void *)(uintptr_t)data, size, "rb");
    SolverProblem *problem = solver_problem_read(stream, fault);
    fclose(stream);
    g_assert_true((problem == NULL) == (*fault != NULL));
    return problem;
}

static void problem_comes_back(void)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        MadeUp made = made_up_tiny(seed, &(MadeUpTiny){.workers = 3,
                                                       .slots = 7,
                                                       .rule = -1,
                                                       .has_fixed = true,
                                                       .has_day_rules = seed % 2,
                                                       .has_loose_rows = true,
                                                       .has_required = seed % 3});
        Bytes bytes = problem_bytes(&made.problem);
        const char *fault;
        SolverProblem *back = read_problem(bytes.data, bytes.size, &fault);
        g_assert_cmpstr(fault, ==, NULL);
        Bytes again = problem_bytes(back);
        g_assert_true(bytes.size == again.size && memcmp(bytes.data, again.data, again.size) == 0);
        int32_t entry = made.problem.entry_count / 2;
        g_assert_cmpint(solver_cost(back, &entry, 1), ==, solver_cost(&made.problem, &entry, 1));
        solver_problem_free(back);
        g_free(bytes.data);
        g_free(again.data);
        made_up_free(&made);
    }
}

/* However many arrays there are inside arrays. */
static void problems_of_any_size_come_back(void)
{
    for (int workers = 1; workers <= 40; workers++) {
        MadeUp made = made_up_tiny(
            (uint64_t)workers,
            &(MadeUpTiny){
                .workers = workers, .slots = 3, .rule = 12 + workers % 3, .has_fixed = true, .has_day_rules = true});
        Bytes bytes = problem_bytes(&made.problem);
        const char *fault;
        SolverProblem *back = read_problem(bytes.data, bytes.size, &fault);
        g_assert_cmpstr(fault, ==, NULL);
        solver_problem_free(back);
        g_free(bytes.data);
        made_up_free(&made);
    }
}

static void refuses_every_truncation(void)
{
    MadeUp made =
        made_up_tiny(5, &(MadeUpTiny){.workers = 2, .slots = 4, .rule = 12, .has_fixed = true, .has_day_rules = true});
    Bytes bytes = problem_bytes(&made.problem);
    for (size_t size = 1; size < bytes.size; size++) {
        const char *fault;
        g_assert_null(read_problem(bytes.data, size, &fault));
    }
    g_free(bytes.data);
    made_up_free(&made);
}

/* Flipped bytes give a fault or a well-formed problem, which must be solvable without harm. */
static void survives_flipped_bytes(void)
{
    uint64_t random = 1;
    int read = 0;
    for (int round = 0; round < 1500; round++) {
        MadeUp made = made_up_tiny((uint64_t)round % 20, &(MadeUpTiny){.workers = 2,
                                                                       .slots = 4,
                                                                       .rule = -1,
                                                                       .has_fixed = true,
                                                                       .has_day_rules = true,
                                                                       .has_loose_rows = true});
        Bytes bytes = problem_bytes(&made.problem);
        for (int flips = 1 + made_up_below(&random, 3); flips > 0; flips--) {
            bytes.data[made_up_below(&random, (int)bytes.size)] = (char)made_up_below(&random, 256);
        }
        const char *fault;
        SolverProblem *problem = read_problem(bytes.data, bytes.size, &fault);
        if (problem) {
            SolverOptions options = {.threads = 1, .work_most = 3000, .seconds_most = 5};
            SolverResult *result = solver_solve(problem, &options);
            g_assert_nonnull(result);
            solver_result_free(result);
            solver_problem_free(problem);
            read++;
        }
        g_free(bytes.data);
        made_up_free(&made);
    }
    g_assert_cmpint(read, >, 100);
}

static void result_comes_back(void)
{
    MadeUp made = made_up_pool(2, 10, 25);
    SolverOptions options = {.threads = 1, .work_most = 20000};
    SolverResult *result = solver_solve(&made.problem, &options);
    Bytes bytes = {0};
    FILE *stream = open_memstream(&bytes.data, &bytes.size);
    g_assert_true(solver_result_write(result, &made.problem, stream));
    fclose(stream);
    const char *fault;
    stream = fmemopen(bytes.data, bytes.size, "rb");
    SolverResult *back = solver_result_read(stream, &made.problem, &fault);
    fclose(stream);
    g_assert_cmpstr(fault, ==, NULL);
    g_assert_true(back->status == result->status);
    g_assert_cmpint(back->cost_cents, ==, result->cost_cents);
    g_assert_cmpint(back->bound_cents, ==, result->bound_cents);
    g_assert_cmpint(back->chosen_count, ==, result->chosen_count);
    g_assert_true(memcmp(back->chosen, result->chosen, (size_t)back->chosen_count * sizeof(int32_t)) == 0);
    g_assert_true(memcmp(back->row_price, result->row_price, (size_t)made.problem.row_count * sizeof(double)) == 0);
    const SolverCertificate *sent = &result->certificate, *came = &back->certificate;
    g_assert_cmpint(came->bits, ==, sent->bits);
    g_assert_cmpint(came->bound_cents, ==, sent->bound_cents);
    g_assert_cmpint(came->row_count, ==, made.problem.row_count);
    g_assert_cmpint(came->pair_count, ==, sent->pair_count);
    g_assert_true(memcmp(came->row_price, sent->row_price, (size_t)sent->row_count * sizeof(int64_t)) == 0);
    g_assert_cmpint(back->lines.count, ==, result->lines.count);
    g_assert_true(memcmp(back->lines.entry, result->lines.entry,
                         (size_t)back->lines.begin[back->lines.count] * sizeof(int32_t)) == 0);
    solver_result_free(back);
    uint64_t random = 3;
    for (int round = 0; round < 2000; round++) { /* cut short, or flipped */
        char *copy = g_memdup2(bytes.data, bytes.size);
        size_t size = round % 2 ? bytes.size : 1 + (size_t)made_up_below(&random, (int)bytes.size);
        copy[made_up_below(&random, (int)(round % 3 ? MIN(size, 200) : size))] = (char)made_up_below(&random, 256);
        stream = fmemopen(copy, size, "rb");
        back = solver_result_read(stream, &made.problem, &fault);
        fclose(stream);
        g_assert_true((back == NULL) == (fault != NULL));
        for (int32_t i = 0; back && i < back->chosen_count; i++) {
            g_assert_cmpint(back->chosen[i], <, made.problem.entry_count);
        }
        for (int64_t i = 0; back && back->lines.count > 0 && i < back->lines.begin[back->lines.count]; i++) {
            g_assert_cmpint(back->lines.entry[i], >=, 0);
            g_assert_cmpint(back->lines.entry[i], <, made.problem.entry_count);
        }
        solver_result_free(back);
        g_free(copy);
    }
    solver_result_free(result);
    g_free(bytes.data);
    made_up_free(&made);
}

static void start_comes_back(void)
{
    MadeUp made = made_up_pool(4, 8, 20);
    SolverOptions options = {.threads = 1, .work_most = 20000};
    SolverResult *result = solver_solve(&made.problem, &options);
    result->row_price[0] = NAN; /* advice is carried as it is */
    SolverStart start = {.chosen = result->chosen,
                         .chosen_count = result->chosen_count,
                         .row_price = result->row_price,
                         .row_count = made.problem.row_count,
                         .lines = result->lines};
    Bytes bytes = {0};
    FILE *stream = open_memstream(&bytes.data, &bytes.size);
    g_assert_true(solver_start_write(&start, stream));
    fclose(stream);
    const char *fault;
    stream = fmemopen(bytes.data, bytes.size, "rb");
    SolverStart *back = solver_start_read(stream, &fault);
    fclose(stream);
    g_assert_cmpstr(fault, ==, NULL);
    g_assert_true(memcmp(back->chosen, result->chosen, (size_t)back->chosen_count * sizeof(int32_t)) == 0);
    g_assert_true(memcmp(back->row_price, result->row_price, (size_t)back->row_count * sizeof(double)) == 0);
    g_assert_cmpint(back->lines.count, ==, result->lines.count);
    g_assert_cmpint(back->lines.count, >, 0);
    g_assert_true(memcmp(back->lines.begin, result->lines.begin, ((size_t)back->lines.count + 1) * sizeof(int64_t)) ==
                  0);
    g_assert_true(memcmp(back->lines.entry, result->lines.entry,
                         (size_t)back->lines.begin[back->lines.count] * sizeof(int32_t)) == 0);
    solver_start_free(back);
    uint64_t random = 8;
    for (int round = 0; round < 1000; round++) { /* cut short, or flipped: refused, or a start that does no harm */
        char *copy = g_memdup2(bytes.data, bytes.size);
        size_t size = round % 2 ? bytes.size : 1 + (size_t)made_up_below(&random, (int)bytes.size);
        for (int flips = made_up_below(&random, 4); flips >= 0; flips--) {
            copy[made_up_below(&random, (int)size)] = (char)made_up_below(&random, 256);
        }
        stream = fmemopen(copy, size, "rb");
        back = solver_start_read(stream, &fault);
        fclose(stream);
        g_assert_true((back == NULL) == (fault != NULL));
        if (back) {
            SolverOptions again = {.threads = 1, .work_most = 300, .start = back};
            SolverResult *other = solver_solve(&made.problem, &again);
            g_assert_cmpstr(reference_roster_fault(&made.problem, other->chosen, other->chosen_count), ==, NULL);
            solver_result_free(other);
        }
        solver_start_free(back);
        g_free(copy);
    }
    solver_result_free(result);
    g_free(bytes.data);
    made_up_free(&made);
}

typedef struct Malformed {
    const char *name;
    void (*spoil)(SolverProblem *problem, SolverSlot *slots, SolverWorker *workers, SolverEntry *entries,
                  SolverRow *rows);
} Malformed;

#define SPOIL(name, what)                                                                                              \
    static void spoil_##name(SolverProblem *problem, SolverSlot *slots, SolverWorker *workers, SolverEntry *entries,   \
                             SolverRow *rows)                                                                          \
    {                                                                                                                  \
        (void)problem;                                                                                                 \
        (void)slots;                                                                                                   \
        (void)workers;                                                                                                 \
        (void)entries;                                                                                                 \
        (void)rows;                                                                                                    \
        what;                                                                                                          \
    }
SPOIL(end, slots[1].end_min = slots[1].start_min)
SPOIL(work, slots[1].work_min = -1)
SPOIL(instant, slots[0].start_min = INT64_MIN)
SPOIL(worker, entries[2].worker = problem->worker_count)
SPOIL(slot, entries[2].slot = -1)
SPOIL(order, entries[1] = entries[0])
SPOIL(cost, entries[0].cost_cents = INT64_MAX)
SPOIL(rate, workers[0].below.rate[0] = -1)
SPOIL(denominator, workers[0].above.denominator = 0)
SPOIL(pieces, rows[0].below.pieces = 4)
SPOIL(unit, workers[1].unit_per_min = -1)
SPOIL(period, slots[1].period = 5)
SPOIL(periods, workers[0].later_count = 3; workers[0].later = NULL)
SPOIL(tallies, workers[0].tally_count = 3; workers[0].tallies = NULL)
SPOIL(mark, static const SolverTally tally = {.mark = 32}; workers[0].tally_count = 1; workers[0].tallies = &tally)
SPOIL(period_order, slots[0].period = 1)
SPOIL(count, problem->row_count = -1)
SPOIL(array, problem->slots = NULL)
SPOIL(gap, problem->rules.duty_gap_min = -1)
SPOIL(wanted, rows[1].wanted = INT64_MAX)

static void refuses_the_malformed(void)
{
    static const Malformed table[] = {{"a slot that does not end", spoil_end},
                                      {"negative work", spoil_work},
                                      {"an instant far away", spoil_instant},
                                      {"no such worker", spoil_worker},
                                      {"no such slot", spoil_slot},
                                      {"an entry twice", spoil_order},
                                      {"a cost beyond all money", spoil_cost},
                                      {"a negative rate", spoil_rate},
                                      {"no denominator", spoil_denominator},
                                      {"too many pieces", spoil_pieces},
                                      {"a negative unit", spoil_unit},
                                      {"a period that nobody has", spoil_period},
                                      {"periods that are not there", spoil_periods},
                                      {"tallies that are not there", spoil_tallies},
                                      {"a tally of no mark", spoil_mark},
                                      {"periods that fall", spoil_period_order},
                                      {"a negative count", spoil_count},
                                      {"a missing array", spoil_array},
                                      {"a negative gap", spoil_gap},
                                      {"endless wants", spoil_wanted}};
    MadeUp made = made_up_tiny(4, &(MadeUpTiny){.workers = 2, .slots = 5, .rule = 0});
    g_assert_null(solver_problem_fault(&made.problem, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        SolverProblem problem = made.problem;
        SolverSlot *slots = g_memdup2(problem.slots, (gsize)problem.slot_count * sizeof *slots);
        SolverWorker *workers = g_memdup2(problem.workers, (gsize)problem.worker_count * sizeof *workers);
        SolverEntry *entries = g_memdup2(problem.entries, (gsize)problem.entry_count * sizeof *entries);
        SolverRow *rows = g_memdup2(problem.rows, (gsize)problem.row_count * sizeof *rows);
        problem.slots = slots;
        problem.workers = workers;
        problem.entries = entries;
        problem.rows = rows;
        table[i].spoil(&problem, slots, workers, entries, rows);
        if (!solver_problem_fault(&problem, NULL)) {
            g_test_message("%s was accepted", table[i].name);
            g_test_fail();
        }
        SolverOptions options = {.threads = 1};
        g_assert_null(solver_solve(&problem, &options));
        g_free(slots);
        g_free(workers);
        g_free(entries);
        g_free(rows);
    }
    made_up_free(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/problem-comes-back-as-it-went", problem_comes_back);
    g_test_add_func("/wire/problems-of-any-size-come-back", problems_of_any_size_come_back);
    g_test_add_func("/wire/refuses-every-truncation", refuses_every_truncation);
    g_test_add_func("/wire/survives-flipped-bytes", survives_flipped_bytes);
    g_test_add_func("/wire/result-comes-back-as-it-went", result_comes_back);
    g_test_add_func("/wire/start-comes-back-as-it-went", start_comes_back);
    g_test_add_func("/wire/refuses-the-malformed", refuses_the_malformed);
    return g_test_run();
}
