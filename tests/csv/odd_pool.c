#include "odd_pool.h"

#define FIRST_DAY_MIN ((int64_t)20000 * 24 * 60) /* in 2024: both clock changes of four years are in the span below */
#define SPAN_MIN      (4 * 366 * 24 * 60)

static guint below(GRand *random, guint limit)
{
    return (guint)g_rand_int_range(random, 0, (gint32)limit);
}

/* Text with everything that CSV, INI and terminals trip over, but no zero byte; may be "". */
static char *random_text(GRand *random)
{
    static const char *const pieces[] = {"a", "De Werker", ",", ";",    "\"",  "\n",  "\r\n",         "\r",
                                         " ", "\t",        "'", "ليلى", "é",   "ጸሃይ", "\xef\xbb\xbf", "=",
                                         "#", "+",         "0", "\\",   "\\n", "--",  "🙂",         "\x01"};
    GString *text = g_string_new(NULL);
    for (guint left = below(random, 8); left > 0; left--)
        g_string_append(text, pieces[below(random, G_N_ELEMENTS(pieces))]);
    return g_string_free(text, FALSE);
}

/* An id that nobody else has: no blanks at its ends, none of the marks that ids may not have. */
static char *random_id(GRand *random, const char *prefix, guint number)
{
    static const char *const middles[] = {"", "-", " ", "é", ".", "=", "ليلى", "'", ":", "\\"};
    return g_strdup_printf("%s%s%u", prefix, middles[below(random, G_N_ELEMENTS(middles))], number);
}

static Decimal random_decimal(GRand *random, guint most)
{
    Decimal whole = (Decimal)below(random, most) * DECIMAL_ONE;
    return below(random, 2) ? whole : whole + (Decimal)below(random, DECIMAL_ONE);
}

static Place random_place(GRand *random)
{
    if (below(random, 4) == 0)
        return (Place){0};
    if (below(random, 4) == 0) /* what people write */
        return (Place){below(random, 900000) / 10000.0, below(random, 1800000) / -10000.0, TRUE};
    return (Place){g_rand_double_range(random, -90, 90), g_rand_double_range(random, -180, 180), TRUE};
}

static int64_t random_minute(GRand *random)
{
    static const int64_t falls_back_min = 29881500; /* 2026-10-25T01:00Z, when clocks in the EU go back */
    if (below(random, 8) == 0)
        return falls_back_min - 180 + below(random, 360);
    return FIRST_DAY_MIN + below(random, SPAN_MIN);
}

static void add_coops(GRand *random, Pool *pool, guint count)
{
    for (guint number = 0; number < count; number++) {
        g_autofree char *id = random_id(random, "C", number), *name = random_text(random),
                        *sector = random_text(random);
        g_autofree char *address = random_text(random), *contact = random_text(random);
        Coop coop = {.id = id,
                     .name = name,
                     .sector = sector,
                     .address = address,
                     .contact = contact,
                     .place = random_place(random),
                     .rate = random_decimal(random, 90)};
        g_assert_true(pool_add_coop(pool, &coop, NULL, NULL));
    }
}

static const char *random_certificate(GRand *random)
{
    static const char *const names[] = {"BHV",          "VOG", "Code 95/C+E", "HACCP, basic",
                                        "VCA \"full\"", "рус", "a\nb",        "#1"};
    return names[below(random, G_N_ELEMENTS(names))];
}

static void add_belongings(GRand *random, Pool *pool, guint worker)
{
    for (guint left = below(random, 4); left > 0; left--) {
        Certificate certificate = {.name = random_certificate(random),
                                   .valid_from = below(random, 3) ? (Day)(20000 + below(random, 500)) : DAY_MIN,
                                   .valid_until = below(random, 3) ? (Day)(20500 + below(random, 500)) : DAY_MAX,
                                   .level = below(random, 2) ? CERTIFICATE_HOLDER : CERTIFICATE_LEARNER};
        g_assert_true(pool_add_certificate(pool, worker, &certificate, NULL));
    }
    for (guint left = below(random, 4); left > 0; left--) {
        int64_t start_min = random_minute(random);
        Window window = {start_min, start_min + 1 + below(random, 5000), (WindowKind)below(random, 3)};
        g_assert_true(pool_add_window(pool, worker, &window, NULL));
    }
    for (guint left = pool->coops->len ? below(random, 3) : 0; left > 0; left--) {
        Preference preference = {below(random, pool->coops->len), (PreferenceKind)below(random, 3)};
        g_assert_true(pool_add_preference(pool, worker, &preference, NULL));
    }
    static const WorkerRule rules[] = {{"max_consecutive_days", "3"}, {"forbidden_after_night", "early; day ;late"},
                                       {"max_weekends", "off"},       {"min_days_off", "2"},
                                       {"night_window", "4"},         {"max_night_shifts", "0"}};
    for (guint rule = 0; rule < G_N_ELEMENTS(rules); rule++)
        if (below(random, 4) == 0)
            g_assert_true(pool_add_worker_rule(pool, worker, &rules[rule], NULL));
    for (guint left = below(random, 4); left > 0; left--) {
        int64_t start_min = random_minute(random);
        gint32 length = 2 + (gint32)below(random, 1000);
        HistoryPiece piece = {below(random, 2) ? "GONE" : "", start_min, start_min + length,
                              (int32_t)below(random, (guint)length - 1)};
        g_assert_true(pool_add_history(pool, worker, &piece, NULL));
    }
}

