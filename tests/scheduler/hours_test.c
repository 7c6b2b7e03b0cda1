#include "rooster/hours.h"

#include "memory_store.h"
#include "rooster/rules.h"
#include "test_pool.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Publication, publication_free)

/* --- a published week in a store */

typedef struct Desk {
    TestPool *test;
    Store *store;
    int64_t now_s;
} Desk;

static AuditEntry audit_at(int64_t at_s)
{
    return (AuditEntry){at_s, (char *)"test", (char *)"test", (char *)""};
}

static int64_t seconds(const Desk *desk, const char *time)
{
    int64_t at_min = 0;
    g_assert_true(zone_parse(desk->test->pool->zone, time, &at_min, NULL));
    return at_min * 60;
}

static void publish(Desk *desk, int revision, const char *at)
{
    g_autoptr(Publication) publication = g_new0(Publication, 1);
    AuditEntry audit = audit_at(seconds(desk, at));
    publication->roster = roster_copy(desk->test->roster);
    publication->roster->state = ROSTER_PUBLISHED;
    publication->roster->revision = revision;
    publication->events = g_ptr_array_new();
    publication->messages = g_ptr_array_new();
    g_assert_true(store_publish(desk->store, desk->test->pool, publication, &audit, NULL));
}

static void desk_init(Desk *desk, const char *planned, const char *around, const char *now)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    *desk = (Desk){test_pool_new(planned, around), memory_store_new(), 0};
    AuditEntry audit = audit_at(1);
    g_autoptr(GPtrArray) violations = rules_check(desk->test->week, desk->test->roster);
    if (violations->len)
        g_error("\"%s\" (%s) breaks %s", planned, around, ((Violation *)g_ptr_array_index(violations, 0))->text);
    g_assert_true(store_save_pool(desk->store, desk->test->pool, none, FALSE, &audit, NULL));
    publish(desk, 1, "2026-01-01T09:00");
    desk->now_s = seconds(desk, now);
}

static void desk_clear(Desk *desk)
{
    store_close(desk->store);
    test_pool_free(desk->test);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

static Hours *hours_of(const Desk *desk)
{
    g_autoptr(GError) error = NULL;
    Hours *hours = hours_load(desk->store, desk->test->pool, desk->test->week->week, desk->now_s, &error);
    g_assert_no_error(error);
    return hours;
}

/* "a:w b:w": off the roster, and published so. */
static void withdraw(Desk *desk, const char *pairs, int revision, const char *at)
{
    g_auto(GStrv) names = g_strsplit(pairs, " ", -1);
    for (char **name = names; *name; name++) {
        g_auto(GStrv) pair = g_strsplit(*name, ":", 2);
        guint shift, worker;
        g_assert_true(pool_find_shift(desk->test->pool, pair[0], &shift));
        g_assert_true(pool_find_worker(desk->test->pool, pair[1], &worker));
        if (!roster_remove(desk->test->roster, shift, worker))
            roster_add(desk->test->roster, shift, worker, FALSE);
    }
    publish(desk, revision, at);
}

/* --- steps: "confirm a w", "confirm a w -10 20 30" (start and end moved, break), "correct a w nothing" */

static HoursClaim claim_of(const Hours *hours, char **words)
{
    gboolean is_cancelled = !hours_find(hours, words[1], words[2], WORKED_DONE);
    WorkedReason reason = is_cancelled ? WORKED_CANCELLED_PAID : WORKED_DONE;
    if (g_strv_length(words) == 4 && g_str_equal(words[3], "moved"))
        reason = WORKED_MOVED_PAID;
    HoursClaim claim = {.shift = words[1], .worker = words[2], .reason = reason, .note = words[0]};
    const HoursLine *line = hours_find(hours, words[1], words[2], reason);
    if (g_strv_length(words) == 4)
        claim.is_nothing = g_str_equal(words[3], "nothing");
    if (g_strv_length(words) == 6) {
        g_assert_nonnull(line);
        claim.has_times = TRUE;
        claim.start_min = line->start_min + g_ascii_strtoll(words[3], NULL, 10);
        claim.end_min = line->end_min + g_ascii_strtoll(words[4], NULL, 10);
        claim.break_min = (int32_t)g_ascii_strtoll(words[5], NULL, 10);
    }
    return claim;
}

static gboolean step(const Desk *desk, const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(Hours) hours = hours_of(desk);
    HoursClaim claim = claim_of(hours, words);
    AuditEntry audit = audit_at(desk->now_s);
    g_autoptr(GPtrArray) entries = g_str_equal(words[0], "confirm") ? hours_confirm(hours, &claim, 1, "coop:A", error)
                                   : g_str_equal(words[0], "dispute")
                                       ? hours_dispute(hours, &claim, 1, "coop:A", error)
                                       : hours_correct(hours, &claim, 1, "coop:A", error);
    return entries && store_append_worked(desk->store, entries, &audit, error);
}

static void steps(const Desk *desk, const char *text)
{
    g_auto(GStrv) each = g_strsplit(text, "; ", -1);
    for (char **at = each; *at && **at; at++) {
        g_autoptr(GError) error = NULL;
        step(desk, *at, &error);
        g_assert_no_error(error);
    }
}

/* "a w worked 240; a w 3h_floor 30", reversals as they stand. */
static char *ledger_text(const Desk *desk)
{
    g_autoptr(GPtrArray) entries = store_load_worked(desk->store, INT64_MIN / 2, INT64_MAX / 2, NULL, NULL, NULL);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < entries->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        g_string_append_printf(text, "%s%s %s %s%s %" G_GINT64_FORMAT "%s", i ? "; " : "", entry->shift, entry->worker,
                               entry->is_disputed ? "disputed " : "", worked_reason_name(entry->reason),
                               entry->paid_min, *entry->coop ? "" : " of the pool");
    }
    return g_string_free(text, FALSE);
}

