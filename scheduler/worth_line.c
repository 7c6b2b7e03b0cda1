/* Why a worker has this week: what it costs and brings at the prices, and the weeks that come next. */
#include "worth_parts.h"

#include "rooster/cost.h"

void worth_week_free(WorthWeek *week)
{
    if (!week)
        return;
    g_array_unref(week->shifts);
    g_free(week);
}

void worth_line_free(WorthLine *line)
{
    if (!line)
        return;
    worth_week_free(line->best);
    g_ptr_array_unref(line->next);
    for (guint i = 0; i < G_N_ELEMENTS(line->days); i++)
        worth_week_free(line->days[i].otherwise);
    g_free(line);
}

static WorthWeek *week_of(const Worth *worth, const SolverPricedLine *line, double than_cents)
{
    WorthWeek *week = g_new0(WorthWeek, 1);
    *week = (WorthWeek){line->price_cents - than_cents, line->minutes, worth_shifts(worth->problem, line)};
    return week;
}

/* The entries of the worker's present week; NULL if a shift of it is not theirs to take. */
static GArray *present_entries(const Worth *worth, guint worker)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (guint at = 0; at < worth->week->shifts->len; at++) {
        guint shift = g_array_index(worth->week->shifts, guint, at);
        if (!roster_find(worth->roster, shift, worker))
            continue;
        int32_t entry = worth_entry(worth, worker, shift);
        if (entry < 0)
            return NULL;
        g_array_append_val(entries, entry);
    }
    return g_steal_pointer(&entries);
}

static const int32_t *data_of(const GArray *entries)
{
    return (const int32_t *)(const void *)entries->data;
}

static Day day_of_entry(const Worth *worth, int32_t entry)
{
    return (Day)worth->problem->problem.slots[worth->problem->problem.entries[entry].slot].day;
}

static gboolean is_present(const GArray *present, const SolverPricedLine *line)
{
    gboolean is_same = (guint)line->count == present->len;
    for (int32_t i = 0; i < line->count; i++) {
        gboolean is_there = FALSE;
        for (guint k = 0; k < present->len && !is_there; k++)
            is_there = data_of(present)[k] == line->entries[i];
        is_same &= is_there;
    }
    return is_same;
}

/* The best week in which no shift of the day is one of the present ones or, on a free day, some shift is on it. */
static WorthWeek *otherwise(Worth *worth, guint worker, const GArray *present, Day day, double now_cents)
{
    WorthWeek *best = NULL;
    g_autofree bool *is_closed = g_new0(bool, (gsize)worth->problem->problem.entry_count + 1);
    SolverLineQuery query = {.worker = (int32_t)worker, .with = -1, .lines_most = 1, .labels_most = WORTH_LABELS};
    gboolean is_free = TRUE;
    for (guint i = 0; i < present->len; i++)
        if (day_of_entry(worth, data_of(present)[i]) == day) {
            is_closed[data_of(present)[i]] = true;
            is_free = FALSE;
        }
    if (!is_free) {
        query.is_closed = is_closed;
        SolverLineAnswer answer = solver_pricer_ask(worth->pricer, &query);
        return answer.line_count > 0 ? week_of(worth, &answer.lines[0], now_cents) : NULL;
    }
    for (int32_t entry = worth->first_entry[worker]; entry < worth->first_entry[worker + 1]; entry++) {
        if (day_of_entry(worth, entry) != day)
            continue;
        query.with = entry;
        SolverLineAnswer answer = solver_pricer_ask(worth->pricer, &query);
        if (answer.line_count > 0 && (!best || answer.lines[0].price_cents - now_cents < best->cents)) {
            worth_week_free(best);
            best = week_of(worth, &answer.lines[0], now_cents);
        }
    }
    return best;
}

/* In a repair an entry that is kept saves the price of dropping it, which the worker owes to begin with. */
static double owed_cents(const Worth *worth, guint worker)
{
    const Week *week = worth->week;
    Cost cost = {{0}};
    for (guint i = 0; week->is_repair && i < week->published->assignments->len; i++)
        if (roster_at(week->published, i)->worker == worker)
            cost_add_change(week, roster_at(week->published, i)->shift, worker, TRUE, &cost);
    return (double)cost_total(&cost);
}

WorthLine *worth_line(Worth *worth, guint worker, guint most)
{
    const SolverProblem *problem = &worth->problem->problem;
    g_autoptr(GArray) present = present_entries(worth, worker);
    if (!present || !solver_line_is_legal(problem, (int32_t)worker, data_of(present), (int32_t)present->len))
        return NULL;
    double now_cents = solver_pricer_line(worth->pricer, (int32_t)worker, data_of(present), (int32_t)present->len);
    double entries_cents = 0, own_cents = 0;
    for (guint i = 0; i < present->len; i++) {
        own_cents += (double)problem->entries[data_of(present)[i]].cost_cents;
        entries_cents += solver_pricer_entry(worth->pricer, data_of(present)[i]);
    }
    SolverLineQuery query = {
        .worker = (int32_t)worker, .with = -1, .lines_most = (int32_t)most + 1, .labels_most = WORTH_LABELS};
    SolverLineAnswer answer = solver_pricer_ask(worth->pricer, &query);
    if (answer.line_count == 0)
        return NULL;
    WorthLine *line = g_new0(WorthLine, 1);
    double hours_cents = now_cents - entries_cents;
    line->own_cents = own_cents + hours_cents + owed_cents(worth, worker);
    line->brings_cents = own_cents - entries_cents;
    line->next = g_ptr_array_new_with_free_func((GDestroyNotify)worth_week_free);
    line->best = week_of(worth, &answer.lines[0], now_cents);
    for (int32_t i = 0; i < answer.line_count && line->next->len < most; i++)
        if (!is_present(present, &answer.lines[i]))
            g_ptr_array_add(line->next, week_of(worth, &answer.lines[i], now_cents));
    for (guint i = 0; i < G_N_ELEMENTS(line->days); i++) {
        line->days[i].day = worth->week->week.monday + (Day)i;
        line->days[i].otherwise = otherwise(worth, worker, present, line->days[i].day, now_cents);
    }
    return line;
}

WorthWeek *worth_with_shift(Worth *worth, guint worker, guint shift)
{
    int32_t entry = worth_entry(worth, worker, shift);
    double least;
    if (entry < 0 || !worth_least(worth, worker, &least))
        return NULL;
    SolverLineQuery query = {.worker = (int32_t)worker, .with = entry, .lines_most = 1, .labels_most = WORTH_LABELS};
    SolverLineAnswer answer = solver_pricer_ask(worth->pricer, &query);
    return answer.line_count > 0 ? week_of(worth, &answer.lines[0], least) : NULL;
}
