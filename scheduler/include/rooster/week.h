/*
 * One week of a pool, as it is planned and judged: its shifts, and what is fixed around it for each worker.
 *
 * Fixed work of a worker = history that starts before the week, and published assignments of other weeks that no history
 * overlaps (what was worked replaces what was planned). Credited time counts in hour sums only. History that starts in or
 * after the week is ignored: the roster speaks there (DESIGN 3).
 */
#ifndef ROOSTER_WEEK_H
#define ROOSTER_WEEK_H

#include "rooster/roster.h"

G_BEGIN_DECLS

/* One piece of work of one worker. */
typedef struct Piece {
    int64_t start_min, end_min;
    int32_t break_min;
    const char *coop;    /* id, the pool's or the history's string */
    guint shift;         /* index of the pool, or PIECE_NO_SHIFT for history */
    gboolean is_planned; /* an assignment of the judged week; else fixed */
} Piece;
#define PIECE_NO_SHIFT G_MAXUINT

static inline int64_t
piece_work_min(const Piece *piece)
{
    return piece->end_min - piece->start_min - piece->break_min;
}

typedef struct CreditedTime {
    int64_t start_min, minutes;
} CreditedTime;

typedef struct Week {
    const Pool *pool;
    IsoWeek week;
    int count; /* 1; of a span: its weeks in a row, from `week` on */
    int64_t start_min, end_min;
    int64_t four_weeks_ago_min; /* Monday 00:00 less 28 local days */
    const RuleNumbers *numbers; /* of the edition in force */
    GArray *shifts;             /* of guint: the pool's shifts of this week, by start, then id */
    GPtrArray *fixed;           /* per worker: GArray of Piece, by start */
    GPtrArray *credited;        /* per worker: GArray of CreditedTime */
    const Roster *published;    /* of this week, or NULL: pins that must stay */
    gboolean is_followed;       /* the week after is published */
    gboolean is_repair;         /* changes against `published` are charged, and what began before now is frozen */
    int64_t now_min;
    /*< private >*/
    Roster *lifted; /* a copy of `published` with fewer pins, if any were lifted */
} Week;

/*
 * The week with what surrounds it. neighbours: published rosters (of Roster *), of any weeks; that of `week` itself, if
 * among them, becomes `published`. The pool and the rosters must outlive the result.
 */
Week *week_new(const Pool *pool, IsoWeek week, const GPtrArray *published_rosters);
/*
 * So many weeks in a row as one: their shifts, and what surrounds them. Published rosters of the span's weeks are no part
 * of it. It is for planning; each of its weeks is judged by itself.
 */
Week *week_new_span(const Pool *pool, IsoWeek first, int count, const GPtrArray *published_rosters);
void week_free(Week *week);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Week, week_free)

/* Judges as a repair of the published roster from now on (which must be there). */
void week_set_repair(Week *week, int64_t now_min);

/* Judges with the pins of a draft of this week: a published pin that the planner has lifted in the draft binds no longer. */
void week_lift_pins(Week *week, const Roster *draft);

/* The last day of the week or span. */
static inline Day
week_last_day(const Week *week)
{
    return week->week.monday + 7 * week->count - 1;
}

/* TRUE if the shift belongs to this week. */
gboolean week_has_shift(const Week *week, guint shift);
Piece week_piece(const Week *week, guint shift);

/* TRUE for a piece of work with more than 60 min in 00:00-06:00 or any minute on a Sunday (price `unsocial`). */
gboolean week_is_unsocial(const Week *week, int64_t start_min, int64_t end_min);
/* Fixed work of the worker that starts in [four_weeks_ago, start): how much of it is unsocial; whether any was at the coop. */
int week_recent_unsocial(const Week *week, guint worker);
gboolean week_recent_at_coop(const Week *week, guint worker, const char *coop);

/* TRUE if the published assignment may be dropped without charge: the worker is unavailable during it. */
gboolean week_is_away(const Week *week, guint shift, guint worker);

G_END_DECLS

#endif
