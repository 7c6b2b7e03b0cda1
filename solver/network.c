#include "network.h"

#include "days.h"
#include "tally.h"

#include <stdlib.h>
#include <string.h>

static bool overlaps(const SolverSlot *a, const SolverSlot *b)
{
    return a->start_min < b->end_min && b->start_min < a->end_min;
}

static bool looks_alike(const SolverSlot *a, const SolverSlot *b)
{
    return a->start_min == b->start_min && a->end_min == b->end_min && a->work_min == b->work_min &&
           a->break_min == b->break_min && a->day == b->day && a->week == b->week && a->night_min == b->night_min &&
           a->curfew_min == b->curfew_min && a->late_after_min == b->late_after_min && a->type == b->type &&
           a->marks == b->marks;
}

typedef struct Candidate {
    const SolverSlot *piece;
    int32_t entry; /* -1: fixed */
    bool is_required;
} Candidate;

static int compare_candidates(const void *left, const void *right)
{
    const Candidate *a = left, *b = right;
    if (a->piece->start_min != b->piece->start_min) {
        return a->piece->start_min < b->piece->start_min ? -1 : 1;
    }
    if (a->piece->end_min != b->piece->end_min) {
        return a->piece->end_min < b->piece->end_min ? -1 : 1;
    }
    const SolverSlot *p = a->piece, *q = b->piece;
    int64_t marks[][2] = {{p->work_min, q->work_min},
                          {p->break_min, q->break_min},
                          {p->night_min, q->night_min},
                          {p->late_after_min, q->late_after_min},
                          {p->curfew_min, q->curfew_min},
                          {p->day, q->day},
                          {p->week, q->week},
                          {p->type, q->type},
                          {p->marks, q->marks},
                          {a->entry, b->entry}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i][0] != marks[i][1]) {
            return marks[i][0] < marks[i][1] ? -1 : 1;
        }
    }
    return 0;
}

/* Drops entries that overlap something mandatory; sets is_broken if that is itself required. */
static int32_t drop_overlapping(Network *network, Candidate *list, int32_t count)
{
    int32_t kept = 0;
    bool *is_dropped = memory_alloc((size_t)count, sizeof *is_dropped);
    for (int32_t i = 0; i < count; i++) {
        if (list[i].entry >= 0 && !list[i].is_required) {
            continue;
        }
        for (int32_t j = 0; j < count; j++) {
            if (j != i && list[j].entry >= 0 && overlaps(list[i].piece, list[j].piece)) {
                is_dropped[j] = true;
                network->is_broken |= list[j].is_required;
            }
        }
    }
    for (int32_t i = 0; i < count; i++) {
        if (!is_dropped[i]) {
            list[kept++] = list[i];
        }
    }
    free(is_dropped);
    return kept;
}

/* The fixed work before the first slot is always read first. */
static int32_t read_start(Network *network, const Candidate *list, int32_t count, Arena *arena)
{
    network->start = arena_alloc(arena, 1, network->model.state_size);
    line_begin(&network->model, network->start);
    int32_t read = 0;
    while (read < count && list[read].entry < 0) {
        network->is_broken |= !line_extend(&network->model, network->start, list[read++].piece, true);
    }
    return read;
}

static void make_nodes(Network *network, const Candidate *list, int32_t count, Arena *arena)
{
    network->nodes = ARENA_NEW(arena, NetworkNode, count);
    network->choices = ARENA_NEW(arena, int32_t, count);
    int32_t choices = 0;
    for (int32_t i = 0; i < count; i++) {
        NetworkNode *last = network->node_count ? &network->nodes[network->node_count - 1] : NULL;
        bool is_mandatory = list[i].entry < 0 || list[i].is_required;
        if (!last || is_mandatory || last->is_mandatory || !looks_alike(&last->piece, list[i].piece)) {
            int32_t period = list[i].entry >= 0 ? list[i].piece->period : last ? last->period : 0;
            last = &network->nodes[network->node_count++];
            *last = (NetworkNode){.piece = *list[i].piece,
                                  .period = period,
                                  .is_fixed = list[i].entry < 0,
                                  .is_mandatory = is_mandatory,
                                  .first_choice = choices};
        }
        network->has_required |= list[i].is_required;
        if (list[i].entry >= 0) {
            network->choices[choices++] = list[i].entry;
            last->choice_count++;
        }
    }
}

