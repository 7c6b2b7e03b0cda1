/*
 * A made-up pool while it is being made (generate.c tells the course). Private to the generate files.
 */
#ifndef ROOSTER_GENERATE_PARTS_H
#define ROOSTER_GENERATE_PARTS_H

#include "rooster/generate.h"

#include "generate_random.h"
#include "generate_trades.h"

#define HISTORY_WEEKS 16
#define HISTORY_DAYS  (HISTORY_WEEKS * 7)
#define CALENDAR_DAYS (HISTORY_DAYS + 10) /* the week itself, and nights that end after it */

/* The kinds of random_stream. */
enum { STREAM_COOP = 1, STREAM_WORKER, STREAM_CERTIFICATE, STREAM_WISH, STREAM_HISTORY, STREAM_DEMAND };

/* What a pool folder does not say of a worker, but what certificates, wishes, demand and history must agree on. */
typedef struct Person {
    guint home;            /* the coop that lends this worker's trade most of its work */
    gboolean is_youth;     /* 16 or 17 in the week */
    gboolean works_nights; /* else no window, demand or history before 06:00 */
    int contract_hours;    /* guaranteed, a week */
} Person;

typedef struct Making {
    Pool *pool;
    const GenerateOptions *options;
    int64_t day_start_min[CALENDAR_DAYS + 1]; /* [HISTORY_DAYS] is the week's Monday */
    GArray *people;                           /* of Person, like the pool's workers */
    GArray *coop_trades;                      /* of guint, like the pool's coops */
} Making;

static inline Person *making_person(const Making *making, guint worker)
{
    return &g_array_index(making->people, Person, worker);
}

static inline const Trade *making_trade(const Making *making, guint coop)
{
    return &trades[g_array_index(making->coop_trades, guint, coop)];
}

/* The instant of a local clock time (minutes after midnight, up to 48 h) on a day, counted from the week's Monday. */
int64_t making_at(const Making *making, int day, int minute);

/*
 * A pool of up to so many workers is one neighbourhood: anyone may live and work anywhere in it. A larger one is a
 * city: each district has sites of every trade and an area of its own, people live within reach of the coop that is
 * their home, and nobody is sent further than that. So the area grows with the pool, and what is near a worker does
 * not.
 */
#define NEIGHBOURHOOD_WORKERS 500
#define CITY_REACH_KM         "5"

static inline gboolean making_is_city(const Making *making)
{
    return making->options->workers > NEIGHBOURHOOD_WORKERS;
}

/* The coops around a coop, itself among them: from *first on, so many. All of them in a neighbourhood. */
guint making_nearby_coops(const Making *making, guint coop, guint *first);

/* Each adds its part to the pool, in this order. */
gboolean generate_coops(Making *making, GError **error);
gboolean generate_people(Making *making, GError **error);
gboolean generate_wishes(Making *making, GError **error);
gboolean generate_demand(Making *making, GError **error);
gboolean generate_history(Making *making, GError **error);

/* Whether the worker holds all the role asks of each person on it, on the first day of the week. */
gboolean person_may_work(const Making *making, guint worker, const Role *role);

/* Break of a shift, in minutes: half an hour from 4.5 h on, which is enough for all up to 10 h of work and for youth
 * (ATW 5:4). */
int shift_break_min(int presence_min);
/* Whether somebody of `youth` age may work a shift that starts at the clock minute and lasts so long (ATW 5:3(1)). */
gboolean shift_suits_youth(int start_minute, int presence_min);
/* Whether the shift has more than an hour between 00:00 and 06:00 (ATW 1:7(1)(d)), clock changes apart. */
gboolean shift_is_night(int start_minute, int presence_min);

#endif
