#include "contract.h"
#include "sketch.h"

#include <string.h>

static void test_steps(ContractFixture *fixture, gconstpointer adapter)
{
    contract_step(fixture, WEEK_49, "s0:w0 s1:w1!", "one");
    g_assert_cmpint(store_draft_step(fixture->store, WEEK_49, NULL), ==, 1);
    contract_step(fixture, WEEK_49, "s0:w0! s2:w3", "two");
    contract_step(fixture, WEEK_50, "l0:w0", "other week");
    contract_again(fixture, adapter);
    g_assert_cmpint(store_draft_step(fixture->store, WEEK_49, NULL), ==, 2);
    contract_expect_draft(fixture, WEEK_49, "s0:w0! s2:w3");
    contract_expect_draft(fixture, WEEK_50, "l0:w0");
}

static void test_figures(ContractFixture *fixture, gconstpointer adapter)
{
    const PlanFigures figures[] = {{TRUE, -123456789012, -123456789099, "optimal", 0.1}, {FALSE, 0, 0, "hand", 0}};
    for (guint i = 0; i < G_N_ELEMENTS(figures); i++) {
        g_autoptr(Roster) draft = sketch_roster(fixture->pool, WEEK_49, ROSTER_DRAFT, 7, "s0:w0");
        AuditEntry audit = sketch_audit("plan", "");
        EXPECT_DONE(store_save_draft(fixture->store, fixture->pool, draft, &figures[i], NULL, (int)i, &audit, &error));
        contract_again(fixture, adapter);
        PlanFigures found = {0};
        g_autoptr(Roster) loaded = store_load_draft(fixture->store, fixture->pool, WEEK_49, &found, NULL);
        g_assert_cmpint(loaded->revision, ==, 7);
        g_assert_cmpint(loaded->state, ==, ROSTER_DRAFT);
        g_assert_cmpint(found.has_bound, ==, figures[i].has_bound);
        g_assert_cmpint(found.cost_cents, ==, figures[i].cost_cents);
        g_assert_cmpint(found.bound_cents, ==, figures[i].bound_cents);
        g_assert_cmpstr(found.status, ==, figures[i].status);
        g_assert_cmpfloat(found.seconds, ==, figures[i].seconds);
    }
}

static void step_refused(ContractFixture *fixture, const Pool *pool, int from_step)
{
    g_autoptr(Roster) draft = sketch_roster(pool, WEEK_49, ROSTER_DRAFT, 0, "s3:w1");
    PlanFigures figures = sketch_figures(1);
    AuditEntry audit = sketch_audit("assign", "too late");
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT,
                   store_save_draft(fixture->store, pool, draft, &figures, NULL, from_step, &audit, &error));
}

static void test_stale_step(ContractFixture *fixture, gconstpointer adapter)
{
    step_refused(fixture, fixture->pool, 1);
    contract_step(fixture, WEEK_49, "s0:w0", "one");
    contract_step(fixture, WEEK_49, "s0:w1", "two");
    contract_again(fixture, adapter);
    step_refused(fixture, fixture->pool, 0);
    step_refused(fixture, fixture->pool, 1);
    step_refused(fixture, fixture->pool, 3);
}

static void test_steps_not_reused(ContractFixture *fixture, gconstpointer adapter)
{
    /* Who read step 2 before it was taken back must not overwrite the other step that took its place. */
    contract_step(fixture, WEEK_49, "s0:w0", "one");
    contract_step(fixture, WEEK_49, "s0:w1", "two");
    AuditEntry audit = sketch_audit("undo", "");
    EXPECT_DONE(store_undo_draft(fixture->store, WEEK_49, &audit, NULL, &error));
    contract_again(fixture, adapter);
    contract_step(fixture, WEEK_49, "s0:w2", "another two");
    step_refused(fixture, fixture->pool, 2);
    contract_expect_draft(fixture, WEEK_49, "s0:w2");
}

