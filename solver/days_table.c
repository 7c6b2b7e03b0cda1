#include "days_parts.h"

#include <math.h>

/* The row of minutes for a level, from the day's lowest column on. NULL: the level cannot go on. */
static const double *work_row(const Days *days, const double *table, const Place *place)
{
    const Day *day = &days->days[place->day];
    if (place->weekends > days->weekends_most) {
        return NULL;
    }
    int32_t weekends = place->weekends < day->weekend_low ? day->weekend_low : place->weekends;
    weekends = weekends > day->weekend_high ? day->weekend_high : weekends;
    size_t level = (size_t)(place->class_index * days->runs + place->run - 1) * (size_t)day_weekends(day) +
                   (size_t)(weekends - day->weekend_low);
    return table + day->work_at + (level * (size_t)days->states + (size_t)place->state) * (size_t)day_columns(day);
}

static const double *rest_row(const Days *days, const double *table, int32_t d, int32_t weekends, int32_t state)
{
    const Day *before = &days->days[d - 1];
    weekends = weekends < before->weekend_low ? before->weekend_low : weekends;
    weekends = weekends > before->weekend_high ? before->weekend_high : weekends;
    size_t level = (size_t)(weekends - before->weekend_low) * (size_t)days->states + (size_t)state;
    return table + days->days[d].rest_at + level * (size_t)day_columns(before);
}

/* Counted types after a slot of `type`; -1: too many. */
static int32_t state_after(const Days *days, int32_t state, int32_t type)
{
    for (int32_t i = 0; i < days->counted_count; i++) {
        if (days->counted[i] == type) {
            int32_t most = days->type_most[type];
            return state / days->stride[i] % (most + 1) < most ? state + days->stride[i] : -1;
        }
    }
    return state;
}

/* into[c] = min(into[c], price + from[c + columns]) for the columns that both bands hold. */
static void take(double *restrict into, const Day *day, const double *restrict from, const Day *source, double price,
                 int32_t columns)
{
    int32_t low = source->column_low - columns, high = source->column_high - columns;
    low = low > day->column_low ? low : day->column_low;
    high = high < day->column_high ? high : day->column_high;
    if (low > high) {
        return;
    }
    const double *value = from + (low + columns - source->column_low);
    double *target = into + (low - day->column_low);
    for (int32_t i = 0; i <= high - low; i++) {
        double sum = price + value[i];
        target[i] = sum < target[i] ? sum : target[i];
    }
}

/* The charges if the line ends with so much in a period. */
double days_end_at(const Days *days, int32_t period, int32_t column)
{
    const Network *network = days->network;
    const SolverDayRules *rules = network->model.worker->day_rules;
    if (network->period_count == 1 && column * network->hours[0].step < rules->minutes_least) {
        return INFINITY;
    }
    return network_close_periods(network, period, column, network->period_count);
}

static double value_at(const Day *day, const double *row, int32_t column)
{
    return row && column >= day->column_low && column <= day->column_high ? row[column - day->column_low] : INFINITY;
}

double days_value(const Days *days, const double *table, const Place *place, int32_t column)
{
    return value_at(&days->days[place->day], work_row(days, table, place), column);
}

/* As take, to a day whose period may be a later one. */
static void take_day(const Days *days, double *into, const Day *day, const double *from, const Day *source,
                     double price, int32_t columns)
{
    if (day->period == source->period) {
        take(into, day, from, source, price, columns);
        return;
    }
    price += value_at(source, from, columns);
    for (int32_t column = day->column_low; price < INFINITY && column <= day->column_high; column++) {
        double sum = price + network_close_periods(days->network, day->period, column, source->period);
        double *target = &into[column - day->column_low];
        *target = sum < *target ? sum : *target;
    }
}

/* The place after a row of days goes on with, or a new one begins at, a group. False: not allowed. */
bool days_place_after(const Days *days, const Place *from, int32_t d, const Group *group, bool goes_on, Place *place)
{
    const Day *day = &days->days[d];
    *place = (Place){.day = d, .class_index = group->class_index, .run = goes_on ? from->run + 1 : 1};
    if (place->run > days->runs) {
        if (days->is_run_limited) {
            return false;
        }
        place->run = days->runs;
    }
    place->weekends = from->weekends + (day->is_saturday || (day->is_sunday && !goes_on));
    place->state = state_after(days, from->state, group->type);
    return place->weekends <= days->weekends_most && place->state >= 0;
}

bool days_may_stop(const Days *days, int32_t d, int32_t run)
{
    return run >= days->on_least || run > d + days->days_before || (days->reaches_end && d + 1 == days->day_count);
}

/* The place's row as far as the line rests after it: the same for every class. */
static void fill_stop(const Days *days, double *table, const Place *place, double *row)
{
    const Day *day = &days->days[place->day];
    bool stops = days_may_stop(days, place->day, place->run);
    int32_t mandatory = place->day + 1 < days->day_count ? (day + 1)->mandatory : days->day_count;
    for (int32_t column = day->column_low; column <= day->column_high; column++) {
        row[column - day->column_low] =
            stops && mandatory == days->day_count ? days_end_at(days, day->period, column) : INFINITY;
    }
    int32_t again = place->day + 1 + (days->off_least > 1 ? days->off_least : 1);
    if (stops && again < days->day_count && mandatory >= again) {
        take_day(days, row, day, rest_row(days, table, again, place->weekends, place->state), &days->days[again - 1], 0,
                 0);
    }
}

