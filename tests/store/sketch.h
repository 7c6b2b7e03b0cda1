/* Small pools, rosters and publications for the store's tests, and all that a store holds as one text to compare. */
#ifndef TESTS_STORE_SKETCH_H
#define TESTS_STORE_SKETCH_H

#include "rooster/desk.h"

/* Monday 30 November 2026 and the week after. */
#define WEEK_49 ((IsoWeek){20787})
#define WEEK_50 ((IsoWeek){20794})

/*
 * Three coops, `workers` workers (w0, w1 ...) and `shifts` shifts: s0, s1 ... on the days of week 49, and as many l0,
 * l1 ... of week 50. Something of every kind in it, known and unknown places, quotes and letters beyond ASCII.
 */
Pool *sketch_pool(guint workers, guint shifts);

/* Copies with one thing changed, closed. */
Pool *sketch_without_worker(const Pool *pool, const char *id);
Pool *sketch_without_shift(const Pool *pool, const char *id);
Pool *sketch_with_shift_moved(const Pool *pool, const char *id, int64_t by_min);

/* "s0:w1 s2:w0!" - shift:worker, ! is pinned. */
Roster *sketch_roster(const Pool *pool, IsoWeek week, RosterState state, int revision, const char *assignments);
PlanFigures sketch_figures(int64_t cost_cents);
/* With an event and a retained and a passing message for each of its assignments; `tag` makes their ids its own. */
Publication *sketch_publication(const Pool *pool, IsoWeek week, int revision, const char *assignments, const char *tag);
AuditEntry sketch_audit(const char *what, const char *detail);

FeedEvent *sketch_event(FeedKind kind, const char *owner, const char *uid, int64_t start_min);
/* Of Publication, with none or one in it (which it takes); the caller unrefs. */
GPtrArray *sketch_publications(Publication *publication);

/* What the service keeps: of fixed names, with quotes, line breaks and letters beyond ASCII in every text. */
Message *sketch_message(const char *id, const char *topic, const char *correlation);
Inquiry sketch_inquiry(const char *payload, const char *correlation);
/* Its id is "t-" and the name, its hash 64 letters; of a worker for a feed where `is_feed`, else of a planner. */
Token *sketch_token(const char *name, gboolean is_feed, int64_t created_s);
KeptAnswer sketch_answer(const char *owner, const char *key, int64_t at_s);
/* Its id is "case-" and the name. */
Case *sketch_case(const char *name, CaseKind kind, int64_t created_s);
/* Paid 420 minutes of a shift of eight hours that starts `day` days after Monday of week 49 at eight. */
WorkedEntry *sketch_worked(const char *shift, const char *worker, const char *coop, int day);
/* Of one element of the type, which it takes; the caller unrefs. */
GPtrArray *sketch_list(gpointer element, GDestroyNotify free);

char *pool_text(const Pool *pool);
char *roster_text(const Pool *pool, const Roster *roster);
char *events_text(const GPtrArray *events);
char *messages_text(const GPtrArray *messages);
char *case_text(const Case *some);
char *token_text(const Token *token);
char *worked_text(const GPtrArray *entries);
/* All of it that the port shows, and the answers kept for sketch_answer's owners "a", "b" and keys "1" to "5". */
char *service_text(Store *store);
/* All that the port shows of weeks 49 and 50, events, outbox, audit trail, and the service's. */
char *store_text(Store *store);

#endif
