#include "week_problem.h"

#include "rooster/cost.h"

#include <string.h>

/* What the rosters of the weeks say of one worker after the other, at the slots. */
typedef struct Placed {
    guint *begin; /* the assignments of worker w: at[begin[w]] to at[begin[w + 1] - 1] */
    const Assignment **at;
    const Assignment **here; /* [slots] those of the worker in turn */
} Placed;

/*
 * Who may take what and what it costs is a product of workers and slots, so whatever depends on one of them, or on the
 * worker and the coop, is asked once; what the worker holds is a set of slots.
 */
typedef struct Entries {
    WeekProblem *problem;
    const Week *week;
    guint slots, words;
    guint *slot_of_shift;                           /* [shifts of the pool] */
    const Week **weeks;                             /* [slots] the slot's own */
    gboolean *is_sunday, *is_weekend, *is_unsocial; /* [slots] */
    int64_t *added_cents;                           /* [slots] what somebody new there costs in a repair */
    guint *asked;                                   /* [slots] which certificates it asks for, and when */
    GArray *asked_slots;                            /* of guint: a slot that asks for each of these */
    guint64 *asking;                                /* [asked * words] a bit a slot: those that ask for it */
    guint *coop_begin, *coop_slots;                 /* the slots of coop c: coop_slots[coop_begin[c]] and on */
    Placed published, start;
    GArray *entries;
    /* Of the worker in turn. */
    guint worker;
    const Worker *person;
    gboolean has_sunday_left, has_weekend_left, is_old_enough;
    gboolean *holds;         /* [asked] */
    guint64 *candidates;     /* [words] a bit a slot */
    guint64 *held;           /* [words] those that ask for what the worker holds */
    gboolean *has_cents;     /* [weeks * coops] whether cents are known */
    int64_t *coop_cents;     /* [weeks * coops] */
    int64_t *unsocial_cents; /* [weeks] */
} Entries;

/* --- once */

/* rosters: of Roster or NULL. */
static void placed_init(Placed *placed, const GPtrArray *rosters, guint workers, guint slots)
{
    guint count = 0;
    *placed = (Placed){.begin = g_new0(guint, workers + 2), .here = g_new0(const Assignment *, slots + 1)};
    for (guint i = 0; i < rosters->len; i++) {
        const Roster *roster = g_ptr_array_index(rosters, i);
        for (guint k = 0; roster && k < roster->assignments->len; k++, count++)
            placed->begin[roster_at(roster, k)->worker + 2]++;
    }
    placed->at = g_new0(const Assignment *, count + 1);
    for (guint worker = 0; worker < workers; worker++)
        placed->begin[worker + 2] += placed->begin[worker + 1];
    for (guint i = 0; i < rosters->len; i++) {
        const Roster *roster = g_ptr_array_index(rosters, i);
        for (guint k = 0; roster && k < roster->assignments->len; k++)
            placed->at[placed->begin[roster_at(roster, k)->worker + 1]++] = roster_at(roster, k);
    }
}

static void placed_clear(Placed *placed)
{
    g_free(placed->begin);
    g_free(placed->at);
    g_free(placed->here);
}

/* The same certificates on the same date have the same text. */
static char *asked_text(const Shift *shift, Day end_day)
{
    g_autofree char *names = g_strjoinv(";", (char **)shift->certificates);
    return g_strdup_printf("%d %s", end_day, names);
}

static void add_slot(guint64 *set, guint slot)
{
    set[slot / 64] |= (guint64)1 << slot % 64;
}

static int64_t change_cents(const Week *week, guint shift, guint worker, gboolean is_dropped)
{
    Cost cost = {{0}};
    cost_add_change(week, shift, worker, is_dropped, &cost);
    return cost_total(&cost);
}

