#include "listing.h"

enum { DAYS = 7 };

GPtrArray *assignments_of(const Sheet *sheet, guint worker)
{
    GPtrArray *mine = g_ptr_array_new();
    for (guint at = 0; at < sheet->week->shifts->len; at++) {
        guint shift = g_array_index(sheet->week->shifts, guint, at);
        const Assignment *assignment = roster_find(sheet->roster, shift, worker);
        if (assignment != NULL)
            g_ptr_array_add(mine, (gpointer)assignment);
    }
    return mine;
}

/* What one day of the grid shows: each shift's start above its end, a pinned one with a star. */
static char *day_cell(const Pool *pool, const GPtrArray *mine, Day day)
{
    GString *cell = g_string_new(NULL);
    for (guint index = 0; index < mine->len; index++) {
        const Assignment *assignment = g_ptr_array_index(mine, index);
        const Shift *shift = pool_shift(pool, assignment->shift);
        if (zone_day(pool->zone, shift->start_min) == day) {
            g_autofree char *start = zone_format_clock(pool->zone, shift->start_min);
            g_autofree char *end = zone_format_clock(pool->zone, shift->end_min);
            g_string_append_printf(cell, "%s%s\n%s%s", cell->len > 0 ? "\n" : "", start, end,
                                   assignment->is_pinned ? "*" : "");
        }
    }
    return g_string_free(cell, FALSE);
}

/* The first column of each is for several weeks only. */

static const Column columns_by_worker[] = {
    {"week", "", COLUMN_PROGRAM},
    {"worker", "", COLUMN_PROGRAM},
    {"name", "", COLUMN_PROGRAM},
    {"", "Worker", COLUMN_PEOPLE | COLUMN_CUT},
    {"", "Mon", COLUMN_PEOPLE},
    {"", "Tue", COLUMN_PEOPLE},
    {"", "Wed", COLUMN_PEOPLE},
    {"", "Thu", COLUMN_PEOPLE},
    {"", "Fri", COLUMN_PEOPLE},
    {"", "Sat", COLUMN_PEOPLE},
    {"", "Sun", COLUMN_PEOPLE},
    {"planned_min", "Hours", COLUMN_RIGHT},
    {"contract_min", "", COLUMN_PROGRAM},
    {"contract_max", "", COLUMN_PROGRAM},
    {"", "Contract", COLUMN_PEOPLE | COLUMN_RIGHT},
    {"shifts", "", COLUMN_PROGRAM},
};

static void add_week(const Listing *listing, const Sheet *sheet)
{
    g_autofree char *week = iso_week_format(sheet->week->week);
    if (listing->has_week)
        table_text(listing->table, week);
}

static void add_workers(const Listing *listing, const Sheet *sheet)
{
    const Pool *pool = sheet->week->pool;
    Table *table = listing->table;
    table_set_empty(table, "The pool has no workers.");
    int64_t total_min = 0;
    Decimal least = 0, most = 0;
    for (guint index = 0; index < pool->workers->len; index++) {
        const Worker *worker = pool_worker(pool, index);
        g_autoptr(GPtrArray) mine = assignments_of(sheet, index);
        g_autoptr(GPtrArray) shifts = g_ptr_array_new();
        int64_t planned_min = 0;
        for (guint at = 0; at < mine->len; at++) {
            const Shift *shift = pool_shift(pool, ((const Assignment *)g_ptr_array_index(mine, at))->shift);
            g_ptr_array_add(shifts, (gpointer)shift->id);
            planned_min += shift_paid_min(shift);
        }
        add_week(listing, sheet);
        table_text(table, worker->id);
        table_text(table, worker_name(worker));
        g_autofree char *name = g_strdup_printf("%s\n%s", worker_name(worker), worker->id);
        table_text(table, g_str_equal(worker_name(worker), worker->id) || mine->len == 0 ? worker_name(worker) : name);
        for (int day = 0; day < DAYS; day++) {
            g_autofree char *cell = day_cell(pool, mine, sheet->week->week.monday + day);
            table_text(table, cell);
        }
        g_autofree char *from = decimal_format(worker->contract_min), *until = decimal_format(worker->contract_max);
        g_autofree char *contract = g_strdup_printf("%s-%s", from, until);
        table_minutes(table, planned_min);
        table_decimal(table, worker->contract_min);
        table_decimal(table, worker->contract_max);
        table_text(table, contract);
        table_list(table, shifts, " ");
        total_min += planned_min;
        least += worker->contract_min;
        most += worker->contract_max;
    }
    g_autofree char *workers = g_strdup_printf("%u workers", pool->workers->len);
    g_autofree char *from = decimal_format(least), *until = decimal_format(most);
    g_autofree char *contract = g_strdup_printf("%s-%s", from, until);
    table_total(table);
    for (int column = listing->has_week ? 0 : 1; column < 3; column++)
        table_none(table);
    table_text(table, workers);
    for (int day = 0; day < DAYS; day++)
        table_none(table);
    table_minutes(table, total_min);
    table_none(table);
    table_none(table);
    table_text(table, contract);
    table_none(table);
}

