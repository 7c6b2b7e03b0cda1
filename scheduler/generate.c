#include "generate_parts.h"

/*
 * The course: coops, then the people who live near them, their certificates and wishes, then a week of demand that
 * these people could nearly cover, then the sixteen weeks they have worked. Each part draws from streams of its own.
 */

#define WORKERS_MOST 100000
#define DAY_MIN_LONG (24 * 60)

static Pool *pool_open(const GenerateOptions *options, GError **error)
{
    g_autoptr(Zone) zone = zone_new("Europe/Amsterdam", error);
    if (!zone)
        return NULL;
    g_autoptr(RuleProfile) profile = profile_new("nl-atw", error);
    if (!profile ||
        (options->workers > NEIGHBOURHOOD_WORKERS && !profile_override(profile, "max_travel_km", CITY_REACH_KM, error)))
        return NULL;
    Prices prices = prices_default();
    g_autofree char *id = g_strdup_printf("made-%u-%" G_GUINT64_FORMAT, options->workers, options->seed);
    g_autofree char *name =
        g_strdup_printf("De Werker (%u made-up workers, seed %" G_GUINT64_FORMAT ")", options->workers, options->seed);
    return pool_new(id, name, g_steal_pointer(&zone), g_steal_pointer(&profile), &prices);
}

Pool *generate_pool(const GenerateOptions *options, GError **error)
{
    if (options->workers < 1 || options->workers > WORKERS_MOST) {
        g_set_error(error, POOL_ERROR, POOL_ERROR_INVALID, "%u workers: 1 to %d can be made up", options->workers,
                    WORKERS_MOST);
        return NULL;
    }
    g_autoptr(Pool) pool = pool_open(options, error);
    if (!pool)
        return NULL;
    g_autoptr(GArray) people = g_array_new(FALSE, TRUE, sizeof(Person));
    g_autoptr(GArray) coop_trades = g_array_new(FALSE, TRUE, sizeof(guint));
    Making making = {.pool = pool, .options = options, .people = people, .coop_trades = coop_trades};
    for (int day = 0; day <= CALENDAR_DAYS; day++)
        making.day_start_min[day] = zone_day_start(pool->zone, options->week.monday + day - HISTORY_DAYS);
    if (!generate_coops(&making, error) || !generate_people(&making, error) || !generate_wishes(&making, error) ||
        !generate_demand(&making, error) || !generate_history(&making, error))
        return NULL;
    pool_close(pool);
    return g_steal_pointer(&pool);
}

/* A table of days, because a city's history asks this a million times; the two days a year of another length ask the
 * zone. */
int64_t making_at(const Making *making, int day, int minute)
{
    int index = HISTORY_DAYS + day + minute / DAY_MIN_LONG;
    minute %= DAY_MIN_LONG;
    g_assert(index >= 0 && index < CALENDAR_DAYS);
    if (making->day_start_min[index + 1] - making->day_start_min[index] == DAY_MIN_LONG)
        return making->day_start_min[index] + minute;
    Day local = making->options->week.monday + index - HISTORY_DAYS;
    return zone_at(making->pool->zone, local, minute / 60, minute % 60);
}

int shift_break_min(int presence_min)
{
    return presence_min > 270 ? 30 : 0;
}

gboolean shift_suits_youth(int start_minute, int presence_min)
{
    return start_minute >= 6 * 60 && start_minute + presence_min <= 23 * 60;
}

gboolean shift_is_night(int start_minute, int presence_min)
{
    int end_minute = start_minute + presence_min;
    int before_six = MAX(0, MIN(end_minute, 6 * 60) - start_minute);
    int after_midnight = MAX(0, MIN(end_minute, DAY_MIN_LONG + 6 * 60) - DAY_MIN_LONG);
    return before_six + after_midnight > 60;
}
