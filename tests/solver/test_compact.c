/*
 * The compact model: what solver_compact_write says of tiny problems, read and solved by GLPK, against exhaustion.
 *
 * Not only the optimum: with every choice of a worker's entries fixed in turn, the program is feasible exactly where
 * the line is legal, and costs what the roster costs, to the cents that rounding can hide.
 */
#include "made_up.h"
#include "reference.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <glpk.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

typedef struct Program {
    glp_prob *mip;
    SolverCompact about;
} Program;

static char *write_text(const SolverProblem *problem, const SolverNames *names, SolverCompact *about)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    g_assert_true(solver_compact_write(problem, names, 0, stream, about));
    fclose(stream);
    return text;
}

static Program program_read(const SolverProblem *problem)
{
    Program program = {.mip = glp_create_prob()};
    char *text = write_text(problem, NULL, &program.about), *path = NULL;
    int file = g_file_open_tmp("compact-XXXXXX.mps", &path, NULL);
    g_assert_cmpint(file, >=, 0);
    close(file);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_cmpint(glp_read_mps(program.mip, GLP_MPS_FILE, NULL, path), ==, 0);
    g_assert_cmpint(glp_get_num_cols(program.mip), ==, program.about.columns + 1); /* and the constant */
    g_assert_cmpint(glp_get_num_rows(program.mip), ==, program.about.rows);
    g_unlink(path);
    g_free(path);
    free(text);
    return program;
}

/* The optimum, INFINITY if there is none. */
static double program_solve(const Program *program)
{
    glp_iocp options;
    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    options.msg_lev = GLP_MSG_OFF;
    int answer = glp_intopt(program->mip, &options);
    if (answer == GLP_ENOPFS || (answer == 0 && glp_mip_status(program->mip) == GLP_NOFEAS)) {
        return INFINITY;
    }
    g_assert_cmpint(answer, ==, 0);
    g_assert_cmpint(glp_mip_status(program->mip), ==, GLP_OPT);
    return glp_mip_obj_val(program->mip);
}

static int column_of(const Program *program, const SolverProblem *problem, int entry)
{
    char *name = g_strdup_printf("x:w%d:s%d", (int)problem->entries[entry].worker, (int)problem->entries[entry].slot);
    glp_create_index(program->mip);
    int column = glp_find_col(program->mip, name);
    g_assert_cmpint(column, >, 0);
    g_free(name);
    return column;
}

static const double tolerance = 1e-4;

static bool is_same_cost(const Program *program, double found, int64_t cost)
{
    return found <= (double)cost + tolerance && (double)cost <= found + program->about.slack_cents + tolerance;
}

static MadeUpTiny kind_of(int rule, uint64_t seed)
{
    return (MadeUpTiny){.workers = 1 + (int)(seed % 3),
                        .slots = 4 + (int)(seed % 4),
                        .rule = rule,
                        .has_fixed = seed % 2,
                        .has_loose_rows = seed % 3 == 1,
                        .has_day_rules = seed % 5 == 2,
                        .has_required = seed % 7 == 3};
}

static void optimum_is_that_of_exhaustion(gconstpointer data)
{
    int rule = GPOINTER_TO_INT(data);
    for (uint64_t seed = 0; seed < 120; seed++) {
        MadeUpTiny kind = kind_of(rule, seed);
        MadeUp made = made_up_tiny(seed * 100 + (uint64_t)rule, &kind);
        int64_t optimum = reference_optimum(&made.problem);
        Program program = program_read(&made.problem);
        g_assert_cmpint(program.about.relaxed_workers, ==, 0);
        double found = program_solve(&program);
        if (optimum == INT64_MAX ? isfinite(found) : !is_same_cost(&program, found, optimum)) {
            g_error("seed %" PRIu64 ": the program's optimum is %.3f (slack %.3f), the true one %" PRId64, seed, found,
                    program.about.slack_cents, optimum);
        }
        glp_delete_prob(program.mip);
        made_up_free(&made);
    }
}

