/*
 * The bound once more, in whole numbers, from the prices alone. For any prices p of the rows, no roster costs less than
 *   sum over workers of min over lines (cost - p . line) + sum over rows of min over activity (charge + p activity).
 * Prices are whole multiples of 2^-bits cents, charges are rounded as they are charged, sums are exact; where a charge
 * has too many points to look at one by one it is taken from below. The lines are priced by check_least.c.
 */
#include "check_least.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COST_MOST   INT64_C(1000000000000000) /* cents; beyond, costs saturate */
#define AMOUNT_MOST (INT64_C(1) << 61)        /* in the unit: of one worker's prices together */
#define UNITS_MOST  (INT64_C(1) << 50)
#define POINTS_MOST 5000
enum { BITS_MOST = 40 };

/* ---- charges */

static __int128 curve_sum(const SolverCurve *curve, int64_t units)
{
    __int128 sum = 0;
    for (int32_t i = 0; i < curve->pieces && units > curve->from[i]; i++) {
        bool is_last = i + 1 == curve->pieces || units <= curve->from[i + 1];
        sum += (__int128)curve->rate[i] * ((is_last ? units : curve->from[i + 1]) - curve->from[i]);
    }
    return sum;
}

/* Half up, in cents. */
static __int128 curve_cents(const SolverCurve *curve, int64_t units)
{
    if (curve->pieces == 0 || units <= 0) {
        return 0;
    }
    return (2 * curve_sum(curve, units) + curve->denominator) / (2 * (__int128)curve->denominator);
}

/* No more than the charge less what its rounding may take off, as a multiple of 2^-bits cents. */
static __int128 curve_from_below(const SolverCurve *curve, int64_t units, int32_t bits)
{
    bool is_whole = true;
    for (int32_t i = 0; i < curve->pieces; i++) {
        is_whole &= curve->rate[i] % curve->denominator == 0;
    }
    if (curve->pieces == 0) {
        return 0;
    }
    __int128 sum = units > 0 ? curve_sum(curve, units) : 0;
    __int128 cents = sum / curve->denominator, rest = sum % curve->denominator;
    __int128 unit = (__int128)1 << bits;
    return cents * unit + rest * unit / curve->denominator - (is_whole ? 0 : unit / 2 + 1);
}

/* ---- rows, the problem's own and those made of pairs */

typedef struct Rows {
    int32_t own_count, count;
    SolverRow *rows;           /* [count] */
    const int64_t *price;      /* [count] */
    int64_t *least, *greatest; /* [count] what the entries can make of the activity */
    int64_t *step;             /* [count] it is a multiple of */
} Rows;

typedef struct Certifying {
    const SolverProblem *problem;
    const SolverCertificate *certificate;
    const SolverCheckOptions *options;
    Rows rows;
    int32_t *first_entry; /* [workers + 1] */
    int64_t *entry_price; /* [entries] */
    bool *is_possible;    /* [entries] */
    Arena arena;
    atomic_int next_worker;
    CheckLeast *least; /* [workers] */
} Certifying;

static int64_t half_down(int64_t value)
{
    return (value - (value % 2 != 0 && value < 0)) / 2;
}

static int64_t divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Calls `see` for every row that the entry is in, with the sum of its coefficients. */
typedef void (*SeeCoefficient)(Certifying *certifying, int32_t entry, int32_t row, int64_t coefficient);