/* By reason, as what is due at once comes by its start. */
static char *sorted_ledger_text(const Desk *desk)
{
    g_autofree char *text = ledger_text(desk);
    g_auto(GStrv) parts = g_strsplit(text, "; ", -1);
    if (parts[0] && parts[1] && strstr(parts[0], "moved_paid")) {
        char *first = parts[0];
        parts[0] = parts[1];
        parts[1] = first;
    }
    return g_strjoinv("; ", parts);
}

/* --- tables */

#define NOW "2026-12-08T09:00"

static void what_is_confirmed_is_paid(void)
{
    static const struct {
        const char *planned, *around, *steps, *ledger, *why;
    } cases[] = {
        {"mon 08:00-16:00 +30", "", "confirm a w", "a w worked 450", "as planned"},
        {"mon 08:00-16:00 +30", "", "confirm a w -10 20 45", "a w worked 465", "as it really was"},
        {"mon 08:00-16:00 +30", "", "dispute a w", "a w disputed worked 0", "nothing is paid on a dispute"},
        {"mon 08:00-16:00 +30", "", "dispute a w; correct a w 0 -60 30",
         "a w disputed worked 0; a w disputed worked 0; a w worked 390", "a dispute is settled by a correction"},
        {"mon 08:00-16:00 +30", "", "confirm a w; correct a w 0 0 60",
         "a w worked 450; a w worked -450; a w worked 420", "a reversal and a new row"},
        {"mon 08:00-16:00 +30", "", "confirm a w; correct a w nothing; correct a w 0 0 30",
         "a w worked 450; a w worked -450; a w worked 0; a w worked 0; a w worked 450",
         "nobody came, and yet they did"},
        {"mon 22:00-tue 06:00 +30", "", "confirm a w", "a w worked 450", "over midnight and into the next month"},
        /* the three hours */
        {"mon 08:00-10:00", "", "confirm a w", "a w worked 120; a w 3h_floor 60", "a call contract"},
        {"mon 08:00-10:00", "hours 20 20", "confirm a w", "a w worked 120", "fixed hours have no floor"},
        {"mon 08:00-10:00", "hours 15 15", "confirm a w", "a w worked 120", "15 hours are not less than 15"},
        {"mon 08:00-10:00", "hours 14.5 14.5", "confirm a w", "a w worked 120; a w 3h_floor 60",
         "less than 15 hours at no fixed times"},
        {"mon 08:00-11:00", "", "confirm a w", "a w worked 180", "three hours are three hours"},
        {"mon 08:00-10:59", "", "confirm a w", "a w worked 179; a w 3h_floor 1", "a minute less"},
        {"mon 08:00-10:00, mon 10:00-12:00 @B", "rule max_shifts_per_day=2", "confirm a w; confirm b w",
         "a w worked 120; a w 3h_floor 60; b w worked 120; a w 3h_floor -60", "one period over two coops"},
        {"mon 08:00-09:00, mon 09:00-10:00 @B", "rule max_shifts_per_day=2", "confirm b w; confirm a w",
         "b w worked 60; b w 3h_floor 120; a w worked 60; b w 3h_floor -120; a w 3h_floor 60",
         "the order of confirming leaves the same"},
        {"mon 08:00-10:00, mon 12:00-14:00 @B", "rule max_shifts_per_day=2", "confirm a w; confirm b w",
         "a w worked 120; a w 3h_floor 60; b w worked 120; b w 3h_floor 60", "each separate period"},
        {"mon 08:00-10:00", "", "confirm a w; correct a w 0 60 0",
         "a w worked 120; a w 3h_floor 60; a w worked -120; a w worked 180; a w 3h_floor -60",
         "a correction takes the floor back"},
        {"mon 08:00-10:00", "", "confirm a w; correct a w nothing",
         "a w worked 120; a w 3h_floor 60; a w worked -120; a w worked 0; a w 3h_floor -60", "no work, no floor"},
        {"mon 08:00-10:00", "", "dispute a w; correct a w 0 0 0",
         "a w disputed worked 0; a w disputed worked 0; a w worked 120; a w 3h_floor 60",
         "the floor comes with the work"},
        {"mon 08:00-10:00 x2: w v", "v: hours 20 20", "confirm a w; confirm a v",
         "a w worked 120; a w 3h_floor 60; a v worked 120", "each by their contract"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Desk) desk;
        desk_init(&desk, cases[i].planned, cases[i].around, NOW);
        steps(&desk, cases[i].steps);
        g_autofree char *got = ledger_text(&desk);
        if (!g_str_equal(got, cases[i].ledger))
            g_error("%s: %s of \"%s\" (%s): expected %s, got %s", cases[i].why, cases[i].steps, cases[i].planned,
                    cases[i].around, cases[i].ledger, got);
    }
}

