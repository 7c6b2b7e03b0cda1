/*
 * What act_run holds everybody to, on acts that exist here alone: whose it is, what comes twice, who was faster, and
 * that a refusal leaves nothing behind.
 */
#include "desk_case.h"

#define ALL (1U << ACTOR_PLANNER | 1U << ACTOR_WORKER | 1U << ACTOR_COOP)

/* What the acts below are to meet, and how often they were run. */
static struct {
    Store *store;
    int runs, races; /* so many times somebody else writes first */
    GQuark domain;   /* fail with that error, 0: do not */
    int code;
    const char *where; /* "before", "in" or "after" the writing */
} world;

static void put_world(const DeskCase *test)
{
    world.store = test->store;
    world.runs = world.races = 0;
    world.domain = 0;
}

static gboolean fail_at(const char *where, ActRun *run, GError **error)
{
    if (!world.domain || !g_str_equal(world.where, where))
        return FALSE;
    run->answer->details = json_pack("{s:s}", "why", where);
    g_set_error(error, world.domain, world.code, "it fails %s the writing", where);
    return TRUE;
}

/* Sends one message, and says how many there are. */
static gboolean send_one(ActRun *run, GError **error)
{
    world.runs++;
    if (fail_at("before", run, error))
        return FALSE;
    if (world.races > 0) {
        world.races--;
        case_disturb(world.store);
    }
    g_autofree char *id = g_strdup_printf("m%d", world.runs);
    g_autoptr(GPtrArray) messages = sketch_list(sketch_message(id, "t", NULL), (GDestroyNotify)message_free);
    if (!act_begin(run, error) || !store_append_messages(run->desk->store, messages, error) ||
        fail_at("in", run, error))
        return FALSE;
    run->answer->body = json_pack("{s:i, s:s}", "runs", world.runs, "text", act_text(run, "text", "none"));
    run->answer->version = 5;
    run->answer->is_created = TRUE;
    return !fail_at("after", run, error) && act_commit(run, error);
}

static gboolean look(ActRun *run, GError **error)
{
    world.runs++;
    if (fail_at("before", run, error))
        return FALSE;
    run->answer->body = json_pack("{s:s, s:s, s:s, s:I, s:b, s:f, s:b, s:b}", "worker", act_text(run, "worker", "-"),
                                  "coop", act_text(run, "coop", "-"), "text", act_text(run, "text", "none"), "whole",
                                  (json_int_t)act_integer(run, "whole", 42), "is_so", act_flag(run, "is_so", TRUE),
                                  "number", act_number(run, "number", 1.5), "has_text", act_has(run, "text"),
                                  "is_early", act_time(run, "time") == INT64_MIN);
    return TRUE;
}

static const Argument of_all[] = {{.name = "worker", .kind = ARGUMENT_ID, .about = "who"},
                                  {.name = "coop", .kind = ARGUMENT_ID, .about = "where"},
                                  {.name = "text", .kind = ARGUMENT_TEXT, .most = 20, .about = "words"},
                                  {.name = "whole", .kind = ARGUMENT_INTEGER, .most = 99, .about = "a count"},
                                  {.name = "number", .kind = ARGUMENT_NUMBER, .most = 99, .about = "a number"},
                                  {.name = "is_so", .kind = ARGUMENT_BOOLEAN, .about = "whether"},
                                  {.name = "time", .kind = ARGUMENT_TIME, .about = "when"},
                                  {.name = NULL}};
static const Act sending = {.name = "sending", .roles = ALL, .is_write = TRUE, .arguments = of_all, .run = send_one};
static const Act secret = {
    .name = "secret", .roles = ALL, .is_write = TRUE, .has_secret = TRUE, .arguments = of_all, .run = send_one};
static const Act looking = {.name = "looking", .roles = ALL, .arguments = of_all, .run = look};
static const Act planning = {.name = "planning", .roles = 1U << ACTOR_PLANNER, .arguments = of_all, .run = look};

/* The error or NULL; the answer as it is, for the caller to clear. */
static GError *ask(DeskCase *test, const Act *act, const Actor *actor, const char *arguments, const char *key,
                   ActAnswer *answer)
{
    json_t *object = case_json(arguments);
    const ActRequest request = {.act = act, .actor = *actor, .arguments = object, .key = key, .version = -1};
    GError *error = NULL;
    gboolean is_done = act_run(&test->desk, &request, answer, &error);
    g_assert_true(is_done == (error == NULL));
    g_assert_true(is_done || !answer->body || error);
    json_decref(object);
    return error;
}

static void expect_error(DeskCase *test, const Act *act, const Actor *actor, const char *arguments, const char *key,
                         ActError code)
{
    ActAnswer answer;
    g_autofree char *before = store_text(test->store);
    g_autoptr(GError) error = ask(test, act, actor, arguments, key, &answer);
    g_assert_error(error, ACT_ERROR, (int)code);
    act_answer_clear(&answer);
    g_autofree char *after = store_text(test->store);
    g_assert_cmpstr(after, ==, before);
}

