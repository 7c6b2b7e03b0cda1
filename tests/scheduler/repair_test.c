/*
 * Repairs: small weeks where the right answer is plain, and random ones where the checker, a fresh count of the cost
 * and the plain way to look for another time judge whatever the answer is.
 */
#include "rooster/repair.h"

#include "random_pool.h"
#include "rooster/disturb.h"
#include "test_pool.h"

#include <string.h>

enum { SEEDS = 300, WORK = 3000 };

/* --- small weeks */

typedef struct Trial {
    TestPool *test;
    Pool *pool;
    GArray *shifts;
    RepairAnswer *answer;
} Trial;

static guint shift_of(const Pool *pool, const char *id)
{
    guint shift = 0;
    g_assert_true(pool_find_shift(pool, id, &shift));
    return shift;
}

static guint worker_of(const Pool *pool, const char *id)
{
    guint worker = 0;
    g_assert_true(pool_find_worker(pool, id, &worker));
    return worker;
}

/* Judged from what the answer was made of, not from what it remembers. */
static Week *judging_week(const Pool *pool, const GPtrArray *published, const RepairAnswer *answer, int64_t now_min)
{
    Week *week = week_new(pool, answer->roster->week, published);
    week_lift_pins(week, answer->standing);
    week_set_repair(week, now_min);
    return week;
}

static Trial *trial_new(const char *planned, const char *around)
{
    Trial *trial = g_new0(Trial, 1);
    trial->test = test_pool_new(planned, around);
    trial->shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    return trial;
}

static void trial_free(Trial *trial)
{
    repair_answer_free(trial->answer);
    pool_free(trial->pool);
    g_array_unref(trial->shifts);
    test_pool_free(trial->test);
    g_free(trial);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trial, trial_free)

static void ask(Trial *trial)
{
    RepairQuestion question = {
        trial->pool, trial->test->published, trial->test->week->week, trial->test->week->now_min, trial->shifts, NULL,
        NULL};
    RepairOptions options = {.work = WORK, .threads = 1};
    g_autoptr(GError) error = NULL;
    trial->answer = repair_week(&question, &options, &error);
    g_assert_no_error(error);
    g_autoptr(Week) week = judging_week(trial->pool, trial->test->published, trial->answer, trial->test->week->now_min);
    g_autoptr(GPtrArray) violations = rules_check(week, trial->answer->roster);
    g_assert_cmpuint(violations->len, ==, 0);
}

/* The shift as it is, with another headcount. */
static Trial *spike(const char *planned, const char *around, const char *id, int headcount)
{
    Trial *trial = trial_new(planned, around);
    guint shift = shift_of(trial->test->pool, id);
    Shift changed = *pool_shift(trial->test->pool, shift);
    g_autoptr(GError) error = NULL;
    changed.headcount = headcount;
    trial->pool = disturb_spike(trial->test->pool, &changed, trial->test->week->now_min, &error);
    g_assert_no_error(error);
    g_array_append_val(trial->shifts, shift);
    ask(trial);
    return trial;
}

/* The worker away while shift `id` lasts. */
static Trial *absence(const char *planned, const char *around, const char *worker, const char *id)
{
    Trial *trial = trial_new(planned, around);
    const Pool *pool = trial->test->pool;
    const Shift *shift = pool_shift(pool, shift_of(pool, id));
    guint away = worker_of(pool, worker);
    g_autoptr(GError) error = NULL;
    trial->pool = disturb_absence(pool, away, shift->start_min, shift->end_min, trial->test->week->now_min, &error);
    g_assert_no_error(error);
    g_array_unref(trial->shifts);
    trial->shifts =
        disturb_left_shifts(trial->pool, trial->test->week->published, away, shift->start_min, shift->end_min);
    ask(trial);
    return trial;
}

static gboolean works(const Trial *trial, const char *worker, const char *shift)
{
    return roster_find(trial->answer->roster, shift_of(trial->pool, shift), worker_of(trial->pool, worker)) != NULL;
}

