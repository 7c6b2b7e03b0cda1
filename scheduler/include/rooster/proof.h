/*
 * Proving a bound again: the certificate that a solve left is checked in exact arithmetic, on the problem as it is now,
 * by code that shares nothing with the search.
 */
#ifndef ROOSTER_PROOF_H
#define ROOSTER_PROOF_H

#include "rooster/solve_record.h"
#include "rooster/week.h"

G_BEGIN_DECLS

typedef enum ProofState {
    PROOF_CONFIRMED, /* no roster of the problem costs less than certified_cents */
    PROOF_REFUTED,   /* the certificate proves less than the record says, or nothing; see fault */
    PROOF_CHANGED,   /* the problem is another than the one that was solved: the bound of then says nothing of now */
    PROOF_UNPINNED,  /* the roster leaves out what was pinned when it was planned: it is none of that problem's */
    PROOF_NOTHING    /* the solve ended before it had a bound */
} ProofState;

/* "confirmed", static. */
const char *proof_state_name(ProofState state);

typedef struct Proof {
    ProofState state;
    int64_t cost_cents;      /* of the roster, as the solve priced it: a repair with its changes */
    int64_t certified_cents; /* proven now; if CONFIRMED */
    int64_t claimed_cents;   /* the solve's bound; above what its prices prove where it listed every line that a cheaper
                                roster could hold and found none */
    const char *fault;       /* static; why the certificate proves nothing, or NULL */
    double seconds;
} Proof;

/* published: the published rosters of all weeks (of Roster), as for week_new. */
Proof proof_check(const Pool *pool, const GPtrArray *published, const SolveRecord *record, const Roster *roster,
                  int threads);

G_END_DECLS

#endif
