#include "random_pool.h"

#include <string.h>

#define HOUR        60
#define DAY_MINUTES 1440

static gboolean chance(GRand *rand, double probability)
{
    return g_rand_double(rand) < probability;
}

/* A start and a length on a coarse grid, so that boundaries are met often: 8 h gaps, 11 h rests, 36 h, 46 h. */
static void random_span(GRand *rand, int64_t from_min, int days, int64_t *start_min, int64_t *end_min,
                        int32_t *break_min)
{
    static const int lengths[] = {60, 120, 180, 240, 240, 300, 330, 360, 480, 480, 540, 570, 600, 660, 720, 760};
    static const int grids[] = {15, 30, 60, 60, 120};
    int grid = grids[g_rand_int_range(rand, 0, G_N_ELEMENTS(grids))];
    *start_min = from_min + (int64_t)g_rand_int_range(rand, 0, days * DAY_MINUTES / grid) * grid;
    int length = lengths[g_rand_int_range(rand, 0, G_N_ELEMENTS(lengths))];
    *end_min = *start_min + length;
    *break_min = length > 645 ? 45 : length > 330 ? 30 : 0;
    if (length > 270 && chance(rand, 0.2))
        *break_min += 15;
}

static void override(RuleProfile *profile, const char *key, int value)
{
    g_autofree char *text = g_strdup_printf("%d", value);
    g_autoptr(GError) error = NULL;
    if (!profile_override(profile, key, text, &error))
        g_error("%s", error->message);
}

/* Caller frees. */
static char *random_rule_value(GRand *rand, const char *key)
{
    static const char *const kinds[] = {"early", "day", "late", "night", "early;day", "early;late;night"};
    if (g_str_has_prefix(key, "forbidden_after_"))
        return g_strdup(kinds[g_rand_int_range(rand, 0, G_N_ELEMENTS(kinds))]);
    if (g_str_has_suffix(key, "_window"))
        return g_strdup_printf("%d", g_rand_int_range(rand, 1, 5));
    if (strcmp(key, "max_travel_km") == 0) /* homes are up to two kilometres from the sites */
        return g_strdup("1");
    gboolean may_be_none = g_str_has_prefix(key, "max_") && strcmp(key, "max_consecutive_days") != 0;
    return g_strdup_printf("%d", g_rand_int_range(rand, may_be_none ? 0 : 1, 4));
}

/* Each day rule of the pool has its turn, alone or with others. */
static void add_day_rules(GRand *rand, RuleProfile *profile)
{
    for (const char *const *key = day_rule_keys(); *key; key++) {
        g_autofree char *value = random_rule_value(rand, *key);
        if (chance(rand, 0.15))
            g_assert_true(profile_override(profile, *key, value, NULL));
    }
}

/* And each of one worker, stricter or laxer than the pool's. */
static void add_own_rules(GRand *rand, Pool *pool, guint worker)
{
    for (const char *const *key = day_rule_keys(); *key; key++) {
        gboolean may_be_off = !g_str_has_suffix(*key, "_window") && strcmp(*key, "max_consecutive_days") != 0;
        g_autofree char *value = may_be_off && chance(rand, 0.3) ? g_strdup("off") : random_rule_value(rand, *key);
        if (chance(rand, 0.15))
            g_assert_true(pool_add_worker_rule(pool, worker, &(WorkerRule){*key, value}, NULL));
    }
}

/* Each number made stricter with some chance: alone, a week of history would never reach the law's own. */
static RuleProfile *tight_profile(GRand *rand)
{
    RuleProfile *profile = profile_new("nl-atw", NULL);
    static const struct {
        const char *key;
        int least, most, step;
    } numbers[] = {{"week", 600, 2400, 60},           {"four_weeks", 1200, 6000, 60},
                   {"sixteen_weeks", 1200, 8000, 60}, {"nights_16_weeks", 0, 4, 1},
                   {"many_nights", 1, 4, 1},          {"many_nights_hours", 600, 4000, 60},
                   {"series_duties", 2, 5, 1},        {"night_run", 1, 3, 1},
                   {"sundays_52_weeks", 0, 2, 1},     {"stretch", 1440, 7920, 60},
                   {"duty_work", 240, 720, 60},       {"duty_span", 300, 780, 60},
                   {"youth_week", 300, 2000, 60},     {"youth_four_weeks", 600, 3000, 60},
                   {"youth_duty", 180, 540, 60},      {"daily_rest", 660, 840, 60},
                   {"youth_rest", 720, 1140, 60},     {"night_work", 240, 600, 60},
                   {"night_rest", 840, 1140, 60},     {"night_run_rest", 2760, 3600, 60},
                   {"break_over", 60, 330, 30},       {"long_break_over", 240, 600, 60},
                   {"long_break_need", 45, 60, 15},   {"youth_break_over", 60, 270, 30},
                   {"youth_break_need", 30, 90, 15}};
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (chance(rand, 0.25))
            override(profile, numbers[i].key,
                     numbers[i].least +
                         g_rand_int_range(rand, 0, (numbers[i].most - numbers[i].least) / numbers[i].step + 1) *
                             numbers[i].step);
    override(profile, "max_shifts_per_day", g_rand_int_range(rand, 1, 4));
    if (chance(rand, 0.5))
        add_day_rules(rand, profile);
    override(profile, "max_consecutive_days", g_rand_int_range(rand, 2, 8));
    if (chance(rand, 0.3))
        profile_override(profile, "week_start", "sunday", NULL);
    return profile;
}