static void clock_change_nights_are_paid_as_long_as_they_are(void)
{
    static const struct {
        const char *around, *now;
        int64_t paid_min;
    } cases[] = {{"week 2026-W43", "2026-10-26T09:00", 510}, {"week 2027-W12", "2027-03-29T09:00", 390}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Desk) desk;
        desk_init(&desk, "sat 22:00-06:00 +30", cases[i].around, cases[i].now);
        steps(&desk, "confirm a w");
        g_autofree char *expected = g_strdup_printf("a w worked %" G_GINT64_FORMAT, cases[i].paid_min);
        g_autofree char *got = ledger_text(&desk);
        g_assert_cmpstr(got, ==, expected);
    }
}

static void what_cannot_be_is_refused(void)
{
    static const struct {
        const char *now, *steps, *refused, *message;
        HoursError code;
    } cases[] = {
        {"2026-11-30T15:59", "", "confirm a w", "shift a, worker w: ends Mon 30 Nov 16:00, which has not come yet",
         HOURS_ERROR_EARLY},
        {"2026-11-30T15:59", "", "dispute a w", "shift a, worker w: ends Mon 30 Nov 16:00, which has not come yet",
         HOURS_ERROR_EARLY},
        {NOW, "confirm a w", "confirm a w", "shift a, worker w: was confirmed by coop:A; correct it instead",
         HOURS_ERROR_SETTLED},
        {NOW, "dispute a w", "confirm a w", "shift a, worker w: was disputed by coop:A; correct it instead",
         HOURS_ERROR_SETTLED},
        {NOW, "confirm a w", "dispute a w", "shift a, worker w: was confirmed by coop:A; correct it instead",
         HOURS_ERROR_SETTLED},
        {NOW, "", "correct a w 0 0 0", "shift a, worker w: nothing is booked yet; confirm or dispute it instead",
         HOURS_ERROR_OPEN},
        {NOW, "", "confirm a v", "worker v was not withdrawn too late on shift a", HOURS_ERROR_UNKNOWN},
        {NOW, "", "confirm a w 0 0 480", "shift a, worker w: start, end and break leave no work", HOURS_ERROR_TIMES},
        {NOW, "", "confirm a w 600 0 0", "shift a, worker w: start, end and break leave no work", HOURS_ERROR_TIMES},
        {NOW, "", "confirm a w -721 0 0", "shift a, worker w: begins more than 12 hours from its plan",
         HOURS_ERROR_TIMES},
        {NOW, "", "confirm a w 0 1000 0", "shift a, worker w: more than 24 hours at a stretch", HOURS_ERROR_TIMES},
        {"2026-11-30T16:10", "", "confirm a w 0 11 0", "shift a, worker w: ends later than now", HOURS_ERROR_TIMES},
        {NOW, "confirm b w", "confirm a w 0 90 0", "shift a, worker w: overlaps what they worked on shift b",
         HOURS_ERROR_TIMES},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Desk) desk;
        g_autoptr(GError) error = NULL;
        desk_init(&desk, "mon 08:00-16:00 +30, mon 17:00-19:00", "rule max_shifts_per_day=2", cases[i].now);
        steps(&desk, cases[i].steps);
        g_autofree char *before = ledger_text(&desk);
        g_assert_false(step(&desk, cases[i].refused, &error));
        g_assert_error(error, HOURS_ERROR, (int)cases[i].code);
        g_assert_cmpstr(error->message, ==, cases[i].message);
        g_autofree char *after = ledger_text(&desk);
        g_assert_cmpstr(after, ==, before);
    }
}

