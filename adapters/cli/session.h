/*
 * One run of a command: its options, the store it works on, the pool in it, and what time it is.
 *
 * Calls return TRUE (or a result), or FALSE (NULL) with *error set. What a session loaded lives until session_clear.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "cli/cli.h"
#include "options.h"
#include "report.h"

#include "rooster/desk.h"

/* EXIT_BY_ERROR: as *error says. */
typedef enum ExitCode {
    EXIT_DONE = 0,
    EXIT_FAILED_CHECK = 1,
    EXIT_BAD_USE = 2,
    EXIT_INTERNAL = 3,
    EXIT_BY_ERROR = -1
} ExitCode;

typedef struct Session {
    const CliPorts *ports;
    Options options;
    OutputFormat format;
    Desk desk; /* its store is the session's */
} Session;

void session_clear(Session *session);

const char *session_db(const Session *session);

/* The store alone; then the pool, the published rosters and the time, too. */
gboolean session_open_store(Session *session, GError **error);
gboolean session_open(Session *session, GError **error);
/* Like session_open, but a database that holds no pool yet is fine: pool and published are NULL then, and --now is UTC.
 */
gboolean session_open_empty(Session *session, GError **error);
/* Sets now_s from --now in the zone, else from the clock. session_open has done it. */
gboolean session_set_now(Session *session, const Zone *zone, GError **error);
static inline int64_t session_now_min(const Session *session)
{
    return session->desk.now_s / 60;
}

/* --week, else the week after now; in the pool's zone, or in another. */
gboolean session_week(const Session *session, IsoWeek *week, GError **error);
gboolean session_week_in(const Session *session, const Zone *zone, IsoWeek *week, GError **error);
/* --weeks, else 1; at most PLAN_WEEKS_MOST. */
gboolean session_week_count(const Session *session, int *count, GError **error);
/* --shift and --worker, which must be there. */
gboolean session_shift(const Session *session, guint *shift, GError **error);
gboolean session_worker(const Session *session, guint *worker, GError **error);
gboolean session_coop(const Session *session, guint *coop, GError **error);
/* The week of the shift; it must be that of --week, if that is given. */
gboolean session_week_of_shift(const Session *session, guint shift, IsoWeek *week, GError **error);

/* Numbers among the options: `text` (NULL: the default) of option `name` in [least, most]. */
gboolean session_integer(const char *name, const char *text, int64_t least, int64_t most, int64_t *value,
                         GError **error);
gboolean session_real(const char *name, const char *text, double least, double most, double *value, GError **error);

/* Who does it, for the audit trail: --as, else "cli:" and the user's name. Caller frees. */
char *session_actor(const Session *session);
/* The audit trail's entry for what this run does. Caller frees. */
AuditEntry *session_audit(const Session *session, const char *what, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* A sentence on stderr: "rooster: warning: ...". */
void session_warn(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif
