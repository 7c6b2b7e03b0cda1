/*
 * Spikes, absences and offers as acts, on a store in memory: who may, what is published or waits, who is asked and
 * told, and that a request which comes twice happens once.
 */
#include "rooster/act.h"

#include "memory_store.h"
#include "rooster/plan.h"
#include "rooster/rules.h"
#include "sketch.h"

#include <string.h>

#define MONDAY_06 INT64_C(1796014800) /* 2026-11-30T06:00+01:00 */

static const Actor planner = {ACTOR_PLANNER, "", "planner:test"}, green = {ACTOR_COOP, "green", "coop:green"},
                   bus = {ACTOR_COOP, "bus", "coop:bus"}, anna = {ACTOR_WORKER, "anna", "worker:anna"},
                   bart = {ACTOR_WORKER, "bart", "worker:bart"};

typedef struct World {
    Store *store;
    Desk desk;
    ActAnswer answer;
} World;

/* --- a small pool: three workers, two coops, one shift with anna on it */

static int64_t at(const Pool *pool, const char *text)
{
    int64_t minutes = 0;
    g_assert_true(zone_parse(pool->zone, text, &minutes, NULL));
    return minutes;
}

static void add_shift(Pool *pool, const char *id, const char *start, const char *end)
{
    Shift shift = {.id = id,
                   .coop = 0,
                   .start_min = at(pool, start),
                   .end_min = at(pool, end),
                   .headcount = 1,
                   .priority = PRIORITY_NORMAL};
    g_assert_true(pool_add_shift(pool, &shift, NULL, NULL));
}

static Pool *small_pool(Accept accept)
{
    Prices prices = prices_default();
    Pool *pool = pool_new("p", "P", zone_new("Europe/Amsterdam", NULL), profile_new("nl-atw", NULL), &prices);
    pool->accept = accept;
    for (const char *const *id = (const char *const[]){"green", "bus", NULL}; *id; id++)
        g_assert_true(pool_add_coop(pool, &(Coop){.id = *id}, NULL, NULL));
    for (const char *const *id = (const char *const[]){"anna", "bart", "cem", NULL}; *id; id++) {
        Worker worker = {.id = *id,
                         .birth = day_from_civil(1985, 1, 1),
                         .contract_max = 40 * DECIMAL_ONE,
                         .hourly_cost = 20 * DECIMAL_ONE};
        g_assert_true(pool_add_worker(pool, &worker, NULL, NULL));
    }
    add_shift(pool, "tue", "2026-12-01T08:00", "2026-12-01T12:00");
    add_shift(pool, "sun", "2026-12-06T08:00", "2026-12-06T12:00");
    pool_close(pool);
    return pool;
}

static void world_open(World *world, Accept accept)
{
    g_autoptr(Pool) pool = small_pool(accept);
    g_autoptr(GPtrArray) publications = g_ptr_array_new_with_free_func((GDestroyNotify)publication_free);
    g_autoptr(Roster) roster = roster_new(pool_shift(pool, 0)->week, ROSTER_PUBLISHED, 1);
    AuditEntry audit = {MONDAY_06, (char *)"test", (char *)"import", (char *)""};
    g_autoptr(GError) error = NULL;
    roster_add(roster, 0, 0, FALSE);
    roster_add(roster, 1, 0, FALSE);
    Publication *publication = g_new0(Publication, 1);
    publication->roster = roster_copy(roster);
    publication->events = g_ptr_array_new();
    publication->messages = g_ptr_array_new();
    g_ptr_array_add(publications, publication);
    *world = (World){.store = memory_store_new()};
    store_save_pool(world->store, pool, publications, FALSE, &audit, &error);
    g_assert_no_error(error);
    g_assert_true(desk_open(&world->desk, world->store, MONDAY_06, &error));
}