static int32_t first_from(const Network *network, int64_t start_min, int32_t begin)
{
    int32_t end = network->node_count;
    while (begin < end) {
        int32_t middle = begin + (end - begin) / 2;
        if (network->nodes[middle].piece.start_min >= start_min) {
            end = middle;
        } else {
            begin = middle + 1;
        }
    }
    return begin;
}

bool network_may_follow(const Network *network, const NetworkNode *node, const NetworkNode *next)
{
    const SolverLineRules *rules = network->model.rules;
    const SolverDutyLimits *limits = network->model.worker->limits;
    int64_t gap = next->piece.start_min - node->piece.end_min;
    if (node->is_fixed && next->is_fixed) {
        return true;
    }
    if (gap < 0 || (node->piece.day == next->piece.day && rules->slots_a_day_most < 2)) {
        return false;
    }
    if (gap >= rules->duty_gap_min) {
        return gap >= node->rest_least;
    }
    int64_t work = (int64_t)node->piece.work_min + next->piece.work_min;
    int64_t span = next->piece.end_min - node->piece.start_min;
    int64_t night = (int64_t)node->piece.night_min + next->piece.night_min;
    int64_t curfew = (int64_t)node->piece.curfew_min + next->piece.curfew_min;
    if (night > rules->night_over_min && work > rules->night_work_most_min) {
        return false;
    }
    bool is_possible = false;
    for (size_t i = 0; i < sizeof network->model.worker->limits / sizeof *limits; i++) {
        is_possible |=
            work <= limits[i].work_most_min && span <= limits[i].span_most_min && curfew <= limits[i].curfew_most_min;
    }
    return is_possible;
}

/*
 * The rest that must follow each node, whatever came before: that of the laxer limits, and the rest after a late night
 * where the node is a night that ends late by itself and no earlier piece that could join its duty says otherwise.
 */
static void set_rests(Network *network)
{
    const SolverLineRules *rules = network->model.rules;
    const SolverDutyLimits *limits = network->model.worker->limits;
    int64_t least =
        limits[0].rest_least_min < limits[1].rest_least_min ? limits[0].rest_least_min : limits[1].rest_least_min;
    for (int32_t i = 0; i < network->node_count; i++) {
        NetworkNode *node = &network->nodes[i];
        const SolverSlot *piece = &node->piece;
        bool is_late = !node->is_fixed && piece->night_min > rules->night_over_min &&
                       piece->end_min > piece->late_after_min &&
                       (!(network->start->flags & LINE_WORKS) ||
                        piece->start_min - network->start->duty_end >= rules->duty_gap_min);
        for (int32_t k = 0; k < i && is_late; k++) {
            const SolverSlot *before = &network->nodes[k].piece;
            is_late = before->night_min == 0 || before->late_after_min < piece->end_min;
        }
        node->rest_least =
            is_late && rules->late_night_rest_least_min > least ? rules->late_night_rest_least_min : least;
    }
}

/* The best of what the nodes from one on can be the beginning of. */
typedef struct Ahead {
    int64_t start, day; /* the earliest */
    int64_t minutes;    /* the most work */
    int64_t period;     /* the most work in the period of the first of them */
    int32_t chain, nights;
} Ahead;