static const RepairShift *first_shift(const Trial *trial)
{
    return g_ptr_array_index(trial->answer->shifts, 0);
}

#define PLAIN "price idle=0 idle_far=0 extra=0 extra_far=0 continuity=0 unfair=0"

static void a_spike_goes_to_who_is_free(void)
{
    g_autoptr(Trial) trial =
        spike("mon 08:00-12:00, mon 08:00-12:00", "published a b:v; now mon 06:00; v: hours 0 4; " PLAIN, "a", 2);
    g_assert_cmpint(trial->answer->outcome, ==, REPAIR_FILLED);
    g_assert_true(works(trial, "w", "a") && works(trial, "u", "a") && works(trial, "v", "b"));
    /* 4 h at 100 euro are no longer missing; one change, within the notice */
    g_assert_cmpint(trial->answer->price.cents[COST_SHORTFALL_NORMAL], ==, -40000);
    g_assert_cmpint(trial->answer->price.cents[COST_CHANGE], ==, 1500);
    g_assert_cmpint(trial->answer->price.cents[COST_LATE_CHANGE], ==, 4000);
    g_assert_cmpint(trial->answer->price_cents, ==, -34500);
    g_assert_cmpuint(trial->answer->changes->len, ==, 1);
    const RepairConsent *consent = g_ptr_array_index(trial->answer->consents, 0);
    g_assert_cmpuint(consent->places, ==, 1);
    g_assert_cmpuint(consent->workers->len, ==, 1);
}

static void a_spike_four_days_ahead_asks_nobody(void)
{
    g_autoptr(Trial) trial = spike("sat 08:00-12:00", "published a; now mon 06:00; " PLAIN, "a", 2);
    g_assert_cmpint(trial->answer->outcome, ==, REPAIR_FILLED);
    g_assert_cmpint(trial->answer->price.cents[COST_LATE_CHANGE], ==, 0);
    g_assert_cmpuint(trial->answer->consents->len, ==, 0);
}

static void somebody_makes_room(void)
{
    /* only w holds X and is on b; v can take b from w, u is never there */
    g_autoptr(Trial) trial = spike("mon 08:00-12:00 x0 [X] !critical: -, mon 08:00-12:00",
                                   "published b; now mon 06:00; holds X; u: wish never A; " PLAIN, "a", 1);
    g_assert_cmpint(trial->answer->outcome, ==, REPAIR_FILLED);
    g_assert_true(works(trial, "w", "a") && works(trial, "v", "b"));
    int displaced = 0;
    for (guint i = 0; i < trial->answer->changes->len; i++)
        displaced += g_array_index(trial->answer->changes, RepairChange, i).cause == REPAIR_ELSEWHERE;
    g_assert_cmpint(displaced, ==, 2);
}

static void where_nobody_can_the_rules_and_another_time_are_told(void)
{
    g_autoptr(Trial) trial = spike("mon 08:00-12:00 x0 [X]: -, mon 08:00-12:00 {BHV}!critical",
                                   "published b!; now mon 05:15; holds X; " PLAIN, "a", 1);
    const RepairShift *asked = first_shift(trial);
    g_assert_cmpint(trial->answer->outcome, ==, REPAIR_NOT);
    g_assert_cmpint(trial->answer->price_cents, ==, 0);
    g_assert_cmpuint(trial->answer->changes->len, ==, 0);
    const RepairReason *certificate = g_ptr_array_index(asked->reasons, 0);
    g_assert_cmpstr(certificate->rule, ==, "certificate");
    g_assert_cmpuint(certificate->workers, ==, 2);
    g_assert_cmpuint(certificate->alone, ==, 2);
    /* w has one shift a day, so it is tomorrow: 00:30 is the first start with 11 h of rest after 12:00 that is not near
     */
    g_assert_true(asked->has_nearest);
    g_assert_cmpuint(asked->nearest_workers, ==, 1);
    g_autofree char *nearest = zone_format_short(trial->pool->zone, asked->nearest_start_min);
    g_assert_cmpstr(nearest, ==, "Tue 1 Dec 00:00");
}