static void world_close(World *world)
{
    act_answer_clear(&world->answer);
    desk_clear(&world->desk);
    store_close(world->store);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(World, world_close)

/* Every published roster is lawful, whatever was done. */
static void judge(World *world)
{
    g_assert_true(desk_refresh(&world->desk, NULL));
    for (guint i = 0; i < world->desk.published->len; i++) {
        const Roster *roster = g_ptr_array_index(world->desk.published, i);
        g_autoptr(Week) week = week_new(world->desk.pool, roster->week, world->desk.published);
        g_autoptr(GPtrArray) violations = rules_check(week, roster);
        for (guint v = 0; v < violations->len; v++) {
            const Violation *violation = g_ptr_array_index(violations, v);
            /* Who is away, or is asked no longer, stays until somebody decides. */
            if (strcmp(violation->rule, "unavailable") != 0 && strcmp(violation->rule, "headcount") != 0)
                g_error("%s: %s", violation->rule, violation->text);
        }
    }
}

/* Does the act with the arguments, in JSON with ' for "; its answer's body. */
static json_t *do_as(World *world, const Actor *actor, const char *act, const char *key, const char *arguments,
                     GError **error)
{
    g_auto(GStrv) parts = g_strsplit(arguments, "'", -1);
    g_autofree char *text = g_strjoinv("\"", parts);
    json_t *object = json_loads(text, 0, NULL);
    g_assert_nonnull(object);
    ActRequest request = {.act = act_find(act), .actor = *actor, .arguments = object, .key = key, .version = -1};
    g_assert_nonnull(request.act);
    act_answer_clear(&world->answer);
    gboolean is_done = act_run(&world->desk, &request, &world->answer, error);
    json_decref(object);
    judge(world);
    return is_done ? world->answer.body : NULL;
}

static json_t *must(World *world, const Actor *actor, const char *act, const char *arguments)
{
    g_autoptr(GError) error = NULL;
    json_t *body = do_as(world, actor, act, NULL, arguments, &error);
    g_assert_no_error(error);
    return body;
}

static void refused(World *world, const Actor *actor, const char *act, const char *arguments, ActError code)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(do_as(world, actor, act, NULL, arguments, &error));
    g_assert_error(error, ACT_ERROR, (gint)code);
}

