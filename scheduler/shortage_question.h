/*
 * The question of a set of shifts, as a problem of its own for the optimiser (shortage.c tells the course; private to
 * scheduler).
 */
#ifndef ROOSTER_SHORTAGE_QUESTION_H
#define ROOSTER_SHORTAGE_QUESTION_H

#include "rooster/shortage.h"
#include "week_problem.h"

typedef enum ShortageAnswer { SHORTAGE_UNKNOWN, SHORTAGE_YES, SHORTAGE_NO } ShortageAnswer;

typedef struct ShortageSearch {
    const Week *week;
    const Roster *roster;
    guint shift;
    const char *program;
    int64_t work, work_now; /* left for all questions; at most for the next one */
    WeekProblem *base;
    int32_t *first_entry; /* [workers + 1] */
    int *wanted;          /* [pool shifts] */
    gboolean *is_in;      /* [pool shifts] the set */
    gboolean is_lifted[SHORTAGE_LIMITS];
    gboolean is_final; /* the next no is counted again: is_checked */
    gboolean is_checked;
} ShortageSearch;

void shortage_search_init(ShortageSearch *search, const Week *week, const Roster *roster, guint shift,
                          const char *program, int64_t work);
void shortage_search_clear(ShortageSearch *search);

/* Whether the worker can take a shift of the set. */
gboolean shortage_has_say(const ShortageSearch *search, guint worker);

/*
 * Can the set have its people? With is_guided people rather stay where they are, and a yes gives the roster in which
 * the others keep their week (roster may be NULL). FALSE where a solving process fails.
 */
gboolean shortage_ask(ShortageSearch *search, gboolean is_guided, ShortageAnswer *answer, Roster **roster,
                      GError **error);

/* After a no: drops at once the shifts that its bound has no use for, if the answer stays no. */
gboolean shortage_narrow(ShortageSearch *search, GError **error);

#endif
