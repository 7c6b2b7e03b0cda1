#include "sheet.h"

void sheet_free(Sheet *sheet)
{
    if (sheet == NULL)
        return;
    week_free(sheet->week);
    roster_free(sheet->roster);
    g_free(sheet);
}

/* The week's draft into the sheet, if there is one. FALSE on an error only. */
static gboolean load_draft(Sheet *sheet, const Session *session, IsoWeek week, GError **error)
{
    sheet->step = store_draft_step(session->store, week, error);
    if (sheet->step <= 0)
        return sheet->step == 0;
    g_autoptr(GError) reason = NULL;
    sheet->roster = store_load_draft(session->store, session->pool, week, &sheet->figures, &reason);
    if (sheet->roster == NULL && !g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return FALSE;
    }
    return TRUE;
}

static gboolean is_repair(const Sheet *sheet, SheetUse use)
{
    return sheet->published != NULL &&
           (use == SHEET_REPAIR || use == SHEET_MOVE || (use == SHEET_LOOK && sheet->state == SHEET_DRAFT));
}

Sheet *sheet_open(const Session *session, IsoWeek week, SheetUse use, GError **error)
{
    g_autoptr(Sheet) sheet = g_new0(Sheet, 1);
    sheet->week = week_new(session->pool, week, session->published);
    sheet->published = sheet->week->published;
    if (use == SHEET_REPAIR && sheet->published == NULL) {
        g_autofree char *name = iso_week_format(week);
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s has no published roster to keep; plan it without --keep",
                    name);
        return NULL;
    }
    if (!load_draft(sheet, session, week, error))
        return NULL;
    if (use == SHEET_LOOK_PUBLISHED)
        g_clear_pointer(&sheet->roster, roster_free);
    if (sheet->roster != NULL) {
        sheet->state = SHEET_DRAFT;
        week_lift_pins(sheet->week, sheet->roster);
    } else if (sheet->published != NULL) {
        sheet->state = SHEET_PUBLISHED;
        sheet->roster = store_load_published_week(session->store, session->pool, week, &sheet->figures, error);
        if (sheet->roster == NULL)
            return NULL;
    } else {
        sheet->state = SHEET_EMPTY;
        sheet->roster = roster_new(week, ROSTER_DRAFT, 0);
    }
    if (is_repair(sheet, use))
        week_set_repair(sheet->week, session_now_min(session));
    return g_steal_pointer(&sheet);
}

Sheet *sheet_look(const Session *session, IsoWeek week, GError **error)
{
    return sheet_open(session, week, session->options.is_published ? SHEET_LOOK_PUBLISHED : SHEET_LOOK, error);
}

GPtrArray *sheets_open(const Session *session, IsoWeek first, int count, SheetUse use, GError **error)
{
    g_autoptr(GPtrArray) sheets = g_ptr_array_new_with_free_func((GDestroyNotify)sheet_free);
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
    return week_beside(sheet->week, rosters, session->published);
}

char *sheets_title(const GPtrArray *sheets)
{
    const Sheet *first = g_ptr_array_index(sheets, 0), *last = g_ptr_array_index(sheets, sheets->len - 1);
    g_autofree char *from = iso_week_format(first->week->week), *until = iso_week_format(last->week->week);
    return g_strdup_printf("%s to %s", from, until);
}

gboolean sheet_require(const Sheet *sheet, GError **error)
{
    if (sheet->state != SHEET_EMPTY)
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

Roster *sheet_pins(const Sheet *sheet)
{
    Roster *pins = roster_new(sheet->roster->week, ROSTER_DRAFT, sheet->roster->revision);
    for (guint index = 0; index < sheet->roster->assignments->len; index++) {
        const Assignment *assignment = roster_at(sheet->roster, index);
        if (assignment->is_pinned)
            roster_add(pins, assignment->shift, assignment->worker, TRUE);
    }
    return pins;
}

char *sheet_title(const Sheet *sheet)
{
    g_autofree char *week = iso_week_format(sheet->week->week);
    switch (sheet->state) {
    case SHEET_EMPTY:
        return g_strdup_printf("No roster of %s yet", week);
    case SHEET_PUBLISHED:
        return g_strdup_printf("Published roster of %s, revision %d", week, sheet->roster->revision);
    case SHEET_DRAFT:
        break;
    }
    if (sheet->published != NULL)
        return g_strdup_printf("Draft of %s, beside published revision %d", week, sheet->published->revision);
    return g_strdup_printf("Draft of %s", week);
}

void sheet_report(const Sheet *sheet, Report *report)
{
    static const char *const names[] = {
        [SHEET_EMPTY] = "none", [SHEET_DRAFT] = "draft", [SHEET_PUBLISHED] = "published"};
    g_autofree char *week = iso_week_format(sheet->week->week);
    g_autofree char *title = sheet_title(sheet);
    report_fact(report, "week", week);
    report_fact(report, "roster", names[sheet->state]);
    report_fact_number(report, "revision", sheet->roster->revision);
    report_line(report, "%s", title);
}

gboolean sheet_save_draft(const Session *session, const Sheet *sheet, Roster *draft, const PlanFigures *figures,
                          const SolveRecord *record, const AuditEntry *audit, GError **error)
{
    g_autofree char *json = record != NULL ? solve_record_to_json(record) : NULL;
    draft->state = ROSTER_DRAFT;
    draft->revision = sheet->published != NULL ? sheet->published->revision : 0;
    return store_save_draft(session->store, session->pool, draft, figures, json, sheet->step, audit, error);
}

gboolean sheet_load_record(const Session *session, const Sheet *sheet, RosterState of, SolveRecord **record,
                           GError **error)
{
    g_autofree char *json = NULL;
    *record = NULL;
    if (!store_load_record(session->store, sheet->week->week, of, &json, error))
        return FALSE;
    if (json != NULL)
        *record = solve_record_from_json(json, error);
    return json == NULL || *record != NULL;
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