/* --- by cooperative and by day */

/* The heading of a group says the cooperative or the day, so its rows need not. */
#define SHIFT_COLUMNS(coop, coop_flags)                                                                                \
    {                                                                                                                  \
        {"week", "", COLUMN_PROGRAM}, {"shift", "Shift", COLUMN_WRAP}, {"coop", coop, coop_flags},                     \
            {"role", "Role", COLUMN_CUT}, {"start", "", COLUMN_PROGRAM}, {"end", "", COLUMN_PROGRAM},                  \
            {"", "When", COLUMN_PEOPLE}, {"headcount", "", COLUMN_PROGRAM}, {"cover", "", COLUMN_PROGRAM},             \
            {"", "Cover", COLUMN_PEOPLE | COLUMN_RIGHT}, {"worth_cents", "Worth", COLUMN_RIGHT},                       \
            {"workers", "", COLUMN_PROGRAM}, {"", "Who", COLUMN_PEOPLE | COLUMN_WRAP},                                 \
    }
static const Column columns_by_day[] = SHIFT_COLUMNS("Coop", COLUMN_CUT);
static const Column columns_by_coop[] = SHIFT_COLUMNS("", COLUMN_PROGRAM);

/* worth: NULL where there are no prices. */
static void add_shift(const Listing *listing, const Sheet *sheet, guint index, const Worth *worth)
{
    Table *table = listing->table;
    const Pool *pool = sheet->week->pool;
    const Shift *shift = pool_shift(pool, index);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    g_autoptr(GString) names = g_string_new(NULL);
    guint first = 0, cover = roster_cover(sheet->roster, index, &first);
    for (guint at = first; at < first + cover; at++) {
        const Assignment *assignment = roster_at(sheet->roster, at);
        const Worker *worker = pool_worker(pool, assignment->worker);
        g_ptr_array_add(ids, (gpointer)worker->id);
        g_string_append_printf(names, "%s%s%s", names->len > 0 ? ", " : "", worker_name(worker),
                               assignment->is_pinned ? "*" : "");
    }
    g_autofree char *start = zone_format_clock(pool->zone, shift->start_min);
    g_autofree char *end = zone_format_clock(pool->zone, shift->end_min);
    const char *day = listing->by == LIST_BY_COOP ? day_name(zone_day(pool->zone, shift->start_min)) : "";
    g_autofree char *times = g_strdup_printf("%s%s%s-%s", day, day[0] != '\0' ? " " : "", start, end);
    g_autofree char *covered = g_strdup_printf("%u/%d", cover, shift->headcount);
    add_week(listing, sheet);
    table_text(table, shift->id);
    table_text(table, pool_coop(pool, shift->coop)->id);
    table_text(table, shift->role);
    table_time(table, pool->zone, shift->start_min);
    table_time(table, pool->zone, shift->end_min);
    table_text(table, times);
    table_number(table, shift->headcount);
    table_number(table, cover);
    table_text(table, covered);
    if (worth != NULL)
        table_cents(table, cents_rounded(worth_shift_cents(worth, index)));
    else
        table_none(table);
    table_list(table, ids, " ");
    table_text(table, names->str);
}

static void tally_shift(const Sheet *sheet, guint index, Tally *tally)
{
    const Shift *shift = pool_shift(sheet->week->pool, index);
    guint cover = roster_cover(sheet->roster, index, NULL);
    tally->asked += shift->headcount;
    tally->planned += cover;
    tally->asked_min += shift->headcount * shift_paid_min(shift);
    tally->planned_min += cover * shift_paid_min(shift);
}

