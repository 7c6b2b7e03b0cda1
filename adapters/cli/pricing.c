#include "pricing.h"

#include <math.h>

/* --- which prices */

static gboolean load_record(const Session *session, const Sheet *sheet, SolveRecord **record, GError **error)
{
    if (!desk_week_record(&session->desk, sheet, sheet->roster->state, record, error))
        return FALSE;
    /* a draft by hand on a published week begins from what that was planned with */
    return *record != NULL || sheet->roster->state == ROSTER_PUBLISHED ||
           desk_week_record(&session->desk, sheet, ROSTER_PUBLISHED, record, error);
}

gboolean sheet_open_worth(const Session *session, const Sheet *sheet, Worth **worth, GError **error)
{
    g_autoptr(SolveRecord) record = NULL;
    *worth = NULL;
    if (!load_record(session, sheet, &record, error))
        return FALSE;
    if (record != NULL)
        *worth = worth_new(sheet->week, sheet->roster, record);
    return TRUE;
}

gboolean sheet_load_worth(const Session *session, const Sheet *sheet, Report *report, Worth **worth, GError **error)
{
    g_autoptr(SolveRecord) record = NULL;
    *worth = NULL;
    if (!load_record(session, sheet, &record, error))
        return FALSE;
    if (record == NULL) {
        g_autofree char *week = iso_week_format(sheet->week->week);
        report_fact(report, "prices", "none");
        report_line(report,
                    "No plan of this week is on record, so there are no prices; `rooster plan --week %s` finds some.",
                    week);
        return TRUE;
    }
    g_autofree char *people = zone_format_short(session->desk.pool->zone, record->made_s / 60);
    g_autofree char *program = zone_format(session->desk.pool->zone, record->made_s / 60);
    *worth = worth_new(sheet->week, sheet->roster, record);
    gboolean is_current = worth_is_current(*worth);
    report_fact(report, "prices", is_current ? "current" : "changed");
    report_fact(report, "prices_of", program);
    report_line(report, "Prices are those of the plan of %s (%s).%s", people, record->status,
                is_current
                    ? ""
                    : " The week, its pins or the hour have changed since: they are those of then; `rooster plan` "
                      "finds new ones.");
    return TRUE;
}

int64_t cents_rounded(double cents)
{
    return (int64_t)llround(cents);
}

/* --- weeks against each other */

static gboolean has_shift(const GArray *shifts, guint shift)
{
    for (guint i = 0; i < shifts->len; i++)
        if (g_array_index(shifts, guint, i) == shift)
            return TRUE;
    return FALSE;
}

GPtrArray *shifts_without(const Pool *pool, const GArray *some, const GArray *others)
{
    GPtrArray *ids = g_ptr_array_new();
    for (guint i = 0; i < some->len; i++)
        if (!has_shift(others, g_array_index(some, guint, i)))
            g_ptr_array_add(ids, (gpointer)pool_shift(pool, g_array_index(some, guint, i))->id);
    return ids;
}

static void add_week(Table *table, const Pool *pool, const WorthWeek *week, const GArray *present)
{
    g_autoptr(GPtrArray) left = shifts_without(pool, present, week->shifts);
    g_autoptr(GPtrArray) taken = shifts_without(pool, week->shifts, present);
    table_cents(table, cents_rounded(week->cents));
    table_minutes(table, week->minutes);
    table_list(table, left, " ");
    table_list(table, taken, " ");
}

static GPtrArray *shifts_of_day(const Pool *pool, const GArray *shifts, Day day)
{
    GPtrArray *ids = g_ptr_array_new();
    for (guint i = 0; i < shifts->len; i++) {
        const Shift *shift = pool_shift(pool, g_array_index(shifts, guint, i));
        if (zone_day(pool->zone, shift->start_min) == day)
            g_ptr_array_add(ids, (gpointer)shift->id);
    }
    return ids;
}

static void add_list_or_free(Table *table, GPtrArray *ids)
{
    if (ids->len > 0)
        table_list(table, ids, " ");
    else
        table_both(table, "free", "");
}

static void report_days(Report *report, const Pool *pool, const WorthLine *line, const GArray *present)
{
    static const Column columns[] = {{"day", "", COLUMN_PROGRAM},
                                     {"", "Day", COLUMN_PEOPLE},
                                     {"shifts", "Now", 0},
                                     {"otherwise", "Otherwise best", 0},
                                     {"more_cents", "euro more", COLUMN_RIGHT},
                                     {"others", "Other days change to", COLUMN_WRAP}};
    report_line(report, "\nEach day spent otherwise, in the best week that does so:");
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "days", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < G_N_ELEMENTS(line->days); i++) {
        const WorthDay *day = &line->days[i];
        g_autofree char *date = day_format(day->day), *people = day_format_short(day->day);
        g_autoptr(GPtrArray) now = shifts_of_day(pool, present, day->day);
        table_text(table, date);
        table_text(table, people);
        add_list_or_free(table, now);
        if (day->otherwise == NULL) {
            table_both(table, "nothing", "");
            table_none(table);
            table_none(table);
            continue;
        }
        g_autoptr(GPtrArray) then = shifts_of_day(pool, day->otherwise->shifts, day->day);
        g_autoptr(GPtrArray) others = shifts_without(pool, day->otherwise->shifts, present);
        for (guint k = 0; k < then->len; k++)
            g_ptr_array_remove(others, g_ptr_array_index(then, k));
        add_list_or_free(table, then);
        table_cents(table, cents_rounded(day->otherwise->cents));
        table_list(table, others, " ");
    }
}

