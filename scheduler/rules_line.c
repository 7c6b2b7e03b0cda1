#include "rules_line.h"

#include <string.h>

void line_init(Line *line, const Week *week)
{
    *line = (Line){.week = week, .numbers = week->numbers, .fixed_of = LINE_OF_NOBODY};
    line->fixed = g_array_new(FALSE, FALSE, sizeof(LinePiece));
    line->pieces = g_array_new(FALSE, FALSE, sizeof(LinePiece));
    line->duties = g_array_new(FALSE, FALSE, sizeof(Duty));
}

void line_clear(Line *line)
{
    g_array_unref(line->fixed);
    g_array_unref(line->pieces);
    g_array_unref(line->duties);
}

/* --- pieces */

static gboolean is_before(const Piece *a, const Piece *b)
{
    if (a->start_min != b->start_min)
        return a->start_min < b->start_min;
    return a->end_min != b->end_min ? a->end_min < b->end_min : a->shift < b->shift;
}

static int legal_week_of(const Line *line, Day day)
{
    return profile_legal_week(line->week->pool->profile, day);
}

/* At its place among the pieces, which is mostly near their end. */
static void add_piece(const Line *line, GArray *pieces, Piece piece)
{
    const Zone *zone = line->week->pool->zone;
    Day day = zone_day(zone, piece.start_min);
    LinePiece added = {piece, day, legal_week_of(line, day),
                       zone_minutes_between(zone, piece.start_min, piece.end_min, 0, 6)};
    guint place = pieces->len;
    while (place > 0 && is_before(&piece, &g_array_index(pieces, LinePiece, place - 1).piece))
        place--;
    g_array_insert_val(pieces, place, added);
}

static void take_fixed(Line *line, guint worker)
{
    const GArray *fixed = g_ptr_array_index(line->week->fixed, worker);
    if (line->fixed_of == worker)
        return;
    g_array_set_size(line->fixed, 0);
    for (guint i = 0; i < fixed->len; i++)
        add_piece(line, line->fixed, g_array_index(fixed, Piece, i));
    line->fixed_of = worker;
}

/* --- nights */

/* A break is not deducted: its place in the shift is not known. */
static int64_t night_min(const Line *line, const Duty *duty)
{
    int64_t total = 0;
    for (guint i = duty->first; i < duty->end; i++)
        total += line_piece(line, i)->night_min;
    return total;
}

/*
 * ATW 5:8(4) and 5:8(8) speak of 02:00 without saying of which day: here, of the first local date in whose 00:00-06:00
 * the duty has work. So a duty from 04:30 to 13:00 does end after 02:00.
 */
static gboolean ends_after_two(const Line *line, const Duty *duty)
{
    const Zone *zone = line->week->pool->zone;
    for (guint i = duty->first; i < duty->end; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        for (Day day = line_piece(line, i)->day, last = zone_day(zone, piece->end_min - 1); day <= last; day++) {
            int64_t from = zone_day_start(zone, day), until = zone_at(zone, day, 6, 0);
            if (MIN(piece->end_min, until) > MAX(piece->start_min, from))
                return duty->end_min > zone_at(zone, day, 2, 0);
        }
    }
    return FALSE;
}

/* --- duties */

static void join_duties(Line *line)
{
    g_array_set_size(line->duties, 0);
    Duty *last = NULL;
    for (guint i = 0; i < line->pieces->len; i++) {
        const LinePiece *at = line_piece(line, i);
        if (!last || at->piece.start_min - last->end_min >= line->numbers->duty_gap) {
            Duty duty = {.first = i, .start_min = at->piece.start_min, .day = at->day, .legal_week = at->legal_week};
            g_array_append_val(line->duties, duty);
            last = &g_array_index(line->duties, Duty, line->duties->len - 1);
        }
        last->end = i + 1;
        last->end_min = MAX(last->end_min, at->piece.end_min);
        last->work_min += piece_work_min(&at->piece);
        last->is_planned |= at->piece.is_planned;
    }
    for (guint i = 0; i < line->duties->len; i++) {
        Duty *duty = &g_array_index(line->duties, Duty, i);
        duty->is_night = night_min(line, duty) > line->numbers->night_minutes;
        duty->ends_after_two = duty->is_night && ends_after_two(line, duty);
    }
}

/* --- hours. A shift counts whole in the legal week in which it starts. */

static void count_minutes(Line *line, int legal_week, int64_t minutes)
{
    int place = legal_week - (line->first_planned - (WINDOW_MOST - 1));
    if (place >= 0 && place < HOUR_WEEKS)
        line->minutes[place] += minutes;
}

static void count_hours(Line *line)
{
    const GArray *credited = g_ptr_array_index(line->week->credited, line->worker_index);
    memset(line->minutes, 0, sizeof line->minutes);
    for (guint i = 0; i < line->pieces->len; i++)
        count_minutes(line, line_piece(line, i)->legal_week, piece_work_min(&line_piece(line, i)->piece));
    for (guint i = 0; i < credited->len; i++) {
        const CreditedTime *time = &g_array_index(credited, CreditedTime, i);
        count_minutes(line, legal_week_of(line, zone_day(line->week->pool->zone, time->start_min)), time->minutes);
    }
}

