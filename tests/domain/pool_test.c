#include "rooster/pool.h"

#include <string.h>

typedef struct Sketch {
    Pool *pool;
    guint coop, worker;
} Sketch;

static int64_t at(const Pool *pool, const char *text)
{
    int64_t minute = 0;
    g_assert_true(zone_parse(pool->zone, text, &minute, NULL));
    return minute;
}

static Sketch sketch_new(void)
{
    Prices prices = prices_default();
    Sketch sketch = {pool_new("t", "", zone_new("Europe/Amsterdam", NULL), profile_new("nl-atw", NULL), &prices), 0, 0};
    Coop coop = {.id = "A", .name = ""};
    Worker worker = {
        .id = "w", .birth = day_from_civil(1990, 1, 1), .contract_max = 40 * DECIMAL_ONE, .hourly_cost = 200000};
    g_assert_true(pool_add_coop(sketch.pool, &coop, &sketch.coop, NULL));
    g_assert_true(pool_add_worker(sketch.pool, &worker, &sketch.worker, NULL));
    return sketch;
}

static Shift shift_between(const Pool *pool, const char *start, const char *end, int32_t break_min)
{
    return (Shift){
        .id = "S", .start_min = at(pool, start), .end_min = at(pool, end), .break_min = break_min, .headcount = 1};
}

#define EXPECT_FAULT(call, part)                                                                                       \
    do {                                                                                                               \
        g_autoptr(GError) error = NULL;                                                                                \
        g_assert_false(call);                                                                                          \
        g_assert_error(error, POOL_ERROR, POOL_ERROR_INVALID);                                                         \
        g_test_message("%s", error->message);                                                                          \
        if (!strstr(error->message, part))                                                                             \
            g_error("expected '%s' in '%s'", part, error->message);                                                    \
    } while (0)

static void test_names_default_to_ids_and_strings_are_shared(void)
{
    Sketch sketch = sketch_new();
    g_assert_cmpstr(pool_coop(sketch.pool, 0)->name, ==, "A");
    g_assert_cmpstr(sketch.pool->name, ==, "t");
    g_assert_true(pool_string(sketch.pool, "x") == pool_string(sketch.pool, "x"));
    const char **list = pool_string_list(sketch.pool, " VCA ;;BHV; ");
    g_assert_cmpstr(list[0], ==, "VCA");
    g_assert_cmpstr(list[1], ==, "BHV");
    g_assert_null(list[2]);
    pool_free(sketch.pool);
}

