#include "generate_parts.h"

#include <math.h>

/* Coops, workers and what they are qualified for. */

#define WORKERS_A_COOP   8
#define DISTRICT_COOPS   (5 * TRADES)
#define YOUTH_PERMILLE   90 /* in the trades that take them */
#define LEARNER_PERMILLE 70
#define PLACES_A_DEGREE  100000

/* Ages in days, so that who is 16 now was 16 all through the history, and who is under 18 stays so all through the
 * week. */
#define YOUTH_LEAST_DAYS (16 * 366 + HISTORY_DAYS + 14)
#define YOUTH_MOST_DAYS  (18 * 365 - 10)
#define ADULT_LEAST_DAYS (18 * 366 + HISTORY_DAYS + 14)
#define ADULT_MOST_DAYS  (66 * 365)
#define SCHOOL_AGE_DAYS  (16 * 366)

typedef struct NameStock {
    const char *language;
    int weight;
    const char *given[12], *family[12];
} NameStock;

static const NameStock name_stocks[] = {
    {"nl",
     5,
     {"Anouk", "Bram", "Femke", "Henk", "Ingrid", "Jeroen", "Lotte", "Marco", "Petra", "Ruud", "Sanne", "Wim"},
     {"Bakker", "de Boer", "de Groot", "Hendriks", "Jansen", "Kok", "Mulder", "Smit", "van den Berg", "van Dijk",
      "Visser", "Vos"}},
    {"nl",
     3,
     {"Chantal", "Delano", "Dwight", "Gladys", "Humphrey", "Jerrel", "Ludmila", "Naomi", "Rishi", "Romano", "Shanti",
      "Xaviera"},
     {"Biervliet", "Doekhi", "Emanuels", "Kanhai", "Kensmil", "Mathoera", "Pinas", "Ramdin", "Sabajo", "Sedney", "Tjon",
      "Wijngaarde"}},
    {"ar",
     5,
     {"Abdel", "Aicha", "Fatima", "Hassan", "Ilham", "Karim", "Loubna", "Mohamed", "Naima", "Rachid", "Samira",
      "Youssef"},
     {"Aarab", "Amrani", "Azzouzi", "Bouali", "Chaouki", "El Idrissi", "El Khatib", "Haddad", "Lahlou", "Najjar",
      "Ouali", "Ziani"}},
    {"tr",
     4,
     {"Ahmet", "Ayla", "Cem", "Deniz", "Elif", "Emine", "Hakan", "Kemal", "Merve", "Murat", "Sibel", "Yusuf"},
     {"Acar", "Arslan", "Aydin", "Bulut", "Celik", "Demir", "Kaya", "Koc", "Polat", "Sahin", "Yildiz", "Yilmaz"}},
    {"ti",
     2,
     {"Abraham", "Almaz", "Biniam", "Eden", "Filmon", "Helen", "Merhawi", "Natnael", "Rahwa", "Selam", "Senait",
      "Yonas"},
     {"Abraha", "Berhane", "Gebremedhin", "Ghebre", "Habte", "Haile", "Kidane", "Mehari", "Negash", "Tekle", "Tesfay",
      "Woldu"}},
    {"pl",
     2,
     {"Agnieszka", "Anna", "Dorota", "Ewa", "Jakub", "Krzysztof", "Magda", "Marek", "Pawel", "Piotr", "Tomasz",
      "Zofia"},
     {"Duda", "Kaminski", "Kowalczyk", "Krawczyk", "Lis", "Mazur", "Nowak", "Pawlak", "Sikora", "Wilk", "Wojcik",
      "Zajac"}},
    {"en",
     2,
     {"Abena", "Ama", "Comfort", "Daniel", "Esther", "Grace", "Kofi", "Kwame", "Olu", "Patience", "Samuel", "Yaw"},
     {"Adjei", "Agyeman", "Asante", "Boateng", "Danso", "Mensah", "Obeng", "Ofori", "Okafor", "Osei", "Owusu",
      "Tetteh"}},
};

static const char *const streets[] = {
    "Osdorpplein",       "Tussen Meer",
    "Pieter Calandlaan", "Meer en Vaart",
    "Slotermeerlaan",    "Burgemeester de Vlugtlaan",
    "Plein '40-'45",     "Johan Huizingalaan",
    "Cornelis Lelylaan", "Lambertus Zijlplein",
    "Aalbersestraat",    "August Allebéplein",
    "Hoekenes",          "Wildemanbuurt",
    "Sloterweg",
};

/* A neighbourhood, or a city's first district; the others lie in rows to the south and east of it. */
#define NORTH       5234000
#define NORTH_SIDE  5000 /* 5.6 km */
#define EAST        476000
#define EAST_SIDE   9000 /* 6.1 km */
#define NORTH_REACH 1530 /* 1.7 km; two draws of it either way end within 5 km of the coop */
#define EAST_REACH  2500

