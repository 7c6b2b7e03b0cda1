/*
 * Problems and results as bytes. One function per struct serves both directions, field by field, so that what is
 * written is what is read; padding never leaves the process, and a bool is only ever 0 or 1. Arrays grow as their bytes
 * arrive: a length that lies costs no memory.
 */
#include "memory.h"
#include "solver/solver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIRE_MEMORY_MOST ((size_t)1 << 31)
enum { WIRE_VERSION = 8, WIRE_CHUNK = 4096, WIRE_COUNT_MOST = 1 << 24 };
static const char problem_magic[8] = "roostPRB", start_magic[8] = "roostSTA", result_magic[8] = "roostRES";

typedef struct Wire {
    FILE *stream;
    bool is_reading;
    const char *fault; /* the first; nothing moves after it */
    size_t used;       /* bytes allocated while reading */
    void **kept;       /* every array read */
    size_t kept_count, kept_size;
} Wire;

typedef struct OwnedProblem {
    SolverProblem problem; /* first, so that the pointers are the same */
    void **kept;
    size_t kept_count;
} OwnedProblem;

static void fail(Wire *wire, const char *fault)
{
    wire->fault = wire->fault ? wire->fault : fault;
}

/* One thread has the stream. The names are in brackets to call the functions: the macros convert without saying so. */
static void wire_bytes(Wire *wire, void *bytes, size_t size)
{
    if (wire->fault) {
        memset(bytes, 0, wire->is_reading ? size : 0);
    } else if (wire->is_reading && (fread_unlocked)(bytes, 1, size, wire->stream) != size) {
        memset(bytes, 0, size);
        fail(wire, "the stream ends too early");
    } else if (!wire->is_reading && (fwrite_unlocked)(bytes, 1, size, wire->stream) != size) {
        fail(wire, "the stream cannot be written");
    }
}

static void wire_i32(Wire *wire, int32_t *value)
{
    wire_bytes(wire, value, sizeof *value);
}

static void wire_i64(Wire *wire, int64_t *value)
{
    wire_bytes(wire, value, sizeof *value);
}

static void wire_double(Wire *wire, double *value)
{
    wire_bytes(wire, value, sizeof *value);
    if (wire->is_reading && !isfinite(*value)) {
        *value = 0;
        fail(wire, "a number is not finite");
    }
}

static void read_bool(Wire *wire, unsigned char byte, bool *value)
{
    if (byte > 1) {
        fail(wire, "a yes or no is neither");
    }
    *value = byte == 1;
}

static void wire_bool(Wire *wire, bool *value)
{
    uint8_t byte = wire->is_reading ? 0 : *value;
    wire_bytes(wire, &byte, 1);
    if (wire->is_reading) {
        read_bool(wire, byte, value);
    }
}

/* A count in [0, most]. */
static void wire_count(Wire *wire, int32_t *count, int32_t most)
{
    wire_i32(wire, count);
    if (wire->is_reading && (*count < 0 || *count > most)) {
        *count = 0;
        fail(wire, "a length is negative or too large");
    }
}

static void wire_header(Wire *wire, const char magic[8])
{
    char name[8];
    memcpy(name, magic, sizeof name);
    int32_t version = WIRE_VERSION, order = 0x01020304;
    wire_bytes(wire, name, sizeof name);
    wire_i32(wire, &version);
    wire_i32(wire, &order);
    if (!wire->fault && (memcmp(name, magic, sizeof name) != 0 || version != WIRE_VERSION || order != 0x01020304)) {
        fail(wire, "the stream is of another kind, version or byte order");
    }
}

typedef void (*WireItem)(Wire *wire, void *item);

/* Keeps what was read until all of it is freed. */
static void keep(Wire *wire, void *array)
{
    if (wire->kept_count == wire->kept_size) {
        wire->kept_size = wire->kept_size ? 2 * wire->kept_size : 16;
        wire->kept = memory_grow(wire->kept, wire->kept_size, sizeof *wire->kept);
    }
    wire->kept[wire->kept_count++] = array;
}