static int64_t least(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

static int64_t greatest(int64_t left, int64_t right)
{
    return left > right ? left : right;
}

/* What can be ahead from this node on, where `after` is so from the next one on. */
static Ahead ahead_with(const NetworkNode *node, const NetworkNode *next, const Ahead *after)
{
    int64_t work = node->is_fixed ? 0 : node->piece.work_min;
    Ahead ahead = {.start = least(after->start, node->piece.start_min),
                   .day = least(after->day, node->piece.day),
                   .minutes = greatest(after->minutes, node->minutes_ahead + work),
                   .period = node->period_ahead + work,
                   .chain = (int32_t)greatest(after->chain, node->chain_ahead + 1),
                   .nights = (int32_t)greatest(after->nights, node->nights_ahead + (node->piece.night_min > 0))};
    if (next && next->period == node->period) {
        ahead.period = greatest(after->period, ahead.period);
    }
    return ahead;
}

/* The arcs, and backwards what can still come. */
static void link_nodes(Network *network)
{
    int32_t count = network->node_count, mandatory = count; /* the next one */
    int64_t day_run = 0, day = SOLVER_NEVER;
    Ahead *ahead = MEMORY_NEW(Ahead, count + 1);
    ahead[count] = (Ahead){.start = SOLVER_NEVER, .day = SOLVER_NEVER};
    for (int32_t i = count - 1; i >= 0; i--) {
        NetworkNode *node = &network->nodes[i];
        node->can_be_last = mandatory == count;
        node->next_begin = first_from(network, node->piece.end_min, i + 1);
        node->next_end = mandatory < count ? mandatory + 1 : count;
        if (mandatory < count && node->is_fixed && network->nodes[mandatory].is_fixed && mandatory < node->next_begin) {
            node->next_begin = mandatory; /* fixed pieces may overlap each other */
        }
        int32_t from = node->is_fixed ? i + 1 : node->next_begin;
        node->next_start = ahead[from].start;
        node->next_day = ahead[from].day;
        node->minutes_ahead = ahead[from].minutes;
        node->chain_ahead = ahead[from].chain;
        node->nights_ahead = ahead[from].nights;
        if (from < count && network->nodes[from].period == node->period) { /* periods follow each other */
            node->period_ahead = ahead[from].period;
        }
        ahead[i] = ahead_with(node, i + 1 < count ? node + 1 : NULL, &ahead[i + 1]);
        if (node->piece.day != day) {
            day_run = day == (int64_t)node->piece.day + 1 ? day_run + 1 : 0;
            day = node->piece.day;
        }
        node->days_ahead = (int32_t)day_run;
        network->last_end = node->piece.end_min > network->last_end ? node->piece.end_min : network->last_end;
        if (node->is_mandatory) {
            mandatory = i;
        }
    }
    free(ahead);
    network->can_be_empty = mandatory == count;
    network->first_begin = 0;
    network->first_end = network->can_be_empty ? count : mandatory + 1;
}

static int32_t count_nights(const SolverWorker *worker, const SolverWindow *window)
{
    int32_t nights = 0;
    for (int32_t i = 0; i < worker->fixed_count; i++) {
        const SolverSlot *piece = &worker->fixed[i];
        nights += piece->night_min > 0 && piece->week >= (int64_t)window->first_week - 1 &&
                  piece->week <= (int64_t)window->last_week + 1;
    }
    return nights;
}

/* Some of the slots: of one period, or all (-1), whose weeks are in [first_week, last_week]. */
typedef struct Part {
    int32_t period, first_week, last_week;
} Part;

static bool is_in_part(const Part *part, const Candidate *candidate)
{
    const SolverSlot *piece = candidate->piece;
    return candidate->entry >= 0 && (part->period < 0 || part->period == piece->period) &&
           part->first_week <= piece->week && piece->week <= part->last_week;
}

/* Most minutes and most night pieces any set of disjoint slots of the part can have. */
static void greatest_chain(const Candidate *list, int32_t count, const Part *part, int64_t *minutes, int32_t *nights)
{
    int64_t *most = memory_alloc((size_t)count + 1, sizeof *most);
    int32_t *night = memory_alloc((size_t)count + 1, sizeof *night);
    for (int32_t i = count - 1; i >= 0; i--) { /* suffix optima over nodes sorted by start */
        most[i] = most[i + 1];
        night[i] = night[i + 1];
        if (!is_in_part(part, &list[i])) {
            continue;
        }
        int32_t next = i + 1;
        for (int32_t high = count; next < high;) {
            int32_t middle = next + (high - next) / 2;
            if (list[middle].piece->start_min >= list[i].piece->end_min) {
                high = middle;
            } else {
                next = middle + 1;
            }
        }
        int64_t with = most[next] + list[i].piece->work_min;
        int32_t with_night = night[next] + (list[i].piece->night_min > 0);
        most[i] = with > most[i] ? with : most[i];
        night[i] = with_night > night[i] ? with_night : night[i];
    }
    *minutes = most[0];
    *nights = night[0];
    free(most);
    free(night);
}

/* The weeks of a period's slots. */
typedef struct PeriodSpan {
    int32_t first_week, last_week;
    int64_t minutes; /* the most a line can have in the period */
} PeriodSpan;

static bool covers(const SolverWindow *window, const PeriodSpan *span)
{
    return window->first_week <= span->first_week && span->last_week <= window->last_week;
}

static bool touches(const SolverWindow *window, const PeriodSpan *span)
{
    return window->first_week <= span->last_week && span->first_week <= window->last_week;
}

/* What each period can hold. A window over all of a period limits its minutes as minutes_most does. */
static PeriodSpan *measure_periods(Network *network, const Candidate *list, int32_t count, Arena *arena)
{
    const SolverWorker *worker = network->model.worker;
    PeriodSpan *spans = ARENA_NEW(arena, PeriodSpan, network->period_count);
    for (int32_t period = 0; period < network->period_count; period++) {
        PeriodSpan *span = &spans[period];
        int32_t nights;
        greatest_chain(list, count, &(Part){period, INT32_MIN, INT32_MAX}, &span->minutes, &nights);
        span->first_week = INT32_MAX;
        span->last_week = INT32_MIN;
        for (int32_t i = 0; i < count; i++) {
            int32_t week = list[i].piece->week;
            if (list[i].entry >= 0 && list[i].piece->period == period) {
                span->first_week = week < span->first_week ? week : span->first_week;
                span->last_week = week > span->last_week ? week : span->last_week;
            }
        }
        int64_t *most = &network->model.minutes_most[period];
        for (int32_t i = 0; i < worker->window_count; i++) {
            const SolverWindow *window = &worker->windows[i];
            if (touches(window, span) && covers(window, span) && window->minutes_left < *most) {
                *most = window->minutes_left;
            }
        }
        span->minutes = span->minutes < *most ? span->minutes : *most > 0 ? *most : 0;
    }
    return spans;
}

/* The most minutes a line can have in the window, and in how many periods. */
static int64_t most_in_window(const Network *network, const Candidate *list, int32_t count, const SolverWindow *window,
                              const PeriodSpan *spans, int32_t *covered, int32_t *touched)
{
    int64_t sum = 0;
    *covered = *touched = 0;
    for (int32_t period = 0; period < network->period_count; period++) {
        if (!touches(window, &spans[period])) {
            continue;
        }
        int64_t minutes = spans[period].minutes;
        ++*touched;
        if (covers(window, &spans[period])) {
            ++*covered;
        } else {
            int32_t nights;
            greatest_chain(list, count, &(Part){period, window->first_week, window->last_week}, &minutes, &nights);
            minutes = minutes < spans[period].minutes ? minutes : spans[period].minutes;
        }
        sum += minutes;
    }
    return sum;
}

/*
 * Keeps only the windows that some line could break. The number of night duties is at most the number of pieces with
 * night minutes.
 */
static void choose_windows(Network *network, const Candidate *list, int32_t count, const PeriodSpan *spans,
                           Arena *arena)
{
    const SolverWorker *worker = network->model.worker;
    SolverWindow *kept = ARENA_NEW(arena, SolverWindow, worker->window_count);
    int32_t kept_count = 0, nights;
    int64_t unused;
    greatest_chain(list, count, &(Part){-1, INT32_MIN, INT32_MAX}, &unused, &nights);
    for (int32_t i = 0; i < worker->window_count; i++) {
        SolverWindow window = worker->windows[i];
        int32_t covered, touched;
        int64_t minutes = most_in_window(network, list, count, &window, spans, &covered, &touched);
        if (touched == 0) {
            continue;
        }
        int64_t most_nights = (int64_t)nights + count_nights(worker, &window);
        bool is_period = touched == 1 && covered == 1; /* its limit holds there */
        window.minutes_left = is_period || minutes <= window.minutes_left ? INT64_MAX : window.minutes_left;
        window.late_nights_left = most_nights <= window.late_nights_left ? INT32_MAX : window.late_nights_left;
        if (most_nights < window.nights_until_many || minutes <= window.many_nights_minutes_left) {
            window.nights_until_many = INT32_MAX;
        }
        if (window.minutes_left != INT64_MAX || window.late_nights_left != INT32_MAX ||
            window.nights_until_many != INT32_MAX) {
            kept[kept_count++] = window;
        }
    }
    network->model.windows = kept;
    network->model.window_count = kept_count;
}

/* Drops the entries that no line can hold, as a tally has none left. */
static int32_t drop_untallied(const SolverWorker *worker, Candidate *list, int32_t count)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        if (list[i].entry < 0 || list[i].is_required || tally_allows(worker, list[i].piece)) {
            list[kept++] = list[i];
        }
    }
    return kept;
}

