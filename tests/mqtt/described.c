/* What the link itself says, held against data/asyncapi.json. */
#include "link_case.h"
#include "poster.h"
#include "schema.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* A service that is killed: the broker says its last will. */
static void be_killed(Broker *broker)
{
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        LinkCase *some = link_case_new(broker);
        link_start(some, NULL);
        link_run_until(some, link_is_connected, 0, 5);
        link_run_for(some, 200);
        raise(SIGKILL);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status));
}

static void assert_described(const json_t *root, const Heard *heard)
{
    const char *name;
    const json_t *channel = schema_channel(root, heard->topic, &name);
    g_autoptr(json_t) payload = json_loads(heard->payload, JSON_REJECT_DUPLICATES, NULL);
    g_autofree char *fault = schema_fault(root, schema_member(channel, "subscribe/message/payload"), payload);
    if (fault)
        g_error("%s: %s\n%s", heard->topic, fault, heard->payload);
    json_object_set_new(payload, "secret", json_true());
    g_autofree char *extra = schema_fault(root, schema_member(channel, "subscribe/message/payload"), payload);
    g_assert_nonnull(extra);
}

static void what_the_link_says_fits_the_description(void)
{
    if (!drain_can_run())
        return;
    g_autoptr(Broker) broker = broker_start(NULL, NULL);
    be_killed(broker);
    g_autoptr(Listener) listener = listener_start(broker_port(broker), "rooster/v1/test/#", NULL, NULL);
    g_autoptr(LinkCase) some = link_case_new(broker);
    link_start(some, NULL);
    link_run_until(some, link_is_connected, 0, 5);
    link_run_for(some, 200);
    g_autoptr(Poster) poster = poster_start(broker_port(broker), NULL, NULL);
    poster_post(poster, &(Post){"rooster/v1/test/coop/C1/demand", "", 0, NULL, 0, FALSE});
    g_assert_cmpuint(poster_wait(poster, 5), ==, 1);
    g_assert_cmpuint(listener_wait(listener, 3, 1), >=, 2);
    link_run_for(some, 300);
    link_stop(some);
    listener_wait(listener, 5, 5); /* lost, running, the demand itself, its answer, stopped */
    g_autoptr(json_t) root = schema_load_description();
    g_autoptr(GPtrArray) heard = listener_heard(listener);
    g_autoptr(GString) words = g_string_new(NULL);
    for (guint i = 0; i < heard->len; i++) {
        const Heard *one = g_ptr_array_index(heard, i);
        if (g_str_has_suffix(one->topic, "/demand"))
            continue;
        assert_described(root, one);
        g_autoptr(json_t) payload = json_loads(one->payload, 0, NULL);
        const json_t *word = json_object_get(payload, "state");
        g_string_append_printf(words, "%s ", json_string_value(word ? word : json_object_get(payload, "status")));
    }
    g_assert_cmpstr(words->str, ==, "lost running refused stopped ");
}

/* What the service puts into the outbox as an answer, and what a coop asks. */
static void answers_and_demands_fit_the_description(void)
{
    static const struct {
        const char *channel, *payload, *fault;
    } cases[] = {
        {"demand", "{\"key\":\"2026-12-01/1\",\"kind\":\"spike\"}", NULL},
        {"demand", "{\"key\":\"2026-12-01/1\"}", NULL},
        {"demand", "{\"kind\":\"spike\"}", "missing"},
        {"demand", "{\"key\":\"\"}", "pattern"},
        {"demand", "{\"key\":\"1\",\"kind\":\"absence\"}", "enum"},
        {"demand/answer",
         "{\"id\":\"west-answer-7\",\"sequence\":12,\"kind\":\"demand_answer\",\"pool\":\"west\",\"coop\":\"C1\","
         "\"key\":\"k\",\"status\":\"done\",\"answer\":{\"filled\":\"partly\"},\"error\":null,\"details\":null}",
         NULL},
        {"demand/answer",
         "{\"id\":\"west-answer-8\",\"sequence\":13,\"kind\":\"demand_answer\",\"pool\":\"west\",\"coop\":\"C1\","
         "\"key\":\"k\",\"status\":\"filled\",\"answer\":{},\"error\":null,\"details\":null}",
         "enum"},
    };
    g_autoptr(json_t) root = schema_load_description();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *name;
        g_autofree char *topic = g_strconcat("rooster/v1/west/coop/C1/", cases[i].channel, NULL);
        const json_t *channel = schema_channel(root, topic, &name);
        g_autoptr(json_t) payload = json_loads(cases[i].payload, JSON_REJECT_DUPLICATES, NULL);
        gboolean is_ours = g_str_has_suffix(topic, "answer");
        const json_t *schema =
            schema_member(channel, is_ours ? "subscribe/message/payload" : "publish/message/payload");
        g_autofree char *fault = schema_fault(root, schema, payload);
        if ((fault == NULL) != (cases[i].fault == NULL) || (fault && !strstr(fault, cases[i].fault)))
            g_error("case %u: expected %s, got %s", i, cases[i].fault, fault);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/asyncapi/what-the-link-says-fits-the-description", what_the_link_says_fits_the_description);
    g_test_add_func("/asyncapi/answers-and-demands-fit-the-description", answers_and_demands_fit_the_description);
    return g_test_run();
}
