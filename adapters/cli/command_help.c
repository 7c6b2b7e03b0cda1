#include "command.h"

#include <stdio.h>

ExitCode command_help_run(Session *session, char **arguments, GError **error)
{
    (void)session;
    if (arguments[0] == NULL) {
        g_autofree char *help = commands_help();
        fputs(help, stdout);
        return EXIT_DONE;
    }
    const Command *command = command_require(arguments[0], error);
    if (command == NULL)
        return EXIT_BY_ERROR;
    g_autofree char *help = command_help(command);
    fputs(help, stdout);
    return EXIT_DONE;
}

/* The children's side: stdin and stdout are the parent's pipes. */

ExitCode command_solve_worker(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    (void)error;
    return (ExitCode)session->ports->solve_worker(stdin, stdout);
}

ExitCode command_calendar_worker(Session *session, char **arguments, GError **error)
{
    (void)error;
    return (ExitCode)session->ports->calendar_worker((int)g_strv_length(arguments), arguments, stdin, stdout);
}
