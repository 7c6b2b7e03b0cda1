/*
 * Long work: Ctrl-C, and one line on stderr that is redrawn while it goes on, if that is a terminal.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "rooster/plan.h"

typedef struct ProgressBar {
    gboolean is_drawn; /* stderr is a terminal */
    double goal;       /* percent of gap that ends the work */
    gint64 drawn_us;
} ProgressBar;

/* From here on the first Ctrl-C (or SIGTERM) asks for an end and the second ends the program. */
void progress_begin(ProgressBar *bar, double goal);
/* PlanOptions.progress, with the bar as its context: draws; FALSE once Ctrl-C was pressed. */
gboolean progress_step(const PlanProgress *progress, gpointer bar);
/* Wipes the line, and gives Ctrl-C its meaning back. */
void progress_end(ProgressBar *bar);

#endif
