/*
 * A rule profile: the numbers of the law and of agreements, as dated data (data/rules/NAME.ini).
 *
 * A profile holds one or more editions, each in force from a date until the next; the edition of a week is the one in force
 * on its Monday, and the first one for weeks before it. A pool's [rules] override numbers, in the stricter direction only.
 * `nl-atw` is the Dutch Arbeidstijdenwet.
 */
#ifndef ROOSTER_PROFILE_H
#define ROOSTER_PROFILE_H

#include "rooster/day_rules.h"
#include "rooster/zone.h"

G_BEGIN_DECLS

/* Minutes unless the name says otherwise. Articles: DOMAIN's marks in brackets. */
typedef struct RuleNumbers {
    int duty_gap;             /* ATW 1:7(1)(c): a shorter gap joins two pieces into one duty [D3] */
    int break_piece;          /* ATW 1:7(1)(e): a gap at least this long is a break [D2] */
    int duty_work;            /* ATW 5:7(2)(a) [A1] */
    int duty_span;            /* ATW 5:3(2): 24 h less the daily rest [A5] */
    int daily_rest;           /* ATW 5:3(2) [A5] */
    int week;                 /* ATW 5:7(2)(b) [A2] */
    int four_weeks;           /* ATW 5:7(3) [A3] */
    int sixteen_weeks;        /* ATW 5:7(2)(c) [A4] */
    int weekly_rest;          /* ATW 5:5(2) [A6(i)] */
    int stretch;              /* ATW 5:5(2): 168 h less the weekly rest [A6(i)] */
    int night_minutes;        /* ATW 1:7(1)(d): more than this in 00:00-06:00 [D4] */
    int night_work;           /* ATW 5:8(1) [N1] */
    int night_rest;           /* ATW 5:8(4), after a night duty that ends after 02:00 [N3] */
    int night_run;            /* number; ATW 5:8(5) [N4] */
    int night_run_rest;       /* ATW 5:8(5) [N4] */
    int series_duties;        /* number; ATW 5:8(6) [N5] */
    int nights_16_weeks;      /* number; ATW 5:8(8) [N6] */
    int many_nights;          /* number; ATW 5:8(2) [N7] */
    int many_nights_hours;    /* ATW 5:8(2) [N7] */
    int sundays_52_weeks;     /* number; ATW 5:6(3): 52 less 13 [A9] */
    int break_over, break_need;           /* ATW 5:4(2) [A7] */
    int long_break_over, long_break_need; /* ATW 5:4(2) [A7] */
    int youth_age;            /* years: younger is youth [D10] */
    int least_age;            /* years: younger is refused; ATW 3:2 */
    int youth_duty;           /* ATW 5:7(1) [Y1] */
    int youth_week;           /* ATW 5:7(1) [Y2] */
    int youth_four_weeks;     /* ATW 5:7(1) [Y3] */
    int youth_rest;           /* ATW 5:3(1) [Y4]; the span is 24 h less this */
    int youth_break_over, youth_break_need; /* ATW 5:4(1) [Y6] */
    int max_consecutive_days; /* number; DESIGN 4.8 */
    int max_shifts_per_day;   /* number; DESIGN 4.8 */
} RuleNumbers;

typedef struct RuleProfile RuleProfile;

#define PROFILE_ERROR (profile_error_quark())
GQuark profile_error_quark(void);
typedef enum ProfileError {
    PROFILE_ERROR_UNKNOWN, /* no such profile */
    PROFILE_ERROR_INVALID  /* a key or a number that is not understood, or an override that is laxer than the law */
} ProfileError;

/* Loads a profile by name from the data built into the program (data/rules/NAME.ini). Caller frees. */
RuleProfile *profile_new(const char *name, GError **error);
/* The same from a text of that format. */
RuleProfile *profile_parse(const char *name, const char *text, GError **error);
void profile_free(RuleProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RuleProfile, profile_free)

const char *profile_name(const RuleProfile *profile);

/*
 * Sets a key of the pool's [rules]. `week_start` = monday | sunday; any key of RuleNumbers with a number that is no laxer than
 * every edition's; any key of DayRules. max_consecutive_days and max_shifts_per_day are agreements, not law, and may go either way. duty_gap,
 * night_minutes and weekly_rest say what a duty, a night and a series are and cannot be changed: either way some rule is laxer.
 * PROFILE_ERROR_INVALID names the key and what would be right.
 */
gboolean profile_override(RuleProfile *profile, const char *key, const char *value, GError **error);
/* The overrides made, as key -> value text, sorted by key, for storing and showing. Owned by the profile. */
const GPtrArray *profile_overrides(const RuleProfile *profile); /* of char *"key=value" */

/* The numbers in force in the week. */
const RuleNumbers *profile_numbers(const RuleProfile *profile, IsoWeek week);
/* The pool's day rules; a worker may have others (pool.h). */
const DayRules *profile_day_rules(const RuleProfile *profile);
/* FALSE with PROFILE_ERROR_INVALID if these rules, a worker's or the pool's, leave no day to work in some edition. */
gboolean profile_fits(const RuleProfile *profile, const DayRules *rules, GError **error);

gboolean profile_week_starts_sunday(const RuleProfile *profile);
/* The running number of the legal week (rule `week_start`) that holds the day, and the first day of a legal week. */
int profile_legal_week(const RuleProfile *profile, Day day);
Day profile_legal_week_first_day(const RuleProfile *profile, int legal_week);

G_END_DECLS

#endif
