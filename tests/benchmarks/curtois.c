/*
 * Solves one public instance: curtois INSTANCE.txt [--seconds N] [--processor N] [--threads N] [--work N] [--roster
 * FILE]; or writes it as a mixed-integer program for other solvers: curtois INSTANCE.txt --model FILE.
 */
#include "curtois_instance.h"

#include <inttypes.h>
#include <sys/resource.h>

typedef struct Watcher {
    int64_t constant;
    double last, processor_most;
} Watcher;

static double processor_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static bool print_progress(const SolverProgress *progress, void *context)
{
    Watcher *watcher = context;
    if (progress->seconds - watcher->last >= 1) {
        watcher->last = progress->seconds;
        g_autofree char *cost = progress->cost_cents == INT64_MAX
                                    ? g_strdup("none")
                                    : g_strdup_printf("%" PRId64, progress->cost_cents + watcher->constant);
        g_autofree char *bound = progress->bound_cents == INT64_MIN
                                     ? g_strdup("none")
                                     : g_strdup_printf("%" PRId64, progress->bound_cents + watcher->constant);
        g_printerr("%8.1f s  %-7s cost %s bound %s\n", progress->seconds, progress->phase, cost, bound);
    }
    return watcher->processor_most <= 0 || processor_seconds() < watcher->processor_most;
}

static int write_model(const CurtoisInstance *instance, const char *path)
{
    FILE *stream = fopen(path, "w");
    bool is_written = stream && solver_compact_write(&instance->problem, NULL, instance->constant, stream, NULL);
    if ((stream && fclose(stream) != 0) || !is_written) {
        g_printerr("curtois: %s cannot be written\n", path);
        return 2;
    }
    return 0;
}

int main(int argc, char **argv)
{
    double seconds = 60, processor = 0;
    int threads = 1;
    gint64 work = 0;
    g_autofree char *roster = NULL, *model = NULL;
    GOptionEntry options[] = {
        {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "stop after N seconds (60)", "N"},
        {"processor", 0, 0, G_OPTION_ARG_DOUBLE, &processor, "stop after N seconds of the processor", "N"},
        {"threads", 0, 0, G_OPTION_ARG_INT, &threads, "processors to use (1)", "N"},
        {"work", 0, 0, G_OPTION_ARG_INT64, &work, "stop after N units of work", "N"},
        {"roster", 0, 0, G_OPTION_ARG_FILENAME, &roster, "write the roster: a line a person, a field a day", "FILE"},
        {"model", 0, 0, G_OPTION_ARG_FILENAME, &model, "write the instance as a program in MPS and solve nothing",
         "FILE"},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    g_autoptr(GOptionContext) context = g_option_context_new("INSTANCE.txt");
    g_option_context_add_main_entries(context, options, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 2 || threads < 1) {
        g_printerr("curtois: %s\n",
                   error ? error->message : "one instance and at least one thread are wanted; see --help");
        return 2;
    }
    g_autoptr(CurtoisInstance) instance = curtois_instance_read(argv[1], &error);
    if (!instance) {
        g_printerr("curtois: %s\n", error->message);
        return 2;
    }
    if (model) {
        return write_model(instance, model);
    }
    Watcher watcher = {.constant = instance->constant, .processor_most = processor};
    SolverOptions limits = {.seconds_most = seconds,
                            .work_most = work,
                            .threads = threads,
                            .progress = print_progress,
                            .context = &watcher};
    SolverResult *result = solver_solve(&instance->problem, &limits);
    const SolverStatistics *statistics = &result->statistics;
    g_print("work %" PRId64 " labels %" PRId64 " pivots %" PRId64 " columns %" PRId64 " rounds %" PRId64
            " pricing %.1f s lp %.1f s\n",
            statistics->work, statistics->labels, statistics->pivots, statistics->columns, statistics->rounds,
            statistics->seconds_pricing, statistics->seconds_lp);
    int status = 0;
    if (result->status == SOLVER_INFEASIBLE || result->status == SOLVER_UNDECIDED) {
        g_print("cost none bound %" PRId64 " seconds %.1f\n", result->bound_cents + instance->constant,
                processor_seconds());
        status = 1;
    } else {
        if (roster && !curtois_instance_write_roster(instance, result->chosen, result->chosen_count, roster, &error)) {
            g_printerr("curtois: %s\n", error->message);
            status = 2;
        }
        g_print("cost %" PRId64 " bound %" PRId64 " seconds %.1f\n", result->cost_cents + instance->constant,
                result->bound_cents == INT64_MIN ? INT64_MIN : result->bound_cents + instance->constant,
                processor_seconds());
    }
    solver_result_free(result);
    return status;
}
