#include "rooster/day_rules.h"

#include "rooster/hint.h"
#include "rooster/profile.h"

#include <string.h>

/* What a value of a key may be. */
typedef enum Reading { NUMBER_OR_OFF, NUMBER, SET_OF_KINDS } Reading;

#define KEYS_OF_KIND(KEY, name, kind)                                                                                  \
    KEY("max_" name "_shifts", max_shifts[kind], NUMBER_OR_OFF, DAY_RULE_OFF, 0, 366)                                  \
    KEY(name "_window", window[kind], NUMBER, 1, 1, 52)                                                                \
    KEY("forbidden_after_" name, forbidden_after[kind], SET_OF_KINDS, 0, 0, 0)

/* KEY(name, field of DayRules, reading, at first, least, most) */
#define KEYS(KEY)                                                                                                      \
    KEY("max_consecutive_days", max_consecutive_days, NUMBER, DAY_RULE_OFF, 1, 366)                                    \
    KEY("min_consecutive_days", min_consecutive_days, NUMBER_OR_OFF, 0, 1, 7)                                          \
    KEY("min_days_off", min_days_off, NUMBER_OR_OFF, 0, 1, 7)                                                          \
    KEY("max_weekends", max_weekends, NUMBER_OR_OFF, DAY_RULE_OFF, 0, 52)                                              \
    KEY("weekend_window", weekend_window, NUMBER, 2, 1, 52)                                                            \
    KEY("max_travel_km", max_travel_km, NUMBER_OR_OFF, DAY_RULE_OFF, 1, 20000)                                         \
    KEYS_OF_KIND(KEY, "early", KIND_EARLY)                                                                             \
    KEYS_OF_KIND(KEY, "day", KIND_DAY)                                                                                 \
    KEYS_OF_KIND(KEY, "late", KIND_LATE)                                                                               \
    KEYS_OF_KIND(KEY, "night", KIND_NIGHT)

static const struct {
    size_t offset;
    Reading reading;
    int first; /* off, or a usual number */
    int least, most;
} rule_table[] = {
#define ENTRY(name, field, ...) {offsetof(DayRules, field), __VA_ARGS__},
    KEYS(ENTRY)
#undef ENTRY
};
#define RULES G_N_ELEMENTS(rule_table)
G_STATIC_ASSERT(sizeof(DayRules) == RULES * sizeof(int));

static const char *const keys[] = {
#define NAME(name, ...) name,
    KEYS(NAME)
#undef NAME
        NULL};

static const char *const kind_names[SHIFT_KINDS + 1] = {"early", "day", "late", "night", NULL};

const char *shift_kind_name(ShiftKind kind)
{
    return kind_names[kind];
}

static int *rule_at(DayRules *rules, guint rule)
{
    return (int *)(void *)((char *)rules + rule_table[rule].offset);
}

void day_rules_init(DayRules *rules)
{
    for (guint rule = 0; rule < RULES; rule++)
        *rule_at(rules, rule) = rule_table[rule].first;
}

const char *const *day_rule_keys(void)
{
    return keys;
}

gboolean day_rule_is_key(const char *key)
{
    return g_strv_contains(keys, key);
}

#define INVALID(...) (g_set_error(error, PROFILE_ERROR, PROFILE_ERROR_INVALID, __VA_ARGS__), FALSE)

/* "early;night" */
static gboolean kinds_parse(const char *key, const char *text, int *kinds, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, ";", -1);
    int set = 0;
    for (char **word = words; *word; word++) {
        int kind = 0;
        while (kind < SHIFT_KINDS && strcmp(g_strstrip(*word), kind_names[kind]) != 0)
            kind++;
        if (kind == SHIFT_KINDS)
            return INVALID("rule %s: '%s' is no kind of shift, off or some of early;day;late;night would be right", key,
                           *word);
        set |= 1 << kind;
    }
    if (set == 0)
        return INVALID("rule %s: '' is no kind of shift, off or some of early;day;late;night would be right", key);
    *kinds = set;
    return TRUE;
}

gboolean day_rules_set(DayRules *rules, const char *key, const char *value, GError **error)
{
    guint rule = 0;
    while (rule < RULES && strcmp(keys[rule], key) != 0)
        rule++;
    if (rule == RULES) {
        g_autofree char *hint = hint_format(key, (const char *const *)keys, RULES);
        return INVALID("rule '%s' is unknown, %s", key, hint);
    }
    int *place = rule_at(rules, rule);
    if (rule_table[rule].reading != NUMBER && strcmp(value, "off") == 0) {
        *place = rule_table[rule].first;
        return TRUE;
    }
    if (rule_table[rule].reading == SET_OF_KINDS)
        return kinds_parse(key, value, place, error);
    guint64 number;
    if (!g_ascii_string_to_unsigned(value, 10, (guint64)rule_table[rule].least, (guint64)rule_table[rule].most, &number,
                                    NULL))
        return INVALID("rule %s: '%s' is not a whole number between %d and %d%s", key, value, rule_table[rule].least,
                       rule_table[rule].most, rule_table[rule].reading == NUMBER ? "" : ", or off");
    *place = (int)number;
    return TRUE;
}

gboolean day_rules_fit(const DayRules *rules, int max_consecutive_days, GError **error)
{
    int most = MIN(max_consecutive_days, 366);
    if (rules->max_consecutive_days != DAY_RULE_OFF)
        most = rules->max_consecutive_days;
    if (rules->min_consecutive_days <= most)
        return TRUE;
    return INVALID("rule min_consecutive_days: %d days in a row are more than the %d of max_consecutive_days, %d or "
                   "less would be right",
                   rules->min_consecutive_days, most, most);
}