/* The rows of all classes. */
static void fill_work_rows(const Days *days, double *table, Place place)
{
    const Day *day = &days->days[place.day], *next = day + 1;
    int32_t groups = place.day + 1 < days->day_count ? next->group_count : 0;
    for (int32_t at = 0; at < day->class_count; at++) {
        place.class_index = day->order[at];
        double *row = (double *)(uintptr_t)work_row(days, table, &place);
        int32_t base = day->base[place.class_index];
        if (base < 0) {
            fill_stop(days, table, &place, row);
        } else if (day_columns(day) > 0) {
            Place other = place;
            other.class_index = base;
            memcpy(row, work_row(days, table, &other), (size_t)day_columns(day) * sizeof *row);
        }
        for (int32_t n = 0; n < groups; n++) {
            if (!day->may_follow[place.class_index * groups + n] || (base >= 0 && day->may_follow[base * groups + n])) {
                continue;
            }
            const Group *group = &days->groups[next->group_begin + n];
            double price = days->group_price[next->group_begin + n];
            Place after;
            if (price < INFINITY && days_place_after(days, &place, place.day + 1, group, true, &after)) {
                take_day(days, row, day, work_row(days, table, &after), next, price, group->columns);
            }
        }
    }
}

static void fill_rest_row(const Days *days, double *table, int32_t d, int32_t weekends, int32_t state)
{
    const Day *day = &days->days[d], *before = day - 1;
    double *row = (double *)(uintptr_t)rest_row(days, table, d, weekends, state);
    for (int32_t i = 0; i < day_columns(before); i++) {
        row[i] = INFINITY;
    }
    if (d + 1 < days->day_count && day->mandatory > d) {
        take_day(days, row, before, rest_row(days, table, d + 1, weekends, state), day, 0, 0);
    }
    const Place from = {.weekends = weekends, .state = state};
    for (int32_t g = 0; g < day->group_count; g++) {
        const Group *group = &days->groups[day->group_begin + g];
        Place after;
        double price = days->group_price[day->group_begin + g];
        if (price < INFINITY && days_place_after(days, &from, d, group, false, &after)) {
            take_day(days, row, before, work_row(days, table, &after), day, price, group->columns);
        }
    }
}

static void price_groups(Days *days, const double *node_price)
{
    for (int32_t d = 0; d < days->day_count; d++) {
        const Day *day = &days->days[d];
        for (int32_t g = day->group_begin; g < day->group_begin + day->group_count; g++) {
            const Group *group = &days->groups[g];
            days->group_price[g] = INFINITY;
            for (int32_t i = group->node_begin; i < group->node_begin + group->node_count; i++) {
                double price = node_price[days->nodes[i]];
                days->group_price[g] = price < days->group_price[g] ? price : days->group_price[g];
            }
            if (group->type >= 0) {
                days->group_price[g] += days->multiplier[group->type];
            }
            if (day->mandatory == d && !group->is_mandatory) {
                days->group_price[g] = INFINITY;
            }
        }
    }
}

/* The cheapest first group of a line, by the relaxation; *group -1: the empty line. */
double days_best_first(const Days *days, const double *table, int32_t *group)
{
    const Network *network = days->network;
    double least = days->days[0].mandatory == days->day_count ? days_end_at(days, 0, 0) : INFINITY;
    *group = -1;
    for (int32_t g = 0; g < days->group_count; g++) {
        const Group *first = &days->groups[g];
        double price = days->group_price[g] - (first->type >= 0 ? days->multiplier[first->type] : 0);
        if (price < INFINITY) {
            int32_t node = days->nodes[first->node_begin];
            price += network_close_periods(network, 0, 0, network->nodes[node].period);
            double value = price + days_completion(days, table, network->start, node, first->columns);
            if (value < least) {
                least = value;
                *group = g;
            }
        }
    }
    return least;
}

double days_fill(Days *days, const double *node_price, double *table)
{
    price_groups(days, node_price);
    for (int32_t d = days->day_count - 1; d >= 0; d--) {
        const Day *day = &days->days[d];
        Place place = {.day = d};
        for (place.run = 1; place.run <= days->runs; place.run++) {
            for (place.weekends = day->weekend_low; place.weekends <= day->weekend_high; place.weekends++) {
                for (place.state = 0; place.state < days->states; place.state++) {
                    fill_work_rows(days, table, place);
                }
            }
        }
        for (int32_t weekends = d > 0 ? (day - 1)->weekend_low : 0; d > 0 && weekends <= (day - 1)->weekend_high;
             weekends++) {
            for (int32_t state = 0; state < days->states; state++) {
                fill_rest_row(days, table, d, weekends, state);
            }
        }
    }
    int32_t group;
    return days_best_first(days, table, &group);
}

double days_completion(const Days *days, const double *table, const LineState *state, int32_t node, int32_t column)
{
    const Network *network = days->network;
    const SolverSlot *piece = &network->nodes[node].piece;
    if (days->node_group[node] < 0) {
        return days_end_at(days, network->nodes[node].period, column);
    }
    const Group *group = &days->groups[days->node_group[node]];
    bool works = state->flags & LINE_WORKS;
    bool goes_on = works && state->day == piece->day - 1;
    Place from = {.run = state->day_run < days->runs ? state->day_run : days->runs}, place;
    if (days->counts_weekends) {
        from.weekends = state->weekends < days->weekends_most ? state->weekends : days->weekends_most;
    }
    const int32_t *counts = line_type_counts(&network->model, state);
    for (int32_t i = 0; i < days->counted_count; i++) {
        from.state += counts[days->counted[i]] * days->stride[i];
    }
    int32_t d = piece->day - days->first_day;
    if (!days_place_after(days, &from, d, group, goes_on, &place)) {
        return INFINITY;
    }
    double value = days_value(days, table, &place, column);
    for (int32_t i = 0; i < network->model.type_count; i++) {
        value -= days->multiplier[i] * (days->type_most[i] - counts[i] - (group->type == i));
    }
    return value;
}
