#include "curve.h"
#include "week_problem.h"

#define DAY_MINUTES    1440
#define REACH_DAYS     14 /* beyond this many days no chain of short rests is lawful any more */
#define HOURS_TO_UNITS 60 /* a Decimal of hours times this = ten-thousandths of a minute */

/* A duty of fixed work only, as far as the counts of nights need it. */
typedef struct FixedDuty {
    int64_t end_min;
    int32_t week, night_min;
    int64_t late_after_min;
} FixedDuty;

/* The fixed pieces that horizon work can meet: [*begin, *end) of `fixed`, never cutting a duty in two. */
static void fixed_in_reach(const Week *week, guint worker, guint *begin, guint *end)
{
    const GArray *fixed = g_ptr_array_index(week->fixed, worker);
    int64_t reach_min = (int64_t)MAX(REACH_DAYS, week_problem_days_most(week, worker) + 2) * DAY_MINUTES;
    *begin = 0;
    *end = fixed->len;
    while (*begin < fixed->len && g_array_index(fixed, Piece, *begin).start_min < week->start_min - reach_min)
        (*begin)++;
    while (*begin > 0 && *begin < fixed->len &&
           g_array_index(fixed, Piece, *begin).start_min - g_array_index(fixed, Piece, *begin - 1).end_min <
               week->numbers->duty_gap)
        (*begin)--;
    while (*end > *begin && g_array_index(fixed, Piece, *end - 1).start_min > week->end_min + reach_min)
        (*end)--;
    while (*end > *begin && *end < fixed->len &&
           g_array_index(fixed, Piece, *end).start_min - g_array_index(fixed, Piece, *end - 1).end_min <
               week->numbers->duty_gap)
        (*end)++;
}

/* The duties that fixed pieces out of reach make: their nights count in the windows, and nothing can join them. */
static GArray *duties_out_of_reach(const Week *week, const GArray *fixed, guint begin, guint end)
{
    GArray *duties = g_array_new(FALSE, FALSE, sizeof(FixedDuty));
    for (guint i = 0; i < fixed->len; i++) {
        if (i >= begin && i < end)
            continue;
        const Piece *piece = &g_array_index(fixed, Piece, i);
        SolverSlot slot = week_problem_slot(week, piece);
        FixedDuty *last = duties->len && i != end ? &g_array_index(duties, FixedDuty, duties->len - 1) : NULL;
        if (last && slot.start_min - last->end_min < week->numbers->duty_gap) {
            last->end_min = MAX(last->end_min, slot.end_min);
            if (last->night_min == 0)
                last->late_after_min = slot.late_after_min;
            last->night_min += slot.night_min;
        } else {
            FixedDuty duty = {slot.end_min, slot.week, slot.night_min, slot.late_after_min};
            g_array_append_val(duties, duty);
        }
    }
    return duties;
}

/* Minutes of fixed work and credited time in legal weeks [first, last]. */
static int64_t fixed_minutes(const Week *week, guint worker, int first, int last)
{
    const Pool *pool = week->pool;
    const GArray *fixed = g_ptr_array_index(week->fixed, worker), *credited = g_ptr_array_index(week->credited, worker);
    int64_t from_min = zone_day_start(pool->zone, profile_legal_week_first_day(pool->profile, first));
    int64_t until_min = zone_day_start(pool->zone, profile_legal_week_first_day(pool->profile, last + 1));
    int64_t total = 0;
    for (guint i = 0; i < fixed->len; i++) {
        const Piece *piece = &g_array_index(fixed, Piece, i);
        if (from_min <= piece->start_min && piece->start_min < until_min)
            total += piece_work_min(piece);
    }
    for (guint i = 0; i < credited->len; i++) {
        const CreditedTime *time = &g_array_index(credited, CreditedTime, i);
        if (from_min <= time->start_min && time->start_min < until_min)
            total += time->minutes;
    }
    return total;
}

