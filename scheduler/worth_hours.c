/* What an hour of a person with certain certificates is worth in each half of a day. */
#include "worth_parts.h"

#include <string.h>

static void hours_free(gpointer data)
{
    WorthHours *hours = data;
    g_ptr_array_unref(hours->certificates);
    g_free(hours);
}

static gboolean holds(const GPtrArray *certificates, const char *name)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)certificates, name, g_str_equal, NULL);
}

static gboolean holds_all(const GPtrArray *certificates, const char *const *names, guint count)
{
    for (guint i = 0; i < count; i++)
        if (!holds(certificates, names[i]))
            return FALSE;
    return TRUE;
}

/* --- the sets of certificates worth asking for */

static void add_set(GPtrArray *all, const char *const *names, guint count)
{
    for (guint i = 0; i < all->len; i++) {
        const WorthHours *known = g_ptr_array_index(all, i);
        if (known->certificates->len == count && holds_all(known->certificates, names, count))
            return;
    }
    WorthHours *hours = g_new0(WorthHours, 1);
    hours->certificates = g_ptr_array_new();
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(hours->certificates, (gpointer)names[i]);
    g_ptr_array_add(all, hours);
}

static int set_compare(gconstpointer left, gconstpointer right)
{
    const GPtrArray *a = (*(const WorthHours *const *)left)->certificates,
                    *b = (*(const WorthHours *const *)right)->certificates;
    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    for (guint i = 0; i < a->len; i++) {
        int order = strcmp(g_ptr_array_index(a, i), g_ptr_array_index(b, i));
        if (order != 0)
            return order;
    }
    return 0;
}

static GPtrArray *sets_of(const Worth *worth)
{
    const Pool *pool = worth->week->pool;
    GPtrArray *all = g_ptr_array_new_with_free_func(hours_free);
    add_set(all, NULL, 0);
    for (guint at = 0; at < worth->week->shifts->len; at++) {
        const Shift *shift = pool_shift(pool, g_array_index(worth->week->shifts, guint, at));
        if (shift->headcount == 0)
            continue;
        for (const char **name = shift->certificates; *name; name++)
            add_set(all, name, 1);
        for (const char **name = shift->team_certificates; *name; name++)
            add_set(all, name, 1);
        add_set(all, shift->certificates, g_strv_length((char **)(gpointer)shift->certificates));
    }
    g_ptr_array_sort(all, set_compare);
    return all;
}

/* --- what a person is worth */

/* A holder of these certificates on the shift: cover, hours of the coop, team certificates, company for learners. */
static double person_cents(const Worth *worth, guint shift, const GPtrArray *certificates)
{
    const double *price = solver_pricer_prices(worth->pricer);
    double cents = worth_shift_cents(worth, shift);
    for (int32_t row = worth->first_row[shift] + 1; row < worth->problem->problem.row_count; row++) {
        const RowMeaning *meaning = &worth->problem->meaning[row];
        if (meaning->kind == ROW_FAIRNESS || meaning->shift != shift)
            break;
        if (holds(certificates, meaning->certificate))
            cents += meaning->kind == ROW_LEARNERS ? -price[row] : price[row];
    }
    return cents;
}

static void value_shift(const Worth *worth, guint index, WorthHours *hours)
{
    const Pool *pool = worth->week->pool;
    const Shift *shift = pool_shift(pool, index);
    guint names = g_strv_length((char **)(gpointer)shift->certificates);
    if (shift->headcount == 0 || !holds_all(hours->certificates, shift->certificates, names))
        return;
    double cents = person_cents(worth, index, hours->certificates) * 60 / (double)shift_paid_min(shift);
    for (int half = 0; half < WORTH_HALVES; half++) {
        Day day = worth->week->week.monday + half / 2;
        int64_t from_min = half % 2 ? zone_at(pool->zone, day, 12, 0) : zone_day_start(pool->zone, day);
        int64_t until_min = half % 2 ? zone_day_start(pool->zone, day + 1) : zone_at(pool->zone, day, 12, 0);
        WorthHour *hour = &hours->half[half];
        if (shift->start_min >= until_min || shift->end_min <= from_min)
            continue;
        if (!hour->is_asked || cents > hour->cents)
            hour->shift = index;
        hour->cents = MAX(hour->cents, cents);
        hour->is_asked = TRUE;
    }
}

/* Scarce: no set with less of these certificates is worth as much, to the cent. */
static void mark_scarce(const GPtrArray *all)
{
    for (guint i = 0; i < all->len; i++) {
        WorthHours *hours = g_ptr_array_index(all, i);
        for (int half = 0; half < WORTH_HALVES; half++) {
            double without = 0;
            for (guint j = 0; j < i; j++) { /* smaller sets come first */
                const WorthHours *less = g_ptr_array_index(all, j);
                if (less->certificates->len < hours->certificates->len &&
                    holds_all(hours->certificates, (const char *const *)less->certificates->pdata,
                              less->certificates->len))
                    without = MAX(without, less->half[half].cents);
            }
            hours->half[half].is_scarce = hours->half[half].cents > without + 1;
        }
    }
}

GPtrArray *worth_hours(const Worth *worth)
{
    GPtrArray *all = sets_of(worth);
    for (guint i = 0; i < all->len; i++)
        for (guint at = 0; at < worth->week->shifts->len; at++)
            value_shift(worth, g_array_index(worth->week->shifts, guint, at), g_ptr_array_index(all, i));
    mark_scarce(all);
    return all;
}