static guint district_of(guint coop)
{
    return coop / DISTRICT_COOPS;
}

guint making_nearby_coops(const Making *making, guint coop, guint *first)
{
    guint coops = making->pool->coops->len;
    *first = making_is_city(making) ? district_of(coop) * DISTRICT_COOPS : 0;
    return making_is_city(making) ? MIN(DISTRICT_COOPS, coops - *first) : coops;
}

static Place place_of(int north, int east)
{
    return (Place){(double)north / PLACES_A_DEGREE, (double)east / PLACES_A_DEGREE, TRUE};
}

static Place place_draw(Random *random, int south_rows, int east_columns)
{
    int north = random_between(random, NORTH, NORTH + NORTH_SIDE);
    int east = random_between(random, EAST, EAST + EAST_SIDE);
    return place_of(north - south_rows * NORTH_SIDE, east + east_columns * EAST_SIDE);
}

static Place coop_place_draw(const Making *making, guint coop, guint coops, Random *random)
{
    guint districts = district_of(coops - 1) + 1, columns = (guint)ceil(sqrt(districts));
    if (!making_is_city(making))
        return place_draw(random, 0, 0);
    return place_draw(random, (int)(district_of(coop) / columns), (int)(district_of(coop) % columns));
}

/* Most live near their work, a few as far from it as they would go. */
static Place home_draw(const Making *making, guint coop, Random *random)
{
    if (!making_is_city(making))
        return place_draw(random, 0, 0);
    const Place *site = &pool_coop(making->pool, coop)->place;
    int north = (int)lround(site->latitude * PLACES_A_DEGREE), east = (int)lround(site->longitude * PLACES_A_DEGREE);
    for (int draw = 0; draw < 2; draw++) {
        north += random_between(random, -NORTH_REACH, NORTH_REACH);
        east += random_between(random, -EAST_REACH, EAST_REACH);
    }
    return place_of(north, east);
}

gboolean generate_coops(Making *making, GError **error)
{
    guint count = (making->options->workers + WORKERS_A_COOP - 1) / WORKERS_A_COOP;
    int order[TRADES];
    for (int trade = 0; trade < TRADES; trade++)
        order[trade] = trade;
    Random random = random_stream(making->options->seed, STREAM_COOP, G_MAXUINT32);
    random_shuffle(&random, order, TRADES);
    for (guint index = 0; index < count; index++) {
        random = random_stream(making->options->seed, STREAM_COOP, index);
        guint trade = (guint)order[index % TRADES];
        g_autofree char *id = g_strdup_printf("C%03u", index + 1);
        g_autofree char *name = g_strdup_printf("%s %u", trades[trade].coop_name, index / TRADES + 1);
        const char *street = streets[random_below(&random, G_N_ELEMENTS(streets))];
        g_autofree char *address = g_strdup_printf("%s %d", street, random_between(&random, 1, 240));
        g_autofree char *contact = g_strdup_printf("c%03u@example.org", index + 1);
        Coop coop = {.id = id, .name = name, .sector = trades[trade].sector, .address = address, .contact = contact};
        coop.place = coop_place_draw(making, index, count, &random);
        coop.rate = (Decimal)random_between(&random, 31, 44) * DECIMAL_ONE;
        if (!pool_add_coop(making->pool, &coop, NULL, error))
            return FALSE;
        g_array_append_val(making->coop_trades, trade);
    }
    return TRUE;
}

/* A bandwidth contract, as the law asks from 2028: at most 130 % of the guaranteed hours. */
static void contract_draw(Random *random, gboolean is_youth, Worker *worker, Person *person)
{
    static const int hours[] = {12, 16, 20, 24, 28, 32, 36};
    static const int weights[G_N_ELEMENTS(hours)] = {2, 3, 4, 5, 4, 5, 6};
    person->contract_hours =
        is_youth ? random_between(random, 4, 6) * 2 : hours[random_weighted(random, weights, G_N_ELEMENTS(hours))];
    worker->contract_min = (Decimal)person->contract_hours * DECIMAL_ONE;
    worker->contract_max = (Decimal)(person->contract_hours * random_between(random, 115, 130) / 100) * DECIMAL_ONE;
    int quarters = is_youth ? random_between(random, 48, 56) : random_between(random, 74, 124); /* of a euro */
    worker->hourly_cost = quarters * DECIMAL_ONE / 4;
}

