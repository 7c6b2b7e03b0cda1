/*
 * The smallest change that puts one more person on a short shift.
 *
 * One step is a candidate whom nothing blocks. Two steps: a mover leaves a shift for the short one, a filler takes what
 * the mover leaves. A filler's own part (law, hours, wishes) depends on the shift alone and not on who left it, so it
 * is found once a shift; the law's whole judgement is asked only of those who would be cheaper than the best swap so
 * far.
 */
#include "explain_parts.h"

typedef struct Filler {
    guint worker;
    int64_t line_cents; /* own part of the cost */
    enum { UNJUDGED, ABLE, UNABLE } verdict;
} Filler;

typedef struct Swap {
    guint mover, from, filler;
    int64_t price_cents;
    gboolean is_found;
} Swap;

typedef struct SwapSearch {
    Standing standing;
    Roster *trial;
    guint shift;
    GHashTable *fillers; /* shift -> GArray of Filler, cheapest first */
    Swap best;
} SwapSearch;

/* What settles most workers at little cost; the law's whole judgement comes after. */
static gboolean may_be_able(const Week *week, guint shift_index, guint worker_index)
{
    const Shift *shift = pool_shift(week->pool, shift_index);
    const Worker *worker = pool_worker(week->pool, worker_index);
    Day day = zone_day(week->pool->zone, shift->end_min);
    for (const char **name = shift->certificates; *name; name++)
        if (worker_level(worker, *name, day) == CERTIFICATE_NONE)
            return FALSE;
    return !worker_window(worker, WINDOW_UNAVAILABLE, shift->start_min, shift->end_min) &&
           !worker_has_preference(worker, shift->coop, PREFERENCE_NEVER);
}

static int filler_compare(gconstpointer left, gconstpointer right)
{
    const Filler *a = left, *b = right;
    if (a->line_cents != b->line_cents)
        return a->line_cents < b->line_cents ? -1 : 1;
    return a->worker < b->worker ? -1 : a->worker > b->worker;
}

static GArray *fillers_of(SwapSearch *search, guint from)
{
    const Week *week = search->standing.week;
    GArray *fillers = g_hash_table_lookup(search->fillers, GUINT_TO_POINTER(from));
    if (fillers)
        return fillers;
    fillers = g_array_new(FALSE, FALSE, sizeof(Filler));
    g_hash_table_insert(search->fillers, GUINT_TO_POINTER(from), fillers);
    for (guint worker = 0; worker < week->pool->workers->len; worker++) {
        if (roster_find(search->standing.roster, from, worker) || !may_be_able(week, from, worker))
            continue;
        Cost line = {0};
        standing_add_line(&search->standing, worker, PIECE_NO_SHIFT, from, &line);
        Filler filler = {worker, cost_total(&line), UNJUDGED};
        g_array_append_val(fillers, filler);
    }
    g_array_sort(fillers, filler_compare);
    return fillers;
}

static gboolean is_able(SwapSearch *search, Filler *filler, guint from)
{
    if (filler->verdict == UNJUDGED) {
        g_autoptr(GPtrArray) blocks = standing_line_blocks(&search->standing, filler->worker, PIECE_NO_SHIFT, from);
        filler->verdict = blocks->len == 0 ? ABLE : UNABLE;
    }
    return filler->verdict == ABLE;
}

/* What the short shift and its coop cost; and what the shift that the mover leaves costs, whose cover stays the same.
 */
static int64_t short_cents(const SwapSearch *search)
{
    Cost cost = {0};
    cost_add_shift(search->standing.week, search->trial, search->shift, &cost);
    cost_add_coop(search->standing.week, search->trial, pool_shift(search->standing.week->pool, search->shift)->coop,
                  &cost);
    return cost_total(&cost);
}

static int64_t left_cents(const SwapSearch *search, guint from)
{
    Cost cost = {0};
    cost_add_shift(search->standing.week, search->trial, from, &cost);
    return cost_total(&cost);
}