static void what_costs_more_than_it_saves_is_left(void)
{
    g_autoptr(Trial) trial = spike("mon 08:00-08:30 !low", "published a; now mon 06:00; " PLAIN, "a", 2);
    g_assert_cmpint(trial->answer->outcome, ==, REPAIR_NOT);
    g_assert_cmpuint(first_shift(trial)->able, ==, 2);
    g_assert_cmpuint(first_shift(trial)->reasons->len, ==, 0);
}

static void a_cancelled_shift_lets_its_people_go(void)
{
    g_autoptr(Trial) trial = spike("mon 08:00-12:00", "published a; now mon 06:00; " PLAIN, "a", 0);
    g_assert_cmpint(trial->answer->outcome, ==, REPAIR_FILLED);
    g_assert_cmpint(trial->answer->price_cents, ==, 0); /* doing nothing lets them go, too */
    g_assert_cmpuint(trial->answer->changes->len, ==, 1);
    const RepairChange *change = &g_array_index(trial->answer->changes, RepairChange, 0);
    g_assert_cmpint(change->cause, ==, REPAIR_FORCED);
    g_assert_true(change->is_late && !change->is_added);
}

static void a_smaller_headcount_keeps_the_cheaper_ones(void)
{
    g_autoptr(Trial) trial =
        spike("fri 08:00-12:00 x2: w v", "published a a:v; now mon 06:00; w: wish avoid A; " PLAIN, "a", 1);
    g_assert_true(!works(trial, "w", "a") && works(trial, "v", "a"));
}

static void who_is_away_is_replaced_even_if_pinned(void)
{
    g_autoptr(Trial) trial =
        absence("mon 08:00-12:00, tue 08:00-12:00", "published a! b!; now mon 09:00; " PLAIN, "w", "b");
    g_assert_cmpint(trial->answer->outcome, ==, REPAIR_FILLED);
    g_assert_true(works(trial, "w", "a") && !works(trial, "w", "b"));
    g_assert_cmpint(trial->answer->price.cents[COST_CHANGE], ==, 1500); /* w's going is not the employer's change */
    const RepairChange *forced = &g_array_index(trial->answer->changes, RepairChange, 0);
    g_assert_false(forced->is_late && !forced->is_added);
}

static void a_learner_goes_with_the_holder(void)
{
    g_autoptr(Trial) trial = absence("tue 08:00-12:00 x2 [X]: w v",
                                     "published a a:v; now mon 09:00; holds X; v: holds X learner; " PLAIN, "w", "a");
    g_assert_cmpint(trial->answer->outcome, ==, REPAIR_NOT);
    g_assert_false(works(trial, "v", "a"));
}

static void a_required_pin_is_in_the_answer(void)
{
    g_autoptr(Trial) trial = trial_new("mon 08:00-12:00 x0: -", "published a; now mon 06:00; " PLAIN);
    g_array_set_size(trial->test->week->published->assignments, 0);
    Shift changed = *pool_shift(trial->test->pool, 0);
    changed.headcount = 1;
    trial->pool = disturb_spike(trial->test->pool, &changed, trial->test->week->now_min, NULL);
    g_autoptr(Roster) pins = roster_new(trial->test->week->week, ROSTER_DRAFT, 1);
    guint shift = 0;
    g_array_append_val(trial->shifts, shift);
    for (guint worker = 0; worker < 3; worker++) {
        g_array_set_size(pins->assignments, 0);
        roster_add(pins, 0, worker, TRUE);
        RepairQuestion question = {trial->pool,
                                   trial->test->published,
                                   trial->test->week->week,
                                   trial->test->week->now_min,
                                   trial->shifts,
                                   pins,
                                   NULL};
        RepairOptions options = {.work = WORK, .threads = 1};
        g_autoptr(RepairAnswer) answer = repair_week(&question, &options, NULL);
        g_assert_nonnull(roster_find(answer->roster, 0, worker));
    }
}

