/* Work and rest around a duty, and the weekly rest (ATW 5:3, 5:5, 5:7(2)(a)). */
#include "rules_table.h"

static char *duty_from(const Line *line, const Duty *duty)
{
    return zone_format_short(line->week->pool->zone, duty->start_min);
}

void rule_duty_work(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i < line->duties->len; i++) {
        const Duty *duty = line_duty(line, i);
        if (duty->is_planned && duty->work_min > line->numbers->duty_work)
            verdict_add_limit(verdict, line, line_shifts_of_duties(line, i, i + 1),
                              (Limit){"work", duty->work_min, duty_from(line, duty), FALSE, line->numbers->duty_work});
    }
}

void rule_duty_span(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i < line->duties->len; i++) {
        const Duty *duty = line_duty(line, i);
        int64_t span_min = duty->end_min - duty->start_min;
        if (duty->is_planned && span_min > line->numbers->duty_span)
            verdict_add_limit(verdict, line, line_shifts_of_duties(line, i, i + 1),
                              (Limit){"span", span_min, duty_from(line, duty), FALSE, line->numbers->duty_span});
    }
}

void rule_daily_rest(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i + 1 < line->duties->len; i++)
        if (line_is_planned(line, i, i + 2) && line_rest_min(line, i) < line->numbers->daily_rest)
            verdict_add_limit(verdict, line, line_shifts_of_duties(line, i, i + 2),
                              line_rest_limit(line, i, line->numbers->daily_rest));
}

void rule_weekly_rest(const Line *line, Verdict *verdict)
{
    for (guint first = 0, end; first < line->duties->len; first = end) {
        end = line_group_end(line, first, line->numbers->weekly_rest);
        int64_t span_min = line_duty(line, end - 1)->end_min - line_duty(line, first)->start_min;
        if (span_min <= line->numbers->stretch || !line_is_planned(line, first, end))
            continue;
        g_autofree char *rest = minutes_format(line->numbers->weekly_rest);
        g_autofree char *what = g_strdup_printf("stretch without %s h of rest is", rest);
        verdict_add_limit(
            verdict, line, line_shifts_of_duties(line, first, end),
            (Limit){what, span_min, duty_from(line, line_duty(line, first)), FALSE, line->numbers->stretch});
    }
}
