#include "solve_record.h"

#include <math.h>
#include <string.h>

G_DEFINE_QUARK(rooster - solve - record - error - quark, solve_record_error)

static const char *const kind_names[] = {
    [ROW_HEADCOUNT] = "headcount", [ROW_TEAM] = "team", [ROW_LEARNERS] = "learners", [ROW_FAIRNESS] = "fairness"};

const char *row_kind_name(const RowMeaning *meaning)
{
    return kind_names[meaning->kind];
}

const char *record_price_kind(const char *name)
{
    for (guint i = 0; name && i < G_N_ELEMENTS(kind_names); i++)
        if (g_str_equal(kind_names[i], name))
            return kind_names[i];
    return NULL;
}

static void price_free(gpointer data)
{
    RecordPrice *price = data;
    g_free(price->id);
    g_free(price->certificate);
    g_free(price);
}

static void line_free(gpointer data)
{
    RecordLine *line = data;
    g_free(line->worker);
    g_strfreev(line->shifts);
    g_free(line);
}

static void pin_free(gpointer data)
{
    RecordPin *pin = data;
    g_free(pin->shift);
    g_free(pin->worker);
    g_free(pin);
}

SolveRecord *solve_record_new(void)
{
    SolveRecord *record = g_new0(SolveRecord, 1);
    record->pins = g_ptr_array_new_with_free_func(pin_free);
    record->prices = g_ptr_array_new_with_free_func(price_free);
    record->lines = g_ptr_array_new_with_free_func(line_free);
    record->row_prices = g_array_new(FALSE, FALSE, sizeof(gint64));
    record->pairs = g_array_new(FALSE, FALSE, sizeof(RecordPair));
    return record;
}

void solve_record_free(SolveRecord *record)
{
    if (!record)
        return;
    g_ptr_array_unref(record->pins);
    g_ptr_array_unref(record->prices);
    g_ptr_array_unref(record->lines);
    g_array_unref(record->row_prices);
    g_array_unref(record->pairs);
    g_free(record->fingerprint);
    g_free(record->status);
    g_free(record);
}

/* --- from a solve */

enum { CHECKED_AT_ONCE = 1 << 16 };

/* A stream whose bytes go into a checksum, so that a city's problem is not laid out in memory for it. */
static ssize_t add_to_checksum(void *checksum, const char *bytes, size_t size)
{
    g_checksum_update(checksum, (const guchar *)bytes, (gssize)size);
    return (ssize_t)size;
}

char *week_problem_fingerprint(const WeekProblem *problem)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *buffer = g_malloc(CHECKED_AT_ONCE);
    FILE *stream = fopencookie(checksum, "w", (cookie_io_functions_t){.write = add_to_checksum});
    g_assert(stream);
    setvbuf(stream, buffer, _IOFBF, CHECKED_AT_ONCE);
    gboolean is_written = solver_problem_write(&problem->problem, stream);
    is_written = fwrite(&problem->constant_cents, sizeof problem->constant_cents, 1, stream) == 1 && is_written;
    is_written = fclose(stream) == 0 && is_written;
    g_assert(is_written);
    return g_strdup(g_checksum_get_string(checksum));
}

static void take_prices(SolveRecord *record, const WeekProblem *problem, int place, const SolverResult *result)
{
    const Pool *pool = problem->week->pool;
    for (int32_t row = 0; row < problem->problem.row_count; row++) {
        const RowMeaning *meaning = &problem->meaning[row];
        gboolean is_coop = meaning->kind == ROW_FAIRNESS;
        if (place != (is_coop ? meaning->place : week_problem_place(problem, meaning->shift)))
            continue;
        RecordPrice *price = g_new0(RecordPrice, 1);
        price->kind = kind_names[meaning->kind];
        price->id = g_strdup(is_coop ? pool_coop(pool, meaning->coop)->id : pool_shift(pool, meaning->shift)->id);
        price->certificate = g_strdup(meaning->certificate);
        price->cents = result->row_price[row] / (is_coop ? meaning->unit_min : 1);
        g_ptr_array_add(record->prices, price);
    }
}

