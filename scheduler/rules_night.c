/* Night work (ATW 5:8). A night duty has more than 60 minutes between 00:00 and 06:00. */
#include "rules_table.h"

#define NIGHT_WEEKS 16 /* ATW 5:8(2), 5:8(8) */

void rule_night_work(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i < line->duties->len; i++) {
        const Duty *duty = line_duty(line, i);
        if (duty->is_planned && duty->is_night && duty->work_min > line->numbers->night_work)
            verdict_add_limit(verdict, line, line_shifts_of_duties(line, i, i + 1),
                              (Limit){"work in a night duty", duty->work_min,
                                      zone_format_short(line->week->pool->zone, duty->start_min), FALSE,
                                      line->numbers->night_work});
    }
}

void rule_night_rest(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i + 1 < line->duties->len; i++)
        if (line_duty(line, i)->ends_after_two && line_is_planned(line, i, i + 2) &&
            line_rest_min(line, i) < line->numbers->night_rest)
            verdict_add_limit(verdict, line, line_shifts_of_duties(line, i, i + 2),
                              line_rest_limit(line, i, line->numbers->night_rest));
}

/*
 * ATW 5:8(5). A run is night duties in a row with less than 36 h between them. The duty that ends it - no night duty,
 * or one after 36 h or more - needs 46 h before it if the run had three.
 */
void rule_night_run(const Line *line, Verdict *verdict)
{
    guint run = 0; /* night duties of the run so far, the last of them just before duty i */
    for (guint i = 0; i < line->duties->len; i++) {
        gboolean is_night = line_duty(line, i)->is_night;
        if (run > 0 && (!is_night || line_rest_min(line, i - 1) >= line->numbers->weekly_rest)) {
            if (run >= (guint)line->numbers->night_run && line_is_planned(line, i - run, i + 1) &&
                line_rest_min(line, i - 1) < line->numbers->night_run_rest)
                verdict_add_limit(verdict, line, line_shifts_of_duties(line, i - run, i + 1),
                                  line_rest_limit(line, i - 1, line->numbers->night_run_rest));
            run = 0;
        }
        run = is_night ? run + 1 : 0;
    }
}

static gboolean has_night(const Line *line, guint first, guint end)
{
    for (guint i = first; i < end; i++)
        if (line_duty(line, i)->is_night)
            return TRUE;
    return FALSE;
}

/* ATW 5:8(6) leaves "series" open: here, duties with rests below 36 h. */
void rule_series(const Line *line, Verdict *verdict)
{
    for (guint first = 0, end; first < line->duties->len; first = end) {
        end = line_group_end(line, first, line->numbers->weekly_rest);
        if (end - first > (guint)line->numbers->series_duties && line_is_planned(line, first, end) &&
            has_night(line, first, end)) {
            g_autofree char *from = zone_format_short(line->week->pool->zone, line_duty(line, first)->start_min);
            verdict_add(verdict, line->worker_index, line_shifts_of_duties(line, first, end),
                        "%u duties from %s in a series with a night duty, at most %d", end - first, from,
                        line->numbers->series_duties);
        }
    }
}

/* Whether the duty starts in the 16 legal weeks from first_week on. */
static gboolean is_inside(const Duty *duty, int first_week)
{
    return first_week <= duty->legal_week && duty->legal_week < first_week + NIGHT_WEEKS;
}

static void judge_night_count(const Line *line, Verdict *verdict, int first_week)
{
    guint count = 0;
    for (guint i = 0; i < line->duties->len; i++)
        if (line_duty(line, i)->ends_after_two && is_inside(line_duty(line, i), first_week))
            count++;
    if (count <= (guint)line->numbers->nights_16_weeks)
        return;
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < line->duties->len; i++) {
        if (!line_duty(line, i)->ends_after_two || !is_inside(line_duty(line, i), first_week))
            continue;
        g_autoptr(GArray) planned = line_shifts_of_duties(line, i, i + 1);
        g_array_append_vals(shifts, planned->data, planned->len);
    }
    if (shifts->len == 0)
        return;
    g_autofree char *from = day_format_short(profile_legal_week_first_day(line->week->pool->profile, first_week));
    verdict_add(verdict, line->worker_index, g_array_ref(shifts),
                "%u night duties ending after 02:00 in 16 weeks from %s, at most %d", count, from,
                line->numbers->nights_16_weeks);
}

void rule_night_count(const Line *line, Verdict *verdict)
{
    for (int first = line->first_planned - (NIGHT_WEEKS - 1); first <= line->last_planned; first++)
        judge_night_count(line, verdict, first);
}

void rule_night_hours(const Line *line, Verdict *verdict)
{
    for (int first = line->first_planned - (NIGHT_WEEKS - 1); first <= line->last_planned; first++) {
        int nights = 0;
        for (guint i = 0; i < line->duties->len; i++)
            if (line_duty(line, i)->is_night && is_inside(line_duty(line, i), first))
                nights++;
        int64_t minutes = line_minutes(line, first, NIGHT_WEEKS);
        if (nights < line->numbers->many_nights || minutes <= line->numbers->many_nights_hours)
            continue;
        g_autofree char *what = g_strdup_printf("work in 16 weeks with %d night duties is", nights);
        verdict_add_limit(verdict, line, line_shifts_all(line),
                          (Limit){what, minutes,
                                  day_format_short(profile_legal_week_first_day(line->week->pool->profile, first)),
                                  FALSE, line->numbers->many_nights_hours});
    }
}
