/* The young: below 18 on the day a duty starts (ATW 5:3(1), 5:4(1), 5:7(1)), and children, who are not planned at all.
 */
#include "rules_table.h"

#define DAY_MINUTES 1440

static gboolean is_youth(const Line *line, const Duty *duty)
{
    return day_age(line->worker->birth, duty->day) < line->numbers->youth_age;
}

void rule_under_16(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i < line->pieces->len; i++) {
        if (!line_piece(line, i)->piece.is_planned)
            continue;
        int age = day_age(line->worker->birth, line_piece(line, i)->day);
        if (age < line->numbers->least_age)
            verdict_add(verdict, line->worker_index, line_shifts(line, i, i + 1), "age %d, at least %d", age,
                        line->numbers->least_age);
    }
}

/* Runs `judge` on every planned duty that starts while the worker is young. */
static void each_youth_duty(const Line *line, Verdict *verdict,
                            void (*judge)(const Line *line, guint duty, Verdict *verdict))
{
    for (guint i = 0; i < line->duties->len; i++)
        if (line_duty(line, i)->is_planned && is_youth(line, line_duty(line, i)))
            judge(line, i, verdict);
}

static void judge_work(const Line *line, guint at, Verdict *verdict)
{
    const Duty *duty = line_duty(line, at);
    if (duty->work_min > line->numbers->youth_duty)
        verdict_add_limit(verdict, line, line_shifts_of_duties(line, at, at + 1),
                          (Limit){"work below 18", duty->work_min,
                                  zone_format_short(line->week->pool->zone, duty->start_min), FALSE,
                                  line->numbers->youth_duty});
}

void rule_youth_duty(const Line *line, Verdict *verdict)
{
    each_youth_duty(line, verdict, judge_work);
}

/* ATW 5:3(1): the daily rest holds 23:00-06:00, so there is no work in it. */
static void judge_night(const Line *line, guint at, Verdict *verdict)
{
    const Duty *duty = line_duty(line, at);
    const Zone *zone = line->week->pool->zone;
    int64_t minutes = 0;
    for (guint i = duty->first; i < duty->end; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        minutes += zone_minutes_between(zone, piece->start_min, piece->end_min, 23, 24) +
                   zone_minutes_between(zone, piece->start_min, piece->end_min, 0, 6);
    }
    if (minutes > 0)
        verdict_add(verdict, line->worker_index, line_shifts_of_duties(line, at, at + 1),
                    "%d min between 23:00 and 06:00 below 18, none is allowed", (int)minutes);
}

void rule_youth_night(const Line *line, Verdict *verdict)
{
    each_youth_duty(line, verdict, judge_night);
}

static void judge_span(const Line *line, guint at, Verdict *verdict)
{
    const Duty *duty = line_duty(line, at);
    int64_t span_min = duty->end_min - duty->start_min, most_min = DAY_MINUTES - line->numbers->youth_rest;
    if (span_min > most_min)
        verdict_add_limit(verdict, line, line_shifts_of_duties(line, at, at + 1),
                          (Limit){"span below 18", span_min, zone_format_short(line->week->pool->zone, duty->start_min),
                                  FALSE, most_min});
}

void rule_youth_span(const Line *line, Verdict *verdict)
{
    each_youth_duty(line, verdict, judge_span);
}

void rule_youth_rest(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i + 1 < line->duties->len; i++)
        if (line_is_planned(line, i, i + 2) && line_rest_min(line, i) < line->numbers->youth_rest &&
            is_youth(line, line_duty(line, i)))
            verdict_add_limit(verdict, line, line_shifts_of_duties(line, i, i + 2),
                              line_rest_limit(line, i, line->numbers->youth_rest));
}

static void judge_break(const Line *line, guint at, Verdict *verdict)
{
    const Duty *duty = line_duty(line, at);
    int64_t have_min = line_break_min(line, duty);
    if (duty->work_min <= line->numbers->youth_break_over || have_min >= line->numbers->youth_break_need)
        return;
    g_autofree char *work = minutes_format(duty->work_min);
    verdict_add(verdict, line->worker_index, line_shifts_of_duties(line, at, at + 1),
                "%d min of break in %s h of work below 18, at least %d min", (int)have_min, work,
                line->numbers->youth_break_need);
}

void rule_youth_break(const Line *line, Verdict *verdict)
{
    each_youth_duty(line, verdict, judge_break);
}