static const char *word(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static guint people_on(World *world, const char *shift)
{
    guint index;
    g_assert_true(desk_refresh(&world->desk, NULL));
    g_assert_true(pool_find_shift(world->desk.pool, shift, &index));
    return roster_cover(g_ptr_array_index(world->desk.published, 0), index, NULL);
}

static guint told(World *world, const char *topic, const char *kind)
{
    g_autoptr(GPtrArray) messages = store_outbox_after(world->store, 0, 1000, NULL);
    g_autofree char *part = g_strdup_printf("\"kind\":\"%s\"", kind);
    guint count = 0;
    for (guint i = 0; i < messages->len; i++) {
        const Message *message = g_ptr_array_index(messages, i);
        count += strcmp(message->topic, topic) == 0 && strstr(message->body, part) ? 1 : 0;
    }
    return count;
}

static json_t *first_week(const json_t *body)
{
    return json_array_get(json_object_get(body, "weeks"), 0);
}

/* --- spikes */

static char *offer_of(World *world, const Actor *worker)
{
    json_t *offers = json_object_get(must(world, worker, "offers", "{}"), "offers");
    return json_array_size(offers) ? g_strdup_printf("{'case': '%s'}", word(json_array_get(offers, 0), "case")) : NULL;
}

#define IN_TIME "{'coop': 'green', 'shift': 'more', 'start': '2026-12-05T08:00', 'end': '2026-12-05T12:00'}"
#define LATE    "{'coop': 'green', 'shift': 'more', 'start': '2026-12-02T08:00', 'end': '2026-12-02T12:00'}"

static void a_spike_waits_for_the_planner(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    json_t *body = must(&world, &green, "spike", IN_TIME);
    g_assert_cmpstr(word(body, "state"), ==, "waiting");
    g_assert_cmpstr(word(first_week(body), "outcome"), ==, "filled");
    g_assert_null(json_object_get(first_week(body), "changes")); /* not the coop's to know */
    g_autofree char *accept = g_strdup_printf("{'case': '%s'}", word(body, "case"));
    g_assert_cmpuint(people_on(&world, "more"), ==, 0);
    refused(&world, &green, "case_accept", accept, ACT_ERROR_FORBIDDEN);
    g_assert_cmpstr(word(must(&world, &planner, "case_accept", accept), "state"), ==, "accepted");
    g_assert_cmpuint(people_on(&world, "more"), ==, 1);
    refused(&world, &planner, "case_accept", accept, ACT_ERROR_REFUSED);
    g_assert_cmpuint(told(&world, "coop/green/events", "spike_answered"), ==, 2);
    g_assert_cmpuint(told(&world, "planner/events", "spike"), ==, 1);
}

#define TRIAL(more)                                                                                                    \
    "{'coop': 'green', 'start': '2026-12-05T08:00', 'end': '2026-12-05T12:00', 'is_trial': true" more "}"

static const json_t *first_shift(const json_t *body)
{
    return json_array_get(json_object_get(first_week(body), "shifts"), 0);
}

/* As many would come as do when it is asked, but nothing is stored, nobody told, and a coop learns no names from it. */
static void a_trial_tells_and_changes_nothing(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_AUTO);
    g_autofree char *before = store_text(world.store);
    json_t *body = must(&world, &green, "spike", TRIAL(""));
    g_assert_cmpstr(word(body, "state"), ==, "accepted");
    g_assert_true(json_is_null(json_object_get(body, "case")));
    g_assert_false(world.answer.is_created);
    g_assert_cmpstr(word(first_week(body), "outcome"), ==, "filled");
    g_assert_nonnull(json_object_get(json_object_get(first_week(body), "price"), "total_cents"));
    g_assert_cmpint(json_integer_value(json_object_get(first_shift(body), "cover")), ==, 1);
    g_assert_cmpuint(json_array_size(json_object_get(first_shift(body), "people")), ==, 0);
    body = must(&world, &planner, "spike", TRIAL(""));
    g_assert_cmpuint(json_array_size(json_object_get(first_shift(body), "people")), ==, 1);
    body = must(&world, &green, "spike", TRIAL(", 'headcount': 9"));
    g_assert_cmpstr(word(first_week(body), "outcome"), ==, "partly");
    g_assert_cmpint(json_integer_value(json_object_get(first_shift(body), "missing")), ==, 6);
    body = must(&world, &green, "spike", "{'shift': 'tue', 'headcount': 2, 'is_trial': true}");
    g_assert_cmpint(json_integer_value(json_object_get(first_shift(body), "cover")), ==, 2);
    g_assert_cmpuint(json_array_size(json_object_get(first_shift(body), "people")), ==, 1); /* anna, who is there */
    body = do_as(&world, &green, "spike", "k1", TRIAL(""), NULL);
    g_assert_nonnull(body);
    refused(&world, &bus, "spike", TRIAL(""), ACT_ERROR_FORBIDDEN);
    refused(&world, &bus, "spike", "{'coop': 'bus', 'shift': 'tue', 'headcount': 2, 'is_trial': true}",
            ACT_ERROR_NOT_FOUND);
    refused(&world, &anna, "spike", TRIAL(""), ACT_ERROR_FORBIDDEN);
    g_autofree char *after = store_text(world.store);
    g_assert_cmpstr(after, ==, before);
}

static void a_declined_spike_leaves_the_week(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    g_autofree char *decline = g_strdup_printf("{'case': '%s'}", word(must(&world, &green, "spike", IN_TIME), "case"));
    g_assert_cmpstr(word(must(&world, &planner, "case_decline", decline), "state"), ==, "declined");
    g_assert_cmpuint(people_on(&world, "more"), ==, 0);
}