/* --- what may be asked */

static void what_has_begun_cannot_be_asked(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00, mon 08:00-12:00 @B", "published a; now mon 08:00");
    Shift shift = *pool_shift(test->pool, 0);
    g_autoptr(GError) error = NULL;
    g_assert_null(disturb_spike(test->pool, &shift, test->week->now_min, &error));
    g_assert_error(error, DISTURB_ERROR, DISTURB_ERROR_BEGUN);
    g_clear_error(&error);
    shift.start_min += 60;
    g_assert_null(disturb_spike(test->pool, &shift, test->week->now_min, &error));
    g_assert_error(error, DISTURB_ERROR, DISTURB_ERROR_BEGUN);
    g_clear_error(&error);
    shift.coop = 1;
    g_assert_null(disturb_spike(test->pool, &shift, test->week->now_min, &error));
    g_assert_error(error, DISTURB_ERROR, DISTURB_ERROR_FOREIGN);
    g_clear_error(&error);
    int64_t now_min = test->week->now_min;
    g_assert_null(disturb_absence(test->pool, 0, now_min - 60, now_min, now_min, &error));
    g_assert_error(error, DISTURB_ERROR, DISTURB_ERROR_BEGUN);
    g_clear_error(&error);
    g_assert_null(disturb_absence(test->pool, 0, now_min + 60, now_min + 60, now_min, &error));
    g_assert_error(error, DISTURB_ERROR, DISTURB_ERROR_EMPTY);
}

static void an_absence_ends_when_the_worker_is_back(void)
{
    g_autoptr(TestPool) test =
        test_pool_new("mon 08:00-12:00", "w: unavailable mon 06:00-18:00; avoid tue 06:00-18:00");
    const Window *window = &g_array_index(pool_worker(test->pool, 0)->windows, Window, 0);
    int64_t from_min = window->start_min, until_min = window->end_min;
    g_autoptr(Pool) again = disturb_absence(test->pool, 0, from_min, until_min, from_min, NULL);
    g_assert_cmpuint(pool_worker(again, 0)->windows->len, ==, 2);
    g_autoptr(Pool) earlier = disturb_return(test->pool, 0, from_min, until_min, from_min + 120);
    g_assert_cmpint(g_array_index(pool_worker(earlier, 0)->windows, Window, 0).end_min, ==, from_min + 120);
    g_autoptr(Pool) never = disturb_return(test->pool, 0, from_min, until_min, from_min);
    g_assert_cmpuint(pool_worker(never, 0)->windows->len, ==, 1);
    g_assert_cmpint(g_array_index(pool_worker(never, 0)->windows, Window, 0).kind, ==, WINDOW_AVOID);
}

static void new_shifts_get_ids_of_their_own(void)
{
    g_autoptr(TestPool) test = test_pool_new("mon 08:00-12:00", "");
    Shift shift = *pool_shift(test->pool, 0);
    g_autofree char *id = disturb_shift_id(test->pool, 0, shift.start_min);
    g_assert_cmpstr(id, ==, "A-20261130-0800");
    shift.id = id;
    g_autoptr(Pool) pool = disturb_spike(test->pool, &shift, shift.start_min - 1, NULL);
    g_autofree char *second = disturb_shift_id(pool, 0, shift.start_min);
    g_assert_cmpstr(second, ==, "A-20261130-0800-2");
}

/* --- random weeks */

typedef struct Tally {
    int spikes, absences, filled, partly, none, refused, quick_best, nearest;
} Tally;

static int below(GRand *dice, int count)
{
    return g_rand_int_range(dice, 0, count);
}