/* Room for more items, zeroed, as far as memory may go: a chunk first, then twice as many each time. */
static unsigned char *more_room(Wire *wire, unsigned char *array, int64_t *room, int64_t count, size_t size)
{
    int64_t more = *room ? *room : WIRE_CHUNK < count ? WIRE_CHUNK : count;
    more = more < count - *room ? more : count - *room;
    if (wire->used + (size_t)more * size > WIRE_MEMORY_MOST) {
        fail(wire, "the problem is too large");
        return array;
    }
    wire->used += (size_t)more * size;
    array = memory_grow(array, (size_t)(*room + more), size);
    memset(array + (size_t)*room * size, 0, (size_t)more * size);
    *room += more;
    return array;
}

/*
 * Writes `count` items of `size` bytes at *items, or reads them into a new array, which the wire keeps. Empty arrays
 * are NULL. Without `item` they are numbers whose bytes go as they are.
 */
static void wire_array(Wire *wire, void **items, int64_t count, size_t size, WireItem item)
{
    if (!wire->is_reading) {
        if (!item && count > 0) {
            wire_bytes(wire, *items, (size_t)count * size);
        }
        void *copy = memory_alloc(1, size); /* the functions take what they may change */
        for (int64_t i = 0; item && i < count && !wire->fault; i++) {
            memcpy(copy, (const unsigned char *)*items + (size_t)i * size, size);
            item(wire, copy);
        }
        free(copy);
        return;
    }
    *items = NULL;
    if (wire->fault || count == 0) {
        return;
    }
    unsigned char *array = NULL;
    for (int64_t i = 0, room = 0; i < count && !wire->fault;) {
        array = i == room ? more_room(wire, array, &room, count, size) : array;
        if (wire->fault) {
            break;
        }
        if (item) {
            item(wire, array + (size_t)i++ * size);
        } else {
            wire_bytes(wire, array + (size_t)i * size, (size_t)(room - i) * size);
            i = room;
        }
    }
    keep(wire, array); /* only now: the arrays inside have been kept meanwhile */
    *items = array;
}

static void wire_doubles(Wire *wire, double **values, int32_t count)
{
    void *bytes = *values;
    wire_array(wire, &bytes, count, sizeof(double), NULL);
    *values = bytes;
    for (int32_t i = 0; wire->is_reading && !wire->fault && i < count; i++) {
        if (!isfinite((*values)[i])) {
            fail(wire, "a number is not finite");
        }
    }
}

static void item_slot(Wire *wire, void *item)
{
    SolverSlot *slot = item;
    wire_i64(wire, &slot->start_min);
    wire_i64(wire, &slot->end_min);
    wire_i32(wire, &slot->work_min);
    wire_i32(wire, &slot->break_min);
    wire_i32(wire, &slot->day);
    wire_i32(wire, &slot->week);
    wire_i32(wire, &slot->night_min);
    wire_i64(wire, &slot->late_after_min);
    wire_i32(wire, &slot->curfew_min);
    wire_i32(wire, &slot->type);
    wire_i32(wire, &slot->period);
    wire_bytes(wire, &slot->marks, sizeof slot->marks);
}

static void item_window(Wire *wire, void *item)
{
    SolverWindow *window = item;
    wire_i32(wire, &window->first_week);
    wire_i32(wire, &window->last_week);
    wire_i64(wire, &window->minutes_left);
    wire_i64(wire, &window->many_nights_minutes_left);
    wire_i32(wire, &window->late_nights_left);
    wire_i32(wire, &window->nights_until_many);
}

static void wire_curve(Wire *wire, SolverCurve *curve)
{
    enum { PIECES = sizeof curve->from / sizeof *curve->from };
    wire_count(wire, &curve->pieces, PIECES);
    for (int i = 0; i < PIECES; i++) {
        wire_i64(wire, &curve->from[i]);
        wire_i64(wire, &curve->rate[i]);
    }
    wire_i64(wire, &curve->denominator);
}

static void wire_limits(Wire *wire, SolverDutyLimits *limits)
{
    wire_i32(wire, &limits->work_most_min);
    wire_i32(wire, &limits->span_most_min);
    wire_i32(wire, &limits->rest_least_min);
    wire_i32(wire, &limits->curfew_most_min);
    for (size_t i = 0; i < sizeof limits->breaks / sizeof *limits->breaks; i++) {
        wire_i32(wire, &limits->breaks[i].over_work_min);
        wire_i32(wire, &limits->breaks[i].need_min);
    }
}

