#include "rooster/cost.h"

#include <math.h>

#define LATE_MIN      (96 * 60) /* BW 7:628a(2): four days of notice */
#define CENTS         100
#define HOUR_MIN      60
#define MANTISSA_BITS 53  /* of a double */
#define NOTHING_BITS  100 /* a distance below 2^(53-100) km costs nothing at any price */

static const char *const term_names[COST_TERMS] = {
    [COST_SHORTFALL_CRITICAL] = "shortfall_critical",
    [COST_SHORTFALL_HIGH] = "shortfall_high",
    [COST_SHORTFALL_NORMAL] = "shortfall_normal",
    [COST_SHORTFALL_LOW] = "shortfall_low",
    [COST_UNFAIR] = "unfair",
    [COST_TEAM] = "team",
    [COST_IDLE] = "idle",
    [COST_EXTRA] = "extra",
    [COST_AVOID] = "avoid",
    [COST_PREFER] = "prefer",
    [COST_CONTINUITY] = "continuity",
    [COST_TRAVEL_KM] = "travel_km",
    [COST_UNSOCIAL] = "unsocial",
    [COST_CHANGE] = "change",
    [COST_LATE_CHANGE] = "late_change",
};

const char *cost_term_name(CostTerm term)
{
    return term_names[term];
}

int64_t cost_total(const Cost *cost)
{
    int64_t total = 0;
    for (int term = 0; term < COST_TERMS; term++)
        total += cost->cents[term];
    return total;
}

/* An amount of euro, so many times. */
static int64_t cents_of(Decimal euro, int64_t times)
{
    return half_up((__int128)euro * CENTS * times, DECIMAL_ONE);
}

/* --- shifts and coops */

static const struct {
    Price price;
    CostTerm term;
} shortfall_of[PRIORITIES] = {
    [PRIORITY_CRITICAL] = {PRICE_SHORTFALL_CRITICAL, COST_SHORTFALL_CRITICAL},
    [PRIORITY_HIGH] = {PRICE_SHORTFALL_HIGH, COST_SHORTFALL_HIGH},
    [PRIORITY_NORMAL] = {PRICE_SHORTFALL_NORMAL, COST_SHORTFALL_NORMAL},
    [PRIORITY_LOW] = {PRICE_SHORTFALL_LOW, COST_SHORTFALL_LOW},
};

static int64_t missing_min(const Shift *shift, int64_t cover)
{
    return MAX(0, shift->headcount - cover) * shift_paid_min(shift);
}

void cost_add_shortfall(const Week *week, guint shift_index, int64_t cover, Cost *cost)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    Decimal price = week->pool->prices.of[shortfall_of[shift->priority].price];
    cost->cents[shortfall_of[shift->priority].term] += cents_per_hour(price, missing_min(shift, cover));
}

/* What a coop asked and did not get, beyond the free fraction of what it asked. */
static int64_t unfair_cents(const Prices *prices, int64_t asked_min, int64_t missing)
{
    __int128 beyond = (__int128)missing * DECIMAL_ONE - (__int128)prices->of[PRICE_UNFAIR_FREE] * asked_min;
    if (beyond <= 0)
        return 0;
    return half_up(beyond * prices->of[PRICE_UNFAIR] * CENTS, (__int128)DECIMAL_ONE * DECIMAL_ONE * HOUR_MIN);
}

static gboolean has_holder(const Week *week, const Roster *roster, guint shift, const char *certificate)
{
    Day day = zone_day(week->pool->zone, pool_shift(week->pool, shift)->end_min);
    guint first, cover = roster_cover(roster, shift, &first);
    for (guint i = first; i < first + cover; i++)
        if (worker_level(pool_worker(week->pool, roster_at(roster, i)->worker), certificate, day) == CERTIFICATE_HOLDER)
            return TRUE;
    return FALSE;
}

/* Also on a shift on which nobody is planned; not on a cancelled one. */
static int64_t team_cents(const Week *week, const Roster *roster, guint shift)
{
    int64_t cents = 0;
    if (pool_shift(week->pool, shift)->headcount == 0)
        return 0;
    for (const char **name = pool_shift(week->pool, shift)->team_certificates; *name; name++)
        if (!has_holder(week, roster, shift, *name))
            cents += cents_of(week->pool->prices.of[PRICE_TEAM], 1);
    return cents;
}

