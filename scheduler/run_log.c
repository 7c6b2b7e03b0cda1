#include "run_log.h"

#include <glib.h>
#include <jansson.h>
#include <math.h>

const char *run_status_name(SolverStatus status)
{
    static const char *const names[] = {
        [SOLVER_OPTIMAL] = "optimal",    [SOLVER_GAP] = "gap",         [SOLVER_WORK] = "work",
        [SOLVER_TIME] = "time",          [SOLVER_STOPPED] = "stopped", [SOLVER_INFEASIBLE] = "infeasible",
        [SOLVER_UNDECIDED] = "undecided"};
    return names[status];
}

static const char *event_name(SolverEventKind kind)
{
    static const char *const names[] = {[SOLVER_EVENT_BEGIN] = "begin",
                                        [SOLVER_EVENT_PHASE] = "phase",
                                        [SOLVER_EVENT_BOUND] = "bound",
                                        [SOLVER_EVENT_ROSTER] = "roster",
                                        [SOLVER_EVENT_ROUND] = "round",
                                        [SOLVER_EVENT_LP] = "lp",
                                        [SOLVER_EVENT_NEIGHBOURHOOD] = "neighbourhood",
                                        [SOLVER_EVENT_END] = "end"};
    return names[kind];
}

static void put(json_t *line, const char *key, json_t *value)
{
    if (json_object_set_new(line, key, value) != 0)
        g_error("no memory for a run's log"); /* the keys are ours, the values just made */
}

static json_t *cents(int64_t amount, int64_t none, int64_t constant_cents)
{
    return amount == none ? json_null() : json_integer(amount + constant_cents);
}

/* Milliseconds and whole cents will do, and read better. */
static json_t *rounded(double value, double parts)
{
    double nearest = round(value * parts) / parts;
    return json_real(isfinite(nearest) ? nearest : 0);
}

static void put_details(json_t *line, const SolverEvent *event, int64_t constant_cents)
{
    switch (event->kind) {
    case SOLVER_EVENT_BEGIN:
        put(line, "workers", json_integer(event->workers));
        put(line, "shifts", json_integer(event->slots));
        put(line, "entries", json_integer(event->entries));
        put(line, "rows", json_integer(event->rows));
        break;
    case SOLVER_EVENT_PHASE:
        put(line, "phase", json_string(event->phase));
        break;
    case SOLVER_EVENT_BOUND:
        put(line, "bound_cents", cents(event->bound_cents, INT64_MIN, constant_cents));
        break;
    case SOLVER_EVENT_ROSTER:
        put(line, "cost_cents", cents(event->cost_cents, INT64_MAX, constant_cents));
        break;
    case SOLVER_EVENT_ROUND:
        put(line, "workers", json_integer(event->workers));
        put(line, "lines", json_integer(event->lines));
        put(line, "labels", json_integer(event->labels));
        break;
    case SOLVER_EVENT_LP:
        put(line, "lines", json_integer(event->lines));
        put(line, "value_cents", rounded(event->value + (double)constant_cents, 1e2));
        put(line, "pivots", json_integer(event->pivots));
        break;
    case SOLVER_EVENT_NEIGHBOURHOOD:
        put(line, "workers", json_integer(event->workers));
        put(line, "saved_cents", json_integer(llround(event->value)));
        break;
    case SOLVER_EVENT_END:
        put(line, "status", json_string(run_status_name(event->status)));
        put(line, "cost_cents", cents(event->cost_cents, INT64_MAX, constant_cents));
        put(line, "bound_cents", cents(event->bound_cents, INT64_MIN, constant_cents));
        put(line, "labels", json_integer(event->labels));
        put(line, "columns", json_integer(event->columns));
        put(line, "pivots", json_integer(event->pivots));
        break;
    }
}

void run_log_write(FILE *log, const SolverEvent *event, int64_t constant_cents)
{
    json_t *line = json_object();
    put(line, "t", rounded(event->seconds, 1e3));
    put(line, "work", json_integer(event->work));
    put(line, "event", json_string(event_name(event->kind)));
    put_details(line, event, constant_cents);
    if (json_dumpf(line, log, JSON_COMPACT | JSON_REAL_PRECISION(15)) == 0 && fputc('\n', log) != EOF)
        fflush(log);
    json_decref(line);
}