static void what_was_proposed_is_judged_again(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    json_t *body = must(&world, &planner, "spike", IN_TIME);
    const char *chosen = word(json_array_get(json_object_get(first_week(body), "changes"), 0), "worker");
    g_autofree char *accept = g_strdup_printf("{'case': '%s'}", word(body, "case"));
    g_autofree char *away =
        g_strdup_printf("{'worker': '%s', 'from': '2026-12-05T00:00', 'until': '2026-12-06T00:00'}", chosen);
    g_autofree char *gone = g_strdup(chosen);
    must(&world, &planner, "absence", away);
    must(&world, &planner, "case_accept", accept);
    guint worker = 0, shift = 0;
    g_assert_true(pool_find_worker(world.desk.pool, gone, &worker) && pool_find_shift(world.desk.pool, "more", &shift));
    g_assert_cmpuint(people_on(&world, "more"), ==, 1);
    g_assert_null(roster_find(g_ptr_array_index(world.desk.published, 0), shift, worker));
}

static void what_is_asked_no_longer_waits_for_nobody(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    g_autofree char *first = g_strdup_printf("{'case': '%s'}", word(must(&world, &green, "spike", LATE), "case"));
    must(&world, &planner, "case_accept", first); /* workers are asked */
    json_t *again = must(&world, &green, "spike", "{'shift': 'more', 'headcount': 2}");
    g_assert_cmpstr(word(again, "state"), ==, "waiting");
    refused(&world, &planner, "case_accept", first, ACT_ERROR_REFUSED);
    g_assert_null(offer_of(&world, &anna));
    g_assert_cmpuint(told(&world, "planner/events", "case_closed"), ==, 1);
    json_t *ended = must(&world, &green, "spike_cancel", "{'shift': 'more'}");
    g_assert_cmpstr(word(ended, "state"), ==, "accepted"); /* nobody came yet: there is nothing to decide */
    json_t *cases = json_object_get(must(&world, &green, "cases", "{}"), "cases");
    guint withdrawn = 0;
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *some = json_array_get(cases, i), *asked = json_object_get(json_object_get(some, "body"), "asked");
        withdrawn += strcmp(word(some, "state"), "withdrawn") == 0;
        g_assert_cmpstr(word(asked, "shift"), ==, "more");
    }
    g_assert_cmpuint(json_array_size(cases), ==, 3);
    g_assert_cmpuint(withdrawn, ==, 2);
}

static void where_people_come_the_planner_decides(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    json_t *ended = must(&world, &green, "spike_cancel", "{'shift': 'sun'}");
    g_assert_cmpstr(word(ended, "state"), ==, "waiting");
    g_assert_cmpuint(people_on(&world, "sun"), ==, 1);
}

/* Who could come has not been asked, and is nobody the coop knows of; once it is published, who comes is. */
static void a_coop_is_told_names_once_it_is_published(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    json_t *body = must(&world, &green, "spike", IN_TIME);
    g_assert_cmpstr(word(body, "state"), ==, "waiting");
    g_assert_cmpint(json_integer_value(json_object_get(first_shift(body), "cover")), ==, 1);
    g_assert_cmpuint(json_array_size(json_object_get(first_shift(body), "people")), ==, 0);
    json_t *some = json_array_get(json_object_get(must(&world, &green, "cases", "{}"), "cases"), 0);
    json_t *told = json_array_get(json_object_get(json_object_get(some, "body"), "answer"), 0);
    g_assert_cmpuint(json_array_size(json_object_get(json_array_get(json_object_get(told, "shifts"), 0), "people")), ==,
                     0);
    some = json_array_get(json_object_get(must(&world, &planner, "cases", "{}"), "cases"), 0);
    told = json_array_get(json_object_get(json_object_get(some, "body"), "answer"), 0);
    g_assert_cmpuint(json_array_size(json_object_get(json_array_get(json_object_get(told, "shifts"), 0), "people")), ==,
                     1);
}

static void with_auto_it_is_published_at_once(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_AUTO);
    json_t *body = must(&world, &green, "spike", IN_TIME);
    g_assert_cmpstr(word(body, "state"), ==, "accepted");
    g_assert_cmpuint(json_array_size(json_object_get(first_shift(body), "people")), ==, 1);
    g_assert_cmpuint(people_on(&world, "more"), ==, 1);
    g_assert_cmpstr(word(must(&world, &green, "spike_cancel", "{'shift': 'more'}"), "state"), ==, "accepted");
    g_assert_cmpuint(people_on(&world, "more"), ==, 0);
}

