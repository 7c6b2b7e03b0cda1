#include "days.h"

#include <math.h>
#include <string.h>

enum { COUNTED_MOST = 3, STATES_MOST = 48, CELLS_MOST = 1 << 23, COUNTED_CELLS_MOST = 1 << 20 };

/* Nodes of a day that are alike but for their price. */
typedef struct Group {
    int32_t class_index, columns, type; /* type: into model->types, -1: not limited */
    bool is_mandatory;
    int32_t node_begin, node_count; /* into days->nodes */
} Group;

typedef struct Day {
    int32_t group_begin, group_count, class_count;
    int32_t mandatory;           /* the first day from this one on with a mandatory node; day_count: none */
    bool is_saturday, is_sunday; /* the first, the second day of a weekend that counts */
    int32_t period;
    int32_t column_low, column_high;   /* minutes of the period after this day, in columns */
    int32_t weekend_low, weekend_high; /* weekends counted after this day; fewer are as good as the low */
    const bool *may_follow;            /* [classes][groups of the next day] */
    const int32_t *order, *base;       /* [classes] see nest_classes */
    size_t work_at, rest_at;           /* of E and S in the table */
} Day;

struct Days {
    const Network *network;
    Arena *arena;
    int32_t first_day, day_count; /* from the first slot to the last */
    int32_t days_before;          /* days of the horizon before these */
    bool reaches_end;             /* they end with the horizon */
    int32_t runs, on_least, off_least;
    bool is_run_limited;
    int32_t weekends_most; /* 0 without limit: not counted */
    bool counts_weekends;
    Day *days; /* [day_count] */
    Group *groups;
    int32_t group_count;
    int32_t *nodes;      /* by group */
    int32_t *node_group; /* [nodes]; -1: fixed, after the days */
    double *group_price;
    int32_t counted_count;
    int32_t counted[COUNTED_MOST], stride[COUNTED_MOST]; /* into model->types */
    int32_t states;
    double *multiplier; /* [limited types] */
    double *best;       /* [limited types] the multipliers of the best bound */
    double best_least;
    bool is_best;
    int32_t *type_most; /* [limited types] */
};

/* Where a line stands after a day's work. */
typedef struct Place {
    int32_t day, class_index, run, weekends, state;
} Place;

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

static int32_t day_columns(const Day *day)
{
    return day->column_high >= day->column_low ? day->column_high - day->column_low + 1 : 0;
}

static int32_t day_weekends(const Day *day)
{
    return day->weekend_high - day->weekend_low + 1;
}

/* Sets where each day's tables begin. */
static size_t lay_out(Days *days)
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
    return lay_out((Days *)(uintptr_t)days);
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
    return lay_out(days) <= CELLS_MOST ? days : NULL;
}

/* ---- the tables */

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
static double end_at(const Days *days, int32_t period, int32_t column)
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
static bool place_after(const Days *days, const Place *from, int32_t d, const Group *group, bool goes_on, Place *place)
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

static bool may_stop(const Days *days, int32_t d, int32_t run)
{
    return run >= days->on_least || run > d + days->days_before || (days->reaches_end && d + 1 == days->day_count);
}

/* The place's row as far as the line rests after it: the same for every class. */
static void fill_stop(const Days *days, double *table, const Place *place, double *row)
{
    const Day *day = &days->days[place->day];
    bool stops = may_stop(days, place->day, place->run);
    int32_t mandatory = place->day + 1 < days->day_count ? (day + 1)->mandatory : days->day_count;
    for (int32_t column = day->column_low; column <= day->column_high; column++) {
        row[column - day->column_low] =
            stops && mandatory == days->day_count ? end_at(days, day->period, column) : INFINITY;
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
            if (price < INFINITY && place_after(days, &place, place.day + 1, group, true, &after)) {
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
        if (price < INFINITY && place_after(days, &from, d, group, false, &after)) {
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
static double best_first(const Days *days, const double *table, int32_t *group)
{
    const Network *network = days->network;
    double least = days->days[0].mandatory == days->day_count ? end_at(days, 0, 0) : INFINITY;
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
    return best_first(days, table, &group);
}

double days_completion(const Days *days, const double *table, const LineState *state, int32_t node, int32_t column)
{
    const Network *network = days->network;
    const SolverSlot *piece = &network->nodes[node].piece;
    if (days->node_group[node] < 0) {
        return end_at(days, network->nodes[node].period, column);
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
    const Day *day = &days->days[d];
    if (!place_after(days, &from, d, group, goes_on, &place)) {
        return INFINITY;
    }
    double value = value_at(day, work_row(days, table, &place), column);
    for (int32_t i = 0; i < network->model.type_count; i++) {
        value -= days->multiplier[i] * (days->type_most[i] - counts[i] - (group->type == i));
    }
    return value;
}

/* ---- which types to count */

/* Follows the best relaxed line and counts its types. */
static void count_types(const Days *days, const double *table, int32_t *counts)
{
    int32_t g, column = 0, period = 0;
    best_first(days, table, &g);
    Place place = {0};
    for (bool is_first = true; g >= 0; is_first = false) {
        const Group *group = &days->groups[g];
        int32_t d = 0;
        while (days->days[d].group_begin + days->days[d].group_count <= g) {
            d++;
        }
        Place from = place;
        if (!place_after(days, &from, d, group, !is_first && from.day + 1 == d, &place)) {
            return;
        }
        column = (days->days[d].period == period ? column : 0) + group->columns;
        period = days->days[d].period;
        if (group->type >= 0) {
            counts[group->type]++;
        }
        const Day *day = &days->days[d];
        double value = value_at(day, work_row(days, table, &place), column), least = INFINITY;
        bool stops = may_stop(days, d, place.run);
        int32_t mandatory = d + 1 < days->day_count ? (day + 1)->mandatory : days->day_count;
        int32_t again = d + 1 + (days->off_least > 1 ? days->off_least : 1);
        g = -1;
        if (stops && mandatory == days->day_count && end_at(days, period, column) <= value) {
            return;
        }
        for (int32_t next = d + 1; next < days->day_count && next <= mandatory; next++) {
            const Day *other = &days->days[next];
            for (int32_t n = 0; n < other->group_count; n++) {
                const Group *candidate = &days->groups[other->group_begin + n];
                bool goes_on = next == d + 1;
                Place after;
                if ((goes_on ? day->may_follow[place.class_index * other->group_count + n] : stops && next >= again) &&
                    place_after(days, &place, next, candidate, goes_on, &after)) {
                    int32_t with = (other->period == period ? column : 0) + candidate->columns;
                    double price = days->group_price[other->group_begin + n] +
                                   network_close_periods(days->network, period, column, other->period) +
                                   value_at(other, work_row(days, table, &after), with);
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
    if (lay_out(days) > COUNTED_CELLS_MOST) {
        days->counted_count--;
        days->states = states;
        lay_out(days);
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
