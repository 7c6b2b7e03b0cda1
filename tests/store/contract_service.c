#include "contract.h"
#include "sketch.h"

/* --- outbox */

static void test_append(ContractFixture *fixture, gconstpointer adapter)
{
    int64_t before, head;
    EXPECT_DONE(store_outbox_head(fixture->store, &before, &error));
    g_assert_cmpint(before, ==, 0);
    contract_publish(fixture, WEEK_49, 1, "s0:w0", "one");
    EXPECT_DONE(store_outbox_head(fixture->store, &before, &error));
    g_autoptr(GPtrArray) messages = sketch_list(sketch_message("m1", "t1", NULL), (GDestroyNotify)message_free);
    g_ptr_array_add(messages, sketch_message("m2", "t2", "/+8="));
    EXPECT_DONE(store_append_messages(fixture->store, messages, &error));
    contract_again(fixture, adapter);
    EXPECT_DONE(store_outbox_head(fixture->store, &head, &error));
    g_assert_cmpint(head, ==, before + 2);
    EXPECT_DONE(store_outbox_delivered(fixture->store, head - 1, 5, &error));
    EXPECT_DONE(store_outbox_dead(fixture->store, head, 6, "no", &error));
    g_autoptr(GPtrArray) after = store_outbox_after(fixture->store, before, 10, NULL);
    g_assert_cmpuint(after->len, ==, 2);
    const Message *first = g_ptr_array_index(after, 0), *second = g_ptr_array_index(after, 1);
    g_assert_cmpstr(first->id, ==, "m1");
    g_assert_cmpstr(first->correlation, ==, NULL);
    g_assert_cmpstr(second->id, ==, "m2");
    g_assert_cmpstr(second->topic, ==, "t2");
    g_assert_cmpstr(second->correlation, ==, "/+8=");
    g_assert_cmpint(second->sequence, ==, head);
    g_autoptr(GPtrArray) one = store_outbox_after(fixture->store, 0, 1, NULL);
    g_assert_cmpuint(one->len, ==, 1);
    g_autoptr(GPtrArray) none = store_outbox_after(fixture->store, head, 10, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    /* All or nothing. */
    g_autoptr(GPtrArray) again = sketch_list(sketch_message("m3", "t", NULL), (GDestroyNotify)message_free);
    g_ptr_array_add(again, sketch_message("m1", "t", NULL));
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_append_messages(fixture->store, again, &error));
}

static void letter_expect(const GPtrArray *letters, guint place, const char *id, const char *reason, int64_t at_s)
{
    const DeadLetter *letter = g_ptr_array_index(letters, place);
    g_assert_cmpstr(letter->message->id, ==, id);
    g_assert_cmpstr(letter->reason, ==, reason);
    g_assert_cmpint(letter->at_s, ==, at_s);
}

