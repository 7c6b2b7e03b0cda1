#include "worth_parts.h"

#include "shadow_prices.h"
#include "solve_record.h"

#include <math.h>
#include <string.h>

static void index_rows(Worth *worth)
{
    const Pool *pool = worth->week->pool;
    worth->first_row = g_new0(int32_t, pool->shifts->len + 1);
    worth->fairness_row = g_new0(int32_t, pool->coops->len + 1);
    for (guint shift = 0; shift < pool->shifts->len; shift++)
        worth->first_row[shift] = -1;
    for (guint coop = 0; coop < pool->coops->len; coop++)
        worth->fairness_row[coop] = -1;
    for (int32_t row = worth->problem->problem.row_count - 1; row >= 0; row--) {
        const RowMeaning *meaning = &worth->problem->meaning[row];
        if (meaning->kind == ROW_FAIRNESS)
            worth->fairness_row[meaning->coop] = row;
        else
            worth->first_row[meaning->shift] = row;
    }
}

Worth *worth_new(const Week *week, const Roster *roster, const SolveRecord *record)
{
    Worth *worth = g_new0(Worth, 1);
    guint workers = week->pool->workers->len;
    worth->week = week;
    worth->roster = roster;
    g_autoptr(Roster) pins = roster_new(roster->week, roster->state, roster->revision);
    for (guint i = 0; i < roster->assignments->len; i++)
        if (roster_at(roster, i)->is_pinned)
            roster_add(pins, roster_at(roster, i)->shift, roster_at(roster, i)->worker, TRUE);
    worth->problem = week_problem_new(week, pins);
    const SolverProblem *problem = &worth->problem->problem;
    g_autoptr(ShadowPrices) prices = shadow_prices_of(record);
    g_autofree char *fingerprint = week_problem_fingerprint(worth->problem);
    worth->is_current = g_strcmp0(fingerprint, record->fingerprint) == 0;
    g_autofree double *row_price = shadow_prices_rows(prices, worth->problem);
    worth->pricer = solver_pricer_new(problem, row_price);
    worth->first_entry = g_new0(int32_t, workers + 1);
    int32_t entry = 0;
    for (guint worker = 0; worker <= workers; worker++) {
        while (entry < problem->entry_count && (guint)problem->entries[entry].worker < worker)
            entry++;
        worth->first_entry[worker] = entry;
    }
    worth->least = g_new(double, workers + 1);
    for (guint worker = 0; worker < workers; worker++)
        worth->least[worker] = NAN;
    index_rows(worth);
    return worth;
}

void worth_free(Worth *worth)
{
    if (!worth)
        return;
    solver_pricer_free(worth->pricer);
    week_problem_free(worth->problem);
    g_free(worth->first_entry);
    g_free(worth->first_row);
    g_free(worth->fairness_row);
    g_free(worth->least);
    g_free(worth);
}

gboolean worth_is_current(const Worth *worth)
{
    return worth->is_current;
}

int32_t worth_entry(const Worth *worth, guint worker, guint shift)
{
    for (int32_t entry = worth->first_entry[worker]; entry < worth->first_entry[worker + 1]; entry++)
        if (worth->problem->slot_shift[worth->problem->problem.entries[entry].slot] == shift)
            return entry;
    return -1;
}

gboolean worth_least(Worth *worth, guint worker, double *cents)
{
    if (isnan(worth->least[worker])) {
        SolverLineQuery query = {.worker = (int32_t)worker, .with = -1, .lines_most = 1, .labels_most = WORTH_LABELS};
        SolverLineAnswer answer = solver_pricer_ask(worth->pricer, &query);
        if (!answer.is_complete) {
            *cents = answer.least_cents;
            return FALSE;
        }
        worth->least[worker] = answer.least_cents;
    }
    *cents = worth->least[worker];
    return TRUE;
}

GArray *worth_shifts(const WeekProblem *problem, const SolverPricedLine *line)
{
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (int32_t i = 0; i < line->count; i++) /* entries of a worker are in order of start */
        g_array_append_val(shifts, problem->slot_shift[problem->problem.entries[line->entries[i]].slot]);
    return shifts;
}

double worth_bound_cents(Worth *worth)
{
    double bound = solver_pricer_rows(worth->pricer) + (double)worth->problem->constant_cents;
    for (guint worker = 0; worker < worth->week->pool->workers->len; worker++) {
        double least;
        worth_least(worth, worker, &least); /* what little work has shown is true as well */
        bound += least;
    }
    return bound;
}

double worth_shift_cents(const Worth *worth, guint shift)
{
    const double *price = solver_pricer_prices(worth->pricer);
    int32_t headcount = worth->first_row[shift];
    if (headcount < 0)
        return 0;
    int32_t fairness = worth->fairness_row[pool_shift(worth->week->pool, shift)->coop];
    double hours = fairness < 0 ? 0
                                : price[fairness] * (double)shift_paid_min(pool_shift(worth->week->pool, shift)) /
                                      worth->problem->meaning[fairness].unit_min;
    return price[headcount] + hours;
}
