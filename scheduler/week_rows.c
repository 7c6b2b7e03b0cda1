#include "curve.h"
#include "week_problem.h"

/* Entries that have the same coefficient in a row: builder->lists[begin] to lists[end - 1], each entry once a row. */
typedef struct Members {
    int32_t row;
    int64_t coefficient;
    guint begin, end;
} Members;

typedef struct RowBuilder {
    WeekProblem *problem;
    GArray *rows, *meanings, *members; /* of SolverRow, RowMeaning, Members by rising row */
    GArray *lists;                     /* of gint32: all entries by slot, then what only some rows need */
    guint *slot_begin;                 /* [slots + 1] in the lists */
    guint *coop_begin, *coop_slots;    /* the slots of coop c: coop_slots[coop_begin[c]] and on */
    GHashTable *levels;                /* "date certificate" -> guint8[workers], the level of each */
} RowBuilder;

static int32_t add_row(RowBuilder *builder, SolverRow row, RowMeaning meaning)
{
    g_array_append_val(builder->rows, row);
    g_array_append_val(builder->meanings, meaning);
    return (int32_t)builder->rows->len - 1;
}

static void add_members(RowBuilder *builder, int32_t row, int64_t coefficient, guint begin, guint end)
{
    Members members = {row, coefficient, begin, end};
    if (begin < end)
        g_array_append_val(builder->members, members);
}

static void add_slot_members(RowBuilder *builder, int32_t row, int64_t coefficient, guint slot)
{
    add_members(builder, row, coefficient, builder->slot_begin[slot], builder->slot_begin[slot + 1]);
}

/* What everybody holds on the day: many shifts ask for the same. */
static const guint8 *levels_of(RowBuilder *builder, const char *certificate, Day day)
{
    const Pool *pool = builder->problem->week->pool;
    g_autofree char *key = g_strdup_printf("%d %s", day, certificate);
    guint8 *levels = g_hash_table_lookup(builder->levels, key);
    if (levels)
        return levels;
    levels = g_new(guint8, pool->workers->len + 1);
    for (guint worker = 0; worker < pool->workers->len; worker++)
        levels[worker] = (guint8)worker_level(pool_worker(pool, worker), certificate, day);
    g_hash_table_insert(builder->levels, g_steal_pointer(&key), levels);
    return levels;
}

/* Puts the slot's entries whose workers hold the certificate at that level behind the lists; where they begin. */
static guint list_level(RowBuilder *builder, guint slot, const char *certificate, CertificateLevel level)
{
    guint begin = builder->lists->len;
    const Pool *pool = builder->problem->week->pool;
    Day day = zone_day(pool->zone, pool_shift(pool, builder->problem->slot_shift[slot])->end_min);
    const guint8 *levels = levels_of(builder, certificate, day);
    for (guint at = builder->slot_begin[slot]; at < builder->slot_begin[slot + 1]; at++) {
        gint32 entry = g_array_index(builder->lists, gint32, at);
        if (levels[builder->problem->problem.entries[entry].worker] == (guint8)level)
            g_array_append_val(builder->lists, entry);
    }
    return begin;
}

static void add_shift_rows(RowBuilder *builder, guint slot)
{
    const WeekProblem *problem = builder->problem;
    const Pool *pool = problem->week->pool;
    guint shift_index = problem->slot_shift[slot];
    const Shift *shift = pool_shift(pool, shift_index);
    const Decimal *price = pool->prices.of;
    SolverRow headcount = {
        .most = shift->headcount,
        .wanted = shift->headcount,
        .below = curve_straight(price[PRICE_SHORTFALL_CRITICAL + (int)shift->priority] * shift_paid_min(shift),
                                DECIMAL_ONE / 100 * 60)};
    int32_t row = add_row(builder, headcount, (RowMeaning){ROW_HEADCOUNT, shift_index, shift->coop, 0, 0, NULL});
    add_slot_members(builder, row, 1, slot);

    for (const char **name = shift->team_certificates; *name && shift->headcount > 0; name++) {
        SolverRow team = {
            .most = SOLVER_NEVER, .wanted = 1, .below = curve_straight(price[PRICE_TEAM], DECIMAL_ONE / 100)};
        row = add_row(builder, team, (RowMeaning){ROW_TEAM, shift_index, shift->coop, 0, 0, *name});
        guint begin = list_level(builder, slot, *name, CERTIFICATE_HOLDER);
        add_members(builder, row, 1, begin, builder->lists->len);
    }

    for (const char **name = shift->certificates; *name; name++) {
        guint learners = list_level(builder, slot, *name, CERTIFICATE_LEARNER), holders = builder->lists->len;
        if (learners == holders)
            continue;
        SolverRow beside = {.most = 0, .wanted = 0, .below = {.denominator = 1}};
        row = add_row(builder, beside, (RowMeaning){ROW_LEARNERS, shift_index, shift->coop, 0, 0, *name});
        list_level(builder, slot, *name, CERTIFICATE_HOLDER);
        add_members(builder, row, 1, learners, holders);
        add_members(builder, row, -1, holders, builder->lists->len);
    }
}

/*
 * Fairness of a coop in a week: its hours given, wanted what it asked, charged beyond the free fraction. The unit is
 * the greatest part of a minute (in ten-thousandths) that all shifts and the free part are whole multiples of.
 */