static gboolean worker_make(Making *making, guint index, GError **error)
{
    Random random = random_stream(making->options->seed, STREAM_WORKER, index);
    Person person = {.home = index % making->pool->coops->len};
    person.is_youth = random_chance(&random, YOUTH_PERMILLE) && making_trade(making, person.home)->takes_youth;
    person.works_nights = !person.is_youth && random_chance(&random, 650);
    int stock_weights[G_N_ELEMENTS(name_stocks)];
    for (guint i = 0; i < G_N_ELEMENTS(name_stocks); i++)
        stock_weights[i] = name_stocks[i].weight;
    const NameStock *stock = &name_stocks[random_weighted(&random, stock_weights, G_N_ELEMENTS(name_stocks))];
    const char *given = stock->given[random_below(&random, G_N_ELEMENTS(stock->given))];
    const char *family = stock->family[random_below(&random, G_N_ELEMENTS(stock->family))];
    g_autofree char *id = g_strdup_printf("W%04u", index + 1);
    g_autofree char *name = g_strdup_printf("%s %s", given, family);
    Worker worker = {.id = id, .name = name, .language = stock->language};
    worker.birth =
        making->options->week.monday - (person.is_youth ? random_between(&random, YOUTH_LEAST_DAYS, YOUTH_MOST_DAYS)
                                                        : random_between(&random, ADULT_LEAST_DAYS, ADULT_MOST_DAYS));
    contract_draw(&random, person.is_youth, &worker, &person);
    if (random_chance(&random, 970))
        worker.place = home_draw(making, person.home, &random);
    g_array_append_val(making->people, person);
    return pool_add_worker(making->pool, &worker, NULL, error);
}

static gboolean certificate_add(Making *making, guint worker, const Holding *holding, CertificateLevel level,
                                Random *random, GError **error)
{
    Day monday = making->options->week.monday;
    Certificate certificate = {.name = holding->certificate, .level = level, .valid_until = DAY_MAX};
    if (holding->years > 0) {
        /* A few run out within the week: the planner's usual surprise. */
        int left = random_chance(random, 20) ? random_between(random, 0, 6)
                                             : random_between(random, 20, holding->years * 365 - 1);
        certificate.valid_until = monday + left;
        certificate.valid_from = certificate.valid_until - holding->years * 365;
    } else {
        certificate.valid_from = monday - random_between(random, 30, 2000);
    }
    certificate.valid_from = MAX(certificate.valid_from, pool_worker(making->pool, worker)->birth + SCHOOL_AGE_DAYS);
    return pool_add_certificate(making->pool, worker, &certificate, error);
}

static gboolean trade_lists(const Trade *trade, const char *certificate)
{
    for (guint i = 0; i < trade->holding_count; i++)
        if (g_str_equal(trade->holdings[i].certificate, certificate))
            return TRUE;
    return FALSE;
}

static gboolean certificates_make(Making *making, guint worker, GError **error)
{
    Random random = random_stream(making->options->seed, STREAM_CERTIFICATE, worker);
    const Trade *trade = making_trade(making, making_person(making, worker)->home);
    int age = day_age(pool_worker(making->pool, worker)->birth, making->options->week.monday);
    for (guint i = 0; i < trade->holding_count + COMMON_HOLDINGS; i++) {
        gboolean is_common = i >= trade->holding_count;
        const Holding *holding = is_common ? &common_holdings[i - trade->holding_count] : &trade->holdings[i];
        /* Drawn first, so that who is too young does not shift the draws of the next. */
        gboolean is_held = random_chance(&random, holding->permille);
        gboolean is_learnt = !is_held && !is_common && random_chance(&random, LEARNER_PERMILLE);
        if ((!is_held && !is_learnt) || age < holding->least_age ||
            (is_common && trade_lists(trade, holding->certificate)))
            continue;
        if (!certificate_add(making, worker, holding, is_held ? CERTIFICATE_HOLDER : CERTIFICATE_LEARNER, &random,
                             error))
            return FALSE;
    }
    return TRUE;
}

gboolean generate_people(Making *making, GError **error)
{
    for (guint worker = 0; worker < making->options->workers; worker++)
        if (!worker_make(making, worker, error) || !certificates_make(making, worker, error))
            return FALSE;
    return TRUE;
}

gboolean person_may_work(const Making *making, guint worker, const Role *role)
{
    const Person *person = making_person(making, worker);
    if (person->is_youth && !shift_suits_youth(role->latest, role->longest))
        return FALSE;
    if (!person->works_nights && shift_is_night(role->earliest, role->longest))
        return FALSE;
    for (const char *const *certificate = role->certificates; *certificate; certificate++)
        if (worker_level(pool_worker(making->pool, worker), *certificate, making->options->week.monday) !=
            CERTIFICATE_HOLDER)
            return FALSE;
    return TRUE;
}
