/*
 * What the scheduler found, as tables: violations, and the changes that a draft makes to what is published.
 */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include "rooster/rules.h"
#include "sheet.h"

/* A table "violations". */
void report_violations(Report *report, const Pool *pool, const GPtrArray *violations);

/* Of Violation: each sheet's roster judged beside the others. They must outlive it. Caller unrefs. */
GPtrArray *sheets_violations(const Session *session, const GPtrArray *sheets);

/* A table "changes" by worker, with the notice each change gives; a sum for people. Gives the number of changes. */
guint report_changes(Report *report, const Session *session, const Week *week, const Roster *published,
                     const Roster *roster);

/* The terms in which two costs differ: a table "price" of what changes, and "price_cents". */
void report_price(Report *report, const Cost *before, const Cost *after);

#endif
