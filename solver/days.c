#include "days_parts.h"

#include <math.h>
#include <string.h>

enum { CELLS_MOST = 1 << 23 };

/* ---- the shape: days, classes, groups */

static int32_t limited_type(const LineModel *model, const SolverSlot *piece)
{
    for (int32_t i = 0; i < model->type_count; i++) {
        if (model->types[i] == piece->type) {
            return i;
        }
    }
    return -1;
}

static bool may_follow(const Network *network, const NetworkNode *node, const NetworkNode *next)
{
    const SolverDayRules *rules = network->model.worker->day_rules;
    if (!network_may_follow(network, node, next)) {
        return false;
    }
    return !rules->type_forbidden_next ||
           !rules->type_forbidden_next[(size_t)node->piece.type * (size_t)rules->types + (size_t)next->piece.type];
}

/* The nodes of a day, [*begin, *end) in the network. */
static void nodes_of_day(const Network *network, int32_t day, int32_t *begin, int32_t *end)
{
    while (*begin < network->node_count && network->nodes[*begin].piece.day < day) {
        (*begin)++;
    }
    for (*end = *begin; *end < network->node_count && network->nodes[*end].piece.day == day;) {
        (*end)++;
    }
}

/* Nodes [from, until) may be followed by the same of the next day's, [next, last). */
static bool same_followers(const Network *network, const NetworkNode *a, const NetworkNode *b, int32_t next,
                           int32_t last)
{
    for (int32_t k = next; k < last; k++) {
        if (may_follow(network, a, &network->nodes[k]) != may_follow(network, b, &network->nodes[k])) {
            return false;
        }
    }
    return true;
}

static bool same_leaders(const Network *network, const NetworkNode *a, const NetworkNode *b, int32_t before,
                         int32_t last)
{
    for (int32_t k = before; k < last; k++) {
        if (may_follow(network, &network->nodes[k], a) != may_follow(network, &network->nodes[k], b)) {
            return false;
        }
    }
    return true;
}

static void make_day(Days *days, int32_t index, const int32_t *begin, int32_t *node_class)
{
    const Network *network = days->network;
    Day *day = &days->days[index];
    int32_t last_begin = begin[index > 0 ? index - 1 : 0], next_end = begin[index + 2];
    int32_t *example = ARENA_NEW(days->arena, int32_t, begin[index + 1] - begin[index]); /* a node of each class */
    day->group_begin = days->group_count;
    for (int32_t i = begin[index]; i < begin[index + 1]; i++) {
        const NetworkNode *node = &network->nodes[i];
        int32_t class_index = 0;
        while (class_index < day->class_count &&
               !same_followers(network, node, &network->nodes[example[class_index]], begin[index + 1], next_end)) {
            class_index++;
        }
        if (class_index == day->class_count) {
            example[day->class_count++] = i;
        }
        node_class[i] = class_index;
        int32_t type = limited_type(&network->model, &node->piece);
        Group *group = &days->groups[day->group_begin];
        for (; group < &days->groups[days->group_count]; group++) {
            const NetworkNode *other = &network->nodes[days->nodes[group->node_begin]];
            if (group->class_index == class_index && group->columns == node->columns && group->type == type &&
                !group->is_mandatory && !node->is_mandatory &&
                same_leaders(network, node, other, last_begin, begin[index])) {
                break;
            }
        }
        if (group == &days->groups[days->group_count]) {
            *group = (Group){class_index, node->columns, type, node->is_mandatory, i, 0};
            days->nodes[i] = i; /* for now an example; see gather_nodes */
            days->group_count++;
        }
        days->node_group[i] = (int32_t)(group - days->groups);
        group->node_count++;
    }
    day->group_count = days->group_count - day->group_begin;
}

/* The nodes of each group side by side. */
static void gather_nodes(Days *days, int32_t node_count)
{
    int32_t at = 0;
    for (int32_t g = 0; g < days->group_count; g++) {
        days->groups[g].node_begin = at;
        at += days->groups[g].node_count;
        days->groups[g].node_count = 0;
    }
    for (int32_t i = 0; i < node_count; i++) {
        if (days->node_group[i] >= 0) {
            Group *group = &days->groups[days->node_group[i]];
            days->nodes[group->node_begin + group->node_count++] = i;
        }
    }
}

