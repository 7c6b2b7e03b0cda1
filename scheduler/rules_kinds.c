/* Kinds of shifts by the local clock: how many of one in some weeks, and which may not come on the day after. */
#include "rules_table.h"

static ShiftKind kind_of(const Line *line, guint index)
{
    const Zone *zone = line->week->pool->zone;
    const LinePiece *at = line_piece(line, index);
    if (zone_minutes_between(zone, at->piece.start_min, at->piece.end_min, 1, 4) > 0)
        return KIND_NIGHT;
    if (at->piece.start_min < zone_at(zone, at->day, 8, 0))
        return KIND_EARLY;
    return at->piece.end_min > zone_at(zone, at->day, 20, 0) ? KIND_LATE : KIND_DAY;
}

/* Weeks are ISO weeks. */
static void judge_kind(const Line *line, Verdict *verdict, ShiftKind kind)
{
    int weeks = line->day_rules->window[kind], most = line->day_rules->max_shifts[kind];
    Day own = line->week->week.monday;
    g_autoptr(GArray) mondays = g_array_new(FALSE, FALSE, sizeof(Day)); /* of the weeks of all shifts of the kind */
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < line->pieces->len; i++) {
        const LinePiece *at = line_piece(line, i);
        Day monday = at->day - (day_of_week(at->day) - 1);
        if (ABS(monday - own) >= 7 * weeks || kind_of(line, i) != kind)
            continue;
        g_array_append_val(mondays, monday);
        if (at->piece.is_planned)
            g_array_append_val(shifts, at->piece.shift);
    }
    for (Day first = own - 7 * (weeks - 1); shifts->len > 0 && first <= own; first += 7) {
        int count = 0;
        for (guint i = 0; i < mondays->len; i++) {
            Day monday = g_array_index(mondays, Day, i);
            count += first <= monday && monday < first + 7 * weeks;
        }
        if (count <= most)
            continue;
        g_autofree char *from = day_format_short(first);
        verdict_add(verdict, line->worker_index, g_array_ref(shifts), "%d %s %s in %d %s from %s, at most %d", count,
                    shift_kind_name(kind), count == 1 ? "shift" : "shifts", weeks, weeks == 1 ? "week" : "weeks", from,
                    most);
        return;
    }
}

void rule_shift_kinds(const Line *line, Verdict *verdict)
{
    for (ShiftKind kind = 0; kind < SHIFT_KINDS; kind++)
        if (line->day_rules->max_shifts[kind] != DAY_RULE_OFF)
            judge_kind(line, verdict, kind);
}

static void judge_pair(const Line *line, Verdict *verdict, guint before, guint after)
{
    ShiftKind first = kind_of(line, before), second = kind_of(line, after);
    if (!(line->day_rules->forbidden_after[first] & (1 << second)))
        return;
    g_autoptr(GArray) shifts = line_shifts(line, before, before + 1),
                      second_shifts = line_shifts(line, after, after + 1);
    g_array_append_vals(shifts, second_shifts->data, second_shifts->len);
    g_autofree char *day = day_format_short(line_piece(line, after)->day);
    verdict_add(verdict, line->worker_index, g_array_ref(shifts), "%s shift on %s, the day after a %s one",
                shift_kind_name(second), day, shift_kind_name(first));
}

void rule_succession(const Line *line, Verdict *verdict)
{
    gboolean is_on = FALSE;
    for (ShiftKind kind = 0; kind < SHIFT_KINDS; kind++)
        is_on |= line->day_rules->forbidden_after[kind] != 0;
    for (guint before = 0; is_on && before < line->pieces->len; before++)
        for (guint after = before + 1; after < line->pieces->len; after++) {
            const LinePiece *first = line_piece(line, before), *second = line_piece(line, after);
            int days = second->day - first->day;
            if (days == 1 && (first->piece.is_planned || second->piece.is_planned))
                judge_pair(line, verdict, before, after);
            if (days > 1)
                break;
        }
}