/* Most are planned and so lawful; some are handed out without a look at the rules. A few assignments are pinned. */
static Roster *publish(RandomPool *made, GRand *dice)
{
    Roster *published = NULL;
    for (guint i = 0; i < made->published->len; i++) {
        Roster *roster = g_ptr_array_index(made->published, i);
        published = roster->week.monday == made->week.monday ? roster : published;
    }
    if (!published || below(dice, 4) != 0) {
        g_autoptr(Week) week = week_new(made->pool, made->week, made->published);
        PlanOptions options = {.work = WORK, .threads = 1, .seed = 1};
        g_autoptr(GError) error = NULL;
        g_autoptr(PlanResult) plan = plan_week(week, &options, &error);
        g_assert_no_error(error);
        if (published)
            g_ptr_array_remove(made->published, published);
        published = g_steal_pointer(&plan->roster);
        published->state = ROSTER_PUBLISHED;
        published->revision = 1;
        g_ptr_array_add(made->published, published);
    }
    for (guint i = 0; i < published->assignments->len; i++)
        roster_at(published, i)->is_pinned = below(dice, 8) == 0;
    return published;
}

/* A shift that is there, with something about it changed, or a copy of it as a new one. NULL if it may not be. */
static Pool *random_spike(const RandomPool *made, GRand *dice, int64_t now_min, GArray *shifts)
{
    guint index = (guint)below(dice, (int)made->pool->shifts->len - 3); /* the last three are of the week after */
    Shift shift = *pool_shift(made->pool, index);
    gboolean is_new = below(dice, 3) == 0;
    g_autofree char *id = disturb_shift_id(made->pool, shift.coop, shift.start_min);
    if (is_new)
        shift.id = id;
    shift.headcount = is_new ? 1 + below(dice, 3) : below(dice, 5);
    shift.priority = (Priority)below(dice, PRIORITIES);
    if (below(dice, 3) == 0) {
        shift.start_min += 60;
        shift.end_min += 60;
    }
    Pool *pool = disturb_spike(made->pool, &shift, now_min, NULL);
    if (pool) {
        index = is_new ? made->pool->shifts->len : index;
        g_array_append_val(shifts, index);
    }
    return pool;
}

static Pool *random_absence(const RandomPool *made, const Roster *published, GRand *dice, int64_t now_min,
                            GArray *shifts)
{
    guint worker = (guint)below(dice, (int)made->pool->workers->len);
    int64_t from_min = now_min + 60 * (below(dice, 48) - 12), until_min = from_min + 60 * (1 + below(dice, 72));
    Pool *pool = disturb_absence(made->pool, worker, from_min, until_min, now_min, NULL);
    if (!pool)
        return NULL;
    g_autoptr(GArray) left = disturb_left_shifts(pool, published, worker, from_min, until_min);
    g_array_append_vals(shifts, left->data, left->len);
    return pool;
}

static gboolean must_stay(const Pool *pool, const Assignment *at, int64_t now_min)
{
    const Shift *shift = pool_shift(pool, at->shift);
    const Worker *worker = pool_worker(pool, at->worker);
    return !worker_window(worker, WINDOW_UNAVAILABLE, shift->start_min, shift->end_min) &&
           (at->is_pinned || shift->start_min < now_min);
}

static void judge_answer(const RepairQuestion *question, const RepairAnswer *answer, guint seed)
{
    g_autoptr(Week) week = judging_week(question->pool, question->published, answer, question->now_min);
    g_autoptr(GPtrArray) violations = rules_check(week, answer->roster);
    if (violations->len) {
        g_autofree char *text = violation_format(g_ptr_array_index(violations, 0), question->pool);
        g_error("seed %u: %s", seed, text);
    }
    Cost cost = cost_of(week, answer->roster), nothing = cost_of(week, answer->standing);
    g_assert_cmpint(cost_total(&cost), ==, answer->cost_cents);
    g_assert_cmpint(cost_total(&cost) - cost_total(&nothing), ==, answer->price_cents);
    for (int term = 0; term < COST_TERMS; term++)
        g_assert_cmpint(answer->price.cents[term], ==, cost.cents[term] - nothing.cents[term]);
    if (answer->has_bound && answer->bound_cents > answer->cost_cents)
        g_error("seed %u: bound %" G_GINT64_FORMAT " above %" G_GINT64_FORMAT, seed, answer->bound_cents,
                answer->cost_cents);
    g_autoptr(GPtrArray) standing = rules_check(week, answer->standing);
    if (standing->len == 0)
        g_assert_cmpint(answer->price_cents, <=, 0);
    for (guint i = 0; i < week->published->assignments->len; i++) {
        const Assignment *at = roster_at(week->published, i);
        if (must_stay(question->pool, at, question->now_min))
            g_assert_nonnull(roster_find(answer->roster, at->shift, at->worker));
    }
    g_autoptr(GArray) changes = roster_diff(question->pool, week->published, answer->roster);
    g_assert_cmpuint(changes->len, ==, answer->changes->len);
}

