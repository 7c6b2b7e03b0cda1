/*
 * Acts: all that somebody outside may ask of the pool, each by its name with arguments as a JSON object, answered with
 * a JSON object - whoever carries it here: HTTP, MQTT, a child process, the command line.
 *
 * One table (act_table.c) says of each act who may do it, what arguments it takes, and whether it writes; act_run holds
 * everybody to that before the act's own code sees anything. So no act checks a role, a missing argument or a repeated
 * request by itself. Including this needs jansson.
 */
#ifndef ROOSTER_ACT_H
#define ROOSTER_ACT_H

#include "rooster/desk.h"
#include "rooster/sentence.h"

#include <jansson.h>

G_BEGIN_DECLS

#define ACT_ERROR (act_error_quark())
GQuark act_error_quark(void);
typedef enum ActError {
    ACT_ERROR_INVALID,   /* an argument: missing, unknown, of the wrong kind, out of range, a name that is not there */
    ACT_ERROR_FORBIDDEN, /* not theirs to see or do */
    ACT_ERROR_NOT_FOUND, /* the week, shift, worker, case that is asked for is not there (or not theirs to know of) */
    ACT_ERROR_STALE,     /* it was changed since the version that was named: look again */
    ACT_ERROR_REFUSED,   /* understood, and against a rule or the state of things; details in the answer */
    ACT_ERROR_REUSED     /* the key of an earlier request, for something else */
} ActError;

typedef enum ActorRole { ACTOR_PLANNER, ACTOR_WORKER, ACTOR_COOP } ActorRole;
#define ACTOR_ROLES 3
/* "planner", "worker", "coop"; static. */
const char *actor_role_name(ActorRole role);

typedef struct Actor {
    ActorRole role;
    const char *id;   /* of the worker or coop; "" for a planner */
    const char *name; /* for the audit trail: "planner:t3f9", "worker:amina" */
} Actor;

typedef enum ArgumentKind {
    ARGUMENT_ID,      /* a name of something: id_is_valid */
    ARGUMENT_TEXT,    /* at most `most` bytes of UTF-8, no control characters but line breaks */
    ARGUMENT_INTEGER, /* in [least, most] */
    ARGUMENT_NUMBER,  /* in [least, most] */
    ARGUMENT_BOOLEAN,
    ARGUMENT_WEEK,   /* "2026-W49" */
    ARGUMENT_TIME,   /* "2026-11-30T08:00", local to the pool or with an offset */
    ARGUMENT_CHOICE, /* one of `choices` */
    ARGUMENT_IDS,    /* an array of at most `most` ids, each once */
    ARGUMENT_LIST,   /* an array of at most `most` objects with the members `members` */
} ArgumentKind;

typedef struct Argument {
    const char *name; /* NULL ends a list */
    ArgumentKind kind;
    gboolean is_required;
    int64_t least, most;
    const char *const *choices;
    const struct Argument *members;
    const char *about; /* what it means, one line; for descriptions */
} Argument;

typedef struct ActRun ActRun;

typedef struct Act {
    const char *name;
    const char *about;   /* one line */
    guint roles;         /* bits 1 << ActorRole */
    gboolean is_write;   /* changes something; may carry a key */
    gboolean has_secret; /* its answer is shown once and kept nowhere, so it takes no key */
    gboolean is_watched; /* a long one whose course people watch: it takes no key */
    gboolean is_long;    /* may take long or much memory: the service runs it in a child process */
    const Argument *arguments;
    gboolean (*run)(ActRun *run, GError **error);
} Act;

/* Every act, ended by a NULL name. */
extern const Act act_table[];
const Act *act_find(const char *name);

/* A roster that a plan found, with what was proven of it and what is kept of the solve: for taking it later. */
typedef struct ActProposal {
    PlanFigures figures;
    char *record; /* solve_record_to_json */
} ActProposal;
void act_proposal_free(ActProposal *proposal);

/* What an answer about a week was made from: where both are the same again, so is the answer. */
typedef struct ActStamp {
    int64_t week; /* desk_week_version */
    int64_t pool; /* store_version */
} ActStamp;