void cost_add_shift(const Week *week, const Roster *roster, guint shift, Cost *cost)
{
    cost_add_shortfall(week, shift, roster_cover(roster, shift, NULL), cost);
    cost->cents[COST_TEAM] += team_cents(week, roster, shift);
}

void cost_add_coop(const Week *week, const Roster *roster, guint coop, Cost *cost)
{
    int64_t asked = 0, missing = 0;
    for (guint at = 0; at < week->shifts->len; at++) {
        guint index = g_array_index(week->shifts, guint, at);
        const Shift *shift = pool_shift(week->pool, index);
        if (shift->coop != coop)
            continue;
        asked += shift->headcount * shift_paid_min(shift);
        missing += missing_min(shift, roster_cover(roster, index, NULL));
    }
    cost->cents[COST_UNFAIR] += unfair_cents(&week->pool->prices, asked, missing);
}

static void add_shifts(const Week *week, const Roster *roster, Cost *cost)
{
    guint coops = week->pool->coops->len;
    g_autofree int64_t *asked = g_new0(int64_t, coops + 1), *missing = g_new0(int64_t, coops + 1);
    for (guint at = 0; at < week->shifts->len; at++) {
        guint index = g_array_index(week->shifts, guint, at);
        const Shift *shift = pool_shift(week->pool, index);
        guint cover = roster_cover(roster, index, NULL);
        cost_add_shortfall(week, index, cover, cost);
        cost->cents[COST_TEAM] += team_cents(week, roster, index);
        asked[shift->coop] += shift->headcount * shift_paid_min(shift);
        missing[shift->coop] += missing_min(shift, cover);
    }
    for (guint coop = 0; coop < coops; coop++)
        cost->cents[COST_UNFAIR] += unfair_cents(&week->pool->prices, asked[coop], missing[coop]);
}

/* --- a worker's hours */

typedef struct TwoRates {
    Price near_factor, far_factor, far_hours;
} TwoRates;

/* amount: ten-thousandths of a minute; those beyond the far hours count at the far factor. Rounded once. */
static int64_t two_rates_cents(const Week *week, const Worker *worker, int64_t amount, TwoRates rates)
{
    const Decimal *price = week->pool->prices.of;
    if (amount <= 0)
        return 0;
    __int128 beyond = MAX(0, (__int128)amount - (__int128)price[rates.far_hours] * HOUR_MIN);
    __int128 weighted = (amount - beyond) * price[rates.near_factor] + beyond * price[rates.far_factor];
    return half_up(weighted * worker->hourly_cost * CENTS,
                   (__int128)DECIMAL_ONE * DECIMAL_ONE * DECIMAL_ONE * HOUR_MIN);
}

void cost_add_hours(const Week *week, guint worker_index, int64_t planned_min, Cost *cost)
{
    static const TwoRates idle = {PRICE_IDLE, PRICE_IDLE_FAR, PRICE_IDLE_FAR_HOURS};
    static const TwoRates extra = {PRICE_EXTRA, PRICE_EXTRA_FAR, PRICE_EXTRA_FAR_HOURS};
    const Worker *worker = pool_worker(week->pool, worker_index);
    int64_t above = planned_min * DECIMAL_ONE - worker->contract_min * HOUR_MIN;
    cost->cents[COST_IDLE] += two_rates_cents(week, worker, -above, idle);
    cost->cents[COST_EXTRA] += two_rates_cents(week, worker, above, extra);
}

static void add_hours(const Week *week, const Roster *roster, Cost *cost)
{
    g_autofree int64_t *planned = g_new0(int64_t, week->pool->workers->len + 1);
    for (guint i = 0; i < roster->assignments->len; i++)
        planned[roster_at(roster, i)->worker] += shift_paid_min(pool_shift(week->pool, roster_at(roster, i)->shift));
    for (guint worker = 0; worker < week->pool->workers->len; worker++)
        cost_add_hours(week, worker, planned[worker], cost);
}

/* --- an assignment */

/* 0, 1 or 2: the shift touches a window of the kind (however many), its coop is of the kind. */
static int wishes(const Worker *worker, const Shift *shift, WindowKind window, PreferenceKind preference)
{
    return (worker_window(worker, window, shift->start_min, shift->end_min) != NULL) +
           (worker_has_preference(worker, shift->coop, preference) ? 1 : 0);
}

/*
 * There and back, exactly: the double is taken as the fraction that it is, mantissa x 2^-bits, so that the cent does
 * not hang on how a product of doubles was rounded.
 */