static json_t *expect_answer(DeskCase *test, const Act *act, const Actor *actor, const char *arguments, const char *key,
                             gboolean is_repeat)
{
    ActAnswer answer;
    g_autoptr(GError) error = ask(test, act, actor, arguments, key, &answer);
    g_assert_no_error(error);
    g_assert_true(answer.is_repeat == is_repeat);
    if (act->is_write) {
        g_assert_true(answer.is_created);
        g_assert_cmpint(answer.version, ==, 5);
    }
    json_t *body = json_incref(answer.body);
    act_answer_clear(&answer);
    return body;
}

static void expect_text(json_t *body, const char *name, const char *text)
{
    g_assert_cmpstr(json_string_value(json_object_get(body, name)), ==, text);
}

static void test_roles(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    put_world(test);
    expect_error(test, &planning, &case_worker, "{}", NULL, ACT_ERROR_FORBIDDEN);
    expect_error(test, &planning, &case_coop, "{}", NULL, ACT_ERROR_FORBIDDEN);
    expect_error(test, &planning, &case_coop, "{\"zzz\": 1}", NULL, ACT_ERROR_FORBIDDEN);
    expect_error(test, &looking, &case_worker, "{\"worker\": \"w1\"}", NULL, ACT_ERROR_FORBIDDEN);
    expect_error(test, &looking, &case_coop, "{\"coop\": \"c1\"}", NULL, ACT_ERROR_FORBIDDEN);
    expect_error(test, &looking, &case_worker, "{\"worker\": 7}", NULL, ACT_ERROR_INVALID);
    g_assert_cmpint(world.runs, ==, 0);
    json_t *own = expect_answer(test, &looking, &case_worker, "{}", NULL, FALSE);
    json_t *named = expect_answer(test, &looking, &case_worker, "{\"worker\": \"w0\"}", NULL, FALSE);
    json_t *nulled = expect_answer(test, &looking, &case_coop, "{\"coop\": null, \"worker\": \"w3\"}", NULL, FALSE);
    json_t *planners = expect_answer(test, &looking, &case_planner, "{\"worker\": \"w3\"}", NULL, FALSE);
    expect_text(own, "worker", "w0");
    expect_text(named, "worker", "w0");
    expect_text(nulled, "coop", "c0");
    expect_text(nulled, "worker", "w3");
    expect_text(planners, "worker", "w3");
    expect_text(planners, "coop", "-");
    json_decref(own);
    json_decref(named);
    json_decref(nulled);
    json_decref(planners);
}

static void test_otherwise(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    put_world(test);
    json_t *none = expect_answer(test, &looking, &case_planner, "{\"text\": null, \"whole\": null}", NULL, FALSE);
    json_t *expected = case_json("{\"worker\":\"-\",\"coop\":\"-\",\"text\":\"none\",\"whole\":42,\"is_so\":true,"
                                 "\"number\":1.5,\"has_text\":false,\"is_early\":true}");
    g_assert_true(json_equal(none, expected));
    json_decref(none);
    json_decref(expected);
    json_t *given = expect_answer(
        test, &looking, &case_planner,
        "{\"text\":\"\",\"whole\":0,\"is_so\":false,\"number\":2,\"time\":\"2026-12-01T00:00\"}", NULL, FALSE);
    expected = case_json("{\"worker\":\"-\",\"coop\":\"-\",\"text\":\"\",\"whole\":0,\"is_so\":false,"
                         "\"number\":2.0,\"has_text\":true,\"is_early\":false}");
    g_assert_true(json_equal(given, expected));
    json_decref(given);
    json_decref(expected);
}

static void test_repeats(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    put_world(test);
    json_t *first = expect_answer(test, &sending, &case_coop, "{\"text\": \"a\", \"whole\": 1}", "k", FALSE);
    json_t *again = expect_answer(test, &sending, &case_coop, "{\"whole\": 1, \"text\": \"a\"}", "k", TRUE);
    json_t *own =
        expect_answer(test, &sending, &case_coop, "{\"whole\": 1, \"text\": \"a\", \"coop\": \"c0\"}", "k", TRUE);
    g_assert_true(json_equal(first, again));
    g_assert_true(json_equal(first, own));
    g_assert_cmpuint(case_messages(test->store), ==, 1);
    expect_error(test, &sending, &case_coop, "{\"text\": \"b\", \"whole\": 1}", "k", ACT_ERROR_REUSED);
    json_t *others = expect_answer(test, &sending, &case_worker, "{\"text\": \"b\"}", "k", FALSE);
    json_t *another = expect_answer(test, &sending, &case_coop, "{\"text\": \"b\"}", "k2", FALSE);
    json_t *unkeyed = expect_answer(test, &sending, &case_coop, "{\"text\": \"b\"}", NULL, FALSE);
    g_assert_cmpuint(case_messages(test->store), ==, 4);
    expect_error(test, &secret, &case_coop, "{}", "k3", ACT_ERROR_INVALID);
    json_decref(first);
    json_decref(again);
    json_decref(own);
    json_decref(others);
    json_decref(another);
    json_decref(unkeyed);
}

