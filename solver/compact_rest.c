/*
 * Rests in the compact model: between duties, the weekly one that ends a stretch, and how many duties a stretch with a
 * night may hold.
 *
 *   conflicts  at every start of a duty: those in conflict there are a clique, sum <= 1. These are all maximal cliques.
 *   stretches  free_t <= 1 - z_d for every duty d that meets [t, t + stretch_rest): free_t can be 1 only if the worker
 *              rests then. A duty a asks that its stretch ends in time: z_a <= sum of free_t over the ends t of duties
 *              in [end_a, start_a + span]. For a stretch that begins with fixed work, each later duty c asks the same,
 *              or a rest before itself.
 *   series     count_k >= count_j + 1 and night_k = night_j where duties j, k less than stretch_rest apart are both
 *              worked; count_k <= most where night_k.
 */
#include "compact.h"

#include <stdlib.h>

int32_t compact_most_duties(const CompactWorker *worker, int64_t from_min, int64_t until_min, bool is_night_only)
{
    int32_t count = 0;
    int64_t clear = from_min, next_clear = INT64_MAX; /* of those seen since: the one that is clear first is taken */
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *duty = &worker->duties[i];
        if (duty->start_min < from_min || duty->end_min > until_min || (is_night_only && !duty->is_night)) {
            continue;
        }
        if (!duty->is_planned) {
            count++; /* conflicts among fixed work are not judged */
            continue;
        }
        if (duty->start_min >= next_clear) {
            count++;
            clear = next_clear;
            next_clear = INT64_MAX;
        }
        if (duty->start_min >= clear && duty->clear_min < next_clear) {
            next_clear = duty->clear_min;
        }
    }
    return count + (next_clear < INT64_MAX);
}

/* The planned duties of the list exclude each other, and each fixed one excludes them. */
static void add_clique(CompactWorker *worker, const int32_t *members, int32_t count, int32_t number)
{
    CompactModel *model = worker->model;
    int32_t planned = 0, fixed = 0;
    for (int32_t i = 0; i < count; i++) {
        planned += worker->duties[members[i]].is_planned;
        fixed += !worker->duties[members[i]].is_planned;
    }
    if (planned == 0 || planned + fixed < 2) {
        return;
    }
    for (int32_t with = fixed ? 0 : -1; with < (fixed ? count : 0); with++) {
        if (with >= 0 && worker->duties[members[with]].is_planned) {
            continue;
        }
        compact_row(model, 'L', 1, "rest:%s:%d.%d", worker->name, (int)number, (int)with + 1);
        for (int32_t i = 0; i < count; i++) {
            if (worker->duties[members[i]].is_planned || i == with) {
                compact_add_duty(worker, &worker->duties[members[i]], 1);
            }
        }
    }
}

void compact_add_conflicts(CompactWorker *worker)
{
    int32_t *members = ARENA_NEW(worker->arena, int32_t, worker->duty_count), count = 0;
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *duty = &worker->duties[i];
        if (duty->column == COMPACT_ALWAYS) {
            continue; /* what is in its way was dropped */
        }
        bool is_maximal = false; /* the clique so far, if one of it leaves before this one comes */
        for (int32_t k = 0; k < count; k++) {
            is_maximal |= !compact_is_conflict(&worker->duties[members[k]], duty);
        }
        if (is_maximal) {
            add_clique(worker, members, count, i);
            int32_t kept = 0;
            for (int32_t k = 0; k < count; k++) {
                if (compact_is_conflict(&worker->duties[members[k]], duty)) {
                    members[kept++] = members[k];
                }
            }
            count = kept;
        }
        members[count++] = i;
    }
    add_clique(worker, members, count, worker->duty_count);
}

/* ---- stretches */

enum { FREE_UNKNOWN = -1, FREE_NEVER = -2, FREE_ALWAYS = -3 };

/* The ends of duties, each with whether a rest can begin there. */
typedef struct Rests {
    CompactWorker *worker;
    int64_t *end, rest_min, span_min;
    int32_t *column; /* or FREE_... */
    int32_t count;
} Rests;

