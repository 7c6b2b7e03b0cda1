/*
 * What `spike` and `absent` share: how long to look for an answer, what is stored of it, and how it is told.
 */
#ifndef CLI_REACTING_H
#define CLI_REACTING_H

#include "report.h"
#include "rooster/react.h"
#include "session.h"

/* --seconds, --work and --threads; the solve in a child process. */
gboolean reacting_options(const Session *session, RepairOptions *options, GError **error);

/* What happened and, with --accept, its answers as published, else as drafts; one transaction. */
gboolean reacting_store(const Session *session, const Reaction *reaction, const AuditEntry *audit, GError **error);

/* The tables of all answers. Writes the feeds, too, where they are published. */
void reacting_report(const Session *session, const Reaction *reaction, Report *report);

#endif