static void add_coop_row(RowBuilder *builder, guint coop, int place)
{
    const WeekProblem *problem = builder->problem;
    const Pool *pool = problem->week->pool;
    int64_t asked_min = 0, unit = 0;
    for (guint i = builder->coop_begin[coop]; i < builder->coop_begin[coop + 1]; i++) {
        guint slot = builder->coop_slots[i];
        const Shift *shift = pool_shift(pool, problem->slot_shift[slot]);
        if (problem->problem.slots[slot].period != place)
            continue;
        asked_min += shift->headcount * shift_paid_min(shift);
        unit = greatest_divisor(unit, shift_paid_min(shift) * DECIMAL_ONE);
    }
    Decimal price = pool->prices.of[PRICE_UNFAIR];
    int64_t free_units = pool->prices.of[PRICE_UNFAIR_FREE] * asked_min; /* ten-thousandths of a minute */
    if (asked_min == 0 || price == 0 || free_units >= asked_min * DECIMAL_ONE)
        return;
    unit = greatest_divisor(unit, free_units);
    SolverRow fairness = {
        .most = SOLVER_NEVER,
        .wanted = asked_min * DECIMAL_ONE / unit,
        .below = curve_bent(0, price * unit, free_units / unit, (int64_t)DECIMAL_ONE * DECIMAL_ONE / 100 * 60)};
    int32_t row = add_row(builder, fairness,
                          (RowMeaning){ROW_FAIRNESS, PIECE_NO_SHIFT, coop, place, (double)unit / DECIMAL_ONE, NULL});
    for (guint i = builder->coop_begin[coop]; i < builder->coop_begin[coop + 1]; i++) {
        guint slot = builder->coop_slots[i];
        const Shift *shift = pool_shift(pool, problem->slot_shift[slot]);
        if (problem->problem.slots[slot].period == place)
            add_slot_members(builder, row, shift_paid_min(shift) * DECIMAL_ONE / unit, slot);
    }
}

/* From the members of each row to the rows of each entry. */
static void set_rows(RowBuilder *builder)
{
    WeekProblem *problem = builder->problem;
    gsize entries = (gsize)problem->problem.entry_count;
    int64_t *begin = week_problem_keep(problem, g_new0(int64_t, entries + 2));
    for (guint i = 0; i < builder->members->len; i++) {
        const Members *members = &g_array_index(builder->members, Members, i);
        for (guint at = members->begin; at < members->end; at++)
            begin[g_array_index(builder->lists, gint32, at) + 2]++;
    }
    for (gsize entry = 0; entry < entries; entry++)
        begin[entry + 2] += begin[entry + 1];
    int32_t *rows = week_problem_keep(problem, g_new(int32_t, (gsize)begin[entries + 1] + 1));
    int64_t *coefficients = week_problem_keep(problem, g_new(int64_t, (gsize)begin[entries + 1] + 1));
    for (guint i = 0; i < builder->members->len; i++) {
        const Members *members = &g_array_index(builder->members, Members, i);
        for (guint at = members->begin; at < members->end; at++) {
            int64_t place = begin[g_array_index(builder->lists, gint32, at) + 1]++;
            rows[place] = members->row;
            coefficients[place] = members->coefficient;
        }
    }
    problem->problem.entry_row_begin = begin;
    problem->problem.entry_row = rows;
    problem->problem.entry_coefficient = coefficients;
    problem->problem.row_count = (int32_t)builder->rows->len;
    problem->problem.rows = week_problem_keep_data(problem, builder->rows);
    problem->meaning = week_problem_keep_data(problem, builder->meanings);
}

static void list_entries(RowBuilder *builder)
{
    const SolverProblem *problem = &builder->problem->problem;
    g_array_set_size(builder->lists, (guint)problem->entry_count);
    for (int32_t entry = 0; entry < problem->entry_count; entry++)
        builder->slot_begin[problem->entries[entry].slot + 2]++;
    for (int32_t slot = 0; slot < problem->slot_count; slot++)
        builder->slot_begin[slot + 2] += builder->slot_begin[slot + 1];
    for (int32_t entry = 0; entry < problem->entry_count; entry++)
        g_array_index(builder->lists, gint32, builder->slot_begin[problem->entries[entry].slot + 1]++) = entry;
}

static void list_slots(RowBuilder *builder)
{
    const Pool *pool = builder->problem->week->pool;
    guint slots = (guint)builder->problem->problem.slot_count;
    for (guint slot = 0; slot < slots; slot++)
        builder->coop_begin[pool_shift(pool, builder->problem->slot_shift[slot])->coop + 2]++;
    for (guint coop = 0; coop < pool->coops->len; coop++)
        builder->coop_begin[coop + 2] += builder->coop_begin[coop + 1];
    for (guint slot = 0; slot < slots; slot++)
        builder->coop_slots[builder->coop_begin[pool_shift(pool, builder->problem->slot_shift[slot])->coop + 1]++] =
            slot;
}

void week_problem_add_rows(WeekProblem *problem)
{
    guint slots = (guint)problem->problem.slot_count, coops = problem->week->pool->coops->len;
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(Members));
    g_autoptr(GArray) lists = g_array_new(FALSE, FALSE, sizeof(gint32));
    g_autofree guint *slot_begin = g_new0(guint, slots + 2), *coop_begin = g_new0(guint, coops + 2);
    g_autofree guint *coop_slots = g_new0(guint, slots + 1);
    g_autoptr(GHashTable) levels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    RowBuilder builder = {.problem = problem,
                          .rows = g_array_new(FALSE, FALSE, sizeof(SolverRow)),
                          .meanings = g_array_new(FALSE, FALSE, sizeof(RowMeaning)),
                          .members = members,
                          .lists = lists,
                          .slot_begin = slot_begin,
                          .coop_begin = coop_begin,
                          .coop_slots = coop_slots,
                          .levels = levels};
    list_entries(&builder);
    list_slots(&builder);
    for (guint slot = 0; slot < slots; slot++)
        add_shift_rows(&builder, slot);
    for (int place = 0; place < problem->week->count; place++)
        for (guint coop = 0; coop < coops; coop++)
            add_coop_row(&builder, coop, place);
    set_rows(&builder);
}