static void for_coefficients(Certifying *certifying, SeeCoefficient see)
{
    const SolverProblem *problem = certifying->problem;
    const SolverCertificate *certificate = certifying->certificate;
    int32_t rows = problem->row_count, pairs = certificate->pair_count;
    int32_t *begin = MEMORY_NEW(int32_t, rows + 2), *of_row = MEMORY_NEW(int32_t, 2 * (int64_t)pairs);
    int64_t *sum = MEMORY_NEW(int64_t, pairs);
    for (int32_t pair = 0; pair < pairs; pair++) {
        begin[certificate->pairs[pair].first + 2]++;
        begin[certificate->pairs[pair].second + 2]++;
    }
    for (int32_t row = 0; row <= rows; row++) {
        begin[row + 1] += begin[row];
    }
    for (int32_t pair = 0; pair < pairs; pair++) {
        of_row[begin[certificate->pairs[pair].first + 1]++] = pair;
        of_row[begin[certificate->pairs[pair].second + 1]++] = pair;
    }
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        int64_t from = problem->entry_row_begin[entry], until = problem->entry_row_begin[entry + 1];
        for (int64_t k = from; k < until; k++) {
            int32_t row = problem->entry_row[k];
            see(certifying, entry, row, problem->entry_coefficient[k]);
            for (int32_t i = begin[row]; i < begin[row + 1]; i++) {
                sum[of_row[i]] += problem->entry_coefficient[k];
            }
        }
        for (int64_t k = from; k < until; k++) {
            int32_t row = problem->entry_row[k];
            for (int32_t i = begin[row]; i < begin[row + 1]; i++) {
                int32_t pair = of_row[i];
                if (sum[pair] != 0) {
                    see(certifying, entry, rows + pair, half_down(sum[pair]));
                }
                sum[pair] = 0;
            }
        }
    }
    free(begin);
    free(of_row);
    free(sum);
}

static void see_range(Certifying *certifying, int32_t entry, int32_t row, int64_t coefficient)
{
    (void)entry;
    Rows *rows = &certifying->rows;
    *(coefficient < 0 ? &rows->least[row] : &rows->greatest[row]) += coefficient;
    rows->step[row] = divisor(rows->step[row], coefficient);
}

/* Nothing could make room for it, so no roster holds it. */
static void see_impossible(Certifying *certifying, int32_t entry, int32_t row, int64_t coefficient)
{
    const Rows *rows = &certifying->rows;
    if (rows->least[row] == 0 && coefficient > rows->rows[row].most &&
        !certifying->problem->entries[entry].is_required) {
        certifying->is_possible[entry] = false;
    }
}

/* Two rows a.x <= m and b.x <= n give floor((a + b) / 2).x <= floor((m + n) / 2) for whole x >= 0. */
static const char *set_rows(Certifying *certifying)
{
    const SolverProblem *problem = certifying->problem;
    const SolverCertificate *certificate = certifying->certificate;
    Rows *rows = &certifying->rows;
    Arena *arena = &certifying->arena;
    if (certificate->row_count != problem->row_count || certificate->pair_count < 0) {
        return "it is of another problem";
    }
    rows->own_count = problem->row_count;
    rows->count = problem->row_count + certificate->pair_count;
    rows->rows = ARENA_NEW(arena, SolverRow, rows->count);
    rows->least = ARENA_NEW(arena, int64_t, rows->count);
    rows->greatest = ARENA_NEW(arena, int64_t, rows->count);
    rows->step = ARENA_NEW(arena, int64_t, rows->count);
    int64_t *price = ARENA_NEW(arena, int64_t, rows->count);
    for (int32_t row = 0; row < rows->own_count; row++) {
        rows->rows[row] = problem->rows[row];
        price[row] = certificate->row_price[row];
    }
    for (int32_t i = 0; i < certificate->pair_count; i++) {
        const SolverPair *pair = &certificate->pairs[i];
        if (pair->first < 0 || pair->second < 0 || pair->first >= problem->row_count ||
            pair->second >= problem->row_count || problem->rows[pair->first].most == SOLVER_NEVER ||
            problem->rows[pair->second].most == SOLVER_NEVER) {
            return "it joins rows that do not exist or have no limit";
        }
        rows->rows[rows->own_count + i].most =
            half_down(problem->rows[pair->first].most + problem->rows[pair->second].most);
        price[rows->own_count + i] = pair->price;
    }
    rows->price = price;
    for_coefficients(certifying, see_range);
    certifying->is_possible = ARENA_NEW(arena, bool, problem->entry_count);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        certifying->is_possible[entry] = true;
    }
    for_coefficients(certifying, see_impossible);
    return NULL;
}

