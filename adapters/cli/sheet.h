/*
 * The sheet on the planner's table: one week, and the roster of it that a command is about.
 */
#ifndef CLI_SHEET_H
#define CLI_SHEET_H

#include "rooster/plan_weeks.h"
#include "rooster/desk.h"
#include "session.h"

typedef DeskWeek Sheet;

/* CLI_ERROR_USE where there is no published roster to keep (DESK_KEEP). */
Sheet *sheet_open(const Session *session, IsoWeek week, DeskUse use, GError **error);
/* For looking: DESK_LOOK or, with --published, DESK_LOOK_PUBLISHED. */
Sheet *sheet_look(const Session *session, IsoWeek week, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, desk_week_free)

/* The sheets of so many weeks in a row, opened one by one. Of Sheet; caller unrefs. */
GPtrArray *sheets_open(const Session *session, IsoWeek first, int count, DeskUse use, GError **error);
/* The week of one of the sheets, as it is judged with the rosters of the others beside it. They must outlive it. */
Week *sheets_judge(const Session *session, const GPtrArray *sheets, guint index);
/* "2026-W49 to 2026-W52". Caller frees. */
char *sheets_title(const GPtrArray *sheets);

/* Refuses an empty sheet: CLI_ERROR_USE with what to do. */
gboolean sheet_require(const Sheet *sheet, GError **error);

/* Refuses a week in which nobody asks for anything, likewise: most likely another was meant. */
gboolean sheet_require_demand(const Sheet *sheet, GError **error);

/* "Draft of 2026-W49, beside published revision 1". Caller frees. */
char *sheet_title(const Sheet *sheet);
/* "none", "draft" or "published", for programs. */
const char *sheet_state_name(const Sheet *sheet);
/* Puts week, roster and revision into the report, for programs; and the title, for people. */
void sheet_report(const Sheet *sheet, Report *report);

/* "Amina Bakker", or the id where no name is known. */
const char *worker_name(const Worker *worker);
/* "Mon 30 Nov 08:00-16:30". Caller frees. */
char *shift_times(const Pool *pool, guint shift);

#endif
