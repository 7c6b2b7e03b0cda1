#include "solve_child.h"
#include "rooster/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WIRE_VERSION       3
#define MEMORY_MOST        ((guint64)8 << 30) /* bytes of address space */
#define SILENCE_MOST_MS    60000              /* a healthy child reports several times a second */
#define SILENCE_AFTER_STOP 15000
#define CPU_SPARE_S        120
#define SECONDS_LEAST      0.01
#define PIPE_BYTES         (1 << 20) /* what the system gives anybody; less costs a large problem many small steps */

typedef struct ProgressFrame {
    char phase[16];
    int64_t cost_cents, bound_cents, work;
    double seconds;
} ProgressFrame;

typedef struct EventFrame {
    char phase[16];
    SolverEvent event; /* without its pointer */
} EventFrame;

/* --- the child's side */

static volatile sig_atomic_t is_told_to_stop;

static void stop_on_signal(int signal_number)
{
    (void)signal_number;
    is_told_to_stop = 1;
}

static bool send_progress(const SolverProgress *progress, void *context)
{
    FILE *out = context;
    ProgressFrame frame = {.cost_cents = progress->cost_cents,
                           .bound_cents = progress->bound_cents,
                           .work = progress->work,
                           .seconds = progress->seconds};
    g_strlcpy(frame.phase, progress->phase, sizeof frame.phase);
    bool is_sent = fputc('P', out) != EOF && fwrite(&frame, sizeof frame, 1, out) == 1 && fflush(out) == 0;
    return is_sent && !is_told_to_stop;
}

static void send_event(const SolverEvent *event, void *context)
{
    FILE *out = context;
    EventFrame frame = {.event = *event};
    g_strlcpy(frame.phase, event->phase, sizeof frame.phase);
    frame.event.phase = NULL;
    if (fputc('E', out) == EOF || fwrite(&frame, sizeof frame, 1, out) != 1 || fflush(out) != 0)
        is_told_to_stop = 1; /* nobody listens any more */
}

static bool confine(const SolverOptions *options)
{
    return confine_memory(MEMORY_MOST, TRUE) &&
           (options->seconds_most <= 0 ||
            confine_processor((guint64)(options->seconds_most * options->threads) + CPU_SPARE_S));
}

static bool read_options(FILE *in, SolverOptions *options, int *has_start, int *has_events)
{
    int version = 0;
    char line[256];
    return fgets(line, sizeof line, in) &&
           sscanf(line,
                  "rooster-solve %d %lf %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %lf %d %" G_GUINT64_FORMAT " %d %d",
                  &version, &options->gap, &options->beside_cents, &options->work_most, &options->seconds_most,
                  &options->threads, &options->seed, has_start, has_events) == 9 &&
           version == WIRE_VERSION;
}

int plan_solve_worker(FILE *in, FILE *out)
{
    signal(SIGTERM, stop_on_signal);
    signal(SIGINT, SIG_IGN); /* Ctrl-C reaches the whole terminal; the parent decides and sends SIGTERM */
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int64_t begin_us = g_get_monotonic_time();
    setvbuf(in, NULL, _IOFBF, PIPE_BYTES / 4);
    SolverOptions options = {0};
    const char *fault = NULL;
    int has_start = 0, has_events = 0;
    if (!read_options(in, &options, &has_start, &has_events)) {
        fputs("rooster: solve-worker: the options are not understood; only rooster itself starts this command\n",
              stderr);
        return 2;
    }
    if (!confine(&options)) {
        perror("rooster: solve-worker: no limits can be set");
        return 3;
    }
    SolverProblem *problem = solver_problem_read(in, &fault);
    SolverStart *start = problem && has_start ? solver_start_read(in, &fault) : NULL;
    if (!problem || (has_start && !start)) {
        fprintf(stderr, "rooster: solve-worker: %s\n", fault);
        solver_problem_free(problem);
        return 2;
    }
    if (options.seconds_most > 0) /* a part of it went into reading */
        options.seconds_most =
            MAX(SECONDS_LEAST, options.seconds_most - (double)(g_get_monotonic_time() - begin_us) / G_USEC_PER_SEC);
    options.start = start;
    options.progress = send_progress;
    options.event = has_events ? send_event : NULL;
    options.context = out;
    SolverResult *result = solver_solve(problem, &options);
    bool is_sent = result && fputc('R', out) != EOF && solver_result_write(result, problem, out) && fflush(out) == 0;
    solver_result_free(result);
    solver_start_free(start);
    solver_problem_free(problem);
    return is_sent ? 0 : 3;
}

/* --- the parent's side */

typedef struct Child {
    GPid pid;
    FILE *to, *from;
} Child;

static gboolean child_start(Child *child, const char *program, GError **error)
{
    const char *arguments[] = {program, "solve-worker", NULL};
    int to = -1, from = -1;
    g_autoptr(GError) cause = NULL;
    if (!g_spawn_async_with_pipes(NULL, (char **)arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL,
                                  NULL, &child->pid, &to, &from, NULL, &cause)) {
        g_set_error(error, PLAN_ERROR, PLAN_ERROR_CHILD, "the solving process cannot be started: %s", cause->message);
        return FALSE;
    }
    fcntl(to, F_SETPIPE_SZ, PIPE_BYTES); /* as it is, where that is refused */
    child->to = fdopen(to, "wb");
    setvbuf(child->to, NULL, _IOFBF, PIPE_BYTES / 4);
    child->from = fdopen(from, "rb");
    setvbuf(child->from, NULL, _IONBF, 0); /* so that poll() sees what is there */
    return TRUE;
}