int64_t line_minutes(const Line *line, int first_week, int length)
{
    int place = first_week - (line->first_planned - (WINDOW_MOST - 1));
    int64_t total = 0;
    for (int i = place; i < place + length; i++)
        total += line->minutes[i];
    return total;
}

/* Two lists by start become one. */
static void merge_fixed(Line *line)
{
    guint planned = line->pieces->len, fixed = line->fixed->len;
    g_array_set_size(line->pieces, planned + fixed);
    for (guint place = planned + fixed; fixed > 0; place--) {
        const LinePiece *last = &g_array_index(line->fixed, LinePiece, fixed - 1);
        gboolean is_planned = planned > 0 && is_before(&last->piece, &line_piece(line, planned - 1)->piece);
        g_array_index(line->pieces, LinePiece, place - 1) = is_planned ? *line_piece(line, planned - 1) : *last;
        planned -= is_planned ? 1 : 0;
        fixed -= is_planned ? 0 : 1;
    }
}

void line_set(Line *line, guint worker, const guint *shifts, guint count)
{
    g_assert(count > 0);
    line->worker_index = worker;
    line->worker = pool_worker(line->week->pool, worker);
    line->day_rules = &line->worker->day_rules;
    line->max_consecutive_days = line->day_rules->max_consecutive_days != DAY_RULE_OFF
                                     ? line->day_rules->max_consecutive_days
                                     : line->numbers->max_consecutive_days;
    g_array_set_size(line->pieces, 0);
    for (guint i = 0; i < count; i++) {
        g_assert(week_has_shift(line->week, shifts[i]));
        add_piece(line, line->pieces, week_piece(line->week, shifts[i]));
    }
    line->first_planned = line->last_planned = line_piece(line, 0)->legal_week;
    for (guint i = 1; i < count; i++) {
        line->first_planned = MIN(line->first_planned, line_piece(line, i)->legal_week);
        line->last_planned = MAX(line->last_planned, line_piece(line, i)->legal_week);
    }
    g_assert(line->last_planned - line->first_planned < PLANNED_WEEKS);
    take_fixed(line, worker);
    merge_fixed(line);
    join_duties(line);
    count_hours(line);
}

/* --- what the rules ask */

int64_t line_rest_min(const Line *line, guint duty)
{
    return line_duty(line, duty + 1)->start_min - line_duty(line, duty)->end_min;
}

guint line_group_end(const Line *line, guint first, int64_t rest_min)
{
    guint end = first + 1;
    while (end < line->duties->len && line_rest_min(line, end - 1) < rest_min)
        end++;
    return end;
}

gboolean line_is_open(const Line *line, guint first, guint end)
{
    const Week *week = line->week;
    for (guint i = first; i < end; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        if (piece->is_planned && !(week->is_repair && piece->start_min < week->now_min))
            return TRUE;
    }
    return FALSE;
}

gboolean line_is_planned(const Line *line, guint first, guint end)
{
    for (guint i = first; i < end; i++)
        if (line_duty(line, i)->is_planned)
            return TRUE;
    return FALSE;
}

int64_t line_break_min(const Line *line, const Duty *duty)
{
    int64_t total = 0;
    for (guint i = duty->first; i < duty->end; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        total += piece->break_min;
        if (i + 1 == duty->end)
            break;
        int64_t gap = line_piece(line, i + 1)->piece.start_min - piece->end_min;
        if (gap >= line->numbers->break_piece)
            total += gap;
    }
    return total;
}

int break_needed_min(const RuleNumbers *numbers, int64_t work_min)
{
    if (work_min > numbers->long_break_over)
        return numbers->long_break_need;
    return work_min > numbers->break_over ? numbers->break_need : 0;
}

static gboolean has_shift(const GArray *shifts, guint shift)
{
    for (guint i = 0; i < shifts->len; i++)
        if (g_array_index(shifts, guint, i) == shift)
            return TRUE;
    return FALSE;
}

GArray *line_shifts(const Line *line, guint first, guint end)
{
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = first; i < end; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        if (piece->is_planned && !has_shift(shifts, piece->shift))
            g_array_append_val(shifts, piece->shift);
    }
    return shifts;
}

GArray *line_shifts_of_duties(const Line *line, guint first, guint end)
{
    return line_shifts(line, line_duty(line, first)->first, line_duty(line, end - 1)->end);
}

GArray *line_shifts_all(const Line *line)
{
    return line_shifts(line, 0, line->pieces->len);
}

Limit line_rest_limit(const Line *line, guint duty, int64_t least_min)
{
    return (Limit){.what = "rest",
                   .figure_min = line_rest_min(line, duty),
                   .from = zone_format_short(line->week->pool->zone, line_duty(line, duty)->end_min),
                   .is_least = TRUE,
                   .limit_min = least_min};
}
