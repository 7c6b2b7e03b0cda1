/*
 * The checker: judges a roster of a week by every hard rule (DESIGN 4). It shares no code with the optimiser.
 *
 * A rule is judged where an assignment of the week takes part, against everything around it.
 */
#ifndef ROOSTER_RULES_H
#define ROOSTER_RULES_H

#include "rooster/week.h"

G_BEGIN_DECLS

typedef struct Violation {
    const char *rule;    /* "daily_rest", static: one of rule_names */
    const char *article; /* "A5 ATW 5:3(2)", static */
    guint worker;        /* index, or VIOLATION_NO_WORKER where it is about a shift */
    GArray *shifts;      /* of guint: the planned shifts that take part */
    GStrv words; /* of the text, what its rule has filled in: with the rule's name it can be told in other languages */
    char *text;  /* the figures: "rest 10:00 h from Mon 30 Nov 21:00, at least 11:00 h" */
    gboolean is_unfinished; /* more assignments can mend it: a planner by hand may be on the way there */
} Violation;
#define VIOLATION_NO_WORKER G_MAXUINT

void violation_free(Violation *violation);

/* Every violation of the roster, workers first (by index), then shifts, then the roster; never NULL. Caller unrefs. */
GPtrArray *rules_check(const Week *week, const Roster *roster);

/*
 * The violations of one worker's line only: the shifts (indices, any order) as this worker's whole week. Rules about a
 * whole shift (headcount, learners) and about pins are left out. For candidates and explanations. Caller unrefs.
 */
GPtrArray *rules_check_line(const Week *week, guint worker, const guint *shifts, guint count);

/*
 * Tells of many lines, one after the other, whether anything is broken at all: a line's judgement ends at its first
 * violation, and what is fixed of a worker is looked at once where their lines come in a row.
 */
typedef struct LineJudge LineJudge;
LineJudge *line_judge_new(const Week *week);
void line_judge_free(LineJudge *judge);
/* TRUE where rules_check_line finds nothing. */
gboolean line_judge_passes(LineJudge *judge, guint worker, const guint *shifts, guint count);

/* The violations of one shift only, with all who are on it in the roster: headcount, learners, breaks. Caller unrefs.
 */
GPtrArray *rules_check_shift(const Week *week, const Roster *roster, guint shift);

/*
 * Of rules_check what one move of the worker on the shift can change: the violations of the worker's line, of the
 * shift, and of the roster as a whole. What else is broken is so before and after it. Caller unrefs.
 */
GPtrArray *rules_check_around(const Week *week, const Roster *roster, guint shift, guint worker);

/* The names of all rules, NULL-terminated, in the order of DESIGN 4; for tests and help. */
const char *const *rule_names(void);

/* "W0012 Amina: daily_rest (A5 ATW 5:3(2)), shifts S1 S2: rest ..." Caller frees. */
char *violation_format(const Violation *violation, const Pool *pool);

G_END_DECLS

#endif
