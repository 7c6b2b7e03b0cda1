#include "csv/pool_folder.h"
#include "rooster/generate.h"
#include "rooster/rules.h"

#include "shared.h"

#include <glib/gstdio.h>

/* A made-up pool: the same everywhere, of every size, of believable figures, lawful. */

static Pool *pool_made(guint workers, uint64_t seed, const char *week)
{
    GenerateOptions options = {.workers = workers, .seed = seed};
    g_autoptr(GError) error = NULL;
    g_assert_true(iso_week_parse(week, &options.week, &error));
    Pool *pool = generate_pool(&options, &error);
    g_assert_no_error(error);
    g_assert_nonnull(pool);
    return pool;
}

/* --- all that is in a pool, as text */

static void worker_print(GString *text, const Worker *worker)
{
    g_string_append_printf(
        text, "%s %s %s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %.5f %.5f %d\n", worker->id,
        worker->name, worker->language, worker->birth, worker->contract_min, worker->contract_max, worker->hourly_cost,
        worker->place.latitude, worker->place.longitude, worker->place.is_known);
    for (guint i = 0; i < worker->certificates->len; i++) {
        const Certificate *held = &g_array_index(worker->certificates, Certificate, i);
        g_string_append_printf(text, "c %s %d %d %d\n", held->name, held->valid_from, held->valid_until,
                               (int)held->level);
    }
    for (guint i = 0; i < worker->windows->len; i++) {
        const Window *window = &g_array_index(worker->windows, Window, i);
        g_string_append_printf(text, "w %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", window->start_min,
                               window->end_min, (int)window->kind);
    }
    for (guint i = 0; i < worker->preferences->len; i++) {
        const Preference *preference = &g_array_index(worker->preferences, Preference, i);
        g_string_append_printf(text, "p %u %d\n", preference->coop, (int)preference->kind);
    }
    for (guint i = 0; i < worker->history->len; i++) {
        const HistoryPiece *piece = &g_array_index(worker->history, HistoryPiece, i);
        g_string_append_printf(text, "h %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", piece->coop,
                               piece->start_min, piece->end_min, piece->break_min);
    }
}

static char *pool_hash(const Pool *pool)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < pool->coops->len; i++) {
        const Coop *coop = pool_coop(pool, i);
        g_string_append_printf(text, "%s %s %s %s %s %.5f %.5f %" G_GINT64_FORMAT "\n", coop->id, coop->name,
                               coop->sector, coop->address, coop->contact, coop->place.latitude, coop->place.longitude,
                               coop->rate);
    }
    for (guint i = 0; i < pool->workers->len; i++)
        worker_print(text, pool_worker(pool, i));
    for (guint i = 0; i < pool->shifts->len; i++) {
        const Shift *shift = pool_shift(pool, i);
        g_autofree char *each = g_strjoinv(";", (char **)shift->certificates);
        g_autofree char *team = g_strjoinv(";", (char **)shift->team_certificates);
        g_string_append_printf(text, "%s %u %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d %s %s %d\n", shift->id,
                               shift->coop, shift->role, shift->start_min, shift->end_min, shift->break_min,
                               shift->headcount, each, team, (int)shift->priority);
    }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

static void same_seed_makes_the_same_pool(void)
{
    g_autoptr(Pool) once = pool_made(60, 7, "2026-W49");
    g_autoptr(Pool) again = pool_made(60, 7, "2026-W49");
    g_autoptr(Pool) other = pool_made(60, 8, "2026-W49");
    g_autofree char *hash = pool_hash(once), *hash_again = pool_hash(again), *hash_other = pool_hash(other);
    g_assert_cmpstr(hash, ==, hash_again);
    g_assert_cmpstr(hash, !=, hash_other);
}

/* Compilers and machines must agree. Whoever changes the tables changes every made-up pool, and this line. */
static void is_the_same_on_every_machine(void)
{
    g_autoptr(Pool) pool = pool_made(25, 1, "2026-W49");
    g_autofree char *hash = pool_hash(pool);
    g_assert_cmpstr(hash, ==, "dfd11f80a46b7d0cba7f3c8a4ed28328045d1f4e8dc2797d372b6db551c5f451");
}

