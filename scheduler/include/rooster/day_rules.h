/*
 * Day rules: what a pool, or one worker, agrees on beyond the law about days, weekends, kinds of shifts, and the way
 * to them.
 *
 * All are off unless set, and all come on top of the law. A shift belongs to the local day, and so to the ISO week, on
 * which it starts; a day on which none starts is a day off, whatever was credited for it. History and the published
 * weeks before and after count as they are known. Every rule is judged where a planned assignment of the week takes
 * part.
 */
#ifndef ROOSTER_DAY_RULES_H
#define ROOSTER_DAY_RULES_H

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a shift is by its local clock, the first that holds of: night, it has a minute between 01:00 and 04:00; early,
 * it starts before 08:00; late, it ends after 20:00; day.
 */
typedef enum ShiftKind { KIND_EARLY, KIND_DAY, KIND_LATE, KIND_NIGHT } ShiftKind;
#define SHIFT_KINDS 4

/* "early", static. */
const char *shift_kind_name(ShiftKind kind);

#define DAY_RULE_OFF G_MAXINT /* no limit */

typedef struct DayRules {
    int max_consecutive_days; /* of a worker; DAY_RULE_OFF: as the profile says */
    /*
     * Fewest days in a row with a shift on each; 0: off. A row that reaches the week's Sunday may still go on where the
     * week after is not published. In a repair a row is judged only if one of its assignments has not begun.
     */
    int min_consecutive_days;
    /*
     * Fewest days off between two days with a shift; 0: off. Judged if one of these two days has a planned assignment,
     * in a repair one that has not begun.
     */
    int min_days_off;
    /* Most weekends (Saturday and Sunday) with a shift in any so many weeks in a row. */
    int max_weekends, weekend_window;
    /* Furthest a coop may be from home, one way along a great circle; not judged where a place is unknown. */
    int max_travel_km;
    /* By kind: most shifts in any so many weeks in a row. */
    int max_shifts[SHIFT_KINDS], window[SHIFT_KINDS];
    /* By kind: the kinds, as bits 1 << ShiftKind, of which no shift may start on the day after. */
    int forbidden_after[SHIFT_KINDS];
} DayRules;

/* Everything off; windows of 2 weeks for weekends, of 1 for kinds of shifts. */
void day_rules_init(DayRules *rules);

/*
 * The keys of [rules] and of worker_rules.csv, NULL-terminated: max_consecutive_days, min_consecutive_days, min_days_off,
 * max_weekends, weekend_window, max_travel_km, max_KIND_shifts, KIND_window, forbidden_after_KIND.
 */
const char *const *day_rule_keys(void);
gboolean day_rule_is_key(const char *key);

/*
 * Sets a key to a number, to `off`, or (forbidden_after_KIND) to kinds such as "early;day". PROFILE_ERROR_INVALID says
 * what would be right; the rules are then as they were.
 */
gboolean day_rules_set(DayRules *rules, const char *key, const char *value, GError **error);

/* FALSE with PROFILE_ERROR_INVALID if no day could be worked: the fewest days in a row are more than the most. */
gboolean day_rules_fit(const DayRules *rules, int max_consecutive_days, GError **error);

G_END_DECLS

#endif
