#include "days_parts.h"

#include <math.h>

enum { STATES_MOST = 48, COUNTED_CELLS_MOST = 1 << 20 };

/* Follows the best relaxed line and counts its types. */
static void count_types(const Days *days, const double *table, int32_t *counts)
{
    int32_t g, column = 0, period = 0;
    days_best_first(days, table, &g);
    Place place = {0};
    for (bool is_first = true; g >= 0; is_first = false) {
        const Group *group = &days->groups[g];
        int32_t d = 0;
        while (days->days[d].group_begin + days->days[d].group_count <= g) {
            d++;
        }
        Place from = place;
        if (!days_place_after(days, &from, d, group, !is_first && from.day + 1 == d, &place)) {
            return;
        }
        column = (days->days[d].period == period ? column : 0) + group->columns;
        period = days->days[d].period;
        if (group->type >= 0) {
            counts[group->type]++;
        }
        const Day *day = &days->days[d];
        double value = days_value(days, table, &place, column), least = INFINITY;
        bool stops = days_may_stop(days, d, place.run);
        int32_t mandatory = d + 1 < days->day_count ? (day + 1)->mandatory : days->day_count;
        int32_t again = d + 1 + (days->off_least > 1 ? days->off_least : 1);
        g = -1;
        if (stops && mandatory == days->day_count && days_end_at(days, period, column) <= value) {
            return;
        }
        for (int32_t next = d + 1; next < days->day_count && next <= mandatory; next++) {
            const Day *other = &days->days[next];
            for (int32_t n = 0; n < other->group_count; n++) {
                const Group *candidate = &days->groups[other->group_begin + n];
                bool goes_on = next == d + 1;
                Place after;
                if ((goes_on ? day->may_follow[place.class_index * other->group_count + n] : stops && next >= again) &&
                    days_place_after(days, &place, next, candidate, goes_on, &after)) {
                    int32_t with = (other->period == period ? column : 0) + candidate->columns;
                    double price = days->group_price[other->group_begin + n] +
                                   network_close_periods(days->network, period, column, other->period) +
                                   days_value(days, table, &after, with);
                    if (price < least) {
                        least = price;
                        g = other->group_begin + n;
                    }
                }
            }
        }
    }
}

static bool count_one_more(Days *days, const int32_t *counts)
{
    int32_t worst = -1, excess = 0;
    for (int32_t i = 0; i < days->network->model.type_count; i++) {
        if (counts[i] - days->type_most[i] > excess && days->states * (days->type_most[i] + 1) <= STATES_MOST) {
            excess = counts[i] - days->type_most[i];
            worst = i;
        }
    }
    if (worst < 0 || days->counted_count == COUNTED_MOST) {
        return false;
    }
    days->counted[days->counted_count] = worst;
    days->stride[days->counted_count++] = days->states;
    int32_t states = days->states;
    days->states *= days->type_most[worst] + 1;
    if (days_lay_out(days) > COUNTED_CELLS_MOST) {
        days->counted_count--;
        days->states = states;
        days_lay_out(days);
        return false;
    }
    return true;
}

bool days_tighten(Days *days, const double *table, double room)
{
    int32_t types = days->network->model.type_count;
    Arena work = {0};
    int32_t *counts = ARENA_NEW(&work, int32_t, types);
    count_types(days, table, counts);
    bool is_broken = false;
    double size = 0;
    for (int32_t i = 0; i < types; i++) {
        int32_t excess = counts[i] - days->type_most[i];
        is_broken |= excess > 0;
        size += excess > 0 || days->multiplier[i] > 0 ? (double)excess * excess : 0;
    }
    if (is_broken && !count_one_more(days, counts)) {
        for (int32_t i = 0; i < types; i++) {
            int32_t excess = counts[i] - days->type_most[i];
            days->multiplier[i] = fmax(0, days->multiplier[i] + 0.5 * room / size * excess);
        }
    }
    arena_release(&work);
    return is_broken;
}

void days_note(Days *days, double least, bool is_first)
{
    days->is_best = is_first || least > days->best_least;
    if (days->is_best) {
        days->best_least = least;
        for (int32_t i = 0; i < days->network->model.type_count; i++) {
            days->best[i] = days->multiplier[i];
        }
    }
}

bool days_set_best(Days *days)
{
    bool was_best = days->is_best;
    for (int32_t i = 0; i < days->network->model.type_count; i++) {
        days->multiplier[i] = days->best[i];
    }
    days->is_best = true;
    return !was_best;
}
