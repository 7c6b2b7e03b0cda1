/* Calendars as orders and absences of a pool. */
#include "rooster/intake.h"

#include <string.h>

#include "test_pool.h"

#define FROM  "2026-11-01T00:00"
#define UNTIL "2027-01-01T00:00"

static int64_t at(const Pool *pool, const char *text)
{
    int64_t at_min = 0;
    g_assert_true(zone_parse(pool->zone, text, &at_min, NULL));
    return at_min;
}

static CalendarInstance *instance(const Pool *pool, const char *uid, const char *date, const char *start,
                                  const char *end)
{
    CalendarInstance *made = g_new0(CalendarInstance, 1);
    made->uid = g_strdup(uid);
    made->date = g_strdup(date);
    made->summary = g_strdup("cook");
    made->description = g_strdup("");
    made->location = g_strdup("");
    made->category = g_strdup("");
    made->certificates = g_strdup("");
    made->team_certificates = g_strdup("");
    made->priority = g_strdup("");
    made->start_min = at(pool, start);
    made->end_min = at(pool, end);
    made->is_busy = TRUE;
    made->headcount = 1;
    made->break_min = -1;
    return made;
}

static GPtrArray *list(CalendarInstance *first, ...)
{
    GPtrArray *instances = g_ptr_array_new_with_free_func((GDestroyNotify)calendar_instance_free);
    va_list more;
    va_start(more, first);
    for (CalendarInstance *each = first; each; each = va_arg(more, CalendarInstance *))
        g_ptr_array_add(instances, each);
    va_end(more);
    return instances;
}

static PoolImport *take(const Pool *pool, GPtrArray *instances)
{
    g_autoptr(GError) error = NULL;
    PoolImport *import = intake_orders(pool, "A", instances, at(pool, FROM), at(pool, UNTIL), &error);
    g_assert_no_error(error);
    g_ptr_array_unref(instances);
    return import;
}

static void expect_refusal(const Pool *pool, CalendarInstance *order, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) instances = list(order, NULL);
    g_assert_null(intake_orders(pool, "A", instances, at(pool, FROM), at(pool, UNTIL), &error));
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, message);
}

static const Shift *shift_of(const PoolImport *import, const char *uid, const char *date)
{
    CalendarInstance named = {.uid = (char *)uid, .date = (char *)date};
    g_autofree char *id = intake_shift_id("A", &named);
    guint index;
    return pool_find_shift(import->pool, id, &index) ? pool_shift(import->pool, index) : NULL;
}

static void an_event_becomes_a_shift(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    CalendarInstance *order = instance(test->pool, "u", "", "2026-12-01T08:00", "2026-12-01T16:30");
    order->headcount = 3;
    g_free(order->certificates);
    order->certificates = g_strdup("HACCP;VOG");
    g_free(order->priority);
    order->priority = g_strdup("high");
    g_autoptr(PoolImport) import = take(test->pool, list(order, NULL));
    const Shift *shift = shift_of(import, "u", "");
    g_assert_nonnull(shift);
    g_assert_true(id_is_valid(shift->id));
    g_assert_true(g_str_has_prefix(shift->id, "A-"));
    g_assert_cmpstr(shift->role, ==, "cook");
    g_assert_cmpint(shift->headcount, ==, 3);
    g_assert_cmpint(shift->break_min, ==, 30);
    g_assert_cmpstr(shift->certificates[1], ==, "VOG");
    g_assert_cmpint(shift->priority, ==, PRIORITY_HIGH);
    g_assert_cmpuint(import->shifts, ==, 1);
    g_assert_cmpuint(import->pool->shifts->len, ==, 2); /* the other one stays */
}

static void the_break_is_the_least_of_the_law(void)
{
    static const struct {
        const char *end;
        int break_min;
    } cases[] = {
        {"13:30", 0},                 /* 5.5 h */
        {"13:31", 30},                /* more than 5.5 h */
        {"18:30", 30},                /* 10.5 h, of which 10 h are work */
        {"18:31", 45}, {"20:45", 45}, /* 12 h of work */
    };
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *end = g_strdup_printf("2026-12-01T%s", cases[i].end);
        g_autoptr(PoolImport) import =
            take(test->pool, list(instance(test->pool, "u", "", "2026-12-01T08:00", end), NULL));
        if (shift_of(import, "u", "")->break_min != cases[i].break_min)
            g_test_message("08:00-%s", cases[i].end);
        g_assert_cmpint(shift_of(import, "u", "")->break_min, ==, cases[i].break_min);
    }
}

