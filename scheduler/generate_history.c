#include "generate_parts.h"

#include <string.h>

/*
 * Sixteen weeks of work before the week, lawful piece by piece. A guard, stricter than the law where that is simpler,
 * lets a duty through or not; so nobody enters the week with a broken past, and most have room in it.
 */

#define HOURS(hours) ((int64_t)(hours)*60)

#define REST_MIN        HOURS(12) /* the law: 11 h, youth 12 h */
#define REST_NIGHT_MIN  HOURS(14)
#define REST_NIGHTS_MIN HOURS(46)
#define WEEKLY_REST_MIN HOURS(36)
#define STRETCH_MIN     HOURS(132)
#define DAYS_IN_ROW     5 /* the pool allows 6: room for the first day of the week */
#define NIGHT_RUN       3
#define NIGHTS_MOST     15 /* from 16 on the 640 hours of ATW 5:8(2) count */
#define NIGHT_WORK_MIN  HOURS(10)
#define YOUTH_WORK_MIN  HOURS(8)

#define SERVED_ALL_PERMILLE 120
#define AWAY_PERMILLE       70 /* weeks of leave or sickness */
#define ELSEWHERE_PERMILLE  200
#define CREDITED_DAY_MIN    HOURS(8)

typedef struct Past {
    int64_t last_end_min, stretch_start_min;
    int last_day, days_in_row;
    int night_run, nights;
    gboolean was_night;
} Past;

typedef struct Duty {
    int day, start_minute, presence_min;
    int64_t start_min, end_min;
    gboolean is_night;
} Duty;

/* Takes the duty into the past, or leaves it out. */
static gboolean past_accept(Past *past, const Duty *duty)
{
    int64_t rest_min = duty->start_min - past->last_end_min;
    int64_t need_min = past->night_run >= NIGHT_RUN ? REST_NIGHTS_MIN : past->was_night ? REST_NIGHT_MIN : REST_MIN;
    gboolean is_stretch_over = rest_min >= WEEKLY_REST_MIN;
    int64_t stretch_start_min = is_stretch_over ? duty->start_min : past->stretch_start_min;
    int days_in_row = duty->day == past->last_day + 1 ? past->days_in_row + 1 : 1;
    int64_t work_min = duty->end_min - duty->start_min - shift_break_min(duty->presence_min);
    if (duty->day == past->last_day || rest_min < need_min || duty->end_min - stretch_start_min > STRETCH_MIN ||
        days_in_row > DAYS_IN_ROW || (duty->is_night && (past->nights >= NIGHTS_MOST || work_min > NIGHT_WORK_MIN)))
        return FALSE;
    past->night_run = !duty->is_night ? 0 : is_stretch_over ? 1 : past->night_run + 1;
    past->nights += duty->is_night;
    past->was_night = duty->is_night;
    past->stretch_start_min = stretch_start_min;
    past->last_end_min = duty->end_min;
    past->last_day = duty->day;
    past->days_in_row = days_in_row;
    return TRUE;
}

static guint elsewhere_draw(const Making *making, guint home, Random *random)
{
    guint first, count = making_nearby_coops(making, home, &first);
    return first + random_below(random, count);
}

/* A coop and role the worker may work in this week; NULL if the coop that was drawn has none. */
static const Role *role_draw(const Making *making, guint worker, Random *random, guint *coop)
{
    *coop = making_person(making, worker)->home;
    if (random_chance(random, ELSEWHERE_PERMILLE))
        *coop = elsewhere_draw(making, *coop, random);
    const Trade *trade = making_trade(making, *coop);
    int weights[8] = {0};
    g_assert(trade->role_count <= G_N_ELEMENTS(weights));
    for (guint role = 0; role < trade->role_count; role++)
        if (person_may_work(making, worker, &trade->roles[role]))
            weights[role] = trade->roles[role].weight;
    int drawn = random_weighted(random, weights, trade->role_count);
    return drawn < 0 ? NULL : &trade->roles[drawn];
}

