#include "calendar_child.h"

#include "rooster/confine.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT_STEP_US 1000

/* Runs between fork and exec, so that not one byte of the program runs without limits. */
static void limit_child(gpointer unused)
{
    (void)unused;
    if (!confine_processor(CALENDAR_CHILD_CPU_S) || !confine_memory(CALENDAR_CHILD_MEMORY_BYTES, TRUE))
        _exit(126);
}

static gboolean read_fault(GError **error, const char *what)
{
    g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ, "%s: %s", what, g_strerror(errno));
    return FALSE;
}

static gboolean limit_fault(GError **error, const char *what)
{
    g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT,
                "reading the calendar was stopped, it %s: fewer or simpler events would be right", what);
    return FALSE;
}

/* The input as a file without name: no pipe to keep filled, and no SIGPIPE from a child that does not read. */
static int input_file(const char *input, gsize size, GError **error)
{
    int file = memfd_create("calendar", MFD_CLOEXEC);
    if (file < 0) {
        read_fault(error, "no memory for the calendar");
        return -1;
    }
    for (gsize done = 0; done < size;) {
        ssize_t written = write(file, input + done, size - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            read_fault(error, "no memory for the calendar");
            close(file);
            return -1;
        }
        done += (gsize)written;
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

static int milliseconds_until(int64_t deadline_us)
{
    return (int)MAX(0, (deadline_us - g_get_monotonic_time() + 999) / 1000);
}

static gboolean read_answer(int from, GByteArray *answer, int64_t deadline_us, GError **error)
{
    guint8 piece[16384];
    for (;;) {
        struct pollfd waiting = {.fd = from, .events = POLLIN};
        int ready = poll(&waiting, 1, milliseconds_until(deadline_us));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0)
            return read_fault(error, "the reading program's answer");
        if (ready == 0)
            return limit_fault(error, "took more than 3 s");
        ssize_t bytes = read(from, piece, sizeof piece);
        if (bytes < 0 && errno != EINTR)
            return read_fault(error, "the reading program's answer");
        if (bytes == 0)
            return TRUE;
        if (bytes > 0)
            g_byte_array_append(answer, piece, (guint)bytes);
        if (answer->len > CALENDAR_CHILD_ANSWER_MOST)
            return limit_fault(error, "became too large");
    }
}

/* Waits for the child to end; kills it where it must not go on. The status, as of waitpid. */
static int reap(GPid child, gboolean may_go_on, int64_t deadline_us)
{
    int status = 0;
    for (;;) {
        if (!may_go_on || milliseconds_until(deadline_us) == 0)
            kill(child, SIGKILL);
        pid_t ended = waitpid(child, &status, may_go_on ? WNOHANG : 0);
        if (ended == child)
            return status;
        if (ended < 0 && errno != EINTR)
            return -1;
        g_usleep(WAIT_STEP_US);
    }
}

static gboolean ended_well(int status, gboolean is_late, GError **error)
{
    if (is_late)
        return limit_fault(error, "took more than 3 s");
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
        return limit_fault(error, "took more than 2 s of processor time");
    if (WIFSIGNALED(status)) {
        g_autofree char *what = g_strdup_printf("ended the reading program (signal %d)", WTERMSIG(status));
        return limit_fault(error, what);
    }
    if (WEXITSTATUS(status) == 0)
        return TRUE;
    g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ, "the reading program failed with exit code %d",
                WEXITSTATUS(status));
    return FALSE;
}

GByteArray *calendar_child_run(const char *const *arguments, const char *input, gsize size, GError **error)
{
    GPid child;
    int from_child = -1;
    g_autoptr(GError) fault = NULL;
    int file = input_file(input, size, error);
    if (file < 0)
        return NULL;
    gboolean is_started = g_spawn_async_with_pipes_and_fds(
        NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES, limit_child, NULL, file, -1, -1, NULL,
        NULL, 0, &child, NULL, &from_child, NULL, &fault);
    close(file);
    if (!is_started) {
        g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_READ, "the reading program does not start: %s", fault->message);
        return NULL;
    }
    int64_t deadline_us = g_get_monotonic_time() + (int64_t)CALENDAR_CHILD_WALL_MS * 1000;
    g_autoptr(GByteArray) answer = g_byte_array_new();
    gboolean is_read = read_answer(from_child, answer, deadline_us, error);
    close(from_child);
    int status = reap(child, is_read, deadline_us);
    g_spawn_close_pid(child);
    gboolean is_late = is_read && milliseconds_until(deadline_us) == 0;
    if (!is_read || !ended_well(status, is_late, error))
        return NULL;
    return g_steal_pointer(&answer);
}
