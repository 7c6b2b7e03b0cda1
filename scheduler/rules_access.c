/* Who may be on a shift at all: certificates, availability, "never", the way there, no two places at once. */
#include "rules_table.h"

void rule_certificate(const Line *line, Verdict *verdict)
{
    const Pool *pool = line->week->pool;
    for (guint i = 0; i < line->pieces->len; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        if (!piece->is_planned)
            continue;
        Day day = zone_day(pool->zone, piece->end_min);
        for (const char **name = pool_shift(pool, piece->shift)->certificates; *name; name++)
            if (worker_level(line->worker, *name, day) == CERTIFICATE_NONE) {
                g_autofree char *date = day_format_short(day);
                verdict_add(verdict, line->worker_index, line_shifts(line, i, i + 1), "%s is not held on %s", *name,
                            date);
            }
    }
}

void rule_unavailable(const Line *line, Verdict *verdict)
{
    const Zone *zone = line->week->pool->zone;
    for (guint i = 0; i < line->pieces->len; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        for (guint w = 0; piece->is_planned && w < line->worker->windows->len; w++) {
            const Window *window = &g_array_index(line->worker->windows, Window, w);
            if (window->kind != WINDOW_UNAVAILABLE || piece->start_min >= window->end_min ||
                window->start_min >= piece->end_min)
                continue;
            g_autofree char *from = zone_format_short(zone, window->start_min);
            g_autofree char *until = zone_format_short(zone, window->end_min);
            verdict_add(verdict, line->worker_index, line_shifts(line, i, i + 1), "unavailable from %s to %s", from,
                        until);
        }
    }
}

void rule_never(const Line *line, Verdict *verdict)
{
    const Pool *pool = line->week->pool;
    for (guint i = 0; i < line->pieces->len; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        if (piece->is_planned &&
            worker_has_preference(line->worker, pool_shift(pool, piece->shift)->coop, PREFERENCE_NEVER))
            verdict_add(verdict, line->worker_index, line_shifts(line, i, i + 1), "never at %s", piece->coop);
    }
}

void rule_travel(const Line *line, Verdict *verdict)
{
    const Pool *pool = line->week->pool;
    int most = line->day_rules->max_travel_km;
    for (guint i = 0; most != DAY_RULE_OFF && i < line->pieces->len; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        if (!piece->is_planned)
            continue;
        const Place *home = &line->worker->place, *site = &pool_coop(pool, pool_shift(pool, piece->shift)->coop)->place;
        if (!home->is_known || !site->is_known)
            continue;
        double km = place_distance_km(home, site);
        if (km > most)
            verdict_add(verdict, line->worker_index, line_shifts(line, i, i + 1), "%.1f km to %s, at most %d", km,
                        piece->coop, most);
    }
}

void rule_overlap(const Line *line, Verdict *verdict)
{
    for (guint i = 0; i < line->pieces->len; i++) {
        const Piece *piece = &line_piece(line, i)->piece;
        for (guint j = i + 1; j < line->pieces->len; j++) {
            const Piece *next = &line_piece(line, j)->piece;
            if (next->start_min >= piece->end_min)
                break;
            if (!piece->is_planned && !next->is_planned)
                continue;
            g_autofree char *start = zone_format_short(line->week->pool->zone, next->start_min);
            g_autofree char *end = zone_format_short(line->week->pool->zone, piece->end_min);
            g_autoptr(GArray) other = line_shifts(line, j, j + 1);
            GArray *shifts = line_shifts(line, i, i + 1);
            if (other->len && (!shifts->len || next->shift != piece->shift))
                g_array_append_vals(shifts, other->data, other->len);
            verdict_add(verdict, line->worker_index, shifts, "%s is before the end %s", start, end);
        }
    }
}