static int64_t contract_most_min(const Worker *worker)
{
    return worker->contract_max * HOURS_TO_UNITS / DECIMAL_ONE;
}

/* Whether the worker is still a youth on the first day of the window's last week (Y2, Y3). */
static gboolean is_youth_window(const Week *week, const Worker *worker, int last)
{
    Day first_day = profile_legal_week_first_day(week->pool->profile, last);
    return day_age(worker->birth, first_day) < week->numbers->youth_age;
}

static SolverWindow window_of(const Week *week, guint worker, int first, int length, const GArray *far_duties)
{
    const RuleNumbers *numbers = week->numbers;
    int last = first + length - 1;
    gboolean is_youth = is_youth_window(week, pool_worker(week->pool, worker), last);
    int64_t done = fixed_minutes(week, worker, first, last);
    int64_t most = length == 1 ? (is_youth ? MIN(numbers->week, numbers->youth_week) : numbers->week)
                   : length == 4
                       ? (is_youth ? MIN(numbers->four_weeks, numbers->youth_four_weeks) : numbers->four_weeks)
                       : numbers->sixteen_weeks;
    SolverWindow window = {.first_week = first,
                           .last_week = last,
                           .minutes_left = most - done,
                           .many_nights_minutes_left = INT64_MAX,
                           .late_nights_left = INT32_MAX,
                           .nights_until_many = INT32_MAX};
    if (length != 16)
        return window;
    window.many_nights_minutes_left = numbers->many_nights_hours - done;
    window.late_nights_left = numbers->nights_16_weeks;
    window.nights_until_many = numbers->many_nights;
    for (guint i = 0; i < far_duties->len; i++) {
        const FixedDuty *duty = &g_array_index(far_duties, FixedDuty, i);
        if (duty->week < first || duty->week > last || duty->night_min <= numbers->night_minutes)
            continue;
        window.nights_until_many--;
        if (duty->end_min > duty->late_after_min)
            window.late_nights_left--;
    }
    return window;
}

/* A window that no line of this worker can break need not be looked at. */
static gboolean can_bind(const SolverWindow *window, int64_t most_min, int nights_possible)
{
    return window->minutes_left < most_min || window->late_nights_left < nights_possible ||
           (window->nights_until_many <= nights_possible && window->many_nights_minutes_left < most_min);
}

static void add_windows(WeekProblem *problem, guint index, SolverWorker *worker, const GArray *far_duties)
{
    const Week *week = problem->week;
    const RuleProfile *profile = week->pool->profile;
    static const int lengths[] = {1, 4, 16};
    GArray *windows = g_array_new(FALSE, FALSE, sizeof(SolverWindow));
    int first_week = profile_legal_week(profile, week->week.monday);
    int last_week = profile_legal_week(profile, week_last_day(week));
    int nights_possible = worker->fixed_count + 7 * week->count * week->numbers->max_shifts_per_day;
    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++)
        for (int first = first_week - lengths[i] + 1; first <= last_week; first++) {
            SolverWindow window = window_of(week, index, first, lengths[i], far_duties);
            if (can_bind(&window, week->count * worker->minutes_most, nights_possible))
                g_array_append_val(windows, window);
        }
    worker->window_count = (int32_t)windows->len;
    worker->windows = week_problem_keep_data(problem, windows);
}

/* The day the worker becomes an adult. */
static Day adult_day(const Worker *worker, int years)
{
    int year, month, day_of_month;
    day_to_civil(worker->birth, &year, &month, &day_of_month);
    if (month == 2 && day_of_month == 29)
        return day_from_civil(year + years, 2, 28) + 1;
    return day_from_civil(year + years, month, day_of_month);
}

