/*
 * Commands of the command line, run for somebody outside.
 */
#include "office_parts.h"

#include <string.h>

enum { WAITING_MOST = 100, WALL_S = 300 };

struct OfficeCommand {
    Office *office;
    char **arguments;
    GSubprocess *process; /* NULL: it waits */
    GCancellable *cancel;
    OfficePrinted done; /* NULL: nobody listens */
    gpointer context;
    guint deadline;
};

static void command_free(OfficeCommand *command)
{
    g_clear_handle_id(&command->deadline, g_source_remove);
    g_strfreev(command->arguments);
    g_clear_object(&command->process);
    g_clear_object(&command->cancel);
    g_free(command);
}

/* "rooster: " in front and the line's end behind are not for them; warnings before the last line neither. */
static char *complaint_of(GBytes *bytes)
{
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    g_autofree char *text = g_strndup(data ? data : "", length);
    g_strchomp(text);
    const char *line = strrchr(text, '\n');
    line = line ? line + 1 : text;
    return g_utf8_make_valid(g_str_has_prefix(line, "rooster: ") ? line + strlen("rooster: ") : line, -1);
}

static void start_next(Office *office);

static void on_printed(GObject *source, GAsyncResult *result, gpointer user)
{
    OfficeCommand *command = user;
    Office *office = command->office;
    g_autoptr(GBytes) printed = NULL;
    g_autoptr(GBytes) complaints = NULL;
    gboolean is_whole = g_subprocess_communicate_finish(G_SUBPROCESS(source), result, &printed, &complaints, NULL);
    if (office)
        g_ptr_array_remove_fast(office->commands, command);
    if (command->done && office) {
        gboolean has_ended = is_whole && g_subprocess_get_if_exited(command->process);
        int code = has_ended ? g_subprocess_get_exit_status(command->process) : -1;
        g_autofree char *complaint = complaint_of(complaints);
        gsize length = 0;
        const char *data = printed ? g_bytes_get_data(printed, &length) : NULL;
        office->figures.children_failed += code < 0 ? 1 : 0;
        office_note_change(office);
        command->done(code, data ? data : "", length, complaint, command->context);
    }
    command_free(command);
    if (office)
        start_next(office);
}

static gboolean on_deadline(gpointer user)
{
    OfficeCommand *command = user;
    command->deadline = 0;
    g_subprocess_force_exit(command->process);
    return G_SOURCE_REMOVE;
}

/* FALSE: it did not start, and is over. */
static gboolean start(Office *office, OfficeCommand *command)
{
    command->process = g_subprocess_newv((const char *const *)command->arguments,
                                         G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
    if (!command->process) {
        if (command->done)
            command->done(-1, "", 0, "the working process does not start", command->context);
        command_free(command);
        return FALSE;
    }
    office->figures.children++;
    g_ptr_array_add(office->commands, command);
    command->deadline = g_timeout_add_seconds((guint)(office->options.wall_s > 0 ? office->options.wall_s : WALL_S),
                                              on_deadline, command);
    g_subprocess_communicate_async(command->process, NULL, command->cancel, on_printed, command);
    return TRUE;
}

static gboolean is_place(const Office *office)
{
    return office->commands->len < (guint)office->options.children_most;
}

static void start_next(Office *office)
{
    while (is_place(office) && !g_queue_is_empty(office->lined_up))
        start(office, g_queue_pop_head(office->lined_up));
}

gboolean office_has_room(const Office *office)
{
    return g_queue_get_length(office->lined_up) < WAITING_MOST;
}

OfficeCommand *office_command(Office *office, const char *actor_name, const char *const *arguments, OfficePrinted done,
                              gpointer context)
{
    if (!office_has_room(office)) {
        done(-1, "", 0, "too much waits already", context);
        return NULL;
    }
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_autofree char *now = utc_format(office_now_s(office) / 60);
    const char *head[] = {office->options.program, "--db", office->options.db, "--now", now, "--as", actor_name, NULL};
    g_strv_builder_addv(builder, head);
    g_strv_builder_addv(builder, (const char **)(gintptr)arguments);
    OfficeCommand *command = g_new0(OfficeCommand, 1);
    *command = (OfficeCommand){.office = office,
                               .arguments = g_strv_builder_end(builder),
                               .done = done,
                               .context = context,
                               .cancel = g_cancellable_new()};
    if (!is_place(office)) {
        g_queue_push_tail(office->lined_up, command);
        return command;
    }
    return start(office, command) ? command : NULL;
}

void office_command_forget(OfficeCommand *command)
{
    command->done = NULL;
    if (command->process) {
        g_subprocess_force_exit(command->process);
        return;
    }
    g_queue_remove(command->office->lined_up, command);
    command_free(command);
}

void office_commands_end(Office *office)
{
    for (OfficeCommand *command; (command = g_queue_pop_head(office->lined_up));)
        command_free(command);
    for (guint i = 0; i < office->commands->len; i++) {
        OfficeCommand *command = g_ptr_array_index(office->commands, i);
        command->office = NULL;
        g_clear_handle_id(&command->deadline, g_source_remove);
        g_subprocess_force_exit(command->process);
        g_cancellable_cancel(command->cancel);
    }
}