/* Keeps only the tallies that some line could break. */
static void choose_tallies(Network *network, const Candidate *list, int32_t count, Arena *arena)
{
    if (network->model.tally_count > 0) {
        int32_t slots = 0;
        const SolverSlot **slot = ARENA_NEW(arena, const SolverSlot *, count);
        for (int32_t i = 0; i < count; i++) {
            if (list[i].entry >= 0) {
                slot[slots++] = list[i].piece;
            }
        }
        tally_choose(&network->model, slot, slots, arena);
    }
    line_model_measure(&network->model);
}

static void network_price_hours(Network *network, const PeriodSpan *spans, Arena *arena)
{
    int64_t step = 0;
    for (int32_t i = 0; i < network->node_count; i++) {
        step = network->nodes[i].is_fixed ? step : common_divisor(step, network->nodes[i].piece.work_min);
    }
    int64_t steps_most = (INT64_C(1) << 23) * (step > 0 ? step : 1); /* decades; what the tables can hold */
    network->hours = ARENA_NEW(arena, HoursCharge, network->period_count);
    network->idle_before = ARENA_NEW(arena, double, network->period_count + 1);
    for (int32_t period = 0; period < network->period_count; period++) {
        HoursCharge *hours = &network->hours[period];
        int64_t most = spans[period].minutes < steps_most ? spans[period].minutes : steps_most;
        hours_charge_init(hours, network->model.worker, period, step, most, arena);
        network->columns_most = hours->count > network->columns_most ? hours->count : network->columns_most;
        network->idle_before[period + 1] = network->idle_before[period] + hours->value[0];
    }
    for (int32_t i = 0; i < network->node_count; i++) {
        NetworkNode *node = &network->nodes[i];
        const HoursCharge *hours = &network->hours[node->period];
        int64_t ahead = node->period_ahead / hours->step;
        node->columns = node->is_fixed ? 0 : (int32_t)(node->piece.work_min / hours->step);
        node->columns_ahead = ahead < hours->count ? (int32_t)ahead : hours->count;
    }
}