static void take_lines(SolveRecord *record, const WeekProblem *problem, int place, const SolverLines *lines)
{
    const Pool *pool = problem->week->pool;
    for (int32_t i = 0; i < lines->count; i++) {
        const int32_t *entries = lines->entry + lines->begin[i];
        gsize count = (gsize)(lines->begin[i + 1] - lines->begin[i]);
        RecordLine *line = g_new0(RecordLine, 1);
        line->worker = g_strdup(pool_worker(pool, (guint)problem->problem.entries[entries[0]].worker)->id);
        line->shifts = g_new0(char *, count + 1);
        gsize kept = 0;
        for (gsize k = 0; k < count; k++) {
            int32_t slot = problem->problem.entries[entries[k]].slot;
            if (problem->problem.slots[slot].period == place)
                line->shifts[kept++] = g_strdup(pool_shift(pool, problem->slot_shift[slot])->id);
        }
        if (kept > 0)
            g_ptr_array_add(record->lines, line);
        else
            line_free(line);
    }
}

static void take_pins(SolveRecord *record, const Pool *pool, const Roster *start)
{
    for (guint i = 0; start && i < start->assignments->len; i++) {
        const Assignment *at = roster_at(start, i);
        if (!at->is_pinned)
            continue;
        RecordPin *pin = g_new0(RecordPin, 1);
        *pin = (RecordPin){g_strdup(pool_shift(pool, at->shift)->id), g_strdup(pool_worker(pool, at->worker)->id)};
        g_ptr_array_add(record->pins, pin);
    }
}

SolveRecord *solve_record_of_part(const WeekProblem *problem, int place, const SolverResult *result,
                                  const Roster *start, const char *fingerprint)
{
    const Week *week = g_ptr_array_index(problem->weeks, (guint)place);
    SolveRecord *record = solve_record_new();
    record->week = week->week;
    record->is_repair = week->is_repair;
    record->revision = week->is_repair ? week->published->revision : 0;
    record->now_min = week->is_repair ? week->now_min : 0;
    record->fingerprint = g_strdup(fingerprint);
    take_pins(record, week->pool, start);
    take_prices(record, problem, place, result);
    take_lines(record, problem, place, &result->lines);
    return record;
}

SolveRecord *solve_record_of(const WeekProblem *problem, const SolverResult *result, const Roster *start,
                             const char *fingerprint)
{
    const SolverCertificate *certificate = &result->certificate;
    SolveRecord *record = solve_record_of_part(problem, 0, result, start, fingerprint);
    record->cost_cents = result->cost_cents + problem->constant_cents;
    record->has_bound = result->bound_cents != INT64_MIN;
    record->bound_cents = record->has_bound ? result->bound_cents + problem->constant_cents : 0;
    record->is_certified = certificate->bound_cents != INT64_MIN;
    if (record->is_certified) {
        record->certified_cents = certificate->bound_cents + problem->constant_cents;
        record->bits = certificate->bits;
        g_array_append_vals(record->row_prices, certificate->row_price, (guint)certificate->row_count);
        for (int32_t i = 0; i < certificate->pair_count; i++) {
            const SolverPair *pair = &certificate->pairs[i];
            RecordPair kept = {pair->first, pair->second, pair->price};
            g_array_append_val(record->pairs, kept);
        }
    }
    return record;
}

/* --- to a solve */

static char *price_key(const char *kind, const char *id, const char *certificate)
{
    return g_strdup_printf("%s\n%s\n%s", kind, id, certificate ? certificate : "");
}

/* What a person too few costs where the row begins to be charged: the dearest it can be worth. */
static double shortfall_price(const SolverRow *row)
{
    const SolverCurve *below = &row->below;
    return below->pieces > 0 ? (double)below->rate[0] / (double)below->denominator : 0;
}

