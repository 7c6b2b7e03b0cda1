/*
 * What the trades of a neighbourhood ask and who works in them: the tables from which a made-up pool is drawn. Adding a
 * trade is adding a row here; nothing else knows their names.
 */
#ifndef ROOSTER_GENERATE_TRADES_H
#define ROOSTER_GENERATE_TRADES_H

#include <glib.h>

/* One kind of shift. Clock times and lengths in minutes; drawn in steps of half an hour. */
typedef struct Role {
    const char *name;
    const char *certificates[3]; /* NULL-terminated, as is the next */
    const char *team_certificates[2];
    int weight;            /* among the roles of the trade */
    int earliest, latest;  /* start on the local clock */
    int shortest, longest; /* presence, break included; at most 9 h */
    int most_people;
    int days[7]; /* weight of each weekday, Monday first */
} Role;

/* How many of a thousand workers of the trade hold a certificate. */
typedef struct Holding {
    const char *certificate;
    int permille;
    int years;     /* validity; 0: for ever */
    int least_age; /* 0: none */
} Holding;

typedef struct Trade {
    const char *sector, *coop_name;
    const Role *roles;
    guint role_count;
    const Holding *holdings;
    guint holding_count;
    gboolean takes_youth; /* 16 and 17 year olds may learn here */
} Trade;

#define TRADES 7
extern const Trade trades[TRADES];

/* What anybody may hold, whatever the trade. */
#define COMMON_HOLDINGS 4
extern const Holding common_holdings[COMMON_HOLDINGS];

#endif
