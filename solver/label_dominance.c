#include "label_parts.h"
#include "tally.h"

/* Whether `a` can do whatever `b` can, at this node; cost apart. Both duties are open or both are closed. */
static bool is_as_free(const Network *network, const NetworkNode *node, const LineState *a, const LineState *b)
{
    const SolverLineRules *rules = network->model.rules;
    uint32_t bad = LINE_BAD;
    if ((int64_t)a->stretch_duties + node->chain_ahead <= rules->series_duties_most) {
        bad &= ~(uint32_t)LINE_STRETCH_NIGHT;
    }
    if (a->flags & ~b->flags & bad) {
        return false;
    }
    if ((a->flags ^ b->flags) & LINE_CLOSED || a->duty_end != b->duty_end) {
        return false;
    }
    if (!(a->flags & LINE_CLOSED)) {
        if (a->duty_start != b->duty_start || a->duty_work != b->duty_work || a->duty_break != b->duty_break ||
            a->duty_night != b->duty_night || a->duty_curfew != b->duty_curfew || a->late_after != b->late_after ||
            a->duty_week != b->duty_week || a->piece_end != b->piece_end || a->planned_end != b->planned_end ||
            (a->run > 0 && (a->run != b->run || a->rest_before != b->rest_before))) {
            return false;
        }
    } else if (a->rest_need > b->rest_need && node->next_start < a->duty_end + a->rest_need) {
        return false;
    }
    int64_t rest = node->next_start == SOLVER_NEVER ? SOLVER_NEVER : node->next_start - a->duty_end;
    bool stretch_goes_on = rest < rules->stretch_rest_min;
    if (a->flags & LINE_CLOSED && a->run > b->run && (int64_t)a->run + node->nights_ahead >= rules->night_run_long &&
        (rest < rules->night_run_rest_least_min || stretch_goes_on)) {
        return false;
    }
    if (stretch_goes_on) {
        if (a->stretch_start < b->stretch_start &&
            network->last_end - a->stretch_start > rules->stretch_span_most_min) {
            return false;
        }
        if (a->stretch_duties > b->stretch_duties &&
            (int64_t)a->stretch_duties + node->chain_ahead > rules->series_duties_most) {
            return false;
        }
    }
    if (a->day_run > b->day_run && (int64_t)a->day_run + node->days_ahead > network->model.days_on_most) {
        return false;
    }
    return a->day_slots <= b->day_slots || node->next_day != a->day;
}

static bool counts_are_as_free(const Network *network, const NetworkNode *node, const LineState *a, const LineState *b)
{
    const LineModel *model = &network->model;
    const LineCount *counts_a = line_counts(a), *counts_b = line_counts(b);
    for (int32_t i = 0; i < model->window_count; i++) {
        const SolverWindow *window = &model->windows[i];
        if ((counts_a[i].minutes > counts_b[i].minutes &&
             (counts_a[i].minutes + node->minutes_ahead > window->minutes_left ||
              (window->nights_until_many != INT32_MAX &&
               counts_a[i].minutes + node->minutes_ahead > window->many_nights_minutes_left))) ||
            counts_a[i].nights > counts_b[i].nights || counts_a[i].late > counts_b[i].late ||
            counts_a[i].has_slot > counts_b[i].has_slot ||
            counts_a[i].has_late_planned > counts_b[i].has_late_planned) {
            return false;
        }
    }
    const SolverDayRules *rules = model->worker->day_rules;
    if (!rules) {
        return true;
    }
    const int32_t *types_a = line_type_counts(model, a), *types_b = line_type_counts(model, b);
    for (int32_t i = 0; i < model->type_count; i++) {
        if (types_a[i] > types_b[i] && (int64_t)types_a[i] + node->chain_ahead > rules->type_most[model->types[i]]) {
            return false;
        }
    }
    if (a->weekends > b->weekends && (int64_t)a->weekends + node->chain_ahead > rules->weekends_most) {
        return false;
    }
    bool types_matter = node->next_day <= (int64_t)a->day + 1;
    if (model->has_types && types_matter &&
        ((a->types_today & ~b->types_today) | (a->types_before & ~b->types_before) |
         (a->planned_today & ~b->planned_today) | (a->planned_before & ~b->planned_before))) {
        return false;
    }
    /* A row of days that is too short yet: the longer is the freer, unless it began with the horizon. */
    int64_t lack_a = (int64_t)a->day - a->day_run + 1 <= rules->first_day ? 0 : rules->days_on_least - a->day_run;
    int64_t lack_b = (int64_t)b->day - b->day_run + 1 <= rules->first_day ? 0 : rules->days_on_least - b->day_run;
    if (lack_a > 0 && lack_a > lack_b) {
        return false;
    }
    return a->minutes >= b->minutes || a->minutes >= rules->minutes_least;
}

/*
 * Cost: with fewer minutes in the period the charge of `a` grows no faster than that of `b` (convex), so now is the
 * worst moment; with more minutes the worst is the latest.
 */
static bool is_as_cheap(const Network *network, const NetworkNode *node, const Settled *a, const Label *b)
{
    if (a->column <= b->column) {
        return a->cost_hours <= b->cost_hours;
    }
    int32_t last_a = a->column + node->columns_ahead, last_b = b->column + node->columns_ahead;
    const HoursCharge *hours = &network->hours[node->period];
    const double *charge = hours->value;
    return last_a < hours->count && a->cost + charge[last_a] <= b->cost + charge[last_b];
}

bool label_is_dominated(const Search *search, const Label *label)
{
    const Network *network = search->network;
    const NetworkNode *node = &network->nodes[label->node];
    const SettledList *list = &search->scratch->settled[label->node];
    for (int32_t i = 0; i < list->count; i++) {
        if (is_as_cheap(network, node, &list->items[i], label) &&
            is_as_free(network, node, &list->items[i].label->state, &label->state) &&
            counts_are_as_free(network, node, &list->items[i].label->state, &label->state) &&
            tally_is_as_free(network, node, &list->items[i].label->state, &label->state)) {
            return true;
        }
    }
    return false;
}

void label_settle(const Search *search, const Label *label)
{
    SettledList *list = &search->scratch->settled[label->node];
    if (list->count == list->size) {
        list->size = list->size ? 2 * list->size : 16;
        list->items = memory_grow(list->items, (size_t)list->size, sizeof *list->items);
    }
    list->items[list->count++] = (Settled){label->cost, label->cost_hours, label->column, label};
}