static void test_undo(ContractFixture *fixture, gconstpointer adapter)
{
    static const char *const drafts[] = {"s0:w0 s1:w1! s2:w2", "s0:w0! s1:w1 s2:w3", "", "s0:w0 s5:w3!"};
    static const char *const texts[] = {"assign a", "assign b", "assign c", "assign d"};
    for (guint i = 0; i < G_N_ELEMENTS(drafts); i++)
        contract_step(fixture, WEEK_49, drafts[i], texts[i] + strlen("assign "));
    contract_step(fixture, WEEK_50, "l0:w0", "other week");
    for (guint i = G_N_ELEMENTS(drafts); i-- > 0;) {
        contract_again(fixture, adapter);
        contract_expect_draft(fixture, WEEK_49, drafts[i]);
        PlanFigures figures;
        roster_free(store_load_draft(fixture->store, fixture->pool, WEEK_49, &figures, NULL));
        g_assert_cmpint(figures.cost_cents, ==, 500 + (int)i);
        g_autofree char *undone = NULL;
        AuditEntry audit = sketch_audit("undo", "");
        EXPECT_DONE(store_undo_draft(fixture->store, WEEK_49, &audit, &undone, &error));
        g_assert_cmpstr(undone, ==, texts[i]);
    }
    contract_expect_draft(fixture, WEEK_49, NULL);
    AuditEntry audit = sketch_audit("undo", "");
    EXPECT_REFUSED(fixture, STORE_ERROR_NOT_FOUND, store_undo_draft(fixture->store, WEEK_49, &audit, NULL, &error));
    contract_expect_draft(fixture, WEEK_50, "l0:w0");
}

static void test_long_undo(ContractFixture *fixture, gconstpointer adapter)
{
    (void)adapter;
    for (int i = 0; i < 105; i++) {
        g_autofree char *draft = g_strdup_printf("s0:w%d s%d:w3", i % 3, i % 5 + 1);
        g_autofree char *detail = g_strdup_printf("step %d", i);
        contract_step(fixture, WEEK_49, draft, detail);
    }
    for (int i = 104; i >= 5; i--) {
        g_autofree char *draft = g_strdup_printf("s0:w%d s%d:w3", i % 3, i % 5 + 1);
        g_autofree char *text = g_strdup_printf("assign step %d", i), *undone = NULL;
        contract_expect_draft(fixture, WEEK_49, draft);
        AuditEntry audit = sketch_audit("undo", "");
        EXPECT_DONE(store_undo_draft(fixture->store, WEEK_49, &audit, &undone, &error));
        g_assert_cmpstr(undone, ==, text);
    }
    contract_expect_draft(fixture, WEEK_49, "s0:w1 s5:w3");
}

static void record_expect(ContractFixture *fixture, IsoWeek week, const char *draft, const char *published)
{
    g_autofree char *of_draft = NULL, *of_published = NULL;
    EXPECT_DONE(store_load_record(fixture->store, week, ROSTER_DRAFT, &of_draft, &error));
    EXPECT_DONE(store_load_record(fixture->store, week, ROSTER_PUBLISHED, &of_published, &error));
    g_assert_cmpstr(of_draft, ==, draft);
    g_assert_cmpstr(of_published, ==, published);
}

static void planned_step(ContractFixture *fixture, IsoWeek week, const char *record)
{
    g_autoptr(Roster) draft = sketch_roster(fixture->pool, week, ROSTER_DRAFT, 0, "");
    PlanFigures figures = sketch_figures(1);
    AuditEntry audit = sketch_audit("plan", "");
    int from = store_draft_step(fixture->store, week, NULL);
    EXPECT_DONE(store_save_draft(fixture->store, fixture->pool, draft, &figures, record, from, &audit, &error));
}

static void test_records(ContractFixture *fixture, gconstpointer adapter)
{
    record_expect(fixture, WEEK_49, NULL, NULL);
    planned_step(fixture, WEEK_49, "{\"a\":\"\xc3\xa9\"}");
    planned_step(fixture, WEEK_50, "other week");
    contract_again(fixture, adapter);
    record_expect(fixture, WEEK_49, "{\"a\":\"\xc3\xa9\"}", NULL);
    planned_step(fixture, WEEK_49, "second");
    contract_step(fixture, WEEK_49, "s0:w0", "by hand");
    AuditEntry audit = sketch_audit("undo", "");
    EXPECT_DONE(store_undo_draft(fixture->store, WEEK_49, &audit, NULL, &error));
    contract_again(fixture, adapter);
    record_expect(fixture, WEEK_49, "second", NULL);
    contract_publish(fixture, WEEK_49, 1, "s0:w0", "a");
    contract_again(fixture, adapter);
    record_expect(fixture, WEEK_49, NULL, "second");
    contract_step(fixture, WEEK_49, "s0:w1", "by hand");
    contract_publish(fixture, WEEK_49, 2, "s0:w1", "b"); /* no solve made it: what was known stays */
    record_expect(fixture, WEEK_49, NULL, "second");
    planned_step(fixture, WEEK_49, "third");
    record_expect(fixture, WEEK_49, "third", "second");
    record_expect(fixture, WEEK_50, "other week", NULL);
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    EXPECT_DONE(store_save_pool(fixture->store, fixture->pool, none, FALSE, &audit, &error));
    record_expect(fixture, WEEK_49, "third", "second");
    EXPECT_DONE(store_save_pool(fixture->store, fixture->pool, none, TRUE, &audit, &error));
    contract_again(fixture, adapter);
    record_expect(fixture, WEEK_49, NULL, NULL);
    record_expect(fixture, WEEK_50, NULL, NULL);
}