static void makes_every_size(void)
{
    static const guint sizes[] = {1, 2, 3, 7, 8, 9, 25, 60, 300, 2000};
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (uint64_t seed = 1; seed <= 5; seed++) {
            g_autoptr(Pool) pool = pool_made(sizes[i], seed, "2026-W49");
            g_assert_cmpuint(pool->workers->len, ==, sizes[i]);
            g_assert_cmpuint(pool->shifts->len, >, 0);
            g_assert_true(pool->is_closed);
        }
}

static void refuses_a_size_that_cannot_be(void)
{
    static const guint sizes[] = {0, 100001, G_MAXUINT};
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GError) error = NULL;
        GenerateOptions options = {.workers = sizes[i], .seed = 1};
        g_assert_null(generate_pool(&options, &error));
        g_assert_error(error, POOL_ERROR, POOL_ERROR_INVALID);
    }
}

/* --- figures */

static void assert_between(const char *what, double got, double low, double high)
{
    if (got < low || got > high)
        g_error("%s: expected %.2f to %.2f, got %.2f", what, low, high, got);
}

static guint holders(const Pool *pool, const Shift *shift)
{
    guint count = 0;
    for (guint worker = 0; worker < pool->workers->len; worker++) {
        gboolean holds_all = TRUE;
        for (const char **certificate = shift->certificates; *certificate; certificate++)
            holds_all &= worker_level(pool_worker(pool, worker), *certificate, shift->week.monday) != CERTIFICATE_NONE;
        count += (guint)holds_all;
    }
    return count;
}

/* Per worker, as in the pools of real size with which the optimiser was measured. */
static void has_the_figures_of_a_real_pool(void)
{
    static const struct {
        guint workers;
        double slack; /* small pools scatter more */
    } cases[] = {{60, 0.30}, {300, 0.15}, {2000, 0.10}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Pool) pool = pool_made(cases[i].workers, 3, "2026-W49");
        double low = 1 - cases[i].slack, high = 1 + cases[i].slack;
        double workers = cases[i].workers, windows = 0, history = 0, certificates = 0, preferences = 0;
        double guaranteed_min = 0, asked_min = 0, able = 0, youth = 0;
        for (guint index = 0; index < pool->workers->len; index++) {
            const Worker *worker = pool_worker(pool, index);
            windows += worker->windows->len;
            history += worker->history->len;
            certificates += worker->certificates->len;
            preferences += worker->preferences->len;
            guaranteed_min += (double)(worker->contract_min * 60 / DECIMAL_ONE);
            youth += day_age(worker->birth, pool_shift(pool, 0)->week.monday) < 18;
        }
        for (guint index = 0; index < pool->shifts->len; index++) {
            const Shift *shift = pool_shift(pool, index);
            asked_min += (double)(shift->headcount * shift_paid_min(shift));
            able += holders(pool, shift) / workers;
        }
        assert_between("workers a coop", workers / pool->coops->len, 7, 8);
        assert_between("shifts a worker", pool->shifts->len / workers, 2.35 * low, 2.35 * high);
        assert_between("history rows a worker", history / workers, 33 * low, 33 * high);
        assert_between("windows a worker", windows / workers, 5.2 * low, 5.2 * high);
        assert_between("certificates a worker", certificates / workers, 2.5 * low, 2.5 * high);
        assert_between("preferences a worker", preferences / workers, 1.4 * low, 1.4 * high);
        assert_between("share who may work a shift", able / pool->shifts->len, 0.47 * low, 0.47 * high);
        assert_between("hours asked to hours guaranteed", asked_min / guaranteed_min, 0.85, 1.05);
        assert_between("youth", youth / workers, 0, 0.08);
    }
}