/* --- withdrawn */

static void what_is_withdrawn_too_late_stays_owed(void)
{
    static const struct {
        const char *planned, *around, *changed, *at, *lines, *why;
    } cases[] = {
        {"thu 08:00-16:00 +30", "", "a:w", "2026-11-29T08:01", "a w cancelled_paid pool", "less than 96 hours"},
        {"thu 08:00-16:00 +30", "", "a:w", "2026-11-29T08:00", "", "96 hours to the minute"},
        {"thu 08:00-16:00 +30 x2: w v", "", "a:w", "2026-12-01T08:00", "a v worked A; a w cancelled_paid pool",
         "it stays short, so it was not the coop"},
        {"thu 08:00-16:00 +30", "", "a:w a:v", "2026-12-01T08:00", "a v worked A; a w cancelled_paid pool",
         "somebody else came"},
        {"thu 08:00-16:00 +30", "unavailable thu 16:00-20:00", "a:w", "2026-12-01T08:00", "a w cancelled_paid pool",
         "away only afterwards"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Desk) desk;
        desk_init(&desk, cases[i].planned, cases[i].around, NOW);
        withdraw(&desk, cases[i].changed, 2, cases[i].at);
        g_autoptr(Hours) hours = hours_of(&desk);
        g_autoptr(GString) got = g_string_new(NULL);
        for (guint k = 0; k < hours->lines->len; k++) {
            const HoursLine *line = &g_array_index(hours->lines, HoursLine, k);
            g_string_append_printf(got, "%s%s %s %s %s", k ? "; " : "", line->shift, line->worker,
                                   worked_reason_name(line->reason), *line->coop ? line->coop : "pool");
        }
        if (!g_str_equal(got->str, cases[i].lines))
            g_error("%s: expected \"%s\", got \"%s\"", cases[i].why, cases[i].lines, got->str);
    }
}

/* "10:00-18:00": the first shift has other times on its day from now on; "" as before. */
static void move(Desk *desk, const char *times, const char *day)
{
    g_auto(GStrv) ends = g_strsplit(times, "-", 2);
    g_autofree char *start = g_strdup_printf("%sT%s", day, ends[0]), *end = g_strdup_printf("%sT%s", day, ends[1]);
    Shift *shift = pool_shift(desk->test->pool, 0);
    shift->start_min = seconds(desk, start) / 60;
    shift->end_min = seconds(desk, end) / 60;
}