static Prices random_prices(GRand *rand)
{
    Prices prices = prices_default();
    if (chance(rand, 0.5)) {
        prices_set(&prices, "unfair_free", chance(rand, 0.5) ? "0.3333" : "0", NULL);
        prices_set(&prices, "shortfall_normal", "33.3333", NULL);
        prices_set(&prices, "idle_far_hours", "1.5", NULL);
        prices_set(&prices, "extra_far_hours", "0", NULL);
        prices_set(&prices, "avoid", "0.0101", NULL);
    }
    return prices;
}

static void add_worker(RandomPool *made, GRand *rand, int number, int coops)
{
    Pool *pool = made->pool;
    int64_t monday = iso_week_start(pool->zone, made->week);
    g_autofree char *id = g_strdup_printf("w%d", number);
    Worker worker = {.id = id,
                     .birth = chance(rand, 0.4) ? made->week.monday + g_rand_int_range(rand, -2, 15)
                                                : day_from_civil(1985, 5, 5),
                     .contract_min = g_rand_int_range(rand, 0, 30) * 2500,
                     .hourly_cost = g_rand_int_range(rand, 150000, 310000)};
    if (worker.birth > day_from_civil(2000, 1, 1)) { /* turns 18 (or, rarely, 16) within or about the week */
        int year, month, day;
        day_to_civil(worker.birth, &year, &month, &day);
        worker.birth = day_from_civil(year - (chance(rand, 0.2) ? 16 : 18), month, MIN(day, 28));
    }
    worker.contract_max = worker.contract_min + g_rand_int_range(rand, 4, 40) * DECIMAL_ONE;
    if (chance(rand, 0.5))
        worker.place = (Place){52.36 + g_rand_double(rand) / 50, 4.80 + g_rand_double(rand) / 50, TRUE};
    guint index;
    g_assert_true(pool_add_worker(pool, &worker, &index, NULL));
    if (chance(rand, 0.3))
        add_own_rules(rand, pool, index);
    for (const char *const *name = (const char *const[]){"X", "Y", NULL}; *name; name++)
        if (chance(rand, 0.7)) {
            Certificate certificate = {*name, DAY_MIN,
                                       chance(rand, 0.2) ? made->week.monday + g_rand_int_range(rand, 0, 7) : DAY_MAX,
                                       chance(rand, 0.4) ? CERTIFICATE_LEARNER : CERTIFICATE_HOLDER};
            pool_add_certificate(pool, index, &certificate, NULL);
        }
    for (int i = g_rand_int_range(rand, 0, 3); i > 0; i--) {
        int64_t start = monday + g_rand_int_range(rand, 0, 7 * 24) * HOUR;
        Window window = {start, start + g_rand_int_range(rand, 1, 12) * HOUR, (WindowKind)g_rand_int_range(rand, 0, 3)};
        pool_add_window(pool, index, &window, NULL);
    }
    if (chance(rand, 0.4)) {
        Preference preference = {(guint)g_rand_int_range(rand, 0, coops), (PreferenceKind)g_rand_int_range(rand, 0, 3)};
        pool_add_preference(pool, index, &preference, NULL);
    }
    int64_t last_end = 0;
    for (int64_t at = monday - g_rand_int_range(rand, 3, 24) * DAY_MINUTES; at < monday;
         at += g_rand_int_range(rand, 10, 70) * HOUR) {
        HistoryPiece piece = {.coop = chance(rand, 0.1) ? "" : chance(rand, 0.5) ? "c0" : "c1"};
        random_span(rand, at, 1, &piece.start_min, &piece.end_min, &piece.break_min);
        if (piece.start_min >= last_end && piece.start_min < monday)
            pool_add_history(pool, index, &piece, NULL);
        last_end = MAX(last_end, piece.end_min);
    }
}

/* No import brings a shift with too little break, so none is made up. */
static void give_lawful_break(const RandomPool *made, Shift *shift)
{
    const RuleNumbers *numbers = profile_numbers(made->pool->profile, made->week);
    if (shift_paid_min(shift) > numbers->break_over)
        shift->break_min = MAX(shift->break_min, numbers->break_need);
    if (shift_paid_min(shift) > numbers->long_break_over)
        shift->break_min = MAX(shift->break_min, numbers->long_break_need);
}

