/*
 * For adapters: a store is a struct that begins with Store, and the calls of store.h go through its tables. store.h
 * says what each must do; scheduler/store.c has held the arguments to it, and begins no transaction within another.
 */
#ifndef ROOSTER_STORE_OPS_H
#define ROOSTER_STORE_OPS_H

#include "rooster/store.h"

G_BEGIN_DECLS

/* What the service lives on beside the pool. */
typedef struct StoreServiceOps {
    gboolean (*inbox_add)(Store *, const Inquiry *, int64_t *, GError **);
    GPtrArray *(*inbox_waiting)(Store *, int64_t, int, GError **);
    gboolean (*inbox_done)(Store *, int64_t, GError **);
    gboolean (*add_token)(Store *, const Token *, const AuditEntry *, GError **);
    Token *(*find_token)(Store *, const char *, GError **);
    GPtrArray *(*load_tokens)(Store *, GError **);
    gboolean (*revoke_token)(Store *, const char *, int64_t, const AuditEntry *, GError **);
    gboolean (*touch_tokens)(Store *, const GPtrArray *, GError **);
    gboolean (*keep_answer)(Store *, const KeptAnswer *, GError **);
    KeptAnswer *(*find_answer)(Store *, const char *, const char *, GError **);
    gboolean (*forget_answers)(Store *, int64_t, GError **);
    gboolean (*save_case)(Store *, const Case *, const AuditEntry *, GError **);
    Case *(*load_case)(Store *, const char *, GError **);
    GPtrArray *(*find_cases)(Store *, const CaseFilter *, GError **);
    gboolean (*append_worked)(Store *, const GPtrArray *, const AuditEntry *, GError **);
    GPtrArray *(*load_worked)(Store *, int64_t, int64_t, const char *, const char *, GError **);
} StoreServiceOps;

typedef struct StoreOps {
    const StoreServiceOps *service;
    gboolean (*begin)(Store *, GError **);
    gboolean (*commit)(Store *, GError **);
    void (*rollback)(Store *);
    /* Rises with each change of the pool or a published roster; below STORE_VERSIONS. */
    gboolean (*version)(Store *, int64_t *, GError **);
    Pool *(*load_pool)(Store *, GError **);
    gboolean (*save_pool)(Store *, const Pool *, const GPtrArray *, gboolean, const AuditEntry *, GError **);
    gboolean (*change_pool)(Store *, const Pool *, const Pool *, const AuditEntry *, GError **);
    GPtrArray *(*load_published)(Store *, const Pool *, GError **);
    Roster *(*load_draft)(Store *, const Pool *, IsoWeek, PlanFigures *, GError **);
    Roster *(*load_published_week)(Store *, const Pool *, IsoWeek, PlanFigures *, GError **);
    GPtrArray *(*load_revisions)(Store *, const Pool *, IsoWeek, GError **);
    gboolean (*save_draft)(Store *, const Pool *, const Roster *, const PlanFigures *, const char *, int,
                           const AuditEntry *, GError **);
    gboolean (*load_record)(Store *, IsoWeek, RosterState, char **, GError **);
    int (*draft_step)(Store *, IsoWeek, GError **);
    gboolean (*undo_draft)(Store *, IsoWeek, const AuditEntry *, char **, GError **);
    gboolean (*publish)(Store *, const Pool *, const Publication *, const AuditEntry *, GError **);
    int (*last_revision)(Store *, IsoWeek, GError **);
    GPtrArray *(*load_events)(Store *, FeedKind, const char *, GError **);
    GPtrArray *(*outbox_waiting)(Store *, int64_t, int, GError **);
    gboolean (*outbox_delivered)(Store *, int64_t, int64_t, GError **);
    gboolean (*outbox_dead)(Store *, int64_t, int64_t, const char *, GError **);
    gboolean (*outbox_revive)(Store *, int64_t *, GError **);
    GPtrArray *(*outbox_retained)(Store *, GError **);
    gboolean (*outbox_counts)(Store *, OutboxCounts *, GError **);
    gboolean (*append_messages)(Store *, const GPtrArray *, GError **);
    GPtrArray *(*outbox_after)(Store *, int64_t, int, GError **);
    gboolean (*outbox_head)(Store *, int64_t *, GError **);
    GPtrArray *(*outbox_dead_letters)(Store *, int, GError **);
    gboolean (*append_audit)(Store *, const AuditEntry *, GError **);
    GPtrArray *(*load_audit)(Store *, int, GError **);
    gboolean (*backup)(Store *, const char *, GError **);
    void (*close)(Store *);
} StoreOps;

struct Store {
    const StoreOps *ops;
    /* kept by the calls of store.h */
    gboolean has_begun;
    int64_t rollbacks;
};

#define STORE_VERSIONS ((int64_t)1 << 40)

G_END_DECLS

#endif
