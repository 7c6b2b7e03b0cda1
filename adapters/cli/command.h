/*
 * The commands. The table in command.c is the only place that lists them: dispatch, help and the tests of the man page
 * and of the completion read it.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "session.h"

typedef enum CommandGroup {
    GROUP_DATA,
    GROUP_PLAN,
    GROUP_LOOK,
    GROUP_HAND,
    GROUP_REACT,
    GROUP_OUT,
    GROUP_HELP,
    GROUP_HIDDEN
} CommandGroup;

typedef struct Command {
    const char *name;
    CommandGroup group;
    const char *summary;   /* one line of help */
    const char *arguments; /* "DIR"; NULL if it takes none */
    const char *text;      /* what there is to know about it */
    const char *examples;  /* lines */
    guint64 options;       /* besides OPTIONS_GLOBAL */
    guint least, most;     /* number of arguments */
    /* arguments: NULL-terminated; a hidden command gets its name as the first. */
    ExitCode (*run)(Session *session, char **arguments, GError **error);
} Command;

/* The command of the name, hidden ones too, or NULL. */
const Command *command_find(const char *name);
/* The command of the name, no hidden one; CLI_ERROR_USE with a hint at what may have been meant. */
const Command *command_require(const char *name, GError **error);

/* Help on everything, or on one command. Callers free. */
char *commands_help(void);
char *command_help(const Command *command);

ExitCode command_init(Session *session, char **arguments, GError **error);
ExitCode command_import(Session *session, char **arguments, GError **error);
ExitCode command_export(Session *session, char **arguments, GError **error);
ExitCode command_generate(Session *session, char **arguments, GError **error);
ExitCode command_backup(Session *session, char **arguments, GError **error);
ExitCode command_audit(Session *session, char **arguments, GError **error);
ExitCode command_plan(Session *session, char **arguments, GError **error);
ExitCode command_show(Session *session, char **arguments, GError **error);
ExitCode command_check(Session *session, char **arguments, GError **error);
ExitCode command_diff(Session *session, char **arguments, GError **error);
ExitCode command_explain(Session *session, char **arguments, GError **error);
ExitCode command_advise(Session *session, char **arguments, GError **error);
ExitCode command_candidates(Session *session, char **arguments, GError **error);
ExitCode command_assign(Session *session, char **arguments, GError **error);
ExitCode command_unassign(Session *session, char **arguments, GError **error);
ExitCode command_pin(Session *session, char **arguments, GError **error);
ExitCode command_unpin(Session *session, char **arguments, GError **error);
ExitCode command_undo(Session *session, char **arguments, GError **error);
ExitCode command_spike(Session *session, char **arguments, GError **error);
ExitCode command_absent(Session *session, char **arguments, GError **error);
ExitCode command_publish(Session *session, char **arguments, GError **error);
ExitCode command_outbox(Session *session, char **arguments, GError **error);
ExitCode command_hours(Session *session, char **arguments, GError **error);
ExitCode command_help_run(Session *session, char **arguments, GError **error);
ExitCode command_swap(Session *session, char **arguments, GError **error);
ExitCode command_offer(Session *session, char **arguments, GError **error);
ExitCode command_token(Session *session, char **arguments, GError **error);
ExitCode command_serve(Session *session, char **arguments, GError **error);
ExitCode command_act_worker(Session *session, char **arguments, GError **error);
ExitCode command_solve_worker(Session *session, char **arguments, GError **error);
ExitCode command_calendar_worker(Session *session, char **arguments, GError **error);

#endif