/* Whether somebody could take the shift at this start: judged on a pool that holds it there. */
static guint plain_able(const RepairQuestion *question, const RepairAnswer *answer, guint shift, int64_t start_min)
{
    Shift moved = *pool_shift(question->pool, shift);
    moved.id = "moved";
    moved.end_min += start_min - moved.start_min;
    moved.start_min = start_min;
    PoolChange change = {.shifts = &moved, .shift_count = 1};
    g_autoptr(Pool) pool = pool_copy_changed(question->pool, &change, NULL);
    g_autoptr(Week) week = week_new(pool, question->week, question->published);
    guint able = 0;
    for (guint worker = 0; worker < pool->workers->len; worker++) {
        g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint i = 0; i < answer->roster->assignments->len; i++)
            if (roster_at(answer->roster, i)->worker == worker)
                g_array_append_val(before, roster_at(answer->roster, i)->shift);
        g_autoptr(GArray) after = g_array_copy(before);
        g_array_append_val(after, question->pool->shifts->len);
        g_autoptr(GPtrArray) violations =
            rules_check_line(week, worker, (const guint *)(void *)after->data, after->len);
        able += !roster_find(answer->roster, shift, worker) && violations->len == 0 ? 1 : 0;
    }
    return able;
}

/* Nobody could at any start that is nearer. */
static void judge_nearest(const RepairQuestion *question, const RepairAnswer *answer, const RepairShift *asked)
{
    const Shift *shift = pool_shift(question->pool, asked->shift);
    int64_t from_min = MAX(iso_week_start(question->pool->zone, question->week), question->now_min + 1);
    int64_t until_min = iso_week_end(question->pool->zone, question->week);
    for (int64_t away_min = 30; away_min < 7 * 1440; away_min += 30) {
        for (int side = 1; side >= -1; side -= 2) {
            int64_t start_min = shift->start_min + side * away_min;
            if (start_min < from_min || start_min >= until_min)
                continue;
            guint able = plain_able(question, answer, asked->shift, start_min);
            if (able == 0)
                continue;
            g_assert_true(asked->has_nearest);
            g_assert_cmpint(asked->nearest_start_min, ==, start_min);
            g_assert_cmpuint(asked->nearest_workers, ==, able);
            return;
        }
    }
    g_assert_false(asked->has_nearest);
}