/* All that is due, at once. */
static void confirm_due(const Desk *desk)
{
    g_autoptr(Hours) hours = hours_of(desk);
    g_autoptr(GArray) due = hours_due(hours, NULL, DAY_MIN);
    AuditEntry audit = audit_at(desk->now_s);
    g_autoptr(GPtrArray) entries = hours_confirm(hours, &g_array_index(due, HoursClaim, 0), due->len, "coop:A", NULL);
    g_assert_true(store_append_worked(desk->store, entries, &audit, NULL));
}

/* Thursday 08:00-16:00 with a break of 30 minutes, published in time; what comes after it is due on Friday. */
static void what_is_moved_too_late_is_owed_for_its_old_times(void)
{
    static const struct {
        const char *around, *first, *first_at, *then, *then_at, *ledger, *why;
    } cases[] = {
        {"", "10:00-18:00", "2026-11-29T08:01", NULL, NULL, "a w worked 450; a w moved_paid 120", "less than 96 hours"},
        {"", "10:00-18:00", "2026-11-29T08:00", NULL, NULL, "a w worked 450", "96 hours to the minute"},
        {"", "16:00-22:00", "2026-12-01T08:00", NULL, NULL, "a w worked 330; a w moved_paid 450",
         "another time altogether: all that was to be paid"},
        {"", "08:00-14:00", "2026-12-01T08:00", NULL, NULL, "a w worked 330; a w moved_paid 120", "a part withdrawn"},
        {"", "10:00-14:00", "2026-12-01T08:00", NULL, NULL, "a w worked 210; a w moved_paid 240", "at both ends"},
        {"", "07:00-17:00", "2026-12-01T08:00", NULL, NULL, "a w worked 570", "longer: nothing is left out"},
        {"", "10:00-18:00", "2026-11-28T08:00", "12:00-20:00", "2026-12-01T08:00", "a w worked 450; a w moved_paid 120",
         "first in time, then too late: of the second call"},
        {"", "10:00-18:00", "2026-12-01T08:00", "12:00-20:00", "2026-12-01T09:00", "a w worked 450; a w moved_paid 240",
         "twice too late: the most, once"},
        {"", "10:00-18:00", "2026-12-01T08:00", "08:00-16:00", "2026-12-01T09:00", "a w worked 450; a w moved_paid 120",
         "and back: the call in between was one, too"},
        {"unavailable thu 08:00-09:00", "10:00-18:00", "2026-12-01T08:00", NULL, NULL, "a w worked 450",
         "who could not have come at the old times"},
        {"hours 20 20", "08:00-10:00", "2026-12-01T08:00", NULL, NULL, "a w worked 90; a w moved_paid 360",
         "owed without a call contract, too"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Desk) desk;
        gboolean is_away = strstr(cases[i].around, "unavailable") != NULL;
        desk_init(&desk, "thu 08:00-16:00 +30", is_away ? "" : cases[i].around, NOW);
        if (is_away) {
            Window away = {seconds(&desk, "2026-12-03T08:00") / 60, seconds(&desk, "2026-12-03T09:00") / 60,
                           WINDOW_UNAVAILABLE};
            g_array_append_val(pool_worker(desk.test->pool, 0)->windows, away);
        }
        move(&desk, cases[i].first, "2026-12-03");
        publish(&desk, 2, cases[i].first_at);
        if (cases[i].then) {
            move(&desk, cases[i].then, "2026-12-03");
            publish(&desk, 3, cases[i].then_at);
        }
        confirm_due(&desk);
        g_autofree char *got = sorted_ledger_text(&desk);
        if (!g_str_equal(got, cases[i].ledger))
            g_error("%s: expected %s, got %s", cases[i].why, cases[i].ledger, got);
    }
}

