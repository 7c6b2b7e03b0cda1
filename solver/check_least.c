#include "check_least.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 1000, SEEN_LISTS = 1 << 14, SEEN_MOST = 1 << 20 };
#define TABLE_MOST (INT64_C(1) << 25) /* cells */

/* What a line has cost so far, but for the period it is in; and how much it has planned there, in steps. */
typedef struct Standing {
    int32_t period;
    int64_t hours, cost;
    int64_t all_hours; /* of all periods */
} Standing;

typedef struct Seen {
    int32_t duty;
    Standing standing;
    int64_t *burden;
    struct Seen *next;
} Seen;

typedef struct Search {
    const CheckWorker *worker;
    const CheckHours *hours;
    int32_t *period;    /* [pieces + 1] of the piece, or of the slot before it */
    int64_t *ahead;     /* [(pieces + 1) * hours] least of what may come from this piece on, ends included; by the hours
                           planned before it in its period */
    int64_t threshold;  /* lines above it are not looked at */
    int64_t best, next; /* the best legal line met; the least bound above the threshold */
    int64_t steps, steps_most;
    const char *fault;
    Arena seen_arena;
    Seen *seen[SEEN_LISTS]; /* by duty and hours */
    int32_t seen_count;
    int64_t *burdens; /* [(depth + 1) * burden_count] */
} Search;

static int64_t *ahead_at(const Search *search, int32_t piece)
{
    return &search->ahead[(int64_t)piece * search->hours->count];
}

static int64_t charge_at(const Search *search, int32_t period, int64_t hours)
{
    return search->hours->price[period * search->hours->count + hours];
}

/* Goes on to a later period: what was planned is charged, and nothing is planned in those between. */
static Standing advance(const Search *search, Standing standing, int32_t period)
{
    while (standing.period < period) {
        int64_t charge = charge_at(search, standing.period, standing.hours);
        standing.cost = charge >= CHECK_NONE || standing.cost >= CHECK_NONE ? CHECK_NONE : standing.cost + charge;
        standing.hours = 0;
        standing.period++;
    }
    return standing;
}

/* After the duty; its cost is CHECK_NONE if more is planned in a period than may be. */
static Standing after_duty(const Search *search, Standing standing, const CheckDuty *duty)
{
    const CheckWorker *worker = search->worker;
    standing.cost += duty->price;
    for (int32_t i = 0; i < duty->count && standing.cost < CHECK_NONE; i++) {
        const CheckPiece *piece = &worker->pieces[duty->pieces[i]];
        if (piece->is_planned) {
            int64_t longer = piece->slot->work_min / search->hours->minutes_step;
            standing = advance(search, standing, piece->slot->period);
            standing.hours += longer;
            standing.all_hours += longer;
            if (standing.hours >= search->hours->count ||
                charge_at(search, standing.period, standing.hours) >= CHECK_NONE) {
                standing.cost = CHECK_NONE;
            }
        }
    }
    return standing;
}

/* The least of the whole line if it goes on with this piece or a later one; not below CHECK_NONE: it cannot. */
static int64_t with_ahead(const Search *search, Standing standing, int32_t piece)
{
    if (standing.cost >= CHECK_NONE) {
        return CHECK_NONE;
    }
    standing = advance(search, standing, search->period[piece]);
    int64_t ahead = ahead_at(search, piece)[standing.hours];
    return ahead >= CHECK_NONE || standing.cost >= CHECK_NONE ? CHECK_NONE : standing.cost + ahead;
}

static void set_periods(Search *search)
{
    const CheckWorker *worker = search->worker;
    int32_t period = 0;
    for (int32_t piece = 0; piece < worker->piece_count; piece++) {
        period = worker->pieces[piece].is_planned ? worker->pieces[piece].slot->period : period;
        search->period[piece] = period;
    }
    search->period[worker->piece_count] = search->hours->period_count - 1;
}

