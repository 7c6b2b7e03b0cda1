/*
 * Why a shift stays short: because no lawful roster gives it one more person without taking one from another shift, or
 * because it would cost more than it saves.
 *
 * The proof is a set of shifts, the short one among them, that together ask for more people than can be on them at
 * once; it is as small as can be: without any one of its shifts, or of the kinds of limits that it takes, there would
 * be enough. All else of the week is left out of it, so it holds whatever the prices are and whoever works elsewhere.
 */
#ifndef ROOSTER_SHORTAGE_H
#define ROOSTER_SHORTAGE_H

#include "rooster/cost.h"

G_BEGIN_DECLS

typedef enum ShortageVerdict {
    SHORTAGE_UNAVOIDABLE, /* proven */
    SHORTAGE_CHOSEN,      /* a lawful roster fills it and leaves no other shift with fewer people */
    SHORTAGE_UNDECIDED    /* the work was not enough */
} ShortageVerdict;

/* Kinds of limits that a proof may take, besides that nobody is in two places at once. */
typedef enum ShortageLimit {
    SHORTAGE_HOURS, /* hours of the contract and of the weeks around */
    SHORTAGE_RESTS, /* duties, rests, nights, breaks */
    SHORTAGE_DAYS,  /* shifts a day, days in a row, days off */
    SHORTAGE_WORK,  /* work in the weeks before and after */
    SHORTAGE_PINS,  /* pinned or begun work */
    SHORTAGE_LIMITS
} ShortageLimit;

typedef struct Shortage {
    ShortageVerdict verdict;
    GArray *shifts; /* UNAVOIDABLE: of guint, by start */
    GArray
        *asked; /* of int: people on each, of whom one must be missing: what the roster has, and one on the short one */
    GArray *workers;                 /* of guint: all who can take one of these shifts */
    gboolean takes[SHORTAGE_LIMITS]; /* of no meaning unless is_smallest */
    gboolean is_checked;             /* counted again in whole numbers by code that the optimiser does not share */
    gboolean is_smallest;            /* FALSE: the work was not enough to try everything */
    Roster *roster;                  /* CHOSEN: such a roster */
    Cost price;                      /* what it costs more than the present one */
} Shortage;

typedef struct ShortageOptions {
    const char *program; /* solve in child processes (plan.h); NULL: in this process */
    int64_t work;        /* for all of it, in the optimiser's units; 0: 200,000 */
} ShortageOptions;

/* The roster is lawful and the shift is short in it. NULL with PLAN_ERROR where a solving process fails. */
Shortage *shortage_of(const Week *week, const Roster *roster, guint shift, const ShortageOptions *options,
                      GError **error);
void shortage_free(Shortage *shortage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shortage, shortage_free)

G_END_DECLS

#endif
