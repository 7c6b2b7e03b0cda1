/* Days: how many in a row, on and off, how much on one, breaks in a duty, weekends, and Sundays (ATW 5:4(2), 5:6). */
#include "rules_table.h"

#define SUNDAY_WEEKS 52 /* ATW 5:6(3) */

/* The pieces that start on the same day as piece `first`: gives the index behind the last. */
static guint day_end(const Line *line, guint first)
{
    guint end = first + 1;
    while (end < line->pieces->len && line_piece(line, end)->day == line_piece(line, first)->day)
        end++;
    return end;
}

void rule_shifts_per_day(const Line *line, Verdict *verdict)
{
    for (guint first = 0, end; first < line->pieces->len; first = end) {
        end = day_end(line, first);
        if (end - first <= (guint)line->numbers->max_shifts_per_day)
            continue;
        g_autoptr(GArray) shifts = line_shifts(line, first, end);
        if (shifts->len == 0)
            continue;
        g_autofree char *day = day_format_short(line_piece(line, first)->day);
        verdict_add(verdict, line->worker_index, g_array_ref(shifts), "%u shifts start on %s, at most %d", end - first,
                    day, line->numbers->max_shifts_per_day);
    }
}

/* The row of days on which piece `first` is the first one: gives the index behind its last piece. */
static guint row_end(const Line *line, guint first, int *days)
{
    guint end = day_end(line, first);
    for (*days = 1; end < line->pieces->len && line_piece(line, end)->day == line_piece(line, first)->day + *days;) {
        end = day_end(line, end);
        ++*days;
    }
    return end;
}

void rule_consecutive_days(const Line *line, Verdict *verdict)
{
    int days;
    for (guint first = 0, end; first < line->pieces->len; first = end) {
        end = row_end(line, first, &days);
        if (days <= line->max_consecutive_days)
            continue;
        g_autoptr(GArray) shifts = line_shifts(line, first, end);
        if (shifts->len == 0)
            continue;
        g_autofree char *day = day_format_short(line_piece(line, first)->day);
        verdict_add(verdict, line->worker_index, g_array_ref(shifts), "%d days in a row from %s, at most %d", days, day,
                    line->max_consecutive_days);
    }
}

/* A row up to the week's Sunday may go on in the week after, as long as that is not published. */
void rule_min_consecutive_days(const Line *line, Verdict *verdict)
{
    int days, least = line->day_rules->min_consecutive_days;
    Day sunday = line->week->week.monday + 6;
    for (guint first = 0, end; least > 0 && first < line->pieces->len; first = end) {
        end = row_end(line, first, &days);
        gboolean may_go_on = line_piece(line, end - 1)->day == sunday && !line->week->is_followed;
        if (days >= least || may_go_on || !line_is_open(line, first, end))
            continue;
        g_autofree char *day = day_format_short(line_piece(line, first)->day);
        verdict_add(verdict, line->worker_index, line_shifts(line, first, end), "%d %s in a row from %s, at least %d",
                    days, days == 1 ? "day" : "days", day, least)
            ->is_unfinished = TRUE;
    }
}

void rule_days_off(const Line *line, Verdict *verdict)
{
    int least = line->day_rules->min_days_off;
    for (guint first = 0, next; least > 0 && first < line->pieces->len; first = next) {
        next = day_end(line, first);
        if (next == line->pieces->len)
            return;
        int days = line_piece(line, next)->day - line_piece(line, first)->day - 1;
        guint end = day_end(line, next);
        if (days == 0 || days >= least || !line_is_open(line, first, end))
            continue;
        g_autofree char *day = day_format_short(line_piece(line, first)->day + 1);
        verdict_add(verdict, line->worker_index, line_shifts(line, first, end), "%d %s off from %s, at least %d", days,
                    days == 1 ? "day" : "days", day, least);
    }
}

