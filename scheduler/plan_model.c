/* The week as a mixed-integer program for other solvers, with the pool's own names. */
#include "plan_parts.h"

#include <errno.h>

static char *row_name(const WeekProblem *problem, int32_t row)
{
    const RowMeaning *meaning = &problem->meaning[row];
    const Pool *pool = problem->week->pool;
    const char *shift = meaning->kind != ROW_FAIRNESS ? pool_shift(pool, meaning->shift)->id : NULL;
    switch (meaning->kind) {
    case ROW_HEADCOUNT:
        return g_strdup_printf("headcount.%s", shift);
    case ROW_TEAM: /* one for each certificate, so the number tells them apart */
        return g_strdup_printf("team.%s.%d", shift, row);
    case ROW_LEARNERS:
        return g_strdup_printf("learners.%s.%d", shift, row);
    case ROW_FAIRNESS:
        return g_strdup_printf("fairness.%s", pool_coop(pool, meaning->coop)->id);
    }
    g_assert_not_reached();
}

gboolean plan_write_model(const Week *week, const Roster *pins, FILE *stream, PlanModel *about, GError **error)
{
    g_autoptr(WeekProblem) problem = week_problem_new(week, pins);
    if (!plan_pins_may_stay(problem, error))
        return FALSE;
    g_autoptr(GPtrArray) workers = g_ptr_array_new(), slots = g_ptr_array_new();
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    for (guint worker = 0; worker < week->pool->workers->len; worker++)
        g_ptr_array_add(workers, (gpointer)pool_worker(week->pool, worker)->id);
    for (int32_t slot = 0; slot < problem->problem.slot_count; slot++)
        g_ptr_array_add(slots, (gpointer)pool_shift(week->pool, problem->slot_shift[slot])->id);
    for (int32_t row = 0; row < problem->problem.row_count; row++)
        g_ptr_array_add(rows, row_name(problem, row));
    SolverNames names = {(const char *const *)workers->pdata, (const char *const *)slots->pdata,
                         (const char *const *)rows->pdata};
    SolverCompact size = {0};
    errno = 0;
    if (!solver_compact_write(&problem->problem, &names, problem->constant_cents, stream, &size)) {
        g_set_error(error, PLAN_ERROR, PLAN_ERROR_WRITE, "the model cannot be written: %s",
                    g_strerror(errno != 0 ? errno : EIO));
        return FALSE;
    }
    *about = (PlanModel){size.columns, size.rows, size.elements, size.relaxed_workers};
    return TRUE;
}