static void a_draft_under_way_is_not_published_over(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_AUTO);
    must(&world, &planner, "move",
         "{'week': '2026-W49', 'steps': [{'kind': 'pin', 'shift': 'sun', 'worker': 'anna'}]}");
    json_t *body = must(&world, &green, "spike", IN_TIME);
    g_assert_cmpstr(word(body, "state"), ==, "waiting");
    g_autofree char *accept = g_strdup_printf("{'case': '%s'}", word(body, "case"));
    refused(&world, &planner, "case_accept", accept, ACT_ERROR_REFUSED);
}

static void a_coop_asks_for_itself_alone(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_AUTO);
    refused(&world, &bus, "spike", IN_TIME, ACT_ERROR_FORBIDDEN);
    refused(&world, &bus, "spike", "{'coop': 'bus', 'shift': 'tue', 'headcount': 2}", ACT_ERROR_NOT_FOUND);
    refused(&world, &bus, "spike_cancel", "{'shift': 'tue'}", ACT_ERROR_NOT_FOUND);
    refused(&world, &anna, "spike", IN_TIME, ACT_ERROR_FORBIDDEN);
    refused(&world, &green, "spike", "{'coop': 'green', 'start': '2026-12-05T08:00'}", ACT_ERROR_INVALID);
    refused(&world, &green, "spike", "{'coop': 'green', 'start': '2026-11-30T05:00', 'end': '2026-11-30T07:00'}",
            ACT_ERROR_INVALID);
}

static void what_comes_twice_happens_once(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    const char *arguments = "{'coop': 'green', 'start': '2026-12-05T08:00', 'end': '2026-12-05T12:00'}";
    g_autofree char *first = g_strdup(word(do_as(&world, &green, "spike", "k1", arguments, NULL), "case"));
    g_assert_cmpstr(word(do_as(&world, &green, "spike", "k1", arguments, NULL), "case"), ==, first);
    g_assert_true(world.answer.is_repeat);
    CaseFilter all = {0};
    g_autoptr(GPtrArray) cases = store_find_cases(world.store, &all, NULL);
    g_assert_cmpuint(cases->len, ==, 1);
}

/* --- offers */

static void within_the_notice_workers_are_asked_and_the_first_yes_wins(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_AUTO);
    json_t *body = must(&world, &green, "spike", LATE);
    g_assert_cmpstr(word(body, "state"), ==, "waiting");
    g_assert_cmpuint(people_on(&world, "more"), ==, 0);
    g_autofree char *of_anna = offer_of(&world, &anna), *of_bart = offer_of(&world, &bart);
    g_assert_nonnull(of_anna);
    g_assert_nonnull(of_bart);
    g_assert_cmpuint(told(&world, "worker/bart/events", "offer"), ==, 1);
    refused(&world, &anna, "offer_accept", of_bart, ACT_ERROR_NOT_FOUND);
    refused(&world, &green, "offer_accept", of_bart, ACT_ERROR_FORBIDDEN);
    g_assert_cmpstr(word(must(&world, &bart, "offer_accept", of_bart), "state"), ==, "accepted");
    g_assert_cmpuint(people_on(&world, "more"), ==, 1);
    refused(&world, &anna, "offer_accept", of_anna, ACT_ERROR_REFUSED);
    g_assert_null(offer_of(&world, &anna));
    g_assert_cmpuint(told(&world, "worker/anna/events", "offer_closed"), ==, 1);
    json_t *spikes = json_object_get(must(&world, &green, "cases", "{}"), "cases");
    json_t *known = json_array_get(json_object_get(json_object_get(json_array_get(spikes, 0), "body"), "answer"), 0);
    g_assert_nonnull(json_object_get(known, "outcome"));
    g_assert_null(json_object_get(known, "consents")); /* who was asked is not the coop's to know */
    g_assert_cmpstr(word(json_array_get(spikes, 0), "state"), ==, "accepted");
}

