/* The service: with main.c the only place that knows several adapters. */
#ifndef ROOSTER_MAIN_SERVE_H
#define ROOSTER_MAIN_SERVE_H

#include "cli/cli.h"

/* Port of the command line: runs until SIGTERM or SIGINT. */
gboolean serve(Store *store, const CliService *service, GError **error);

#endif
