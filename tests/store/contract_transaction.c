#include "contract.h"
#include "sketch.h"

static void case_save(ContractFixture *fixture, const char *name)
{
    g_autoptr(Case) some = sketch_case(name, CASE_OFFER, 100);
    AuditEntry audit = sketch_audit("offer", name);
    EXPECT_DONE(store_save_case(fixture->store, some, &audit, &error));
}

static gboolean case_is_there(ContractFixture *fixture, const char *name)
{
    g_autofree char *id = g_strconcat("case-", name, NULL);
    g_autoptr(Case) some = store_load_case(fixture->store, id, NULL);
    return some != NULL;
}

/* One call of every kind that writes. */
static void everything_write(ContractFixture *fixture)
{
    Store *store = fixture->store;
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    g_autoptr(Pool) grown = sketch_pool(5, 7);
    AuditEntry audit = sketch_audit("do", "everything");
    EXPECT_DONE(store_save_pool(store, grown, none, FALSE, &audit, &error));
    contract_step(fixture, WEEK_49, "s0:w0", "one");
    contract_publish(fixture, WEEK_49, store_last_revision(store, WEEK_49, NULL) + 1, "s0:w0", "all");
    contract_step(fixture, WEEK_49, "s1:w0", "two");
    EXPECT_DONE(store_undo_draft(store, WEEK_49, &audit, NULL, &error));
    case_save(fixture, "all");
    g_autoptr(Token) token = sketch_token("all", TRUE, 5);
    token->used_s = 77;
    g_autoptr(GPtrArray) tokens = g_ptr_array_new();
    g_ptr_array_add(tokens, token);
    EXPECT_DONE(store_add_token(store, token, &audit, &error));
    EXPECT_DONE(store_touch_tokens(store, tokens, &error));
    EXPECT_DONE(store_revoke_token(store, token->id, 9, &audit, &error));
    KeptAnswer answer = sketch_answer("a", "1", 50), old = sketch_answer("a", "2", 40);
    EXPECT_DONE(store_keep_answer(store, &answer, &error));
    EXPECT_DONE(store_keep_answer(store, &old, &error));
    EXPECT_DONE(store_forget_answers(store, 45, &error));
    int64_t sequence, count;
    Inquiry inquiry = sketch_inquiry("{}", "aGk=");
    EXPECT_DONE(store_inbox_add(store, &inquiry, &sequence, &error));
    EXPECT_DONE(store_inbox_done(store, sequence, &error));
    EXPECT_DONE(store_inbox_add(store, &inquiry, &sequence, &error));
    g_autoptr(GPtrArray) messages = sketch_list(sketch_message("all", "t", "aGk="), (GDestroyNotify)message_free);
    EXPECT_DONE(store_append_messages(store, messages, &error));
    EXPECT_DONE(store_outbox_head(store, &sequence, &error));
    EXPECT_DONE(store_outbox_dead(store, sequence, 6, "no", &error));
    EXPECT_DONE(store_outbox_revive(store, &count, &error));
    EXPECT_DONE(store_outbox_delivered(store, sequence, 6, &error));
    g_autoptr(GPtrArray) worked = sketch_list(sketch_worked("s0", "w0", "c0", 0), (GDestroyNotify)worked_entry_free);
    EXPECT_DONE(store_append_worked(store, worked, &audit, &error));
    EXPECT_DONE(store_append_audit(store, &audit, &error));
}

static void test_commit(ContractFixture *fixture, gconstpointer adapter)
{
    EXPECT_DONE(store_begin(fixture->store, &error));
    everything_write(fixture);
    g_autofree char *within = store_text(fixture->store);
    EXPECT_DONE(store_commit(fixture->store, &error));
    contract_again(fixture, adapter);
    g_autofree char *after = store_text(fixture->store);
    g_assert_cmpstr(after, ==, within);
}

static void test_rollback(ContractFixture *fixture, gconstpointer adapter)
{
    contract_publish(fixture, WEEK_49, 1, "s0:w0", "before");
    case_save(fixture, "before");
    g_autofree char *before = store_text(fixture->store);
    EXPECT_DONE(store_begin(fixture->store, &error));
    everything_write(fixture);
    store_rollback(fixture->store);
    g_autofree char *after = store_text(fixture->store);
    g_assert_cmpstr(after, ==, before);
    contract_again(fixture, adapter);
    g_autofree char *again = store_text(fixture->store);
    g_assert_cmpstr(again, ==, before);
    /* The same works for good afterwards. */
    EXPECT_DONE(store_begin(fixture->store, &error));
    everything_write(fixture);
    EXPECT_DONE(store_commit(fixture->store, &error));
    g_assert_true(case_is_there(fixture, "all"));
}