static void test_publish(ContractFixture *fixture, gconstpointer adapter)
{
    contract_step(fixture, WEEK_49, "s0:w0", "one");
    contract_step(fixture, WEEK_50, "l1:w1", "one");
    int step = store_draft_step(fixture->store, WEEK_49, NULL);
    contract_publish(fixture, WEEK_50, 1, "l0:w0", "a");
    contract_publish(fixture, WEEK_49, 1, "s1:w1 s0:w0!", "b");
    contract_publish(fixture, WEEK_49, 2, "s1:w2", "c");
    contract_again(fixture, adapter);
    contract_expect_draft(fixture, WEEK_49, NULL);
    contract_expect_draft(fixture, WEEK_50, NULL);
    contract_expect_published(fixture, WEEK_49, 2, "s1:w2");
    g_assert_cmpint(store_last_revision(fixture->store, WEEK_49, NULL), ==, 2);
    PlanFigures figures;
    roster_free(store_load_published_week(fixture->store, fixture->pool, WEEK_49, &figures, NULL));
    g_assert_cmpint(figures.cost_cents, ==, 2000);
    g_autoptr(GPtrArray) published = store_load_published(fixture->store, fixture->pool, NULL);
    g_assert_cmpuint(published->len, ==, 2);
    g_autofree char *first = roster_text(fixture->pool, g_ptr_array_index(published, 0));
    g_autofree char *second = roster_text(fixture->pool, g_ptr_array_index(published, 1));
    g_assert_cmpstr(first, ==, "week 20787 published 2: s1:w2\n");
    g_assert_cmpstr(second, ==, "week 20794 published 1: l0:w0\n");
    contract_step(fixture, WEEK_49, "s1:w2", "next draft");
    g_assert_cmpint(store_draft_step(fixture->store, WEEK_49, NULL), >, step);
}

static void test_revisions(ContractFixture *fixture, gconstpointer adapter)
{
    contract_publish(fixture, WEEK_49, 1, "s1:w1 s0:w0!", "a");
    contract_publish(fixture, WEEK_50, 1, "l0:w0", "b");
    contract_publish(fixture, WEEK_49, 2, "s1:w2", "c");
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) revisions = store_load_revisions(fixture->store, fixture->pool, WEEK_49, NULL);
    static const char *const texts[] = {"week 20787 published 1: s1:w1 s0:w0!\n", "week 20787 published 2: s1:w2\n"};
    g_autoptr(GPtrArray) entries = store_load_audit(fixture->store, 3, NULL);
    g_assert_cmpuint(revisions->len, ==, G_N_ELEMENTS(texts));
    for (guint i = 0; i < revisions->len; i++) {
        const Revision *revision = g_ptr_array_index(revisions, i);
        g_autofree char *text = roster_text(fixture->pool, revision->roster);
        g_assert_cmpstr(text, ==, texts[i]);
        const AuditEntry *entry = g_ptr_array_index(entries, i == 0 ? 2 : 0); /* newest first */
        g_assert_cmpint(revision->published_s, ==, entry->at_s);
    }
    g_autoptr(GPtrArray) none =
        store_load_revisions(fixture->store, fixture->pool, (IsoWeek){WEEK_50.monday + 7}, NULL);
    g_assert_cmpuint(none->len, ==, 0);
}

static guint shift_named(const ContractFixture *fixture, const char *id)
{
    guint shift = 0;
    g_assert_true(pool_find_shift(fixture->pool, id, &shift));
    return shift;
}

