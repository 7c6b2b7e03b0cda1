/* All that a store in memory holds. A call changes a copy, which takes the old one's place when everything went well.
 */
#ifndef FAKES_MEMORY_STATE_H
#define FAKES_MEMORY_STATE_H

#include "rooster/store.h"

/* An assignment by ids, as indices mean another thing in another pool. */
typedef struct NamedAssignment {
    char *shift, *worker;
    gboolean is_pinned;
    ShiftTimes times; /* of the shift then */
} NamedAssignment;

/* A published revision, or one step of a draft. */
typedef struct NamedRoster {
    int number; /* the revision or the step */
    int from_revision;
    int64_t published_s; /* of a revision */
    char *text;          /* of a step: what undo tells */
    PlanFigures figures;
    GPtrArray *assignments; /* of NamedAssignment */
} NamedRoster;

typedef struct MemoryWeek {
    IsoWeek week;
    int last_revision, last_step;
    GPtrArray *published, *steps; /* of NamedRoster, oldest first */
    char *records[2];             /* by RosterState; NULL: none */
} MemoryWeek;

typedef enum MessageState { MESSAGE_WAITING, MESSAGE_DELIVERED, MESSAGE_DEAD } MessageState;

typedef struct MemoryMessage {
    Message *message;
    MessageState state;
    char *reason; /* of a dead letter */
    int64_t dead_s;
} MemoryMessage;

typedef struct MemoryState {
    Pool *pool;        /* NULL until one was saved */
    GPtrArray *weeks;  /* of MemoryWeek, by week */
    GPtrArray *events; /* of FeedEvent */
    GPtrArray *outbox; /* of MemoryMessage, by sequence */
    GPtrArray *audit;  /* of AuditEntry, oldest first */
    GPtrArray *inbox, *tokens, *answers, *cases,
        *worked; /* of Inquiry, Token, KeptAnswer, Case, WorkedEntry as they came */
    int64_t version, last_inquiry;
} MemoryState;

MemoryState *memory_state_new(void);
MemoryState *memory_state_copy(const MemoryState *state);
void memory_state_free(MemoryState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MemoryState, memory_state_free)

/* The week; NULL if there is none. */
MemoryWeek *memory_week_find(const MemoryState *state, IsoWeek week);
/* The week, made where there is none. */
MemoryWeek *memory_week(MemoryState *state, IsoWeek week);

NamedRoster *named_roster_new(const Pool *pool, const Roster *roster, const PlanFigures *figures);
/* Without the assignments whose worker or shift is not in the pool, or whose shift is now in another week. */
void named_roster_prune(NamedRoster *named, const Pool *pool, IsoWeek week);

AuditEntry *audit_entry_copy(const AuditEntry *entry);
MemoryMessage *memory_message_new(const Message *message, int64_t sequence, MessageState state);

#endif
