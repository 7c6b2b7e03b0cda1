#include "generate_parts.h"

/*
 * A week of demand that the pool could nearly cover. Each coop asks about as many hours as are guaranteed to the
 * workers whose home it is, in roles they are qualified for, and no more of a role or on a day than they could do. They
 * also have days off, tastes and other coops, so up to a tenth of the hours stays hard to fill.
 */

#define HALF_HOUR           30
#define ROLES_MOST          8
#define DUTIES_A_WEEK       3 /* of one qualified person */
#define DRAWS               6 /* for a day that is not full yet */
#define LEAST_ASKED_PERCENT 88
#define MOST_ASKED_PERCENT  100

typedef struct Draft {
    guint coop, number;
    const Role *role;
    int day, start_minute, presence_min, people;
    Priority priority;
} Draft;

/* What a coop can still ask. */
typedef struct Asking {
    guint coop, home_workers;
    int64_t left_min;
    guint able[ROLES_MOST];
    int role_weights[ROLES_MOST], role_people[ROLES_MOST];
    int day_people[7];
} Asking;

static gboolean has_team(const Making *making, guint coop, const Role *role)
{
    for (const char *const *certificate = role->team_certificates; *certificate; certificate++) {
        gboolean is_held = FALSE;
        for (guint worker = coop; !is_held && worker < making->people->len; worker += making->pool->coops->len)
            is_held = worker_level(pool_worker(making->pool, worker), *certificate, making->options->week.monday) ==
                      CERTIFICATE_HOLDER;
        if (!is_held)
            return FALSE;
    }
    return TRUE;
}

static void asking_init(Asking *asking, const Making *making, guint coop, Random *random)
{
    const Trade *trade = making_trade(making, coop);
    *asking = (Asking){.coop = coop};
    for (guint worker = coop; worker < making->people->len; worker += making->pool->coops->len) {
        asking->home_workers++;
        asking->left_min += making_person(making, worker)->contract_hours * 60;
        for (guint role = 0; role < trade->role_count; role++)
            if (person_may_work(making, worker, &trade->roles[role]))
                asking->able[role]++;
    }
    asking->left_min = asking->left_min * random_between(random, LEAST_ASKED_PERCENT, MOST_ASKED_PERCENT) / 100;
    int sum = 0;
    for (guint role = 0; role < trade->role_count; role++) {
        if (asking->able[role] > 0 && has_team(making, coop, &trade->roles[role]))
            asking->role_weights[role] = trade->roles[role].weight;
        sum += asking->role_weights[role];
    }
    /* In the smallest pools nobody may hold anything; the coop's work is there all the same. */
    for (guint role = 0; sum == 0 && role < trade->role_count; role++)
        asking->role_weights[role] = trade->roles[role].weight;
}

static int day_draw(const Asking *asking, const Role *role, Random *random)
{
    int most = (int)asking->home_workers * 3 / 4 + 1;
    int day = random_weighted(random, role->days, G_N_ELEMENTS(role->days));
    for (int draw = 1; draw < DRAWS && asking->day_people[day] >= most; draw++)
        day = random_weighted(random, role->days, G_N_ELEMENTS(role->days));
    return day;
}

static int steps_draw(Random *random, int low, int high)
{
    return low + HALF_HOUR * random_between(random, 0, (high - low) / HALF_HOUR);
}

/* FALSE where the coop has asked all it can. */
static gboolean draft_draw(Asking *asking, const Making *making, Random *random, Draft *draft)
{
    static const int priority_weights[PRIORITIES] = {8, 22, 50, 20};
    const Trade *trade = making_trade(making, asking->coop);
    int index = random_weighted(random, asking->role_weights, trade->role_count);
    if (asking->left_min <= 0 || index < 0)
        return FALSE;
    const Role *role = &trade->roles[index];
    int most_people = CLAMP(((int)asking->able[index] + 1) * 2 / 3, 1, role->most_people);
    *draft = (Draft){.coop = asking->coop, .role = role, .day = day_draw(asking, role, random)};
    draft->start_minute = steps_draw(random, role->earliest, role->latest);
    draft->presence_min = steps_draw(random, role->shortest, role->longest);
    draft->people = random_between(random, 1, most_people);
    draft->priority = (Priority)random_weighted(random, priority_weights, PRIORITIES);
    asking->left_min -= draft->people * (draft->presence_min - shift_break_min(draft->presence_min));
    asking->day_people[draft->day] += draft->people;
    asking->role_people[index] += draft->people;
    if (asking->role_people[index] >= DUTIES_A_WEEK * (int)asking->able[index])
        asking->role_weights[index] = 0;
    return TRUE;
}

static int draft_compare(gconstpointer left, gconstpointer right)
{
    const Draft *a = left, *b = right;
    if (a->day != b->day)
        return a->day - b->day;
    if (a->start_minute != b->start_minute)
        return a->start_minute - b->start_minute;
    return a->number < b->number ? -1 : a->number > b->number;
}

static gboolean draft_add(Making *making, const Draft *draft, guint index, GError **error)
{
    g_autofree char *id = g_strdup_printf("S%05u", index + 1);
    int64_t start_min = making_at(making, draft->day, draft->start_minute);
    Shift shift = {.id = id,
                   .role = draft->role->name,
                   .coop = draft->coop,
                   .start_min = start_min,
                   .end_min = making_at(making, draft->day, draft->start_minute + draft->presence_min),
                   .break_min = shift_break_min(draft->presence_min),
                   .headcount = draft->people,
                   .certificates = (const char **)draft->role->certificates,
                   .team_certificates = (const char **)draft->role->team_certificates,
                   .priority = draft->priority};
    return pool_add_shift(making->pool, &shift, NULL, error);
}

gboolean generate_demand(Making *making, GError **error)
{
    g_autoptr(GArray) drafts = g_array_new(FALSE, FALSE, sizeof(Draft));
    for (guint coop = 0; coop < making->pool->coops->len; coop++) {
        Random random = random_stream(making->options->seed, STREAM_DEMAND, coop);
        Asking asking;
        Draft draft;
        asking_init(&asking, making, coop, &random);
        while (draft_draw(&asking, making, &random, &draft)) {
            draft.number = drafts->len;
            g_array_append_val(drafts, draft);
        }
    }
    g_array_sort(drafts, draft_compare);
    for (guint i = 0; i < drafts->len; i++)
        if (!draft_add(making, &g_array_index(drafts, Draft, i), i, error))
            return FALSE;
    return TRUE;
}
