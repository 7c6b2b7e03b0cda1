#include "contract.h"
#include "sketch.h"

static void case_save(ContractFixture *fixture, const Case *some)
{
    EXPECT_DONE(store_save_case(fixture->store, some, NULL, &error));
}

static void case_expect(ContractFixture *fixture, const Case *wanted)
{
    g_autoptr(Case) found = store_load_case(fixture->store, wanted->id, NULL);
    g_assert_nonnull(found);
    g_autofree char *expected = case_text(wanted), *got = case_text(found);
    g_assert_cmpstr(got, ==, expected);
}

static void test_exact(ContractFixture *fixture, gconstpointer adapter)
{
    for (CaseKind kind = CASE_SPIKE; kind <= CASE_SWAP; kind++)
        for (CaseState state = CASE_WAITING; state <= CASE_WITHDRAWN; state++) {
            g_autofree char *name = g_strdup_printf("%d-%d", kind, state);
            g_autoptr(Case) some = sketch_case(name, kind, 100 + state);
            some->state = state;
            some->week = state % 2 ? WEEK_49 : WEEK_50;
            some->due_s = state * 10;
            case_set(&some->other, state % 2 ? "w2" : "");
            case_set(&some->about, state % 3 ? "case-0-0" : "");
            case_save(fixture, some);
            g_assert_cmpint(some->version, ==, 0);
            contract_again(fixture, adapter);
            some->version = 1;
            case_expect(fixture, some);
        }
    g_autoptr(GError) error = NULL;
    g_assert_null(store_load_case(fixture->store, "case-9", &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

static void test_changed(ContractFixture *fixture, gconstpointer adapter)
{
    g_autoptr(Case) some = sketch_case("one", CASE_SWAP, 100);
    AuditEntry audit = sketch_audit("swap", "one");
    EXPECT_DONE(store_save_case(fixture->store, some, &audit, &error));
    some->version = 1;
    some->state = CASE_ACCEPTED;
    some->week = WEEK_50;
    some->changed_s = 200;
    some->due_s = 300;
    char **const texts[] = {&some->coop, &some->worker, &some->shift, &some->other, &some->about, &some->body};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *text = g_strdup_printf("changed '%u'", i);
        case_set(texts[i], text);
    }
    EXPECT_DONE(store_save_case(fixture->store, some, &audit, &error));
    contract_again(fixture, adapter);
    some->version = 2;
    case_expect(fixture, some);
    some->due_s = 0;
    case_save(fixture, some);
    some->version = 3;
    case_expect(fixture, some);
    g_autoptr(GPtrArray) entries = store_load_audit(fixture->store, 3, NULL);
    g_assert_cmpstr(((AuditEntry *)g_ptr_array_index(entries, 1))->what, ==, "swap");
    g_assert_cmpstr(((AuditEntry *)g_ptr_array_index(entries, 2))->what, ==, "import"); /* the NULL one left none */
}

static void test_conflicts(ContractFixture *fixture, gconstpointer adapter)
{
    (void)adapter;
    g_autoptr(Case) some = sketch_case("one", CASE_OFFER, 100), twin = sketch_case("one", CASE_OFFER, 100);
    AuditEntry audit = sketch_audit("offer", "one");
    case_save(fixture, some);
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_save_case(fixture->store, twin, &audit, &error));
    some->version = 1;
    some->state = CASE_ACCEPTED;
    case_save(fixture, some);
    /* The second acceptance has seen version 1, too. */
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_save_case(fixture->store, some, &audit, &error));
    some->version = 3;
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_save_case(fixture->store, some, &audit, &error));
    some->version = 2;
    some->kind = CASE_SWAP;
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_save_case(fixture->store, some, &audit, &error));
    some->kind = CASE_OFFER;
    some->created_s = 101;
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_save_case(fixture->store, some, &audit, &error));
    g_autoptr(Case) unknown = sketch_case("unknown", CASE_OFFER, 100);
    unknown->version = 1;
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_save_case(fixture->store, unknown, &audit, &error));
}

/* --- looking for some */