static void item_day_rules(Wire *wire, void *item)
{
    enum { TYPES_MOST = 64 };
    SolverDayRules *rules = item;
    wire_i32(wire, &rules->first_day);
    wire_i32(wire, &rules->days);
    wire_i64(wire, &rules->open_from_min);
    wire_i32(wire, &rules->days_on_least);
    wire_i32(wire, &rules->days_off_least);
    wire_i32(wire, &rules->days_on_most);
    wire_i32(wire, &rules->weekends_most);
    wire_i32(wire, &rules->first_weekend_day);
    wire_i32(wire, &rules->minutes_least);
    wire_count(wire, &rules->types, TYPES_MOST);
    bool has_most = rules->type_most, has_next = rules->type_forbidden_next;
    wire_bool(wire, &has_most);
    wire_bool(wire, &has_next);
    void *most = (void *)(uintptr_t)rules->type_most, *next = (void *)(uintptr_t)rules->type_forbidden_next;
    wire_array(wire, &most, has_most ? rules->types : 0, sizeof(int32_t), NULL);
    wire_array(wire, &next, has_next ? (int64_t)rules->types * rules->types : 0, 1, NULL);
    rules->type_most = most;
    rules->type_forbidden_next = next;
}

static void item_period(Wire *wire, void *item)
{
    SolverPeriod *period = item;
    wire_i64(wire, &period->minutes_most);
    wire_i64(wire, &period->minutes_wanted);
    wire_curve(wire, &period->below);
    wire_curve(wire, &period->above);
}

static void item_tally(Wire *wire, void *item)
{
    SolverTally *tally = item;
    wire_i32(wire, &tally->mark);
    wire_bool(wire, &tally->is_by_period);
    wire_i32(wire, &tally->first_period);
    wire_i32(wire, &tally->last_period);
    wire_i32(wire, &tally->most);
}

static void item_worker(Wire *wire, void *item)
{
    SolverWorker *worker = item;
    wire_count(wire, &worker->fixed_count, WIRE_COUNT_MOST);
    wire_count(wire, &worker->window_count, WIRE_COUNT_MOST);
    bool has_rules = worker->day_rules;
    wire_bool(wire, &has_rules);
    void *fixed = (void *)(uintptr_t)worker->fixed, *windows = (void *)(uintptr_t)worker->windows;
    void *rules = (void *)(uintptr_t)worker->day_rules;
    wire_array(wire, &fixed, worker->fixed_count, sizeof(SolverSlot), item_slot);
    wire_array(wire, &windows, worker->window_count, sizeof(SolverWindow), item_window);
    wire_array(wire, &rules, has_rules, sizeof(SolverDayRules), item_day_rules);
    worker->fixed = fixed;
    worker->windows = windows;
    worker->day_rules = rules;
    wire_limits(wire, &worker->limits[0]);
    wire_limits(wire, &worker->limits[1]);
    wire_i32(wire, &worker->limits_change_day);
    wire_i64(wire, &worker->minutes_most);
    wire_i64(wire, &worker->minutes_wanted);
    wire_i64(wire, &worker->unit_per_min);
    wire_curve(wire, &worker->below);
    wire_curve(wire, &worker->above);
    wire_count(wire, &worker->later_count, WIRE_COUNT_MOST);
    void *later = (void *)(uintptr_t)worker->later;
    wire_array(wire, &later, worker->later_count, sizeof(SolverPeriod), item_period);
    worker->later = later;
    wire_count(wire, &worker->tally_count, WIRE_COUNT_MOST);
    void *tallies = (void *)(uintptr_t)worker->tallies;
    wire_array(wire, &tallies, worker->tally_count, sizeof(SolverTally), item_tally);
    worker->tallies = tallies;
}

static void item_entry(Wire *wire, void *item)
{
    enum { WORKER = 0, SLOT = 4, COST = 8, REQUIRED = 16, BYTES = 17 };
    SolverEntry *entry = item;
    unsigned char bytes[BYTES]; /* at once: most of a problem is these */
    memcpy(bytes + WORKER, &entry->worker, sizeof entry->worker);
    memcpy(bytes + SLOT, &entry->slot, sizeof entry->slot);
    memcpy(bytes + COST, &entry->cost_cents, sizeof entry->cost_cents);
    bytes[REQUIRED] = entry->is_required;
    wire_bytes(wire, bytes, sizeof bytes);
    if (wire->is_reading) {
        memcpy(&entry->worker, bytes + WORKER, sizeof entry->worker);
        memcpy(&entry->slot, bytes + SLOT, sizeof entry->slot);
        memcpy(&entry->cost_cents, bytes + COST, sizeof entry->cost_cents);
        read_bool(wire, bytes[REQUIRED], &entry->is_required);
    }
}

