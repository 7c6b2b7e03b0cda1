/*
 * Commands of the command line, run for somebody outside.
 */
#include "office_parts.h"

#include <string.h>

enum { WALL_S = 300 };

struct OfficeCommand {
    Office *office;
    GSubprocess *process;
    GCancellable *cancel;
    OfficePrinted done; /* NULL: nobody listens */
    gpointer context;
    guint deadline;
};

static void command_free(OfficeCommand *command)
{
    g_clear_handle_id(&command->deadline, g_source_remove);
    if (command->office)
        g_ptr_array_remove_fast(command->office->commands, command);
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

static void on_printed(GObject *source, GAsyncResult *result, gpointer user)
{
    OfficeCommand *command = user;
    g_autoptr(GBytes) printed = NULL;
    g_autoptr(GBytes) complaints = NULL;
    gboolean is_whole = g_subprocess_communicate_finish(G_SUBPROCESS(source), result, &printed, &complaints, NULL);
    if (command->done && command->office) {
        gboolean has_ended = is_whole && g_subprocess_get_if_exited(command->process);
        int code = has_ended ? g_subprocess_get_exit_status(command->process) : -1;
        g_autofree char *complaint = complaint_of(complaints);
        gsize length = 0;
        const char *data = printed ? g_bytes_get_data(printed, &length) : NULL;
        command->office->figures.children_failed += code < 0 ? 1 : 0;
        office_note_change(command->office);
        command->done(code, data ? data : "", length, complaint, command->context);
    }
    command_free(command);
}

static gboolean on_deadline(gpointer user)
{
    OfficeCommand *command = user;
    command->deadline = 0;
    g_subprocess_force_exit(command->process);
    return G_SOURCE_REMOVE;
}

static char *now_of(const Office *office)
{
    return utc_format(office_now_s(office) / 60);
}

OfficeCommand *office_command(Office *office, const char *actor_name, const char *const *arguments, OfficePrinted done,
                              gpointer context)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_autofree char *now = now_of(office);
    const char *head[] = {office->options.program, "--db", office->options.db, "--now", now, "--as", actor_name, NULL};
    g_strv_builder_addv(builder, head);
    g_strv_builder_addv(builder, (const char **)(gintptr)arguments);
    g_auto(GStrv) whole = g_strv_builder_end(builder);
    OfficeCommand *command = g_new0(OfficeCommand, 1);
    *command = (OfficeCommand){.office = office, .done = done, .context = context, .cancel = g_cancellable_new()};
    command->process = g_subprocess_newv((const char *const *)whole,
                                         G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
    if (!command->process) {
        command->office = NULL;
        command_free(command);
        done(-1, "", 0, "the working process does not start", context);
        return NULL;
    }
    office->figures.children++;
    g_ptr_array_add(office->commands, command);
    command->deadline = g_timeout_add_seconds(WALL_S, on_deadline, command);
    g_subprocess_communicate_async(command->process, NULL, command->cancel, on_printed, command);
    return command;
}

void office_command_forget(OfficeCommand *command)
{
    command->done = NULL;
    g_subprocess_force_exit(command->process);
}

void office_commands_end(Office *office)
{
    for (guint i = 0; i < office->commands->len; i++) {
        OfficeCommand *command = g_ptr_array_index(office->commands, i);
        command->office = NULL;
        g_clear_handle_id(&command->deadline, g_source_remove);
        g_subprocess_force_exit(command->process);
        g_cancellable_cancel(command->cancel);
    }
}