static void filter_expect(ContractFixture *fixture, CaseFilter filter, const char *names)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) cases = store_find_cases(fixture->store, &filter, &error);
    g_assert_no_error(error);
    GString *found = g_string_new(NULL);
    for (guint i = 0; i < cases->len; i++)
        g_string_append_printf(found, "%s%s", i ? " " : "", ((Case *)g_ptr_array_index(cases, i))->id + 5);
    g_assert_cmpstr(found->str, ==, names);
    g_string_free(found, TRUE);
}

/* a, b, c, d: as the table says; b and c at the same second. */
static void cases_make(ContractFixture *fixture)
{
    static const struct {
        const char *name, *coop, *worker, *shift, *other, *about;
        CaseKind kind;
        CaseState state;
        IsoWeek week;
        int64_t created_s, due_s;
    } rows[] = {
        {"d", "c0", "", "s3", "", "", CASE_SPIKE, CASE_WAITING, {20787}, 300, 0},
        {"c", "", "w1", "s1", "w2", "case-d", CASE_SWAP, CASE_WAITING, {20787}, 200, 500},
        {"a", "", "w1", "", "", "", CASE_ABSENCE, CASE_ACCEPTED, {20794}, 100, 0},
        {"b", "c2", "w2", "s3", "", "case-d", CASE_OFFER, CASE_LOST, {20794}, 200, 400},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Case) some = sketch_case(rows[i].name, rows[i].kind, rows[i].created_s);
        some->state = rows[i].state;
        some->week = rows[i].week;
        some->due_s = rows[i].due_s;
        case_set(&some->coop, rows[i].coop);
        case_set(&some->worker, rows[i].worker);
        case_set(&some->shift, rows[i].shift);
        case_set(&some->other, rows[i].other);
        case_set(&some->about, rows[i].about);
        case_save(fixture, some);
    }
}

static void test_filter(ContractFixture *fixture, gconstpointer adapter)
{
    cases_make(fixture);
    contract_again(fixture, adapter);
    filter_expect(fixture, (CaseFilter){0}, "a b c d");
    filter_expect(fixture, (CaseFilter){.kinds = 1U << CASE_SWAP}, "c");
    filter_expect(fixture, (CaseFilter){.kinds = 1U << CASE_SPIKE | 1U << CASE_ABSENCE}, "a d");
    filter_expect(fixture, (CaseFilter){.states = 1U << CASE_WAITING}, "c d");
    filter_expect(fixture, (CaseFilter){.kinds = 1U << CASE_OFFER, .states = 1U << CASE_WAITING}, "");
    filter_expect(fixture, (CaseFilter){.has_week = TRUE, .week = WEEK_50}, "a b");
    filter_expect(fixture, (CaseFilter){.week = WEEK_50}, "a b c d");
    filter_expect(fixture, (CaseFilter){.coop = "c0"}, "d");
    filter_expect(fixture, (CaseFilter){.coop = ""}, "a c");
    filter_expect(fixture, (CaseFilter){.shift = "s3"}, "b d");
    filter_expect(fixture, (CaseFilter){.about = "case-d"}, "b c");
    filter_expect(fixture, (CaseFilter){.worker = "w1"}, "a c");
    filter_expect(fixture, (CaseFilter){.worker = "w2"}, "b c");
    filter_expect(fixture, (CaseFilter){.worker = "w' OR 1=1 --"}, "");
    filter_expect(fixture, (CaseFilter){.due_before_s = 500}, "b");
    filter_expect(fixture, (CaseFilter){.due_before_s = 501}, "b c");
    filter_expect(fixture,
                  (CaseFilter){.kinds = 1U << CASE_SWAP | 1U << CASE_OFFER,
                               .states = 1U << CASE_WAITING | 1U << CASE_LOST,
                               .has_week = TRUE,
                               .week = WEEK_49,
                               .coop = "",
                               .shift = "s1",
                               .about = "case-d",
                               .worker = "w2",
                               .due_before_s = 1000,
                               .after = "case-a",
                               .most = 5},
                  "c");
}