static void set_limits(const Week *week, const Worker *person, SolverWorker *worker)
{
    const RuleNumbers *numbers = week->numbers;
    worker->limits_change_day = adult_day(person, numbers->youth_age);
    worker->limits[1] = (SolverDutyLimits){.work_most_min = numbers->duty_work,
                                           .span_most_min = numbers->duty_span,
                                           .rest_least_min = numbers->daily_rest,
                                           .curfew_most_min = INT32_MAX,
                                           .breaks = {{numbers->break_over, numbers->break_need},
                                                      {numbers->long_break_over, numbers->long_break_need},
                                                      {INT32_MAX, 0}}};
    worker->limits[0] = worker->limits[1];
    worker->limits[0].work_most_min = MIN(numbers->duty_work, numbers->youth_duty);
    worker->limits[0].span_most_min = MIN(numbers->duty_span, DAY_MINUTES - numbers->youth_rest);
    worker->limits[0].rest_least_min = MAX(numbers->daily_rest, numbers->youth_rest);
    worker->limits[0].curfew_most_min = 0; /* 23:00 to 06:00 belongs to the rest (Y4) */
    worker->limits[0].breaks[2] = (SolverBreakTier){numbers->youth_break_over, numbers->youth_break_need};
}

/* cents = units / 10^4 / 60 x factor / 10^4 x hourly cost / 10^4 x 100 */
static SolverCurve hours_curve(const Week *week, const Worker *person, Price near, Price far, Price far_hours)
{
    const Decimal *price = week->pool->prices.of;
    return curve_bent(price[near] * person->hourly_cost, price[far] * person->hourly_cost,
                      price[far_hours] * HOURS_TO_UNITS, (int64_t)DECIMAL_ONE * DECIMAL_ONE * DECIMAL_ONE / 100 * 60);
}

/* The contract is the same every week. */
static void add_later_weeks(WeekProblem *problem, SolverWorker *worker)
{
    worker->later_count = problem->week->count - 1;
    SolverPeriod *later = week_problem_keep(problem, g_new0(SolverPeriod, (gsize)worker->later_count + 1));
    for (int32_t i = 0; i < worker->later_count; i++)
        later[i] = (SolverPeriod){worker->minutes_most, worker->minutes_wanted, worker->below, worker->above};
    worker->later = worker->later_count > 0 ? later : NULL;
}

void week_problem_add_workers(WeekProblem *problem)
{
    const Week *week = problem->week;
    guint count = week->pool->workers->len;
    SolverWorker *workers = week_problem_keep(problem, g_new0(SolverWorker, count + 1));
    for (guint i = 0; i < count; i++) {
        const Worker *person = pool_worker(week->pool, i);
        const GArray *fixed = g_ptr_array_index(week->fixed, i);
        SolverWorker *worker = &workers[i];
        guint begin, end;
        fixed_in_reach(week, i, &begin, &end);
        SolverSlot *pieces = week_problem_keep(problem, g_new0(SolverSlot, end - begin + 1));
        for (guint j = begin; j < end; j++)
            pieces[j - begin] = week_problem_slot(week, &g_array_index(fixed, Piece, j));
        worker->fixed = pieces;
        worker->fixed_count = (int32_t)(end - begin);
        set_limits(week, person, worker);
        worker->minutes_most = contract_most_min(person);
        worker->minutes_wanted = person->contract_min * HOURS_TO_UNITS;
        worker->unit_per_min = DECIMAL_ONE;
        worker->below = hours_curve(week, person, PRICE_IDLE, PRICE_IDLE_FAR, PRICE_IDLE_FAR_HOURS);
        worker->above = hours_curve(week, person, PRICE_EXTRA, PRICE_EXTRA_FAR, PRICE_EXTRA_FAR_HOURS);
        add_later_weeks(problem, worker);
        g_autoptr(GArray) far_duties = duties_out_of_reach(week, fixed, begin, end);
        add_windows(problem, i, worker, far_duties);
        worker->day_rules = week_problem_day_rules(problem, i);
        week_problem_add_tallies(problem, i, worker);
    }
    problem->problem.worker_count = (int32_t)count;
    problem->problem.workers = workers;
}
