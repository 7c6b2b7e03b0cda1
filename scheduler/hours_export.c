#include "rooster/hours_export.h"

#include <stdio.h>
#include <string.h>

/* --- periods */

gboolean month_parse(const char *text, Month *month, GError **error)
{
    g_autofree char *first = g_strconcat(text, "-01", NULL);
    Day day;
    int day_of_month;
    if (strlen(text) != strlen("2026-12") || !day_parse(first, &day, NULL)) {
        g_set_error(error, ZONE_ERROR, ZONE_ERROR_TEXT, "'%.40s' is no month, 2026-12 would be right", text);
        return FALSE;
    }
    day_to_civil(day, &month->year, &month->month, &day_of_month);
    return TRUE;
}

char *month_format(Month month)
{
    return g_strdup_printf("%04d-%02d", month.year, month.month);
}

HoursPeriod hours_period_of_week(IsoWeek week)
{
    return (HoursPeriod){week.monday, week.monday + 7};
}

HoursPeriod hours_period_of_month(Month month)
{
    gboolean is_last = month.month == 12;
    return (HoursPeriod){day_from_civil(month.year, month.month, 1),
                         day_from_civil(month.year + (is_last ? 1 : 0), is_last ? 1 : month.month + 1, 1)};
}

GPtrArray *hours_period_load(Store *store, const Pool *pool, HoursPeriod period, GError **error)
{
    return store_load_worked(store, zone_day_start(pool->zone, period.first), zone_day_start(pool->zone, period.after),
                             NULL, NULL, error);
}

/* --- rows */

/* A row grows cell by cell; the table takes it. */
static GPtrArray *row_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

static void row_add(GPtrArray *row, char *text)
{
    g_ptr_array_add(row, text);
}

static void row_add_number(GPtrArray *row, int64_t number)
{
    row_add(row, g_strdup_printf("%" G_GINT64_FORMAT, number));
}

static void row_add_work(GPtrArray *row, const Pool *pool, const WorkedEntry *entry)
{
    row_add(row, day_format(zone_day(pool->zone, entry->start_min)));
    row_add(row, zone_format(pool->zone, entry->start_min));
    row_add(row, zone_format(pool->zone, entry->end_min));
}

/* What the entry takes back; empty if nothing. */
static void row_add_entry(GPtrArray *row, const WorkedEntry *entry)
{
    row_add_number(row, entry->entry);
    row_add(row, entry->reverses ? g_strdup_printf("%" G_GINT64_FORMAT, entry->reverses) : g_strdup(""));
}

static const Shift *shift_of(const Pool *pool, const WorkedEntry *entry)
{
    guint shift;
    return pool_find_shift(pool, entry->shift, &shift) ? pool_shift(pool, shift) : NULL;
}

/* Hours with at most four decimals: 450 minutes are 7.5. */
static char *hours_text(int64_t minutes)
{
    int64_t hours_e4 = half_up((__int128)ABS(minutes) * DECIMAL_ONE, 60);
    return decimal_format(minutes < 0 ? -hours_e4 : hours_e4);
}

TextTable *hours_table(const Pool *pool, const GPtrArray *entries)
{
    static const char *const columns[] = {"entry",       "reverses",    "worker",          "coop",   "assignment",
                                          "cost_centre", "date",        "start",           "end",    "break_min",
                                          "paid_min",    "hour_type",   "rate_multiplier", "reason", "state",
                                          "note",        "approved_by", "approved_at"};
    TextTable *table = text_table_new(columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < entries->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(entries, i);
        const Shift *shift = shift_of(pool, entry);
        GPtrArray *row = row_new();
        row_add_entry(row, entry);
        row_add(row, g_strdup(entry->worker));
        row_add(row, g_strdup(entry->coop));
        row_add(row, g_strdup_printf("%s/%s", entry->shift, entry->worker));
        row_add(row, g_strdup(shift ? shift->role : ""));
        row_add_work(row, pool, entry);
        row_add_number(row, entry->break_min);
        row_add_number(row, entry->paid_min);
        row_add(row, g_strdup("HT100"));
        row_add_number(row, 100);
        row_add(row, g_strdup(worked_reason_name(entry->reason)));
        row_add(row, g_strdup(entry->is_disputed ? "disputed" : "confirmed"));
        row_add(row, g_strdup(entry->note));
        row_add(row, g_strdup(entry->by));
        row_add(row, utc_format(entry->at_s / 60));
        text_table_take(table, row);
    }
    return table;
}

/* --- invoices */

static int billed_compare(gconstpointer left, gconstpointer right)
{
    const WorkedEntry *a = *(const WorkedEntry *const *)left, *b = *(const WorkedEntry *const *)right;
    int order = strcmp(a->coop, b->coop);
    return order ? order : a->entry < b->entry ? -1 : a->entry > b->entry;
}

TextTable *invoice_table(const Pool *pool, const GPtrArray *entries)
{
    static const char *const columns[] = {"coop",  "name", "entry",  "reverses", "order", "role", "worker", "date",
                                          "start", "end",  "reason", "minutes",  "hours", "rate", "amount"};
    TextTable *table = text_table_new(columns, G_N_ELEMENTS(columns));
    g_autoptr(GPtrArray) billed = g_ptr_array_new();
    for (guint i = 0; i < entries->len; i++) {
        WorkedEntry *entry = g_ptr_array_index(entries, i);
        if (*entry->coop && !entry->is_disputed)
            g_ptr_array_add(billed, entry);
    }
    g_ptr_array_sort(billed, billed_compare);
    for (guint i = 0; i < billed->len; i++) {
        const WorkedEntry *entry = g_ptr_array_index(billed, i);
        const Shift *shift = shift_of(pool, entry);
        guint coop;
        gboolean is_known = pool_find_coop(pool, entry->coop, &coop);
        Decimal rate = is_known ? pool_coop(pool, coop)->rate : 0;
        int64_t cents = cents_per_hour(rate, ABS(entry->paid_min));
        GPtrArray *row = row_new();
        row_add(row, g_strdup(entry->coop));
        row_add(row, g_strdup(is_known ? pool_coop(pool, coop)->name : ""));
        row_add_entry(row, entry);
        row_add(row, g_strdup(entry->shift));
        row_add(row, g_strdup(shift ? shift->role : ""));
        row_add(row, g_strdup(entry->worker));
        row_add_work(row, pool, entry);
        row_add(row, g_strdup(worked_reason_name(entry->reason)));
        row_add_number(row, entry->paid_min);
        row_add(row, hours_text(entry->paid_min));
        row_add(row, decimal_format(rate));
        row_add(row, cents_format(entry->paid_min < 0 ? -cents : cents));
        text_table_take(table, row);
    }
    return table;
}