static __int128 row_cents(const SolverRow *row, int64_t activity)
{
    return curve_cents(&row->below, row->wanted - activity) + curve_cents(&row->above, activity - row->wanted);
}

/* min over the activity of charge + price * activity, in the unit. */
static __int128 row_least(const Rows *rows, int32_t row, int32_t bits)
{
    const SolverRow *of = &rows->rows[row];
    int64_t low = rows->least[row], step = rows->step[row] > 0 ? rows->step[row] : 1;
    int64_t high = of->most < rows->greatest[row] ? low + (of->most - low) / step * step : rows->greatest[row];
    __int128 price = rows->price[row], least = price * low + (row_cents(of, low) << bits);
    if ((high - low) / step <= POINTS_MOST) {
        for (int64_t at = low + step; at <= high; at += step) {
            __int128 here = price * at + (row_cents(of, at) << bits);
            least = here < least ? here : least;
        }
        return least;
    }
    /* Convex apart from the rounding: the ends and the bends. */
    int64_t at[2 + 2 * sizeof of->below.from / sizeof *of->below.from] = {low, high};
    int32_t count = 2;
    for (int32_t i = 0; i < of->below.pieces; i++) {
        int64_t bend = of->wanted - of->below.from[i];
        if (bend > low && bend < high) {
            at[count++] = bend;
        }
    }
    for (int32_t i = 0; i < of->above.pieces; i++) {
        int64_t bend = of->wanted + of->above.from[i];
        if (bend > low && bend < high) {
            at[count++] = bend;
        }
    }
    for (int32_t i = 0; i < count; i++) {
        __int128 here = price * at[i] + curve_from_below(&of->below, of->wanted - at[i], bits) +
                        curve_from_below(&of->above, at[i] - of->wanted, bits);
        least = here < least ? here : least;
    }
    return least;
}

/* ---- workers */

/* The price of every entry: its cost less the prices of its rows. NULL, or why not. */
static void see_price(Certifying *certifying, int32_t entry, int32_t row, int64_t coefficient)
{
    int64_t product;
    int64_t *price = &certifying->entry_price[entry];
    if (*price > AMOUNT_MOST || __builtin_mul_overflow(certifying->rows.price[row], coefficient, &product) ||
        __builtin_sub_overflow(*price, product, price)) {
        *price = INT64_MAX; /* refused by amounts_fault */
    }
}

static void set_prices(Certifying *certifying)
{
    const SolverProblem *problem = certifying->problem;
    certifying->entry_price = ARENA_NEW(&certifying->arena, int64_t, problem->entry_count);
    certifying->first_entry = ARENA_NEW(&certifying->arena, int32_t, problem->worker_count + 1);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        if (__builtin_mul_overflow(problem->entries[entry].cost_cents, INT64_C(1) << certifying->certificate->bits,
                                   &certifying->entry_price[entry])) {
            certifying->entry_price[entry] = INT64_MAX;
        }
        certifying->first_entry[problem->entries[entry].worker + 1] = entry + 1;
    }
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        if (certifying->first_entry[worker + 1] < certifying->first_entry[worker]) {
            certifying->first_entry[worker + 1] = certifying->first_entry[worker];
        }
    }
    for_coefficients(certifying, see_price);
}

static SolverPeriod period_of(const SolverWorker *worker, int32_t period)
{
    if (period > 0) {
        return worker->later[period - 1];
    }
    return (SolverPeriod){worker->minutes_most, worker->minutes_wanted, worker->below, worker->above};
}

