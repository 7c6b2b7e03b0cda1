/*
 * The office: where acts are done while the service runs. It has the desk, does short acts at once, runs long ones in
 * child processes (`rooster act-worker`), answers what the inbox holds, and looks after time: offers that expire,
 * answers that need not be kept any longer, the last use of tokens.
 *
 * Between them one child waits with the pool loaded.
 *
 * One thread, one GLib main context; nothing here blocks for longer than a short act takes. A child that aborts, hangs
 * or eats memory is ended and its act fails; the office goes on.
 */
#ifndef ROOSTER_OFFICE_H
#define ROOSTER_OFFICE_H

#include "rooster/act.h"

G_BEGIN_DECLS

#define OFFICE_ERROR (office_error_quark())
GQuark office_error_quark(void);
typedef enum OfficeError {
    OFFICE_ERROR_CHILD, /* the child died, talked nonsense, or took too long */
    OFFICE_ERROR_BUSY   /* too many long acts wait already */
} OfficeError;

typedef struct OfficeOptions {
    const char *program;    /* of the children: "/proc/self/exe" */
    const char *db;         /* that they open */
    int64_t clock_offset_s; /* what the office takes for now, less the real clock; 0 but in tests and replays */
    int children_most;      /* at a time; 0: two */
    int wall_s;             /* of a long act that does not say how long it may take (0: 120), of a command (0: 300) */
    int patience_s;         /* from a wish to stop to the end of the child; 0: 15 */
} OfficeOptions;

typedef struct Office Office;

/* The store must outlive the office; options are copied. There need be no pool yet: an import brings it. */
Office *office_new(Store *store, const OfficeOptions *options, GError **error);
/* Ends every child, best so far or not. No callback comes after this. */
void office_free(Office *office);

int64_t office_now_s(const Office *office);
/* The desk, fresh; for looking. NULL on an error of the store, or (DESK_ERROR_EMPTY) before there is a pool. Valid
 * until the main loop runs again. */
Desk *office_desk(Office *office, GError **error);

/* --- acts */

typedef struct OfficeTask OfficeTask;

typedef struct OfficeCall {
    const Act *act;
    Actor actor;
    json_t *arguments;     /* borrowed, copied; NULL: none */
    const char *key;       /* NULL: none */
    int64_t version;       /* -1: not said */
    const ActStamp *known; /* borrowed during the call; of short acts only */
    guint known_count;
    const ActProposal *proposal; /* borrowed during the call; of the act `draft` only */
    /* Borrowed, though answer->proposal may be stolen. With an error the answer has its details and nothing else. */
    void (*done)(ActAnswer *answer, const GError *error, gpointer context);
    void (*progress)(const json_t *event, gpointer context); /* of a long act; may be NULL */
    gpointer context;
} OfficeCall;

/* A short act is done when this returns, and NULL is returned; a long one has a task until `done` was called. */
OfficeTask *office_call(Office *office, const OfficeCall *call);
/* Asks a long act to come to an end with the best so far; one that still waits is refused, within a second. */
void office_task_stop(OfficeTask *task);
/* Nobody listens any more: the act goes on, and its callbacks do not come. */
void office_task_forget(OfficeTask *task);

/*
 * Runs a command of the command line on the office's database, as a child process of the actor's name, and gives what
 * it printed: for answers that the command line has already (explain, advise, check, import, export). arguments end
 * with NULL; what they hold is as it was given, so ids and weeks only, never an option. exit_code -1: it died or was
 * ended, or too many wait already. As many run at a time as long acts; the others wait. complaint: its sentence on
 * stderr, "" if none; both texts are borrowed.
 */
typedef void (*OfficePrinted)(int exit_code, const char *printed, gsize length, const char *complaint,
                              gpointer context);
typedef struct OfficeCommand OfficeCommand;
OfficeCommand *office_command(Office *office, const char *actor_name, const char *const *arguments, OfficePrinted done,
                              gpointer context);
/* FALSE: so many commands wait already that one more would be refused. */
gboolean office_has_room(const Office *office);
/* Nobody listens any more: the command is ended and `done` does not come. */
void office_command_forget(OfficeCommand *command);

/* --- what the others need to know */

/* Called, from the main loop, after anything was written by anybody. */
typedef void (*OfficeListener)(gpointer context);
void office_listen(Office *office, OfficeListener listener, gpointer context);
/* How many changes the office knows of: its own acts count before they are answered, what other processes write within
 * a second. What somebody keeps of the store is as good as new while the number stays. */
int64_t office_changes(const Office *office);

/* A token was used now; kept with the next tick. */
void office_token_used(Office *office, const Token *token);

/* What came over a broker: kept in the inbox when this returns TRUE, and answered through the outbox. */
gboolean office_take(Office *office, const char *coop, const char *payload, const char *correlation, GError **error);

typedef struct OfficeFigures {
    int64_t acts, refused, failed; /* done since the start */
    int64_t children, children_failed;
    int running, waiting; /* long acts now */
    int64_t inbox_answered;
    double plan_seconds_last, plan_gap_last;
} OfficeFigures;
const OfficeFigures *office_figures(const Office *office);

/* --- the child's side */

/* Reads one act from `in`, does it, writes progress and the answer to `out` as JSON lines. Exit code. */
int act_worker_main(Store *store, const char *program, FILE *in, FILE *out);

G_END_DECLS

#endif
