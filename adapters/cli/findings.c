#include "findings.h"

#include "rooster/publish.h"

static GPtrArray *shift_ids(const Pool *pool, const GArray *shifts)
{
    GPtrArray *ids = g_ptr_array_new();
    for (guint index = 0; index < shifts->len; index++)
        g_ptr_array_add(ids, (gpointer)pool_shift(pool, g_array_index(shifts, guint, index))->id);
    return ids;
}

void report_violations(Report *report, const Pool *pool, const GPtrArray *violations)
{
    static const Column columns[] = {{"rule", "Rule", 0},
                                     {"article", "Article", COLUMN_WRAP},
                                     {"worker", "Worker", 0},
                                     {"shifts", "Shifts", COLUMN_WRAP},
                                     {"figures", "Figures", COLUMN_WRAP}};
    Table *table = report_table(report, FOR_ALL, "violations", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No rule is broken.");
    for (guint index = 0; index < violations->len; index++) {
        const Violation *violation = g_ptr_array_index(violations, index);
        g_autoptr(GPtrArray) ids = shift_ids(pool, violation->shifts);
        table_text(table, violation->rule);
        table_text(table, violation->article);
        if (violation->worker != VIOLATION_NO_WORKER)
            table_text(table, pool_worker(pool, violation->worker)->id);
        else
            table_none(table);
        table_list(table, ids, " ");
        table_text(table, violation->text);
    }
}

/* The warning about the change, or NULL. */
static const NoticeWarning *warning_of(const GArray *warnings, const RosterChange *change)
{
    for (guint index = 0; index < warnings->len; index++) {
        const NoticeWarning *warning = &g_array_index(warnings, NoticeWarning, index);
        if (warning->shift == change->shift && warning->worker == change->worker &&
            warning->is_added == change->is_added)
            return warning;
    }
    return NULL;
}

/* "starts in 26:00 h, short notice; its pay stays owed" */
static char *notice_text(const NoticeWarning *warning)
{
    if (warning == NULL)
        return g_strdup("");
    g_autofree char *ahead = minutes_format(ABS(warning->ahead_min));
    const char *consequence = warning->is_added ? "the worker may refuse" : "the pay stays owed";
    return warning->ahead_min < 0 ? g_strdup_printf("began %s h ago; %s", ahead, consequence)
                                  : g_strdup_printf("%s h ahead; %s", ahead, consequence);
}

GPtrArray *sheets_violations(const Session *session, const GPtrArray *sheets)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)violation_free);
    for (guint at = 0; at < sheets->len; at++) {
        const Sheet *sheet = g_ptr_array_index(sheets, at);
        g_autoptr(Week) judged = sheets_judge(session, sheets, at);
        GPtrArray *own = rules_check(judged, sheet->roster);
        g_ptr_array_extend_and_steal(all, own);
    }
    return all;
}

guint report_changes(Report *report, const Session *session, const Week *week, const Roster *published,
                     const Roster *roster)
{
    static const Column columns[] = {{"worker", "Worker", 0},           {"name", "Name", COLUMN_CUT},
                                     {"change", "Change", 0},           {"shift", "Shift", COLUMN_WRAP},
                                     {"start", "", COLUMN_PROGRAM},     {"", "When", COLUMN_PEOPLE},
                                     {"ahead_min", "", COLUMN_PROGRAM}, {"notice", "Short notice", COLUMN_WRAP}};
    const Pool *pool = week->pool;
    g_autoptr(GArray) changes = roster_diff(pool, published, roster);
    g_autoptr(GArray) warnings = publish_notice_warnings(week, roster, published, session->desk.now_s);
    Table *table = report_table(report, FOR_ALL, "changes", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Nothing changes.");
    for (guint index = 0; index < changes->len; index++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, index);
        const Worker *worker = pool_worker(pool, change->worker);
        const Shift *shift = pool_shift(pool, change->shift);
        g_autofree char *times = shift_times(pool, change->shift);
        g_autofree char *notice = notice_text(warning_of(warnings, change));
        table_text(table, worker->id);
        table_text(table, worker_name(worker));
        table_text(table, change->is_added ? "added" : "dropped");
        table_text(table, shift->id);
        table_time(table, pool->zone, shift->start_min);
        table_text(table, times);
        table_number(table, shift->start_min - session_now_min(session));
        table_text(table, notice);
    }
    if (changes->len > 0) {
        report_line(report, "%u changes, %u of them at less than four days' notice (BW 7:628a).", changes->len,
                    warnings->len);
    }
    return changes->len;
}

void report_price(Report *report, const Cost *before, const Cost *after)
{
    static const Column columns[] = {{"term", "Price of it", 0}, {"cents", "euro", COLUMN_RIGHT}};
    int64_t sum_cents = cost_total(after) - cost_total(before);
    report_fact_number(report, "price_cents", sum_cents);
    report_fact_number(report, "cost_cents", cost_total(after));
    Table *table = report_table(report, FOR_ALL, "price", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "The price stays the same.");
    gboolean has_rows = FALSE;
    for (int term = 0; term < COST_TERMS; term++) {
        int64_t cents = after->cents[term] - before->cents[term];
        if (cents != 0) {
            table_text(table, cost_term_name((CostTerm)term));
            table_cents(table, cents);
            has_rows = TRUE;
        }
    }
    if (has_rows) {
        table_total(table);
        table_text(table, "together");
        table_cents(table, sum_cents);
    }
}
