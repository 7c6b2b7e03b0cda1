/*
 * What the rules look at, and how they speak.
 *
 * A Line is all that is known of one worker around the judged week: the planned pieces of work, the fixed ones before
 * and after it (history, published weeks), joined into duties. A Verdict collects what a rule finds.
 */
#ifndef ROOSTER_RULES_LINE_H
#define ROOSTER_RULES_LINE_H

#include "rooster/rules.h"

/* Weeks in the longest window of hours (ATW 5:7(2)(c)), and legal weeks that one ISO week can touch. */
#define WINDOW_MOST   16
#define PLANNED_WEEKS 2
#define HOUR_WEEKS    (PLANNED_WEEKS + 2 * (WINDOW_MOST - 1))

/* A piece with what the local clock says of it. */
typedef struct LinePiece {
    Piece piece;
    Day day; /* of the start, as the legal week */
    int legal_week;
    int64_t night_min; /* present in 00:00-06:00 */
} LinePiece;

/* A "dienst" (ATW 1:7(1)(c)): pieces with gaps below 8 h, over all coops. */
typedef struct Duty {
    guint first, end; /* of the line's pieces: [first, end) */
    int64_t start_min, end_min;
    int64_t work_min;
    Day day;                 /* local date of the start */
    int legal_week;          /* of the start */
    gboolean is_planned;     /* a piece of it is */
    gboolean is_night;       /* ATW 1:7(1)(d) */
    gboolean ends_after_two; /* a night duty that ends after 02:00 of its night (ATW 5:8(4), 5:8(8)) */
} Duty;

typedef struct Line {
    const Week *week;
    guint worker_index;
    const Worker *worker;
    const RuleNumbers *numbers;
    const DayRules *day_rules;       /* the worker's */
    int max_consecutive_days;        /* theirs, or the pool's */
    GArray *pieces;                  /* of LinePiece, by start */
    GArray *fixed;                   /* of LinePiece, by start: those that are not planned */
    guint fixed_of;                  /* the worker whose they are; LINE_OF_NOBODY at first */
    GArray *duties;                  /* of Duty, by start; no two share a minute */
    int first_planned, last_planned; /* the legal weeks in which planned work starts */
    int64_t minutes[HOUR_WEEKS];     /* worked or credited, from legal week first_planned - (WINDOW_MOST - 1) on */
} Line;

#define LINE_OF_NOBODY G_MAXUINT

/* One line is used for many workers: init, set for each, clear. Setting one worker's again looks at the shifts alone.
 */
void line_init(Line *line, const Week *week);
void line_clear(Line *line);
/* The shifts (any order, at least one, all of the judged week) become the worker's whole week. */
void line_set(Line *line, guint worker, const guint *shifts, guint count);

static inline const LinePiece *line_piece(const Line *line, guint index)
{
    return &g_array_index(line->pieces, LinePiece, index);
}
static inline const Duty *line_duty(const Line *line, guint index)
{
    return &g_array_index(line->duties, Duty, index);
}

/* The duties from index `first` on whose rests between each other are all below `rest_min`: gives the index behind the
 * last. */
guint line_group_end(const Line *line, guint first, int64_t rest_min);
/* Whether one of the pieces [first, end) is planned and has not begun. */
gboolean line_is_open(const Line *line, guint first, guint end);
/* Whether one of the duties [first, end) is planned. */
gboolean line_is_planned(const Line *line, guint first, guint end);
/* Rest between the duty and the next one. */
int64_t line_rest_min(const Line *line, guint duty);
/* Minutes worked or credited in the legal weeks [first, first + length). */
int64_t line_minutes(const Line *line, int first_week, int length);
/* Breaks inside a duty: those of its pieces, and gaps long enough to be one (ATW 1:7(1)(e)). */
int64_t line_break_min(const Line *line, const Duty *duty);
/* Break that the law asks of so much work (ATW 5:4(2)). */
int break_needed_min(const RuleNumbers *numbers, int64_t work_min);

/* The planned shifts, each once, of the pieces [first, end); of the duties [first, end); of all. */
GArray *line_shifts(const Line *line, guint first, guint end);
GArray *line_shifts_of_duties(const Line *line, guint first, guint end);
GArray *line_shifts_all(const Line *line);

typedef struct Verdict {
    const char *rule, *article;
    GPtrArray *violations;
} Verdict;

/* Takes the shifts; worker may be VIOLATION_NO_WORKER. The violation is the verdict's. */
Violation *verdict_add(Verdict *verdict, guint worker, GArray *shifts, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* "rest 10:00 h from Mon 30 Nov 21:00, at least 11:00 h" */
typedef struct Limit {
    const char *what;
    int64_t figure_min;
    char *from; /* taken */
    gboolean is_least;
    int64_t limit_min;
} Limit;
void verdict_add_limit(Verdict *verdict, const Line *line, GArray *shifts, Limit limit);
/* That the rest after the duty is too short. */
Limit line_rest_limit(const Line *line, guint duty, int64_t least_min);

#endif