static double *start_prices(const SolveRecord *record, WeekProblem *problem)
{
    const Pool *pool = problem->week->pool;
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < record->prices->len; i++) {
        RecordPrice *price = g_ptr_array_index(record->prices, i);
        g_hash_table_insert(known, price_key(price->kind, price->id, price->certificate), price);
    }
    double *prices = week_problem_keep(problem, g_new0(double, (gsize)problem->problem.row_count + 1));
    for (int32_t row = 0; row < problem->problem.row_count; row++) {
        const RowMeaning *meaning = &problem->meaning[row];
        gboolean is_coop = meaning->kind == ROW_FAIRNESS;
        g_autofree char *key = price_key(
            kind_names[meaning->kind],
            is_coop ? pool_coop(pool, meaning->coop)->id : pool_shift(pool, meaning->shift)->id, meaning->certificate);
        const RecordPrice *price = g_hash_table_lookup(known, key);
        if (price)
            prices[row] = price->cents * (is_coop ? meaning->unit_min : 1);
        else if (!is_coop)
            prices[row] = shortfall_price(&problem->problem.rows[row]);
    }
    return prices;
}

/* The worker's entry for the slot, or -1. */
static int32_t find_entry(const SolverProblem *problem, int32_t worker, int32_t slot)
{
    int32_t low = 0, high = problem->entry_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const SolverEntry *entry = &problem->entries[middle];
        if (entry->worker < worker || (entry->worker == worker && entry->slot < slot))
            low = middle + 1;
        else
            high = middle;
    }
    gboolean is_there =
        low < problem->entry_count && problem->entries[low].worker == worker && problem->entries[low].slot == slot;
    return is_there ? low : -1;
}

static int compare_entries(gconstpointer left, gconstpointer right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return a < b ? -1 : a > b;
}

/* What no longer exists falls out of its line; the solver judges what is left. */
static SolverLines start_lines(const SolveRecord *record, WeekProblem *problem)
{
    const Pool *pool = problem->week->pool;
    GArray *begin = g_array_new(FALSE, FALSE, sizeof(int64_t)), *entries = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_autofree int32_t *slot_of = g_new(int32_t, pool->shifts->len + 1);
    memset(slot_of, -1, (pool->shifts->len + 1) * sizeof *slot_of);
    for (int32_t slot = 0; slot < problem->problem.slot_count; slot++)
        slot_of[problem->slot_shift[slot]] = slot;
    int64_t end = 0;
    g_array_append_val(begin, end);
    for (guint i = 0; i < record->lines->len; i++) {
        const RecordLine *line = g_ptr_array_index(record->lines, i);
        guint worker, shift;
        if (!pool_find_worker(pool, line->worker, &worker))
            continue;
        for (char **name = line->shifts; *name; name++) {
            int32_t slot = pool_find_shift(pool, *name, &shift) ? slot_of[shift] : -1;
            int32_t entry = slot >= 0 ? find_entry(&problem->problem, (int32_t)worker, slot) : -1;
            if (entry >= 0)
                g_array_append_val(entries, entry);
        }
        if ((int64_t)entries->len == end)
            continue;
        qsort((int32_t *)(void *)entries->data + end, entries->len - (gsize)end, sizeof(int32_t), compare_entries);
        end = entries->len;
        g_array_append_val(begin, end);
    }
    SolverLines lines = {.count = (int32_t)begin->len - 1};
    lines.begin = week_problem_keep_data(problem, begin);
    lines.entry = week_problem_keep_data(problem, entries);
    return lines;
}

void solve_record_start(const SolveRecord *record, WeekProblem *problem, SolverStart *start)
{
    start->row_price = start_prices(record, problem);
    start->row_count = problem->problem.row_count;
    start->lines = start_lines(record, problem);
}
