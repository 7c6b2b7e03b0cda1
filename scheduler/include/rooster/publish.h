/*
 * Publishing: what follows from a roster's new revision - the changed calendar events, the messages, the notices.
 */
#ifndef ROOSTER_PUBLISH_H
#define ROOSTER_PUBLISH_H

#include "rooster/store.h"
#include "rooster/week.h"

G_BEGIN_DECLS

#define NOTICE_MIN (96 * 60) /* BW 7:628a(2): four days */

/* A change that comes to the worker later than the law's notice. */
typedef struct NoticeWarning {
    guint shift, worker;
    gboolean is_added;   /* else withdrawn: the pay stays owed (BW 7:628a(3)) */
    int64_t ahead_min;   /* from now to the shift's start; negative: it has begun */
} NoticeWarning;

/*
 * The publication of `roster` over the `published` one (NULL: the first) at `now_s`: roster and figures copied, revision set to
 * `revision`; known: every FeedEvent stored so far. Messages go only to those for whom something changed.
 */
Publication *publication_new(const Week *week, const Roster *roster, const Roster *published, int revision,
                             const PlanFigures *figures, const GPtrArray *known, int64_t now_s);

/* Of NoticeWarning, by start. Caller unrefs. */
GArray *publish_notice_warnings(const Week *week, const Roster *roster, const Roster *published, int64_t now_s);

/* The feed of one owner from its stored events: cancelled ones older than seven days are left out. Caller frees with feed_free. */
Feed *feed_new(const Pool *pool, FeedKind kind, const char *owner, const GPtrArray *events, int64_t now_s);
void feed_free(Feed *feed);

G_END_DECLS

#endif