static void test_ids(void)
{
    static const char *const good[] = {"W1", "w-amina", "Zoë", "a b", "\xd8\xb9\xd9\x84\xd9\x8a"};
    static const char *const bad[] = {"",
                                      " W1",
                                      "W1 ",
                                      "a/b",
                                      "a+b",
                                      "a#b",
                                      "a,b",
                                      "a;b",
                                      "a\"b",
                                      "a\nb",
                                      "a\tb",
                                      "\xff\xfe",
                                      "12345678901234567890123456789012345678901234567890123456789012345"};
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(id_is_valid(good[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("'%s'", bad[i]);
        g_assert_false(id_is_valid(bad[i]));
    }
    g_assert_false(id_is_valid(NULL));
}

static void test_people_that_cannot_be_are_refused(void)
{
    Sketch sketch = sketch_new();
    const Worker good = {.id = "v", .birth = 0, .contract_min = 10, .contract_max = 20, .hourly_cost = 1};
    Worker worker = good;
    worker.id = "w";
    EXPECT_FAULT(pool_add_worker(sketch.pool, &worker, NULL, &error), "is there already");
    worker = good, worker.contract_min = 21;
    EXPECT_FAULT(pool_add_worker(sketch.pool, &worker, NULL, &error), "0.0021 is above contract_max 0.002");
    worker = good, worker.contract_min = -1;
    EXPECT_FAULT(pool_add_worker(sketch.pool, &worker, NULL, &error), "contract_min");
    worker = good, worker.contract_max = 169 * DECIMAL_ONE;
    EXPECT_FAULT(pool_add_worker(sketch.pool, &worker, NULL, &error), "contract_max");
    worker = good, worker.hourly_cost = -1;
    EXPECT_FAULT(pool_add_worker(sketch.pool, &worker, NULL, &error), "hourly_cost");
    worker = good, worker.place = (Place){91, 4, TRUE};
    EXPECT_FAULT(pool_add_worker(sketch.pool, &worker, NULL, &error), "latitude");
    worker = good, worker.place = (Place){52, 181, TRUE};
    EXPECT_FAULT(pool_add_worker(sketch.pool, &worker, NULL, &error), "longitude");
    g_assert_cmpuint(sketch.pool->workers->len, ==, 1);
    pool_free(sketch.pool);
}

static void test_shifts_that_cannot_be_are_refused(void)
{
    Sketch sketch = sketch_new();
    static const struct {
        const char *start, *end;
        int32_t break_min, headcount;
        const char *part;
    } cases[] = {
        {"2026-11-30T08:00", "2026-11-30T06:00", 0, 1, "2026-11-30T06:00 is before start 2026-11-30T08:00"},
        {"2026-11-30T08:00", "2026-11-30T08:00", 0, 1, "is the start itself"},
        {"2026-11-30T08:00", "2026-11-30T12:00", 240, 1, "leaves no work"},
        {"2026-11-30T08:00", "2026-11-30T12:00", -1, 1, "negative"},
        {"2026-11-30T08:00", "2026-11-30T13:31", 0, 1, "A7 ATW 5:4(2)"}, /* 331 min */
        {"2026-11-30T08:00", "2026-11-30T14:00", 29, 1, "at least 30"},  /* 331 min */
        {"2026-11-30T08:00", "2026-11-30T18:31", 30, 1, "at least 45"},  /* 601 min */
        {"2026-11-30T08:00", "2026-11-30T12:00", 0, -1, "headcount"},
        {"2026-11-30T08:00", "2026-11-30T12:00", 0, 10001, "headcount"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        Shift shift = shift_between(sketch.pool, cases[i].start, cases[i].end, cases[i].break_min);
        shift.headcount = cases[i].headcount;
        EXPECT_FAULT(pool_add_shift(sketch.pool, &shift, NULL, &error), cases[i].part);
    }
    static const struct {
        const char *end;
        int32_t break_min;
    } lawful[] = {{"2026-11-30T13:30", 0}, {"2026-11-30T18:30", 30}, {"2026-11-30T18:46", 45}};
    for (gsize i = 0; i < G_N_ELEMENTS(lawful); i++) {
        char id[2] = {(char)('a' + i), 0};
        Shift shift = shift_between(sketch.pool, "2026-11-30T08:00", lawful[i].end, lawful[i].break_min);
        shift.id = id;
        g_assert_true(pool_add_shift(sketch.pool, &shift, NULL, NULL));
    }
    g_assert_cmpuint(sketch.pool->shifts->len, ==, 3);
    pool_free(sketch.pool);
}

static void test_a_shift_belongs_to_the_week_in_which_it_starts(void)
{
    Sketch sketch = sketch_new();
    Shift shift = shift_between(sketch.pool, "2026-12-06T23:59", "2026-12-07T04:00", 0);
    guint index;
    g_assert_true(pool_add_shift(sketch.pool, &shift, &index, NULL));
    g_autofree char *week = iso_week_format(pool_shift(sketch.pool, index)->week);
    g_assert_cmpstr(week, ==, "2026-W49");
    pool_free(sketch.pool);
}

static void test_the_best_certificate_row_of_the_day_counts(void)
{
    Sketch sketch = sketch_new();
    Day day = day_from_civil(2026, 11, 30);
    const Certificate rows[] = {{"VCA", DAY_MIN, day - 1, CERTIFICATE_HOLDER},
                                {"VCA", day - 5, day + 5, CERTIFICATE_LEARNER},
                                {"BHV", day, day, CERTIFICATE_HOLDER}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_true(pool_add_certificate(sketch.pool, 0, &rows[i], NULL));
    pool_close(sketch.pool);
    const Worker *worker = pool_worker(sketch.pool, 0);
    g_assert_cmpint(worker_level(worker, "VCA", day - 1), ==, CERTIFICATE_HOLDER);
    g_assert_cmpint(worker_level(worker, "VCA", day), ==, CERTIFICATE_LEARNER);
    g_assert_cmpint(worker_level(worker, "VCA", day + 6), ==, CERTIFICATE_NONE);
    g_assert_cmpint(worker_level(worker, "BHV", day), ==, CERTIFICATE_HOLDER);
    g_assert_cmpint(worker_level(worker, "BHV", day + 1), ==, CERTIFICATE_NONE);
    g_assert_cmpint(worker_level(worker, "EHBO", day), ==, CERTIFICATE_NONE);
    pool_free(sketch.pool);
}

static void test_windows_are_half_open(void)
{
    Sketch sketch = sketch_new();
    Window window = {100, 200, WINDOW_AVOID};
    g_assert_true(pool_add_window(sketch.pool, 0, &window, NULL));
    pool_close(sketch.pool);
    const Worker *worker = pool_worker(sketch.pool, 0);
    g_assert_nonnull(worker_window(worker, WINDOW_AVOID, 199, 300));
    g_assert_nonnull(worker_window(worker, WINDOW_AVOID, 50, 101));
    g_assert_null(worker_window(worker, WINDOW_AVOID, 200, 300));
    g_assert_null(worker_window(worker, WINDOW_AVOID, 50, 100));
    g_assert_null(worker_window(worker, WINDOW_PREFER, 100, 200));
    pool_free(sketch.pool);
}

static void test_distances_follow_the_great_circle(void)
{
    Place here = {52.0, 4.9, TRUE}, north = {53.0, 4.9, TRUE}, antipode = {-52.0, -175.1, TRUE};
    g_assert_cmpfloat_with_epsilon(place_distance_km(&here, &north), 111.194927, 1e-6);
    g_assert_cmpfloat_with_epsilon(place_distance_km(&here, &antipode), 6371 * 3.141592653589793, 1e-3);
    g_assert_cmpfloat(place_distance_km(&here, &here), ==, 0);
}

static void test_kinds_have_names_and_no_others(void)
{
    Priority priority;
    CertificateLevel level;
    g_assert_true(priority_parse("low", &priority) && priority == PRIORITY_LOW);
    g_assert_false(priority_parse("urgent", &priority));
    g_assert_true(certificate_level_parse("learner", &level) && level == CERTIFICATE_LEARNER);
    g_assert_false(certificate_level_parse("none", &level));
    g_assert_cmpstr(window_kind_name(WINDOW_PREFER), ==, "prefer");
    g_assert_cmpstr(preference_kind_name(PREFERENCE_NEVER), ==, "never");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pool/names-default-to-ids-and-strings-are-shared",
                    test_names_default_to_ids_and_strings_are_shared);
    g_test_add_func("/pool/ids-name-topics-files-and-columns", test_ids);
    g_test_add_func("/pool/refuses-people-that-cannot-be", test_people_that_cannot_be_are_refused);
    g_test_add_func("/pool/refuses-shifts-that-cannot-be", test_shifts_that_cannot_be_are_refused);
    g_test_add_func("/pool/a-shift-belongs-to-the-week-in-which-it-starts",
                    test_a_shift_belongs_to_the_week_in_which_it_starts);
    g_test_add_func("/pool/the-best-certificate-row-of-the-day-counts",
                    test_the_best_certificate_row_of_the_day_counts);
    g_test_add_func("/pool/windows-are-half-open", test_windows_are_half_open);
    g_test_add_func("/pool/distances-follow-the-great-circle", test_distances_follow_the_great_circle);
    g_test_add_func("/pool/kinds-have-names-and-no-others", test_kinds_have_names_and_no_others);
    return g_test_run();
}