static void ask_of_slots(Entries *all)
{
    const Week *week = all->week;
    const Zone *zone = week->pool->zone;
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint slot = 0; slot < all->slots; slot++) {
        guint index = all->problem->slot_shift[slot];
        const Shift *shift = pool_shift(week->pool, index);
        all->slot_of_shift[index] = slot;
        all->is_sunday[slot] = zone_touches_sunday(zone, shift->start_min, shift->end_min);
        all->is_weekend[slot] = day_of_week(all->problem->problem.slots[slot].day) >= 6;
        all->is_unsocial[slot] = week_is_unsocial(week, shift->start_min, shift->end_min);
        all->weeks[slot] = week_problem_week(all->problem, index);
        if (all->weeks[slot]->is_repair)
            all->added_cents[slot] = change_cents(all->weeks[slot], index, 0, FALSE); /* whoever it is */
        all->coop_begin[shift->coop + 2]++;
        char *text = asked_text(shift, zone_day(zone, shift->end_min));
        gpointer place;
        if (g_hash_table_lookup_extended(known, text, NULL, &place)) {
            all->asked[slot] = GPOINTER_TO_UINT(place);
            g_free(text);
        } else {
            all->asked[slot] = all->asked_slots->len;
            g_hash_table_insert(known, text, GUINT_TO_POINTER(all->asked_slots->len));
            g_array_append_val(all->asked_slots, slot);
        }
    }
    for (guint coop = 0; coop < week->pool->coops->len; coop++)
        all->coop_begin[coop + 2] += all->coop_begin[coop + 1];
    for (guint slot = 0; slot < all->slots; slot++)
        all->coop_slots[all->coop_begin[pool_shift(week->pool, all->problem->slot_shift[slot])->coop + 1]++] = slot;
    all->asking = g_new0(guint64, all->asked_slots->len * all->words + 1);
    for (guint slot = 0; slot < all->slots; slot++)
        add_slot(all->asking + all->asked[slot] * all->words, slot);
}

static void entries_init(Entries *all, WeekProblem *problem, const GPtrArray *starts)
{
    const Week *week = problem->week;
    const Pool *pool = week->pool;
    guint slots = (guint)problem->problem.slot_count, coops = pool->coops->len, weeks = problem->weeks->len;
    g_autoptr(GPtrArray) published = g_ptr_array_new();
    for (guint i = 0; i < weeks; i++)
        g_ptr_array_add(published, (gpointer)((const Week *)g_ptr_array_index(problem->weeks, i))->published);
    *all = (Entries){.problem = problem, .week = week, .slots = slots, .words = slots / 64 + 1};
    all->slot_of_shift = g_new(guint, pool->shifts->len + 1);
    for (guint shift = 0; shift < pool->shifts->len; shift++)
        all->slot_of_shift[shift] = slots;
    all->weeks = g_new0(const Week *, slots + 1);
    all->is_sunday = g_new0(gboolean, slots + 1);
    all->is_weekend = g_new0(gboolean, slots + 1);
    all->is_unsocial = g_new0(gboolean, slots + 1);
    all->added_cents = g_new0(int64_t, slots + 1);
    all->asked = g_new0(guint, slots + 1);
    all->asked_slots = g_array_new(FALSE, FALSE, sizeof(guint));
    all->coop_begin = g_new0(guint, coops + 2);
    all->coop_slots = g_new0(guint, slots + 1);
    all->candidates = g_new0(guint64, all->words);
    all->held = g_new0(guint64, all->words);
    all->has_cents = g_new0(gboolean, weeks * coops + 1);
    all->coop_cents = g_new0(int64_t, weeks * coops + 1);
    all->unsocial_cents = g_new0(int64_t, weeks);
    ask_of_slots(all);
    all->holds = g_new0(gboolean, all->asked_slots->len + 1);
    placed_init(&all->published, published, pool->workers->len, slots);
    placed_init(&all->start, starts, pool->workers->len, slots);
    all->entries = g_array_new(FALSE, FALSE, sizeof(SolverEntry));
}

static void entries_clear(Entries *all)
{
    gpointer arrays[] = {all->weeks,       all->slot_of_shift, all->is_sunday,      all->is_weekend,
                         all->is_unsocial, all->asked,         all->asking,         all->coop_begin,
                         all->coop_slots,  all->held,          all->candidates,     all->has_cents,
                         all->coop_cents,  all->holds,         all->unsocial_cents, all->added_cents};
    for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    g_array_unref(all->asked_slots);
    placed_clear(&all->published);
    placed_clear(&all->start);
}