static void test_dead_letters(ContractFixture *fixture, gconstpointer adapter)
{
    g_autoptr(GPtrArray) messages = sketch_list(sketch_message("m1", "t", "aGk="), (GDestroyNotify)message_free);
    for (int i = 2; i <= 5; i++) {
        g_autofree char *id = g_strdup_printf("m%d", i);
        g_ptr_array_add(messages, sketch_message(id, "t", NULL));
    }
    EXPECT_DONE(store_append_messages(fixture->store, messages, &error));
    EXPECT_DONE(store_outbox_dead(fixture->store, 3, 50, "too \"large\"\n", &error));
    EXPECT_DONE(store_outbox_dead(fixture->store, 1, 70, "é", &error));
    EXPECT_DONE(store_outbox_dead(fixture->store, 4, 50, "", &error));
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) letters = store_outbox_dead_letters(fixture->store, 10, NULL);
    g_assert_cmpuint(letters->len, ==, 3);
    letter_expect(letters, 0, "m1", "é", 70);
    letter_expect(letters, 1, "m4", "", 50);
    letter_expect(letters, 2, "m3", "too \"large\"\n", 50);
    g_assert_cmpstr(((DeadLetter *)g_ptr_array_index(letters, 0))->message->correlation, ==, "aGk=");
    g_autoptr(GPtrArray) two = store_outbox_dead_letters(fixture->store, 2, NULL);
    g_assert_cmpuint(two->len, ==, 2);
    g_autoptr(GPtrArray) nobody = store_outbox_dead_letters(fixture->store, 0, NULL);
    g_assert_cmpuint(nobody->len, ==, 0);
    int64_t count;
    EXPECT_DONE(store_outbox_revive(fixture->store, &count, &error));
    g_autoptr(GPtrArray) none = store_outbox_dead_letters(fixture->store, 10, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

/* --- inbox */

static int64_t inquiry_add(ContractFixture *fixture, const char *payload, const char *correlation)
{
    int64_t sequence = 0;
    Inquiry inquiry = sketch_inquiry(payload, correlation);
    EXPECT_DONE(store_inbox_add(fixture->store, &inquiry, &sequence, &error));
    return sequence;
}

static void test_inbox(ContractFixture *fixture, gconstpointer adapter)
{
    int64_t first = inquiry_add(fixture, "{\"a\": \"é\\u0000\"}", "/+8=");
    int64_t second = inquiry_add(fixture, "not JSON at all\n", NULL), third = inquiry_add(fixture, "", "");
    g_assert_true(first > 0 && second > first && third > second);
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) waiting = store_inbox_waiting(fixture->store, 0, 10, NULL);
    g_assert_cmpuint(waiting->len, ==, 3);
    const Inquiry *one = g_ptr_array_index(waiting, 0), *two = g_ptr_array_index(waiting, 1);
    const Inquiry wanted = sketch_inquiry("{\"a\": \"é\\u0000\"}", "/+8=");
    g_assert_cmpint(one->sequence, ==, first);
    g_assert_cmpstr(one->coop, ==, wanted.coop);
    g_assert_cmpstr(one->payload, ==, wanted.payload);
    g_assert_cmpstr(one->correlation, ==, "/+8=");
    g_assert_cmpint(one->at_s, ==, wanted.at_s);
    g_assert_cmpstr(two->correlation, ==, NULL);
    g_assert_cmpstr(((Inquiry *)g_ptr_array_index(waiting, 2))->correlation, ==, "");
    g_autoptr(GPtrArray) rest = store_inbox_waiting(fixture->store, first, 1, NULL);
    g_assert_cmpuint(rest->len, ==, 1);
    g_assert_cmpint(((Inquiry *)g_ptr_array_index(rest, 0))->sequence, ==, second);
    g_autoptr(GPtrArray) none = store_inbox_waiting(fixture->store, third, 10, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

static void test_inbox_done(ContractFixture *fixture, gconstpointer adapter)
{
    int64_t first = inquiry_add(fixture, "1", NULL), second = inquiry_add(fixture, "2", NULL);
    EXPECT_DONE(store_inbox_done(fixture->store, second, &error));
    EXPECT_DONE(store_inbox_done(fixture->store, second, &error));
    EXPECT_DONE(store_inbox_done(fixture->store, 99999, &error));
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) waiting = store_inbox_waiting(fixture->store, 0, 10, NULL);
    g_assert_cmpuint(waiting->len, ==, 1);
    g_assert_cmpint(((Inquiry *)g_ptr_array_index(waiting, 0))->sequence, ==, first);
    EXPECT_DONE(store_inbox_done(fixture->store, first, &error));
    contract_again(fixture, adapter);
    g_assert_cmpint(inquiry_add(fixture, "3", NULL), >, second);
}

/* --- tokens */

static void token_expect(ContractFixture *fixture, const Token *wanted)
{
    g_autoptr(Token) found = store_find_token(fixture->store, wanted->hash, NULL);
    g_assert_nonnull(found);
    g_autofree char *expected = token_text(wanted), *got = token_text(found);
    g_assert_cmpstr(got, ==, expected);
}

static void test_tokens(ContractFixture *fixture, gconstpointer adapter)
{
    g_autoptr(Token) feed = sketch_token("feed", TRUE, 30), api = sketch_token("api", FALSE, 20);
    g_autoptr(Token) twin = sketch_token("a-twin", FALSE, 20);
    Token *const tokens[] = {feed, api, twin};
    AuditEntry audit = sketch_audit("token", "create");
    for (guint i = 0; i < G_N_ELEMENTS(tokens); i++)
        EXPECT_DONE(store_add_token(fixture->store, tokens[i], &audit, &error));
    contract_again(fixture, adapter);
    for (guint i = 0; i < G_N_ELEMENTS(tokens); i++)
        token_expect(fixture, tokens[i]);
    g_autoptr(GPtrArray) all = store_load_tokens(fixture->store, NULL);
    g_assert_cmpuint(all->len, ==, 3);
    g_assert_cmpstr(((Token *)g_ptr_array_index(all, 0))->id, ==, "t-a-twin");
    g_assert_cmpstr(((Token *)g_ptr_array_index(all, 1))->id, ==, "t-api");
    g_assert_cmpstr(((Token *)g_ptr_array_index(all, 2))->id, ==, "t-feed");
    g_autoptr(GError) error = NULL;
    g_assert_null(store_find_token(fixture->store, "0123", &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void test_token_twice(ContractFixture *fixture, gconstpointer adapter)
{
    (void)adapter;
    g_autoptr(Token) token = sketch_token("one", TRUE, 30), same_id = sketch_token("two", TRUE, 30);
    AuditEntry audit = sketch_audit("token", "create");
    EXPECT_DONE(store_add_token(fixture->store, token, &audit, &error));
    case_set(&same_id->id, token->id);
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_add_token(fixture->store, same_id, &audit, &error));
    g_autoptr(Token) same_hash = sketch_token("three", TRUE, 30);
    case_set(&same_hash->hash, token->hash);
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_add_token(fixture->store, same_hash, &audit, &error));
}

static void test_token_revoked(ContractFixture *fixture, gconstpointer adapter)
{
    g_autoptr(Token) token = sketch_token("one", TRUE, 30), other = sketch_token("two", FALSE, 30);
    AuditEntry audit = sketch_audit("token", "of this test");
    EXPECT_DONE(store_add_token(fixture->store, token, &audit, &error));
    EXPECT_DONE(store_add_token(fixture->store, other, &audit, &error));
    EXPECT_DONE(store_revoke_token(fixture->store, token->id, 40, &audit, &error));
    g_autofree char *once = store_text(fixture->store);
    EXPECT_DONE(store_revoke_token(fixture->store, token->id, 50, &audit, &error));
    g_autofree char *twice = store_text(fixture->store);
    g_assert_cmpstr(twice, ==, once);
    contract_again(fixture, adapter);
    token->revoked_s = 40;
    token_expect(fixture, token);
    token_expect(fixture, other);
    EXPECT_REFUSED(fixture, STORE_ERROR_NOT_FOUND, store_revoke_token(fixture->store, "t-0", 40, &audit, &error));
}

static void test_token_touched(ContractFixture *fixture, gconstpointer adapter)
{
    g_autoptr(Token) token = sketch_token("one", TRUE, 30), other = sketch_token("two", FALSE, 30);
    g_autoptr(Token) unknown = sketch_token("three", FALSE, 30);
    AuditEntry audit = sketch_audit("token", "create");
    EXPECT_DONE(store_add_token(fixture->store, token, &audit, &error));
    EXPECT_DONE(store_add_token(fixture->store, other, &audit, &error));
    g_autoptr(GPtrArray) touched = g_ptr_array_new();
    g_ptr_array_add(touched, unknown);
    g_ptr_array_add(touched, token);
    g_ptr_array_add(touched, other);
    unknown->used_s = 99;
    token->used_s = 70;
    EXPECT_DONE(store_touch_tokens(fixture->store, touched, &error));
    contract_again(fixture, adapter);
    token_expect(fixture, token);
    token_expect(fixture, other);
    token->used_s = 60; /* said late */
    other->used_s = 65;
    EXPECT_DONE(store_touch_tokens(fixture->store, touched, &error));
    token->used_s = 70;
    token_expect(fixture, token);
    token_expect(fixture, other);
    g_autoptr(GPtrArray) all = store_load_tokens(fixture->store, NULL);
    g_assert_cmpuint(all->len, ==, 2);
}

/* --- answers */

static void test_answers(ContractFixture *fixture, gconstpointer adapter)
{
    KeptAnswer answer = sketch_answer("coop:kantine", "k'1", 50), other = sketch_answer("worker:amina", "k'1", 51);
    EXPECT_DONE(store_keep_answer(fixture->store, &answer, &error));
    EXPECT_DONE(store_keep_answer(fixture->store, &other, &error));
    contract_again(fixture, adapter);
    g_autoptr(KeptAnswer) found = store_find_answer(fixture->store, "coop:kantine", "k'1", NULL);
    g_assert_cmpstr(found->owner, ==, answer.owner);
    g_assert_cmpstr(found->key, ==, answer.key);
    g_assert_cmpstr(found->fingerprint, ==, answer.fingerprint);
    g_assert_cmpstr(found->body, ==, answer.body);
    g_assert_cmpint(found->at_s, ==, 50);
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_keep_answer(fixture->store, &answer, &error));
    g_autoptr(GError) error = NULL;
    g_assert_null(store_find_answer(fixture->store, "coop:kantine", "k2", &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void test_answers_forgotten(ContractFixture *fixture, gconstpointer adapter)
{
    static const int64_t times[] = {40, 50, 60};
    static const char *const keys[] = {"1", "2", "3"};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        KeptAnswer answer = sketch_answer("a", keys[i], times[i]);
        EXPECT_DONE(store_keep_answer(fixture->store, &answer, &error));
    }
    EXPECT_DONE(store_forget_answers(fixture->store, 50, &error));
    contract_again(fixture, adapter);
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autoptr(KeptAnswer) answer = store_find_answer(fixture->store, "a", keys[i], NULL);
        g_assert_true((answer != NULL) == (times[i] >= 50));
    }
}

static void test_audit(ContractFixture *fixture, gconstpointer adapter)
{
    AuditEntry audit = {123, (char *)"service", (char *)"start", (char *)"é \"'\n"};
    EXPECT_DONE(store_append_audit(fixture->store, &audit, &error));
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) entries = store_load_audit(fixture->store, 1, NULL);
    const AuditEntry *entry = g_ptr_array_index(entries, 0);
    g_assert_cmpint(entry->at_s, ==, 123);
    g_assert_cmpstr(entry->who, ==, "service");
    g_assert_cmpstr(entry->what, ==, "start");
    g_assert_cmpstr(entry->detail, ==, audit.detail);
}

const ContractTest contract_service_tests[] = {
    {"appends-messages-and-tells-what-happened-since", test_append},
    {"shows-dead-letters-with-their-reasons-newest-first", test_dead_letters},
    {"keeps-an-inquiry-until-it-is-answered", test_inbox},
    {"lets-an-inquiry-go-and-never-gives-its-number-again", test_inbox_done},
    {"finds-a-token-by-its-hash-alone", test_tokens},
    {"refuses-a-token-of-an-id-or-hash-that-is-there", test_token_twice},
    {"keeps-a-revoked-token-and-the-time-it-was-first-revoked", test_token_revoked},
    {"never-moves-the-last-use-of-a-token-back", test_token_touched},
    {"keeps-one-answer-for-each-owner-and-key", test_answers},
    {"forgets-answers-that-are-older", test_answers_forgotten},
    {"writes-an-audit-entry-by-itself", test_audit},
    {0},
};