/* Whether the people on the shift break more together in the trial than in the roster. */
static gboolean breaks_shift(const SwapSearch *search, guint shift)
{
    const Week *week = search->standing.week;
    g_autoptr(GPtrArray) before = rules_check_shift(week, search->standing.roster, shift);
    g_autoptr(GPtrArray) after = rules_check_shift(week, search->trial, shift);
    return new_violations(before, after)->len > 0;
}

/* The cheapest worker who can take what the mover leaves. */
static void try_fillers(SwapSearch *search, guint mover, guint from)
{
    GArray *fillers = fillers_of(search, from);
    gboolean was_pinned = roster_find(search->trial, from, mover)->is_pinned;
    Cost line = {0};
    standing_add_line(&search->standing, mover, from, search->shift, &line);
    int64_t mover_cents = cost_total(&line) - short_cents(search) - left_cents(search, from);
    roster_add(search->trial, search->shift, mover, FALSE);
    mover_cents += short_cents(search);
    roster_remove(search->trial, from, mover);
    gboolean is_possible = !breaks_shift(search, search->shift);
    for (guint i = 0; is_possible && i < fillers->len; i++) {
        Filler *filler = &g_array_index(fillers, Filler, i);
        if (filler->worker == mover || filler->verdict == UNABLE)
            continue;
        roster_add(search->trial, from, filler->worker, FALSE);
        int64_t price_cents = mover_cents + filler->line_cents + left_cents(search, from);
        if ((!search->best.is_found || price_cents < search->best.price_cents) && is_able(search, filler, from) &&
            !breaks_shift(search, from))
            search->best = (Swap){mover, from, filler->worker, price_cents, TRUE};
        roster_remove(search->trial, from, filler->worker);
    }
    roster_remove(search->trial, search->shift, mover);
    roster_add(search->trial, from, mover, was_pinned);
}

static gboolean may_leave(const SwapSearch *search, guint mover, guint from)
{
    const Week *week = search->standing.week;
    return !roster_find(search->standing.roster, from, mover)->is_pinned &&
           !(week->is_repair && pool_shift(week->pool, from)->start_min < week->now_min);
}

static void add_step(GArray *steps, guint worker, guint from, guint to)
{
    ExplainStep step = {worker, from, to};
    g_array_append_val(steps, step);
}

static void find_swap(SwapSearch *search)
{
    const Week *week = search->standing.week;
    for (guint mover = 0; mover < week->pool->workers->len; mover++) {
        const GArray *mine = standing_shifts(&search->standing, mover);
        if (roster_find(search->standing.roster, search->shift, mover) || !may_be_able(week, search->shift, mover))
            continue;
        for (guint i = 0; i < mine->len; i++) {
            guint from = g_array_index(mine, guint, i);
            if (!may_leave(search, mover, from))
                continue;
            g_autoptr(GPtrArray) blocks = standing_line_blocks(&search->standing, mover, from, search->shift);
            if (blocks->len == 0)
                try_fillers(search, mover, from);
        }
    }
}

GArray *explain_smallest_change(const Week *week, const Roster *roster, guint shift, int64_t *price_cents)
{
    g_autoptr(GPtrArray) candidates = explain_candidates(week, roster, shift);
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(ExplainStep));
    *price_cents = 0;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        if (candidate->is_on || candidate->blocks->len)
            continue;
        add_step(steps, candidate->worker, PIECE_NO_SHIFT, shift);
        *price_cents = candidate->price_cents;
        return steps;
    }
    g_autoptr(Roster) trial = roster_copy(roster);
    SwapSearch search = {.trial = trial, .shift = shift};
    search.fillers = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    standing_init(&search.standing, week, roster);
    find_swap(&search);
    if (search.best.is_found) {
        add_step(steps, search.best.mover, search.best.from, shift);
        add_step(steps, search.best.filler, PIECE_NO_SHIFT, search.best.from);
        *price_cents = search.best.price_cents;
    }
    standing_clear(&search.standing);
    g_hash_table_unref(search.fillers);
    return steps;
}
