#include "generate_trades.h"

#define AT(hour, minute) ((hour)*60 + (minute))
#define HOURS(hours)     ((int)((hours)*60))
#define WEEKDAYS         5, 5, 5, 5, 5, 0, 0
#define SIX_DAYS         5, 5, 5, 5, 5, 3, 0
#define EVERY_DAY        4, 4, 4, 4, 4, 4, 3
#define WEEKEND          0, 0, 0, 2, 5, 6, 2

static const Role green_roles[] = {
    {"gardener", {"VCA"}, {NULL}, 40, AT(7, 30), AT(8, 30), HOURS(7), HOURS(8.5), 4, {WEEKDAYS}},
    {"helper", {NULL}, {"BHV"}, 30, AT(8, 0), AT(9, 30), HOURS(4), HOURS(6.5), 3, {SIX_DAYS}},
    {"tree work", {"VCA", "MOTORZAAG"}, {"BHV"}, 14, AT(8, 0), AT(8, 30), HOURS(7), HOURS(8), 2, {WEEKDAYS}},
    {"spraying", {"SPUITLICENTIE"}, {NULL}, 8, AT(7, 0), AT(9, 0), HOURS(4), HOURS(6), 2, {WEEKDAYS}},
};
static const Holding green_holdings[] = {{"VCA", 850, 10, 0},
                                         {"MOTORZAAG", 400, 5, 18},
                                         {"SPUITLICENTIE", 250, 5, 18},
                                         {"BHV", 350, 1, 0},
                                         {"RIJBEWIJS-B", 400, 10, 18}};

static const Role canteen_roles[] = {
    {"school lunch", {"HACCP", "VOG"}, {NULL}, 50, AT(9, 30), AT(10, 30), HOURS(4), HOURS(5), 3, {WEEKDAYS}},
    {"counter", {NULL}, {"BHV"}, 30, AT(10, 30), AT(15, 0), HOURS(4), HOURS(6), 3, {SIX_DAYS}},
    {"cook", {"HACCP"}, {NULL}, 35, AT(7, 30), AT(14, 0), HOURS(6.5), HOURS(8.5), 2, {SIX_DAYS}},
};
static const Holding canteen_holdings[] = {{"HACCP", 850, 3, 0}, {"VOG", 750, 0, 0}, {"BHV", 350, 1, 0}};

static const Role catering_roles[] = {
    {"preparation", {"HACCP"}, {NULL}, 30, AT(9, 0), AT(14, 0), HOURS(5), HOURS(8), 3, {SIX_DAYS}},
    {"service", {NULL}, {"SOCIALE-HYGIENE"}, 40, AT(15, 0), AT(17, 30), HOURS(5), HOURS(7.5), 4, {WEEKEND}},
    {"late bar", {"SOCIALE-HYGIENE"}, {"BHV"}, 12, AT(18, 0), AT(19, 0), HOURS(6), HOURS(7), 2, {WEEKEND}},
    {"washing up", {NULL}, {NULL}, 18, AT(16, 0), AT(18, 0), HOURS(4), HOURS(6), 3, {WEEKEND}},
};
static const Holding catering_holdings[] = {{"HACCP", 800, 3, 0}, {"SOCIALE-HYGIENE", 400, 0, 21}, {"BHV", 350, 1, 0}};

static const Role waste_roles[] = {
    {"early round", {NULL}, {"RIJBEWIJS-C"}, 35, AT(4, 30), AT(6, 0), HOURS(7), HOURS(8.5), 4, {SIX_DAYS}},
    {"sorting", {NULL}, {"BHV"}, 35, AT(7, 0), AT(14, 0), HOURS(6), HOURS(8), 4, {SIX_DAYS}},
    {"fork lift", {"HEFTRUCK"}, {NULL}, 20, AT(7, 0), AT(8, 30), HOURS(7), HOURS(8.5), 2, {WEEKDAYS}},
};
static const Holding waste_holdings[] = {
    {"HEFTRUCK", 500, 5, 18}, {"RIJBEWIJS-C", 450, 5, 21}, {"VCA", 500, 10, 0}, {"BHV", 350, 1, 0}};