/*
 * What may follow a class is mostly what may follow another one and a little more (after an early shift anything, after
 * a late one less), and nothing else tells their rows apart. So the classes are filled in the order of how much may
 * follow, each from the row of its base, the largest that it contains; -1: from nothing.
 */
static void nest_classes(Days *days, Day *day, int32_t next_groups)
{
    int32_t *size = ARENA_NEW(days->arena, int32_t, day->class_count);
    int32_t *order = ARENA_NEW(days->arena, int32_t, day->class_count);
    int32_t *base = ARENA_NEW(days->arena, int32_t, day->class_count);
    for (int32_t c = 0; c < day->class_count; c++) {
        const bool *own = day->may_follow + c * next_groups;
        for (int32_t n = 0; n < next_groups; n++) {
            size[c] += own[n];
        }
        int32_t at = c;
        for (; at > 0 && size[order[at - 1]] > size[c]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = c;
    }
    for (int32_t at = 0; at < day->class_count; at++) {
        const bool *own = day->may_follow + order[at] * next_groups;
        base[order[at]] = -1;
        for (int32_t smaller = at - 1; smaller >= 0 && base[order[at]] < 0; smaller--) {
            const bool *other = day->may_follow + order[smaller] * next_groups;
            int32_t n = 0;
            while (n < next_groups && (own[n] || !other[n])) {
                n++;
            }
            base[order[at]] = n == next_groups ? order[smaller] : -1;
        }
    }
    day->order = order;
    day->base = base;
}

static void link_days(Days *days)
{
    const Network *network = days->network;
    for (int32_t d = 0; d + 1 < days->day_count; d++) {
        Day *day = &days->days[d];
        const Day *next = day + 1;
        bool *follow = ARENA_NEW(days->arena, bool, day->class_count * next->group_count);
        for (int32_t g = 0; g < day->group_count; g++) {
            const Group *group = &days->groups[day->group_begin + g];
            for (int32_t n = 0; n < next->group_count; n++) {
                const Group *other = &days->groups[next->group_begin + n];
                follow[group->class_index * next->group_count + n] =
                    may_follow(network, &network->nodes[days->nodes[group->node_begin]],
                               &network->nodes[days->nodes[other->node_begin]]);
            }
        }
        day->may_follow = follow;
    }
    for (int32_t d = 0; d < days->day_count; d++) {
        nest_classes(days, &days->days[d], d + 1 < days->day_count ? days->days[d + 1].group_count : 0);
    }
    int32_t mandatory = days->day_count;
    for (int32_t d = days->day_count - 1; d >= 0; d--) {
        Day *day = &days->days[d];
        for (int32_t g = 0; g < day->group_count; g++) {
            mandatory = days->groups[day->group_begin + g].is_mandatory ? d : mandatory;
        }
        day->mandatory = mandatory;
    }
}

/* ---- the bands */

/* most[d] = the most columns that work on days 0 .. d can make, as far as rows of days tell; `column` per day. */
static void most_columns(const Days *days, int32_t day_count, const int32_t *column, int32_t *most, Arena *arena)
{
    int32_t off = days->off_least > 1 ? days->off_least : 1, runs = days->runs;
    int32_t *rested = ARENA_NEW(arena, int32_t, day_count + 1); /* most after day d - 1, free to begin on d */
    int32_t *work = ARENA_NEW(arena, int32_t, runs + 1), *before = ARENA_NEW(arena, int32_t, runs + 1);
    for (int32_t r = 0; r <= runs; r++) {
        before[r] = -1;
    }
    for (int32_t d = 0; d < day_count; d++) {
        int32_t best = 0;
        for (int32_t r = runs; r >= 1; r--) {
            int32_t from = r == 1 ? rested[d] : before[r - 1];
            if (r == runs && !days->is_run_limited && before[runs] > from) {
                from = before[runs];
            }
            work[r] = from < 0 || column[d] < 0 ? -1 : from + column[d];
            best = work[r] > best ? work[r] : best;
        }
        most[d] = d > 0 && most[d - 1] > best ? most[d - 1] : best;
        rested[d + 1] = rested[d];
        if (d - off >= 0 && most[d - off] > rested[d + 1]) {
            rested[d + 1] = most[d - off];
        }
        memcpy(before, work, ((size_t)runs + 1) * sizeof *work);
    }
}

static void set_bands(Days *days, const SolverDayRules *rules)
{
    const Network *network = days->network;
    int32_t count = days->day_count;
    Arena work = {0};
    int32_t *column = ARENA_NEW(&work, int32_t, count), *mirror = ARENA_NEW(&work, int32_t, count);
    int32_t *past = ARENA_NEW(&work, int32_t, count), *future = ARENA_NEW(&work, int32_t, count);
    int32_t weekends = 0;
    for (int32_t d = 0; d < count; d++) {
        const Day *day = &days->days[d];
        column[d] = -1;
        for (int32_t g = 0; g < day->group_count; g++) {
            int32_t columns = days->groups[day->group_begin + g].columns;
            column[d] = columns > column[d] ? columns : column[d];
        }
        mirror[count - 1 - d] = column[d];
        weekends += day->is_saturday || (d == 0 && day->is_sunday);
    }
    for (int32_t first = 0, end; first < count; first = end) { /* each period for itself */
        for (end = first + 1; end < count && days->days[end].period == days->days[first].period;) {
            end++;
        }
        most_columns(days, end - first, column + first, past + first, &work);
    }
    most_columns(days, count, mirror, future, &work);
    int64_t step = network->hours[0].step;
    int64_t least = network->period_count == 1 ? (rules->minutes_least + step - 1) / step : 0;
    int32_t begun = 0;
    for (int32_t d = 0; d < count; d++) {
        Day *day = &days->days[d];
        begun += day->is_saturday || (d == 0 && day->is_sunday);
        int64_t low = least - (d + 1 < count ? future[count - 2 - d] : 0);
        int32_t columns = network->hours[day->period].count;
        day->column_low = low > 0 ? (int32_t)(low < columns ? low : columns) : 0;
        day->column_high = past[d] < columns ? past[d] : columns - 1;
        if (days->counts_weekends) {
            int32_t ahead = weekends - begun + day->is_saturday; /* its Sunday may still be the first day worked */
            day->weekend_high = begun < days->weekends_most ? begun : days->weekends_most;
            day->weekend_low = days->weekends_most > ahead ? days->weekends_most - ahead : 0;
            day->weekend_low = day->weekend_low < day->weekend_high ? day->weekend_low : day->weekend_high;
        }
    }
    arena_release(&work);
}

/* Sets where each day's tables begin. */
size_t days_lay_out(Days *days)
{
    size_t at = 0;
    for (int32_t d = 0; d < days->day_count; d++) {
        Day *day = &days->days[d];
        size_t level = (size_t)days->states * (size_t)day_columns(day) * (size_t)day_weekends(day);
        day->work_at = at;
        at += level * (size_t)day->class_count * (size_t)days->runs;
        if (d > 0) {
            day->rest_at = at;
            at += (size_t)days->states * (size_t)day_columns(day - 1) * (size_t)day_weekends(day - 1);
        }
    }
    return at;
}

size_t days_table_size(const Days *days)
{
    return days_lay_out((Days *)(uintptr_t)days);
}

/* A day without slots is of the period of the day before. False: a day is of two. */
static bool set_periods(Days *days, const int32_t *begin)
{
    const NetworkNode *nodes = days->network->nodes;
    int32_t period = nodes[begin[0]].period;
    for (int32_t d = 0; d < days->day_count; d++) {
        for (int32_t i = begin[d]; i < begin[d + 1]; i++) {
            if (i > begin[d] && nodes[i].period != period) {
                return false;
            }
            period = nodes[i].period;
        }
        days->days[d].period = period;
    }
    return true;
}

Days *days_new(const Network *network, const SolverProblem *problem, Arena *arena)
{
    const SolverWorker *worker = &problem->workers[network->worker];
    const SolverDayRules *rules = worker->day_rules;
    if (!rules || rules->days <= 0 || problem->rules.slots_a_day_most > 1 || network->is_broken) {
        return NULL;
    }
    int64_t last_day = (int64_t)rules->first_day + rules->days - 1;
    int32_t slots = 0, first_slot = INT32_MAX, last_slot = INT32_MIN;
    bool is_beside_work = network->start->flags & LINE_WORKS;
    for (int32_t i = 0; i < network->node_count; i++) {
        const NetworkNode *node = &network->nodes[i];
        bool is_inside = node->piece.day >= rules->first_day && node->piece.day <= last_day;
        if (node->is_fixed == is_inside) {
            return NULL;
        }
        if (!node->is_fixed) {
            slots++;
            first_slot = node->piece.day < first_slot ? node->piece.day : first_slot;
            last_slot = node->piece.day > last_slot ? node->piece.day : last_slot;
        }
        is_beside_work |= node->is_mandatory || (!node->is_fixed && node->piece.start_min < rules->open_from_min);
    }
    if (slots == 0) {
        return NULL;
    }
    Days *days = ARENA_NEW(arena, Days, 1);
    *days = (Days){.network = network,
                   .arena = arena,
                   .first_day = first_slot,
                   .day_count = last_slot - first_slot + 1,
                   .days_before = first_slot - rules->first_day,
                   .reaches_end = last_slot == last_day,
                   .states = 1,
                   .counts_weekends = rules->weekends_most < rules->days};
    /* Beside fixed, required or begun work runs may be shorter than the rules say; the labels judge that. */
    days->on_least = is_beside_work ? 0 : rules->days_on_least;
    days->off_least = is_beside_work ? 0 : rules->days_off_least;
    days->weekends_most = days->counts_weekends ? rules->weekends_most : 0;
    days->is_run_limited = network->model.days_on_most < days->day_count;
    days->runs = days->is_run_limited ? network->model.days_on_most : days->on_least;
    days->runs = days->runs < 1 ? 1 : days->runs;
    if (days->runs > 64 || (days->is_run_limited && network->model.days_on_most < 1)) {
        return NULL;
    }
    days->days = ARENA_NEW(arena, Day, days->day_count);
    days->groups = ARENA_NEW(arena, Group, slots);
    days->nodes = ARENA_NEW(arena, int32_t, network->node_count);
    days->node_group = ARENA_NEW(arena, int32_t, network->node_count);
    int32_t *node_class = ARENA_NEW(arena, int32_t, network->node_count);
    int32_t *begin = ARENA_NEW(arena, int32_t, days->day_count + 2);
    for (int32_t i = 0; i < network->node_count; i++) {
        days->node_group[i] = -1;
    }
    for (int32_t d = 0, at = 0, end; d < days->day_count; d++, at = end) {
        nodes_of_day(network, days->first_day + d, &at, &end);
        begin[d] = at;
        begin[d + 1] = begin[d + 2] = end;
    }
    if (!set_periods(days, begin)) {
        return NULL;
    }
    for (int32_t d = 0; d < days->day_count; d++) {
        int64_t offset = (((int64_t)first_slot + d - rules->first_weekend_day) % 7 + 7) % 7;
        days->days[d].is_saturday = days->counts_weekends && offset == 0;
        days->days[d].is_sunday = days->counts_weekends && offset == 1;
        make_day(days, d, begin, node_class);
    }
    gather_nodes(days, network->node_count);
    link_days(days);
    set_bands(days, rules);
    days->group_price = ARENA_NEW(arena, double, days->group_count);
    days->multiplier = ARENA_NEW(arena, double, network->model.type_count);
    days->best = ARENA_NEW(arena, double, network->model.type_count);
    days->type_most = ARENA_NEW(arena, int32_t, network->model.type_count);
    for (int32_t i = 0; i < network->model.type_count; i++) {
        int32_t most = rules->type_most[network->model.types[i]];
        days->type_most[i] = most > 0 ? most : 0; /* none may be taken, whatever was worked before */
    }
    return days_lay_out(days) <= CELLS_MOST ? days : NULL;
}