/* The week's own weekend is the only one with planned work; it is in as many windows as a window has weeks. */
void rule_weekends(const Line *line, Verdict *verdict)
{
    const DayRules *rules = line->day_rules;
    Day own = line->week->week.monday + 5;
    g_autoptr(GArray) saturdays = g_array_new(FALSE, FALSE, sizeof(Day)); /* each once, rising */
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; rules->max_weekends != DAY_RULE_OFF && i < line->pieces->len; i++) {
        const LinePiece *at = line_piece(line, i);
        Day saturday = at->day - (day_of_week(at->day) - 6);
        if (saturday > at->day)
            continue;
        if (saturdays->len == 0 || g_array_index(saturdays, Day, saturdays->len - 1) != saturday)
            g_array_append_val(saturdays, saturday);
        if (at->piece.is_planned)
            g_array_append_val(shifts, at->piece.shift);
    }
    for (Day first = own - 7 * (rules->weekend_window - 1); shifts->len > 0 && first <= own; first += 7) {
        int count = 0;
        for (guint i = 0; i < saturdays->len; i++) {
            Day saturday = g_array_index(saturdays, Day, i);
            count += first <= saturday && saturday < first + 7 * rules->weekend_window;
        }
        if (count <= rules->max_weekends)
            continue;
        g_autofree char *from = day_format_short(first);
        verdict_add(verdict, line->worker_index, g_array_ref(shifts), "%d of %d weekends worked from %s, at most %d",
                    count, rules->weekend_window, from, rules->max_weekends);
        return;
    }
}

void rule_breaks(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i < line->duties->len; i++) {
        const Duty *duty = line_duty(line, i);
        int64_t have_min = line_break_min(line, duty);
        int need_min = break_needed_min(line->numbers, duty->work_min);
        if (!duty->is_planned || have_min >= need_min)
            continue;
        g_autofree char *work = minutes_format(duty->work_min);
        verdict_add(verdict, line->worker_index, line_shifts_of_duties(line, i, i + 1),
                    "%d min of break in %s h of work, at least %d min", (int)have_min, work, need_min);
    }
}

/* The local Sundays on which a piece has a minute, each once, rising. */
static GArray *sundays_worked(const Line *line, gboolean only_planned)
{
    GArray *sundays = g_array_new(FALSE, FALSE, sizeof(Day));
    Day latest = DAY_MIN;
    for (guint i = 0; i < line->pieces->len; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        if (only_planned && !piece->is_planned)
            continue;
        Day from = line_piece(line, i)->day, until = zone_day(line->week->pool->zone, piece->end_min - 1);
        for (Day sunday = from + (7 - day_of_week(from)); sunday <= until; sunday += 7)
            if (sunday > latest) {
                g_array_append_val(sundays, sunday);
                latest = sunday;
            }
    }
    return sundays;
}

/* A week of which nothing is known counts as free: the history rarely reaches back 52 weeks. */
void rule_sundays(const Line *line, Verdict *verdict)
{
    g_autoptr(GArray) all = sundays_worked(line, FALSE), planned = sundays_worked(line, TRUE);
    if (planned->len == 0 || all->len <= (guint)line->numbers->sundays_52_weeks)
        return;
    Day first = g_array_index(planned, Day, 0) - 7 * (SUNDAY_WEEKS - 1);
    for (; first <= g_array_index(planned, Day, planned->len - 1); first += 7) {
        int count = 0;
        for (guint i = 0; i < all->len; i++) {
            Day sunday = g_array_index(all, Day, i);
            count += first <= sunday && sunday < first + 7 * SUNDAY_WEEKS;
        }
        if (count <= line->numbers->sundays_52_weeks)
            continue;
        g_autofree char *from = day_format_short(first);
        verdict_add(verdict, line->worker_index, line_shifts_all(line),
                    "%d Sundays worked in 52 weeks from %s, at most %d", count, from, line->numbers->sundays_52_weeks);
        return;
    }
}