/* --- once a worker */

/* The worker's assignments, at their slots or (is_leaving) away from them. */
static void place(Entries *all, Placed *placed, gboolean is_leaving)
{
    for (guint i = placed->begin[all->worker]; i < placed->begin[all->worker + 1]; i++) {
        const Assignment *at = placed->at[i];
        guint slot = all->slot_of_shift[at->shift];
        if (slot == all->slots)
            continue;
        placed->here[slot] = is_leaving ? NULL : at;
        add_slot(all->candidates, slot); /* also where the worker may not be: a pin stays */
    }
}

/* Whether the coop's site is no further from the worker's home than the worker goes. */
static gboolean is_within_reach(const Week *week, const Worker *worker, guint coop)
{
    const Place *site = &pool_coop(week->pool, coop)->place;
    if (worker->day_rules.max_travel_km == DAY_RULE_OFF || !worker->place.is_known || !site->is_known)
        return TRUE;
    return place_distance_km(&worker->place, site) <= worker->day_rules.max_travel_km;
}

static gboolean holds_all(const Entries *all, guint slot)
{
    const Shift *shift = pool_shift(all->week->pool, all->problem->slot_shift[slot]);
    Day day = zone_day(all->week->pool->zone, shift->end_min);
    gboolean holds = TRUE;
    for (const char **name = shift->certificates; holds && *name; name++)
        holds = worker_level(all->person, *name, day) != CERTIFICATE_NONE;
    return holds;
}

static gboolean may_be_at(const Entries *all, guint coop)
{
    return !worker_has_preference(all->person, coop, PREFERENCE_NEVER) && is_within_reach(all->week, all->person, coop);
}

static void take_worker(Entries *all, guint worker)
{
    const Week *week = all->week;
    all->worker = worker;
    all->person = pool_worker(week->pool, worker);
    all->has_sunday_left = week->count > 1 || week_problem_has_left(week, worker, MARK_SUNDAY);
    all->has_weekend_left = week->count > 1 || week_problem_has_left(week, worker, MARK_WEEKEND);
    all->is_old_enough = day_age(all->person->birth, week->week.monday) >= week->numbers->least_age;
    for (guint i = 0; i < all->problem->weeks->len; i++) {
        Cost unsocial = {{0}};
        cost_add_unsocial(g_ptr_array_index(all->problem->weeks, i), worker, &unsocial);
        all->unsocial_cents[i] = cost_total(&unsocial);
    }
    memset(all->has_cents, 0, all->problem->weeks->len * week->pool->coops->len * sizeof *all->has_cents);
    memset(all->candidates, 0, all->words * sizeof *all->candidates);
    memset(all->held, 0, all->words * sizeof *all->held);
    for (guint coop = 0; coop < week->pool->coops->len; coop++)
        if (all->coop_begin[coop] < all->coop_begin[coop + 1] && may_be_at(all, coop))
            for (guint i = all->coop_begin[coop]; i < all->coop_begin[coop + 1]; i++)
                add_slot(all->candidates, all->coop_slots[i]);
    for (guint asked = 0; asked < all->asked_slots->len; asked++) {
        all->holds[asked] = holds_all(all, g_array_index(all->asked_slots, guint, asked));
        for (guint word = 0; all->holds[asked] && word < all->words; word++)
            all->held[word] |= all->asking[asked * all->words + word];
    }
    for (guint word = 0; word < all->words; word++)
        all->candidates[word] &= all->held[word];
}

/* --- once an entry */

static gboolean may_take(Entries *all, guint slot)
{
    const Week *week = all->weeks[slot];
    const Shift *shift = pool_shift(week->pool, all->problem->slot_shift[slot]);
    if (shift->headcount == 0 || !all->holds[all->asked[slot]] || (all->is_sunday[slot] && !all->has_sunday_left) ||
        (all->is_weekend[slot] && !all->has_weekend_left) ||
        worker_window(all->person, WINDOW_UNAVAILABLE, shift->start_min, shift->end_min))
        return FALSE;
    if (week->is_repair && shift->start_min < week->now_min && !all->published.here[slot])
        return FALSE;
    return all->is_old_enough ||
           day_age(all->person->birth, all->problem->problem.slots[slot].day) >= week->numbers->least_age;
}