/* A shift that was moved later was called for as it stood. */
static void test_revision_times(ContractFixture *fixture, gconstpointer adapter)
{
    contract_publish(fixture, WEEK_49, 1, "s1:w1 s1:w0 s0:w0", "a");
    int64_t before_min = pool_shift(fixture->pool, shift_named(fixture, "s1"))->start_min;
    Pool *moved = sketch_with_shift_moved(fixture->pool, "s1", 75);
    pool_free(fixture->pool);
    fixture->pool = moved;
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    AuditEntry audit = sketch_audit("import", "moved");
    EXPECT_DONE(store_save_pool(fixture->store, moved, none, FALSE, &audit, &error));
    contract_publish(fixture, WEEK_49, 2, "s1:w1", "c");
    contract_again(fixture, adapter);
    guint shift = shift_named(fixture, "s1");
    g_autoptr(GPtrArray) revisions = store_load_revisions(fixture->store, fixture->pool, WEEK_49, NULL);
    const Shift *now = pool_shift(fixture->pool, shift);
    for (guint i = 0; i < revisions->len; i++) {
        ShiftTimes times = revision_times(g_ptr_array_index(revisions, i), fixture->pool, shift);
        g_assert_cmpint(times.start_min, ==, i == 0 ? before_min : before_min + 75);
        g_assert_cmpint(times.end_min - times.start_min, ==, now->end_min - now->start_min);
        g_assert_cmpint(times.break_min, ==, now->break_min);
    }
    ShiftTimes unknown = revision_times(g_ptr_array_index(revisions, 1), fixture->pool, shift_named(fixture, "s3"));
    g_assert_cmpint(unknown.start_min, ==, pool_shift(fixture->pool, shift_named(fixture, "s3"))->start_min);
}

static void test_stale_revision(ContractFixture *fixture, gconstpointer adapter)
{
    contract_publish(fixture, WEEK_49, 1, "s0:w0", "a");
    contract_step(fixture, WEEK_49, "s1:w1", "stays");
    contract_again(fixture, adapter);
    static const int wrong[] = {0, 1, 3};
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(Publication) stale = sketch_publication(fixture->pool, WEEK_49, wrong[i], "s1:w1", "b");
        AuditEntry audit = sketch_audit("publish", "too late");
        EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT,
                       store_publish(fixture->store, fixture->pool, stale, &audit, &error));
    }
}

static void test_stale_pool(ContractFixture *fixture, gconstpointer adapter)
{
    contract_publish(fixture, WEEK_49, 1, "s0:w0", "a");
    contract_step(fixture, WEEK_49, "s0:w0", "one");
    int step = store_draft_step(fixture->store, WEEK_49, NULL);
    /* Another planner's import takes w3 out, moves s3 to the next week, and brings w9 whom only the new pool knows. */
    Pool *old = fixture->pool;
    g_autoptr(Pool) without = sketch_without_worker(old, "w3");
    g_autoptr(Pool) moved = sketch_with_shift_moved(without, "s3", 7 * 1440);
    Pool *new = pool_copy_open(moved);
    Worker w9 = {.id = "w9", .contract_max = 10000};
    g_assert_true(pool_add_worker(new, &w9, NULL, NULL));
    pool_close(new);
    g_autoptr(GPtrArray) none = sketch_publications(NULL);
    AuditEntry audit = sketch_audit("import", "meanwhile");
    EXPECT_DONE(store_save_pool(fixture->store, new, none, FALSE, &audit, &error));
    contract_again(fixture, adapter);

    static const char *const gone[] = {"s0:w3", "s3:w0"};
    PlanFigures figures = sketch_figures(1);
    for (guint i = 0; i < G_N_ELEMENTS(gone); i++) {
        g_autoptr(Publication) publication = sketch_publication(old, WEEK_49, 2, gone[i], "b");
        g_autoptr(Roster) draft = sketch_roster(old, WEEK_49, ROSTER_DRAFT, 1, gone[i]);
        EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_publish(fixture->store, old, publication, &audit, &error));
        EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT,
                       store_save_draft(fixture->store, old, draft, &figures, NULL, step, &audit, &error));
    }
    fixture->pool = new;
    contract_publish(fixture, WEEK_49, 2, "s0:w9", "c");
    contract_step(fixture, WEEK_49, "s0:w9", "two");
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_load_published(fixture->store, old, &error));
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT,
                   store_load_published_week(fixture->store, old, WEEK_49, NULL, &error));
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_load_draft(fixture->store, old, WEEK_49, NULL, &error));
    pool_free(old);
}

