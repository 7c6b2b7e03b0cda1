/*
 * The child's side of a long act.
 */
#include "act_wire.h"
#include "rooster/confine.h"
#include "rooster/office.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>

/* Bytes of addresses; a pool of ten thousand workers and its week take a tenth of it. */
#define MEMORY_MOST ((guint64)4 << 30)

static volatile sig_atomic_t is_told_to_stop;

static void stop_on_signal(int signal_number)
{
    (void)signal_number;
    is_told_to_stop = 1;
}

static gboolean tell(const json_t *event, gpointer context)
{
    g_autofree char *line = act_wire_progress(event);
    FILE *out = context;
    if (fprintf(out, "%s\n", line) < 0 || fflush(out) != 0)
        is_told_to_stop = 1; /* nobody listens any more */
    return !is_told_to_stop;
}

static int answer(FILE *out, const ActAnswer *answer, const GError *error)
{
    g_autofree char *line = act_wire_answer(answer, error);
    return fprintf(out, "%s\n", line) > 0 && fflush(out) == 0 ? 0 : 3;
}

int act_worker_main(Store *store, const char *program, FILE *in, FILE *out)
{
    ActRequest request;
    ActAnswer answered = {.version = -1};
    Desk desk = {0};
    json_t *holder = NULL;
    char *line = NULL;
    size_t size = 0;
    int64_t now_s = 0;
    g_autoptr(GError) error = NULL;
    signal(SIGTERM, stop_on_signal);
    signal(SIGINT, SIG_IGN); /* the parent decides */
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    /* Not lasting: a solve is a process of its own under this one, and sets its own. */
    if (!confine_memory(MEMORY_MOST, FALSE)) {
        perror("rooster: act-worker: no limits can be set");
        return 3;
    }
    desk_open(&desk, store, 0, NULL); /* before it is needed; where that fails, the act says why */
    desk_prepare(&desk);
    gboolean is_asked = getline(&line, &size, in) > 0;
    gboolean is_read = is_asked && act_wire_read_request(line, &request, &now_s, &holder);
    free(line);
    if (!is_asked && !ferror(in)) { /* a spare that nobody needed */
        desk_clear(&desk);
        return 0;
    }
    if (!is_read) {
        desk_clear(&desk);
        fputs("rooster: act-worker: the act is not understood; only rooster itself starts this command\n", stderr);
        json_decref(holder);
        return 2;
    }
    request.program = program;
    request.progress = tell;
    request.context = out;
    desk.now_s = now_s;
    act_run(&desk, &request, &answered, &error);
    int code = answer(out, &answered, error);
    act_answer_clear(&answered);
    desk_clear(&desk);
    json_decref(holder);
    return code;
}