static int64_t planned_most(const Certifying *certifying, int32_t worker, int32_t period)
{
    const SolverProblem *problem = certifying->problem;
    int64_t sum = 0, most = period_of(&problem->workers[worker], period).minutes_most;
    for (int32_t entry = certifying->first_entry[worker]; entry < certifying->first_entry[worker + 1]; entry++) {
        const SolverSlot *slot = &problem->slots[problem->entries[entry].slot];
        sum += slot->period == period ? slot->work_min : 0;
    }
    return sum < most ? sum : most > 0 ? most : 0;
}

static __int128 hours_cents(const SolverWorker *worker, int32_t period, int64_t minutes)
{
    const SolverPeriod of = period_of(worker, period);
    int64_t units = minutes * worker->unit_per_min;
    return curve_cents(&of.below, of.minutes_wanted - units) + curve_cents(&of.above, units - of.minutes_wanted);
}

static __int128 magnitude(__int128 value)
{
    return value < 0 ? -value : value;
}

/* Sums that might leave 64 bits, or costs that would saturate, are refused. */
static const char *amounts_fault(const Certifying *certifying)
{
    const SolverProblem *problem = certifying->problem;
    const Rows *rows = &certifying->rows;
    int32_t bits = certifying->certificate->bits;
    __int128 cost = 0;
    for (int32_t row = 0; row < rows->count; row++) {
        int64_t far = -rows->least[row] > rows->greatest[row] ? -rows->least[row] : rows->greatest[row];
        if (magnitude(rows->price[row]) * far > (__int128)1 << 100) {
            return "its prices are too large";
        }
    }
    for (int32_t worker = 0; worker < problem->worker_count; worker++) {
        const SolverWorker *of = &problem->workers[worker];
        __int128 hours = 0;
        for (int32_t period = 0; period <= of->later_count; period++) {
            int64_t units, most = planned_most(certifying, worker, period);
            if (__builtin_mul_overflow(most, of->unit_per_min, &units) || units > UNITS_MOST) {
                return "the problem's amounts are too large";
            }
            hours += hours_cents(of, period, 0) + hours_cents(of, period, most);
        }
        __int128 sum = hours << bits;
        cost += hours;
        for (int32_t entry = certifying->first_entry[worker]; entry < certifying->first_entry[worker + 1]; entry++) {
            sum += magnitude(certifying->entry_price[entry]);
            cost += magnitude(problem->entries[entry].cost_cents);
        }
        if (sum > AMOUNT_MOST) {
            return "its prices are too large";
        }
    }
    for (int32_t row = 0; row < rows->own_count; row++) {
        cost += curve_cents(&rows->rows[row].below, rows->rows[row].wanted - rows->least[row]) +
                curve_cents(&rows->rows[row].above, rows->greatest[row] - rows->rows[row].wanted);
    }
    return cost > COST_MOST ? "the problem's amounts are too large" : NULL;
}

static void certify_worker(Certifying *certifying, int32_t index)
{
    const SolverProblem *problem = certifying->problem;
    const SolverWorker *of = &problem->workers[index];
    CheckLeast *answer = &certifying->least[index];
    Arena arena = {0};
    CheckWorker worker;
    answer->fault =
        check_worker_init(&worker, problem, index, certifying->first_entry[index], certifying->first_entry[index + 1],
                          certifying->entry_price, certifying->is_possible, &arena);
    int64_t step = 0;
    for (int32_t i = 0; i < worker.piece_count; i++) {
        step = worker.pieces[i].is_planned ? divisor(step, worker.pieces[i].slot->work_min) : step;
    }
    CheckHours hours = {.minutes_step = step > 0 ? step : 1, .period_count = of->later_count + 1};
    for (int32_t period = 0; period < hours.period_count; period++) {
        int64_t count = planned_most(certifying, index, period) / hours.minutes_step + 1;
        hours.count = count > hours.count ? count : hours.count;
    }
    if (!answer->fault && hours.count * hours.period_count > CHECK_HOURS_MOST) {
        answer->fault = "a worker's hours are too many";
    }
    if (!answer->fault) {
        int64_t *price = ARENA_NEW(&arena, int64_t, hours.count * hours.period_count);
        for (int32_t period = 0; period < hours.period_count; period++) {
            int64_t most = planned_most(certifying, index, period);
            for (int64_t h = 0; h < hours.count; h++) {
                int64_t minutes = h * hours.minutes_step;
                price[period * hours.count + h] =
                    minutes > most ? CHECK_NONE
                                   : (int64_t)(hours_cents(of, period, minutes) << certifying->certificate->bits);
            }
        }
        hours.price = price;
        *answer = check_least(&worker, &hours, (INT64_C(1) << certifying->certificate->bits) / 4 + 1,
                              certifying->options->steps_most);
    }
    arena_release(&arena);
}

