/*
 * The sheet on the planner's table: one week, and the roster of it that a command is about.
 */
#ifndef CLI_SHEET_H
#define CLI_SHEET_H

#include "rooster/plan_weeks.h"
#include "rooster/solve_record.h"
#include "rooster/week.h"
#include "session.h"

typedef enum SheetState { SHEET_EMPTY, SHEET_DRAFT, SHEET_PUBLISHED } SheetState;

typedef struct Sheet {
    Week *week;
    Roster *roster;          /* never NULL; without assignments where SHEET_EMPTY */
    const Roster *published; /* of the week, as it is published; or NULL */
    SheetState state;
    PlanFigures figures;
    int step; /* the draft's; 0 if there is none */
} Sheet;

/* What the sheet is for. */
typedef enum SheetUse {
    SHEET_LOOK,           /* the draft, else the published roster */
    SHEET_LOOK_PUBLISHED, /* the published roster */
    SHEET_MOVE,           /* as SHEET_LOOK, to begin or go on with a draft */
    SHEET_PLAN,           /* as SHEET_LOOK, for a plan that owes the published roster nothing */
    SHEET_REPAIR          /* as SHEET_LOOK, for a plan that keeps to the published roster, which must be there */
} SheetUse;

/*
 * The week with its draft or its published roster. A draft of a published week is judged as a repair from now, as that
 * is what publishing it would be: changes are charged, and what has begun stays.
 */
Sheet *sheet_open(const Session *session, IsoWeek week, SheetUse use, GError **error);
/* For looking: SHEET_LOOK or, with --published, SHEET_LOOK_PUBLISHED. */
Sheet *sheet_look(const Session *session, IsoWeek week, GError **error);
void sheet_free(Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

/* The sheets of so many weeks in a row, opened one by one. Of Sheet; caller unrefs. */
GPtrArray *sheets_open(const Session *session, IsoWeek first, int count, SheetUse use, GError **error);
/* The week of one of the sheets, as it is judged with the rosters of the others beside it. They must outlive it. */
Week *sheets_judge(const Session *session, const GPtrArray *sheets, guint index);
/* "2026-W49 to 2026-W52". Caller frees. */
char *sheets_title(const GPtrArray *sheets);

/* Refuses an empty sheet: CLI_ERROR_USE with what to do. */
gboolean sheet_require(const Sheet *sheet, GError **error);

/* Refuses a week in which nobody asks for anything, likewise: most likely another was meant. */
gboolean sheet_require_demand(const Sheet *sheet, GError **error);

/*
 * What of the roster goes into a plan: the pins. Its other assignments would make the result depend on what was planned
 * before, and the same pool with the same work limit is to give the same roster (plan --fresh). Caller frees.
 */
Roster *sheet_pins(const Sheet *sheet);

/* "Draft of 2026-W49, beside published revision 1". Caller frees. */
char *sheet_title(const Sheet *sheet);
/* Puts week, roster and revision into the report, for programs; and the title, for people. */
void sheet_report(const Sheet *sheet, Report *report);

/* The draft as a new step, by hand (record NULL) or by a plan. */
gboolean sheet_save_draft(const Session *session, const Sheet *sheet, Roster *draft, const PlanFigures *figures,
                          const SolveRecord *record, const AuditEntry *audit, GError **error);
/* What is kept of the solve behind the draft or the published roster; *record NULL if nothing is. Caller frees. */
gboolean sheet_load_record(const Session *session, const Sheet *sheet, RosterState of, SolveRecord **record,
                           GError **error);

/* "Amina Bakker", or the id where no name is known. */
const char *worker_name(const Worker *worker);
/* "Mon 30 Nov 08:00-16:30". Caller frees. */
char *shift_times(const Pool *pool, guint shift);

#endif