static void item_row(Wire *wire, void *item)
{
    SolverRow *row = item;
    wire_i64(wire, &row->most);
    wire_i64(wire, &row->wanted);
    wire_curve(wire, &row->below);
    wire_curve(wire, &row->above);
}

static void wire_rules(Wire *wire, SolverLineRules *rules)
{
    int32_t *fields[] = {&rules->duty_gap_min,
                         &rules->break_gap_min,
                         &rules->stretch_rest_min,
                         &rules->stretch_span_most_min,
                         &rules->night_over_min,
                         &rules->night_work_most_min,
                         &rules->late_night_rest_least_min,
                         &rules->night_run_long,
                         &rules->night_run_rest_least_min,
                         &rules->series_duties_most,
                         &rules->days_in_row_most,
                         &rules->slots_a_day_most};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        wire_i32(wire, fields[i]);
    }
}

static void wire_problem(Wire *wire, SolverProblem *problem)
{
    wire_header(wire, problem_magic);
    wire_rules(wire, &problem->rules);
    wire_count(wire, &problem->worker_count, WIRE_COUNT_MOST);
    wire_count(wire, &problem->slot_count, WIRE_COUNT_MOST);
    wire_count(wire, &problem->entry_count, WIRE_COUNT_MOST);
    wire_count(wire, &problem->row_count, WIRE_COUNT_MOST);
    void *workers = (void *)(uintptr_t)problem->workers, *slots = (void *)(uintptr_t)problem->slots;
    void *entries = (void *)(uintptr_t)problem->entries, *rows = (void *)(uintptr_t)problem->rows;
    void *begin = (void *)(uintptr_t)problem->entry_row_begin, *row = (void *)(uintptr_t)problem->entry_row;
    void *coefficient = (void *)(uintptr_t)problem->entry_coefficient;
    wire_array(wire, &workers, problem->worker_count, sizeof(SolverWorker), item_worker);
    wire_array(wire, &slots, problem->slot_count, sizeof(SolverSlot), item_slot);
    wire_array(wire, &entries, problem->entry_count, sizeof(SolverEntry), item_entry);
    wire_array(wire, &rows, problem->row_count, sizeof(SolverRow), item_row);
    wire_array(wire, &begin, problem->entry_count > 0 ? (int64_t)problem->entry_count + 1 : 0, sizeof(int64_t), NULL);
    int64_t incidences = 0;
    if (problem->entry_count > 0 && begin && !wire->fault) {
        incidences = ((const int64_t *)begin)[problem->entry_count];
        if (incidences < 0 || incidences > INT64_C(1) << 30) {
            fail(wire, "the rows of the entries are negative or too many");
            incidences = 0;
        }
    }
    wire_array(wire, &row, incidences, sizeof(int32_t), NULL);
    wire_array(wire, &coefficient, incidences, sizeof(int64_t), NULL);
    problem->workers = workers;
    problem->slots = slots;
    problem->entries = entries;
    problem->rows = rows;
    problem->entry_row_begin = begin;
    problem->entry_row = row;
    problem->entry_coefficient = coefficient;
}

bool solver_problem_write(const SolverProblem *problem, FILE *stream)
{
    Wire wire = {.stream = stream};
    SolverProblem copy = *problem;
    wire_problem(&wire, &copy);
    return !wire.fault && fflush(stream) == 0;
}

SolverProblem *solver_problem_read(FILE *stream, const char **fault)
{
    Wire wire = {.stream = stream, .is_reading = true};
    OwnedProblem *owned = MEMORY_NEW(OwnedProblem, 1);
    wire_problem(&wire, &owned->problem);
    owned->kept = wire.kept;
    owned->kept_count = wire.kept_count;
    const char *wrong = wire.fault ? wire.fault : solver_problem_fault(&owned->problem, NULL);
    if (fault) {
        *fault = wrong;
    }
    if (wrong) {
        solver_problem_free(&owned->problem);
        return NULL;
    }
    return &owned->problem;
}

