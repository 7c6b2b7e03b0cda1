/*
 * What came over a broker is answered once, whenever the service died.
 */
#include "desk_case.h"
#include "rooster/office.h"

#include <string.h>

static Office *open_office(Store *store)
{
    const OfficeOptions options = {.program = "tests/office/child", .db = "/dev/null", .clock_offset_s = 0};
    g_autoptr(GError) error = NULL;
    Office *office = office_new(store, &options, &error);
    g_assert_no_error(error);
    return office;
}

static void close_office(Office *office)
{
    office_free(office);
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

static guint waiting(Store *store)
{
    g_autoptr(GPtrArray) inquiries = store_inbox_waiting(store, 0, 1000, NULL);
    return inquiries->len;
}

/* The newest answer's member as text. Caller frees. */
static char *last_answer(Store *store, const char *member)
{
    g_autoptr(GPtrArray) messages = store_outbox_after(store, 0, 1000, NULL);
    g_assert_cmpuint(messages->len, >, 0);
    const Message *message = g_ptr_array_index(messages, messages->len - 1);
    g_assert_cmpstr(message->topic, ==, "coop/c0/demand/answer");
    g_autofree char *payload = message_payload(message);
    json_t *body = case_json(payload);
    char *text = g_strdup(json_string_value(json_object_get(body, member)));
    json_decref(body);
    return text;
}

static void test_refused(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    static const struct {
        const char *payload, *error;
    } cases[] = {{"{", "not a JSON object"},
                 {"[]", "not a JSON object"},
                 {"7", "not a JSON object"},
                 {"{\"key\":\"a\",\"key\":\"b\"}", "not a JSON object"},
                 {"{}", "/key: missing"},
                 {"{\"key\":7}", "/key: missing"},
                 {"{\"key\":\"\"}", "/key: missing"},
                 {"{\"key\":\"k\",\"kind\":\"publish\"}", "/kind: neither"},
                 {"{\"key\":\"k\",\"kind\":\"no such\"}", "/kind: neither"}};
    Office *office = open_office(test->store);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(office_take(office, "c0", cases[i].payload, "aGk=", &error));
        g_assert_no_error(error);
        g_assert_cmpuint(case_messages(test->store), ==, i + 1);
        g_assert_cmpuint(waiting(test->store), ==, 0);
        g_autofree char *status = last_answer(test->store, "status"), *sentence = last_answer(test->store, "error");
        g_assert_cmpstr(status, ==, "refused");
        if (!g_str_has_prefix(sentence, cases[i].error))
            g_error("%s: %s", cases[i].payload, sentence);
    }
    g_autofree char *huge = g_strnfill(60000, 'x');
    g_autofree char *payload = g_strdup_printf("{\"key\": \"%s\"}", huge);
    g_assert_true(office_take(office, "c0", payload, NULL, NULL));
    g_autofree char *sentence = last_answer(test->store, "error");
    g_assert_cmpuint(strlen(sentence), <, 200);
    close_office(office);
}

/* It was kept, and the service died before it was answered: the next one answers, and the one after does not again. */
static void test_after_a_crash(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    Inquiry inquiry = sketch_inquiry("{\"key\": \"k\", \"kind\": \"nonsense\"}", "aGk=");
    inquiry.coop = (char *)"c0";
    int64_t sequence = 0;
    g_assert_true(store_inbox_add(test->store, &inquiry, &sequence, NULL));
    for (int starts = 0; starts < 3; starts++) {
        close_office(open_office(test->store));
        g_assert_cmpuint(case_messages(test->store), ==, 1);
        g_assert_cmpuint(waiting(test->store), ==, 0);
    }
}

/* A spike is a long act: the service dies while the child works, and nothing is lost. */
static void test_while_a_child_works(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    if (!act_find("spike")) {
        g_test_skip("there is no act spike");
        return;
    }
    Office *office = open_office(test->store);
    g_assert_true(office_take(office, "c0", "{\"key\": \"k\", \"role\": \"slow\"}", NULL, NULL));
    g_assert_cmpuint(case_messages(test->store), ==, 0);
    close_office(office);
    g_assert_cmpuint(waiting(test->store), ==, 1);
    office = open_office(test->store);
    while (waiting(test->store) > 0)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(case_messages(test->store), ==, 1);
    g_autofree char *id = last_answer(test->store, "coop");
    g_assert_cmpstr(id, ==, "c0");
    close_office(office);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    DESK_TEST("/office/inbox/what-is-no-demand-is-refused-and-answered", test_refused);
    DESK_TEST("/office/inbox/is-answered-once-after-a-crash", test_after_a_crash);
    DESK_TEST("/office/inbox/keeps-what-a-child-was-working-on", test_while_a_child_works);
    return g_test_run();
}
