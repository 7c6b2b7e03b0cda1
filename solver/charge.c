#include "charge.h"

#include <math.h>

static __int128 curve_sum(const SolverCurve *curve, int64_t units)
{
    __int128 sum = 0;
    for (int32_t piece = 0; piece < curve->pieces && units > curve->from[piece]; piece++) {
        int64_t upper = piece + 1 < curve->pieces && curve->from[piece + 1] < units ? curve->from[piece + 1] : units;
        sum += (__int128)curve->rate[piece] * (upper - curve->from[piece]);
    }
    return sum;
}

int64_t charge_exact(const SolverCurve *curve, int64_t units)
{
    if (curve->pieces == 0 || units <= 0) {
        return 0;
    }
    __int128 cents = (2 * curve_sum(curve, units) + curve->denominator) / (2 * (__int128)curve->denominator);
    return cents > CHARGE_MOST ? CHARGE_MOST : (int64_t)cents;
}

int64_t charge_add(int64_t left, int64_t right)
{
    int64_t sum = left + right; /* both are saturated, so this cannot overflow */
    return sum > CHARGE_MOST ? CHARGE_MOST : sum < -CHARGE_MOST ? -CHARGE_MOST : sum;
}

SolverPeriod charge_period(const SolverWorker *worker, int32_t period)
{
    return period > 0 ? worker->later[period - 1]
                      : (SolverPeriod){worker->minutes_most, worker->minutes_wanted, worker->below, worker->above};
}

int64_t charge_of_minutes(const SolverWorker *worker, int32_t period, int64_t minutes)
{
    SolverPeriod of = charge_period(worker, period);
    int64_t planned = minutes * worker->unit_per_min;
    return charge_exact(&of.below, of.minutes_wanted - planned) + charge_exact(&of.above, planned - of.minutes_wanted);
}

int64_t charge_of_nothing(const SolverWorker *worker)
{
    int64_t sum = 0;
    for (int32_t period = 0; period <= worker->later_count; period++) {
        sum = charge_add(sum, charge_of_minutes(worker, period, 0));
    }
    return sum;
}

int64_t charge_of_activity(const SolverRow *row, int64_t activity)
{
    return charge_exact(&row->below, row->wanted - activity) + charge_exact(&row->above, activity - row->wanted);
}

static double curve_value(const SolverCurve *curve, int64_t units)
{
    return curve->pieces == 0 || units <= 0 ? 0 : (double)curve_sum(curve, units) / (double)curve->denominator;
}

static double curve_rounding(const SolverCurve *curve)
{
    for (int32_t piece = 0; piece < curve->pieces; piece++) {
        if (curve->rate[piece] % curve->denominator != 0) {
            return 0.5;
        }
    }
    return 0;
}

/* The lower convex hull of the points (index, value[index]), written over them. Returns the most it lies below. */
static double hull(double *value, int32_t count, int32_t *corner)
{
    int32_t corners = 0;
    for (int32_t i = 0; i < count; i++) {
        while (corners >= 2) {
            int32_t a = corner[corners - 2], b = corner[corners - 1];
            if ((value[b] - value[a]) * (i - a) < (value[i] - value[a]) * (b - a)) {
                break;
            }
            corners--;
        }
        corner[corners++] = i;
    }
    double slack = 0;
    for (int32_t k = 0; k + 1 < corners; k++) {
        double slope = (value[corner[k + 1]] - value[corner[k]]) / (corner[k + 1] - corner[k]);
        for (int32_t i = corner[k] + 1; i < corner[k + 1]; i++) {
            double lower = value[corner[k]] + slope * (i - corner[k]);
            slack = fmax(slack, value[i] - lower);
            value[i] = lower;
        }
    }
    return slack;
}

void hours_charge_init(HoursCharge *hours, const SolverWorker *worker, int32_t period, int64_t step, int64_t most,
                       Arena *arena)
{
    enum { EXACT_POINTS = 20000 };
    SolverPeriod of = charge_period(worker, period);
    hours->step = step > 0 ? step : 1;
    hours->most = most > 0 ? most : 0;
    hours->count = (int32_t)(hours->most / hours->step) + 1;
    hours->value = ARENA_NEW(arena, double, hours->count);
    if (hours->count > EXACT_POINTS) {
        double rounding = fmax(curve_rounding(&of.below), curve_rounding(&of.above));
        for (int32_t i = 0; i < hours->count; i++) {
            int64_t planned = i * hours->step * worker->unit_per_min;
            hours->value[i] = curve_value(&of.below, of.minutes_wanted - planned) +
                              curve_value(&of.above, planned - of.minutes_wanted) - rounding;
        }
        hours->slack = 2 * rounding;
        return;
    }
    for (int32_t i = 0; i < hours->count; i++) {
        hours->value[i] = (double)charge_of_minutes(worker, period, i * hours->step);
    }
    hours->slack = hull(hours->value, hours->count, ARENA_NEW(arena, int32_t, hours->count));
}