static void test_part_fails(ContractFixture *fixture, gconstpointer adapter)
{
    contract_publish(fixture, WEEK_49, 1, "s0:w0", "before");
    EXPECT_DONE(store_begin(fixture->store, &error));
    case_save(fixture, "first");
    /* The roster, the event and the first message would fit; the second message has the id of an earlier one. */
    g_autoptr(Publication) publication = sketch_publication(fixture->pool, WEEK_49, 2, "s2:w1", "new");
    g_ptr_array_add(publication->messages, message_new("before-s0-w0", "t", "{}", FALSE, 1));
    AuditEntry audit = sketch_audit("publish", "fails at its end");
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT,
                   store_publish(fixture->store, fixture->pool, publication, &audit, &error));
    g_autoptr(GPtrArray) worked = sketch_list(sketch_worked("s0", "w0", "c0", 0), (GDestroyNotify)worked_entry_free);
    g_ptr_array_add(worked, sketch_worked("s0", "w0", "c0", 0));
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_append_worked(fixture->store, worked, &audit, &error));
    case_save(fixture, "second");
    EXPECT_DONE(store_commit(fixture->store, &error));
    contract_again(fixture, adapter);
    contract_expect_published(fixture, WEEK_49, 1, "s0:w0");
    g_assert_true(case_is_there(fixture, "first") && case_is_there(fixture, "second"));
}

static void test_closed(ContractFixture *fixture, gconstpointer data)
{
    const StoreAdapter *adapter = data;
    g_autofree char *before = store_text(fixture->store);
    EXPECT_DONE(store_begin(fixture->store, &error));
    case_save(fixture, "lost");
    if (!adapter->open) {
        store_rollback(fixture->store);
        return;
    }
    store_close(fixture->store);
    fixture->store = adapter->open();
    g_autofree char *after = store_text(fixture->store);
    g_assert_cmpstr(after, ==, before);
}

static void test_none(ContractFixture *fixture, gconstpointer adapter)
{
    (void)adapter;
    store_rollback(fixture->store); /* of no transaction */
    EXPECT_DONE(store_begin(fixture->store, &error));
    EXPECT_DONE(store_commit(fixture->store, &error));
    store_rollback(fixture->store); /* of one that has ended */
    EXPECT_DONE(store_begin(fixture->store, &error));
    store_rollback(fixture->store);
    store_rollback(fixture->store);
    case_save(fixture, "after");
    g_assert_true(case_is_there(fixture, "after"));
}

static int64_t version_of(ContractFixture *fixture)
{
    int64_t version = -1;
    EXPECT_DONE(store_version(fixture->store, &version, &error));
    return version;
}

static void test_version(ContractFixture *fixture, gconstpointer adapter)
{
    (void)adapter;
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    AuditEntry audit = sketch_audit("import", "");
    int64_t told = version_of(fixture);
    g_assert_cmpint(version_of(fixture), ==, told);
    contract_publish(fixture, WEEK_49, 1, "s0:w0", "one");
    g_assert_cmpint(version_of(fixture), >, told);
    told = version_of(fixture);
    EXPECT_DONE(store_save_pool(fixture->store, fixture->pool, none, FALSE, &audit, &error));
    g_assert_cmpint(version_of(fixture), >, told);
    told = version_of(fixture);
    /* What somebody read of a transaction that is gone is not what is there, nor what comes next. */
    EXPECT_DONE(store_begin(fixture->store, &error));
    contract_publish(fixture, WEEK_49, 2, "s0:w1", "two");
    g_assert_cmpint(version_of(fixture), >, told);
    told = version_of(fixture);
    store_rollback(fixture->store);
    g_assert_cmpint(version_of(fixture), >, told);
    told = version_of(fixture);
    contract_publish(fixture, WEEK_49, 2, "s0:w2", "another two");
    g_assert_cmpint(version_of(fixture), >, told);
}

static void test_version_rests(ContractFixture *fixture, gconstpointer adapter)
{
    (void)adapter;
    int64_t told = version_of(fixture), sequence;
    contract_step(fixture, WEEK_49, "s0:w0", "one");
    case_save(fixture, "one");
    g_autoptr(Publication) stale = sketch_publication(fixture->pool, WEEK_49, 7, "s0:w0", "refused");
    AuditEntry audit = sketch_audit("publish", "refused");
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_publish(fixture->store, fixture->pool, stale, &audit, &error));
    Inquiry inquiry = sketch_inquiry("{}", NULL);
    EXPECT_DONE(store_inbox_add(fixture->store, &inquiry, &sequence, &error));
    g_assert_cmpint(version_of(fixture), ==, told);
}

const ContractTest contract_transaction_tests[] = {
    {"keeps-everything-of-a-transaction-at-its-end", test_commit},
    {"keeps-nothing-of-a-transaction-that-is-taken-back", test_rollback},
    {"takes-a-part-that-fails-back-alone", test_part_fails},
    {"forgets-a-transaction-when-it-is-closed", test_closed},
    {"takes-back-nothing-where-nothing-was-begun", test_none},
    {"tells-when-the-pool-or-a-published-roster-changed", test_version},
    {"does-not-tell-of-drafts-cases-and-what-was-refused", test_version_rests},
    {0},
};