/* A short call keeps its three hours when it is moved, and what is left of a call is one period with the rest of it. */
static void what_is_moved_has_the_three_hours(void)
{
    static const struct {
        const char *planned, *times, *ledger, *why;
    } cases[] = {
        {"thu 08:00-10:00", "14:00-18:00", "a w worked 240; a w moved_paid 120; a w 3h_floor 60",
         "as it was called for it would have been paid as three"},
        {"thu 08:00-11:00", "08:00-10:00", "a w worked 120; a w moved_paid 60", "a part withdrawn of three hours"},
        {"thu 08:00-10:00", "09:00-11:00", "a w worked 120; a w moved_paid 60", "both together are three"},
        {"thu 08:00-10:00", "08:30-10:30", "a w worked 120; a w moved_paid 30; a w 3h_floor 30", "one call, one floor"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Desk) desk;
        desk_init(&desk, cases[i].planned, "", NOW);
        move(&desk, cases[i].times, "2026-12-03");
        publish(&desk, 2, "2026-12-01T08:00");
        confirm_due(&desk);
        g_autofree char *got = sorted_ledger_text(&desk);
        if (!g_str_equal(got, cases[i].ledger))
            g_error("%s: expected %s, got %s", cases[i].why, cases[i].ledger, got);
    }
}

/* Somebody else first, too late, and then they again at other times. */
static void what_is_withdrawn_and_called_anew_is_moved(void)
{
    g_auto(Desk) desk;
    desk_init(&desk, "thu 08:00-16:00 +30", "", NOW);
    withdraw(&desk, "a:w a:v", 2, "2026-12-01T08:00");
    move(&desk, "10:00-18:00", "2026-12-03");
    withdraw(&desk, "a:w a:v", 3, "2026-12-01T09:00");
    confirm_due(&desk);
    g_autofree char *got = ledger_text(&desk);
    g_assert_cmpstr(got, ==, "a v cancelled_paid 450 of the pool; a w moved_paid 120; a w worked 450");
}

static void what_is_moved_is_corrected_by_itself(void)
{
    g_auto(Desk) desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, "thu 08:00-16:00 +30", "", NOW);
    move(&desk, "10:00-18:00", "2026-12-03");
    publish(&desk, 2, "2026-12-01T08:00");
    steps(&desk, "confirm a w; dispute a w moved; correct a w moved");
    g_autofree char *got = ledger_text(&desk);
    g_assert_cmpstr(got, ==,
                    "a w worked 450; a w disputed moved_paid 0; a w disputed moved_paid 0; a w moved_paid 120");
    g_assert_false(step(&desk, "confirm a v moved", &error));
    g_assert_cmpstr(error->message, ==, "worker v was not called for other times too late on shift a");
}

static void who_fell_ill_is_owed_nothing(void)
{
    g_auto(Desk) desk;
    desk_init(&desk, "thu 08:00-16:00 +30", "", NOW);
    Window away = {seconds(&desk, "2026-12-03T09:00") / 60, seconds(&desk, "2026-12-03T10:00") / 60,
                   WINDOW_UNAVAILABLE};
    g_array_append_val(pool_worker(desk.test->pool, 0)->windows, away);
    withdraw(&desk, "a:w", 2, "2026-12-01T08:00");
    g_autoptr(Hours) hours = hours_of(&desk);
    g_assert_cmpuint(hours->lines->len, ==, 0);
}

static void a_smaller_order_is_the_coops(void)
{
    g_auto(Desk) desk;
    desk_init(&desk, "thu 08:00-10:00 x2: w v", "", NOW);
    pool_shift(desk.test->pool, 0)->headcount = 1;
    withdraw(&desk, "a:w", 2, "2026-12-01T08:00");
    steps(&desk, "confirm a w; confirm a v");
    g_autofree char *got = ledger_text(&desk);
    g_assert_cmpstr(got, ==, "a w cancelled_paid 120; a w 3h_floor 60; a v worked 120; a v 3h_floor 60");
}

static void who_comes_back_is_owed_nothing_more(void)
{
    g_auto(Desk) desk;
    desk_init(&desk, "thu 08:00-16:00 +30", "", NOW);
    withdraw(&desk, "a:w", 2, "2026-12-01T08:00");
    withdraw(&desk, "a:w", 3, "2026-12-01T09:00");
    g_autoptr(Hours) hours = hours_of(&desk);
    g_assert_cmpuint(hours->lines->len, ==, 1);
    g_assert_cmpint(g_array_index(hours->lines, HoursLine, 0).reason, ==, WORKED_DONE);
}

