#include "fault_case.h"

#include "contract.h"
#include "store/sqlite_store.h"

/* Something in every table of the service, so that the last page of the file is no empty one. */
static void service_fill(Store *store)
{
    AuditEntry audit = sketch_audit("service", "fill");
    Inquiry inquiry = sketch_inquiry("{}", "aGk=");
    KeptAnswer answer = sketch_answer("a", "1", 50);
    g_autoptr(Token) token = sketch_token("one", TRUE, 5);
    g_autoptr(Case) some = sketch_case("one", CASE_OFFER, 100);
    g_autoptr(GPtrArray) worked = sketch_list(sketch_worked("s0", "w0", "c0", 0), (GDestroyNotify)worked_entry_free);
    int64_t sequence;
    EXPECT_DONE(store_inbox_add(store, &inquiry, &sequence, &error));
    EXPECT_DONE(store_keep_answer(store, &answer, &error));
    EXPECT_DONE(store_add_token(store, token, &audit, &error));
    some->due_s = 200;
    case_set(&some->about, "case-zero");
    EXPECT_DONE(store_save_case(store, some, &audit, &error));
    EXPECT_DONE(store_append_worked(store, worked, &audit, &error));
}

TestPlace *fault_template_new(void)
{
    TestPlace *place = test_place_new();
    ContractFixture fixture = {test_place_store(place), sketch_pool(4, 6)};
    g_autoptr(GPtrArray) publications =
        sketch_publications(sketch_publication(fixture.pool, WEEK_49, 1, "s0:w0 s1:w1!", "a"));
    AuditEntry audit = sketch_audit("import", "examples");
    EXPECT_DONE(store_save_pool(fixture.store, fixture.pool, publications, FALSE, &audit, &error));
    g_autoptr(Roster) draft = sketch_roster(fixture.pool, WEEK_49, ROSTER_DRAFT, 0, "s0:w0 s1:w2!");
    PlanFigures figures = sketch_figures(500);
    EXPECT_DONE(store_save_draft(fixture.store, fixture.pool, draft, &figures, "{\"lines\":[]}", 0, &audit, &error));
    EXPECT_DONE(store_outbox_dead(fixture.store, 1, 5, "refused", &error));
    service_fill(fixture.store);
    pool_free(fixture.pool);
    store_close(fixture.store);
    return place;
}

/* --- the calls that write */

static gboolean write_pool(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    g_autoptr(Pool) other = sketch_pool(6, 9);
    g_autoptr(GPtrArray) publications = sketch_publications(sketch_publication(other, WEEK_50, 1, "l8:w5", "b"));
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"import", (char *)"more"};
    return store_save_pool(store, other, publications, FALSE, &audit, error);
}

static gboolean write_publication(Store *store, const Pool *pool, GError **error)
{
    g_autoptr(Publication) publication = sketch_publication(pool, WEEK_49, 2, "s2:w0 s3:w1", "b");
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"publish", (char *)"week"};
    return store_publish(store, pool, publication, &audit, error);
}

static gboolean write_draft(Store *store, const Pool *pool, GError **error)
{
    g_autoptr(Roster) draft = sketch_roster(pool, WEEK_49, ROSTER_DRAFT, 0, "s0:w3");
    PlanFigures figures = sketch_figures(5);
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"assign", (char *)"s0 w3"};
    return store_save_draft(store, pool, draft, &figures, "{}", 1, &audit, error);
}

static gboolean write_undo(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"undo", (char *)""};
    return store_undo_draft(store, WEEK_49, &audit, NULL, error);
}

static gboolean write_delivery(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    return store_outbox_delivered(store, 2, 9, error);
}

static gboolean write_revival(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    int64_t count;
    return store_outbox_revive(store, &count, error);
}

static gboolean write_messages(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    g_autoptr(GPtrArray) messages = sketch_list(sketch_message("m", "t", "aGk="), (GDestroyNotify)message_free);
    return store_append_messages(store, messages, error);
}

static gboolean write_inquiry(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    int64_t sequence;
    Inquiry inquiry = sketch_inquiry("{\"more\":1}", NULL);
    return store_inbox_add(store, &inquiry, &sequence, error);
}

static gboolean write_token(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    g_autoptr(Token) token = sketch_token("two", FALSE, 6);
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"token", (char *)"create"};
    return store_add_token(store, token, &audit, error);
}

static gboolean write_revocation(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    AuditEntry audit = {77, (char *)"cli:anna", (char *)"token", (char *)"revoke"};
    return store_revoke_token(store, "t-one", 9, &audit, error);
}

static gboolean write_touch(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    Token *token = sketch_token("one", TRUE, 5);
    token->used_s = 8;
    g_autoptr(GPtrArray) tokens = sketch_list(token, (GDestroyNotify)token_free);
    return store_touch_tokens(store, tokens, error);
}

static gboolean write_answer(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    KeptAnswer answer = sketch_answer("b", "2", 60);
    return store_keep_answer(store, &answer, error);
}

static gboolean write_case(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    AuditEntry audit = {77, (char *)"worker:w1", (char *)"accept", (char *)"one"};
    g_autoptr(Case) some = store_load_case(store, "case-one", NULL);
    some->state = CASE_ACCEPTED;
    return store_save_case(store, some, &audit, error);
}

static gboolean write_hours(Store *store, const Pool *pool, GError **error)
{
    (void)pool;
    AuditEntry audit = {77, (char *)"coop:c0", (char *)"confirm", (char *)"s1"};
    g_autoptr(GPtrArray) worked = sketch_list(sketch_worked("s1", "w1", "c0", 1), (GDestroyNotify)worked_entry_free);
    return store_append_worked(store, worked, &audit, error);
}

/* All that an answered inquiry does, with a publication in the middle; a refused part in it does no harm. */
static gboolean write_transaction(Store *store, const Pool *pool, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    KeptAnswer twice = sketch_answer("a", "1", 50);
    g_autoptr(GError) refusal = NULL;
    gboolean is_done = write_case(store, pool, error) && write_publication(store, pool, error) &&
                       !store_keep_answer(store, &twice, &refusal);
    if (refusal && !g_error_matches(refusal, STORE_ERROR, STORE_ERROR_CONFLICT)) {
        g_propagate_error(error, g_steal_pointer(&refusal));
        is_done = FALSE;
    }
    is_done = is_done && write_answer(store, pool, error) && write_messages(store, pool, error) &&
              store_inbox_done(store, 1, error) && write_touch(store, pool, error);
    if (is_done)
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

const StoreWrite fault_writes[] = {
    {"pool", write_pool},
    {"publication", write_publication},
    {"draft", write_draft},
    {"undo", write_undo},
    {"delivery", write_delivery},
    {"revival", write_revival},
    {"messages", write_messages},
    {"inquiry", write_inquiry},
    {"token", write_token},
    {"revocation", write_revocation},
    {"touch", write_touch},
    {"answer", write_answer},
    {"case", write_case},
    {"hours", write_hours},
    {"transaction", write_transaction},
    {NULL, NULL},
};

gboolean fault_write(const char *name, Store *store, const Pool *pool, GError **error)
{
    const StoreWrite *write = fault_writes;
    while (!g_str_equal(write->name, name))
        write++;
    return write->run(store, pool, error);
}

char *fault_text_of_killed(const TestPlace *place)
{
    g_autoptr(TestPlace) killed = test_place_copy(place);
    g_autoptr(Store) store = test_place_open(killed->path);
    EXPECT_DONE(sqlite_store_check(store, &error));
    return store_text(store);
}
