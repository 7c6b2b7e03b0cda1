#include "rooster/roster.h"

Roster *roster_new(IsoWeek week, RosterState state, int revision)
{
    Roster *roster = g_new0(Roster, 1);
    *roster = (Roster){week, state, revision, g_array_new(FALSE, FALSE, sizeof(Assignment))};
    return roster;
}

Roster *roster_copy(const Roster *roster)
{
    Roster *copy = g_new0(Roster, 1);
    *copy = (Roster){roster->week, roster->state, roster->revision, g_array_copy(roster->assignments)};
    return copy;
}

void roster_free(Roster *roster)
{
    if (!roster)
        return;
    g_array_unref(roster->assignments);
    g_free(roster);
}

/* The place of the pair, or where it belongs. */
static guint assignment_place(const Roster *roster, guint shift, guint worker, gboolean *is_there)
{
    guint low = 0, high = roster->assignments->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const Assignment *at = roster_at(roster, middle);
        if (at->shift < shift || (at->shift == shift && at->worker < worker))
            low = middle + 1;
        else
            high = middle;
    }
    const Assignment *at = low < roster->assignments->len ? roster_at(roster, low) : NULL;
    *is_there = at && at->shift == shift && at->worker == worker;
    return low;
}

gboolean roster_add(Roster *roster, guint shift, guint worker, gboolean is_pinned)
{
    gboolean is_there;
    guint place = assignment_place(roster, shift, worker, &is_there);
    if (is_there) {
        roster_at(roster, place)->is_pinned = is_pinned;
        return FALSE;
    }
    Assignment assignment = {shift, worker, is_pinned};
    g_array_insert_val(roster->assignments, place, assignment);
    return TRUE;
}

gboolean roster_remove(Roster *roster, guint shift, guint worker)
{
    gboolean is_there;
    guint place = assignment_place(roster, shift, worker, &is_there);
    if (is_there)
        g_array_remove_index(roster->assignments, place);
    return is_there;
}

Assignment *roster_find(const Roster *roster, guint shift, guint worker)
{
    gboolean is_there;
    guint place = assignment_place(roster, shift, worker, &is_there);
    return is_there ? roster_at(roster, place) : NULL;
}

guint roster_cover(const Roster *roster, guint shift, guint *first)
{
    gboolean is_there;
    guint begin = assignment_place(roster, shift, 0, &is_there), end = begin;
    while (end < roster->assignments->len && roster_at(roster, end)->shift == shift)
        end++;
    if (first)
        *first = begin;
    return end - begin;
}

GArray *roster_shifts_of(const Roster *roster, guint worker)
{
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < roster->assignments->len; i++)
        if (roster_at(roster, i)->worker == worker)
            g_array_append_val(shifts, roster_at(roster, i)->shift);
    return shifts;
}

static int change_compare(gconstpointer left, gconstpointer right, gpointer pool)
{
    const RosterChange *a = left, *b = right;
    if (a->worker != b->worker)
        return a->worker < b->worker ? -1 : 1;
    int64_t start_a = pool_shift(pool, a->shift)->start_min, start_b = pool_shift(pool, b->shift)->start_min;
    if (start_a != start_b)
        return start_a < start_b ? -1 : 1;
    return a->shift < b->shift ? -1 : a->shift > b->shift;
}

static void add_missing(GArray *changes, const Roster *in, const Roster *missing_from, gboolean is_added)
{
    for (guint i = 0; i < in->assignments->len; i++) {
        const Assignment *at = roster_at(in, i);
        if (missing_from && roster_find(missing_from, at->shift, at->worker))
            continue;
        RosterChange change = {at->shift, at->worker, is_added};
        g_array_append_val(changes, change);
    }
}

GArray *roster_diff(const Pool *pool, const Roster *from, const Roster *to)
{
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(RosterChange));
    add_missing(changes, to, from, TRUE);
    if (from)
        add_missing(changes, from, to, FALSE);
    g_array_sort_with_data(changes, change_compare, (gpointer)pool);
    return changes;
}