static void add_shift(RandomPool *made, GRand *rand, int number, int64_t from_min, int coops)
{
    g_autofree char *id = g_strdup_printf("s%d", number);
    static const char *const lists[][3] = {{NULL}, {NULL}, {"X", NULL}, {"Y", NULL}, {"X", "Y", NULL}};
    Shift shift = {.id = id,
                   .coop = (guint)g_rand_int_range(rand, 0, coops),
                   .headcount = g_rand_int_range(rand, 0, 8) ? g_rand_int_range(rand, 1, 4) : 0,
                   .certificates = (const char **)(gpointer)lists[g_rand_int_range(rand, 0, G_N_ELEMENTS(lists))],
                   .team_certificates = (const char **)(gpointer)lists[g_rand_int_range(rand, 0, 3)],
                   .priority = (Priority)g_rand_int_range(rand, 0, PRIORITIES)};
    random_span(rand, from_min, 7, &shift.start_min, &shift.end_min, &shift.break_min);
    give_lawful_break(made, &shift);
    g_autoptr(GError) error = NULL;
    if (!pool_add_shift(made->pool, &shift, NULL, &error))
        g_error("%s", error->message);
}

/* Shifts of the week after, and of the judged week, handed out without a look at the rules. */
static void publish_some(RandomPool *made, GRand *rand)
{
    Pool *pool = made->pool;
    Roster *after = roster_new((IsoWeek){made->week.monday + 7}, ROSTER_PUBLISHED, 1);
    Roster *judged = roster_new(made->week, ROSTER_PUBLISHED, 1);
    for (guint i = 0; i < pool->shifts->len; i++) {
        Roster *roster = pool_shift(pool, i)->week.monday == made->week.monday ? judged : after;
        if (chance(rand, roster == judged ? 0.5 : 0.8))
            roster_add(roster, i, (guint)g_rand_int_range(rand, 0, (gint32)pool->workers->len), FALSE);
    }
    made->published = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    g_ptr_array_add(made->published, after);
    if (chance(rand, 0.5))
        g_ptr_array_add(made->published, judged);
    else
        roster_free(judged);
}

/* Closed by the caller, who adds the other weeks. */
static RandomPool *random_week_of_shifts(GRand *rand, int most_workers, int most_shifts)
{
    static const char *const weeks[] = {"2026-W49", "2026-W43",
                                        "2027-W12"}; /* an ordinary one and both clock changes */
    RandomPool *made = g_new0(RandomPool, 1);
    iso_week_parse(weeks[g_rand_int_range(rand, 0, 3)], &made->week, NULL);
    Prices prices = random_prices(rand);
    made->pool = pool_new("random", "random", zone_new("Europe/Amsterdam", NULL), tight_profile(rand), &prices);
    for (int i = 0; i < 3; i++) {
        g_autofree char *id = g_strdup_printf("c%d", i);
        Coop coop = {.id = id, .place = {52.37, 4.81, i != 2}};
        pool_add_coop(made->pool, &coop, NULL, NULL);
    }
    for (int i = g_rand_int_range(rand, 1, most_workers + 1); i > 0; i--)
        add_worker(made, rand, i, 3);
    int64_t monday = iso_week_start(made->pool->zone, made->week);
    int shifts = g_rand_int_range(rand, 1, most_shifts + 1);
    for (int i = 0; i < shifts; i++)
        add_shift(made, rand, i, monday, 3);
    return made;
}

RandomPool *random_pool_new(guint32 seed, int most_workers, int most_shifts)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    RandomPool *made = random_week_of_shifts(rand, most_workers, most_shifts);
    int64_t monday = iso_week_start(made->pool->zone, made->week);
    for (int i = 0; i < 3; i++)
        add_shift(made, rand, 1000 + i, monday + 7 * DAY_MINUTES + 120, 3);
    pool_close(made->pool);
    publish_some(made, rand);
    return made;
}

RandomPool *random_span_new(guint32 seed, int most_workers, int most_shifts, int weeks)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    RandomPool *made = random_week_of_shifts(rand, most_workers, most_shifts);
    for (int week = 1; week < weeks; week++) {
        int64_t monday = iso_week_start(made->pool->zone, (IsoWeek){made->week.monday + 7 * week});
        for (int i = g_rand_int_range(rand, 1, most_shifts + 1); i > 0; i--)
            add_shift(made, rand, 1000 * week + i, monday, 3);
    }
    pool_close(made->pool);
    made->published = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    return made;
}

void random_pool_free(RandomPool *made)
{
    if (!made)
        return;
    g_ptr_array_unref(made->published);
    pool_free(made->pool);
    g_free(made);
}