/* A repeat is judged by the role first: a key is no way around it. */
static void test_repeat_by_others(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    put_world(test);
    static const Act planners = {
        .name = "sending", .roles = 1U << ACTOR_PLANNER, .is_write = TRUE, .arguments = of_all, .run = send_one};
    json_decref(expect_answer(test, &sending, &case_coop, "{}", "k", FALSE));
    expect_error(test, &planners, &case_coop, "{}", "k", ACT_ERROR_FORBIDDEN);
}

static void test_races(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    put_world(test);
    world.races = 4;
    json_decref(expect_answer(test, &sending, &case_coop, "{}", "k", FALSE));
    g_assert_cmpint(world.runs, ==, 5);
    g_assert_cmpuint(case_messages(test->store), ==, 1);
    world.races = 5;
    ActAnswer answer;
    g_autoptr(GError) error = ask(test, &sending, &case_coop, "{}", "k2", &answer);
    g_assert_error(error, ACT_ERROR, ACT_ERROR_STALE);
    act_answer_clear(&answer);
    g_assert_cmpint(world.runs, ==, 10);
    g_assert_cmpuint(case_messages(test->store), ==, 1);
    json_decref(expect_answer(test, &sending, &case_coop, "{}", "k2", FALSE));
}

static void test_refusals(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    static const char *const places[] = {"before", "in", "after"};
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        put_world(test);
        world.domain = ACT_ERROR;
        world.code = ACT_ERROR_REFUSED;
        world.where = places[i];
        ActAnswer answer;
        g_autofree char *before = store_text(test->store);
        g_autoptr(GError) error = ask(test, &sending, &case_planner, "{}", "k", &answer);
        g_assert_error(error, ACT_ERROR, ACT_ERROR_REFUSED);
        expect_text(answer.details, "why", places[i]);
        act_answer_clear(&answer);
        g_autofree char *after = store_text(test->store);
        g_assert_cmpstr(after, ==, before);
    }
    /* A refusal is no answer that is kept: when it is mended, the same request is done. */
    put_world(test);
    world.runs = 50;
    json_decref(expect_answer(test, &sending, &case_planner, "{}", "k", FALSE));
    g_assert_cmpuint(case_messages(test->store), ==, 1);
}

static void test_words(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    const struct {
        GQuark domain;
        int code, becomes;
    } words[] = {{DESK_ERROR, DESK_ERROR_UNKNOWN, ACT_ERROR_NOT_FOUND},
                 {DESK_ERROR, DESK_ERROR_EMPTY, ACT_ERROR_NOT_FOUND},
                 {STORE_ERROR, STORE_ERROR_NOT_FOUND, ACT_ERROR_NOT_FOUND},
                 {DESK_ERROR, DESK_ERROR_STALE, ACT_ERROR_STALE},
                 {ACT_ERROR, ACT_ERROR_INVALID, ACT_ERROR_INVALID}};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        put_world(test);
        world.domain = words[i].domain;
        world.code = words[i].code;
        world.where = "before";
        expect_error(test, &looking, &case_planner, "{}", NULL, (ActError)words[i].becomes);
    }
    /* What the disk says stays what it is: that is nobody's mistake. */
    put_world(test);
    world.domain = STORE_ERROR;
    world.code = STORE_ERROR_IO;
    world.where = "before";
    ActAnswer answer;
    g_autoptr(GError) error = ask(test, &looking, &case_planner, "{}", NULL, &answer);
    g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
    act_answer_clear(&answer);
    g_assert_cmpint(world.runs, ==, 1);
}

static void test_empty(void)
{
    DeskCase test;
    desk_case_open(&test, NULL);
    put_world(&test);
    desk_clear(&test.desk);
    json_decref(expect_answer(&test, &looking, &case_planner, "{}", NULL, FALSE)); /* the desk is laid again */
    desk_case_close(&test, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    DESK_TEST("/acts/run/everybody-does-what-is-theirs", test_roles);
    DESK_TEST("/acts/run/what-is-not-said-is-otherwise", test_otherwise);
    DESK_TEST("/acts/run/the-same-request-has-one-effect-and-one-answer", test_repeats);
    DESK_TEST("/acts/run/a-key-opens-nothing", test_repeat_by_others);
    DESK_TEST("/acts/run/lost-races-are-run-again-and-not-for-ever", test_races);
    DESK_TEST("/acts/run/a-refusal-has-its-details-and-no-effect", test_refusals);
    DESK_TEST("/acts/run/what-the-world-says-is-told-in-acts-words", test_words);
    g_test_add_func("/acts/run/a-desk-without-a-pool-is-laid", test_empty);
    return g_test_run();
}
