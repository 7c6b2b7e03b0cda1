/*
 * The pool: the collective employer's workers, its client cooperatives, what these ask, and its rules and prices.
 *
 * A Pool is plain data. It is filled with the pool_add calls, then closed by pool_close, which checks that everything fits
 * together and builds the look-ups; only a closed pool is given to anything else, and nothing changes it then. Workers,
 * coops and shifts are named by their index; strings live as long as the pool, and equal strings in it are one pointer.
 */
#ifndef ROOSTER_POOL_H
#define ROOSTER_POOL_H

#include "rooster/decimal.h"
#include "rooster/prices.h"
#include "rooster/profile.h"
#include "rooster/zone.h"

G_BEGIN_DECLS

#define POOL_ERROR (pool_error_quark())
GQuark pool_error_quark(void);
typedef enum PoolError {
    POOL_ERROR_INVALID, /* an entity that cannot be, or does not fit the others */
    POOL_ERROR_UNKNOWN  /* no such worker, coop or shift */
} PoolError;

typedef struct Place {
    double latitude, longitude; /* degrees */
    gboolean is_known;
} Place;

typedef struct Coop {
    const char *id, *name, *sector, *address, *contact; /* name: the id if none was given; the others "" */
    Place place;
    Decimal rate; /* euro billed per hour; 0 if none */
} Coop;

typedef enum CertificateLevel { CERTIFICATE_NONE, CERTIFICATE_LEARNER, CERTIFICATE_HOLDER } CertificateLevel;

typedef struct Certificate {
    const char *name;
    Day valid_from, valid_until; /* both inclusive; DAY_MIN, DAY_MAX: open */
    CertificateLevel level;
} Certificate;

typedef enum WindowKind { WINDOW_UNAVAILABLE, WINDOW_AVOID, WINDOW_PREFER } WindowKind;

typedef struct Window {
    int64_t start_min, end_min;
    WindowKind kind;
} Window;

typedef enum PreferenceKind { PREFERENCE_NEVER, PREFERENCE_AVOID, PREFERENCE_PREFER } PreferenceKind;

typedef struct Preference {
    guint coop;
    PreferenceKind kind;
} Preference;

/* Work done before, or (coop == "") credited time such as leave and sickness (ATW 5:2). */
typedef struct HistoryPiece {
    const char *coop; /* the id; may be a coop the pool no longer knows */
    int64_t start_min, end_min;
    int32_t break_min;
} HistoryPiece;

/* A day rule of one worker, in the place of the pool's: a key of day_rules.h and its value as text. */
typedef struct WorkerRule {
    const char *key, *value;
} WorkerRule;

typedef struct Worker {
    const char *id, *name, *language;
    Day birth;
    Decimal contract_min, contract_max; /* hours a week */
    Decimal hourly_cost;                /* euro */
    Place place;
    GArray *certificates; /* of Certificate */
    GArray *windows;      /* of Window, by start */
    GArray *preferences;  /* of Preference */
    GArray *history;      /* of HistoryPiece, by start */
    GArray *rules;        /* of WorkerRule, each key once */
    DayRules day_rules;   /* the pool's with these in their place; set by pool_close */
} Worker;

typedef enum Priority { PRIORITY_CRITICAL, PRIORITY_HIGH, PRIORITY_NORMAL, PRIORITY_LOW } Priority;
#define PRIORITIES 4

typedef struct Shift {
    const char *id, *role;
    guint coop;
    int64_t start_min, end_min;
    int32_t break_min;
    int32_t headcount;              /* 0: cancelled */
    const char **certificates;      /* NULL-terminated: held by everyone on it */
    const char **team_certificates; /* NULL-terminated: by one holder at least */
    Priority priority;
    IsoWeek week; /* in which it starts; set by pool_close */
} Shift;

/* What the service does with an answer to a spike or an absence, and with what workers agree on: it waits for the planner, or is
 * published where it may be. */
typedef enum Accept { ACCEPT_ASK, ACCEPT_AUTO } Accept;

typedef struct Pool {
    const char *id, *name;
    Zone *zone;
    RuleProfile *profile; /* with the pool's [rules] in it */
    Prices prices;
    Accept accept, swaps; /* [service] accept, swaps */
    GArray *coops;   /* of Coop */
    GArray *workers; /* of Worker */
    GArray *shifts;  /* of Shift */
    /*< private >*/
    GStringChunk *strings;
    GPtrArray *lists; /* the certificate lists */
    GHashTable *coop_by_id, *worker_by_id, *shift_by_id; /* id -> GUINT (index + 1) */
    gboolean is_closed;
} Pool;

/* An empty, open pool. Takes the profile and the zone. */
Pool *pool_new(const char *id, const char *name, Zone *zone, RuleProfile *profile, const Prices *prices);
void pool_free(Pool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pool, pool_free)

/* The pool's own copy of text; equal texts give the same pointer. NULL is "". */
const char *pool_string(Pool *pool, const char *text);
/* A NULL-terminated list of the pool's own strings from "A;B"; blanks around names are dropped. Lives with the pool. */
const char **pool_string_list(Pool *pool, const char *text);

