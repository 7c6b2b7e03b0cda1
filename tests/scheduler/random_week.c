#include "random_week.h"

#include "rooster/rules.h"
#include "test_pool.h"

#define DAY_MINUTES 1440

typedef struct Maker {
    GRand *dice;
    RandomWeek *made;
    IsoWeek week;
} Maker;

/* 0 <= result < count */
static int below(Maker *maker, int count)
{
    return g_rand_int_range(maker->dice, 0, count);
}

static gboolean chance(Maker *maker, int percent)
{
    return below(maker, 100) < percent;
}

/* One of the values, all of one type. */
#define PICK(maker, ...) PICK_OF(maker, __typeof__((FIRST(__VA_ARGS__)) + 0), __VA_ARGS__)
#define PICK_OF(maker, type, ...)                                                                                      \
    (((const type[]){__VA_ARGS__})[below(maker, (int)(sizeof((const type[]){__VA_ARGS__}) / sizeof(type)))])
#define FIRST(first, ...) first

/* An instant so many days and local minutes after the week's Monday 00:00. */
static int64_t at(Maker *maker, int day, int minute)
{
    return zone_at(maker->made->pool->zone, maker->week.monday + day, minute / 60, minute % 60);
}

/* --- the pool's rules, prices and people */

static Pool *make_pool(Maker *maker)
{
    static const char *const weeks[] = {"2026-W49", "2026-W49", "2026-W49", "2026-W43", "2026-W44",
                                        "2027-W12", "2027-W13", "2026-W53", "2027-W01"};
    static const char *const zones[] = {"Europe/Amsterdam",   "Europe/Amsterdam", "Europe/Amsterdam",
                                        "Europe/Amsterdam",   "Africa/Cairo",     "America/New_York",
                                        "Australia/Lord_Howe"};
    RuleProfile *profile = profile_new("nl-atw", NULL);
    Prices prices = prices_default();
    iso_week_parse(weeks[below(maker, G_N_ELEMENTS(weeks))], &maker->week, NULL);
    if (chance(maker, 40))
        profile_override(profile, "week_start", "sunday", NULL);
    if (chance(maker, 60))
        profile_override(profile, "max_shifts_per_day", PICK(maker, "1", "2", "2", "3"), NULL);
    if (chance(maker, 50))
        profile_override(profile, "max_consecutive_days", PICK(maker, "3", "5", "7", "14"), NULL);
    if (chance(maker, 40)) {
        static const char *const rules[][2] = {{"min_consecutive_days", "2"},
                                               {"min_days_off", "2"},
                                               {"max_weekends", "1"},
                                               {"max_travel_km", "4"},
                                               {"max_late_shifts", "1"},
                                               {"max_night_shifts", "2"},
                                               {"forbidden_after_late", "early"},
                                               {"forbidden_after_night", "early;day;late"}};
        int rule = below(maker, G_N_ELEMENTS(rules));
        profile_override(profile, rules[rule][0], rules[rule][1], NULL);
        profile_override(profile, "night_window", PICK(maker, "1", "4"), NULL);
    }
    for (Price price = 0; price < PRICE_COUNT; price++)
        if (chance(maker, 40))
            prices.of[price] = g_rand_int_range(maker->dice, 0, price == PRICE_UNFAIR_FREE ? DECIMAL_ONE : 500000);
    prices.of[PRICE_IDLE_FAR] = MAX(prices.of[PRICE_IDLE], prices.of[PRICE_IDLE_FAR]);
    prices.of[PRICE_EXTRA_FAR] = MAX(prices.of[PRICE_EXTRA], prices.of[PRICE_EXTRA_FAR]);
    return pool_new("random", "Random", zone_new(zones[below(maker, G_N_ELEMENTS(zones))], NULL), profile, &prices);
}

static Place make_place(Maker *maker)
{
    if (chance(maker, 25))
        return (Place){0};
    return (Place){52.3 + below(maker, 1000) / 8192.0, 4.7 + below(maker, 1000) / 7919.0, TRUE};
}

/* Grown up, or near a birthday that matters within days of the week. */
static Day make_birth(Maker *maker)
{
    int year, month, day_of_month, age = PICK(maker, 16, 17, 18, 18, 18);
    if (chance(maker, 55))
        return day_from_civil(1990, 2, 3);
    day_to_civil(maker->week.monday + below(maker, 40) - 20, &year, &month, &day_of_month);
    return day_from_civil(year - age, month, MIN(day_of_month, 28));
}