static void a_moved_event_moves_its_shift(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    g_autoptr(PoolImport) first =
        take(test->pool, list(instance(test->pool, "u", "", "2026-12-01T08:00", "2026-12-01T12:00"), NULL));
    g_autoptr(PoolImport) second =
        take(first->pool, list(instance(test->pool, "u", "", "2026-12-02T09:00", "2026-12-02T13:00"), NULL));
    g_assert_cmpuint(second->pool->shifts->len, ==, 2);
    g_assert_cmpint(shift_of(second, "u", "")->start_min, ==, at(test->pool, "2026-12-02T09:00"));
}

static void an_instance_gone_from_its_series_is_cancelled(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    Pool *pool = test->pool;
    g_autoptr(PoolImport) first =
        take(pool, list(instance(pool, "s", "20261201T0700Z", "2026-12-01T08:00", "2026-12-01T12:00"),
                        instance(pool, "s", "20261208T0700Z", "2026-12-08T08:00", "2026-12-08T12:00"),
                        instance(pool, "other", "", "2026-12-09T08:00", "2026-12-09T12:00"), NULL));
    g_autoptr(PoolImport) second =
        take(first->pool, list(instance(pool, "s", "20261201T0700Z", "2026-12-01T08:00", "2026-12-01T12:00"), NULL));
    g_assert_cmpint(shift_of(second, "s", "20261201T0700Z")->headcount, ==, 1);
    g_assert_cmpint(shift_of(second, "s", "20261208T0700Z")->headcount, ==, 0);
    g_assert_cmpint(shift_of(second, "other", "")->headcount, ==, 1); /* not named in the file: no news of it */
}

static void a_cancelled_event_wants_nobody(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    CalendarInstance *order = instance(test->pool, "u", "", "2026-12-01T08:00", "2026-12-01T12:00");
    order->is_cancelled = TRUE;
    order->is_busy = FALSE;
    g_autoptr(PoolImport) import = take(test->pool, list(order, NULL));
    g_assert_cmpint(shift_of(import, "u", "")->headcount, ==, 0);
}

static void a_note_is_no_order(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    CalendarInstance *note = instance(test->pool, "u", "", "2026-12-01T00:00", "2026-12-02T00:00");
    note->is_busy = FALSE;
    g_autoptr(PoolImport) import = take(test->pool, list(note, NULL));
    g_assert_cmpuint(import->shifts, ==, 0);
    g_assert_cmpuint(import->pool->shifts->len, ==, 1);
}

static void refuses_what_is_no_order(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    Pool *pool = test->pool;
    expect_refusal(pool, instance(pool, "day", "", "2026-12-01T00:00", "2026-12-02T00:00"),
                   "event day (cook, 2026-12-01T00:00): lasts 23:15 h of work and nobody may work more than 12:00 h "
                   "(A1 ATW 5:7(2)(a)); an event with working hours would be right, and a note is marked as free time "
                   "(TRANSP:TRANSPARENT)");
    CalendarInstance *period = instance(pool, "p", "", "2026-12-01T08:00", "2026-12-01T12:00");
    period->is_period = TRUE;
    expect_refusal(pool, period,
                   "event p (cook, 2026-12-01T08:00): is a free-busy period, a VEVENT would be right for an order");
    CalendarInstance *urgent = instance(pool, "u", "", "2026-12-01T08:00", "2026-12-01T12:00");
    g_free(urgent->priority);
    urgent->priority = g_strdup("urgent");
    expect_refusal(pool, urgent,
                   "event u (cook, 2026-12-01T08:00): X-ROOSTER-PRIORITY 'urgent' is none, critical, high, normal or "
                   "low would be right");
    CalendarInstance *hasty = instance(pool, "b", "", "2026-12-01T08:00", "2026-12-01T16:00");
    hasty->break_min = 10;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) instances = list(hasty, NULL);
    g_assert_null(intake_orders(pool, "A", instances, 0, G_MAXINT32, &error));
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_INPUT);
    g_assert_true(g_str_has_prefix(error->message, "event b (cook, 2026-12-01T08:00): column break_minutes: 10 "));
}

static void refuses_an_unknown_coop_or_worker(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    g_autoptr(GPtrArray) none = list(NULL, NULL);
    g_autoptr(GError) first = NULL, second = NULL;
    g_assert_null(intake_orders(test->pool, "Z", none, 0, 1, &first));
    g_assert_error(first, POOL_ERROR, POOL_ERROR_UNKNOWN);
    g_assert_null(intake_availability(test->pool, "Z", none, &second));
    g_assert_error(second, POOL_ERROR, POOL_ERROR_UNKNOWN);
}

