#include "sheet.h"

Sheet *sheet_open(const Session *session, IsoWeek week, DeskUse use, GError **error)
{
    g_autoptr(GError) reason = NULL;
    Sheet *sheet = desk_week_open(&session->desk, week, use, &reason);
    gboolean is_keep = use == DESK_KEEP || use == DESK_REPAIR;
    if (sheet == NULL && is_keep && g_error_matches(reason, DESK_ERROR, DESK_ERROR_EMPTY))
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s; plan it without --keep", reason->message);
    else if (sheet == NULL)
        g_propagate_error(error, g_steal_pointer(&reason));
    return sheet;
}

Sheet *sheet_look(const Session *session, IsoWeek week, GError **error)
{
    return sheet_open(session, week, session->options.is_published ? DESK_LOOK_PUBLISHED : DESK_LOOK, error);
}

GPtrArray *sheets_open(const Session *session, IsoWeek first, int count, DeskUse use, GError **error)
{
    g_autoptr(GPtrArray) sheets = g_ptr_array_new_with_free_func((GDestroyNotify)desk_week_free);
    for (int place = 0; place < count; place++) {
        Sheet *sheet = sheet_open(session, (IsoWeek){first.monday + 7 * place}, use, error);
        if (sheet == NULL)
            return NULL;
        g_ptr_array_add(sheets, sheet);
    }
    return g_steal_pointer(&sheets);
}

Week *sheets_judge(const Session *session, const GPtrArray *sheets, guint index)
{
    g_autoptr(GPtrArray) rosters = g_ptr_array_new();
    for (guint at = 0; at < sheets->len; at++)
        g_ptr_array_add(rosters, ((Sheet *)g_ptr_array_index(sheets, at))->roster);
    const Sheet *sheet = g_ptr_array_index(sheets, index);
    return week_beside(sheet->week, rosters, session->desk.published);
}

char *sheets_title(const GPtrArray *sheets)
{
    const Sheet *first = g_ptr_array_index(sheets, 0), *last = g_ptr_array_index(sheets, sheets->len - 1);
    g_autofree char *from = iso_week_format(first->week->week), *until = iso_week_format(last->week->week);
    return g_strdup_printf("%s to %s", from, until);
}

gboolean sheet_require(const Sheet *sheet, GError **error)
{
    if (sheet->state != DESK_WEEK_EMPTY)
        return TRUE;
    g_autofree char *week = iso_week_format(sheet->week->week);
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s has no roster yet; `rooster plan --week %s` makes one", week,
                week);
    return FALSE;
}

gboolean sheet_require_demand(const Sheet *sheet, GError **error)
{
    const Pool *pool = sheet->week->pool;
    if (sheet->week->shifts->len > 0)
        return TRUE;
    g_autofree char *name = iso_week_format(sheet->week->week);
    if (pool->shifts->len == 0) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s has no shifts, and neither has any other week", name);
        return FALSE;
    }
    IsoWeek first = pool_shift(pool, 0)->week, last = first;
    for (guint index = 1; index < pool->shifts->len; index++) {
        IsoWeek week = pool_shift(pool, index)->week;
        first = week.monday < first.monday ? week : first;
        last = week.monday > last.monday ? week : last;
    }
    g_autofree char *from = iso_week_format(first), *until = iso_week_format(last);
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s has no shifts; those of the pool are in %s to %s", name, from,
                until);
    return FALSE;
}

char *sheet_title(const Sheet *sheet)
{
    g_autofree char *week = iso_week_format(sheet->week->week);
    switch (sheet->state) {
    case DESK_WEEK_EMPTY:
        return g_strdup_printf("No roster of %s yet", week);
    case DESK_WEEK_PUBLISHED:
        return g_strdup_printf("Published roster of %s, revision %d", week, sheet->roster->revision);
    case DESK_WEEK_DRAFT:
        break;
    }
    if (sheet->published != NULL)
        return g_strdup_printf("Draft of %s, beside published revision %d", week, sheet->published->revision);
    return g_strdup_printf("Draft of %s", week);
}

const char *sheet_state_name(const Sheet *sheet)
{
    static const char *const names[] = {
        [DESK_WEEK_EMPTY] = "none", [DESK_WEEK_DRAFT] = "draft", [DESK_WEEK_PUBLISHED] = "published"};
    return names[sheet->state];
}

void sheet_report(const Sheet *sheet, Report *report)
{
    g_autofree char *week = iso_week_format(sheet->week->week);
    g_autofree char *title = sheet_title(sheet);
    report_fact(report, "week", week);
    report_fact(report, "roster", sheet_state_name(sheet));
    report_fact_number(report, "revision", sheet->roster->revision);
    report_line(report, "%s", title);
}

const char *worker_name(const Worker *worker)
{
    return worker->name[0] != '\0' ? worker->name : worker->id;
}

char *shift_times(const Pool *pool, guint shift)
{
    const Shift *work = pool_shift(pool, shift);
    g_autofree char *start = zone_format_short(pool->zone, work->start_min);
    g_autofree char *end = zone_format_clock(pool->zone, work->end_min);
    return g_strdup_printf("%s-%s", start, end);
}
