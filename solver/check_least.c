#include "check_least.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 1000, SEEN_LISTS = 1 << 14, SEEN_MOST = 1 << 20 };
#define TABLE_MOST (INT64_C(1) << 25) /* cells */

typedef struct Seen {
    int32_t duty;
    int64_t hours, cost;
    int64_t *burden;
    struct Seen *next;
} Seen;

typedef struct Search {
    const CheckWorker *worker;
    const CheckHours *hours;
    int64_t *ahead;     /* [(pieces + 1) * hours] least of what may come from this piece on, ends included */
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

static int64_t hours_of(const Search *search, const CheckDuty *duty)
{
    return duty->minutes / search->hours->minutes_step;
}

/* Backwards: at a mandatory piece all that came later is closed, because it must be in the line. */
static void fill_ahead(Search *search)
{
    const CheckWorker *worker = search->worker;
    int64_t count = search->hours->count;
    memcpy(ahead_at(search, worker->piece_count), search->hours->price, (size_t)count * sizeof(int64_t));
    for (int32_t piece = worker->piece_count - 1; piece >= 0; piece--) {
        int64_t *here = ahead_at(search, piece);
        if (worker->pieces[piece].is_mandatory) {
            for (int64_t h = 0; h < count; h++) {
                here[h] = CHECK_NONE;
            }
        } else {
            memcpy(here, ahead_at(search, piece + 1), (size_t)count * sizeof(int64_t));
        }
        for (int32_t i = worker->duty_begin[piece]; i < worker->duty_begin[piece + 1]; i++) {
            const CheckDuty *duty = &worker->duties[i];
            const int64_t *then = ahead_at(search, duty->next_from);
            int64_t longer = hours_of(search, duty);
            for (int64_t h = 0; h + longer < count; h++) {
                if (then[h + longer] < CHECK_NONE && then[h + longer] + duty->price < here[h]) {
                    here[h] = then[h + longer] + duty->price;
                }
            }
        }
    }
}

/* A line that ends with the same duty, has as many hours, costs no more and bears no more was looked at before. */
static bool is_dominated(Search *search, int32_t duty, int64_t hours, int64_t cost, const int64_t *burden)
{
    const CheckWorker *worker = search->worker;
    Seen **list = &search->seen[((uint64_t)duty * 1000003 + (uint64_t)hours) % SEEN_LISTS];
    for (const Seen *seen = *list; seen; seen = seen->next) {
        if (seen->duty != duty || seen->hours != hours || seen->cost > cost) {
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
        *seen = (Seen){duty, hours, cost, arena_alloc(&search->seen_arena, 1, size), *list};
        memcpy(seen->burden, burden, size);
        *list = seen;
        search->seen_count++;
    }
    return false;
}

static void look_on(Search *search, int32_t depth, const CheckDuty *last, int64_t hours, int64_t cost);

static void try_duty(Search *search, int32_t depth, const CheckDuty *last, int32_t index, int64_t hours, int64_t cost)
{
    const CheckWorker *worker = search->worker;
    const CheckDuty *duty = &worker->duties[index];
    hours += hours_of(search, duty);
    if (hours >= search->hours->count) {
        return;
    }
    int64_t ahead = ahead_at(search, duty->next_from)[hours];
    cost += duty->price;
    if (ahead >= CHECK_NONE || cost + ahead >= search->best) {
        return;
    }
    if (cost + ahead > search->threshold) {
        search->next = cost + ahead < search->next ? cost + ahead : search->next;
        return;
    }
    if (depth == DEPTH_MOST) {
        search->fault = "a worker's lines have too many duties";
        return;
    }
    const int64_t *burden = &search->burdens[(int64_t)depth * worker->burden_count];
    int64_t *longer = &search->burdens[((int64_t)depth + 1) * worker->burden_count];
    search->steps++;
    if (check_extend(worker, burden, last, duty, longer) && !is_dominated(search, index, hours, cost, longer)) {
        look_on(search, depth + 1, duty, hours, cost);
    }
}

static void look_on(Search *search, int32_t depth, const CheckDuty *last, int64_t hours, int64_t cost)
{
    const CheckWorker *worker = search->worker;
    const int64_t *burden = &search->burdens[(int64_t)depth * worker->burden_count];
    int32_t from = last ? last->next_from : 0, until = last ? last->next_to : 0;
    while (!last && until < worker->piece_count && !worker->pieces[until].is_mandatory) {
        until++;
    }
    if (until == worker->piece_count && check_finish(worker, burden, last, hours * search->hours->minutes_step)) {
        int64_t whole = cost + search->hours->price[hours];
        if (whole > search->threshold) {
            search->next = whole < search->next ? whole : search->next;
        } else {
            search->best = whole < search->best ? whole : search->best;
        }
    }
    for (int32_t piece = from; piece <= until && piece < worker->piece_count; piece++) {
        int64_t ahead = ahead_at(search, piece)[hours];
        if (ahead >= CHECK_NONE || cost + ahead >= search->best || search->steps > search->steps_most ||
            search->fault) {
            return;
        }
        if (cost + ahead > search->threshold) {
            search->next = cost + ahead < search->next ? cost + ahead : search->next;
            return;
        }
        for (int32_t i = worker->duty_begin[piece]; i < worker->duty_begin[piece + 1]; i++) {
            try_duty(search, depth, last, i, hours, cost);
        }
    }
}

/* Raises the threshold until a legal line is met, or every line is known to be dearer than CHECK_NONE. */
static int64_t deepen(Search *search, int64_t unit, bool *is_cut_short)
{
    int64_t least = ahead_at(search, 0)[0], step = unit;
    search->threshold = least;
    while (least < CHECK_NONE) {
        search->best = search->next = CHECK_NONE;
        arena_clear(&search->seen_arena);
        memset(search->seen, 0, sizeof search->seen);
        search->seen_count = 0;
        memset(search->burdens, 0, (size_t)search->worker->burden_count * sizeof *search->burdens);
        look_on(search, 0, NULL, 0, 0);
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
    if (hours->count > TABLE_MOST || cells > TABLE_MOST) {
        answer.fault = "a worker's hours and pieces of work are too many";
        return answer;
    }
    Search search = {.worker = worker,
                     .hours = hours,
                     .ahead = MEMORY_NEW(int64_t, cells),
                     .steps_most = steps_most,
                     .burdens = MEMORY_NEW(int64_t, (DEPTH_MOST + 1) * (int64_t)worker->burden_count)};
    fill_ahead(&search);
    answer.least = deepen(&search, unit, &answer.is_cut_short);
    answer.steps = search.steps;
    answer.fault = search.fault;
    free(search.ahead);
    free(search.burdens);
    arena_release(&search.seen_arena);
    return answer;
}