typedef struct ActRequest {
    const Act *act;
    Actor actor;
    json_t *arguments;     /* an object; borrowed */
    const char *key;       /* of a request that may come twice; NULL: none */
    int64_t version;       /* desk_week_version that the sender has seen; -1: not said */
    const ActStamp *known; /* of the answers that are there already; may be NULL where there are none */
    guint known_count;
    const ActProposal *proposal; /* with the act `draft`: ours, whose assignments these are; else NULL */
    int64_t asked_us; /* since when somebody waits for the answer, by g_get_monotonic_time; 0: not said */
    const char *program;         /* for solves in a child process (plan.h); NULL: in this one */
    /* Progress of a long act: an object, borrowed. FALSE: stop with the best so far. May be NULL. */
    gboolean (*progress)(const json_t *event, gpointer context);
    gpointer context;
} ActRequest;

typedef struct ActAnswer {
    json_t *body;          /* owned */
    int64_t version;       /* of the week that it is about; -1: none */
    int64_t pool_version;  /* with it: of the store, when the act looked */
    gboolean is_known;     /* what the sender has is still so; there is no body */
    gboolean is_created;   /* something new is there now */
    gboolean is_repeat;    /* the answer to the first request with this key */
    ActProposal *proposal; /* of the act `plan`; owned; NULL else */
    json_t *details;       /* with ACT_ERROR_REFUSED: what else the refusal tells (violations, reasons); owned */
} ActAnswer;

void act_answer_clear(ActAnswer *answer);

/* What a refusal says, for other languages (sentence.h): {"text": "swap {0} is over", "words": ["swap-8f3a"]}, or null.
 */
json_t *act_json_sentence(const GError *error);

/* TRUE if it would change something: it is of a writing act, and no trial of it. */
gboolean act_request_writes(const ActRequest *request);

/* TRUE if the actor may do it and the arguments are right, before a long act is begun. */
gboolean act_is_sound(const Desk *desk, const ActRequest *request, GError **error);

/*
 * Does it, on a desk that is fresh (desk_refresh). With a key, the effect and the answer to it are one transaction, and
 * the same request again gets the same answer and has no effect.
 */
gboolean act_run(Desk *desk, const ActRequest *request, ActAnswer *answer, GError **error);

/* --- for the acts themselves */

struct ActRun {
    Desk *desk;
    const ActRequest *request;
    ActAnswer *answer;
    /*< private >*/
    json_t *arguments;   /* as checked */
    gboolean is_writing; /* between act_begin and act_commit */
};

/* An argument that act_run has checked; `otherwise` where it is not given. Texts live with the request. */
const char *act_text(const ActRun *run, const char *name, const char *otherwise);
int64_t act_integer(const ActRun *run, const char *name, int64_t otherwise);
double act_number(const ActRun *run, const char *name, double otherwise);
gboolean act_flag(const ActRun *run, const char *name, gboolean otherwise);
gboolean act_has(const ActRun *run, const char *name);
json_t *act_list(const ActRun *run, const char *name); /* borrowed; NULL where not given */
IsoWeek act_week(const ActRun *run);                   /* "week", which must be required */
int64_t act_time(const ActRun *run, const char *name); /* minutes; INT64_MIN where not given */
/* Indices by id of the arguments "worker", "coop", "shift"; ACT_ERROR_NOT_FOUND. */
gboolean act_worker(const ActRun *run, guint *worker, GError **error);
gboolean act_coop(const ActRun *run, guint *coop, GError **error);
gboolean act_shift(const ActRun *run, guint *shift, GError **error);

/* ACT_ERROR_STALE where the request names another version than the week has now. */
gboolean act_is_current(const ActRun *run, const DeskWeek *week, GError **error);

/* TRUE where the sender has the answer about that version of the week already: the answer says so and is done. */
gboolean act_is_known(ActRun *run, int64_t version);

/*
 * The transaction of a writing act: act_begin, the store's calls, act_commit, which keeps the answer's body for a
 * repeat in the same transaction. Where anything between fails, act_run rolls back.
 */
gboolean act_begin(ActRun *run, GError **error);
gboolean act_commit(ActRun *run, GError **error);

G_END_DECLS

#endif