/* The candidates are of the coops that the worker may be at, and what is placed. */
static gboolean may_take_placed(Entries *all, guint slot)
{
    gboolean is_placed = all->published.here[slot] || all->start.here[slot];
    guint coop = pool_shift(all->week->pool, all->problem->slot_shift[slot])->coop;
    return (!is_placed || may_be_at(all, coop)) && may_take(all, slot);
}

static gboolean is_required(const Entries *all, guint slot)
{
    const Week *week = all->weeks[slot];
    const Assignment *published = all->published.here[slot], *drafted = all->start.here[slot];
    guint shift = all->problem->slot_shift[slot];
    if ((published && published->is_pinned) || (drafted && drafted->is_pinned))
        return TRUE;
    return published && week->is_repair && pool_shift(week->pool, shift)->start_min < week->now_min &&
           !week_is_away(week, shift, all->worker);
}

static int64_t site_cents(Entries *all, guint place, guint coop)
{
    guint at = place * all->week->pool->coops->len + coop;
    if (!all->has_cents[at]) {
        Cost cost = {{0}};
        cost_add_site(g_ptr_array_index(all->problem->weeks, place), coop, all->worker, &cost);
        all->coop_cents[at] = cost_total(&cost);
        all->has_cents[at] = TRUE;
    }
    return all->coop_cents[at];
}

static SolverEntry entry_of(Entries *all, guint slot)
{
    guint shift = all->problem->slot_shift[slot], place = (guint)week_problem_place(all->problem, shift);
    const Week *week = g_ptr_array_index(all->problem->weeks, place);
    Cost wishes = {{0}};
    cost_add_wishes(week, shift, all->worker, &wishes);
    SolverEntry entry = {(int32_t)all->worker, (int32_t)slot,
                         cost_total(&wishes) + site_cents(all, place, pool_shift(week->pool, shift)->coop),
                         is_required(all, slot)};
    if (all->is_unsocial[slot])
        entry.cost_cents += all->unsocial_cents[place];
    if (week->is_repair) /* keeping what is published saves the price of dropping it, which the constant holds */
        entry.cost_cents +=
            all->published.here[slot] ? -change_cents(week, shift, all->worker, TRUE) : all->added_cents[slot];
    return entry;
}

static void add_entry(Entries *all, guint slot)
{
    WeekProblem *problem = all->problem;
    gboolean may = may_take_placed(all, slot), must = is_required(all, slot);
    if (must && !may)
        g_array_append_val(problem->forbidden, all->worker);
    if (!must && !may)
        return;
    SolverEntry entry = entry_of(all, slot);
    if (all->start.here[slot]) {
        gint32 index = (gint32)all->entries->len;
        g_array_append_val(problem->start, index);
    }
    g_array_append_val(all->entries, entry);
}

void week_problem_add_entries(WeekProblem *problem, const GPtrArray *starts)
{
    const Week *week = problem->week;
    Entries all;
    entries_init(&all, problem, starts);
    for (guint worker = 0; worker < week->pool->workers->len; worker++) {
        take_worker(&all, worker);
        place(&all, &all.published, FALSE);
        place(&all, &all.start, FALSE);
        for (guint word = 0; word < all.words; word++)
            for (guint64 left = all.candidates[word]; left; left &= left - 1)
                add_entry(&all, 64 * word + (guint)__builtin_ctzll(left));
        place(&all, &all.published, TRUE);
        place(&all, &all.start, TRUE);
    }
    problem->problem.entry_count = (int32_t)all.entries->len;
    problem->problem.entries = week_problem_keep_data(problem, all.entries);
    entries_clear(&all);
    for (guint i = 0; i < problem->weeks->len; i++) {
        const Week *own = g_ptr_array_index(problem->weeks, i);
        for (guint k = 0; own->is_repair && k < own->published->assignments->len; k++) {
            const Assignment *at = roster_at(own->published, k);
            problem->constant_cents += change_cents(own, at->shift, at->worker, TRUE);
        }
    }
}