static int64_t travel_cents(Decimal euro_per_km, double km)
{
    int exponent;
    int64_t mantissa = (int64_t)ldexp(frexp(km, &exponent), MANTISSA_BITS);
    int bits = MANTISSA_BITS - exponent;
    if (bits > NOTHING_BITS)
        return 0;
    g_assert(bits >= 0);
    return half_up((__int128)euro_per_km * CENTS * 2 * mantissa, (__int128)DECIMAL_ONE << bits);
}

void cost_add_wishes(const Week *week, guint shift_index, guint worker_index, Cost *cost)
{
    const Decimal *price = week->pool->prices.of;
    const Shift *shift = pool_shift(week->pool, shift_index);
    const Worker *worker = pool_worker(week->pool, worker_index);
    int64_t paid_min = shift_paid_min(shift);
    int avoided = wishes(worker, shift, WINDOW_AVOID, PREFERENCE_AVOID);
    int preferred = wishes(worker, shift, WINDOW_PREFER, PREFERENCE_PREFER);
    if (avoided > 0)
        cost->cents[COST_AVOID] += cents_per_hour(price[PRICE_AVOID], paid_min * avoided);
    if (preferred > 0)
        cost->cents[COST_PREFER] -= cents_per_hour(price[PRICE_PREFER], paid_min * preferred);
}

void cost_add_site(const Week *week, guint coop_index, guint worker_index, Cost *cost)
{
    const Decimal *price = week->pool->prices.of;
    const Worker *worker = pool_worker(week->pool, worker_index);
    const Coop *coop = pool_coop(week->pool, coop_index);
    if (week_recent_at_coop(week, worker_index, coop->id))
        cost->cents[COST_CONTINUITY] -= cents_of(price[PRICE_CONTINUITY], 1);
    if (worker->place.is_known && coop->place.is_known)
        cost->cents[COST_TRAVEL_KM] +=
            travel_cents(price[PRICE_TRAVEL_KM], place_distance_km(&worker->place, &coop->place));
}

void cost_add_unsocial(const Week *week, guint worker, Cost *cost)
{
    cost->cents[COST_UNSOCIAL] += cents_of(week->pool->prices.of[PRICE_UNSOCIAL], week_recent_unsocial(week, worker));
}

void cost_add_assignment(const Week *week, guint shift_index, guint worker, Cost *cost)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    cost_add_wishes(week, shift_index, worker, cost);
    cost_add_site(week, shift->coop, worker, cost);
    if (week_is_unsocial(week, shift->start_min, shift->end_min))
        cost_add_unsocial(week, worker, cost);
}

/* --- a repair's changes */

void cost_add_change(const Week *week, guint shift_index, guint worker, gboolean is_dropped, Cost *cost)
{
    const Decimal *price = week->pool->prices.of;
    const Shift *shift = pool_shift(week->pool, shift_index);
    if (is_dropped && week_is_away(week, shift_index, worker))
        return; /* it is not the employer who withdraws */
    cost->cents[COST_CHANGE] += cents_of(price[PRICE_CHANGE], 1);
    if (shift->start_min - week->now_min >= LATE_MIN)
        return;
    cost->cents[COST_LATE_CHANGE] += cents_of(price[PRICE_LATE_CHANGE], 1);
    if (is_dropped) /* BW 7:628a(3): the pay stays owed */
        cost->cents[COST_LATE_CHANGE] +=
            cents_per_hour(pool_worker(week->pool, worker)->hourly_cost, shift_paid_min(shift));
}

static void add_changes(const Week *week, const Roster *roster, Cost *cost)
{
    g_autoptr(GArray) changes = roster_diff(week->pool, week->published, roster);
    for (guint i = 0; i < changes->len; i++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, i);
        cost_add_change(week, change->shift, change->worker, !change->is_added, cost);
    }
}

Cost cost_of(const Week *week, const Roster *roster)
{
    Cost cost = {0};
    g_assert(roster->week.monday == week->week.monday);
    add_shifts(week, roster, &cost);
    add_hours(week, roster, &cost);
    for (guint i = 0; i < roster->assignments->len; i++)
        cost_add_assignment(week, roster_at(roster, i)->shift, roster_at(roster, i)->worker, &cost);
    if (week->is_repair)
        add_changes(week, roster, &cost);
    return cost;
}
