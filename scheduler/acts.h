/*
 * The acts' own functions, for the table alone (private to scheduler): what each does says act_table.c.
 */
#ifndef ROOSTER_ACTS_H
#define ROOSTER_ACTS_H

#include "rooster/act.h"

/* act_week.c */
gboolean act_me(ActRun *run, GError **error);
gboolean act_pool(ActRun *run, GError **error);
gboolean act_weeks(ActRun *run, GError **error);
gboolean act_week_board(ActRun *run, GError **error);
gboolean act_worker_week(ActRun *run, GError **error);
gboolean act_coop_week(ActRun *run, GError **error);

/* act_roster.c */
gboolean act_move(ActRun *run, GError **error);
gboolean act_undo(ActRun *run, GError **error);
gboolean act_candidates(ActRun *run, GError **error);
gboolean act_diff(ActRun *run, GError **error);

/* act_publish.c */
gboolean act_publish_undo(ActRun *run, GError **error);
gboolean act_publish(ActRun *run, GError **error);

/* act_plan.c */
gboolean act_plan(ActRun *run, GError **error);
gboolean act_draft(ActRun *run, GError **error);

/* act_demand.c */
gboolean act_shift_add(ActRun *run, GError **error);
gboolean act_shift_change(ActRun *run, GError **error);
gboolean act_availability(ActRun *run, GError **error);
gboolean act_availability_set(ActRun *run, GError **error);

/* act_language.c */
gboolean act_language_set(ActRun *run, GError **error);

/* act_token.c */
gboolean act_tokens(ActRun *run, GError **error);
gboolean act_token_create(ActRun *run, GError **error);
gboolean act_token_revoke(ActRun *run, GError **error);
gboolean act_feeds(ActRun *run, GError **error);
gboolean act_feed_rotate(ActRun *run, GError **error);

/* act_case.c */
gboolean act_cases(ActRun *run, GError **error);

/* act_spike.c */
gboolean act_spike(ActRun *run, GError **error);
gboolean act_spike_cancel(ActRun *run, GError **error);

/* act_absence.c */
gboolean act_absence(ActRun *run, GError **error);
gboolean act_absence_end(ActRun *run, GError **error);

/* act_decide.c */
gboolean act_case_accept(ActRun *run, GError **error);
gboolean act_case_decline(ActRun *run, GError **error);
gboolean act_cases_expire(ActRun *run, GError **error);

/* act_offer.c */
gboolean act_offers(ActRun *run, GError **error);
gboolean act_offer_make(ActRun *run, GError **error);
gboolean act_offer_accept(ActRun *run, GError **error);
gboolean act_offer_decline(ActRun *run, GError **error);
/* act_swap.c */
gboolean act_open_shifts(ActRun *run, GError **error);
/* act_colleagues.c */
gboolean act_colleagues(ActRun *run, GError **error);
gboolean act_swap_offer(ActRun *run, GError **error);
gboolean act_swap_take(ActRun *run, GError **error);
gboolean act_swap_answer(ActRun *run, GError **error);
gboolean act_swap_approve(ActRun *run, GError **error);
gboolean act_swap_refuse(ActRun *run, GError **error);
gboolean act_swap_withdraw(ActRun *run, GError **error);

/* act_hours.c */
gboolean act_hours(ActRun *run, GError **error);
gboolean act_hours_confirm(ActRun *run, GError **error);
gboolean act_hours_dispute(ActRun *run, GError **error);
gboolean act_hours_correct(ActRun *run, GError **error);

/* act_audit.c */
gboolean act_audit(ActRun *run, GError **error);
gboolean act_dead_letters(ActRun *run, GError **error);
gboolean act_dead_letters_retry(ActRun *run, GError **error);

#endif