static void *certify_workers(void *context)
{
    Certifying *certifying = context;
    for (;;) {
        int32_t worker = atomic_fetch_add(&certifying->next_worker, 1);
        if (worker >= certifying->problem->worker_count) {
            return NULL;
        }
        certify_worker(certifying, worker);
    }
}

static void price_workers(Certifying *certifying)
{
    enum { THREADS_MOST = 256 };
    int32_t threads = certifying->options->threads < THREADS_MOST ? certifying->options->threads : THREADS_MOST;
    pthread_t others[THREADS_MOST];
    int32_t started = 0;
    certifying->least = ARENA_NEW(&certifying->arena, CheckLeast, certifying->problem->worker_count);
    while (started < threads - 1 && pthread_create(&others[started], NULL, certify_workers, certifying) == 0) {
        started++;
    }
    certify_workers(certifying);
    for (int32_t i = 0; i < started; i++) {
        pthread_join(others[i], NULL);
    }
}

/* ---- the sum */

static void add_up(Certifying *certifying, SolverCheck *check)
{
    const Rows *rows = &certifying->rows;
    int32_t bits = certifying->certificate->bits;
    __int128 sum = 0, unit = (__int128)1 << bits;
    for (int32_t worker = 0; worker < certifying->problem->worker_count; worker++) {
        const CheckLeast *least = &certifying->least[worker];
        check->steps += least->steps;
        check->cut_short += least->is_cut_short;
        check->fault = check->fault ? check->fault : least->fault;
        if (!least->fault && least->least >= CHECK_NONE) {
            check->fault = "a worker has no legal line at all";
        }
        sum += least->least;
    }
    for (int32_t row = 0; row < rows->count && !check->fault; row++) {
        if (rows->rows[row].most < rows->least[row]) {
            check->fault = "no roster keeps within the rows";
        } else {
            sum += row_least(rows, row, bits);
        }
    }
    __int128 cents = sum >= 0 ? (sum + unit - 1) / unit : -(-sum / unit); /* costs are whole: round up */
    if (!check->fault && magnitude(cents) > COST_MOST) {
        check->fault = "its prices are too large";
    }
    check->bound_cents = check->fault ? INT64_MIN : (int64_t)cents;
}

bool solver_certificate_check(const SolverProblem *problem, const SolverCertificate *certificate,
                              const SolverCheckOptions *options, SolverCheck *check)
{
    SolverCheckOptions with = *options;
    with.steps_most = with.steps_most > 0 ? with.steps_most : 2000000;
    Certifying certifying = {.problem = problem, .certificate = certificate, .options = &with};
    *check = (SolverCheck){.bound_cents = INT64_MIN};
    check->fault = solver_problem_fault(problem, NULL);
    if (!check->fault && (certificate->bits < 0 || certificate->bits > BITS_MOST)) {
        check->fault = "its prices are of an unknown kind";
    }
    check->fault = check->fault ? check->fault : set_rows(&certifying);
    if (!check->fault) {
        set_prices(&certifying);
        check->fault = amounts_fault(&certifying);
    }
    if (!check->fault) {
        price_workers(&certifying);
        add_up(&certifying, check);
    }
    arena_release(&certifying.arena);
    return !check->fault;
}