static void publish_events(ContractFixture *fixture, FeedEvent *const *events, guint count, int revision)
{
    g_autoptr(Publication) publication = sketch_publication(fixture->pool, WEEK_49, revision, "", "none");
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(publication->events, events[i]);
    AuditEntry audit = sketch_audit("publish", "events");
    EXPECT_DONE(store_publish(fixture->store, fixture->pool, publication, &audit, &error));
}

static void events_expect(ContractFixture *fixture, FeedKind kind, const char *owner, const char *uids)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) events = store_load_events(fixture->store, kind, owner, &error);
    g_assert_no_error(error);
    GString *found = g_string_new(NULL);
    for (guint i = 0; i < events->len; i++)
        g_string_append_printf(found, "%s%s", i ? " " : "", ((FeedEvent *)g_ptr_array_index(events, i))->uid);
    g_assert_cmpstr(found->str, ==, uids);
    g_string_free(found, TRUE);
}

static void test_events(ContractFixture *fixture, gconstpointer adapter)
{
    FeedEvent *first[] = {sketch_event(FEED_OPEN, "", "o1", 500),     sketch_event(FEED_COOP, "c0", "k2", 900),
                          sketch_event(FEED_WORKER, "w1", "b", 700),  sketch_event(FEED_WORKER, "w1", "a", 700),
                          sketch_event(FEED_WORKER, "w1", "c", -600), sketch_event(FEED_WORKER, "w0", "d", 9000),
                          sketch_event(FEED_WORKER, "\"Ω\"", "e", 1), sketch_event(FEED_COOP, "c0", "k1", 1000)};
    publish_events(fixture, first, G_N_ELEMENTS(first), 1);
    contract_again(fixture, adapter);
    events_expect(fixture, FEED_WORKER, "w1", "c a b");
    events_expect(fixture, FEED_COOP, "c0", "k2 k1");
    events_expect(fixture, FEED_OPEN, "", "o1");
    events_expect(fixture, FEED_COOP, "w1", "");
    events_expect(fixture, FEED_COOP, NULL, "e d c a b k2 k1 o1");

    /* The same key replaces, in every field; the same uid of another owner does not. */
    FeedEvent *second[] = {sketch_event(FEED_WORKER, "w1", "a", 2000), sketch_event(FEED_WORKER, "w2", "a", 3000)};
    second[0]->sequence = 4;
    second[0]->is_cancelled = TRUE;
    second[0]->modified_s = 1799999999;
    g_free(second[0]->summary);
    second[0]->summary = g_strdup("Cancelled: keuken");
    second[0]->place = (Place){0};
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    g_ptr_array_add(wanted, second[0]);
    g_autofree char *expected = events_text(wanted);
    publish_events(fixture, second, G_N_ELEMENTS(second), 2);
    contract_again(fixture, adapter);
    events_expect(fixture, FEED_WORKER, "w1", "c b a");
    events_expect(fixture, FEED_WORKER, "w2", "a");
    g_autoptr(GPtrArray) found = store_load_events(fixture->store, FEED_WORKER, "w1", NULL);
    g_ptr_array_remove_range(found, 0, 2);
    g_autofree char *text = events_text(found);
    g_assert_cmpstr(text, ==, expected);
}

const ContractTest contract_roster_tests[] = {
    {"keeps-the-newest-step-of-each-draft", test_steps},
    {"keeps-what-is-known-of-a-draft", test_figures},
    {"refuses-a-step-on-top-of-a-stale-one", test_stale_step},
    {"gives-no-step-number-twice", test_steps_not_reused},
    {"takes-steps-back-one-by-one", test_undo},
    {"takes-at-least-a-hundred-steps-back", test_long_undo},
    {"keeps-what-is-left-of-the-last-solve", test_records},
    {"publishes-and-ends-the-draft", test_publish},
    {"keeps-every-revision-and-when-it-was-published", test_revisions},
    {"keeps-when-shifts-were-as-each-revision-published-them", test_revision_times},
    {"refuses-a-revision-that-is-not-the-next", test_stale_revision},
    {"refuses-rosters-made-for-a-pool-that-has-changed", test_stale_pool},
    {"replaces-events-by-kind-owner-and-uid", test_events},
    {0},
};