static void the_planner_asks_some_and_a_draft_outlives_the_yes(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    must(&world, &planner, "spike", LATE);
    refused(&world, &green, "offer_make", "{'shift': 'more', 'workers': ['bart']}", ACT_ERROR_FORBIDDEN);
    refused(&world, &planner, "offer_make", "{'shift': 'tue', 'workers': ['bart']}", ACT_ERROR_REFUSED);
    refused(&world, &planner, "offer_make", "{'shift': 'more', 'workers': ['nobody']}", ACT_ERROR_NOT_FOUND);
    must(&world, &planner, "availability_set",
         "{'worker': 'cem', 'from': '2026-12-02T00:00', 'until': '2026-12-03T00:00', 'windows': [{'start': "
         "'2026-12-02T00:00', 'end': '2026-12-03T00:00', 'kind': 'unavailable'}]}");
    refused(&world, &planner, "offer_make", "{'shift': 'more', 'workers': ['anna', 'cem']}", ACT_ERROR_REFUSED);
    g_assert_null(offer_of(&world, &anna)); /* all or none */
    json_t *body = must(&world, &planner, "offer_make", "{'shift': 'more', 'workers': ['anna', 'bart']}");
    g_assert_cmpint(json_integer_value(json_object_get(body, "asked")), ==, 2);
    body = must(&world, &planner, "offer_make", "{'shift': 'more', 'workers': ['bart']}");
    g_assert_cmpint(json_integer_value(json_object_get(body, "asked")), ==, 0);
    must(&world, &planner, "move",
         "{'week': '2026-W49', 'steps': [{'kind': 'unassign', 'shift': 'sun', 'worker': 'anna'}]}");
    g_autofree char *of_bart = offer_of(&world, &bart), *of_anna = offer_of(&world, &anna);
    g_assert_cmpstr(word(must(&world, &bart, "offer_accept", of_bart), "state"), ==, "accepted");
    g_assert_cmpuint(people_on(&world, "more"), ==, 1);
    g_assert_cmpuint(people_on(&world, "sun"), ==, 1);
    refused(&world, &anna, "offer_accept", of_anna, ACT_ERROR_REFUSED);
    g_assert_cmpuint(told(&world, "worker/anna/events", "offer_closed"), ==, 1);
    json_t *changes = json_object_get(must(&world, &planner, "diff", "{'week': '2026-W49'}"), "changes");
    g_assert_cmpuint(json_array_size(changes), ==, 1); /* the draft is still there, with bart in it */
    g_assert_cmpstr(word(json_array_get(changes, 0), "shift"), ==, "sun");
    json_t *entries = json_object_get(must(&world, &planner, "audit", "{'shift': 'sun', 'most': 5}"), "entries");
    g_assert_cmpuint(json_array_size(entries), ==, 1);
    g_assert_cmpstr(word(json_array_get(entries, 0), "what"), ==, "move");
}

static void an_offer_can_be_declined_or_run_out(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_AUTO);
    must(&world, &green, "spike", LATE);
    g_autofree char *of_bart = offer_of(&world, &bart), *of_anna = offer_of(&world, &anna);
    g_assert_cmpstr(word(must(&world, &bart, "offer_decline", of_bart), "state"), ==, "declined");
    world.desk.now_s += 4 * 3600 + 1;
    refused(&world, &anna, "offer_accept", of_anna, ACT_ERROR_REFUSED);
    g_assert_cmpint(json_integer_value(json_object_get(must(&world, &planner, "cases_expire", "{}"), "expired")), ==,
                    2);
    g_assert_null(offer_of(&world, &anna));
    world.desk.now_s += 3 * 86400;
    g_assert_cmpint(json_integer_value(json_object_get(must(&world, &planner, "cases_expire", "{}"), "expired")), ==,
                    1);
    g_assert_cmpint(json_integer_value(json_object_get(must(&world, &planner, "cases_expire", "{}"), "expired")), ==,
                    0);
}