static void what_is_given_away_is_not_owed(void)
{
    g_auto(Desk) desk;
    desk_init(&desk, "thu 08:00-16:00 +30, fri 08:00-16:00 +30: v", "", NOW);
    g_autoptr(Case) swap = case_new(CASE_SWAP, desk.test->week->week, 1);
    swap->state = CASE_ACCEPTED;
    case_set(&swap->shift, "a");
    case_set(&swap->worker, "w");
    case_set(&swap->other, "v");
    case_set(&swap->body, "{\"return\": \"b\"}");
    g_assert_true(store_save_case(desk.store, swap, NULL, NULL));
    withdraw(&desk, "a:w a:v b:w b:v", 2, "2026-12-01T08:00");
    g_autoptr(Hours) hours = hours_of(&desk);
    g_assert_cmpuint(hours->lines->len, ==, 2);
    for (guint i = 0; i < hours->lines->len; i++)
        g_assert_cmpint(g_array_index(hours->lines, HoursLine, i).reason, ==, WORKED_DONE);
}

/* --- many at once */

static void a_day_is_confirmed_at_once_and_whole(void)
{
    g_auto(Desk) desk;
    desk_init(&desk, "mon 08:00-16:00 +30, mon 22:00-06:00 +30 @B: v, tue 09:00-17:00 +30: u", "", "2026-12-01T12:00");
    g_autoptr(Hours) hours = hours_of(&desk);
    Day monday = day_from_civil(2026, 11, 30);
    g_autoptr(GArray) all = hours_due(hours, NULL, DAY_MIN), day = hours_due(hours, NULL, monday);
    g_autoptr(GArray) coop = hours_due(hours, "B", monday), later = hours_due(hours, NULL, monday + 1);
    g_assert_cmpuint(all->len, ==, 2); /* Tuesday has not ended */
    g_assert_cmpuint(day->len, ==, 2);
    g_assert_cmpuint(coop->len, ==, 1);
    g_assert_cmpuint(later->len, ==, 0);
    HoursClaim twice[2] = {g_array_index(day, HoursClaim, 0), g_array_index(day, HoursClaim, 0)};
    g_autoptr(GError) error = NULL;
    g_assert_null(hours_confirm(hours, twice, 2, "planner", &error));
    g_assert_error(error, HOURS_ERROR, HOURS_ERROR_SETTLED);
    g_autoptr(GPtrArray) entries = hours_confirm(hours, &g_array_index(day, HoursClaim, 0), day->len, "planner", NULL);
    g_assert_cmpuint(entries->len, ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hours/what-is-confirmed-is-paid", what_is_confirmed_is_paid);
    g_test_add_func("/hours/clock-change-nights-are-paid-as-long-as-they-are",
                    clock_change_nights_are_paid_as_long_as_they_are);
    g_test_add_func("/hours/what-cannot-be-is-refused", what_cannot_be_is_refused);
    g_test_add_func("/hours/what-is-withdrawn-too-late-stays-owed", what_is_withdrawn_too_late_stays_owed);
    g_test_add_func("/hours/what-is-moved-too-late-is-owed-for-its-old-times",
                    what_is_moved_too_late_is_owed_for_its_old_times);
    g_test_add_func("/hours/what-is-moved-has-the-three-hours", what_is_moved_has_the_three_hours);
    g_test_add_func("/hours/what-is-withdrawn-and-called-anew-is-moved", what_is_withdrawn_and_called_anew_is_moved);
    g_test_add_func("/hours/what-is-moved-is-corrected-by-itself", what_is_moved_is_corrected_by_itself);
    g_test_add_func("/hours/who-fell-ill-is-owed-nothing", who_fell_ill_is_owed_nothing);
    g_test_add_func("/hours/a-smaller-order-is-the-coops", a_smaller_order_is_the_coops);
    g_test_add_func("/hours/who-comes-back-is-owed-nothing-more", who_comes_back_is_owed_nothing_more);
    g_test_add_func("/hours/what-is-given-away-is-not-owed", what_is_given_away_is_not_owed);
    g_test_add_func("/hours/a-day-is-confirmed-at-once-and-whole", a_day_is_confirmed_at_once_and_whole);
    return g_test_run();
}