static gboolean piece_add(Making *making, guint worker, const char *coop, int64_t start_min, int64_t end_min,
                          int break_min, GError **error)
{
    HistoryPiece piece = {coop, start_min, end_min, break_min};
    return pool_add_history(making->pool, worker, &piece, error);
}

/* A week of leave or sickness counts as worked, in days of eight hours (ATW 5:2). */
static gboolean credited_week_add(Making *making, guint worker, int monday, GError **error)
{
    int days = making_person(making, worker)->contract_hours / 8;
    for (int day = 0; day < days; day++) {
        int64_t start_min = making_at(making, monday + day, 9 * 60);
        if (!piece_add(making, worker, "", start_min, start_min + CREDITED_DAY_MIN, 0, error))
            return FALSE;
    }
    return TRUE;
}

/* Draws weekdays, as many as asked or as the role's days allow. */
static void days_draw(const Role *role, Random *random, guint count, gboolean *is_drawn)
{
    int weights[7];
    memcpy(weights, role->days, sizeof(weights));
    for (guint drawn = 0; drawn < count; drawn++) {
        int day = random_weighted(random, weights, G_N_ELEMENTS(weights));
        if (day < 0)
            break;
        weights[day] = 0;
        is_drawn[day] = TRUE;
    }
}

static gboolean worked_week_add(Making *making, guint worker, Past *past, int monday, Random *random, GError **error)
{
    const Person *person = making_person(making, worker);
    guint coop;
    const Role *role = role_draw(making, worker, random, &coop);
    gboolean is_drawn[7] = {FALSE};
    if (!role)
        return TRUE;
    int presence_min = 30 * random_between(random, role->shortest / 30, role->longest / 30);
    int start_minute = 30 * random_between(random, role->earliest / 30, role->latest / 30);
    int work_min = presence_min - shift_break_min(presence_min);
    if (person->is_youth && work_min > YOUTH_WORK_MIN)
        return TRUE;
    int count = CLAMP((person->contract_hours * 60 + work_min / 2) / work_min, 1, DAYS_IN_ROW);
    int64_t left_min = pool_worker(making->pool, worker)->contract_max * 60 / DECIMAL_ONE;
    days_draw(role, random, (guint)count, is_drawn);
    for (int day = 0; day < 7; day++) {
        Duty duty = {monday + day, start_minute, presence_min, .is_night = shift_is_night(start_minute, presence_min)};
        duty.start_min = making_at(making, duty.day, start_minute);
        duty.end_min = making_at(making, duty.day, start_minute + presence_min);
        int64_t elapsed_min = duty.end_min - duty.start_min - shift_break_min(presence_min); /* clocks may change */
        if (!is_drawn[day] || elapsed_min > left_min || !past_accept(past, &duty))
            continue;
        left_min -= elapsed_min;
        if (!piece_add(making, worker, pool_coop(making->pool, coop)->id, duty.start_min, duty.end_min,
                       shift_break_min(presence_min), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean history_make(Making *making, guint worker, GError **error)
{
    Random random = random_stream(making->options->seed, STREAM_HISTORY, worker);
    int weeks = random_chance(&random, SERVED_ALL_PERMILLE) ? HISTORY_WEEKS : random_between(&random, 0, HISTORY_WEEKS);
    Past past = {.last_end_min = making->day_start_min[0] - WEEKLY_REST_MIN, .last_day = -HISTORY_DAYS - 2};
    for (int week = -weeks; week < 0; week++) {
        gboolean is_done = random_chance(&random, AWAY_PERMILLE)
                               ? credited_week_add(making, worker, week * 7, error)
                               : worked_week_add(making, worker, &past, week * 7, &random, error);
        if (!is_done)
            return FALSE;
    }
    return TRUE;
}

gboolean generate_history(Making *making, GError **error)
{
    for (guint worker = 0; worker < making->people->len; worker++)
        if (!history_make(making, worker, error))
            return FALSE;
    return TRUE;
}
