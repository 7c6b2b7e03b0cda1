/*
 * Who may say stop: the caller's progress(), the emergency clock, the work limit. Only the calling thread asks; the
 * others look at the flag. The work limit is judged between deterministic steps, so that the answer does not depend on
 * threads.
 */
#ifndef SOLVER_WATCH_H
#define SOLVER_WATCH_H

#include "solver/solver.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct Watch {
    const SolverOptions *options;
    SolverStatistics statistics;
    const char *phase, *told_phase;
    int64_t told_cost, told_bound;
    int64_t cost_cents, bound_cents;
    int64_t slack_cents; /* what the rounding of charges may hide between the two */
    double begun, reported;
    pthread_t owner;
    atomic_bool stop;    /* someone said stop: leave everything as it is and go home */
    bool is_out_of_time; /* it was the clock, not progress() */
} Watch;

void watch_begin(Watch *watch, const SolverOptions *options);
double watch_seconds(const Watch *watch);
/* Until the emergency clock ends it; INT_MAX without one. */
int watch_milliseconds_left(const Watch *watch);
/* Any thread. True: stop now. Asks progress() and the clock if it is the calling thread's turn to. */
bool watch_poll(void *watch);
/* Owner only: the event with all that the watch knows filled in; before it the phase, if that is new. */
void watch_tell(Watch *watch, SolverEvent event);
/* The same for a better roster or bound, if it is one. */
void watch_tell_best(Watch *watch);
/* The work limit is used up (calling thread, between steps). */
bool watch_is_worked_out(const Watch *watch);
/* Stopped or worked out or within the wanted gap. */
bool watch_is_over(Watch *watch);
bool watch_gap_is_reached(const Watch *watch);
/*
 * Cost and bound are as near as charges seen unrounded can bring them, and that is near: a fiftieth of a percent. Only
 * a proof in whole cents tells more.
 */
bool watch_is_proven(const Watch *watch);
/* Keeps the most. */
void watch_note_bytes(int64_t *most, size_t bytes);

#endif