static void make_people(Maker *maker)
{
    Pool *pool = maker->made->pool;
    for (int coop = below(maker, 2) + 2; coop > 0; coop--) {
        g_autofree char *id = g_strdup_printf("C%d", coop);
        pool_add_coop(pool, &(Coop){.id = id, .place = make_place(maker)}, NULL, NULL);
    }
    for (int number = below(maker, 4) + 2; number > 0; number--) {
        g_autofree char *id = g_strdup_printf("W%d", number);
        Worker worker = {.id = id,
                         .birth = make_birth(maker),
                         .contract_min = PICK(maker, 0, 72500, 125000, 163333, 240000, 400000),
                         .hourly_cost = PICK(maker, 0, 149900, 183333, 200000, 234550),
                         .place = make_place(maker)};
        worker.contract_max = worker.contract_min + PICK(maker, 0, 80000, 105001, 600000, 600000, 600000);
        guint index;
        pool_add_worker(pool, &worker, &index, NULL);
        if (chance(maker, 20)) /* not the most days in a row, which the referee judges by the pool's number */
            pool_add_worker_rule(
                pool, index,
                &(WorkerRule){PICK(maker, "max_weekends", "max_night_shifts", "min_days_off", "max_travel_km"),
                              PICK(maker, "off", "1", "2")},
                NULL);
    }
}

static void make_certificates(Maker *maker, guint worker)
{
    for (int rows = below(maker, 5); rows > 0; rows--) {
        Certificate held = {PICK(maker, "X", "Y", "BHV"), DAY_MIN, DAY_MAX,
                            chance(maker, 35) ? CERTIFICATE_LEARNER : CERTIFICATE_HOLDER};
        if (chance(maker, 20))
            held.valid_from = maker->week.monday + below(maker, 7);
        if (chance(maker, 20))
            held.valid_until = MAX(held.valid_from, maker->week.monday + below(maker, 7));
        pool_add_certificate(maker->made->pool, worker, &held, NULL);
    }
}

static void make_wishes(Maker *maker, guint worker)
{
    Pool *pool = maker->made->pool;
    for (int rows = below(maker, 4); rows > 0; rows--) {
        int64_t start_min = at(maker, below(maker, 7), 60 * below(maker, 24));
        Window window = {start_min, start_min + 60 * (1 + below(maker, 12)),
                         (WindowKind)PICK(maker, WINDOW_AVOID, WINDOW_PREFER, WINDOW_PREFER, WINDOW_UNAVAILABLE)};
        pool_add_window(pool, worker, &window, NULL);
    }
    for (int rows = below(maker, 3); rows > 0; rows--) {
        Preference wish = {
            (guint)below(maker, (int)pool->coops->len),
            (PreferenceKind)PICK(maker, PREFERENCE_AVOID, PREFERENCE_PREFER, PREFERENCE_PREFER, PREFERENCE_NEVER)};
        pool_add_preference(pool, worker, &wish, NULL);
    }
}

/* --- history */

static void add_work(Maker *maker, guint worker, int day, int minute, int length)
{
    Pool *pool = maker->made->pool;
    HistoryPiece piece = {chance(maker, 4) ? "" : pool_coop(pool, (guint)below(maker, (int)pool->coops->len))->id,
                          at(maker, day, minute), 0, length > 330 ? 30 : 0};
    piece.end_min = piece.start_min + length;
    pool_add_history(pool, worker, &piece, NULL);
}

/* `weeks` weeks before the judged one, in each the days of `days` (bit 0: Monday). */
static void add_weeks(Maker *maker, guint worker, int weeks, int days, int minute, int length)
{
    for (int back = weeks; back >= 1; back--)
        for (int day = 0; day < 7; day++)
            if (days & (1 << day))
                add_work(maker, worker, day - 7 * back, minute, length);
}