void solver_problem_free(SolverProblem *problem)
{
    OwnedProblem *owned = (OwnedProblem *)(void *)problem;
    if (owned) {
        for (size_t i = 0; i < owned->kept_count; i++) {
            free(owned->kept[i]);
        }
        free(owned->kept);
        free(owned);
    }
}

/* Lengths that agree; the entries are the reader's to judge. */
static void wire_lines(Wire *wire, SolverLines *lines)
{
    wire_count(wire, &lines->count, WIRE_COUNT_MOST);
    void *begin = lines->begin, *entry = lines->entry;
    wire_array(wire, &begin, lines->count > 0 ? (int64_t)lines->count + 1 : 0, sizeof(int64_t), NULL);
    int64_t size = 0;
    if (lines->count > 0 && begin && !wire->fault) {
        const int64_t *at = begin;
        size = at[lines->count];
        for (int32_t i = 0; i < lines->count; i++) {
            if (at[0] != 0 || at[i + 1] < at[i] || size > INT64_C(1) << 30) {
                fail(wire, "the lengths of the lines do not agree");
                size = 0;
                break;
            }
        }
    }
    wire_array(wire, &entry, size, sizeof(int32_t), NULL);
    lines->begin = begin;
    lines->entry = entry;
}

typedef struct OwnedStart {
    SolverStart start; /* first, so that the pointers are the same */
    void **kept;
    size_t kept_count;
} OwnedStart;

static void wire_start(Wire *wire, SolverStart *start)
{
    wire_header(wire, start_magic);
    wire_count(wire, &start->chosen_count, WIRE_COUNT_MOST);
    wire_count(wire, &start->row_count, WIRE_COUNT_MOST);
    void *chosen = (void *)(uintptr_t)start->chosen, *row_price = (void *)(uintptr_t)start->row_price;
    wire_array(wire, &chosen, start->chosen_count, sizeof(int32_t), NULL);
    wire_array(wire, &row_price, start->row_count, sizeof(double), NULL); /* any bytes: whoever uses them looks */
    wire_lines(wire, &start->lines);
    start->chosen = chosen;
    start->row_price = row_price;
}

bool solver_start_write(const SolverStart *start, FILE *stream)
{
    Wire wire = {.stream = stream};
    SolverStart copy = *start;
    copy.chosen_count = copy.chosen ? copy.chosen_count : 0;
    copy.row_count = copy.row_price ? copy.row_count : 0;
    copy.lines.count = copy.lines.begin ? copy.lines.count : 0;
    wire_start(&wire, &copy);
    return !wire.fault && fflush(stream) == 0;
}

SolverStart *solver_start_read(FILE *stream, const char **fault)
{
    Wire wire = {.stream = stream, .is_reading = true};
    OwnedStart *owned = MEMORY_NEW(OwnedStart, 1);
    wire_start(&wire, &owned->start);
    owned->kept = wire.kept;
    owned->kept_count = wire.kept_count;
    if (fault) {
        *fault = wire.fault;
    }
    if (wire.fault) {
        solver_start_free(&owned->start);
        return NULL;
    }
    return &owned->start;
}

void solver_start_free(SolverStart *start)
{
    OwnedStart *owned = (OwnedStart *)(void *)start;
    if (owned) {
        for (size_t i = 0; i < owned->kept_count; i++) {
            free(owned->kept[i]);
        }
        free(owned->kept);
        free(owned);
    }
}

static void item_pair(Wire *wire, void *item)
{
    SolverPair *pair = item;
    wire_i32(wire, &pair->first);
    wire_i32(wire, &pair->second);
    wire_i64(wire, &pair->price);
}

/* Only the lengths matter here: a certificate may hold any numbers. */
static void wire_certificate(Wire *wire, SolverCertificate *certificate)
{
    wire_i32(wire, &certificate->bits);
    wire_count(wire, &certificate->row_count, WIRE_COUNT_MOST);
    wire_count(wire, &certificate->pair_count, WIRE_COUNT_MOST);
    wire_i64(wire, &certificate->bound_cents);
    void *row_price = certificate->row_price, *pairs = certificate->pairs;
    wire_array(wire, &row_price, certificate->row_count, sizeof(int64_t), NULL);
    wire_array(wire, &pairs, certificate->pair_count, sizeof(SolverPair), item_pair);
    certificate->row_price = row_price;
    certificate->pairs = pairs;
}