/* One worker, and every set of entries by itself. */
static void holds_every_legal_line_and_no_other(gconstpointer data)
{
    int rule = GPOINTER_TO_INT(data);
    for (uint64_t seed = 0; seed < 100; seed++) {
        MadeUpTiny kind = kind_of(rule, seed);
        kind.workers = 1;
        kind.slots = 6;
        MadeUp made = made_up_tiny(seed * 1000 + (uint64_t)rule, &kind);
        const SolverProblem *problem = &made.problem;
        Program program = program_read(problem);
        for (uint32_t line = 0; line < UINT32_C(1) << problem->entry_count; line++) {
            int32_t chosen[32], count = 0;
            double lower[32], upper[32];
            for (int entry = 0; entry < problem->entry_count; entry++) {
                int column = column_of(&program, problem, entry), is_on = line >> entry & 1;
                lower[entry] = glp_get_col_lb(program.mip, column);
                upper[entry] = glp_get_col_ub(program.mip, column);
                if (is_on) {
                    chosen[count++] = entry;
                }
            }
            bool is_within = true; /* else the bounds alone say no */
            for (int entry = 0; entry < problem->entry_count; entry++) {
                int is_on = line >> entry & 1;
                is_within &= lower[entry] <= is_on && is_on <= upper[entry];
                glp_set_col_bnds(program.mip, column_of(&program, problem, entry), GLP_FX, is_on, is_on);
            }
            bool is_legal = reference_roster_fault(problem, chosen, count) == NULL;
            double found = is_within ? program_solve(&program) : INFINITY;
            if (is_legal != isfinite(found) ||
                (is_legal && !is_same_cost(&program, found, reference_cost(problem, chosen, count)))) {
                g_error("seed %" PRIu64 " line %x: legal %d, the program says %.3f", seed, line, is_legal, found);
            }
            for (int entry = 0; entry < problem->entry_count; entry++) {
                glp_set_col_bnds(program.mip, column_of(&program, problem, entry),
                                 lower[entry] < upper[entry] ? GLP_DB : GLP_FX, lower[entry], upper[entry]);
            }
        }
        glp_delete_prob(program.mip);
        made_up_free(&made);
    }
}

static void many_short_slots(MadeUp *made, SolverSlot *slots, SolverWorker *worker)
{
    MadeUpTiny kind = {.workers = 1, .slots = 13, .rule = 0};
    *made = made_up_tiny(5, &kind);
    *worker = made->problem.workers[0];
    worker->limits[0].work_most_min = worker->limits[1].work_most_min = 10000;
    for (int32_t i = 0; i < made->problem.slot_count; i++) {
        slots[i] = made->problem.slots[0];
        slots[i].start_min = slots[0].day * 1440 + 360 + 50 * i;
        slots[i].end_min = slots[i].start_min + 40;
        slots[i].work_min = 40;
        slots[i].night_min = slots[i].curfew_min = slots[i].break_min = 0;
        slots[i].late_after_min = SOLVER_NEVER;
    }
    made->problem.slots = slots;
    made->problem.workers = worker;
    made->problem.rules.slots_a_day_most = 20;
}

static void too_many_duties_give_a_bound(void)
{
    MadeUp made = {0};
    SolverSlot slots[13];
    SolverWorker worker;
    many_short_slots(&made, slots, &worker);
    Program program = program_read(&made.problem);
    g_assert_cmpint(program.about.relaxed_workers, ==, 1);
    int64_t optimum = reference_optimum(&made.problem);
    g_assert_cmpint(optimum, <, INT64_MAX);
    g_assert_cmpfloat(program_solve(&program), <=, (double)optimum + tolerance);
    glp_delete_prob(program.mip);
    made_up_free(&made);
}

static void names_are_plain_and_apart(void)
{
    MadeUpTiny kind = {.workers = 2, .slots = 2};
    MadeUp made = made_up_tiny(3, &kind);
    const char *workers[] = {"Jan de Wit", "Jan_de_Wit"}, *slots[] = {"Ma-ochtend", "\xc3\xa9\xc3\xa9n"};
    SolverNames names = {workers, slots, NULL};
    char *text = write_text(&made.problem, &names, NULL);
    g_assert_nonnull(strstr(text, " x:Jan_de_Wit#0:Ma-ochtend "));
    g_assert_nonnull(strstr(text, " x:Jan_de_Wit:____n#1 "));
    char *again = write_text(&made.problem, &names, NULL);
    g_assert_cmpstr(text, ==, again);
    free(text);
    free(again);
    made_up_free(&made);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    glp_term_out(GLP_OFF);
    for (int rule = 0; rule < MADE_UP_RULES; rule++) {
        char *name = g_strdelimit(g_strdup(made_up_rules[rule]), " ", '-');
        char *optimum = g_strdup_printf("/compact/optimum-is-that-of-exhaustion/%s", name);
        char *lines = g_strdup_printf("/compact/holds-every-legal-line-and-no-other/%s", name);
        g_test_add_data_func(optimum, GINT_TO_POINTER(rule), optimum_is_that_of_exhaustion);
        g_test_add_data_func(lines, GINT_TO_POINTER(rule), holds_every_legal_line_and_no_other);
        g_free(name);
        g_free(optimum);
        g_free(lines);
    }
    g_test_add_func("/compact/too-many-duties-give-a-bound", too_many_duties_give_a_bound);
    g_test_add_func("/compact/names-are-plain-and-apart", names_are_plain_and_apart);
    int failed = g_test_run();
    glp_free_env();
    return failed;
}
