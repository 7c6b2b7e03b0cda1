#include "watch.h"

#include <limits.h>
#include <math.h>
#include <string.h>
#include <time.h>

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void watch_begin(Watch *watch, const SolverOptions *options)
{
    *watch = (Watch){.options = options,
                     .phase = "start",
                     .told_cost = INT64_MAX,
                     .told_bound = INT64_MIN,
                     .cost_cents = INT64_MAX,
                     .bound_cents = INT64_MIN,
                     .begun = now_s(),
                     .owner = pthread_self()};
    atomic_init(&watch->stop, false);
}

double watch_seconds(const Watch *watch)
{
    return now_s() - watch->begun;
}

int watch_milliseconds_left(const Watch *watch)
{
    double left = 1000 * (watch->options->seconds_most - watch_seconds(watch));
    return watch->options->seconds_most <= 0 || left > INT_MAX ? INT_MAX : left > 1 ? (int)left : 1;
}

bool watch_poll(void *context)
{
    Watch *watch = context;
    if (atomic_load_explicit(&watch->stop, memory_order_relaxed)) {
        return true;
    }
    if (!pthread_equal(pthread_self(), watch->owner)) {
        return false;
    }
    double seconds = watch_seconds(watch);
    if (watch->options->seconds_most > 0 && seconds >= watch->options->seconds_most) {
        watch->is_out_of_time = true;
        atomic_store(&watch->stop, true);
        return true;
    }
    if (watch->options->progress && seconds - watch->reported > 0.05) {
        watch->reported = seconds;
        SolverProgress progress = {watch->phase, watch->cost_cents, watch->bound_cents, watch->statistics.work,
                                   seconds};
        if (!watch->options->progress(&progress, watch->options->context)) {
            atomic_store(&watch->stop, true);
            return true;
        }
    }
    return false;
}

static void tell(Watch *watch, SolverEvent event)
{
    const SolverStatistics *statistics = &watch->statistics;
    event.phase = watch->phase;
    event.seconds = watch_seconds(watch);
    event.work = statistics->work;
    event.labels = statistics->labels;
    event.columns = statistics->columns;
    event.pivots = statistics->pivots;
    event.cost_cents = watch->cost_cents;
    event.bound_cents = watch->bound_cents;
    watch->options->event(&event, watch->options->context);
}

void watch_tell(Watch *watch, SolverEvent event)
{
    if (!watch->options->event) {
        return;
    }
    bool is_new = !watch->told_phase || strcmp(watch->told_phase, watch->phase) != 0;
    if (event.kind != SOLVER_EVENT_BEGIN && is_new) {
        watch->told_phase = watch->phase;
        tell(watch, (SolverEvent){.kind = SOLVER_EVENT_PHASE});
    }
    tell(watch, event);
}

void watch_tell_best(Watch *watch)
{
    if (watch->bound_cents > watch->told_bound) {
        watch->told_bound = watch->bound_cents;
        watch_tell(watch, (SolverEvent){.kind = SOLVER_EVENT_BOUND});
    }
    if (watch->cost_cents < watch->told_cost) {
        watch->told_cost = watch->cost_cents;
        watch_tell(watch, (SolverEvent){.kind = SOLVER_EVENT_ROSTER});
    }
}

bool watch_is_worked_out(const Watch *watch)
{
    return watch->options->work_most > 0 && watch->statistics.work >= watch->options->work_most;
}

bool watch_gap_is_reached(const Watch *watch)
{
    if (watch->cost_cents == INT64_MAX || watch->bound_cents == INT64_MIN) {
        return false;
    }
    double most = watch->options->gap > 0 ? watch->options->gap : 0;
    double cost = (double)watch->cost_cents, whole = cost + (double)watch->options->beside_cents;
    return watch->cost_cents - watch->bound_cents <= 0 ||
           (cost - (double)watch->bound_cents) / fmax(100, fabs(whole)) <= most;
}

bool watch_is_proven(const Watch *watch)
{
    static const double SHARE = 2e-4;
    if (watch->cost_cents == INT64_MAX || watch->bound_cents == INT64_MIN) {
        return false;
    }
    double whole = fabs((double)watch->cost_cents + (double)watch->options->beside_cents);
    double most = fmin((double)watch->slack_cents, SHARE * whole);
    return (double)watch->cost_cents - (double)watch->bound_cents <= most;
}

void watch_note_bytes(int64_t *most, size_t bytes)
{
    *most = (int64_t)bytes > *most ? (int64_t)bytes : *most;
}

bool watch_is_over(Watch *watch)
{
    return watch_poll(watch) || watch_is_worked_out(watch) || watch_gap_is_reached(watch);
}