/* Few integer points: the hull of the exact charge. At most `limit` corners, or nothing. */
static bool row_hull(RowCharge *charge, const SolverRow *row, int64_t step, int64_t most)
{
    enum { POINTS = ROW_CHARGE_POINTS - 2 };
    int64_t points = (most - charge->least) / step + 1;
    if (points > POINTS) {
        return false;
    }
    double value[POINTS];
    int32_t corner[POINTS];
    for (int64_t i = 0; i < points; i++) {
        value[i] = (double)charge_of_activity(row, charge->least + i * step);
    }
    charge->slack = hull(value, (int32_t)points, corner);
    charge->count = 0;
    for (int32_t i = 0; i < points; i++) {
        if (charge->count >= 2 &&
            fabs((value[i] - charge->value[charge->count - 1]) -
                 (charge->value[charge->count - 1] - charge->value[charge->count - 2]) /
                     (charge->at[charge->count - 1] - charge->at[charge->count - 2]) * (double)step) < 1e-9) {
            charge->count--;
        }
        charge->at[charge->count] = (double)(charge->least + i * step);
        charge->value[charge->count++] = value[i];
    }
    return true;
}

/* A corner of the unrounded charge, if it is beyond the corners before. */
static void add_point(RowCharge *charge, const SolverRow *row, int64_t at, int64_t last, double rounding)
{
    at = at < charge->least ? charge->least : at > last ? last : at;
    if (charge->count == 0 || (double)at > charge->at[charge->count - 1]) {
        charge->at[charge->count] = (double)at;
        charge->value[charge->count++] =
            curve_value(&row->below, row->wanted - at) + curve_value(&row->above, at - row->wanted) - rounding;
    }
}

int64_t common_divisor(int64_t left, int64_t right)
{
    while (right != 0) {
        int64_t rest = left % right;
        left = right;
        right = rest;
    }
    return left < 0 ? -left : left;
}

RowReach *row_reaches(const SolverProblem *problem)
{
    RowReach *reaches = MEMORY_NEW(RowReach, problem->row_count);
    for (int32_t entry = 0; entry < problem->entry_count; entry++) {
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            int64_t coefficient = problem->entry_coefficient[k];
            RowReach *reach = &reaches[problem->entry_row[k]];
            *(coefficient < 0 ? &reach->least : &reach->greatest) += coefficient;
            reach->step = common_divisor(reach->step, coefficient);
        }
    }
    return reaches;
}

void entry_prices(const SolverProblem *problem, int32_t begin, int32_t end, const double *row_price,
                  double *entry_price)
{
    for (int32_t entry = begin; entry < end; entry++) {
        double price = (double)problem->entries[entry].cost_cents;
        for (int64_t k = problem->entry_row_begin[entry]; k < problem->entry_row_begin[entry + 1]; k++) {
            price -= (double)problem->entry_coefficient[k] * row_price[problem->entry_row[k]];
        }
        entry_price[entry] = price;
    }
}

void row_charge_init(RowCharge *charge, const SolverRow *row, const RowReach *reach)
{
    int64_t least = reach->least, greatest = reach->greatest, step = reach->step > 0 ? reach->step : 1;
    *charge = (RowCharge){.least = least, .most = greatest, .is_limited = row->most < greatest};
    if (charge->is_limited) {
        charge->most = row->most > least ? row->most : least;
    }
    /* Where nothing more is charged the function is flat: one point there and one at the end. */
    int64_t flat = row->below.pieces == 0 ? least : least + (row->wanted - least + step - 1) / step * step;
    flat = flat < least || row->above.pieces > 0 ? least : flat;
    flat = row->above.pieces > 0 || flat > charge->most ? charge->most : flat;
    if (!row_hull(charge, row, step, flat)) {
        double rounding = fmax(curve_rounding(&row->below), curve_rounding(&row->above));
        charge->count = 0;
        for (int32_t piece = row->below.pieces; piece >= 0; piece--) {
            int64_t units = piece == row->below.pieces ? row->wanted - least : row->below.from[piece];
            add_point(charge, row, row->wanted - units, flat, rounding);
        }
        for (int32_t piece = 0; piece < row->above.pieces; piece++) {
            add_point(charge, row, row->wanted + row->above.from[piece], flat, rounding);
        }
        add_point(charge, row, flat, flat, rounding);
        charge->slack = 2 * rounding;
    }
    if ((double)charge->most > charge->at[charge->count - 1]) {
        charge->value[charge->count] = charge->value[charge->count - 1];
        charge->at[charge->count++] = (double)charge->most;
    }
}

double row_charge_conjugate(const RowCharge *charge, double price)
{
    double least = INFINITY;
    for (int32_t i = 0; i < charge->count; i++) {
        least = fmin(least, charge->value[i] + price * charge->at[i]);
    }
    return least;
}

double row_charge_at(const RowCharge *charge, double activity)
{
    if (charge->count < 2) {
        return charge->value[0];
    }
    int32_t i = 1;
    while (i + 1 < charge->count && charge->at[i] < activity) {
        i++;
    }
    double slope = (charge->value[i] - charge->value[i - 1]) / (charge->at[i] - charge->at[i - 1]);
    return charge->value[i] + slope * (activity - charge->at[i]);
}
