#include "contract.h"

#include "sketch.h"

void contract_again(ContractFixture *fixture, gconstpointer adapter)
{
    fixture->store = ((const StoreAdapter *)adapter)->again(fixture->store);
}

static void fixture_begin(ContractFixture *fixture, gconstpointer adapter)
{
    fixture->store = ((const StoreAdapter *)adapter)->make();
    fixture->pool = sketch_pool(4, 6);
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    AuditEntry audit = sketch_audit("import", "examples");
    EXPECT_DONE(store_save_pool(fixture->store, fixture->pool, none, FALSE, &audit, &error));
}

static void fixture_end(ContractFixture *fixture, gconstpointer adapter)
{
    pool_free(fixture->pool);
    ((const StoreAdapter *)adapter)->remove(fixture->store);
}

void contract_publish(ContractFixture *fixture, IsoWeek week, int revision, const char *assignments, const char *tag)
{
    g_autoptr(Publication) publication = sketch_publication(fixture->pool, week, revision, assignments, tag);
    AuditEntry audit = sketch_audit("publish", tag);
    EXPECT_DONE(store_publish(fixture->store, fixture->pool, publication, &audit, &error));
}

void contract_step(ContractFixture *fixture, IsoWeek week, const char *assignments, const char *detail)
{
    int from = store_draft_step(fixture->store, week, NULL);
    g_autoptr(Roster) draft = sketch_roster(fixture->pool, week, ROSTER_DRAFT, 0, assignments);
    PlanFigures figures = sketch_figures(500 + from);
    AuditEntry audit = sketch_audit("assign", detail);
    EXPECT_DONE(store_save_draft(fixture->store, fixture->pool, draft, &figures, NULL, from, &audit, &error));
}

static void roster_expect(const Pool *pool, const Roster *got, IsoWeek week, RosterState state, int revision,
                          const char *assignments)
{
    g_autoptr(Roster) wanted = sketch_roster(pool, week, state, revision, assignments);
    g_autofree char *expected = roster_text(pool, wanted), *found = roster_text(pool, got);
    g_assert_cmpstr(found, ==, expected);
}

void contract_expect_draft(ContractFixture *fixture, IsoWeek week, const char *assignments)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Roster) draft = store_load_draft(fixture->store, fixture->pool, week, NULL, &error);
    if (!assignments) {
        g_assert_null(draft);
        g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
        g_assert_cmpint(store_draft_step(fixture->store, week, NULL), ==, 0);
        return;
    }
    g_assert_no_error(error);
    roster_expect(fixture->pool, draft, week, ROSTER_DRAFT, 0, assignments);
}

void contract_expect_published(ContractFixture *fixture, IsoWeek week, int revision, const char *assignments)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Roster) roster = store_load_published_week(fixture->store, fixture->pool, week, NULL, &error);
    if (!assignments) {
        g_assert_null(roster);
        g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
        return;
    }
    g_assert_no_error(error);
    roster_expect(fixture->pool, roster, week, ROSTER_PUBLISHED, revision, assignments);
}

void store_contract_add(const StoreAdapter *adapter)
{
    const ContractTest *const themes[] = {contract_pool_tests,        contract_roster_tests,  contract_outbox_tests,
                                          contract_transaction_tests, contract_service_tests, contract_case_tests};
    for (guint theme = 0; theme < G_N_ELEMENTS(themes); theme++)
        for (const ContractTest *test = themes[theme]; test->name; test++) {
            g_autofree char *path = g_strdup_printf("/store/%s/%s", adapter->name, test->name);
            g_test_add(path, ContractFixture, adapter, fixture_begin, test->run, fixture_end);
        }
}
