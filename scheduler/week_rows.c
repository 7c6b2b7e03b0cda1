#include "curve.h"
#include "week_problem.h"

typedef struct RowBuilder {
    WeekProblem *problem;
    GArray *rows, *meanings; /* of SolverRow, RowMeaning */
    GPtrArray *members;      /* per entry: GArray of RowMember */
} RowBuilder;

typedef struct RowMember {
    int32_t row;
    int64_t coefficient;
} RowMember;

static int32_t add_row(RowBuilder *builder, SolverRow row, RowMeaning meaning)
{
    g_array_append_val(builder->rows, row);
    g_array_append_val(builder->meanings, meaning);
    return (int32_t)builder->rows->len - 1;
}

static void add_member(RowBuilder *builder, guint entry, int32_t row, int64_t coefficient)
{
    RowMember member = {row, coefficient};
    g_array_append_val((GArray *)g_ptr_array_index(builder->members, entry), member);
}

static CertificateLevel entry_level(const WeekProblem *problem, guint entry, const char *certificate, Day day)
{
    return worker_level(pool_worker(problem->week->pool, (guint)problem->problem.entries[entry].worker), certificate,
                        day);
}

/* mine: the entries of the shift's slot. */
static void add_shift_rows(RowBuilder *builder, guint shift_index, const GArray *mine)
{
    const WeekProblem *problem = builder->problem;
    const Pool *pool = problem->week->pool;
    const Shift *shift = pool_shift(pool, shift_index);
    const Decimal *price = pool->prices.of;
    Day day = zone_day(pool->zone, shift->end_min);
    SolverRow headcount = {
        .most = shift->headcount,
        .wanted = shift->headcount,
        .below = curve_straight(price[PRICE_SHORTFALL_CRITICAL + (int)shift->priority] * shift_paid_min(shift),
                                DECIMAL_ONE / 100 * 60)};
    int32_t row = add_row(builder, headcount, (RowMeaning){ROW_HEADCOUNT, shift_index, shift->coop, 0, NULL});
    for (guint i = 0; i < mine->len; i++)
        add_member(builder, g_array_index(mine, guint, i), row, 1);

    for (const char **name = shift->team_certificates; *name && shift->headcount > 0; name++) {
        SolverRow team = {
            .most = SOLVER_NEVER, .wanted = 1, .below = curve_straight(price[PRICE_TEAM], DECIMAL_ONE / 100)};
        row = add_row(builder, team, (RowMeaning){ROW_TEAM, shift_index, shift->coop, 0, *name});
        for (guint i = 0; i < mine->len; i++)
            if (entry_level(problem, g_array_index(mine, guint, i), *name, day) == CERTIFICATE_HOLDER)
                add_member(builder, g_array_index(mine, guint, i), row, 1);
    }

    for (const char **name = shift->certificates; *name; name++) {
        guint learners = 0;
        for (guint i = 0; i < mine->len; i++)
            learners += entry_level(problem, g_array_index(mine, guint, i), *name, day) == CERTIFICATE_LEARNER;
        if (learners == 0)
            continue;
        SolverRow beside = {.most = 0, .wanted = 0, .below = {.denominator = 1}};
        row = add_row(builder, beside, (RowMeaning){ROW_LEARNERS, shift_index, shift->coop, 0, *name});
        for (guint i = 0; i < mine->len; i++) {
            CertificateLevel level = entry_level(problem, g_array_index(mine, guint, i), *name, day);
            if (level != CERTIFICATE_NONE)
                add_member(builder, g_array_index(mine, guint, i), row, level == CERTIFICATE_LEARNER ? 1 : -1);
        }
    }
}

/*
 * Fairness of a coop: its hours given, wanted what it asked, charged beyond the free fraction. The unit is the greatest
 * part of a minute (in ten-thousandths) that all shifts and the free part are whole multiples of.
 */
static void add_coop_row(RowBuilder *builder, guint coop, const GPtrArray *entries_of_slot)
{
    const WeekProblem *problem = builder->problem;
    const Pool *pool = problem->week->pool;
    int64_t asked_min = 0, unit = 0;
    for (int32_t slot = 0; slot < problem->problem.slot_count; slot++) {
        const Shift *shift = pool_shift(pool, problem->slot_shift[slot]);
        if (shift->coop != coop)
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
    int32_t row =
        add_row(builder, fairness, (RowMeaning){ROW_FAIRNESS, PIECE_NO_SHIFT, coop, (double)unit / DECIMAL_ONE, NULL});
    for (int32_t slot = 0; slot < problem->problem.slot_count; slot++) {
        const Shift *shift = pool_shift(pool, problem->slot_shift[slot]);
        const GArray *mine = g_ptr_array_index(entries_of_slot, (guint)slot);
        for (guint i = 0; shift->coop == coop && i < mine->len; i++)
            add_member(builder, g_array_index(mine, guint, i), row, shift_paid_min(shift) * DECIMAL_ONE / unit);
    }
}

static void set_rows(RowBuilder *builder)
{
    WeekProblem *problem = builder->problem;
    int32_t entry_count = problem->problem.entry_count;
    int64_t *begin = week_problem_keep(problem, g_new0(int64_t, (gsize)entry_count + 1));
    for (int32_t entry = 0; entry < entry_count; entry++)
        begin[entry + 1] = begin[entry] + ((GArray *)g_ptr_array_index(builder->members, (guint)entry))->len;
    int32_t *rows = week_problem_keep(problem, g_new0(int32_t, (gsize)begin[entry_count] + 1));
    int64_t *coefficients = week_problem_keep(problem, g_new0(int64_t, (gsize)begin[entry_count] + 1));
    for (int32_t entry = 0; entry < entry_count; entry++) {
        const GArray *members = g_ptr_array_index(builder->members, (guint)entry);
        for (guint i = 0; i < members->len; i++) {
            const RowMember *member = &g_array_index(members, RowMember, i);
            rows[begin[entry] + i] = member->row;
            coefficients[begin[entry] + i] = member->coefficient;
        }
    }
    problem->problem.entry_row_begin = begin;
    problem->problem.entry_row = rows;
    problem->problem.entry_coefficient = coefficients;
    problem->problem.row_count = (int32_t)builder->rows->len;
    problem->problem.rows = week_problem_keep_data(problem, builder->rows);
    problem->meaning = week_problem_keep_data(problem, builder->meanings);
}

static GPtrArray *new_lists(guint count, guint element)
{
    GPtrArray *lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(lists, g_array_new(FALSE, FALSE, element));
    return lists;
}

void week_problem_add_rows(WeekProblem *problem)
{
    guint slots = (guint)problem->problem.slot_count;
    g_autoptr(GPtrArray) entries_of_slot = new_lists(slots, sizeof(guint));
    g_autoptr(GPtrArray) members = new_lists((guint)problem->problem.entry_count, sizeof(RowMember));
    for (guint entry = 0; entry < (guint)problem->problem.entry_count; entry++)
        g_array_append_val((GArray *)g_ptr_array_index(entries_of_slot, (guint)problem->problem.entries[entry].slot),
                           entry);
    RowBuilder builder = {problem, g_array_new(FALSE, FALSE, sizeof(SolverRow)),
                          g_array_new(FALSE, FALSE, sizeof(RowMeaning)), members};
    for (guint slot = 0; slot < slots; slot++)
        add_shift_rows(&builder, problem->slot_shift[slot], g_ptr_array_index(entries_of_slot, slot));
    for (guint coop = 0; coop < problem->week->pool->coops->len; coop++)
        add_coop_row(&builder, coop, entries_of_slot);
    set_rows(&builder);
}
