/* What the optimiser counted, by name. A new figure of SolverStatistics is a row here, and needs nothing else. */
#include "plan_parts.h"

GArray *plan_statistics(const SolverStatistics *statistics)
{
    static const struct {
        const char *name;
        gboolean is_seconds; /* else a count */
        gsize offset;
    } figures[] = {
        {"work", FALSE, G_STRUCT_OFFSET(SolverStatistics, work)},
        {"labels", FALSE, G_STRUCT_OFFSET(SolverStatistics, labels)},
        {"pivots", FALSE, G_STRUCT_OFFSET(SolverStatistics, pivots)},
        {"columns", FALSE, G_STRUCT_OFFSET(SolverStatistics, columns)},
        {"rounds", FALSE, G_STRUCT_OFFSET(SolverStatistics, rounds)},
        {"seconds_pricing", TRUE, G_STRUCT_OFFSET(SolverStatistics, seconds_pricing)},
        {"seconds_bundle", TRUE, G_STRUCT_OFFSET(SolverStatistics, seconds_bundle)},
        {"seconds_lp", TRUE, G_STRUCT_OFFSET(SolverStatistics, seconds_lp)},
        {"seconds_total", TRUE, G_STRUCT_OFFSET(SolverStatistics, seconds_total)},
        {"bytes_problem", FALSE, G_STRUCT_OFFSET(SolverStatistics, bytes_problem)},
        {"bytes_model", FALSE, G_STRUCT_OFFSET(SolverStatistics, bytes_model)},
        {"bytes_pricing", FALSE, G_STRUCT_OFFSET(SolverStatistics, bytes_pricing)},
        {"bytes_bundle", FALSE, G_STRUCT_OFFSET(SolverStatistics, bytes_bundle)},
        {"bytes_lp", FALSE, G_STRUCT_OFFSET(SolverStatistics, bytes_lp)},
    };
    GArray *named = g_array_new(FALSE, FALSE, sizeof(PlanStatistic));
    for (guint index = 0; index < G_N_ELEMENTS(figures); index++) {
        gconstpointer at = G_STRUCT_MEMBER_P(statistics, figures[index].offset);
        PlanStatistic figure = {.name = figures[index].name, .is_seconds = figures[index].is_seconds};
        if (figure.is_seconds)
            figure.seconds = *(const double *)at;
        else
            figure.count = *(const int64_t *)at;
        g_array_append_val(named, figure);
    }
    return named;
}