static int compare_instants(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void rests_init(Rests *rests, CompactWorker *worker)
{
    const SolverLineRules *rules = &worker->model->problem->rules;
    *rests = (Rests){.worker = worker, .rest_min = rules->stretch_rest_min, .span_min = rules->stretch_span_most_min};
    rests->end = ARENA_NEW(worker->arena, int64_t, worker->duty_count);
    rests->column = ARENA_NEW(worker->arena, int32_t, worker->duty_count);
    for (int32_t i = 0; i < worker->duty_count; i++) {
        rests->end[i] = worker->duties[i].end_min;
    }
    qsort(rests->end, (size_t)worker->duty_count, sizeof *rests->end, compare_instants);
    for (int32_t i = 0; i < worker->duty_count; i++) {
        if (i == 0 || rests->end[i] != rests->end[rests->count - 1]) {
            rests->end[rests->count++] = rests->end[i];
        }
    }
    for (int32_t i = 0; i < rests->count; i++) {
        rests->column[i] = FREE_ALWAYS;
        for (int32_t k = 0; k < worker->duty_count; k++) {
            const CompactDuty *duty = &worker->duties[k];
            if (duty->end_min > rests->end[i] && duty->start_min < rests->end[i] + rests->rest_min) {
                rests->column[i] =
                    duty->column == COMPACT_ALWAYS || rests->column[i] == FREE_NEVER ? FREE_NEVER : FREE_UNKNOWN;
            }
        }
    }
}

/* The column of the rest, made when it is first asked for: its duties in cliques, each of which excludes it. */
static void make_rest(Rests *rests, int32_t index)
{
    CompactWorker *worker = rests->worker;
    if (rests->column[index] != FREE_UNKNOWN) {
        return;
    }
    int32_t column = compact_column(worker->model, COMPACT_SHARE, "free:%s:%d", worker->name, (int)index);
    int64_t from = rests->end[index], until = from + rests->rest_min;
    bool *is_done = ARENA_NEW(worker->arena, bool, worker->duty_count);
    for (int32_t rows = 0;; rows++) {
        int32_t first =
            -1; /* of those left: the one that is clear first; with those that have begun by then, a clique */
        for (int32_t i = 0; i < worker->duty_count; i++) {
            const CompactDuty *duty = &worker->duties[i];
            is_done[i] |= duty->end_min <= from || duty->start_min >= until;
            if (!is_done[i] && (first < 0 || duty->clear_min < worker->duties[first].clear_min)) {
                first = i;
            }
        }
        if (first < 0) {
            break;
        }
        compact_row(worker->model, 'L', 1, "free:%s:%d.%d", worker->name, (int)index, (int)rows);
        compact_add(worker->model, column, 1);
        for (int32_t i = 0; i < worker->duty_count; i++) {
            const CompactDuty *duty = &worker->duties[i];
            bool is_in = i == first || (duty->is_planned && worker->duties[first].is_planned &&
                                        duty->start_min < worker->duties[first].clear_min);
            if (!is_done[i] && is_in) {
                compact_add(worker->model, duty->column, 1);
                is_done[i] = true;
            }
        }
    }
    rests->column[index] = column;
}

static bool is_in_time(const Rests *rests, int32_t index, int64_t from, int64_t until, int64_t before)
{
    int64_t end = rests->end[index];
    return end >= from && (end <= until || end + rests->rest_min <= before);
}

/* `duty` asks for a rest that begins in [from, until], or from then on before `before`; `number` names the row. */
static void ask_for_rest(Rests *rests, const CompactDuty *duty, int64_t from, int64_t until, int64_t before,
                         int32_t number, int32_t first)
{
    for (int32_t i = 0; i < rests->count; i++) {
        if (rests->column[i] == FREE_ALWAYS && is_in_time(rests, i, from, until, before)) {
            return;
        }
    }
    for (int32_t i = 0; i < rests->count; i++) {
        if (is_in_time(rests, i, from, until, before)) {
            make_rest(rests, i);
        }
    }
    CompactModel *model = rests->worker->model;
    compact_row(model, 'L', 0, "stretch:%s:%d.%d", rests->worker->name, (int)number, (int)first);
    compact_add_duty(rests->worker, duty, 1);
    for (int32_t i = 0; i < rests->count; i++) {
        if (rests->column[i] >= 0 && is_in_time(rests, i, from, until, before)) {
            compact_add(model, rests->column[i], -1);
        }
    }
}

void compact_add_stretches(CompactWorker *worker)
{
    Rests rests;
    rests_init(&rests, worker);
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *duty = &worker->duties[i];
        if (duty->is_planned) {
            ask_for_rest(&rests, duty, duty->end_min, duty->start_min + rests.span_min, INT64_MIN, i, 0);
        }
    }
    int64_t fixed_end = INT64_MIN / 2;
    for (int32_t first = 0; first < worker->duty_count; first++) {
        const CompactDuty *fixed = &worker->duties[first];
        if (fixed->is_planned) {
            continue;
        }
        bool is_in_stretch = fixed->start_min - fixed_end < rests.rest_min; /* of an earlier fixed one */
        fixed_end = fixed->end_min > fixed_end ? fixed->end_min : fixed_end;
        for (int32_t later = first + 1; later < worker->duty_count && !is_in_stretch; later++) {
            const CompactDuty *duty = &worker->duties[later];
            if (duty->is_planned && duty->start_min > fixed->start_min) {
                ask_for_rest(&rests, duty, fixed->end_min, fixed->start_min + rests.span_min, duty->start_min, later,
                             first + 1);
            }
        }
    }
}