static void make_history(Maker *maker, guint worker)
{
    switch (below(maker, 9)) {
    case 0: /* near 48 h a week */
        add_weeks(maker, worker, 14 + below(maker, 4), 0x3f, 8 * 60, 500 + below(maker, 25));
        break;
    case 1: /* near 55 h a week */
        add_weeks(maker, worker, 2 + below(maker, 3), 0x3f, 7 * 60, 590 + below(maker, 100));
        break;
    case 2: /* many nights, ending before, at or after 02:00 */
        add_weeks(maker, worker, 12 + below(maker, 6), PICK(maker, 1, 0x15, 0x15), PICK(maker, 18, 20, 22) * 60,
                  PICK(maker, 360, 420, 450, 480));
        add_weeks(maker, worker, 16, PICK(maker, 0, 0x28, 0x60), 10 * 60, 600);
        break;
    case 3: /* near 39 Sundays */
        add_weeks(maker, worker, 37 + below(maker, 4), 0x40, PICK(maker, 600, 1380), 60 + below(maker, 120));
        break;
    case 4: /* the young, near 40 h a week */
        add_weeks(maker, worker, 3, 0x1f, 8 * 60, 560 + below(maker, 20));
        break;
    case 5: /* here and there */
        for (int pieces = 12; pieces > 0; pieces--)
            add_work(maker, worker, -1 - below(maker, 35), 60 * below(maker, 24), 60 * (1 + below(maker, 10)));
        break;
    default:
        break;
    }
    for (int day = -1; day >= -7 && chance(maker, 60); day--) /* up to the week's first minutes */
        add_work(maker, worker, day, 60 * PICK(maker, 4, 8, 12, 15, 20, 22), 60 * PICK(maker, 2, 4, 8));
    if (chance(maker, 15)) /* no history: it starts in the judged week */
        add_work(maker, worker, below(maker, 7), 480, 240);
}

/* --- shifts */

static void make_shift(Maker *maker, const char *id, int day, gboolean has_lawful_break)
{
    Pool *pool = maker->made->pool;
    int minute =
        60 * PICK(maker, 0, 1, 4, 5, 6, 7, 8, 8, 10, 14, 16, 18, 20, 22, 23) + PICK(maker, 0, 0, 0, 0, 1, 15, 30, 59);
    int length = PICK(maker, 15, 60, 120, 180, 240, 240, 270, 271, 300, 330, 331, 360, 480, 510, 540, 570, 571, 600,
                      630, 631, 645, 646, 720, 765, 766, 780, 781, 840);
    Shift shift = {.id = id,
                   .coop = (guint)below(maker, (int)pool->coops->len),
                   .start_min = at(maker, day, minute),
                   .headcount = PICK(maker, 0, 1, 1, 2, 2, 3),
                   .certificates = chance(maker, 30) ? pool_string_list(pool, PICK(maker, "X", "X", "X;Y")) : NULL,
                   .team_certificates = chance(maker, 30) ? pool_string_list(pool, PICK(maker, "BHV", "BHV;X")) : NULL,
                   .priority = (Priority)below(maker, PRIORITIES)};
    shift.end_min = shift.start_min + length;
    if (length > 60 && has_lawful_break)
        shift.break_min = length > 630 ? 45 : length > 330 ? 30 : 0;
    else if (length > 60)
        shift.break_min = PICK(maker, 0, 15, 29, 30, 44, 60);
    test_pool_add_shift(pool, &shift, NULL);
}

static void make_shifts(Maker *maker)
{
    int number = 0, future = PICK(maker, 2, 2, 2, 2, 5, 17);
    gboolean are_lawful = chance(maker, 80);
    for (int count = 4 + below(maker, 12); count > 0; count--, number++) {
        g_autofree char *id = g_strdup_printf("s%03d", number);
        make_shift(maker, id, below(maker, 7), are_lawful);
    }
    for (int week = -2; week <= future; week++)
        for (int count = week == 0 ? 0 : below(maker, week > 2 ? 8 : 5); count > 0; count--, number++) {
            g_autofree char *id = g_strdup_printf("n%03d", number);
            make_shift(maker, id, 7 * week + below(maker, 7), are_lawful);
        }
}

/* --- rosters */

static Roster *published_in(RandomWeek *made, IsoWeek week)
{
    for (guint i = 0; i < made->published->len; i++) {
        Roster *roster = g_ptr_array_index(made->published, i);
        if (roster->week.monday == week.monday)
            return roster;
    }
    Roster *roster = roster_new(week, ROSTER_PUBLISHED, 1);
    g_ptr_array_add(made->published, roster);
    return roster;
}

static void publish_other_weeks(Maker *maker)
{
    Pool *pool = maker->made->pool;
    for (guint shift = 0; shift < pool->shifts->len; shift++)
        for (guint worker = 0; worker < pool->workers->len; worker++)
            if (pool_shift(pool, shift)->week.monday != maker->week.monday && chance(maker, 45))
                roster_add(published_in(maker->made, pool_shift(pool, shift)->week), shift, worker, FALSE);
}