static void the_planner_may_have_asked_already(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    g_autofree char *id = g_strdup(word(must(&world, &green, "spike", LATE), "case"));
    g_assert_null(offer_of(&world, &bart)); /* nobody is asked before the planner says so */
    g_autofree char *ask = g_strdup_printf("{'case': '%s'}", id);
    json_t *body = must(&world, &planner, "case_accept", ask);
    g_assert_cmpstr(word(body, "state"), ==, "waiting");
    g_assert_cmpint(json_integer_value(json_object_get(body, "asked")), ==, 3);
    g_autofree char *agreed = g_strdup_printf("{'case': '%s', 'is_agreed': true}", id);
    g_assert_cmpstr(word(must(&world, &planner, "case_accept", agreed), "state"), ==, "accepted");
    g_assert_cmpuint(people_on(&world, "more"), ==, 1);
    g_assert_null(offer_of(&world, &bart));
}

/* --- absences */

static void a_worker_reports_themself_away_and_back(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    const char *away = "{'worker': 'anna', 'from': '2026-12-05T18:00', 'until': '2026-12-08T00:00'}";
    refused(&world, &bart, "absence", away, ACT_ERROR_FORBIDDEN);
    refused(&world, &green, "absence", away, ACT_ERROR_FORBIDDEN);
    json_t *body = must(&world, &anna, "absence", away);
    g_assert_cmpstr(word(body, "state"), ==, "waiting");
    g_assert_cmpuint(json_array_size(json_object_get(body, "weeks")), ==, 0); /* who steps in is not theirs to know */
    g_autofree char *id = g_strdup(word(body, "case"));
    must(&world, &anna, "absence_end", "{'worker': 'anna', 'back': '2026-12-05T18:00'}");
    g_autoptr(Case) some = store_load_case(world.store, id, NULL);
    g_assert_cmpint(some->state, ==, CASE_WITHDRAWN);
    g_assert_cmpuint(pool_worker(world.desk.pool, 0)->windows->len, ==, 0);
    refused(&world, &anna, "absence_end", "{'worker': 'anna', 'back': '2026-12-05T18:00'}", ACT_ERROR_REFUSED);
}

static void an_accepted_absence_replaces_the_worker(void)
{
    g_auto(World) world;
    world_open(&world, ACCEPT_ASK);
    json_t *body =
        must(&world, &anna, "absence", "{'worker': 'anna', 'from': '2026-12-05T18:00', 'until': '2026-12-08T00:00'}");
    g_autofree char *accept = g_strdup_printf("{'case': '%s'}", word(body, "case"));
    g_assert_cmpstr(word(must(&world, &planner, "case_accept", accept), "state"), ==, "accepted");
    const Roster *roster = g_ptr_array_index(world.desk.published, 0);
    g_assert_null(roster_find(roster, 1, 0));
    g_assert_cmpuint(people_on(&world, "sun"), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(name) g_test_add_func("/act-react/" #name, name)
    TEST(a_spike_waits_for_the_planner);
    TEST(a_declined_spike_leaves_the_week);
    TEST(a_trial_tells_and_changes_nothing);
    TEST(what_is_asked_no_longer_waits_for_nobody);
    TEST(where_people_come_the_planner_decides);
    TEST(a_coop_is_told_names_once_it_is_published);
    TEST(what_was_proposed_is_judged_again);
    TEST(with_auto_it_is_published_at_once);
    TEST(a_draft_under_way_is_not_published_over);
    TEST(a_coop_asks_for_itself_alone);
    TEST(what_comes_twice_happens_once);
    TEST(within_the_notice_workers_are_asked_and_the_first_yes_wins);
    TEST(the_planner_asks_some_and_a_draft_outlives_the_yes);
    TEST(an_offer_can_be_declined_or_run_out);
    TEST(the_planner_may_have_asked_already);
    TEST(a_worker_reports_themself_away_and_back);
    TEST(an_accepted_absence_replaces_the_worker);
    return g_test_run();
}