static void add_workers(GRand *random, Pool *pool, guint count)
{
    for (guint number = 0; number < count; number++) {
        g_autofree char *id = random_id(random, "W", number), *name = random_text(random);
        g_autofree char *language = random_text(random);
        Worker worker = {.id = id,
                         .name = name,
                         .language = language,
                         .birth = (Day)below(random, 16000) - 5000,
                         .contract_min = random_decimal(random, 40),
                         .contract_max = (Decimal)(40 + below(random, 128)) * DECIMAL_ONE,
                         .hourly_cost = random_decimal(random, 80),
                         .place = random_place(random)};
        guint index;
        g_assert_true(pool_add_worker(pool, &worker, &index, NULL));
        add_belongings(random, pool, index);
    }
}

static void add_shifts(GRand *random, Pool *pool, guint count)
{
    for (guint number = 0; number < count; number++) {
        g_autofree char *id = random_id(random, "S", number), *role = random_text(random);
        int64_t start_min = random_minute(random);
        gint32 length = 60 + (gint32)below(random, 700);
        const char *each[] = {random_certificate(random), random_certificate(random), NULL};
        const char *team[] = {random_certificate(random), NULL};
        Shift shift = {.id = id,
                       .role = role,
                       .coop = below(random, pool->coops->len),
                       .start_min = start_min,
                       .end_min = start_min + length,
                       .break_min = length > 330 ? 45 : (int32_t)below(random, 50),
                       .headcount = (int32_t)below(random, 5),
                       .certificates = below(random, 2) ? each : each + 2,
                       .team_certificates = below(random, 2) ? team : team + 1,
                       .priority = (Priority)below(random, PRIORITIES)};
        g_assert_true(pool_add_shift(pool, &shift, NULL, NULL));
    }
}

static int compare_rosters(gconstpointer left, gconstpointer right)
{
    const Roster *const *one = left, *const *other = right;
    return (*one)->week.monday < (*other)->week.monday ? -1 : 1;
}

static void add_rosters(GRand *random, PoolImport *import)
{
    const Pool *pool = import->pool;
    g_autoptr(GHashTable) by_monday = g_hash_table_new(NULL, NULL);
    for (guint shift = 0; shift < pool->shifts->len && pool->workers->len > 0; shift++) {
        if (below(random, 3) == 0)
            continue;
        IsoWeek week = pool_shift(pool, shift)->week;
        Roster *roster = g_hash_table_lookup(by_monday, GINT_TO_POINTER(week.monday));
        if (!roster) {
            roster = roster_new(week, ROSTER_PUBLISHED, 1);
            g_hash_table_insert(by_monday, GINT_TO_POINTER(week.monday), roster);
            g_ptr_array_add(import->rosters, roster);
        }
        roster_add(roster, shift, below(random, pool->workers->len), below(random, 2) == 0);
    }
    g_ptr_array_sort(import->rosters, compare_rosters);
}

static Pool *random_settings(GRand *random)
{
    static const char *const zones[] = {"Europe/Amsterdam",    "Europe/London",  "America/St_Johns",
                                        "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"};
    Prices prices = prices_default();
    for (Price price = 0; price < PRICE_COUNT; price++)
        if (below(random, 3) == 0)
            prices.of[price] += random_decimal(random, 50);
    prices.of[PRICE_IDLE_FAR] = prices.of[PRICE_IDLE] + random_decimal(random, 2);
    prices.of[PRICE_EXTRA_FAR] = prices.of[PRICE_EXTRA] + random_decimal(random, 2);
    g_autoptr(RuleProfile) profile = profile_new("nl-atw", NULL);
    if (below(random, 2))
        g_assert_true(profile_override(profile, "max_consecutive_days", "5", NULL));
    if (below(random, 2))
        g_assert_true(profile_override(profile, "week_start", below(random, 2) ? "sunday" : "monday", NULL));
    if (below(random, 2))
        g_assert_true(profile_override(profile, "daily_rest", "720", NULL));
    if (below(random, 2))
        g_assert_true(profile_override(profile, "forbidden_after_late", "early;day", NULL));
    if (below(random, 2))
        g_assert_true(profile_override(profile, "max_weekends", below(random, 2) ? "1" : "off", NULL));
    static const char *const names[] = {"De Werker",       " ; ",    "\"", "a ; b", ";", "x # y",
                                        " De \"Werker\" ", "[pool]", "=",  "أ"};
    Pool *pool =
        pool_new("west", names[below(random, G_N_ELEMENTS(names))],
                 zone_new(zones[below(random, G_N_ELEMENTS(zones))], NULL), g_steal_pointer(&profile), &prices);
    pool->accept = below(random, 2) ? ACCEPT_AUTO : ACCEPT_ASK;
    pool->swaps = below(random, 2) ? ACCEPT_AUTO : ACCEPT_ASK;
    return pool;
}

PoolImport *odd_pool_new(GRand *random)
{
    PoolImport *import = g_new0(PoolImport, 1);
    import->pool = random_settings(random);
    import->rosters = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    guint coops = below(random, 5);
    add_coops(random, import->pool, coops);
    add_workers(random, import->pool, below(random, 8));
    add_shifts(random, import->pool, coops ? below(random, 20) : 0);
    pool_close(import->pool);
    add_rosters(random, import);
    return import;
}