/* Whether the worker can take the shift, too, without breaking a rule. */
static gboolean stays_legal(const Week *week, const Roster *roster, guint shift, guint worker)
{
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < roster->assignments->len; i++)
        if (roster_at(roster, i)->worker == worker)
            g_array_append_val(shifts, roster_at(roster, i)->shift);
    g_array_append_val(shifts, shift);
    g_autoptr(GPtrArray) violations = rules_check_line(week, worker, (const guint *)(void *)shifts->data, shifts->len);
    return violations->len == 0 && roster_cover(roster, shift, NULL) < (guint)pool_shift(week->pool, shift)->headcount;
}

static Roster *make_roster(Maker *maker, const Week *week, RosterState state)
{
    Roster *roster = roster_new(maker->week, state, 1);
    gboolean is_careful = chance(maker, 60);
    int percent = PICK(maker, 10, 25, 40, 70);
    for (guint i = 0; i < week->shifts->len; i++)
        for (guint worker = 0; worker < week->pool->workers->len; worker++) {
            guint shift = g_array_index(week->shifts, guint, i);
            if (is_careful ? stays_legal(week, roster, shift, worker) : chance(maker, percent))
                roster_add(roster, shift, worker, FALSE);
        }
    return roster;
}

/* The published roster of the week: the planned one, a little different. */
static void publish_week(Maker *maker)
{
    RandomWeek *made = maker->made;
    Roster *published = roster_new(maker->week, ROSTER_PUBLISHED, 1);
    g_autoptr(Roster) other = make_roster(maker, made->week, ROSTER_PUBLISHED);
    for (guint i = 0; i < made->roster->assignments->len; i++)
        if (chance(maker, 85))
            roster_add(published, roster_at(made->roster, i)->shift, roster_at(made->roster, i)->worker,
                       chance(maker, 20));
    for (guint i = 0; i < other->assignments->len; i++)
        if (chance(maker, 15))
            roster_add(published, roster_at(other, i)->shift, roster_at(other, i)->worker, chance(maker, 20));
    if (published->assignments->len > 0)
        g_ptr_array_add(made->published, published);
    else
        roster_free(published);
}

RandomWeek *random_week_new(guint32 seed)
{
    RandomWeek *made = g_new0(RandomWeek, 1);
    Maker maker = {.dice = g_rand_new_with_seed(seed), .made = made};
    made->published = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    made->pool = make_pool(&maker);
    make_people(&maker);
    for (guint worker = 0; worker < made->pool->workers->len; worker++) {
        make_certificates(&maker, worker);
        make_wishes(&maker, worker);
        make_history(&maker, worker);
    }
    make_shifts(&maker);
    pool_close(made->pool);
    publish_other_weeks(&maker);
    made->week = week_new(made->pool, maker.week, made->published);
    made->roster = make_roster(&maker, made->week, ROSTER_DRAFT);
    if (chance(&maker, 60)) {
        publish_week(&maker);
        week_free(made->week);
        made->week = week_new(made->pool, maker.week, made->published);
        if (made->week->published && chance(&maker, 70))
            week_set_repair(made->week,
                            at(&maker, below(&maker, 13) - 6, 60 * below(&maker, 24) + PICK(&maker, 0, 0, 1, 59)));
    }
    g_rand_free(maker.dice);
    return made;
}

RandomWeek *random_week_of(Pool *pool, GPtrArray *published, guint32 seed)
{
    RandomWeek *made = g_new0(RandomWeek, 1);
    Maker maker = {.dice = g_rand_new_with_seed(seed), .made = made, .week = pool_shift(pool, 0)->week};
    made->pool = pool;
    made->published = published;
    made->week = week_new(pool, maker.week, published);
    made->roster = roster_new(maker.week, ROSTER_DRAFT, 0);
    for (guint i = 0; i < made->week->shifts->len; i++) {
        guint shift = g_array_index(made->week->shifts, guint, i);
        for (int people = pool_shift(pool, shift)->headcount - chance(&maker, 30); people > 0; people--)
            roster_add(made->roster, shift, (guint)below(&maker, (int)pool->workers->len), FALSE);
    }
    g_rand_free(maker.dice);
    return made;
}

void random_week_free(RandomWeek *made)
{
    if (!made)
        return;
    week_free(made->week);
    roster_free(made->roster);
    g_ptr_array_unref(made->published);
    pool_free(made->pool);
    g_free(made);
}
