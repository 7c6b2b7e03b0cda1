/*
 * Cases: what somebody asked for and others must answer - a spike, an absence, an offer to a worker, a swap. A case is
 * opened once, moves through states, and is kept as the record of who was asked what and what became of it.
 *
 * An offer to several candidates is one case for each, `about` the case or shift that needs them: the first acceptance
 * wins, and the others become CASE_LOST in the same transaction.
 */
#ifndef ROOSTER_CASE_H
#define ROOSTER_CASE_H

#include "rooster/zone.h"

G_BEGIN_DECLS

typedef enum CaseKind { CASE_SPIKE, CASE_ABSENCE, CASE_OFFER, CASE_SWAP } CaseKind;
#define CASE_KINDS 4

typedef enum CaseState {
    CASE_WAITING,  /* for an answer of the planner or of `worker` (offer) or `other` (swap) */
    CASE_ACCEPTED, /* what was asked is in the published roster */
    CASE_DECLINED,
    CASE_LOST,     /* an offer that somebody else took first */
    CASE_EXPIRED,  /* nobody answered by due_s */
    CASE_WITHDRAWN /* by whom it came from */
} CaseState;
#define CASE_STATES 6

typedef struct Case {
    char *id; /* "spike-9f86d081e4b1"; given when it is opened, unique for ever */
    CaseKind kind;
    CaseState state;
    int version; /* rises by one with each change; 0: not stored yet */
    IsoWeek week;
    char *coop, *worker, *shift; /* ids of whom and what it is about, "" where there is none */
    char *other;                 /* swap: the worker who is asked to give or take; else "" */
    char *about;                 /* the id of the case that this one serves; else "" */
    int64_t created_s, changed_s;
    int64_t due_s; /* to be answered by; 0: no limit */
    char *body;    /* a JSON object: what only its kind knows (the answer given, the proposal that waits) */
} Case;

/* A waiting case with a fresh id at `now_s`; all texts "" and the body {}. */
Case *case_new(CaseKind kind, IsoWeek week, int64_t now_s);
Case *case_copy(const Case *some);
void case_free(Case *some);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)

/* Puts a copy of `text` (NULL: "") in the place of a text of the case. */
void case_set(char **field, const char *text);

/* "spike"; "waiting". Static. */
const char *case_kind_name(CaseKind kind);
gboolean case_kind_parse(const char *text, CaseKind *kind);
const char *case_state_name(CaseState state);
gboolean case_state_parse(const char *text, CaseState *state);

/* What to look for; NULL and 0 match everything, "" what names none. */
typedef struct CaseFilter {
    guint kinds, states; /* bits 1 << kind, 1 << state */
    gboolean has_week;
    IsoWeek week;
    const char *coop, *shift, *about;
    const char *worker;   /* as worker or as other */
    int64_t due_before_s; /* with a due_s, and below this */
    const char *after;    /* the id of the last one seen: for the next page */
    int most;             /* 0: all */
} CaseFilter;

G_END_DECLS

#endif