/* People live within reach of their coop, and what is within reach of a worker does not grow with the city. */
static void a_city_grows_by_districts(void)
{
    static const guint sizes[] = {1500, 4500};
    double reached[G_N_ELEMENTS(sizes)] = {0}, south[G_N_ELEMENTS(sizes)];
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(Pool) pool = pool_made(sizes[i], 5, "2026-W49");
        int reach_km = profile_day_rules(pool->profile)->max_travel_km;
        south[i] = 90;
        for (guint index = 0; index < pool->workers->len; index++) {
            const Worker *worker = pool_worker(pool, index);
            for (guint coop = 0; coop < pool->coops->len && worker->place.is_known; coop++) {
                double km = place_distance_km(&worker->place, &pool_coop(pool, coop)->place);
                reached[i] += km <= reach_km ? 1.0 / sizes[i] : 0;
                if (coop == index % pool->coops->len)
                    assert_between("km from home to one's own coop", km, 0, reach_km);
            }
            south[i] = worker->place.is_known ? MIN(south[i], worker->place.latitude) : south[i];
        }
    }
    assert_between("coops within reach", reached[0], 40, 80);
    assert_between("coops within reach in a city three times the size", reached[1], reached[0], 1.4 * reached[0]);
    g_assert_cmpfloat(south[1], <, south[0]);
    g_autoptr(Pool) neighbourhood = pool_made(500, 5, "2026-W49");
    g_assert_cmpint(profile_day_rules(neighbourhood->profile)->max_travel_km, ==, DAY_RULE_OFF);
}

/* Nights of the clock change: in the week's demand and in the history before it. */
static void makes_the_weeks_of_the_clock_change(void)
{
    static const char *const weeks[] = {"2026-W43", "2026-W44", "2027-W12", "2027-W13", "2026-W53", "2027-W01"};
    for (guint i = 0; i < G_N_ELEMENTS(weeks); i++) {
        g_autoptr(Pool) pool = pool_made(200, 4, weeks[i]);
        for (guint index = 0; index < pool->shifts->len; index++) {
            g_autofree char *week = iso_week_format(pool_shift(pool, index)->week);
            g_assert_cmpstr(week, ==, weeks[i]);
        }
    }
}

/* --- lawful */

/*
 * The pool as it was in an earlier week: what is history of that week becomes its demand, one shift a piece, and the
 * roster that was worked; what is before stays history. Then the checker can judge a week of history as it judges any
 * week.
 */
static Pool *pool_in_week(const Pool *made, IsoWeek week, Roster *roster)
{
    g_autoptr(GError) error = NULL;
    Prices prices = prices_default();
    Pool *pool = pool_new("then", "", zone_new("Europe/Amsterdam", NULL), profile_new("nl-atw", NULL), &prices);
    for (guint i = 0; i < made->coops->len; i++)
        pool_add_coop(pool, pool_coop(made, i), NULL, &error);
    int64_t from_min = iso_week_start(pool->zone, week), until_min = iso_week_end(pool->zone, week);
    for (guint index = 0; index < made->workers->len; index++) {
        const Worker *worker = pool_worker(made, index);
        pool_add_worker(pool, worker, NULL, &error);
        for (guint i = 0; i < worker->history->len; i++) {
            const HistoryPiece *piece = &g_array_index(worker->history, HistoryPiece, i);
            if (piece->start_min < from_min || *piece->coop == '\0')
                pool_add_history(pool, index, piece, &error);
            if (piece->start_min < from_min || piece->start_min >= until_min || *piece->coop == '\0')
                continue;
            g_autofree char *id = g_strdup_printf("H%u", pool->shifts->len);
            Shift shift = {.id = id,
                           .role = "",
                           .start_min = piece->start_min,
                           .end_min = piece->end_min,
                           .break_min = piece->break_min,
                           .headcount = 1};
            g_assert_true(pool_find_coop(pool, piece->coop, &shift.coop));
            guint added;
            if (pool_add_shift(pool, &shift, &added, &error))
                roster_add(roster, added, index, FALSE);
        }
        g_assert_no_error(error);
    }
    pool_close(pool);
    return pool;
}

static void assert_no_violation(const Pool *pool, IsoWeek week, const Roster *roster)
{
    g_autoptr(Week) judged = week_new(pool, week, NULL);
    g_autoptr(GPtrArray) violations = rules_check(judged, roster);
    for (guint i = 0; i < violations->len; i++) {
        g_autofree char *text = violation_format(g_ptr_array_index(violations, i), pool);
        g_test_message("%s", text);
    }
    g_assert_cmpuint(violations->len, ==, 0);
}

