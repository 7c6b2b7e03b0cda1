/*
 * The quick answer: the cheapest change that puts one more person on a shift, again and again.
 *
 * It is what the global repair starts from, and the answer where there is no time for one. The global repair finds for
 * itself who could make room for whom, sooner than looking through all of them here does.
 */
#include "explain_parts.h"
#include "repair_parts.h"

static void apply(Roster *roster, const GArray *steps)
{
    for (guint i = 0; i < steps->len; i++) {
        const ExplainStep *step = &g_array_index(steps, ExplainStep, i);
        if (step->from_shift != PIECE_NO_SHIFT)
            roster_remove(roster, step->from_shift, step->worker);
        roster_add(roster, step->to_shift, step->worker, FALSE);
    }
}

void repair_quickly(const Week *week, Roster *roster, const GArray *shifts, guint steps_most)
{
    for (guint i = 0; i < shifts->len; i++) {
        guint shift = g_array_index(shifts, guint, i);
        const Shift *asked = pool_shift(week->pool, shift);
        while (asked->start_min >= week->now_min && roster_cover(roster, shift, NULL) < (guint)asked->headcount) {
            int64_t price_cents;
            g_autoptr(GArray) steps = smallest_change(week, roster, shift, steps_most, &price_cents);
            if (steps->len == 0 || price_cents >= 0)
                break;
            apply(roster, steps);
        }
    }
}
