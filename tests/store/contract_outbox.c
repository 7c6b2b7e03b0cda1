#include "contract.h"
#include "sketch.h"

/* Messages of the topics t0 ... in turn, the even ones retained, each with its own id. */
static void messages_publish(ContractFixture *fixture, int revision, int count)
{
    g_autoptr(Publication) publication = sketch_publication(fixture->pool, WEEK_49, revision, "", "none");
    for (int i = 0; i < count; i++) {
        g_autofree char *id = g_strdup_printf("r%d-%d", revision, i), *topic = g_strdup_printf("t%d", i % 5);
        g_ptr_array_add(publication->messages, message_new(id, topic, "{\"a\": \"é\\n\"}", i % 2 == 0, 1795996800 + i));
    }
    AuditEntry audit = sketch_audit("publish", "messages");
    EXPECT_DONE(store_publish(fixture->store, fixture->pool, publication, &audit, &error));
}

static void ids_expect(GPtrArray *messages, const char *ids)
{
    GString *found = g_string_new(NULL);
    for (guint i = 0; i < messages->len; i++)
        g_string_append_printf(found, "%s%s", i ? " " : "", ((Message *)g_ptr_array_index(messages, i))->id);
    g_assert_cmpstr(found->str, ==, ids);
    g_string_free(found, TRUE);
    g_ptr_array_unref(messages);
}

static int64_t sequence_of(ContractFixture *fixture, guint place)
{
    g_autoptr(GPtrArray) waiting = store_outbox_waiting(fixture->store, 0, 1000, NULL);
    return ((Message *)g_ptr_array_index(waiting, place))->sequence;
}

static void counts_expect(ContractFixture *fixture, int64_t waiting, int64_t delivered, int64_t dead)
{
    OutboxCounts counts;
    EXPECT_DONE(store_outbox_counts(fixture->store, &counts, &error));
    g_assert_cmpint(counts.waiting, ==, waiting);
    g_assert_cmpint(counts.delivered, ==, delivered);
    g_assert_cmpint(counts.dead, ==, dead);
}

static void test_order(ContractFixture *fixture, gconstpointer adapter)
{
    messages_publish(fixture, 1, 4);
    messages_publish(fixture, 2, 2);
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) waiting = store_outbox_waiting(fixture->store, 0, 100, NULL);
    for (guint i = 0; i < waiting->len; i++) {
        const Message *message = g_ptr_array_index(waiting, i);
        const Message *before = i ? g_ptr_array_index(waiting, i - 1) : NULL;
        g_assert_cmpint(message->sequence, >, before ? before->sequence : 0);
        g_assert_cmpstr(message->body, ==, "{\"a\": \"é\\n\"}");
    }
    const Message *third = g_ptr_array_index(waiting, 2);
    g_assert_cmpstr(third->topic, ==, "t2");
    g_assert_true(third->is_retained);
    g_assert_cmpint(third->created_s, ==, 1795996802);
    int64_t sequence = third->sequence;
    ids_expect(g_steal_pointer(&waiting), "r1-0 r1-1 r1-2 r1-3 r2-0 r2-1");
    ids_expect(store_outbox_waiting(fixture->store, sequence, 2, NULL), "r1-3 r2-0");
    ids_expect(store_outbox_waiting(fixture->store, 0, 0, NULL), "");
    ids_expect(store_outbox_waiting(fixture->store, G_MAXINT64, 10, NULL), "");
}

