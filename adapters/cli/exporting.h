/*
 * The parts of `export`: each writes to `path`, which must not be there yet, or to stdout where it is NULL.
 */
#ifndef CLI_EXPORTING_H
#define CLI_EXPORTING_H

#include "session.h"

/* A new file; CLI_ERROR_USE if it is there already or cannot be. */
FILE *export_open(const char *path, GError **error);

/* command_export_hours.c */
ExitCode export_hours(Session *session, const char *path, GError **error);
ExitCode export_invoice(Session *session, const char *path, GError **error);
ExitCode export_payroll(Session *session, const char *path, GError **error);

#endif