static void wire_result(Wire *wire, SolverResult *result, const SolverProblem *problem)
{
    wire_header(wire, result_magic);
    int32_t status = (int32_t)result->status, workers = problem->worker_count, rows = problem->row_count,
            entries = problem->entry_count;
    wire_i32(wire, &workers);
    wire_i32(wire, &rows);
    wire_i32(wire, &entries);
    if (workers != problem->worker_count || rows != problem->row_count || entries != problem->entry_count) {
        fail(wire, "the result is of another problem");
    }
    wire_count(wire, &status, SOLVER_UNDECIDED);
    result->status = (SolverStatus)status;
    wire_count(wire, &result->chosen_count, problem->entry_count);
    wire_i64(wire, &result->cost_cents);
    wire_i64(wire, &result->bound_cents);
    wire_i32(wire, &result->infeasible_worker);
    wire_i32(wire, &result->infeasible_row);
    SolverStatistics *statistics = &result->statistics;
    int64_t *counts[] = {&statistics->work,        &statistics->labels,        &statistics->pivots,
                         &statistics->columns,     &statistics->rounds,        &statistics->bytes_problem,
                         &statistics->bytes_model, &statistics->bytes_pricing, &statistics->bytes_bundle,
                         &statistics->bytes_lp};
    double *seconds[] = {&statistics->seconds_pricing, &statistics->seconds_bundle, &statistics->seconds_lp,
                         &statistics->seconds_total};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        wire_i64(wire, counts[i]);
    }
    for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) {
        wire_double(wire, seconds[i]);
    }
    void *chosen = result->chosen;
    wire_array(wire, &chosen, result->chosen_count, sizeof(int32_t), NULL);
    result->chosen = chosen;
    wire_doubles(wire, &result->row_price, problem->row_count);
    wire_lines(wire, &result->lines);
    wire_certificate(wire, &result->certificate);
}

bool solver_result_write(const SolverResult *result, const SolverProblem *problem, FILE *stream)
{
    Wire wire = {.stream = stream};
    SolverResult copy = *result;
    wire_result(&wire, &copy, problem);
    return !wire.fault && fflush(stream) == 0;
}

static const char *result_fault(const SolverResult *result, const SolverProblem *problem)
{
    for (int32_t i = 0; i < result->chosen_count; i++) {
        if (result->chosen[i] < 0 || result->chosen[i] >= problem->entry_count ||
            (i > 0 && result->chosen[i] <= result->chosen[i - 1])) {
            return "a chosen entry does not exist, or they do not rise";
        }
    }
    const SolverLines *lines = &result->lines;
    for (int32_t i = 0; i < lines->count; i++) {
        for (int64_t k = lines->begin[i]; k < lines->begin[i + 1]; k++) {
            if (lines->entry[k] < 0 || lines->entry[k] >= problem->entry_count ||
                (k > lines->begin[i] &&
                 (lines->entry[k] <= lines->entry[k - 1] ||
                  problem->entries[lines->entry[k]].worker != problem->entries[lines->entry[k - 1]].worker))) {
                return "a line holds what does not exist, or of two workers, or does not rise";
            }
        }
    }
    if (result->infeasible_worker < -1 || result->infeasible_worker >= problem->worker_count ||
        result->infeasible_row < -1 || result->infeasible_row >= problem->row_count) {
        return "the infeasible worker or row does not exist";
    }
    if (result->status >= SOLVER_INFEASIBLE && result->infeasible_worker < 0 && result->infeasible_row < 0) {
        return "no worker or row is said to be infeasible";
    }
    return NULL;
}

SolverResult *solver_result_read(FILE *stream, const SolverProblem *problem, const char **fault)
{
    Wire wire = {.stream = stream, .is_reading = true};
    SolverResult *result = MEMORY_NEW(SolverResult, 1);
    wire_result(&wire, result, problem);
    const char *wrong = wire.fault ? wire.fault : result_fault(result, problem);
    free(wire.kept); /* the arrays belong to the result now */
    if (fault) {
        *fault = wrong;
    }
    if (wrong) {
        solver_result_free(result);
        return NULL;
    }
    return result;
}