Tally tally_of(const Sheet *sheet)
{
    Tally tally = {0};
    for (guint at = 0; at < sheet->week->shifts->len; at++)
        tally_shift(sheet, g_array_index(sheet->week->shifts, guint, at), &tally);
    return tally;
}

char *tally_format(const char *title, const Tally *tally)
{
    g_autofree char *planned = minutes_format(tally->planned_min), *asked = minutes_format(tally->asked_min);
    return g_strdup_printf("%s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " people, %s of %s hours", title,
                           tally->planned, tally->asked, planned, asked);
}

/* Which group of the listing a shift belongs to, as a number. */
typedef gint64 (*GroupOf)(const Pool *pool, guint shift);

static gint64 group_by_coop(const Pool *pool, guint shift)
{
    return pool_shift(pool, shift)->coop;
}

static gint64 group_by_day(const Pool *pool, guint shift)
{
    return zone_day(pool->zone, pool_shift(pool, shift)->start_min);
}

static char *coop_title(const Pool *pool, gint64 group)
{
    const Coop *coop = pool_coop(pool, (guint)group);
    return g_str_equal(coop->name, coop->id) ? g_strdup(coop->id) : g_strdup_printf("%s, %s", coop->id, coop->name);
}

static char *day_title(const Pool *pool, gint64 group)
{
    (void)pool;
    return day_format_short((Day)group);
}

static void add_shifts(const Listing *listing, const Sheet *sheet, const Worth *worth)
{
    gboolean is_by_coop = listing->by == LIST_BY_COOP;
    GroupOf group_of = is_by_coop ? group_by_coop : group_by_day;
    char *(*title_of)(const Pool *, gint64) = is_by_coop ? coop_title : day_title;
    const Pool *pool = sheet->week->pool;
    const GArray *shifts = sheet->week->shifts;
    gint64 first_group = is_by_coop ? 0 : sheet->week->week.monday;
    gint64 last_group = is_by_coop ? (gint64)pool->coops->len - 1 : first_group + DAYS - 1;
    g_autofree char *week = iso_week_format(sheet->week->week);
    g_autofree char *empty = g_strdup_printf("Nobody asks for anything in %s.", week);
    table_set_empty(listing->table, empty);
    for (gint64 group = first_group; group <= last_group; group++) {
        Tally tally = {0};
        for (guint at = 0; at < shifts->len; at++)
            if (group_of(pool, g_array_index(shifts, guint, at)) == group)
                tally_shift(sheet, g_array_index(shifts, guint, at), &tally);
        gboolean is_titled = FALSE;
        for (guint at = 0; at < shifts->len; at++) {
            guint shift = g_array_index(shifts, guint, at);
            if (group_of(pool, shift) != group)
                continue;
            if (!is_titled) {
                g_autofree char *title = title_of(pool, group);
                g_autofree char *section = tally_format(title, &tally);
                table_section(listing->table, section);
                is_titled = TRUE;
            }
            add_shift(listing, sheet, shift, worth);
        }
    }
}

/* --- either */

Listing listing_new(Report *report, unsigned forms, ListBy by, gboolean has_week)
{
    static const struct {
        const char *key;
        const Column *columns;
        guint count;
    } tables[] = {[LIST_BY_WORKER] = {"workers", columns_by_worker, G_N_ELEMENTS(columns_by_worker)},
                  [LIST_BY_COOP] = {"shifts", columns_by_coop, G_N_ELEMENTS(columns_by_coop)},
                  [LIST_BY_DAY] = {"shifts", columns_by_day, G_N_ELEMENTS(columns_by_day)}};
    guint first = has_week ? 0 : 1;
    return (Listing){
        .table = report_table(report, forms, tables[by].key, tables[by].columns + first, tables[by].count - first),
        .by = by,
        .has_week = has_week};
}

void listing_add(const Listing *listing, const Sheet *sheet, const Worth *worth)
{
    if (listing->by == LIST_BY_WORKER)
        add_workers(listing, sheet);
    else
        add_shifts(listing, sheet, worth);
}
