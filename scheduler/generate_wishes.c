#include "generate_parts.h"

/* When people cannot or would rather not work in the week, and for whom: days off, care, school, no nights, and tastes.
 */

#define DAYS          7
#define WHOLE_DAY     (24 * 60)
#define CARE_PERMILLE 180

static gboolean window_add(Making *making, guint worker, int day, int from_minute, int until_minute, WindowKind kind,
                           GError **error)
{
    Window window = {making_at(making, day, from_minute), making_at(making, day, until_minute), kind};
    return pool_add_window(making->pool, worker, &window, error);
}

/* How likely each weekday is a day off: the less the trade works then, the likelier. */
static void day_off_weights(const Trade *trade, int *weights)
{
    for (int day = 0; day < DAYS; day++) {
        int asked = 0, all = 0;
        for (guint i = 0; i < trade->role_count; i++) {
            asked += trade->roles[i].weight * trade->roles[i].days[day];
            all += trade->roles[i].weight;
        }
        weights[day] = MAX(1, 7 - asked / all);
    }
}

/* Marks the days off: one or two for a full week, up to four for a small contract. */
static gboolean days_off_add(Making *making, guint worker, Random *random, gboolean *is_off, GError **error)
{
    const Person *person = making_person(making, worker);
    int weights[DAYS];
    day_off_weights(making_trade(making, person->home), weights);
    int most = person->contract_hours >= 32 ? 2 : person->contract_hours >= 20 ? 3 : 4;
    for (int count = random_between(random, 1, most); count > 0; count--) {
        int day = random_weighted(random, weights, DAYS);
        weights[day] = 0;
        is_off[day] = TRUE;
        if (!window_add(making, worker, day, 0, WHOLE_DAY, WINDOW_UNAVAILABLE, error))
            return FALSE;
    }
    return TRUE;
}

/* The same hours each day from Monday, days off left out. */
static gboolean daily_add(Making *making, guint worker, const gboolean *is_off, int days, int from_minute,
                          int until_minute, GError **error)
{
    for (int day = 0; day < days; day++)
        if (!is_off[day] && !window_add(making, worker, day, from_minute, until_minute, WINDOW_UNAVAILABLE, error))
            return FALSE;
    return TRUE;
}

static gboolean tastes_add(Making *making, guint worker, Random *random, const gboolean *is_off, GError **error)
{
    static const struct {
        int permille, from_minute, until_minute;
        WindowKind kind;
    } tastes[] = {
        {330, 6 * 60, 12 * 60, WINDOW_AVOID},
        {300, 18 * 60, WHOLE_DAY, WINDOW_AVOID},
        {260, 8 * 60, 16 * 60, WINDOW_PREFER},
    };
    for (guint i = 0; i < G_N_ELEMENTS(tastes); i++) {
        gboolean has_taste = random_chance(random, tastes[i].permille);
        int day = (int)random_below(random, DAYS);
        if (has_taste && !is_off[day] &&
            !window_add(making, worker, day, tastes[i].from_minute, tastes[i].until_minute, tastes[i].kind, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean windows_make(Making *making, guint worker, Random *random, GError **error)
{
    const Person *person = making_person(making, worker);
    gboolean is_off[DAYS] = {FALSE};
    if (!days_off_add(making, worker, random, is_off, error))
        return FALSE;
    /* A student is at school on three days; a parent fetches children on each school day. */
    gboolean has_care = random_chance(random, CARE_PERMILLE);
    if (person->is_youth) {
        if (!daily_add(making, worker, is_off, 3, 8 * 60 + 30, 15 * 60 + 30, error))
            return FALSE;
    } else if (has_care && !daily_add(making, worker, is_off, 5, 14 * 60 + 30, 18 * 60, error)) {
        return FALSE;
    }
    if (!person->works_nights && !daily_add(making, worker, is_off, DAYS, 0, 6 * 60, error))
        return FALSE;
    return tastes_add(making, worker, random, is_off, error);
}

/* Up to three coops, each once. Nobody is averse to the coop that is their home. */
static gboolean preferences_make(Making *making, guint worker, Random *random, GError **error)
{
    static const int count_weights[] = {20, 35, 30, 15}, kind_weights[] = {20, 35, 45}; /* never, avoid, prefer */
    int count = random_weighted(random, count_weights, G_N_ELEMENTS(count_weights));
    guint home = making_person(making, worker)->home, nearby, coops = making_nearby_coops(making, home, &nearby);
    guint first = random_below(random, coops);
    for (guint i = 0; i < MIN((guint)count, coops); i++) {
        Preference preference = {nearby + (first + i * (coops / 3 ? coops / 3 : 1)) % coops,
                                 (PreferenceKind)random_weighted(random, kind_weights, G_N_ELEMENTS(kind_weights))};
        if (preference.coop == home)
            preference.kind = PREFERENCE_PREFER;
        if (!pool_add_preference(making->pool, worker, &preference, error))
            return FALSE;
    }
    return TRUE;
}

gboolean generate_wishes(Making *making, GError **error)
{
    for (guint worker = 0; worker < making->people->len; worker++) {
        Random random = random_stream(making->options->seed, STREAM_WISH, worker);
        if (!windows_make(making, worker, &random, error) || !preferences_make(making, worker, &random, error))
            return FALSE;
    }
    return TRUE;
}
