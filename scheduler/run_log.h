/*
 * A run's events as JSON lines, from which its course can be drawn (private to scheduler). rooster(1) describes them.
 */
#ifndef ROOSTER_RUN_LOG_H
#define ROOSTER_RUN_LOG_H

#include "solver/solver.h"

/* Writes one line and flushes it. Amounts become the roster's by adding constant_cents. */
void run_log_write(FILE *log, const SolverEvent *event, int64_t constant_cents);

/* "optimal", static. */
const char *run_status_name(SolverStatus status);

#endif
