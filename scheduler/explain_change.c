/*
 * The smallest change that puts one more person on a short shift.
 *
 * One step is a candidate whom nothing blocks. Two steps: a mover leaves a shift for the short one, a filler takes what
 * the mover leaves. A filler's own part (law, hours, wishes) depends on the shift alone and not on who left it, so it
 * is found once a shift. Prices are cheap and the law's whole judgement is dear, so it is asked in the order of price,
 * and only of what may be cheaper than the best so far.
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

/* A worker who might come over. */
typedef struct Mover {
    guint worker, from;
    int64_t cents; /* all but what becomes of the shift that is left */
} Mover;

typedef struct SwapSearch {
    Standing standing;
    Roster *trial;
    guint shift;
    int64_t coop_cents;  /* what one more person does to the fairness of its coop, whoever it is */
    GHashTable *fillers; /* shift -> GArray of Filler, cheapest first */
    Swap best;
} SwapSearch;

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
        if (roster_find(search->standing.roster, from, worker) || !worker_may_take(week, from, worker))
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
        gboolean is_free = standing_line_is_free(&search->standing, filler->worker, PIECE_NO_SHIFT, from);
        filler->verdict = is_free ? ABLE : UNABLE;
    }
    return filler->verdict == ABLE;
}

static int64_t shift_cents(const SwapSearch *search, guint shift)
{
    Cost cost = {0};
    cost_add_shift(search->standing.week, search->trial, shift, &cost);
    return cost_total(&cost);
}

/* What the short shift and its coop cost less with the worker on it. */
static int64_t short_cents(const SwapSearch *search, guint worker)
{
    int64_t cents = search->coop_cents - shift_cents(search, search->shift);
    roster_add(search->trial, search->shift, worker, FALSE);
    cents += shift_cents(search, search->shift);
    roster_remove(search->trial, search->shift, worker);
    return cents;
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
static void try_fillers(SwapSearch *search, const Mover *mover)
{
    guint from = mover->from;
    GArray *fillers = fillers_of(search, from);
    gboolean was_pinned = roster_find(search->trial, from, mover->worker)->is_pinned;
    int64_t mover_cents = mover->cents - shift_cents(search, from);
    roster_add(search->trial, search->shift, mover->worker, FALSE);
    roster_remove(search->trial, from, mover->worker);
    gboolean is_possible = !breaks_shift(search, search->shift);
    for (guint i = 0; is_possible && i < fillers->len; i++) {
        Filler *filler = &g_array_index(fillers, Filler, i);
        if (filler->worker == mover->worker || filler->verdict == UNABLE)
            continue;
        if (search->best.is_found && mover_cents + filler->line_cents >= search->best.price_cents)
            break; /* what the shift costs with them on it is not negative */
        roster_add(search->trial, from, filler->worker, FALSE);
        int64_t price_cents = mover_cents + filler->line_cents + shift_cents(search, from);
        if ((!search->best.is_found || price_cents < search->best.price_cents) && is_able(search, filler, from) &&
            !breaks_shift(search, from))
            search->best = (Swap){mover->worker, from, filler->worker, price_cents, TRUE};
        roster_remove(search->trial, from, filler->worker);
    }
    roster_remove(search->trial, search->shift, mover->worker);
    roster_add(search->trial, from, mover->worker, was_pinned);
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

static int mover_compare(gconstpointer left, gconstpointer right)
{
    const Mover *a = left, *b = right;
    if (a->cents != b->cents)
        return a->cents < b->cents ? -1 : 1;
    if (a->worker != b->worker)
        return a->worker < b->worker ? -1 : 1;
    return a->from < b->from ? -1 : a->from > b->from;
}

/* Everyone who might take the short shift, once for each shift that they might leave for it; or, free, for none. */
static GArray *movers(const SwapSearch *search, gboolean is_free)
{
    const Week *week = search->standing.week;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Mover));
    for (guint worker = 0; worker < week->pool->workers->len; worker++) {
        const GArray *mine = standing_shifts(&search->standing, worker);
        if (roster_find(search->standing.roster, search->shift, worker) ||
            !worker_may_take(week, search->shift, worker))
            continue;
        int64_t gain_cents = short_cents(search, worker);
        for (guint i = 0; i < (is_free ? 1 : mine->len); i++) {
            guint from = is_free ? PIECE_NO_SHIFT : g_array_index(mine, guint, i);
            Cost line = {0};
            if (!is_free && !may_leave(search, worker, from))
                continue;
            standing_add_line(&search->standing, worker, from, search->shift, &line);
            Mover mover = {worker, from, gain_cents + cost_total(&line)};
            g_array_append_val(found, mover);
        }
    }
    g_array_sort(found, mover_compare);
    return found;
}

/* The cheapest worker who can take the shift as things stand. */
static gboolean find_free(SwapSearch *search, Mover *found)
{
    g_autoptr(GArray) free_ones = movers(search, TRUE);
    for (guint i = 0; i < free_ones->len; i++) {
        *found = g_array_index(free_ones, Mover, i);
        if (!standing_line_is_free(&search->standing, found->worker, PIECE_NO_SHIFT, search->shift))
            continue;
        roster_add(search->trial, search->shift, found->worker, FALSE);
        gboolean is_able = !breaks_shift(search, search->shift);
        roster_remove(search->trial, search->shift, found->worker);
        if (is_able)
            return TRUE;
    }
    return FALSE;
}

static void find_swap(SwapSearch *search)
{
    g_autoptr(GArray) found = movers(search, FALSE);
    for (guint i = 0; i < found->len; i++) {
        const Mover *mover = &g_array_index(found, Mover, i);
        const GArray *fillers = fillers_of(search, mover->from);
        if (fillers->len == 0)
            continue;
        int64_t least_cents =
            mover->cents + g_array_index(fillers, Filler, 0).line_cents - shift_cents(search, mover->from);
        if (search->best.is_found && least_cents >= search->best.price_cents)
            continue;
        if (standing_line_is_free(&search->standing, mover->worker, mover->from, search->shift))
            try_fillers(search, mover);
    }
}

GArray *smallest_change(const Week *week, const Roster *roster, guint shift, guint steps_most, int64_t *price_cents)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(ExplainStep));
    *price_cents = 0;
    g_autoptr(Roster) trial = roster_copy(roster);
    SwapSearch search = {.trial = trial, .shift = shift};
    search.fillers = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    standing_init(&search.standing, week, roster);
    Cost coop = price_of_coop(week, trial, shift);
    search.coop_cents = cost_total(&coop);
    Mover free_one;
    if (find_free(&search, &free_one)) {
        add_step(steps, free_one.worker, PIECE_NO_SHIFT, shift);
        *price_cents = free_one.cents;
    } else if (steps_most > 1) {
        find_swap(&search);
    }
    if (search.best.is_found) {
        add_step(steps, search.best.mover, search.best.from, shift);
        add_step(steps, search.best.filler, PIECE_NO_SHIFT, search.best.from);
        *price_cents = search.best.price_cents;
    }
    standing_clear(&search.standing);
    g_hash_table_unref(search.fillers);
    return steps;
}

GArray *explain_smallest_change(const Week *week, const Roster *roster, guint shift, int64_t *price_cents)
{
    return smallest_change(week, roster, shift, 2, price_cents);
}