static void test_delivered(ContractFixture *fixture, gconstpointer adapter)
{
    messages_publish(fixture, 1, 4);
    int64_t second = sequence_of(fixture, 1);
    EXPECT_DONE(store_outbox_delivered(fixture->store, second, 1796000000, &error));
    contract_again(fixture, adapter);
    ids_expect(store_outbox_waiting(fixture->store, 0, 10, NULL), "r1-0 r1-2 r1-3");
    counts_expect(fixture, 3, 1, 0);
    /* A broker may acknowledge twice. */
    EXPECT_DONE(store_outbox_delivered(fixture->store, second, 1796000009, &error));
    counts_expect(fixture, 3, 1, 0);
    EXPECT_REFUSED(fixture, STORE_ERROR_NOT_FOUND, store_outbox_delivered(fixture->store, 9999, 1, &error));
    EXPECT_REFUSED(fixture, STORE_ERROR_NOT_FOUND, store_outbox_dead(fixture->store, 0, 1, "no", &error));
}

static void test_dead(ContractFixture *fixture, gconstpointer adapter)
{
    messages_publish(fixture, 1, 4);
    int64_t first = sequence_of(fixture, 0), second = sequence_of(fixture, 1), third = sequence_of(fixture, 2);
    EXPECT_DONE(store_outbox_dead(fixture->store, first, 1796000000, "not authorised", &error));
    EXPECT_DONE(store_outbox_dead(fixture->store, second, 1796000000, "quota exceeded", &error));
    EXPECT_DONE(store_outbox_delivered(fixture->store, third, 1796000000, &error));
    contract_again(fixture, adapter);
    counts_expect(fixture, 1, 1, 2);
    ids_expect(store_outbox_waiting(fixture->store, 0, 10, NULL), "r1-3");
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_outbox_dead(fixture->store, third, 1, "too late", &error));
    int64_t count = -1;
    EXPECT_DONE(store_outbox_revive(fixture->store, &count, &error));
    g_assert_cmpint(count, ==, 2);
    contract_again(fixture, adapter);
    counts_expect(fixture, 3, 1, 0);
    ids_expect(store_outbox_waiting(fixture->store, 0, 10, NULL), "r1-0 r1-1 r1-3");
    g_assert_cmpint(sequence_of(fixture, 0), ==, first);
    EXPECT_DONE(store_outbox_revive(fixture->store, &count, &error));
    g_assert_cmpint(count, ==, 0);
}

static void test_retained(ContractFixture *fixture, gconstpointer adapter)
{
    ids_expect(store_outbox_retained(fixture->store, NULL), "");
    messages_publish(fixture, 1, 9); /* retained: t0 r1-0, t2 r1-2, t4 r1-4, t1 r1-6, t3 r1-8 */
    messages_publish(fixture, 2, 3); /* retained: t0 r2-0, t2 r2-2 */
    ids_expect(store_outbox_retained(fixture->store, NULL), "r2-0 r1-6 r2-2 r1-8 r1-4");
    EXPECT_DONE(store_outbox_delivered(fixture->store, sequence_of(fixture, 6), 1, &error)); /* r1-6 */
    EXPECT_DONE(
        store_outbox_dead(fixture->store, sequence_of(fixture, 8), 1, "no", &error)); /* r2-0, as r1-6 has left */
    contract_again(fixture, adapter);
    ids_expect(store_outbox_retained(fixture->store, NULL), "r1-0 r1-6 r2-2 r1-8 r1-4");
}

static void test_ids(ContractFixture *fixture, gconstpointer adapter)
{
    messages_publish(fixture, 1, 1);
    contract_again(fixture, adapter);
    g_autoptr(Publication) again = sketch_publication(fixture->pool, WEEK_49, 2, "s0:w0", "b");
    g_ptr_array_add(again->messages, message_new("r1-0", "t", "{}", FALSE, 1));
    AuditEntry audit = sketch_audit("publish", "a message id twice");
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_publish(fixture->store, fixture->pool, again, &audit, &error));
}

const ContractTest contract_outbox_tests[] = {
    {"hands-out-waiting-messages-in-their-order", test_order},
    {"lets-a-message-go-when-it-is-delivered", test_delivered},
    {"keeps-dead-letters-until-they-are-revived", test_dead},
    {"knows-what-the-broker-should-hold", test_retained},
    {"refuses-a-message-id-twice", test_ids},
    {0},
};