static void random_repair(guint seed, GRand *dice, Tally *tally)
{
    g_autoptr(RandomPool) made = random_pool_new(seed, 6, 12);
    const Roster *published = publish(made, dice);
    int64_t now_min = iso_week_start(made->pool->zone, made->week) + 60 * (below(dice, 120) - 24);
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean is_spike = below(dice, 2);
    g_autoptr(Pool) pool =
        is_spike ? random_spike(made, dice, now_min, shifts) : random_absence(made, published, dice, now_min, shifts);
    if (!pool)
        return;
    tally->spikes += is_spike;
    tally->absences += !is_spike;
    RepairQuestion question = {pool, made->published, made->week, now_min, shifts, NULL, NULL};
    RepairOptions limited = {.work = WORK, .threads = 1}, none = {.threads = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(RepairAnswer) answer = repair_week(&question, &limited, &error);
    if (!answer) { /* published rosters here may be unlawful, and pinned so */
        g_assert_error(error, PLAN_ERROR, PLAN_ERROR_PINS);
        tally->refused++;
        return;
    }
    if (answer->trouble)
        g_error("seed %u: %s", seed, answer->trouble);
    judge_answer(&question, answer, seed);
    g_autoptr(RepairAnswer) again = repair_week(&question, &limited, NULL), quick = repair_week(&question, &none, NULL);
    g_autoptr(GArray) difference = roster_diff(pool, answer->roster, again->roster);
    g_assert_cmpuint(difference->len, ==, 0);
    judge_answer(&question, quick, seed);
    g_assert_cmpint(answer->cost_cents, <=, quick->cost_cents);
    tally->quick_best += answer->cost_cents == quick->cost_cents;
    tally->filled += answer->outcome == REPAIR_FILLED;
    tally->partly += answer->outcome == REPAIR_PARTLY;
    tally->none += answer->outcome == REPAIR_NOT;
    for (guint i = 0; i < answer->shifts->len && seed % 4 == 0; i++) {
        const RepairShift *asked = g_ptr_array_index(answer->shifts, i);
        if (asked->cover < (guint)pool_shift(pool, asked->shift)->headcount) {
            judge_nearest(&question, answer, asked);
            tally->nearest++;
        }
    }
}

static void every_answer_is_lawful_and_honestly_priced(void)
{
    Tally tally = {0};
    GRand *dice = g_rand_new_with_seed(1);
    for (guint seed = 1; seed <= SEEDS; seed++)
        random_repair(seed, dice, &tally);
    g_rand_free(dice);
    g_test_message(
        "%d spikes, %d absences: %d filled, %d partly, %d not, %d refused; quick was best %d times; %d nearest",
        tally.spikes, tally.absences, tally.filled, tally.partly, tally.none, tally.refused, tally.quick_best,
        tally.nearest);
    g_assert_cmpint(MIN(MIN(tally.spikes, tally.absences), MIN(tally.filled, tally.none)), >=, 10);
    g_assert_cmpint(MIN(tally.partly, tally.nearest), >=, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/repair/a-spike-goes-to-who-is-free", a_spike_goes_to_who_is_free);
    g_test_add_func("/repair/a-spike-four-days-ahead-asks-nobody", a_spike_four_days_ahead_asks_nobody);
    g_test_add_func("/repair/somebody-makes-room", somebody_makes_room);
    g_test_add_func("/repair/where-nobody-can-the-rules-and-another-time-are-told",
                    where_nobody_can_the_rules_and_another_time_are_told);
    g_test_add_func("/repair/what-costs-more-than-it-saves-is-left", what_costs_more_than_it_saves_is_left);
    g_test_add_func("/repair/a-cancelled-shift-lets-its-people-go", a_cancelled_shift_lets_its_people_go);
    g_test_add_func("/repair/a-smaller-headcount-keeps-the-cheaper-ones", a_smaller_headcount_keeps_the_cheaper_ones);
    g_test_add_func("/repair/who-is-away-is-replaced-even-if-pinned", who_is_away_is_replaced_even_if_pinned);
    g_test_add_func("/repair/a-learner-goes-with-the-holder", a_learner_goes_with_the_holder);
    g_test_add_func("/repair/a-required-pin-is-in-the-answer", a_required_pin_is_in_the_answer);
    g_test_add_func("/repair/what-has-begun-cannot-be-asked", what_has_begun_cannot_be_asked);
    g_test_add_func("/repair/an-absence-ends-when-the-worker-is-back", an_absence_ends_when_the_worker_is_back);
    g_test_add_func("/repair/new-shifts-get-ids-of-their-own", new_shifts_get_ids_of_their_own);
    g_test_add_func("/repair/every-answer-is-lawful-and-honestly-priced", every_answer_is_lawful_and_honestly_priced);
    return g_test_run();
}