static const Role building_roles[] = {
    {"carpenter", {"VCA"}, {NULL}, 45, AT(7, 0), AT(7, 30), HOURS(8), HOURS(8.5), 4, {WEEKDAYS}},
    {"electrician", {"VCA", "NEN3140"}, {NULL}, 15, AT(7, 30), AT(8, 0), HOURS(7), HOURS(8.5), 2, {WEEKDAYS}},
    {"caretaker", {NULL}, {"BHV"}, 25, AT(8, 0), AT(13, 0), HOURS(4), HOURS(8), 2, {SIX_DAYS}},
};
static const Holding building_holdings[] = {
    {"VCA", 950, 10, 0}, {"NEN3140", 400, 3, 18}, {"BHV", 350, 1, 0}, {"RIJBEWIJS-B", 500, 10, 18}};

static const Role bus_roles[] = {
    {"neighbourhood bus", {"RIJBEWIJS-B", "VOG"}, {NULL}, 55, AT(6, 30), AT(15, 0), HOURS(5), HOURS(8), 2, {EVERY_DAY}},
    {"small coach", {"RIJBEWIJS-D1", "CODE95"}, {NULL}, 30, AT(6, 30), AT(15, 30), HOURS(5), HOURS(8), 2, {EVERY_DAY}},
    {"companion", {NULL}, {"VOG"}, 15, AT(8, 0), AT(13, 0), HOURS(4), HOURS(6), 2, {WEEKDAYS}},
};
static const Holding bus_holdings[] = {
    {"RIJBEWIJS-B", 920, 10, 18}, {"VOG", 850, 0, 0}, {"RIJBEWIJS-D1", 500, 5, 21}, {"CODE95", 500, 5, 21}};

static const Role care_roles[] = {
    {"morning care", {"HELPENDE", "VOG"}, {NULL}, 30, AT(7, 0), AT(8, 0), HOURS(4), HOURS(6), 3, {EVERY_DAY}},
    {"house help", {"VOG"}, {NULL}, 35, AT(9, 0), AT(13, 0), HOURS(4), HOURS(6), 3, {SIX_DAYS}},
    {"evening care", {"HELPENDE", "VOG"}, {NULL}, 20, AT(16, 0), AT(17, 0), HOURS(5), HOURS(6.5), 3, {EVERY_DAY}},
    {"night watch", {"VOG"}, {"BHV"}, 12, AT(22, 0), AT(23, 0), HOURS(8), HOURS(9), 2, {EVERY_DAY}},
};
static const Holding care_holdings[] = {{"VOG", 960, 0, 0}, {"HELPENDE", 700, 0, 18}, {"BHV", 400, 1, 0}};

#define TRADE(NOUN, NAME, YOUTH)                                                                                       \
    {                                                                                                                  \
#NOUN, NAME, NOUN##_roles, G_N_ELEMENTS(NOUN##_roles), NOUN##_holdings, G_N_ELEMENTS(NOUN##_holdings), YOUTH   \
    }

const Trade trades[TRADES] = {
    TRADE(green, "Groen", TRUE),      TRADE(canteen, "Kantine", TRUE), TRADE(catering, "Catering", TRUE),
    TRADE(waste, "Kringloop", FALSE), TRADE(building, "Bouw", FALSE),  TRADE(bus, "Buurtbus", FALSE),
    TRADE(care, "Buurtzorg", FALSE),
};

const Holding common_holdings[COMMON_HOLDINGS] = {
    {"VOG", 250, 0, 0}, {"BHV", 120, 1, 0}, {"RIJBEWIJS-B", 200, 10, 18}, {"HACCP", 120, 3, 0}};
