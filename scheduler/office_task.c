#include "office_task.h"
#include "act_wire.h"
#include "office_spare.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

OfficeTask *task_new(const OfficeCall *call, int64_t now_s, int wall_s, const TaskListener *listener)
{
    ActRequest request = {.act = call->act,
                          .actor = call->actor,
                          .arguments = call->arguments,
                          .key = call->key,
                          .version = call->version,
                          .asked_us = g_get_monotonic_time()};
    OfficeTask *task = g_new0(OfficeTask, 1);
    task->call = *call;
    task->call.arguments = NULL; /* they are in the request */
    task->call.proposal = NULL;
    task->call.known = NULL;
    task->call.known_count = 0;
    task->request = act_wire_request(&request, now_s);
    task->is_write = act_request_writes(&request);
    task->wall_s = wall_s;
    task->listener = *listener;
    task->answer.version = -1;
    task->cancel = g_cancellable_new();
    return task;
}

void task_free(OfficeTask *task)
{
    g_clear_handle_id(&task->deadline, g_source_remove);
    g_clear_object(&task->lines);
    g_clear_object(&task->process);
    g_clear_object(&task->cancel);
    g_clear_error(&task->error);
    act_answer_clear(&task->answer);
    g_free(task->request);
    g_free(task);
}

/* Nobody waits for the child's end: what it says is true when it says it. */
static void tell_answer(OfficeTask *task)
{
    if (task->is_told)
        return;
    task->is_told = TRUE;
    if (task->listener.answered)
        task->listener.answered(task, &task->answer, task->error, task->listener.office);
    if (task->call.done)
        task->call.done(&task->answer, task->error, task->call.context);
}

/* All that GIO owed us has come: the task is over. */
static void finish(OfficeTask *task)
{
    if (task->pending > 0)
        return;
    if (!task->is_answered && !task->error)
        g_set_error(&task->error, OFFICE_ERROR, OFFICE_ERROR_CHILD,
                    task->is_late ? "the working process took too long and was ended"
                                  : "the working process ended without an answer");
    tell_answer(task);
    if (task->listener.ended)
        task->listener.ended(task, task->listener.office);
    task_free(task);
}

/* --- what the child says */

static void read_next(OfficeTask *task);

static void on_line(GObject *source, GAsyncResult *result, gpointer user)
{
    OfficeTask *task = user;
    gsize length = 0;
    g_autoptr(GError) fault = NULL;
    g_autofree char *line =
        g_data_input_stream_read_line_finish_utf8(G_DATA_INPUT_STREAM(source), result, &length, &fault);
    json_t *progress = NULL;
    ActAnswer answer;
    GError *error = NULL;
    task->pending--;
    if (line && !task->is_told && !g_cancellable_is_cancelled(task->cancel)) {
        if (!act_wire_read(line, &progress, &answer, &error)) {
            g_subprocess_force_exit(task->process); /* nonsense */
        } else if (progress) {
            if (task->call.progress)
                task->call.progress(progress, task->call.context);
            json_decref(progress);
        } else {
            task->is_answered = error == NULL;
            task->answer = answer;
            task->error = error;
            tell_answer(task);
        }
        read_next(task);
        return;
    }
    if (fault && fault->domain == G_CONVERT_ERROR)
        g_subprocess_force_exit(task->process); /* no UTF-8: likewise */
    finish(task);
}

static void read_next(OfficeTask *task)
{
    task->pending++;
    g_data_input_stream_read_line_async(task->lines, G_PRIORITY_DEFAULT, task->cancel, on_line, task);
}

static void on_child_exit(GObject *source, GAsyncResult *result, gpointer user)
{
    OfficeTask *task = user;
    g_subprocess_wait_finish(G_SUBPROCESS(source), result, NULL);
    task->pending--;
    if (!task->is_answered && !task->error && g_subprocess_get_if_signaled(task->process) && !task->is_late)
        g_set_error(&task->error, OFFICE_ERROR, OFFICE_ERROR_CHILD, "the working process was ended by signal %d",
                    g_subprocess_get_term_sig(task->process));
    finish(task);
}

static void on_written(GObject *source, GAsyncResult *result, gpointer user)
{
    OfficeTask *task = user;
    /* A child that does not read is one that ends; that is told there. */
    g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL);
    g_output_stream_close(G_OUTPUT_STREAM(source), NULL, NULL);
    task->pending--;
    finish(task);
}

static gboolean on_deadline(gpointer user)
{
    OfficeTask *task = user;
    task->deadline = 0;
    task->is_late = TRUE;
    g_subprocess_force_exit(task->process);
    return G_SOURCE_REMOVE;
}

void task_refuse(OfficeTask *task)
{
    g_set_error(&task->error, ACT_ERROR, ACT_ERROR_REFUSED, "it was stopped before it began");
    finish(task);
}

void task_start(OfficeTask *task, const OfficeOptions *options, GSubprocess *child)
{
    g_autoptr(GError) reason = NULL;
    task->patience_s = options->patience_s;
    task->process = child ? child : office_child_new(options, &reason);
    if (!task->process) {
        g_set_error(&task->error, OFFICE_ERROR, OFFICE_ERROR_CHILD, "the working process does not start: %s",
                    reason->message);
        finish(task);
        return;
    }
    g_autofree char *line = g_strconcat(task->request, "\n", NULL);
    g_free(task->request);
    task->request = g_steal_pointer(&line);
    task->lines = g_data_input_stream_new(g_subprocess_get_stdout_pipe(task->process));
    g_data_input_stream_set_newline_type(task->lines, G_DATA_STREAM_NEWLINE_TYPE_LF);
    task->pending += 2;
    g_subprocess_wait_async(task->process, NULL, on_child_exit, task);
    g_output_stream_write_all_async(g_subprocess_get_stdin_pipe(task->process), task->request, strlen(task->request),
                                    G_PRIORITY_DEFAULT, NULL, on_written, task);
    read_next(task);
    task->deadline = g_timeout_add_seconds((guint)task->wall_s, on_deadline, task);
}

void office_task_stop(OfficeTask *task)
{
    if (task->is_stopping)
        return;
    task->is_stopping = TRUE;
    if (!task->process)
        return; /* with the next tick: nobody expects to be called back from here */
    g_subprocess_send_signal(task->process, SIGTERM);
    g_clear_handle_id(&task->deadline, g_source_remove);
    task->deadline = g_timeout_add_seconds((guint)task->patience_s, on_deadline, task);
}

void office_task_forget(OfficeTask *task)
{
    task->call.done = NULL;
    task->call.progress = NULL;
}

void task_abandon(OfficeTask *task)
{
    office_task_forget(task);
    task->listener = (TaskListener){0};
    if (!task->process) {
        task_free(task);
        return;
    }
    g_subprocess_force_exit(task->process);
    g_cancellable_cancel(task->cancel);
}