/*
 * Add a copy of an entity (its strings are copied) to an open pool and give its index; FALSE with POOL_ERROR_INVALID (an id
 * twice, end before start, a break that leaves no work, contract_min above contract_max, too little break for the law ...)
 * and nothing added. Messages name the column: "column end: ...". Arrays inside the given Worker are ignored.
 */
gboolean pool_add_coop(Pool *pool, const Coop *coop, guint *index, GError **error);
gboolean pool_add_worker(Pool *pool, const Worker *worker, guint *index, GError **error);
gboolean pool_add_shift(Pool *pool, const Shift *shift, guint *index, GError **error);
gboolean pool_add_certificate(Pool *pool, guint worker, const Certificate *certificate, GError **error);
gboolean pool_add_window(Pool *pool, guint worker, const Window *window, GError **error);
gboolean pool_add_preference(Pool *pool, guint worker, const Preference *preference, GError **error);
gboolean pool_add_history(Pool *pool, guint worker, const HistoryPiece *piece, GError **error);
gboolean pool_add_worker_rule(Pool *pool, guint worker, const WorkerRule *rule, GError **error);

/* The pool's day rules with the worker's own in their place; after pool_close, worker->day_rules. */
DayRules pool_worker_day_rules(const Pool *pool, guint worker);
/* FALSE with PROFILE_ERROR_INVALID if some worker's rules leave no day to work, "worker W1: rule ...". */
gboolean pool_rules_fit(const Pool *pool, GError **error);

/* Sorts and closes. */
void pool_close(Pool *pool);

/*
 * Copies to build a changed pool from, as nothing changes a closed one. `pool_copy_settings` has the id, name, zone, profile and
 * prices only; `pool_copy_people` the coops and workers as well; `pool_copy_open` the shifts too. They are open, each row has the
 * index it had, the caller frees.
 * `pool_copy_worker` adds a worker of another pool with all they hold; preferences name coops by index, so the coops must be
 * the same ones in the same order.
 */
Pool *pool_copy_settings(const Pool *pool);
Pool *pool_copy_people(const Pool *pool);
Pool *pool_copy_open(const Pool *pool);
gboolean pool_copy_worker(Pool *copy, const Worker *worker, guint *index, GError **error);

/* What is to be otherwise in a copy. */
typedef struct PoolChange {
    const Shift *shifts; /* in the place of those with their id, else behind the others; coops by index */
    guint shift_count;
    guint worker; /* whose windows become `windows` (of Window); NULL: nobody's */
    const GArray *windows;
} PoolChange;

/*
 * A changed copy, closed: every row has the index it had, so a roster of the pool is one of the copy. NULL with POOL_ERROR_INVALID
 * if something given cannot be. Caller frees.
 */
Pool *pool_copy_changed(const Pool *pool, const PoolChange *change, GError **error);

/* Index by id; FALSE where there is none (no error set). Works while the pool is open, too. */
gboolean pool_find_coop(const Pool *pool, const char *id, guint *index);
gboolean pool_find_worker(const Pool *pool, const char *id, guint *index);
gboolean pool_find_shift(const Pool *pool, const char *id, guint *index);

static inline Coop *
pool_coop(const Pool *pool, guint index)
{
    return &g_array_index(pool->coops, Coop, index);
}
static inline Worker *
pool_worker(const Pool *pool, guint index)
{
    return &g_array_index(pool->workers, Worker, index);
}
static inline Shift *
pool_shift(const Pool *pool, guint index)
{
    return &g_array_index(pool->shifts, Shift, index);
}

/* Minutes of work of one person on the shift: end - start - break. */
static inline int64_t
shift_paid_min(const Shift *shift)
{
    return shift->end_min - shift->start_min - shift->break_min;
}

/* The best level of the certificate that the worker has on the day; equal names are compared by text. */
CertificateLevel worker_level(const Worker *worker, const char *certificate, Day day);
gboolean worker_has_preference(const Worker *worker, guint coop, PreferenceKind kind);
/* The first window of the kind that shares a minute with [start, end), or NULL. */
const Window *worker_window(const Worker *worker, WindowKind kind, int64_t start_min, int64_t end_min);

/* Ids are 1 to 64 bytes, no blanks at the ends, no control characters, none of + # / , ; " (they name topics, files and columns). */
gboolean id_is_valid(const char *id);
#define ID_RULE "1 to 64 characters without + # / , ; \" or control characters"

/* "ask", "auto". */
const char *accept_name(Accept accept);
gboolean accept_parse(const char *text, Accept *accept);
const char *priority_name(Priority priority);
gboolean priority_parse(const char *text, Priority *priority);
const char *window_kind_name(WindowKind kind);
gboolean window_kind_parse(const char *text, WindowKind *kind);
const char *preference_kind_name(PreferenceKind kind);
gboolean preference_kind_parse(const char *text, PreferenceKind *kind);
const char *certificate_level_name(CertificateLevel level);
gboolean certificate_level_parse(const char *text, CertificateLevel *level);

/* Great circle in km on a sphere of R = 6371 km (haversine). */
double place_distance_km(const Place *from, const Place *to);

G_END_DECLS

#endif
