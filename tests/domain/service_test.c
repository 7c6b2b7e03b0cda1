/* Tokens, cases and worked hours as such. */
#include "rooster/case.h"
#include "rooster/pool.h"
#include "rooster/token.h"
#include "rooster/worked.h"

#include <string.h>

static void test_token_is_its_secret_once(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < 200; i++) {
        char *secret = NULL;
        g_autoptr(Token) token = token_new(TOKEN_FEED, TOKEN_WORKER, "amina", "phone", 77, &secret);
        g_assert_true(g_str_has_prefix(secret, "rst_"));
        g_assert_cmpuint(strlen(secret), ==, 4 + 43);
        g_assert_cmpuint(strspn(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==,
                         strlen(secret));
        g_autofree char *hash = token_hash(secret);
        g_assert_cmpstr(token->hash, ==, hash);
        g_assert_cmpuint(strlen(hash), ==, 64);
        g_assert_true(id_is_valid(token->id));
        g_assert_cmpstr(token->owner, ==, "amina");
        g_assert_cmpstr(token->label, ==, "phone");
        g_assert_cmpint(token->created_s, ==, 77);
        g_assert_true(token->used_s == 0 && token->revoked_s == 0);
        g_assert_true(g_hash_table_add(seen, secret));
        g_assert_true(g_hash_table_add(seen, g_strdup(token->id)));
    }
    char *secret = NULL;
    g_autoptr(Token) planner = token_new(TOKEN_API, TOKEN_PLANNER, NULL, NULL, 1, &secret);
    g_assert_cmpstr(planner->owner, ==, "");
    g_assert_cmpstr(planner->label, ==, "");
    g_free(secret);
}

static void test_what_a_link_and_a_session_open_ends_by_itself(void)
{
    enum { DAY_S = 86400 };
    Token token = {.use = TOKEN_LINK, .created_s = 100};
    g_assert_true(token_is_valid(&token, 100 + DAY_S - 1));
    g_assert_false(token_is_valid(&token, 100 + DAY_S));
    token.use = TOKEN_SESSION;
    g_assert_true(token_is_valid(&token, 100 + 30 * DAY_S - 1));
    g_assert_false(token_is_valid(&token, 100 + 30 * DAY_S));
    token.use = TOKEN_API;
    g_assert_true(token_is_valid(&token, INT64_MAX));
    token.revoked_s = 200;
    g_assert_false(token_is_valid(&token, 150));
}

static void test_hash_is_sha256(void)
{
    g_autofree char *hash = token_hash("abc"); /* FIPS 180-2, B.1 */
    g_assert_cmpstr(hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_a_case_begins_waiting(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (CaseKind kind = CASE_SPIKE; kind <= CASE_SWAP; kind++) {
        g_autoptr(Case) some = case_new(kind, (IsoWeek){20787}, 99);
        g_assert_true(g_str_has_prefix(some->id, case_kind_name(kind)));
        g_assert_true(id_is_valid(some->id));
        g_assert_true(g_hash_table_add(seen, g_strdup(some->id)));
        g_assert_true(some->state == CASE_WAITING && some->version == 0 && some->week.monday == 20787);
        g_assert_true(some->created_s == 99 && some->changed_s == 99 && some->due_s == 0);
        g_assert_cmpstr(some->body, ==, "{}");
        case_set(&some->worker, "w1");
        case_set(&some->worker, some->worker);
        g_autoptr(Case) copy = case_copy(some);
        case_set(&some->worker, NULL);
        g_assert_cmpstr(copy->worker, ==, "w1");
        g_assert_cmpstr(some->worker, ==, "");
    }
}

static void test_names_read_back(void)
{
    for (int i = 0; i < CASE_STATES; i++) {
        CaseState state;
        g_assert_true(case_state_parse(case_state_name((CaseState)i), &state) && state == (CaseState)i);
    }
    for (int i = 0; i < CASE_KINDS; i++) {
        CaseKind kind;
        g_assert_true(case_kind_parse(case_kind_name((CaseKind)i), &kind) && kind == (CaseKind)i);
    }
    for (TokenRole i = TOKEN_PLANNER; i <= TOKEN_OPEN; i++) {
        TokenRole role;
        g_assert_true(token_role_parse(token_role_name(i), &role) && role == i);
    }
    for (TokenUse i = TOKEN_API; i <= TOKEN_SESSION; i++) {
        TokenUse use;
        g_assert_true(token_use_parse(token_use_name(i), &use) && use == i);
    }
    for (WorkedReason i = WORKED_DONE; i <= WORKED_THREE_HOURS; i++) {
        WorkedReason reason;
        g_assert_true(worked_reason_parse(worked_reason_name(i), &reason) && reason == i);
    }
    TokenRole role;
    WorkedReason reason;
    g_assert_false(token_role_parse("Planner", &role));
    g_assert_false(token_role_parse("", &role));
    g_assert_false(worked_reason_parse("worked ", &reason));
}

static void test_a_reversal_is_the_opposite(void)
{
    WorkedEntry entry = {.entry = 7,
                         .week = {20787},
                         .shift = (char *)"s",
                         .worker = (char *)"w",
                         .coop = (char *)"c",
                         .start_min = 600,
                         .end_min = 1080,
                         .break_min = 30,
                         .paid_min = 450,
                         .reason = WORKED_THREE_HOURS,
                         .note = (char *)"",
                         .by = (char *)"coop:c",
                         .at_s = 1};
    g_autoptr(WorkedEntry) reversal = worked_entry_reversal(&entry, "was ill", "planner:t1", 2);
    g_assert_true(reversal->entry == 0 && reversal->reverses == 7 && reversal->paid_min == -450 && reversal->at_s == 2);
    g_assert_true(reversal->start_min == 600 && reversal->end_min == 1080 && reversal->break_min == 30);
    g_assert_true(reversal->reason == WORKED_THREE_HOURS);
    g_assert_cmpstr(reversal->note, ==, "was ill");
    g_assert_cmpstr(reversal->by, ==, "planner:t1");
    g_assert_cmpstr(reversal->shift, ==, "s");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/token/is-its-secret-shown-once", test_token_is_its_secret_once);
    g_test_add_func("/token/is-found-by-sha-256", test_hash_is_sha256);
    g_test_add_func("/token/a-link-and-a-session-end-by-themselves",
                    test_what_a_link_and_a_session_open_ends_by_itself);
    g_test_add_func("/case/begins-waiting-under-its-own-id", test_a_case_begins_waiting);
    g_test_add_func("/names/read-back", test_names_read_back);
    g_test_add_func("/worked/reversal-is-the-opposite", test_a_reversal_is_the_opposite);
    return g_test_run();
}
