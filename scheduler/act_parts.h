/*
 * What acts are made of (private to scheduler): the arguments that were checked, and small pieces of answers that
 * several acts give.
 */
#ifndef ROOSTER_ACT_PARTS_H
#define ROOSTER_ACT_PARTS_H

#include "rooster/act.h"
#include "rooster/cost.h"
#include "rooster/rules.h"

/*
 * The arguments as the table has them: known, whole, in range, and the worker's or coop's own id put in where it is
 * left out. A new object, or NULL with ACT_ERROR_INVALID or ACT_ERROR_FORBIDDEN.
 */
json_t *act_arguments_check(const Desk *desk, const ActRequest *request, GError **error);

/* The shift of the arguments over `shift` as it was; its lists live with `pool`. */
void act_read_shift(const ActRun *run, Pool *pool, Shift *shift);

/* A copy of the pool in which one worker is as given; NULL with ACT_ERROR_INVALID where the pool does not take it. */
Pool *act_with_worker(const Pool *base, guint changed, const Worker *as, GError **error);

/* Sentence and code in one; always FALSE. */
gboolean act_refuse(GError **error, ActError code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* What a reading function found wrong (ends *reason), in its own sentence; the message also says in which argument. */
gboolean act_in_argument(gboolean is_right, GError **reason, const char *where, GError **error);

/* --- pieces of answers; each is a new reference */

/* {"total_cents": ..., "terms": {"idle": ...}}, terms of 0 left out. */
json_t *act_json_cost(const Cost *cost);
/* The difference, likewise. */
json_t *act_json_price(const Cost *before, const Cost *after);
/* Of Violation: rule, article, worker, shifts, text. */
json_t *act_json_violations(const Pool *pool, const GPtrArray *violations);
/* Who may know: id, coop, role, times, break, paid, certificates, headcount, cover, missing. */
json_t *act_json_shift(const Pool *pool, guint shift, guint cover);
/* shift, worker. */
json_t *act_json_assignment(const Pool *pool, guint shift, guint worker);
/* What publishing `after` would change: a list of people on shifts, with how long ahead. */
json_t *act_json_changes(const DeskWeek *week, const Roster *after, int64_t now_s);
/* week, state, revision, version. */
void act_put_week(json_t *object, const DeskWeek *week);
/* What a roster of the week leaves to say: its cost by term, what is published and not in it, what it breaks. */
void act_put_standing(json_t *object, const DeskWeek *week, const Roster *roster, const Cost *cost);
/* cost_cents, bound_cents, gap_percent, status. */
void act_put_figures(json_t *object, const PlanFigures *figures, int64_t cost_cents);
/* Of a case: whose, what, since when, until when; of its body what the actor may know. */
json_t *act_json_case(const Pool *pool, const Case *some, const Actor *actor);

#endif