void network_init(Network *network, const SolverProblem *problem, int32_t worker, const bool *is_impossible,
                  Arena *arena)
{
    *network = (Network){.worker = worker, .last_end = INT64_MIN};
    line_model_init(&network->model, problem, worker, arena);
    const SolverWorker *of = &problem->workers[worker];
    int32_t begin = 0, end = problem->entry_count;
    for (int32_t high = end; begin < high;) { /* the worker's entries are one range */
        int32_t middle = begin + (high - begin) / 2;
        if (problem->entries[middle].worker >= worker) {
            high = middle;
        } else {
            begin = middle + 1;
        }
    }
    for (end = begin; end < problem->entry_count && problem->entries[end].worker == worker;) {
        end++;
    }
    int32_t count = 0;
    Candidate *list = MEMORY_NEW(Candidate, of->fixed_count + end - begin);
    for (int32_t i = 0; i < of->fixed_count; i++) {
        list[count++] = (Candidate){&of->fixed[i], -1, false};
    }
    for (int32_t i = begin; i < end; i++) {
        if (!is_impossible[i]) {
            list[count++] = (Candidate){&problem->slots[problem->entries[i].slot], i, problem->entries[i].is_required};
        }
    }
    qsort(list, (size_t)count, sizeof *list, compare_candidates);
    count = drop_untallied(of, list, count);
    count = drop_overlapping(network, list, count);
    network->period_count = of->later_count + 1;
    const PeriodSpan *spans = measure_periods(network, list, count, arena);
    choose_windows(network, list, count, spans, arena);
    choose_tallies(network, list, count, arena);
    int32_t read = read_start(network, list, count, arena);
    make_nodes(network, list + read, count - read, arena);
    free(list);
    set_rests(network);
    link_nodes(network);
    tally_look_ahead(network, arena);
    network_price_hours(network, spans, arena);
    network->days = days_new(network, problem, arena);
}
