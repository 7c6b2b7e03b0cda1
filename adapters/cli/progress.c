#include "progress.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { REDRAW_US = 100 * 1000, BAR_WIDTH = 20 };

static volatile sig_atomic_t was_interrupted;

static void interrupt(int number)
{
    (void)number;
    was_interrupted = 1;
}

void progress_begin(ProgressBar *bar, double goal)
{
    *bar = (ProgressBar){.is_drawn = isatty(STDERR_FILENO), .goal = goal};
    /* The second signal finds the default again, so that a stuck program can be ended. */
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    was_interrupted = 0;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* The gap falls by orders of magnitude, so the bar counts halvings: empty at 100 %, full at the goal. */
static int filled(double gap, double goal)
{
    int done = 0, all = 0;
    for (double at = 100; at > MAX(goal, 0.01); at /= 2) {
        all++;
        done += at > gap;
    }
    return all > 0 ? done * BAR_WIDTH / all : BAR_WIDTH;
}

gboolean progress_step(const PlanProgress *progress, gpointer context)
{
    ProgressBar *bar = context;
    gint64 now_us = g_get_monotonic_time();
    if (bar->is_drawn && now_us - bar->drawn_us >= REDRAW_US) {
        bar->drawn_us = now_us;
        fprintf(stderr, "\r\033[K%-8s %4.0f s", progress->phase, progress->seconds);
        if (progress->has_bound) {
            double gap = plan_gap_percent(progress->cost_cents, progress->bound_cents);
            int full = filled(gap, bar->goal);
            fprintf(stderr, " [%.*s%*s] cost %.0f bound %.0f gap %.2f %%", full, "####################",
                    BAR_WIDTH - full, "", (double)progress->cost_cents / 100, (double)progress->bound_cents / 100, gap);
        }
        if (was_interrupted)
            fputs(" stopping", stderr);
        fflush(stderr);
    }
    return !was_interrupted;
}

void progress_end(ProgressBar *bar)
{
    if (bar->is_drawn && bar->drawn_us != 0)
        fputs("\r\033[K", stderr);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
}