/* Backwards: at a mandatory piece all that came later is closed, because it must be in the line. */
static void fill_ahead(Search *search)
{
    const CheckWorker *worker = search->worker;
    int64_t count = search->hours->count;
    int32_t last = search->hours->period_count - 1;
    memcpy(ahead_at(search, worker->piece_count), &search->hours->price[last * count], (size_t)count * sizeof(int64_t));
    for (int32_t piece = worker->piece_count - 1; piece >= 0; piece--) {
        int64_t *here = ahead_at(search, piece);
        Standing standing = {.period = search->period[piece]};
        for (standing.hours = 0; standing.hours < count; standing.hours++) {
            here[standing.hours] =
                worker->pieces[piece].is_mandatory ? CHECK_NONE : with_ahead(search, standing, piece + 1);
        }
        for (int32_t i = worker->duty_begin[piece]; i < worker->duty_begin[piece + 1]; i++) {
            const CheckDuty *duty = &worker->duties[i];
            for (standing.hours = 0; standing.hours < count; standing.hours++) {
                Standing then = after_duty(search, standing, duty);
                if (then.cost >= CHECK_NONE && then.period == standing.period) {
                    break; /* with more hours, too */
                }
                int64_t whole = with_ahead(search, then, duty->next_from);
                here[standing.hours] = whole < here[standing.hours] ? whole : here[standing.hours];
            }
        }
    }
}

/* A line that ends with the same duty, has as many hours, costs no more and bears no more was looked at before. */
static bool is_dominated(Search *search, int32_t duty, const Standing *standing, const int64_t *burden)
{
    const CheckWorker *worker = search->worker;
    Seen **list = &search->seen[((uint64_t)duty * 1000003 + (uint64_t)standing->hours) % SEEN_LISTS];
    bool owes_minutes = worker->worker->day_rules && worker->worker->day_rules->minutes_least > 0;
    for (const Seen *seen = *list; seen; seen = seen->next) {
        if (seen->duty != duty || seen->standing.period != standing->period ||
            seen->standing.hours != standing->hours || seen->standing.cost > standing->cost ||
            (owes_minutes && seen->standing.all_hours < standing->all_hours)) {
            continue;
        }
        int32_t i = 0;
        while (i < worker->burden_count && seen->burden[i] <= burden[i]) {
            i++;
        }
        int32_t k = 0;
        while (i == worker->burden_count && k < worker->exact_count &&
               seen->burden[worker->exact[k]] == burden[worker->exact[k]]) {
            k++;
        }
        if (i == worker->burden_count && k == worker->exact_count) {
            return true;
        }
    }
    if (search->seen_count < SEEN_MOST) {
        size_t size = (size_t)worker->burden_count * sizeof(int64_t);
        Seen *seen = ARENA_NEW(&search->seen_arena, Seen, 1);
        *seen = (Seen){duty, *standing, arena_alloc(&search->seen_arena, 1, size), *list};
        memcpy(seen->burden, burden, size);
        *list = seen;
        search->seen_count++;
    }
    return false;
}

static void look_on(Search *search, int32_t depth, const CheckDuty *last, const Standing *standing);

static void try_duty(Search *search, int32_t depth, const CheckDuty *last, int32_t index, const Standing *standing)
{
    const CheckWorker *worker = search->worker;
    const CheckDuty *duty = &worker->duties[index];
    Standing then = after_duty(search, *standing, duty);
    int64_t whole = with_ahead(search, then, duty->next_from);
    if (whole >= CHECK_NONE || whole >= search->best) {
        return;
    }
    if (whole > search->threshold) {
        search->next = whole < search->next ? whole : search->next;
        return;
    }
    if (depth == DEPTH_MOST) {
        search->fault = "a worker's lines have too many duties";
        return;
    }
    const int64_t *burden = &search->burdens[(int64_t)depth * worker->burden_count];
    int64_t *longer = &search->burdens[((int64_t)depth + 1) * worker->burden_count];
    search->steps++;
    if (check_extend(worker, burden, last, duty, longer) && !is_dominated(search, index, &then, longer)) {
        look_on(search, depth + 1, duty, &then);
    }
}