static gboolean child_send(Child *child, const SolverProblem *problem, const SolverOptions *options)
{
    gboolean is_sent =
        fprintf(child->to,
                "rooster-solve %d %.17g %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %.17g %d %" G_GUINT64_FORMAT
                " %d %d\n",
                WIRE_VERSION, options->gap, options->beside_cents, options->work_most, options->seconds_most,
                options->threads, options->seed, options->start != NULL, options->event != NULL) > 0 &&
        solver_problem_write(problem, child->to) && (!options->start || solver_start_write(options->start, child->to));
    is_sent = fclose(child->to) == 0 && is_sent;
    child->to = NULL;
    return is_sent;
}

/* Waits for the child's next byte; passes on the wish to stop while it waits. FALSE: silent too long. */
static gboolean child_wait(Child *child, const SolverOptions *options, SolverProgress *last, gboolean *is_stopped)
{
    struct pollfd ready = {.fd = fileno(child->from), .events = POLLIN};
    enum { TICK_MS = 200 };
    int silence_most =
        *is_stopped ? SILENCE_AFTER_STOP : SILENCE_MOST_MS + (int)(MIN(options->seconds_most, 3600) * 1000);
    for (int waited = 0; waited < silence_most; waited += TICK_MS) {
        int answer = poll(&ready, 1, TICK_MS);
        if (answer > 0)
            return TRUE;
        if (answer < 0 && errno != EINTR)
            return FALSE;
        if (!*is_stopped && options->progress && last->phase && !options->progress(last, options->context)) {
            *is_stopped = TRUE;
            kill(child->pid, SIGTERM);
            silence_most = MIN(silence_most, waited + SILENCE_AFTER_STOP);
        }
    }
    return FALSE;
}

static gboolean take_progress(Child *child, const SolverOptions *options, ProgressFrame *frame, SolverProgress *last,
                              gboolean *is_stopped)
{
    if (fread(frame, sizeof *frame, 1, child->from) != 1)
        return FALSE;
    frame->phase[sizeof frame->phase - 1] = '\0';
    *last = (SolverProgress){frame->phase, frame->cost_cents, frame->bound_cents, frame->work, frame->seconds};
    if (!*is_stopped && options->progress && !options->progress(last, options->context)) {
        *is_stopped = TRUE;
        kill(child->pid, SIGTERM);
    }
    return TRUE;
}

static gboolean take_event(Child *child, const SolverOptions *options)
{
    EventFrame frame;
    if (fread(&frame, sizeof frame, 1, child->from) != 1)
        return FALSE;
    frame.phase[sizeof frame.phase - 1] = '\0';
    frame.event.phase = frame.phase;
    if (options->event)
        options->event(&frame.event, options->context);
    return TRUE;
}

static SolverResult *child_listen(Child *child, const SolverProblem *problem, const SolverOptions *options,
                                  const char **fault)
{
    ProgressFrame frame;
    SolverProgress last = {.phase = "start", .cost_cents = INT64_MAX, .bound_cents = INT64_MIN};
    gboolean is_stopped = FALSE;
    for (;;) {
        if (!child_wait(child, options, &last, &is_stopped)) {
            *fault = "it fell silent";
            return NULL;
        }
        int tag = fgetc(child->from);
        if (tag == 'R')
            return solver_result_read(child->from, problem, fault);
        if (tag == 'E' && take_event(child, options))
            continue;
        if (tag != 'P' || !take_progress(child, options, &frame, &last, &is_stopped)) {
            *fault = tag == EOF ? "it ended without a result" : "its answer is not understood";
            return NULL;
        }
    }
}

static char *child_end_text(int status)
{
    if (WIFSIGNALED(status))
        return g_strdup_printf("killed by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    return g_strdup_printf("exit code %d", WEXITSTATUS(status));
}

SolverResult *solve_in_child(const char *program, const SolverProblem *problem, const SolverOptions *options,
                             SolveMeanwhile meanwhile, GError **error)
{
    Child child = {0};
    if (!child_start(&child, program, error))
        return NULL;
    const char *fault = "it does not take the problem";
    SolverResult *result = NULL;
    if (child_send(&child, problem, options)) {
        if (meanwhile.call)
            meanwhile.call(meanwhile.context);
        result = child_listen(&child, problem, options, &fault);
    }
    if (!result)
        kill(child.pid, SIGKILL);
    if (child.to)
        fclose(child.to);
    fclose(child.from);
    int status = 0;
    while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR)
        ;
    g_spawn_close_pid(child.pid);
    if (!result) {
        g_autofree char *end = child_end_text(status);
        g_set_error(error, PLAN_ERROR, PLAN_ERROR_CHILD, "the solving process failed: %s (%s)", fault, end);
    }
    return result;
}

SolverResult *solve_anywhere(const char *program, const SolverProblem *problem, const SolverOptions *options,
                             SolveMeanwhile meanwhile, GError **error)
{
    if (program)
        return solve_in_child(program, problem, options, meanwhile, error);
    if (meanwhile.call)
        meanwhile.call(meanwhile.context);
    SolverResult *result = solver_solve(problem, options);
    if (!result) {
        int64_t index = -1;
        const char *fault = solver_problem_fault(problem, &index);
        g_set_error(error, PLAN_ERROR, PLAN_ERROR_CHILD, "the optimiser refuses the problem: %s (%" G_GINT64_FORMAT ")",
                    fault ? fault : "unknown fault", index);
    }
    return result;
}