static void ids_are_valid_and_differ(void)
{
    g_autofree char *coop = g_strnfill(62, 'x');
    g_autofree char *arabic = g_strdup("مطبخ الحي مطبخ الحي مطبخ الحي م");
    static const char *const uids[] = {"a", "b", "😀;,/#+", ""};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *coops[] = {coop, arabic, "A"};
    for (guint c = 0; c < G_N_ELEMENTS(coops); c++)
        for (guint u = 0; u < G_N_ELEMENTS(uids); u++) {
            CalendarInstance named = {.uid = (char *)uids[u], .date = (char *)"20261201T0700Z"};
            char *id = intake_shift_id(coops[c], &named);
            if (!id_is_valid(id))
                g_test_message("%s", id);
            g_assert_true(id_is_valid(id));
            g_assert_true(g_hash_table_add(seen, id));
        }
}

static void appointments_become_windows_once(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    Pool *pool = test->pool;
    CalendarInstance *free_time = instance(pool, "f", "", "2026-12-02T08:00", "2026-12-02T12:00");
    CalendarInstance *cancelled = instance(pool, "c", "", "2026-12-03T08:00", "2026-12-03T12:00");
    CalendarInstance *moment = instance(pool, "m", "", "2026-12-03T08:00", "2026-12-03T08:00");
    free_time->is_busy = FALSE;
    cancelled->is_cancelled = TRUE;
    g_autoptr(GPtrArray) instances =
        list(instance(pool, "u", "", "2026-12-01T08:00", "2026-12-01T12:00"), free_time, cancelled, moment, NULL);
    g_autoptr(PoolImport) first = intake_availability(pool, "v", instances, NULL);
    g_autoptr(PoolImport) second = intake_availability(first->pool, "v", instances, NULL);
    guint worker;
    g_assert_true(pool_find_worker(second->pool, "v", &worker));
    const GArray *windows = pool_worker(second->pool, worker)->windows;
    g_assert_cmpuint(windows->len, ==, 1);
    g_assert_cmpint(g_array_index(windows, Window, 0).start_min, ==, at(pool, "2026-12-01T08:00"));
    g_assert_cmpint(g_array_index(windows, Window, 0).kind, ==, WINDOW_UNAVAILABLE);
    g_assert_cmpuint(first->windows, ==, 1);
}

static void a_copy_of_a_pool_has_everything(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00 +30 @B x2 [X;Y] {BHV} !high : w v",
                                             "rule max_shifts_per_day=2; price unfair=0 team=0; site A 52.37 4.89; v: "
                                             "hours 4 7.5; v: holds X learner from 2026-01-01 until 2026-12-31");
    g_autoptr(Pool) copy = pool_copy_open(test->pool);
    pool_close(copy);
    g_assert_cmpuint(copy->coops->len, ==, test->pool->coops->len);
    g_assert_cmpuint(copy->workers->len, ==, test->pool->workers->len);
    g_assert_cmpuint(copy->shifts->len, ==, test->pool->shifts->len);
    g_assert_true(memcmp(&copy->prices, &test->pool->prices, sizeof copy->prices) == 0);
    const Shift *shift = pool_shift(copy, 0);
    g_assert_cmpstr(shift->id, ==, "a");
    g_assert_cmpstr(shift->certificates[1], ==, "Y");
    g_assert_cmpstr(shift->team_certificates[0], ==, "BHV");
    g_assert_cmpint(profile_numbers(copy->profile, shift->week)->max_shifts_per_day, ==, 2);
    g_assert_true(pool_coop(copy, 0)->place.is_known);
    for (guint i = 0; i < copy->workers->len; i++)
        g_assert_cmpuint(pool_worker(copy, i)->certificates->len, ==, pool_worker(test->pool, i)->certificates->len);
}

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    g_test_add_func("/intake/an-event-becomes-a-shift", an_event_becomes_a_shift);
    g_test_add_func("/intake/the-break-is-the-least-of-the-law", the_break_is_the_least_of_the_law);
    g_test_add_func("/intake/a-moved-event-moves-its-shift", a_moved_event_moves_its_shift);
    g_test_add_func("/intake/an-instance-gone-from-its-series-is-cancelled",
                    an_instance_gone_from_its_series_is_cancelled);
    g_test_add_func("/intake/a-cancelled-event-wants-nobody", a_cancelled_event_wants_nobody);
    g_test_add_func("/intake/a-note-is-no-order", a_note_is_no_order);
    g_test_add_func("/intake/refuses-what-is-no-order", refuses_what_is_no_order);
    g_test_add_func("/intake/refuses-an-unknown-coop-or-worker", refuses_an_unknown_coop_or_worker);
    g_test_add_func("/intake/ids-are-valid-and-differ", ids_are_valid_and_differ);
    g_test_add_func("/intake/appointments-become-windows-once", appointments_become_windows_once);
    g_test_add_func("/intake/a-copy-of-a-pool-has-everything", a_copy_of_a_pool_has_everything);
    return g_test_run();
}
