/*
 * Hours in legal weeks (ATW 5:7), and the contract's. A window of weeks is judged if it holds planned work; credited
 * time (leave, sickness: ATW 5:2) counts as worked.
 */
#include "rules_table.h"

static Day first_day(const Line *line, int legal_week)
{
    return profile_legal_week_first_day(line->week->pool->profile, legal_week);
}

static gboolean always(const Line *line, int last_week)
{
    (void)line;
    (void)last_week;
    return TRUE;
}

/* The hours of the young: where the worker is young on the first day of the (last) week. */
static gboolean is_youth_week(const Line *line, int last_week)
{
    return day_age(line->worker->birth, first_day(line, last_week)) < line->numbers->youth_age;
}

static void report_hours(const Line *line, Verdict *verdict, int first_week, int length, int limit_min)
{
    g_autofree char *what =
        length == 1 ? g_strdup("work in the week is") : g_strdup_printf("work in %d weeks is", length);
    verdict_add_limit(verdict, line, line_shifts_all(line),
                      (Limit){what, line_minutes(line, first_week, length),
                              day_format_short(first_day(line, first_week)), FALSE, limit_min});
}

static void judge_windows(const Line *line, Verdict *verdict, int length, int limit_min,
                          gboolean (*counts)(const Line *line, int last_week))
{
    for (int first = line->first_planned - (length - 1); first <= line->last_planned; first++)
        if (line_minutes(line, first, length) > limit_min && counts(line, first + length - 1))
            report_hours(line, verdict, first, length, limit_min);
}

void rule_week(const Line *line, Verdict *verdict)
{
    judge_windows(line, verdict, 1, line->numbers->week, always);
}

void rule_four_weeks(const Line *line, Verdict *verdict)
{
    judge_windows(line, verdict, 4, line->numbers->four_weeks, always);
}

void rule_sixteen_weeks(const Line *line, Verdict *verdict)
{
    judge_windows(line, verdict, 16, line->numbers->sixteen_weeks, always);
}

void rule_youth_week(const Line *line, Verdict *verdict)
{
    judge_windows(line, verdict, 1, line->numbers->youth_week, is_youth_week);
}

void rule_youth_four_weeks(const Line *line, Verdict *verdict)
{
    judge_windows(line, verdict, 4, line->numbers->youth_four_weeks, is_youth_week);
}

void rule_contract_max(const Line *line, Verdict *verdict)
{
    int64_t planned_min = 0;
    for (guint i = 0; i < line->pieces->len; i++)
        if (line_piece(line, i)->piece.is_planned)
            planned_min += piece_work_min(&line_piece(line, i)->piece);
    if (planned_min * DECIMAL_ONE <= line->worker->contract_max * 60)
        return;
    g_autofree char *planned = minutes_format(planned_min);
    g_autofree char *most = decimal_format(line->worker->contract_max);
    verdict_add(verdict, line->worker_index, line_shifts_all(line), "planned %s h, at most %s h", planned, most);
}