void report_line_worth(Report *report, const Sheet *sheet, Worth *worth, guint worker, const GArray *present)
{
    enum { NEXT_MOST = 5 };
    static const Column columns[] = {{"more_cents", "euro more", COLUMN_RIGHT},
                                     {"planned_min", "Hours", COLUMN_RIGHT},
                                     {"without", "Without", COLUMN_WRAP},
                                     {"with", "With", COLUMN_WRAP}};
    const Pool *pool = sheet->week->pool;
    g_autoptr(WorthLine) line = worth_line(worth, worker, NEXT_MOST);
    if (line == NULL) {
        report_line(report, "This week breaks a rule, so it has no price.");
        return;
    }
    int64_t own_cents = cents_rounded(line->own_cents), brings_cents = cents_rounded(line->brings_cents);
    int64_t best_cents = cents_rounded(line->best->cents);
    g_autofree char *own = cents_format_people(own_cents), *brings = cents_format_people(brings_cents);
    g_autofree char *better = cents_format_people(-best_cents);
    report_fact_number(report, "own_cents", own_cents);
    report_fact_number(report, "brings_cents", brings_cents);
    report_fact_number(report, "best_cents", best_cents);
    report_line(report, "At these prices this week brings %s euro and costs %s by itself (wishes, ways, hours).",
                brings, own);
    if (best_cents >= 0)
        report_line(report, "No other lawful week of this worker is worth more.");
    else
        report_line(report,
                    "The worker's best week is worth %s euro more: a part of the gap to the bound, as others have "
                    "a claim on the same shifts.",
                    better);
    report_line(report, "\nThe next best weeks:");
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "next", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "There is no other lawful week.");
    for (guint i = 0; i < line->next->len; i++)
        add_week(table, pool, g_ptr_array_index(line->next, i), present);
    report_days(report, pool, line, present);
}

/* --- who comes nearest to a shift */

typedef struct Near {
    guint worker;
    WorthWeek *week;
} Near;

static void near_clear(gpointer data)
{
    worth_week_free(((Near *)data)->week);
}

static int near_compare(gconstpointer left, gconstpointer right)
{
    const Near *a = left, *b = right;
    if (a->week->cents != b->week->cents)
        return a->week->cents < b->week->cents ? -1 : 1;
    return a->worker < b->worker ? -1 : a->worker > b->worker;
}

void report_nearest(Report *report, const Sheet *sheet, Worth *worth, guint shift)
{
    enum { NEAREST_MOST = 5 };
    static const Column columns[] = {{"worker", "Worker", 0},
                                     {"name", "Name", COLUMN_CUT},
                                     {"more_cents", "euro more", COLUMN_RIGHT},
                                     {"leaves", "Leaves", COLUMN_WRAP},
                                     {"takes", "Takes besides", COLUMN_WRAP}};
    const Pool *pool = sheet->week->pool;
    g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(Near));
    g_array_set_clear_func(near, near_clear);
    for (guint worker = 0; worker < pool->workers->len; worker++) {
        Near one = {worker, roster_find(sheet->roster, shift, worker) ? NULL : worth_with_shift(worth, worker, shift)};
        if (one.week != NULL)
            g_array_append_val(near, one);
    }
    g_array_sort(near, near_compare);
    report_line(report,
                "\nWhat decides is the price. Whom it would cost least, against their best week at these prices:");
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "nearest", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No worker has a lawful week with it.");
    for (guint i = 0; i < MIN(near->len, NEAREST_MOST); i++) {
        const Near *one = &g_array_index(near, Near, i);
        g_autoptr(GArray) present = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint at = 0; at < sheet->week->shifts->len; at++) {
            guint index = g_array_index(sheet->week->shifts, guint, at);
            if (roster_find(sheet->roster, index, one->worker) != NULL)
                g_array_append_val(present, index);
        }
        g_autoptr(GPtrArray) leaves = shifts_without(pool, present, one->week->shifts);
        g_autoptr(GPtrArray) takes = shifts_without(pool, one->week->shifts, present);
        g_ptr_array_remove(takes, (gpointer)pool_shift(pool, shift)->id);
        table_text(table, pool_worker(pool, one->worker)->id);
        table_text(table, worker_name(pool_worker(pool, one->worker)));
        table_cents(table, cents_rounded(one->week->cents));
        table_list(table, leaves, " ");
        table_list(table, takes, " ");
    }
}