/* In one of the weeks lies the night of the clock change. */
static void history_is_lawful_in_each_of_its_weeks(void)
{
    static const char *const weeks[] = {"2026-W49", "2027-W15"};
    for (guint i = 0; i < G_N_ELEMENTS(weeks); i++) {
        g_autoptr(Pool) made = pool_made(150, 11 + i, weeks[i]);
        guint assignments = 0;
        for (int back = 1; back <= 16; back++) {
            IsoWeek week = {pool_shift(made, 0)->week.monday - 7 * back};
            g_autoptr(Roster) roster = roster_new(week, ROSTER_DRAFT, 0);
            g_autoptr(Pool) then = pool_in_week(made, week, roster);
            assert_no_violation(then, week, roster);
            assignments += roster->assignments->len;
        }
        g_assert_cmpuint(assignments, >, 150 * 20);
    }
}

static void week_without_anybody_planned_is_lawful(void)
{
    static const guint sizes[] = {1, 2, 25, 60, 300};
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(Pool) pool = pool_made(sizes[i], 5, "2026-W49");
        IsoWeek week = pool_shift(pool, 0)->week;
        g_autoptr(Roster) roster = roster_new(week, ROSTER_DRAFT, 0);
        assert_no_violation(pool, week, roster);
    }
}

/* --- as a folder */

static void folder_remove(const char *folder)
{
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    for (const char *name = g_dir_read_name(files); name; name = g_dir_read_name(files)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
}

static void reads_back_from_a_folder_as_it_was_made(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("rooster-generate-XXXXXX", &error);
    g_assert_no_error(error);
    g_autoptr(Pool) pool = pool_made(60, 2, "2026-W43");
    g_assert_true(pool_folder_write(folder, pool, NULL, &error));
    g_assert_no_error(error);
    g_autoptr(PoolImport) import = pool_folder_read(folder, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *written = pool_hash(pool), *read = pool_hash(import->pool);
    g_assert_cmpstr(read, ==, written);

    folder_remove(folder);
}

static void newest_history_is_lawful_to_the_referee(void)
{
    g_autofree char *referee = test_shared("tools/referee.py");
    if (!referee)
        return;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("rooster-generate-XXXXXX", &error);
    g_assert_no_error(error);
    g_autofree char *roster_file = g_build_filename(folder, "roster.csv", NULL);
    g_autoptr(Pool) made = pool_made(150, 6, "2026-W45");
    IsoWeek week = {pool_shift(made, 0)->week.monday - 7};
    Roster *roster = roster_new(week, ROSTER_PUBLISHED, 1);
    g_autoptr(GPtrArray) rosters = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    g_ptr_array_add(rosters, roster);
    g_autoptr(Pool) then = pool_in_week(made, week, roster);
    g_assert_cmpuint(roster->assignments->len, >, 150);
    pool_folder_write(folder, then, rosters, &error);
    g_assert_no_error(error);

    const char *command[] = {"python3", referee, folder, roster_file, "--week", "2026-W44", NULL};
    g_autofree char *output = NULL, *errors = NULL;
    int status = 0;
    g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status, &error);
    g_assert_no_error(error);
    if (!g_spawn_check_wait_status(status, NULL))
        g_error("expected no violation, got\n%s%s", output, errors);
    folder_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/generate/same-seed-makes-the-same-pool", same_seed_makes_the_same_pool);
    g_test_add_func("/generate/is-the-same-on-every-machine", is_the_same_on_every_machine);
    g_test_add_func("/generate/makes-every-size", makes_every_size);
    g_test_add_func("/generate/refuses-a-size-that-cannot-be", refuses_a_size_that_cannot_be);
    g_test_add_func("/generate/has-the-figures-of-a-real-pool", has_the_figures_of_a_real_pool);
    g_test_add_func("/generate/a-city-grows-by-districts", a_city_grows_by_districts);
    g_test_add_func("/generate/makes-the-weeks-of-the-clock-change", makes_the_weeks_of_the_clock_change);
    g_test_add_func("/generate/history-is-lawful-in-each-of-its-weeks", history_is_lawful_in_each_of_its_weeks);
    g_test_add_func("/generate/week-without-anybody-planned-is-lawful", week_without_anybody_planned_is_lawful);
    g_test_add_func("/generate/reads-back-from-a-folder-as-it-was-made", reads_back_from_a_folder_as_it_was_made);
    g_test_add_func("/generate/newest-history-is-lawful-to-the-referee", newest_history_is_lawful_to_the_referee);
    return g_test_run();
}
