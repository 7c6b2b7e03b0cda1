/* Not a test: measure SEED|FILE WORKERS SHIFTS SECONDS [THREADS] [WORK] prints how a made-up pool, or a problem off the
 * wire (what a solving process is sent, or the problem alone), goes. */
#include "made_up.h"

#include <glib.h>
#include <inttypes.h>
#include <time.h>

static bool print_progress(const SolverProgress *progress, void *context)
{
    static double last;
    (void)context;
    if (progress->seconds - last > 1) {
        last = progress->seconds;
        g_print("  %6.2f s (%.2f of the processor) %-7s cost %" PRId64 " bound %" PRId64 "\n", progress->seconds,
                (double)clock() / CLOCKS_PER_SEC, progress->phase, progress->cost_cents,
                progress->bound_cents == INT64_MIN ? -1 : progress->bound_cents);
    }
    return true;
}

/* What a solving process is sent: its options in a line (only what is asked of it counts here), the problem, and what
 * to start from; or the problem alone. */
static SolverProblem *read_problem(const char *path, SolverOptions *options, SolverStart **start)
{
    FILE *stream = fopen(path, "rb");
    g_return_val_if_fail(stream != NULL, NULL);
    const char *fault = NULL;
    char line[256] = "";
    int has_start = 0;
    if (!fgets(line, sizeof line, stream) ||
        sscanf(line, "rooster-solve %*d %lf %" G_GINT64_FORMAT " %*s %*s %*s %*s %d", &options->gap,
               &options->beside_cents, &has_start) != 3) {
        rewind(stream);
    }
    SolverProblem *problem = solver_problem_read(stream, &fault);
    *start = problem && has_start ? solver_start_read(stream, &fault) : NULL;
    options->start = *start;
    if (fault) {
        g_printerr("%s: %s\n", path, fault);
    }
    fclose(stream);
    return problem;
}

int main(int argc, char **argv)
{
    g_return_val_if_fail(argc >= 5, 2);
    bool is_file = !g_ascii_isdigit(argv[1][0]) || strchr(argv[1], '/');
    MadeUp made = {0};
    SolverProblem *read = NULL;
    SolverStart *start = NULL;
    const SolverProblem *problem = &made.problem;
    SolverOptions options = {0};
    if (is_file) {
        problem = read = read_problem(argv[1], &options, &start);
        g_return_val_if_fail(read != NULL, 2);
    } else {
        made = made_up_pool(g_ascii_strtoull(argv[1], NULL, 10), (int)g_ascii_strtoll(argv[2], NULL, 10),
                            (int)g_ascii_strtoll(argv[3], NULL, 10));
    }
    options.seconds_most = g_ascii_strtod(argv[4], NULL);
    options.threads = 1;
    options.progress = print_progress;
    if (argc > 5) {
        options.threads = (int32_t)g_ascii_strtoll(argv[5], NULL, 10);
    }
    if (argc > 6) {
        options.work_most = g_ascii_strtoll(argv[6], NULL, 10);
    }
    SolverResult *result = solver_solve(problem, &options);
    const SolverStatistics *s = &result->statistics;
    g_print("status %d cost %" PRId64 " bound %" PRId64 " gap %.4f%% entries %d\n", result->status, result->cost_cents,
            result->bound_cents,
            100 * (double)(result->cost_cents - result->bound_cents) / (double)MAX(100, ABS(result->cost_cents)),
            problem->entry_count);
    g_print("bytes problem %.1f model %.1f pricing %.1f bundle %.1f lp %.1f million\n", 1e-6 * (double)s->bytes_problem,
            1e-6 * (double)s->bytes_model, 1e-6 * (double)s->bytes_pricing, 1e-6 * (double)s->bytes_bundle,
            1e-6 * (double)s->bytes_lp);
    g_print("seconds %.2f pricing %.2f bundle %.2f lp %.2f work %" PRId64 " labels %" PRId64 " pivots %" PRId64
            " columns %" PRId64 " rounds %" PRId64 "\n",
            s->seconds_total, s->seconds_pricing, s->seconds_bundle, s->seconds_lp, s->work, s->labels, s->pivots,
            s->columns, s->rounds);
    solver_result_free(result);
    solver_start_free(start);
    solver_problem_free(read);
    made_up_free(&made);
    return 0;
}
