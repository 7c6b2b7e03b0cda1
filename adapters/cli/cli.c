#include "cli/cli.h"

#include "command.h"
#include "rooster/act.h"
#include "rooster/disturb.h"
#include "rooster/hours.h"
#include "rooster/desk.h"
#include "rooster/moves.h"
#include "rooster/plan.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Whose fault an error is. Whatever is in no table is ours or the machine's. */
static ExitCode exit_code_of(const GError *error)
{
    if (error->domain == PLAN_ERROR && error->code == PLAN_ERROR_PINS)
        return EXIT_FAILED_CHECK;
    if (error->domain == PLAN_ERROR && error->code == PLAN_ERROR_WEEKS)
        return EXIT_BAD_USE;
    if (error->domain == CLI_ERROR)
        return error->code == CLI_ERROR_USE ? EXIT_BAD_USE : EXIT_INTERNAL;
    if (error->domain == ACT_ERROR)
        return error->code == ACT_ERROR_REFUSED ? EXIT_FAILED_CHECK
               : error->code == ACT_ERROR_STALE ? EXIT_INTERNAL
                                                : EXIT_BAD_USE;
    if (error->domain == DESK_ERROR)
        return error->code == DESK_ERROR_STALE ? EXIT_INTERNAL : EXIT_BAD_USE;
    if (error->domain == STORE_ERROR) {
        return error->code == STORE_ERROR_NOT_FOUND || error->code == STORE_ERROR_FOREIGN ? EXIT_BAD_USE
                                                                                          : EXIT_INTERNAL;
    }
    const GQuark bad_input[] = {ZONE_ERROR,   POOL_ERROR, PRICE_ERROR,   PROFILE_ERROR,
                                IMPORT_ERROR, MOVE_ERROR, DISTURB_ERROR, HOURS_ERROR};
    for (guint index = 0; index < G_N_ELEMENTS(bad_input); index++)
        if (error->domain == bad_input[index])
            return EXIT_BAD_USE;
    return EXIT_INTERNAL;
}

/* One sentence on one line, whatever a file put into it. */
static ExitCode fail(const GError *error)
{
    g_autofree char *text = text_clean(error->message);
    fprintf(stderr, "rooster: %s\n", text);
    return exit_code_of(error);
}

static gboolean parse_format(Session *session, GError **error)
{
    static const char *const names[] = {[OUTPUT_TABLE] = "table", [OUTPUT_CSV] = "csv", [OUTPUT_JSON] = "json"};
    for (guint form = 0; form < G_N_ELEMENTS(names); form++) {
        if (session->options.format == NULL || g_str_equal(session->options.format, names[form])) {
            session->format = (OutputFormat)form;
            return TRUE;
        }
    }
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --format: %s is not table, csv or json",
                session->options.format);
    return FALSE;
}

static gboolean check_arguments(const Command *command, char **arguments, GError **error)
{
    guint count = g_strv_length(arguments);
    if (count < command->least) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "usage: rooster %s %s", command->name, command->arguments);
        return FALSE;
    }
    if (count > command->most) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s is one argument too many; usage: rooster %s%s%s",
                    arguments[command->most], command->name, command->arguments != NULL ? " " : "",
                    command->arguments != NULL ? command->arguments : "");
        return FALSE;
    }
    return TRUE;
}

/* What was written must have arrived: a full disk behind `> file` is a failure. */
static ExitCode flush(ExitCode code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fprintf(stderr, "rooster: the output cannot be written: %s\n", g_strerror(errno));
    return EXIT_INTERNAL;
}

static ExitCode run(Session *session, const Command *command, int argc, char **argv, GError **error)
{
    g_auto(Options) own = {0};
    if (!options_parse(&own, command->options | OPTIONS_GLOBAL, FALSE, &argc, &argv, error))
        return EXIT_BY_ERROR;
    options_take(&session->options, &own);
    if (session->options.is_help) {
        g_autofree char *help = command_help(command);
        fputs(help, stdout);
        return EXIT_DONE;
    }
    char **arguments = argv + 1;
    if (*arguments != NULL && g_str_equal(*arguments, "--"))
        arguments++;
    if (!check_arguments(command, arguments, error) || !parse_format(session, error))
        return EXIT_BY_ERROR;
    return command->run(session, arguments, error);
}

static ExitCode dispatch(Session *session, int argc, char **argv, GError **error)
{
    if (!options_parse(&session->options, OPTIONS_GLOBAL, TRUE, &argc, &argv, error))
        return EXIT_BY_ERROR;
    if (session->options.is_version) {
        puts("rooster " ROOSTER_VERSION);
        return EXIT_DONE;
    }
    if (argc > 1) {
        const Command *command = command_find(argv[1]);
        /* Between a process and its own child nothing is for people to get wrong. */
        if (command != NULL && command->group == GROUP_HIDDEN)
            return command->run(session, argv + 1, error);
        command = command_require(argv[1], error);
        return command != NULL ? run(session, command, argc - 1, argv + 1, error) : EXIT_BY_ERROR;
    }
    g_autofree char *help = commands_help();
    fputs(help, session->options.is_help ? stdout : stderr);
    return session->options.is_help ? EXIT_DONE : EXIT_BAD_USE;
}

int cli_main(int argc, char **argv, const CliPorts *ports)
{
    Session session = {.ports = ports};
    g_autoptr(GError) error = NULL;
    /* GOption takes arguments out of the list; main's own stays whole. */
    g_auto(GStrv) copy = g_new0(char *, argc + 1);
    for (int index = 0; index < argc; index++)
        copy[index] = g_strdup(argv[index]);
    g_autofree char **list = g_memdup2(copy, sizeof *copy * ((gsize)argc + 1));
    ExitCode code = dispatch(&session, argc, list, &error);
    if (error != NULL)
        code = fail(error);
    session_clear(&session);
    return (int)flush(code);
}