/* ---- series */

/* No more duties than this can be in a stretch of lawful length. */
static int32_t most_in_a_stretch(const CompactWorker *worker)
{
    const SolverLineRules *rules = &worker->model->problem->rules;
    int32_t most = 0;
    for (int32_t i = 0; i < worker->duty_count; i++) {
        int64_t from = worker->duties[i].start_min, until = from + rules->stretch_span_most_min;
        int32_t by_rests = compact_most_duties(worker, from, until, false);
        int64_t by_days = 0;
        for (int32_t k = 0; k < worker->day_count; k++) {
            const CompactDay *day = &worker->days[k];
            int64_t slots = rules->slots_a_day_most > day->fixed ? rules->slots_a_day_most : day->fixed;
            by_days += day->first_start_min <= until && day->last_start_min >= from ? slots : 0;
        }
        int32_t both = by_days < by_rests ? (int32_t)by_days : by_rests;
        most = both > most ? both : most;
    }
    return most;
}

/* left - right <= gap, if both duties are worked. */
static void add_link(CompactWorker *worker, const CompactDuty *a, const CompactDuty *b, int32_t left, int32_t right,
                     double gap, double most, const char *name)
{
    compact_row(worker->model, 'L', gap + 2 * most, "%s:%s:%d", name, worker->name, (int)worker->model->row_count);
    compact_add(worker->model, left, 1);
    compact_add(worker->model, right, -1);
    compact_add_duty(worker, a, most);
    compact_add_duty(worker, b, most);
}

static void at_least(CompactWorker *worker, int32_t column, const CompactDuty *duty, const char *name)
{
    compact_row(worker->model, 'G', 0, "%s:%s:%d", name, worker->name, (int)worker->model->row_count);
    compact_add(worker->model, column, 1);
    compact_add_duty(worker, duty, -1);
}

void compact_add_series(CompactWorker *worker)
{
    const SolverLineRules *rules = &worker->model->problem->rules;
    CompactModel *model = worker->model;
    if (compact_most_duties(worker, INT64_MIN / 2, INT64_MAX, true) == 0 ||
        most_in_a_stretch(worker) <= rules->series_duties_most) {
        return;
    }
    enum { COUNT, NIGHT, PLANNED, KINDS };
    static const char *const names[KINDS] = {"count", "night", "planned"};
    int32_t(*column)[KINDS] = arena_alloc(worker->arena, (size_t)worker->duty_count, sizeof *column);
    double most = worker->duty_count + 1;
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *duty = &worker->duties[i];
        for (int kind = 0; kind < KINDS; kind++) {
            CompactColumn of = {.upper = kind == COUNT ? most : 1};
            column[i][kind] = compact_column(model, of, "%s:%s:%d", names[kind], worker->name, (int)i);
            if (kind == COUNT || (kind == NIGHT ? duty->is_night : duty->is_planned)) {
                at_least(worker, column[i][kind], duty, names[kind]);
            }
        }
    }
    for (int32_t i = 0; i < worker->duty_count; i++) {
        const CompactDuty *duty = &worker->duties[i];
        for (int32_t k = i + 1; k < worker->duty_count; k++) {
            const CompactDuty *later = &worker->duties[k];
            bool is_judged = duty->is_planned || later->is_planned;
            if (later->start_min - duty->end_min >= rules->stretch_rest_min || later->start_min < duty->end_min ||
                (is_judged && compact_is_conflict(duty, later))) {
                continue;
            }
            add_link(worker, duty, later, column[i][COUNT], column[k][COUNT], -1, most, names[COUNT]);
            for (int kind = NIGHT; kind < KINDS; kind++) {
                add_link(worker, duty, later, column[i][kind], column[k][kind], 0, 1, names[kind]);
                add_link(worker, duty, later, column[k][kind], column[i][kind], 0, 1, names[kind]);
            }
        }
        compact_row(model, 'L', rules->series_duties_most + 2 * most, "series:%s:%d", worker->name, (int)i);
        compact_add(model, column[i][COUNT], 1);
        compact_add(model, column[i][NIGHT], most);
        compact_add(model, column[i][PLANNED], most);
    }
}