static void look_on(Search *search, int32_t depth, const CheckDuty *last, const Standing *standing)
{
    const CheckWorker *worker = search->worker;
    const int64_t *burden = &search->burdens[(int64_t)depth * worker->burden_count];
    int32_t from = last ? last->next_from : 0, until = last ? last->next_to : 0;
    while (!last && until < worker->piece_count && !worker->pieces[until].is_mandatory) {
        until++;
    }
    if (until == worker->piece_count &&
        check_finish(worker, burden, last, standing->all_hours * search->hours->minutes_step)) {
        int64_t whole = advance(search, *standing, search->hours->period_count).cost;
        if (whole > search->threshold) {
            search->next = whole < search->next ? whole : search->next;
        } else {
            search->best = whole < search->best ? whole : search->best;
        }
    }
    for (int32_t piece = from; piece <= until && piece < worker->piece_count; piece++) {
        int64_t whole = with_ahead(search, *standing, piece);
        if (whole >= CHECK_NONE || whole >= search->best || search->steps > search->steps_most || search->fault) {
            return;
        }
        if (whole > search->threshold) {
            search->next = whole < search->next ? whole : search->next;
            return;
        }
        for (int32_t i = worker->duty_begin[piece]; i < worker->duty_begin[piece + 1]; i++) {
            try_duty(search, depth, last, i, standing);
        }
    }
}

/* Raises the threshold until a legal line is met, or every line is known to be dearer than CHECK_NONE. */
static int64_t deepen(Search *search, int64_t unit, bool *is_cut_short)
{
    const Standing nothing = {0};
    int64_t least = with_ahead(search, nothing, 0), step = unit;
    search->threshold = least;
    while (least < CHECK_NONE) {
        search->best = search->next = CHECK_NONE;
        arena_clear(&search->seen_arena);
        memset(search->seen, 0, sizeof search->seen);
        search->seen_count = 0;
        memset(search->burdens, 0, (size_t)search->worker->burden_count * sizeof *search->burdens);
        look_on(search, 0, NULL, &nothing);
        if (search->fault) {
            return least;
        }
        if (search->steps > search->steps_most) {
            *is_cut_short = true;
            return least; /* what the round before has shown */
        }
        if (search->best < CHECK_NONE) {
            return search->best;
        }
        least = search->next;
        search->threshold = least < CHECK_NONE ? least + step : least;
        step *= step < CHECK_NONE / 4 ? 2 : 1;
    }
    return CHECK_NONE;
}

CheckLeast check_least(const CheckWorker *worker, const CheckHours *hours, int64_t unit, int64_t steps_most)
{
    CheckLeast answer = {0};
    int64_t cells = ((int64_t)worker->piece_count + 1) * hours->count;
    if (hours->count * hours->period_count > TABLE_MOST || cells > TABLE_MOST) {
        answer.fault = "a worker's hours and pieces of work are too many";
        return answer;
    }
    Search search = {.worker = worker,
                     .hours = hours,
                     .period = MEMORY_NEW(int32_t, worker->piece_count + 1),
                     .ahead = MEMORY_NEW(int64_t, cells),
                     .steps_most = steps_most,
                     .burdens = MEMORY_NEW(int64_t, (DEPTH_MOST + 1) * (int64_t)worker->burden_count)};
    set_periods(&search);
    fill_ahead(&search);
    answer.least = deepen(&search, unit, &answer.is_cut_short);
    answer.steps = search.steps;
    answer.fault = search.fault;
    free(search.period);
    free(search.ahead);
    free(search.burdens);
    arena_release(&search.seen_arena);
    return answer;
}