static void test_pages(ContractFixture *fixture, gconstpointer adapter)
{
    cases_make(fixture);
    contract_again(fixture, adapter);
    filter_expect(fixture, (CaseFilter){.most = 2}, "a b");
    filter_expect(fixture, (CaseFilter){.after = "case-b", .most = 2}, "c d");
    filter_expect(fixture, (CaseFilter){.after = "case-a", .most = 1}, "b");
    filter_expect(fixture, (CaseFilter){.after = "case-d"}, "");
    filter_expect(fixture, (CaseFilter){.after = "case-a", .worker = "w2"}, "b c");
    const CaseFilter unknown = {.after = "case-x"};
    g_autoptr(GError) error = NULL;
    g_assert_null(store_find_cases(fixture->store, &unknown, &error));
    g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
}

/* --- worked hours */

static void worked_append(ContractFixture *fixture, WorkedEntry *entry)
{
    g_autoptr(GPtrArray) entries = sketch_list(entry, (GDestroyNotify)worked_entry_free);
    EXPECT_DONE(store_append_worked(fixture->store, entries, NULL, &error));
}

static void worked_refuse(ContractFixture *fixture, WorkedEntry *entry)
{
    g_autoptr(GPtrArray) entries = sketch_list(sketch_worked("fine", "w9", "c0", 1), (GDestroyNotify)worked_entry_free);
    g_ptr_array_add(entries, entry);
    AuditEntry audit = sketch_audit("hours", "refused");
    EXPECT_REFUSED(fixture, STORE_ERROR_CONFLICT, store_append_worked(fixture->store, entries, &audit, &error));
}

static void test_ledger(ContractFixture *fixture, gconstpointer adapter)
{
    g_autoptr(GPtrArray) entries = sketch_list(sketch_worked("s0", "w1", "c0", 0), (GDestroyNotify)worked_entry_free);
    g_ptr_array_add(entries, sketch_worked("s0", "w2", "c0", 0));
    g_ptr_array_add(entries, sketch_worked("s1", "w1", "c2", 2));
    for (WorkedReason reason = WORKED_CANCELLED_PAID; reason <= WORKED_MOVED_PAID; reason++) {
        WorkedEntry *entry = sketch_worked("s0", "w1", "c0", 0);
        entry->reason = reason;
        entry->entry = 77; /* whatever it says */
        entry->paid_min = 0;
        entry->is_disputed = TRUE;
        g_ptr_array_add(entries, entry);
    }
    AuditEntry audit = sketch_audit("hours", "six");
    EXPECT_DONE(store_append_worked(fixture->store, entries, &audit, &error));
    contract_again(fixture, adapter);
    g_autoptr(GPtrArray) found = store_load_worked(fixture->store, G_MININT64, G_MAXINT64, NULL, NULL, NULL);
    for (guint i = 0; i < entries->len; i++)
        ((WorkedEntry *)g_ptr_array_index(entries, i))->entry = (int64_t)i + 1;
    g_autofree char *expected = worked_text(entries), *got = worked_text(found);
    g_assert_cmpstr(got, ==, expected);
    g_autoptr(GPtrArray) trail = store_load_audit(fixture->store, 1, NULL);
    g_assert_cmpstr(((AuditEntry *)g_ptr_array_index(trail, 0))->detail, ==, "six");
}

static guint worked_count(ContractFixture *fixture, int64_t from_min, int64_t until_min, const char *coop,
                          const char *worker)
{
    g_autoptr(GPtrArray) found = store_load_worked(fixture->store, from_min, until_min, coop, worker, NULL);
    return found->len;
}

static void test_ledger_parts(ContractFixture *fixture, gconstpointer adapter)
{
    worked_append(fixture, sketch_worked("s0", "w1", "c0", 0));
    worked_append(fixture, sketch_worked("s1", "w1", "c2", 1));
    worked_append(fixture, sketch_worked("s1", "w2", "c2", 1));
    contract_again(fixture, adapter);
    int64_t first = ((int64_t)WEEK_49.monday * 24 + 8) * 60, second = first + 1440;
    g_assert_cmpuint(worked_count(fixture, first, second, NULL, NULL), ==, 1);
    g_assert_cmpuint(worked_count(fixture, first + 1, second + 1, NULL, NULL), ==, 2);
    g_assert_cmpuint(worked_count(fixture, 0, G_MAXINT64, "c2", NULL), ==, 2);
    g_assert_cmpuint(worked_count(fixture, 0, G_MAXINT64, NULL, "w1"), ==, 2);
    g_assert_cmpuint(worked_count(fixture, 0, G_MAXINT64, "c2", "w1"), ==, 1);
    g_assert_cmpuint(worked_count(fixture, 0, G_MAXINT64, "c' OR 1=1 --", NULL), ==, 0);
    g_assert_cmpuint(worked_count(fixture, second, first, NULL, NULL), ==, 0);
}

static WorkedEntry *reversal_of(ContractFixture *fixture, guint place)
{
    g_autoptr(GPtrArray) found = store_load_worked(fixture->store, G_MININT64, G_MAXINT64, NULL, NULL, NULL);
    return worked_entry_reversal(g_ptr_array_index(found, place), "said it twice", "planner:t1", 200);
}

static void test_correction(ContractFixture *fixture, gconstpointer adapter)
{
    worked_append(fixture, sketch_worked("s0", "w1", "c0", 0));
    worked_refuse(fixture, sketch_worked("s0", "w1", "c0", 0));
    /* Taken back and put right in one go; then all of it once more. */
    for (guint round = 0; round < 2; round++) {
        g_autoptr(GPtrArray) entries = sketch_list(reversal_of(fixture, 2 * round), (GDestroyNotify)worked_entry_free);
        WorkedEntry *right = sketch_worked("s0", "w1", "c0", 0);
        right->paid_min = 300 + round;
        g_ptr_array_add(entries, right);
        EXPECT_DONE(store_append_worked(fixture->store, entries, NULL, &error));
        contract_again(fixture, adapter);
    }
    worked_refuse(fixture, sketch_worked("s0", "w1", "c0", 0));
    g_autoptr(GPtrArray) found = store_load_worked(fixture->store, G_MININT64, G_MAXINT64, NULL, NULL, NULL);
    static const int64_t paid[] = {420, -420, 300, -300, 301};
    static const int64_t reverses[] = {0, 1, 0, 3, 0};
    g_assert_cmpuint(found->len, ==, G_N_ELEMENTS(paid));
    for (guint i = 0; i < found->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(found, i);
        g_assert_cmpint(entry->paid_min, ==, paid[i]);
        g_assert_cmpint(entry->reverses, ==, reverses[i]);
    }
}

static void test_bad_reversals(ContractFixture *fixture, gconstpointer adapter)
{
    (void)adapter;
    worked_append(fixture, sketch_worked("s0", "w1", "c0", 0));
    worked_append(fixture, sketch_worked("s1", "w1", "c0", 0));
    WorkedEntry *of_nothing = reversal_of(fixture, 0), *of_another = reversal_of(fixture, 0);
    of_nothing->reverses = 99;
    worked_refuse(fixture, of_nothing);
    of_another->reverses = 2;
    worked_refuse(fixture, of_another);
    WorkedEntry *too_much = reversal_of(fixture, 0);
    too_much->paid_min--;
    worked_refuse(fixture, too_much);
    worked_append(fixture, reversal_of(fixture, 0));
    worked_refuse(fixture, reversal_of(fixture, 0));
    /* Nor can a reversal be taken back. */
    WorkedEntry *back = sketch_worked("s0", "w1", "c0", 0);
    back->reverses = 3;
    worked_refuse(fixture, back);
    worked_append(fixture, sketch_worked("s0", "w1", "c0", 0));
}

const ContractTest contract_case_tests[] = {
    {"gives-back-a-case-exactly", test_exact},
    {"changes-a-case-and-counts-its-versions", test_changed},
    {"refuses-a-case-that-somebody-else-changed", test_conflicts},
    {"finds-cases-by-whatever-is-asked", test_filter},
    {"finds-cases-page-by-page", test_pages},
    {"gives-back-worked-hours-exactly", test_ledger},
    {"finds-worked-hours-by-time-coop-and-worker", test_ledger_parts},
    {"takes-worked-hours-back-before-others-stand", test_correction},
    {"refuses-to-take-back-what-does-not-stand", test_bad_reversals},
    {0},
};
